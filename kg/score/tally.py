"""Cases and their counts: precision, recall and F1, micro-averaged over all letters (each item counts once)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal as OneOf

Cell = tuple[str, str]
"""What is counted together: a section (kind, relation, letterhead, measure, attribute, status) and a name in it."""

Outcome = OneOf["right", "missed", "wrong"]


@dataclass(frozen=True, slots=True)
class Case:
    """One item of the gold or of the reading: what it is, how it came out, and the sentence where it stands.

    Of a missed item the sentence is the likeliest one, empty where none names it.
    """

    cell: Cell
    outcome: Outcome
    what: str
    passage: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many items are right, missed (only in the gold) and wrong (only in the reading)."""

    right: int = 0
    missed: int = 0
    wrong: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.right + other.right, self.missed + other.missed, self.wrong + other.wrong)

    @property
    def gold(self) -> int:
        """How many items the gold has."""
        return self.right + self.missed

    @property
    def found(self) -> int:
        """How many items the reading has."""
        return self.right + self.wrong

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 0 where nothing was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The share of the gold that was found; 0 where there is none."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall.

        >>> Count(right=3, missed=1, wrong=1).f1
        0.75
        """
        return 2 * self.precision * self.recall / (self.precision + self.recall) if self.right else 0.0

    def figures(self) -> dict[str, float | int]:
        """The figures by their names, shares rounded to four places."""
        shares = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        rounded = {name: round(share, 4) for name, share in shares.items()}
        return {**rounded, "gold": self.gold, "found": self.found}


@dataclass(frozen=True, slots=True)
class Score:
    """One letter, as it is shown, with all its cases."""

    letter: str
    cases: tuple[Case, ...]


def counts(scores: Iterable[Score]) -> Mapping[Cell, Count]:
    """The cases of letters, counted by cell."""
    outcomes = Counter((case.cell, case.outcome) for score in scores for case in score.cases)
    return {
        cell: Count(outcomes[cell, "right"], outcomes[cell, "missed"], outcomes[cell, "wrong"])
        for cell in sorted({cell for cell, _ in outcomes})
    }


def total(counted: Mapping[Cell, Count], cells: Iterable[Cell]) -> Count:
    """The sum of some cells.

    >>> total({("kind", "A"): Count(1, 0, 2), ("kind", "B"): Count(1, 1, 0)}, [("kind", "A"), ("kind", "B")])
    Count(right=2, missed=1, wrong=2)
    """
    return sum((counted.get(cell, Count()) for cell in cells), Count())
