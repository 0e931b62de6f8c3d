"""Finding things by name, alias and pinyin initials, with the keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg import vocabulary
from tests.browser.stores import kg, letter_of_things

if TYPE_CHECKING:
    from tests.browser.conftest import Open, Opener

BUREAU = "成都市农业农村局"


def hits(opened: Open, query: str) -> list[str]:
    """The names that the search box offers for a query."""
    opened.page.locator("#search").fill(query)
    return [hit.split("\n")[0] for hit in opened.page.locator("#hits [data-id] .name").all_inner_texts()]


def test_search_by_part_of_an_alias_with_the_keyboard(opened: Open) -> None:
    opened.page.keyboard.press("/")
    opened.page.keyboard.type("市农业")
    opened.page.keyboard.press("ArrowDown")
    opened.page.keyboard.press("ArrowUp")
    assert BUREAU in opened.page.locator("#hits [aria-selected=true]").inner_text()
    opened.page.keyboard.press("Enter")
    assert opened.page.locator("#panel h2").inner_text() == BUREAU
    assert not opened.page.locator("#hits").is_visible()


def test_search_says_when_there_is_nothing(opened: Open) -> None:
    opened.page.locator("#search").fill("量子")
    assert opened.page.locator("#hits").inner_text() == "没有找到"
    opened.page.keyboard.press("Enter")
    opened.page.keyboard.press("Escape")
    assert not opened.page.locator("#hits").is_visible()
    assert opened.page.evaluate("() => document.activeElement === document.body")


def test_search_shows_kind_and_number_of_facts(opened: Open) -> None:
    opened.page.locator("#search").fill("家庭农场")
    assert opened.page.locator("#hits li").first.inner_text().endswith("对象类别 · 1 条事实")


@pytest.mark.parametrize(
    ("query", "name", "marked"),
    [
        ("cdsnyncj", BUREAU, BUREAU),
        ("nync", BUREAU, "农业农村"),
        ("成都市ny", BUREAU, "成都市农业"),
        ("CZJ", "成都市财政局", "财政局"),
        ("市农业农村局", BUREAU, "市农业农村局"),
        ("“沃野 千", "“沃野千里”行动", "沃野千"),
        ("蓉农函[2023]", "蓉农函〔2023〕41号", "蓉农函〔2023〕"),
        ("dskzyd", "第三届种业大会", None),
        ("dsjzyd", "第三届种业大会", "第三届种业大"),
    ],
)
def test_names_are_found_by_parts_and_initials(opened: Open, query: str, name: str, marked: str | None) -> None:
    found = hits(opened, query)
    assert (name in found) is (marked is not None)
    if marked:
        row = opened.page.locator("#hits [data-id]", has_text=name).first
        assert row.locator("mark").first.inner_text() == marked


def test_characters_with_two_readings_are_found_by_both(show: Opener) -> None:
    opened = show(letter_of_things(["重庆银行", "长沙银行"]))
    assert hits(opened, "cqyh") == hits(opened, "zqyh") == ["重庆银行"]
    assert hits(opened, "csyh") == hits(opened, "zsyx") == ["长沙银行"]


def test_the_best_hits_come_first_and_the_rest_is_counted(show: Opener) -> None:
    opened = show(
        letter_of_things(["大型科技企业", "科技企业孵化器", "科技企业", *(f"第{n}类企业" for n in range(60))])
    )
    assert hits(opened, "科技企业") == ["科技企业", "科技企业孵化器", "大型科技企业"]
    assert len(hits(opened, "企业")) == 40
    assert "另有 23 个结果" in opened.page.locator("#hits li").last.inner_text()


def test_arrows_choose_and_enter_goes_there(show: Opener) -> None:
    """Also to what is not in the picture: it is put in, joined to what it has facts with."""
    opened = show(letter_of_things([f"第{number}类" for number in range(140)]))
    name = next(f"第{number}类" for number in range(139, -1, -1) if f"第{number}类" not in opened.shown())
    opened.page.keyboard.press("/")
    opened.page.keyboard.type(name)
    opened.page.keyboard.press("Enter")
    assert opened.page.locator("#panel h2").inner_text() == name
    assert name in opened.shown()
    ends = opened.page.evaluate("(id) => kgPage.network.getConnectedNodes(id)", opened.row(name))
    assert ends == [opened.row("总计划")]
    opened.page.keyboard.press("/")
    opened.page.keyboard.type("类")
    second = opened.page.locator("#hits [data-id] .name").nth(1).inner_text()
    opened.page.keyboard.press("ArrowDown")
    opened.page.keyboard.press("Enter")
    assert opened.page.locator("#panel h2").inner_text() == second


def test_a_slash_in_a_field_is_a_slash(opened: Open) -> None:
    opened.page.keyboard.press("/")
    opened.page.keyboard.type("a/b")
    assert opened.page.locator("#search").input_value() == "a/b"


def test_a_hit_that_filters_hide_is_offered_never_forced(opened: Open) -> None:
    opened.page.locator("[data-kind=Group]").click()
    assert hits(opened, "家庭农场") == ["家庭农场"]
    assert "已筛除" in opened.page.locator("#hits li").first.inner_text()
    opened.page.keyboard.press("Enter")
    assert "家庭农场" not in opened.shown()
    assert "“家庭农场”被筛选条件（类别）隐藏" in opened.page.locator("#notice").inner_text()
    opened.page.keyboard.press("Enter")  # the focus is on the offer
    assert "家庭农场" in opened.shown()
    assert opened.page.locator("#panel h2").inner_text() == "家庭农场"
    assert opened.page.locator("[data-kind=Group]").get_attribute("aria-pressed") == "true"


def test_things_of_one_name_are_told_apart(show: Opener) -> None:
    """By the place that the end of their IRIs names, or the document that names them; also in the heading and in links."""
    store = letter_of_things(["甲类"])
    for iri in ("programme/引路计划_临江市", "programme/引路计划_松原市", "group/引路计划"):
        thing = NamedNode(vocabulary.BASE + iri)
        store.add(Quad(thing, NamedNode(vocabulary.TYPE), kg(iri.split("/")[0].capitalize()), DefaultGraph()))
        store.add(Quad(thing, NamedNode(vocabulary.PREF_LABEL), Literal("引路计划", language="zh"), DefaultGraph()))
    passage = next(iter(store.quads_for_pattern(None, kg("text"), None, DefaultGraph()))).subject
    store.add(Quad(passage, kg("mentions"), NamedNode(f"{vocabulary.BASE}group/引路计划"), DefaultGraph()))
    opened = show(store)
    opened.page.locator("#search").fill("引路")
    assert sorted(opened.page.locator("#hits .apart").all_inner_texts()) == ["1号", "临江市", "松原市"]
    opened.page.locator("#hits li", has_text="松原市").click()
    assert opened.page.locator("#panel h2").inner_text() == "引路计划松原市"
    opened.page.locator("#search").fill("甲类")
    assert opened.page.locator("#hits .apart").count() == 0


def test_several_words_find_names_that_hold_all_of_them(show: Opener) -> None:
    opened = show(letter_of_things(["山区共富示范县", "示范企业", "共富工坊"]))
    assert hits(opened, "示范 共富") == ["山区共富示范县"]
    assert hits(opened, "共富 示范") == ["山区共富示范县"]
    assert hits(opened, "共富示范县") == ["山区共富示范县"]


@pytest.mark.parametrize("width", [390, 820, 1440])
def test_the_hits_stay_on_the_screen(show: Opener, width: int) -> None:
    opened = show(letter_of_things(["山区共富示范县"]), viewport={"width": width, "height": 844})
    opened.page.locator("#search").fill("示范")
    box = opened.page.locator("#hits").bounding_box()
    assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= width
