"""What the ontology of a graph defines, and what the graph itself has: what a query is held against.

The ontology is read from the graph's own copy of it, and from the project's file where a graph has none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store, Triple, parse

from kg.query.dataset import Dataset
from kg.resources import ontology_dir
from kg.vocabulary import KG, OWL, RDF, RDFS, TYPE, XSD, ontology_graph

_SAMPLE = 200  # values of a property that are looked at
_DATES = frozenset(XSD + name for name in ("date", "dateTime", "gYear", "gYearMonth"))
_Node = NamedNode | BlankNode | Triple


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Classes with all classes above them, properties with the classes of their ends, and all terms of prefix kg."""

    classes: Mapping[str, frozenset[str]]
    domains: Mapping[str, frozenset[str]]
    ranges: Mapping[str, frozenset[str]]
    to_things: frozenset[str]
    properties: frozenset[str]
    terms: frozenset[str]


def vocabulary(dataset: Dataset) -> Vocabulary:
    """The ontology of a graph."""
    own = list(dataset.store.quads_for_pattern(None, None, None, NamedNode(ontology_graph(dataset.base))))
    return _read(own) if own else _published()


@cache
def _published() -> Vocabulary:
    path: Path = ontology_dir() / "policy-kg.ttl"
    return _read(parse(path=str(path)))


def _read(quads: Iterable[Quad]) -> Vocabulary:
    said: dict[str, dict[_Node, list[object]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        said[quad.predicate.value][quad.subject].append(quad.object)
    kinds = said[TYPE]
    above = {node: _names(parents) for node, parents in said[RDFS + "subClassOf"].items()}
    classes = [node.value for node in kinds if isinstance(node, NamedNode) and NamedNode(OWL + "Class") in kinds[node]]
    properties = {k: _of_kind(kinds, OWL + k) for k in ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")}
    return Vocabulary(
        {name: frozenset(_closure(name, {getattr(k, "value", ""): v for k, v in above.items()})) for name in classes},
        _ends(said, RDFS + "domain"),
        _ends(said, RDFS + "range"),
        properties["ObjectProperty"],
        frozenset().union(*properties.values()),
        frozenset(node.value for node in kinds if isinstance(node, NamedNode) and node.value.startswith(KG)),
    )


def _of_kind(kinds: Mapping[_Node, list[object]], iri: str) -> frozenset[str]:
    return frozenset(n.value for n, found in kinds.items() if isinstance(n, NamedNode) and NamedNode(iri) in found)


def _names(nodes: Iterable[object]) -> list[str]:
    return [node.value for node in nodes if isinstance(node, NamedNode)]


def _closure(name: str, above: Mapping[str, list[str]]) -> Iterator[str]:
    yield name
    for parent in above.get(name, ()):
        yield from _closure(parent, above)


def _ends(said: Mapping[str, Mapping[_Node, list[object]]], which: str) -> dict[str, frozenset[str]]:
    """The classes at one end of each property; of a union all."""
    found: dict[str, frozenset[str]] = {}
    for node, values in said[which].items():
        if isinstance(node, NamedNode):
            found[node.value] = frozenset(name for value in values for name in _members(said, value))
    return found


def _members(said: Mapping[str, Mapping[_Node, list[object]]], value: object) -> Iterator[str]:
    if isinstance(value, NamedNode):
        yield value.value
    elif isinstance(value, BlankNode):
        for listed in said[OWL + "unionOf"].get(value, ()):
            while isinstance(listed, BlankNode):
                yield from _names(said[RDF + "first"].get(listed, ()))
                listed = next(iter(said[RDF + "rest"].get(listed, ())), None)


# --- What the graph has


def occurs(store: Store, iri: str) -> bool:
    """Whether an IRI stands anywhere in the graph: as subject, property, value or name of a graph."""
    try:
        node = NamedNode(iri)
    except ValueError:
        return True  # the engine has accepted it
    patterns = ((node, None, None, None), (None, node, None, None), (None, None, node, None), (None, None, None, node))
    return any(next(iter(store.quads_for_pattern(*pattern)), None) is not None for pattern in patterns)


def values_of(store: Store, iri: str) -> frozenset[str]:
    """What the values of a property are, by a sample: `iri`, `@zh` for a language, or a datatype; dates are `date`."""
    quads = store.quads_for_pattern(None, NamedNode(iri), None, DefaultGraph())
    return frozenset(_kind(quad.object) for quad in islice(quads, _SAMPLE))


def _kind(term: object) -> str:
    if not isinstance(term, Literal):
        return "iri"
    return f"@{term.language}" if term.language else kind_of(term.datatype.value)


def kind_of(datatype: str) -> str:
    """A datatype as `values_of` gives it: those of dates are one, because letters date as precisely as they can."""
    return "date" if datatype in _DATES else datatype
