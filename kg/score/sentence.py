"""The sentence in which a gold item most likely stands: gold says what a letter says, and not where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.model import Reading
from kg.score.spelling import comparable

_MYRIADS = (1, 10_000, 100_000_000)  # as printed, in 万, in 亿


@dataclass(frozen=True, slots=True)
class Sentences:
    """The passages of a letter, each as it reads and in comparison form."""

    texts: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, reading: Reading) -> Sentences:
        """The passages of a reading."""
        return cls(tuple((passage.text, comparable(passage.text)) for passage in reading.letter.passages))

    def likeliest(self, *wanted: Iterable[str]) -> str:
        """The first passage that has the most of `wanted`, each given in its spellings; empty if none has any.

        >>> Sentences((("甲来。", "甲来。"), ("甲与乙来。", "甲与乙来。"))).likeliest(["甲"], ["乙", "丙"])
        '甲与乙来。'
        """
        spelt = [[key for key in map(comparable, spellings) if key] for spellings in wanted]
        most, best = 0, ""
        for text, plain in self.texts:
            has = sum(any(key in plain for key in keys) for keys in spelt)
            if has > most:
                most, best = has, text
        return best


def printed(value: float) -> tuple[str, ...]:
    """The digits with which a value may be printed, also in 万 and 亿.

    >>> printed(14000)
    ('14000', '1.4')
    """
    forms = (f"{value / unit:.10g}" for unit in _MYRIADS)
    return tuple(form for form in forms if "e" not in form and not form.startswith("0.0"))
