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
from kg.extract.answering import outcomes, said
from kg.extract.parts import groups, parts
from kg.extract.pattern import compiled
from kg.extract.taking_up import takes_up
from kg.extract.telling import Taken, folding, pairs, telling
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

您在市政协十五届三次会议上提出的《{title}》（第31号）收悉，现答复如下：
"""
TAIL = """
感谢您对我市工作的关心和支持！

洛阳市交通运输局

2025年5月9日
"""
ASKING = [rule for rule in ONTOLOGY.requests if rule.by in ("heading", "said")]
ANSWERING = [
    rule
    for rule in ONTOLOGY.requests
    if rule.by in ("status", "general", "in_order", "lack", "empty", "announces", "whole")
]
SAME = [rule for rule in ONTOLOGY.requests if rule.by == "same"]
TITLES = [rule for rule in ONTOLOGY.requests if rule.by == "title"]
ORDINAL = [rule for rule in ONTOLOGY.requests if rule.by == "ordinal"]


def reply(body: str, title: str = "关于改善出行条件的提案") -> Letter:
    return read_letter(Document("reply.txt", "0" * 64, f"{HEAD.format(title=title)}{body}{TAIL}"), REGISTRY)


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


@pytest.mark.parametrize("rule", SAME, ids=lambda rule: rule.id)
def test_words_that_say_the_same_are_found_whole(rule: Rule) -> None:
    words = compiled(rule.options["pattern"])
    for example in rule.examples:
        assert words.findall(example.text) == list(example.find), example.text
    for example in rule.counter:
        assert words.findall(example.text) == [], example.text


@pytest.mark.parametrize("rule", ORDINAL, ids=lambda rule: rule.id)
def test_a_heading_names_a_request_by_its_number(rule: Rule) -> None:
    pattern = compiled(rule.options["pattern"])
    for example in rule.examples:
        match = pattern.fullmatch(example.text.rstrip("。："))
        assert match is not None and [match["which"]] == list(example.find), example.text
    for example in rule.counter:
        assert pattern.fullmatch(example.text.rstrip("。：")) is None, example.text


@pytest.mark.parametrize("rule", TITLES, ids=lambda rule: rule.id)
def test_a_title_asks_for_something(rule: Rule) -> None:
    pattern = compiled(rule.options["pattern"])
    for example in rule.examples:
        match = pattern.fullmatch(example.text)
        assert match is not None and [match["ask"]] == list(example.find), example.text
    for example in rule.counter:
        assert pattern.fullmatch(example.text) is None, example.text


def test_every_rule_is_of_a_known_sort() -> None:
    assert {rule.by for rule in ONTOLOGY.requests} == {
        *("heading", "said", "status", "general", "in_order", "ordinal", "same", "lack", "empty", "announces"),
        *("whole", "title"),
    }


# --- Whole replies


def told(letter: Letter, request: Request) -> list[list[str]]:
    return [[letter.passages[a.passage].text, "/".join(a.statuses)] for a in request.answers]


@pytest.mark.parametrize("case", CASES, ids=[case["about"] for case in CASES])
def test_a_reply_repeats_and_answers_what_a_reader_finds(case: dict[str, Any]) -> None:
    letter = reply(case["text"], case.get("title", "关于改善出行条件的提案"))
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


@pytest.mark.parametrize(
    ("body", "reasons"),
    [
        ("一、关于“建立巡查台账”的建议\n\n我局已建立台账。", ["heading"]),
        ("关于您提出的建立预约平台的建议，目前平台已上线。各区医院逐步接入。", ["sentence", "paragraph"]),
        ("您提出的“把戏台搬进集市”的建议很好，我们将抓好落实：\n\n一是送戏下乡。", ["list"]),
        ("您提出增设潮汐车道、开通定制公交等建议。\n\n（一）关于第二条建议\n\n正在调研。", ["number"]),
        ("您提出完善山区学校供暖条件、增加宿舍床位等建议。\n\n今年完善山区学校供暖条件。", ["words"]),
        ("您提出改造路灯、开通定制公交等建议。\n\n一是更换路灯。二是加强执法。", ["headline"]),
        (
            "您提出整治马路市场、增加绿化面积等建议。现逐条答复如下：\n\n一、取缔摊点。\n\n二、种树。",
            ["order", "order"],
        ),
    ],
)
def test_each_answer_has_its_reason(body: str, reasons: list[str]) -> None:
    found = requests.find(reply(f"\n{body}\n"), ONTOLOGY)
    assert [answer.by for request in found for answer in request.answers] == reasons


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


def test_parts_stand_side_by_side_by_level_and_number() -> None:
    letter = reply(
        "\n一、工作情况\n\n一是加密班次。共30班。二是更新车辆。\n\n二、下步打算\n\n我局将：一是增设站点，便民；二是改造站台。\n"
    )
    found = parts(letter, outcomes(ONTOLOGY).ends)
    assert [(part.title, part.level) for part in found] == [
        ("工作情况", 1), ("加密班次", 5), ("更新车辆", 5), ("下步打算", 1), ("增设站点", 5), ("改造站台", 5)
    ]  # fmt: skip
    assert [[part.title for part in group] for group in groups(found)] == [
        ["工作情况", "下步打算"], ["加密班次", "更新车辆"], ["增设站点", "改造站台"]
    ]  # fmt: skip
    texts = {part.title: [letter.passages[index].text for index in part.passages] for part in found}
    assert texts["加密班次"] == ["一是加密班次。", "共30班。"]
    assert texts["下步打算"] == ["二、下步打算", "我局将：一是增设站点，便民；", "二是改造站台。"]


def test_a_request_is_told_by_the_signs_that_no_other_has() -> None:
    fold = folding(ONTOLOGY)
    one = telling("加强校车安全管理", ["加强食品安全管理"], fold)
    assert one.taken(pairs(fold("严格校车监管"))) == Taken(1.0, 2, 2, True)
    assert one.taken(pairs(fold("严格食品安全"))).count == 0
    assert telling("引进高层次人才", [], fold).taken(pairs(fold("集聚青年人才"))).share == 1.0
    heating = telling("完善山区学校供暖条件", [], fold)
    assert [heating.taken(pairs(fold(text))).last for text in ("新建山区学校运动场", "改善供暖")] == [False, True]


def test_a_letter_with_too_many_requests_is_not_searched_for_their_answers() -> None:
    names = [f"增设{'甲乙丙丁戊己庚辛壬癸'[n // 10]}{'子丑寅卯辰巳午未申酉'[n % 10]}站点服务点" for n in range(60)]
    letter = reply(
        "\n" + "\n".join(f"您提出的{name}、改造道路等建议很好。" for name in names) + "\n一是增设甲子站点服务点。\n"
    )
    assert not any(request.answers for request in requests.find(letter, ONTOLOGY))


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
