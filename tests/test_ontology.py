"""Every rule of the ontology against its own examples and counter-examples, both ways."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from kg import ontology as ontologies
from kg.errors import OntologyError
from kg.extract import form, relations, status
from kg.extract.form import Link
from kg.extract.skeleton import skeleton
from kg.model import Literal, Mention
from kg.ontology import Example, Relation, Rule
from tests.sentences import ONTOLOGY, extracted, letter_of

KINDS = tuple(ONTOLOGY.kinds)
NAMING = [(kind.name, rule) for kind in ONTOLOGY.kinds.values() for rule in kind.rules]
SAYING = [(relation, rule) for relation in ONTOLOGY.relations.values() for rule in relation.rules]


def ids(pairs: list[tuple[object, Rule]]) -> list[str]:
    return [rule.id for _, rule in pairs]


def named(example: Example, rule: Rule) -> list[str]:
    found = extracted(example.text, example.section, example.issuer)
    every = [m for table in (found.mentions, found.nested) for of_passage in table.values() for m in of_passage]
    return [m.surface for m in every if m.rule == rule.id]


@pytest.mark.parametrize(("kind", "rule"), NAMING, ids=ids(NAMING))
def test_naming_rule_finds_exactly_its_examples(kind: str, rule: Rule) -> None:
    for example in rule.examples:
        assert named(example, rule) == list(example.find), example.text
    assert any(example.find for example in rule.examples), "no example in which the rule finds anything"


@pytest.mark.parametrize(("kind", "rule"), NAMING, ids=ids(NAMING))
def test_naming_rule_finds_nothing_in_its_counter_examples(kind: str, rule: Rule) -> None:
    for example in rule.counter:
        assert named(example, rule) == [], example.text


def end(value: Mention | Literal) -> str:
    return value.surface if isinstance(value, Mention) else value.value


def said(example: Example, relation: Relation, rule: Rule) -> set[tuple[str, str]]:
    found = extracted(example.text, example.section, example.issuer)
    if rule.by in ("inside", "tiers"):
        links = [link for link in found.links if link.rule == rule.id]
    else:
        letter = letter_of(example.text, example.section or "report", example.issuer)  # type: ignore[arg-type]
        frame = skeleton(letter.passages[-1], found.mentions[len(letter.passages) - 1], KINDS)
        aside = relations.Aside(2024, form.issuer(letter, found.mentions), date="2024-03-01")
        links = list(relations.said(frame, relation, rule, ONTOLOGY, KINDS, aside))
    assert all(isinstance(link, Link) for link in links)
    return {(link.subject.surface, end(link.object)) for link in links}


@pytest.mark.parametrize(("relation", "rule"), SAYING, ids=ids(SAYING))
def test_relation_rule_finds_exactly_its_examples(relation: Relation, rule: Rule) -> None:
    for example in rule.examples:
        assert said(example, relation, rule) == {tuple(pair) for pair in example.find}, example.text
    assert any(example.find for example in rule.examples), "no example in which the rule finds anything"


@pytest.mark.parametrize(("relation", "rule"), SAYING, ids=ids(SAYING))
def test_relation_rule_finds_nothing_in_its_counter_examples(relation: Relation, rule: Rule) -> None:
    for example in rule.counter:
        assert said(example, relation, rule) == set(), example.text


def stated(example: Example, rule: Rule) -> list[str]:
    found = extracted(example.text, example.section)
    frame = skeleton(letter_of(example.text, example.section).passages[0], found.mentions[0], KINDS)  # type: ignore[arg-type]
    return [m.surface for m in status.matches(frame, rule, KINDS, 2024)]


@pytest.mark.parametrize("rule", ONTOLOGY.status, ids=[rule.id for rule in ONTOLOGY.status])
def test_status_rule_finds_exactly_its_examples(rule: Rule) -> None:
    for example in rule.examples:
        assert stated(example, rule) == list(example.find), example.text
    for example in rule.counter:
        assert stated(example, rule) == [], example.text


def test_a_rule_without_examples_does_not_load() -> None:
    with pytest.raises(OntologyError, match="without examples"):
        ontologies._rule(Path("x.toml"), tomllib.loads('id = "x"\npattern = "x"'), {})


def test_pieces_that_refer_to_each_other_in_a_circle_are_refused() -> None:
    with pytest.raises(OntologyError, match="circle"):
        ontologies.expand("{a}", {"a": "{b}", "b": "{a}"}, "x.toml")


def test_an_unknown_piece_is_named() -> None:
    with pytest.raises(OntologyError, match="unknown piece {nowhere}"):
        ontologies.expand("{nowhere}", {}, "x.toml")


def test_pieces_match_their_examples() -> None:
    import re

    grammar = tomllib.loads((ontologies.ontology_dir() / "grammar.toml").read_text(encoding="utf-8"))
    for name, table in grammar["pieces"].items():
        for example in table["examples"]:
            assert re.fullmatch(ONTOLOGY.pieces[name], example, re.VERBOSE), (name, example)


def test_every_option_of_a_rule_is_explained() -> None:
    explained = (ontologies.ontology_dir() / "README.md").read_text(encoding="utf-8")
    rules = [rule for kind in ONTOLOGY.kinds.values() for rule in kind.rules]
    rules += [rule for relation in ONTOLOGY.relations.values() for rule in relation.rules]
    used = {option for rule in (*rules, *ONTOLOGY.status) for option in rule.options}
    assert {option for option in used - {"pattern"} if f"`{option}" not in explained} == set()
