"""What the proposal asks for and what answers it: every rule both ways, whole replies, and the graph of them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import NamedNode, Store

from kg import __version__
from kg import ontology as ontologies
from kg import registry as registries
from kg.extract import requests
from kg.extract.answering import outcomes, said, takes_up
from kg.graph import World
from kg.letter import read_letter
from kg.model import Document, Letter, Passage, Request, Span
from kg.ontology import Example, Rule
from kg.pipeline import graph_of, read_all
from kg.vocabulary import BASE, KG
from tests.sentences import ONTOLOGY, REGISTRY, letter_of

CASES = tomllib.loads((Path(__file__).parent / "cases" / "requests.toml").read_text(encoding="utf-8"))["case"]
HEAD = """洛阳市交通运输局文件

洛交提函〔2025〕9号

关于市政协十五届三次会议第31号提案的答复函

闻人静委员：

您在市政协十五届三次会议上提出的《关于改善出行条件的提案》（第31号）收悉，现答复如下：
"""
TAIL = """
感谢您对我市工作的关心和支持！

洛阳市交通运输局

2025年5月9日
"""
ASKING = [rule for rule in ONTOLOGY.requests if rule.by in ("heading", "said")]
ANSWERING = [rule for rule in ONTOLOGY.requests if rule.by in ("status", "general")]


def reply(body: str) -> Letter:
    return read_letter(Document("reply.txt", "0" * 64, f"{HEAD}{body}{TAIL}"), REGISTRY)


# --- The rules, both ways


def asked_by(rule: Rule, example: Example) -> list[str]:
    found = requests.find(letter_of(example.text, "report"), ONTOLOGY)
    return [request.text for request in found if request.rule == rule.id]


@pytest.mark.parametrize("rule", ASKING, ids=lambda rule: rule.id)
def test_a_rule_finds_exactly_its_examples(rule: Rule) -> None:
    for example in rule.examples:
        assert asked_by(rule, example) == list(example.find), example.text


@pytest.mark.parametrize("rule", ASKING, ids=lambda rule: rule.id)
def test_a_rule_finds_nothing_in_its_counter_examples(rule: Rule) -> None:
    for example in rule.counter:
        assert asked_by(rule, example) == [], example.text


def holds(rule: Rule, example: Example) -> bool:
    return (example.section or "report") in rule.options.get("sections", ("report", "plan")) and said(
        rule, example.text
    )


@pytest.mark.parametrize("rule", ANSWERING, ids=lambda rule: rule.id)
def test_a_rule_about_answers_holds_for_its_examples_and_for_no_counter_example(rule: Rule) -> None:
    for example in rule.examples:
        assert example.find == (rule.options.get("status", "all"),)
        assert holds(rule, example), example.text
    for example in rule.counter:
        assert not holds(rule, example), example.text


@pytest.mark.parametrize("rule", ANSWERING, ids=lambda rule: rule.id)
def test_every_way_of_saying_an_outcome_has_its_example(rule: Rule) -> None:
    """A branch that no example needs could be lost unseen; those of long rules are taken together."""
    assert len(rule.examples) >= min(2, rule.options["pattern"].count("\n|"))


# --- Whole replies


def told(letter: Letter, request: Request) -> list[list[str]]:
    return [[letter.passages[a.passage].text, "/".join(a.statuses)] for a in request.answers]


@pytest.mark.parametrize("case", CASES, ids=[case["about"] for case in CASES])
def test_a_reply_repeats_and_answers_what_a_reader_finds(case: dict[str, Any]) -> None:
    letter = reply(case["text"])
    found = list(requests.find(letter, ONTOLOGY))
    assert [request.text for request in found] == [name for name, *_ in case["asked"]]
    for request, (_, *answers) in zip(found, case["asked"], strict=True):
        given = told(letter, request)
        assert [status for _, status in given] == [status for _, status in answers], given
        assert all(text.startswith(start) for (text, _), (start, _) in zip(given, answers, strict=True)), given


def test_a_request_stands_where_it_is_printed() -> None:
    letter = reply("\n您提出的增设夜间公交、优化站点布局等建议很好。\n")
    for request in requests.find(letter, ONTOLOGY):
        passage = letter.passages[request.passage]
        assert passage.text[request.start : request.stop] == request.text
        span = passage.source(request.start, request.stop)
        assert letter.document.text[span.start : span.stop] == request.text


def test_what_is_no_reply_repeats_no_request() -> None:
    text = "洛阳市政府工作报告\n\n一、关于加强巡查的建议\n\n我市已加强巡查。\n"
    letter = read_letter(Document("report.txt", "0" * 64, text), REGISTRY)
    assert letter.form != "Letter"
    assert list(requests.find(letter, ONTOLOGY)) == []


def test_words_are_taken_up_by_the_request_that_has_more_of_them() -> None:
    texts = ["完善山区学校供暖条件。", "完善山区道路照明条件。", "加强管理。"]
    passages = [Passage(n, Span(n, n + 1), text, ((0, n),), "report") for n, text in enumerate(texts)]
    assert takes_up(["完善山区学校供暖条件", "完善山区道路照明条件"], passages) == [[0], [1]]
    assert takes_up(["加强管理"], passages) == [[]]  # too short to tell
    assert takes_up(["完善山区学校供暖条件", "完善山区学校供暖条件"], passages) == [[], []]  # in doubt none


def test_a_weak_outcome_holds_only_alone() -> None:
    rules = outcomes(ONTOLOGY)
    assert rules.of("加强巡查，目前已完成3处。", "plan") == ("done",)
    assert rules.of("加强巡查，消除隐患。", "plan") == ("planned",)
    assert rules.of("加强巡查，消除隐患。", "report") == ()


# --- The graph


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Two replies to one proposal, of two agencies."""
    folder = Path(__file__).parent / "cases" / "asking"
    readings, _ = read_all([folder / "e-2025-31.txt", folder / "f-2025-8.txt"])
    return graph_of(readings, World(ontologies.load(), registries.load(), BASE, __version__))


