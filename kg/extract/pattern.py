"""Names found by patterns: the group `name` is the mention, the group `core` a further name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kg.extract.candidate import Candidate, candidate
from kg.extract.lexis import Lexis
from kg.extract.prospects import prospects
from kg.ontology import Kind, Ontology, Rule, alternation
from kg.text.gate import Choice
from kg.text.guard import ending, guarded

RANK = 50
_TOWNSHIPS = ("乡", "镇", "街道")  # a village may be named right behind its township


@lru_cache(maxsize=4)
def _general(ontology: Ontology) -> tuple[re.Pattern[str], frozenset[str]]:
    """The general words of several signs, and those of one."""
    words = ontology.words["general"]
    return re.compile(alternation(word for word in words if len(word) > 1)), frozenset(words)


@lru_cache(maxsize=4096)
def compiled(source: str) -> re.Pattern[str]:
    """A pattern of a rule file, compiled once (verbose: blanks and comments do not count)."""
    return re.compile(guarded(source), re.VERBOSE)


@dataclass(frozen=True, slots=True, eq=False)
class _Trial:
    """A rule that is ready to be tried.

    `need` is what a passage must hold (see `Prospects`), `end` how each match ends, where that is worth a look.
    """

    kind: str
    rule: Rule
    need: int
    pattern: re.Pattern[str]
    end: re.Pattern[str] | None
    rank: int
    tight: str
    unlisted: bool
    proper: int
    has_core: bool


@lru_cache(maxsize=4)
def _trials(ontology: Ontology) -> tuple[_Trial, ...]:
    needs = prospects(ontology).needs
    return tuple(
        _trial(kind, rule, needs[rule.id])
        for kind in ontology.entity_kinds()
        for rule in kind.rules
        if rule.by == "pattern"
    )


@lru_cache(maxsize=4)
def _choice(ontology: Ontology) -> Choice[_Trial]:
    return Choice((trial.need, trial) for trial in _trials(ontology))


def _trial(kind: Kind, rule: Rule, need: int) -> _Trial:
    options = rule.options
    pattern = compiled(options["pattern"])
    rank, tight = int(options.get("rank", RANK)), str(options.get("tight", ""))
    unlisted, has_core = bool(options.get("unlisted")), "core" in pattern.groupindex
    proper_signs = int(options.get("proper", 0))
    end = ending(options["pattern"])
    return _Trial(kind.name, rule, need, pattern, end, rank, tight, unlisted, proper_signs, has_core)


def find(words: Lexis, ontology: Ontology) -> Iterator[Candidate]:
    """The candidates of all pattern rules of all kinds in one passage."""
    text = words.passage.text
    for trial in _choice(ontology).of(words.held):
        for match in trial.pattern.finditer(text) if trial.end is None or trial.end.search(text) else ():
            yield from _read(words, trial, match, ontology)


def _read(words: Lexis, trial: _Trial, match: re.Match[str], ontology: Ontology) -> Iterator[Candidate]:
    """The candidate of one match, if it is admitted."""
    start, stop = match.span("name")
    if trial.tight:
        start, stop = _tightened(words, trial.pattern, match, trial.tight)
    if start >= stop or not _admitted(words, trial.rule.options, start, stop):
        return
    if trial.unlisted and _is_listed(words, trial.kind, start, stop):
        return
    if trial.proper and len(proper(words.passage.text[start:stop], ontology)) < trial.proper:
        return
    names = (match["core"] or "",) if trial.has_core else ()
    completed = trial.rule.options.get("completed")
    completed = match["rest"] if completed == "rest" else completed
    names = (words.passage.text[start:stop] + completed,) if completed else names
    yield candidate(words.passage, start, stop, trial.kind, trial.rule.id, trial.rank, names)


def proper(name: str, ontology: Ontology) -> str:
    """What is left of a name without its general words."""
    several, signs = _general(ontology)
    rest = several.sub("", name)
    return "" if signs.issuperset(rest) else rest


def _is_listed(words: Lexis, kind: str, start: int, stop: int) -> bool:
    """Whether the registry has just this name: it knows more of it than a pattern does."""
    return any(hit.start == start and hit.stop == stop and hit.kind == kind for hit in words.hits)


def _divisions(words: Lexis) -> list[int]:
    """Where the names of divisions end: another place's name may begin there."""
    return [
        hit.stop for hit in words.hits if hit.kind == "Place" and words.passage.text[hit.stop - 1] in "省市县区旗州"
    ]


def _tightened(words: Lexis, pattern: re.Pattern[str], match: re.Match[str], beyond: str) -> tuple[int, int]:
    """The name from the last edge inside it on (or head, or division), if the pattern holds there too; else nothing.

    With `left` only what stands before the group `to` is looked at: the rest of the name may hold verbs.
    """
    start, stop = match.span("name")
    left = match.start("to") if beyond == "left" else -1
    edge = words.left_edge(left if left > start else stop - 1, stop)
    if beyond == "heads":
        edge = max(edge, words.last_head(stop - 2))
    elif beyond == "places":
        edge = max([edge, *(place for place in _divisions(words) if place < stop - 1)])
    if edge <= start:
        return start, stop
    again = pattern.match(words.passage.text, edge)
    return again.span("name") if again and again.end("name") == stop else (stop, stop)


def _admitted(words: Lexis, options: Mapping[str, Any], start: int, stop: int) -> bool:
    """Whether the place and the wording of a match are those that its rule asks for."""
    if options.get("edge") and not words.is_edge(start) and words.last_head(start) != start:
        return options.get("tight") == "places" and (
            start in _divisions(words) or words.passage.text.endswith(_TOWNSHIPS, 0, start)
        )
    if options.get("solid") and words.edge_between(start, stop - 1):
        return False
    if "must" in options and compiled(options["must"]).search(words.passage.text[start:stop]):
        return True
    return _has_place(words, start, stop) if options.get("placed") else "must" not in options


def _has_place(words: Lexis, start: int, stop: int) -> bool:
    return any(start <= hit.start and hit.stop < stop and hit.kind == "Place" for hit in words.hits)
