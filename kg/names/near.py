"""What nearly was joined: things of one kind with close names that were kept apart, the closest first.

Close are: one name for two things; a name inside another; names that differ by one sign; a name all of whose signs
stand in another one in the same order, from its beginning to its end (川大 for 四川大学); long names most of whose
pairs of neighbouring signs are the same (Dice 1945) and whose distance (Levenshtein 1966) is at most a quarter.  What
tells two things apart (years and numbers, places, levels, document numbers, a letter that names both) counts against.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from os.path import commonprefix

from ahocorasick_rs import AhoCorasick, Implementation

from kg.find.fold import fold
from kg.names.places import Named

SAME, SHARED, INSIDE, SIGN, ALIKE, NUMBER = "same", "shared", "inside", "sign", "alike", "number"
SHORT, OMITTED = "short", "omitted"
_FEW = 12  # more things of one name, or names around one, are each held against the first alone
_RARE = 40  # a pair of signs that more names have says little
_SHORT, _LONG = 4, 8
_SHORTEST, _LEAST = 3, 0.375  # signs of a short form, and the part of the full name that it has at least
_UNIVERSITY = ("大学", "大")  # what every university's short form ends with
_DICE, _FAR = 0.7, 0.25
_NUMBERS = re.compile(
    r"\d+|[一二三四五六七八九十百]+(?=[年期批届五条])|第[一二三四五六七八九十]+|(?<=“)[一二三四五六七八九十]+五"
)
_PLACE = re.compile(r"^[\u4e00-\u9fff]{2,7}?(?:自治区|自治州|[省市县区州旗](?!级))")
_COUNTRY = "全国"
_LEVEL = re.compile(r"国家|省|市|县|区")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things that are close: how, how much (1: alike), and what tells them apart."""

    one: Named
    other: Named
    how: str
    score: float
    against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What is known besides names.

    `numbers` are document numbers by the IRI of a document, `above` the places above a place by its name, `seats` the
    places of bodies by the IRI of a body, `apart` what decisions have set apart: pairs of IRIs.
    """

    numbers: Mapping[str, frozenset[str]]
    above: Mapping[str, str]
    seats: Mapping[str, str]
    apart: frozenset[frozenset[str]] = frozenset()


def near(things: Sequence[Named], known: Known) -> list[Pair]:
    """The pairs, the closest first."""
    best: dict[tuple[str, str], Pair] = {}
    by_kind: dict[str, list[Named]] = {}
    for thing in things:
        by_kind.setdefault(thing.kind, []).append(thing)
    for of_kind in by_kind.values():
        for pair in _close(of_kind, known.numbers):
            if _elsewhere(pair, known.seats):
                continue
            weighed = _weighed(pair, known)
            key = (pair.one.iri, pair.other.iri)
            if key not in best or best[key].score < weighed.score:
                best[key] = weighed
    return sorted(best.values(), key=_rank)


def _rank(pair: Pair) -> tuple[float, int, str, str, str]:
    """The closest first; of those alike what more letters name."""
    letters = min(len(pair.one.letters), len(pair.other.letters))
    return -pair.score, -letters, pair.one.kind, pair.one.iri, pair.other.iri


def _elsewhere(pair: Pair, seats: Mapping[str, str]) -> bool:
    """Whether two bodies are certainly of different places."""
    places = [seats.get(one.iri) for one in (pair.one, pair.other)]
    return None not in places and places[0] != places[1]


def _close(things: Sequence[Named], numbers: Mapping[str, frozenset[str]]) -> Iterator[Pair]:
    """Pairs of one kind; a pair may come several times."""
    by_name: dict[str, list[Named]] = {}
    for thing in things:
        by_name.setdefault(fold(thing.name), []).append(thing)
    for group in by_name.values():
        yield from _pairs(group, SAME, 0.95)
    for group in _called(things).values():
        yield from _pairs(group, SHARED, 0.8)
    by_number: dict[str, list[Named]] = {}
    for thing in things:
        for number in numbers.get(thing.iri, ()):
            by_number.setdefault(number, []).append(thing)
    for group in by_number.values():
        yield from _pairs(group, NUMBER, 1.0)
    names = sorted(by_name)
    for one, other, how, score in (*_inside(names), *_by_a_sign(names), *_shortened(names), *_alike(names)):
        for first in by_name[one][:_FEW]:
            yield from (_ordered(first, second, how, score) for second in by_name[other][:_FEW])


def _called(things: Iterable[Named]) -> dict[str, list[Named]]:
    """Things by what they are called: by all their names, but for bodies, whose short names (市财政局) many have."""
    found: dict[str, list[Named]] = {}
    for thing in things:
        names = {fold(thing.name)} | ({fold(name) for name in thing.others} if thing.kind != "Agency" else set())
        for name in sorted(names):
            found.setdefault(name, []).append(thing)
    return found


def _pairs(group: Sequence[Named], how: str, score: float) -> Iterator[Pair]:
    if len(group) > 1:
        score *= (2 / len(group)) ** 0.25  # what is called so in many places is hardly one thing
        pairs = combinations(group, 2) if len(group) <= _FEW else ((group[0], other) for other in group[1:])
        yield from (_ordered(one, other, how, score) for one, other in pairs)


def _ordered(one: Named, other: Named, how: str, score: float) -> Pair:
    return Pair(one, other, how, score) if one.iri < other.iri else Pair(other, one, how, score)


Close = tuple[str, str, str, float]


def _inside(names: Sequence[str]) -> Iterator[Close]:
    """A name that begins or ends another one and is half of it at least."""
    looked_for = [name for name in names if len(name) >= _SHORT]
    if not looked_for:
        return
    automaton = AhoCorasick(looked_for, implementation=Implementation.ContiguousNFA)
    around: Counter[str] = Counter()
    for name in names:
        for index, start, stop in automaton.find_matches_as_indexes(name, overlapping=True):
            inner = looked_for[index]
            part = len(inner) / len(name)
            if 0.5 <= part < 1 and (start == 0 or stop == len(name)) and around[inner] < _FEW:
                around[inner] += 1
                yield inner, name, INSIDE, 0.35 + 0.6 * part


def _by_a_sign(names: Sequence[str]) -> Iterator[Close]:
    """Names of which one has a sign more, or another one at one place."""
    without: dict[str, list[str]] = {}
    for name in names:
        if len(name) > _SHORT:
            for place in range(len(name)):
                without.setdefault(name[:place] + name[place + 1 :], []).append(name)
    known = set(names)
    for name in names:
        for longer in without.get(name, ()) if len(name) >= _SHORT else ():
            yield name, longer, SIGN, 1 - 1 / len(longer)
    for group in without.values():
        for one, other in combinations(dict.fromkeys(group[:_FEW]), 2):
            if len(one) == len(other) and one in known and sum(map(str.__ne__, one, other)) == 1:
                yield one, other, SIGN, 1 - 1.6 / len(one)


def _shortened(names: Sequence[str]) -> Iterator[Close]:
    """Names with signs or words left out of the middle: short forms (two signs or more by themselves) and others."""
    groups: dict[str, list[str]] = {}
    for name in names:
        if len(name) >= _SHORTEST:
            groups.setdefault(name.replace(*_UNIVERSITY)[-1], []).append(name)
    for group in groups.values():
        holders: dict[str, set[str]] = {}
        for name in group if len(group) > 1 else ():
            for sign in name:
                holders.setdefault(sign, set()).add(name)
        for short in group if len(group) > 1 else ():
            having = sorted((holders[sign] for sign in set(short)), key=len)
            for long in sorted(set.intersection(*having)):
                if len(short) + 1 < len(long) <= len(short) / _LEAST and (left := _left_out(short, long)):
                    yield from _forms(short, long, left)


def _forms(short: str, long: str, left: Sequence[int]) -> Iterator[Close]:
    """A name as a short form of another one, or as one with fewer words; `left` are the lengths of what it lacks."""
    part = len(short) / len(long)
    if sum(length % 2 for length in left) > 1 and short[0] in long[:2]:
        yield short, long, SHORT, 0.75 + 0.2 * part
    elif part >= 0.5 and short[0] == long[0] and short[-2:] == long[-2:]:
        yield short, long, OMITTED, 0.35 + 0.6 * part


def _left_out(short: str, long: str) -> list[int]:
    """The lengths of what a name has between the signs of another one; nothing where these are not in it in order.

    >>> _left_out("中科院", "中国科学院"), _left_out("公共平台", "公共服务平台"), _left_out("院科中", "中国科学院")
    ([1, 1], [2], [])
    """
    left, place = [], 0
    for sign in short:
        found = long.find(sign, place)
        if found < 0:
            return []
        left.append(found - place)
        place = found + 1
    return [length for length in (*left, len(long) - place) if length]


def _alike(names: Sequence[str]) -> Iterator[Close]:
    """Long names that have most of their pairs of signs in common."""
    long = [name for name in names if len(name) >= _LONG]
    holders: dict[str, list[int]] = {}
    for number, name in enumerate(long):
        for pair in {*map(str.__add__, name, name[1:])}:
            holders.setdefault(pair, []).append(number)
    for number, name in enumerate(long):
        pairs = {*map(str.__add__, name, name[1:])}
        rare = [holders[pair] for pair in pairs if len(holders[pair]) <= _RARE]
        shared = Counter(other for having in rare for other in having if other > number)
        for other in sorted(shared):
            theirs = {*map(str.__add__, long[other], long[other][1:])}
            if 2 * len(pairs & theirs) >= _DICE * (len(pairs) + len(theirs)):
                far = distance(name, long[other]) / max(len(name), len(long[other]))
                if far <= _FAR:
                    yield name, long[other], ALIKE, 1 - far


def distance(one: str, other: str) -> int:
    """The fewest signs to be put in, taken out or changed to make one text of another (Levenshtein 1966).

    >>> distance("成都种业办法", "成都市种业法")
    2
    """
    row = list(range(len(other) + 1))
    for number, sign in enumerate(one, 1):
        last, row[0] = row[0], number
        for place, theirs in enumerate(other, 1):
            last, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, last + (sign != theirs))
    return row[-1]


# --- What tells two things apart


def _weighed(pair: Pair, known: Known) -> Pair:
    """The pair with what counts against it."""
    against = tuple(_against(pair, known))
    score = pair.score
    for reason in against:
        score *= _WEIGHT[reason]
    return Pair(pair.one, pair.other, pair.how, round(score, 3), against)


_WEIGHT = {
    "decided": 0.1,
    "setting": 0.6,
    "near setting": 0.9,
    "figures": 0.5,
    "place": 0.5,
    "level": 0.6,
    "numbers": 0.5,
    "both": 0.7,
}


def _against(pair: Pair, known: Known) -> Iterator[str]:
    one, other = fold(pair.one.name), fold(pair.other.name)
    if {pair.one.iri, pair.other.iri} in known.apart:
        yield "decided"
        return
    if pair.one.setting != pair.other.setting:
        yield "near setting" if _related(pair.one.setting, pair.other.setting, known.above) else "setting"
    if sorted(_NUMBERS.findall(one)) != sorted(_NUMBERS.findall(other)):
        yield "figures"
    places = [_PLACE.match(name) for name in (one, other)]
    if pair.how != SHORT and places[0] and places[1] and places[0].group() != places[1].group():
        yield "place"  # of a short form the place is a part of it (川大眉山)
    elif Counter(_LEVEL.findall(one)) != Counter(_LEVEL.findall(other)):
        yield "level"
    theirs = [known.numbers.get(thing.iri, frozenset()) for thing in (pair.one, pair.other)]
    if all(theirs) and not theirs[0] & theirs[1]:
        yield "numbers"
    if pair.one.letters & pair.other.letters:
        yield "both"


def _related(one: str, other: str, above: Mapping[str, str]) -> bool:
    """Whether of two settings, as far as they tell, one is of a place that holds the place of the other."""
    chains = [above.get(place, "") + place for place in map(_place_of, (one, other))]
    return any(chain in ("", _COUNTRY) for chain in chains) or len({commonprefix(chains), *chains}) < 3


def _place_of(setting: str) -> str:
    """The place that a setting is or begins with: 成都市政协 -> 成都市."""
    place = _PLACE.match(setting)
    return place.group() if place else setting
