"""How long facts take, against jieba.lcut, which cuts the same text into words, in the same process on one core.

`python -P tests/benchmarks/extraction.py ROUNDS FILE…` measures the `kg` that Python finds, and prints it as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import jieba

import kg.model
from kg import ontology, registry, resolve
from kg.letter import read_letter
from kg.model import Document, Reading
from kg.read import read


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds of processor time: of jieba, of reading the form of letters, of reading their sentences."""

    cut: float
    form: float
    sentences: float
    signs: int
    found: int
    compiled: bool

    def __str__(self) -> str:
        million = self.signs / 1e6
        return (
            f"{self.signs} signs, {self.found} facts and figures{', compiled' if self.compiled else ''}:\n"
            f"  {(self.form + self.sentences) / self.cut:.2f} times as long as jieba.lcut"
            f" ({self.cut / million:.2f} µs per sign)\n"
            f"  form {self.form / million:.2f} and sentences {self.sentences / million:.2f} µs per sign"
        )


def facts(documents: Sequence[Document]) -> list[Reading]:
    """Text in, facts out."""
    known, names = ontology.load(), registry.load()
    return [resolve.read(read_letter(document, names), known, names) for document in documents]


def words(documents: Sequence[Document]) -> list[list[str]]:
    return [jieba.lcut(document.text) for document in documents]


def seconds(work: Sequence[Callable[[], object]], rounds: int) -> list[float]:
    """The least processor time of each; they take turns, so that a busy moment hits all alike."""
    best = [float("inf")] * len(work)
    for _ in range(rounds):
        for number, each in enumerate(work):
            start = time.process_time()
            each()
            best[number] = min(best[number], time.process_time() - start)
    return best


def warmed_up(paths: Sequence[Path]) -> list[Document]:
    documents = [read(path) for path in paths]
    facts(documents[:1])
    words(documents[:1])
    return documents


def took(paths: Sequence[Path], rounds: int) -> Took:
    documents = warmed_up(paths)
    known, names = ontology.load(), registry.load()
    letters = [read_letter(document, names) for document in documents]
    cut, form, sentences = seconds(
        [
            lambda: words(documents),
            lambda: [read_letter(document, names) for document in documents],
            lambda: [resolve.read(letter, known, names) for letter in letters],
        ],
        rounds,
    )
    signs = sum(len(document.text) for document in documents)
    found = sum(len(reading.facts) + len(reading.measures) for reading in facts(documents))
    return Took(cut, form, sentences, signs, found, not (kg.model.__file__ or "").endswith(".py"))


if __name__ == "__main__":
    print(json.dumps(asdict(took([Path(name) for name in sys.argv[2:]], int(sys.argv[1])))))
