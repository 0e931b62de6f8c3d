"""A name, a fact, a figure in words, the same in a terminal and on the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.model import Fact, Literal, Measure, Ref

Names = Mapping[Ref, str]


def name(end: Ref | Literal, names: Names) -> str:
    """The preferred name of an entity, or a literal's value in quotation marks."""
    return f'"{end.value}"' if isinstance(end, Literal) else names.get(end, end.key)


def fact(said: Fact, names: Names, relation: str = "") -> str:
    """Subject, relation (by default its name), object.

    >>> fact(Fact(Ref("Policy", "甲"), "version", Literal("2.0"), 0), {})
    '甲 —version→ "2.0"'
    """
    return f"{name(said.subject, names)} —{relation or said.relation}→ {name(said.object, names)}"


def figure(measure: Measure, names: Names) -> str:
    """What is counted, how much it is, when, how it is counted, and the entities it is about."""
    value = f"{measure.value:f}"
    head = f"{measure.indicator} {measure.comparator} {value} {measure.unit}".rstrip()
    return ", ".join([head, *_details(measure, names)])


def _details(measure: Measure, names: Names) -> Iterator[str]:
    if measure.period:
        yield measure.period
    yield measure.counting
    for word, end in (("about", measure.about), ("scope", measure.scope), ("beneficiary", measure.beneficiary)):
        if end is not None:
            yield f"{word} {name(end, names)}"


def needs(read_with: tuple[int, ...]) -> str:
    """The other passages that something is read with, in words; empty for none.

    >>> needs((3, 4))
    'read with #3, #4'
    """
    return f"read with {', '.join(f'#{number}' for number in read_with)}" if read_with else ""
