"""report.json: what was read, what was found, and what was recognised but not admitted, with its place and the reason.

Sorted, without a clock and without the paths of the machine, so that the same input gives the same bytes.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from kg.model import Dropped, Join, Letter, Reading, Ref
from kg.store import Build
from kg.vocabulary import entity_iri

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, order=True)
class Skipped:
    """A file that was not read, and why."""

    source: str
    reason: str


def report(readings: Sequence[Reading], skipped: Iterable[Skipped], build: Build, *, masked: bool) -> str:
    """The text of report.json."""
    letters = [_letter(reading, build.base) for reading in sorted(readings, key=_order)]
    content = {
        "build": build.hash,
        "program": build.program,
        "ontology": build.ontology,
        "base": build.base,
        "personal_numbers": "masked" if masked else "kept",
        "total": _total(letters),
        "dropped_because": reasons(readings),
        "letters": letters,
        "skipped": [{"source": file.source, "reason": file.reason} for file in sorted(skipped)],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def reasons(readings: Iterable[Reading]) -> dict[str, dict[str, int]]:
    """How much was seen and not admitted, by what it looked like and by reason, the most frequent first."""
    count = Counter((drop.what, drop.reason) for reading in readings for drop in reading.dropped)
    found: dict[str, dict[str, int]] = {}
    for (what, reason), number in sorted(count.items(), key=lambda one: (one[0][0], -one[1], one[0][1])):
        found.setdefault(what, {})[reason] = number
    return found


def _order(reading: Reading) -> tuple[str, str]:
    return reading.letter.document.name, reading.letter.document.sha256


def _letter(reading: Reading, base: str) -> Json:
    letter = reading.letter
    return {
        "source": letter.document.name,
        "sha256": letter.document.sha256,
        "iri": entity_iri(base, reading.ref),
        "form": letter.form,
        "number": letter.first("number"),
        "parts": {role: len(letter.all(role)) for role in sorted({part.role for part in letter.parts})},
        "found": {
            "passages": len(letter.passages),
            "furniture": len(letter.furniture),
            "entities": len(reading.entities),
            "mentions": len(reading.mentions),
            "facts": len(reading.facts),
            "measures": len(reading.measures),
            "statuses": len(reading.statuses),
            "dropped": len(reading.dropped),
        },
        "joined": [_joined(join, letter, base) for join in sorted(reading.joins, key=_joins)],
        "dropped": [_dropped(drop, letter) for drop in sorted(reading.dropped, key=_place)],
    }


def _joins(join: Join) -> tuple[Ref, int, str, str]:
    return join.ref, join.passage, join.name, join.reason


def _joined(join: Join, letter: Letter, base: str) -> Json:
    """A name that was taken for a thing that goes by another one, with the passage in code points of the source."""
    place = letter.passages[join.passage].span
    return {
        "iri": entity_iri(base, join.ref),
        "name": join.name,
        "reason": join.reason,
        "other": join.other,
        "start": place.start,
        "end": place.stop,
    }


def _place(drop: Dropped) -> tuple[int, int, int, str, str]:
    return drop.passage, drop.start, drop.stop, drop.what, drop.reason


def _dropped(drop: Dropped, letter: Letter) -> Json:
    """What was dropped, with its place in code points of the source."""
    place = letter.passages[drop.passage].source(drop.start, drop.stop)
    return {"start": place.start, "end": place.stop, "text": drop.surface, "what": drop.what, "reason": drop.reason}


def _total(letters: Sequence[Json]) -> Json:
    """The sums over all letters."""
    names = list(letters[0]["found"]) if letters else []
    return {"documents": len(letters), **{name: sum(letter["found"][name] for letter in letters) for name in names}}
