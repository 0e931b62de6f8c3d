"""The values that flow between the stages.  All frozen; imports nothing of kg."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar
from typing import Literal as OneOf

Section = OneOf["form", "report", "plan"]
DocumentForm = OneOf["Letter", "Policy", "Document"]
Datatype = OneOf["string", "integer", "decimal", "boolean", "date", "gYearMonth", "gYear"]
StatusName = OneOf["done", "ongoing", "planned"]
AnswerName = OneOf["done", "ongoing", "planned", "declined"]
AnsweredBy = OneOf["heading", "sentence", "paragraph", "list", "number", "words", "headline", "order", "whole"]
ActName = OneOf["finish", "reach", "pursue"]
Counting = OneOf["New", "Total", "Share", "Rank", "Growth", "Amount"]
Comparator = OneOf["=", ">=", "<=", "~"]


Value = TypeVar("Value")


def quick(value: type[Value]) -> type[Value]:
    """A frozen dataclass with slots, its fields set through the slots; apart from speed nothing changes.

    `object.__setattr__`, which frozen dataclasses use, takes twice as long; the engine makes a dozen values for every
    sentence.

    >>> from dataclasses import dataclass
    >>> Point = quick(dataclass(frozen=True, slots=True)(type("Point", (), {"__annotations__": {"x": int, "y": int}})))
    >>> Point(1, y=2)
    Point(x=1, y=2)
    """
    given: list[str] = []
    names: dict[str, Any] = {}
    for field in fields(value):  # type: ignore[arg-type]
        if field.default_factory is not MISSING:
            return value
        names[f"set_{field.name}"] = getattr(value, field.name).__set__
        names[f"default_{field.name}"] = field.default
        given.append(field.name if field.default is MISSING else f"{field.name}=default_{field.name}")
    lines = [f"    set_{field.name}(self, {field.name})" for field in fields(value)]  # type: ignore[arg-type]
    exec("\n".join([f"def __init__(self, {', '.join(given)}):", *lines]), names)
    value.__init__ = names["__init__"]  # type: ignore[method-assign]
    return value


def replace(_value: Value, /, **parts: Any) -> Value:
    """`dataclasses.replace` for values of several fields, in a third of the time.

    >>> replace(Span(1, 2), stop=3)
    Span(start=1, stop=3)
    """
    kind: Any = type(_value)
    given, places = _fields(kind)
    every = [*given(_value)]
    for name, part in parts.items():
        every[places[name]] = part
    changed: Value = kind(*every)
    return changed


@cache
def _fields(kind: type) -> tuple[Callable[[Any], tuple[Any, ...]], Mapping[str, int]]:
    names = [field.name for field in fields(kind)]
    return attrgetter(*names), {name: place for place, name in enumerate(names)}


@quick
@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points in `Document.text`."""

    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Document:
    """A source as it was read: base name, SHA-256 of its bytes, text (no BOM, line ends as LF)."""

    name: str
    sha256: str
    text: str


@quick
@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence, or one line of the letterhead.

    `text` is the reading text: the source slice cleaned.  `steps` maps it back: pairs (index in
    `text`, index in `Document.text`), one wherever the distance between the two changes, the first
    for index 0.
    """

    index: int
    span: Span
    text: str
    steps: tuple[tuple[int, int], ...]
    section: Section = "form"
    heading: str = ""

    def offset(self, position: int) -> int:
        """The index in `Document.text` of the character at `position` of the reading text.

        >>> Passage(0, Span(3, 8), "甲乙丙", ((0, 3), (2, 7))).offset(2)
        7
        """
        reading, source = self.steps[bisect_right(self.steps, (position, 1 << 62)) - 1]
        return source + position - reading

    def source(self, start: int, stop: int) -> Span:
        """The span of the source that `text[start:stop]` was read from (start < stop)."""
        return Span(self.offset(start), self.offset(stop - 1) + 1)


@quick
@dataclass(frozen=True, slots=True)
class Part:
    """A part of a letter's form: `role` is a name in ontology/letter.toml.

    `start` and `stop` are positions in the reading text of passage number `passage`; `value` is what
    was read there, in canonical form (a date as 2023-06-26, a name without its title).
    """

    role: str
    passage: int
    start: int
    stop: int
    value: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A document with its form read: parts, passages in order, and furniture (page numbers, rules)."""

    document: Document
    form: DocumentForm
    parts: tuple[Part, ...]
    passages: tuple[Passage, ...]
    furniture: tuple[Span, ...] = ()

    def all(self, role: str) -> tuple[Part, ...]:
        """All parts of one role, in the order of the text."""
        return tuple(part for part in self.parts if part.role == role)

    def first(self, role: str) -> str:
        """The value of the first part of one role, or the empty string."""
        return next((part.value for part in self.parts if part.role == role), "")


@quick
@dataclass(frozen=True, slots=True)
class Mention:
    """A named thing in a passage: `surface` is `text[start:stop]` of the reading text.

    `names` are further names that the surface itself gives (a quoted core); `nested` tells that the
    mention lies inside another one; `rule` is the id of the rule that found it.
    """

    passage: int
    start: int
    stop: int
    kind: str
    surface: str
    rule: str
    names: tuple[str, ...] = ()
    nested: bool = False

    def __hash__(self) -> int:
        """By the place alone: mentions key tables, and hardly two of them have one place."""
        return self.passage << 12 ^ self.start


