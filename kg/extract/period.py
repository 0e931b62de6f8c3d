"""Which years the figures of a sentence are of."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.extract.figure_rules import FigureRules
from kg.extract.times import Time, times
from kg.extract.veil import NAME, Veiled, quoted, veiled
from kg.model import quick

_FINISH = 16
_NEXT = 4
_ANNOUNCED = 4
_CLAUSE = 80
_LEAD = 6
_HEAD = "，；：。）是"
_PLAN = re.compile("十[一二三四五]五")
_DIGIT = re.compile(r"\d")


@quick
@dataclass(frozen=True, slots=True)
class Clock:
    """The years that hold at a place: `years` now, `last` those named last, `source` the passage that did so.

    `due` tells that they are a deadline, `governs` that they stand at the head of a sentence and hold beyond a
    semicolon; `until` is the deadline of what is to be reached where no years hold (2023年起, 三年内).
    """

    years: str = ""
    last: str = ""
    source: int = -1
    due: bool = False
    governs: bool = True
    until: str = ""


def changes(page: Veiled, starts: Sequence[int], rules: FigureRules) -> Iterator[tuple[int, Time | None]]:
    """The places where the years change: after a point in time; None where its hold ends.

    What begins at a point in time (上线, 印发) is no statement of when its figures were counted, so the hold of a point
    in the same clause ends with the clause.
    """
    for time in page.times:
        if time.role in ("at", "by", "now", "again", "month") or time.until:
            yield time.stop, time
        if time.role in ("at", "by") and (end := _launch(page.text, time, starts, rules)):
            yield end, None


def _launch(text: str, time: Time, starts: Sequence[int], rules: FigureRules) -> int:
    """The end of the clause in which something begins at `time`, or 0."""
    apart = text.startswith("，", time.stop)
    end = text.find("，", time.stop + apart, time.stop + _CLAUSE)
    index = bisect_left(starts, time.stop)
    if end <= time.stop or (index < len(starts) and starts[index] < end) or _announced(text, time, rules):
        return 0
    if not (apart or rules.patterns["launch"].search(text, time.stop, end)):
        return 0
    goes_on = apart or (time.role == "at" and rules.patterns["kick_off"].search(text, time.stop, end))
    if not goes_on:
        return end
    if not rules.patterns["launch"].search(text, time.stop, end):
        return 0
    since = rules.patterns["since_then"].search(text, end, end + _CLAUSE)
    return since.end() if since else 0


def _announced(text: str, time: Time, rules: FigureRules) -> bool:
    return rules.patterns["ahead"].search(text, max(0, time.start - _ANNOUNCED), time.start) is not None


def turned(clock: Clock, time: Time | None, page: Veiled, rules: FigureRules) -> Clock:
    """The clock after a point in time; None where the hold of one ends."""
    if time is None or time.role == "now":
        return replace(clock, years="", due=False, source=-1, until=time.until if time else "")
    if time.role == "again" and time.until and _announced(page.text, time, rules):
        return replace(clock, years=time.until, due=True)
    if time.role == "again":
        return replace(clock, years=clock.last, due=False)
    if time.role == "idle":
        ahead = page.passage.section == "plan" or _announced(page.text, time, rules)
        return replace(clock, until=time.until) if ahead else clock
    if time.role == "month" and clock.years:
        return clock
    governs = _at_head(page.text, time.start) or _announced(page.text, time, rules)
    return Clock(time.years, time.years, page.passage.index, time.role == "by", governs)


def _at_head(text: str, position: int) -> bool:
    """Whether a point in time stands at the head of a clause, and no other clause of the sentence before it."""
    return position <= _LEAD or (text[position - 1] in _HEAD and text.find("，", 0, position) < 0)


def local(page: Veiled, since: int, until: int) -> str:
    """The years that stand at the next figure alone (由2018年的12所)."""
    index = bisect_left(page.times, until, key=lambda time: time.start)
    while index and page.times[index - 1].start >= since:
        index -= 1
        if page.times[index].role == "local" and page.times[index].stop <= until:
            return page.times[index].years
    return ""


def deadline_after(page: Veiled, position: int, spent: bool, rules: FigureRules) -> str:
    """The years of a deadline that stands after a figure: 投资3000万元，2026年6月底前建成.

    A deadline with a figure of its own is that one's alone, unless the figure is what is `spent` on it.
    """
    text, began = page.text, ""
    index = bisect_left(page.times, position, key=lambda time: time.start)
    for time in page.times[index : index + _NEXT]:
        stop = rules.patterns["clause_end"].search(text, time.stop, time.stop + _CLAUSE)
        joined = spent and time.start == position + 1
        if not joined and _DIGIT.search(text, time.stop, stop.start() if stop else time.stop + _CLAUSE):
            break
        tail = text[time.stop : time.stop + _FINISH].partition("、")[0].partition("，")[0]
        if time.years and (time.role == "by" or rules.patterns["finish"].search(tail)):
            return time.years
        began = began or (time.years if rules.patterns["begins"].match(tail) else "")
    return began


@lru_cache(maxsize=64)
def of_heading(heading: str, year: int | None, rules: FigureRules) -> Clock:
    """The years, or the deadline, of a heading that names exactly one point in time."""
    if not heading:
        return Clock()
    found = times(veiled(heading, list(quoted(heading, rules)), NAME), year, rules)
    dated = [time for time in found if time.role == "at" or (time.role == "now" and time.until)]
    if len(dated) == 1 and _PLAN.search(heading[: dated[0].start] + heading[dated[0].stop :]):
        return Clock()
    return Clock(dated[0].years, dated[0].years, until=dated[0].until) if len(dated) == 1 else Clock()
