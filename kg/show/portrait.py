"""The graph and a thing -> a Portrait: all that is known of the thing, with the sentences that say it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.evidence import (
    Memory,
    Sentence,
    Thing,
    Wording,
    local_name,
    said_in,
    sentences,
    thing,
    wording,
    wordings,
    year,
)
from kg.query.dataset import Dataset
from kg.show.terminal import terminal
from kg.show.values import Fact, Figure, Group, Portrait, Promise, Status
from kg.vocabulary import ALT_LABEL, KG, PREF_LABEL, SAYS, SAYS_OF_A_WORK, TYPE, order, registry_graph

_SHOWN = 20
_PROMISED = ("concerns", "responsible", "jointly")
_ROLES = ("about", "beneficiary", "scope")
_DEFAULT = DefaultGraph()
# What a portrait says in another place, or what only holds the graph together.
_ELSEWHERE = frozenset(
    {TYPE, PREF_LABEL, ALT_LABEL, *(KG + name for name in ("year", "inDocument", "mentions", "states"))}
)


@dataclass(frozen=True, slots=True, repr=False)
class Told(Portrait):
    """A Portrait that prints as `kg show` tells it, lists cut at twenty."""

    def __str__(self) -> str:
        return terminal(self, limit=_SHOWN).rstrip("\n")

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        return f"<pre>{escape(str(self))}</pre>"


def portrait(dataset: Dataset, node: NamedNode) -> Told:
    """All that the graph knows of the entity with this IRI."""
    known, read = wordings(dataset), Memory()
    labels = dataset.store.quads_for_pattern(node, NamedNode(ALT_LABEL), None, _DEFAULT)
    own = thing(dataset, node)
    names = {quad.object.value for quad in labels if isinstance(quad.object, Literal)} - {own.name}
    return Told(
        own,
        tuple(sorted(names)),
        year(dataset.store, node),
        tuple(_groups(dataset, node, known, read)),
        tuple(_figures(dataset, node, read)),
        tuple(_statuses(dataset, node, read)),
        tuple(_promises(dataset, node, read)),
        sentences(dataset, _subjects(dataset, "mentions", node), read),
        {word.name: word for iri, word in known.items() if iri.startswith(KG)},
    )


# --- Facts


def _groups(dataset: Dataset, node: NamedNode, known: Mapping[str, Wording], read: Memory) -> Iterator[Group]:
    """The facts by relation: first those that the thing is the subject of, then those it is the object of."""
    for backwards in (False, True):
        by_relation: defaultdict[str, list[Fact]] = defaultdict(list)
        for quad in _about(dataset, node, backwards):
            if not _told(dataset, quad, backwards, known):
                continue
            said = said_in(dataset, quad.subject, quad.predicate, quad.object, read)
            by_relation[quad.predicate.value].append(Fact(_other(dataset, quad, backwards), said))
        for iri in sorted(by_relation, key=local_name):
            yield Group(wording(known, iri), backwards, tuple(sorted(by_relation[iri], key=_order)))


def _about(dataset: Dataset, node: NamedNode, backwards: bool) -> Iterator[Quad]:
    """What letters and the registry say with the thing at one end, each once."""
    subject, value = (None, node) if backwards else (node, None)
    seen = set()
    for graph in (_DEFAULT, NamedNode(registry_graph(dataset.base))):
        for quad in dataset.store.quads_for_pattern(subject, None, value, graph):
            if quad.triple not in seen:
                seen.add(quad.triple)
                yield quad


def _told(dataset: Dataset, quad: Quad, backwards: bool, known: Mapping[str, Wording]) -> bool:
    """Whether a triple is told as a fact: both ends are things with names, or the object is a literal.

    A relation that holds both ways is told once where the letters say it both ways.
    """
    if quad.predicate.value in _ELSEWHERE:
        return False
    if not backwards and isinstance(quad.object, Literal):
        return True
    other = quad.subject if backwards else quad.object
    if not isinstance(other, NamedNode) or not _named(dataset, other):
        return False
    if backwards and wording(known, quad.predicate.value).symmetric:
        return Quad(quad.object, quad.predicate, quad.subject) not in dataset.store  # type: ignore[arg-type]
    return True


def _named(dataset: Dataset, node: NamedNode) -> bool:
    return next(iter(dataset.store.quads_for_pattern(node, NamedNode(PREF_LABEL), None)), None) is not None


def _other(dataset: Dataset, quad: Quad, backwards: bool) -> Thing | str:
    other = quad.subject if backwards else quad.object
    if isinstance(other, NamedNode):
        return thing(dataset, other)
    return other.value if isinstance(other, Literal) else str(other)


def _order(fact: Fact) -> tuple[str, ...]:
    other = fact.other
    return (other.kind, other.name, other.iri) if isinstance(other, Thing) else ("", other, "")


# --- Figures, statuses, promises, mentions


def _figures(dataset: Dataset, node: NamedNode, read: Memory) -> Iterator[Figure]:
    """The measures with the thing in one of their roles, in the order of letters and of their texts."""
    found = {measure: role for role in reversed(_ROLES) for measure in _subjects(dataset, role, node)}
    for measure in sorted(found, key=lambda one: order(one.value)):
        said = sentences(dataset, _subjects(dataset, "states", measure), read)
        if said:
            yield _figure(dataset, measure, found[measure], said[0])


def _figure(dataset: Dataset, measure: NamedNode, role: str, said: Sentence) -> Figure:
    word: dict[str, str] = {}
    kinds = []
    for quad in dataset.store.quads_for_pattern(measure, None, None, _DEFAULT):
        if quad.predicate.value == TYPE and isinstance(quad.object, NamedNode):
            kinds.append(local_name(quad.object.value))
        elif isinstance(quad.object, Literal):
            word[local_name(quad.predicate.value)] = quad.object.value
    kind = min((name for name in kinds if name != "Measure"), default="Measure")
    return Figure(
        kind,
        role,
        word.get("indicator", ""),
        Decimal(word.get("value", "0")),
        word.get("unit", ""),
        word.get("comparator", "="),
        word.get("period") or word.get("asOf", ""),
        said,
    )


def _statuses(dataset: Dataset, node: NamedNode, read: Memory) -> list[Status]:
    """What letters say of how far the thing is, by year and letter."""
    found = [
        Status(status, one)
        for said in (SAYS, SAYS_OF_A_WORK)
        for status, name in said.items()
        for one in sentences(dataset, _subjects(dataset, name, node), read)
    ]
    return sorted(found, key=lambda one: (one.sentence.year or 0, one.sentence.letter, one.sentence.start, one.status))


def _promises(dataset: Dataset, node: NamedNode, read: Memory) -> Iterator[Promise]:
    """What letters announce of the thing, in the order of letters and of their texts; of a letter, all it announces."""
    found = {one: role for role in reversed(_PROMISED) for one in _subjects(dataset, role, node)}
    for passage in _subjects(dataset, "inDocument", node):
        found |= dict.fromkeys(_objects(dataset, passage, "announces"), "announces")
    for one in sorted(found, key=lambda each: order(each.value)):
        said = sentences(dataset, _subjects(dataset, "announces", one), read)
        if said:
            yield _promise(dataset, one, found[one], said[0])


def _promise(dataset: Dataset, node: NamedNode, role: str, said: Sentence) -> Promise:
    word = {
        local_name(quad.predicate.value): quad.object.value
        for quad in dataset.store.quads_for_pattern(node, None, None, _DEFAULT)
        if isinstance(quad.object, Literal)
    }
    who, beside = (
        tuple(sorted(thing(dataset, one) for one in _objects(dataset, node, name))) for name in _PROMISED[1:]
    )
    return Promise(
        word.get("words", ""), role, word.get("act", ""), word.get("deadline", ""), who, beside, said,
    )  # fmt: skip


def _objects(dataset: Dataset, node: NamedNode, name: str) -> list[NamedNode]:
    quads = dataset.store.quads_for_pattern(node, NamedNode(KG + name), None, _DEFAULT)
    return [quad.object for quad in quads if isinstance(quad.object, NamedNode)]


def _subjects(dataset: Dataset, name: str, value: NamedNode) -> list[NamedNode]:
    quads = dataset.store.quads_for_pattern(None, NamedNode(KG + name), value, _DEFAULT)
    return [quad.subject for quad in quads if isinstance(quad.subject, NamedNode)]
