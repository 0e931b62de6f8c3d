"""The words that tell one request of a letter from the others, and how many of them another text takes up.

Chinese prints no words apart: pairs of signs that follow one another stand for them.  General words (建设, 机制,
进一步) are left out, and words that say the same thing (引进, 集聚) are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import add

from kg.extract.pattern import compiled
from kg.ontology import Ontology, alternation
from kg.text.gate import Choice, Gate, worth_looking_for

_GAP = " "
_NO_SIGN = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9\ue000-\uf8ff]+")
_CLAUSE = re.compile(r"[，；、]")
_SAME = 0xE000  # the first of the signs that stand for words of one meaning
_FIRST_SAME = chr(_SAME)
_WORD = re.compile("x+")


@dataclass(frozen=True, slots=True)
class Folding:
    """How a text is made comparable: what is general, what means the same, and the verb a request begins with."""

    general: re.Pattern[str]
    same: Choice[tuple[str, re.Pattern[str]]]
    gate: Gate
    verb: re.Pattern[str]

    def __call__(self, text: str) -> str:
        """The telling words of a text, gaps between them.

        A word of several that mean the same becomes two signs that stand for them all.
        """
        (held,) = self.gate.scan([text])
        for sign, words in self.same.of(held):
            text = words.sub(sign * 2, text)
        return _NO_SIGN.sub(_GAP, self.general.sub(_GAP, text))

    def clauses(self, request: str) -> list[str]:
        """The clauses of a request without their first verbs, folded."""
        return [self(self.verb.sub("", clause)) for clause in _CLAUSE.split(request)]


@lru_cache(maxsize=4)
def folding(ontology: Ontology) -> Folding:
    """The folding that an ontology's words make."""
    verb = compiled(f"^要?(?:{ontology.pieces['ask_verb']})")
    sources = [rule.options["pattern"] for rule in ontology.requests if rule.by == "same"]
    gate = Gate([worth_looking_for(source) for source in sources])
    same = [(chr(_SAME + number), compiled(source)) for number, source in enumerate(sources)]
    general = compiled(alternation(ontology.words["ask_general"]))
    return Folding(general, Choice(zip(gate.needs, same, strict=True)), gate, verb)


def pairs(text: str) -> frozenset[str]:
    """The pairs of signs of a text, none over a mark or a gap.

    >>> sorted(pairs("增设站点，优化"))
    ['优化', '增设', '站点', '设站']
    """
    runs = _NO_SIGN.split(text)
    return frozenset().union(*[map(add, run, run[1:]) for run in runs])


@dataclass(frozen=True, slots=True, order=True)
class Taken:
    """How much of a clause a text takes up: the share of its own signs, how many they are, their longest word.

    `last` tells whether the last of them are among these: they say what is asked for, those before them of what.
    """

    share: float
    count: int
    run: int
    last: bool


_NOTHING = Taken(0.0, 0, 0, False)


@dataclass(frozen=True, slots=True)
class Telling:
    """A request by its clauses; of each the pairs of signs at the places that tell it from others.

    `clauses` holds for each clause its folded text, the places of the signs that are its own, and the pairs with one.
    """

    clauses: tuple[tuple[str, frozenset[int], frozenset[str]], ...]

    def taken(self, said: frozenset[str]) -> Taken:
        """What a text with these pairs takes up, of the clause of which it takes up most."""
        some = [clause for clause in self.clauses if not clause[2].isdisjoint(said)]
        return max([_taken(text, own, said) for text, own, _ in some], default=_NOTHING)


def telling(request: str, others: Iterable[str], fold: Folding) -> Telling:
    """A request with the signs that none of the other texts has."""
    return apart(fold.clauses(request), [pairs(fold(other)) for other in others])


def apart(clauses: Iterable[str], others: Iterable[frozenset[str]]) -> Telling:
    """A request by its folded clauses, with the signs that none of the other texts has, given by their pairs."""
    common, found = frozenset[str]().union(*others), []
    for clause in clauses:
        every = _covered(clause, pairs(clause))
        own = every - _covered(clause, common)
        telling_pairs = frozenset(clause[n : n + 2] for n in range(len(clause) - 1) if n in own or n + 1 in own)
        found.append((clause, own, telling_pairs))
    return Telling(tuple(found))


def _taken(text: str, own: frozenset[int], said: frozenset[str]) -> Taken:
    covered = _covered(text, said)
    count, run = len(covered & own), 0
    for word in _WORD.finditer("".join("x" if place in covered else _GAP for place in range(len(text)))):
        if text[word.start()] < _FIRST_SAME and 2 * len(own.intersection(range(*word.span()))) > len(word[0]):
            run = max(run, len(word[0]))
    return Taken(count / len(own), count, run, max(own) in covered)


def _covered(text: str, said: frozenset[str]) -> frozenset[int]:
    """The places of the signs of a text that belong to one of some pairs."""
    found: set[int] = set()
    for place in range(len(text) - 1):
        if text[place : place + 2] in said:
            found.update((place, place + 1))
    return frozenset(found)


def best(scores: Sequence[int]) -> int:
    """The place of the greatest of some numbers, -1 where two are as great or none is above 0.

    >>> best([0, 4, 2]), best([4, 4]), best([])
    (1, -1, -1)
    """
    greatest = max(scores, default=0)
    return scores.index(greatest) if greatest > 0 and scores.count(greatest) == 1 else -1
