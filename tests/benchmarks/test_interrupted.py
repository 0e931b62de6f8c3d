"""Builds that are killed, stopped and starved: the earlier build stays usable.  `make bench` tries a hundred moments of each."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

MOMENTS: dict[str, Callable[[bool], Iterable[int]]] = {
    "step": lambda full: range(1, 101) if full else (2, 20, 38, 40, 42, 44, 46, 47, 49, 60),
    "same": lambda full: range(1, 101) if full else (40, 43, 46, 47),
    "stop": lambda full: range(1, 101) if full else (5, 42, 45),
    "time": lambda full: range(1, 101) if full else (30, 80),
    "full": lambda full: range(0, 101) if full else (3, 20),
}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the builds are stopped in processes made by fork")
@pytest.mark.parametrize("how", MOMENTS)
def test_an_interrupted_build_leaves_the_earlier_one_usable(how: str, full: bool, root: Path) -> None:
    moments = ",".join(map(str, MOMENTS[how](full)))
    memory = (
        "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    )  # waiting for the disk takes nine tenths of the time
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        command = [sys.executable, "-m", "tests.interrupting", folder, how, moments]
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-500:] + done.stderr[-3000:]
