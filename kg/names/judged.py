"""Recorded decisions that contradict each other, and those that change nothing in a graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.decisions import Row, contradictions, held
from kg.joins import APART, DECIDED
from kg.judgement import DIFFERENT, SAME, Node, called_alike, judgements, node, set_apart
from kg.names.places import Named
from kg.names.values import CONTRADICTION, IDLE, Told
from kg.query.dataset import Dataset

_TWIN = "~"  # stands before the digits of one of several documents with a number
_WHY = {
    DIFFERENT: ("what one row sets apart the other joins: undo one of them", "一行判为不同，另一行又合并：撤销其一"),
    SAME: (
        "each makes the other give way: the earlier row counts, undo one",
        "两行互相并入对方：以前一行为准，撤销其一",
    ),
}
_NO_LETTER = ("no such letter was read", "未读入该函")
_NO_NAME = ("the letter names nothing so", "该函未提及此名")
_NO_THING = ("no letter names what gives way", "无一函提及被并入者")
_SAID = ("earlier rows say so already", "前面各行已有此意")


@dataclass(frozen=True, slots=True)
class Scene:
    """What letters name, before any decision: by the key of a letter its things with their names."""

    letters: Mapping[str, Mapping[Node, tuple[str, ...]]]

    def naming(self, thing: Node) -> list[str]:
        """The letters that name an entity."""
        return [letter for letter, things in self.letters.items() if any(_is(thing, one) for one in things)]

    def called(self, letter: str, name: str) -> list[Node] | None:
        """What a letter calls by a name; None where there is no such letter."""
        keys = [key for key in self.letters if letter in (key, key.partition(_TWIN)[0])]
        things = [pair for key in keys for pair in self.letters[key].items()]
        return [one for one, names in things if any(called_alike(name, each) for each in names)] if keys else None


def scene(things: Iterable[Named], report: Sequence[Mapping[str, Any]], dataset: Dataset) -> Scene:
    """What the letters of a graph name; `report` tells what the decisions of its build made of that."""
    was: dict[tuple[str, str], list[Node]] = {}
    letters: dict[str, dict[Node, tuple[str, ...]]] = {}
    for letter in report:
        letters[_key(dataset, letter["iri"])] = {}
        for one in letter["joined"]:
            if one["reason"] in (DECIDED, APART):
                was.setdefault((letter["iri"], dataset.short(one["iri"])), []).append(node(one["other"]))
    for thing in things:
        for iri in thing.letters:
            for own in was.get((iri, thing.iri), [node(thing.iri)]):
                names = (thing.name, *thing.others, own[1].partition("_")[0])
                letters.setdefault(_key(dataset, iri), {})[own] = names
    return Scene(letters)


def _key(dataset: Dataset, letter: str) -> str:
    return node(dataset.short(letter))[1]


def _is(wanted: Node, one: Node) -> bool:
    """Whether an entity is what a row speaks of, which may be one of any kind."""
    return wanted[1] == one[1] and wanted[0] in ("", one[0])


def judged(table: Sequence[Row], known: Scene) -> Iterator[Told]:
    """The contradictions among the rows that hold, then those that change nothing."""
    rows = held(table)
    pairs = dict.fromkeys((*contradictions(rows), *_only_there(rows, known)))
    for earlier, later in pairs:
        both_join = earlier.decision.what == later.decision.what == SAME
        kind = _kind(later, known) or _kind(earlier, known)
        yield Told(CONTRADICTION, kind, _line(earlier), _line(later), *_WHY[SAME if both_join else DIFFERENT])
    clashing = {row for pair in pairs for row in pair}
    for row, why in _idle(rows, known):
        if row not in clashing:
            yield Told(IDLE, _kind(row, known), _line(row), "", *why)


def _only_there(rows: Sequence[Row], known: Scene) -> Iterator[tuple[Row, Row]]:
    """Rows that join what one letter alone names, with those by which that letter means something else."""
    for place, apart in enumerate(rows):
        if apart.decision.what != DIFFERENT:
            continue
        for one in known.called(node(apart.decision.letter)[1], apart.decision.name) or ():
            for other, row in enumerate(rows):
                ends = (node(row.decision.a), node(row.decision.b))
                if row.decision.what == SAME and any(_is(end, one) for end in ends) and len(known.naming(one)) == 1:
                    yield (apart, row) if place < other else (row, apart)


def _idle(rows: Sequence[Row], known: Scene) -> Iterator[tuple[Row, tuple[str, str]]]:
    """The rows that change nothing, and why."""
    there = _reached(rows, known)
    seen: list[Row] = []
    for row in rows:
        one = row.decision
        if one.what == DIFFERENT:
            meant = known.called(node(one.letter)[1], one.name)
            if meant is None:
                yield row, _NO_LETTER
            elif not any(not one.a or _is(node(one.a), each) for each in (*meant, *_later(rows, meant))):
                yield row, _NO_NAME
        elif not any(_is(node(one.a), each) for each in there):
            yield row, _NO_THING
        elif _one_by(seen, row):
            yield row, _SAID
        seen.append(row)


def _reached(rows: Sequence[Row], known: Scene) -> list[Node]:
    """What letters name, and what decisions make of that."""
    there = {one: None for things in known.letters.values() for one in things}
    for row in rows:
        if row.decision.what == DIFFERENT:
            letter = node(row.decision.letter)[1]
            for kind, key in known.called(letter, row.decision.name) or ():
                there[kind, set_apart(key, letter)] = None
    joining = [row.decision for row in rows if row.decision.what == SAME]
    for _ in joining:  # over as many steps as there are rows
        there.update({node(one.b): None for one in joining if any(_is(node(one.a), each) for each in there)})
    return list(there)


def _later(rows: Sequence[Row], meant: Iterable[Node]) -> list[Node]:
    """What entities are by the rows that join."""
    joined = judgements([row.decision for row in rows]).joined
    return [joined[each] for each in meant if each in joined]


def _one_by(rows: Sequence[Row], row: Row) -> bool:
    joined = judgements([one.decision for one in rows]).joined
    one, other = (joined.get(end, end) for end in (node(row.decision.a), node(row.decision.b)))
    return one == other


def _kind(row: Row, known: Scene) -> str:
    """The kind of what a row speaks of, as far as it is known."""
    one = row.decision
    if one.a:
        return node(one.a)[0].capitalize()
    meant = known.called(node(one.letter)[1], one.name) or [("", "")]
    return meant[0][0].capitalize()


def set_apart_by(table: Sequence[Row]) -> frozenset[frozenset[str]]:
    """What the rows that hold set apart: pairs of IRIs from the base on."""
    parting = [row.decision for row in held(table) if row.decision.what == DIFFERENT and row.decision.a]
    return frozenset(frozenset((one.a, set_apart(one.a, one.letter))) for one in parting)


def _line(row: Row) -> str:
    return f"line {row.line}: {row}"
