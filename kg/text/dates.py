"""Dates as documents print them, in ISO 8601."""

from __future__ import annotations

import re
from datetime import date

from kg.text.numerals import number

_YEAR = r"(?P<year>\d{4}|[零〇○◯O0一二三四五六七八九]{4})"
_MONTH = r"(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})"
_DAY = r"(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})"
_PRINTED = re.compile(rf"{_YEAR} *年(?: *{_MONTH} *月(?: *{_DAY} *日?)?)?$")
_SHORT = re.compile(r"(?P<year>\d{4})(?P<mark>[-./])(?P<month>\d{1,2})(?:(?P=mark)(?P<day>\d{1,2}))?$")
_ZEROS = str.maketrans("O0◯○", "〇〇〇〇")


def iso_date(text: str) -> str | None:
    """A date as YYYY-MM-DD, YYYY-MM or YYYY; None for what is none or is not in the calendar.

    >>> [iso_date(t) for t in ("二○○四年十二月六日", "2024年9月", "2023.6.26", "2023年2月30日")]
    ['2004-12-06', '2024-09', '2023-06-26', None]
    """
    match = _PRINTED.match(text.strip()) or _SHORT.match(text.strip())
    if match is None:
        return None
    year = match["year"] if match["year"].isdigit() else match["year"].translate(_ZEROS)
    values = [number(part) for part in (year, match["month"], match["day"]) if part]
    return _iso([int(value) for value in values if value is not None])


def _iso(values: list[int]) -> str | None:
    try:
        date(*[*values, 1, 1][:3])
    except ValueError:
        return None
    return "-".join(f"{value:0{width}d}" for value, width in zip(values, (4, 2, 2), strict=False))
