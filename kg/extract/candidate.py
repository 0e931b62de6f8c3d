"""A mention that has not yet held its own against others that overlap it."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Dropped, Mention, Passage


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible mention; `rank` 0 is the surest, higher ranks give way."""

    mention: Mention
    rank: int


Finding = Candidate | Dropped


def candidate(
    passage: Passage, start: int, stop: int, kind: str, rule: str, rank: int, names: tuple[str, ...] = ()
) -> Candidate:
    """A candidate for `passage.text[start:stop]`."""
    surface = passage.text[start:stop]
    others = tuple(dict.fromkeys(name for name in names if name and name != surface))
    return Candidate(Mention(passage.index, start, stop, kind, surface, rule, others), rank)


def settle(candidates: list[Candidate]) -> list[Mention]:
    """The mentions that stay: surest rank first, then the longest, then the leftmost; none overlaps another.

    >>> settle([])
    []
    """
    taken: list[Mention] = []
    for one in sorted(candidates, key=_preference):
        mention = one.mention
        if all(mention.stop <= other.start or other.stop <= mention.start for other in taken):
            taken.append(mention)
    return sorted(taken, key=lambda mention: mention.start)


def _preference(one: Candidate) -> tuple[int, int, int, str, str]:
    mention = one.mention
    return one.rank, mention.start - mention.stop, mention.start, mention.kind, mention.rule
