"""A letter explained, as a person reads its page, without a network (conftest.py fails a test for any request)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg import ontology, registry, resolve
from kg.explain import gather, page
from kg.letter import read_letter
from kg.model import Document
from tests import invented

if TYPE_CHECKING:
    from tests.browser.conftest import Open, Opener

REPLY = """蓉农函〔2024〕18号

关于市政协十六届二次会议第57号提案的答复函

李明委员：

您提出的《关于种业振兴的提案》收悉，现答复如下：

您提出的增设种子检验站、完善“育苗”计划补贴等建议很好。

（一）关于增设种子检验站的建议

目前已建成检验站6处。

感谢您的关心！
"""
BEFORE = "(mark, part) => getComputedStyle(mark, part).content"


@pytest.fixture(params=["light", "dark"])
def explained(request: pytest.FixtureRequest, show_file: Opener, tmp_path: Path) -> Open:
    file = tmp_path / "letter.html"
    file.write_text(page(gather(invented.reading()), ontology.load()), encoding="utf-8", newline="\n")
    return show_file(file, color_scheme=request.param, viewport={"width": 420, "height": 900})


def test_a_mark_says_its_kind_and_in_focus_its_rule(explained: Open) -> None:
    mark = explained.page.locator("mark.mention[tabindex]").first
    assert mark.evaluate(BEFORE, "::after").strip('"') == mark.get_attribute("data-kind")
    assert mark.evaluate(BEFORE, "::before") == "none"
    mark.focus()
    said = mark.evaluate(BEFORE, "::before")
    row = explained.page.locator(f"#{mark.get_attribute('aria-describedby')}")
    assert row.locator("code").inner_text() in said
    assert explained.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_a_box_of_the_legend_takes_marks_away(explained: Open) -> None:
    mark = explained.page.locator("main mark.k-Agency").first
    border = "(mark) => getComputedStyle(mark).borderBottomStyle"
    assert mark.evaluate(border) == "solid"
    explained.page.locator("#show-Agency").uncheck()
    assert mark.evaluate(border) == "none"
    assert mark.evaluate(BEFORE, "::after") == "none"


def test_a_request_leads_to_its_answers(show_file: Opener, tmp_path: Path) -> None:
    file = tmp_path / "letter.html"
    known, concepts = registry.load(), ontology.load()
    reading = resolve.read(read_letter(Document("a.txt", "0" * 64, REPLY), known), concepts, known)
    file.write_text(page(gather(reading), concepts), encoding="utf-8", newline="\n")
    opened = show_file(file)
    mark = opened.page.locator("mark.request[tabindex]").first
    assert mark.inner_text() == "增设种子检验站"
    mark.focus()
    assert "request.series" in mark.evaluate(BEFORE, "::before")
    row = opened.page.locator(f"#{mark.get_attribute('aria-describedby')}")
    row.get_by_role("link", name="#6").press("Enter")
    assert opened.page.evaluate("() => document.querySelector(':target').innerText").count("目前已建成检验站6处") == 1
    answer = opened.page.locator("#p6 .answer-row")
    assert "已办 done 增设种子检验站" in answer.inner_text()
    opened.page.locator("#show-Request").uncheck()
    assert mark.evaluate("(mark) => getComputedStyle(mark).borderBottomStyle") == "none"


def test_texts_are_readable_on_their_ground(explained: Open) -> None:
    """The contrast of marked text is at least 4.5 to 1 (WCAG 2, level AA)."""
    contrast = """(mark) => {
      const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
      const light = (colour) => {
        canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
        const parts = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map((part) => part / 255);
        const [red, green, blue] = parts.map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      };
      const style = getComputedStyle(mark);
      const [one, other] = [light(style.color), light(style.backgroundColor)].sort((a, b) => b - a);
      return (one + 0.05) / (other + 0.05);
    }"""
    marks = explained.page.locator("main mark.mention")
    assert marks.count() > 5
    assert min(mark.evaluate(contrast) for mark in marks.all()) >= 4.5
