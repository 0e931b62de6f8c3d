"""Terms of RDF from plain values, and what all graphs of a build are made with."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from pyoxigraph import Literal, NamedNode

from kg.ontology import Ontology
from kg.registry import Registry
from kg.vocabulary import BASE, KG, XSD, expand, legal


@dataclass(frozen=True, slots=True)
class World:
    """What all graphs of one build share: ontology, registry, base of the IRIs, and the program's version."""

    ontology: Ontology
    registry: Registry
    base: str = BASE
    program: str = ""


@cache
def named(curie: str) -> NamedNode:
    """The IRI of a compact name, like kg:partOf."""
    return NamedNode(expand(curie))


@cache
def kg(name: str) -> NamedNode:
    """A class or property of the vocabulary by its local name."""
    return NamedNode(KG + name)


def plain(text: str) -> Literal:
    """A string without a language."""
    return Literal(legal(text))


def chinese(text: str) -> Literal:
    """A text in Chinese."""
    return Literal(legal(text), language="zh")


def integer(number: int) -> Literal:
    """An xsd:integer."""
    return Literal(str(number), datatype=_datatype("integer"))


def decimal(number: Decimal) -> Literal:
    """An xsd:decimal in the canonical form of XSD 1.1, which is also the store's: 763, 0.5.

    >>> decimal(Decimal("7.630E+2")).value
    '763'
    """
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return Literal("0" if text in ("-0", "") else text, datatype=_datatype("decimal"))


def typed(text: str, datatype: str) -> Literal:
    """A literal of a datatype of XSD by its local name; "string" gives a plain one."""
    return plain(text) if datatype == "string" else Literal(legal(text), datatype=_datatype(datatype))


@cache
def _datatype(name: str) -> NamedNode:
    return NamedNode(XSD + name)
