"""A Reading -> rows or quads: its passages' graphs, the letter's graph (README, "How it is built").

A fact is a triple in the graph whose name is the passage that says it.  The letter's graph has what makes the letter
readable: its passages, its source, and the types and names of the entities in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import Quad, RdfFormat, parse

from kg.graph.table import Row
from kg.graph.written import chinese, decimal, integer, iri, kg, named, plain, typed
from kg.model import Answer, Entity, Fact, Literal, Measure, Passage, Promise, Reading, Ref, Request
from kg.ontology import Ontology
from kg.vocabulary import (
    DOCUMENT,
    MEASURE,
    PASSAGE,
    PROMISE,
    REQUEST,
    SAYS,
    SAYS_OF_A_WORK,
    WORK,
    entity_iri,
    measure_iri,
    passage_iri,
    promise_iri,
    request_iri,
)

_YEAR = re.compile(r"[0-9]{4}")
_YEAR_OF_DATE = re.compile(r"^([0-9]{4})(?![0-9])")
_YEAR_OF_NUMBER = re.compile(r"〔((?:19|20)[0-9]{2})〕")
# Where the year of a document is taken from: the first of these relations that it has.
_DATED_BY = ("issued", "documentNumber", "validFrom")


@dataclass(frozen=True, slots=True)
class _Scene:
    """One reading with the IRI of its letter, and that as a term, as are those of its passages and entities."""

    reading: Reading
    ontology: Ontology
    iri: str
    letter: str
    passages: tuple[str, ...]
    nodes: dict[Ref, str]
    years: dict[Ref, int]


def letter_quads(reading: Reading, ontology: Ontology, base: str) -> Iterator[Quad]:
    """The quads of one reading: each triple in its named graph, and in the default graph."""
    found = [(graph, f"{s} {p} {o}") for graph, rows in letter_rows(reading, ontology, base) for s, p, o in rows]
    text = "".join(f"{triple} {graph} .\n{triple} .\n" for graph, triple in found)
    return parse(text, format=RdfFormat.N_QUADS, lenient=True)


def letter_rows(reading: Reading, ontology: Ontology, base: str) -> Iterator[tuple[str, Iterable[Row]]]:
    """What one reading says: names of graphs with rows of theirs (kg.graph.written); a row may come twice."""
    return _graphs(_scene(reading, ontology, base))


def _scene(reading: Reading, ontology: Ontology, base: str) -> _Scene:
    letter, refs = entity_iri(base, reading.ref), _refs(reading)
    return _Scene(
        reading,
        ontology,
        letter,
        iri(letter),
        tuple(iri(passage_iri(letter, passage.span)) for passage in reading.letter.passages),
        {ref: iri(entity_iri(base, ref)) for ref in refs},
        _years(reading, ontology, refs),
    )


def _refs(reading: Reading) -> set[Ref]:
    """Everything that the reading speaks of."""
    found = {reading.ref} | {entity.ref for entity in reading.entities} | {ref for _, ref in reading.mentions}
    found |= {fact.subject for fact in reading.facts} | {f.object for f in reading.facts if isinstance(f.object, Ref)}
    found |= {ref for m in reading.measures for ref in (m.about, m.scope, m.beneficiary) if ref is not None}
    found |= {request.proposal for request in reading.requests if request.proposal is not None}
    return found | {status.entity for status in reading.statuses}


def _graphs(scene: _Scene) -> Iterator[tuple[str, Iterable[Row]]]:
    yield scene.letter, _source(scene)
    for passage in scene.reading.letter.passages:
        yield scene.letter, _passage(scene, passage)
    for entity in _entities(scene):
        yield scene.letter, _entity(scene, entity)
    for mention, ref in scene.reading.mentions:
        graph = scene.passages[mention.passage]
        yield graph, [(graph, kg("mentions"), scene.nodes[ref])]
    for fact in scene.reading.facts:
        yield scene.passages[fact.passage], _fact(scene, fact)
    for measure in scene.reading.measures:
        yield scene.passages[measure.passage], _measure(scene, measure)
    for status in scene.reading.statuses:
        graph = scene.passages[status.passage]
        said = SAYS_OF_A_WORK if status.entity.kind == WORK else SAYS
        yield graph, [(graph, kg(said[status.status]), scene.nodes[status.entity])]
    for request in scene.reading.requests:
        yield from _request(scene, request)
    for promise in scene.reading.promises:
        graph = scene.passages[promise.passage]
        yield graph, _promise(scene, promise, graph)


# --- The letter's graph


def _source(scene: _Scene) -> Iterator[Row]:
    document = scene.reading.letter.document
    yield scene.letter, kg("sourceFile"), plain(document.name)
    yield scene.letter, kg("sha256"), plain(document.sha256)


def _passage(scene: _Scene, passage: Passage) -> Iterator[Row]:
    node = scene.passages[passage.index]
    yield node, named("rdf:type"), kg(PASSAGE)
    yield node, kg("text"), chinese(passage.text)
    yield node, kg("start"), integer(passage.span.start)
    yield node, kg("end"), integer(passage.span.stop)
    yield node, kg("section"), plain(passage.section)
    if passage.heading:
        yield node, kg("heading"), plain(passage.heading)
    yield node, kg("inDocument"), scene.letter


def _entities(scene: _Scene) -> Iterator[Entity]:
    """The entities of the reading; what it speaks of and does not list is named by its key."""
    listed = {entity.ref for entity in scene.reading.entities}
    yield from scene.reading.entities
    yield from (Entity(ref, ref.key) for ref in sorted(scene.nodes.keys() - listed))


def _entity(scene: _Scene, entity: Entity) -> Iterator[Row]:
    node = scene.nodes[entity.ref]
    for name in _classes(entity.ref.kind, scene.ontology):
        yield node, named("rdf:type"), name
    yield node, named("skos:prefLabel"), chinese(entity.name)
    for name in sorted({*entity.names} - {entity.name, ""}):
        yield node, named("skos:altLabel"), chinese(name)
    if entity.ref in scene.years:
        yield node, kg("year"), integer(scene.years[entity.ref])


@lru_cache(maxsize=256)
def _classes(kind: str, ontology: Ontology, above: str = "") -> tuple[str, ...]:
    """The class of a kind and those above it, or at least the one that is given."""
    names = ontology.above(kind) or (above,)
    return tuple(kg(name) for name in (kind, *names) if name)


# --- The graph of a passage


def _fact(scene: _Scene, fact: Fact) -> Iterator[Row]:
    relation = named(scene.ontology.relations[fact.relation].iri)
    value = fact.object
    term = typed(value.value, value.datatype) if isinstance(value, Literal) else scene.nodes[value]
    yield scene.nodes[fact.subject], relation, term
    yield from _read_with(scene, fact.passage, fact.read_with)


def _read_with(scene: _Scene, passage: int, others: Iterable[int]) -> Iterator[Row]:
    for other in others:
        if other != passage:
            yield scene.passages[passage], kg("readWith"), scene.passages[other]


def _measure(scene: _Scene, measure: Measure) -> Iterator[Row]:
    node = _figure(scene, measure)
    yield scene.passages[measure.passage], kg("states"), node
    for name in _classes(measure.kind, scene.ontology, MEASURE):
        yield node, named("rdf:type"), name
    yield node, kg("indicator"), plain(measure.indicator)
    yield node, kg("value"), decimal(measure.value)
    if measure.unit:
        yield node, kg("unit"), plain(measure.unit)
    if measure.condition:
        yield node, kg("condition"), plain(measure.condition)
    yield node, kg("comparator"), plain(measure.comparator)
    yield node, kg("counting"), kg(measure.counting)
    for name, ref in (("about", measure.about), ("scope", measure.scope), ("beneficiary", measure.beneficiary)):
        if ref is not None:
            yield node, kg(name), scene.nodes[ref]
    yield from _period(scene, node, measure.period)
    yield from _read_with(scene, measure.passage, measure.read_with)


def _figure(scene: _Scene, measure: Measure) -> str:
    passage = scene.reading.letter.passages[measure.passage]
    place = passage.source(measure.start, measure.stop)
    return iri(measure_iri(scene.iri, place, measure.number, passage.span))


def _period(scene: _Scene, node: str, period: str) -> Iterator[Row]:
    """The period of a figure with its first and last year; without one the letter's year."""
    years = _YEAR.findall(period)
    if period:
        yield node, kg("period"), plain(period)
    if years:
        yield node, kg("fromYear"), integer(int(years[0]))
        yield node, kg("toYear"), integer(int(years[-1]))
    elif scene.reading.ref in scene.years:
        yield node, kg("asOf"), typed(f"{scene.years[scene.reading.ref]:04d}", "gYear")


