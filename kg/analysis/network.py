"""The facts between things as a network for networkx: things are numbered, so that nothing depends on chance.

Two things are joined if a letter states a relation between them, in whatever direction and however often.  (Sets of
texts have another order in every process; sets of small numbers have not, and networkx walks through sets.)
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, NamedNode

from kg.errors import UsageError
from kg.evidence import kind, links
from kg.query.dataset import Dataset
from kg.query.near import nearest
from kg.vocabulary import PREF_LABEL, letter_of, order

if TYPE_CHECKING:
    from networkx import Graph

_DEFAULT = DefaultGraph()


@dataclass(frozen=True, slots=True)
class Network:
    """Things by number (`nodes`), the kind of each, and the pairs of numbers that are joined, the smaller first."""

    nodes: tuple[NamedNode, ...]
    kinds: tuple[str, ...]
    pairs: tuple[tuple[int, int], ...]

    def graph(self) -> Graph:
        """The network for networkx, without direction and without the things that nothing is joined to."""
        import networkx  # takes longer to load than all else

        found = networkx.Graph()
        found.add_nodes_from(sorted({number for pair in self.pairs for number in pair}))
        found.add_edges_from(self.pairs)
        return found


def network(dataset: Dataset, without: Collection[str] = ()) -> Network:
    """The network of a graph, without the things of some kinds.  Raises UsageError for a kind that is not there."""
    kinds = _kinds(dataset)
    check_kinds(without, set(kinds.values()))
    nodes = [node for node, kind in kinds.items() if kind not in without]
    number = {node: n for n, node in enumerate(nodes)}
    joined = sorted(set(_pairs(dataset, number)))
    return Network(tuple(nodes), tuple(kinds[node] for node in nodes), tuple(joined))


def check_kinds(asked: Collection[str], known: Collection[str]) -> None:
    """Raises UsageError, with the nearest, for a kind that the graph has nothing of."""
    for name in asked:
        if name not in known:
            raise UsageError(f"no kind in the graph is called “{name}”", remedy=nearest(name, set(known)))


def _kinds(dataset: Dataset) -> dict[NamedNode, str]:
    """The kind of everything that has a name; an IRI is minted with its kind, so that most need not be looked up."""
    named = {q.subject for q in dataset.store.quads_for_pattern(None, NamedNode(PREF_LABEL), None, _DEFAULT)}
    things = (node for node in named if isinstance(node, NamedNode) and _is_thing(node))
    nodes = sorted(things, key=lambda node: order(node.value))
    minted: dict[str, str] = {}
    found = {}
    for node in nodes:
        first = node.value[len(dataset.base) :].partition("/")[0]
        if first not in minted:
            minted[first] = kind(dataset, node)
        found[node] = minted[first] if minted[first].lower() == first else kind(dataset, node)
    return found


def _is_thing(node: NamedNode) -> bool:
    """Whether what has a name is no place in a letter (a request is one)."""
    return letter_of(node.value) == node.value


def _pairs(dataset: Dataset, number: Mapping[NamedNode, int]) -> Iterator[tuple[int, int]]:
    for relation in links(dataset):
        for quad in dataset.store.quads_for_pattern(None, relation, None, _DEFAULT):
            one, other = number.get(quad.subject, -1), number.get(quad.object, -1)  # type: ignore[arg-type]
            if one >= 0 and other >= 0 and one != other:
                yield (one, other) if one < other else (other, one)
