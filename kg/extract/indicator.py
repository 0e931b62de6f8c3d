"""The indicator of a figure: the noun that is counted and what qualifies it, at most 24 signs."""

from __future__ import annotations

import re

LONGEST = 24
"""Signs that an indicator may have, quotation marks, brackets and separators not counted."""

_MARKS = re.compile(r"[\s“”\"'‘’「」『』《》〈〉<>（）()\[\]【】〔〕·•・\-—–~、，。；：:*#_]")
_HEAD = "、，。；：的了 "
_TAIL = "、，。；：的和与 "
_WHOLE = ("参与", "给与", "共和", "温和", "饱和", "缓和", "目的")
_OVERLAPS = (6, 5, 4, 3, 2)
_BREAK = re.compile(r"[、，的和与及]")


def length(words: str) -> int:
    """How many signs count.

    >>> length("“双优”企业（试行）")
    6
    """
    return len(words) - len(_MARKS.findall(words))


def fitted(words: str, longest: int = LONGEST) -> str:
    """The words without what hangs at their ends, cut from the left to the longest that is allowed.

    The head of a Chinese noun is its last word, so what is farthest from it goes first.

    >>> fitted("的县级示范性农民合作社")
    '县级示范性农民合作社'
    """
    words = _trimmed(words)
    while len(words) > longest and length(words) > longest:
        cut = _BREAK.search(words, 1)
        near_head = cut is None or length(words[cut.end() :]) < longest // 3
        words = words[1:] if near_head or cut is None else words[cut.end() :]
    return _paired(_trimmed(words))


def _trimmed(words: str) -> str:
    """The words without marks and joints at their ends; 参与 ends in none.

    >>> _trimmed("高校参与")
    '高校参与'
    """
    words = words.lstrip(_HEAD)
    return words if words.endswith(_WHOLE) else words.rstrip(_TAIL)


def _paired(words: str) -> str:
    """The words without marks whose partner is not there."""
    if words.isalnum():
        return words
    for opener, closer in ("“”", "《》", "（）"):
        if words.count(opener) != words.count(closer):
            words = words.replace(opener, "").replace(closer, "")
    return words


def joined(*parts: str) -> str:
    """The parts as one indicator; what the one ends and the other begins with is not said twice.

    >>> joined("累计", "新增", "新增学位")
    '累计新增学位'
    """
    words = ""
    for part in parts:
        if not part or not words:
            words = part or words
            continue
        shared = next((size for size in _OVERLAPS if size <= len(part) and words.endswith(part[:size])), 0)
        words += "" if words.endswith(part) else part[shared:]
    return fitted(words)
