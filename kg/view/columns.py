"""The store's quads by column: what is said with one predicate, or of which things there are of a kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import cast

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Store, Triple

from kg import vocabulary

TYPE = NamedNode(vocabulary.TYPE)
Term = NamedNode | BlankNode | Literal | Triple


def kg_term(name: str) -> NamedNode:
    """A term of the project's vocabulary by its local name."""
    return NamedNode(vocabulary.KG + name)


def in_graphs(store: Store, predicate: NamedNode) -> Iterator[tuple[Term, Term, Term]]:
    """Subject, object and graph of each triple of a predicate in named graphs.

    Asked in SPARQL: by pattern the store gives those of the default graph as well.
    """
    rows = cast(QuerySolutions, store.query(f"SELECT ?s ?o ?g {{ GRAPH ?g {{ ?s {predicate} ?o }} }}"))
    for row in rows:
        yield row[0], row[1], row[2]


def pairs(store: Store, predicate: NamedNode) -> Iterator[tuple[Term, Term]]:
    """Subject and object of each triple of a predicate in the default graph.

    Asked in SPARQL: by pattern the store reads the predicate and the graph of each as well, which takes twice as long.
    """
    for row in cast(QuerySolutions, store.query(f"SELECT ?s ?o {{ ?s {predicate} ?o }}")):
        yield row[0], row[1]


def merged(store: Store, predicate: NamedNode) -> dict[Term, list[Term]]:
    """The objects of a predicate by subject, in the default graph, sorted."""
    found: defaultdict[Term, list[Term]] = defaultdict(list)
    for subject, object_ in pairs(store, predicate):
        found[subject].append(object_)
    return {subject: sorted(some, key=str) if len(some) > 1 else some for subject, some in found.items()}


def words(store: Store, name: str) -> dict[Term, str]:
    """The one literal of a property by subject, in the default graph; the first in order where there are several."""
    found: dict[Term, str] = {}
    for subject, object_ in pairs(store, kg_term(name)):
        word = text_of(object_)
        found[subject] = min(word, found.get(subject, word))
    return found


def text_of(term: Term) -> str:
    """What a literal says, or an IRI as it is written."""
    return term.value if not isinstance(term, Triple) else str(term)


def instances(store: Store, kind: str) -> Iterator[Term]:
    """What is of a kind in the default graph."""
    return (row[0] for row in cast(QuerySolutions, store.query(f"SELECT ?s {{ ?s {TYPE} {kg_term(kind)} }}")))
