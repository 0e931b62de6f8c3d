"""ontology/**/*.toml -> one frozen Ontology; refuses what does not hold together.

A rule file says what is looked for in small named pieces: `{piece}` in a pattern stands for the piece of that
name in grammar.toml.  A rule without examples does not load.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.errors import OntologyError
from kg.resources import ontology_dir

_PIECE = re.compile(r"\{([a-z][a-z_]*)\}")
_DEEPEST = 12
_PATTERNS = (
    "pattern",
    "before",
    "after",
    "inside",
    "governed",
    "over",
    "core",
    "must",
    "works",
    "behind",
    "joint",
    "falls",
)


@dataclass(frozen=True, slots=True)
class Example:
    """A text of a rule and exactly what the rule finds in it; `issuer` and `section` set the scene."""

    text: str
    find: tuple[Any, ...]
    issuer: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One way in which a kind is named or a relation is said.

    `by` is the mechanism (pattern, head or quoted for kinds; pattern, title or inside for relations),
    `options` its parameters with all pieces expanded.
    """

    id: str
    by: str
    options: Mapping[str, Any]
    examples: tuple[Example, ...]
    counter: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """A class of the vocabulary: an entity kind, a measure kind, or an abstract class.

    `key` says what makes a key; `again`, whether a name once found is looked for in the whole letter; `topic`, whether
    a heading that names one makes it the topic of its part; `nests`, which kinds a name of this kind may hold in its
    turn, and where (start, quoted, any); `listed`, how far a name of the
    registry gives way to others at its place (0 never).
    """

    name: str
    zh: str
    en: str
    definition_zh: str
    definition_en: str
    parents: tuple[str, ...]
    align: tuple[str, ...]
    key: str
    again: bool
    topic: bool
    nests: Mapping[str, str]
    listed: int
    colour: str
    shape: str
    abstract: bool
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """A property of the vocabulary with the ways in which it is said.

    `day`, for one of years, is the property that has the day or the month where that is printed.
    """

    name: str
    iri: str
    zh: str
    en: str
    inverse_zh: str
    inverse_en: str
    definition_zh: str
    definition_en: str
    domain: tuple[str, ...]
    range: tuple[str, ...]
    symmetric: bool
    align: tuple[str, ...]
    scored: bool
    form: tuple[tuple[str, str], ...]
    rules: tuple[Rule, ...]
    day: str = ""

    @property
    def literal(self) -> bool:
        """Whether the objects are literals."""
        return self.range[:1] != () and self.range[0].startswith("xsd:")


@dataclass(frozen=True, slots=True, eq=False)
class Ontology:
    """Everything the folder `ontology/` says, apart from the registry; known by identity, so that it keys caches."""

    version: str
    meta: Mapping[str, Any]
    kinds: Mapping[str, Kind]
    relations: Mapping[str, Relation]
    properties: tuple[Mapping[str, Any], ...]
    pieces: Mapping[str, str]
    words: Mapping[str, tuple[str, ...]]
    status: tuple[Rule, ...]
    requests: tuple[Rule, ...]
    promises: tuple[Rule, ...]
    letter: Mapping[str, Any]

    def entity_kinds(self) -> tuple[Kind, ...]:
        """The kinds that have instances with a name (neither abstract, nor a measure, nor Passage)."""
        return tuple(k for k in self.kinds.values() if not k.abstract and k.key != "place")

    def above(self, kind: str) -> tuple[str, ...]:
        """The abstract classes above a kind, nearest first."""
        found: list[str] = []
        for parent in self.kinds[kind].parents:
            found += [parent, *self.above(parent)]
        return tuple(dict.fromkeys(found))

    def covered(self, name: str) -> frozenset[str]:
        """The kinds of entities that a class covers: itself, or those below it."""
        return frozenset(kind.name for kind in self.entity_kinds() if self.covers([name], kind.name))

    def covers(self, names: Iterable[str], kind: str) -> bool:
        """Whether a kind is one of the names or lies below one of them."""
        return not _lineage(self, kind).isdisjoint(names)


@lru_cache(maxsize=256)
def _lineage(ontology: Ontology, kind: str) -> frozenset[str]:
    return frozenset((kind, *ontology.above(kind)))


