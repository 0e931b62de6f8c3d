"""What is known of a letter before its sentences are read: who writes, where, when."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model import Letter
from kg.registry import Hit, Place, Registry

_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(r"[\u4e00-\u9fffA-Za-z]{2,12}[〔\[（(【](?:19|20)\d\d[〕\]）)】]第?\d+号")
_LEVELS = {
    "province": ("省", "自治区", "市"),
    "prefecture": ("市", "州", "地区", "盟"),
    "county": ("县", "区", "市", "旗"),
}


@dataclass(frozen=True, slots=True)
class Scene:
    """The issuing agency ("" if unknown), the places it stands in (province first), the year of the letter."""

    issuer: str
    places: tuple[Place, ...]
    year: int | None

    def place_of(self, level: str) -> Place | None:
        """The place that a printed level word (省, 市, 县, 区 ...) means in this letter; the nearest one first.

        A word of a level below the issuer's own means no certain place.
        """
        for place in reversed(self.places):
            if place.name.endswith(level) or (level == "自治区" and "自治区" in place.name):
                return place
        return None


def scene(letter: Letter, registry: Registry) -> Scene:
    """The scene of a letter, from its form; without an issuer the number's words give the place if they compose."""
    issuer = letter.first("issuer")
    source = issuer or (registry.issuer(number_words(letter.first("number"))) or "")
    return Scene(issuer, places_of(source, registry), year_of(letter))


def number_words(number: str) -> str:
    """The words before the year of a document number.

    >>> number_words("蓉农函〔2024〕7号")
    '蓉农函'
    """
    return re.split(r"[〔\[(（【]", number)[0]


def is_number(name: str) -> bool:
    """Whether a name is a document number, by which alone a document is cited.

    >>> is_number("蓉农函〔2024〕7号"), is_number("《蓉城农业办法》")
    (True, False)
    """
    return _NUMBER.fullmatch(name) is not None


def places_of(agency: str, registry: Registry) -> tuple[Place, ...]:
    """The places that a full agency name begins with, from the province down."""
    deepest: Place | None = None
    position = 0
    for hit in _places(agency, registry):
        if hit.start != position:
            break
        found = registry.place(agency[hit.start : hit.stop], within=deepest)
        if found is None:
            break
        deepest, position = found, hit.stop
    return registry.chain(deepest) if deepest else ()


def _places(agency: str, registry: Registry) -> tuple[Hit, ...]:
    return tuple(hit for hit in registry.find(agency) if hit.kind == "Place")


def year_of(letter: Letter) -> int | None:
    """The year of the letter's date, else of its number."""
    for role in ("date", "printed_on", "number"):
        if match := _YEAR.search(letter.first(role)):
            return int(match.group())
    return None
