"""The words on the two sides of a number: what is counted, what was done with it, how it moved.

Both sides are read on the veiled text (kg.extract.veil), where names and points in time are opaque.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kg.extract.figure_rules import FigureRules
from kg.extract.veil import TIME, Veiled
from kg.model import quick, replace

LONGEST = 60
"""How many signs beside a number are looked at."""

_LONGEST_ENDING = 30
_EACH = 9
_TO_LAST_LINK = re.compile(".*[、或和及]", re.DOTALL)
_BOUND = 16
_PREFIX = 2
_MOVABLE = frozenset(("share", "point", "times", "time", "money", "bare"))
_MOVED = frozenset("到至为达成了")


@quick
@dataclass(frozen=True, slots=True)
class Noun:
    """What stands beside a number.

    `start` to `stop` is the noun in the reading text, `verb` what was done with it (新认定), `change` how it moved
    (同比增长); `moved` tells that the number is where it moved to, `total` that it is a sum to date;
    `end` is where words after a number end, if the next number's own words begin there.
    """

    start: int
    stop: int
    verb: str = ""
    change: str = ""
    moved: bool = False
    total: bool = False
    end: int = 0

    @property
    def empty(self) -> bool:
        """Whether no noun is there."""
        return self.start >= self.stop


def left_of(page: Veiled, start: int, stop: int, rules: FigureRules, sort: str = "") -> Noun:
    """Read the words of a clause before a number: from `start`, where the clause begins, to `stop`, the number.

    `sort` is that of the number's unit: 投资 is a noun before money, 增长 a movement before a share.
    """
    start = max(start, stop - LONGEST)
    if sort == "rank" and (match := rules.patterns["rank_left"].match(page.text, start, stop)):
        if listed := rules.patterns["ranking"].search(page.text, match.start("from"), stop):
            return Noun(*listed.span("list"))
        stop = match.start("from")
        stop -= rules.words["rank_verb"].at_end(page.text, start, stop)
        if among := rules.patterns["among_whom"].search(page.text, start, stop):
            stop = among.start()
    near = (max(start, stop - _BOUND), stop)
    if sort == "share" and page.text.find("不", *near) >= 0:
        stop = match.start() if (match := rules.patterns["bound_by"].search(page.text, *near)) else stop
    doing = rules.patterns["only_doing" if sort in ("money", "bare") else "only_verbs"]
    ending = _without_ending(page, start, stop, rules, sort in _MOVABLE)
    latest = _latest(page, ending, rules, doing)
    if doing.fullmatch(page.text, latest.start, latest.stop):
        return replace(latest, verb=page.printed(latest.start, latest.stop), start=latest.stop)
    return _object(page, latest, rules)


def _without_ending(page: Veiled, start: int, stop: int, rules: FigureRules, movable: bool) -> Noun:
    """Take off what stands between the noun and the number: bounds, links, movements, points in time."""
    text, change, moved, total = page.text, "", False, False
    while start < stop:
        nearest = max(start, stop - _LONGEST_ENDING)
        if text[stop - 1] == TIME:
            stop, to = _before_time(page, start, stop)
            if to and (length := rules.words["change_word"].at_end(text, start, stop)):
                stop, moved, change = stop - length, True, ""
        elif text[stop - 1] in _MOVED and (match := rules.patterns["moved"].search(text, nearest, stop)):
            stop, moved, change = match.start(), True, ""
        elif movable and not moved and not change and (match := _change(text, nearest, stop, rules)):
            stop, change = match.start(), match["word"]
        elif text.find("每", max(start, stop - _EACH), stop) >= 0 and (
            match := rules.patterns["per_each"].search(text, max(start, stop - _EACH), stop)
        ):
            stop = match.start()
        else:
            length = rules.endings.at_end(text, start, stop)
            if not length or rules.words["whole_ending"].at_end(text, start, stop):
                break
            total = total or text[stop - length : stop] in rules.words["total"].words
            stop -= length
    return Noun(start, stop, change=change, moved=moved, total=total)


def _before_time(page: Veiled, start: int, stop: int) -> tuple[int, bool]:
    """Where a point in time that ends at `stop` begins, and whether it says that the figure moved to it (到2023年的)."""
    while stop > start and page.text[stop - 1] == TIME:
        stop -= 1
    return stop, page.passage.text[stop] in "到至"


def _change(text: str, start: int, stop: int, rules: FigureRules) -> re.Match[str] | None:
    """How the figure moved, where a word of movement stands at the end; or what it is more or less than."""
    if (text.find("于", start, stop) >= 0 or text.find("出", start, stop) >= 0) and (
        match := rules.patterns["than"].search(text, start, stop)
    ):
        return match
    if rules.words["change_word"].at_end(text, start, stop - (text[stop - 1] == "了")):
        return rules.patterns["change"].search(text, start, stop)
    return None


def _latest(page: Veiled, noun: Noun, rules: FigureRules, doing: re.Pattern[str]) -> Noun:
    """Begin after the last point in time, if a noun stands after it; take off the words that lead in."""
    last = page.text.rfind(TIME, noun.start, noun.stop)
    if last >= 0:
        after = _led_in(page.text, replace(noun, start=last + 1), rules)
        if not after.empty and not doing.fullmatch(page.text, after.start, after.stop):
            return after
    return _led_in(page.text, noun, rules)


def _led_in(text: str, noun: Noun, rules: FigureRules) -> Noun:
    start, stop, total = noun.start, noun.stop, noun.total
    while start < stop:
        if text[start] == TIME:
            start += 1
            continue
        length = rules.beginnings.at_start(text, start, stop)
        if not length and (match := rules.patterns["item"].match(text, start, stop)):
            length = match.end() - start
        if not length or rules.doing.at_start(text, start, stop) > length:
            break
        if rules.words["whole_beginning"].at_start(text, start, stop):
            break
        total = total or text[start : start + length] in rules.words["total"].words
        start += length
    return noun if (start, total) == (noun.start, noun.total) else replace(noun, start=start, total=total)


def _object(page: Veiled, noun: Noun, rules: FigureRules) -> Noun:
    """Split what was done from what it was done with, at the last verb that has something after it."""
    text = page.text
    first = last = -1
    for match in rules.patterns["done"].finditer(text, noun.start, noun.stop):
        if noun.stop - match.end() < _PREFIX:
            break
        first = first if first >= 0 and rules.patterns["joint"].fullmatch(text, last, match.start()) else match.start()
        last = match.end()
    if last > 0 and rules.patterns["of_the_kind"].fullmatch(text, last, noun.stop):
        return _after_last_of_many(page, noun, rules)
    if last < 0 or text[last : noun.stop] in rules.words["generic"].words:
        return noun if last >= 0 else _after_last_of_many(page, noun, rules)
    cut = first if first - noun.start > _PREFIX else noun.start
    verb = page.printed(cut, last)
    object_ = Noun(last, noun.stop, verb, noun.change, noun.moved, noun.total, noun.end)
    return _after_last_of_many(page, object_, rules)


def _after_last_of_many(page: Veiled, noun: Noun, rules: FigureRules) -> Noun:
    """甲、乙等企业: the class, not its members."""
    start = noun.start
    if not page.may("and_others", rules):
        return noun
    for match in rules.patterns["and_others"].finditer(page.text, noun.start, noun.stop):
        if noun.stop - match.end() >= _PREFIX:
            start = match.end()
    return noun if start == noun.start else replace(noun, start=start)


@lru_cache(maxsize=64)
def right_of(page: Veiled, start: int, following: int, rules: FigureRules) -> Noun:
    """Read the words after a number, to the end of the clause or to the next number at `following`.

    Before a next number of the same clause they end where its own words begin, and `end` says so.
    """
    text = page.text
    stop = min(len(text), start + LONGEST)
    if text[start : start + 1] in ("、", TIME):
        return Noun(start, start)
    if match := rules.patterns["clause_end"].search(text, start, stop):
        stop = match.start()
    start += rules.words["after_number"].at_start(text, start, stop)
    if following >= stop:
        return Noun(start, max(start, stop))
    if mark := _TO_LAST_LINK.match(text, start, following):
        return Noun(start, mark.end() - 1, end=mark.end())
    return _before_next(page, start, following, rules)


def _before_next(page: Veiled, start: int, following: int, rules: FigureRules) -> Noun:
    """30家农场获2亿元贷款, 400名教师中青年占三成: the noun of the first number ends before the verb, or before 中."""
    for each in ("among", "said_of_it"):
        if match := rules.patterns[each].search(page.text, start + 1, following):
            return Noun(start, match.start(), end=match.end() if each == "among" else match.start())
    return Noun(start, max(start, _without_ending(page, start, following, rules, False).stop))


def thing(page: Veiled, noun: Noun, longest: int, rules: FigureRules) -> Noun:
    """The noun at the beginning of the words after a number; with what is said of it where that is short."""
    if noun.stop - noun.start <= longest:
        return noun
    match = rules.patterns["said_of_it"].search(page.text, noun.start + 1, noun.stop)
    return replace(noun, stop=match.start()) if match else noun