# --- Requests: a thing of its own at the place that repeats it, and what answers it where that stands


def _request(scene: _Scene, request: Request) -> Iterator[tuple[str, Iterable[Row]]]:
    passage = scene.reading.letter.passages[request.passage]
    node = iri(request_iri(scene.iri, passage.source(request.start, request.stop), passage.span))
    for index in (request.passage, *request.also):
        yield scene.passages[index], _repeated(scene, request, node, scene.passages[index])
    for answer in request.answers:
        graph = scene.passages[answer.passage]
        yield graph, _answered(answer, graph, node)


def _repeated(scene: _Scene, request: Request, node: str, passage: str) -> Iterator[Row]:
    yield passage, kg("repeats"), node
    yield node, named("rdf:type"), kg(REQUEST)
    yield node, named("skos:prefLabel"), chinese(request.text)
    if request.proposal is not None:
        yield scene.nodes[request.proposal], kg("asks"), node


def _answered(answer: Answer, passage: str, node: str) -> Iterator[Row]:
    yield passage, kg("answers"), node
    for status in answer.statuses:
        yield passage, kg(f"answers{status.capitalize()}"), node


# --- Promises: a thing of its own at the place of the clause


def _promise(scene: _Scene, promise: Promise, passage: str) -> Iterator[Row]:
    place = scene.reading.letter.passages[promise.passage].source(promise.start, promise.stop)
    node = iri(promise_iri(scene.iri, place))
    yield passage, kg("announces"), node
    yield node, named("rdf:type"), kg(PROMISE)
    yield node, kg("words"), chinese(promise.text)
    yield node, kg("act"), plain(promise.act)
    if promise.until is not None:
        yield node, kg("deadline"), typed(promise.until.value, promise.until.datatype)
    for name, refs in (("concerns", promise.things), ("responsible", promise.who), ("jointly", promise.beside)):
        for ref in refs:
            yield node, kg(name), scene.nodes[ref]
    for number in promise.figures:
        yield node, kg("gives"), _figure(scene, scene.reading.measures[number])


# --- Years of documents


def _years(reading: Reading, ontology: Ontology, refs: Iterable[Ref]) -> dict[Ref, int]:
    """The year of each document: of its date, else of its number, else of the first year in which it holds."""
    documents = {ref for ref in refs if ontology.covers((DOCUMENT,), ref.kind)}
    found: dict[Ref, int] = {}
    for relation in _DATED_BY:
        for ref, year in sorted(_dated(reading, relation)):
            if ref in documents:
                found.setdefault(ref, year)
    for ref in documents:
        if ref not in found and (number := _YEAR_OF_NUMBER.search(ref.key)):
            found[ref] = int(number[1])
    return found


def _dated(reading: Reading, relation: str) -> Iterator[tuple[Ref, int]]:
    form = _YEAR_OF_NUMBER if relation == "documentNumber" else _YEAR_OF_DATE
    for fact in reading.facts:
        if fact.relation == relation and isinstance(fact.object, Literal) and (year := form.search(fact.object.value)):
            yield fact.subject, int(year[1])
