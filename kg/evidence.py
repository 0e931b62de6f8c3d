"""What a built graph says, read back as values: things, sentences, and which sentence says what.

The layout of the store is told in the README, "How it is built": a fact stands in the named graph of the passage that
says it, names and types in the default graph, labels of relations in the graph of the ontology.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from kg.query.dataset import Dataset
from kg.vocabulary import KG, PREF_LABEL, RDFS, TYPE, expand, letter_of, ontology_graph, order

Term = NamedNode | BlankNode | Literal | Triple

_DEFAULT = DefaultGraph()
_TYPE, _LABEL = NamedNode(TYPE), NamedNode(PREF_LABEL)
_INVERSE = NamedNode(KG + "inverseLabel")
_SYMMETRIC = NamedNode(expand("owl:SymmetricProperty"))
_LINK = NamedNode(expand("owl:ObjectProperty"))
_ENDS = (NamedNode(RDFS + "domain"), NamedNode(RDFS + "range"))
# These are places in letters and no things that letters name: what says something about them joins no things.
_PLACES = frozenset(NamedNode(KG + name) for name in ("Passage", "Measure", "Promise", "Request"))


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """An entity: its kind (a class of the ontology), its preferred name, its IRI from the graph's base on."""

    kind: str
    name: str
    iri: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A passage: its words, the number of its letter and that one's year (None: unknown), and where it stands.

    `start` and `end` count the characters of the source from 0; `iri` is the passage's, from the base on.
    """

    text: str
    letter: str
    year: int | None
    section: str
    heading: str
    start: int
    end: int
    iri: str


Memory = dict[NamedNode, Sentence | None]


@dataclass(frozen=True, slots=True)
class Wording:
    """How a class or property is called, in both directions; the inverse is empty where nothing names it."""

    name: str
    zh: str
    en: str
    inverse_zh: str = ""
    inverse_en: str = ""
    symmetric: bool = False

    def said(self, backwards: bool = False) -> str:
        """English and Chinese, as a reader sees it; backwards without a name of its own with an arrow.

        >>> Wording("partOf", "属于", "part of", "包含", "has part").said(backwards=True)
        'has part 包含'
        >>> Wording("contact", "联系人", "contact").said(backwards=True)
        '← contact 联系人'
        """
        if backwards and self.inverse_en:
            return f"{self.inverse_en} {self.inverse_zh}"
        return f"{'← ' if backwards and not self.symmetric else ''}{self.en} {self.zh}".rstrip()


# --- One thing, one sentence


def thing(dataset: Dataset, node: NamedNode) -> Thing:
    """The entity with this IRI; what the graph does not name is called by its IRI."""
    store, short = dataset.store, dataset.short(node.value)
    names = [q.object.value for q in store.quads_for_pattern(node, _LABEL, None) if isinstance(q.object, Literal)]
    return Thing(kind(dataset, node), min(names, default=short), short)


def kind(dataset: Dataset, node: NamedNode) -> str:
    """The class that the IRI is minted with, where the node is of it, else the first of its classes, else nothing."""
    found = dataset.store.quads_for_pattern(node, _TYPE, None)
    classes = sorted({q.object.value[len(KG) :] for q in found if isinstance(q.object, NamedNode)})
    minted = dataset.short(node.value).partition("/")[0]
    return next((name for name in classes if name.lower() == minted), classes[0] if classes else "")


def sentence(dataset: Dataset, passage: NamedNode) -> Sentence | None:
    """The passage with this IRI; None for what is no passage (the graph of the registry, say)."""
    found: dict[str, str] = {}
    for quad in dataset.store.quads_for_pattern(passage, None, None, _DEFAULT):
        if not isinstance(quad.object, BlankNode | Triple):
            found.setdefault(quad.predicate.value.removeprefix(KG), quad.object.value)
    if "text" not in found:
        return None
    letter = NamedNode(found.get("inDocument", letter_of(passage.value)))
    return Sentence(
        found["text"],
        thing(dataset, letter).name,
        year(dataset.store, letter),
        found.get("section", ""),
        found.get("heading", ""),
        int(found.get("start", "0")),
        int(found.get("end", "0")),
        dataset.short(passage.value),
    )


def year(store: Store, document: NamedNode) -> int | None:
    """The year of a document, None if unknown."""
    found = store.quads_for_pattern(document, NamedNode(KG + "year"), None, _DEFAULT)
    return min((int(quad.object.value) for quad in found if isinstance(quad.object, Literal)), default=None)


def said_in(
    dataset: Dataset, subject: Term, predicate: NamedNode, value: Term, read: Memory | None = None
) -> tuple[Sentence, ...]:
    """The sentences that say a fact, in the order of letters and of their texts; `read` as for `sentences`."""
    found = dataset.store.quads_for_pattern(subject, predicate, value, None)  # type: ignore[arg-type]
    return sentences(dataset, (quad.graph_name for quad in found), read)


def sentences(dataset: Dataset, passages: Iterable[object], read: Memory | None = None) -> tuple[Sentence, ...]:
    """The sentences of passages, each once, in the order of letters and of their texts; what is none is left out.

    `read` remembers what has been read, for who asks for the same ones again and again.
    """
    memory: Memory = {} if read is None else read
    nodes = sorted({node for node in passages if isinstance(node, NamedNode)}, key=lambda node: order(node.value))
    for node in nodes:
        if node not in memory:
            memory[node] = sentence(dataset, node)
    return tuple(one for node in nodes if (one := memory[node]) is not None)


# --- What the ontology says of its words


def wordings(dataset: Dataset) -> Mapping[str, Wording]:
    """How every class and property is called, by its IRI, as the graph's own copy of the ontology says."""
    found: dict[str, dict[str, str]] = {}
    for predicate, prefix in ((_LABEL, ""), (_INVERSE, "inverse_")):
        for quad in _of_ontology(dataset, None, predicate):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
                word = found.setdefault(quad.subject.value, {})
                word[prefix + (quad.object.language or "en")] = quad.object.value
    both = {quad.subject for quad in _of_ontology(dataset, None, _TYPE) if quad.object == _SYMMETRIC}
    return {
        iri: Wording(
            local_name(iri),
            word.get("zh", ""),
            word.get("en", local_name(iri)),
            word.get("inverse_zh", ""),
            word.get("inverse_en", ""),
            NamedNode(iri) in both,
        )
        for iri, word in found.items()
    }


def wording(known: Mapping[str, Wording], iri: str) -> Wording:
    """How a class or property is called; one that the ontology does not know goes by its local name."""
    return known.get(iri) or Wording(local_name(iri), "", local_name(iri))


def local_name(iri: str) -> str:
    """The last part of an IRI.

    >>> local_name("http://purl.org/dc/terms/issued")
    'issued'
    """
    return iri.rpartition("#" if "#" in iri else "/")[2]


def links(dataset: Dataset) -> list[NamedNode]:
    """The properties that may join two things, in the order of their names."""
    apart = {q.subject for end in _ENDS for q in _of_ontology(dataset, None, end) if q.object in _PLACES}
    found = {quad.subject for quad in _of_ontology(dataset, None, _TYPE) if quad.object == _LINK} - apart
    return sorted((node for node in found if isinstance(node, NamedNode)), key=lambda node: local_name(node.value))


def _of_ontology(dataset: Dataset, subject: NamedNode | None, predicate: NamedNode) -> Iterator[Quad]:
    graph = NamedNode(ontology_graph(dataset.base))
    return iter(dataset.store.quads_for_pattern(subject, predicate, None, graph))
