"""A reading -> its passages, each with the parts, names, facts, figures, statuses and promises in it, and what was not.

Places are told twice: in the reading text of the passage, where they are marked, and in the source.  Those of the
source count the characters (code points) of the decoded file from 0, without a byte order mark, a line end of two
characters as one; they are half-open, as in the IRIs of the graph.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from kg.model import (
    Answer,
    Dropped,
    Entity,
    Fact,
    Letter,
    Measure,
    Mention,
    Part,
    Passage,
    Promise,
    Reading,
    Ref,
    Request,
    Span,
    Status,
)

Found = TypeVar("Found", Part, Fact, Measure, Status, Dropped, Promise)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A passage with all that was found in it, in the order of the text; `mentions` are paired with their entities.

    `requests` are those that it repeats, with their places in it (none where its words are not those of the request);
    `answers` those that it answers.
    """

    passage: Passage
    parts: tuple[Part, ...]
    mentions: tuple[tuple[Mention, Ref], ...]
    facts: tuple[Fact, ...]
    measures: tuple[Measure, ...]
    statuses: tuple[Status, ...]
    dropped: tuple[Dropped, ...]
    requests: tuple[tuple[Request, int, int], ...] = ()
    answers: tuple[tuple[Request, Answer], ...] = ()
    promises: tuple[Promise, ...] = ()

    def source(self, start: int, stop: int) -> Span:
        """The place in the source of `text[start:stop]`; where nothing is printed, an empty span."""
        if start < stop:
            return self.passage.source(start, stop)
        last = len(self.passage.text) - 1
        at = self.passage.offset(min(start, last)) if last >= 0 else self.passage.span.start
        return Span(at, at)

    def rules(self) -> Iterator[str]:
        """The ids of all rules that found something here, or dropped it."""
        yield from (mention.rule for mention, _ in self.mentions)
        found: tuple[Fact | Measure | Status | Dropped | Promise, ...] = (
            *self.facts,
            *self.measures,
            *self.statuses,
            *self.promises,
            *self.dropped,
        )
        yield from (one.rule for one in found if one.rule)
        yield from (request.rule for request, _, _ in self.requests)

    def refs(self) -> Iterator[Ref]:
        """The entities that are spoken of here, as often as they are."""
        yield from (ref for _, ref in self.mentions)
        for fact in self.facts:
            yield from (end for end in (fact.subject, fact.object) if isinstance(end, Ref))
        for measure in self.measures:
            yield from (end for end in (measure.about, measure.scope, measure.beneficiary) if end is not None)
        yield from (status.entity for status in self.statuses)
        asked = [request for request, _, _ in self.requests] + [request for request, _ in self.answers]
        yield from (request.proposal for request in asked if request.proposal is not None)
        for promise in self.promises:
            yield from (*promise.things, *promise.who, *promise.beside)


@dataclass(frozen=True, slots=True)
class Explanation:
    """A letter explained: the sentences shown (all, or those looked for), and the entities spoken of in them."""

    letter: Letter
    ref: Ref
    entities: tuple[Entity, ...]
    sentences: tuple[Sentence, ...]

    def names(self) -> dict[Ref, str]:
        """The preferred name of each entity."""
        return {entity.ref: entity.name for entity in self.entities}


def gather(reading: Reading) -> Explanation:
    """All that a reading says, by passage."""
    parts, facts = _by_passage(reading.letter.parts), _by_passage(reading.facts)
    measures, statuses = _by_passage(reading.measures), _by_passage(reading.statuses)
    promises = _by_passage(reading.promises)
    dropped = _by_passage(sorted(reading.dropped, key=lambda one: (one.start, one.stop, one.what)))
    mentions: defaultdict[int, list[tuple[Mention, Ref]]] = defaultdict(list)
    for mention, ref in reading.mentions:
        mentions[mention.passage].append((mention, ref))
    requests, answers = _repeated(reading), _answered(reading)
    sentences = (
        Sentence(
            passage,
            tuple(parts[passage.index]),
            tuple(mentions[passage.index]),
            tuple(facts[passage.index]),
            tuple(measures[passage.index]),
            tuple(statuses[passage.index]),
            tuple(dropped[passage.index]),
            tuple(requests[passage.index]),
            tuple(answers[passage.index]),
            tuple(promises[passage.index]),
        )
        for passage in reading.letter.passages
    )
    return Explanation(reading.letter, reading.ref, reading.entities, tuple(sentences))


def _repeated(reading: Reading) -> defaultdict[int, list[tuple[Request, int, int]]]:
    """The requests that each passage repeats; beside the first place of one it is looked for in its words."""
    found: defaultdict[int, list[tuple[Request, int, int]]] = defaultdict(list)
    for request in reading.requests:
        found[request.passage].append((request, request.start, request.stop))
        for index in request.also:
            start = max(0, place := reading.letter.passages[index].text.find(request.text))
            found[index].append((request, start, start + len(request.text) if place >= 0 else start))
    return found


def _answered(reading: Reading) -> defaultdict[int, list[tuple[Request, Answer]]]:
    found: defaultdict[int, list[tuple[Request, Answer]]] = defaultdict(list)
    for request in reading.requests:
        for answer in request.answers:
            found[answer.passage].append((request, answer))
    return found


def _by_passage(found: Iterable[Found]) -> defaultdict[int, list[Found]]:
    by: defaultdict[int, list[Found]] = defaultdict(list)
    for one in found:
        by[one.passage].append(one)
    return by
