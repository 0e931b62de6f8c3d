"""What a letter announces: every rule both ways, whole letters, and the graph of them."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import NamedNode, Store

from kg import __version__, resolve
from kg import ontology as ontologies
from kg import registry as registries
from kg.extract import promises
from kg.extract.by_when import deadline
from kg.extract.clauses import clauses
from kg.extract.skeleton import pattern, skeleton
from kg.graph import World
from kg.model import Letter, Part, Reading
from kg.ontology import Example, Rule
from kg.pipeline import graph_of, read_all
from kg.vocabulary import BASE, KG
from tests.sentences import ONTOLOGY, REGISTRY, extracted, letter_of

CASES = tomllib.loads((Path(__file__).parent / "cases" / "promises.toml").read_text(encoding="utf-8"))["case"]
KINDS = tuple(ONTOLOGY.kinds)
YEAR = 2024


def of(by: str) -> list[Rule]:
    return [rule for rule in ONTOLOGY.promises if rule.by == by]


def ids(rule: Rule) -> str:
    return rule.id


def letter(text: str, section: str = "plan") -> Letter:
    """A letter of one sentence, of an agency and of 2024."""
    made = letter_of(text, section, "成都市农业农村局")  # type: ignore[arg-type]
    return replace(made, parts=(*made.parts, Part("date", 0, 0, 2, f"{YEAR}-05-06")))


def read(text: str, section: str = "plan") -> Reading:
    return resolve.read(letter(text, section), ONTOLOGY, REGISTRY)


# --- The rules, both ways


def acts(rule: Rule, example: Example) -> list[str]:
    found = read(example.text, example.section or ("report" if rule.options.get("cue") else "plan"))
    return [one.act for one in found.promises if one.rule == rule.id]


@pytest.mark.parametrize("rule", of("act"), ids=ids)
def test_a_rule_about_acts_holds_for_its_examples_and_for_no_counter_example(rule: Rule) -> None:
    for example in rule.examples:
        assert acts(rule, example) == list(example.find), example.text
    for example in rule.counter:
        assert acts(rule, example) == [], example.text


@pytest.mark.parametrize("rule", of("none"), ids=ids)
def test_what_announces_nothing(rule: Rule) -> None:
    for example in rule.examples:
        frame = skeleton(
            letter_of(example.text, "plan").passages[0], extracted(example.text, "plan").mentions[0], KINDS
        )
        assert pattern(rule.options["pattern"], KINDS).match(next(clauses(frame)).text), example.text
        assert read(example.text).promises == (), example.text
    for example in rule.counter:
        frame = skeleton(
            letter_of(example.text, "plan").passages[0], extracted(example.text, "plan").mentions[0], KINDS
        )
        match = pattern(rule.options["pattern"], KINDS).match(next(clauses(frame)).text)
        assert not match or (rule.options.get("past") and int(match["year"]) >= YEAR), example.text


def by_when(rule: Rule, text: str) -> list[str]:
    frame = skeleton(letter_of(text, "plan").passages[0], extracted(text, "plan").mentions[0], KINDS)
    found = [deadline(clause.text, [rule], KINDS, YEAR, len(clause.text)) for clause in clauses(frame)]
    return [one for one in found if one]


@pytest.mark.parametrize("rule", of("deadline"), ids=ids)
def test_a_rule_about_deadlines_finds_exactly_its_examples(rule: Rule) -> None:
    for example in rule.examples:
        assert by_when(rule, example.text) == list(example.find), example.text
    for example in rule.counter:
        assert by_when(rule, example.text) == [], example.text


def charged(rule: Rule, text: str) -> list[str]:
    frame = skeleton(letter_of(text, "plan").passages[0], extracted(text, "plan").mentions[0], KINDS)
    found = []
    for clause in clauses(frame):
        for match in pattern(rule.options["pattern"], KINDS).finditer(clause.text):
            for group in (one for one in ("who", "with") if one in match.re.groupindex):
                start, stop = match.span(group)
                found += [one.surface for one in frame.within(clause.start + start, clause.start + stop)]
    return found


@pytest.mark.parametrize("rule", of("who"), ids=ids)
def test_a_rule_about_those_charged_finds_exactly_its_examples(rule: Rule) -> None:
    for example in rule.examples:
        assert charged(rule, example.text) == list(example.find), example.text
    for example in rule.counter:
        assert charged(rule, example.text) == [], example.text


# --- Sentences


def told(reading: Reading) -> list[list[str]]:
    """Of each promise its act, deadline, things, those who do it, those with whom, figures, words."""
    return [
        [
            one.act,
            one.until.value if one.until else "",
            "、".join(ref.key.partition("_")[0] for ref in one.things),
            "、".join(ref.key for ref in one.who),
            "、".join(ref.key for ref in one.beside),
            "、".join(f"{reading.measures[number].value:f}" for number in one.figures),
            one.text,
        ]
        for one in reading.promises
    ]


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:24] for case in CASES])
def test_a_sentence_announces_what_a_reader_finds(case: dict[str, Any]) -> None:
    assert told(read(case["text"], case.get("section", "plan"))) == case["promises"]


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:24] for case in CASES])
def test_a_promise_stands_where_it_is_printed(case: dict[str, Any]) -> None:
    reading = read(case["text"], case.get("section", "plan"))
    for one in reading.promises:
        passage = reading.letter.passages[one.passage]
        assert passage.text[one.start : one.stop] == one.text


def test_no_comma_inside_marks_parts_a_clause() -> None:
    text = "打造“一网、一图，一码”，新建冷库（含低温库，12座）。"
    frame = skeleton(letter_of(text).passages[0], (), KINDS)
    found = list(clauses(frame))
    assert [clause.text for clause in found] == ["打造“一网、一图，一码”", "新建冷库（含低温库，12座）"]
    assert [text[clause.first : clause.last] for clause in found] == [clause.text for clause in found]
    assert [clause.end for clause in found] == ["，", "。"]


def test_a_mark_that_is_not_closed_parts_none() -> None:
    frame = skeleton(letter_of("打造“一网，建设冷库。").passages[0], (), KINDS)
    assert [clause.text for clause in clauses(frame)] == ["打造“一网", "建设冷库"]


def test_without_a_year_near_deadlines_are_not_known() -> None:
    found = resolve.read(letter_of("年底前建成冷库，2030年前建成市场。", "plan"), ONTOLOGY, REGISTRY).promises
    assert [one.until and one.until.value for one in found] == [None, "2030"]


@pytest.mark.parametrize(
    ("text", "found"), [("2025年13月底前建成冷库", "2025"), ("2025年2月30日前建成冷库", "2025-02")]
)
def test_a_day_that_is_none_is_left_out(text: str, found: str) -> None:
    assert deadline(text, of("deadline"), KINDS, YEAR, None) == found


def test_what_is_carried_on_ends_with_the_sentence() -> None:
    """Neither a deadline nor those charged hold beyond a full break."""
    found = read("由市财政局牵头，2025年底前，设立基金；建立名录。").promises
    assert [(one.text, bool(one.until), len(one.who)) for one in found] == [
        ("设立基金", True, 1),
        ("建立名录", False, 0),
    ]


def test_a_form_announces_nothing() -> None:
    made = letter("2025年底前建成冷库。")
    frames = [skeleton(replace(one, section="form"), (), KINDS) for one in made.passages]
    assert list(promises.find(frames, (), ONTOLOGY, YEAR)) == []


# --- The graph


@pytest.fixture(scope="module")
def store() -> Store:
    folder = Path(__file__).parent / "cases" / "asking"
    readings, _ = read_all([folder / "g-2024-16.txt"])
    return graph_of(readings, World(ontologies.load(), registries.load(), BASE, __version__))


def test_a_promise_is_a_thing_of_its_own_where_its_clause_stands(store: Store) -> None:
    kind = NamedNode(KG + "Promise")
    found = [(quad.subject.value, quad.graph_name) for quad in store.quads_for_pattern(None, None, kind, None)]
    made = [iri for iri, graph in found if isinstance(graph, NamedNode) and "#char=" in iri]
    assert len(made) == len(set(made)) == 8
    assert all(iri.endswith("&promise") for iri in made)
    rows = store.query(
        "SELECT ?words ?act ?due ?who { ?said kg:announces ?p . ?p kg:words ?words ; kg:act ?act ; kg:deadline ?due ;"
        " kg:responsible/skos:prefLabel ?who . FILTER (CONTAINS(?words, '基金')) }",
        prefixes={"kg": KG, "skos": "http://www.w3.org/2004/02/skos/core#"},
    )
    (row,) = list(rows)  # type: ignore[arg-type]
    assert [str(row[name].value) for name in ("words", "act", "due", "who")] == [
        "在2024年底前出台《延安市苹果产业发展基金管理办法》", "finish", "2024", "延安市财政局",
    ]  # fmt: skip
