"""The clauses of a passage: its parts between commas and full breaks, none parted inside brackets or quotation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.skeleton import Skeleton
from kg.model import Mention, quick

_LINES = ("单位", "部门", "主体")  # 责任单位：某局 is one clause
_PAIRS = {"“": "”", "（": "）", "《": "》", "(": ")"}
_SIGN = re.compile("[，；：。！？“（《(]")


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
    start, text = 0, frame.text
    read = _Reader(frame)
    for place, mark in [*_breaks(text), (len(text), "")]:
        if place > start:
            yield Clause(text[start:place], start, place, read.place(start), read.place(place), mark)
        start = place + 1


def _breaks(text: str) -> list[tuple[int, str]]:
    found, position = [], 0  # `position` is behind what a pair of marks holds
    for match in _SIGN.finditer(text):
        place, sign = match.start(), match.group()
        if place < position:
            continue
        closing = _PAIRS.get(sign)
        if closing is not None:
            position = text.find(closing, place) + 1
        elif not (sign == "：" and text.endswith(_LINES, 0, place)):
            found.append((place, sign))
    return found


class _Reader:
    """Places of a skeleton in the reading text, asked for in order."""

    def __init__(self, frame: Skeleton) -> None:
        self._ahead = sorted(frame.mentions.items()) if frame.mentions else []
        self._gone = 0

    def place(self, position: int) -> int:
        if not self._ahead:
            return position + self._gone
        while self._ahead and self._ahead[0][0] < position:
            self._gone += _length(self._ahead.pop(0)[1])
        return position + self._gone


def _length(mention: Mention) -> int:
    return mention.stop - mention.start - 1
