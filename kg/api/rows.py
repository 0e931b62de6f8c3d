"""Answers for Python: rows and triples that print well and go on to pandas, networkx and rdflib."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, overload

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    RdfFormat,
    Triple,
    serialize,
)  # fmt: skip

from kg.query.answer import Answer, graph_of
from kg.query.formats import turtle
from kg.query.look import Look
from kg.table import Head, Row, Shown, Table, Value
from kg.vocabulary import XSD

if TYPE_CHECKING:
    import rdflib
    from networkx import MultiDiGraph
    from rdflib.query import Result
    from rdflib.term import Identifier

Term = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True, slots=True, repr=False)
class Rows(Table):
    """The rows of a SELECT.

    A row has Python's values: int, Decimal, float and bool for numbers and truths, datetime.date for a day, int for a
    year (xsd:gYear), a text for all else (a month is `2023-05`), an IRI from the graph's base on
    (`agency/温州市财政局`), None for what is unbound.  `terms` has the RDF terms themselves.  `rows[:2]` are Rows again.
    """

    terms: tuple[tuple[Term | None, ...], ...] = ()

    @overload
    def __getitem__(self, which: int) -> Row: ...

    @overload
    def __getitem__(self, which: slice) -> Rows: ...

    def __getitem__(self, which: int | slice) -> Row | Rows:
        """A row; of a slice these rows."""
        if isinstance(which, slice):
            return Rows(self.heads, self.rows[which], self.terms[which])
        return Row(self.columns, self.rows[which])

    def to_rdflib(self) -> Result:
        """The rows as a result of rdflib, with its terms."""
        from rdflib.query import Result
        from rdflib.term import Variable

        found = Result("SELECT")
        names = [Variable(name) for name in self.columns]
        found.vars = names
        found.bindings = [
            {name: rdflib_term(term) for name, term in zip(names, row, strict=True) if term is not None}
            for row in self.terms
        ]
        return found


@dataclass(frozen=True, slots=True, repr=False)
class Triples(Shown):
    """The triples of a CONSTRUCT or DESCRIBE, sorted; `look` has the base of their IRIs."""

    triples: tuple[Triple, ...]
    look: Look

    def __len__(self) -> int:
        return len(self.triples)

    def table(self) -> Table:
        """A row for each triple."""
        heads = (
            Head("subject", "subject", "主语"),
            Head("predicate", "predicate", "谓语"),
            Head("object", "object", "宾语"),
        )
        rows = (
            tuple(_value(term, self.look) for term in (one.subject, one.predicate, one.object)) for one in self.triples
        )
        return Table(heads, tuple(rows))

    def text(self, width: int | None = None) -> str:
        """The triples in Turtle; `width` changes nothing."""
        target = BytesIO()
        turtle.write(graph_of(self.triples), target, self.look)
        return target.getvalue().decode().rstrip("\n")

    def __repr__(self) -> str:
        return self.text()

    def to_rdflib(self) -> rdflib.Graph:
        """The triples as a graph of rdflib."""
        from rdflib import Graph

        graph = Graph()
        graph.parse(data=serialize(self.triples, format=RdfFormat.N_TRIPLES) or b"", format="nt")
        return graph

    def to_networkx(self) -> MultiDiGraph:
        """The triples as edges of a networkx.MultiDiGraph, keyed by their predicates; literals are nodes too."""
        import networkx  # takes longer to load than all else

        graph = networkx.MultiDiGraph()
        for subject, predicate, value in self.table():
            graph.add_edge(subject, value, key=predicate)
        return graph


def answer(found: Answer, look: Look) -> Rows | Triples | bool:
    """What a query has given, for Python."""
    if isinstance(found, QueryBoolean):
        return bool(found)
    if not isinstance(found, QuerySolutions):
        return Triples(tuple(sorted(set(found), key=str)), look)
    heads = tuple(Head(variable.value) for variable in found.variables)
    terms = tuple(tuple(row[head.name] for head in heads) for row in found)
    return Rows(heads, tuple(tuple(_value(term, look) for term in row) for row in terms), terms)


def _value(term: Term | None, look: Look) -> Value:
    if isinstance(term, NamedNode):
        return look.short(term.value)
    if not isinstance(term, Literal):
        return None if term is None else str(term)
    read = _PYTHON.get(term.datatype.value)
    try:
        return read(term.value) if read else term.value
    except (ValueError, ArithmeticError):
        return term.value  # no such number or day


def _truth(text: str) -> bool:
    return text in ("true", "1")


_PYTHON: dict[str, Callable[[str], Value]] = {
    **dict.fromkeys((XSD + name for name in ("integer", "int", "long", "nonNegativeInteger", "gYear")), int),
    **dict.fromkeys((XSD + name for name in ("double", "float")), float),
    XSD + "decimal": Decimal,
    XSD + "boolean": _truth,
    XSD + "date": date.fromisoformat,
}


def rdflib_term(term: Term) -> Identifier:
    """A term of pyoxigraph as one of rdflib.

    >>> rdflib_term(Literal("甲", language="zh"))
    rdflib.term.Literal('甲', lang='zh')
    """
    import rdflib

    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, Triple):
        raise TypeError(f"rdflib has no triple terms: {term}")
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value))
