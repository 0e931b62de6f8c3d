"""What is found in single sentences: tables in tests/cases/, one case a sentence."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from kg.model import Literal, Mention
from tests.sentences import extracted

CASES = Path(__file__).parent / "cases"
CORE = ("Person", "Agency", "Organisation", "Platform", "Programme", "Policy", "Event", "Project")


def cases(name: str) -> list[dict[str, Any]]:
    return tomllib.loads((CASES / name).read_text(encoding="utf-8"))["case"]


def end(value: Mention | Literal) -> str:
    return value.surface if isinstance(value, Mention) else value.value


def found_in(case: dict[str, Any]) -> tuple[set[str], set[tuple[str, ...]], set[tuple[str, str]]]:
    found = extracted(case["text"], case.get("section", ""), case.get("issuer", ""))
    body = max(found.mentions)
    mentions = (*found.mentions[body], *found.nested[body])
    entities = {f"{m.kind} {m.surface}" for m in mentions if m.kind in CORE}
    relations = {(e.subject.surface, e.relation, end(e.object)) for e in found.links if e.passage == body}
    return entities, relations, {(said.mention.surface, said.status) for _, said in found.statuses}


@pytest.mark.parametrize("case", cases("sentences.toml"), ids=lambda case: case["text"][:12])
def test_sentence(case: dict[str, Any]) -> None:
    entities, relations, statuses = found_in(case)
    assert entities == set(case["entities"])
    assert {tuple(relation) for relation in case.get("relations", ())} <= relations
    assert {tuple(status) for status in case.get("status", ())} <= statuses
