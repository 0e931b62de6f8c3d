"""The default graph in Turtle, grouped by kind and sorted: made to be read and compared (kg.ttl)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import IO

from pyoxigraph import DefaultGraph, NamedNode, QuerySolutions, Store

from kg import ontology
from kg.export import _turtle_text as turtle
from kg.ontology import Ontology
from kg.store import Build, build_of
from kg.vocabulary import DOCUMENT, KG, MEASURE, PASSAGE, TYPE, order

NAME = "turtle"
SUFFIX = ".ttl"

_TYPE = NamedNode(TYPE)
_DEFAULT = DefaultGraph()
_WITHOUT_CLASS = "SELECT DISTINCT ?s WHERE { ?s ?p ?o FILTER NOT EXISTS { ?s a ?class } }"


def write(store: Store, stream: IO[bytes]) -> None:
    """Write the default graph."""
    build = build_of(store)
    stream.write(head(build).encode())
    for block in grouped(store, turtle.texts(build.base)):
        stream.write(block.encode())


def head(build: Build) -> str:
    """The head of the file."""
    return turtle.header(build.base, f"build {build.hash}", "what the letters say, each triple once")


def grouped(store: Store, text: turtle.Text) -> Iterator[str]:
    """The subjects of the default graph: a heading for each kind, then its subjects in order."""
    terms = ontology.load()
    groups: dict[str, list[NamedNode]] = {}
    for subject, kind in _kinds(store, terms).items():
        groups.setdefault(kind, []).append(subject)
    for kind in sorted(groups, key=lambda name: _rank(name, terms)):
        yield f"\n\n# {_heading(kind, terms)} ({len(groups[kind])})\n"
        for subject in sorted(groups[kind], key=lambda node: order(node.value)):
            for block in turtle.blocks(store.quads_for_pattern(subject, None, None, _DEFAULT), text):
                yield f"\n{block}"


def _kinds(store: Store, terms: Ontology) -> Mapping[NamedNode, str]:
    """Each subject with its kind: the class that is not above another one of its classes."""
    classes: dict[NamedNode, list[str]] = {subject: [] for subject in _without_class(store)}
    for quad in store.quads_for_pattern(None, _TYPE, None, _DEFAULT):
        if isinstance(quad.subject, NamedNode):
            classes.setdefault(quad.subject, []).append(str(quad.object)[1:-1].removeprefix(KG))
    known = {names: _lowest(names, terms) for names in {tuple(sorted(names)) for names in classes.values()}}
    return {subject: known[tuple(sorted(names))] for subject, names in classes.items()}


def _without_class(store: Store) -> Iterator[NamedNode]:
    found = store.query(_WITHOUT_CLASS)
    assert isinstance(found, QuerySolutions)
    return (row["s"] for row in found if isinstance(row["s"], NamedNode))


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
