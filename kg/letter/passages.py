"""From blocks to sentences.

A sentence ends with 。；！？ and the marks that close after it; not inside a pair of marks that closes soon.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.letter.layout import Block
from kg.text import CLOSERS, gather, pairs

_STOP = re.compile(r"[。；！？]+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A passage before its section is known: zone, block, whether it opens its block, reading text, places."""

    zone: str
    block: int
    opens: bool
    ends: bool
    marked: bool
    text: str
    places: Sequence[int]


def sentences(blocks: Sequence[Block], laid: str) -> Iterator[Sentence]:
    """The sentences of the body and the lines of the form, in order."""
    for number, block in enumerate(blocks):
        text, places = gather(laid, block.start, block.stop)
        cuts = [0, *(_cuts(text) if block.zone == "body" else ()), len(text)]
        spans = [(low, high) for low, high in zip(cuts, cuts[1:], strict=False) if low < high]
        for low, high in spans:
            low += len(text[low:high]) - len(text[low:high].lstrip(" "))
            yield Sentence(
                block.zone, number, low == 0, high == len(text), block.marked, text[low:high], places[low:high]
            )


def _cuts(text: str) -> Iterator[int]:
    """The places after the ends of sentences."""
    depth = _depth(text)
    for match in _STOP.finditer(text):
        stop = match.end()
        if depth[match.start()] == 0:
            while stop < len(text) and text[stop] in CLOSERS:
                stop += 1
            if stop < len(text):
                yield stop


def _depth(text: str) -> list[int]:
    """For each sign, inside how many pairs of marks that close soon it stands."""
    change = [0] * (len(text) + 1)
    for opener, closer in pairs(text):
        change[opener] += 1
        change[closer] -= 1
    depth, out = 0, []
    for step in change:
        depth += step
        out.append(depth)
    return out
