"""The page in Chinese and English: the reader's language first, a switch, and no word missing in either."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from kg.view import TITLE
from tests.browser.stores import figures_store
from tests.browser.test_reading import ACTION, figured, read

if TYPE_CHECKING:
    from pyoxigraph import Store

    from tests.browser.conftest import Open, Opener

__all__ = ["figured"]
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize(
    ("locale", "lang"), [("zh-CN", "zh-CN"), ("zh-TW", "zh-CN"), ("en-GB", "en"), ("de-DE", "en"), ("en-US", "en")]
)
def test_the_reader_s_language_comes_first(show: Opener, letters_store: Store, locale: str, lang: str) -> None:
    opened = show(letters_store, locale=locale)
    assert opened.page.locator("html").get_attribute("lang") == lang
    assert opened.page.get_by_role("button", name="English" if lang == "zh-CN" else "中文").is_visible()


def test_the_switch_changes_all_words_and_leaves_the_data(opened: Open) -> None:
    opened.click("“沃野千里”行动")
    before = opened.page.locator("#panel .sentences .said").all_inner_texts()
    opened.page.get_by_role("button", name="English").click()
    opened.settle()
    assert opened.page.locator("html").get_attribute("lang") == "en"
    assert "2 letters · 10 entities" in opened.page.locator("#counts").inner_text()
    assert "ongoing" in opened.panel() and "6 May 2024" in opened.panel()
    assert opened.page.locator("#panel h2").inner_text() == "“沃野千里”行动"
    assert opened.page.locator("#panel .sentences .said").all_inner_texts() == before
    opened.page.get_by_role("button", name="中文").click()
    assert "进行中" in opened.panel()


def own_words(opened: Open) -> list[str]:
    """The texts and names of the page that are no data: of buttons, headings, labels."""
    found: list[str] = opened.page.evaluate(
        """() => {
          const data = ".link, .named, .said, .title, .letter-title, .heading .aliases, h1, h2, td, time, .literal, .place .heading, option, .name, .note, figcaption";
          const texts = [...document.querySelectorAll("body *")].filter((e) => !e.closest(data) && !e.closest("script, style, noscript, svg"))
            .flatMap((e) => [...e.childNodes].filter((n) => n.nodeType === Node.TEXT_NODE).map((n) => n.textContent.trim()));
          const labels = ["aria-label", "placeholder", "title"].flatMap((name) => [...document.querySelectorAll(`[${name}]`)]
            .filter((e) => !e.closest("svg, .named, .to-line, #filters, #chips") && e.id !== "language").map((e) => e.getAttribute(name)));
          return [...texts, ...labels].filter(Boolean);
        }"""
    )
    return found


@pytest.mark.parametrize("page", ["overview", "thing", "letter", "timeline"])
def test_no_chinese_word_of_the_page_is_left_in_english(show: Opener, page: str) -> None:
    opened = show(figures_store(), locale="en-US")
    opened.page.locator("#take").click()
    if page == "timeline":
        opened.page.get_by_role("button", name="Timeline of policies").click()
    elif page != "overview":
        read(opened, {"thing": "林下经济合作社", "letter": "遵林函〔2022〕7号"}[page])
    data = opened.page.locator("#data").text_content() or ""
    left = [text for text in own_words(opened) if CHINESE.search(text) and text.strip("“”。；：") not in data]
    assert [text for text in left if text != "中文"] == []


def test_charts_and_tables_speak_english(show: Opener) -> None:
    opened = show(figures_store(), locale="en-US")
    read(opened, "林下经济合作社")
    label = opened.page.locator("#panel .chart.series svg").get_attribute("aria-label")
    assert label == "Line chart, 累计林下经济合作社 · total (家): 2022 120 家; 2023 ≥ 180 家; 2025 target ≥ 300 家"
    heads = opened.page.locator("#panel .part.figures th").all_inner_texts()
    assert heads == ["Indicator", "Value", "Period", "Letter", "Sentence"]


def test_one_is_not_many_in_english(show: Opener) -> None:
    opened = show(figures_store(), locale="en-US")
    opened.page.locator("#take").click()
    read(opened, "杜若兰")
    assert "2 facts of" in opened.page.locator("#takeaway").inner_text()
    read(opened, "遵义市政协提案委员会")
    assert "1 fact of" in opened.page.locator("#takeaway").inner_text()


def test_the_language_stays_when_walking(figured: Open) -> None:
    figured.page.get_by_role("button", name="English").click()
    read(figured, ACTION)
    figured.page.go_back()
    figured.settle()
    assert figured.page.locator("html").get_attribute("lang") == "en"
    assert "Letters read" in figured.panel()


def test_the_title_is_in_the_page_s_language_unless_one_was_given(show: Opener, letters_store: Store) -> None:
    opened = show(letters_store, locale="en-US")
    assert opened.page.title() == opened.page.locator("h1").inner_text() == "Knowledge Graph of Policy Replies"
    opened.page.locator("#language").click()
    assert opened.page.title() == opened.page.locator("h1").inner_text() == TITLE
    opened = show(letters_store, title="温州的答复", locale="en-US")
    assert opened.page.title() == opened.page.locator("h1").inner_text() == "温州的答复"
