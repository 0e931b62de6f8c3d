"""ontology/letter.toml as compiled rules: pieces, cues and parts; refuses what does not hold together."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from kg.errors import OntologyError
from kg.resources import ontology_dir
from kg.text.gate import Choice, Gate, worth_looking_for
from kg.text.guard import every, finder, guarded

_PIECE = re.compile(r"\{([a-z_]+)\}")
ZONES = ("head", "salutation", "opening", "body", "closing", "tail")


@dataclass(frozen=True, slots=True)
class Cue:
    """Patterns that a line or a sentence is tried with, and texts that must and must not match."""

    name: str
    patterns: tuple[re.Pattern[str], ...]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]
    finders: tuple[Callable[[str], re.Match[str] | None], ...]

    def search(self, text: str) -> re.Match[str] | None:
        """The first match of the first pattern that matches."""
        for find in self.finders:
            if match := find(text):
                return match
        return None


@dataclass(frozen=True, slots=True)
class PartRule:
    """How one role is found: in which zones, by which patterns, and how its value is read.

    `needs` are for each pattern the bits of `Rules.gate` that a text must hold.
    """

    role: str
    zh: str
    en: str
    zones: tuple[str, ...]
    read: str
    patterns: tuple[re.Pattern[str], ...]
    examples: tuple[tuple[str, tuple[str, ...]], ...]
    counter_examples: tuple[str, ...]
    of_letters: bool = False
    every: bool = False
    needs: tuple[int, ...] = ()
    finders: tuple[Callable[[str], Iterable[re.Match[str]]], ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """All of ontology/letter.toml; `gate` is that of all parts, `gate_of_body` that of the few that a body may have.

    `by_need` gives by zone the places of the rules in `by_zone` that may match in a text, one for each pattern.
    """

    pieces: Mapping[str, str]
    cues: Mapping[str, Cue]
    parts: tuple[PartRule, ...]
    by_zone: Mapping[str, tuple[PartRule, ...]]
    by_need: Mapping[str, Choice[int]]
    gate: Gate
    gate_of_body: Gate

    def has(self, cue: str, text: str) -> bool:
        """Whether a cue is in a text."""
        return self.cues[cue].search(text) is not None

    def likely(self, zone: str, held: int) -> list[PartRule]:
        """The rules of a zone of which a pattern may match in a text in which the gate finds `held`, in order."""
        rules = self.by_zone[zone]
        return [rules[place] for place in dict.fromkeys(self.by_need[zone].of(held))]

    def without(self, cue: str, text: str) -> str:
        """A text without what the cue matches in it first."""
        match = self.cues[cue].search(text)
        return text[: match.start()] + text[match.end() :] if match else text


@cache
def load(directory: Path | None = None) -> Rules:
    """The rules of `letter.toml` in a directory (default: the project's ontology).

    Raises OntologyError for a missing file, TOML that does not parse, an unknown piece, zone or reader, a pattern that
    does not compile, and a rule without examples and counter-examples.
    """
    path = (directory or ontology_dir()) / "letter.toml"
    raw = _toml(path)
    pieces = _pieces(raw.get("piece", []), path)
    cues = {row["name"]: _cue(row, pieces, path) for row in raw.get("cue", [])}
    read = tuple(_part(row, pieces, path) for row in raw.get("part", []))
    gate = Gate([worth_looking_for(pattern.pattern, 0) for part in read for pattern in part.patterns])
    needs = iter(gate.needs)
    parts = tuple(
        replace(part, needs=tuple(islice(needs, len(part.patterns))), finders=tuple(map(every, part.patterns)))
        for part in read
    )
    by_zone = {zone: tuple(part for part in parts if zone in part.zones) for zone in ZONES}
    by_need = {
        zone: Choice((need, place) for place, rule in enumerate(rules) for need in rule.needs)
        for zone, rules in by_zone.items()
    }
    of_body = Gate([worth_looking_for(pattern.pattern, 0) for part in by_zone["body"] for pattern in part.patterns])
    return Rules(pieces, cues, parts, by_zone, by_need, gate, of_body)


def _toml(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise OntologyError(f"cannot be read ({error})", place=str(path), remedy="restore the file") from error


def _pieces(rows: Sequence[Mapping[str, Any]], path: Path) -> Mapping[str, str]:
    sources = {row["name"]: row["pattern"] for row in rows}
    return {name: _expand(source, sources, path) for name, source in sources.items()}


def _expand(source: str, pieces: Mapping[str, str], path: Path, depth: int = 0) -> str:
    if depth > 8:
        raise OntologyError(f"pieces in a circle at {source}", place=str(path))

    def piece(match: re.Match[str]) -> str:
        if match[1] not in pieces:
            raise OntologyError(f"unknown piece {{{match[1]}}} in {source}", place=str(path), remedy="define it")
        return _expand(pieces[match[1]], pieces, path, depth + 1)

    return _PIECE.sub(piece, source)


def _patterns(row: Mapping[str, Any], pieces: Mapping[str, str], path: Path) -> tuple[re.Pattern[str], ...]:
    return tuple(_compiled(_expand(source, pieces, path), path) for source in row["patterns"])


def _compiled(source: str, path: Path) -> re.Pattern[str]:
    try:
        return re.compile(guarded(source, 0))
    except re.error as error:
        raise OntologyError(f"pattern {source}: {error}", place=str(path), remedy="mend the pattern") from error


def _cue(row: Mapping[str, Any], pieces: Mapping[str, str], path: Path) -> Cue:
    _complete(row, row["name"], path)
    patterns = _patterns(row, pieces, path)
    finders = tuple(map(finder, patterns))
    return Cue(row["name"], patterns, tuple(row["examples"]), tuple(row["not"]), finders)


def _part(row: Mapping[str, Any], pieces: Mapping[str, str], path: Path) -> PartRule:
    _complete(row, row["role"], path)
    if unknown := set(row["zone"]) - set(ZONES):
        raise OntologyError(f"part {row['role']}: unknown zone {sorted(unknown)[0]}", place=str(path))
    return PartRule(
        role=row["role"],
        zh=row["label"]["zh"],
        en=row["label"]["en"],
        zones=tuple(row["zone"]),
        read=row["read"],
        patterns=_patterns(row, pieces, path),
        examples=tuple(_examples(row["examples"])),
        counter_examples=tuple(row["not"]),
        of_letters=row.get("of_letters", False),
        every=row.get("every", False),
    )


def _examples(rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for row in rows:
        yield row["text"], tuple(row["values"])


def _complete(row: Mapping[str, Any], name: str, path: Path) -> None:
    if not row.get("examples") or not row.get("not"):
        raise OntologyError(f"rule {name} has no examples or no counter-examples", place=str(path), remedy="add them")
