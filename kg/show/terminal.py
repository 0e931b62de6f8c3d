"""A Portrait on a terminal: names, facts by relation, figures, statuses, promises, mentions, each with its sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from kg.evidence import Sentence, Thing, Wording
from kg.query.columns import columns, visible, wrap
from kg.show.values import Fact, Figure, Portrait, Promise
from kg.table import plain

_BOLD, _FAINT, _HEAD = "1", "2", "1;34"
_ROLE = {"about": "", "beneficiary": " 受益者 for it", "scope": " 范围 within it"}
_SAID = {"done": "done 已完成", "ongoing": "ongoing 进行中", "planned": "planned 拟开展"}
_ANNOUNCED = {
    "concerns": "",
    "responsible": "  responsible 牵头或负责",
    "jointly": "  jointly 会同",
    "announces": "",
}
_ACTS = {"finish": "to be finished 可办结", "reach": "to be reached 要达到", "pursue": "goes on 持续推进"}
_INDENT = 6


@dataclass(frozen=True, slots=True)
class Page:
    """How a portrait is laid out: colours or none, the columns there are, and how many lines a list may have."""

    colour: bool
    width: int | None
    limit: int | None

    def ink(self, text: str, code: str) -> str:
        """The text, fit to be shown, in a style of ECMA-48 (SGR)."""
        text = visible(text)
        return f"\033[{code}m{text}\033[0m" if self.colour and code and text else text

    def quote(self, text: str) -> Iterator[str]:
        """A sentence, indented and wrapped."""
        lines = [visible(text)] if self.width is None else wrap(visible(text), max(20, self.width - _INDENT))
        return (" " * _INDENT + visible(line) for line in lines)

    def cut(self, lines: list[list[str]], what: str) -> Iterator[str]:
        """The lines of a list's entries, as many entries as may be shown, and how many more there are."""
        shown = lines if self.limit is None else lines[: self.limit]
        for entry in shown:
            yield from entry
        if len(shown) < len(lines):
            more = len(lines) - len(shown)
            yield self.ink(f"    … {more} more {what}; --limit 0 shows all · 另有{more}条", _FAINT)


def terminal(told: Portrait, *, colour: bool = False, width: int | None = None, limit: int | None = None) -> str:
    """The text of a portrait; escape codes only where `colour` asks for them.

    `width` is the columns of the terminal (None: lines are not wrapped), `limit` how many entries a list shows and how
    many sentences each of them (None: all).
    """
    page = Page(colour, width, limit)
    lists = (_figures(told, page), _statuses(told, page), _promises(told, page), _mentions(told, page))
    parts = [_head(told, page), *_facts(told, page), *lists]
    return "\n\n".join("\n".join(lines) for part in parts if (lines := list(part))) + "\n"


def _head(told: Portrait, page: Page) -> Iterator[str]:
    kind = _called(told.words.get(told.thing.kind), told.thing.kind)
    yield f"{page.ink(told.thing.name, _BOLD)}  {page.ink(kind, _HEAD)}  {page.ink(f'<{told.thing.iri}>', _FAINT)}"
    if told.names:
        yield f"  also 又称  {visible('、'.join(told.names))}"
    if told.year:
        yield f"  year 年份  {told.year}"
    letters, named = len(told.letters()), len(told.mentions)
    yield f"  named in {named} passages of {letters} letters · 见于{letters}件文书的{named}处"


def _called(word: Wording | None, name: str) -> str:
    return word.said() if word else name


def _facts(told: Portrait, page: Page) -> Iterator[list[str]]:
    for group in told.groups:
        alike: dict[tuple[Sentence, ...], list[Fact]] = {}  # what the same sentences say is told together
        for fact in group.facts:
            alike.setdefault(fact.sentences, []).append(fact)
        head = page.ink(group.relation.said(group.backwards), _HEAD)
        entries = [_together(facts, said, told, page) for said, facts in alike.items()]
        yield [head, *page.cut(entries, "entries")]


def _together(facts: Iterable[Fact], said: tuple[Sentence, ...], told: Portrait, page: Page) -> list[str]:
    lines = list(page.cut([[_other(fact, told, page)] for fact in facts], "entries"))
    if not said:
        return [*lines, f"    {page.ink('the registry says so, no letter · 据名录，非文书所载', _FAINT)}"]
    return [*lines, *_sentences(said, page)]


