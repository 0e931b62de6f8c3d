"""What a reading says, in the terms in which it is compared with gold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.model import Entity, Fact, Measure, Reading, Ref, Status
from kg.score.scheme import OF_THE_FORM, STATED, Scheme
from kg.score.spelling import comparable

_LONGEST_INDICATOR = 24


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity that a passage names: its names in comparison form, and the number of the first such passage."""

    ref: Ref
    label: str
    names: frozenset[str]
    passage: int | None


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure; `text` is where the words of the gold's indicator are looked for, in comparison form."""

    measure: Measure
    text: str
    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class Found:
    """All that is compared of one reading; `labels` are the preferred names of its entities."""

    reading: Reading
    labels: Mapping[Ref, str]
    things: tuple[Thing, ...]
    facts: tuple[Fact, ...]
    figures: tuple[Figure, ...]
    states: tuple[Status, ...]

    def label(self, ref: Ref) -> str:
        """The name of an entity."""
        return self.labels.get(ref, ref.key)

    def text(self, passage: int | None) -> str:
        """The reading text of a passage, empty for none."""
        return "" if passage is None else self.reading.letter.passages[passage].text


def found(reading: Reading, scheme: Scheme) -> Found:
    """What of a reading is compared."""
    entities = {entity.ref: entity for entity in reading.entities}
    return Found(
        reading=reading,
        labels={ref: entity.name for ref, entity in entities.items()},
        things=tuple(_things(reading, scheme)),
        facts=tuple(fact for fact in reading.facts if fact.relation in scheme.relations),
        figures=tuple(_figure(measure, entities) for measure in _in_order(reading)),
        states=tuple(status for status in reading.statuses if status.entity.kind in STATED),
    )


def _things(reading: Reading, scheme: Scheme) -> Iterator[Thing]:
    """The entities that some passage names, and what the form of the letter gives, in the order of their keys."""
    first: dict[Ref, int] = {}
    for mention, ref in reading.mentions:
        first[ref] = min(mention.passage, first.get(ref, mention.passage))
    for entity in sorted(reading.entities, key=lambda each: each.ref):
        kind = entity.ref.kind
        if kind in scheme.kinds and (entity.ref in first or kind in OF_THE_FORM):
            names = frozenset(map(comparable, (entity.name, *entity.names)))
            yield Thing(entity.ref, entity.name, names, first.get(entity.ref))


def _figure(measure: Measure, entities: Mapping[Ref, Entity]) -> Figure:
    """A measure; an indicator that is too long counts as none, and the names of what it is about help it."""
    text = comparable(measure.indicator)
    if len(text) > _LONGEST_INDICATOR:
        text = ""
    if measure.about is not None and (about := entities.get(measure.about)):
        text += "".join(map(comparable, (about.name, *about.names)))
    return Figure(measure, text, float(measure.value), comparable(measure.unit))


def _in_order(reading: Reading) -> list[Measure]:
    """The measures in the order of their places in the source."""
    passages = reading.letter.passages
    return sorted(reading.measures, key=lambda m: (passages[m.passage].source(m.start, m.stop), m.number))
