"""The table of decisions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg import decisions
from kg.errors import InputError
from kg.judgement import Decision, judgements
from kg.model import Ref

HEAD = "who,when,what,letter,name,a,b,why\n"
SAME = "李,2024-06-26,same,,,person/周明_大连市政协,person/周明_沈阳市政协,同一人\n"
OTHER = "李,2024-06-26,different,大政函〔2024〕3号,周明,,,同名\n"


def load(folder: Path, *rows: str) -> tuple[Decision, ...]:
    (folder / "decisions.csv").write_text(HEAD + "".join(rows), encoding="utf-8")
    return decisions.load(folder / "decisions.csv")


def test_decisions_are_read_in_order_and_once(tmp_path: Path) -> None:
    same = Decision("same", "", "", "person/周明_大连市政协", "person/周明_沈阳市政协")
    other = Decision("different", "大政函〔2024〕3号", "周明", "", "")
    assert load(tmp_path, SAME, OTHER, SAME) == (same, other)


def test_a_decision_can_be_undone_and_taken_again(tmp_path: Path) -> None:
    undo = SAME.replace(",same,", ",undo,")
    assert load(tmp_path, SAME, undo) == ()
    assert load(tmp_path, SAME, undo, OTHER, SAME) == load(tmp_path, OTHER, SAME)


def test_decisions_lead_on_to_the_last_key_and_never_in_a_circle() -> None:
    def same(a: str, b: str) -> Decision:
        return Decision("same", "", "", a, b)

    chain = judgements((same("person/甲", "person/乙"), same("person/乙", "person/丙"), same("person/丙", "person/甲")))
    assert [chain.ref(Ref("Person", key), (), "1号", "") for key in "甲乙丙"] == [Ref("Person", "丙")] * 3
    assert chain.ref(Ref("Agency", "甲"), (), "1号", "") == Ref("Agency", "甲"), "of another kind"
    assert judgements((same("甲", "乙"),)).ref(Ref("Agency", "甲"), (), "1号", "") == Ref("Agency", "乙")
    encoded = judgements((same("organisation/甲%2F乙", "organisation/丙"),))
    assert encoded.ref(Ref("Organisation", "甲/乙"), (), "1号", "") == Ref("Organisation", "丙")


def test_what_is_set_apart_is_what_that_letter_calls_so() -> None:
    ready = judgements((Decision("different", "大政函〔2024〕3号~0123abcd", "“丰收” 计划", "", ""),))
    there, elsewhere = "0123abcdef", "fedc0123ab"
    apart = Ref("Programme", "丰收_大连市_大政函〔2024〕3号")
    given = Ref("Programme", "丰收_大连市")
    assert ready.ref(given, ("丰收计划",), "大政函〔2024〕3号", there) == apart
    assert ready.ref(given, ("丰收计划",), "大政函〔2024〕3号", elsewhere) == given, "a twin with other bytes"
    assert ready.ref(given, ("丰收行动",), "大政函〔2024〕3号", there) == given
    assert ready.ref(given, ("丰收计划",), "大政函〔2024〕4号", there) == given


@pytest.mark.parametrize("before", [HEAD, HEAD.rstrip("\n"), "\ufeff" + HEAD.replace("\n", "\r\n")])
def test_a_row_is_put_behind_what_is_there(tmp_path: Path, before: str) -> None:
    path = tmp_path / "d.csv"
    path.write_bytes(before.encode())
    row = decisions.Row("李", "2024-06-26", Decision("same", "", "", "person/甲", "person/乙"), "查过，\n无误")
    data, line = decisions.appended(path, row)
    assert line == 2 and data.startswith(before.encode())
    path.write_bytes(data)
    assert decisions.rows(path) == (replace(row, why="查过， 无误", line=2),)
    assert (b"\r\n" in data) == ("\r" in before) and data.count(b"\n") == 2


def test_a_table_that_is_not_there_is_begun(tmp_path: Path) -> None:
    row = decisions.Row("李", "2024-06-26", Decision("same", "", "", "person/甲", "person/乙"), "查过")
    data, _ = decisions.appended(tmp_path / "new.csv", row)
    assert data.decode() == HEAD + "李,2024-06-26,same,,,person/甲,person/乙,查过\n"


def test_a_table_that_may_not_be_there_yet_has_no_rows(tmp_path: Path) -> None:
    assert decisions.begun(tmp_path / "new.csv") == ()
    assert decisions.begun() == decisions.rows()
    (tmp_path / "new.csv").write_text(HEAD + SAME, encoding="utf-8")
    assert len(decisions.begun(tmp_path / "new.csv")) == 1


def pairs(folder: Path, *rows: str) -> list[tuple[int, int]]:
    """The lines of rows that contradict each other; a row is what, letter, name, a, b, parted by blanks, - for none."""
    lines = [",".join(("李,2024-06-26", *(cell.strip("-") for cell in row.split()), "查过\n")) for row in rows]
    (folder / "decisions.csv").write_text(HEAD + "".join(lines), encoding="utf-8")
    table = decisions.held(decisions.rows(folder / "decisions.csv"))
    return [(earlier.line, later.line) for earlier, later in decisions.contradictions(table)]


A, B, C = (f"person/周明_{body}" for body in ("大连市政协", "沈阳市政协", "鞍山市政协"))
APART = "different 大政函〔2024〕3号 周明 - -"
CLASHES = {
    "each gives way to the other": ((f"same - - {A} {B}", f"same - - {B} {A}"), [(2, 3)]),
    "over two steps": ((f"same - - {A} {B}", f"same - - {B} {C}", f"same - - {C} {A}"), [(3, 4)]),
    "said twice": ((f"same - - {A} {B}", f"same - - {A} {B}"), []),
    "both give way to a third": ((f"same - - {A} {C}", f"same - - {B} {C}"), []),
    "set apart without saying from whom, and joined": ((APART, f"same - - {A}_大政函〔2024〕3号 {A}"), [(2, 3)]),
    "the other way round": ((f"same - - {A}_大政函〔2024〕3号 {A}", APART), [(2, 3)]),
    "over a third": ((APART, f"same - - {A}_大政函〔2024〕3号 {C}", f"same - - {A} {C}"), [(2, 4)]),
    "set apart, and another one joined": ((APART, f"same - - {A}_大政函〔2024〕3号 {C}"), []),
    "of another letter": ((APART, f"same - - {A}_大政函〔2024〕4号 {A}"), []),
    "another name": ((APART, "same - - person/周清_大连市政协_大政函〔2024〕3号 person/周清_大连市政协"), []),
}


@pytest.mark.parametrize("case", CLASHES)
def test_contradictions(tmp_path: Path, case: str) -> None:
    rows, expected = CLASHES[case]
    assert pairs(tmp_path, *rows) == expected


def test_the_projects_own_decisions_are_read() -> None:
    assert isinstance(decisions.load(), tuple)


@pytest.mark.parametrize(("row", "message"), [
    (SAME.replace("same", "equal"), "line 2: unknown decision 'equal'; use same, different, undo"),
    (SAME.replace("person/周明_沈阳市政协", ""), "line 2: same needs b"),
    (OTHER.replace("周明", ""), "line 2: different needs name"),
    (SAME.replace("person/周明_沈阳市政协", "agency/周明"), "line 2: .* are of different kinds; a thing has one kind"),
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
