"""The whole dataset in TriG, with its evidence: each fact in the graph of the passage that says it (kg.trig)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from pyoxigraph import NamedNode, Store

from kg.export import _turtle_text as turtle
from kg.export.turtle import grouped, head
from kg.store import Build, build_of
from kg.vocabulary import dataset_iri, ontology_graph, order, registry_graph

NAME = "trig"
SUFFIX = ".trig"

_COMMENT = "first what the letters say, then which passage says it"


def write(store: Store, stream: IO[bytes]) -> None:
    """Write all graphs: the default graph, each letter with its passages, then registry, ontology and dataset."""
    write_both(store, None, stream)


def write_both(store: Store, default: IO[bytes] | None, whole: IO[bytes]) -> None:
    """Write the dataset in TriG and, into the stream before it, the default graph in Turtle, which TriG begins with."""
    build = build_of(store)
    text = turtle.texts(build.base)
    whole.write(turtle.header(build.base, f"build {build.hash}", _COMMENT).encode())
    if default is not None:
        default.write(head(build).encode())
    for block in grouped(store, text):
        data = block.encode()
        whole.write(data)
        if default is not None:
            default.write(data)
    whole.write(b"\n\n# Letters and passages\n")
    for graph in graphs(store, build):
        whole.write(_graph(store, graph, text).encode())


def graphs(store: Store, build: Build) -> Iterator[NamedNode]:
    """The named graphs in order."""
    last = [NamedNode(name(build.base)) for name in (registry_graph, ontology_graph, dataset_iri)]
    names = [graph for graph in store.named_graphs() if isinstance(graph, NamedNode) and graph not in last]
    yield from sorted(names, key=lambda graph: order(graph.value))
    yield from (graph for graph in last if store.contains_named_graph(graph))


def _graph(store: Store, graph: NamedNode, text: turtle.Text) -> str:
    blocks = turtle.blocks(store.quads_for_pattern(None, None, None, graph), text)
    body = "".join(blocks).replace("\n", "\n    ").rstrip()
    return f"\n{text(graph)} {{\n    {body}\n}}\n" if body else ""
