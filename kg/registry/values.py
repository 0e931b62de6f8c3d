"""The values of the registry: places, kinds of bodies, known names, and what is found of them in a text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.model import quick


@dataclass(frozen=True, slots=True)
class Place:
    """An administrative division: `level` is province, prefecture or county.

    `short` is the name without its generic word (温州, 延边); for names that have no short form it is the name.
    `parent` is the code of the place above, empty for a province.  `abbr` are the short words that stand for the
    place in document numbers, `rank` tells municipalities and cities of sub-provincial rank.
    """

    code: str
    name: str
    short: str
    level: str
    parent: str
    rank: str = ""
    abbr: tuple[str, ...] = ()


@quick
@dataclass(frozen=True, slots=True)
class Hit:
    """A known name at `text[start:stop]`.

    `name` is its canonical form, `names` that and the other usual forms, `row` the key of the registry's row, empty
    where several rows have the name.  `place` is the code of a place that stands inside the name (民建漳州市委会).
    """

    start: int
    stop: int
    kind: str
    name: str
    names: tuple[str, ...]
    row: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Bureau:
    """A kind of body of party, government, congress, court or people's organisation, at any place.

    A name is a function word and a head (科学技术 + 局).  `{}` in a word marks where the place stands when it does
    not come first (共青团{}委员会).  `heads` tells the head by level, rank or code of place, `*` for all others; the head
    `-` is empty.  `number` are the words that stand for the body in document numbers.
    """

    key: str
    kind: str
    full: tuple[str, ...]
    short: tuple[str, ...]
    forms: tuple[str, ...]
    heads: Mapping[str, tuple[str, ...]]
    number: tuple[str, ...]
    after: str
    before: str
    valid_from: str
    valid_until: str
    succeeded_by: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Known:
    """A national or generic name: a body, group, industry, platform, programme, policy or region."""

    name: str
    kind: str
    names: tuple[str, ...]
    number: tuple[str, ...]
    valid_from: str
    valid_until: str
    succeeded_by: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Alias:
    """A former name of what is now `name`: a pure renaming, good until `valid_until` (a year or date)."""

    former: str
    name: str
    valid_until: str
    source: str
