"""Numbers with their units in a veiled passage, and the numbers that are no figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from kg.extract.figure_rules import FigureRules
from kg.model import Comparator, quick, replace
from kg.text import number as numeral

_LONGEST_BOUND = 6
_LONGEST_RANK = 16
_FEW = 10
_SENTENCE = 40
_POINT = "个百分点"
_VAGUE = {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10000)}
number = lru_cache(maxsize=4096)(numeral)
_NUMERAL = re.compile(r"\d+|[一二三四五六七八九十]+")


@quick
@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit: `start` to `stop` is the figure, `end` the end of the words bound to it (以上).

    `sort` is that of the unit: count, measure, money, bare (money without its unit), share, point, times, time or rank.
    `bound` tells that a word beside the number gave the comparator.
    """

    start: int
    stop: int
    end: int
    value: Decimal
    unit: str
    sort: str
    comparator: Comparator = "="
    bound: bool = False


@quick
@dataclass(frozen=True, slots=True)
class Refused:
    """A number that is no figure, and why."""

    start: int
    stop: int
    reason: str


def quantities(text: str, rules: FigureRules) -> Iterator[Quantity | Refused]:
    """The quantities of a veiled text in order; a range gives two, the lower and the upper."""
    position = 0
    while start := rules.patterns["numeral"].search(text, position):
        match = rules.patterns["quantity"].match(text, start.start())
        position = max(start.end(), match.end() if match else 0)
        if match and match["rank"]:
            yield from _ranks(match, text, rules)
        elif match:
            yield from _amounts(match, text, rules)


def _ranks(match: re.Match[str], text: str, rules: FigureRules) -> Iterator[Quantity]:
    """第20位, 第5、9位, 居全省第三: only after the words of a ranking."""
    closed = match["place"] or rules.patterns["rank_end"].match(text, match.end())
    left = text[max(0, match.start() - _LONGEST_RANK) : match.start()]
    ranked = rules.patterns["rank_left"].match(left) or rules.patterns["rank_again"].search(left)
    if not closed or not ranked:
        return
    numerals = list(_NUMERAL.finditer(text, *match.span("rank")))
    for each in numerals:
        value = number(each.group())
        stop = match.end() if each is numerals[-1] else each.end()
        start = each.start() - text.startswith("第", each.start() - 1)
        if value is not None:
            yield Quantity(start, stop, stop, value, "位", "rank")


def _amounts(match: re.Match[str], text: str, rules: FigureRules) -> Iterator[Quantity | Refused]:
    unit = match["unit"] or ("%" if match["percent"] or match["tenths"] else "")
    sort = rules.units.get(unit.partition("（")[0], "")
    if unit == "岁" and rules.patterns["life"].search(text, max(0, match.start() - _SENTENCE), match.start()):
        sort = "measure"
    unit = _POINT if sort == "point" else unit
    if (
        not sort
        and match["scale"]
        and match["scale"][-1] in "万亿"
        and rules.patterns["rank_end"].match(text, match.end())
    ):
        unit, sort = "元", "bare"
    value = _value(match)
    reason = _refusal(match, value, sort, text, rules)
    if reason or value is None:
        yield from (Refused(match.start(), match.end(), reason),) if reason != "-" else ()
        return
    ends = (match.end(group) for group in ("unit", "percent", "tenths", "scale") if match[group])
    stop = next(ends, match.end()) + (match["tenths"] is not None)
    whole = _bounded(match, Quantity(match.start(), stop, match.end(), value, unit, sort), text, rules)
    yield from _range(match, whole) if match["low"] else _mates(match, whole, text) if match["mates"] else (whole,)


def _value(match: re.Match[str]) -> Decimal | None:
    if match["vague"]:
        return next(value for sign, value in _VAGUE.items() if sign in match["vague"])
    if match["tenths"]:
        tenths = number(match["tenths"])
        return None if tenths is None else tenths * 10
    if match["round"]:
        return number("一" + match["round"] + match["scale"])
    return number((match["number"] or match["percent"]) + (match["scale"] or ""))


