"""Patterns that are left out for a passage have no match in it, and looking at one sign first changes no match."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract import figure_rules, pattern, promises, prospects, relations, status
from kg.extract.form import Link
from kg.extract.lexis import Lexis, lexis
from kg.extract.reading import Extraction, extract
from kg.extract.skeleton import Skeleton, skeleton
from kg.letter import read_letter
from kg.letter import rules as letter_rules
from kg.model import Letter, Section
from kg.read import read
from kg.text.gate import Choice, Gate, clauses, worth_looking_for
from kg.text.guard import ending, every, finder, guarded
from kg.text.sieve import Sieve
from tests.sentences import ONTOLOGY, REGISTRY

SIGNS = "甲乙丙丁年1-。"
KINDS = tuple(ONTOLOGY.kinds)

atoms = st.one_of(
    st.text(SIGNS, min_size=1, max_size=3).map(re.escape),
    st.sampled_from([".", r"\d", r"\w", r"\W", "[甲乙]", "[^甲乙]", "[甲-龥]", "^", "$", r"\b", ""]),
)


def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Larger patterns of smaller ones."""
    several = st.lists(inner, min_size=1, max_size=3)
    frames = ["(?:{})?", "(?:{})*", "(?:{})+?", "(?:{}){{2}}", "(?:{}){{0,3}}+", "({})", "(?={})", "(?!{})", "(?>{})"]
    behind = st.text(SIGNS, min_size=1, max_size=2).map(re.escape)
    return st.one_of(
        several.map("".join),
        several.map(lambda each: f"(?:{'|'.join(each)})"),
        st.tuples(st.sampled_from(frames), inner).map(lambda pair: pair[0].format(pair[1])),
        st.tuples(st.sampled_from(["(?<={})", "(?<!{})"]), behind).map(lambda pair: pair[0].format(pair[1])),
        st.lists(behind | st.just("^"), min_size=2, max_size=3).map(
            lambda several: f"(?:{'|'.join('^' if one == '^' else f'(?<={one})' for one in several)})"
        ),
    )


patterns = st.recursive(atoms, grown, max_leaves=8)
texts = st.text(SIGNS + "\n", max_size=16)


@given(patterns, texts)
def test_a_text_that_a_pattern_matches_in_holds_a_string_of_each_clause(source: str, text: str) -> None:
    if re.search(source, text):
        assert all(any(one in text for one in clause) for clause in clauses(source, 0)), clauses(source, 0)


@given(st.lists(patterns, max_size=4), st.lists(texts, max_size=4))
def test_a_gate_loses_no_match(sources: list[str], several: list[str]) -> None:
    gate = Gate([worth_looking_for(source, 0) for source in sources])
    for text, held in zip(several, gate.scan(several), strict=True):
        for source, need in zip(sources, gate.needs, strict=True):
            assert held & need == need or not re.search(source, text)


@given(st.lists(st.integers(0, 255), max_size=30), st.integers(-1, 255))
def test_of_things_those_are_chosen_whose_need_is_held(needs: list[int], held: int) -> None:
    choice = Choice((need, (number, need)) for number, need in enumerate(needs))
    assert choice.of(held) == [(number, need) for number, need in enumerate(needs) if held & need == need]


def test_the_gate_of_the_body_loses_no_part(readings: list[Read]) -> None:
    rules = letter_rules.load()
    for passage in (passage for one in readings for passage in one.letter.passages):
        near, whole = rules.gate_of_body.scan([passage.text])[0], rules.gate.scan([passage.text])[0]
        let_in = any(need & near == need for need in rules.gate_of_body.needs)
        assert let_in == bool(rules.likely("body", whole)), passage.text


@given(patterns, texts)
def test_a_guarded_pattern_matches_what_it_matched(source: str, text: str) -> None:
    plain, quick = re.compile(source), re.compile(guarded(source, 0))
    assert [m.span() for m in quick.finditer(text)] == [m.span() for m in plain.finditer(text)]
    assert [m.groups() for m in quick.finditer(text)] == [m.groups() for m in plain.finditer(text)]


@given(st.sampled_from([".{0,9}?", "(?:.{0,9}乙)?", "[甲-龥]{9,}"]), patterns, texts)
def test_a_text_without_the_end_of_a_pattern_holds_no_match(begin: str, source: str, text: str) -> None:
    end = ending(begin + source, 0)
    assert end is None or end.search(text) or not re.search(begin + source, text)


@given(st.sampled_from(["", "^"]), patterns, texts)
def test_a_pattern_that_begins_at_the_beginning_is_tried_there_alone(start: str, source: str, text: str) -> None:
    pattern_ = re.compile(start + source)
    assert [match.span() for match in every(pattern_)(text)] == [match.span() for match in pattern_.finditer(text)]
    found, wanted = finder(pattern_)(text), pattern_.search(text)
    assert (found and found.span()) == (wanted and wanted.span())


