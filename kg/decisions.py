"""Recorded judgements about who is the same as whom: a table that is only ever added to.

Columns: who, when, what, letter, name, a, b, why.  `what` is `same` (the entities a and b are one, and go by the key of
b), `different` (a name in a letter is another thing than elsewhere; a may say than what) or `undo` (the rows above with
the same letter, name, a and b no longer hold).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.judgement import DIFFERENT, SAME, Decision, Node, called_alike, judgements, node, set_apart
from kg.resources import decisions_file

COLUMNS = ("who", "when", "what", "letter", "name", "a", "b", "why")
UNDO = "undo"
_NEEDED = {SAME: ("a", "b"), DIFFERENT: ("letter", "name"), UNDO: ()}
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: the decision, who took it, when (a date), why; `line` is its last line, 0 for none yet."""

    who: str
    when: str
    decision: Decision
    why: str
    line: int = 0

    def __str__(self) -> str:
        """What it says, for messages."""
        one = self.decision
        if one.what == DIFFERENT:
            return f"“{one.name.strip('“”')}” in {one.letter} is something else than elsewhere"
        return f"{one.a} is {one.b}" if one.what == SAME else f"{UNDO} {' '.join(filter(None, _about(one)))}"


def load(path: Path | None = None) -> tuple[Decision, ...]:
    """The decisions of a file that hold (default: the project's own, which may be missing), each once.

    InputError names file and line of a row that says nothing.
    """
    return tuple(dict.fromkeys(row.decision for row in held(rows(path))))


def rows(path: Path | None = None) -> tuple[Row, ...]:
    """All rows of a file (default: the project's own; none where that is missing).  InputError as for `load`."""
    file = path or decisions_file()
    return () if path is None and not file.exists() else tuple(_rows(file))


def begun(path: Path | None = None) -> tuple[Row, ...]:
    """All rows of a file that may not be there yet (`appended` begins it).  InputError as for `load`."""
    return rows(path) if path is None or path.exists() else ()


def held(table: Iterable[Row]) -> tuple[Row, ...]:
    """The rows that hold: without those that are undone, and those that undo."""
    left: list[Row] = []
    for row in table:
        if row.decision.what == UNDO:
            left = [other for other in left if _about(other.decision) != _about(row.decision)]
        else:
            left.append(row)
    return tuple(left)


def undoing(row: Row, who: str, when: str, why: str) -> Row:
    """The row that undoes another one."""
    one = row.decision
    return Row(who, when, Decision(UNDO, one.letter, one.name, one.a, one.b), why)


def known(table: Sequence[Row], new: Decision) -> Row | None:
    """The row among rows that hold that says already what a new decision says, or None."""
    if new.what == SAME:
        joined = judgements([row.decision for row in table]).joined
        ends = [node(end) for end in (new.a, new.b)]
        one, other = (joined.get(end, end) for end in ends)
        return _last(table, ends) if one == other else None
    return next((row for row in table if _parts_alike(row.decision, new)), None)


def _parts_alike(one: Decision, other: Decision) -> bool:
    """Whether two decisions set the same name of the same letter apart."""
    if not one.what == other.what == DIFFERENT or not called_alike(one.name, other.name):
        return False
    return node(one.letter) == node(other.letter) and (not one.a or not other.a or node(one.a) == node(other.a))


def contradictions(table: Iterable[Row]) -> Iterator[tuple[Row, Row]]:
    """Pairs of rows that hold, of which the later one says the contrary of the earlier one.

    That is: what a `different` sets apart is joined to it again, over however many steps of `same`; or a `same` makes
    one give way that another has been made to give way to.  Of a pair only the earlier row counts for what follows.
    """
    seen: list[Row] = []
    for row in table:
        joined = judgements([one.decision for one in (*seen, row)]).joined
        apart = [one for one in (*seen, row) if one.decision.what == DIFFERENT and _together(one.decision, joined)]
        if row.decision.what == SAME and (other := _gave_way(seen, row.decision)) is not None:
            yield other, row
        elif not apart:
            seen.append(row)
        elif row.decision.what == SAME:
            yield apart[0], row
        else:
            yield _last(seen, next(ends for ends in _ends(row.decision, joined) if _are_one(ends, joined))), row


