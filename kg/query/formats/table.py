"""A table to read: columns aligned for characters of double width, cells wrapped where the terminal is narrow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from kg.query.columns import columns, pad, wrap
from kg.query.formats._cells import cells_of
from kg.query.look import Look
from kg.query.run import Answer

TAKES = frozenset({"rows", "truth"})
_GAP = "  "
_NARROWEST = 8


def write(answer: Answer, sink: BinaryIO, look: Look) -> None:
    """Write rows under the names of their columns, or `true` or `false`."""
    cells = cells_of(answer, look)
    lines = _lines(cells.head, cells.rows, cells.numbers, look.width) if cells.head else cells.rows[0]
    sink.writelines(line.encode("utf-8", "replace") + b"\n" for line in lines)


def _lines(
    head: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool], width: int | None
) -> Iterator[str]:
    wanted = [max([columns(name), *(columns(row[i]) for row in rows)]) for i, name in enumerate(head)]
    widths = fit(wanted, width)
    yield from _row(head, widths, [False] * len(head))
    yield _GAP.join("─" * n for n in widths)
    if not rows:
        yield "(nothing found)"
    for number, row in enumerate(rows):
        if number and widths != wanted:
            yield ""  # rows of several lines are set apart
        yield from _row(row, widths, right)


def _row(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> Iterator[str]:
    """The lines of one row; a cell wider than its column goes on below."""
    parts = [wrap(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for level in range(max(map(len, parts), default=0)):
        texts = (part[level] if level < len(part) else "" for part in parts)
        yield _GAP.join(pad(*it) for it in zip(texts, widths, right, strict=True)).rstrip()


def fit(wanted: Sequence[int], width: int | None) -> list[int]:
    """The widths of columns that want `wanted` where there are `width` in all: the widest give way first.

    >>> fit([4, 30, 50], 64)
    [4, 28, 28]
    """
    if width is None or not wanted:
        return list(wanted)
    room = width - len(_GAP) * (len(wanted) - 1)
    most = max(wanted)
    while most > _NARROWEST and sum(min(n, most) for n in wanted) > room:
        most -= 1
    return [min(n, most) for n in wanted]
