"""What a passage says of the state of programmes, policies, platforms and events: done, ongoing, planned."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.prospects import statuses_for
from kg.extract.skeleton import Skeleton, pattern
from kg.model import Mention, StatusName, quick
from kg.ontology import Ontology, Rule


@quick
@dataclass(frozen=True, slots=True)
class Said:
    """A status of a mention before it is resolved; a weak one holds only if the letter says no other of the thing."""

    mention: Mention
    status: StatusName
    rule: str
    weak: bool = False


def find(frame: Skeleton, ontology: Ontology, kinds: Sequence[str], year: int | None = None) -> Iterator[Said]:
    """One status for each mention of which the passage says one; the first rule that fits decides.

    `year` is the letter's, None where it is not known.
    """
    if not frame.mentions:
        return
    decided: set[Mention] = set()
    for saying in statuses_for(ontology, frame.kinds, frame.passage.section).of(frame.held):
        rule = saying.rule
        for mention in _matches(frame, rule, saying.pattern, year):
            if mention not in decided or rule.options.get("also"):
                decided.add(mention)
                if rule.options["status"] != "none":
                    yield Said(mention, rule.options["status"], rule.id, bool(rule.options.get("weak")))


_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年)")
_MARKS = "，；。："
_BEHIND = re.compile(r"(?:（[^（）]*）|[”》])+$")


def matches(frame: Skeleton, rule: Rule, kinds: tuple[str, ...], year: int | None = None) -> Iterator[Mention]:
    """The mentions that one rule fits; with `ends` those whose names end so, brackets and marks not counted."""
    return _matches(frame, rule, pattern(rule.options["pattern"], kinds), year)


def _matches(frame: Skeleton, rule: Rule, found: re.Pattern[str], year: int | None) -> Iterator[Mention]:
    ends, years = rule.options.get("ends"), rule.options.get("years")
    for match in found.finditer(frame.text):
        if years and not _of_years(frame.text, match, years, year):
            continue
        for group in match.re.groupindex:
            for mention in frame.within(*match.span(group)):
                if not ends or _BEHIND.sub("", mention.surface).endswith(tuple(ends)):
                    yield mention


def _of_years(text: str, match: re.Match[str], wanted: str, year: int | None) -> bool:
    """Whether the years of a clause are as a rule asks: "open", none before the letter's; "later", one after it."""
    begins = max(text.rfind(mark, 0, match.start()) for mark in _MARKS) + 1
    named = [int(one) for one in _YEAR.findall(text, begins, match.end())]
    if year is None:
        return wanted == "open"
    return min(named, default=year) >= year if wanted == "open" else max(named, default=year) > year
