"""What is marked in a passage, and how marks that overlap are nested in each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from kg.explain.gather import Sentence
from kg.vocabulary import REQUEST

Sort = Literal["mention", "figure", "request", "dropped"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the reading text of a passage; `number` is that of its line among those of its sort below the passage.

    `kind` is the kind of a mention, figure or request, and what a dropped thing was taken for (quoted, head, number …).
    """

    sort: Sort
    kind: str
    start: int
    stop: int
    number: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, or the beginning or the end of a mark.

    A mark that ends in the midst of another is closed with it and opened again; `whole` tells the true ends.
    """

    what: Literal["text", "open", "close"]
    text: str = ""
    mark: Mark | None = None
    whole: bool = True


def marks(sentence: Sentence) -> tuple[Mark, ...]:
    """The marks of a passage; of two that hold the same characters the mention comes first."""
    found = [Mark("mention", m.kind, m.start, m.stop, n) for n, (m, _) in enumerate(sentence.mentions)]
    found += [Mark("figure", m.kind, m.start, m.stop, n) for n, m in enumerate(sentence.measures)]
    found += [Mark("request", REQUEST, start, stop, n) for n, (_, start, stop) in enumerate(sentence.requests)]
    found += [Mark("dropped", d.what, d.start, d.stop, n) for n, d in enumerate(sentence.dropped) if not _everything(d)]
    length = len(sentence.passage.text)
    return tuple(mark for mark in found if 0 <= mark.start < mark.stop <= length)


def _everything(dropped: object) -> bool:
    return getattr(dropped, "what", "") == "passage"


def pieces(text: str, found: Iterable[Mark]) -> Iterator[Piece]:
    """The text with the beginnings and ends of marks, properly nested.

    >>> [piece.what for piece in pieces("甲乙丙", [Mark("mention", "Group", 1, 2, 0)])]
    ['text', 'open', 'text', 'close', 'text']
    """
    starts = {at: list(group) for at, group in groupby(sorted(found, key=_order), key=lambda mark: mark.start)}
    places = sorted({0, len(text), *starts, *(mark.stop for group in starts.values() for mark in group)})
    opened: list[Mark] = []
    for at, following in zip(places, [*places[1:], len(text)], strict=True):
        yield from _closed(opened, at)
        for mark in starts.get(at, ()):
            opened.append(mark)
            yield Piece("open", mark=mark)
        if at < following:
            yield Piece("text", text[at:following])


def _order(mark: Mark) -> tuple[int, int]:
    return mark.start, -mark.stop


def _closed(opened: list[Mark], at: int) -> Iterator[Piece]:
    """Close what ends at a place, and what was opened inside of it, and open the latter again."""
    first = next((depth for depth, mark in enumerate(opened) if mark.stop <= at), len(opened))
    again: Sequence[Mark] = [mark for mark in opened[first:] if mark.stop > at]
    for mark in reversed(opened[first:]):
        yield Piece("close", mark=mark, whole=mark.stop <= at)
    opened[first:] = again
    for mark in again:
        yield Piece("open", mark=mark, whole=False)
