"""Screenshots of the five letters' page for people to look at, in build/screenshots (which git ignores), with what a
program can see of them: nothing is cut off at the sides, no tool lies over another, no line of text is cut."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.test_reading import read

if TYPE_CHECKING:
    from tests.browser.conftest import Open, Opener

FOLDER = Path(__file__).parents[2] / "build" / "screenshots"
PAGES = {"overview": "", "thing": "高新技术企业", "letter": "温科提复〔2023〕95号", "timeline": ""}
CUT = """() => [...document.querySelectorAll("header *, #legend *, #panel *")]
  .filter((e) => e.children.length === 0 && e.textContent.trim() && !e.closest("svg, .unseen"))
  .filter((e) => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== "visible")
  .map((e) => e.textContent)"""
BOXES = """() => [...document.querySelectorAll("header .names, header .find, header .tools button, #legend button")]
  .filter((e) => e.checkVisibility()).map((e) => { const { left, right, top, bottom } = e.getBoundingClientRect(); return [left, right, top, bottom]; })"""


def turn_to(opened: Open, page: str) -> None:
    """Shows a page of the panel."""
    if PAGES[page]:
        read(opened, PAGES[page])
    else:
        opened.page.locator(f"#panel .tab.{page}").click()
        opened.page.locator("#fit").click()
    opened.settle()


def apart(boxes: list[list[float]]) -> bool:
    """Whether no box lies over another."""
    return not any(
        one[0] < other[1] - 0.5 and other[0] < one[1] - 0.5 and one[2] < other[3] - 0.5 and other[2] < one[3] - 0.5
        for one, other in combinations(boxes, 2)
    )


@pytest.mark.parametrize("size", [(1440, 900), (820, 1180)], ids=["desk", "tablet"])
@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_looks_right(show_file: Opener, built: Path, scheme: str, locale: str, size: tuple[int, int]) -> None:
    width, height = size
    opened = show_file(built, viewport={"width": width, "height": height}, color_scheme=scheme, locale=locale)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for page in PAGES:
        turn_to(opened, page)
        opened.page.screenshot(path=FOLDER / f"{page}-{locale[:2]}-{scheme}-{width}.png")
        assert opened.page.evaluate("() => document.documentElement.scrollWidth") <= width
        assert opened.page.evaluate(CUT) == []
        assert apart(opened.page.evaluate(BOXES))
        assert len(opened.page.evaluate("() => kgPage.labels()")) > 20
