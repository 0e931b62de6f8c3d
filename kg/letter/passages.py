"""From blocks to sentences.

A sentence ends with 。；！？ and the marks that close after it; not inside a pair of marks that closes soon.  What has no
end for thousands of signs is no sentence: it is cut into pieces, so that the time to understand a text grows with its
length and no faster.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.letter.layout import Block
from kg.model import Passage, quick
from kg.text import CLOSERS, gather, pairs

LONGEST = 4000
"""No passage has more signs: what is longer is read in pieces."""
_LAST_PART = 500
"""A piece ends at the last comma among so many of its last signs, if there is one."""
_STOP = re.compile(r"[。；！？][。；！？]*")
_END = re.compile(rf"[。；！？][{''.join(CLOSERS)}]*$")


@quick
@dataclass(frozen=True, slots=True, eq=False)
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
        text, places = (block.only.text, block.only.places) if block.only else gather(laid, block.start, block.stop)
        cuts = [0, *(_cuts(text) if block.zone == "body" else ()), len(text)]
        for start, high in _pieces(text, cuts):
            low = start
            while low < high and text[low] == " ":
                low += 1
            if low < high:
                yield Sentence(
                    block.zone, number, low == 0, high == len(text), block.marked, text[low:high], places[low:high]
                )


def _cuts(text: str) -> Iterator[int]:
    """The places after the ends of sentences."""
    inside = _ranges(pairs(text))
    for match in _STOP.finditer(text):
        stop = match.end()
        near = bisect_right(inside, (match.start(), len(text))) - 1
        if near < 0 or match.start() >= inside[near][1]:
            while stop < len(text) and text[stop] in CLOSERS:
                stop += 1
            if stop < len(text):
                yield stop


def _pieces(text: str, cuts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The ranges between the cuts; those that are too long for a sentence in pieces."""
    for low, high in pairwise(cuts):
        while high - low > LONGEST:
            comma = text.rfind("，", low + LONGEST - _LAST_PART, low + LONGEST)
            stop = comma + 1 if comma >= 0 else low + LONGEST
            yield low, stop
            low = stop
        yield low, high


def is_piece(passage: Passage) -> bool:
    """Whether a passage is a piece of a sentence that was too long, and not the last one.

    >>> from kg.model import Span
    >>> [is_piece(Passage(0, Span(0, 4000), text, ((0, 0),))) for text in ("甲" * 4000, "甲" * 3999 + "。")]
    [True, False]
    """
    return len(passage.text) >= LONGEST - _LAST_PART and _END.search(passage.text) is None


def _ranges(marks: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The ranges of a text that are inside pairs of marks, those that overlap joined.

    >>> _ranges([(2, 4), (0, 5), (7, 9)])
    [(0, 5), (7, 9)]
    """
    joined: list[tuple[int, int]] = []
    for start, stop in sorted(marks):
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(stop, joined[-1][1])
        else:
            joined.append((start, stop))
    return joined
