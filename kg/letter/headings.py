"""The numbers and headings of official documents: 一、 （一） 1. （1） and, within a paragraph, 一是…二是….

Levels 1 to 4 are those of GB/T 9704-2012, 7.3.3; level 5 is that of items that run on, level 6 of what stands under
them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from kg.letter.passages import Sentence
from kg.model import replace
from kg.text import number

LONGEST = 60
"""No heading has more signs."""
LONGEST_RUN_IN = 30
"""No heading at the beginning of a paragraph that runs on has more signs."""
ITEM = 5
_LEVELS = (
    re.compile(r"^([一二三四五六七八九十]{1,3})[、.．]"),
    re.compile(r"^（([一二三四五六七八九十]{1,3})）"),
    re.compile(r"^(\d{1,2})[.．、](?!\d)"),
    re.compile(r"^(?:（(\d{1,2})）|([①-⑳]))"),
    re.compile(r"^第?([一二三四五六七八九十]{1,2})(?:[是要]|(?<=第.)[，、]|(?<=第..)[，、])"),
)
_MAY_BEGIN = re.compile(r"[第（①-⑳\d一二三四五六七八九十]")
_RUN_IN = re.compile(r"^在.{2,30}(?:方面|上)[。：]?$")
_MUST = re.compile(r"^要[^，；：]{3,20}。$")
_OF_SUBSTANCE = re.compile(r"；$|《|(?<=.{4})\d")
_STOP = re.compile(r"[。；！？：]")


@dataclass(frozen=True, slots=True)
class Enumerator:
    """The level of a heading's or an item's number (1 to 5) and the number."""

    level: int
    ordinal: int


@dataclass(frozen=True, slots=True)
class Outline:
    """The headings in force, by level; `carried`: the last one fills its paragraph and holds for the next."""

    headings: Mapping[int, str] = field(default_factory=dict)
    carried: bool = False

    @property
    def nearest(self) -> str:
        """The heading of the deepest level, or the empty string."""
        return self.headings[max(self.headings)] if self.headings else ""


@lru_cache(maxsize=64)
def enumerator(text: str) -> Enumerator | None:
    """The number that a heading or an item begins with.

    >>> enumerator("（二）强化保障"), enumerator("第三，抓落实"), enumerator("2022年")
    (Enumerator(level=2, ordinal=2), Enumerator(level=5, ordinal=3), None)
    """
    if not _MAY_BEGIN.match(text):
        return None
    for level, pattern in enumerate(_LEVELS, start=1):
        if match := pattern.match(text):
            return Enumerator(level, _ordinal(next(group for group in match.groups() if group)))
    return None


def _ordinal(printed: str) -> int:
    if "①" <= printed <= "⑳":
        return ord(printed) - ord("①") + 1
    return int(number(printed) or 0)


@lru_cache(maxsize=64)
def level(sentence: Sentence) -> int:
    """The level of the heading that a sentence is; 0 where it is none."""
    found = enumerator(sentence.text)
    if found and found.level < ITEM:
        return found.level if _is_numbered_heading(sentence) else 0
    if found or _RUN_IN.match(sentence.text):
        return ITEM if _is_item_heading(sentence) else 0
    if _MUST.match(sentence.text) and not sentence.ends:
        return ITEM + 1
    return 1 if _is_bare_heading(sentence) else 0


def _is_numbered_heading(sentence: Sentence) -> bool:
    """A numbered sentence that opens its paragraph; alone in it and closed with a stop it must be short."""
    if sentence.ends and _STOP.search(sentence.text[-1:]):
        return sentence.opens and len(sentence.text) <= LONGEST_RUN_IN and not _OF_SUBSTANCE.search(sentence.text)
    return sentence.opens and len(sentence.text) <= LONGEST


def _is_item_heading(sentence: Sentence) -> bool:
    follows = sentence.opens or not sentence.ends
    return len(sentence.text) <= LONGEST_RUN_IN and follows and not sentence.text.endswith("；")


def _is_bare_heading(sentence: Sentence) -> bool:
    """A heading without a number: marked by Markdown, or a short line without a stop."""
    alone = sentence.opens and sentence.ends
    short = len(sentence.text) <= LONGEST_RUN_IN and not _STOP.search(sentence.text) and "|" not in sentence.text
    return alone and (sentence.marked or short)


def under(outline: Outline, sentence: Sentence) -> Outline:
    """The headings that a sentence stands under."""
    deepest = ITEM + 2 if outline.carried or not sentence.opens else ITEM
    own, found = level(sentence), enumerator(sentence.text)
    deepest = min(deepest, own or (found.level if found else deepest))
    if not outline.headings or max(outline.headings) < deepest:
        return outline
    return replace(outline, headings={key: text for key, text in outline.headings.items() if key < deepest})


def after(outline: Outline, sentence: Sentence) -> Outline:
    """The headings in force after a sentence, given those that it stands under."""
    own = level(sentence)
    carried = own == ITEM and sentence.ends
    if not own and carried == outline.carried:
        return outline
    if not own:
        return replace(outline, carried=carried)
    return Outline({**outline.headings, own: sentence.text.rstrip("。；：")}, carried)
