"""The clauses of a passage: its parts between commas and full breaks, none parted inside brackets or quotation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.skeleton import Skeleton
from kg.model import Mention, quick

_BREAKS = "，；：。！？"
_PAIRS = {"“": "”", "（": "）", "《": "》", "(": ")"}


@quick
@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a skeleton from `start` to `stop`; `end` is the mark behind it ("" at the end of the passage).

    `first`, `last` are its place in the reading text of the passage.
    """

    text: str
    start: int
    stop: int
    first: int
    last: int
    end: str


def clauses(frame: Skeleton) -> Iterator[Clause]:
    """The clauses of a skeleton that are not empty, in order."""
    start = 0
    read = _Reader(frame)
    for place, mark in [*_breaks(frame.text), (len(frame.text), "")]:
        if place > start:
            yield Clause(frame.text[start:place], start, place, read.place(start), read.place(place), mark)
        start = place + 1


def _breaks(text: str) -> Iterator[tuple[int, str]]:
    closing = ""
    for place, sign in enumerate(text):
        if closing:
            closing = "" if sign == closing else closing
        elif sign in _PAIRS and _PAIRS[sign] in text[place:]:
            closing = _PAIRS[sign]
        elif sign in _BREAKS:
            yield place, sign


class _Reader:
    """Places of a skeleton in the reading text, asked for in order."""

    def __init__(self, frame: Skeleton) -> None:
        self._ahead = sorted(frame.mentions.items())
        self._gone = 0

    def place(self, position: int) -> int:
        while self._ahead and self._ahead[0][0] < position:
            self._gone += _length(self._ahead.pop(0)[1])
        return position + self._gone


def _length(mention: Mention) -> int:
    return mention.stop - mention.start - 1