@given(st.lists(st.lists(st.text(SIGNS, min_size=1, max_size=3), max_size=4), max_size=4), st.lists(texts, max_size=4))
def test_a_sieve_finds_the_lists_that_a_text_has_words_of(lists: list[list[str]], several: list[str]) -> None:
    expected = [sum(1 << n for n, words in enumerate(lists) if any(w in text for w in words)) for text in several]
    assert Sieve(lists).scan(several) == expected


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("(?:召开|举办)了?.{0,9}大会", [{"召开", "举办"}, {"大会"}]),
        ("(?:甲|乙丙)(?:丁)?", [{"甲", "乙丙"}]),  # 甲丁 holds 甲
        ("甲?", []),
        ("(?i)abc", []),
        ("(?:[一-龥]{2,5}(?:局|厅)|(?:省|市)府)", [{"局", "厅", "省府", "市府"}]),
        ("(?:[两三].{0,3}[乡镇]|片区)", [{"两", "三", "片区"}, {"乡", "镇", "片区"}]),
        ("(?<=第)[一二]届", [{"第"}, {"一届", "二届"}]),
        ("(?!甲)乙", [{"乙"}]),
    ],
)
def test_clauses(source: str, found: list[set[str]]) -> None:
    assert sorted(map(sorted, clauses(source, 0))) == sorted(map(sorted, found))


def test_every_rule_that_can_be_gated_is() -> None:
    """A gate that lets everything through would be sound too."""
    needs = prospects.prospects(ONTOLOGY).needs
    assert sum(need > 0 for need in needs.values()) > 0.8 * len(needs)


@dataclass(frozen=True, slots=True)
class Read:
    """A letter with its words and what was extracted."""

    letter: Letter
    words: list[Lexis]
    found: Extraction


@pytest.fixture(scope="module")
def readings(letters: tuple[Path, ...]) -> list[Read]:
    read_in = [read_letter(read(path), REGISTRY) for path in letters]
    return [
        Read(one, list(lexis(one.passages, ONTOLOGY, REGISTRY)), extract(one, ONTOLOGY, REGISTRY)) for one in read_in
    ]


@pytest.fixture(scope="module")
def frames(readings: list[Read]) -> list[Skeleton]:
    named = ((each, one.found.mentions[each.passage.index]) for one in readings for each in one.words)
    return [skeleton(each.passage, mentions, KINDS, held=each.held) for each, mentions in named]


def test_naming_rules_find_the_same_without_their_gate(readings: list[Read]) -> None:
    for each in (each for one in readings for each in one.words):
        tried = replace(each, held=prospects.EVERYTHING)
        assert list(pattern.find(each, ONTOLOGY)) == list(pattern.find(tried, ONTOLOGY))


def test_relation_rules_find_the_same_when_all_are_tried(frames: list[Skeleton]) -> None:
    rules = [(relation, rule) for relation in ONTOLOGY.relations.values() for rule in relation.rules]
    aside = relations.Aside(2024, None)
    for frame in frames:
        found = [one for one in relations.find(frame, ONTOLOGY, KINDS, aside) if isinstance(one, Link)]
        said = [one for each, rule in rules for one in relations.said(frame, each, rule, ONTOLOGY, KINDS, aside)]
        first = {(one.subject.start, one.relation, one.object): one for one in reversed(said)}
        assert set(found) == set(first.values())


def test_status_rules_that_are_not_tried_fit_nothing(frames: list[Skeleton]) -> None:
    for frame in frames:
        section = frame.passage.section
        tried = prospects.statuses_for(ONTOLOGY, frame.kinds, section)
        ids = {one.rule.id for one in tried.of(frame.held)}
        left_out = [rule for rule in ONTOLOGY.status if section in rule.options["sections"] and rule.id not in ids]
        assert not [rule.id for rule in left_out if list(status.matches(frame, rule, KINDS))]


@pytest.mark.parametrize("section", ["report", "plan"])
def test_promise_rules_find_the_same_when_all_are_tried(readings: list[Read], section: Section) -> None:
    for one in readings:
        named = [(each, one.found.mentions[each.passage.index]) for each in one.words]
        gated = [skeleton(replace(w.passage, section=section), found, KINDS, held=w.held) for w, found in named]
        tried = [replace(frame, held=prospects.EVERYTHING) for frame in gated]
        expected = list(promises.find(tried, one.found.figures, ONTOLOGY, 2024))
        assert list(promises.find(gated, one.found.figures, ONTOLOGY, 2024)) == expected
        assert expected or section == "report"


def test_figure_patterns_have_no_match_where_their_gate_is_shut(readings: list[Read]) -> None:
    rules = figure_rules.load()
    for one in readings:
        texts_ = [passage.text for passage in one.letter.passages]
        for text, held in zip(texts_, rules.gate.scan(texts_), strict=True):
            for each, need in rules.needs.items():
                assert held & need == need or not rules.patterns[each].search(text)
