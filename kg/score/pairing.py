"""One-to-one pairs of gold and found items, the best fit first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from kg.score import found, gold
from kg.score.spelling import comparable

G = TypeVar("G")
F = TypeVar("F")

_TOLERANCE = 1e-6  # of the value: decimals have come through floating point


def pairs(golds: Sequence[G], founds: Sequence[F], fit: Callable[[G, F], int]) -> dict[int, int]:
    """Found index -> gold index.  The best fit comes first, of equals the earlier gold item, then the earlier found.

    >>> pairs(["甲乙", "甲"], ["甲", "甲乙"], lambda g, f: len(set(g) & set(f)))
    {1: 0, 0: 1}
    """
    fits = ((fit(g, f), i, j) for i, g in enumerate(golds) for j, f in enumerate(founds))
    best = sorted((item for item in fits if item[0] > 0), key=lambda item: (-item[0], item[1], item[2]))
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in best:
        if i not in taken and j not in partner:
            partner[j] = i
            taken.add(i)
    return partner


def things(golds: Sequence[gold.Thing], founds: Sequence[found.Thing]) -> dict[int, int]:
    """Pairs of things of one kind, those first that share the most names."""
    named = [(thing.kind, frozenset(map(comparable, thing.names))) for thing in golds]
    return pairs(named, founds, lambda g, f: len(g[1] & f.names) if g[0] == f.ref.kind else 0)


def figures(golds: Sequence[gold.Figure], founds: Sequence[found.Figure]) -> dict[int, int]:
    """Pairs of measures of one kind, value and unit whose indicator has all words, those first with the most words."""
    worded = [(figure, tuple(map(comparable, figure.indicator)), comparable(figure.unit)) for figure in golds]
    return pairs(worded, founds, lambda g, f: _figure_fit(*g, f))


def _figure_fit(wanted: gold.Figure, words: Sequence[str], unit: str, other: found.Figure) -> int:
    near = abs(wanted.value - other.value) <= _TOLERANCE * max(1.0, abs(wanted.value))
    same = wanted.kind == other.measure.kind and unit == other.unit and near
    return 1 + len(words) if same and all(word in other.text for word in words) else 0
