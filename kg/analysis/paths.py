"""The shortest ways from one thing to another over facts, each step with its relation, direction and sentence."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING
from urllib.parse import quote

from pyoxigraph import DefaultGraph, NamedNode

from kg.analysis.network import kinds_in, network
from kg.evidence import (
    Sentence,
    Thing,
    Wording,
    kind,
    links,
    local_name,
    said_in,
    sentences,
    thing,
    wording,
    wordings,
)
from kg.query.columns import visible, wrap
from kg.query.dataset import Dataset
from kg.table import Head, Shown, Table, Value
from kg.vocabulary import KG, TYPE, letter_of, order

if TYPE_CHECKING:
    from networkx import Graph

_DEFAULT = DefaultGraph()
_SHOWN = 3
_HEADS = (
    Head("path", "path", "路径"), Head("step", "step", "步"), Head("from", "from", "自"),
    Head("relation", "relation", "关系"), Head("backwards", "backwards", "反向"), Head("to", "to", "至"),
    Head("kind", "kind", "类别"), Head("letter", "letter", "文号"), Head("year", "year", "年份"),
    Head("sentence", "sentence", "原文"), Head("from_iri"), Head("to_iri"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """A fact that leads from one thing to the next; `backwards` where the second is its subject."""

    start: Thing
    stop: Thing
    relation: Wording
    backwards: bool
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """A way from one thing to another: for each step all facts that join its two things."""

    steps: tuple[tuple[Step, ...], ...]

    def __len__(self) -> int:
        return len(self.steps)


@dataclass(frozen=True, slots=True)
class Paths(Shown):
    """The shortest ways between two things, in the order of the things on them, and how many there are in all.

    Where there is none, `sentences` are those that name both, and `letters` those that do.
    """

    start: Thing
    stop: Thing
    ways: tuple[Way, ...]
    total: int
    sentences: tuple[Sentence, ...] = ()
    letters: tuple[str, ...] = ()

    def table(self) -> Table:
        """A row for each fact of each way, with the first sentence that says it."""
        rows = (
            (number, place, *_row(step))
            for number, way in enumerate(self.ways, 1)
            for place, facts in enumerate(way.steps, 1)
            for step in facts
        )
        return Table(_HEADS, tuple(rows))

    def text(self, width: int | None = None) -> str:
        """The ways to read, step by step; sentences wrap at `width` columns (None: never)."""
        if not self.ways:
            return f"{self.start.name} – {self.stop.name}: {_why_none(self, width)}"
        parts = [_told(way, number, self.total, width) for number, way in enumerate(self.ways, 1)]
        if more := self.total - len(self.ways):
            parts.append(f"… {more} more ways of this length · 另有{more}条同样长")
        return "\n\n".join(parts)


def paths(
    dataset: Dataset, start: NamedNode, stop: NamedNode, *, without: Collection[str] = (), limit: int = 10
) -> Paths:
    """The shortest paths between two entities, at most `limit` in the order of their things, and how many there are.

    Paths over things of the kinds `without` do not count, but the two ends may be of them.  None: nothing connects the
    two.  The number of all is counted along the levels of a breadth-first search (Brandes 2001, algorithm 1).
    Raises UsageError for an unknown kind.
    """
    ends = thing(dataset, start), thing(dataset, stop)
    avoided = _kinds(dataset, without)
    joining = frozenset(links(dataset))
    explored = None if start == stop else _explored(dataset, start, stop, joining, avoided)
    if explored is None:
        return Paths(*ends, (), 0, *(_both(dataset, start, stop) if start != stop else ((), ())))
    nearer, known = _nearer(explored, stop), wordings(dataset)
    found = tuple(
        Way(tuple(_steps(dataset, one, other, known, joining) for one, other in pairwise(way)))
        for way in islice(_ways(nearer, start, stop), limit)
    )
    return Paths(*ends, found, _count(nearer, start, stop))


def _kinds(dataset: Dataset, asked: Collection[str]) -> frozenset[str]:
    """The kinds that are meant; all things are looked through only where one is not there by that name."""
    return frozenset(asked) if all(_has(dataset, name) for name in asked) else kinds_in(asked, network(dataset).kinds)


def _has(dataset: Dataset, name: str) -> bool:
    found = dataset.store.quads_for_pattern(None, NamedNode(TYPE), NamedNode(KG + quote(name)), _DEFAULT)
    return next(iter(found), None) is not None


def _explored(
    dataset: Dataset, start: NamedNode, stop: NamedNode, joining: Collection[NamedNode], without: Collection[str]
) -> Graph | None:
    """What lies around both ends, level by level, until the two meet: all shortest ways are in it.  None: they do not.

    The smaller of the two fringes is gone on from (Pohl 1971), so that of a large graph little is read.
    """
    import networkx  # takes longer to load than all else

    graph = networkx.Graph()
    fringes, seen = [[start], [stop]], [{start}, {stop}]
    while fringes[0] and fringes[1]:
        side = int(len(fringes[1]) < len(fringes[0]))
        following: list[NamedNode] = []
        met = False
        for node in fringes[side]:
            for other in _neighbours(dataset, node, joining):
                if without and other not in (start, stop) and kind(dataset, other) in without:
                    continue
                graph.add_edge(node, other)
                met = met or other in seen[1 - side]
                if other not in seen[side]:
                    seen[side].add(other)
                    following.append(other)
        if met:
            return graph
        fringes[side] = following
    return None


def _neighbours(dataset: Dataset, node: NamedNode, joining: Collection[NamedNode]) -> Iterator[NamedNode]:
    for quad in dataset.store.quads_for_pattern(node, None, None, _DEFAULT):
        if quad.predicate in joining and isinstance(quad.object, NamedNode):
            yield quad.object
    for quad in dataset.store.quads_for_pattern(None, None, node, _DEFAULT):
        if quad.predicate in joining and isinstance(quad.subject, NamedNode):
            yield quad.subject


def _nearer(graph: Graph, goal: NamedNode) -> Mapping[NamedNode, list[NamedNode]]:
    """For each thing its neighbours that are one step nearer to the goal, in the order of their IRIs."""
    import networkx  # takes longer to load than all else

    far = networkx.single_source_shortest_path_length(graph, goal)
    return {
        node: sorted((other for other in graph[node] if far[other] == steps - 1), key=lambda other: order(other.value))
        for node, steps in far.items()
    }


def _ways(nearer: Mapping[NamedNode, list[NamedNode]], start: NamedNode, stop: NamedNode) -> Iterator[list[NamedNode]]:
    if start == stop:
        yield [stop]
        return
    for following in nearer[start]:
        for way in _ways(nearer, following, stop):
            yield [start, *way]


def _count(nearer: Mapping[NamedNode, list[NamedNode]], start: NamedNode, stop: NamedNode) -> int:
    """How many ways there are, without walking each."""
    known = {stop: 1}

    def ways(node: NamedNode) -> int:
        if node not in known:
            known[node] = sum(map(ways, nearer[node]))
        return known[node]

    return ways(start)


def _steps(
    dataset: Dataset, one: NamedNode, other: NamedNode, known: Mapping[str, Wording], joining: Collection[NamedNode]
) -> tuple[Step, ...]:
    """The facts that join two things, by relation; a relation that holds both ways once."""
    ends = thing(dataset, one), thing(dataset, other)
    found: list[Step] = []
    for backwards, subject, value in ((False, one, other), (True, other, one)):
        facts = {quad.predicate for quad in dataset.store.quads_for_pattern(subject, None, value, _DEFAULT)}
        for relation in sorted(facts & set(joining), key=lambda node: local_name(node.value)):
            word = wording(known, relation.value)
            if not (backwards and word.symmetric and any(step.relation == word for step in found)):
                found.append(Step(*ends, word, backwards, said_in(dataset, subject, relation, value)))
    return tuple(found)


def _both(dataset: Dataset, one: NamedNode, other: NamedNode) -> tuple[tuple[Sentence, ...], tuple[str, ...]]:
    """The sentences that name both of two things, and the letters that do."""
    passages: list[set[object]] = [
        {q.subject for q in dataset.store.quads_for_pattern(None, NamedNode(KG + "mentions"), node, _DEFAULT)}
        for node in (one, other)
    ]
    letters = [{letter_of(node.value) for node in found if isinstance(node, NamedNode)} for found in passages]
    named = (thing(dataset, NamedNode(letter)).name for letter in sorted(set.intersection(*letters), key=order))
    return sentences(dataset, set.intersection(*passages)), tuple(named)


def _why_none(found: Paths, width: int | None) -> str:
    """That no facts connect two things, and where both are named nevertheless."""
    if found.start == found.stop:
        return "they are the same thing · 两者是同一个"
    told = ["no facts connect them · 没有事实把两者连起来"]
    if found.sentences:
        count = len(found.sentences)
        told.append(f"named together in {count} sentence{'s' * (count > 1)} · 有{count}句同时提到两者")
        told += [line for said in found.sentences[:_SHOWN] for line in _quoted(said, 1, width)]
    elif found.letters:
        shown = "、".join(found.letters[:_SHOWN]) + (" …" if len(found.letters) > _SHOWN else "")
        told.append(f"letters that name both · 同时提到两者的函 ({len(found.letters)}): {shown}")
    else:
        told.append("no letter names both · 没有一函同时提到两者")
    return "\n".join(told)


def _row(step: Step) -> tuple[Value, ...]:
    said = step.sentences[0] if step.sentences else None
    letter, year, text = (said.letter, said.year, said.text) if said else (None, None, None)
    names = step.start.name, step.relation.name, step.backwards, step.stop.name, step.stop.kind
    return *names, letter, year, text, step.start.iri, step.stop.iri


def _told(way: Way, number: int, total: int, width: int | None) -> str:
    """A way to read: its things and, between them, the facts that join them with a sentence each."""
    steps = len(way)
    lines = [f"{number} of {total}, {steps} step{'s' * (steps > 1)} · 第{number}条，共{total}条，{steps}步"]
    lines.append(_named(way.steps[0][0].start))
    for facts in way.steps:
        for step in facts:
            arrow = "↔" if step.relation.symmetric else "←" if step.backwards else "→"
            lines.append(f"  ↓ {step.relation.said(step.backwards)}  [{arrow} {step.relation.name}]")
            lines += [line for said in step.sentences[:1] for line in _quoted(said, len(step.sentences), width)]
        lines.append(_named(facts[0].stop))
    return "\n".join(lines)


def _named(one: Thing) -> str:
    return visible(f"{one.name}  {one.kind}  <{one.iri}>")


def _quoted(said: Sentence, count: int, width: int | None) -> Iterator[str]:
    more = f"  (and {count - 1} more · 另有{count - 1}处)" if count > 1 else ""
    yield visible(f"      {said.letter}  {said.start}-{said.end}{more}")
    text = visible(said.text)
    lines = [text] if width is None else wrap(text, max(20, width - 8))
    yield from (f"        {line}" for line in lines)
