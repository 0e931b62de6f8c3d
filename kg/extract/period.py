"""Which years the figures of a sentence are of."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.extract.figure_rules import FigureRules
from kg.extract.times import Time, times
from kg.extract.veil import NAME, Veiled, veiled
from kg.model import quick

_FINISH = 16
_NEXT = 4
_ANNOUNCED = 4
_CLAUSE = 80
_HEAD = "，；：。）是"


@quick
@dataclass(frozen=True, slots=True)
class Clock:
    """The years that hold at a place: `years` now, `last` those named last, `source` the passage that did so.

    `due` tells that they are a deadline, `governs` that they stand at the head of a clause and hold beyond a semicolon.
    """

    years: str = ""
    last: str = ""
    source: int = -1
    due: bool = False
    governs: bool = True


def changes(page: Veiled, starts: Sequence[int], rules: FigureRules) -> Iterator[tuple[int, Time | None]]:
    """The places where the years change: after a point in time; None where its hold ends.

    What begins at a point in time (上线, 印发) is no statement of when its figures were counted, so the hold of a point
    in the same clause ends with the clause.
    """
    for time in page.times:
        if time.role in ("at", "by", "now", "again"):
            yield time.stop, time
        if time.role in ("at", "by") and (end := _launch(page.text, time, starts, rules)):
            yield end, None


def _launch(text: str, time: Time, starts: Sequence[int], rules: FigureRules) -> int:
    """The end of the clause in which something begins at `time`, or 0."""
    end = text.find("，", time.stop, time.stop + _CLAUSE)
    index = bisect_left(starts, time.stop)
    if end <= time.stop or (index < len(starts) and starts[index] < end):
        return 0
    if _announced(text, time, rules):
        return 0
    return end if rules.patterns["launch"].search(text, time.stop, end) else 0


def _announced(text: str, time: Time, rules: FigureRules) -> bool:
    return rules.patterns["ahead"].search(text, max(0, time.start - _ANNOUNCED), time.start) is not None


def turned(clock: Clock, time: Time | None, page: Veiled, rules: FigureRules) -> Clock:
    """The clock after a point in time; None where the hold of one ends."""
    if time is None or time.role == "now":
        return replace(clock, years="", due=False, source=-1)
    if time.role == "again":
        return replace(clock, years=clock.last, due=False)
    governs = time.start == 0 or page.text[time.start - 1] in _HEAD or _announced(page.text, time, rules)
    return Clock(time.years, time.years, page.passage.index, time.role == "by", governs)


def local(page: Veiled, since: int, until: int) -> str:
    """The years that stand at the next figure alone (由2018年的12所)."""
    index = bisect_left(page.times, until, key=lambda time: time.start)
    while index and page.times[index - 1].start >= since:
        index -= 1
        if page.times[index].role == "local" and page.times[index].stop <= until:
            return page.times[index].years
    return ""


def deadline_after(page: Veiled, position: int, rules: FigureRules) -> str:
    """The years of a deadline that stands after a figure: 投资3000万元，2026年6月底前建成."""
    index = bisect_left(page.times, position, key=lambda time: time.start)
    for time in page.times[index : index + _NEXT]:
        tail = page.text[time.stop : time.stop + _FINISH].partition("、")[0].partition("，")[0]
        if time.years and (time.role == "by" or rules.patterns["finish"].search(tail)):
            return time.years
    return ""


@lru_cache(maxsize=64)
def of_heading(heading: str, year: int | None, rules: FigureRules) -> str:
    """The years of a heading that names exactly one point in time."""
    if not heading:
        return ""
    names = veiled(heading, [match.span() for match in rules.patterns["name"].finditer(heading)], NAME)
    years = [time.years for time in times(names, year, rules) if time.role == "at"]
    return years[0] if len(years) == 1 else ""
