"""Cleaning with a map back to the source.

Cleaning works on strings of the same length as the source: what is dropped becomes `DROPPED`, what is written
in another form is replaced sign for sign.  So the place of a sign never changes until `gather` closes up.

`legible` drops marks that belong to no word and keeps white space (layout needs it); `gather` closes up one
paragraph, puts its punctuation into the one form that rules need, and returns the places beside it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

from kg.text.guard import guarded

DROPPED = "\0"
NEAR = 200
"""How many signs apart the two marks of a pair (《》, “”, （）) may stand."""

HAN = "\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WIDE = HAN + "\u3000-\u3004\u3008-\u303f，。：；！？（）“”‘’…—"
_INVISIBLE = (
    r"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    r"\ufe00-\ufe0f\ufeff\ufff9-\ufffc"
)
INVISIBLE = re.compile(f"[{_INVISIBLE}]")

_KEPT_FORM = "，：；！？（）～"
_UNSEEN = re.compile(
    guarded(
        rf"""[{_INVISIBLE}]+
    | \[bookmark:[^\]\n]{{0,80}}\]            # left by a converter
    | <!--[^\n]{{0,500}}?--> | <br\ ?/?>
    | (?m:^[ ]{{0,3}}\#{{1,6}}(?=[ \n]|$)) | (?m:^[ ]{{0,3}}\#{{1,6}}(?=[{HAN}]))
    | (?m:^[ ]{{0,3}}>(?=[ ])) | (?m:^[ ]{{0,3}}[*+-][ ](?=[ ]*[^\s\d*+-]))
    | \*\*+ | \*(?=[{_WIDE}]) | (?<=[{_WIDE}])\* | __+
    | \\(?=[!-/:-@\[-`{{-~])                  # Markdown's escapes: 1\.
    """
    ),
    re.VERBOSE,
)
_PAGE_NUMBER = re.compile(
    r"""^(?:
      [-–—―－·•.~]+\ *第?\ *\d{1,4}\ *页?\ *[-–—―－·•.~]+      # — 1 —, - 2 -, ·3·
    | 第\ *\d{1,4}\ *页(?:[ ,，/]*共\ *\d{1,4}\ *页)?            # 第 1 页 共 3 页
    | \d{1,4}\ */\ *\d{1,4}                                       # 1/3
    | \d{1,3}                                                     # 2
    )$""",
    re.VERBOSE,
)
_RULE = re.compile(r"^[-–—―－=_*~·•.─━－═＿\\|+: ]{3,}$")
_WHITE = re.compile(rf"[ \n{DROPPED}][ \n{DROPPED}]*")  # `re` looks for a class at once, for a repeated one not
_NUMBER_END = 16
_WRAPPED_NUMBER = re.compile(
    r"\d{0,4}(?:\.\d{1,4})?(?:[%‰亿万千百年月日家个所名人项条件座户亩元处位套台辆吨米里次]|[-—–－~～](?:19|20)\d\d年)"
)
_WORD = re.compile(r"[0-9A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]")


@cache
def _one_form() -> dict[int, str]:
    """Signs that are written in one form: full-width digits and letters, half-width and small marks, radicals."""
    ranges = (
        (0xFF01, 0xFF5E),
        (0xFF61, 0xFF65),
        (0xFE10, 0xFE6B),
        (0x2E80, 0x2FD5),
        (0xF900, 0xFAFF),
        (0xFFE0, 0xFFE6),
    )
    table = {code: unicodedata.normalize("NFKC", chr(code)) for low, high in ranges for code in range(low, high + 1)}
    table = {
        code: form for code, form in table.items() if len(form) == 1 and form != "\0" and chr(code) not in _KEPT_FORM
    }
    table |= {
        ord(c): " "
        for c in "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
    }
    table |= {ord(c): "\n" for c in "\x0b\x0c\r\x85\u2028\u2029"}
    return table | {
        ord("•"): "·",
        ord("‧"): "·",
        ord("∙"): "·",
        ord("∶"): "：",
        ord("﹑"): "、",
        ord("［"): "[",
        ord("］"): "]",
    }


def legible(text: str) -> str:
    """The text, sign for sign, with `DROPPED` for marks, page numbers and rules; white space is " " or a line feed.

    >>> legible("**一、**Ｘ") == DROPPED * 2 + "一、" + DROPPED * 2 + "X"
    True
    """
    marked = _UNSEEN.sub(_blank, _in_other_forms().sub(_put_in_one_form, text))
    return "\n".join(_without_furniture(line) for line in marked.split("\n"))


@cache
def _in_other_forms() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(''.join(map(chr, _one_form())))}]")


def _put_in_one_form(match: re.Match[str]) -> str:
    return _one_form()[ord(match.group())]


def _blank(match: re.Match[str]) -> str:
    return DROPPED * len(match.group())


def _without_furniture(line: str) -> str:
    """The line, or nothing of it where it is a page number or a rule."""
    if len(line) > NEAR:
        return line
    seen = line.replace(DROPPED, "").strip(" ")
    if _PAGE_NUMBER.match(seen) or _RULE.match(seen):
        return "".join(sign if sign == " " else DROPPED for sign in line)
    return line


def gather(laid: str, start: int, stop: int) -> tuple[str, Sequence[int]]:
    r"""The reading text of one paragraph of legible text, and the place of each of its signs.

    >>> gather("温州 2023\n年,", 0, 10)
    ('温州2023年，', [0, 1, 3, 4, 5, 6, 8, 9])
    """
    runs = list(_runs(laid, start, stop))
    if len(runs) == 1:  # as most lines are: their places need no list
        return _punctuated(laid[runs[0][0] : runs[0][1]]), range(*runs[0])
    signs: list[str] = []
    places: list[int] = []
    for low, high in runs:
        if (
            signs
            and (gap := laid[places[-1] + 1 : low])
            and _WHITE.search(gap)
            and _is_word_gap(gap, laid[places[-1]], laid[low : low + _NUMBER_END])
        ):
            places.append(places[-1] + 1 + min(i for i, sign in enumerate(gap) if sign != DROPPED))
            signs.append(" ")
        signs.append(laid[low:high])
        places.extend(range(low, high))
    return _punctuated("".join(signs)), places


def _runs(laid: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    position = start
    for gap in _WHITE.finditer(laid, start, stop):
        if gap.start() > position:
            yield position, gap.start()
        position = gap.end()
    if position < stop:
        yield position, stop


def _is_word_gap(gap: str, before: str, after: str) -> bool:
    """White space is kept, as one space, between two words of Latin letters or digits.

    A line that is wrapped inside a number leaves none: what follows goes on to a unit (8 6所, 201 1-2013年).
    """
    if gap.replace(DROPPED, "") == "\n" and before.isdigit() and _WRAPPED_NUMBER.match(after):
        return False
    return gap.strip(DROPPED) != "" and bool(_WORD.match(before)) and bool(_WORD.match(after))


# --- punctuation in one form -----------------------------------------------------------------------------------

_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
_BETWEEN_WORDS = re.compile(r"[0-9A-Za-z ]")
_HALF = re.compile(r"[,;:?!]")
_YEAR_MARK = re.compile(rf"(?<=[{HAN}A-Za-z])([\[【（(〔])((?:19|20)\d\d)([\]】）)〕])(?=第?[A-Z]?\d+号)")
_YEAR_IN_MARKS = re.compile(r"[\[【（(〔](?:19|20)\d")
_LAST_DOT = re.compile(rf"(?<=[{HAN}])\.$")
_HAS_WIDE = re.compile(f"[{_WIDE}]")
OPENERS = {"《": "》", "“": "”", "（": "）", "‘": "’", "「": "」", "『": "』", "〈": "〉", "【": "】"}
CLOSERS = {closer: opener for opener, closer in OPENERS.items()}


def _punctuated(text: str) -> str:
    """Punctuation in its Chinese form where the paragraph is Chinese; the length does not change."""
    if not _HAS_WIDE.search(text):
        return text
    if _YEAR_IN_MARKS.search(text):
        text = _YEAR_MARK.sub(r"〔\2〕", text)
    if any(mark in text for mark in ",;:?!"):
        text = _HALF.sub(_full_mark, text)
    if "(" in text or ")" in text:
        text = _full_brackets(text)
    if '"' in text:
        text = _curly(text, '"', "“", "”")
    if "'" in text:
        text = _curly(text, "'", "‘", "’")
    return _LAST_DOT.sub("。", text) if len(text) > 10 and "." in text[-2:] else text


def _full_mark(match: re.Match[str]) -> str:
    text, place = match.string, match.start()
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    if _BETWEEN_WORDS.match(before) and _BETWEEN_WORDS.match(after) or (match.group() == ":" and after == "/"):
        return match.group()
    return _FULL[match.group()]


def _full_brackets(text: str) -> str:
    """Both brackets of a pair become full width where one of them stands beside a Chinese sign."""
    signs = list(text)
    for opener, closer in pairs(text.translate({ord("("): "（", ord(")"): "）"}), "（"):
        beside = text[max(opener - 1, 0) : opener + 2] + text[max(closer - 1, 0) : closer + 2]
        if _HAS_WIDE.search(beside):
            signs[opener], signs[closer] = "（", "）"
    return "".join(signs)


def _curly(text: str, straight: str, opener: str, closer: str) -> str:
    """Straight quotation marks, paired in order; an odd last one stays; an apostrophe in a Latin word is none."""
    inside = re.compile(rf"(?<![A-Za-z]){straight}|{straight}(?![A-Za-z])")
    places = [match.start() for match in inside.finditer(text)]
    signs = list(text)
    for first, second in zip(places[::2], places[1::2], strict=False):
        signs[first], signs[second] = opener, closer
    return "".join(signs)


@cache
def _marks(openers: str) -> re.Pattern[str]:
    return re.compile("[" + re.escape(openers + "".join(OPENERS[opener] for opener in openers)) + "]")


def pairs(text: str, openers: str = "".join(OPENERS)) -> list[tuple[int, int]]:
    """The places of the two marks of every pair that stand at most `NEAR` signs apart, in the order of closing.

    >>> pairs("《甲（乙）》（")
    [(2, 4), (0, 5)]
    """
    open_marks: dict[str, list[int]] = {opener: [] for opener in openers}
    found = []
    for match in _marks(openers).finditer(text):
        mark, place = match.group(), match.start()
        if mark in open_marks:
            open_marks[mark].append(place)
        elif (waiting := open_marks[CLOSERS[mark]]) and place - waiting[-1] <= NEAR:
            found.append((waiting.pop(), place))
    return found


# --- the map ---------------------------------------------------------------------------------------------------


def steps(places: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """The pairs of `model.Passage.steps` for the places of its signs.

    >>> steps([3, 4, 7])
    ((0, 3), (2, 7))
    """
    if places and places[-1] - places[0] == len(places) - 1:
        return ((0, places[0]),)
    return tuple(
        (index, place) for index, place in enumerate(places) if index == 0 or place != places[index - 1] + 1
    ) or ((0, 0),)


def clean(text: str, start: int, stop: int) -> tuple[str, tuple[tuple[int, int], ...]]:
    r"""The reading text of `text[start:stop]`, read as one paragraph, and its map back into `text`.

    >>> clean("请见《节水行\n\n— 2 —\n\n动方案》", 2, 19)
    ('《节水行动方案》', ((0, 2), (4, 15)))
    """
    reading, places = gather(legible(text[start:stop]), 0, stop - start)
    return reading, steps([place + start for place in places])
