"""The words of a document number -> who issued it, where they compose for certain: 温科提复 -> 温州市科学技术局."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from kg.registry.bodies import Bodies, Form, at_place, canonical, heads_at
from kg.registry.places import Gazetteer, only
from kg.registry.table import rows
from kg.registry.values import Bureau, Known, Place

Value = TypeVar("Value")
COLUMNS = ("word", "meaning", "source")
_BRACKET = re.compile(r"[〔\[［(（﹝].*")


@dataclass(frozen=True, slots=True)
class Numbers:
    """The last words of document numbers, and bodies and national bodies by their words."""

    last: re.Pattern[str]
    bureaus: Mapping[str, tuple[Bureau, ...]]
    national: Mapping[str, tuple[Known, ...]]
    places: Mapping[str, tuple[Place, ...]]


def issuer(numbers: Numbers, gazetteer: Gazetteer, words: str, hints: Iterable[str], year: int | None) -> str | None:
    """The full name of the issuing agency, or None; see `Registry.issuer`."""
    plain = _BRACKET.sub("", words).strip()
    central = _national(numbers, plain, year)
    if central:
        return central
    hinted = tuple(place for place in (gazetteer.place(name) for name in hints) if place)
    for place_words, bureau_words in _splits(numbers, plain):
        place = _place(numbers, gazetteer, place_words, hinted)
        form = _form(numbers, place, bureau_words, year) if place else None
        if place and form:
            return at_place(canonical(form), gazetteer.full(place), place)
    return None


def _national(numbers: Numbers, words: str, year: int | None) -> str | None:
    """The national body whose words these are, with nothing but last words after them."""
    for stop in range(len(words), 1, -1):
        found = [row for row in numbers.national.get(words[:stop], ()) if _in_being(row, year)]
        if len(found) == 1 and numbers.last.fullmatch(words[stop:]):
            return found[0].name
    return None


def _splits(numbers: Numbers, words: str) -> Iterator[tuple[str, str]]:
    """Place words and bureau words of every reading; the longest bureau words first."""
    for length in range(len(words) - 1, 0, -1):
        for start in range(1, len(words) - length + 1):
            bureau = words[start : start + length]
            if bureau in numbers.bureaus and numbers.last.fullmatch(words[start + length :]):
                yield words[:start], bureau


def _form(numbers: Numbers, place: Place, words: str, year: int | None) -> Form | None:
    """The one kind of body, with its one head, that had these words there in that year (no year: today)."""
    being = (bureau for bureau in numbers.bureaus[words] if _in_being(bureau, year))
    found = [(bureau, heads_at(bureau, place)) for bureau in being]
    forms = [Form(words, bureau, head) for bureau, heads in found for head in heads]
    return forms[0] if len(forms) == 1 else None


def _in_being(bureau: Bureau | Known, year: int | None) -> bool:
    """Whether the body was there in that year; both years of a change count."""
    if year is None:
        return not bureau.valid_until
    return bureau.valid_from[:4] <= str(year) <= (bureau.valid_until[:4] or "9999")


def _place(numbers: Numbers, gazetteer: Gazetteer, words: str, hinted: tuple[Place, ...]) -> Place | None:
    """The place of an abbreviation: a province or prefecture (浙, 温), a county, or a city and its county (烟芝)."""
    counties = dict.fromkeys(
        place
        for cut in range(1, len(words))
        for place in numbers.places.get(words[cut:], ())
        for city in numbers.places.get(words[:cut], ())
        if place != city and gazetteer.lies_in(place, city)
    )
    found = _certain(numbers.places.get(words, ()), gazetteer, hinted)
    return found or _certain(tuple(counties), gazetteer, hinted) or only(tuple(counties))


def _certain(found: tuple[Place, ...], gazetteer: Gazetteer, hinted: tuple[Place, ...]) -> Place | None:
    """The place that is meant: one that the letter names, else one in such a place, else the only one above counties.

    A county's abbreviation alone is not certain.
    """
    named = tuple(place for place in found if place in hinted)
    within = tuple(place for place in found if any(gazetteer.lies_in(place, hint) for hint in hinted))
    if named or within:
        return only(named or within)
    higher = tuple(place for place in found if place.level != "county")
    return higher[0] if len(higher) == 1 else None


def load(directory: Path, gazetteer: Gazetteer, bodies: Bodies, known: Iterable[Known]) -> Numbers:
    """The last words of `document_numbers.csv`, with the words of places, kinds of bodies and national bodies."""
    words = (row["word"] for row in rows(directory / "document_numbers.csv", COLUMNS, ("word",)))
    last = "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
    return Numbers(
        re.compile(f"(?:{last})*"),
        _by_word((word, bureau) for bureau in bodies.by_key.values() for word in bureau.number),
        _by_word((word, row) for row in known for word in row.number),
        _by_word((word, place) for place in gazetteer.by_code.values() for word in place.abbr),
    )


def _by_word(pairs: Iterable[tuple[str, Value]]) -> dict[str, tuple[Value, ...]]:
    """Values by word, in the order they come."""
    found: dict[str, list[Value]] = {}
    for word, value in pairs:
        found.setdefault(word, []).append(value)
    return {word: tuple(values) for word, values in found.items()}
