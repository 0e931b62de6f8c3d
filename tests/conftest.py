"""What all tests share: where things lie, how hypothesis is set, and a Chromium."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent

# Annotations and their yardstick are data, not tests.
collect_ignore = ["gold"]

# The same examples on every run; `make fuzz` (tests/fuzzing.py) looks further, and differently in every round.
settings.register_profile(
    "fixed", derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "fuzz", max_examples=300, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def letters() -> tuple[Path, ...]:
    """The letters that travel with the program, in a fixed order."""
    return tuple(sorted((ROOT / "seeds" / "letters").glob("*.txt")))


@pytest.fixture(scope="session")
def full() -> bool:
    """Whether benchmarks run at full length (`make bench`) or as small samples (`make test`)."""
    return os.environ.get("KG_BENCH") == "full"


def chromium_on_the_machine() -> str | None:
    """The path of a Chromium that starts; None leaves the choice to the test driver's own download."""
    for name in (os.environ.get("KG_CHROMIUM", ""), *CHROMIUM_NAMES):
        path = shutil.which(name) if name else None
        if path and subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0:
            return path
    return None


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium; tests that use it fail, and are not skipped, where there is none."""
    from playwright.sync_api import sync_playwright

    # Chromium's sandbox refuses to work for root, and /dev/shm is small in containers.
    arguments = ["--no-sandbox", "--disable-dev-shm-usage"]
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=chromium_on_the_machine(), args=arguments)
        yield chromium
        chromium.close()
