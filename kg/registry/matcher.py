"""Many words at once: the leftmost-longest matches of a list of words in a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ahocorasick_rs import AhoCorasick, MatchKind

Match = tuple[str, int, int]


class Matcher:
    """Finds the words of a list, but not in longer words in which they mean nothing.

    `blockers` gives for such a longer word the word that it is no sign of: {"中山大学": "中山"}.
    """

    __slots__ = ("_automaton", "_blockers", "_longest", "words")

    def __init__(self, words: Iterable[str], blockers: Mapping[str, str] | None = None) -> None:
        """Words in any order; the order of the result depends on the text alone."""
        self._blockers = dict(blockers or {})
        self.words: tuple[str, ...] = tuple(sorted({*words, *self._blockers}))
        self._longest = max(map(len, self.words), default=0)
        self._automaton = AhoCorasick(self.words, MatchKind.LeftmostLongest)

    def find(self, text: str) -> Iterator[Match]:
        """Word, start and stop of every match; matches do not overlap, the leftmost and longest wins.

        >>> list(Matcher(["上海", "上海市", "海南"]).find("上海市海南路"))
        [('上海市', 0, 3), ('海南', 3, 5)]
        >>> list(Matcher(["丽江", "江苏"], {"美丽江": "丽江"}).find("丽江和美丽江苏"))
        [('丽江', 0, 2), ('江苏', 5, 7)]
        """
        end = 0
        for word, start, stop in self._matches(text):
            if start < end:
                continue
            found = self._within(text, word, start, stop) if word in self._blockers else ((word, start, stop),)
            for match in found:
                end = match[2]
                yield match

    def _matches(self, text: str) -> Iterator[Match]:
        """All matches, blockers too."""
        words = self.words
        for index, start, stop in self._automaton.find_matches_as_indexes(text):
            yield words[index], start, stop

    def _within(self, text: str, blocker: str, start: int, stop: int) -> Iterator[Match]:
        """What begins in a blocker after the first character of the word that it blocks."""
        offset = start + blocker.find(self._blockers[blocker]) + 1
        for word, first, last in self._matches(text[offset : stop + self._longest]):
            if offset + first < stop and word not in self._blockers:
                yield word, offset + first, offset + last
