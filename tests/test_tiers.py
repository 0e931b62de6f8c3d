"""Ladders: tiers in order, what they are called, and that a chain is no programme."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from kg import resolve
from kg.model import Ref
from tests.sentences import ONTOLOGY, REGISTRY, extracted, letter_of

CASES = tomllib.loads((Path(__file__).parent / "cases" / "tiers.toml").read_text(encoding="utf-8"))["case"]
RULES = ONTOLOGY.relations["nextTier"].rules


def steps(text: str) -> list[tuple[str, str]]:
    """The steps of the ladders of a sentence, by the keys of the groups."""
    reading = resolve.read(letter_of(text), ONTOLOGY, REGISTRY)
    found = [fact for fact in reading.facts if fact.relation == "nextTier"]
    return [(fact.subject.key, fact.object.key) for fact in found if isinstance(fact.object, Ref)]


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_a_sentence_has_the_steps_that_a_reader_finds(case: dict[str, Any]) -> None:
    assert steps(case["text"]) == [tuple(step) for step in case["steps"]]


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.by == "tiers"], ids=lambda rule: rule.id)
def test_each_rule_of_chains_finds_exactly_its_examples_and_nothing_in_the_others(rule: Any) -> None:
    for example in (*rule.examples, *rule.counter):
        found = extracted(example.text).links
        pairs = [(one.subject.surface, getattr(one.object, "surface", "")) for one in found if one.rule == rule.id]
        assert pairs == [tuple(pair) for pair in example.find], example.text


@pytest.mark.parametrize("mark", ["-", "—", "——", "－", "→", "–"])
def test_any_dash_or_arrow_joins_a_chain(mark: str) -> None:
    text = f"完善“{mark.join(('科技型中小企业', '高新技术企业', '科技领军企业'))}”梯度培育机制。"
    assert steps(text) == [("科技型中小企业", "高新技术企业"), ("高新技术企业", "科技领军企业")]


def test_a_chain_is_no_programme_whatever_is_done_with_it() -> None:
    for verb in ("完善", "构建", "实施", "不断完善"):
        text = f"{verb}“省级专精特新中小企业-省级隐形冠军-国家级专精特新小巨人-单项冠军”梯度培育机制。"
        found = extracted(text)
        kinds = {mention.kind for table in (found.mentions, found.nested) for row in table.values() for mention in row}
        assert kinds - {"Letter"} == {"Group"}, text


def test_a_tier_goes_by_its_full_name_so_that_letters_meet_there() -> None:
    short = resolve.read(letter_of("完善“市级隐形冠军-省级隐形冠军-单项冠军”梯度培育机制。"), ONTOLOGY, REGISTRY)
    whole = resolve.read(letter_of("对省级隐形冠军企业奖励50万元。"), ONTOLOGY, REGISTRY)
    key = Ref("Group", "省级隐形冠军企业")
    assert key in {entity.ref for entity in short.entities}
    assert [measure.beneficiary for measure in whole.measures] == [key]
