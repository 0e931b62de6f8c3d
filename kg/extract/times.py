"""Points in time of a passage: which years a figure near them is of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal as OneOf

from kg.extract.figure_rules import FigureRules
from kg.model import quick
from kg.text import number

_BRACKETS = 60
Role = OneOf["at", "by", "now", "plan", "base", "local", "again", "month", "part", "idle"]


@quick
@dataclass(frozen=True, slots=True)
class Time:
    """A point in time: its place, its years ("2022", "2021/2023" or "") and what it does to the figures after it.

    `at` gives them its years; `by` is a deadline; `now` (目前, 2020年起, 2020年以来) says that they have none, but a target
    may have `until`; `plan` (“十四五”期间, not over) gives its years to results and its end to targets; `base` (较2020年) and
    `idle` (a month alone) do nothing; `local` (由2019年的) is for the next figure only;
    `again` (全年) takes up the year that was last; `month` (截至5月底) gives its years where no other hold; `part` (9月底前,
    于5月) does so in a report, else it is for what is to be reached in its own clause.
    """

    start: int
    stop: int
    years: str
    role: Role
    until: str = ""


def times(text: str, year: int | None, rules: FigureRules) -> tuple[Time, ...]:
    """The points in time of a text whose names are veiled; `year` is what 今年 means, None where it is not known."""
    return tuple(_times(text, year, rules))


def _times(text: str, year: int | None, rules: FigureRules) -> Iterator[Time]:
    for match in rules.patterns["time"].finditer(text):
        if match["five"]:
            yield _of_plan(match, year)
            continue
        years = _years(match, year)
        role = _role_here(match, years, text, year)
        inside = role in ("at", "by") and _in_brackets(text, match.start())
        until = years if role == "now" else ""
        if role == "idle" and year is not None and _is_recent(match, text):
            years, role = str(year), "month"
        elif (span := match["within"] or match["coming"]) and year is not None:
            role, until = "now", str(year + int(number(span) or 0))
        elif match["now"] and match["now"].endswith("目前") and year is not None:
            years, role = str(year), "base" if text.endswith(("由", "从"), 0, match.start()) else "now"
        elif role == "local" and match["tail"] and _ROUND.match(text, match.end()):
            role = "at"
        elif role == "idle" and match["month"] and year is not None:
            years, role = str(year), "part"
        elif role in ("again", "idle"):
            until = "" if year is None else str(year)
        yield Time(match.start(), match.end(), years, "local" if inside else role, until)


def _role_here(match: re.Match[str], years: str, text: str, year: int | None) -> Role:
    """The role by the words of the match and those beside it."""
    if _is_basis(match, text) or _is_measure(match, text):
        return "base"
    role = _role(match, years)
    if role == "base" and match["tail"] == "的" and text[match.end() : match.end() + 1].isdigit():
        return "local"  # 比2022年的1.6亿元增长
    if role == "now" and years == str(year) and (match["tail"] or "") in _SINCE:
        return "at"  # 今年3月起: what began this year is all of this year
    return role


def _of_plan(match: re.Match[str], year: int | None) -> Time:
    """“十三五”期间 is five years; of those that are not over the period of what is to be reached is their end."""
    last = _PLANS + 5 * int(number(match["five"]) or 0)
    if _is_measure(match, match.string):
        return Time(match.start(), match.end(), str(last), "base")
    if match["phase"] == "以来":
        return Time(match.start(), match.end(), "", "now", str(last))
    if match["phase"] in _PHASES and (year is None or year <= last):
        return Time(match.start(), match.end(), f"{last - 4}/{last}", "plan", str(last))
    if match["than"]:
        return Time(match.start(), match.end(), str(last), "base")
    years = f"{last - 4}/{last}" if match["phase"] in _PHASES else str(last)
    return Time(match.start(), match.end(), years, "at" if match["phase"] in _PHASES else "by")


_PLANS = 1955
_PHASES = ("期间", "时期")


def _is_recent(match: re.Match[str], text: str) -> bool:
    """截至5月底, 上半年，, 1—5月，: a part of a year at the head of a clause, in the year of the letter."""
    if not match["month"] or (match["tail"] or "").endswith("以来"):
        return False
    if (match["lead"] or "").startswith("截"):
        return True
    if text[match.start() - 1 : match.start()] not in _MARKS:
        return False
    return text[match.end() : match.end() + 1] == "，" or match["month"] in _HALVES


_ROUND = re.compile(r"首届|第[\d一二三四五六七八九十]{1,3}[届次]")
_MARKS = ("", *"，；。：")
_HALVES = ("上半年", "前三季度", "一季度", "第一季度")


def _is_basis(match: re.Match[str], text: str) -> bool:
    """按上年度实际缴纳额的50%: what is reckoned from, not when it was paid."""
    return bool(match["near"]) and text[match.start() - 1 : match.start()] in ("按", "照")


def _is_measure(match: re.Match[str], text: str) -> bool:
    """是2005年的2.1倍, 恢复到2019年的98%: what a figure is measured by, not when it was."""
    after = _MULTIPLE.match(text, match.end())
    if after is None or (match["tail"] != "的" and not match["five"]):
        return False
    return after.group().endswith("倍") or text.endswith(_EQUALS, 0, match.start() + len(match["lead"] or ""))


_MULTIPLE = re.compile(r"的?\d[\d.]{0,5}[多余]?[倍%]")
_EQUALS = ("是", "相当于", "恢复到", "恢复至")


def _in_brackets(text: str, position: int) -> bool:
    nearest = max(0, position - _BRACKETS)
    return text.rfind("（", nearest, position) > text.rfind("）", nearest, position)


def _years(match: re.Match[str], year: int | None) -> str:
    groups = match.groupdict()
    if groups["near"]:
        if groups["near"] in _WINTERS:
            return "" if year is None else "/".join(str(year + step) for step in _WINTERS[groups["near"]])
        said = _relative(groups["near"], year)
        lasts = groups["near"][0] in "去上前" and (groups["tail"] or "").endswith("来")
        return f"{said}/{year}" if said and lasts else said
    first = _absolute(groups["first"] or groups["one"])
    last = _absolute(groups["last"])
    return f"{first}/{last}" if first and last and first != last else first


_WINTERS = {"去冬今春": (-1, 0), "今冬明春": (0, 1)}


def _absolute(digits: str | None) -> str:
    value = number(re.sub("[零○◯Ｏ]", "〇", digits)) if digits else None
    return "" if value is None else f"{int(value)}"


_DISTANCE = {"前": -2, "去": -1, "上": -1, "明": 1, "后": 2}


def _relative(word: str, year: int | None) -> str:
    return "" if year is None or word[0] in "全当" else str(year + _DISTANCE.get(word[0], 0))


_BEFORE = ("前", "以前", "之前")
_SINCE = ("起", "开始")
"""After a year, as 以来: it began then and is not over, so the figures have no year."""


def _role(match: re.Match[str], years: str) -> Role:
    groups = match.groupdict()
    lead, tail, near = groups["lead"] or "", groups["tail"] or "", groups["near"] or ""
    open_ended = lead == "自" or tail in _SINCE or tail.endswith("来")
    if groups["now"] or (groups["one"] and open_ended) or (near and tail in _SINCE):
        return "now"
    if lead in ("较", "比", "与") or tail == "相比" or tail.startswith("同期"):
        return "base"
    if near in ("全年", "当年"):
        return "again"
    if not years:
        return "idle"
    if not groups["first"] and (lead in ("由", "从") or tail == "的"):
        return "local"
    return "by" if lead in ("到", "至") or tail in _BEFORE or near in ("年内", "年底", "年末") else "at"
