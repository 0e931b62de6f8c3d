"""The pinyin initials of Chinese characters, so that names are found by them: 温州 by wz.

Readings come from pypinyin, which has them from the Unihan database (Unicode Standard Annex 38) and dictionaries.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def initials(names: Iterable[str]) -> Mapping[str, str]:
    """The first letters of all readings of each Chinese character in some names, in the alphabet's order.

    >>> initials(["行业", "5G"])
    {'业': 'y', '行': 'hx'}
    """
    from pypinyin import Style, pinyin  # loads its dictionaries

    letters = sorted({letter for name in names for letter in name if letter > "\u2e7f"})
    found = {letter: pinyin(letter, style=Style.FIRST_LETTER, heteronym=True, errors="ignore") for letter in letters}
    return {letter: "".join(sorted(set(first[0]))) for letter, first in found.items() if first and any(first[0])}
