"""What a text is found in, best first.

Names: those that are the text before those that begin with it, these before those that hold it; then what letters
mention more, then the shorter.  Passages: those that have the text more often (up to three times) before the others;
then letterhead last, what names and counts more first, newer letters first.  Of a common word the first two
hundred passages in the order of the index are weighed so.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg.errors import StoreError, UsageError
from kg.evidence import Sentence, Thing, sentence, thing
from kg.find.fold import fold, marked, phrase, words
from kg.query.dataset import Dataset
from kg.query.entities import called_like, entity
from kg.query.kinds import kind_in
from kg.store.folder import INDEX
from kg.table import Head, Shown, Table
from kg.vocabulary import DOCUMENT, KG, PASSAGE

# How many matches in the order of the index are looked at more closely: names, and passages, whose texts are read.
_WINDOW = 500
_WEIGHED = 200
_OFTEN = 3
_ROOM = 60  # characters of a passage in a table to read
_DEFAULT = DefaultGraph()
_HEADS = (
    Head("kind", "kind", "类别"), Head("text", "found", "所见"), Head("letter", "letter", "文号"),
    Head("year", "year", "年份"), Head("section", "section", "部分"), Head("heading", "heading", "标题"),
    Head("start", "from", "起"), Head("end", "to", "止"), Head("mentions", "mentions", "提及次数"), Head("iri", "IRI", "标识"),
)  # fmt: skip
_READ = ("kind", "text", "letter", "year")


@dataclass(frozen=True, slots=True)
class Named:
    """A thing that has the text in one of its names: `label` is that name, `mentions` the passages that name it."""

    thing: Thing
    label: str
    mentions: int


@dataclass(frozen=True, slots=True)
class Found(Shown):
    """Names and passages, best first, and how many there are of each in all; `words` is what was looked for, folded.

    `near` are things with names like it, where nothing has it.
    """

    words: tuple[str, ...]
    names: tuple[Named, ...]
    passages: tuple[Sentence, ...]
    all_names: int
    all_passages: int
    near: tuple[Thing, ...] = ()

    def table(self) -> Table:
        """All that is known of what was found: names, then passages."""
        return Table(_HEADS, tuple(_rows(self)))

    def text(self, width: int | None = None) -> str:
        """The same to read, with what was looked for between ⟦ ⟧, and how much there is in all."""
        chosen = [number for number, head in enumerate(_HEADS) if head.name in _READ]
        rows = [[row[number] for number in chosen] for row in _rows(self)]
        for row in rows:
            row[1] = marked(str(row[1]), self.words, _ROOM)
        table = Table(tuple(_HEADS[number] for number in chosen), tuple(map(tuple, rows)))
        shown = f"{len(self.names)} of {self.all_names} names, {len(self.passages)} of {self.all_passages} passages"
        told = f"名称{len(self.names)}/{self.all_names}，句段{len(self.passages)}/{self.all_passages}"
        near = "、".join(f"{one.name} ({one.kind})" for one in self.near)
        hint = f"\n\nperhaps · 或许是: {near}" if near else ""
        return f"{table.text(width)}{hint}\n\n{shown} · {told}"


def find(
    dataset: Dataset, out: Path, text: str, *, kinds: Sequence[str] = (), letter: str | None = None, limit: int = 20
) -> Found:
    """Names and passages that have `text`, or each of its pieces parted by white space.

    `out` is the folder of the build, `kinds` the classes that names are to be of (Passage for passages), `letter` the
    name of the one document to look in, `limit` the most of names and of passages each.  Raises UsageError for a text
    without a letter or digit, an unknown kind or letter, StoreError where the folder has no index.
    """
    wanted = words(text)
    if not wanted or not any(sign.isalnum() for word in wanted for sign in word):
        inside = f" in “{text}”" if text.strip() else ""
        remedy = "give a piece of a name or sentence, such as 高新技术企业"
        raise UsageError(f"there is nothing to look for{inside}", remedy=remedy)
    node = entity(dataset, DOCUMENT, letter) if letter is not None else None
    with closing(_opened(out)) as index:
        asked = _kinds(index, kinds)
        names: list[Named] = []
        passages: list[Sentence] = []
        all_names = all_passages = 0
        if not asked or asked != {PASSAGE}:
            names, all_names = _names(index, dataset, wanted, asked - {PASSAGE}, node, limit)
        if not asked or PASSAGE in asked:
            passages, all_passages = _passages(index, dataset, wanted, node, limit)
    near = () if all_names or all_passages else tuple(thing(dataset, one) for one in called_like(dataset, text, asked))
    return Found(wanted, tuple(names), tuple(passages), all_names, all_passages, near)


def _opened(out: Path) -> sqlite3.Connection:
    path = out / INDEX
    if not path.is_file():
        raise StoreError("the index to find in is not there", place=str(path), remedy="run kg build again")
    try:
        index = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        index.execute("SELECT 1 FROM document LIMIT 1")
    except sqlite3.Error as error:
        raise StoreError(f"the index cannot be read ({error})", place=str(path), remedy="run kg build again") from error
    return index


def _kinds(index: sqlite3.Connection, asked: Iterable[str]) -> set[str]:
    known = {PASSAGE, *(row[0] for row in index.execute("SELECT DISTINCT kind FROM thing"))}
    return {kind_in(name, known) for name in asked}


def _rows(found: Found) -> Iterator[tuple[str | int | None, ...]]:
    for one in found.names:
        yield one.thing.kind, _both(one), None, None, None, None, None, None, one.mentions, one.thing.iri
    for said in found.passages:
        yield (
            PASSAGE, said.text, said.letter, said.year, said.section, said.heading or None, said.start, said.end, None,
            said.iri,
        )  # fmt: skip


def _both(one: Named) -> str:
    """The preferred name, and the other one that has the text where that is not it."""
    return one.thing.name if one.label == one.thing.name else f"{one.thing.name}（{one.label}）"


# --- Names


def _names(
    index: sqlite3.Connection,
    dataset: Dataset,
    wanted: tuple[str, ...],
    kinds: Collection[str],
    letter: NamedNode | None,
    limit: int,
) -> tuple[list[Named], int]:
    """The things with the text in a name, each once, and their number."""
    condition, values = "name_text MATCH ?", [" AND ".join(map(phrase, wanted))]
    if kinds:
        condition += f" AND kind IN ({', '.join('?' * len(kinds))})"
        values += sorted(kinds)
    if letter is not None:
        inside = sorted(dataset.short(iri) for iri in _mentioned(dataset, letter))
        condition += f" AND iri IN ({', '.join('?' * len(inside))})"
        values += inside
    joined = "FROM name_text JOIN name ON name.id = name_text.rowid JOIN thing ON thing.id = thing WHERE " + condition
    (count,) = index.execute(f"SELECT COUNT(DISTINCT thing) {joined}", values).fetchone()
    chosen = "SELECT name.id, folded, label, preferred, iri, mentions"
    rows = index.execute(f"{chosen} {joined} ORDER BY name.id LIMIT {_WINDOW}", values).fetchall()
    if len(rows) == _WINDOW:  # what is called just so, or begins so, may be mentioned too seldom to be among them
        for nearer in (" AND folded = ?", " AND folded >= ? AND folded < ?"):
            more = [*values, wanted[0], *([wanted[0] + "\U0010ffff"] if "<" in nearer else [])]
            rows += index.execute(f"{chosen} {joined}{nearer} ORDER BY name.id LIMIT {_WINDOW}", more).fetchall()
    return [_named(dataset, row) for row in _best_names(rows, "".join(wanted))[:limit]], count


Row = tuple[int, str, str, int, str, int]


def _best_names(rows: Iterable[Row], text: str) -> list[Row]:
    """The rows, best first, one for each thing."""

    def rank(row: Row) -> tuple[object, ...]:
        number, folded, _, preferred, _, _ = row
        how = 0 if folded == text else 1 if folded.startswith(text) else 2
        return how, not preferred if how < 2 else False, number

    best: dict[str, Row] = {}
    for row in sorted(rows, key=rank):
        best.setdefault(row[4], row)
    return list(best.values())


def _named(dataset: Dataset, row: Row) -> Named:
    return Named(thing(dataset, NamedNode(dataset.base + row[4])), row[2], row[5])


def _mentioned(dataset: Dataset, letter: NamedNode) -> set[str]:
    """The IRIs of what a letter's passages name, and its own."""
    store, inside = dataset.store, NamedNode(KG + "inDocument")
    passages = [quad.subject for quad in store.quads_for_pattern(None, inside, letter, _DEFAULT)]
    named = (
        quad for node in passages for quad in store.quads_for_pattern(node, NamedNode(KG + "mentions"), None, _DEFAULT)
    )
    return {letter.value, *(quad.object.value for quad in named if isinstance(quad.object, NamedNode))}


