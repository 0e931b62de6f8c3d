"""What is in a store: the graphs of letters and, made from them, registry, ontology and description with a hash."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store, Triple

from kg.errors import StoreError
from kg.graph import World, dataset_quads, ontology_quads, registry_quads, term
from kg.graph.dataset import Contents
from kg.graph.levels import Cited, level_quads
from kg.graph.table import Said, Table, default_graph
from kg.graph.written import kg, named, value
from kg.store.build import BUILD_HASH
from kg.store.table import lines_of, put, table_of
from kg.vocabulary import dataset_iri, ontology_graph, registry_graph

_DEFAULT = DefaultGraph()
_TWIN = re.compile(r"~[0-9a-f]{8}$")
_DOCUMENT_NUMBER, _ISSUED_BY = kg("documentNumber"), kg("issuedBy")
_TYPE, _NAME, _FILE, _SUM = named("rdf:type"), named("skos:prefLabel"), kg("sourceFile"), kg("sha256")


# --- Letters in and out (their quads are those of `kg.graph.letter_quads`)


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
    inside = store.quads_for_pattern(None, term.kg("inDocument"), letter, letter)
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
    table = table_of(store)
    made = complete(table, world)
    store.extend(made)
    mark = lines_of(table).hash
    store.add(mark_quad(mark, world.base))
    return mark


def complete(table: Table, world: World) -> list[Quad]:
    """Add to a table of letters the graphs of registry, ontology and dataset; their quads."""
    made = [*registry_quads(_bodies(table, world), world), *level_quads(_cited(table, world), world)]
    made += ontology_quads(world.base)
    made += dataset_quads(_contents(table), world)
    put(table, made)
    return made


def mark_quad(mark: str, base: str) -> Quad:
    """What says of which build a store is."""
    dataset = NamedNode(dataset_iri(base))
    return Quad(dataset, BUILD_HASH, term.plain(mark), dataset)


def _bodies(table: Table, world: World) -> dict[str, str]:
    """The bodies that are keyed by place and level, with their names."""
    return {value(subject): _name(table[subject]) for subject in _keyed(table, world, "level")}


def _cited(table: Table, world: World) -> dict[str, Cited]:
    """The documents that are keyed by their titles, with what letters tell of them."""
    found = {}
    for subject in _keyed(table, world, "title"):
        said = table[subject]
        numbers = sorted(value(one) for predicate, one in said if predicate == _DOCUMENT_NUMBER)
        issuers = sorted(_name(table[one]) for predicate, one in said if predicate == _ISSUED_BY and one in table)
        setting = value(subject).partition("_")[2]
        found[value(subject)] = Cited(_name(said), tuple(numbers), tuple(issuers), setting)
    return found


def _keyed(table: Table, world: World, way: str) -> list[str]:
    """What is of a kind that is keyed in a way."""
    kinds = [(_TYPE, kg(kind.name)) for kind in world.ontology.kinds.values() if kind.key == way]
    return [subject for subject, said in table.items() if subject[0] == "<" and any(kind in said for kind in kinds)]


def _name(said: Said) -> str:
    return min((value(name) for predicate, name in said if predicate == _NAME and name[0] == '"'), default="")


def _contents(table: Table) -> Contents:
    default = default_graph(table)
    pairs = [pair for said in default.values() for pair in said]
    properties = Counter([predicate for predicate, _ in pairs])
    classes = Counter([kind for predicate, kind in pairs if predicate == _TYPE])
    names, sums = (
        {value(s): value(o) for s, said in default.items() for p, o in said if p == wanted} for wanted in (_FILE, _SUM)
    )
    sources = {letter: (names[letter], sums[letter]) for letter in names if letter in sums}
    return Contents(sources, _by_iri(properties), _by_iri(classes))


def _by_iri(counts: Mapping[str, int]) -> dict[str, int]:
    return {value(iri): count for iri, count in counts.items()}


def _letters(store: Store) -> list[str]:
    """The documents that were read."""
    found = store.quads_for_pattern(None, term.kg("sourceFile"), None, _DEFAULT)
    return [quad.subject.value for quad in found if isinstance(quad.subject, NamedNode)]
