"""A reading against gold: every item of either is a case, right, missed or wrong; optional items are none."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from kg.model import Fact, Literal, Reading, Ref
from kg.score import found as side
from kg.score import gold as wanted
from kg.score import pairing
from kg.score.found import Found, found
from kg.score.gold import Gold
from kg.score.scheme import LETTERHEAD, OF_THE_FORM, Scheme
from kg.score.sentence import Sentences, printed
from kg.score.spelling import comparable, years
from kg.score.tally import Case, Score

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


@dataclass(frozen=True, slots=True, order=True)
class _End:
    """An end of a relation or status: number `thing` of the gold, else a literal or a thing that the gold has not."""

    thing: int
    literal: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class _Item:
    """The name an item is counted under, how it is shown, and its sentence."""

    name: str
    what: str
    passage: str


@dataclass(frozen=True, slots=True)
class _Both:
    """The two sides: `partner` is the gold thing of a found one, `named` the gold thing that a name means."""

    gold: Gold
    found: Found
    scheme: Scheme
    sentences: Sentences
    optional: frozenset[int]
    partner: Mapping[Ref, int]
    named: Mapping[str, int]

    def meant(self, name: str) -> wanted.Thing:
        """The gold thing that a name means."""
        return self.gold.things[self.named[comparable(name)]]

    def label(self, term: Ref | Literal) -> str:
        """A term of the reading as it is shown."""
        return term.value if isinstance(term, Literal) else self.found.label(term)

    def end(self, term: Ref | Literal) -> _End:
        """A term of the reading as an end."""
        if isinstance(term, Literal):
            return _End(-1, True, comparable(term.value))
        return _End(self.partner[term]) if term in self.partner else _End(-1, False, self.found.label(term))


def score(reading: Reading, gold: Gold, scheme: Scheme, letter: str = "") -> Score:
    """A reading compared with the gold of the same letter, which is shown as `letter`, else as its file is called."""
    found_side = found(reading, scheme)
    match = pairing.things(gold.things, found_side.things)
    both = _Both(
        gold=gold,
        found=found_side,
        scheme=scheme,
        sentences=Sentences.of(reading),
        optional=frozenset(i for i, thing in enumerate(gold.things) if thing.optional),
        partner={found_side.things[j].ref: i for j, i in match.items()},
        named=_named(gold.things),
    )
    cases = (*_things(both, match), *_relations(both), *_figures(both), *_states(both))
    return Score(letter or gold.file.stem, cases)


def _named(things: Sequence[wanted.Thing]) -> dict[str, int]:
    """Which thing a name means: the last one that prefers it, else the first one that has it."""
    named: dict[str, int] = {}
    for number, thing in enumerate(things):
        for name in map(comparable, thing.names):
            named.setdefault(name, number)
    return named | {comparable(thing.names[0]): number for number, thing in enumerate(things)}


def _settled(section: str, gold: Mapping[K, _Item], had: Mapping[K, _Item]) -> Iterator[Case]:
    """The cases of two sides, whose keys say what is the same."""
    for key, item in gold.items():
        yield Case((section, item.name), "right" if key in had else "missed", item.what, item.passage)
    for key, item in had.items():
        if key not in gold:
            yield Case((section, item.name), "wrong", item.what, item.passage)


def _first(items: Iterable[tuple[K, V]]) -> dict[K, V]:
    """The first item of each key, in order."""
    found: dict[K, V] = {}
    for key, item in items:
        found.setdefault(key, item)
    return found


def _paired(had: Sequence[_Item], match: Mapping[int, int], optional: Collection[int]) -> dict[int, _Item]:
    """Found items by the gold item each is paired with, others below zero, without those paired with optional ones."""
    items = {match.get(j, -1 - j): item for j, item in enumerate(had)}
    return {key: item for key, item in items.items() if key not in optional}


# --- Things


def _things(both: _Both, match: Mapping[int, int]) -> Iterator[Case]:
    gold = {
        i: _Item(thing.kind, thing.names[0], both.sentences.likeliest(thing.names))
        for i, thing in enumerate(both.gold.things)
        if i not in both.optional
    }
    had = [_Item(thing.ref.kind, thing.label, both.found.text(thing.passage)) for thing in both.found.things]
    yield from _settled("kind", gold, _paired(had, match, both.optional))


# --- Relations

_Key = tuple[_End, str, _End]


def _relations(both: _Both) -> Iterator[Case]:
    gold = {_gold_key(triple, both): triple for triple in both.gold.triples}
    had = _first((_found_key(fact, both), fact) for fact in both.found.facts)
    loose = {_gold_key(triple, both) for triple in both.gold.triples if triple.optional}
    gold_items = {key: _gold_triple(triple, both) for key, triple in gold.items() if _counts(key, loose, both)}
    had_items = {key: _found_fact(fact, both) for key, fact in had.items() if _counts(key, loose, both)}
    yield from _settled("relation", gold_items, had_items)
    yield from _settled("letterhead", _of_the_form(gold_items, both), _of_the_form(had_items, both))


def _gold_key(triple: wanted.Triple, both: _Both) -> _Key:
    literal = triple.relation in both.scheme.literal
    value = _End(-1, True, comparable(triple.object)) if literal else _End(both.named[comparable(triple.object)])
    return _key(_End(both.named[comparable(triple.subject)]), triple.relation, value, both)


def _found_key(fact: Fact, both: _Both) -> _Key:
    return _key(both.end(fact.subject), fact.relation, both.end(fact.object), both)


def _key(subject: _End, relation: str, value: _End, both: _Both) -> _Key:
    """What makes two relations the same; a symmetric one is the same both ways."""
    one, other = sorted((subject, value)) if relation in both.scheme.symmetric else (subject, value)
    return one, relation, other


def _counts(key: _Key, loose: Collection[_Key], both: _Both) -> bool:
    return key not in loose and both.optional.isdisjoint((key[0].thing, key[2].thing))


def _of_the_form(items: Mapping[_Key, _Item], both: _Both) -> dict[_Key, _Item]:
    """The relations of a letterhead that a letter or what it answers is the subject of."""
    form = {i for i, thing in enumerate(both.gold.things) if thing.kind in OF_THE_FORM}
    return {key: item for key, item in items.items() if item.name in LETTERHEAD and key[0].thing in form}


def _gold_triple(triple: wanted.Triple, both: _Both) -> _Item:
    literal = triple.relation in both.scheme.literal
    names = (triple.object,) if literal else both.meant(triple.object).names
    place = both.sentences.likeliest(both.meant(triple.subject).names, names)
    return _Item(triple.relation, f"{triple.subject} → {triple.object}", place)


def _found_fact(fact: Fact, both: _Both) -> _Item:
    what = f"{both.label(fact.subject)} → {both.label(fact.object)}"
    return _Item(fact.relation, what, both.found.text(fact.passage))


# --- Figures


def _figures(both: _Both) -> Iterator[Case]:
    golds, founds = both.gold.figures, both.found.figures
    match = pairing.figures(golds, founds)
    optional = {i for i, figure in enumerate(golds) if figure.optional}
    gold = {i: _gold_figure(figure, both) for i, figure in enumerate(golds) if i not in optional}
    had = [_found_figure(figure, both) for figure in founds]
    yield from _settled("measure", gold, _paired(had, match, optional))
    for j, i in match.items():
        yield from _attribute("comparator", golds[i].comparator, founds[j].measure.comparator, had[j], False)
        yield from _attribute("period", golds[i].period, founds[j].measure.period, had[j], True)


def _gold_figure(figure: wanted.Figure, both: _Both) -> _Item:
    place = both.sentences.likeliest(printed(figure.value), *([word] for word in figure.indicator))
    what = f"{' '.join(figure.indicator)} {figure.comparator} {figure.value:.15g}{figure.unit} {figure.period}".rstrip()
    return _Item(figure.kind, what, place)


def _found_figure(figure: side.Figure, both: _Both) -> _Item:
    measure = figure.measure
    what = f"{measure.indicator} {measure.comparator} {figure.value:.15g}{measure.unit} {measure.period}".rstrip()
    return _Item(measure.kind, what, both.found.text(measure.passage))


def _attribute(name: str, gold: str, had: str, figure: _Item, of_years: bool) -> Iterator[Case]:
    """One case if both sides say the same of a figure that both have; else what is missed, and what is wrong."""
    same = years(gold) == years(had) if of_years else gold == had
    if same:
        yield Case(("attribute", name), "right", figure.what, figure.passage)
        return
    yield Case(("attribute", name), "missed", f"{figure.what}: {gold or 'none'}", figure.passage)
    yield Case(("attribute", name), "wrong", f"{figure.what}: {had or 'none'}", figure.passage)


# --- Statuses

_Said = tuple[_End, str]


def _states(both: _Both) -> Iterator[Case]:
    states = [((_End(both.named[comparable(state.entity)]), state.status), state) for state in both.gold.states]
    free = {key for key, state in states if state.optional}
    gold: dict[_Said, _Item] = {
        key: _gold_state(state, both) for key, state in states if not state.optional and _firm(key, both)
    }
    had: dict[_Said, _Item] = {
        key: _Item(state.status, both.label(state.entity), both.found.text(state.passage))
        for key, state in _first(((both.end(state.entity), state.status), state) for state in both.found.states).items()
        if key not in free and _firm(key, both)
    }
    yield from _settled("status", gold, had)


def _firm(key: _Said, both: _Both) -> bool:
    return key[0].thing not in both.optional


def _gold_state(state: wanted.State, both: _Both) -> _Item:
    thing = both.meant(state.entity)
    return _Item(state.status, thing.names[0], both.sentences.likeliest(thing.names))
