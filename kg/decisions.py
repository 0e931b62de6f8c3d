"""Recorded judgements about who is the same as whom: a table that is only ever added to.

Columns: who, when, what, letter, name, a, b, why.  `what` is `same` (the keys a and b are one), `different` (a name in
a letter is another thing than elsewhere) or `undo` (the rows above with the same letter, name, a and b no longer hold).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from kg.errors import InputError
from kg.resolve import Decision
from kg.resources import decisions_file

COLUMNS = ("who", "when", "what", "letter", "name", "a", "b", "why")
_NEEDED = {"same": ("a", "b"), "different": ("letter", "name"), "undo": ()}


def load(path: Path | None = None) -> tuple[Decision, ...]:
    """The decisions of a file that hold (default: the project's own, which may be missing).

    InputError names file and line of a row that says nothing.
    """
    file = path or decisions_file()
    if path is None and not file.exists():
        return ()
    held: list[Decision] = []
    for decision in _rows(file):
        if decision.what == "undo":
            held = [other for other in held if _about(other) != _about(decision)]
        elif decision not in held:
            held.append(decision)
    return tuple(held)


def _about(decision: Decision) -> tuple[str, ...]:
    return decision.letter, decision.name, decision.a, decision.b


def _rows(path: Path) -> Iterator[Decision]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            table = csv.DictReader(stream)
            if tuple(table.fieldnames or ()) != COLUMNS:
                raise InputError("other columns than expected", place=str(path), remedy=f"use {','.join(COLUMNS)}")
            for row in table:
                yield _decision(row, f"{path}, line {table.line_num}")
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
    return Decision(what, row["letter"], row["name"], _key(row["a"]), _key(row["b"]))


def _key(written: str) -> str:
    """The key of an entity that is written as in its IRI: person/周明_大连市政协.

    >>> _key("person/周明_大连市政协")
    '周明_大连市政协'
    """
    return written.partition("/")[2] or written
