"""All administrative divisions down to the county: looking one up, the places above it, finding them in text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import OntologyError
from kg.registry import series
from kg.registry.matcher import Matcher
from kg.registry.table import Row, cells, rows
from kg.registry.values import Hit, Known, Place

COLUMNS = ("code", "name", "short", "level", "parent", "rank", "abbr", "name_in_text", "short_in_text", "source")
LEVELS = ("province", "prefecture", "county")
USES = ("any", "edge", "no")
_NOT_AFTER_DISTRICT = "域块间位别段"
_LONGEST = 40
_BESIDE = frozenset("和与及等或暨至、")


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All places, by code and by name.

    `names` and `shorts` give the places that have a full name or a short form, the higher level first.  `uses` says
    how far a word is recognised in running text: `any` everywhere, `edge` only where it stands apart (in a list, or
    right after a place it lies in), `no` nowhere.
    """

    by_code: Mapping[str, Place]
    names: Mapping[str, tuple[Place, ...]]
    shorts: Mapping[str, tuple[Place, ...]]
    uses: Mapping[str, str]
    regions: Mapping[str, Known]
    matcher: Matcher

    def named(self, name: str) -> tuple[Place, ...]:
        """The places of this full name, else of this short form; the higher level first."""
        return self.names.get(name) or self.shorts.get(name, ())

    def place(self, name: str, within: Place | None = None) -> Place | None:
        """The one place that has this name, or None; see `Registry.place`."""
        found = self.named(name)
        if within is not None:
            below = tuple(place for place in found + self.shorts.get(name, ()) if self.lies_in(place, within))
            found = tuple(dict.fromkeys(below)) or found
        return only(found) or self._joined(name, within)

    def _joined(self, name: str, within: Place | None) -> Place | None:
        """The place of a name with the names of places above before it: 烟台市芝罘区, 浙江温州."""
        for cut in range(min(len(name), _LONGEST) - 2, 1, -1):
            above = only(self.named(name[:cut]))
            below = self.place(name[cut:], above) if above else None
            if above and below and below != above and self.lies_in(below, above):
                return below
        return None

    def chain(self, place: Place) -> tuple[Place, ...]:
        """The place and all above it, the province first."""
        above = (self.by_code[place.parent],) if place.parent else ()
        return (*(self.chain(above[0]) if above else ()), place)

    def lies_in(self, place: Place, within: Place) -> bool:
        """Whether the one place is the other or lies in it."""
        return within in self.chain(place)

    def full(self, place: Place) -> str:
        """The official name, with that of the city before it for a district: 烟台市芝罘区, 安化县."""
        city = self.city(place)
        return city.name + place.name if city and place.name.endswith("区") else place.name

    def city(self, place: Place) -> Place | None:
        """The place right above a county, if it is a city (a prefecture, or one of the four municipalities)."""
        above = self.by_code.get(place.parent) if place.level == "county" else None
        return above if above and (above.level == "prefecture" or above.rank == "municipality") else None

    def forms(self, place: Place) -> tuple[str, ...]:
        """The usual names of a place, official first, as they stand in running text."""
        city = self.city(place)
        short = (place.short,) if self.uses.get(place.short, "no") != "no" else ()
        joined = (city.name + place.name,) if city else ()
        return tuple(dict.fromkeys((*full_names(place), *short, *joined)))

    def find(self, text: str) -> Iterator[Hit]:
        """The places named in a text, in its order; in a series that only places form, short names too."""
        listed = {start: self._listed(text, start, stop) for start, stop in series.find(text, self._is_place)}
        if not listed:
            yield from self._alone(text)
            return
        taken = {position for hit in listed.values() for position in range(hit.start, hit.stop)}
        alone = (hit for hit in self._alone(text) if taken.isdisjoint(range(hit.start, hit.stop)))
        yield from sorted((*listed.values(), *alone), key=lambda hit: hit.start)

    def _is_place(self, word: str) -> bool:
        """Whether a word is the name or the short form of a division or a region."""
        listed = word in self.names or word in self.shorts or word in self.regions
        return listed or (len(word) > 3 and self._joined(word, None) is not None)

    def _listed(self, text: str, start: int, stop: int) -> Hit:
        """What a member of a series of places stands for; one that is in no list stands for itself."""
        word = text[start:stop]
        place = self.place(word)
        if place is None:
            region = self.regions.get(word)
            return Hit(start, stop, "Place", region.name if region else word, (word,), region.name if region else "")
        return Hit(start, stop, "Place", place.name, (*self.forms(place), word), place.code)

    def _alone(self, text: str) -> Iterator[Hit]:
        """The places that are known by their names alone, in the order of the text."""
        previous: Place | None = None
        end = -1
        for word, start, stop in self.matcher.find(text):
            hit = self._hit(text, self._whole(word, text, stop), start, previous if start == end else None)
            if hit is not None:
                previous, end = self.by_code.get(hit.row), hit.stop
                yield hit

    def _whole(self, word: str, text: str, stop: int) -> str:
        """The word, or its short form where its last character begins another word: 西安区域 -> 西安."""
        if word.endswith("区") and text[stop : stop + 1] in _NOT_AFTER_DISTRICT and stop < len(text):
            return word[:-1]
        return word

    def _hit(self, text: str, word: str, start: int, above: Place | None) -> Hit | None:
        """What a word stands for; None for what is no name and what must stand apart and does not."""
        stop = start + len(word)
        if word in self.regions:
            region = self.regions[word]
            return Hit(start, stop, "Place", region.name, region.names, region.name)
        use = self.uses.get(word, "no")
        place = self.place(word, above) if use != "no" else None
        inside = place is not None and above is not None and place != above and self.lies_in(place, above)
        if use == "no" or (use == "edge" and not inside and not stands_apart(text, start, stop)):
            return None
        if place is None:
            return Hit(start, stop, "Place", word, (word,), "")
        return Hit(start, stop, "Place", place.name, self.forms(place), place.code)


