"""How names, texts and periods are compared (guidelines, section 1.1)."""

from __future__ import annotations

import re
import unicodedata

_QUOTES = "“”\"'‘’「」"
_BRACKETS = "《》〈〉<>()[]【】〔〕"
_SEPARATORS = "·•・-—–~、"
_MARKDOWN = "*#_"
_IGNORED = re.compile(rf"[\s{re.escape(_QUOTES + _BRACKETS + _SEPARATORS + _MARKDOWN)}]")
_YEAR = re.compile(r"\d{4}")


def comparable(name: str) -> str:
    """A name as it is compared: NFKC, lower case, without quotation marks, brackets, separators and white space.

    >>> comparable("“百村 千社”行动（Ａ-１）")
    '百村千社行动a1'
    """
    return _IGNORED.sub("", unicodedata.normalize("NFKC", name)).lower()


def years(period: str) -> tuple[str, ...]:
    """The years of a period, however it is written.

    >>> years("2023-2025"), years("2024-06")
    (('2023', '2025'), ('2024',))
    """
    return tuple(_YEAR.findall(period))
