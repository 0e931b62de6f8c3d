"""Which things the page shows first, and the lines between them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import networkx as nx

from kg.view.gather import Content

LIMIT = 100  # so many names can be read on a screen of 1440 x 900
_LETTERS_AT_MOST = 1 / 3


@dataclass(frozen=True, slots=True)
class Line:
    """A line between two things, `one` < `other`: the facts say it, or a letter just names the thing.

    `arrow` tells where the arrow heads are: "to" (at `other`), "from", "to, from" or "" for none.
    """

    one: int
    other: int
    said: bool
    arrow: str


def fact_graph(content: Content, directed: frozenset[str]) -> nx.Graph:
    """The things as nodes, one edge for each pair that facts join; `directed` names relations with a direction.

    An edge's `heads` are the ends that the relations point to.
    """
    graph = nx.Graph()
    graph.add_nodes_from(range(len(content.things)))
    for statement in content.statements:
        if isinstance(statement.object, int) and statement.object != statement.subject:
            if not graph.has_edge(statement.subject, statement.object):
                graph.add_edge(statement.subject, statement.object, heads=set())
            if statement.relation in directed:
                graph.edges[statement.subject, statement.object]["heads"].add(statement.object)
    return graph


def join(content: Content, things: Collection[int], sentences: Collection[int]) -> nx.Graph:
    """Some things as nodes, an edge for each pair that facts of some sentences join."""
    graph = nx.Graph()
    graph.add_nodes_from(sorted(things))
    graph.add_edges_from(
        (statement.subject, statement.object)
        for statement in content.statements
        if statement.subject in things
        and statement.object in things
        and not set(statement.sentences).isdisjoint(sentences)
    )
    return graph


def ranks(content: Content, graph: nx.Graph) -> list[int]:
    """For each thing its place in the order from the most to the least telling: by neighbours, then by sentences."""
    telling = nx.degree_centrality(graph)
    order = sorted(graph, key=lambda thing: (-telling[thing], -len(content.mentions[thing]), thing))
    found = [0] * len(order)
    for place, thing in enumerate(order):
        found[thing] = place
    return found


def chosen(content: Content, graph: nx.Graph, limit: int = LIMIT) -> tuple[int, ...]:
    """The most telling things, at most `limit`: the documents read, then by number of neighbours and sentences."""
    documents = content.documents()
    telling = nx.degree_centrality(graph)
    first = sorted(documents, key=lambda thing: (-telling[thing], thing))
    if len(documents) > limit * _LETTERS_AT_MOST:
        first = first[: int(limit * _LETTERS_AT_MOST)]
    rest = set(graph) - set(documents)
    order = sorted(rest, key=lambda thing: (-telling[thing], -len(content.mentions[thing]), thing))
    return tuple(sorted([*first, *order[: limit - len(first)]]))


def lines(content: Content, graph: nx.Graph, things: Iterable[int]) -> tuple[Line, ...]:
    """The lines among some things.

    A part of the graph that no fact joins to a document hangs, by a faint line at its hub, on the shown documents
    that name it.
    """
    shown = graph.subgraph(things)
    documents = set(content.documents()) & set(shown)
    apart = [part for part in nx.connected_components(shown) if documents.isdisjoint(part)]
    hubs = [max(sorted(part), key=shown.degree) for part in apart]
    said = [_line(graph, one, other) for one, other in shown.edges]
    named = [line for hub in hubs for line in _naming(content, hub, documents)]
    return tuple(sorted([*said, *named], key=lambda line: (line.one, line.other)))


def _line(graph: nx.Graph, one: int, other: int) -> Line:
    one, other = min(one, other), max(one, other)
    heads = graph.edges[one, other]["heads"]
    return Line(one, other, True, ", ".join(word for word, end in (("to", other), ("from", one)) if end in heads))


def _naming(content: Content, thing: int, documents: set[int]) -> Iterator[Line]:
    naming = {content.sentences[number].document for number in content.mentions[thing]}
    for document in sorted(naming & documents):
        yield Line(min(thing, document), max(thing, document), False, "")
