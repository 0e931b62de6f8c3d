"""The default graph in N-Triples, one triple a line, sorted."""

from __future__ import annotations

from typing import IO

from pyoxigraph import DefaultGraph, RdfFormat, Store

NAME = "ntriples"
SUFFIX = ".nt"


def write(store: Store, stream: IO[bytes]) -> None:
    """Write the default graph."""
    lines = store.dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph()) or b""
    stream.writelines(sorted(lines.splitlines(keepends=True)))
