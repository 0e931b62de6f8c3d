"""TriG: the triples in the default graph."""

from __future__ import annotations

from typing import BinaryIO

from kg.query.formats import turtle
from kg.query.look import Look
from kg.query.run import Answer

TAKES = frozenset({"triples"})


def write(answer: Answer, sink: BinaryIO, look: Look) -> None:
    """Write triples; Turtle is TriG (RDF 1.1 TriG, section 1)."""
    turtle.write(answer, sink, look)
