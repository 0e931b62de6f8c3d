"""Ladders: named tiers in order (市级……—省级……—国家级……), each a group of its own (ontology/relations/nextTier.toml).

A tier is named in the chain itself, often only there and in a short form, so that the chain both gives names and
relates them.  A chain that something tells to be climbed is no name: what a quotation of it seemed to name gives way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.extract.candidate import Candidate, candidate
from kg.extract.form import Link
from kg.extract.lexis import Lexis
from kg.extract.pattern import compiled
from kg.extract.prospects import prospects
from kg.model import Mention
from kg.ontology import Ontology, Relation, Rule
from kg.registry import Hit
from kg.text.gate import Choice
from kg.text.guard import ending

TIER = "nextTier."
"""How the rules begin that name tiers."""
RANK = 5
"""A tier is surer than what a quotation or a head noun makes of the whole chain."""
_KIND = "Group"
# Something climbs, and something joins: most sentences lack one of them.
_CLIMBS = re.compile(
    "[梯逐晋跃阶递]|成长|升[级格]|提升|层[次级]|链条?|全周期|(?:培育|孵化|发展)(?:体系|机制|格局|路径|模式)"
)
_JOINS = re.compile("[-—–－―─→➝➔>＞、]|从.+到|级.+[和及与].+级|(?:[升晋]级|晋升|升格|进阶|跃升|成长|提升)[为成到至]")
_DASH = re.compile("[-—–－―─→➝➔>＞]{1,3}")
_TO = re.compile("，?再?[到向至]")
_SERIES = re.compile("、|(?:以及|和|及|与|，?再?到)(?=[^、]*$)")
_BRACKETS = re.compile(r"（[^（）]*）$")
_LEVELS = ("县", "区", "市", "自治区", "省", "部", "国家", "全国", "世界")
_RANKS = {"县": 1, "区": 1, "市": 2, "自治区": 3, "省": 3, "部": 4, "国家": 4, "全国": 4, "世界": 5}
_LEVEL = re.compile(rf"({'|'.join(sorted(_LEVELS, key=len, reverse=True))})级?")
_LEVELLED = re.compile(rf"({'|'.join(sorted(_LEVELS, key=len, reverse=True))})级")
_NATIONAL = 4
_MARKS = "“”‘’"
_PAIRS = (("“", "”"), ("‘", "’"))


_Trial = tuple[Relation, Rule, re.Pattern[str], re.Pattern[str] | None]
"""A rule with its pattern, and with what each match ends with."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A tier: its range without what stands in brackets behind it."""

    start: int
    stop: int


def find(words: Lexis, ontology: Ontology) -> Iterator[Candidate]:
    """A candidate for each tier of the chains of one passage."""
    for _, _, parts in _chains(words, ontology):
        for place, part in enumerate(parts):
            start = max(part.start, words.left_edge(part.stop - 1, part.stop - part.start)) if not place else part.start
            if part.stop - start > 1:
                yield _candidate(words, start, part.stop, ontology)


def links(letter: Sequence[Lexis], mentions: Mapping[int, Sequence[Mention]], ontology: Ontology) -> Iterator[Link]:
    """Each tier with the one that follows it in its chain; none over a tier that is not named."""
    for words in letter:
        here = words.passage.index
        groups = [mention for mention in mentions[here] if mention.kind == _KIND]
        for relation, rule, parts in _chains(words, ontology) if len(groups) > 1 else ():
            named = [_named(part, groups) for part in parts]
            for one, other in zip(named, named[1:], strict=False):
                if one is not None and other is not None and one != other:
                    yield Link(one, relation.name, other, here, (), rule.id)


def _chains(words: Lexis, ontology: Ontology) -> Iterator[tuple[Relation, Rule, list[_Part]]]:
    rules, text = _choice(ontology).of(words.held), words.passage.text
    if not (rules and _JOINS.search(text) and _CLIMBS.search(text)):
        return
    taken: list[tuple[int, int]] = []
    for relation, rule, pattern, end in rules:
        for match in pattern.finditer(text) if end is None or end.search(text) else ():
            low, high = match.span("chain")
            if any(start < high and low < stop for start, stop in taken):
                continue
            parts = list(_parts(text, low, high, _joint(text[low:high], rule)))
            if _in_order([text[part.start : part.stop] for part in parts], rule):
                taken.append((low, high))
                yield relation, rule, parts


