"""What an answering sentence says became of a request, and which passages take up the words of one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.extract.pattern import compiled
from kg.model import AnswerName, Passage
from kg.ontology import Ontology, Rule

SHARE = 0.6
"""The share of the pairs of signs of a request that a passage must have to take up its words."""
_FEWEST = 4  # pairs of signs that must be shared
_SIGN = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]+")


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The rules that tell what became of a request, and those that tell where the answer to one ends."""

    rules: tuple[Rule, ...]
    general: tuple[Rule, ...]

    def ends(self, passage: Passage) -> bool:
        """Whether a passage is of the letter's form, or turns from one request to all of them."""
        return passage.section == "form" or any(said(rule, passage.text) for rule in self.general)

    def of(self, text: str, section: str) -> tuple[AnswerName, ...]:
        """All that a text says became of a request, in the order of the rules; a weak one only if it is alone."""
        found: dict[AnswerName, None] = {}
        for rule in self.rules:
            holds = section in rule.options.get("sections", (section,))
            if holds and not (rule.options.get("weak") and found) and said(rule, text):
                found[rule.options["status"]] = None
        return tuple(found)


def said(rule: Rule, text: str) -> bool:
    """Whether one rule finds its status in a text."""
    return compiled(rule.options["pattern"]).search(text) is not None


@lru_cache(maxsize=4)
def outcomes(ontology: Ontology) -> Outcomes:
    """The rules of the ontology about answers."""
    status, general = (tuple(r for r in ontology.requests if r.by == by) for by in ("status", "general"))
    return Outcomes(status, general)


def takes_up(requests: Sequence[str], passages: Sequence[Passage]) -> list[list[int]]:
    """For each request the numbers of the passages that have most of its words, and more of them than of any other.

    Words are pairs of signs that follow one another, as Chinese prints no words apart.
    """
    wanted = [pairs(request) for request in requests]
    found: list[list[int]] = [[] for _ in requests]
    for passage in passages:
        said_here = pairs(passage.text)
        shares = [_share(words, said_here) for words in wanted]
        best = max(shares, default=0.0)
        if best >= SHARE and shares.count(best) == 1:
            found[shares.index(best)].append(passage.index)
    return found


def pairs(text: str) -> frozenset[str]:
    """The pairs of signs of a text, none over a mark.

    >>> sorted(pairs("增设站点，优化"))
    ['优化', '增设', '站点', '设站']
    """
    return frozenset(run[place : place + 2] for run in _SIGN.findall(text) for place in range(len(run) - 1))


def _share(words: frozenset[str], said_here: frozenset[str]) -> float:
    shared = len(words & said_here)
    return shared / len(words) if shared >= _FEWEST else 0.0
