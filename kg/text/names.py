"""The form in which names are compared and made keys."""

from __future__ import annotations

import re
import unicodedata

_NOT_IN_NAMES = re.compile(r"[\s“”\"'‘’「」『』]+")
_SQUARE = str.maketrans("[]", "〔〕")


def norm(name: str) -> str:
    """A name as it is compared and made a key: NFKC, no quotation marks, no white space, [] as 〔〕.

    >>> norm("“百村千社” 行动（２０２３）")
    '百村千社行动(2023)'
    """
    plain = _NOT_IN_NAMES.sub("", unicodedata.normalize("NFKC", name)).translate(_SQUARE)
    # A sign that goes may have kept two others from being composed: A, a quotation mark, a combining accent.
    return plain if plain == name else norm(plain)
