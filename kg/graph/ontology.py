"""The graph of the ontology: ontology/policy-kg.ttl, with blank nodes numbered in the order of the file."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from kg.errors import OntologyError
from kg.resources import ontology_dir
from kg.vocabulary import ontology_graph

FILE = "policy-kg.ttl"


def ontology_quads(base: str, directory: Path | None = None) -> list[Quad]:
    """The ontology as a named graph; nothing if the file has not been generated yet.

    Raises OntologyError for a file that is no Turtle.
    """
    path = (directory or ontology_dir()) / FILE
    if not path.exists():
        return []
    graph = NamedNode(ontology_graph(base))
    numbers: dict[BlankNode, BlankNode] = {}
    try:
        return [_renamed(quad, graph, numbers) for quad in parse(path.read_bytes(), format=RdfFormat.TURTLE)]
    except SyntaxError as error:
        raise OntologyError(f"no valid Turtle: {error}", place=str(path), remedy="generate it again") from error


def _renamed(quad: Quad, graph: NamedNode, numbers: dict[BlankNode, BlankNode]) -> Quad:
    subject = _numbered(quad.subject, numbers) if isinstance(quad.subject, BlankNode) else quad.subject
    value: NamedNode | BlankNode | Literal | Triple = quad.object
    value = _numbered(value, numbers) if isinstance(value, BlankNode) else value
    return Quad(subject, quad.predicate, value, graph)


def _numbered(node: BlankNode, numbers: dict[BlankNode, BlankNode]) -> BlankNode:
    """The parser gives nameless nodes names by chance; these depend on the file alone."""
    return numbers.setdefault(node, BlankNode(f"o{len(numbers) + 1}"))
