"""`make fuzz`: the property-based tests over and over with new inputs, and how many inputs that were.

KG_FUZZ_SECONDS says for how long at least (default: 600); what is named on the command line goes to pytest.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time

PASSING = re.compile(r"(\d+) passing, (\d+) failing")


def one_round(arguments: list[str]) -> tuple[int, int, str]:
    """Run the tests once; how many inputs were tried, pytest's exit status, and what it wrote."""
    command = [
        *(sys.executable, "-m", "pytest", "-m", "hypothesis", "-o", "faulthandler_timeout=0"),
        *("--hypothesis-show-statistics", *arguments),
    ]
    environment = os.environ | {"HYPOTHESIS_PROFILE": "fuzz"}
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    tried = sum(int(passing) + int(failing) for passing, failing in PASSING.findall(done.stdout))
    return tried, done.returncode, done.stdout


def main() -> int:
    """The exit status of the first round that fails, else 0."""
    least = float(os.environ.get("KG_FUZZ_SECONDS", "600"))
    started, inputs, rounds = time.monotonic(), 0, 0
    while time.monotonic() - started < least:
        tried, status, output = one_round(sys.argv[1:] or ["-n", "auto"])
        inputs, rounds = inputs + tried, rounds + 1
        minutes = (time.monotonic() - started) / 60
        print(f"{inputs} inputs in {rounds} rounds and {minutes:.1f} minutes", flush=True)
        if status:
            print(output.partition("Hypothesis Statistics")[0])
            return status
    print(f"{inputs} inputs, nothing found")
    return 0


if __name__ == "__main__":
    sys.exit(main())
