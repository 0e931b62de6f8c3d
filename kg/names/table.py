"""The lists of names as one answer: what was joined, what was kept apart, which decisions contradict or do nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg import decisions as recorded
from kg import ontology
from kg.evidence import Sentence, Thing, sentence
from kg.find.fold import fold, marked
from kg.names.joined import joined, read_report
from kg.names.judged import judged, scene, set_apart_by
from kg.names.near import ALIKE, INSIDE, NUMBER, OMITTED, SAME, SHARED, SHORT, SIGN, Known, Pair, near
from kg.names.places import Named, named
from kg.names.values import APART, CONTRADICTION, IDLE, JOINED, Told
from kg.query.dataset import Dataset
from kg.query.kinds import kind_in
from kg.table import Head, Shown, Table, Value
from kg.vocabulary import KG, PREF_LABEL, registry_graph

_PLACES = "place/"
_NOT_COMPARED = frozenset({"number", "proposal", "division"})  # keys that are numbers or certain
_HOW: Mapping[str, tuple[str, str]] = MappingProxyType({
    SAME: ("one name", "名称相同"),
    SHARED: ("both go by one of these names, too", "二者共有一个别称"),
    NUMBER: ("one document number, two titles", "同一文号，标题不同"),
    INSIDE: ("one name is part of the other", "一名包含另一名"),
    SIGN: ("the names differ by one character", "名称只差一字"),
    SHORT: ("one name looks like a short form of the other", "一名似为另一名的缩写"),
    OMITTED: ("one name has words more in its middle", "一名中间多出词语"),
    ALIKE: ("the names are spelt alike", "名称相近"),
})  # fmt: skip
_AGAINST: Mapping[str, tuple[str, str]] = MappingProxyType({
    "decided": ("a decision set them apart", "依记录的决定分开"),
    "setting": ("of other places or bodies", "所属不同"),
    "near setting": ("of other settings", "所属不一"),
    "figures": ("other years or numbers", "年份或数字不同"),
    "place": ("other places in the names", "名中地名不同"),
    "level": ("other levels in the names", "名中层级不同"),
    "numbers": ("other document numbers", "文号不同"),
    "both": ("one letter names both", "同一函并提二者"),
})  # fmt: skip
_NOTHING = ("nothing says that they are one", "无文字说明二者为一")
_HEADS = (
    Head("what", "what", "类型"), Head("kind", "kind", "类别"), Head("name", "name", "名称"),
    Head("other", "other", "另一名称"), Head("reason", "why", "理由（英）"), Head("reason_zh", "why", "理由"),
    Head("score", "closeness", "相近度"), Head("letters", "letters", "函数"), Head("letter", "letter", "文号"),
    Head("quote", "sentence", "原句"), Head("other_letter", "other letter", "另一文号"),
    Head("other_quote", "other sentence", "另一原句"), Head("iri", "IRI", "标识"), Head("other_iri", "other IRI", "另一标识"),
)  # fmt: skip
_SECTIONS: Mapping[str, tuple[str, tuple[Head, ...]]] = MappingProxyType({
    JOINED: ("Joined 已合并", (
        Head("kind", "kind", "类别"), Head("name", "name", "名称"), Head("other", "joined to", "并入"),
        Head("reason", "why", "理由"), Head("letters", "letters", "函数"), Head("letter", "letter", "文号"),
        Head("quote", "sentence", "原句"),
    )),
    APART: ("Kept apart, the closest first 未合并，相近者在前", (
        Head("score", "closeness", "相近度"), Head("one", "one", "其一"), Head("two", "other", "其二"),
        Head("reason", "why", "理由"), Head("quote", "sentence", "原句"), Head("quotes", "other sentence", "另一原句"),
    )),
    CONTRADICTION: ("Contradictions between decisions 相互矛盾的决定", (
        Head("one", "earlier", "前一行"), Head("two", "later", "后一行"), Head("reason", "why", "理由"),
    )),
    IDLE: ("Decisions without effect 不起作用的决定", (Head("one", "row", "行"), Head("reason", "why", "理由"))),
})  # fmt: skip
_ROOM = 40  # characters of a sentence in a table to read


@dataclass(frozen=True, slots=True)
class Names(Shown):
    """What is told of names, and how much there is of each kind in all."""

    told: tuple[Told, ...]
    totals: Mapping[str, int]

    def table(self) -> Table:
        """All of it, one table."""
        return Table(_HEADS, tuple(map(_row, self.told)))

    def text(self, width: int | None = None) -> str:
        """The same to read: a table for each of the lists, with how many there are in all."""
        parts = []
        for what, (title, heads) in _SECTIONS.items():
            rows = [_read(one) for one in self.told if one.what == what]
            head = f"{title} ({len(rows)}/{self.totals[what]})"
            parts.append(f"{head}\n\n{Table(heads, tuple(rows)).text(width)}" if rows else head)
        return "\n\n".join(parts)


def _read(one: Told) -> tuple[Value, ...]:
    """The row of a table to read."""
    reason = f"{one.reason} · {one.reason_zh}"
    if one.what == CONTRADICTION:
        return one.name, one.other, reason
    if one.what == IDLE:
        return one.name, reason
    if one.what == JOINED:
        said = one.sentence.letter if one.sentence else None
        return one.kind, one.name, one.other, reason, one.letters, said, _cut(one.sentence, one.name, letter=False)
    things = [f"<{thing.iri}>" for thing in (one.thing, one.other_thing) if thing]
    return one.score, *things, reason, _cut(one.sentence, one.name), _cut(one.other_sentence, one.other)


def _cut(said: Sentence | None, name: str, *, letter: bool = True) -> str | None:
    """What stands around a name in a sentence, and which letter that is."""
    if said is None:
        return None
    return marked(said.text, (fold(name),), _ROOM) + (f" {said.letter}" if letter else "")


def names(
    dataset: Dataset, out: Path, *, kind: str | None = None, limit: int | None = 20, decisions: Path | None = None
) -> Names:
    """What was joined and why, what was kept apart though close, decisions that contradict each other or do nothing.

    `out` is the folder of the build, `limit` the most of each list (None: all), `decisions` the table of decisions
    (default: the project's).  Raises UsageError for an unknown kind, StoreError where the report is of another build.
    """
    known = ontology.load()
    kinds = {one.name: one.key for one in known.entity_kinds()}
    kind = None if kind is None else kind_in(kind, kinds, "")
    things = named(dataset, known, kind)
    by_iri = {one.iri: one for one in things}
    report = read_report(out, dataset)
    told, all_joined = joined(report, by_iri, dataset, limit)
    compared = [one for one in things if kinds[one.kind] not in _NOT_COMPARED]
    table = recorded.rows(decisions)
    pairs = near(compared, Known(_numbers(dataset), _above(dataset), _seats(dataset), set_apart_by(table)))
    every = scene(things if kind is None else named(dataset, known), report, dataset)
    rows = [one for one in judged(table, every) if kind in (None, one.kind)]
    clashes, idle = ([one for one in rows if one.what == what] for what in (CONTRADICTION, IDLE))
    totals = {JOINED: all_joined, APART: len(pairs), CONTRADICTION: len(clashes), IDLE: len(idle)}
    apart = (_apart(pair, dataset) for pair in pairs[:limit])
    return Names((*told, *apart, *clashes[:limit], *idle[:limit]), totals)


def _numbers(dataset: Dataset) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for quad in dataset.store.quads_for_pattern(None, NamedNode(KG + "documentNumber"), None, DefaultGraph()):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
            found.setdefault(dataset.short(quad.subject.value), set()).add(quad.object.value)
    return {iri: frozenset(numbers) for iri, numbers in found.items()}


def _above(dataset: Dataset) -> dict[str, str]:
    """The names of the places above each place that the registry knows, by its name."""
    graph, known = NamedNode(registry_graph(dataset.base)), {}
    for quad in dataset.store.quads_for_pattern(None, NamedNode(PREF_LABEL), None, graph):
        iri = dataset.short(quad.subject.value) if isinstance(quad.subject, NamedNode) else ""
        if iri.startswith(_PLACES) and isinstance(quad.object, Literal):
            known[quad.object.value] = iri.partition("_")[2]
    return known


def _seats(dataset: Dataset) -> dict[str, str]:
    """The place of each body, as the registry tells it."""
    graph = NamedNode(registry_graph(dataset.base))
    told = dataset.store.quads_for_pattern(None, NamedNode(KG + "place"), None, graph)
    return {dataset.short(q.subject.value): q.object.value for q in told
            if isinstance(q.subject, NamedNode) and isinstance(q.object, NamedNode)}  # fmt: skip


def _apart(pair: Pair, dataset: Dataset) -> Told:
    reasons = [_HOW[pair.how], *([_AGAINST[one] for one in pair.against] or [_NOTHING])]
    one, other = pair.one, pair.other
    return Told(
        APART,
        one.kind,
        one.name,
        other.name,
        "; ".join(english for english, _ in reasons),
        "；".join(chinese for _, chinese in reasons),
        Thing(one.kind, one.name, one.iri),
        Thing(other.kind, other.name, other.iri),
        _first(one, dataset),
        _first(other, dataset),
        len(one.letters & other.letters),
        pair.score,
    )


def _first(one: Named, dataset: Dataset) -> Sentence | None:
    return sentence(dataset, NamedNode(one.first)) if one.first else None


def _row(one: Told) -> tuple[Value, ...]:
    said, also = one.sentence, one.other_sentence
    return (
        one.what, one.kind, one.name, one.other, one.reason, one.reason_zh, one.score, one.letters,
        said.letter if said else None, said.text if said else None,
        also.letter if also else None, also.text if also else None,
        one.thing.iri if one.thing else None, one.other_thing.iri if one.other_thing else None,
    )  # fmt: skip


__all__ = ["Names", "names"]
