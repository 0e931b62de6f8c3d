"""How big a graph the page can show, and how soon, in a real Chromium; beside it PyVis' own default page.

`make bench` takes a graph of some 50,000 things and 200,000 facts and prints the figures; `make test` a small sample.
What is asserted at full length are the aims of the project: opened in 6 s, a search in 100 ms, 40 MB, `kg view` in 30 s
and 1 GB; at 5,000 things opened and answering in 2 s.  They are for a machine that does nothing else.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import networkx as nx
import pytest
from playwright.sync_api import Browser, Page, TimeoutError

from kg import ontology
from kg.pipeline import build
from kg.query.dataset import open_dataset
from kg.view import Part, page
from kg.view.choose import chosen, fact_graph, lines
from kg.view.gather import gather
from tests.benchmarks.generator import write

READY = "() => window.kgPage !== undefined"
FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
# A process tells its own peak (Linux): what the system counts for a child begins with the size of its parent.
MEASURED = """import atexit, sys
from kg.cli import main
peak = lambda: next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
atexit.register(lambda: print(peak(), file=sys.stderr))
main()"""
STILL_AT_MOST = 120_000  # milliseconds that PyVis' page gets


@dataclass(frozen=True, slots=True)
class Aim:
    """How many letters make a graph of a size, and what is aimed at: seconds and megabytes."""

    letters: int
    things: int
    opens: float
    file: float = 40.0


MIDDLE, LARGE, SMALL = Aim(420, 5_000, 2.0), Aim(8_600, 50_000, 6.0), Aim(40, 300, 60.0)


@pytest.fixture(scope="module", params=["middle", "large"])
def aim(request: pytest.FixtureRequest, full: bool) -> Aim:
    if not full and request.param == "large":
        pytest.skip("the large graph is made by `make bench`")
    return SMALL if not full else {"middle": MIDDLE, "large": LARGE}[request.param]


@pytest.fixture(scope="module")
def graph(aim: Aim, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a built graph of the size."""
    work = tmp_path_factory.mktemp(f"letters-{aim.letters}")
    build(write(aim.letters, work / "letters"), work / "out")
    return work / "out"


def viewed(graph: Path) -> tuple[float, float]:
    """Seconds and megabytes at most of the process `kg view` that makes the page of all."""
    start = time.perf_counter()
    arguments = ["view", "--from", str(graph), "--out", str(graph / "all.html"), "--no-open"]
    process = subprocess.run([sys.executable, "-c", MEASURED, *arguments], capture_output=True, text=True, check=True)
    return time.perf_counter() - start, int(process.stderr.split()[-1]) / 1024


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A new tab without a network."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
    yield context.new_page()
    context.close()


def opened(tab: Page, file: Path) -> float:
    """Seconds until the page of a file stands and is drawn."""
    start = time.perf_counter()
    tab.goto(file.as_uri())
    tab.wait_for_function(READY)
    tab.evaluate(FRAMES)
    return time.perf_counter() - start


def answered(tab: Page, words: str) -> float:
    """Seconds until the hits of a search are listed, the slowest of those after the first."""
    spent = []
    for _ in range(4):
        spent.append(
            tab.evaluate(
                """(words) => { const box = document.getElementById("search"); box.value = words; const start = performance.now();
                box.dispatchEvent(new Event("input")); return performance.now() - start; }""",
                words,
            )
        )
    assert tab.locator("#hits [data-id]").count()
    return max(spent[1:]) / 1000


def test_page_of_a_large_graph(graph: Path, aim: Aim, tab: Page, full: bool) -> None:
    took, memory = viewed(graph)
    size = (graph / "all.html").stat().st_size / 1e6
    opens = opened(tab, graph / "all.html")
    searches = {words: answered(tab, words) for words in ("行动", "实验室", "xd", "三亚")}
    counts = json.loads(tab.evaluate("() => document.getElementById('data').textContent"))
    things, facts = (len(counts[name]["rows"]) for name in ("things", "facts"))
    print(f"\npage of {aim.letters} letters, {things} things, {facts} facts: {size:.1f} MB")
    print(f"  kg view {took:.1f} s, {memory:.0f} MB; opened in {opens:.2f} s")
    print("  searches: " + ", ".join(f"{words} {1000 * spent:.0f} ms" for words, spent in searches.items()))
    assert things >= aim.things
    assert size <= aim.file
    if full:
        assert opens <= aim.opens
        assert max(searches.values()) <= 0.1
        assert took <= 30
        assert memory <= 1024


@pytest.mark.parametrize("count", [150, 500, 2000])
def test_beside_the_page_of_pyvis(
    count: int, graph: Path, aim: Aim, tab: Page, browser: Browser, tmp_path: Path, full: bool
) -> None:
    if not full and count > 150 or full and aim is MIDDLE:
        pytest.skip("the small graph has no more things" if not full else "the large graph is taken")
    dataset = open_dataset(graph)
    ours = tmp_path / "ours.html"
    ours.write_text(page(dataset.store, base=dataset.base, part=Part(limit=count)), encoding="utf-8")
    still = opened(tab, ours)
    its = pyvis_page(graph, count, tmp_path / "its.html")
    context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
    theirs = settled(context.new_page(), its)
    context.close()
    said = f"{theirs:.2f} s" if theirs is not None else f"not within {STILL_AT_MOST // 1000} s"
    print(
        f"\nstill picture of {count} things: ours {still:.2f} s (with all {aim.letters} letters in the file), PyVis' own {said}"
    )
    assert theirs is None or theirs > 0


def pyvis_page(graph: Path, count: int, file: Path) -> Path:
    """The same things and lines as PyVis shows them when nothing is set."""
    from pyvis.network import Network

    dataset, known = open_dataset(graph), ontology.load()
    content = gather(dataset.store, known, dataset.base)
    facts = fact_graph(content, frozenset())
    shown = chosen(content, facts, count)
    network = Network(cdn_resources="in_line")
    picture = nx.Graph()
    picture.add_nodes_from((thing, {"label": content.things[thing].name}) for thing in shown)
    picture.add_edges_from((line.one, line.other) for line in lines(content, facts, shown))
    network.from_nx(picture)
    file.write_text(network.generate_html(), encoding="utf-8")
    return file


def settled(tab: Page, file: Path) -> float | None:
    """Seconds until PyVis' page says that nothing moves any more; None if it does not in time."""
    tab.add_init_script(
        "addEventListener('DOMContentLoaded', () => { const wait = () => window.network ? window.network.on('stabilized',"
        " () => { window.still = true; }) : setTimeout(wait, 1); wait(); })"
    )
    start = time.perf_counter()
    tab.goto(file.as_uri(), wait_until="commit")
    try:
        tab.wait_for_function("() => window.still", timeout=STILL_AT_MOST)
    except TimeoutError:
        return None
    return time.perf_counter() - start
