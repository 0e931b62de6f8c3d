"""Builds that are interrupted, in processes of their own: `python -m tests.interrupting FOLDER HOW MOMENTS`.

Each moment begins with a folder that holds build A.  A child process makes build B in it and is stopped; then another child
opens the folder as a user would and says which build it has; then build B is made again and must leave nothing behind.

HOW is `step` (killed before the n-th operation on files), `same` (so, where the folder already holds build B), `stop` (Ctrl-C at
the n-th operation), `time` (killed after n per cent of the time) or `full` (no file may grow beyond n kilobytes, as on a full disk).
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path

from pyoxigraph import Store

from kg import ontology, registry
from kg.errors import KgError, OutputError
from kg.export import format_named
from kg.graph import World
from kg.pipeline import graph_of
from kg.store import build_of, building, open_store
from kg.store.table import lines_of, save, table_of
from tests.invented import reading

WORLD = World(ontology.load(), registry.load())
OPERATIONS = (
    "open",
    "os.rename",
    "os.remove",
    "os.mkdir",
    "os.rmdir",
    "os.symlink",
    "os.listdir",
    "os.scandir",
    "shutil.rmtree",
)
FORMATS = [format_named(name) for name in ("turtle", "trig")]  # all modules are loaded before anything is stopped
FILES = {"kg.ttl", "kg.trig", "graph.html", "report.json", "store"}
A = graph_of((reading(),), WORLD)
B = graph_of((reading(), reading("two.txt", "蓉农函〔2023〕18号")), WORLD)


def publish(out: Path, store: Store) -> None:
    """What the pipeline does with a finished graph."""
    mark = build_of(store).hash
    with building(out) as work:
        for form in FORMATS:
            with (work / f"kg{form.suffix}").open("wb") as stream:
                form.write(store, stream)
        save(lines_of(table_of(store)), (), work / f"store-{mark}")
        (work / "graph.html").write_text(f"<!-- {mark} -->" + "x" * 5000)
        (work / "report.json").write_text(f'{{\n "build": "{mark}"\n}}\n')


def child(work: Callable[[], object], after: float | None = None) -> int:
    """Run `work` in a process of its own, killed after a while if `after` is given; its exit status."""
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            work()
            code = 0
        except KeyboardInterrupt:
            code = 130
        except OutputError:
            code = 3
        except (AssertionError, OSError, KgError):
            traceback.print_exc()
        finally:
            os._exit(code)
    if after is not None:
        time.sleep(after)
        os.kill(pid, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def stopped(out: Path, moment: int, how: int) -> None:
    """Build B; a signal comes before the operation with the number `moment`."""
    left = [moment]

    def hook(event: str, _: tuple[object, ...]) -> None:
        if event in OPERATIONS:
            left[0] -= 1
            if left[0] == 0:
                if how == signal.SIGINT:
                    raise KeyboardInterrupt
                os.kill(os.getpid(), how)

    sys.addaudithook(hook)
    publish(out, B)


def cramped(out: Path, kilobytes: int) -> None:
    """Build B where no file may be larger."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes * 1024, kilobytes * 1024))
    publish(out, B)


WAYS = {
    "step": partial(stopped, how=signal.SIGKILL),
    "same": partial(stopped, how=signal.SIGKILL),
    "stop": partial(stopped, how=signal.SIGINT),
    "full": cramped,
}


def opened(out: Path, hashes: tuple[str, str]) -> None:
    """Open as a user would: one of the two builds, whole."""
    store = open_store(out)
    mark = build_of(store).hash
    assert mark in hashes, mark
    for name in ("kg.ttl", "kg.trig"):
        text = (out / name).read_text(encoding="utf-8")
        assert mark in text[:200] and text.endswith(("}\n", ".\n")), name
    assert mark in (out / "graph.html").read_text()
    assert sum(1 for _ in store) == sum(1 for _ in Store.read_only(str(out / "store")))


def rebuilt(out: Path, mark: str) -> None:
    """Build B again: nothing of the interrupted one is left."""
    publish(out, B)
    assert {path.name for path in out.iterdir()} == FILES | {f"store-{mark}"}, sorted(out.iterdir())
    assert build_of(open_store(out)).hash == mark


def main(folder: Path, how: str, moments: list[int]) -> int:
    hashes = build_of(A).hash, build_of(B).hash
    before, out = folder / "before", folder / "out"
    assert child(lambda: publish(before, B if how == "same" else A)) == 0
    began = time.monotonic()
    child(lambda: publish(folder / "timed", B))
    span = time.monotonic() - began
    for moment in moments:
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(before, out, symlinks=True)
        if how == "time":
            code = child(lambda: publish(out, B), after=span * moment / 100)
        else:
            code = child(partial(WAYS[how], out, moment))
        ready = (out / ".ready").exists()
        assert child(lambda: opened(out, hashes)) == 0, f"{how} {moment}: not usable"
        assert child(lambda: rebuilt(out, hashes[1])) == 0, f"{how} {moment}: not built again"
        print(how, moment, code, "ready" if ready else "")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], [int(moment) for moment in sys.argv[3].split(",")]))
