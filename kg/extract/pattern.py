"""Names found by patterns: the group `name` is the mention, the group `core` a further name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from kg.extract.candidate import Candidate, candidate
from kg.extract.lexis import Lexis
from kg.ontology import Kind, Ontology, Rule

RANK = 50


@lru_cache(maxsize=4096)
def compiled(source: str) -> re.Pattern[str]:
    """A pattern of a rule file, compiled once (verbose: blanks and comments do not count)."""
    return re.compile(source, re.VERBOSE)


def find(words: Lexis, ontology: Ontology) -> Iterator[Candidate]:
    """The candidates of all pattern rules of all kinds in one passage."""
    for kind in ontology.entity_kinds():
        for rule in kind.rules:
            if rule.by == "pattern":
                yield from _matches(words, kind, rule)


def _matches(words: Lexis, kind: Kind, rule: Rule) -> Iterator[Candidate]:
    options = rule.options
    text = words.passage.text
    rank = int(options.get("rank", RANK))
    pattern = compiled(options["pattern"])
    for match in pattern.finditer(text):
        start, stop = match.span("name")
        if "tight" in options:
            start, stop = _tightened(words, pattern, match, options["tight"] == "heads")
        if start < stop and _admitted(words, options, start, stop):
            yield candidate(
                words.passage, start, stop, kind.name, rule.id, rank, (match.groupdict().get("core") or "",)
            )


def _tightened(words: Lexis, pattern: re.Pattern[str], match: re.Match[str], heads: bool) -> tuple[int, int]:
    """The name from the last edge inside it on, if the pattern holds there too; else nothing."""
    start, stop = match.span("name")
    edge = words.left_edge(stop - 1, stop)
    if heads:
        edge = max(edge, words.last_head(stop - 2))
    if edge <= start:
        return start, stop
    again = pattern.match(words.passage.text, edge)
    return again.span("name") if again and again.end("name") == stop else (stop, stop)


def _admitted(words: Lexis, options: Mapping[str, Any], start: int, stop: int) -> bool:
    """Whether the place and the wording of a match are those that its rule asks for."""
    if options.get("edge") and start not in words.edges and words.last_head(start) != start:
        return False
    if options.get("solid") and words.edge_between(start, stop - 1):
        return False
    return "must" not in options or compiled(options["must"]).search(words.passage.text[start:stop]) is not None
