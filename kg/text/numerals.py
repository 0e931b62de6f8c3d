"""Chinese and Arabic numerals, exactly: decimals, no floats."""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = dict(zip("零一二三四五六七八九", range(10), strict=True)) | dict(
    zip("〇○◯壹贰叁肆伍陆柒捌玖两", (0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2), strict=True)
)
_ARABIC = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?$")
_SCALES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_ONE_TO_NINE = "一二三四五六七八九两壹贰叁肆伍陆柒捌玖"
_ZERO = "[零〇○◯]?"
_SECTION = re.compile(
    rf"(?:(?P<d1000>[{_ONE_TO_NINE}]|\d+(?:\.\d+)?)[千仟])?{_ZERO}"
    rf"(?:(?P<d100>[{_ONE_TO_NINE}]|\d+(?:\.\d+)?)[百佰])?{_ZERO}"
    rf"(?:(?P<d10>[{_ONE_TO_NINE}]?)(?P<ten>[十拾]))?{_ZERO}(?P<d1>[{_ONE_TO_NINE}]?)$"
)


def number(text: str) -> Decimal | None:
    """The value of a Chinese or Arabic numeral, exactly; None for what is no numeral (3700余).

    >>> [str(number(t)) for t in ("1.4万", "二○○四", "一百零五", "3.68万亿", "半", "3700余")]
    ['14000', '2004', '105', '3680000000000', '0.5', 'None']
    """
    value = _number(text.replace(" ", ""))
    return None if value is None else _canonical(value)


def _canonical(value: Decimal) -> Decimal:
    whole = value.to_integral_value()
    return Decimal(int(whole)) if whole == value else value.normalize()


def _number(text: str) -> Decimal | None:
    if text == "半":
        return Decimal("0.5")
    if len(text) > 40:
        return None
    for sign, scale in (("亿", 10**8), ("万", 10**4)):
        if sign in text:
            head, _, tail = text.rpartition(sign)
            return _scaled(head, tail, scale)
    return _below_ten_thousand(text)


def _scaled(head: str, tail: str, scale: int) -> Decimal | None:
    """`head` times the scale and what follows it: 1亿2000万, 三万五 (the five is of the next unit)."""
    if _is_row_of_digits(head) or _is_row_of_digits(tail.lstrip("零〇○")):
        return None
    many, rest = _number(head), _number(tail.lstrip("零〇○") or tail) if tail else Decimal(0)
    if many is None or rest is None or rest >= scale:
        return None
    if len(tail) == 1 and tail in _DIGITS and _DIGITS[tail]:
        rest = rest * scale / 10
    return many * scale + rest


def _is_row_of_digits(text: str) -> bool:
    """Digits without scales: a year, but before 万 an estimate (二三万)."""
    return len(text) > 1 and all(sign in _DIGITS for sign in text)


def _below_ten_thousand(text: str) -> Decimal | None:
    if _ARABIC.match(text):
        return Decimal(text.replace(",", ""))
    if text in _DIGITS or _is_row_of_digits(text):
        return Decimal("".join(str(_DIGITS[sign]) for sign in text))
    if "点" in text:
        return _with_point(*text.split("点", 1))
    return _section(text)


def _with_point(whole: str, fraction: str) -> Decimal | None:
    value = _below_ten_thousand(whole) if whole else None
    if value is None or not fraction or any(sign not in _DIGITS for sign in fraction):
        return None
    return value + Decimal("0." + "".join(str(_DIGITS[sign]) for sign in fraction))


def _section(text: str) -> Decimal | None:
    match = _SECTION.match(text)
    if match is None or not any(match.group(name) for name in ("d1000", "d100", "ten")):
        return None
    total = sum((_digit(match[f"d{scale}"]) * scale for scale in (1000, 100)), Decimal(0))
    total += (_digit(match["d10"] or "一") * 10) if match["ten"] else 0
    return total + _digit(match["d1"]) * _last_unit(text)


def _last_unit(text: str) -> int:
    """What a last digit without a unit counts: 一百五 is 150, 一百零五 is 105."""
    before = text[-2:-1]
    return _SCALES.get(before, 10) // 10


def _digit(text: str | None) -> Decimal:
    if not text:
        return Decimal(0)
    return Decimal(_DIGITS[text]) if text in _DIGITS else Decimal(text)
