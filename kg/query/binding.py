"""Parameters -> a query with its variables bound.

A value is never pasted as text: it is a term, written by the RDF library in its escaped form, in a VALUES block
(SPARQL 1.1, section 10.2) at the head of every group that uses the variable.  Every group, because SPARQL is evaluated
from the inside out: a filter in a branch of a UNION or in a sub-select does not see what is bound outside.
(pyoxigraph's own `substitutions` take only variables that the query gives out.)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.query.tokens import Token, tokens

if TYPE_CHECKING:
    from pyoxigraph import Literal, NamedNode

    Terms = Mapping[str, NamedNode | Literal]


@dataclass(frozen=True, slots=True)
class Group:
    """A `{ … }` with patterns: the position after its opening brace, its variables, whether it may take VALUES."""

    at: int
    variables: frozenset[str]
    outermost: bool


def bind(query: str, terms: Terms) -> str:
    """`query` with each variable of `terms` bound to its term wherever it is used.

    >>> from pyoxigraph import Literal
    >>> bind("ASK { ?letter kg:year ?year }", {"year": Literal(2023)})
    'ASK { VALUES (?year) {("2023"^^<http://www.w3.org/2001/XMLSchema#integer>)} ?letter kg:year ?year }'
    """
    if not terms:
        return query
    found = sorted(groups(tokens(query)), key=lambda group: -group.at)
    if not any(group.outermost for group in found):
        query = f"{query}\n{_values(terms, terms.keys())}"
    for group in found:
        names = terms.keys() if group.outermost else terms.keys() & group.variables
        if names:
            query = f"{query[: group.at]} {_values(terms, names)}{query[group.at :]}"
    return query


def _values(terms: Terms, names: AbstractSet[str]) -> str:
    """The VALUES block for the variables in `names`, in the order of `terms`."""
    chosen = [name for name in terms if name in names]
    return f"VALUES ({' '.join(f'?{name}' for name in chosen)}) {{({' '.join(str(terms[name]) for name in chosen)})}}"


def groups(found: tuple[Token, ...]) -> Iterator[Group]:
    """The group graph patterns among the tokens, in the order of their closing braces.

    Left out are the braces of VALUES data, of a CONSTRUCT template and of its short form (only triples may stand in
    these), and a group that is nothing but a sub-select (only SELECT may follow its brace).
    """
    opened: list[int] = []
    for index, token in enumerate(found):
        if token.text == "{":
            opened.append(index)
        elif token.text == "}" and opened:
            start = opened.pop()
            if _takes_values(found, start):
                inside = frozenset(t.text[1:] for t in found[start:index] if t.kind == "variable")
                yield Group(found[start].stop, inside, not opened)


def _takes_values(found: tuple[Token, ...], start: int) -> bool:
    """Whether VALUES may stand after the brace at `start`."""
    if start + 1 < len(found) and found[start + 1].is_word("SELECT"):
        return False
    return not (_is_data(found, start) or _is_template(found, start))


def _is_data(found: tuple[Token, ...], start: int) -> bool:
    """Whether the brace opens the rows of VALUES: `VALUES ?x {` or `VALUES (?x ?y) {`."""
    index = start - 1
    while index >= 0 and (found[index].kind == "variable" or found[index].text in ("(", ")")):
        index -= 1
    return index >= 0 and found[index].is_word("VALUES")


def _is_template(found: tuple[Token, ...], start: int) -> bool:
    """Whether the brace opens `CONSTRUCT {` or `CONSTRUCT WHERE {`."""
    before = [token for token in found[max(0, start - 2) : start] if not token.is_word("WHERE")]
    return bool(before) and before[-1].is_word("CONSTRUCT")
