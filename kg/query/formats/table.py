"""A table to read: columns aligned for characters of double width, cells wrapped where the terminal is narrow."""

from __future__ import annotations

from typing import BinaryIO

from kg.query.columns import NONE_SHOWN, NOTHING, aligned
from kg.query.formats._cells import cells_of
from kg.query.look import Look
from kg.query.run import Answer

TAKES = frozenset({"rows", "truth"})


def write(answer: Answer, sink: BinaryIO, look: Look) -> None:
    """Write rows under the names of their columns, or `true` or `false`."""
    cells = cells_of(answer, look)
    empty = NONE_SHOWN if look.cut else NOTHING
    lines = aligned(cells.head, cells.rows, cells.numbers, look.width, empty) if cells.head else cells.rows[0]
    sink.writelines(line.encode("utf-8", "replace") + b"\n" for line in lines)
