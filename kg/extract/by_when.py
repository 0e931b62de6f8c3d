"""The time by which a clause says that something is to be done (ontology/promises.toml): a year, a month or a day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from kg.extract.skeleton import pattern
from kg.ontology import Rule
from kg.text import number

_MAY = re.compile("[年月五]")
_NEAR = {"今": 0, "本": 0, "当": 0, "年": 0, "明": 1, "后": 2}
_HALVES = {"上": "06", "下": "12"}
_PLANS = 1955
_LASTS = 5
_QUARTER = 3


def deadline(text: str, rules: Sequence[Rule], kinds: tuple[str, ...], year: int | None, verb: int | None) -> str:
    """The deadline that a clause gives ("2025", "2025-06", "2025-06-30"), or the empty string.

    `verb` is where the clause's verb begins, None where it has none: some times are deadlines before it only.  What is
    before the letter's year is none.
    """
    if not _MAY.search(text):
        return ""
    for rule in rules:
        for match in pattern(rule.options["pattern"], kinds).finditer(text):
            if rule.options.get("anywhere") or verb is None or match.start() <= verb:
                found = _date(match, year)
                if found and (year is None or int(found[:4]) >= year):
                    return found
    return ""


def _date(match: re.Match[str], year: int | None) -> str:
    """The date of a match; the groups of a rule's branches differ by a number behind their names."""
    said = {name.rstrip("23"): value for name, value in match.groupdict().items() if value}
    if "plan" in said:
        return str(_PLANS + _LASTS * (10 + int(number(said["plan"]) or 0)))
    if "span" in said:
        spans = [
            int(number(value) or 0) for name, value in match.groupdict().items() if name.startswith("span") and value
        ]
        return "" if year is None else str(year + max(spans))
    if "year" in said:
        named = int(said["year"])
    elif year is None:
        return ""
    else:
        named = year + _NEAR[said.get("near", "今")]
    return _valid(f"{named:04d}", _month(said), said.get("day", ""))


def _month(said: dict[str, str]) -> str:
    if "half" in said:
        return _HALVES[said["half"]]
    if "quarter" in said:
        return f"{_QUARTER * int(number(said['quarter']) or 0):02d}"
    return said.get("month", "").zfill(2) if "month" in said else ""


def _valid(year: str, month: str, day: str) -> str:
    """The parts of a date put together; parts that are none (13月) are left out, with what is smaller."""
    if not month or not 1 <= int(month) <= 12:
        return year
    try:
        date(int(year), int(month), int(day or 1))
    except ValueError:
        return f"{year}-{month}"
    return f"{year}-{month}" + (f"-{day.zfill(2)}" if day else "")
