"""What is known of a thing, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kg.evidence import Sentence, Thing, Wording


@dataclass(frozen=True, slots=True)
class Fact:
    """The other end of a fact, a thing or the text of a literal, and the sentences that say it.

    Without sentences it is not a letter but the registry of bodies and places that says it.
    """

    other: Thing | str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The facts of one relation in one direction."""

    relation: Wording
    backwards: bool
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure that has to do with the thing: `role` says how (about, beneficiary, scope).

    `value` is in units of `unit`, money in yuan; `period` is a year or `2023/2025`, else the letter's year.
    """

    kind: str
    role: str
    indicator: str
    value: Decimal
    unit: str
    comparator: str
    period: str
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Status:
    """A sentence that says that the thing is done, ongoing or planned."""

    status: str
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Promise:
    """What a letter announces of the thing, in the letter's words: `role` says how the thing has to do with it.

    `role` is concerns, responsible, jointly, or announces for a letter; `act` is finish, reach or pursue; `deadline` is
    empty where there is none; `who` are those whom the letter names for it, `beside` those with whom.
    """

    text: str
    role: str
    act: str
    deadline: str
    who: tuple[Thing, ...]
    beside: tuple[Thing, ...]
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Portrait:
    """All that is known of a thing; `mentions` are the sentences that name it.

    `year` is a document's; `words` has how each kind and status is called.
    """

    thing: Thing
    names: tuple[str, ...]
    year: int | None
    groups: tuple[Group, ...]
    figures: tuple[Figure, ...]
    statuses: tuple[Status, ...]
    promises: tuple[Promise, ...]
    mentions: tuple[Sentence, ...]
    words: Mapping[str, Wording]

    def letters(self) -> tuple[str, ...]:
        """The letters that name the thing, in order."""
        return tuple(dict.fromkeys(sentence.letter for sentence in self.mentions))
