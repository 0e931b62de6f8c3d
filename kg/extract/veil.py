"""A passage with its names and its points in time veiled, sign for sign.

In the veiled text a sign of a name is ▮ and a sign of a point in time is ▯, so the digits and verbs inside them are
not taken for figures and verbs, and every position stays what it is in the reading text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.figure_rules import FigureRules
from kg.extract.times import Time, times
from kg.model import Mention, Passage, quick

NAME, TIME = "▮", "▯"
_DIGIT = re.compile(r"\d")
_ROUND = re.compile(r"(?P<year>20\d\d)(?:年度?(?![\d—–~至-])|(?![\d年—–~-]))")
_INDEX = re.compile(r"(?P<year>20\d\d)年?度?(?:版)?[》”]$")
_PLAN = re.compile("“(?:十[一二三四五]?|[八九])五”")
_PLAN_LENGTHS = (4, 5)


@quick
@dataclass(frozen=True, slots=True, eq=False)
class Veiled:
    """A passage for the reading of its figures: `text` is the veiled text, `times` the points in time.

    `held` is what the passage holds (`FigureRules.gate`), -1 where it was not scanned.
    """

    passage: Passage
    text: str
    times: tuple[Time, ...]
    mentions: tuple[Mention, ...]
    held: int = -1

    def may(self, pattern: str, rules: FigureRules) -> bool:
        """Whether a pattern of `FigureRules.needs` may match anywhere in the passage."""
        need = rules.needs[pattern]
        return self.held & need == need

    def printed(self, start: int, stop: int) -> str:
        """What is printed between two places, without the points in time."""
        if TIME not in self.text[start:stop]:
            return self.passage.text[start:stop]
        signs = zip(self.passage.text[start:stop], self.text[start:stop], strict=True)
        return "".join(sign for sign, veil in signs if veil != TIME)


def veil(passage: Passage, mentions: Sequence[Mention], year: int | None, rules: FigureRules, held: int = -1) -> Veiled:
    """Veil quotations, titles and the mentions that hold digits; then the points in time."""
    needs, text = rules.needs, passage.text
    may = [each for each in ("name", "time", "relative", "lasting") if held & needs[each] == needs[each]]
    spans = list(quoted(text, rules)) if "name" in may else []
    spans += [(m.start, m.stop) for m in mentions if not m.nested and _DIGIT.search(text, m.start, m.stop)]
    names = veiled(text, spans, NAME)
    found = times(names, year, rules) if "time" in may else ()
    if named := tuple(_named_years(text, spans)):
        found = tuple(sorted((*found, *named), key=lambda each: each.start))
    spans = [(time.start, time.stop) for time in found]
    for each in ("relative", "lasting"):
        spans += [match.span() for match in rules.patterns[each].finditer(names)] if each in may else []
    return Veiled(passage, veiled(names, spans, TIME), found, tuple(mentions), held)


def _named_years(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[Time]:
    """2024滨江马拉松由市政府主办, 在《城市活力指数2021》中: the year of the round in a name that tells of what follows."""
    for start, stop in spans:
        if year := _ROUND.match(text, start, stop) or (
            text.startswith("中", stop) and _INDEX.search(text, start, stop)
        ):
            yield Time(start, stop, year["year"], "at")


def quoted(text: str, rules: FigureRules) -> Iterator[tuple[int, int]]:
    """Where quotations and titles stand; “十四五” is none."""
    for match in rules.patterns["name"].finditer(text):
        start, stop = match.span()
        if stop - start not in _PLAN_LENGTHS or not _PLAN.fullmatch(text, start, stop):
            yield start, stop


def veiled(text: str, spans: Sequence[tuple[int, int]], sign: str) -> str:
    """The text with every sign of the spans replaced.

    >>> veiled("甲“五”乙", [(1, 4)], "▮")
    '甲▮▮▮乙'
    """
    if not spans:
        return text
    pieces, position = [], 0
    for start, stop in sorted(spans):
        start = max(start, position)
        if start < stop:
            pieces += [text[position:start], sign * (stop - start)]
            position = stop
    return "".join([*pieces, text[position:]])
