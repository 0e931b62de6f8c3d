"""What an answering sentence says became of a request, and where the answer to one ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kg.extract.pattern import compiled
from kg.model import AnswerName, Passage
from kg.ontology import Ontology, Rule

_SEVERAL = 2  # requests


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The rules that tell what became of a request, where the answer to one ends, and that answers come in order.

    `lack` are those that tell a headline of difficulties, `empty` what answers nothing, `announces` a list, `whole`
    that a sentence speaks of all that the proposal asks for.
    """

    rules: tuple[tuple[Rule, re.Pattern[str]], ...]
    general: tuple[re.Pattern[str], ...]
    order: tuple[re.Pattern[str], ...]
    lack: tuple[re.Pattern[str], ...]
    empty: tuple[re.Pattern[str], ...]
    announces: tuple[re.Pattern[str], ...]
    whole: tuple[tuple[Rule, re.Pattern[str]], ...]

    def ends(self, passage: Passage) -> bool:
        """Whether a passage is of the letter's form, or turns from one request to all of them."""
        return passage.section == "form" or _any(self.general, passage.text)

    def in_order(self, passage: Passage) -> bool:
        """Whether a passage says that the requests are answered one by one."""
        return _any(self.order, passage.text)

    def lacks(self, headline: str) -> bool:
        """Whether a headline is one of difficulties."""
        return _any(self.lack, headline)

    def is_empty(self, rest: str) -> bool:
        """Whether what a sentence says behind a request only praises it, or is a form of words."""
        return _any(self.empty, rest)

    def announced(self, rest: str) -> bool:
        """Whether what a sentence says behind a request announces a list."""
        return _any(self.announces, rest)

    def laments(self, passage: Passage) -> bool:
        """Whether a passage tells of difficulties, or stands under a headline of them."""
        return self.lacks(passage.heading) or self.lacks(passage.text)

    def refuses(self, text: str, section: str) -> bool:
        """Whether a text refuses what was asked."""
        return "declined" in self.of(text, section)

    def refuses_all(self, passage: Passage, requests: int) -> bool:
        """Whether a passage refuses all that the proposal asks for, of which the letter repeats so many requests."""
        if passage.section == "form":
            return False
        rules = tuple(found for rule, found in self.whole if requests < _SEVERAL or not rule.options.get("one"))
        return _any(rules, passage.text) and self.refuses(passage.text, passage.section)

    def of(self, text: str, section: str, *, weak: bool = True) -> tuple[AnswerName, ...]:
        """All that a text says became of a request, in the order of the rules; a weak one only if it is alone.

        With `weak` false none of these counts.
        """
        found: dict[AnswerName, None] = {}
        for rule, pattern in self.rules:
            holds = section in rule.options.get("sections", (section,))
            if holds and not (rule.options.get("weak") and (found or not weak)) and pattern.search(text):
                found[rule.options["status"]] = None
        return tuple(found)


def said(rule: Rule, text: str) -> bool:
    """Whether one rule finds its status in a text."""
    return compiled(rule.options["pattern"]).search(text) is not None


@lru_cache(maxsize=4)
def outcomes(ontology: Ontology) -> Outcomes:
    """The rules of the ontology about answers."""
    plain = {
        by: tuple(pattern for _, pattern in _rules(ontology, by))
        for by in ("general", "in_order", "lack", "empty", "announces")
    }
    return Outcomes(
        rules=_rules(ontology, "status"),
        general=plain["general"],
        order=plain["in_order"],
        lack=plain["lack"],
        empty=plain["empty"],
        announces=plain["announces"],
        whole=_rules(ontology, "whole"),
    )


def _rules(ontology: Ontology, by: str) -> tuple[tuple[Rule, re.Pattern[str]], ...]:
    return tuple((rule, compiled(rule.options["pattern"])) for rule in ontology.requests if rule.by == by)


def _any(patterns: tuple[re.Pattern[str], ...], text: str) -> bool:
    return any(pattern.search(text) for pattern in patterns)
