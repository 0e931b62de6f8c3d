"""The lines of a document as layout sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.model import quick, replace
from kg.text import DROPPED, gather

_MARKED = re.compile(r"[ ]{0,3}#{1,6}")
_WIDE = re.compile("[\u2e80-\U0010ffff]+")
_SHARE = 0.3
"""A document is hard-wrapped when at least this share of its lines is about as wide as the widest ones."""
_WIDEST = 130
"""No printed line is wider (columns; a Chinese sign has two): what is wider is a paragraph in one line."""


@quick
@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank.

    Range in the source, reading form, indent and width in columns, whether a blank line or a page break stands
    before it, whether Markdown marks it as a heading; the places of the signs of the reading form, if it is whole.
    """

    start: int
    stop: int
    text: str
    indent: int
    width: int
    after_blank: bool
    marked: bool
    places: Sequence[int] = ()


def lines(text: str, laid: str) -> Iterator[Line]:
    """The lines of a text that have something to read; `laid` is `kg.text.legible(text)`."""
    start, blank = 0, False
    for row in laid.split("\n"):
        stop = start + len(row)
        seen = row.replace(DROPPED, "")
        if not seen.strip(" "):
            blank = True
        else:
            yield _line(text[start:stop], laid, start, stop, blank)
            blank = False
        start = stop + 1


def _line(source: str, laid: str, start: int, stop: int, blank: bool) -> Line:
    reading, places = gather(laid, start, stop)
    bare = source.rstrip()
    indent = _columns(bare[: len(bare) - len(bare.lstrip())])
    return Line(start, stop, reading, indent, _columns(bare), blank, _MARKED.match(source) is not None, places)


def _columns(text: str) -> int:
    return len(text) + sum(map(len, _WIDE.findall(text)))


def split(line: Line, laid: str, signs: int) -> tuple[Line, Line]:
    """A line cut after so many signs of its reading form."""
    _, places = gather(laid, line.start, line.stop)
    cut = places[signs]
    return replace(line, stop=cut, text=line.text[:signs], places=()), replace(
        line, start=cut, text=line.text[signs:], after_blank=False, places=()
    )


def wrap_width(rows: Sequence[Line]) -> int:
    """The width at which a document wraps its lines; 0 where every paragraph is one line."""
    widths = sorted(line.width for line in rows)
    if len(rows) < 6:
        return 0
    full = widths[int(len(widths) * 0.9)]
    near = sum(full * 0.9 <= width for width in widths)
    return full if full <= _WIDEST and widths[-1] <= full * 1.5 and near >= _SHARE * len(widths) else 0
