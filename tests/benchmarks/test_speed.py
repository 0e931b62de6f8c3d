"""How fast facts are made, against jieba.lcut, which cuts the same text into words, in the same run on one core.

`make bench` runs it at full length and prints the figures; `make test` takes a small sample.  The figures are for
reading; what is asserted is only that time grows with the length of a text and no faster.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

import pytest

from kg import pipeline, view
from kg.pipeline import build
from tests.benchmarks.extraction import Took, facts, seconds, took, warmed_up, words

# Text of four times the length may take so many times as long per sign.
GROWTH = 2.5


@pytest.fixture(scope="module")
def reports(root: Path, letters: tuple[Path, ...], full: bool) -> tuple[Path, ...]:
    """Long reports, where they lie beside the project; else the letters that travel with it."""
    found = tuple(sorted((root.parent / "shared" / "corpus").glob("*.txt")))
    return (found if full else found[:2]) or letters


@pytest.mark.parametrize("which", ["reports", "letters"])
def test_extraction(which: str, full: bool, request: pytest.FixtureRequest) -> None:
    measured = took(request.getfixturevalue(which), 5 if full else 2)
    print(f"\nextraction, {which}, {measured}")
    assert measured.found


@pytest.fixture(scope="module")
def compiled(root: Path, full: bool, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package compiled (hatch_build.py), in a folder of its own."""
    if not full:
        pytest.skip("compiling takes minutes: `make bench` does")
    if not (shutil.which(os.environ.get("CC", "cc")) and find_spec("mypyc") and find_spec("setuptools")):
        pytest.skip("no C compiler here, or no mypyc or setuptools that drive it")
    folder = tmp_path_factory.mktemp("compiled")
    switched_on = {**os.environ, "HATCH_BUILD_HOOKS_ENABLE": "true"}
    make = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(make, cwd=root, env=switched_on, check=True, capture_output=True)
    wheel = next(folder.glob("*.whl"))
    assert not wheel.name.endswith("py3-none-any.whl")
    install = ["install", "--quiet", "--no-index", "--no-deps", "--target", str(folder / "site"), str(wheel)]
    subprocess.run([sys.executable, "-m", "pip", *install], check=True)
    return folder / "site"


def with_compiled(site: Path, *command: str) -> str:
    """What a Python prints that finds the compiled package."""
    env = {**os.environ, "PYTHONPATH": str(site), "PYTHONUTF8": "1"}
    done = subprocess.run([sys.executable, "-P", *command], env=env, check=True, capture_output=True, encoding="utf-8")
    return done.stdout


@pytest.mark.parametrize("which", ["reports", "letters"])
def test_extraction_compiled(which: str, compiled: Path, root: Path, request: pytest.FixtureRequest) -> None:
    files = [str(path) for path in request.getfixturevalue(which)]
    measured = Took(**json.loads(with_compiled(compiled, str(root / "tests/benchmarks/extraction.py"), "5", *files)))
    print(f"\nextraction, {which}, {measured}")
    assert measured.compiled


def test_the_compiled_package_gives_the_same_bytes(
    compiled: Path, root: Path, letters: tuple[Path, ...], reports: tuple[Path, ...], tmp_path: Path
) -> None:
    others = sorted((root / "tests").glob("*/**/*.txt"))
    files = list({path.name: path for path in (*letters, *others, *reports)}.values())
    build(files, tmp_path / "pure")
    with_compiled(compiled, "-m", "kg", "build", *map(str, files), "--out", str(tmp_path / "compiled"))
    for name in ("kg.ttl", "kg.trig", "graph.html", "report.json"):
        assert (tmp_path / "pure" / name).read_bytes() == (tmp_path / "compiled" / name).read_bytes(), name


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
    for name, part in sorted(spent.items(), key=lambda one: -one[1]):
        print(f"  {name}: {part / whole:.0%}")
    print(f"  the rest: {1 - sum(spent.values()) / whole:.0%}")
    assert set(spent) == {called for _, _, called in PARTS}
