"""The things shown first as PyVis' network: its node and edge data, for vis-network in the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import networkx as nx
from pyvis.edge import Edge
from pyvis.network import Network
from pyvis.node import Node

from kg.ontology import Ontology
from kg.view.choose import Line
from kg.view.gather import Content
from kg.view.layout import Places

SMALLEST, STEP, GREATEST = 7, 2.6, 24  # sizes of nodes; the page makes later ones by the same rule


def network(content: Content, ontology: Ontology, graph: nx.Graph, placed: Places, lines: Iterable[Line]) -> Network:
    """A PyVis network of the placed things, coloured and shaped by kind, sized by number of neighbours.

    Nodes and edges are appended as PyVis' own values: its `add_node` and `add_edge` search all earlier ones each
    time.  No `title` is set, which PyVis' pages would show as HTML.
    """
    net = Network(directed=True)
    net.options = {"physics": {"enabled": False}}
    for thing in placed:
        net.nodes.append(_node(content, ontology, thing, size(graph.degree[thing]), placed))
        net.node_ids.append(thing)
    net.edges.extend(_edge(line) for line in lines)
    return net


def size(degree: int) -> float:
    """The size of a node with so many neighbours.

    >>> [size(degree) for degree in (0, 4, 400)]
    [7, 12.2, 24]
    """
    return min(GREATEST, round(SMALLEST + STEP * degree**0.5, 1)) if degree else SMALLEST


def _node(content: Content, ontology: Ontology, thing: int, points: float, placed: Places) -> Mapping[str, Any]:
    kind = ontology.kinds[content.things[thing].kind]
    x, y = placed[thing]
    label = content.things[thing].name
    options: Mapping[str, Any] = Node(thing, kind.shape, label, color=kind.colour, size=points, x=x, y=y).options
    return options


def _edge(line: Line) -> Mapping[str, Any]:
    options: Mapping[str, Any] = Edge(
        line.one, line.other, True, id=f"{line.one}-{line.other}", arrows=line.arrow, dashes=not line.said
    ).options
    return options
