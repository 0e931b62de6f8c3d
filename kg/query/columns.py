"""Text on a terminal: how many columns it takes; filled up, wrapped, set in a table.  A Chinese character takes two.

The widths are those of Unicode's East_Asian_Width (UAX #11); ambiguous ones (“ ” ·) count one, as terminals have it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

NOTHING = "(nothing found) （没有找到）"
NONE_SHOWN = "(none shown) （未列出）"
_GAP = "  "
_NARROWEST = 8
_CAPS = (10, 14, 18, 24, 32)  # columns beside the widest one have at most so many
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


def aligned(
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    right: Sequence[bool],
    width: int | None,
    empty: str = NOTHING,
) -> Iterator[str]:
    """The lines of a table: `head` over `rows`, the columns of `right` to the right, within `width` if it is given.

    Where its columns would be so narrow that the rows become taller than a block with a line for each column, the rows
    are such blocks.  `empty` stands where there are no rows.
    """
    taken = [[columns(cell) for cell in row] for row in rows]
    wanted = [max([columns(name), *(row[i] for row in taken)]) for i, name in enumerate(head)]
    widths = _widths(wanted, taken, width)
    if width is not None and widths != wanted and _height(taken, widths) > _blocks_height(head, taken, width):
        yield from _blocks(head, rows, width)
        return
    yield from _row(head, widths, [False] * len(head))
    yield _GAP.join("─" * n for n in widths)
    if not rows:
        yield empty
    for number, row in enumerate(rows):
        if number and widths != wanted:
            yield ""  # rows of several lines are set apart
        yield from _row(row, widths, right)


def _widths(wanted: Sequence[int], taken: Sequence[Sequence[int]], width: int | None) -> list[int]:
    """The widths of columns with which the rows take the fewest lines: alike, or most for the widest one."""
    tried = [fit(wanted, width)]
    if width is not None and tried[0] != list(wanted):
        widest = wanted.index(max(wanted))
        for most in _CAPS:
            others = [min(n, most) for i, n in enumerate(wanted) if i != widest]
            rest = width - sum(others) - len(_GAP) * len(others)
            if rest > most:
                tried.append([*others[:widest], min(rest, wanted[widest]), *others[widest:]])
    return min(tried, key=lambda widths: _height(taken, widths)) if len(tried) > 1 else tried[0]


def _lines(taken: int, width: int) -> int:
    return max(1, -(-taken // width))


def _height(taken: Sequence[Sequence[int]], widths: Sequence[int]) -> int:
    """About how many lines the rows of a table take, with a blank one after each."""
    return sum(1 + max(map(_lines, row, widths), default=1) for row in taken)


def _blocks_height(head: Sequence[str], taken: Sequence[Sequence[int]], width: int) -> int:
    room = _room(head, width)
    return sum(1 + sum(_lines(cell, room) for cell in row) for row in taken)


def _room(head: Sequence[str], width: int) -> int:
    """The columns for the values of blocks."""
    return max(_NARROWEST, width - max(map(columns, head)) - len(_GAP))


def _blocks(head: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> Iterator[str]:
    """A block for each row: a line for each column, its name before what it holds."""
    indent, room = max(map(columns, head)), _room(head, width)
    for number, row in enumerate(rows, 1):
        title = f"─ {number} of {len(rows)} "
        yield title + "─" * max(0, width - len(title))
        for name, cell in zip(head, row, strict=True):
            first, *more = wrap(cell, room)
            yield f"{pad(name, indent)}{_GAP}{first}".rstrip()
            yield from (" " * indent + _GAP + line for line in more)


def _row(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> Iterator[str]:
    """The lines of one row; a cell wider than its column goes on below."""
    parts = [wrap(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for level in range(max(map(len, parts), default=0)):
        texts = (part[level] if level < len(part) else "" for part in parts)
        yield _GAP.join(pad(*it) for it in zip(texts, widths, right, strict=True)).rstrip()


def fit(wanted: Sequence[int], width: int | None) -> list[int]:
    """The widths of columns that want `wanted` where there are `width` in all: the widest give way first.

    >>> fit([4, 30, 50], 64)
    [4, 28, 28]
    """
    if width is None or not wanted:
        return list(wanted)
    room = width - len(_GAP) * (len(wanted) - 1)
    most = max(wanted)
    while most > _NARROWEST and sum(min(n, most) for n in wanted) > room:
        most -= 1
    return [min(n, most) for n in wanted]
