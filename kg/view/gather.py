"""The store's quads -> what the page knows: things, sentences, statements, figures and standings.

The layout of the store is told in the README, "How it is built": a fact stands in the named graph of the passage that
says it, names and types in the default graph.  Everything is numbered in an order that depends on the content alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Store

from kg import vocabulary
from kg.collecting import put_off
from kg.errors import StoreError
from kg.ontology import Kind, Ontology
from kg.view.columns import Term, in_graphs, instances, kg_term, merged, pairs, text_of, words

_STRING = vocabulary.XSD + "string"
STATUSES = ("Done", "Ongoing", "Planned")
OUTCOMES = (*STATUSES, "Declined")
"""What may become of a request, as the page numbers it."""


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity: kind, preferred name, other names, IRI less the base."""

    kind: str
    name: str
    names: tuple[str, ...]
    iri: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A passage: the number of its document among the things, its place, its words, what it is read with.

    Sentences of one document with the same `paragraph` stand in one paragraph.
    """

    document: int
    start: int
    end: int
    section: str
    heading: str
    text: str
    read_with: tuple[int, ...]
    paragraph: int


@dataclass(frozen=True, slots=True)
class Statement:
    """A fact once, with all sentences that say it.

    `object` is the number of a thing, or a literal's text; `datatype` is the IRI of the type of a literal that is no
    plain string, else "".
    """

    subject: int
    relation: str
    object: int | str
    sentences: tuple[int, ...]
    datatype: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure; `about`, `scope`, `beneficiary` are numbers of things, -1 for none."""

    kind: str
    indicator: str
    value: str
    unit: str
    comparator: str
    period: str
    as_of: int | None
    counting: str
    about: int
    scope: int
    beneficiary: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Sentences that say a thing is done, ongoing or planned."""

    thing: int
    status: str
    sentences: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as a document repeats it: the proposal that makes it (-1 for none), the sentences that repeat it.

    `answers` has each sentence that answers it with the places in OUTCOMES of what it says became of it.
    """

    text: str
    document: int
    proposal: int
    sentences: tuple[int, ...]
    answers: tuple[tuple[int, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Content:
    """All that the page can show.

    For each thing `mentions` has the sentences that name it, and `years` the year that the graph gives it, if any.
    `citations` has the number and date, as printed in the graph, of each document read, and `seats` the place of
    those who wrote it (themselves where that is not known), if anybody is known to have written it; `files` has the
    name of its file.
    """

    things: tuple[Thing, ...]
    sentences: tuple[Sentence, ...]
    statements: tuple[Statement, ...]
    figures: tuple[Figure, ...]
    standings: tuple[Standing, ...]
    mentions: tuple[tuple[int, ...], ...]
    years: tuple[int | None, ...]
    citations: Mapping[int, tuple[str, str]]
    seats: Mapping[int, str]
    files: Mapping[int, str]
    requests: tuple[Asked, ...] = ()

    def documents(self) -> tuple[int, ...]:
        """The numbers of the things that were read, in order."""
        return tuple(sorted({sentence.document for sentence in self.sentences}))


@dataclass(frozen=True, slots=True)
class _Numbers:
    """Which number a thing and a passage have."""

    things: Mapping[Term, int]
    sentences: Mapping[Term, int]

    def thing(self, term: Term | None) -> int:
        return self.things.get(term, -1) if term is not None else -1


def gather(store: Store, ontology: Ontology, base: str = vocabulary.BASE) -> Content:
    """Everything of the store that the page shows, numbered and sorted."""
    with put_off():
        return _gathered(store, ontology, base)


def _gathered(store: Store, ontology: Ontology, base: str) -> Content:
    homes = dict(pairs(store, kg_term("inDocument")))
    things = _things(store, ontology, base, {*homes.values()})
    order = {term: number for number, (term, _) in enumerate(things)}
    passages = _passages(store, homes, order)
    years = words(store, "year")
    numbers = _Numbers(order, {term: number for number, term in enumerate(passages)})
    statements = tuple(_statements(store, ontology, numbers))
    return Content(
        things=tuple(thing for _, thing in things),
        sentences=tuple(_sentences(store, passages, homes, numbers)),
        statements=statements,
        figures=tuple(_figures(store, ontology, numbers)),
        standings=tuple(_standings(store, numbers)),
        mentions=_mentions(store, numbers),
        years=tuple(int(year) if (year := years.get(term)) else None for term, _ in things),
        citations=_citations(statements, {order[home] for home in homes.values()}),
        seats=_seats(store, numbers, {order[home] for home in homes.values()}),
        files={order[term]: name for term, name in words(store, "sourceFile").items() if term in order},
        requests=tuple(_requests(store, homes, numbers)),
    )


def _seats(store: Store, numbers: _Numbers, documents: set[int]) -> Mapping[int, str]:
    """The place that some documents come from; of several writers' the first in order."""
    found: dict[int, str] = {}
    places = merged(store, kg_term("place"))
    for document, writer in pairs(store, kg_term("issuedBy")):
        if (number := numbers.thing(document)) in documents:
            seat = min(map(text_of, places.get(writer, [writer])))
            found[number] = min(seat, found.get(number, seat))
    return found


def _citations(statements: Iterable[Statement], documents: set[int]) -> Mapping[int, tuple[str, str]]:
    """Number and date of some documents; "" where nothing says it."""
    said: dict[tuple[int, str], str] = {}
    for statement in statements:
        if statement.subject in documents and isinstance(statement.object, str):
            said.setdefault((statement.subject, statement.relation), statement.object)
    return {n: (said.get((n, "documentNumber"), ""), said.get((n, "issued"), "")) for n in sorted(documents)}


def _things(store: Store, ontology: Ontology, base: str, read: Set[Term]) -> list[tuple[Term, Thing]]:
    """The entities with their terms: by kind in the ontology's order, then by name and IRI."""
    kinds = _kinds(store, ontology, read)
    preferred, other = (merged(store, NamedNode(label)) for label in (vocabulary.PREF_LABEL, vocabulary.ALT_LABEL))
    found = []
    for term, kind in kinds.items():
        value = text_of(term)
        short = value.removeprefix(base)
        names = [text_of(label) for label in preferred.get(term, [])] or [short.rpartition("/")[2]]
        more = tuple(dict.fromkeys(n for n in [*names[1:], *map(text_of, other.get(term, []))] if n != names[0]))
        found.append((term, Thing(kind, names[0], more, short)))
    rank = {name: number for number, name in enumerate(ontology.kinds)}
    return sorted(found, key=lambda pair: (rank[pair[1].kind], pair[1].name, pair[1].iri))


def _kinds(store: Store, ontology: Ontology, read: Set[Term]) -> dict[Term, str]:
    """The kind of each entity: its concrete one; for a document that was read and has none, its abstract one."""
    found = {term: kind.name for kind in ontology.entity_kinds() for term in instances(store, kind.name)}
    for kind in ontology.kinds.values():
        if kind.abstract:
            found = {term: kind.name for term in instances(store, kind.name) if term in read} | found
    for term in sorted(read - set(found), key=str):
        raise StoreError(f"nothing says what {term} is", remedy="build the graph again")
    return found


def _passages(store: Store, homes: Mapping[Term, Term], order: Mapping[Term, int]) -> list[Term]:
    starts = words(store, "start")
    return sorted(homes, key=lambda term: (order[homes[term]], int(starts.get(term, "0")), str(term)))


def _sentences(
    store: Store, passages: Iterable[Term], homes: Mapping[Term, Term], numbers: _Numbers
) -> Iterator[Sentence]:
    columns = [words(store, name) for name in ("start", "end", "section", "heading", "text")]
    together: defaultdict[Term, set[int]] = defaultdict(set)
    for passage, other in pairs(store, kg_term("readWith")):
        if other in numbers.sentences:
            together[passage].add(numbers.sentences[other])
    before: tuple[object, ...] = ()
    paragraph = -1
    for term in passages:
        start, end, section, heading, text = (column.get(term, "") for column in columns)
        document = numbers.things[homes[term]]
        # Between the sentences of a paragraph nothing stands; a line's end between two is left out of both.
        if (document, section, heading, start) != before:
            paragraph += 1
        before = (document, section, heading, end)
        yield Sentence(
            document=document,
            start=int(start or 0),
            end=int(end or 0),
            section=section,
            heading=heading,
            text=text,
            read_with=tuple(sorted(together[term])),
            paragraph=paragraph,
        )


def _said(store: Store, predicate: NamedNode, numbers: _Numbers) -> Iterator[tuple[Term, Term, int]]:
    """Subject, object and sentence of what passages say with a predicate."""
    for subject, object_, passage in in_graphs(store, predicate):
        sentence = numbers.sentences.get(passage)
        if sentence is not None:
            yield subject, object_, sentence


def _spoken(store: Store, name: str, numbers: _Numbers) -> Iterator[tuple[int, int]]:
    """Thing and sentence of what is said of passages themselves: kg:mentions, kg:saysDone."""
    for passage, thing in pairs(store, kg_term(name)):
        sentence, number = numbers.sentences.get(passage), numbers.things.get(thing)
        if sentence is not None and number is not None:
            yield number, sentence


def _statements(store: Store, ontology: Ontology, numbers: _Numbers) -> Iterator[Statement]:
    """The facts by relation in the ontology's order; the symmetric ones once for both directions."""
    for relation in ontology.relations.values():
        found: defaultdict[tuple[int, int, str, str], set[int]] = defaultdict(set)
        for subject, object_, sentence in _said(store, NamedNode(vocabulary.expand(relation.iri)), numbers):
            one, other = numbers.thing(subject), numbers.thing(object_)
            if relation.symmetric and other >= 0:
                one, other = sorted((one, other))
            if one >= 0:
                literal = ("", "") if other >= 0 else (text_of(object_), _datatype(object_))
                found[one, other, *literal].add(sentence)
        for (one, other, text, datatype), sentences in sorted(found.items()):
            yield Statement(one, relation.name, other if other >= 0 else text, tuple(sorted(sentences)), datatype)


def _datatype(term: Term) -> str:
    found = term.datatype.value if isinstance(term, Literal) else ""
    return "" if found == _STRING else found


def _figures(store: Store, ontology: Ontology, numbers: _Numbers) -> list[Figure]:
    """The measures in the order of the sentences that state them."""
    columns = {name: words(store, name) for name in ("value", "unit", "comparator", "period", "asOf", "counting")}
    links = {name: merged(store, kg_term(name)) for name in ("about", "scope", "beneficiary")}
    kinds = _measure_kinds(store, ontology)
    found = []
    for term, indicator, sentence in _said(store, kg_term("indicator"), numbers):
        word = {name: column.get(term, "") for name, column in columns.items()}
        about, scope, beneficiary = (numbers.thing(next(iter(link.get(term, [])), None)) for link in links.values())
        figure = Figure(
            kind=kinds.get(term, ""),
            indicator=text_of(indicator),
            value=word["value"],
            unit=word["unit"],
            comparator=word["comparator"],
            period=word["period"],
            as_of=int(word["asOf"]) if word["asOf"] else None,
            counting=word["counting"].removeprefix(vocabulary.KG),
            about=about,
            scope=scope,
            beneficiary=beneficiary,
            sentence=sentence,
        )
        found.append((sentence, vocabulary.order(text_of(term)), figure))
    return [figure for _, _, figure in sorted(found, key=lambda entry: entry[:2])]


def _measure_kinds(store: Store, ontology: Ontology) -> dict[Term, str]:
    names = [kind.name for kind in measure_kinds(ontology)]
    return {term: name for name in names for term in instances(store, name)}


def measure_kinds(ontology: Ontology) -> tuple[Kind, ...]:
    """The kinds of figures, in the ontology's order."""
    return tuple(kind for kind in ontology.kinds.values() if vocabulary.MEASURE in ontology.above(kind.name))


def _standings(store: Store, numbers: _Numbers) -> Iterator[Standing]:
    for status in STATUSES:
        found: defaultdict[int, set[int]] = defaultdict(set)
        for thing, sentence in _spoken(store, f"says{status}", numbers):
            found[thing].add(sentence)
        for number, sentences in sorted(found.items()):
            yield Standing(number, status.lower(), tuple(sorted(sentences)))


def _mentions(store: Store, numbers: _Numbers) -> tuple[tuple[int, ...], ...]:
    found: list[set[int]] = [set() for _ in numbers.things]
    for thing, sentence in _spoken(store, "mentions", numbers):
        found[thing].add(sentence)
    return tuple(tuple(sorted(sentences)) for sentences in found)


def _requests(store: Store, homes: Mapping[Term, Term], numbers: _Numbers) -> Iterator[Asked]:
    """The requests in the order of the sentences that repeat them first, each with what answers it."""
    repeated: defaultdict[Term, set[tuple[int, Term]]] = defaultdict(set)
    for passage, request, sentence in _said(store, kg_term("repeats"), numbers):
        repeated[request].add((sentence, homes[passage]))
    answers: defaultdict[Term, dict[int, set[int]]] = defaultdict(dict)
    for _, request, sentence in _said(store, kg_term("answers"), numbers):
        answers[request].setdefault(sentence, set())
    for outcome, name in enumerate(OUTCOMES):
        for _, request, sentence in _said(store, kg_term(f"answers{name}"), numbers):
            answers[request].setdefault(sentence, set()).add(outcome)
    labels = merged(store, NamedNode(vocabulary.PREF_LABEL)) if repeated else {}
    made = {request: proposal for proposal, request, _ in in_graphs(store, kg_term("asks"))}
    first = {
        request: (min(n for n, _ in found), vocabulary.order(text_of(request))) for request, found in repeated.items()
    }
    for request in sorted(repeated, key=lambda one: first[one]):
        sentences = sorted(repeated[request], key=lambda pair: pair[0])
        yield Asked(
            text=min(map(text_of, labels.get(request, [])), default=""),
            document=numbers.things[sentences[0][1]],
            proposal=numbers.thing(made.get(request)),
            sentences=tuple(n for n, _ in sentences),
            answers=tuple((n, tuple(sorted(found))) for n, found in sorted(answers[request].items())),
        )
