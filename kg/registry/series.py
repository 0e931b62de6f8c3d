"""Short names of places in a series, where only its end tells that they are names: 城固、留坝等地, 平顺等11个县.

Most of them are common words otherwise (和平, 资源), so that they are looked for nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

Known = Callable[[str], bool]
Range = tuple[int, int]

_HAN = "[\u4e00-\u9fff]"
_COUNT = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})"
_DIVISION = r"(?:省|市|县|区|州|盟|旗|地市|地州|试点|地(?![方块位区]))"
_NO_PLACES = "(?:乡|镇|街|社区|村|部门|单位|方面|学校|园区|行业|领域|企业|项目)"
_TAIL = re.compile(
    rf"等(?:地(?![方块位])|{_COUNT}个?[^，。；、]{{0,8}}?{_DIVISION}"
    rf"|{_COUNT}个(?!{_HAN}{{0,4}}{_NO_PLACES})|[省市县区](?![域场级位间]))"
    rf"|(?<={_HAN})[两三四五六七八九][地市县省区](?![一二三四五六七八九十\d级域])"
)
_JOINT = re.compile("[、和与及]")
_ITEM = re.compile(f"{_HAN}+")
_LONGEST = 14
_MOST = 16
_BEFORE = ("在", "赴", "到", "于", "往", "从", "对", "是", "为", "由", "如", "向", "与", "和", "及", "将", "、")


def find(text: str, known: Known) -> Iterator[Range]:
    """Where the members of such series stand; `known` tells whether a word is the name of a place, long or short.

    >>> places = {"平顺", "右玉", "永济", "和平"}
    >>> [text[a:b] for text in ["在平顺、右玉等地开展"] for a, b in find(text, places.__contains__)]
    ['平顺', '右玉']
    >>> list(find("维护和平等地位", places.__contains__))
    []
    """
    for tail in _TAIL.finditer(text):
        members = list(_members(text, tail.start(), known))
        sure = sum(certain for _, _, certain in members)
        if sure > 1 or (sure and len(members) == 1 and _led(text, members[0][0])):
            yield from (
                (start, stop) for start, stop, certain in reversed(members) if certain or sure * 2 > len(members)
            )


def _led(text: str, start: int) -> bool:
    """Whether a single name stands behind a word that leads to a place."""
    return start == 0 or text.endswith(_BEFORE, 0, start)


def _members(text: str, stop: int, known: Known) -> Iterator[tuple[int, int, bool]]:
    """The members of a series from its end on: start, stop, whether it is known as a place; the first one's last."""
    for _ in range(_MOST):
        start = max(0, stop - _LONGEST)
        joints = [joint.end() for joint in _JOINT.finditer(text, start, stop - 1)]
        first = joints[-1] if joints else start
        item = text[first:stop]
        if joints and known(item):
            yield first, stop, True
        elif (suffix := next((n for n in (4, 3, 2) if n <= len(item) and known(text[stop - n : stop])), 0)) != 0:
            yield stop - suffix, stop, True
            return
        elif joints and len(item) in (2, 3) and _ITEM.fullmatch(item):
            yield first, stop, False
        else:
            return
        stop = first - 1
