"""The lists of sentences: how much of them is read right must not fall below what is recorded in cases/floor.toml.

The practice lists show each phenomenon of the language of official letters in at least three sentences; the held-out
lists were written with them and are looked at only for scoring.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.phenomena import CASES, Count, cases, judged, score

FLOORS = tomllib.loads((CASES / "floor.toml").read_text(encoding="utf-8"))
LISTS = [CASES / folder / f"{name}.toml" for folder, named in FLOORS.items() for name in named]


@pytest.mark.parametrize("path", LISTS, ids=[f"{path.parent.name}-{path.stem}" for path in LISTS])
def test_a_list_is_read_as_well_as_recorded(path: Path) -> None:
    least = FLOORS[path.parent.name][path.stem]
    found = score(path)
    assert {sort for sort, floor in least.items() if found[sort].f1 < floor} == set()


def test_every_list_has_a_floor() -> None:
    there = {path for folder in FLOORS for path in (CASES / folder).glob("*.toml")}
    figures = CASES / "held_out" / "measures.toml"  # scored by test_measures.py
    assert there - {figures} == set(LISTS)


def test_the_scorer_counts_what_is_right_missed_and_wrong() -> None:
    case = {
        "text": "成都市农业农村局印发《成都市公文处理办法》。",
        "entities": ["Agency 成都市农业农村局", "Programme 育苗计划"],
        "relations": [["《成都市公文处理办法》", "issuedBy", "成都市农业农村局"]],
        "status": [["《成都市公文处理办法》", "done"]],
    }
    found = judged(case)
    assert found["core"] == Count(1, 2, 2, ("Programme 育苗计划",), ("Policy 成都市公文处理办法",))
    assert (found["relations"].f1, found["status"].f1, found["side"].f1) == (1.0, 1.0, 1.0)


@pytest.mark.parametrize("path", LISTS, ids=[f"{path.parent.name}-{path.stem}" for path in LISTS])
def test_what_must_not_be_a_name_is_none(path: Path) -> None:
    """At most one in ten of the strings that a list says are no names is taken for one."""
    said = [(case, name) for case in cases(path) for name in case.get("not", ())]
    wrong = [
        name for case, name in said if any(name in what for count in judged(case).values() for what in count.wrong)
    ]
    assert len(wrong) * 10 <= len(said)
