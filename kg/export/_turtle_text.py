"""Terms, subjects and graphs as Turtle text that is made to be read and compared: sorted, relative, prefixed.

Everything here depends on the content alone, not on the order in which it was put in or on the names of blank nodes.
Large graphs pass through here whole: terms are text as N-Triples writes it, which in Turtle is the same but for IRIs
and numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from pyoxigraph import Quad

from kg.vocabulary import ALT_LABEL, KG, PREF_LABEL, PREFIXES, RDF, TYPE, XSD, compact, order

Pairs = Collection[tuple[str, str]]
"""Predicates and objects of a subject."""
Text = Callable[[str], str]
NOTHING: Mapping[str, str] = MappingProxyType({})

_FIRST, _REST, _NIL = (f"<{RDF}{name}>" for name in ("first", "rest", "nil"))
_MEASURED = ("text", "indicator", "value", "unit", "comparator", "period")
# What a reader wants to see first of a subject; the other properties follow by name.
_LEADING = {iri: place for place, iri in enumerate((TYPE, PREF_LABEL, ALT_LABEL, *(KG + name for name in _MEASURED)))}
_INTEGER = f'"^^<{XSD}integer>'
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

    def text(term: str) -> str:
        if term[0] == "<":
            return iri(term)
        return term if term[-1] != ">" or term[0] != '"' else _typed(term, iri)

    return text


def _typed(written: str, iri: Callable[[str], str]) -> str:
    """A literal with a datatype: a number or truth value by itself, if Turtle reads it as the same term."""
    if written.endswith(_INTEGER) and written.isascii() and (digits := written[1 : -len(_INTEGER)]).isdigit():
        return digits
    quoted, _, datatype = written.rpartition("^^")
    bare = _BARE.get(datatype)
    return (
        quoted[1:-1]
        if bare is not None and bare.fullmatch(quoted, 1, len(quoted) - 1)
        else f"{quoted}^^{iri(datatype)}"
    )


def rows(quads: Iterable[Quad]) -> dict[str, list[tuple[str, str]]]:
    """Quads by subject, as N-Triples writes their terms."""
    found: dict[str, list[tuple[str, str]]] = {}
    for quad in quads:
        found.setdefault(str(quad.subject), []).append((str(quad.predicate), str(quad.object)))
    return found


def blocks(grouped: Mapping[str, Pairs], text: Text, known: Mapping[str, str] = NOTHING) -> Iterator[str]:
    """The subjects of one graph as Turtle, sorted; each ends with a line feed.  `known` are some that are written."""
    blank = any(node[0] == "_" for node in grouped)
    writer = Writer(grouped, text, _nested(grouped) if blank else frozenset())
    known = NOTHING if writer.nested else known
    for subject in in_order(node for node in grouped if node not in writer.nested):
        yield known.get(subject) or writer.block(subject)


def in_order(terms: Iterable[str]) -> list[str]:
    """Terms in the order in which they are written: passages and measures in that of the text."""
    found = list(terms)
    if len(found) > 1:
        found.sort(key=_place)
    return found


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes the subjects of one graph; `nested` are the blank nodes that are written where they are used."""

    rows: Mapping[str, Pairs]
    text: Text
    nested: frozenset[str]

    def block(self, subject: str) -> str:
        """One subject with all that is said of it."""
        return f"{self.text(subject)} {self._properties(subject, 1)} .\n"

    def _properties(self, subject: str, depth: int) -> str:
        found: dict[str, list[str]] = {}
        for predicate, value in self.rows[subject]:
            if predicate in found:
                found[predicate].append(value)
            else:
                found[predicate] = [value]
        said = []
        for predicate in sorted(found, key=_rank) if len(found) > 1 else found:
            objects = found[predicate]
            value = f" {self._value(objects[0], depth)}" if len(objects) == 1 else self._several(objects, depth)
            said.append(_rank(predicate)[1] + value)
        return f" ;\n{'    ' * depth}".join(said)

    def _several(self, objects: list[str], depth: int) -> str:
        """Objects in a line or, where they are too long for that, in a line each."""
        values = [self._value(value, depth) for value in in_order(objects)]
        if self.nested:
            values.sort()
        if sum(map(len, values)) + 4 * depth < _WIDTH:
            return f" {', '.join(values)}"
        indent = "    " * (depth + 1)
        return f"\n{indent}" + f",\n{indent}".join(values)

    def _value(self, value: str, depth: int) -> str:
        if not self.nested or value not in self.nested:
            return self.text(value)
        members = self._members(value)
        if members is not None:
            return f"( {' '.join(self._value(member, depth + 1) for member in members)} )"
        if value not in self.rows:
            return "[]"
        inner = self._properties(value, depth + 1)
        return f"[\n{'    ' * (depth + 1)}{inner}\n{'    ' * depth}]"

    def _members(self, node: str) -> list[str] | None:
        """The members of a list; None for what is none, or a list that is also something else."""
        members: list[str] = []
        while node != _NIL:
            cell = dict(self.rows.get(node, ()))
            if node not in self.nested or len(self.rows.get(node, ())) != 2 or cell.keys() != {_FIRST, _REST}:
                return None
            members.append(cell[_FIRST])
            node = cell[_REST]
        return members


@lru_cache(maxsize=1 << 12)
def _rank(predicate: str) -> tuple[int, str]:
    """The turn of a property among those of a subject, and how it is written."""
    iri = predicate[1:-1]
    name = "a" if iri == TYPE else compact(iri) or predicate
    return _LEADING.get(iri, len(_LEADING)), name


def _place(term: str) -> tuple[str, tuple[int, ...], str]:
    """What subjects and objects are sorted by."""
    return order(term[1:-1]) if term[0] == "<" else (term, (), "")


def _nested(grouped: Mapping[str, Pairs]) -> frozenset[str]:
    """The blank nodes that are used exactly once, and not within themselves."""
    user: dict[str, str] = {}
    twice: set[str] = set()
    for subject, properties in grouped.items():
        for _, value in properties:
            if value in user:
                twice.add(value)
            elif value[0] == "_":
                user[value] = subject
    return frozenset(node for node in user if node not in twice and _ends(node, user))


def _ends(node: str, user: Mapping[str, str]) -> bool:
    """Whether going up from user to user leads to something with a name."""
    seen = set()
    while node in user and node not in seen:
        seen.add(node)
        node = user[node]
    return node not in seen
