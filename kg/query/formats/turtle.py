"""Turtle, with the base and the prefixes that it uses."""

from __future__ import annotations

from typing import BinaryIO

from pyoxigraph import RdfFormat, serialize

from kg.query.formats._triples import triples
from kg.query.look import Look
from kg.query.run import Answer
from kg.vocabulary import PREFIXES

TAKES = frozenset({"triples"})


def write(answer: Answer, sink: BinaryIO, look: Look) -> None:
    """Write triples.

    The head is written here: the library would give the prefixes relative to the base, and all of them.
    """
    text = serialize(triples(answer), format=RdfFormat.TURTLE, prefixes=dict(PREFIXES), base_iri=look.base)
    lines = [line for line in (text or b"").decode().splitlines() if not line.startswith(("@base", "@prefix"))]
    body = "\n".join(lines)
    used = [f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items() if f"{prefix}:" in body]
    sink.write(f"@base <{look.base}> .\n{''.join(used)}\n{body}\n".encode())
