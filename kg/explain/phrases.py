"""A name, a fact, a figure in words, the same in a terminal and on the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.model import Answer, Fact, Literal, Measure, Promise, Ref, Request

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
    if measure.condition:
        yield f"condition {measure.condition}"


def answered(request: Request) -> str:
    """The passages that answer a request, with what they say became of it.

    >>> answered(Request("增设站点", 3, 0, 4, answers=(Answer(5, ("done", "planned")), Answer(6))))
    'answered by #5 done, planned; #6'
    """
    return f"answered by {'; '.join(map(_answer, request.answers))}" if request.answers else "no certain answer"


def _answer(answer: Answer) -> str:
    return f"#{answer.passage} {', '.join(answer.statuses)}".rstrip()


def answering(request: Request, answer: Answer) -> str:
    """A request as a passage answers it: what the passage says became of it, where it is repeated.

    >>> answering(Request("增设站点", 3, 0, 4), Answer(5, ("done",), "headline"))
    '增设站点 (#3) done'
    """
    return f"{request.text} (#{request.passage}) {', '.join(answer.statuses)}".rstrip()


REASONS = {
    "heading": "under the heading that repeats it",
    "sentence": "in its own sentence",
    "paragraph": "in the paragraph that it opens",
    "list": "in the list that it announces",
    "number": "under the heading with its number",
    "words": "by its words",
    "headline": "by the words of the headline",
    "order": "by its place in the order",
    "whole": "as it answers the whole proposal",
}
"""Why a passage answers a request, in words."""


def promise(made: Promise, names: Names) -> str:
    """The words of a promise, what sort of act it is, what it concerns, who does it with whom, by when.

    >>> promise(Promise("建成甲", 0, 0, 3, "finish", Literal("2025", "gYear"), (Ref("Platform", "甲"),)), {})
    '建成甲: finish, concerns 甲, by 2025'
    """
    words = (("concerns", made.things), ("responsible", made.who), ("with", made.beside))
    told = [f"{word} {'、'.join(name(ref, names) for ref in refs)}" for word, refs in words if refs]
    return f"{made.text}: {', '.join([made.act, *told, *([f'by {made.until.value}'] if made.until else [])])}"


def needs(read_with: tuple[int, ...]) -> str:
    """The other passages that something is read with, in words; empty for none.

    >>> needs((3, 4))
    'read with #3, #4'
    """
    return f"read with {', '.join(f'#{number}' for number in read_with)}" if read_with else ""
