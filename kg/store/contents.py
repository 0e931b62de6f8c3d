"""What is in a store: the graphs of letters and, made from them, registry, ontology and description with a hash."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, QuerySolutions, RdfFormat, Store, Triple

from kg.errors import StoreError
from kg.graph import World, dataset_quads, ontology_quads, registry_quads
from kg.graph.dataset import Contents
from kg.graph.term import kg, named, plain
from kg.store.build import BUILD_HASH
from kg.vocabulary import KG, dataset_iri, ontology_graph, registry_graph

_DEFAULT = DefaultGraph()
_HASH_LENGTH = 16
_TWIN = re.compile(r"~[0-9a-f]{8}$")

Node = NamedNode | BlankNode
Term = Node | Literal | Triple


# --- Letters in and out


def fill(store: Store, quads: Iterable[Quad]) -> None:
    """Put the quads of letters in (see `kg.graph.letter_quads`)."""
    store.bulk_extend(quads)


def replace_letter(store: Store, letter: str, quads: Iterable[Quad], world: World) -> str:
    """Put the quads of a reading in the place of the letter with this IRI, if it is there; the new hash."""
    _drop(store, NamedNode(letter), world.base)
    store.extend(quads)
    return seal(store, world)


def remove_letter(store: Store, letter: str, world: World) -> str:
    """Take a letter out with all that only it says; the new hash.  StoreError if it is not there.

    Of two documents of one number, the one that stays gets the plain IRI, as a build without the other would give it.
    """
    if letter not in _letters(store):
        raise StoreError("no such letter in the store", place=letter)
    _drop(store, NamedNode(letter), world.base)
    _undo_twin(store, letter, world.base)
    return seal(store, world)


def _drop(store: Store, letter: NamedNode, base: str) -> None:
    """Drop the graphs of a letter, and from the default graph what no other letter holds."""
    said = {quad.triple: None for graph in _graphs(store, letter) for quad in _of_graph(store, graph)}
    for graph in _graphs(store, letter):
        store.remove_graph(graph)
    apart = _apart(base)
    for triple in said:
        if not _held(store, triple, apart):
            store.remove(Quad(triple.subject, triple.predicate, triple.object))


def _graphs(store: Store, letter: NamedNode) -> list[NamedNode]:
    """The graphs of a letter's passages, and its own."""
    inside = store.quads_for_pattern(None, kg("inDocument"), letter, letter)
    return [*(quad.subject for quad in inside if isinstance(quad.subject, NamedNode)), letter]


def _of_graph(store: Store, graph: NamedNode | DefaultGraph) -> Iterator[Quad]:
    return iter(store.quads_for_pattern(None, None, None, graph))


def _apart(base: str) -> frozenset[object]:
    """The graphs that do not count for the merge of what letters say."""
    names = (registry_graph(base), ontology_graph(base), dataset_iri(base))
    return frozenset({_DEFAULT, *map(NamedNode, names)})


def _held(store: Store, triple: Triple, apart: frozenset[object]) -> bool:
    """Whether a letter's or passage's graph has the triple."""
    found = store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
    return any(quad.graph_name not in apart for quad in found)


def _undo_twin(store: Store, letter: str, base: str) -> None:
    """Give the last of several documents of one number its plain IRI back."""
    stem = _TWIN.sub("", letter)
    if stem == letter:
        return
    left = [other for other in _letters(store) if _TWIN.sub("", other) == stem]
    if len(left) == 1 and left[0] != stem:
        _rename(store, left[0], stem, base)


def _rename(store: Store, old: str, new: str, base: str) -> None:
    node = NamedNode(old)
    quads = [quad for graph in _graphs(store, node) for quad in _of_graph(store, graph)]
    _drop(store, node, base)
    for quad in quads:
        subject, value, graph = (_renamed(term, old, new) for term in (quad.subject, quad.object, quad.graph_name))
        store.add(Quad(subject, quad.predicate, value, graph))  # type: ignore[arg-type]
        store.add(Quad(subject, quad.predicate, value))  # type: ignore[arg-type]


def _renamed(term: object, old: str, new: str) -> object:
    """A letter, or a passage or measure of it, under its new IRI; anything else as it is."""
    if isinstance(term, NamedNode) and (term.value == old or term.value.startswith(f"{old}#")):
        return NamedNode(new + term.value[len(old) :])
    return term


# --- What is made from the letters


def seal(store: Store, world: World) -> str:
    """Make the graphs of registry, ontology and dataset anew from what is in the store; the hash of it all."""
    for name in (registry_graph(world.base), ontology_graph(world.base), dataset_iri(world.base)):
        store.remove_graph(NamedNode(name))
    store.extend(registry_quads(_bodies(store, world), world))
    store.extend(ontology_quads(world.base))
    store.extend(dataset_quads(_contents(store), world))
    dataset = NamedNode(dataset_iri(world.base))
    mark = _digest(store)
    store.add(Quad(dataset, BUILD_HASH, plain(mark), dataset))
    return mark


def _digest(store: Store) -> str:
    """A hash of all quads, whatever order the store keeps them in."""
    lines = store.dump(format=RdfFormat.N_QUADS) or b""
    return sha256(b"\n".join(sorted(lines.splitlines()))).hexdigest()[:_HASH_LENGTH]


def _bodies(store: Store, world: World) -> dict[str, str]:
    """The bodies that are keyed by place and level, with their names."""
    kinds = [kind.name for kind in world.ontology.kinds.values() if kind.key == "level"]
    nodes = [q.subject for kind in kinds for q in store.quads_for_pattern(None, named("rdf:type"), kg(kind), _DEFAULT)]
    return {node.value: _name(store, node) for node in nodes if isinstance(node, NamedNode)}


def _name(store: Store, node: NamedNode) -> str:
    names = store.quads_for_pattern(node, named("skos:prefLabel"), None, _DEFAULT)
    return min((quad.object.value for quad in names if isinstance(quad.object, Literal)), default="")


def _contents(store: Store) -> Contents:
    triples = _count(store, "SELECT ?what (COUNT(*) AS ?n) WHERE { ?s ?what ?o } GROUP BY ?what")
    things = _count(store, "SELECT ?what (COUNT(*) AS ?n) WHERE { ?s a ?what } GROUP BY ?what")
    return Contents(_letters(store), triples, things)


def _count(store: Store, query: str) -> Mapping[str, int]:
    return {row["what"].value: int(row["n"].value) for row in _select(store, query)}


def _letters(store: Store) -> dict[str, tuple[str, str]]:
    """The documents that were read: IRI -> base name and checksum."""
    query = f"SELECT ?letter ?name ?sum WHERE {{ ?letter <{KG}sourceFile> ?name ; <{KG}sha256> ?sum }}"
    return {row["letter"].value: (row["name"].value, row["sum"].value) for row in _select(store, query)}


def _select(store: Store, query: str) -> QuerySolutions:
    found = store.query(query)
    assert isinstance(found, QuerySolutions)
    return found