@lru_cache(maxsize=4)
def load(directory: Path | None = None) -> Ontology:
    """Read and check the folder (default: the project's own); OntologyError names file and fault."""
    root = directory or ontology_dir()
    grammar = _toml(root / "grammar.toml")
    pieces = _pieces(grammar, root / "grammar.toml")
    meta = _toml(root / "ontology.toml")
    kinds = [_kind(path, _toml(path), pieces) for path in sorted((root / "kinds").glob("*.toml"))]
    relations = [_relation(path, _toml(path), pieces) for path in sorted((root / "relations").glob("*.toml"))]
    ontology = Ontology(
        version=str(meta.get("version", "0")),
        meta=meta,
        kinds={kind.name: kind for kind in kinds},
        relations={relation.name: relation for relation in relations},
        properties=tuple(_toml(root / "properties.toml").get("property", ())),
        pieces=pieces,
        words={name: tuple(table["words"]) for name, table in grammar.get("words", {}).items()},
        status=_rules(root / "status.toml", _toml(root / "status.toml"), pieces),
        requests=_rules(root / "requests.toml", _toml(root / "requests.toml"), pieces),
        promises=_rules(root / "promises.toml", _toml(root / "promises.toml"), pieces),
        letter=_toml(root / "letter.toml"),
    )
    _check(ontology, root)
    return ontology


