"""RDF as nested values -> quads -> Turtle text: for files that are written from rules, not from a store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kg.export._turtle_text import blocks, rows, texts
from kg.graph.term import named
from kg.vocabulary import BASE, PREFIXES, RDF

Value: TypeAlias = "NamedNode | Literal | Blank | Listed"
Row = tuple[str, Value]

_FIRST, _REST, _NIL = NamedNode(RDF + "first"), NamedNode(RDF + "rest"), NamedNode(RDF + "nil")


@dataclass(frozen=True, slots=True)
class Blank:
    """A node without a name, by its properties."""

    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """An RDF list."""

    members: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A subject with its properties, the names of which are compact."""

    subject: NamedNode | BlankNode
    rows: tuple[Row, ...]


def text(value: str, language: str) -> Literal:
    """A text in a language."""
    return Literal(value, language=language)


def both(name: str, zh: str, en: str) -> tuple[Row, Row]:
    """A property with its value in Chinese and in English."""
    return (name, text(zh, "zh")), (name, text(en, "en"))


def several(names: Sequence[str], operator: str, datatype: bool = False) -> Value:
    """What compact names stand for: the thing itself if it is one, else their union or intersection in OWL.

    >>> str(several(["kg:Letter"], "owl:unionOf"))
    '<https://w3id.org/policy-kg/ontology#Letter>'
    """
    if len(names) == 1:
        return named(names[0])
    kind = named("rdfs:Datatype" if datatype else "owl:Class")
    return Blank((("rdf:type", kind), (operator, curies(names))))


def curies(names: Iterable[str]) -> Listed:
    """A list of things by their compact names."""
    return Listed(tuple(named(name) for name in names))


def turtle(found: Iterable[Block], *comments: str) -> str:
    """Blocks as Turtle: comments, the prefixes that occur, subjects in order.  Depends on the content alone."""
    quads = (quad for block in found for quad in _rows(block.subject, block.rows))
    body = "\n".join(blocks(rows(quads), texts(BASE)))
    prefixes = [f"PREFIX {name}: <{iri}>" for name, iri in sorted(PREFIXES.items()) if f"{name}:" in body]
    return "\n".join([*(f"# {comment}" for comment in comments), *prefixes, "", body])


def _rows(subject: NamedNode | BlankNode, rows: Iterable[Row]) -> Iterator[Quad]:
    for name, value in rows:
        yield from _value(subject, named(name), value)


def _value(subject: NamedNode | BlankNode, predicate: NamedNode, value: Value) -> Iterator[Quad]:
    if isinstance(value, Blank):
        node = BlankNode()
        yield Quad(subject, predicate, node)
        yield from _rows(node, value.rows)
    elif isinstance(value, Listed):
        yield from _list(subject, predicate, value.members)
    else:
        yield Quad(subject, predicate, value)


def _list(subject: NamedNode | BlankNode, predicate: NamedNode, members: Iterable[Value]) -> Iterator[Quad]:
    for member in members:
        cell = BlankNode()
        yield Quad(subject, predicate, cell)
        yield from _value(cell, _FIRST, member)
        subject, predicate = cell, _REST
    yield Quad(subject, predicate, _NIL)
