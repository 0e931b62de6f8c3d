"""What one letter says, for Python, without any store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from kg import decisions as judgements
from kg import ontology, registry, resolve
from kg.errors import InputError
from kg.letter import read_letter
from kg.masking import masked
from kg.model import Entity, Fact, Literal, Measure, Promise, Reading, Ref, Request, Status
from kg.read import read
from kg.table import Head, Table, Value, plain

_PLACE = (Head("sentence", "sentence", "原文"), Head("start", "from", "起"), Head("end", "to", "止"))
_THINGS = (
    Head("kind", "kind", "类别"),
    Head("name", "name", "名称"),
    Head("names", "also", "又称"),
    Head("key", "key", "键"),
)
_FACTS = (
    Head("subject", "subject", "主体"), Head("subject_kind", "its kind", "类别"), Head("relation", "relation", "关系"),
    Head("object", "object", "客体"), Head("object_kind", "its kind", "类别"), *_PLACE,
)  # fmt: skip
_FIGURES = (
    Head("kind", "kind", "类别"), Head("indicator", "indicator", "指标"), Head("comparator", "sign", "比较"),
    Head("value", "value", "数值"), Head("unit", "unit", "单位"), Head("period", "period", "时期"),
    Head("about", "about", "关于"), Head("beneficiary", "for", "受益者"), Head("scope", "within", "范围"),
    Head("condition", "condition", "条件"), *_PLACE,
)  # fmt: skip
_STATUSES = (Head("thing", "thing", "事项"), Head("kind", "kind", "类别"), Head("status", "status", "进展"), *_PLACE)
_REQUESTS = (
    Head("request", "request", "建议"), Head("asked", "asked in", "建议原句"), Head("outcome", "outcome", "结果"),
    Head("by", "answered by", "回应依据"), *_PLACE,
)  # fmt: skip
_PROMISES = (
    Head("promise", "promise", "部署事项"), Head("act", "act", "类别"), Head("deadline", "by", "期限"),
    Head("concerns", "concerns", "所涉"), Head("responsible", "who", "谁来办"), Head("jointly", "with", "会同"),
    Head("figures", "figures", "指标"), *_PLACE,
)  # fmt: skip


@dataclass(frozen=True, slots=True, repr=False)
class LetterFacts:
    """What a letter says; `reading` has the program's own values of it (kg.model.Reading)."""

    reading: Reading

    @property
    def name(self) -> str:
        """The letter's number, else its key."""
        return self._name(self.reading.ref)

    @property
    def things(self) -> Table:
        """The things that it names, by kind and name."""
        rows = (
            (one.ref.kind, one.name, "、".join(name for name in one.names if name != one.name) or None, one.ref.key)
            for one in sorted(self.reading.entities, key=_order)
        )
        return Table(_THINGS, tuple(rows))

    @property
    def facts(self) -> Table:
        """What it says of them, with the sentence and its place in the source (characters, from 0)."""
        return Table(_FACTS, tuple(map(self._fact, self.reading.facts)))

    @property
    def figures(self) -> Table:
        """Its figures: results, targets, incentives."""
        return Table(_FIGURES, tuple(map(self._figure, self.reading.measures)))

    @property
    def statuses(self) -> Table:
        """What it says is done, ongoing or planned."""
        return Table(_STATUSES, tuple(map(self._status, self.reading.statuses)))

    @property
    def requests(self) -> Table:
        """What it repeats from the proposal, and each sentence that answers it, with its place; None where none does.

        `asked` is the sentence that repeats the request, `outcome` what the answer says became of it (done, ongoing,
        planned, declined; several where it says several things, None where it does not say), `by` why it is taken for
        an answer (kg.model.Answer).
        """
        return Table(_REQUESTS, tuple(row for one in self.reading.requests for row in self._request(one)))

    @property
    def promises(self) -> Table:
        """What it announces, clause by clause: what, by when, by whom, how much.

        `act` is finish (comes to an end one day), reach (a figure to be reached) or pursue (goes on); `responsible` and
        `jointly` are those whom the letter names; several names or figures are joined by 、 or ；.
        """
        return Table(_PROMISES, tuple(map(self._promise, self.reading.promises)))

    def __repr__(self) -> str:
        found = len(self.reading.entities), len(self.reading.facts), len(self.reading.measures)
        return f"<{self.name}: {found[0]} things, {found[1]} facts, {found[2]} figures>"

    def _fact(self, fact: Fact) -> tuple[Value, ...]:
        value = fact.object
        told = (value.value, None) if isinstance(value, Literal) else (self._name(value), value.kind)
        return self._name(fact.subject), fact.subject.kind, fact.relation, *told, *self._place(fact.passage)

    def _figure(self, one: Measure) -> tuple[Value, ...]:
        refs = (self._name(ref) if ref else None for ref in (one.about, one.beneficiary, one.scope))
        told = one.kind, one.indicator, one.comparator, one.value, one.unit or None, one.period or None
        return *told, *refs, one.condition or None, *self._place(one.passage)

    def _status(self, one: Status) -> tuple[Value, ...]:
        return self._name(one.entity), one.entity.kind, one.status, *self._place(one.passage)

    def _request(self, one: Request) -> Iterator[tuple[Value, ...]]:
        asked = one.text, self.reading.letter.passages[one.passage].text
        for answer in one.answers:
            yield *asked, ", ".join(answer.statuses) or None, answer.by, *self._place(answer.passage)
        if not one.answers:
            yield *asked, None, None, None, None, None

    def _promise(self, one: Promise) -> tuple[Value, ...]:
        named = ("、".join(map(self._name, refs)) or None for refs in (one.things, one.who, one.beside))
        aims = (self.reading.measures[number] for number in one.figures)
        figures = "；".join(f"{aim.indicator} {aim.comparator} {plain(aim.value)}{aim.unit}" for aim in aims)
        until = one.until.value if one.until else None
        return one.text, one.act, until, *named, figures or None, *self._place(one.passage)

    def _place(self, passage: int) -> Iterator[Value]:
        found = self.reading.letter.passages[passage]
        yield from (found.text, found.span.start, found.span.stop)

    def _name(self, ref: Ref) -> str:
        return next((entity.name for entity in self.reading.entities if entity.ref == ref), ref.key)


def read_letter_file(
    path: str | PathLike[str],
    *,
    decisions: str | PathLike[str] | None = None,
    keep_personal_numbers: bool = False,
) -> LetterFacts:
    """What the letter in a file says, read on its own as a build reads it.

    `decisions` is a table of who is the same as whom; mobile telephone and identity-card numbers are masked unless they
    are to be kept.  Raises InputError, a KgError, for a file that cannot be read, and for a folder.
    """
    file = Path(path)
    if file.is_dir():
        raise InputError("a folder, and one letter is read at a time", place=str(file), remedy="name a file in it")
    names = registry.load()
    held = judgements.load(Path(decisions) if decisions is not None else None)
    found = resolve.read(read_letter(read(file), names), ontology.load(), names, held)
    return LetterFacts(found if keep_personal_numbers else masked(found))


def _order(entity: Entity) -> tuple[str, str, str]:
    return entity.ref.kind, entity.name, entity.ref.key
