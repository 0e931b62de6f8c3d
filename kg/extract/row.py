"""The figures of a passage in order, with what is looked up around them: each kind of thing once, in linear time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from kg.extract.figure_rules import FigureRules
from kg.extract.lists import Share, in_turn, shares
from kg.extract.quantity import Quantity
from kg.extract.veil import NAME, Veiled
from kg.model import Mention, quick

_start: Callable[[Mention], int] = attrgetter("start")
_TRIED = 16
"""How many mentions before a figure are looked at."""


@quick
@dataclass(frozen=True, slots=True)
class Row:
    """The quantities of a passage; `told` are the members of distributions, `cues` the places of words that announce.

    A cue is positive where something is announced and negative where it is reported.  `steps` tells which figures
    are the two ends of a movement ("from", "to") or the upper end of a range ("range"); `turns` are the years of
    figures that are told off against years.
    """

    page: Veiled
    found: Sequence[Quantity]
    told: Mapping[int, Share]
    steps: Mapping[int, str]
    cues: Sequence[int]
    rules: FigureRules
    turns: Mapping[int, str]

    def lowest(self, index: int) -> int:
        """The end of the figure before one, or 0."""
        return self.found[index - 1].end if index else 0

    def following(self, index: int) -> int:
        """The beginning of the figure after one, or the end of the passage."""
        return self.found[index + 1].start if index + 1 < len(self.found) else len(self.page.text)

    def end(self, index: int) -> int:
        """The end of a figure, or of the list or range of figures that it begins or belongs to."""
        share = self.told.get(index)
        if share:
            return share.last.end
        return self.found[index + (self.steps.get(index + 1) == "range")].end

    def after(self, index: int) -> int:
        """The beginning of the figure after one, the upper end of its range passed over."""
        return self.following(index + (self.steps.get(index + 1) == "range"))

    def announced(self, position: int) -> bool | None:
        """Whether the last cue before a place announces (True) or reports (False); None without one."""
        index = bisect_left(self.cues, position, key=abs)
        return self.cues[index - 1] > 0 if index else None

    def ending_at(self, stop: int) -> Sequence[Mention]:
        """The mentions that end at a place."""
        return [mention for mention in self._last(stop) if mention.stop == stop]

    def last_before(self, position: int, kinds: Collection[str]) -> Mention | None:
        """The last mention of the kinds that ends before a place and is no part of another."""
        fits = (mention for mention in reversed(self._last(position)) if mention.kind in kinds and not mention.nested)
        return next(fits, None)

    def _last(self, position: int) -> Sequence[Mention]:
        mentions = self.page.mentions
        if not mentions:
            return ()
        index = bisect_right(mentions, position, key=_start)
        return [mention for mention in mentions[max(0, index - _TRIED) : index] if mention.stop <= position]


def row_of(page: Veiled, found: Sequence[Quantity], rules: FigureRules) -> Row:
    """The row of a passage's figures."""
    several = len(found) > 1
    told = shares(page, found, rules) if several else {}
    steps = _steps(page.text, found, rules) if several else {}
    turns = in_turn(page, found, rules) if several else {}
    return Row(page, found, told, steps, _cues(page, rules) if found else (), rules, turns)


def _steps(text: str, found: Sequence[Quantity], rules: FigureRules) -> Mapping[int, str]:
    """由90分钟缩短到35分钟, 200元至400元: the second number is of the same thing as the first."""
    steps: dict[int, str] = {}
    for index in range(1, len(found)):
        one, other = found[index - 1], found[index]
        if one.end == other.start and (one.comparator, other.comparator) == (">=", "<="):
            steps[index] = "range"
        elif (one.unit == other.unit or one.sort == other.sort == "time") and rules.patterns["moved_on"].fullmatch(
            text, one.end, other.start
        ):
            steps |= {index - 1: "from", index: "to"}
    return steps


def _cues(page: Veiled, rules: FigureRules) -> Sequence[int]:
    """The places of announcing and reporting words, from 1; an announcement wins where both begin."""
    text = page.passage.text
    cues: list[int] = []
    if page.may("behind", rules):
        cues += [-1 - match.start() for match in rules.patterns["behind"].finditer(text)]
    if page.may("ahead", rules):
        cues += [1 + match.start() for match in rules.patterns["ahead"].finditer(text)]
    said = [cue for cue in cues if page.text[abs(cue) - 1] != NAME]
    return sorted(said, key=lambda cue: (abs(cue), cue))
