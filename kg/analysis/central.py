"""How central each thing is, and which things belong together, in the network of facts between things.

degree       how many other things it is joined to
pagerank     how often somebody who walks along facts at random is there (Brin and Page 1998, damping 0.85)
betweenness  the part of all shortest paths that lead over it (Freeman 1977; Brandes 2001); in a large network (from
             about 1,500 things on) it is estimated from the paths that begin at some of them, drawn with a fixed
             seed (Brandes and Pich 2007), as many as a few million steps allow and at least 32
community    groups with many facts within and few between them (Louvain: Blondel et al. 2008), with a fixed seed;
             numbered by size, and named by what is joined to most in it

Direction does not count: who says which of two things the subject is says nothing of what is central.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from kg import ontology
from kg.analysis.network import Network, kinds_in, network
from kg.errors import UsageError
from kg.evidence import Thing, thing
from kg.query.dataset import Dataset
from kg.query.near import nearest
from kg.table import Head, Shown, Table, Value

if TYPE_CHECKING:
    from networkx import Graph

MEASURES = ("degree", "pagerank", "betweenness")
SEED = 0
_BODY = "Body"
STEPS = 4_000_000  # what betweenness may take: about as many microseconds
LEAST_PIVOTS = 32
_DIGITS = 6
_ZH: Mapping[str, str] = MappingProxyType({
    "rank": "名次", "name": "名称", "kind": "类别", "degree": "度", "pagerank": "网页排名", "betweenness": "中介中心性",
    "community": "社区", "around": "以……为中心", "iri": "标识",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Community:
    """Things that belong together: a number (1 is the largest), how many they are, the most joined ones first.

    `members` are as many as were asked for, `size` counts all.
    """

    number: int
    size: int
    members: tuple[Thing, ...]


@dataclass(frozen=True, slots=True)
class Central:
    """A thing with its score and degree, the number of its community, and what that one has in its middle.

    The community is None where it was not asked for.
    """

    rank: int
    thing: Thing
    score: float
    degree: int
    community: int | None = None
    around: str = ""


@dataclass(frozen=True, slots=True)
class Ranking(Shown):
    """The most central things by a measure, the first first."""

    by: str
    things: tuple[Central, ...]

    def table(self) -> Table:
        """A row for each thing; the column of the score is called by its measure, degree has no second one."""
        rows = [_cells(one, self.by) for one in self.things]
        names = list(rows[0]) if rows else ["rank", "name", "kind", self.by, "iri"]
        return Table(tuple(Head(name, name, _ZH[name]) for name in names), tuple(tuple(row.values()) for row in rows))


@dataclass(frozen=True, slots=True)
class Communities(Shown):
    """Communities, the largest first; `total` counts those that are not among them too."""

    groups: tuple[Community, ...]
    total: int

    def table(self) -> Table:
        """A row for each community with its most joined things."""
        heads = (
            Head("community", "community", "社区"),
            Head("size", "things", "实体数"),
            Head("members", "among them", "其中"),
        )
        rows = ((one.number, one.size, "、".join(member.name for member in one.members)) for one in self.groups)
        return Table(heads, tuple(rows))


def central(
    dataset: Dataset,
    *,
    by: str = "degree",
    kind: str | None = None,
    without: Collection[str] = (),
    with_communities: bool = False,
    limit: int = 20,
    letterhead: bool | None = None,
) -> Ranking:
    """The most central things, of one kind or of all; equals in the order of their IRIs.

    `without` are kinds that are left out of the network, `with_communities` asks for the community of each, which takes
    longer.  `letterhead` says whether what only the form of letters tells counts; by default not where bodies are asked
    for, which else are central for being written to.  Raises UsageError for an unknown measure or kind.
    """
    if by not in MEASURES:
        raise UsageError(f"no measure is called “{by}”", remedy=nearest(by, MEASURES))
    counts = not _is_body(kind) if letterhead is None else letterhead
    net = network(dataset, without, letterhead=counts)
    if kind is not None:
        (kind,) = kinds_in([kind], net.kinds)
    graph = net.graph()
    degree = dict(graph.degree)
    score = {node: _rounded(value) for node, value in _scores(graph, by).items()}
    chosen = [node for node in graph if kind is None or net.kinds[node] == kind]
    chosen.sort(key=lambda node: (-score[node], -degree[node], node))
    found = [
        Central(rank, thing(dataset, net.nodes[node]), score[node], degree[node])
        for rank, node in enumerate(chosen[:limit], 1)
    ]
    return Ranking(by, tuple(_placed(found, chosen, _groups(graph), net, dataset) if with_communities else found))


def _placed(
    found: Sequence[Central], nodes: Sequence[int], groups: Sequence[Sequence[int]], net: Network, dataset: Dataset
) -> Iterator[Central]:
    """The same with the community of each."""
    home = {node: number for number, group in enumerate(groups, 1) for node in group}
    for one, node in zip(found, nodes, strict=False):
        middle = net.nodes[groups[home[node] - 1][0]]
        yield replace(one, community=home[node], around=thing(dataset, middle).name)


def _is_body(kind: str | None) -> bool:
    """Whether a kind, by its name or a label of it, is one of bodies that act."""
    if kind is None:
        return False
    known = ontology.load()
    bodies = [known.kinds[name] for name in known.covered(_BODY)]
    return kind.casefold() in {word.casefold() for one in bodies for word in (one.name, one.en, one.zh)}


def communities(
    dataset: Dataset,
    *,
    without: Collection[str] = (),
    limit: int = 20,
    members: int = 10,
    letterhead: bool = False,
) -> Communities:
    """The communities, the largest first, each with its most joined things; `limit` and `members` say how many.

    `letterhead` says whether what only the form of letters tells counts, which joins letters with who gets a copy.
    """
    net = network(dataset, without, letterhead=letterhead)
    groups = _groups(net.graph())
    found = (
        Community(number, len(group), tuple(thing(dataset, net.nodes[node]) for node in group[:members]))
        for number, group in enumerate(groups[:limit], 1)
    )
    return Communities(tuple(found), len(groups))


def _scores(graph: Graph, by: str) -> Mapping[int, float]:
    import networkx

    if by == "pagerank":
        return dict(networkx.pagerank(graph)) if len(graph) else {}
    if by == "betweenness":
        return dict(networkx.betweenness_centrality(graph, k=pivots(len(graph), graph.size()), seed=SEED))
    return dict(graph.degree)


def _rounded(value: float) -> float:
    """Six digits, so that the last bits of a processor do not count; degrees stay whole."""
    return value if isinstance(value, int) else round(value, _DIGITS)


def pivots(nodes: int, edges: int) -> int | None:
    """From how many things the paths are followed for betweenness; None: from all, so that it is exact.

    >>> pivots(275, 132), pivots(14_000, 17_000), pivots(65_000, 136_000)
    (None, 129, 32)
    """
    affordable = STEPS // max(1, nodes + edges)
    return None if affordable >= nodes else max(LEAST_PIVOTS, affordable)


def _groups(graph: Graph) -> list[list[int]]:
    """The communities of two things or more, the largest first; in each what is joined to most stands first."""
    import networkx

    found = networkx.community.louvain_communities(graph, seed=SEED)
    degree = dict(graph.degree)
    groups = [sorted(group, key=lambda node: (-degree[node], node)) for group in found if len(group) > 1]
    return sorted(groups, key=lambda group: (-len(group), group[0]))


def _cells(one: Central, by: str) -> dict[str, Value]:
    return {
        "rank": one.rank,
        "name": one.thing.name,
        "kind": one.thing.kind,
        **({} if by == "degree" else {by: one.score}),
        "degree": one.degree,
        **({} if one.community is None else {"community": one.community, "around": one.around}),
        "iri": one.thing.iri,
    }
