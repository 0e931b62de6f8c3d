"""How long the command line takes to start, against a Python that does nothing: whole processes, in one run.

`make bench` runs it at full length and prints the figures; `make test` takes a small sample.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.pipeline import build

# Times as long as `python -c pass`, at most.
AIMS = {"--help": 6, "a prepared question": 15, "a prepared question with a parameter": 18}
# A small sample on a busy machine says less.
LENIENCE = 3


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory, letters: tuple[Path, ...]) -> Path:
    """The graph of the five letters."""
    out = tmp_path_factory.mktemp("start") / "out"
    build(letters, out)
    return out


def seconds(commands: dict[str, list[str]], rounds: int, cache: Path) -> dict[str, float]:
    """The shortest time of each command; they take turns, so that a busy moment hits all alike."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(cache)  # an installed program has its bytecode
    best = dict.fromkeys(commands, float("inf"))
    for number in range(rounds + 1):
        for name, command in commands.items():
            start = time.perf_counter()
            subprocess.run([sys.executable, *command], env=environment, check=True, stdout=subprocess.DEVNULL)
            if number:  # the first round fills the caches
                best[name] = min(best[name], time.perf_counter() - start)
    return best


def test_start_up(graph: Path, full: bool, tmp_path: Path) -> None:
    asked = ["-m", "kg", "query", "policies", "--from", str(graph)]
    commands = {
        "python": ["-c", "pass"],
        "--help": ["-m", "kg", "--help"],
        "a prepared question": asked,
        "a prepared question with a parameter": [*asked, "--set", "year=2020"],
    }
    found = seconds(commands, 20 if full else 5, tmp_path)
    ratios = {name: found[name] / found["python"] for name in AIMS}
    print(f"\nstart-up (python -c pass takes {found['python'] * 1000:.1f} ms):")
    for name, ratio in ratios.items():
        print(f"  {name}: {found[name] * 1000:.1f} ms, {ratio:.1f} times (aim {AIMS[name]})")
    for name, aim in AIMS.items():
        assert ratios[name] <= aim * (1 if full else LENIENCE), f"{name} takes {ratios[name]:.1f} times as long"


def test_help_needs_nothing_heavy() -> None:
    code = "import sys, kg.cli; kg.cli.main(['--help'])"
    heavy = ("pyoxigraph", "rdflib", "networkx", "numpy", "pyvis", "rich", "ahocorasick_rs", "tomllib")
    check = f"import atexit, sys; atexit.register(lambda: print([m for m in {heavy!r} if m in sys.modules], file=sys.stderr)); {code}"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_a_question_needs_no_other_library(graph: Path) -> None:
    code = f"import kg.cli; kg.cli.main(['query', 'policies', '--from', {str(graph)!r}])"
    heavy = ("rdflib", "networkx", "numpy", "pyvis", "rich")
    check = f"import atexit, sys; atexit.register(lambda: print([m for m in {heavy!r} if m in sys.modules], file=sys.stderr)); {code}"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
