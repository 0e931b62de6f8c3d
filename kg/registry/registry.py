"""The registry: one frozen value over the tables, with the questions that the other stages ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.errors import OntologyError
from kg.registry import bodies, names, numbers, places, search
from kg.registry.bodies import ALIAS_COLUMNS, Bodies
from kg.registry.names import Names
from kg.registry.numbers import Numbers
from kg.registry.places import Gazetteer
from kg.registry.table import rows
from kg.registry.values import Alias, Bureau, Hit, Known, Place
from kg.resources import ontology_dir
from kg.text.sieve import Sieve

FAMILIES = ("place", "bureau", "national", "group", "industry", "general")
BLOCKER_COLUMNS = ("word", "instead_of", "family", "source")


@dataclass(frozen=True, slots=True)
class Registry:
    """Public general knowledge of names; made by `load`, never changed."""

    gazetteer: Gazetteer
    bodies: Bodies
    families: tuple[Names, ...]
    known: Mapping[tuple[str, str], Known]
    numbers: Numbers
    aliases: Mapping[str, Alias]
    surnames: frozenset[str]
    sieve: Sieve

    def look(self, texts: Sequence[str]) -> Iterator[tuple[tuple[Hit, ...], tuple[Hit, ...]]]:
        """What `find` and `bureaus` give for each of several texts, all scanned at once."""
        bureau = 1 << len(self.families) + 1
        for text, held in zip(texts, self.sieve.scan(texts), strict=True):
            hits = self._found(text, held) if held & bureau - 1 else ()
            yield hits, self.bureaus(text) if held & bureau else ()

    def _found(self, text: str, held: int) -> tuple[Hit, ...]:
        """The hits of the places and the families that `held` has the bits of."""
        found = [*self.gazetteer.find(text)] if held & 1 else []
        for number, family in enumerate(self.families, 1):
            if held >> number & 1:
                found += family.find(text)
        if len(found) > 1:
            found.sort(key=_order)
        return tuple(found)

    def find(self, text: str) -> tuple[Hit, ...]:
        """The places and the national and generic names in a text, in its order; the longer first at one place.

        Within each family (places; bodies; groups; industries; all others) the leftmost and longest wins; hits of
        different families may overlap.
        """
        return self._found(text, -1)

    def bureaus(self, text: str) -> tuple[Hit, ...]:
        """The kinds of bodies in a text, of kind `bureau`, without the place or level before them.

        `name` is the full form without place (科技局 -> 科学技术局); `place` is the code of a place that stands inside
        (民建漳州市委会).
        """
        return tuple(search.find(self.bodies, self.gazetteer, text))

    def place(self, name: str, within: Place | None = None) -> Place | None:
        """The place of a full name, short form, or name after that of a place above (烟台市芝罘区).

        Places in `within` come first; of several, the one of the highest level; None where that is not one.
        """
        return self.gazetteer.place(name, within)

    def place_of(self, code: str) -> Place | None:
        """The place of a code: that of a hit's `row` or `place`."""
        return self.gazetteer.by_code.get(code)

    def chain(self, place: Place) -> tuple[Place, ...]:
        """The places above and the place itself, the province first."""
        return self.gazetteer.chain(place)

    def compose(self, place: Place | None, bureau: str) -> tuple[str, ...]:
        """All usual names of a body at a place, the official one first.

        温州市 and 科技局 give 温州市科学技术局, 温州市科技局.
        A district has its city before it in the official name (烟台市芝罘区财政局), without it in a further one.
        `bureau` is any form that `bureaus` finds, or its `name`; one that is not known is put behind the place as is.
        """
        return bodies.compose(self.bodies, self.gazetteer, place, bureau)

    def issuer(self, words: str, hints: Iterable[str] = (), year: int | None = None) -> str | None:
        """Who issues documents with such a number: 温科提复 -> 温州市科学技术局; None where that is not certain.

        `words` are those before the bracket; `hints` are names of places in the letter, which decide between places of
        one abbreviation; `year` is that of the number, for bodies that were other ones then (none: today).
        """
        return numbers.issuer(self.numbers, self.gazetteer, words, hints, year)

    def bureau_row(self, name: str) -> Bureau | None:
        """The row of a kind of body, by any of its forms without place; the likeliest where several have it."""
        form = self.bodies.form(name)
        return form.bureau if form else None

    def bureau_rows(self, name: str) -> tuple[Bureau, ...]:
        """All kinds of bodies that a form may mean: 文广旅局 is 文化广电和旅游局 here and 文化广电旅游局 there."""
        return self.bodies.rows(name)

    def known_row(self, name: str, kind: str = "") -> Known | None:
        """The row of a national or generic name, by its canonical name."""
        kinds = (kind,) if kind else sorted(names.KINDS)
        return next((self.known[each, name] for each in kinds if (each, name) in self.known), None)

    def kind_of_row(self, row: str) -> str | None:
        """The kind of a row that a hit names: Place for a code, Agency or Organisation for a kind of body ..."""
        if row in self.gazetteer.by_code:
            return "Place"
        if row in self.bodies.by_key:
            return self.bodies.by_key[row].kind
        found = self.known_row(row)
        return found.kind if found else None


