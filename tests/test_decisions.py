"""The table of decisions."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import decisions
from kg.errors import InputError
from kg.resolve import Decision

HEAD = "who,when,what,letter,name,a,b,why\n"
SAME = "李,2024-06-26,same,,,person/周明_大连市政协,person/周明_沈阳市政协,同一人\n"
OTHER = "李,2024-06-26,different,大政函〔2024〕3号,周明,,,同名\n"


def load(folder: Path, *rows: str) -> tuple[Decision, ...]:
    (folder / "decisions.csv").write_text(HEAD + "".join(rows), encoding="utf-8")
    return decisions.load(folder / "decisions.csv")


def test_decisions_are_read_in_order_and_once(tmp_path: Path) -> None:
    same = Decision("same", "", "", "周明_大连市政协", "周明_沈阳市政协")
    other = Decision("different", "大政函〔2024〕3号", "周明", "", "")
    assert load(tmp_path, SAME, OTHER, SAME) == (same, other)


def test_a_decision_can_be_undone_and_taken_again(tmp_path: Path) -> None:
    undo = SAME.replace(",same,", ",undo,")
    assert load(tmp_path, SAME, undo) == ()
    assert load(tmp_path, SAME, undo, OTHER, SAME) == load(tmp_path, OTHER, SAME)


def test_the_projects_own_decisions_are_read() -> None:
    assert isinstance(decisions.load(), tuple)


@pytest.mark.parametrize(("row", "message"), [
    (SAME.replace("same", "equal"), "line 2: unknown decision 'equal'; use same, different, undo"),
    (SAME.replace("person/周明_沈阳市政协", ""), "line 2: same needs b"),
    (OTHER.replace("周明", ""), "line 2: different needs name"),
    ("李,2024\n", "line 2: unknown decision"),
])  # fmt: skip
def test_a_row_that_says_nothing(tmp_path: Path, row: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        load(tmp_path, row)


def test_a_file_that_is_no_such_table(tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    with pytest.raises(InputError, match="check the name"):
        decisions.load(path)
    path.write_text("a,b\n", encoding="utf-8")
    with pytest.raises(InputError, match="other columns"):
        decisions.load(path)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match="UTF-8"):
        decisions.load(path)
