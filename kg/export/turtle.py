"""The default graph in Turtle, grouped by kind and sorted: made to be read and compared (kg.ttl)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import IO

from pyoxigraph import DefaultGraph, Store

from kg import ontology
from kg.export import _turtle_text as turtle
from kg.graph.table import default_graph
from kg.ontology import Ontology
from kg.store import Build, build_of
from kg.store.table import table_of
from kg.vocabulary import DOCUMENT, KG, MEASURE, PASSAGE, TYPE

NAME = "turtle"
SUFFIX = ".ttl"

_TYPE = f"<{TYPE}>"


def write(store: Store, stream: IO[bytes]) -> None:
    """Write the default graph."""
    build = build_of(store)
    stream.write(head(build).encode())
    for _, block in grouped(default_graph(table_of(store, DefaultGraph())), turtle.texts(build.base)):
        stream.write(block.encode())


def head(build: Build) -> str:
    """The head of the file."""
    return turtle.header(build.base, f"build {build.hash}", "what the letters say, each triple once")


def grouped(rows: Mapping[str, turtle.Pairs], text: turtle.Text) -> Iterator[tuple[str, str]]:
    """The subjects of the default graph: a heading (of no subject) for each kind, then its subjects in order."""
    terms, writer = ontology.load(), turtle.Writer(rows, text, frozenset())
    groups: dict[str, list[str]] = {}
    for subject, kind in _kinds(rows, terms).items():
        groups.setdefault(kind, []).append(subject)
    for kind in sorted(groups, key=lambda name: _rank(name, terms)):
        yield "", f"\n\n# {_heading(kind, terms)} ({len(groups[kind])})\n"
        for subject in turtle.in_order(groups[kind]):
            yield subject, f"\n{writer.block(subject)}"


def _kinds(rows: Mapping[str, turtle.Pairs], terms: Ontology) -> Mapping[str, str]:
    """Each subject with its kind: the class that is not above another one of its classes."""
    known: dict[tuple[str, ...], str] = {}
    found = {}
    for subject, pairs in rows.items():
        if subject[0] == "<":
            classes = tuple([value for predicate, value in pairs if predicate == _TYPE])
            if classes not in known:
                known[classes] = _lowest(tuple(sorted(value[1:-1].removeprefix(KG) for value in classes)), terms)
            found[subject] = known[classes]
    return found


def _lowest(names: tuple[str, ...], terms: Ontology) -> str:
    above = {parent for name in names if name in terms.kinds for parent in terms.above(name)}
    return min((name for name in names if name not in above), default="".join(names[:1]))


def _rank(name: str, terms: Ontology) -> tuple[int, str]:
    """Documents first, then what they name, then figures, and the passages last."""
    known = name in terms.kinds
    for place, family in enumerate((DOCUMENT, None, MEASURE, PASSAGE)):
        if family is not None and (name == family or (known and terms.covers((family,), name))):
            return place, name
    return (1 if known else 4), name


def _heading(kind: str, terms: Ontology) -> str:
    known = terms.kinds.get(kind)
    return f"{known.en} · {known.zh}" if known else kind or "other"
