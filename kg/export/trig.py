"""The whole dataset in TriG, with its evidence: each fact in the graph of the passage that says it (kg.trig)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO

from pyoxigraph import Store

from kg.export import _turtle_text as turtle
from kg.export.turtle import grouped, head
from kg.graph.table import Table, default_graph, named_graphs
from kg.store import Build, build_of
from kg.store.table import table_of
from kg.vocabulary import dataset_iri, ontology_graph, registry_graph

NAME = "trig"
SUFFIX = ".trig"

_COMMENT = "first what the letters say, then which passage says it"


def write(store: Store, stream: IO[bytes]) -> None:
    """Write all graphs: the default graph, each letter with its passages, then registry, ontology and dataset."""
    write_both(table_of(store), build_of(store), None, stream)


def write_both(table: Table, build: Build, default: IO[bytes] | None, whole: IO[bytes]) -> None:
    """Write the dataset in TriG and, into the stream before it, the default graph in Turtle, which TriG begins with."""
    text, rows, blocks = turtle.texts(build.base), default_graph(table), dict[str, str]()
    whole.write(turtle.header(build.base, f"build {build.hash}", _COMMENT).encode())
    if default is not None:
        default.write(head(build).encode())
    for subject, block in grouped(rows, text):
        blocks[subject] = block
        data = block.encode()
        whole.write(data)
        if default is not None:
            default.write(data)
    whole.write(b"\n\n# Letters and passages\n")
    named = named_graphs(table)
    for graph in graphs(named, build.base):
        said = {subject for subject, pairs in named[graph].items() if pairs == rows.get(subject)}
        whole.write(_graph(text(graph), turtle.blocks(named[graph], text, {s: blocks[s][1:] for s in said})).encode())


def graphs(names: Iterable[str], base: str) -> list[str]:
    """The names of the named graphs in order."""
    last = [f"<{name(base)}>" for name in (registry_graph, ontology_graph, dataset_iri)]
    found = frozenset(names)
    return [*turtle.in_order(found.difference(last)), *(graph for graph in last if graph in found)]


def _graph(name: str, blocks: Iterable[str]) -> str:
    body = "".join(blocks).replace("\n", "\n    ").rstrip()
    return f"\n{name} {{\n    {body}\n}}\n" if body else ""