def _gave_way(seen: Iterable[Row], new: Decision) -> Row | None:
    """The row by which, over however many steps, the second of two entities goes by the key of the first."""
    rows = [row for row in seen if row.decision.what == SAME]
    goal, reached = node(new.a), [node(new.b)]
    for place in reached:
        for row in rows:
            one, other = node(row.decision.a), node(row.decision.b)
            if one == place and other == goal:
                return row
            if one == place and other not in reached:
                reached.append(other)
    return None


def _together(apart: Decision, joined: Mapping[Node, Node]) -> bool:
    """Whether what a `different` sets apart is one thing by what is joined."""
    return any(_are_one(ends, joined) for ends in _ends(apart, joined))


def _are_one(ends: tuple[Node, Node], joined: Mapping[Node, Node]) -> bool:
    one, other = ends
    return joined.get(one, one) == joined.get(other, other)


def _ends(apart: Decision, joined: Mapping[Node, Node]) -> list[tuple[Node, Node]]:
    """What a `different` sets apart: the entity, and what the letter means.

    Where the row does not say from which entity, these are those that the rows which join speak of.
    """
    letter = node(apart.letter)[1]
    if apart.a:
        kind, key = node(apart.a)
        of_letter = (key for like, key in sorted(joined) if like == kind and key.endswith(f"_{letter}"))
        named = [other for other in of_letter if called_alike(other.partition("_")[0], apart.name)]
        return [((kind, key), (kind, other)) for other in (set_apart(key, letter), *named)]
    found = []
    for kind, key in sorted({*joined, *joined.values()}):
        own = key.removesuffix(set_apart("", letter))
        if own != key and any(called_alike(apart.name, name) for name in (own, own.partition("_")[0])):
            found.append(((kind, own), (kind, key)))
    return found


def _last(table: Iterable[Row], ends: Iterable[Node]) -> Row:
    """The last row that joins one of these entities to another one."""
    joining = [row for row in table if row.decision.what == SAME]
    wanted = set(ends)
    return next(row for row in reversed(joining) if {node(row.decision.a), node(row.decision.b)} & wanted)


def appended(path: Path, row: Row) -> tuple[bytes, int]:
    """The bytes of a file with a row more, and the number of that row's line; a file that is not there is begun.

    What was there stays, byte for byte.  Raises InputError for a file that is no such table.
    """
    before = path.read_bytes() if path.exists() else _line(COLUMNS, "\n")
    if path.exists():
        list(_rows(path))
    end = "\r\n" if b"\r\n" in before else "\n"
    if not before.endswith(b"\n"):
        before += end.encode()
    one = row.decision
    after = before + _line((row.who, row.when, one.what, one.letter, one.name, one.a, one.b, row.why), end)
    return after, after.count(b"\n")


def _line(cells: Iterable[str], end: str) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=end).writerow([" ".join(cell.split()) for cell in cells])
    return text.getvalue().encode("utf-8")


def _about(decision: Decision) -> tuple[str, ...]:
    return decision.letter, decision.name, decision.a, decision.b


def _rows(path: Path) -> Iterator[Row]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            table = csv.DictReader(stream)
            if tuple(table.fieldnames or ()) != COLUMNS:
                raise InputError("other columns than expected", place=str(path), remedy=f"use {','.join(COLUMNS)}")
            for row in table:
                place = f"{path}, line {table.line_num}"
                yield Row(row["who"] or "", row["when"] or "", _decision(row, place), row["why"] or "", table.line_num)
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", place=str(path), remedy="check the name") from error
    except UnicodeDecodeError as error:
        raise InputError("no UTF-8 text", place=str(path), remedy="save it in UTF-8") from error


def _decision(row: dict[str, str], place: str) -> Decision:
    what = row["what"]
    if what not in _NEEDED:
        raise InputError(f"unknown decision {what!r}", place=place, remedy=f"use {', '.join(_NEEDED)}")
    missing = [column for column in _NEEDED[what] if not row[column]]
    if missing:
        raise InputError(f"{what} needs {' and '.join(missing)}", place=place)
    decision = Decision(what, *(row[column] or "" for column in ("letter", "name", "a", "b")))
    if what == SAME and len({kind for kind, _ in map(node, (decision.a, decision.b)) if kind}) > 1:
        raise InputError(
            f"{decision.a} and {decision.b} are of different kinds", place=place, remedy="a thing has one kind"
        )
    return decision