def _other(fact: Fact, told: Portrait, page: Page) -> str:
    other = fact.other
    if not isinstance(other, Thing):
        return f"  {page.ink(other, _BOLD)}"
    kind = _called(told.words.get(other.kind), other.kind)
    return f"  {page.ink(other.name, _BOLD)}  {page.ink(kind, _FAINT)}"


def _sentences(said: Iterable[Sentence], page: Page) -> Iterator[str]:
    return page.cut([[_place(sentence, page), *page.quote(sentence.text)] for sentence in said], "sentences")


def _place(sentence: Sentence, page: Page) -> str:
    """Letter, year, heading and place of a sentence."""
    year = f" ({sentence.year})" if sentence.year and str(sentence.year) not in sentence.letter else ""
    heading = f"  {sentence.heading}" if sentence.heading else ""
    return page.ink(f"    {sentence.letter}{year}{heading}  {sentence.start}-{sentence.end}", _FAINT)


def _figures(told: Portrait, page: Page) -> Iterator[str]:
    if not told.figures:
        return
    yield page.ink("figures 数据", _HEAD)
    entries: list[list[str]] = []
    for said, figures in groupby(told.figures, key=lambda figure: figure.sentence):
        lines = [_figure(figure, told, page) for figure in figures]
        entries.append([*lines, _place(said, page), *page.quote(said.text)])
    yield from page.cut(entries, "sentences")


def _figure(figure: Figure, told: Portrait, page: Page) -> str:
    sign = (
        "" if figure.comparator == "=" else {">=": "≥", "<=": "≤", "~": "≈"}.get(figure.comparator, figure.comparator)
    )
    period = f"  {figure.period}" if figure.period else ""
    kind = _called(told.words.get(figure.kind), figure.kind)
    value = page.ink(f"{sign}{plain(figure.value)}{figure.unit}", _BOLD)
    return f"  {visible(figure.indicator)} {value}{period}  {page.ink(kind + _ROLE[figure.role], _FAINT)}"


def _statuses(told: Portrait, page: Page) -> Iterator[str]:
    """The statuses by letter and year."""
    if not told.statuses:
        return
    yield page.ink("status by year and letter 进展（按年份、文书）", _HEAD)
    pad = max(columns(text) for text in _SAID.values())
    found = []
    for one in told.statuses:
        said = _SAID[one.status]
        space = " " * (pad - columns(said))
        found.append([f"  {one.sentence.year or '    '}  {page.ink(said, _BOLD)}{space}{_place(one.sentence, page)}",
                      *page.quote(one.sentence.text)])  # fmt: skip
    yield from page.cut(found, "statuses")


def _promises(told: Portrait, page: Page) -> Iterator[str]:
    """What letters announce of the thing."""
    if not told.promises:
        return
    yield page.ink("announced 部署事项", _HEAD)
    found = [[_promise(one, page), _place(one.sentence, page), *page.quote(one.sentence.text)] for one in told.promises]
    yield from page.cut(found, "promises")


def _promise(one: Promise, page: Page) -> str:
    told = [page.ink(one.text, _BOLD) + page.ink(_ANNOUNCED[one.role], _FAINT), _ACTS.get(one.act, one.act)]
    told += [f"by 期限 {one.deadline}"] if one.deadline else []
    for word, bodies in (("who 谁办", one.who), ("with 会同", one.beside)):
        told += [visible(f"{word} {'、'.join(body.name for body in bodies)}")] if bodies else []
    return f"  {'  '.join(told)}"


def _mentions(told: Portrait, page: Page) -> Iterator[str]:
    """The sentences that name the thing and stand nowhere above."""
    shown = {sentence.iri for group in told.groups for fact in group.facts for sentence in fact.sentences}
    shown |= {figure.sentence.iri for figure in told.figures} | {one.sentence.iri for one in told.statuses}
    shown |= {promise.sentence.iri for promise in told.promises}
    rest = [sentence for sentence in told.mentions if sentence.iri not in shown]
    if rest:
        yield page.ink("also named in 另见", _HEAD)
        yield from _sentences(rest, page)
