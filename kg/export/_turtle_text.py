"""Terms, subjects and graphs as Turtle text that is made to be read and compared: sorted, relative, prefixed.

Everything here depends on the content alone, not on the order in which it was put in or on the names of blank nodes.
Large graphs pass through here whole: the functions for terms work on the text that the RDF library gives of a term in
N-Triples, which in Turtle is the same but for IRIs and numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.vocabulary import ALT_LABEL, KG, PREF_LABEL, PREFIXES, RDF, TYPE, XSD, compact, order

Term = NamedNode | BlankNode | Literal | Triple
Rows = Mapping[Term, list[tuple[NamedNode, Term]]]
Text = Callable[[Term], str]

_FIRST, _REST, _NIL = NamedNode(RDF + "first"), NamedNode(RDF + "rest"), NamedNode(RDF + "nil")
_MEASURED = ("text", "indicator", "value", "unit", "comparator", "period")
# What a reader wants to see first of a subject; the other properties follow by name.
_LEADING = {iri: place for place, iri in enumerate((TYPE, PREF_LABEL, ALT_LABEL, *(KG + name for name in _MEASURED)))}
_BARE = {
    f"<{XSD}integer>": re.compile(r"[+-]?[0-9]+"),
    f"<{XSD}decimal>": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    f"<{XSD}boolean>": re.compile(r"true|false"),
}
_WIDTH = 120


def header(base: str, *comments: str) -> str:
    """The head of a file: comments, BASE and all prefixes."""
    lines = [f"# {comment}" for comment in comments]
    lines += [f"BASE <{base}>", *(f"PREFIX {name}: <{iri}>" for name, iri in sorted(PREFIXES.items()))]
    return "\n".join(lines) + "\n"


def texts(base: str) -> Text:
    """The function that writes terms; it remembers the IRIs that it wrote."""

    @lru_cache(maxsize=1 << 16)
    def iri(written: str) -> str:
        value = written[1:-1]
        return f"<{value[len(base) :]}>" if value.startswith(base) and value != base else compact(value) or written

    def text(term: Term) -> str:
        written = str(term)
        if written[0] == "<":
            return iri(written)
        return written if written[-1] != ">" or written[0] != '"' else _typed(written, iri)

    return text


def _typed(written: str, iri: Callable[[str], str]) -> str:
    """A literal with a datatype: a number or truth value by itself, if Turtle reads it as the same term."""
    quoted, _, datatype = written.rpartition("^^")
    bare = _BARE.get(datatype)
    return (
        quoted[1:-1]
        if bare is not None and bare.fullmatch(quoted, 1, len(quoted) - 1)
        else f"{quoted}^^{iri(datatype)}"
    )


def rows(quads: Iterable[Quad]) -> dict[Term, list[tuple[NamedNode, Term]]]:
    """Quads by subject."""
    found: dict[Term, list[tuple[NamedNode, Term]]] = {}
    for quad in quads:
        found.setdefault(quad.subject, []).append((quad.predicate, quad.object))
    return found


def blocks(quads: Iterable[Quad], text: Text) -> Iterator[str]:
    """The subjects of one graph as Turtle, sorted; each ends with a line feed."""
    grouped = rows(quads)
    writer = _Writer(
        grouped, text, _nested(grouped) if any(isinstance(node, BlankNode) for node in grouped) else frozenset()
    )
    subjects = [node for node in grouped if node not in writer.nested] if writer.nested else list(grouped)
    for subject in sorted(subjects, key=_place) if len(subjects) > 1 else subjects:
        yield writer.block(subject)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes the subjects of one graph; `nested` are the blank nodes that are written where they are used."""

    rows: Rows
    text: Text
    nested: frozenset[Term]

    def block(self, subject: Term) -> str:
        return f"{self.text(subject)} {self._properties(subject, 1)} .\n"

    def _properties(self, subject: Term, depth: int) -> str:
        found: dict[NamedNode, list[Term]] = {}
        for predicate, value in self.rows[subject]:
            found.setdefault(predicate, []).append(value)
        ranked = sorted(found, key=_rank) if len(found) > 1 else found
        return f" ;\n{'    ' * depth}".join(
            [self._property(predicate, found[predicate], depth) for predicate in ranked]
        )

    def _property(self, predicate: NamedNode, objects: list[Term], depth: int) -> str:
        name = _rank(predicate)[1]
        if len(objects) == 1:
            return f"{name} {self._value(objects[0], depth)}"
        values = [self._value(value, depth) for value in sorted(objects, key=_place)]
        if self.nested:
            values.sort()
        if sum(map(len, values)) + 4 * depth < _WIDTH:
            return f"{name} {', '.join(values)}"
        indent = "    " * (depth + 1)
        return f"{name}\n{indent}" + f",\n{indent}".join(values)

    def _value(self, value: Term, depth: int) -> str:
        if not self.nested or value not in self.nested:
            return self.text(value)
        members = self._members(value)
        if members is not None:
            return f"( {' '.join(self._value(member, depth + 1) for member in members)} )"
        if value not in self.rows:
            return "[]"
        inner = self._properties(value, depth + 1)
        return f"[\n{'    ' * (depth + 1)}{inner}\n{'    ' * depth}]"

    def _members(self, node: Term) -> list[Term] | None:
        """The members of a list; None for what is none, or a list that is also something else."""
        members: list[Term] = []
        while node != _NIL:
            cell = dict(self.rows.get(node, ()))
            if node not in self.nested or len(self.rows.get(node, ())) != 2 or cell.keys() != {_FIRST, _REST}:
                return None
            members.append(cell[_FIRST])
            node = cell[_REST]
        return members


@lru_cache(maxsize=1 << 12)
def _rank(predicate: NamedNode) -> tuple[int, str]:
    """The turn of a property among those of a subject, and how it is written."""
    iri = predicate.value
    name = "a" if iri == TYPE else compact(iri) or f"<{iri}>"
    return _LEADING.get(iri, len(_LEADING)), name


def _place(term: Term) -> tuple[str, tuple[int, ...], str]:
    """What subjects and objects are sorted by."""
    written = str(term)
    return order(written[1:-1]) if written[0] == "<" else (written, (), "")


def _nested(grouped: Rows) -> frozenset[Term]:
    """The blank nodes that are used exactly once, and not within themselves."""
    user: dict[Term, Term] = {}
    twice: set[Term] = set()
    for subject, properties in grouped.items():
        for _, value in properties:
            if value in user:
                twice.add(value)
            elif isinstance(value, BlankNode):
                user[value] = subject
    return frozenset(node for node in user if node not in twice and _ends(node, user))


def _ends(node: Term, user: Mapping[Term, Term]) -> bool:
    """Whether going up from user to user leads to something with a name."""
    seen = set()
    while node in user and node not in seen:
        seen.add(node)
        node = user[node]
    return node not in seen
