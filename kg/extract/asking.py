"""Where a reply repeats what the proposal asks for, and in which words (ontology/requests.toml)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.extract.parts import STOPS
from kg.extract.pattern import compiled
from kg.letter.headings import enumerator
from kg.model import Letter, Passage, replace
from kg.ontology import Ontology, Rule

SHORTEST, LONGEST = 4, 60
"""The fewest and the most signs of a request."""
_MOST_JOINED = 8  # sentences ending in ； that may be one series
_NEAR = 3  # signs before a request that opens its paragraph
_MAY = re.compile("建议|提案|议案|意见|关于|提出|所提")
_SERIES_OPENS = re.compile("提出|所提|提到|建议[^，。；]{0,10}：")
_PAIRS = {"“": "”", "（": "）", "《": "》"}
_MARK = re.compile("[“（《；，、]")
_ITEM = r"(?:[一二三四五六七八九十]是|第[一二三四五六七八九十][，、]|\d[.．、]|（[一二三四五六七八九十\d]）|[①-⑨])"
_LEAD = re.compile(rf"^(?:、|，|以及|并|和|及|{_ITEM}?(?:要|应当?|希望)?)+")
_NUMBER = re.compile(rf"{_ITEM}要?$")
_END = re.compile(r"(?:等|以及|及其|的)+$")
_QUOTED = re.compile("“[^“”]*”")


@dataclass(frozen=True, slots=True)
class Asked:
    """One place that repeats a request: its passage and range, the rule, where in the passage the match ends.

    `heading`: the passage is a heading, or stands like one before its paragraph.  `place` is that in the series of
    `size` requests that were found with it, `series` where that begins (passage and sign in it); `numbered`: a number
    stands before it (一是, 1.).
    """

    passage: int
    start: int
    stop: int
    text: str
    rule: Rule
    end: int
    heading: bool = False
    series: tuple[int, int] = (-1, 0)
    place: int = 0
    size: int = 1
    numbered: bool = False


def places(letter: Letter, ontology: Ontology) -> Iterator[Asked]:
    """The places that repeat requests, in the order of the text; a request may have several."""
    passages = letter.passages
    headings, said = rules_by(ontology, "heading"), rules_by(ontology, "said")
    done = -1  # the last passage of a series that runs over several
    for passage in passages:
        if passage.index <= done or not _MAY.search(passage.text):
            continue
        opens = _opens(letter, passage)
        asked = list(_in_heading(passage, headings, ontology)) if opens else []
        asked = asked or list(_in_text(passages, passage, said, ontology, opens))
        done = max([done, *(one.passage for one in asked)])
        yield from asked


def _opens(letter: Letter, passage: Passage) -> bool:
    """Whether a passage stands at the beginning of a paragraph."""
    before = letter.passages[passage.index - 1].span.stop if passage.index else 0
    return not passage.index or "\n" in letter.document.text[before : passage.span.start]


@lru_cache(maxsize=16)
def rules_by(ontology: Ontology, by: str) -> tuple[Rule, ...]:
    """The rules about requests of one sort."""
    return tuple(rule for rule in ontology.requests if rule.by == by)


def _in_heading(passage: Passage, rules: Sequence[Rule], ontology: Ontology) -> Iterator[Asked]:
    if passage.section == "form":
        return
    text = passage.text.rstrip(STOPS)
    for rule in rules:
        if match := compiled(rule.options["pattern"]).fullmatch(text):
            items = list(_items(text, *match.span("ask"), ontology))
            if len(items) > 1 and not enumerator(text) and passage.text.endswith("。"):
                return  # a sentence: 您提出的……、……等建议。
            for start, stop, item in items:
                yield Asked(passage.index, start, stop, item, rule, len(text), True)
            return


def _in_text(
    passages: Sequence[Passage], passage: Passage, rules: Sequence[Rule], ontology: Ontology, opens: bool
) -> Iterator[Asked]:
    joined = _joined(passages, passage)
    text = "".join(one.text for one in joined)
    taken: list[tuple[int, int]] = []
    for rule in rules:
        for match in compiled(rule.options["pattern"]).finditer(text):
            if any(start < match.end() and match.start() < stop for start, stop in taken):
                continue
            items = list(_items(text, *match.span("ask"), ontology))
            if items:
                taken.append(match.span())
            for place, item in enumerate(items):
                found = _placed(joined, item, rule, match)
                alone = opens and len(items) == 1 and match.start() <= _NEAR
                series = (passage.index, match.start())
                numbered = _NUMBER.search(text[: item[0]]) is not None
                yield replace(found, heading=alone, series=series, place=place, size=len(items), numbered=numbered)


def _placed(joined: Sequence[Passage], item: tuple[int, int, str], rule: Rule, match: re.Match[str]) -> Asked:
    """A request found in sentences put together, in the one that it stands in."""
    length, (start, stop, text) = 0, item
    for passage in joined:
        if stop <= length + len(passage.text):
            break
        length += len(passage.text)
    return Asked(passage.index, start - length, stop - length, text, rule, match.end() - length)


def _joined(passages: Sequence[Passage], passage: Passage) -> list[Passage]:
    """A sentence with those that go on with its series: 提出的……；……；……等三方面建议."""
    joined = [passage]
    if not _SERIES_OPENS.search(passage.text):
        return joined
    while joined[-1].text.endswith("；") and len(joined) < _MOST_JOINED and joined[-1].index + 1 < len(passages):
        joined.append(passages[joined[-1].index + 1])
    return joined


def _items(text: str, start: int, stop: int, ontology: Ontology) -> Iterator[tuple[int, int, str]]:
    """The requests of a series, each with its range: divided at ； or else where another verb follows , or 、.

    Those that stand in quotation marks, one behind the other, are divided there.
    """
    quoted = [start + mark.start() for mark in _QUOTED.finditer(text[start:stop])] if text[start] == "“" else []
    cuts = quoted[1:] or _cuts(text, start, stop, ontology)
    for low, high in zip([start, *cuts], [*cuts, stop], strict=True):
        lead = _LEAD.match(text[low:high].lstrip(STOPS))
        first = high - len(text[low:high].lstrip(STOPS)) + (lead.end() if lead else 0)
        last = first + len(_END.sub("", text[first:high].rstrip("，、；")))
        if text[first] == "“" and text.find("”", first) == last - 1:
            first, last = first + 1, last - 1
        if SHORTEST <= last - first <= LONGEST:
            yield first, last, text[first:last]


def _cuts(text: str, start: int, stop: int, ontology: Ontology) -> list[int]:
    """The places where another request of a series begins; none inside marks that open and close."""
    begins, found = compiled(f"(?:{ontology.pieces['ask_start']})"), []
    hard = "；" in text[start:stop]
    position = start
    while match := _MARK.search(text, position, stop):
        place, sign = match.start(), match.group()
        if sign in _PAIRS:
            place = text.find(_PAIRS[sign], place, stop)
            if place < 0:
                break
        elif sign == "；" or (not hard and begins.match(text, _after(text, place + 1), stop)):
            found.append(place + 1)
        position = place + 1
    return found


def _after(text: str, place: int) -> int:
    lead = _LEAD.match(text[place : place + 6])
    return place + (lead.end() if lead else 0)
