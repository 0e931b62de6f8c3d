"""The years of figures that move: a step from one level to another, and what is to be reached by the end of a plan."""

from __future__ import annotations

from kg.extract.period import Clock, local
from kg.extract.row import Row


def is_level(row: Row, index: int) -> bool:
    """“十四五”期间……达到70%: what is to be reached by the end, not over the years."""
    quantity = row.found[index]
    reached = row.rules.patterns["reaches"].search(row.page.text, row.lowest(index), quantity.start)
    return quantity.sort in ("share", "rank") or row.steps.get(index) == "to" or reached is not None


def of_step(row: Row, index: int, clock: Clock) -> str:
    """The years of a figure by the step that it is the end of, or that it follows; "" where no step tells them.

    “十三五”期间……由71%提高到92%: the last year; 由2019年的……增加到2023年的……，提高12个百分点: the last year, of 年均增长15%
    all from the first to the last.
    """
    if row.steps.get(index) == "to":
        return clock.years[-4:] if "/" in clock.years else ""
    if row.steps.get(index - 1) != "to":
        return ""
    before = (row.page.text, row.lowest(index), row.found[index].start)
    ends = (index - 2, index - 1)
    first, last = (local(row.page, row.lowest(each), row.found[each].start) for each in ends)
    if row.rules.patterns["a_year"].search(*before):
        return f"{first}/{last}" if first and last else ""
    moved = row.found[index].sort == "point" or row.rules.patterns["has_moved"].search(*before)
    return last if moved and not clock.years else ""
