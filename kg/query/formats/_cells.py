"""What the formats to read share: an answer's rows as texts under the names of their columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions

from kg.query.columns import visible
from kg.query.look import Look
from kg.query.run import Answer
from kg.vocabulary import XSD

_NUMBERS = frozenset(XSD + name for name in ("integer", "decimal", "double", "float"))


@dataclass(frozen=True, slots=True)
class Cells:
    """Column heads, rows, and which columns hold nothing but numbers; without heads it is `true` or `false`."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: Sequence[bool]


def cells_of(answer: Answer, look: Look) -> Cells:
    """The rows of an answer; of a truth value one cell."""
    if isinstance(answer, QueryBoolean):
        return Cells((), (("true" if answer else "false",),), (False,))
    assert isinstance(answer, QuerySolutions)
    head = [variable.value for variable in answer.variables]
    terms = [[row[name] for name in head] for row in answer]
    numbers = [_are_numbers([row[i] for row in terms]) for i in range(len(head))]
    rows = [[look.said(name, cell(term, look)) for name, term in zip(head, row, strict=True)] for row in terms]
    return Cells([look.head(name) for name in head], rows, numbers)


def _are_numbers(column: Sequence[object]) -> bool:
    """Whether there are numbers in a column, and nothing else."""
    found = [term for term in column if term is not None]
    return bool(found) and all(isinstance(term, Literal) and term.datatype.value in _NUMBERS for term in found)


def cell(term: object, look: Look) -> str:
    """A term as a reader wants it: a text without marks, an IRI in short, nothing for what is unbound."""
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        return visible(look.short(term.value))
    return visible(term.value if isinstance(term, Literal) else str(term))
