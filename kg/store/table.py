"""A store as a table of text, and a store made from one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, parse

from kg.graph.table import DEFAULT, Row, Table, add, lines, nameless

_HASH_LENGTH = 16
_DEFAULT = DefaultGraph()


@dataclass(frozen=True, slots=True)
class Lines:
    """All quads of a table as sorted N-Quads, and the hash of them; apart, those that may have nodes without a name."""

    named: bytes
    nameless: bytes
    hash: str


def table_of(store: Store, graph: DefaultGraph | None = None) -> Table:
    """All that is in a store, or in its default graph."""
    table: Table = {}
    put(table, store.quads_for_pattern(None, None, None, graph))
    return table


def put(table: Table, quads: Iterable[Quad]) -> None:
    """Put quads into a table."""
    for quad in quads:
        graph = DEFAULT if quad.graph_name == _DEFAULT else str(quad.graph_name)
        row: Row = str(quad.subject), str(quad.predicate), str(quad.object)
        add(table, graph, (row,))


def lines_of(table: Table) -> Lines:
    """The lines of a table.  The hash is of the lines alone, in whatever order they were put in."""
    named, apart, found, end = BytesIO(), BytesIO(), sha256(), b""
    for text in lines(table, sorted(table)):
        data = text.encode()
        found.update(end + data[:-1])
        end = b"\n"
        (apart if nameless(text) else named).write(data)
    return Lines(named.getvalue(), apart.getvalue(), found.hexdigest()[:_HASH_LENGTH])


def stored(lines: Lines, extra: Iterable[Quad] = ()) -> Store:
    """A store in memory that holds the lines and further quads."""
    store = Store()
    store.load(input=lines.named, format=RdfFormat.N_QUADS, lenient=True)
    store.bulk_extend([*_quads(lines.nameless), *extra])
    return store


def save(lines: Lines, extra: Iterable[Quad], folder: Path) -> None:
    """Put a store that holds the lines and further quads on disk."""
    store = Store(str(folder))
    store.bulk_load(input=lines.named, format=RdfFormat.N_QUADS, lenient=True)
    store.bulk_extend([*_quads(lines.nameless), *extra])
    store.optimize()
    store.flush()


def _quads(nameless: bytes) -> Iterator[Quad]:
    """What may speak of blank nodes goes in as quads, which keep their names; text that is loaded does not."""
    return parse(nameless, format=RdfFormat.N_QUADS, lenient=True)
