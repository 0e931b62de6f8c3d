"""Entities and the facts between them in GraphML, for Gephi and networkx: a projection, with the sentences.

A node is an entity with its label, kind and literal facts; an edge is a fact, once, with the sentences that say it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import IO, TYPE_CHECKING

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from kg import ontology
from kg.graph.term import kg, named
from kg.ontology import Ontology
from kg.vocabulary import ALT_LABEL, expand, order

if TYPE_CHECKING:
    from networkx import MultiDiGraph

NAME = "graphml"
SUFFIX = ".graphml"

_DEFAULT = DefaultGraph()


def write(store: Store, stream: IO[bytes]) -> None:
    """Write the projection."""
    import networkx  # takes longer to load than all else

    networkx.write_graphml_xml(projection(store), stream, named_key_ids=True, edge_id_from_attribute="id")


def projection(store: Store) -> MultiDiGraph:
    """Entities (by IRI, with kind, label and literal facts) and the facts between them, with their sentences."""
    import networkx

    terms = ontology.load()
    graph = networkx.MultiDiGraph()
    _add_nodes(graph, store, terms)
    _add_edges(graph, store, terms)
    return graph


def _add_nodes(graph: MultiDiGraph, store: Store, terms: Ontology) -> None:
    found: dict[NamedNode, str] = {}
    for kind in terms.kinds.values():
        if kind.key != "place":
            for quad in store.quads_for_pattern(None, named("rdf:type"), kg(kind.name), _DEFAULT):
                if isinstance(quad.subject, NamedNode) and (not kind.abstract or quad.subject not in found):
                    found[quad.subject] = kind.name
    for node in sorted(found, key=lambda node: order(node.value)):
        kind = terms.kinds[found[node]]
        graph.add_node(node.value, kind=kind.name, kind_zh=kind.zh, colour=kind.colour, **_texts(store, node, terms))


def _texts(store: Store, node: NamedNode, terms: Ontology) -> Mapping[str, str]:
    """Label, other names and literal facts of an entity."""
    names = {expand(relation.iri): relation.name for relation in terms.relations.values() if relation.literal}
    names |= {ALT_LABEL: "names", named("skos:prefLabel").value: "label", kg("year").value: "year"}
    found: defaultdict[str, list[str]] = defaultdict(list)
    for quad in store.quads_for_pattern(node, None, None, _DEFAULT):
        if isinstance(quad.object, Literal) and quad.predicate.value in names:
            found[names[quad.predicate.value]].append(quad.object.value)
    return {name: "; ".join(sorted(values)) for name, values in sorted(found.items())}


def _add_edges(graph: MultiDiGraph, store: Store, terms: Ontology) -> None:
    quotes = {quad.subject: quad.object for quad in store.quads_for_pattern(None, kg("text"), None, _DEFAULT)}
    for relation in terms.relations.values():
        said: defaultdict[tuple[str, str], list[NamedNode]] = defaultdict(list)
        for quad in store.quads_for_pattern(None, named(relation.iri), None, None):
            ends = quad.subject, quad.object
            if quad.graph_name in quotes and all(isinstance(end, NamedNode) and end.value in graph for end in ends):
                said[ends[0].value, ends[1].value].append(quad.graph_name)  # type: ignore[union-attr, arg-type]
        for (subject, value), passages in sorted(said.items()):
            passages.sort(key=lambda node: order(node.value))
            graph.add_edge(
                subject,
                value,
                id=f"e{graph.number_of_edges() + 1}",
                label=relation.zh,
                relation=relation.name,
                evidence="\n".join(quotes[passage].value for passage in passages),  # type: ignore[union-attr]
                passages="\n".join(passage.value for passage in passages),
            )
