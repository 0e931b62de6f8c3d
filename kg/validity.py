"""What follows from what a letter says of the time in which a policy is in force: its first day, its last one.

自印发之日起施行 means the day of issue, where the letter tells that.  自2023年5月1日起施行，有效期三年 means until
30 April 2026; from a month alone only the year of the end is certain, and from a year alone, or from January, not even
that.  What follows stands in the passage that has the term, and is read with the one that has the start.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from os.path import commonprefix

from kg.extract.relations import ON_ISSUE
from kg.model import Datatype, Fact, Literal, Ref
from kg.text import number

_ISSUED, _TERM, _STARTS, _ENDS = "issued", "term", ("validFrom", "inForceFrom"), ("validUntil", "inForceUntil")
_LENGTH = re.compile(r"(?:(?P<many>[\d一二两三四五六七八九十]+)(?P<unit>个月|周年|年)(?P<half>半)?|(?P<short>半年))")
_DATES: dict[int, Datatype] = {7: "gYearMonth", 10: "date"}
_LATEST = 2999


def settled(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The facts, with the day of issue where a policy is in force from then, and the ends that follow from terms."""
    if not any(fact.relation == _TERM or fact.object == ON_ISSUE for fact in facts):
        return tuple(facts)
    known = [fact for fact in facts if fact.object != ON_ISSUE]
    for fact in facts:
        if fact.object == ON_ISSUE:
            known += _from_issue(fact, known)
    known += [end for fact in known if fact.relation == _TERM for end in _ends(fact, known)]
    unique: dict[tuple[object, ...], Fact] = {}
    for fact in known:
        unique.setdefault((fact.subject, fact.relation, fact.object, fact.passage), fact)
    return tuple(unique.values())


def _from_issue(said: Fact, facts: Iterable[Fact]) -> Iterator[Fact]:
    """That a policy is in force from the day of its issue, as far as the letter tells that day."""
    issues = list(_of(said.subject, (_ISSUED,), facts))
    day = _finest(issues)
    if day is not None:
        yield from _stated(said, _STARTS, day, [fact.passage for fact in issues if _value(fact) == day])


def _ends(term: Fact, facts: Sequence[Fact]) -> Iterator[Fact]:
    """The end that follows from a term, if the letter tells one start, and neither an end nor another term."""
    starts = list(_of(term.subject, _STARTS, facts))
    start = _finest(starts)
    terms = {_value(fact) for fact in _of(term.subject, (_TERM,), facts)}
    if start is None or len(terms) > 1 or any(_of(term.subject, _ENDS, facts)):
        return
    last = until(start, _value(term))
    if last:
        yield from _stated(term, _ENDS, last, [fact.passage for fact in starts if _value(fact) == start])


def _of(subject: Ref, relations: Iterable[str], facts: Iterable[Fact]) -> Iterator[Fact]:
    return (fact for fact in facts if fact.subject == subject and fact.relation in relations)


def _value(fact: Fact) -> str:
    return fact.object.value if isinstance(fact.object, Literal) else ""


def _finest(facts: Iterable[Fact]) -> str | None:
    """The most precise of several dates, if all the others hold it: 2023 and 2023-05-01, but not 2022 besides."""
    values = sorted({_value(fact) for fact in facts}, key=len)
    return values[-1] if values and all(values[-1].startswith(value) for value in values) else None


def _stated(said: Fact, relations: tuple[str, str], value: str, passages: Sequence[int]) -> Iterator[Fact]:
    """A year, and the day where it is known, said where another fact is; one of the passages is read with it."""
    needs = said.read_with if said.passage in passages else tuple(sorted({*said.read_with, *passages[:1]}))
    year, day = relations
    yield Fact(said.subject, year, Literal(value[:4], "gYear"), said.passage, needs, said.rule)
    if len(value) > len(value[:4]):
        yield Fact(said.subject, day, Literal(value, _DATES[len(value)]), said.passage, needs, said.rule)


def until(start: str, term: str) -> str:
    """The last day of a term, as far as it is certain: a day, a year, or the empty string.

    >>> until("2023-05-01", "三年"), until("2023-05-01", "18个月"), until("2024-02-29", "一年")
    ('2026-04-30', '2024-10-31', '2025-02-28')
    >>> until("2023-05", "三年"), until("2023-01", "三年"), until("2023", "三年")
    ('2026', '', '')
    """
    months = _months(term)
    if not months:
        return ""
    values = [int(part) for part in start.split("-")]
    first = date(*[*values, 1, 1][:3])
    last = first if len(values) == 3 else date(first.year, 12, 31) if len(values) == 1 else _end_of(first)
    ends = [_after(day, months) for day in (first, last)]
    certain = commonprefix([end.isoformat() if end is not None else "" for end in ends])
    return next((certain[:size] for size in (10, 7, 4) if len(certain) >= size), "")


def _end_of(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])


def _months(term: str) -> int:
    """The months of a term; 0 for one that is not understood."""
    found = _LENGTH.fullmatch(term)
    if found is None:
        return 0
    if found["short"]:
        return 6
    many = number(found["many"])
    if many is None:
        return 0
    return int(many) if found["unit"] == "个月" else 12 * int(many) + (6 if found["half"] else 0)


def _after(first: date, months: int) -> date | None:
    """The last of so many months: the day before the same day, the end of a month that has none; None for no date."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    if year > _LATEST:
        return None
    last = _end_of(date(year, month + 1, 1))
    return last if last.day < first.day else last.replace(day=first.day) - timedelta(days=1)
