"""What the formats for triples share: each triple once, in a fixed order, written by the RDF library."""

from __future__ import annotations

from typing import BinaryIO

from pyoxigraph import QueryTriples, RdfFormat, Triple, serialize

from kg.query.run import Answer


def triples(answer: Answer) -> list[Triple]:
    """The triples of the answer, sorted, each once."""
    assert isinstance(answer, QueryTriples)
    return sorted(set(answer), key=str)


def write_triples(answer: Answer, sink: BinaryIO, form: RdfFormat) -> None:
    """Write the triples in `form`."""
    serialize(triples(answer), sink, format=form)