@lru_cache(maxsize=4)
def _rules(ontology: Ontology) -> tuple[tuple[Relation, Rule], ...]:
    return tuple((r, rule) for r in ontology.relations.values() for rule in r.rules if rule.by == "tiers")


@lru_cache(maxsize=4)
def _choice(ontology: Ontology) -> Choice[_Trial]:
    needs = prospects(ontology).needs
    patterns = {rule.id: rule.options["pattern"] for _, rule in _rules(ontology)}
    return Choice(
        (needs[rule.id], (relation, rule, compiled(patterns[rule.id]), ending(patterns[rule.id])))
        for relation, rule in _rules(ontology)
    )


def _joint(chain: str, rule: Rule) -> re.Pattern[str]:
    """What joins the tiers of a chain: dashes or arrows, else the marks and words of a series, else 到."""
    if "joint" in rule.options:
        return compiled(rule.options["joint"])
    in_row = rule.options.get("rising") or rule.options.get("steady")
    return _DASH if _DASH.search(chain) else _SERIES if in_row else _TO


def _parts(text: str, low: int, high: int, joint: re.Pattern[str]) -> Iterator[_Part]:
    cuts = [(low + start, low + stop) for start, stop in (match.span() for match in joint.finditer(text[low:high]))]
    starts, stops = [low, *(stop for _, stop in cuts)], [*(start for start, _ in cuts), high]
    for start, stop in zip(starts, stops, strict=True):
        bare = _BRACKETS.sub("", text[start:stop])
        for opening, closing in _PAIRS:
            if bare.startswith(opening) and closing not in bare:
                start, bare = start + 1, bare[1:]
            if bare.endswith(closing) and opening not in bare:
                bare = bare[:-1]
        yield _Part(start, start + len(bare))


def _in_order(names: Sequence[str], rule: Rule) -> bool:
    """Whether names are in the order that the rule wants: the levels printed in them rise, or do not fall."""
    if "falls" in rule.options and compiled(rule.options["falls"]).match("、".join(names)):
        return False
    if rule.options.get("steady"):
        ranks = [rank for rank in _ranks(names) if rank]
        return ranks == sorted(ranks)
    return not rule.options.get("rising") or _rises(names)


def _ranks(names: Sequence[str]) -> list[int]:
    """The ranks of the levels printed in names; 0 for none."""
    levels = [_LEVELLED.search(name) or _LEVEL.match(name) for name in names]
    return [_RANKS[level[1]] if level else 0 for level in levels]


def _rises(names: Sequence[str]) -> bool:
    """Whether the levels that names begin with rise once at least and never fall.

    >>> _rises(["市级中心", "省级中心"]), _rises(["国家级中心", "省级中心"]), _rises(["中心", "基地"])
    (True, False, False)
    """
    all_ranks = _ranks(names)
    ranks = [rank for rank in all_ranks if rank]
    return bool(ranks) and ranks == sorted(ranks) and (ranks[0] < ranks[-1] or not all_ranks[0])


def _named(part: _Part, groups: Sequence[Mention]) -> Mention | None:
    return next((m for m in groups if part.start <= m.start and m.stop == part.stop), None)


# --- what a tier is called


def _candidate(words: Lexis, start: int, stop: int, ontology: Ontology) -> Candidate:
    """A tier under the name that it has in full: 省级隐形冠军 is a company, though the chain leaves that out."""
    text = words.passage.text[start:stop]
    rule = _rules(ontology)[0][1].id
    hit = next((h for h in words.hits if h.kind == _KIND and start <= h.start and h.stop == stop), None)
    before = words.passage.text[start : hit.start] if hit else ""
    level = _LEVEL.fullmatch(before)
    if hit is None or (before and level is None):
        return candidate(words.passage, start, stop, _KIND, rule, RANK, ())
    if level is None or _RANKS[level[1]] == _NATIONAL:
        return candidate(words.passage, start, stop, _KIND, f"registry:{hit.row}", RANK, (hit.name,))
    return candidate(words.passage, start, stop, _KIND, rule, RANK, (_in_full(before, hit, text),))


def _in_full(level: str, hit: Hit, printed: str) -> str:
    name = "".join(sign for sign in hit.name if sign not in _MARKS)
    return f"{level}{name}" if name not in printed else printed
