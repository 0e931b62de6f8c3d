"""Which years the figures of a sentence are of."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.extract.figure_rules import FigureRules
from kg.extract.times import Time, times
from kg.extract.veil import NAME, TIME, Veiled, quoted, veiled
from kg.model import Passage, quick, replace
from kg.text import number

_FINISH = 16
_NEXT = 4
_ANNOUNCED = 4
_CLAUSE = 80
_AWARD = 30
_LEAD = 6
_HEAD = "，；：。）是"
_MONTH_HEAD = "，；：。）是于"
_HEADS_OF_PLANS = "，；：。于在"
_LED = re.compile("[拟将计划预力争取确保于在要可望有全部并均，]*")
_PLAN = re.compile("十[一二三四五]五")
_DIGIT = re.compile(r"\d")
_PART = re.compile("[一二三四五六七八九十]、")
_TITLE = 30


@quick
@dataclass(frozen=True, slots=True)
class Clock:
    """The years that hold at a place: `years` now, `last` those named last, `source` the passage that did so.

    `due` tells that they are a deadline, `governs` that they stand at the head of a sentence and hold beyond a
    semicolon; `until` is the deadline of what is to be reached where no years hold (2023年起, 三年内), or where they are
    `open`, those of a plan that is not over; `leads` that a comma parts them from a whole sentence (到2025年，……；……);
    `part` is the year of the part of the letter (二、2026年重点工作), the deadline of what has no other.
    """

    years: str = ""
    last: str = ""
    source: int = -1
    due: bool = False
    governs: bool = True
    until: str = ""
    open: bool = False
    leads: bool = False
    part: str = ""


def changes(page: Veiled, starts: Sequence[int], rules: FigureRules) -> Iterator[tuple[int, Time | None]]:
    """The places where the years change: after a point in time; None where its hold ends.

    What begins at a point in time (上线, 印发) is no statement of when its figures were counted, so the hold of a point
    in the same clause ends with the clause.
    """
    for time in page.times:
        if time.role in ("at", "by", "now", "again", "month", "part") or time.until:
            yield time.stop, time
        if time.role not in ("at", "by", "month", "part") or page.passage.text.startswith("以来", time.stop - 2):
            continue
        end = _launch(page.text, time, starts, rules)
        works = page.passage.section == "plan" and (time.role == "by" or _finishes(page.text, time, rules))
        if end and (not works or rules.patterns["of_the_works"].match(page.text, end)):
            yield end, None


def _launch(text: str, time: Time, starts: Sequence[int], rules: FigureRules) -> int:
    """The end of the clause in which something begins at `time`, or 0."""
    if opened := rules.patterns["launched"].match(text, time.stop):
        return opened.end()
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
    if rules.patterns["laid_down"].match(text, end + 1):
        return end
    since = rules.patterns["since_then"].search(text, end, end + _CLAUSE)
    return since.end() if since else 0


def _finishes(text: str, time: Time, rules: FigureRules) -> bool:
    """2025年秋季投用，新增床位800张: a deadline, though no 前 says so."""
    return rules.patterns["finish"].match(text, time.stop) is not None


def _announced(text: str, time: Time, rules: FigureRules) -> bool:
    return rules.patterns["ahead"].search(text, max(0, time.start - _ANNOUNCED), time.start) is not None


def turned(clock: Clock, time: Time | None, page: Veiled, rules: FigureRules) -> Clock:
    """The clock after a point in time; None where the hold of one ends."""
    if time is not None and time.role == "now" and time.years == clock.years and clock.source == page.passage.index:
        return clock  # 今年安排3200亩，目前已完成1850亩
    if time is None or time.role == "now":
        return replace(clock, years="", due=False, source=-1, until=time.until if time else "", open=False)
    if time.role == "plan":
        leads = _leads(page, time)
        return Clock(time.years, clock.last, page.passage.index, False, True, time.until, True, leads, clock.part)
    if time.role == "again" and time.until and _announced(page.text, time, rules):
        return replace(clock, years=time.until, due=True)
    if time.role == "again":
        whole = page.passage.text.startswith("全年", time.start)
        beside = clock.years > time.until and not (clock.leads or clock.due)
        if whole and (beside or not clock.years) and page.passage.section == "plan":
            return replace(clock, years=time.until, due=True, source=page.passage.index)
        unfinished = whole and clock.last.isdigit() and clock.last == time.until and page.passage.section == "report"
        return replace(clock, years=str(int(clock.last) - 1) if unfinished else clock.last, due=False)
    if time.role == "idle":
        ahead = page.passage.section == "plan" or _announced(page.text, time, rules)
        return replace(clock, until=time.until) if ahead else clock
    if time.role in ("month", "part") and (clock.years or (time.role == "part" and not _tells(page, time))):
        return clock
    years = time.years
    if clock.years and clock.source == page.passage.index and _joined_times(page, time, rules):
        years = f"{clock.years[:4]}/{years}"
    told = _announced(page.text, time, rules) and page.text[time.start - 1] != "于"  # not 拟于明年推开；……
    governs = _at_head(page.text, time.start) or told
    due = time.role == "by" or (time.role == "part" and page.passage.text[time.stop - 1] == "前")
    return Clock(years, time.years, page.passage.index, due, governs, leads=_leads(page, time), part=clock.part)


def _leads(page: Veiled, time: Time) -> bool:
    return time.start <= _LEAD and page.text.startswith("，", time.stop)


def _own(page: Veiled, time: Time) -> bool:
    """Whether a month of a report tells when something was done: 于5月开展, ，5月开展."""
    before = page.text[max(0, time.start - 1) : time.start]
    since = page.passage.text[time.start] in "自从"
    return page.passage.section == "report" and not since and (not before or before in _MONTH_HEAD)


def _tells(page: Veiled, time: Time) -> bool:
    """Whether a part of the year tells when: _own, or 三季度前实现全覆盖，选派120名 at the head of a clause of a plan."""
    head = time.start == 0 or page.text[time.start - 1] in _HEADS_OF_PLANS
    due = head and page.passage.section == "plan" and page.passage.text[time.stop - 1] == "前"
    return due or _own(page, time)


def _joined_times(page: Veiled, time: Time, rules: FigureRules) -> bool:
    """2022年、2023年共选派312人: both years, unless the figures are told off against them."""
    joint = page.text[time.start - 2 : time.start] in (TIME + "、", TIME + "和")
    told = rules.patterns["respectively"].search(page.text, time.stop, time.stop + _LEAD)
    return joint and time.role == "at" and len(time.years) == len("2022") and not told


def _at_head(text: str, position: int) -> bool:
    """Whether a point in time stands at the head of a clause, and no other clause of the sentence before it."""
    return position <= _LEAD or (text[position - 1] in _HEAD and text.find("，", 0, position) < 0)


def local(page: Veiled, since: int, until: int) -> str:
    """The years that stand at the next figure alone (由2018年的12所)."""
    index = bisect_left(page.times, until, key=lambda time: time.start)
    while index and page.times[index - 1].start >= since:
        index -= 1
        time = page.times[index]
        own = time.role == "part" and page.passage.section == "plan" and page.text.find("，", time.stop, until) < 0
        apart = page.text.startswith("）", time.stop) and page.text.find("，", time.stop, until) > 0
        if time.stop <= until and not apart and (own or time.role == "local"):
            return time.years
    return ""


def deadline_after(page: Veiled, position: int, spent: bool, rules: FigureRules) -> str:
    """The years of a deadline that stands after a figure: 投资3000万元，2026年6月底前建成.

    A deadline with a figure of its own is that one's alone, unless the figure is what is `spent` on it.
    """
    text, began = page.text, ""
    index = bisect_left(page.times, position, key=lambda time: time.start)
    for time in page.times[index : index + _NEXT]:
        stop = rules.patterns["clause_end"].search(text, time.stop, time.stop + _CLAUSE)
        if (_own(page, time) and time.role == "part") or not _opens(text, position, time.start):
            continue
        joined = spent and time.start == position + 1
        if not joined and _DIGIT.search(text, time.stop, stop.start() if stop else time.stop + _CLAUSE):
            break
        tail = text[time.stop : time.stop + _FINISH].partition("、")[0].partition("，")[0]
        if time.years and time.role != "now" and (time.role == "by" or rules.patterns["finish"].search(tail)):
            return time.years
        began = began or (time.years if rules.patterns["begins"].match(tail) else "")
    return began


def award_after(page: Veiled, position: int, rules: FigureRules) -> str:
    """The years of an award or a list that stands after a figure: 12家企业入选2023年度百强, 36个（2023年）."""
    text = page.text
    index = bisect_left(page.times, position, key=lambda time: time.start)
    if index == len(page.times) or page.times[index].role not in ("at", "by", "local"):
        return ""
    time = page.times[index]
    between = text[position : time.start]
    in_brackets = between == "（" and text.startswith("）", time.stop)
    awarded = len(between) < _AWARD and rules.patterns["awarded"].search(between)
    return time.years if in_brackets or awarded else ""


def yearly(page: Veiled, clock: Clock, position: int, rules: FigureRules) -> bool:
    """2023年，……，每年安排500万元: a clause that tells of every year is not of the year of the clause before it."""
    text = page.text
    comma = text.rfind("，", 0, position)
    if clock.source != page.passage.index and (clock.due or (clock.years and clock.source < 0)):
        return rules.patterns["every_year"].search(text, comma + 1, position) is not None
    if comma < 0 or clock.due or len(clock.years) != len("2022"):
        return False
    if text.find("每年", comma, position) < 0 or not rules.patterns["every_year"].search(text, comma, position):
        return False
    index = bisect_left(page.times, position, key=lambda time: time.start)
    return index > 0 and page.times[index - 1].stop < comma


def every_year(page: Veiled, position: int, rules: FigureRules) -> bool:
    """Whether the clause before a figure tells of every year."""
    comma = page.text.rfind("，", 0, position)
    return rules.patterns["every_year"].search(page.text, comma + 1, position) is not None


def _opens(text: str, position: int, start: int) -> bool:
    """Whether a deadline opens its clause, or goes on with that of the figure: ，拟于2026年底完工."""
    mark = max(text.rfind(sign, position, start) for sign in "，、；（")
    return mark < 0 or _LED.fullmatch(text, mark + 1, start) is not None


def of_plan_title(page: Veiled, position: int, rules: FigureRules) -> str:
    """《规划（2016—2020年）》，计划五年投入6.5亿元: the years of the plan, where the figures are said to be of all of them."""
    if "（20" not in page.passage.text:
        return ""
    for match in rules.patterns["planned_span"].finditer(page.passage.text, 0, position):
        first, last = int(match["first"]), int(match["last"])
        own = any(match.end() <= each.start and each.stop <= position for each in page.times)
        if last - first + 1 == number(match["span"]) and not own:
            return f"{first}/{last}"
    return ""


def of_part(before: str, passage: Passage, year: int | None, rules: FigureRules) -> str:
    """The year of the part of the letter that a passage is in (二、2026年重点工作), where it tells what is planned."""
    if passage.section != "plan":
        return ""
    title = passage.heading or passage.text
    if not _PART.match(title):
        return before
    clock = of_heading(title, year, rules) if len(title) < _TITLE and "今后" not in title else Clock()
    return clock.until or clock.years[-4:]


@lru_cache(maxsize=64)
def of_heading(heading: str, year: int | None, rules: FigureRules) -> Clock:
    """The years, or the deadline, of a heading that names exactly one point in time."""
    if not heading:
        return Clock()
    found = times(veiled(heading, list(quoted(heading, rules)), NAME), year, rules)
    dated = [time for time in found if time.role in ("at", "plan") or (time.role == "now" and time.until)]
    if len(dated) == 1 and _PLAN.search(heading[: dated[0].start] + heading[dated[0].stop :]):
        return Clock()
    if len(dated) != 1:
        return Clock()
    return Clock(dated[0].years, dated[0].years, until=dated[0].until, open=dated[0].role == "plan")
