"""Texts as they are compared: without quotation marks and white space, in one form of letters and width.

The index holds every two neighbouring characters of a folded text as a word, in their order.  A text of two or more
characters is then a phrase of such words, a single character the beginning of one: any piece of a text is found, which
the trigrams of SQLite can only do from three characters on, and most Chinese words have two.
"""

from __future__ import annotations

import re
from unicodedata import normalize

# What a reader does not type, and what parts the words of the index: marks of quotations and titles, white space,
# controls.
_LEFT_OUT = r"\s\x00-\x1f\x7f\"'`“”‘’„‟「」『』〈〉《》"
_GAP = re.compile(f"[{_LEFT_OUT}]+")
# ASCII signs that are part of words in the index (what is beyond ASCII is anyway).
SIGNS = "!#$%&()*+,-./:;<=>?@[]^_{|}~\\"


def fold(text: str) -> str:
    """A text as it is compared.

    >>> fold("“丰收” 计划２０２３ AI")
    '丰收计划2023ai'
    """
    return _GAP.sub("", normalize("NFKC", text).casefold())


def pairs(folded: str) -> str:
    """The words of a folded text: every two neighbouring characters, and the last one by itself.

    >>> pairs("科技局")
    '科技 技局 局'
    """
    return " ".join(map(str.__add__, folded, f"{folded[1:]} ")).rstrip()


def phrase(folded: str) -> str:
    """The expression of FTS5 that finds a folded text.

    >>> phrase("科技局"), phrase("科")
    ('"科技 技局"', '"科" *')
    """
    if len(folded) == 1:
        return f'"{folded}" *'
    return f'"{" ".join(map(str.__add__, folded, folded[1:]))}"'


def words(text: str) -> tuple[str, ...]:
    """What is looked for, folded: pieces parted by white space, each once.

    >>> words("种业 “融资” 种业")
    ('种业', '融资')
    """
    return tuple(dict.fromkeys(folded for piece in text.split() if (folded := fold(piece))))


def marked(text: str, wanted: tuple[str, ...], room: int, marks: str = "⟦⟧") -> str:
    """A text with what is looked for between marks; of one longer than `room` characters what stands around the first.

    >>> marked("推广“质量指数”，指导银行应用。", ("质量指数",), 12)
    '推广“⟦质量指数⟧”，指导…'
    """
    found = pattern(wanted).search(text)
    start = max(0, found.start() - room // 4) if found and len(text) > room else 0
    start = min(start, max(0, len(text) - room))
    part = text[start : start + room - 1] if len(text) - start > room else text[start:]
    shown = pattern(wanted).sub(lambda match: f"{marks[0]}{match[0]}{marks[1]}", part)
    return f"{'…' if start else ''}{shown}{'…' if start + len(part) < len(text) else ''}"


def pattern(wanted: tuple[str, ...]) -> re.Pattern[str]:
    """Where one of the folded texts stands in a text that is not folded, as far as single signs tell (not ㎡ for m2)."""
    longest = sorted(wanted, key=lambda word: (-len(word), word))
    pieces = (f"[{_LEFT_OUT}]*".join(map(_either_width, word)) for word in longest)
    return re.compile("|".join(pieces), re.IGNORECASE)


def _either_width(sign: str) -> str:
    wide = chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else ""
    return f"[{re.escape(sign)}{wide}]" if wide else re.escape(sign)
