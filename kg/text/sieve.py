"""Which texts hold any word of several lists: one scan over all, before any list is asked alone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import accumulate

from ahocorasick_rs import AhoCorasick, MatchKind

_BETWEEN = "\n"


class Sieve:
    """Lists of words, each with a bit of its own: that of list number n is `1 << n`."""

    __slots__ = ("_automaton", "_bits")

    def __init__(self, lists: Sequence[Collection[str]]) -> None:
        """The lists; an empty word is in every text and none of them may have it."""
        held: dict[str, int] = {}
        for number, words in enumerate(lists):
            for word in words:
                held[word] = held.get(word, 0) | 1 << number
        order = sorted(held)
        self._bits = tuple(held[word] for word in order)
        self._automaton = AhoCorasick(order, matchkind=MatchKind.Standard)

    def scan(self, texts: Sequence[str]) -> list[int]:
        """For each text the bits of the lists of which it holds a word, wherever that stands.

        >>> Sieve([["会议", "会"], ["议程"]]).scan(["会议程序", "程序"])
        [3, 0]
        """
        held: list[int] = []
        ends = accumulate([len(text) + len(_BETWEEN) for text in texts])
        bits, end, here = self._bits, next(ends, 0), 0
        for index, start, _ in self._automaton.find_matches_as_indexes(_BETWEEN.join(texts), overlapping=True):
            while start >= end:
                held.append(here)
                end, here = next(ends), 0
            here |= bits[index]
        return [*held, here, *[0] * (len(texts) - len(held) - 1)] if texts else []
