"""Which patterns may match in a text at all: what every match of a pattern must hold is looked for first.

A pattern is taken apart once (by the parser of `re`) into clauses, sets of strings of which every text that it matches
in holds at least one: `(?:召开|举办)了?.{0,9}大会` gives {召开, 举办} and {大会}.  The rarest clause of each pattern goes
into one automaton, so that one scan of a letter tells for each passage the few patterns that are worth trying.
Soundness (a pattern that is left out has no match) is tested with patterns made at random.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import or_
from typing import Any, Generic, TypeVar

from kg.text.sieve import Sieve

Clause = frozenset[str]
Thing = TypeVar("Thing")

_MOST = 256
"""No clause has more strings."""
_WIDEST = 24
"""A class of more signs ([一-龥]) tells nothing."""
_FREQUENT = 0.2
"""What stands at every fifth place is not worth looking for; see `weight`."""
_PER_PATTERN = 2
_RATHER_RARE = 0.05
"""As rare as that, further clauses of a pattern are looked for too."""
_MOST_PER_PATTERN = 4
_A_FEW = 12
"""So many needs are looked at one by one."""
_REMEMBERED = 64
"""Of so many texts that differ in what they hold it is remembered what they need."""
_WEIGHTS = {1: 0.01, 2: 0.0005}
_RARE = 0.0002
_OFTEN = 0.04
_EVERYWHERE = frozenset("，、。的和")
_SELDOM = frozenset("·•‧・＋+〔〕-–—―－─→➝➔>＞")

_parse: Any = re._parser.parse  # type: ignore[attr-defined]


def clauses(source: str, flags: int = re.VERBOSE) -> tuple[Clause, ...]:
    """The clauses of a pattern; () where nothing can be said for certain.

    >>> [sorted(clause) for clause in clauses("(?:召开|举办)了?.{0,9}大会")]
    [['举办', '召开'], ['大会']]
    """
    if flags & re.IGNORECASE or re.compile(source, flags).flags & re.IGNORECASE or re.search(r"\(\?[a-z]*i", source):
        return ()
    return tuple(_sequence(_parse(source, flags)))


def _sequence(items: Iterable[tuple[Any, Any]]) -> Iterator[Clause]:
    """The clauses of what is matched one after the other; strings that adjoin are joined while they are few."""
    run: Clause = frozenset(("",))
    for item in items:
        if _is_empty(item):
            yield from _clauses(item)
            continue
        exact = _exact(item)
        if exact is None or _has_sign(exact) or _has_sign(run) or len(exact) * len(run) > _MOST:
            yield from _said(run)
            run = frozenset(("",)) if exact is None else exact
            yield from _clauses(item) if exact is None else ()
        else:
            run = frozenset(one + other for one in run for other in exact)
    yield from _said(run)


def _said(run: Clause) -> Iterator[Clause]:
    """The strings as a clause, without those that hold another one; nothing where the empty one is among them."""
    if "" not in run:
        yield frozenset(one for one in run if not any(other in one for other in run if len(other) < len(one)))


def _has_sign(strings: Clause) -> bool:
    """Whether a sign of a kind is among the strings (kg.extract.skeleton): such clauses stay apart."""
    return any("\ue000" <= sign <= "\uf8ff" for one in strings for sign in one[:1])


def _is_empty(item: tuple[Any, Any]) -> bool:
    """Whether an item takes up no signs, so that what stands before and behind it adjoins."""
    return str(item[0]) in ("AT", "ASSERT", "ASSERT_NOT")


def _exact(item: tuple[Any, Any]) -> Clause | None:
    """All strings that an item may match, if they are few."""
    name, value = str(item[0]), item[1]
    if name == "LITERAL":
        return frozenset((chr(value),))
    if name == "IN":
        return _signs(value)
    if name == "BRANCH":
        return _union([_exact_all(each) for each in value[1]])
    if name in ("SUBPATTERN", "ATOMIC_GROUP"):
        return _exact_all(value[-1] if name == "SUBPATTERN" else value)
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and value[:2] in ((0, 1), (1, 1)):
        return _union([_exact_all(value[2]), frozenset(("",)) if value[0] == 0 else frozenset()])
    return None


def _exact_all(items: Iterable[tuple[Any, Any]]) -> Clause | None:
    found: Clause = frozenset(("",))
    for item in items:
        exact = None if _is_empty(item) else _exact(item)
        if exact is None or len(exact) * len(found) > _MOST:
            return None
        found = frozenset(one + other for one in found for other in exact)
    return found


def _signs(members: Iterable[tuple[Any, Any]]) -> Clause | None:
    signs: set[str] = set()
    for kind, value in members:
        if str(kind) == "LITERAL":
            signs.add(chr(value))
        elif str(kind) == "RANGE" and value[1] - value[0] < _WIDEST:
            signs.update(map(chr, range(value[0], value[1] + 1)))
        else:
            return None
    return frozenset(signs)


def _union(several: Sequence[Clause | None]) -> Clause | None:
    known = [each for each in several if each is not None]
    found = frozenset[str]().union(*known)
    return found if len(known) == len(several) and len(found) <= _MOST else None


def _clauses(item: tuple[Any, Any]) -> Iterator[Clause]:
    """The clauses of an item whose strings are too many to tell them all."""
    name, value = str(item[0]), item[1]
    if name in ("SUBPATTERN", "ATOMIC_GROUP"):
        yield from _sequence(value[-1] if name == "SUBPATTERN" else value)
    elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and value[0] > 0:
        yield from _sequence(value[2])
    elif name == "ASSERT":
        yield from _sequence(value[1])
    elif name == "BRANCH":
        ranked = [sorted(_sequence(each), key=weight) for each in value[1]]
        most = min(_PER_PATTERN, max(map(len, ranked))) if all(ranked) else 0
        for place in range(most):  # a branch with fewer clauses needs its rarest in each
            union = _union([each[place if place < len(each) else 0] for each in ranked])
            if union:
                yield from _said(union)


def weight(clause: Clause) -> float:
    """About how often a string of the clause stands at a place of a text: the longer, the rarer."""
    return sum(1.0 if one in _EVERYWHERE else _weight(one) for one in clause)


def _weight(one: str) -> float:
    return _RARE if one in _SELDOM else _OFTEN if one in "“”" else _WEIGHTS.get(len(one), _RARE)


def worth_looking_for(source: str, flags: int = re.VERBOSE) -> tuple[Clause, ...]:
    """The rarest clauses of a pattern; () where none is rare enough to be of use."""
    plain = sorted((each for each in dict.fromkeys(clauses(source, flags)) if not _has_sign(each)), key=weight)
    limits = [_FREQUENT] * _PER_PATTERN + [_RATHER_RARE] * (_MOST_PER_PATTERN - _PER_PATTERN)
    return tuple(each for each, limit in zip(plain, limits, strict=False) if weight(each) < limit)


class Gate:
    """Patterns with the clauses that they need; `scan` tells what texts hold, `needs` what each pattern must find."""

    def __init__(self, clauses_of: Sequence[Sequence[Clause]]) -> None:
        """The clauses of each pattern, none for one that is always tried; the rarer a clause, the higher its bit."""
        every = sorted(dict.fromkeys(clause for each in clauses_of for clause in each), key=weight, reverse=True)
        bits = {clause: 1 << number for number, clause in enumerate(every)}
        self.needs = tuple(sum({bits[clause] for clause in each}) for each in clauses_of)
        self._sieve = Sieve(every)

    def scan(self, texts: Sequence[str]) -> list[int]:
        """What each text holds, as bits: a pattern may match only where all bits of its need are set.

        >>> gate = Gate([worth_looking_for("召开.*大会"), worth_looking_for("[一-龥]局")])
        >>> [[held & need == need for need in gate.needs] for held in gate.scan(["大会在召开", "邮局"])]
        [[True, False], [False, True]]
        """
        return self._sieve.scan(texts)


class Choice(Generic[Thing]):
    """Things with what they need of a gate: `of` gives those whose need is held, without a look at each of many.

    Each lies under the highest bit of its need, that of its rarest clause, and of a text's bits only those are gone
    through under which something lies.
    """

    __slots__ = ("_every", "_few", "_known", "_mask", "_under")

    def __init__(self, things: Iterable[tuple[int, Thing]]) -> None:
        """Needs (0 for what is always tried) with what needs them."""
        every = tuple((number, need, thing) for number, (need, thing) in enumerate(things))
        many = [one for one in every if one[1]] if len(every) > _A_FEW else []
        self._few = tuple(one for one in every if not (one[1] and many))
        self._under: dict[int, list[tuple[int, int, Thing]]] = {}
        for one in many:
            self._under.setdefault(one[1].bit_length(), []).append(one)
        self._mask = sum(1 << bit - 1 for bit in self._under)
        self._every = reduce(or_, [need for _, need, _ in self._few], 0)
        self._known: dict[int, list[Thing]] = {}

    def of(self, held: int) -> Sequence[Thing]:
        """Those whose need is held, in order.

        >>> some = Choice([(1, "a"), (0, "b"), (6, "c"), (3, "d")])
        >>> some.of(3), some.of(6), some.of(-1)
        (['a', 'b', 'd'], ['b', 'c'], ['a', 'b', 'c', 'd'])
        """
        likely = held & self._mask
        if not likely:
            return self._of_few(held & self._every)
        found = [one for one in self._few if held & one[1] == one[1]]
        while likely:
            bit = likely.bit_length()
            likely ^= 1 << bit - 1
            for one in self._under[bit]:
                if held & one[1] == one[1]:
                    found.append(one)
        found.sort(key=_number)
        return [thing for _, _, thing in found]

    def _of_few(self, held: int) -> list[Thing]:
        """Of few things those whose need is held: they have few bits, and texts that hold the same ones are many."""
        known = self._known.get(held)
        if known is None:
            known = [thing for _, need, thing in self._few if held & need == need]
            if len(self._known) < _REMEMBERED:
                self._known[held] = known
        return known


def _number(one: tuple[int, int, object]) -> int:
    return one[0]
