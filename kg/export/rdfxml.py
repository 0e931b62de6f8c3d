"""The default graph in RDF/XML, sorted by subject."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from pyoxigraph import DefaultGraph, RdfFormat, Store, Triple, serialize

from kg.vocabulary import PREFIXES, order

NAME = "rdfxml"
SUFFIX = ".rdf"


def write(store: Store, stream: IO[bytes]) -> None:
    """Write the default graph; it has no signs that XML forbids (`kg.vocabulary.legal`)."""
    serialize(_sorted(store), stream, RdfFormat.RDF_XML, prefixes=dict(PREFIXES))


def _sorted(store: Store) -> Iterator[Triple]:
    triples = [quad.triple for quad in store.quads_for_pattern(None, None, None, DefaultGraph())]
    return iter(sorted(triples, key=lambda t: (order(str(t.subject)[1:-1]), str(t.predicate), str(t.object))))
