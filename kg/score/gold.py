"""Gold files: what a careful reader found in one letter (format: guidelines, section 6), read and checked.

A file that does not hold together is told in one line, with the place in it and the remedy; nothing is guessed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from kg.errors import InputError
from kg.model import Comparator
from kg.resources import letters_dir
from kg.score.scheme import STATUSES, Scheme
from kg.score.spelling import comparable
from kg.score.spot import Spot

_COMPARATORS = get_args(Comparator)
_OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity with all its names, the preferred one first."""

    kind: str
    names: tuple[str, ...]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Triple:
    """A relation; its ends are names of things, or the object a literal."""

    subject: str
    relation: str
    object: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure; `indicator` are words that all occur in what the graph calls it."""

    kind: str
    indicator: tuple[str, ...]
    value: float
    unit: str
    comparator: str
    period: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """What the letter says of a thing: done, ongoing or planned."""

    entity: str
    status: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Gold:
    """One gold file; `document` is the name of its letter's file."""

    file: Path
    document: str
    things: tuple[Thing, ...]
    triples: tuple[Triple, ...]
    figures: tuple[Figure, ...]
    states: tuple[State, ...]


def gold_files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The gold files that paths mean, each once: files as they are named, of a folder its `*.json` by name.

    Raises InputError for a path that is not there and for a folder without gold files.
    """
    found: dict[Path, None] = {}
    for path in paths:
        found |= dict.fromkeys(_folder(path) if path.is_dir() else [path])
    return tuple(found)


def _folder(folder: Path) -> list[Path]:
    files = sorted(path for path in folder.glob("*.json") if not path.name.startswith("."))
    if not files:
        raise InputError("no gold files in the folder", place=str(folder), remedy="put a NAME.json in it for a letter")
    return files


def letter_file(gold: Gold, folders: Sequence[Path] = ()) -> Path:
    """The file of a gold file's letter.

    It is looked for in `folders`, beside the gold file, in the folder `letters` there, and among the letters that
    travel with the program.  Raises InputError where it is in none of them.
    """
    beside = gold.file.parent
    for folder in (*folders, beside, beside / "letters", letters_dir()):
        if (folder / gold.document).is_file():
            return folder / gold.document
    looked = ", ".join(str(folder) for folder in (*folders, beside, beside / "letters"))
    raise InputError(
        f"the letter “{gold.document}” is not in {looked}",
        place=f"{gold.file}, document",
        remedy="put it there, or name its folder with --letters",
    )


def read_gold(path: Path, scheme: Scheme) -> Gold:
    """One gold file.  Raises InputError with the place of what does not hold together."""
    whole = Spot(path, "", _json(path)).only("document", "entities", "relations", "measures", "status")
    document = whole.member("document").text("the name of the letter's file")
    things = tuple(_thing(spot, scheme) for spot in whole.member("entities").items("entities"))
    known = {comparable(name) for thing in things for name in thing.names}
    return Gold(
        file=path,
        document=document,
        things=things,
        triples=tuple(_triple(spot, scheme, known) for spot in whole.member("relations").items("relations")),
        figures=tuple(_figure(spot, scheme) for spot in whole.member("measures").items("measures")),
        states=tuple(_state(spot, known) for spot in whole.member("status", []).items("statuses")),
    )


def _json(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise InputError("no such file or folder", place=str(path), remedy="check the name") from error
    except UnicodeDecodeError as error:
        raise InputError("not UTF-8 text", place=str(path), remedy="save it as UTF-8") from error
    except json.JSONDecodeError as error:
        place = f"{path}:{error.lineno}:{error.colno}"
        raise InputError(f"no valid JSON: {error.msg}", place=place, remedy="mend it there") from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, lists in lists without end
        raise InputError("no JSON that can be read", place=str(path), remedy="see the format of gold files") from error


def _thing(spot: Spot, scheme: Scheme) -> Thing:
    spot.only("kind", "names", _OPTIONAL)
    kind = spot.member("kind").choice(scheme.kinds, "a kind of thing")
    given = spot.member("names")
    names = [_name(name) for name in given.items("names")]
    if not names:
        raise given.fault("a thing without a name", "give its names, the preferred one first")
    return Thing(kind, tuple(names), _optional(spot))


def _name(spot: Spot) -> str:
    name = spot.text("a name")
    if not comparable(name):
        raise spot.fault(f"nothing of “{name}” is left when names are compared", "give the name without its marks")
    return name


def _triple(spot: Spot, scheme: Scheme, known: set[str]) -> Triple:
    parts = spot.items("subject, relation and object")
    if len(parts) not in (3, 4):
        raise spot.fault(f"a relation has {len(parts)} parts", 'write [subject, relation, object] or add "optional"')
    if len(parts) == 4 and parts[3].value != _OPTIONAL:
        raise parts[3].fault('only "optional" may stand here', "write it so, or leave it out")
    relation = parts[1].choice(scheme.relations, "a relation that is scored")
    value = _literal(parts[2]) if relation in scheme.literal else _known(parts[2], known)
    return Triple(_known(parts[0], known), relation, value, len(parts) == 4)


def _literal(spot: Spot) -> str:
    """A literal; a year may be written as a number."""
    return str(spot.value) if type(spot.value) is int else spot.text("a literal")


def _known(spot: Spot, known: set[str]) -> str:
    """The name of a thing of this file."""
    name = spot.text("a name")
    if comparable(name) not in known:
        raise spot.fault(f"“{name}” is no name in entities", "add it to the names of its entity, or mend it here")
    return name


def _figure(spot: Spot, scheme: Scheme) -> Figure:
    spot.only("kind", "indicator", "value", "unit", "comparator", "period", "scope", "beneficiary", _OPTIONAL)
    period = spot.member("period", None)
    return Figure(
        kind=spot.member("kind").choice(scheme.measures, "a kind of measure"),
        indicator=tuple(word.text("a word") for word in spot.member("indicator").items("words")),
        value=spot.member("value").number("the value"),
        unit=_unit(spot.member("unit")),
        comparator=spot.member("comparator", "=").choice(_COMPARATORS, "a comparator"),
        period="" if period.value is None else _literal(period),
        optional=_optional(spot),
    )


def _unit(spot: Spot) -> str:
    """A unit, which may be empty."""
    return "" if spot.value == "" else spot.text("a unit")


def _state(spot: Spot, known: set[str]) -> State:
    spot.only("entity", "status", _OPTIONAL)
    status = spot.member("status").choice(STATUSES, "a status")
    return State(_known(spot.member("entity"), known), status, _optional(spot))


def _optional(spot: Spot) -> bool:
    return spot.member(_OPTIONAL, False).flag()