def load(directory: Path | None = None) -> Registry:
    """The registry of a folder of tables (default: `registry/` of the ontology); read once.

    Raises OntologyError, naming file and line, for a table that does not hold together.
    """
    return _load(directory or ontology_dir() / "registry")


@lru_cache(maxsize=4)
def _load(directory: Path) -> Registry:
    """Reads all tables."""
    every = names.general(directory / "general.csv")
    blockers = _blockers(directory / "blockers.csv")
    gazetteer = places.load(directory, (row for row in every if row.kind == "Place"), blockers["place"])
    local = bodies.load(directory, blockers["bureau"])
    aliases = _aliases(directory / "renamings.csv")
    national = names.renamed(names.national(directory / "national.csv"), aliases.values())
    _check(directory / "renamings.csv", aliases.values(), local, national)
    groups = names.listed(directory / "groups.csv", "Group")
    industries = names.listed(directory / "industries.csv", "Industry")
    others = tuple(row for row in every if row.kind != "Place")
    lists = {"national": national, "group": groups, "industry": industries, "general": others}
    families = tuple(names.family(rows_, blockers[family]) for family, rows_ in lists.items())
    known = {(row.kind, row.name): row for row in (*national, *groups, *industries, *every)}
    words = numbers.load(directory, gazetteer, local, national)
    surnames = _surnames(directory / "surnames.csv")
    matchers = (gazetteer.matcher, *(family.matcher for family in families), local.matcher)
    sieve = Sieve([matcher.words for matcher in matchers])
    return Registry(gazetteer, local, families, known, words, aliases, surnames, sieve)


def _order(hit: Hit) -> tuple[int, int, str, str]:
    return hit.start, -hit.stop, hit.kind, hit.name


def _aliases(path: Path) -> dict[str, Alias]:
    """Former names, by former name."""
    return {row["former"]: Alias(**row) for row in rows(path, ALIAS_COLUMNS, ("former",))}


def _check(path: Path, aliases: Iterable[Alias], local: Bodies, national: Iterable[Known]) -> None:
    """What a body was renamed to is known."""
    central = {row.name for row in national}
    for alias in aliases:
        if alias.name not in local.forms and alias.name not in central:
            raise OntologyError(f"{alias.former}: {alias.name} is in no table", place=str(path))


def _blockers(path: Path) -> dict[str, dict[str, str]]:
    """By family of names: words in which a name means nothing, and that name."""
    table = rows(path, BLOCKER_COLUMNS, ("word",))
    found: dict[str, dict[str, str]] = {family: {} for family in FAMILIES}
    for line, row in enumerate(table, 2):
        if row["family"] not in FAMILIES or row["instead_of"] not in row["word"]:
            message = (
                f"{row['word']}: family is none of {', '.join(FAMILIES)}, or the word holds no {row['instead_of']}"
            )
            raise OntologyError(message, place=f"{path}:{line}")
        found[row["family"]][row["word"]] = row["instead_of"]
    return found


def _surnames(path: Path) -> frozenset[str]:
    """Single and compound surnames."""
    return frozenset(row["surname"] for row in rows(path, ("surname", "source"), ("surname",)))