def _toml(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as stream:
            return tomllib.load(stream)
    except OSError as error:
        raise OntologyError(f"cannot be read ({error.strerror})", place=str(path)) from error
    except tomllib.TOMLDecodeError as error:
        raise OntologyError(f"no valid TOML: {error}", place=str(path)) from error


def _pieces(grammar: Mapping[str, Any], path: Path) -> dict[str, str]:
    raw = {name: _source(name, table, path) for name, table in grammar.get("pieces", {}).items()}
    for name, table in grammar.get("words", {}).items():
        raw[name] = alternation(table["words"])
    return {name: expand(source, raw, str(path)) for name, source in raw.items()}


def _source(name: str, table: Mapping[str, Any], path: Path) -> str:
    if "table" in table:
        table = {**table, "pattern": alternation(_column(path.parent / str(table["table"])))}
    if "pattern" not in table or not table.get("comment") or not table.get("examples"):
        raise OntologyError(f"piece {name!r} lacks a pattern, a comment or examples", place=str(path))
    return str(table["pattern"])


def _column(path: Path) -> list[str]:
    """The first column of a table of the registry."""
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            return [row[0] for row in csv.reader(stream)][1:]
    except OSError as error:
        raise OntologyError(f"cannot be read ({error.strerror})", place=str(path)) from error


def alternation(words: Iterable[str]) -> str:
    """A regular expression for any of the words, longest first, factored by common beginnings.

    >>> alternation(["计划", "计策", "行动"])
    '(?:计(?:划|策)|行动)'
    """
    trie: dict[str, Any] = {}
    for word in words:
        node = trie
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return _branch(trie)


def _branch(node: Mapping[str, Any]) -> str:
    options = [re.escape(letter) + _branch(below) for letter, below in node.items() if letter]
    if not options:
        return ""
    body = options[0] if len(options) == 1 and "" not in node else f"(?:{'|'.join(options)})"
    return f"{body}?" if "" in node else body


def expand(source: str, pieces: Mapping[str, str], place: str, depth: int = 0) -> str:
    """A pattern with every `{piece}` replaced, recursively; OntologyError for an unknown piece or a loop."""
    if depth > _DEEPEST:
        raise OntologyError("pieces refer to each other in a circle", place=place)

    def piece(match: re.Match[str]) -> str:
        name = match.group(1)
        if name not in pieces:
            raise OntologyError(f"unknown piece {{{name}}}", place=place)
        return f"(?:{expand(pieces[name], pieces, place, depth + 1)})"

    return _PIECE.sub(piece, source)


def _rules(path: Path, data: Mapping[str, Any], pieces: Mapping[str, str]) -> tuple[Rule, ...]:
    return tuple(_rule(path, table, pieces) for table in data.get("rules", ()))


def _rule(path: Path, table: Mapping[str, Any], pieces: Mapping[str, str]) -> Rule:
    if "id" not in table:
        raise OntologyError("a rule has no id", place=str(path))
    place = f"{path.name}, rule {table['id']}"
    if not table.get("examples"):
        raise OntologyError("a rule without examples", place=place, remedy="give at least one text and what is found")
    options = {key: value for key, value in table.items() if key not in ("id", "by", "examples", "not")}
    for key, value in options.items():
        if key in _PATTERNS and isinstance(value, str):
            options[key] = _compilable(expand(value, pieces, place), place)
    return Rule(
        id=str(table["id"]),
        by=str(table.get("by", "pattern")),
        options=options,
        examples=tuple(_example(example) for example in table["examples"]),
        counter=tuple(_example(example) for example in table.get("not", ())),
    )


def _compilable(source: str, place: str) -> str:
    try:
        re.compile(re.sub(r"<[^<>=!?]*>", "x", source.replace("(?P<", "(?P\0")).replace("\0", "<"), re.VERBOSE)
    except re.error as error:
        raise OntologyError(f"no valid pattern: {error}", place=place) from error
    return source


def _example(given: str | Mapping[str, Any]) -> Example:
    if isinstance(given, str):
        return Example(given, ())
    find = tuple(tuple(f) if isinstance(f, list) else f for f in given.get("find", ()))
    return Example(given["text"], find, given.get("issuer", ""), given.get("section", ""))


def _two(table: Mapping[str, Any], key: str, path: Path) -> tuple[str, str]:
    pair = table.get(key)
    if not isinstance(pair, Mapping) or not pair.get("zh") or not pair.get("en"):
        raise OntologyError(f"{key} is wanted in zh and en", place=str(path))
    return str(pair["zh"]), str(pair["en"])


def _kind(path: Path, table: Mapping[str, Any], pieces: Mapping[str, str]) -> Kind:
    zh, en = _two(table, "label", path)
    definition_zh, definition_en = _two(table, "definition", path)
    view = table.get("view", {})
    return Kind(
        name=str(table["name"]),
        zh=zh,
        en=en,
        definition_zh=definition_zh,
        definition_en=definition_en,
        parents=tuple(table.get("parents", ())),
        align=tuple(table.get("align", ())),
        key=str(table.get("key", "name")),
        again=bool(table.get("again", False)),
        topic=bool(table.get("topic", False)),
        nests=dict(table.get("nests", {})),
        listed=int(table.get("listed", 50)),
        colour=str(view.get("colour", "#888888")),
        shape=str(view.get("shape", "dot")),
        abstract=bool(table.get("abstract", False)),
        rules=_rules(path, table, pieces),
    )


def _relation(path: Path, table: Mapping[str, Any], pieces: Mapping[str, str]) -> Relation:
    zh, en = _two(table, "label", path)
    definition_zh, definition_en = _two(table, "definition", path)
    inverse = table.get("inverse", {})
    return Relation(
        name=str(table["name"]),
        iri=str(table.get("iri", f"kg:{table['name']}")),
        zh=zh,
        en=en,
        inverse_zh=str(inverse.get("zh", "")),
        inverse_en=str(inverse.get("en", "")),
        definition_zh=definition_zh,
        definition_en=definition_en,
        domain=tuple(table["domain"]),
        range=tuple(table["range"]),
        symmetric=bool(table.get("symmetric", False)),
        align=tuple(table.get("align", ())),
        scored=bool(table.get("scored", False)),
        form=tuple((entry["subject"], entry["role"]) for entry in table.get("form", ())),
        rules=_rules(path, table, pieces),
        day=str(table.get("day", "")),
    )


def _check(ontology: Ontology, root: Path) -> None:
    known = set(ontology.kinds)
    for kind in ontology.kinds.values():
        _known((*kind.parents, *kind.nests), known, root / "kinds" / f"{kind.name.lower()}.toml")
    for relation in ontology.relations.values():
        place = root / "relations" / f"{relation.name}.toml"
        _known(relation.domain, known, place)
        if not relation.literal:
            _known(relation.range, known, place)
        if relation.day and relation.day not in ontology.relations:
            raise OntologyError(f"unknown relation {relation.day!r}", place=str(place))
    _unique_ids(ontology)


def _known(names: Iterable[str], known: set[str], place: Path) -> None:
    for name in names:
        if name not in known:
            raise OntologyError(f"unknown kind {name!r}", place=str(place))


def _unique_ids(ontology: Ontology) -> None:
    seen: set[str] = set()
    rules = [rule for kind in ontology.kinds.values() for rule in kind.rules]
    rules += [rule for relation in ontology.relations.values() for rule in relation.rules]
    for rule in (*rules, *ontology.status, *ontology.requests, *ontology.promises):
        if rule.id in seen:
            raise OntologyError(f"two rules are called {rule.id!r}")
        seen.add(rule.id)
