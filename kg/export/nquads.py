"""The whole dataset in N-Quads, one quad a line, sorted."""

from __future__ import annotations

from typing import IO

from pyoxigraph import RdfFormat, Store

NAME = "nquads"
SUFFIX = ".nq"


def write(store: Store, stream: IO[bytes]) -> None:
    """Write all graphs."""
    lines = store.dump(format=RdfFormat.N_QUADS) or b""
    stream.writelines(sorted(lines.splitlines(keepends=True)))
