"""Titles of documents as keys: in one spelling, and with the place of the issuer where a title does not tell it.

关于加快种业振兴的实施意见 is the title of many documents, one in each city.  Whose a document is, a letter tells by the
issuer, by the number, or by a word before the title (省《…》).  Where it tells nothing, the document counts as one of
the place that the letter is from, and is kept apart from what other places call so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.extract.scene import Scene, number_words, places_of
from kg.registry import Place, Registry

_YEARS = re.compile(r"\(?(20\d\d)年?[-—－–~～至到]+(20\d\d)年?\)?$")
_LAW = re.compile(r"^中华人民共和国(?=.{2,}(?<!办)法$)")
_OF_ALL = re.compile(r"国家|全国|国务院|中共中央|中央|中国|中华人民共和国|(?<!办)法$")
_BEFORE = re.compile(r"(?P<all>国家|全国|中央|国务院|党中央)|(?P<level>自治区|自治州|[省市县区州盟旗])$")
_LINKING = re.compile(r"(?:委、政府|委|政府|级|里|出台|印发|发布|制定|最新|新|的|了|〈|《|“)*$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NAMED = 4  # characters of a title that are left without the place before it, at least
# 技改补贴办法 that a city has numbered is the city's 永昌市技改补贴办法; 关于……的意见 has no place before it.
_OF_A_PLACE = re.compile(r"(?!.*关于)[\u4e00-\u9fff]{4,}(?:办法|细则|规定|条例|规程|规则)(?:\([^()]*\))?")
_NOT_A_PLACE = re.compile(r"(?:大学|学院|[市省县区州盟旗湾港江河湖山路桥]|[\u4e00-\u9fff]{2}(?:大学|学院))")


@dataclass(frozen=True, slots=True)
class Told:
    """What a letter tells of whose a document is: issuers, document numbers, what is printed before the title."""

    issuers: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    before: tuple[str, ...] = ()


def key_of(title: str, told: Told, where: Scene, registry: Registry, unknown: str) -> str:
    """The key of a document: its title in one spelling; `_` and the place of the issuer where that is not in it.

    Where a number tells the place of one that is called after it (…办法, …条例), its title is completed with that place.
    `unknown` stands for the place where nothing tells it.
    """
    title = spelling(title, where.places)
    if _tells_itself(title, registry):
        return title
    place = _place(Told(numbers=told.numbers), where, registry) if _OF_A_PLACE.fullmatch(title) else None
    if place:
        return f"{place}{title}"
    place = _place(told, where, registry)
    if place is None:
        place = where.places[-1].name if where.places else "" if where.issuer else unknown
    return f"{title}_{place}".rstrip("_")


def spelling(title: str, places: Sequence[Place]) -> str:
    """A title in one spelling: of years in brackets, of a place before it (with 市), of a law (without the country).

    >>> from kg.registry import load
    >>> chengdu = load().place("成都市")
    >>> spelling("成都种业振兴行动方案2023至2025年", (chengdu,))
    '成都市种业振兴行动方案(2023-2025年)'
    """
    title = _LAW.sub("", _YEARS.sub(r"(\1-\2年)", title))
    for place in places:
        rest = title[len(place.short) :]
        short = place.short != place.name and title.startswith(place.short) and not title.startswith(place.name)
        if short and len(rest) >= _NAMED and not _NOT_A_PLACE.match(rest):
            return place.name + rest
    return title


def is_national(title: str) -> bool:
    """Whether a title says that the document is one of the whole country.

    >>> is_national("种子法"), is_national("国家综合立体交通网规划纲要"), is_national("种子管理办法")
    (True, True, False)
    """
    return _OF_ALL.search(title) is not None


def _tells_itself(title: str, registry: Registry) -> bool:
    """Whether a title names a place or body, or is one of the whole country."""
    if is_national(title) or registry.known_row(title, "Policy") is not None:
        return True
    return any(hit.kind in ("Place", "Agency") for hit in registry.find(title))


def _place(told: Told, where: Scene, registry: Registry) -> str | None:
    """The name of the place whose document it is, as the letter tells; empty for the country, None for nothing."""
    numbered = (_issuer(number, where, registry) for number in told.numbers)
    for agency in (*told.issuers, *filter(None, numbered)):
        places = places_of(agency, registry)
        if places:
            return places[-1].name
        if registry.known_row(agency, "Agency") is not None:
            return ""
    for text in told.before:
        word = _BEFORE.search(_LINKING.sub("", text))
        if word and word["all"]:
            return ""
        place = where.place_of(word["level"]) if word else None
        if place is not None:
            return place.name
    return None


def _issuer(number: str, where: Scene, registry: Registry) -> str | None:
    """Who issued a number, where that is certain."""
    year = _YEAR.search(number)
    hints = [place.name for place in where.places]
    return registry.issuer(number_words(number), hints, int(year.group()) if year else None)


def printed_before(texts: Iterable[tuple[str, int]], room: int = 8) -> tuple[str, ...]:
    """What stands before each of several places in a text, in the same clause."""
    return tuple(re.split(r"[，。；：、]", text[max(0, start - room) : start])[-1] for text, start in texts)
