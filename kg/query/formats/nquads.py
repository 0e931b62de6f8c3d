"""N-Quads: the triples in the default graph, one on a line."""

from __future__ import annotations

from typing import BinaryIO

from pyoxigraph import RdfFormat

from kg.query.formats._triples import write_triples
from kg.query.look import Look
from kg.query.run import Answer

TAKES = frozenset({"triples"})


def write(answer: Answer, sink: BinaryIO, _: Look) -> None:
    """Write triples."""
    write_triples(answer, sink, RdfFormat.N_QUADS)
