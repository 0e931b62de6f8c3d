"""The letters that travel with the program, from the files to the folder: one graph, whatever the order and the process."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg.pipeline import build
from kg.store import open_store
from tests.test_pipeline import digits, numbers

FILES = ("kg.ttl", "kg.trig", "report.json")
SCRIPT = "import sys; from pathlib import Path; from kg.pipeline import build; build(map(Path, sys.argv[2:]), Path(sys.argv[1]))"


@pytest.fixture(scope="module")
def built(letters: tuple[Path, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("build") / "out"
    build(letters, out)
    return out


def test_another_process_order_and_locale_gives_the_same_bytes(
    built: Path, letters: tuple[Path, ...], root: Path, tmp_path: Path
) -> None:
    env = {**os.environ, "PYTHONHASHSEED": "17", "PYTHONPATH": str(root), "LC_ALL": "C", "TZ": "Asia/Tokyo"}
    paths = [str(path) for path in reversed(letters)]
    subprocess.run(
        [sys.executable, "-X", "utf8=0", "-c", SCRIPT, str(tmp_path / "out"), *paths], cwd=tmp_path, env=env, check=True
    )
    for name in FILES:
        assert (tmp_path / "out" / name).read_bytes() == (built / name).read_bytes(), name


def test_no_personal_number_of_the_letters_is_in_any_output(built: Path, letters: tuple[Path, ...]) -> None:
    wanted = {number for path in letters for number in numbers(path.read_text(encoding="utf-8"))}
    outputs = [(built / name).read_text(encoding="utf-8") for name in (*FILES, "graph.html")]
    outputs.append("\n".join(str(quad) for quad in open_store(built)))
    assert not [number for number in wanted for output in outputs if number in digits(output)]


def test_checksums_in_the_graph_are_those_of_the_files(built: Path, letters: tuple[Path, ...]) -> None:
    from hashlib import sha256

    told = set(re.findall(r'kg:sha256 "([0-9a-f]{64})"', (built / "kg.ttl").read_text(encoding="utf-8")))
    assert told == {sha256(path.read_bytes()).hexdigest() for path in letters}
