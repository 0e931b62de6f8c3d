"""From names as people write them to a row of the table of decisions; what contradicts an earlier row is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode

from kg.decisions import Row, begun, contradictions, held, known, undoing
from kg.errors import UsageError
from kg.evidence import kind, thing
from kg.judgement import DIFFERENT, SAME, Decision, called_alike, node
from kg.query.dataset import Dataset
from kg.query.entities import ANY, called, entity
from kg.vocabulary import DOCUMENT, KG, letter_of


@dataclass(frozen=True, slots=True)
class By:
    """Who decides, when (a date), and why."""

    who: str
    when: str
    why: str


def same(dataset: Dataset, a: str, b: str, by: By, file: Path | None = None) -> Row:
    """The row that says that what is called `a` is what is called `b`, and goes by the latter's key.

    Raises UsageError for unknown and ambiguous names, for things of two kinds, for what is one thing already, and for
    what contradicts a row of `file` (default: the project's table).
    """
    nodes = [entity(dataset, ANY, name) for name in (a, b)]
    kinds = [kind(dataset, one) for one in nodes]
    if kinds[0] != kinds[1]:
        told = f"“{a}” is of kind {kinds[0]}, “{b}” of kind {kinds[1]}"
        raise UsageError(f"{told}: a thing has one kind", remedy="kg show tells what each is")
    if nodes[0] == nodes[1]:
        raise UsageError(f"“{a}” and “{b}” are one thing already, <{dataset.short(nodes[0].value)}>")
    row = _checked(Decision(SAME, "", "", *(dataset.short(one.value) for one in nodes)), by, file)
    for one in nodes:
        for other in _about(one, DIFFERENT, dataset, file):
            if node(other.decision.letter)[1] == _only_letter(dataset, one):
                raise _contradicted(row, other)
    return row


def different(
    dataset: Dataset, letter: str, name: str, by: By, file: Path | None = None, report: Sequence[Mapping[str, Any]] = ()
) -> Row:
    """The row that says that a letter means something else by a name than elsewhere is meant by it.

    `report` is what the report of the build says of each letter: a name that a decision joined there is not parted by
    another one.  Raises UsageError as `same` does, and for a name that the letter does not have.
    """
    document = entity(dataset, DOCUMENT, letter)
    found = _named_in(dataset, document, name)
    number, short = (dataset.short(one.value) for one in (document, found))
    shown = thing(dataset, found).name if name.strip("<>") in (short, found.value) else name
    row = _checked(Decision(DIFFERENT, number.partition("/")[2], shown, short, ""), by, file)
    native = {one["other"] for each in report if each["iri"] == document.value for one in each["joined"]
              if one["reason"] == SAME and one["iri"] == found.value}  # fmt: skip
    for other in _about(found, SAME, dataset, file):
        if node(other.decision.a) in map(node, native) or _only_letter(dataset, found) == node(number)[1]:
            raise _contradicted(row, other)
    return row


def _about(found: NamedNode, what: str, dataset: Dataset, file: Path | None) -> list[Row]:
    """The rows that hold and name an entity."""
    wanted = node(dataset.short(found.value))
    return [row for row in held(begun(file)) if row.decision.what == what
            and wanted in (node(row.decision.a), node(row.decision.b))]  # fmt: skip


def _only_letter(dataset: Dataset, found: NamedNode) -> str | None:
    """The number of the one letter that names an entity; None where several do."""
    quads = dataset.store.quads_for_pattern(None, NamedNode(KG + "mentions"), found, None)
    letters = {letter_of(quad.subject.value) for quad in quads if isinstance(quad.subject, NamedNode)}
    return node(dataset.short(letters.pop()))[1] if len(letters) == 1 else None


def undo(a: str, b: str, what: str, by: By, file: Path | None = None) -> Row:
    """The row that undoes the one row of `file` that says `what` of `a` and `b` (of a letter and a name).

    Both are given as in that row, or by what the names in it begin with.  Raises UsageError where none or several fit.
    """
    table = held(begun(file))
    fitting = [row for row in table if row.decision.what == what and _says(row.decision, a, b)]
    if not fitting:
        there = [row for row in table if row.decision.what == what]
        remedy = "there are: " + "; ".join(f"line {row.line}, {row}" for row in there[:5]) if there else "there is none"
        raise UsageError(f"no row that holds says {what} of “{a}” and “{b}”", remedy=remedy)
    if len({row.decision for row in fitting}) > 1:
        several = "; ".join(f"line {row.line}, {row}" for row in fitting)
        raise UsageError(f"several rows say {what} of “{a}” and “{b}”: {several}", remedy="write both as in the row")
    return undoing(fitting[0], by.who, by.when, by.why)


def _says(decision: Decision, a: str, b: str) -> bool:
    if decision.what == DIFFERENT:
        return node(a)[1] == node(decision.letter)[1] and called_alike(b, decision.name)
    return _is(a, decision.a) and _is(b, decision.b)


def _is(name: str, written: str) -> bool:
    """Whether a name means an entity as it is written in a row: by all of it, its key, or the name in the key."""
    key = node(written)[1]
    return node(name) == node(written) or any(called_alike(name, each) for each in (key, key.partition("_")[0]))


def _named_in(dataset: Dataset, document: NamedNode, name: str) -> NamedNode:
    """What a letter calls by a name."""
    inside: dict[str, None] = {}
    for quad in dataset.store.quads_for_pattern(None, NamedNode(KG + "inDocument"), document, None):
        if isinstance(quad.subject, NamedNode):
            named = dataset.store.quads_for_pattern(quad.subject, NamedNode(KG + "mentions"), None, None)
            inside.update({one.object.value: None for one in named if isinstance(one.object, NamedNode)})
    fitting = [one for one in _candidates(dataset, name, called(dataset, name)) if one.value in inside]
    short = dataset.short(document.value)
    if not fitting:
        node_ = entity(dataset, ANY, name)  # tells what is near where nothing has the name
        raise UsageError(f"<{short}> does not name <{dataset.short(node_.value)}>", remedy="see kg show for who does")
    if len(fitting) > 1:
        told = ", ".join(f"{thing(dataset, one).kind} <{dataset.short(one.value)}>" for one in fitting)
        raise UsageError(f"“{name}” is the name of several in <{short}>: {told}", remedy="give a longer name")
    return fitting[0]


def _candidates(dataset: Dataset, name: str, found: Sequence[NamedNode]) -> list[NamedNode]:
    """The things that a name may mean: those that have it, or the one whose IRI it is."""
    return list(found) or [entity(dataset, ANY, name)]


def _checked(decision: Decision, by: By, file: Path | None) -> Row:
    """The row, unless the table says so already or says the contrary."""
    row = Row(by.who, by.when, decision, by.why)
    table = held(begun(file))
    if (there := known(table, decision)) is not None:
        raise UsageError(f"decided already, line {there.line}: {there}")
    for earlier, later in contradictions((*table, row)):
        if later is row:
            raise _contradicted(row, earlier)
    return row


def _contradicted(row: Row, earlier: Row) -> UsageError:
    told = f"“{row}” contradicts line {earlier.line} ({earlier.who}, {earlier.when}): {earlier}"
    return UsageError(told, remedy="undo that row first, with --undo")
