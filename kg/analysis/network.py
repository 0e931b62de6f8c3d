"""The facts between things as a network for networkx: things are numbered, so that nothing depends on chance.

Two things are joined if a letter states a relation between them, in whatever direction and however often. What only
the form of letters says (who writes, who is answered, who gets a copy) can be left out: it tells who writes to whom,
not who acts together.  (Sets of texts have another order in every process; sets of small numbers have not, and
networkx walks through sets.)
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg.evidence import kind, links
from kg.query.dataset import Dataset
from kg.query.kinds import kind_in
from kg.vocabulary import KG, PREF_LABEL, letter_of, order

if TYPE_CHECKING:
    from networkx import Graph

_DEFAULT = DefaultGraph()
_FORM = "form"


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


def network(dataset: Dataset, without: Collection[str] = (), *, letterhead: bool = True) -> Network:
    """The network of a graph, without the things of some kinds, and without what only `letterhead` passages say.

    Raises UsageError for a kind that is not there.
    """
    kinds = _kinds(dataset)
    avoided = kinds_in(without, kinds.values())
    nodes = [node for node, kind in kinds.items() if kind not in avoided]
    number = {node: n for n, node in enumerate(nodes)}
    joined = sorted(set(_pairs(dataset, number, letterhead)))
    return Network(tuple(nodes), tuple(kinds[node] for node in nodes), tuple(joined))


def kinds_in(asked: Collection[str], known: Iterable[str]) -> frozenset[str]:
    """The kinds that are meant, by name or label.  UsageError, with the nearest, for one that the graph lacks."""
    there = frozenset(known)
    return frozenset(kind_in(name, there) for name in asked)


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


def _pairs(dataset: Dataset, number: Mapping[NamedNode, int], letterhead: bool) -> Iterator[tuple[int, int]]:
    form = frozenset() if letterhead else _form(dataset)
    graph = _DEFAULT if letterhead else None
    for relation in links(dataset):
        for quad in dataset.store.quads_for_pattern(None, relation, None, graph):
            if not letterhead and (quad.graph_name in form or not _is_passage(quad.graph_name)):
                continue
            one, other = number.get(quad.subject, -1), number.get(quad.object, -1)  # type: ignore[arg-type]
            if one >= 0 and other >= 0 and one != other:
                yield (one, other) if one < other else (other, one)


def _is_passage(graph: object) -> bool:
    """Whether a named graph is a place in a letter, and not the registry, say."""
    return isinstance(graph, NamedNode) and letter_of(graph.value) != graph.value


def _form(dataset: Dataset) -> frozenset[object]:
    """The passages of the letterhead and the end of letters."""
    found = dataset.store.quads_for_pattern(None, NamedNode(KG + "section"), Literal(_FORM), _DEFAULT)
    return frozenset(quad.subject for quad in found)
