"""Where a graph names things: for each thing its names, its letters, and the passage that names it first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg.ontology import Ontology
from kg.query.dataset import Dataset
from kg.vocabulary import ALT_LABEL, KG, PREF_LABEL, TYPE, letter_of

_DEFAULT = DefaultGraph()
_START = "#char="


@dataclass(frozen=True, slots=True)
class Named:
    """A thing: its IRI from the base on, kind, preferred name, other names, letters, and its first passage's IRI."""

    iri: str
    kind: str
    name: str
    others: tuple[str, ...]
    letters: frozenset[str]
    first: str | None

    @property
    def setting(self) -> str:
        """The place or body that tells it from namesakes: what its key has behind the name."""
        return self.iri.partition("/")[2].partition("_")[2]


def named(dataset: Dataset, ontology: Ontology, kind: str | None = None) -> list[Named]:
    """The things of a kind, or of all kinds that letters name, in the order of their IRIs."""
    found: list[Named] = []
    letters, first = _mentions(dataset)
    for one in ontology.entity_kinds():
        if kind in (None, one.name):
            for node in _of_kind(dataset, one.name):
                names = [_labels(dataset, node, label) for label in (PREF_LABEL, ALT_LABEL)]
                short = dataset.short(node.value)
                name = names[0][0] if names[0] else short
                here = frozenset(letters.get(node.value, ()))
                found.append(Named(short, one.name, name, tuple(names[1]), here, first.get(node.value)))
    return sorted(found, key=lambda thing: thing.iri)


def _of_kind(dataset: Dataset, kind: str) -> list[NamedNode]:
    quads = dataset.store.quads_for_pattern(None, NamedNode(TYPE), NamedNode(KG + kind), _DEFAULT)
    return [quad.subject for quad in quads if isinstance(quad.subject, NamedNode)]


def _labels(dataset: Dataset, node: NamedNode, label: str) -> list[str]:
    quads = dataset.store.quads_for_pattern(node, NamedNode(label), None, _DEFAULT)
    return sorted(quad.object.value for quad in quads if isinstance(quad.object, Literal))


def _mentions(dataset: Dataset) -> tuple[Mapping[str, set[str]], Mapping[str, str]]:
    """For each thing the letters that name it, and the passage that does so first, by letter and place in it."""
    letters: dict[str, set[str]] = {}
    first: dict[str, tuple[tuple[str, int], str]] = {}
    for quad in dataset.store.quads_for_pattern(None, NamedNode(KG + "mentions"), None, _DEFAULT):
        passage, thing = quad.subject.value, quad.object.value  # type: ignore[union-attr]
        letter = letter_of(passage)
        letters.setdefault(thing, set()).add(letter)
        place = (letter, int(passage[len(letter) + len(_START) :].partition(",")[0] or 0))
        if thing not in first or place < first[thing][0]:
            first[thing] = (place, passage)
    return letters, {thing: passage for thing, (_, passage) in first.items()}
