"""Sentences that recur, whole or nearly, in replies to different proposers or in different years.

A sentence is its shingles, the runs of five signs that it has, marks not counted (A. Broder, On the resemblance and
containment of documents, 1997).  Two are alike by the share of shingles that they have in common.  Which to compare is
told by their rarest shingles: of two that share enough, at least one of the first few is the same, where all are put in
the order of how many sentences have them (R. Bayardo et al., Scaling up all pairs similarity search, 2007; C. Xiao et
al., Efficient similarity joins for near duplicate detection, 2008, for how many those are).  So no pair is lost,
whatever share is asked for, and what many sentences have in common is hardly ever looked at.
"""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
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
_SHINGLE = 5
_ROUNDING = 1e-9
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

    A text goes with the first one that it shares most with, or leads a group.  Texts of fewer than five signs stand
    alone.

    >>> alike(["甲乙丙丁戊己庚辛", "子丑寅卯辰巳午未", "甲乙丙丁戊己庚辛壬"])
    [[('甲乙丙丁戊己庚辛', 1.0), ('甲乙丙丁戊己庚辛壬', 0.8)], [('子丑寅卯辰巳午未', 1.0)]]
    """
    groups: dict[int, list[tuple[str, float]]] = {}
    leading = _Leading(share)
    for number, own in enumerate(_ranked(texts)):
        best, leader = leading.nearest(own)
        if best >= share:
            groups[leader].append((texts[number], best))
        else:
            groups[number] = [(texts[number], 1.0)]
            leading.add(number, own)
    return list(groups.values())


class _Leading:
    """The texts that lead groups, by their rarest shingles.

    Of two texts with n and m shingles that have at least a share in common, at least `common(n, m)` are, so that the
    first of these in both has as many others behind it.  So a leader is kept under a shingle with the most that a text
    may have which first meets it there.
    """

    def __init__(self, share: float) -> None:
        self._share = share
        self._shingles: dict[int, NDArray[np.uint32]] = {}
        self._under: dict[int, list[tuple[float, int]]] = {}

    def add(self, number: int, ranks: NDArray[np.uint32]) -> None:
        """Keep a text that leads a group."""
        self._shingles[number] = ranks
        for at, rank in enumerate(self._first(ranks)):
            longest = (len(ranks) - at) * (1 + self._share) / self._share - len(ranks) + _ROUNDING
            insort(self._under.setdefault(rank, []), (-longest, number))

    def nearest(self, ranks: NDArray[np.uint32]) -> tuple[float, int]:
        """How much a text shares with the leader that it shares most with, the first of several, and which that is."""
        near: dict[int, None] = {}
        for at, rank in enumerate(self._first(ranks)):
            for longest, other in self._under.get(rank, ()):
                if -longest < len(ranks):
                    break
                if at + self._common(len(ranks), len(self._shingles[other])) <= len(ranks):
                    near[other] = None
        found = max(((_share(ranks, self._shingles[other]), -other) for other in near), default=(0.0, 0))
        return found[0], -found[1]

    def _common(self, count: int, other: int) -> float:
        return self._share / (1 + self._share) * (count + other) - _ROUNDING

    def _first(self, ranks: NDArray[np.uint32]) -> list[int]:
        """So many of the rarest shingles that one of them is in any text which shares enough."""
        found: list[int] = ranks[: len(ranks) - ceil(self._share * len(ranks) - _ROUNDING) + 1].tolist()
        return found


def _share(ours: NDArray[np.uint32], theirs: NDArray[np.uint32]) -> float:
    """The share of common shingles among all that two texts have (Jaccard); both are sorted."""
    longer, shorter = (ours, theirs) if len(ours) >= len(theirs) else (theirs, ours)
    places = longer.searchsorted(shorter)
    places[places == len(longer)] = 0
    common = int((longer[places] == shorter).sum())
    return common / (len(ours) + len(theirs) - common)


def _ranked(texts: Sequence[str]) -> list[NDArray[np.uint32]]:
    """The shingles of each text as numbers, each once and in order: the fewer texts have one, the smaller it is."""
    import numpy  # takes longer to load than all else

    lengths = numpy.array([len(text) for text in texts], numpy.int64)
    if lengths.sum() < _SHINGLE:
        return [numpy.zeros(0, numpy.uint32) for _ in texts]
    points = numpy.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), numpy.uint32).astype(numpy.uint64)
    windows = numpy.lib.stride_tricks.sliding_window_view(points, _SHINGLE)
    hashes = (windows * numpy.array(_numbers(_SHINGLE), numpy.uint64)).sum(axis=1, dtype=numpy.uint64)
    # A window belongs to the text in which it begins, if it ends there too.
    owner = numpy.repeat(numpy.arange(len(texts)), lengths)
    inside = owner[: len(hashes)] == owner[_SHINGLE - 1 :]
    kinds, kind = numpy.unique(hashes[inside], return_inverse=True)
    pairs = numpy.unique(owner[: len(hashes)][inside] * len(kinds) + kind)
    texts_of, kind = pairs // len(kinds), pairs % len(kinds)
    rank = numpy.empty(len(kinds), numpy.uint32)
    rank[numpy.argsort(numpy.bincount(kind, minlength=len(kinds)), kind="stable")] = numpy.arange(len(kinds))
    bounds = numpy.searchsorted(texts_of, numpy.arange(1, len(texts)))
    return [numpy.sort(part) for part in numpy.split(rank[kind], bounds)]


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
