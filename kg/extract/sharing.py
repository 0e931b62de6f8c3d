"""Places before a name that share what follows its own: 甲、乙、丙高新技术产业园区, 甲、乙、丙三个国家农业科技园区."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.candidate import Finding, candidate
from kg.extract.lexis import Lexis
from kg.registry import Hit
from kg.text import number

SHARED = "head.shared"
"""The rule of a name of which only the place is printed where it stands."""
SURE = 9
_JOINTS = ("、", "和", "及", "与")
_SHARED = re.compile(
    r"(?:国家级?|省级)?(?:高新技术|经济技术|经济|高新|综合|旅游|海洋|现代农业|农业|工业|化工|临港|边境经济)?(?:产业)?"
    r"(?:开发区|高新区|经开区|综保区|保税区|合作区|园区|工业园|产业园|度假区|校区|院区|分院|海关|机场|港区)"
)
_SO_MANY = re.compile(r"([二两三四五六七八九十\d]{1,2})[个家所座]$")


def sharing(words: Lexis, start: int, stop: int, kind: str) -> Iterator[Finding]:
    """The places before a name that share what follows its own place: 甲、|乙、|丙高新技术产业园区."""
    text = words.passage.text
    places = {hit.stop: hit.start for hit in words.hits if hit.kind == "Place"}
    own = max((end for end, first in places.items() if first == start and end < stop), default=start)
    if own == start and start - 1 in places and text[start - 1] == "、":
        own = start + start - 1 - places[start - 1]  # no known place: as long as the one before
    shared = own > start and _SHARED.fullmatch(text, own, stop)
    while shared and text[start - 1] == "、" and start - 1 in places:
        first, end = places[start - 1], start - 1
        if not words.is_edge(first):
            return
        yield candidate(words.passage, first, end, kind, SHARED, SURE, (text[first:end] + text[own:stop],))
        start = first


def told_places(words: Lexis, start: int) -> list[Hit]:
    """The places of which each has one, where they are as many as is said: 甲、乙、丙三个|国家农业科技园区."""
    text = words.passage.text
    count = _SO_MANY.search(text, max(0, start - 4), start)
    places: list[Hit] = []
    stop = count.start() if count else -1
    for hit in reversed(words.hits) if count else ():
        if hit.kind == "Place" and hit.stop == stop:
            places.append(hit)
            stop = hit.start - 1
            if text[stop : hit.start] not in _JOINTS:
                break
    return places if count and len(places) > 1 and number(count[1]) == len(places) else []
