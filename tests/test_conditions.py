"""Who may have an incentive and on what terms, in the letter's words (tests/cases/conditions.toml)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from kg import resolve
from tests.sentences import ONTOLOGY, REGISTRY, letter_of

CASES = tomllib.loads((Path(__file__).parent / "cases" / "conditions.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["text"])[:24])
def test_an_incentive_has_the_condition_that_a_reader_finds(case: dict[str, Any]) -> None:
    read = resolve.read(letter_of(case["text"], "report", "成都市农业农村局"), ONTOLOGY, REGISTRY)
    assert [one.condition for one in read.measures if one.kind == "Incentive"] == case["conditions"]
