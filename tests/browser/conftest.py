"""A page in a real Chromium with the network closed: whatever leaves it, fails, or is thrown, fails the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route
from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store

from kg.pipeline import build
from kg.view import page as view_page

LETTERS = Path(__file__).parent / "two-letters.trig"
SETTLED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@dataclass
class Open:
    """An opened page and all that it did wrong."""

    page: Page
    faults: list[str] = field(default_factory=list)

    def settle(self) -> None:
        """Waits until what was asked for is drawn."""
        self.page.evaluate(SETTLED)

    def row(self, name: str) -> int:
        """The number of the thing with a name."""
        found = self.page.evaluate(
            "(name) => JSON.parse(document.getElementById('data').textContent).things.rows.findIndex((row) => row[1] === name)",
            name,
        )
        assert found >= 0, name
        return int(found)

    def point(self, name: str) -> tuple[float, float]:
        """Where the node of a thing is on the screen."""
        x, y = self.page.evaluate(
            "(id) => { const { x, y } = kgPage.network.canvasToDOM(kgPage.network.getPosition(id)); return [x, y]; }",
            self.row(name),
        )
        box = self.page.locator("#graph").bounding_box()
        assert box is not None
        return box["x"] + x, box["y"] + y

    def click(self, name: str) -> None:
        """Clicks on the node of a thing."""
        self.page.mouse.click(*self.point(name))
        self.settle()

    def shown(self) -> list[str]:
        """The names of the things in the drawing."""
        names: list[str] = self.page.evaluate(
            "() => { const rows = JSON.parse(document.getElementById('data').textContent).things.rows;"
            " return kgPage.shownIds().map((id) => rows[id][1]); }"
        )
        return names

    def panel(self) -> str:
        """The text of the details."""
        return self.page.locator("#panel").inner_text()


Opener = Callable[..., Open]


def store_of(trig: bytes) -> Store:
    """A store of the named graphs of a TriG text, with the default graph, which is their merge."""
    store = Store()
    store.load(trig, format=RdfFormat.TRIG)
    for quad in list(store):
        store.add(Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()))
    return store


@pytest.fixture(scope="session")
def letters_store() -> Store:
    """The two invented letters."""
    return store_of(LETTERS.read_bytes())


@pytest.fixture(scope="session")
def built(letters: tuple[Path, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the letters that travel with the program, as a build writes it."""
    out = tmp_path_factory.mktemp("out")
    build(letters, out)
    return out / "graph.html"


def watch(opened: Open, context: BrowserContext, address: str) -> None:
    """Records each request but that for the page, each error, and each report of the page's policy."""
    page, faults = opened.page, opened.faults
    context.set_offline(True)
    context.route(
        "**/*", lambda route: route.continue_() if route.request.url.split("#")[0] == address else stop(route, faults)
    )
    context.on(
        "request",
        lambda r: (
            faults.append(f"request {r.url}")
            if r.url.split("#")[0] != address and not r.url.startswith("data:")
            else None
        ),
    )
    page.on(
        "console", lambda m: faults.append(f"console {m.type}: {m.text}") if m.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: faults.append(f"thrown {error}"))
    page.add_init_script(
        "addEventListener('securitypolicyviolation', (event) => console.error('policy', event.violatedDirective, event.blockedURI))"
    )


def stop(route: Route, faults: list[str]) -> None:
    """Lets a request that has left the page go no further."""
    faults.append(f"left {route.request.url}")
    route.abort()


@pytest.fixture
def show_file(browser: Browser) -> Iterator[Opener]:
    """Opens a page's file; at the end of the test nothing may have gone wrong."""
    contexts: list[BrowserContext] = []
    pages: list[Open] = []

    def opener(file: Path, **context_options: Any) -> Open:
        options = {"viewport": {"width": 1440, "height": 900}, "locale": "zh-CN", **context_options}
        contexts.append(browser.new_context(**options))
        pages.append(Open(contexts[-1].new_page()))
        watch(pages[-1], contexts[-1], file.as_uri())
        pages[-1].page.goto(file.as_uri())
        pages[-1].settle()
        return pages[-1]

    yield opener
    faults = [fault for opened in pages for fault in opened.faults]
    for context in contexts:
        context.close()
    assert faults == []


MADE: dict[tuple[frozenset[Quad], str], str] = {}


def made(store: Store, title: str) -> str:
    """The page of a store; of the same store it is made once, for many tests show the same one."""
    key = (frozenset(store), title)
    if key not in MADE:
        MADE[key] = view_page(store, **({"title": title} if title else {}))
    return MADE[key]


@pytest.fixture
def show(show_file: Opener, tmp_path: Path) -> Opener:
    """Makes the page of a store and opens it."""

    def opener(store: Store, title: str = "", **context_options: Any) -> Open:
        file = tmp_path / "graph.html"
        file.write_text(made(store, title), encoding="utf-8", newline="\n")
        return show_file(file, **context_options)

    return opener


@pytest.fixture
def opened(show: Opener, letters_store: Store) -> Open:
    """The page of the two invented letters."""
    return show(letters_store)
