"""Which figures may stand in one chart: the same thing counted, in the same way, in the words of the same place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from kg.view.gather import Content, Figure

# What an indicator says of when and how it is counted, and not of what: those tell `period`, `counting` and the kind.
_YEAR = r"(?:20\d\d年?|“?十[一二三四五六]五”?|[今去明]年|全年|年内)"
_WHEN = re.compile(rf"(?:截至|截止|[至到])?{_YEAR}(?:[-—~至到]{_YEAR})?(?:末|底|期间|以来)?")
_BEFORE = re.compile(r"^(?:累计|新增|目标|力争|预计|已|达到|实现)+(?=.{2})")
_BEHIND = re.compile(r"(?<=.{2})(?:的?(?:目标|累计|总数|总量|数量|数|新增))+$")
_NOTHING = re.compile(r"[“”\"'‘’「」（）()，、\s]")


def plain_indicator(indicator: str) -> str:
    """What an indicator counts, without the words for when and how.

    >>> plain_indicator("至2025年累计智慧农场数量目标")
    '智慧农场'
    >>> plain_indicator("新增市级智慧农场"), plain_indicator("智慧农场")
    ('市级智慧农场', '智慧农场')
    """
    short = _WHEN.sub("", _NOTHING.sub("", unicodedata.normalize("NFKC", indicator)))
    return _BEHIND.sub("", _BEFORE.sub("", short)) or indicator


def series_of(content: Content) -> Iterator[int]:
    """The number of the series of each figure, in their order; -1 where nothing says what is counted.

    A series is what is counted, how it is called, the way of counting, the unit, the scope, how many years a figure
    spans, and the place of those who write; documents whose place is not known are a place each.
    """
    known: dict[tuple[object, ...], int] = {}
    for figure in content.figures:
        document = content.sentences[figure.sentence].document
        key = (
            figure.about,
            plain_indicator(figure.indicator),
            figure.counting,
            figure.unit,
            figure.scope,
            _span(figure),
            content.seats.get(document, document),
        )
        yield known.setdefault(key, len(known)) if figure.about >= 0 else -1


def _span(figure: Figure) -> int:
    """How many years a figure's period has behind its first: 0 for one year, 2 for 2023/2025."""
    years = [int(year) for year in re.findall(r"\d{4}", figure.period)]
    return years[-1] - years[0] if years else 0