# --- Passages


def _passages(
    index: sqlite3.Connection, dataset: Dataset, wanted: tuple[str, ...], letter: NamedNode | None, limit: int
) -> tuple[list[Sentence], int]:
    """The passages with the text, and their number."""
    if letter is not None:
        return _in_letter(index, dataset, wanted, letter, limit)
    matching = "FROM passage_text WHERE passage_text MATCH ?"
    values = (" AND ".join(map(phrase, wanted)),)
    if any(len(word) == 1 for word in wanted):  # many words begin so; they are gone through once, not twice
        numbers = [row[0] for row in index.execute(f"SELECT rowid {matching} ORDER BY rowid", values)]
        count = len(numbers)
    else:
        rows = index.execute(f"SELECT rowid {matching} ORDER BY rowid LIMIT {max(limit, _WEIGHED)}", values)
        numbers = [row[0] for row in rows]
        (count,) = index.execute(f"SELECT COUNT(*) {matching}", values).fetchone()
    chosen = ", ".join(map(str, numbers[: max(limit, _WEIGHED)]))
    iris = [row[0] for row in index.execute(f"SELECT iri FROM passage WHERE id IN ({chosen}) ORDER BY id")]
    return _best_passages(dataset, wanted, iris, limit), count


def _in_letter(
    index: sqlite3.Connection, dataset: Dataset, wanted: tuple[str, ...], letter: NamedNode, limit: int
) -> tuple[list[Sentence], int]:
    """The passages of one letter, which are so few that their texts are looked through."""
    joined = "passage JOIN document ON document.id = document"
    query = f"SELECT passage.iri FROM {joined} WHERE document.iri = ? ORDER BY passage.id"
    iris = [row[0] for row in index.execute(query, (dataset.short(letter.value),))]
    having = [iri for iri in iris if all(word in fold(_text(dataset, iri)) for word in wanted)]
    return _best_passages(dataset, wanted, having, limit), len(having)


def _best_passages(dataset: Dataset, wanted: tuple[str, ...], iris: Sequence[str], limit: int) -> list[Sentence]:
    often = {iri: _how_often(_text(dataset, iri), wanted) for iri in iris}
    best = sorted(iris, key=lambda iri: -often[iri])[:limit]  # the order of the index stays among equals
    found = (sentence(dataset, NamedNode(dataset.base + iri)) for iri in best)
    return [one for one in found if one is not None]


def _how_often(text: str, wanted: tuple[str, ...]) -> int:
    folded = fold(text)
    return min(_OFTEN, min(folded.count(word) for word in wanted))


def _text(dataset: Dataset, iri: str) -> str:
    node, text = NamedNode(dataset.base + iri), NamedNode(KG + "text")
    found = (quad.object for quad in dataset.store.quads_for_pattern(node, text, None, _DEFAULT))
    return next((value.value for value in found if isinstance(value, Literal)), "")
