"""Text on a terminal: how many columns it takes, filled up, wrapped.  A Chinese character takes two.

The widths are those of Unicode's East_Asian_Width (UAX #11); ambiguous ones (“ ” ·) count one, as terminals have it.
"""

from __future__ import annotations

import unicodedata

_NO_WIDTH = frozenset({"Mn", "Me", "Cf"})


def columns(text: str) -> int:
    """How many columns `text` takes.

    >>> columns("甲a")
    3
    """
    return len(text) if text.isascii() else sum(map(_width, text))


def _width(character: str) -> int:
    if unicodedata.category(character) in _NO_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def visible(text: str) -> str:
    r"""`text` on one line, without characters that steer a terminal.

    >>> visible("甲\n乙\x1b[31m")
    '甲 乙 [31m'
    """
    return text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)


def pad(text: str, width: int, right: bool = False) -> str:
    """`text` filled up with spaces to `width` columns, on its left side if `right`."""
    fill = " " * (width - columns(text))
    return fill + text if right else text + fill


def wrap(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` columns, broken anywhere, as Chinese is.

    >>> wrap("甲乙丙", 4)
    ['甲乙', '丙']
    """
    lines, line, used = [], "", 0
    for character in text:
        if line and used + _width(character) > width:
            lines.append(line)
            line, used = "", 0
        line += character
        used += _width(character)
    return [*lines, line]
