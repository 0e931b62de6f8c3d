"""ontology/measures.toml: the words and patterns that make a number a figure.

The file has two kinds of rules.  Words are a list with a frame, a sentence in which every word of the list must do
its work.  Patterns are regular expressions in which `{id}` stands for any word of a list; they are matched against a
passage in which names and points in time are veiled (see kg.extract.veil).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.errors import OntologyError
from kg.ontology import alternation, expand
from kg.resources import ontology_dir
from kg.text.gate import Gate, worth_looking_for
from kg.text.guard import guarded

FILE = "measures.toml"
_ENDINGS = ("least_before", "most_before", "about_before", "link", "link_ahead", "total", "grant_word")
_BEGINNINGS = ("lead", "lead_ahead", "total", "least_before", "most_before", "about_before")
_UNIT = "unit_"
_DOING = ("verb", "verb_or_noun")
_SCANNED = ("name", "time", "relative", "lasting", "behind", "ahead", "for_those", "and_others")
"""The patterns that are looked for in whole passages."""


@dataclass(frozen=True, slots=True)
class FigureExample:
    """A text and what is found in it: lines of figures (of a words rule) or matched strings (of a pattern)."""

    text: str
    find: tuple[str, ...]
    section: str = "report"


@dataclass(frozen=True, slots=True)
class WordRule:
    """A list of words of one use.  `frame` with a word for {} gives the figure `finds` with the word for {}."""

    id: str
    note: str
    words: tuple[str, ...]
    frame: str
    finds: str
    section: str
    examples: tuple[FigureExample, ...]
    counter: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PatternRule:
    """A regular expression of one use."""

    id: str
    note: str
    source: str
    examples: tuple[FigureExample, ...]
    counter: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordSet:
    """Words looked up at the two ends of a stretch of text, longest first.

    `firsts` and `lasts` are the lengths of the words that begin, and end, with a sign: most ends have none.
    """

    words: frozenset[str]
    firsts: Mapping[str, Sequence[int]]
    lasts: Mapping[str, Sequence[int]]

    def at_end(self, text: str, start: int, stop: int) -> int:
        """The length of the longest word in which `text[start:stop]` ends, or 0."""
        if start >= stop:
            return 0
        for length in self.lasts.get(text[stop - 1], ()):
            if length <= stop - start and text[stop - length : stop] in self.words:
                return length
        return 0

    def at_start(self, text: str, start: int, stop: int) -> int:
        """The length of the longest word in which `text[start:stop]` begins, or 0."""
        if start >= stop:
            return 0
        for length in self.firsts.get(text[start], ()):
            if length <= stop - start and text[start : start + length] in self.words:
                return length
        return 0


@dataclass(frozen=True, slots=True, eq=False)
class FigureRules:
    """All rules, with the words as sets and the patterns compiled.

    `units` gives the sort of a unit; `endings` are the words that stand between a noun and its number, `beginnings`
    those that lead to a noun, `doing` the verbs.  `gate` tells what a passage holds, `needs` what it must hold for a
    pattern to match in it.
    """

    word_rules: tuple[WordRule, ...]
    pattern_rules: tuple[PatternRule, ...]
    words: Mapping[str, WordSet]
    patterns: Mapping[str, re.Pattern[str]]
    units: Mapping[str, str]
    endings: WordSet
    beginnings: WordSet
    doing: WordSet
    gate: Gate
    needs: Mapping[str, int]


def word_set(words: Iterable[str]) -> WordSet:
    """The set of the words.

    >>> word_set(["万", "亿元"]).at_end("三亿元", 0, 3)
    2
    """
    known = frozenset(words)
    return WordSet(known, _lengths(known, 0), _lengths(known, -1))


def _lengths(words: Iterable[str], end: int) -> Mapping[str, Sequence[int]]:
    found: dict[str, set[int]] = {}
    for word in words:
        if word:
            found.setdefault(word[end], set()).add(len(word))
    return {sign: sorted(lengths, reverse=True) for sign, lengths in found.items()}


@lru_cache(maxsize=2)
def load(directory: Path | None = None) -> FigureRules:
    """Read measures.toml of a folder (default: the project's ontology); OntologyError names the rule at fault."""
    path = (directory or ontology_dir()) / FILE
    data = _toml(path)
    words = tuple(_word_rule(table, path) for table in data.get("words", ()))
    patterns = tuple(_pattern_rule(table, path) for table in data.get("pattern", ()))
    sets = {rule.id: word_set(rule.words) for rule in words}
    pieces = {rule.id: alternation(rule.words) for rule in words} | {rule.id: rule.source for rule in patterns}
    compiled = {rule.id: _compiled(rule, pieces, path) for rule in patterns}
    gate = Gate([worth_looking_for(compiled[each].pattern) if each in compiled else () for each in _SCANNED])
    return FigureRules(
        word_rules=words,
        pattern_rules=patterns,
        words=sets,
        patterns=compiled,
        units=_units(words),
        endings=_united(sets, _ENDINGS),
        beginnings=_united(sets, _BEGINNINGS),
        doing=_united(sets, _DOING),
        gate=gate,
        needs=dict(zip(_SCANNED, gate.needs, strict=True)),
    )


def _united(sets: Mapping[str, WordSet], ids: Iterable[str]) -> WordSet:
    return word_set(word for each in ids for word in sets[each].words)


def _units(rules: Iterable[WordRule]) -> dict[str, str]:
    """The sort of every unit: the rest of the id of the list that has it."""
    lists = (rule for rule in rules if rule.id.startswith(_UNIT) and rule.id != "unit_guard")
    return {word: rule.id.removeprefix(_UNIT) for rule in lists for word in rule.words}


def _toml(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as stream:
            return tomllib.load(stream)
    except OSError as error:
        raise OntologyError(f"cannot be read ({error.strerror})", place=str(path)) from error
    except tomllib.TOMLDecodeError as error:
        raise OntologyError(f"no valid TOML: {error}", place=str(path)) from error


def _word_rule(table: Mapping[str, Any], path: Path) -> WordRule:
    _complete(table, ("id", "note", "words", "frame", "examples"), path)
    return WordRule(
        id=table["id"],
        note=table["note"],
        words=tuple(table["words"]),
        frame=table["frame"],
        finds=table.get("finds", ""),
        section=table.get("section", "report"),
        examples=tuple(_example(example, "figures") for example in table["examples"]),
        counter=tuple(table.get("not", ())),
    )


def _pattern_rule(table: Mapping[str, Any], path: Path) -> PatternRule:
    _complete(table, ("id", "note", "pattern", "examples"), path)
    return PatternRule(
        id=table["id"],
        note=table["note"],
        source=table["pattern"],
        examples=tuple(_example(example, "match") for example in table["examples"]),
        counter=tuple(table.get("not", ())),
    )


def _complete(table: Mapping[str, Any], wanted: Iterable[str], path: Path) -> None:
    missing = [key for key in wanted if not table.get(key)]
    if missing:
        raise OntologyError(f"a rule lacks {', '.join(missing)}", place=f"{path.name}, rule {table.get('id', '?')}")


def _example(given: Mapping[str, Any], key: str) -> FigureExample:
    return FigureExample(given["text"], tuple(given[key]), given.get("section", "report"))


def _compiled(rule: PatternRule, pieces: Mapping[str, str], path: Path) -> re.Pattern[str]:
    place = f"{path.name}, rule {rule.id}"
    try:
        return re.compile(guarded(expand(rule.source, pieces, place)), re.VERBOSE)
    except re.error as error:
        raise OntologyError(f"no valid pattern: {error}", place=place) from error
