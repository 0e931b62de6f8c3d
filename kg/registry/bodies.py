"""Kinds of bodies at any place: their usual forms, how they compose with a place, and finding them in text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.errors import OntologyError
from kg.registry.matcher import Matcher
from kg.registry.places import Gazetteer
from kg.registry.table import Row, cells, rows
from kg.registry.values import Alias, Bureau, Place

COLUMNS = (
    "key", "kind", "full", "short", "forms", "heads", "number", "after", "before",
    "valid_from", "valid_until", "succeeded_by", "source",
)  # fmt: skip
ALIAS_COLUMNS = ("former", "name", "valid_until", "source")
SHORT_HEADS = {
    "委员会": "委", "工作委员会": "工委", "办公室": "办", "办公厅": "办",
    "人民法院": "法院", "中级人民法院": "法院", "高级人民法院": "法院",
}  # fmt: skip
LEVEL_WORDS = ("自治区", "自治州", "省", "市", "州", "盟", "县", "区", "旗")
_MARK = re.compile(r"\{\}|<>")
NOT_AFTER = {
    "办": "理事法学案结好复", "部": "门署队位分长", "局": "限势", "委": "员托派任屈", "院": "校士系",
    "协": "同调作商议定助", "联": "合系动网盟营通结防储",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a body: `{}` stands for the place; `head` is the full head that it implies."""

    text: str
    bureau: Bureau
    head: str


@dataclass(frozen=True, slots=True)
class Split:
    """Forms that begin alike and have the place inside: what stands after the place, and the form that it makes."""

    last: re.Pattern[str]
    forms: Mapping[str, Form]


@dataclass(frozen=True, slots=True)
class Bodies:
    """The kinds of bodies by key and by form (without `{}`); `split` are forms with the place inside, by first part."""

    by_key: Mapping[str, Bureau]
    forms: Mapping[str, tuple[Form, ...]]
    split: Mapping[str, Split]
    matcher: Matcher
    aliases: Mapping[str, Alias]

    def form(self, name: str) -> Form | None:
        """How a name without place is to be understood; the first row that has it, in the order of the table."""
        former = self.aliases.get(name)
        return next(iter(self.forms.get(former.name if former else name, ())), None)

    def rows(self, name: str) -> tuple[Bureau, ...]:
        """All kinds of bodies that may be written so."""
        return tuple({form.bureau.key: form.bureau for form in self.forms.get(name, ())}.values())


def canonical(form: Form) -> str:
    """The full name of a form, with `{}` where the place stands: 科技局 -> {}科学技术局."""
    return put_place(form.bureau.full[0] + form.head)


def put_place(text: str) -> str:
    """A form with a mark for the place, in front where the form does not say."""
    return text if _MARK.search(text) else "{}" + text


def bare(text: str) -> str:
    """A form as it is written without a place: 共青团{}委员会 -> 共青团委员会."""
    return _MARK.sub("", text)


def at_place(text: str, name: str, place: Place) -> str:
    """A form with a place: its name for `{}`, its short form for `<>`."""
    return text.replace("{}", name).replace("<>", place.short)


def usual(form: Form) -> tuple[str, ...]:
    """The usual ways to write what a form means, marked for the place: official first, this one last."""
    return _usual(form.bureau.full, form.bureau.short, form.head, form.text)


@lru_cache(maxsize=4096)
def _usual(full: tuple[str, ...], short: tuple[str, ...], head: str, text: str) -> tuple[str, ...]:
    """Full words and longer short ones with the full head, short ones with the short head, and the text."""
    brief = SHORT_HEADS.get(head, "")
    least = {"": 0, "委": 4}.get(brief, 2)
    words = (*full, *(word for word in short if len(bare(word)) >= least))
    shortest = (*(full[:1] if brief == "委" else ()), *short) if brief else ()
    texts = (*(word + head for word in words), *(word + brief for word in shortest), text)
    return tuple(dict.fromkeys(put_place(each) for each in texts))


def heads(bureau: Bureau) -> tuple[str, ...]:
    """All heads of a kind of body, each once."""
    return tuple(dict.fromkeys(head for group in bureau.heads.values() for head in group))


def spelled(bureau: Bureau) -> Iterator[tuple[str, str]]:
    """Every form of a kind of body with the head that it implies."""
    for head in heads(bureau):
        for word in (*bureau.full, *bureau.short):
            yield word + head, head
            if head in SHORT_HEADS:
                yield word + SHORT_HEADS[head], head
    for text in bureau.forms:
        yield text, _implied(bureau, text)


def _implied(bureau: Bureau, text: str) -> str:
    """The head that a further form implies: the one it ends with, in full or in short, else the usual one."""
    known = heads(bureau)
    ending = (head for head in known if head and text.endswith((head, SHORT_HEADS.get(head, head))))
    return next(ending, bureau.heads.get("*", known)[0])


def heads_at(bureau: Bureau, place: Place) -> tuple[str, ...]:
    """The heads that a kind of body may have at a place: by its code, else its rank, its level, `*`."""
    keys = (place.code, place.rank, place.level, "*")
    return next((bureau.heads[key] for key in keys if key in bureau.heads), ())


def head_at(bureau: Bureau, place: Place) -> str | None:
    """The one head of a kind of body at a place; None where it may have several or none."""
    found = heads_at(bureau, place)
    return found[0] if len(found) == 1 else None