@quick
@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """An entity by its kind and key; the key is a function of letter, registry and decisions."""

    kind: str
    key: str

    def __hash__(self) -> int:
        """By the key alone: it keys tables, and hardly two kinds share one."""
        return hash(self.key)


@quick
@dataclass(frozen=True, slots=True)
class Entity:
    """A real-world thing: `name` is the preferred name, `names` the other printed forms."""

    ref: Ref
    name: str
    names: tuple[str, ...] = ()


@quick
@dataclass(frozen=True, slots=True)
class Literal:
    """A literal object of a fact, in canonical lexical form."""

    value: str
    datatype: Datatype = "string"


@quick
@dataclass(frozen=True, slots=True)
class Fact:
    """Subject, relation, object, in the passage that has the cue.

    `read_with` are the numbers of other passages that understanding it needs.
    """

    subject: Ref
    relation: str
    object: Ref | Literal
    passage: int
    read_with: tuple[int, ...] = ()
    rule: str = ""


@quick
@dataclass(frozen=True, slots=True)
class Measure:
    """A figure: `kind` is Result, Target or Incentive.

    `value` is in units of `unit` (万 and 亿 multiplied out, money in yuan); `start`, `stop` are the
    figure's place in the reading text; `condition` tells in the letter's words who may have an incentive; `number` is
    1, or 2 for a second measure at the same place.
    """

    kind: str
    indicator: str
    value: Decimal
    unit: str
    comparator: Comparator
    period: str
    counting: Counting
    passage: int
    start: int
    stop: int
    about: Ref | None = None
    scope: Ref | None = None
    beneficiary: Ref | None = None
    condition: str = ""
    number: int = 1
    read_with: tuple[int, ...] = ()
    rule: str = ""


@quick
@dataclass(frozen=True, slots=True)
class Status:
    """Passage `passage` says that `entity` is done, ongoing or planned."""

    entity: Ref
    status: StatusName
    passage: int
    rule: str = ""


@quick
@dataclass(frozen=True, slots=True)
class Answer:
    """Passage `passage` answers a request; `statuses` tell what it says became of it, empty where it does not say.

    `by` tells why it does: it stands under a heading that repeats the request, or one that names its number; the
    request stands in its sentence, opens its paragraph, or announces its list; it takes up the words of the request,
    or the headline over it does; it comes in the order of the requests; or it speaks of
    all that the proposal asks for (`whole`).
    """

    passage: int
    statuses: tuple[AnswerName, ...] = ()
    by: AnsweredBy = "sentence"


@quick
@dataclass(frozen=True, slots=True)
class Request:
    """Something that a proposal asks for, as the letter repeats it.

    `start`, `stop` are its place in the reading text of passage number `passage`; `also` are other passages that repeat
    it; `proposal` is the one proposal that the letter answers, if it is one.
    """

    text: str
    passage: int
    start: int
    stop: int
    also: tuple[int, ...] = ()
    answers: tuple[Answer, ...] = ()
    proposal: Ref | None = None
    rule: str = ""


@quick
@dataclass(frozen=True, slots=True)
class Promise:
    """Something that a letter announces, in the clause `text` at `start` to `stop` of passage number `passage`.

    `act` tells whether it will be finished one day (issued, built, set up), is a figure to be reached, or goes on;
    `until` is its deadline; `things` is what it concerns, `who` those who are said to do it, `beside` those with whom;
    `figures` are numbers of the letter's measures.
    """

    text: str
    passage: int
    start: int
    stop: int
    act: ActName
    until: Literal | None = None
    things: tuple[Ref, ...] = ()
    who: tuple[Ref, ...] = ()
    beside: tuple[Ref, ...] = ()
    figures: tuple[int, ...] = ()
    rule: str = ""


@quick
@dataclass(frozen=True, slots=True)
class Dropped:
    """Something recognised and not admitted: `what` is quoted, head, number, agency or passage.

    `rule` is the id of the rule that would have admitted it, where there is one such.
    """

    passage: int
    start: int
    stop: int
    surface: str
    what: str
    reason: str
    rule: str = ""


@quick
@dataclass(frozen=True, slots=True)
class Join:
    """A printed name that was taken for an entity that goes by another name, where the letter first has it so.

    `reason` is one of kg.joins.REASONS; `other` is the name that it was joined to, or the entity that it was before a
    decision.
    """

    ref: Ref
    name: str
    reason: str
    other: str
    passage: int


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one letter says.  `mentions` pairs each mention with the entity it names."""

    letter: Letter
    ref: Ref
    entities: tuple[Entity, ...]
    mentions: tuple[tuple[Mention, Ref], ...]
    facts: tuple[Fact, ...]
    measures: tuple[Measure, ...]
    statuses: tuple[Status, ...]
    dropped: tuple[Dropped, ...]
    requests: tuple[Request, ...] = ()
    promises: tuple[Promise, ...] = ()
    joins: tuple[Join, ...] = ()