def ask(store: Store, where: str) -> list[tuple[str, ...]]:
    names = [word for word in where.split() if word.startswith("?")]
    chosen = " ".join(dict.fromkeys(name for name in names if name in ("?t", "?o", "?l")))
    found = store.query(f"PREFIX kg: <{KG}> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
                        f"SELECT DISTINCT {chosen} WHERE {{ {where} }} ORDER BY {chosen}")  # fmt: skip
    return [tuple(cell.value for cell in row) for row in found]  # type: ignore[union-attr]


def test_several_replies_meet_at_the_proposal(store: Store) -> None:
    found = ask(store, "?p kg:asks ?r . ?r skos:prefLabel ?t . ?s kg:repeats ?r . ?s kg:inDocument / skos:prefLabel ?l")
    assert found == [
        ("减免摊位租金", "洛市监提函〔2025〕8号"),
        ("减免摊位租金", "洛文物提函〔2025〕31号"),
        ("建立工坊名录", "洛文物提函〔2025〕31号"),
        ("开设夜间集市", "洛文物提函〔2025〕31号"),
        ("设立手工艺学院", "洛文物提函〔2025〕31号"),
    ]
    assert len(list(store.quads_for_pattern(None, NamedNode(KG + "raisedBy"), None, None))) > 0
    proposals = {quad.subject for quad in store.quads_for_pattern(None, NamedNode(KG + "asks"), None, None)}
    assert len(proposals) == 1


@pytest.mark.parametrize(
    ("outcome", "wanted"),
    [
        ("Done", {"建立工坊名录"}),
        ("Ongoing", {"开设夜间集市"}),
        ("Planned", {"开设夜间集市", "减免摊位租金"}),
        ("Declined", {"减免摊位租金"}),
    ],
)
def test_the_outcome_stands_in_the_graph_of_the_sentence_that_says_it(
    store: Store, outcome: str, wanted: set[str]
) -> None:
    found = ask(store, f"GRAPH ?g {{ ?g kg:answers{outcome} ?r ; kg:answers ?r }} ?r skos:prefLabel ?t")
    assert {text for (text,) in found} == wanted


def test_a_request_is_named_by_its_place(store: Store) -> None:
    for quad in store.quads_for_pattern(None, NamedNode(KG + "asks"), None, None):
        assert isinstance(quad.object, NamedNode)
        assert "#char=" in quad.object.value and "/letter/" in quad.object.value