def stands_apart(text: str, start: int, stop: int) -> bool:
    """Whether no Chinese character joins the word at `text[start:stop]` on either side.

    >>> stands_apart("和平、新城等地", 3, 5), stands_apart("新城镇建设", 0, 2)
    (True, False)
    """
    before = text[start - 1 : start]
    after = text[stop : stop + 1]
    return all(not "一" <= char <= "鿿" or char in _BESIDE for char in (before, after) if char)


def only(places: tuple[Place, ...]) -> Place | None:
    """The one place of the highest level among those given; None where there are several or none."""
    highest = min((LEVELS.index(place.level) for place in places), default=0)
    top = tuple(place for place in places if LEVELS.index(place.level) == highest)
    return top[0] if len(top) == 1 else None


def load(directory: Path, regions: Iterable[Known], blockers: Mapping[str, str]) -> Gazetteer:
    """The gazetteer of `places.csv`; `regions` are named places that are no divisions."""
    path = directory / "places.csv"
    table = rows(path, COLUMNS, ("code",))
    for line, row in enumerate(table, 2):
        _check_row(path, line, row)
    places = tuple(map(_place, table))
    by_code = {place.code: place for place in places}
    _check(path, places, by_code)
    uses = _uses(table)
    by_word = {word: region for region in regions for word in region.names}
    words = [word for word, use in uses.items() if use != "no"]
    return Gazetteer(
        by_code,
        _index((name, place) for place in places for name in full_names(place)),
        _index((place.short, place) for place in places if place.short != place.name),
        uses,
        by_word,
        Matcher([*words, *by_word], blockers),
    )


def _place(row: Row) -> Place:
    """The place of a row."""
    return Place(row["code"], row["name"], row["short"], row["level"], row["parent"], row["rank"], cells(row["abbr"]))


def _check_row(path: Path, line: int, row: Row) -> None:
    """Names are there, level and uses are known words."""
    known = row["level"] in LEVELS and row["name_in_text"] in USES and row["short_in_text"] in USES
    if not (known and row["name"] and row["short"]):
        raise OntologyError(f"level, use or name of {row['code']} is wrong", place=f"{path}:{line}")


def _check(path: Path, places: Iterable[Place], by_code: Mapping[str, Place]) -> None:
    """Every parent is there, and of a higher level."""
    for place in places:
        parent = by_code.get(place.parent)
        if place.parent and (parent is None or LEVELS.index(parent.level) >= LEVELS.index(place.level)):
            raise OntologyError(f"parent {place.parent} of {place.code} {place.name} is wrong", place=str(path))


def full_names(place: Place) -> tuple[str, ...]:
    """The full name, and for autonomous areas the usual one: 文山州, 景宁县.

    >>> full_names(Place("331127", "景宁畲族自治县", "景宁", "county", "331100"))
    ('景宁畲族自治县', '景宁县')
    """
    usual = (place.short + place.name[-1],) if place.name[-3:-1] == "自治" and place.short != place.name else ()
    return (place.name, *(name for name in usual if not name.endswith("区")))


def _uses(table: Iterable[Row]) -> dict[str, str]:
    """How far each name and short form may be recognised: as far as any place of that name allows."""
    uses: dict[str, str] = {}
    for row in table:
        words = ((name, row["name_in_text"]) for name in full_names(_place(row)))
        for word, use in (*words, (row["short"], row["short_in_text"])):
            uses[word] = min(use, uses.get(word, "no"), key=USES.index)
    return uses


def _index(pairs: Iterable[tuple[str, Place]]) -> dict[str, tuple[Place, ...]]:
    """Places by word, the higher level first, then by code."""
    found: dict[str, list[Place]] = {}
    for word, place in pairs:
        found.setdefault(word, []).append(place)
    return {
        word: tuple(sorted(group, key=lambda place: (LEVELS.index(place.level), place.code)))
        for word, group in found.items()
    }
