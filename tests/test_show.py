"""The portrait of a thing: all that an invented letter says of it, on a terminal and as JSON."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from pyoxigraph import NamedNode

from kg import __version__, ontology, registry
from kg.evidence import Thing
from kg.graph import World
from kg.pipeline import graph_of
from kg.query.columns import columns
from kg.query.dataset import Dataset
from kg.query.entities import entity
from kg.show import Portrait, portrait, record, terminal
from tests.invented import LINES, PLAN, REPORT, reading

NUMBERS = ("蓉农函〔2023〕17号", "蓉农函〔2024〕18号")


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    """Two invented letters of one text with different numbers."""
    world = World(ontology.load(), registry.load(), program=__version__)
    return Dataset(graph_of([reading(f"{number}.txt", number) for number in NUMBERS], world))


def shown(dataset: Dataset, name: str) -> Portrait:
    return portrait(dataset, entity(dataset, "Entity", name))


def facts(told: Portrait) -> list[tuple[str, bool, str, int]]:
    """Relation, direction, the other end, how many sentences."""
    return [
        (group.relation.name, group.backwards, fact.other.name if isinstance(fact.other, Thing) else fact.other, len(fact.sentences))
        for group in told.groups
        for fact in group.facts
    ]  # fmt: skip


def test_a_programme(dataset: Dataset) -> None:
    told = shown(dataset, "百村千社")
    assert told.thing == Thing("Programme", "百村千社", "programme/百村千社_成都市")
    assert told.names == ("“百村千社”计划",)
    assert facts(told) == [("carriedOutBy", False, "成都市农业农村局", 2), ("supports", False, "家庭农场", 2)]
    assert {one.text for group in told.groups for fact in group.facts for one in fact.sentences} == {LINES[REPORT]}
    assert [(one.status, one.sentence.letter) for one in told.statuses] == [("ongoing", number) for number in NUMBERS]
    assert told.letters() == NUMBERS


def test_a_group_has_its_figures_and_what_supports_it(dataset: Dataset) -> None:
    told = shown(dataset, "家庭农场")
    assert facts(told) == [("supports", True, "百村千社", 2)]
    found = {(one.kind, one.role, one.indicator, one.value, one.unit, one.period) for one in told.figures}
    assert found == {
        ("Result", "about", "新认定家庭农场", Decimal(12000), "家", "2022"),
        ("Incentive", "beneficiary", "奖励", Decimal(505000), "元", "2023"),
    }
    assert {one.sentence.text for one in told.figures} == {LINES[REPORT], LINES[PLAN]}


def test_a_letter_has_its_year_and_literals(dataset: Dataset) -> None:
    told = shown(dataset, NUMBERS[0])
    assert told.year == 2023
    assert ("issued", False, "2023-06-26", 1) in facts(told)
    assert ("issuedBy", False, "成都市农业农村局", 2) in facts(told)  # letterhead and signature


def test_what_the_registry_says_is_told_as_its_word(dataset: Dataset) -> None:
    told = shown(dataset, "成都市农业农村局")
    assert ("place", False, "成都市", 0) in facts(told)
    assert "据名录" in terminal(told)
    assert [fact["source"] for fact in json.loads(record(told))["facts"] if fact["relation"] == "place"] == ["registry"]


def test_every_sentence_that_names_a_thing_is_there(dataset: Dataset) -> None:
    told = shown(dataset, "成都市农业农村局")
    text = terminal(told)
    assert all(one.text in text for one in told.mentions)
    assert "named in 4 passages of 2 letters" in text


# --- On a terminal


def test_relations_are_called_in_both_languages_and_directions(dataset: Dataset) -> None:
    assert "carried out by 由……实施" in terminal(shown(dataset, "百村千社"))
    assert "carries out 实施" in terminal(shown(dataset, "成都市农业农村局"))


def test_colour_only_where_it_is_wanted(dataset: Dataset) -> None:
    told = shown(dataset, "百村千社")
    assert "\033" not in terminal(told) and "\033[1m百村千社\033[0m" in terminal(told, colour=True)


def test_lines_fit_the_terminal_but_for_heads(dataset: Dataset) -> None:
    lines = terminal(shown(dataset, "家庭农场"), width=40).splitlines()
    assert all(columns(line) <= 40 for line in lines if line.startswith(" " * 6))
    assert len(lines) > len(terminal(shown(dataset, "家庭农场")).splitlines())


def test_a_long_list_is_cut_and_says_so(dataset: Dataset) -> None:
    told = shown(dataset, "百村千社")
    cut = terminal(told, limit=1)
    assert "… 1 more sentences; --limit 0 shows all · 另有1条" in cut
    assert NUMBERS[1] not in cut.partition("status")[0] and NUMBERS[1] in terminal(told)


def test_what_steers_a_terminal_is_not_passed_on(dataset: Dataset) -> None:
    from dataclasses import replace

    told = shown(dataset, "百村千社")
    assert "\033" not in terminal(replace(told, names=("\033[31m红",)))


# --- As JSON


def test_json_has_all_of_it(dataset: Dataset) -> None:
    told = json.loads(record(shown(dataset, "家庭农场")))
    assert list(told) == ["thing", "names", "year", "letters", "facts", "figures", "statuses", "promises", "mentions"]
    (fact,) = told["facts"]
    assert fact["label"] == {"en": "is supported by", "zh": "受……支持"} and fact["backwards"]
    assert fact["value"] == {"kind": "Programme", "name": "百村千社", "iri": "programme/百村千社_成都市"}
    assert [one["letter"] for one in fact["sentences"]] == list(NUMBERS)
    assert {one["value"] for one in told["figures"]} == {"12000", "505000"}


def test_a_thing_without_a_word_about_it(dataset: Dataset) -> None:
    told = portrait(dataset, NamedNode(dataset.base + "programme/无"))
    assert not told.groups and terminal(told).startswith("programme/无")
