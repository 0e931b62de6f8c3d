"""A file of floors: the least F1 that each group, kind, relation, kind of measure or status may have.

It is TOML, with the tables `[groups]`, `[kinds]`, `[relations]`, `[measures]` and `[statuses]`, and in them lines like
`core = 0.97`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.score.scheme import SECTIONS, Scheme
from kg.score.spot import Spot
from kg.score.tally import Cell, Count, Score, counts, total

_GROUPS = "groups"


@dataclass(frozen=True, slots=True)
class Floor:
    """The least F1 of what a name in a table stands for."""

    table: str
    name: str
    least: float
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Below:
    """A figure that is below its floor."""

    floor: Floor
    count: Count

    def __str__(self) -> str:
        """In one line, with as many places as show the difference."""
        return f"{self.floor.table} {self.floor.name}: F1 {self.count.f1:.4f} is below the floor, {self.floor.least:g}"


def read_floors(path: Path, scheme: Scheme) -> tuple[Floor, ...]:
    """The floors of a file.  Raises InputError for one that is no such file, with the place and the remedy."""
    known = _known(scheme)
    floors = []
    for table, spot in Spot(path, "", _toml(path)).members():
        Spot(path, table, table).choice(known, "a table of floors")
        for name, value in spot.members():
            Spot(path, value.place, name).choice(known[table], f"a name in {table}")
            floors.append(Floor(table, name, _least(value), known[table][name]))
    if not floors:
        raise InputError("no floor in the file", place=str(path), remedy="write [groups] and a line like core = 0.9")
    return tuple(floors)


def below(scores: Sequence[Score], floors: Sequence[Floor]) -> Iterator[Below]:
    """The figures below their floors; where neither gold nor reading has anything, there is no figure."""
    counted = counts(scores)
    for floor in floors:
        count = total(counted, floor.cells)
        if (count.gold or count.found) and count.f1 < floor.least:
            yield Below(floor, count)


def _known(scheme: Scheme) -> Mapping[str, Mapping[str, tuple[Cell, ...]]]:
    """The tables with their names, and the cells that each stands for."""
    known = {_GROUPS: scheme.groups()}
    for plural, section in SECTIONS.items():
        known[plural] = {cell[1]: (cell,) for cell in scheme.cells(section)}
    return known


def _toml(path: Path) -> object:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise InputError("no such file", place=str(path), remedy="check the name") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"no valid TOML: {error}", place=str(path), remedy="mend it there") from error


def _least(spot: Spot) -> float:
    least = spot.number("the least F1")
    if not 0 <= least <= 1:
        raise spot.fault(f"{least:g} is no F1", "give a number from 0 to 1")
    return least