def compose(bodies: Bodies, gazetteer: Gazetteer, place: Place | None, bureau: str) -> tuple[str, ...]:
    """All usual full names of a body at a place; see `Registry.compose`."""
    form = bodies.form(bureau)
    forms = usual(_at(form, place)) if form else ("{}" + bureau,)
    if place is None:
        return tuple(dict.fromkeys(bare(text) for text in forms))
    names = [at_place(text, name, place) for name in _prefixes(gazetteer, place) for text in forms]
    return tuple(dict.fromkeys(names))


def _at(form: Form, place: Place | None) -> Form:
    """The form with the head that holds at the place, where the form itself leaves it open (府办)."""
    if place is None or form.text.endswith(form.head):
        return form
    head = head_at(form.bureau, place)
    same = head is not None and SHORT_HEADS.get(head, head) == SHORT_HEADS.get(form.head, form.head)
    return Form(form.text, form.bureau, head or "") if same else form


def _prefixes(gazetteer: Gazetteer, place: Place) -> tuple[str, ...]:
    """The forms of a place's name that stand before a body's name, official first."""
    city = gazetteer.city(place)
    autonomous = (place.short,) if "自治" in place.name else ()
    joined = (city.name + place.name,) if city else ()
    return tuple(dict.fromkeys((gazetteer.full(place), place.name, *autonomous, *joined)))


def load(directory: Path, blockers: Mapping[str, str]) -> Bodies:
    """The kinds of bodies of `bureaus.csv` and their former names of `renamings.csv`."""
    path = directory / "bureaus.csv"
    by_key = {row["key"]: _bureau(path, row) for row in rows(path, COLUMNS, ("key",))}
    _check(path, by_key)
    forms = _forms(by_key.values())
    aliases = _aliases(directory / "renamings.csv", forms)
    split = _split(forms)
    plain = {bare(text): group for text, group in forms.items()}
    plain.update({former: plain[alias.name] for former, alias in aliases.items() if former not in plain})
    return Bodies(by_key, plain, split, Matcher([*filter(None, plain), *split], blockers), aliases)


def _bureau(path: Path, row: Row) -> Bureau:
    """The kind of body of a row."""
    full = tuple("" if word == "-" else word for word in cells(row["full"])) or (row["key"],)
    return Bureau(
        key=row["key"], kind=row["kind"], full=full, short=cells(row["short"]), forms=cells(row["forms"]),
        heads=_heads(path, row), number=cells(row["number"]), after=row["after"], before=row["before"],
        valid_from=row["valid_from"], valid_until=row["valid_until"], succeeded_by=cells(row["succeeded_by"]),
        source=row["source"],
    )  # fmt: skip


def _heads(path: Path, row: Row) -> dict[str, tuple[str, ...]]:
    """The cell `*=局 province=厅` as a table; `-` is the empty head, `局,委员会` are two."""
    found = {}
    for part in row["heads"].split() or ["*=-"]:
        key, sign, values = part.partition("=")
        if not sign or not values:
            raise OntologyError(f"heads {part} of {row['key']} are wrong", place=str(path), remedy="write *=局")
        found[key] = tuple("" if head == "-" else head for head in cells(values, ","))
    return found


def _check(path: Path, by_key: Mapping[str, Bureau]) -> None:
    """Successors are there, and kinds are what a body may be."""
    for bureau in by_key.values():
        missing = [key for key in bureau.succeeded_by if key not in by_key]
        if missing or bureau.kind not in ("Agency", "Organisation"):
            raise OntologyError(f"{bureau.key}: kind {bureau.kind}, unknown successors {missing}", place=str(path))


def _forms(bureaus: Iterable[Bureau]) -> dict[str, tuple[Form, ...]]:
    """All forms of all kinds of bodies; where several rows share one, those still in being come first."""
    found: dict[str, list[Form]] = {}
    for bureau in bureaus:
        for text, head in spelled(bureau):
            found.setdefault(text, []).append(Form(text, bureau, head))
    return {text: tuple(sorted(group, key=_rank)) for text, group in found.items()}


def _rank(form: Form) -> tuple[bool, bool, bool]:
    """Bodies in being before former ones; a full name before a short one, that before a further form."""
    bureau = form.bureau
    return bool(bureau.valid_until), not form.text.startswith(bureau.full), form.text in bureau.forms


def _split(forms: Mapping[str, tuple[Form, ...]]) -> dict[str, Split]:
    """Forms with the place inside, by what stands before the place."""
    found: dict[str, dict[str, Form]] = {}
    for text, group in forms.items():
        first, *last = _MARK.split(text, maxsplit=1)
        if first and last and last[0]:
            found.setdefault(first, {})[last[0]] = group[0]
    return {first: Split(_any_of(by_last), by_last) for first, by_last in found.items()}


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """One of the words, the longest first, where it really ends."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    guards = (f"(?![{NOT_AFTER[word[-1]]}])" if word[-1] in NOT_AFTER else "" for word in ordered)
    return re.compile("|".join(re.escape(word) + guard for word, guard in zip(ordered, guards, strict=True)))


def _aliases(path: Path, forms: Mapping[str, tuple[Form, ...]]) -> dict[str, Alias]:
    """Former names; the present one must be a form of a kind of body."""
    found = {}
    for row in rows(path, ALIAS_COLUMNS, ("former",)):
        if row["name"] in forms:
            found[row["former"]] = Alias(row["former"], row["name"], row["valid_until"], row["source"])
    return found
