"""Which texts hold any word of several lists: one scan over all, before any list is asked alone."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

_BETWEEN = "\ufdd0"
"""What stands between texts: a sign that no text may hold by Unicode, and no word does."""


class Sieve:
    """Lists of words, each with a bit of its own: that of list number n is `1 << n`."""

    __slots__ = ("_automaton", "_bits")

    def __init__(self, lists: Sequence[Collection[str]]) -> None:
        """The lists; an empty word is in every text and none of them may have it."""
        held: dict[str, int] = {}
        for number, words in enumerate(lists):
            for word in words:
                held[word] = held.get(word, 0) | 1 << number
        self._bits = held
        self._automaton = AhoCorasick(
            [_BETWEEN, *sorted(held)],
            matchkind=MatchKind.Standard,
            store_patterns=True,
            implementation=Implementation.ContiguousNFA,
        )

    def scan(self, texts: Sequence[str]) -> list[int]:
        """For each text the bits of the lists of which it holds a word, wherever that stands.

        >>> Sieve([["会议", "会"], ["议程"]]).scan(["会议程序", "程序"])
        [3, 0]
        """
        if not texts:
            return []
        page = _BETWEEN.join(texts)
        if page.count(_BETWEEN) >= len(texts):
            page = _BETWEEN.join([text.replace(_BETWEEN, " ") for text in texts])
        held: list[int] = []
        bits, here = self._bits, 0
        for word in self._automaton.find_matches_as_strings(page, overlapping=True):
            if word == _BETWEEN:
                held.append(here)
                here = 0
            else:
                here |= bits[word]
        held.append(here)
        return held
