"""A mention that has not yet held its own against others that overlap it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from kg.model import Dropped, Mention, Passage, quick


@quick
@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible mention; `rank` 0 is the surest, higher ranks give way."""

    mention: Mention
    rank: int


Finding = Candidate | Dropped
_start: Callable[[Mention], int] = attrgetter("start")


def candidate(
    passage: Passage, start: int, stop: int, kind: str, rule: str, rank: int, names: tuple[str, ...] = ()
) -> Candidate:
    """A candidate for `passage.text[start:stop]`."""
    surface = passage.text[start:stop]
    others = tuple(dict.fromkeys([name for name in names if name and name != surface])) if names else ()
    return Candidate(Mention(passage.index, start, stop, kind, surface, rule, others), rank)


def settle(candidates: list[Candidate]) -> list[Mention]:
    """The mentions that stay: surest rank first, then the longest, then the leftmost; none overlaps another.

    >>> settle([])
    []
    """
    if len(candidates) < 2:
        return [one.mention for one in candidates]
    taken: list[Mention] = []
    for one in sorted(candidates, key=_preference):
        place = bisect_left(taken, one.mention.start, key=_start)
        free_before = place == 0 or taken[place - 1].stop <= one.mention.start
        if free_before and (place == len(taken) or one.mention.stop <= taken[place].start):
            taken.insert(place, one.mention)
    return taken


def holder(mentions: Sequence[Mention], start: int, stop: int) -> Mention | None:
    """The one of some mentions in order, none overlapping, that holds a range of the passage."""
    place = bisect_right(mentions, start, key=_start) - 1
    held = place >= 0 and stop <= mentions[place].stop
    return mentions[place] if held else None


def _preference(one: Candidate) -> tuple[int, int, int, str, str]:
    mention = one.mention
    return one.rank, mention.start - mention.stop, mention.start, mention.kind, mention.rule
