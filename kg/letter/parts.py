"""The parts of a letter: what the rules of ontology/letter.toml find in the zones that they name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.errors import OntologyError
from kg.letter.rules import PartRule
from kg.letter.values import READERS, Context, Reader, Slice, Value
from kg.model import Part

LONGEST = 2000
"""No part is looked for in a passage of the form that is longer than this."""


def found(rule: PartRule, text: str, context: Context) -> list[Value]:
    """The values (start, stop, value) of one role in a reading text; where patterns overlap the first wins."""
    if len(text) > LONGEST:
        return []
    reader = _reader(rule)
    taken: list[Value] = []
    for pattern in rule.patterns:
        for match in pattern.finditer(text):
            part = Slice(text, *match.span("value" if "value" in pattern.groupindex else 0), context)
            taken.extend(value for value in reader(part) if not _overlaps(value, taken))
    return sorted(taken)


def _reader(rule: PartRule) -> Reader:
    if rule.read not in READERS:
        raise OntologyError(
            f"part {rule.role}: unknown reader {rule.read}", remedy=f"use one of {', '.join(sorted(READERS))}"
        )
    return READERS[rule.read]


def _overlaps(value: Value, taken: Sequence[Value]) -> bool:
    return any(value[0] < stop and start < value[1] for start, stop, _ in taken)


def parts(zone: str, index: int, text: str, context: Context) -> Iterator[Part]:
    """The parts in passage number `index` of a zone, by the order of the rules."""
    for rule in context.rules.parts:
        if zone in rule.zones:
            for start, stop, value in found(rule, text, context):
                yield Part(rule.role, index, start, stop, value)
