"""The whole dataset in JSON-LD 1.1, compact under a context: the default graph, then each named graph."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import IO, Any

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from kg.export.trig import graphs
from kg.store import build_of
from kg.vocabulary import PREFIXES, TYPE, XSD, compact, order

NAME = "jsonld"
SUFFIX = ".jsonld"

Json = dict[str, Any]
Term = NamedNode | BlankNode | Literal | Triple


def write(store: Store, stream: IO[bytes]) -> None:
    """Write all graphs, a node or a graph a line."""
    build = build_of(store)
    context = {"@version": 1.1, "@base": build.base, **dict(sorted(PREFIXES.items()))}
    stream.write(f'{{"@context": {_text(context)},\n"@graph": [\n'.encode())
    first = True
    for node in _nodes(store.quads_for_pattern(None, None, None, DefaultGraph()), build.base):
        first = _item(stream, node, first)
    for graph in graphs(map(str, store.named_graphs()), build.base):
        name = NamedNode(graph[1:-1])
        inside = _nodes(store.quads_for_pattern(None, None, None, name), build.base)
        first = _item(stream, {"@id": _iri(name.value, build.base), "@graph": inside}, first)
    stream.write(b"\n]}\n")


def _item(stream: IO[bytes], item: Json, first: bool) -> bool:
    stream.write((b"" if first else b",\n") + _text(item).encode())
    return False


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _nodes(quads: Iterable[Quad], base: str) -> list[Json]:
    """The subjects of one graph, sorted."""
    found: dict[Term, list[tuple[NamedNode, Term]]] = {}
    for quad in quads:
        found.setdefault(quad.subject, []).append((quad.predicate, quad.object))
    return [_node(subject, found[subject], base) for subject in sorted(found, key=lambda term: order(_id(term, base)))]


def _node(subject: Term, properties: Iterable[tuple[NamedNode, Term]], base: str) -> Json:
    node: Json = {"@id": _id(subject, base)}
    values: dict[str, list[Any]] = {}
    for predicate, value in properties:
        name = _name(predicate.value)
        values.setdefault(name, []).append(_name(str(value)[1:-1]) if name == "@type" else _value(value, base))
    for name in sorted(values):
        several = values[name]
        node[name] = several[0] if len(several) == 1 else sorted(several, key=_text)
    return node


@lru_cache(maxsize=1 << 12)
def _name(iri: str) -> str:
    """The name of a property or class."""
    return "@type" if iri == TYPE else compact(iri) or iri


def _value(term: Term, base: str) -> Any:
    if not isinstance(term, Literal):
        return {"@id": _id(term, base)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    datatype = term.datatype.value
    return term.value if datatype == XSD + "string" else {"@value": term.value, "@type": _name(datatype)}


def _id(term: Term, base: str) -> str:
    return _iri(term.value, base) if isinstance(term, NamedNode) else str(term)


@lru_cache(maxsize=1 << 16)
def _iri(iri: str, base: str) -> str:
    """An IRI relative to the base, where it cannot be taken for a compact one."""
    short = iri[len(base) :] if iri.startswith(base) else ""
    return short if short and ":" not in short else iri
