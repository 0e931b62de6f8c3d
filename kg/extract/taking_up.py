"""Which passages answer a request that nothing answers under a heading of its own or in its own sentence.

Told by the words that it shares with them: a passage that has most of its words, or a rare one of several signs; a part
of the letter whose headline takes up what tells it from the other requests of its series; and its place, where the
parts come in the order of the requests.  In doubt nothing answers.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.extract.answering import Outcomes
from kg.extract.parts import Part, groups, parts
from kg.extract.telling import Folding, Taken, Telling, apart, best, pairs
from kg.model import AnsweredBy, Letter, Passage

SHARE = 0.6
"""The share of the pairs of signs of a request that a passage must have to take up its words."""
HEADLINE, HALF = 0.6, 0.5
"""The share of its own signs that a headline must have; where a long word is among them, half of them."""
WHOLE = 0.8
"""The share of its own signs that a passage must have where a rare word leads to it; without one it must have all."""
MOST = 40
"""No letter has so many requests; what has, is no letter."""
_FEWEST = 4  # pairs of signs that must be shared
_LEAST = 2  # signs of its own that a headline must have
_RARE = 4  # signs of a rare word
_RARELY = 3  # passages that may have it
_ABOUT = re.compile("关于|针对|对于")
_SUBJECT = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.．]|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[.．、])(?:关于|针对)[^，]{2,30}$"
)
_AND = re.compile("[、和与及]")
_BARE = re.compile(r"(?:关于|针对|对于?|在)?(.+?)(?:的?(?:方面|建议|意见|问题|诉求|情况)|上)?")
"""A headline and the words that it is about."""


@dataclass(frozen=True, slots=True)
class Open:
    """A request without an answer: its number, words, the series it stands in, its place in it and that one's size.

    `numbered` tells that the series prints a number before it: 一是, 1.
    """

    number: int
    text: str
    series: int
    place: int
    size: int
    numbered: bool


Found = dict[int, dict[int, AnsweredBy]]
"""For each request, by its number, the passages that answer it, and why."""


def taken_up(
    letter: Letter,
    asked: Sequence[Open],
    repeating: tuple[Collection[int], Collection[int]],
    told: Outcomes,
    fold: Folding,
) -> Found:
    """For each open request the passages that answer it.

    `repeating` are the passages that repeat any request, and those of them that are no headings.
    """
    every, sentences = repeating
    found: Found = {one.number: {} for one in asked}
    if 0 < len(asked) <= MOST:
        free = [p for p in letter.passages if p.index not in every and _may_answer(p, told)]
        for one, indices in zip(asked, takes_up([one.text for one in asked], free), strict=True):
            found[one.number].update(dict.fromkeys(indices, "words"))
        headed = [p for p in parts(letter, told.ends) if p.passages[0] not in sentences and not _is_lack(p, told)]
        _by_words(letter, asked, free, headed, told, fold, found)
    return {n: {index: by for index, by in some.items() if index not in every} for n, some in found.items()}


def _may_answer(passage: Passage, told: Outcomes) -> bool:
    """Whether a passage may answer by its words: no form, no difficulties, no headline that only names a subject."""
    return passage.section != "form" and not told.laments(passage) and not _SUBJECT.match(passage.text)


def _is_lack(part: Part, told: Outcomes) -> bool:
    return told.lacks(part.title) or told.lacks(part.under)


def takes_up(requests: Sequence[str], passages: Sequence[Passage]) -> list[list[int]]:
    """For each request the numbers of the passages that have most of its words, and more of them than of any other."""
    wanted = [pairs(request) for request in requests]
    found: list[list[int]] = [[] for _ in requests]
    for passage in passages:
        said_here = pairs(passage.text)
        shares = [_share(words, said_here) for words in wanted]
        highest = max(shares, default=0.0)
        if highest >= SHARE and shares.count(highest) == 1:
            found[shares.index(highest)].append(passage.index)
    return found


def _share(words: frozenset[str], said_here: frozenset[str]) -> float:
    shared = len(words & said_here)
    return shared / len(words) if shared >= _FEWEST else 0.0


# --- by telling words


def _by_words(
    letter: Letter,
    asked: Sequence[Open],
    free: Sequence[Passage],
    headed: Sequence[Part],
    told: Outcomes,
    fold: Folding,
    found: Found,
) -> None:
    strictly, known = _telling(asked, letter.first("proposal_title"), fold)
    said = {passage.index: pairs(fold(passage.text)) for passage in free}
    _by_rare_words(asked, strictly, said, found)
    in_order = any(told.in_order(passage) for passage in letter.passages)
    for group in groups(headed):
        chosen = _chosen(asked, known, group, fold)
        placed = _by_place(asked, group, chosen, in_order)
        in_order = in_order and not _placed(asked, group)
        for number, indices in _shared(asked, known, group, {**chosen, **placed}, said, fold):
            by: AnsweredBy = "order" if number in placed else "headline"
            found[number] = {**dict.fromkeys(indices, by), **found[number]}


def _telling(asked: Sequence[Open], title: str, fold: Folding) -> tuple[dict[int, Telling], dict[int, Telling]]:
    """What tells each request from the others of its series and from the title of the proposal, strictly and not.

    Where the title leaves nothing and there are others, words of some length suffice, if it is not told strictly.
    """
    folded, of_title = [pairs(fold(one.text)) for one in asked], pairs(fold(title))
    strictly: dict[int, Telling] = {}
    known: dict[int, Telling] = {}
    for place, one in enumerate(asked):
        clauses, others = fold.clauses(one.text), [*folded[:place], *folded[place + 1 :]]
        found = strictly[one.number] = apart(clauses, [*others, of_title])
        if others and not any(len(clause[1]) >= _LEAST for clause in found.clauses):
            without = apart(clauses, others)
            found = Telling(tuple(clause for clause in without.clauses if len(clause[1]) >= _RARE))
        known[one.number] = found
    return strictly, known


def _by_rare_words(
    asked: Sequence[Open], known: Mapping[int, Telling], said: Mapping[int, frozenset[str]], found: Found
) -> None:
    for one in asked:
        words = known[one.number]
        having = {index for index, here in said.items() if _is_rare(words.taken(here))}
        if len(having) <= _RARELY:
            found[one.number].update(dict.fromkeys(having, "words"))


def _is_rare(taken: Taken) -> bool:
    return taken.share >= WHOLE and max(taken.run, taken.count if taken.share == 1 else 0) >= _RARE


def _heads(taken: Taken) -> bool:
    """Whether a headline takes up enough of a request, and what it asks for among it."""
    enough = taken.share >= HEADLINE or (taken.share >= HALF and taken.run >= _RARE)
    return enough and taken.last and taken.count >= _LEAST


def _chosen(
    asked: Sequence[Open], known: Mapping[int, Telling], group: Sequence[Part], fold: Folding
) -> dict[int, int]:
    """For requests, by number, the place in a group of the one part whose headline takes them up."""
    titles = [pairs(fold(part.title)) for part in group]
    found: dict[int, int] = {}
    for one in asked:
        taken = [known[one.number].taken(title) for title in titles]
        place = best([one.count for one in taken])
        same = [number for number, part in enumerate(group) if _is_same(part.title, one.text)]
        if len(same) == 1:
            found[one.number] = same[0]
        elif place >= 0 and _heads(taken[place]):
            found[one.number] = place
    return found


def _is_same(title: str, request: str) -> bool:
    """Whether a headline repeats a request word by word."""
    match = _BARE.fullmatch(title)
    return title == request or (match is not None and match[1] == request)


def _placed(asked: Sequence[Open], group: Sequence[Part]) -> bool:
    return any(one.size == len(group) for one in asked)


def _by_place(
    asked: Sequence[Open], group: Sequence[Part], chosen: Mapping[int, int], in_order: bool
) -> dict[int, int]:
    """The places of the rest of a series in a group of as many parts, where it is certain that they come in order.

    The letter says so, or the requests are numbered and words tell the places of all but one; and none stands in
    another place.
    """
    found: dict[int, int] = {}
    for series in {one.series for one in asked if one.size == len(group) and one.size > 1}:
        own = [one for one in asked if one.series == series]
        told = [one for one in own if one.number in chosen]
        crossing = any(chosen[one.number] != one.place for one in told)
        enough = in_order or (all(one.numbered for one in own) and len(told) >= max(2, len(own) - 1))
        if len(own) == len(group) and enough and not crossing:
            found |= {one.number: one.place for one in own if one.number not in chosen}
    return found


def _shared(
    asked: Sequence[Open],
    known: Mapping[int, Telling],
    group: Sequence[Part],
    chosen: Mapping[int, int],
    said: Mapping[int, frozenset[str]],
    fold: Folding,
) -> Iterator[tuple[int, Iterable[int]]]:
    """The requests with the passages of their parts; of a part with several subjects those that have their words."""
    for place, part in enumerate(group):
        numbers = [one.number for one in asked if chosen.get(one.number) == place]
        own = part.passages[1:] if _ABOUT.match(part.title) else part.passages
        texts = [one.text for one in asked if one.number in numbers]
        if len(numbers) == 1 and (
            _is_same(part.title, texts[0]) or not _is_of_more(part.title, known[numbers[0]], fold)
        ):
            yield numbers[0], own
        elif numbers:
            yield from _divided(numbers, known, own, part.passages[0], said)


def _is_of_more(title: str, request: Telling, fold: Folding) -> bool:
    """Whether a headline has another subject besides: 管护机制和科技支撑."""
    subjects = [pairs(fold(subject)) for subject in _AND.split(title)]
    if len(subjects) < 2 or not request.taken(pairs(fold(title))).count:
        return False
    return any(subject and not request.taken(subject).count for subject in subjects)


def _divided(
    numbers: Sequence[int],
    known: Mapping[int, Telling],
    passages: Sequence[int],
    headline: int,
    said: Mapping[int, frozenset[str]],
) -> Iterator[tuple[int, Iterable[int]]]:
    for index in passages:
        having = [number for number in numbers if known[number].taken(said.get(index, frozenset())).count >= _LEAST]
        for number in numbers if index == headline else having if len(having) == 1 else ():
            yield number, (index,)
