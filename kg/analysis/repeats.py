"""Sentences that recur, whole or nearly, in replies to different proposers or in different years.

A sentence is its shingles, the runs of five signs that it has, marks not counted (A. Broder, On the resemblance and
containment of documents, 1997).  Two are alike by the share of shingles that they have in common.  Which to compare is
told by min-hashes in bands (J. Leskovec et al., Mining of Massive Datasets, chapter 3), and each is compared with the
first few of a band only, so that the time grows with the text.  The hashes are fixed: the same graph, the same answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import QuerySolutions

from kg.errors import UsageError
from kg.query.dataset import Dataset
from kg.table import Head, Shown, Table
from kg.vocabulary import PREFIXES, order

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SHARE = 0.7
"""The least share of common shingles."""
LONGER = 16
"""The fewest signs of a sentence."""
_SHINGLE, _BANDS, _ROWS, _COMPARED = 5, 16, 3, 4
_MARKS = re.compile(r"[\W_]+")
_MASK = (1 << 64) - 1
_DIGITS = 2
_SENTENCES = """
SELECT ?passage ?text ?letter WHERE {
  ?passage kg:text ?text ; kg:section ?section ; kg:inDocument ?letter .
  FILTER (?section != "form" && STRLEN(?text) >= %d)
}
"""
_LETTERS = """
SELECT ?letter ?name ?year ?by ?asked WHERE {
  { SELECT DISTINCT ?letter WHERE { ?passage kg:inDocument ?letter } }
  ?letter skos:prefLabel ?name .
  OPTIONAL { ?letter kg:year ?year }
  OPTIONAL { ?letter kg:issuedBy/skos:prefLabel ?by }
  OPTIONAL { ?letter kg:repliesTo/kg:raisedBy/skos:prefLabel ?asked }
}
"""


@dataclass(frozen=True, slots=True)
class Source:
    """A letter: its name, its year (None: unknown), who wrote it, who is answered."""

    name: str
    year: int | None
    bureaus: tuple[str, ...]
    askers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Again:
    """A sentence in a letter; `share` is what it has in common with the first of its group, 1 where that is all."""

    share: float
    source: Source
    text: str
    passage: str


@dataclass(frozen=True, slots=True)
class Repeats(Shown):
    """Groups of sentences that are alike, those in the most letters first; `total` counts those left out too."""

    groups: tuple[tuple[Again, ...], ...]
    total: int

    def table(self) -> Table:
        """A row for each sentence, with the number of its group."""
        heads = (
            Head("group", "group", "组"),
            Head("letters", "letters", "复函数"),
            Head("share", "share", "相同比例"),
            Head("year", "year", "年份"),
            Head("askedBy", "asked by", "提出者"),
            Head("bureau", "bureau", "发文单位"),
            Head("source", "letter", "复函文号"),
            Head("quote", "sentence", "原句"),
        )
        rows = (
            (number, _letters(group), round(one.share, _DIGITS), one.source.year, "、".join(one.source.askers),
             "、".join(one.source.bureaus), one.source.name, one.text)
            for number, group in enumerate(self.groups, 1)
            for one in group
        )  # fmt: skip
        return Table(heads, tuple(rows))


def repeats(dataset: Dataset, *, share: float = SHARE, longer: int = LONGER, limit: int | None = 20) -> Repeats:
    """The sentences of at least `longer` signs that recur in replies to different proposers or in different years.

    `share` (above 0, at most 1) is how much of its shingles a sentence must have in common with the first of its group;
    at most `limit` groups are given (None: all).  Raises UsageError for a share that is none.
    """
    if not 0 < share <= 1:
        raise UsageError(f"no share is {share}", remedy="give one above 0 and up to 1, like 0.7")
    sources = _sources(dataset)
    said: dict[str, list[tuple[str, str, Source]]] = {}
    for passage, text, letter in sorted(_sentences(dataset, longer), key=lambda row: order(row[0])):
        plain = _MARKS.sub("", text)
        if len(plain) >= max(longer, _SHINGLE):
            said.setdefault(plain, []).append((passage, text, sources[letter]))
    groups = []
    for members in alike(list(said), share):
        group = tuple(
            Again(same, source, text, dataset.short(passage))
            for plain, same in members
            for passage, text, source in said[plain]
        )
        if _apart(one.source for one in group):
            groups.append(group)
    groups.sort(key=lambda group: (-_letters(group), -len(group[0].text), group[0].text))
    return Repeats(tuple(groups[:limit]), len(groups))


def alike(texts: Sequence[str], share: float = SHARE) -> list[list[tuple[str, float]]]:
    """The texts in groups, in the order of their first ones; each with the share that it has in common with the first.

    >>> alike(["甲乙丙丁戊己庚辛", "子丑寅卯辰巳午未", "甲乙丙丁戊己庚辛壬"])
    [[('甲乙丙丁戊己庚辛', 1.0), ('甲乙丙丁戊己庚辛壬', 0.8)], [('子丑寅卯辰巳午未', 1.0)]]
    """
    if not texts:
        return []
    bands: dict[tuple[int, bytes], list[int]] = {}
    groups: dict[int, list[tuple[str, float]]] = {}
    signing = _Signing()
    for number, text in enumerate(texts):
        keys = signing.keys(text)
        near = dict.fromkeys(other for key in keys for other in bands.get(key, ()))
        shares = [(_share(text, texts[other]), -other) for other in near]
        best, first = max(shares, default=(0.0, 0))
        if best >= share:
            groups[-first].append((text, best))
            continue
        groups[number] = [(text, 1.0)]
        for key in keys:
            if len(band := bands.setdefault(key, [])) < _COMPARED:
                band.append(number)
    return list(groups.values())


def _shingles(text: str) -> frozenset[str]:
    return frozenset(text[place : place + _SHINGLE] for place in range(len(text) - _SHINGLE + 1))


def _share(one: str, other: str) -> float:
    """The share of common shingles among all that two texts have (Jaccard)."""
    ours, theirs = _shingles(one), _shingles(other)
    return len(ours & theirs) / len(ours | theirs) if ours or theirs else 0.0


class _Signing:
    """Min-hashes in bands; the hashes are those of splitmix64 (G. Steele et al., 2014) from 0 on."""

    def __init__(self) -> None:
        import numpy  # takes longer to load than all else

        numbers = _numbers(_SHINGLE + _BANDS * _ROWS)
        self._weights: NDArray[np.uint64] = numpy.array(numbers[:_SHINGLE], numpy.uint64)
        self._mixes: NDArray[np.uint64] = numpy.array(numbers[_SHINGLE:], numpy.uint64)[:, None]
        self._numpy = numpy

    def keys(self, text: str) -> list[tuple[int, bytes]]:
        """The bands of a text, each with its number."""
        numpy = self._numpy
        points = numpy.frombuffer(text.encode("utf-32-le", "surrogatepass"), numpy.uint32).astype(numpy.uint64)
        windows = numpy.lib.stride_tricks.sliding_window_view(points, _SHINGLE)
        hashes = (windows * self._weights).sum(axis=1, dtype=numpy.uint64)
        hashes ^= hashes >> numpy.uint64(29)
        least = (hashes[None, :] * self._mixes).min(axis=1)
        return [(band, least[band * _ROWS : (band + 1) * _ROWS].tobytes()) for band in range(_BANDS)]


def _numbers(count: int) -> list[int]:
    """Odd numbers of 64 bits."""
    found, state = [], 0
    for _ in range(count):
        state = (state + 0x9E3779B97F4A7C15) & _MASK
        mixed = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _MASK
        found.append((mixed ^ (mixed >> 31)) | 1)
    return found


# --- What is read from the graph


def _sentences(dataset: Dataset, longer: int) -> Iterable[tuple[str, str, str]]:
    for row in _solutions(dataset, _SENTENCES % longer):
        yield row["passage"].value, row["text"].value, row["letter"].value


def _sources(dataset: Dataset) -> Mapping[str, Source]:
    told: dict[str, dict[str, set[str]]] = {}
    for row in _solutions(dataset, _LETTERS):
        words = told.setdefault(row["letter"].value, {"name": set(), "year": set(), "by": set(), "asked": set()})
        for name, values in words.items():
            if row[name] is not None:
                values.add(row[name].value)
    return {
        letter: Source(min(w["name"]), int(min(w["year"])) if w["year"] else None, tuple(sorted(w["by"])),
                       tuple(sorted(w["asked"])))
        for letter, w in told.items()
    }  # fmt: skip


def _solutions(dataset: Dataset, text: str) -> QuerySolutions:
    found = dataset.store.query(text, prefixes=dict(PREFIXES))
    assert isinstance(found, QuerySolutions)
    return found


def _apart(sources: Iterable[Source]) -> bool:
    """Whether letters answer different proposers, or are of different years."""
    return len({(source.year, source.askers) for source in sources}) > 1


def _letters(group: Sequence[Again]) -> int:
    return len({one.source for one in group})
