"""The full-text index of a graph: one SQLite file with two tables of FTS5, for names and for passages.

Its content depends on the graph alone (and the bytes besides on the version of SQLite that writes them).  Numbers of
rows are ranks: what is worth more stands first, so that of the matches of a common word only the first need be read.
The build's hash is in the two numbers that the head of an SQLite file has for its application, so that a mixture of
two builds is noticed before anything is looked for (`kg.store.folder`).
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from kg.errors import KgError
from kg.evidence import Term, kind
from kg.find.fold import SIGNS, fold, pairs
from kg.query.dataset import Dataset
from kg.store import build_of
from kg.vocabulary import ALT_LABEL, KG, PREF_LABEL, order

_DEFAULT = DefaultGraph()
_MOST = 3  # a passage that names more things than this is no better for it
_ASIDE = "form"  # the section of letterhead, salutation and signature
# Positions are kept (a phrase is exact), neither texts nor lengths are: the store has the texts.
_FTS = f"USING fts5(text, content='', columnsize=0, tokenize=\"ascii tokenchars '{SIGNS}'\")"
_SCHEMA = f"""
PRAGMA page_size = 8192;
PRAGMA journal_mode = off;
PRAGMA synchronous = off;
CREATE TABLE name (id INTEGER PRIMARY KEY, folded TEXT, label TEXT, preferred INTEGER, thing INTEGER);
CREATE TABLE thing (id INTEGER PRIMARY KEY, iri TEXT, kind TEXT, mentions INTEGER);
CREATE TABLE passage (id INTEGER PRIMARY KEY, iri TEXT, document INTEGER);
CREATE TABLE document (id INTEGER PRIMARY KEY, iri TEXT);
CREATE VIRTUAL TABLE name_text {_FTS};
CREATE VIRTUAL TABLE passage_text {_FTS};
"""
_DONE = """
CREATE INDEX name_folded ON name (folded);
CREATE INDEX name_thing ON name (thing);
CREATE INDEX thing_iri ON thing (iri);
CREATE INDEX passage_document ON passage (document);
CREATE UNIQUE INDEX document_iri ON document (iri);
INSERT INTO name_text (name_text) VALUES ('optimize');
INSERT INTO passage_text (passage_text) VALUES ('optimize');
"""

Row = tuple[object, ...]


def write(store: Store, path: Path) -> None:
    """Write the index of a sealed store to a file that is not there yet.

    KgError where Python's SQLite was made without FTS5 (every usual Python has it).
    """
    build = build_of(store)
    dataset = Dataset(store, build.base)
    target = sqlite3.connect(path, isolation_level=None)
    try:
        _create(target, build.hash)
        target.execute("BEGIN")
        _names(target, dataset)
        _passages(target, dataset)
        for statement in filter(str.strip, _DONE.split(";\n")):
            target.execute(statement)
        target.execute("COMMIT")
        target.execute("VACUUM")
    finally:
        target.close()


def _create(target: sqlite3.Connection, mark: str) -> None:
    try:
        target.executescript(_SCHEMA)
    except sqlite3.OperationalError as error:
        if "fts5" not in str(error):
            raise
        raise KgError(
            "the SQLite of this Python has no full-text search (FTS5)", remedy="use a Python whose sqlite3 has it"
        ) from error
    for pragma, digits in (("application_id", mark[:8]), ("user_version", mark[8:])):
        target.execute(f"PRAGMA {pragma} = {int.from_bytes(bytes.fromhex(digits), signed=True)}")


def _names(target: sqlite3.Connection, dataset: Dataset) -> None:
    """The things and their names: what is mentioned more stands first, then what is shorter."""
    mentions: Counter[Term] = Counter(
        q.object for q in dataset.store.quads_for_pattern(None, _kg("mentions"), None, _DEFAULT)
    )
    found = [
        (-mentions[node], len(label), label, not preferred, node.value)
        for preferred, node, label in _labels(dataset.store)
    ]
    found.sort()
    numbers = {iri: number for number, iri in enumerate(dict.fromkeys(row[-1] for row in found), 1)}
    rows = (
        (number, fold(label), label, not other, numbers[iri])
        for number, (_, _, label, other, iri) in enumerate(found, 1)
    )
    things = (
        (n, dataset.short(iri), kind(dataset, NamedNode(iri)), mentions[NamedNode(iri)]) for iri, n in numbers.items()
    )
    target.executemany("INSERT INTO thing VALUES (?, ?, ?, ?)", things)
    target.executemany("INSERT INTO name VALUES (?, ?, ?, ?, ?)", rows)
    texts = target.execute("SELECT id, folded FROM name ORDER BY id").fetchall()
    target.executemany("INSERT INTO name_text (rowid, text) VALUES (?, ?)", ((n, pairs(text)) for n, text in texts))


def _labels(store: Store) -> Iterator[tuple[bool, NamedNode, str]]:
    for label in (PREF_LABEL, ALT_LABEL):
        for quad in store.quads_for_pattern(None, NamedNode(label), None, _DEFAULT):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
                yield label == PREF_LABEL, quad.subject, quad.object.value


def _passages(target: sqlite3.Connection, dataset: Dataset) -> None:
    """The passages: letterhead last; else what names and counts more first, newer letters first, in their order."""
    homes = _objects(dataset.store, "inDocument")
    documents = {iri: number for number, iri in enumerate(sorted(set(homes.values()), key=order), 1)}
    ranked = _ranked(dataset.store, homes)
    texts = _objects(dataset.store, "text")
    target.executemany("INSERT INTO document VALUES (?, ?)", ((n, dataset.short(iri)) for iri, n in documents.items()))
    rows = ((n, dataset.short(iri), documents[homes[iri]]) for n, iri in enumerate(ranked, 1))
    target.executemany("INSERT INTO passage VALUES (?, ?, ?)", rows)
    words = ((number, pairs(fold(texts.get(iri, "")))) for number, iri in enumerate(ranked, 1))
    target.executemany("INSERT INTO passage_text (rowid, text) VALUES (?, ?)", words)


def _ranked(store: Store, homes: dict[str, str]) -> list[str]:
    said: Counter[str] = Counter()
    for name in ("mentions", "states"):
        said.update(_subjects(store, name))
    sections, years = _objects(store, "section"), _objects(store, "year")

    def rank(iri: str) -> tuple[object, ...]:
        year = int(years.get(homes[iri], "0"))
        return sections.get(iri) == _ASIDE, -min(said[iri], _MOST), -year, order(iri)

    return sorted(homes, key=rank)


def _kg(name: str) -> NamedNode:
    return NamedNode(KG + name)


def _objects(store: Store, name: str) -> dict[str, str]:
    """The one object of a property, by subject."""
    return {
        quad.subject.value: quad.object.value
        for quad in store.quads_for_pattern(None, _kg(name), None, _DEFAULT)
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal)
    }


def _subjects(store: Store, name: str) -> Iterable[str]:
    quads = store.quads_for_pattern(None, _kg(name), None, _DEFAULT)
    return (quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode))
