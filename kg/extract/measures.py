"""The figures of a letter: results, targets and incentives, each at its place, before entities are resolved.

Guidelines, section 3: every figure that is a result, a target or an incentive is a measure; dates, document numbers,
versions, ordinals and figures inside names are none.  A sentence is read from left to right.  What it leaves out (the
years, the noun) is taken from what stands before it: in the sentence, in the sentence before it where a semicolon joins
the two, or in the heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.extract.borrowing import Wording
from kg.extract.condition import condition
from kg.extract.figure_rules import FigureRules
from kg.extract.grants import grant_words
from kg.extract.period import (
    Clock,
    award_after,
    changes,
    deadline_after,
    every_year,
    local,
    of_heading,
    of_part,
    of_plan_title,
    turned,
    yearly,
)
from kg.extract.purpose import Place, counting, is_incentive, is_target
from kg.extract.quantity import Quantity, Refused, quantities
from kg.extract.row import Row, row_of
from kg.extract.scope import scope_of
from kg.extract.sifting import clause_stop, in_words, sifted
from kg.extract.stepping import is_level, of_step
from kg.extract.veil import Veiled, veil
from kg.extract.wording import worded
from kg.model import Comparator, Counting, Dropped, Mention, Passage, quick, replace
from kg.text import norm

_ACTORS = frozenset(("Platform", "Organisation"))
_CEILING = 4
_SAID = 80
_A_SUM = Decimal(10**7)
_REMEMBERED = 8
"""How many earlier figures of a sentence a later one may take its noun from."""


@quick
@dataclass(frozen=True, slots=True)
class Figure:
    """A measure found in a passage, before entities are resolved.

    `kind` is Result, Target or Incentive; `indicator` the noun that is counted and what qualifies it, at most 24 signs;
    `value` is in units of `unit`; `period` is "", a year or two (2021/2023); `start` and `stop` are the figure's
    place in the reading text; `about` is the mention of what is counted, `scope` that of where or within what,
    `beneficiary` that of who gets it, `condition` who may have it in the letter's words; `read_with` are the passages
    that the noun or the years are taken from; `rule` tells how the noun was found.
    """

    kind: str
    indicator: str
    value: Decimal
    unit: str
    comparator: Comparator
    period: str
    counting: Counting
    start: int
    stop: int
    about: Mention | None = None
    scope: Mention | None = None
    beneficiary: Mention | None = None
    condition: str = ""
    read_with: tuple[int, ...] = ()
    rule: str = ""


@quick
@dataclass(frozen=True, slots=True)
class Memory:
    """What is known where a figure stands: the years, figures and grants of the sentence, the topic of the part.

    `goals` tells that goals are told off (目标是：……；……；).  A sentence leaves all that to the one that a semicolon
    joins to it.
    """

    clock: Clock = Clock()
    earlier: tuple[Wording, ...] = ()
    grants: tuple[Wording, ...] = ()
    topic: Mention | None = None
    goals: bool = False


@quick
@dataclass(frozen=True, slots=True)
class Found:
    """The figures of one passage, what was left out, and what the next passage may need."""

    figures: tuple[Figure, ...]
    dropped: tuple[Dropped, ...]
    memory: Memory


def figures(
    passages: Sequence[Passage], mentions: Mapping[int, Sequence[Mention]], year: int | None, rules: FigureRules
) -> tuple[tuple[tuple[int, Figure], ...], tuple[Dropped, ...]]:
    """The figures of a letter with the numbers of their passages, and the numbers that are no figures.

    `mentions` are the names found in each passage (it may lack passages); `year` is what 今年 means, None where unknown.
    """
    found: list[tuple[int, Figure]] = []
    dropped: list[Dropped] = []
    memory = Memory()
    has_sign = rules.patterns["sign"].search
    signed = [passage for passage in passages if passage.text.endswith("；") or has_sign(passage.text)]
    held = dict(zip((p.index for p in signed), rules.gate.scan([p.text for p in signed]), strict=True))
    part = ""
    for passage in passages:
        named = mentions.get(passage.index, ())
        part = of_part(part, passage, year, rules)
        if passage.index in held:
            page = veil(passage, named, year, rules, held[passage.index])
            entered = _entering(memory, page, year, rules)
            read = _read(page, replace(entered, clock=replace(entered.clock, part=part)), year, rules)
            found += ((passage.index, figure) for figure in read.figures)
            dropped += read.dropped
            memory = read.memory
        memory = _leaving(memory, passage, named, rules)
    return tuple(found), tuple(dropped)


def _entering(memory: Memory, page: Veiled, year: int | None, rules: FigureRules) -> Memory:
    """Without a sentence to go on with, the heading gives the years; a new speaker (我局) ends what was said before.

    So does another body or place of work that a report goes on to (……；光谷创新中心获批……).
    """
    passage = page.passage
    actor = any(not each.start and not each.nested and each.kind in _ACTORS for each in page.mentions)
    apart = actor and not rules.patterns["of_the_year"].search(page.text)
    if apart and memory.clock.years and passage.section == "report":
        memory = replace(memory, clock=Clock("", memory.clock.last))
    if (memory.clock.source < 0 and not memory.earlier) or rules.patterns["anew"].match(passage.text):
        clock = of_heading(passage.heading, year, rules)
        return Memory(replace(clock, last=clock.last or memory.clock.last), topic=memory.topic)
    return memory


def _leaving(memory: Memory, passage: Passage, named: Sequence[Mention], rules: FigureRules) -> Memory:
    if passage.text.endswith("；"):
        holds = memory.clock.governs and (passage.section != "plan" or memory.clock.leads)
        return memory if holds else replace(memory, clock=Clock("", memory.clock.last))
    topic = memory.topic
    if (named or topic is not None) and rules.patterns["title"].fullmatch(passage.text):
        topic = next((mention for mention in named if not mention.nested and mention.kind in COUNTED), None)
    clock = memory.clock
    bare = clock.source < 0 and not (clock.years or clock.until or clock.due) and clock.governs
    if bare and topic is memory.topic and not (memory.earlier or memory.grants or memory.goals):
        return memory  # it has nothing to leave behind
    return Memory(Clock("", clock.last), topic=topic)


def _read(page: Veiled, memory: Memory, year: int | None, rules: FigureRules) -> Found:
    passage = page.passage
    raw = tuple(quantities(page.text, rules))
    kept, refused = sifted(page, [each for each in raw if isinstance(each, Quantity)], rules)
    row = row_of(page, kept, rules)
    marks = list(changes(page, [each.start for each in kept], rules)) if page.times else []
    found: list[Figure] = []
    nameless: list[Refused] = []
    turn = 0
    for index, quantity in enumerate(kept):
        while turn < len(marks) and marks[turn][0] <= quantity.start:
            memory = replace(memory, clock=turned(memory.clock, marks[turn][1], page, rules))
            turn += 1
        wording = worded(row, index, memory.earlier)
        if not _WORD.search(wording.words) and not (memory.grants and quantity.sort == "money"):
            nameless.append(Refused(quantity.start, quantity.stop, "nothing says what it counts"))
            continue
        figure, memory = _figure(row, index, wording, memory, year)
        found.append(figure)
    if "：" in page.text and rules.patterns["goals"].search(page.text):
        memory = replace(memory, goals=True)
    for _, time in marks[turn:]:
        memory = replace(memory, clock=turned(memory.clock, time, page, rules))
    left_out = [
        *(each for each in raw if isinstance(each, Refused)),
        *refused,
        *nameless,
        *(in_words(passage.text, rules) if page.may("relative", rules) else ()),
    ]
    return Found(tuple(found), tuple(_dropped(passage, left_out)), memory)


def _dropped(passage: Passage, refused: Sequence[Refused]) -> Iterator[Dropped]:
    for each in sorted(refused, key=lambda one: one.start):
        yield Dropped(passage.index, each.start, each.stop, passage.text[each.start : each.stop], "number", each.reason)


def _figure(row: Row, index: int, wording: Wording, memory: Memory, year: int | None) -> tuple[Figure, Memory]:
    page, rules, quantity = row.page, row.rules, wording.quantity
    place = _place(row, index, wording, year)
    alone = row.turns.get(index) or local(page, row.lowest(index), quantity.start)
    alone = alone or of_plan_title(page, quantity.start, rules)
    years, due = (alone, False) if alone else (memory.clock.years, memory.clock.due)
    kind = _kind(row, index, place, wording, memory, "" if memory.clock.open and not alone else years, due)
    years = alone or _dated(row, index, place, kind, memory.clock)
    words = wording.words
    if kind == "Incentive":
        before = memory.grants[-1] if memory.grants else _beside(wording, memory)
        words, end = grant_words(page, wording, before, row.lowest(index), place.end, rules)
        if row.steps.get(index) == "range" and before is not None and before.quantity is row.found[index - 1]:
            words = before.words
        wording = replace(wording, end=max(wording.end, 0 if place.end > row.end(index) else end))
        memory = replace(memory, grants=(replace(wording, words=words),))
    about = _about(row, wording, memory.topic)
    figure = Figure(
        kind=kind,
        indicator=words,
        value=quantity.value,
        unit=quantity.unit,
        comparator=_comparator(row, index, quantity, wording.start),
        period=years,
        counting=counting(quantity, wording.noun, words, rules),
        start=quantity.start,
        stop=quantity.stop,
        about=about,
        scope=scope_of(row, quantity.start, words, about),
        beneficiary=_beneficiary(row, quantity.start, words) if kind == "Incentive" else None,
        condition=condition(page, row.lowest(index), quantity.start, RECEIVERS, rules) if kind == "Incentive" else "",
        read_with=_read_with(wording, memory.clock, years, about),
        rule=wording.rule,
    )
    earlier = (*memory.earlier, wording)[-_REMEMBERED:]
    clock = memory.clock
    if alone and row.steps.get(index) == "to" and not clock.years and page.text.startswith(_OF_THEM, row.end(index)):
        clock = replace(clock, years=alone, source=page.passage.index)
    return figure, Memory(clock, earlier, memory.grants, memory.topic, memory.goals)


def _dated(row: Row, index: int, place: Place, kind: str, clock: Clock) -> str:
    """The years of a figure that has none beside it: those that hold, its deadline, or those of an award behind it."""
    quantity = row.found[index]
    if kind == "Incentive" and not _in_a_year(row, quantity.start, clock):
        return ""
    if kind == "Result" and row.steps.get(index) == "from" and _ahead(clock.years, place.year):
        return ""
    if kind == "Result" and (moved := of_step(row, index, clock)):
        return moved
    if yearly(row.page, clock, quantity.start, row.rules):
        return ""
    if kind == "Target" and clock.open and clock.years and not is_level(row, index):
        return clock.years
    if kind == "Target" and (clock.open or not clock.years):
        due = clock.until or deadline_after(row.page, quantity.end, quantity.sort == "money", row.rules)
        return due or ("" if every_year(row.page, quantity.start, row.rules) else clock.part)
    return clock.years or (award_after(row.page, place.end, row.rules) if kind == "Result" else "")


def _ahead(years: str, year: int | None) -> bool:
    """Whether years are still to come, which no result is of (到2030年，……由10%提高到20%)."""
    return bool(years) and year is not None and int(years[:4]) > year


def _in_a_year(row: Row, position: int, clock: Clock) -> bool:
    """2023年，……，每个城市最高补助4亿元: a grant of that year, unless what grants it only began then."""
    times, text = row.page.times, row.page.text
    if not times or times[0].start or times[0].years != clock.years or not text.startswith("，", times[0].stop):
        return False
    return not any(row.rules.patterns[each].search(text, 0, position) for each in ("launch", "issued", "kick_off"))


def _place(row: Row, index: int, wording: Wording, year: int | None) -> Place:
    share, end, text = row.told.get(index), row.end(index), row.page.text
    whole = clause_stop(text, end, len(text), row.rules)
    further = "further_shares" if wording.quantity.sort == "share" else "series"
    series = row.rules.patterns[further].match(text, end) if text.startswith(("、", "和"), end) else None
    end = series.end() if series else end
    stop = whole if share or series else min(whole, row.after(index))
    number = share.first.start if share else wording.quantity.start
    ranged = "range" in (row.steps.get(index), row.steps.get(index + 1))
    return Place(row.page, wording.start, number, end, stop, whole, year, ranged)


def _kind(row: Row, index: int, place: Place, wording: Wording, memory: Memory, years: str, due: bool) -> str:
    """Of a step (由60%提高到80%) the lower end is what was; the upper end a target only where that is said."""
    step = row.steps.get(index, "")
    granted = is_incentive(place, wording.quantity, wording.noun, row.rules)
    if (
        step == "from"
        and not granted
        and not row.rules.patterns["ceiling"].search(place.page.text, place.number - _CEILING, place.number)
    ):
        return "Result"
    further = step == "range" and bool(memory.grants) and memory.grants[-1].quantity is row.found[index - 1]
    if granted or further or _goes_on_granting(place, wording, memory, row.rules):
        return "Incentive"
    announced = row.announced(wording.quantity.start)
    announced = True if announced is None and memory.goals else announced
    if step == "from" or (step == "to" and announced is None and not years and place.page.passage.section != "plan"):
        return "Result"
    return "Target" if is_target(place, announced, years, due) else "Result"


def _goes_on_granting(place: Place, wording: Wording, memory: Memory, rules: FigureRules) -> bool:
    """A further sum of the grant before it: ……给予补助，单个企业最高50万元."""
    if not memory.grants:
        return False
    if memory.grants[-1].passage != wording.passage:
        return (
            wording.quantity.sort == "money"
            and rules.patterns["receiver_each"].fullmatch(place.page.text, 0, place.number) is not None
        )
    if (
        memory.grants[-1].quantity.sort == wording.quantity.sort == "money"
        and place.page.text.startswith("、", memory.grants[-1].quantity.end)
        and memory.grants[-1].quantity.end == place.start
    ):
        return True
    if wording.quantity.sort == "share" and memory.grants[-1].quantity.sort in ("share", "money"):
        span = (place.start, place.number)
        gift = rules.patterns["gift_at_end"].search(place.page.text, *span)
        return gift is not None and rules.patterns["among_them"].match(place.page.text, *span) is not None
    if wording.quantity.sort != "money" or rules.patterns["pays"].search(place.page.text, place.start, place.number):
        return False
    last = memory.earlier[-1].quantity
    if last.end == wording.quantity.start and last is not memory.grants[-1].quantity:
        return False  # 发放贷款1260笔4.2亿元
    bare = wording.noun.empty and not wording.noun.verb
    span = (place.start, place.number)
    if _told_further(place, wording, memory, rules):
        return True
    return bare or any(rules.patterns[each].search(place.page.text, *span) for each in ("each", "grant"))


def _told_further(place: Place, wording: Wording, memory: Memory, rules: FigureRules) -> bool:
    """二孩家庭补贴5000元，三孩家庭1万元; 补助标准，山区为2.7万元，平原为2.4万元: another case of what is given."""
    text, span = place.page.text, (place.start, place.number)
    small = memory.grants[-1].quantity is memory.earlier[-1].quantity and wording.quantity.value < _A_SUM
    if small and rules.patterns["receiver_again"].fullmatch(text, *span):
        return True
    said = rules.patterns["gift_said"].search(text, max(0, place.start - _SAID), place.start)
    return said is not None and not rules.patterns["paid"].search(text, *span)


def _beside(wording: Wording, memory: Memory) -> Wording | None:
    """The figure just before, if it is of the same passage: 45家，每家奖励2万元."""
    last = memory.earlier[-1] if memory.earlier else None
    return last if last is not None and last.passage == wording.passage else None


def _comparator(row: Row, index: int, quantity: Quantity, start: int) -> Comparator:
    """Of the words beside the number; without one 最高 before the noun or the list bounds it (最高补助2亿元)."""
    share = row.told.get(index)
    begin = row.lowest(index) if row.steps.get(index) == "to" and row.found[index - 1].bound else start
    if share and not quantity.bound and share.first.bound and share.first.end == share.first.stop:
        return share.first.comparator
    before = (start, share.first.start) if share else (begin, quantity.start)
    bounded = quantity.bound or quantity.sort not in ("money", "share")
    if not bounded and row.rules.patterns["ceiling"].search(row.page.text, *before):
        return "<="
    return quantity.comparator


COUNTED = frozenset(("Group", "Platform", "Programme", "Policy", "Event", "Project", "Organisation", "Industry"))
_OF_THEM = ("，其中", "（其中")
_WORD = re.compile(r"\w")
RECEIVERS = frozenset(("Group",))


def _beneficiary(row: Row, position: int, words: str) -> Mention | None:
    """Who gets it: the receiver that the indicator names last, else the last one named before the figure."""
    plain = norm(words)
    named = [m for m in row.page.mentions if m.kind in RECEIVERS and not m.nested and norm(m.surface) in plain]
    if not named:
        told = row.rules.patterns["own_receiver"].match(words) is not None
        return None if told else row.last_before(position, RECEIVERS)
    return max(named, key=lambda m: (plain.rfind(norm(m.surface)) + len(norm(m.surface)), len(m.surface)))


def _about(row: Row, wording: Wording, topic: Mention | None) -> Mention | None:
    """The mention that is the noun, or its head; for a property (总投资) the topic of the part."""
    start, stop = wording.place
    fits = [m for m in row.ending_at(stop) if start <= m.start and m.kind in COUNTED]
    if fits:
        return max(fits, key=lambda m: m.stop - m.start)
    is_property = wording.head in row.rules.words["property"].words
    return (row.last_before(start, COUNTED) or topic) if is_property else None


def _read_with(wording: Wording, clock: Clock, years: str, about: Mention | None) -> tuple[int, ...]:
    here = wording.passage
    clocked = clock.source if years and years == clock.years else here
    named = about.passage if about is not None else here
    return tuple(sorted({source for source in (wording.source, clocked, named) if 0 <= source != here}))
