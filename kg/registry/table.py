"""CSV files with a source in every row -> rows; refuses what is not well-formed, naming file and line."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.errors import OntologyError

Row = dict[str, str]


def rows(path: Path, columns: Sequence[str], key: Sequence[str]) -> tuple[Row, ...]:
    """The rows of a table, in the order of the file.

    `columns` are the columns it must have, `key` those whose values together are never the same twice.
    Raises OntologyError, with file and line, for a missing file, other columns, an empty key, a key that comes
    twice, or a row without source.
    """
    seen: dict[tuple[str, ...], int] = {}
    found = []
    for line, row in _read(path, columns):
        place = f"{path}:{line}"
        identity = tuple(row[name] for name in key)
        if not any(identity):
            raise OntologyError(f"empty {', '.join(key)}", place=place)
        if identity in seen:
            raise OntologyError(f"{' '.join(identity)} is already in line {seen[identity]}", place=place)
        if not row["source"]:
            raise OntologyError("no source", place=place, remedy="say in column source where this is from")
        seen[identity] = line
        found.append(row)
    return tuple(found)


def cells(value: str, separator: str = "|") -> tuple[str, ...]:
    """The parts of a cell that holds several values.

    >>> cells("科技|科")
    ('科技', '科')
    >>> cells("")
    ()
    """
    return tuple(part.strip() for part in value.split(separator) if part.strip())


def _read(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, Row]]:
    """Line number and cells by column of every row after the head."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise OntologyError(f"cannot be read: {error}", place=str(path)) from error
    for line, values in enumerate(_cells(path, text), 1):
        if line == 1 and values != list(columns):
            raise OntologyError(f"columns are {','.join(values)}, wanted {','.join(columns)}", place=f"{path}:1")
        if len(values) != len(columns):
            raise OntologyError(f"{len(values)} cells, wanted {len(columns)}", place=f"{path}:{line}")
        if line > 1:
            yield line, dict(zip(columns, values, strict=True))


def _cells(path: Path, text: str) -> list[list[str]]:
    """The cells of every line; no cell holds a line end."""
    try:
        return [next(csv.reader([line], strict=True), []) for line in text.split("\n")[:-1]]
    except csv.Error as error:
        raise OntologyError(f"is no CSV: {error}", place=str(path)) from error
