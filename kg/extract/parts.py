"""The parts of a letter's body: what stands under a heading, or behind 一是 … up to 二是, with the words at its head."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kg.letter.headings import ITEM, LONGEST_RUN_IN, enumerator
from kg.model import Letter, Passage

STOPS = "。：；"
_NUMBER = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．]|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[.．、]|[①-⑳]"
    r"|第?[一二三四五六七八九十]{1,2}[是要，、])"
)
_CLAUSE = re.compile(r"[，；：。！？]")
_FIRST_INSIDE = re.compile(r"：(?=一是|第一[，、]|1[.．、]|（一）)")
_LONGEST = 40  # signs of a clause that heads a part


@dataclass(frozen=True, slots=True)
class Part:
    """A part: its headline without number, its level and number (0 for none), and its passages, the headline first.

    `under` is the heading above it.  `group` is the same for parts that stand side by side: 一、 二、 三、 under one
    heading, or 一是 二是 三是.
    """

    title: str
    level: int
    ordinal: int
    group: int
    under: str
    passages: tuple[int, ...]


def level(passage: Passage, headings: frozenset[str]) -> int:
    """The level of the heading or item that a passage is or begins with; 0 for none."""
    title = passage.text.rstrip(STOPS)
    number = enumerator(passage.text)
    if number:
        return number.level
    if title not in headings:
        return 0
    return ITEM + 1 if title.startswith("要") else ITEM if title.endswith(("上", "方面")) else 1


def headings_of(letter: Letter) -> frozenset[str]:
    """All headings of a letter, as its passages have them."""
    return frozenset(passage.heading for passage in letter.passages if passage.heading)


def breaks(letter: Letter, before: Passage, passage: Passage) -> bool:
    """Whether a paragraph ends between two passages."""
    return "\n" in letter.document.text[before.span.stop : passage.span.start]


@dataclass(frozen=True, slots=True)
class _Head:
    """The beginning of a part: its words, level and number, its passage as a heading, and the heading above it."""

    title: str
    level: int
    ordinal: int
    heading: str
    under: str


def parts(letter: Letter, ends: Callable[[Passage], bool]) -> list[Part]:
    """The parts of the body in the order of their headlines; none goes on over a passage that `ends` it."""
    heads: list[_Head] = []
    members: list[list[int]] = []
    group: list[int] = []
    opened: list[int] = []  # the parts that a passage stands in
    last: dict[tuple[int, int], int] = {}  # by what it stands in and its level, the part before
    for passage, head, apart in _headed(letter):
        if ends(passage):
            opened = []
        elif apart:
            opened = [n for n in opened if _goes_on(heads[n], passage, alone=head is None and len(members[n]) == 1)]
        if head is not None:
            opened = [number for number in opened if heads[number].level < head.level]
            place = (opened[-1] if opened else -1, head.level)
            before = last.get(place)
            beside = before is not None and _follows(head, heads[before])
            group.append(group[before] if beside and before is not None else len(heads))
            last[place] = len(heads)
            opened.append(len(heads))
            heads.append(head)
            members.append([])
        for number in opened:
            members[number].append(passage.index)
    every = zip(heads, group, members, strict=True)
    return [Part(head.title, head.level, head.ordinal, side, head.under, tuple(found)) for head, side, found in every]


def groups(found: Iterable[Part]) -> list[list[Part]]:
    """The parts that stand side by side, in their order."""
    by: dict[int, list[Part]] = {}
    for part in found:
        by.setdefault(part.group, []).append(part)
    return list(by.values())


def _headed(letter: Letter) -> Iterator[tuple[Passage, _Head | None, bool]]:
    """The passages with the beginnings of parts that they are, and whether they stand in a new paragraph."""
    headings = headings_of(letter)
    before: Passage | None = None
    for passage in letter.passages:
        head = _head(passage, headings) if passage.section != "form" else None
        yield passage, head, before is not None and breaks(letter, before, passage)
        before = passage


def _goes_on(head: _Head, passage: Passage, *, alone: bool) -> bool:
    """Whether a part goes on in another paragraph: an item where its heading is in force, else where any is.

    A headline that stands alone is followed by what it heads, though a page may end between them.
    """
    if head.level >= ITEM:
        short = alone and len(head.heading) <= LONGEST_RUN_IN
        return short or passage.heading == head.heading or passage.heading.startswith("要")
    return passage.heading != ""


def _follows(head: _Head, before: _Head) -> bool:
    return head.ordinal == (before.ordinal + 1 if before.ordinal else 0)


def _head(passage: Passage, headings: frozenset[str]) -> _Head | None:
    """The beginning of a part that a passage is, if it is one; it may begin inside: 做好以下工作：一是……."""
    text, own = passage.text, level(passage, headings)
    first = None if own else _FIRST_INSIDE.search(text)
    if first is not None:
        text = text[first.end() :]
    number = enumerator(text)
    own = own or (number.level if first is not None and number else 0)
    if not own:
        return None
    heading = passage.text.rstrip(STOPS)
    title = heading if heading in headings else _CLAUSE.split(text, maxsplit=1)[0]
    title = _NUMBER.sub("", title)[:_LONGEST]
    return _Head(title, own, number.ordinal if number else 0, heading, passage.heading)
