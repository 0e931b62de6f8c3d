"""SPARQL Query Results XML (W3C, second edition)."""

from __future__ import annotations

from typing import BinaryIO

from pyoxigraph import QueryResultsFormat

from kg.query.formats._results import write_results
from kg.query.look import Look
from kg.query.run import Answer

TAKES = frozenset({"rows", "truth"})


def write(answer: Answer, sink: BinaryIO, _: Look) -> None:
    """Write rows or a truth value."""
    write_results(answer, sink, QueryResultsFormat.XML)
