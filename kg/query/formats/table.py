"""A table to read: columns aligned for characters of double width, cells wrapped where the terminal is narrow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions

from kg.query.columns import columns, pad, visible, wrap
from kg.query.look import Look
from kg.query.run import Answer
from kg.vocabulary import XSD

TAKES = frozenset({"rows", "truth"})
_GAP = "  "
_NARROWEST = 8
_NUMBERS = frozenset(XSD + name for name in ("integer", "decimal", "double", "float"))


def write(answer: Answer, sink: BinaryIO, look: Look) -> None:
    """Write rows under the names of their columns, or `true` or `false`."""
    if isinstance(answer, QueryBoolean):
        sink.write(b"true\n" if answer else b"false\n")
        return
    assert isinstance(answer, QuerySolutions)
    head = [variable.value for variable in answer.variables]
    terms = [[row[name] for name in head] for row in answer]
    right = [all(_is_number(row[i]) for row in terms) and bool(terms) for i in range(len(head))]
    rows = [[_cell(term, look) for term in row] for row in terms]
    for line in _lines(head, rows, right, look.width):
        sink.write(line.encode("utf-8", "replace") + b"\n")


def _is_number(term: object) -> bool:
    return term is None or (isinstance(term, Literal) and term.datatype.value in _NUMBERS)


def _cell(term: object, look: Look) -> str:
    """A term as a reader wants it: a text without marks, an IRI in short, nothing for what is unbound."""
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        return visible(look.short(term.value))
    return visible(term.value if isinstance(term, Literal) else str(term))


def _lines(head: list[str], rows: list[list[str]], right: list[bool], width: int | None) -> Iterator[str]:
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
