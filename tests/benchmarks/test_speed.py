"""How fast facts are made, against jieba.lcut, which cuts the same text into words, in the same run on one core.

`make bench` runs it at full length and prints the figures; `make test` takes a small sample.  The figures are for
reading; what is asserted is only that time grows with the length of a text and no faster.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import jieba
import pytest

from kg import ontology, pipeline, registry, resolve, view
from kg.letter import read_letter
from kg.model import Document, Reading
from kg.pipeline import build
from kg.read import read

# Text of four times the length may take so many times as long per sign.
GROWTH = 2.5


@pytest.fixture(scope="module")
def reports(root: Path, letters: tuple[Path, ...], full: bool) -> tuple[Path, ...]:
    """Long reports, where they lie beside the project; else the letters that travel with it."""
    found = tuple(sorted((root.parent / "shared" / "corpus").glob("*.txt")))
    return (found if full else found[:2]) or letters


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


@pytest.mark.parametrize("which", ["reports", "letters"])
def test_extraction(which: str, full: bool, request: pytest.FixtureRequest) -> None:
    documents = warmed_up(request.getfixturevalue(which))
    known, names = ontology.load(), registry.load()
    letters = [read_letter(document, names) for document in documents]
    cut, form, sentences = seconds(
        [
            lambda: words(documents),
            lambda: [read_letter(document, names) for document in documents],
            lambda: [resolve.read(letter, known, names) for letter in letters],
        ],
        5 if full else 2,
    )
    signs = sum(len(document.text) for document in documents) / 1e6
    found = sum(len(reading.facts) + len(reading.measures) for reading in facts(documents))
    print(f"\nextraction, {which}, {signs * 1e6:.0f} signs, {found} facts and figures:")
    print(f"  {(form + sentences) / cut:.2f} times as long as jieba.lcut ({cut / signs:.2f} µs per sign)")
    print(f"  form {form / signs:.2f} and sentences {sentences / signs:.2f} µs per sign")
    assert found


def test_extraction_grows_with_the_text(letters: tuple[Path, ...]) -> None:
    once = [replace(document, text=document.text + "\n") for document in warmed_up(letters)]
    long = [replace(document, text=document.text * 4) for document in once]
    short, four = seconds([lambda: facts(once), lambda: facts(long)], 2)
    print(f"\nextraction of four times the text: {four / short:.1f} times as long")
    assert four <= short * 4 * GROWTH


# What of a build is looked at: where a function is used from, its name, what it is called here.
PARTS: tuple[tuple[ModuleType, str, str], ...] = (
    (pipeline, "read_all", "extraction"),
    (pipeline, "table_of_all", "rows"),
    (pipeline, "lines_of", "lines and hash"),
    (pipeline, "write_both", "writing"),
    (pipeline, "save", "store on disk"),
    (pipeline, "stored", "store in memory"),
    (view, "page", "page"),
)


@contextmanager
def clocked(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, float]]:
    """The processor time of each part of a build; threads that the store on disk makes by itself are not seen."""
    spent: dict[str, float] = defaultdict(float)

    def clock(name: str, function: Callable[..., object]) -> Callable[..., object]:
        def timed(*given: object, **named: object) -> object:
            start = time.thread_time()
            done = function(*given, **named)
            spent[name] += time.thread_time() - start
            return done

        return timed

    with monkeypatch.context() as patch:
        for module, name, called in PARTS:
            patch.setattr(module, name, clock(called, getattr(module, name)))
        yield spent


def test_build(
    reports: tuple[Path, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, full: bool, letters: tuple[Path, ...]
) -> None:
    paths = reports if full else letters
    documents = warmed_up(paths)
    (cut,) = seconds([lambda: words(documents)], 2)
    build(letters[:1], tmp_path / "out")  # what is imported when it is first needed
    with clocked(monkeypatch) as spent:
        (whole,) = seconds([lambda: build(paths, tmp_path / "out")], 1)
    print(f"\nbuild of {len(paths)} documents: {whole:.1f} s, {whole / cut:.1f} times as long as jieba.lcut")
    for name, took in sorted(spent.items(), key=lambda part: -part[1]):
        print(f"  {name}: {took / whole:.0%}")
    print(f"  the rest: {1 - sum(spent.values()) / whole:.0%}")
    assert set(spent) == {called for _, _, called in PARTS}
