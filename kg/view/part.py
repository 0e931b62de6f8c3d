"""A part of a graph for a page of its own: some letters, some kinds, the surroundings of one thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import networkx as nx

from kg.errors import UsageError
from kg.view.choose import LIMIT, join
from kg.view.gather import Asked, Content, Figure, Statement

STEPS = 2


@dataclass(frozen=True, slots=True)
class Part:
    """What a page shows: all, unless something is asked for.

    `focus` is the IRI, less the base, of a thing that is shown with what lies within `steps` facts of it; `letters`
    are the IRIs, less the base, of the letters read; `kinds` the kinds of things.  They narrow each other down.  At
    most `limit` things are drawn when the page opens; the others of the part wait in it.
    """

    focus: str = ""
    steps: int = STEPS
    kinds: frozenset[str] = frozenset()
    letters: frozenset[str] = frozenset()
    limit: int = LIMIT

    def whole(self) -> bool:
        """Whether it is all of the graph."""
        return not (self.focus or self.kinds or self.letters)


WHOLE = Part()


def part_of(content: Content, part: Part) -> Content:
    """What a part holds of a graph's content, numbered anew.

    A letter that is asked for is there with all its sentences; of others those that speak of the part's things,
    with the rest of their paragraphs.  Raises UsageError where the focus is not in the part.
    """
    if part.whole():
        return content
    documents = {n for n in content.documents() if not part.letters or content.things[n].iri in part.letters}
    allowed = {n for n, sentence in enumerate(content.sentences) if sentence.document in documents}
    things = {n for n in _named(content, allowed) if not part.kinds or content.things[n].kind in part.kinds}
    if part.focus:
        things = _around(content, part, things, allowed)
    said = _evidence(content, things, allowed) if part.focus or part.kinds else allowed
    return _restricted(content, things | {content.sentences[n].document for n in said}, said)


def _named(content: Content, allowed: set[int]) -> Iterator[int]:
    """The things that some sentences speak of, and their documents."""
    yield from {content.sentences[n].document for n in allowed}
    for number, found in enumerate(content.mentions):
        if not allowed.isdisjoint(found):
            yield number
    for statement in content.statements:
        if not allowed.isdisjoint(statement.sentences):
            yield from (end for end in (statement.subject, statement.object) if isinstance(end, int))


def _around(content: Content, part: Part, things: set[int], allowed: set[int]) -> set[int]:
    """The focus and what lies within some steps of it; a thing without facts has the letters that name it."""
    centre = next((n for n, thing in enumerate(content.things) if thing.iri == part.focus), None)
    if centre is None or not allowed.intersection(_spoken(content, centre)):
        raise UsageError(
            f"“{part.focus}” is not in this part of the graph", remedy="leave out --letter, or name others"
        )
    graph = join(content, {centre} | things, allowed)
    near = set(nx.single_source_shortest_path_length(graph, centre, part.steps))
    return near if len(near) > 1 else {centre} | {content.sentences[n].document for n in content.mentions[centre]}


def _spoken(content: Content, thing: int) -> Iterator[int]:
    """The sentences that name a thing or say something of it; for a document also its own."""
    yield from content.mentions[thing]
    yield from (n for n, sentence in enumerate(content.sentences) if sentence.document == thing)
    for statement in content.statements:
        if thing in (statement.subject, statement.object):
            yield from statement.sentences


def _evidence(content: Content, things: set[int], allowed: set[int]) -> set[int]:
    """The sentences that speak of some things, what is to be read with them, and the rest of their paragraphs."""
    said = {n for thing in things for n in content.mentions[thing]}
    said.update(n for statement in content.statements if _within(statement, things) for n in statement.sentences)
    said.update(figure.sentence for figure in content.figures if _of(figure) & things)
    said.update([other for n in said for other in content.sentences[n].read_with])
    paragraphs = {content.sentences[n].paragraph for n in said & allowed}
    return {n for n in allowed if content.sentences[n].paragraph in paragraphs}


def _within(statement: Statement, things: set[int]) -> bool:
    return statement.subject in things and (not isinstance(statement.object, int) or statement.object in things)


def _of(figure: Figure) -> set[int]:
    return {figure.about, figure.scope, figure.beneficiary} - {-1}


def _restricted(content: Content, things: set[int], sentences: set[int]) -> Content:
    """The content of some things and sentences, in the same order with new numbers."""
    kept, said = sorted(things), sorted(sentences)
    thing = {old: new for new, old in enumerate(kept)}
    sentence = {old: new for new, old in enumerate(said)}
    return Content(
        things=tuple(content.things[n] for n in kept),
        sentences=tuple(
            replace(
                content.sentences[n],
                document=thing[content.sentences[n].document],
                read_with=_renumbered(content.sentences[n].read_with, sentence),
            )
            for n in said
        ),
        statements=tuple(_statements(content, thing, sentence)),
        figures=tuple(_figures(content, thing, sentence)),
        standings=tuple(
            replace(standing, thing=thing[standing.thing], sentences=found)
            for standing in content.standings
            if standing.thing in thing and (found := _renumbered(standing.sentences, sentence))
        ),
        mentions=tuple(_renumbered(content.mentions[n], sentence) for n in kept),
        years=tuple(content.years[n] for n in kept),
        citations={thing[n]: cited for n, cited in content.citations.items() if n in thing},
        seats={thing[n]: seat for n, seat in content.seats.items() if n in thing},
        files={thing[n]: name for n, name in content.files.items() if n in thing},
        requests=tuple(_requests(content, thing, sentence)),
    )


def _renumbered(numbers: tuple[int, ...], new: Mapping[int, int]) -> tuple[int, ...]:
    return tuple(new[n] for n in numbers if n in new)


def _statements(content: Content, thing: Mapping[int, int], sentence: Mapping[int, int]) -> Iterator[Statement]:
    kept = set(thing)
    for statement in content.statements:
        said = _renumbered(statement.sentences, sentence)
        if said and _within(statement, kept):
            other = thing[statement.object] if isinstance(statement.object, int) else statement.object
            yield replace(statement, subject=thing[statement.subject], object=other, sentences=said)


def _figures(content: Content, thing: Mapping[int, int], sentence: Mapping[int, int]) -> Iterator[Figure]:
    for figure in content.figures:
        if figure.sentence in sentence:
            yield replace(
                figure,
                about=thing.get(figure.about, -1),
                scope=thing.get(figure.scope, -1),
                beneficiary=thing.get(figure.beneficiary, -1),
                sentence=sentence[figure.sentence],
            )


def _requests(content: Content, thing: Mapping[int, int], sentence: Mapping[int, int]) -> Iterator[Asked]:
    """The requests of the documents that are there, with what is there of the sentences that repeat or answer them.

    One that is answered elsewhere only is left out: it is not without an answer.
    """
    for asked in content.requests:
        said = _renumbered(asked.sentences, sentence)
        answers = tuple((sentence[n], found) for n, found in asked.answers if n in sentence)
        if asked.document in thing and said and (answers or not asked.answers):
            proposal = thing.get(asked.proposal, -1)
            yield replace(asked, document=thing[asked.document], proposal=proposal, sentences=said, answers=answers)
