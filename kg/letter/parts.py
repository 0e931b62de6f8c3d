"""The parts of a letter: what the rules of ontology/letter.toml find in the zones that they name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.errors import OntologyError
from kg.letter.rules import PartRule
from kg.letter.values import READERS, Context, Reader, Slice, Value
from kg.model import Part

LONGEST = 2000
"""No part is looked for in a passage of the form that is longer than this."""


def found(rule: PartRule, text: str, context: Context, held: int = -1) -> list[Value]:
    """The values (start, stop, value) of one role in a reading text; where patterns overlap the first wins.

    `held` is what `Rules.gate` finds in the text, -1 where it was not scanned.
    """
    if len(text) > LONGEST:
        return []
    tried = zip(rule.patterns, rule.needs, rule.finders, strict=True)
    likely = [(pattern, find) for pattern, need, find in tried if held & need == need]
    if not likely:
        return []
    reader = _reader(rule)
    taken: list[Value] = []
    for pattern, find in likely:
        for match in find(text):
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


def parts(zone: str, index: int, text: str, context: Context, held: int = -1) -> Iterator[Part]:
    """The parts in passage number `index` of a zone, by the order of the rules."""
    for rule in context.rules.likely(zone, held):
        for start, stop, value in found(rule, text, context, held):
            yield Part(rule.role, index, start, stop, value)