def _refusal(match: re.Match[str], value: Decimal | None, sort: str, text: str, rules: FigureRules) -> str:
    """Why a number is no figure; "-" for one that is not worth a word."""
    digits = match["number"] or ""
    if sort == "span":
        return "a span of time" if digits[:1].isdigit() else "-"
    if not sort or value is None:
        return "no unit" if digits[:1].isdigit() and not _is_label(match, text) else "-"
    if digits and not digits[0].isdigit() and not _counted_in_words(match, value, text, rules):
        return "-"
    if match["vague"] and sort != "count":
        return "-"
    return ""


def _is_label(match: re.Match[str], text: str) -> bool:
    """Whether a bare number is the number of an item or a note, a telephone number, or part of a word."""
    around = text[match.start() - 1 : match.start()] + text[match.end() : match.end() + 1]
    return len(match["number"]) > 6 or match["letter"] is not None or not {*".．、[]［］()（）-—"}.isdisjoint(around)


def _counted_in_words(match: re.Match[str], value: Decimal, text: str, rules: FigureRules) -> bool:
    """Whether a number in Chinese numerals is meant as one: a few of something only where nothing follows (泵站两座)."""
    if value > _FEW:
        return True
    closed = rules.patterns["rank_end"].match(text, match.end())
    return value > 1 and closed is not None and match["unit"] in rules.words["few_unit"].words


def _range(match: re.Match[str], high: Quantity) -> Iterator[Quantity]:
    scale = match["low_scale"] if match["low_scale"] or match["low_unit"] else match["scale"]
    low = number(match["low"] + (scale or ""))
    if low is not None:
        start, stop = match.start("low"), match.start("dash")
        yield replace(high, start=start, stop=stop, end=match.start("number"), value=low, comparator=">=", bound=True)
    yield replace(high, start=match.start("number"), comparator="<=", bound=True)


_MATE = re.compile(r"(?P<number>[\d.,]+)(?P<scale>[^\d、和个]*)个?[、和]")


def _mates(match: re.Match[str], last: Quantity, text: str) -> Iterator[Quantity]:
    """3.1、4.2个百分点: the unit at the end is that of all."""
    for each in _MATE.finditer(text, *match.span("mates")):
        value = number(each["number"] + (each["scale"] or match["scale"] or ""))
        if value is not None:
            yield replace(last, start=each.start(), stop=each.end() - 1, end=each.end() - 1, value=value)
    yield replace(last, start=match.start("number"))


def _bounded(match: re.Match[str], bare: Quantity, text: str, rules: FigureRules) -> Quantity:
    """The quantity with its comparator: of the words beside it the one after it, else the longest before it."""
    for group, sign in _AFTER:
        if match[group]:
            return replace(bare, comparator=sign, bound=True)
    if match["more"] or match["more_after"]:
        return replace(bare, comparator=">=", bound=True)
    if match["vague"]:
        return replace(bare, comparator="~" if match["vague"][0] == "近" else ">=", bound=True)
    return _bounded_before(bare, text, rules)


_AFTER: tuple[tuple[str, Comparator], ...] = (("least", ">="), ("most", "<="), ("about", "~"))
_BEFORE: tuple[tuple[str, Comparator], ...] = (("least_before", ">="), ("most_before", "<="), ("about_before", "~"))


def _near(position: int) -> tuple[int, int]:
    return max(0, position - _LONGEST_RANK), position


def _bounded_before(bare: Quantity, text: str, rules: FigureRules) -> Quantity:
    left = max(0, bare.start - _LONGEST_BOUND)
    length, sign = 0, bare.comparator
    for group, other in _BEFORE:
        ending = rules.words[group].at_end(text, left, bare.start)
        if ending > length:
            length, sign = ending, other
    if length and not rules.patterns["no_bound"].search(text, left, bare.start - length + 1):
        return replace(bare, comparator=sign, bound=True)
    if rules.patterns["at_least"].search(text, *_near(bare.start)):
        return replace(bare, comparator=">=", bound=True)
    if (
        bare.sort == "share"
        and text.find("不", *_near(bare.start)) >= 0
        and (by := rules.patterns["bound_by"].search(text, *_near(bare.start)))
    ):
        return replace(bare, comparator="<=" if by["most"] else ">=", bound=True)
    if bare.unit in ("%", "位", "名") and rules.patterns["among_first"].search(text[left : bare.start]):
        return replace(bare, comparator="<=", bound=True, sort="rank")
    return bare
