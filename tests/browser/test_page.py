"""The page as a person uses it, in a Chromium without a network (conftest.py fails a test for any request or error)."""

from __future__ import annotations

import os
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from kg import vocabulary
from kg.pipeline import build
from tests.browser.picture import small_png

if TYPE_CHECKING:
    from tests.browser.conftest import Open, Opener

PICTURE = Path(__file__).parent / "page.png"
PROGRAMME = "“沃野千里”行动"
BUREAU = "成都市农业农村局"
FIRST = "蓉农函〔2023〕41号"
HOSTILE = [
    "</script><script>window.harmed = 1</script>",
    "<img src=x onerror='window.harmed = 1'>",
    "<a href='javascript:window.harmed = 1'>政策</a>",
    "<!-- <script>",
    "$title ${data} {{ 7*7 }}",
    "一\u2028二\u2029三 &lt;b&gt; & \"'",
]


def kg(name: str) -> NamedNode:
    return NamedNode(vocabulary.KG + name)


def letter_of_things(names: list[str]) -> Store:
    """A letter with one programme that supports everything of the given names, each in a sentence of its own."""
    store = Store()
    letter, programme = NamedNode(f"{vocabulary.BASE}letter/1号"), NamedNode(f"{vocabulary.BASE}programme/总")

    def add(subject: NamedNode, predicate: str | NamedNode, value: NamedNode | Literal, graph: NamedNode) -> None:
        for where in (graph, DefaultGraph()):
            store.add(Quad(subject, kg(predicate) if isinstance(predicate, str) else predicate, value, where))

    def name(thing: NamedNode, kind: str, label: str) -> None:
        add(thing, NamedNode(vocabulary.TYPE), kg(kind), letter)
        add(thing, NamedNode(vocabulary.PREF_LABEL), Literal(label, language="zh"), letter)

    name(letter, "Letter", "1号")
    name(programme, "Programme", "总计划")
    for number, label in enumerate(names):
        thing, passage = (
            NamedNode(f"{vocabulary.BASE}group/{number}"),
            NamedNode(f"{letter.value}#char={number * 10},{number * 10 + 9}"),
        )
        name(thing, "Group", label)
        for key, value in (
            ("text", Literal(f"总计划支持{label}。", language="zh")),
            ("start", Literal(number * 10)),
            ("section", Literal("plan")),
        ):
            add(passage, key, value, letter)
        add(passage, "inDocument", letter, letter)
        add(passage, "mentions", thing, passage)
        add(passage, "mentions", programme, passage)
        add(programme, "supports", thing, passage)
    return store


# --- Opening


def test_counts_and_legend(opened: Open) -> None:
    counts = opened.page.locator("#counts").inner_text()
    assert counts.startswith("2 封信 · 10 个实体 · 13 条事实 · 3 个数字；图中显示 10 个实体")
    chips = opened.page.locator("#legend button")
    assert chips.count() == 8
    assert [chip for chip in chips.all_inner_texts() if chip.endswith("2")] != []


def test_the_letters_are_listed(opened: Open) -> None:
    assert FIRST in opened.panel()
    assert "关于市政协十六届一次会议第312号提案的答复函" in opened.panel()


def test_nothing_moves_until_it_is_asked_for(opened: Open) -> None:
    positions = "() => JSON.stringify(kgPage.network.getPositions())"
    before = opened.page.evaluate(positions)
    opened.page.wait_for_timeout(400)
    assert opened.page.evaluate(positions) == before
    opened.page.get_by_role("button", name="动态布局").click()
    opened.page.wait_for_timeout(400)
    assert opened.page.evaluate(positions) != before
    assert opened.page.get_by_role("button", name="动态布局").get_attribute("aria-pressed") == "true"


def boxes(opened: Open) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = opened.page.evaluate("() => kgPage.labels()")
    return found


def overlapping(found: list[dict[str, Any]]) -> list[tuple[list[str], list[str]]]:
    return [
        (one["lines"], other["lines"])
        for one, other in combinations(found, 2)
        if abs(one["x"] + one["width"] / 2 - other["x"] - other["width"] / 2) < (one["width"] + other["width"]) / 2
        and abs(one["y"] + one["height"] / 2 - other["y"] - other["height"] / 2) < (one["height"] + other["height"]) / 2
    ]


def test_names_are_drawn_and_none_over_another(opened: Open) -> None:
    assert len(boxes(opened)) == 10
    assert overlapping(boxes(opened)) == []


def test_a_crowded_page_leaves_some_names_out(show: Opener) -> None:
    opened = show(letter_of_things([f"第{number}类新型农业经营主体" for number in range(140)]))
    assert 60 <= len(boxes(opened)) <= len(opened.shown()) <= 150
    assert overlapping(boxes(opened)) == []


@pytest.fixture(scope="module")
def built(letters: tuple[Path, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the letters that travel with the program, as a build writes it."""
    out = tmp_path_factory.mktemp("out")
    build(letters, out)
    return out / "graph.html"


def test_the_page_of_the_five_letters(show_file: Opener, built: Path) -> None:
    """A readable picture at 1440 x 900: hardly a name is left out, none lies over another, each is all in the drawing."""
    opened = show_file(built)
    found = boxes(opened)
    assert 60 <= len(opened.shown()) <= 150
    assert len(found) >= 0.9 * len(opened.shown())
    assert overlapping(found) == []
    drawing = opened.page.locator("#graph").bounding_box()
    assert drawing is not None
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= drawing["width"] for box in found)
    assert opened.page.locator("#panel .letters li").count() == 5


def test_the_readme_picture(show_file: Opener, built: Path, tmp_path: Path) -> None:
    """The page with the details of the thing of most figures; KG_PICTURE=1 renews the picture that README.md shows."""
    opened = show_file(built)
    opened.page.evaluate(
        "() => { const data = JSON.parse(document.getElementById('data').textContent); const about = data.figures.columns.indexOf('about');"
        " const count = (id) => data.figures.rows.filter((row) => row[about] === id).length;"
        " const id = kgPage.shownIds().reduce((best, other) => (count(other) > count(best) ? other : best));"
        " kgPage.goTo(id); document.getElementById('fit').click(); }"
    )
    opened.settle()
    picture = PICTURE if os.environ.get("KG_PICTURE") else tmp_path / PICTURE.name
    picture.write_bytes(small_png(opened.page))
    assert picture.stat().st_size < 300_000
    assert opened.page.locator("#panel tbody tr").count() > 1


# --- Reading


def test_click_on_a_node(opened: Open) -> None:
    opened.click(PROGRAMME)
    panel = opened.panel()
    assert opened.page.locator("#panel h2").inner_text() == PROGRAMME
    assert "又称：沃野千里" in panel
    assert "成都市财政局" in panel
    assert "锦田实验室" in panel
    assert "进行中" in panel and "计划中" in panel
    assert "下一步，继续推进“沃野千里”行动，对新建的家庭农场每家奖励最高20万元。" in panel


def test_names_are_marked_as_printed(opened: Open) -> None:
    opened.click(PROGRAMME)
    marks = opened.page.locator("#panel .said mark").all_inner_texts()
    assert "沃野 千里”行动" in marks, "white space inside and quotation marks do not matter"
    assert set(marks) <= {"沃野 千里”行动", "沃野千里”行动", "沃野千里"}


def test_a_sentence_shows_its_letter_section_and_what_it_is_read_with(opened: Open) -> None:
    opened.click(PROGRAMME)
    first = opened.page.locator("#panel .sentence").first
    text = first.inner_text()
    assert FIRST in text and "工作情况" in text and "一、工作情况" in text
    assert first.locator(".with").inner_text().endswith(FIRST)


def test_figures_are_a_table(opened: Open) -> None:
    opened.page.evaluate("(id) => kgPage.goTo(id)", opened.row("家庭农场"))
    rows = [row.split("\t") for row in opened.page.locator("#panel tbody tr").all_inner_texts()]
    assert [(row[1].split("\n")[0], row[2], row[3]) for row in rows] == [
        ("新培育家庭农场", "320家", "2022"),
        ("累计家庭农场", "≥ 1.2万家", "2023"),
        ("奖励", "≤ 20万元", "2023"),
    ]


def test_a_number_leads_to_its_sentence(opened: Open) -> None:
    opened.page.evaluate("(id) => kgPage.goTo(id)", opened.row("家庭农场"))
    opened.page.locator("#panel tbody tr .cite").last.click()
    pointed = opened.page.locator(".sentence.pointed")
    assert "每家奖励最高20万元" in pointed.inner_text()


def test_click_on_a_line(opened: Open) -> None:
    (x1, y1), (x2, y2) = opened.point(PROGRAMME), opened.point("家庭农场")
    for part in (0.5, 0.4, 0.6, 0.35, 0.65):  # another node may lie over the line
        opened.page.mouse.click(x1 + part * (x2 - x1), y1 + part * (y2 - y1))
        opened.settle()
        if opened.page.locator("#panel .line").count():
            break
    assert PROGRAMME in opened.page.locator("#panel .line h2").inner_text()
    assert opened.page.locator("#panel .line .sentence").count() == 2
    assert "家庭农场" in opened.page.locator("#panel .line mark").all_inner_texts()


def test_a_faint_line_says_where_the_thing_is_named(opened: Open) -> None:
    (x1, y1), (x2, y2) = opened.point("第三届种业大会"), opened.point("蓉农函〔2024〕18号")
    opened.page.mouse.click((x1 + x2) / 2, (y1 + y2) / 2)
    opened.settle()
    assert "信中提到" in opened.panel()
    assert opened.page.locator("#panel .sentence").count() == 1


def test_a_letter_shows_its_form_and_its_whole_text(opened: Open) -> None:
    opened.page.get_by_role("button", name=FIRST).first.click()
    assert "何思源" in opened.page.locator("#panel .facts").inner_text()
    opened.page.get_by_text("全文").click()
    assert opened.page.locator("#panel .whole .said").count() == 4


# --- Finding


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


def test_search_shows_kind_and_number_of_facts(opened: Open) -> None:
    opened.page.locator("#search").fill("家庭农场")
    assert opened.page.locator("#hits li").first.inner_text().endswith("1 条事实")


def test_what_is_filtered_out_comes_back_when_it_is_wanted(opened: Open) -> None:
    chip = opened.page.locator("[data-kind=Group]")
    chip.click()
    assert chip.get_attribute("aria-pressed") == "false"
    assert "家庭农场" not in opened.shown()
    opened.page.locator("#search").fill("家庭农场")
    opened.page.keyboard.press("Enter")
    assert "家庭农场" in opened.shown()
    assert "已重新显示" in opened.page.locator("#notice").inner_text()
    assert chip.get_attribute("aria-pressed") == "true"


# --- Walking


def test_a_double_click_shows_the_neighbours(show: Opener) -> None:
    opened = show(letter_of_things([f"第{number}类" for number in range(140)]))
    before = len(opened.shown())
    assert before < 142
    opened.page.mouse.dblclick(*opened.point("总计划"))
    opened.settle()
    assert before < len(opened.shown()) <= before + 30
    while opened.page.locator("#panel .expand").count():
        opened.page.locator("#panel .expand").click()
    assert len(opened.shown()) == 142
    assert "相连实体均已显示" in opened.panel()


def test_taking_away_and_bringing_back(opened: Open) -> None:
    opened.click(PROGRAMME)
    opened.page.get_by_role("button", name="从图中移去").click()
    assert PROGRAMME not in opened.shown()
    opened.page.evaluate("(id) => kgPage.goTo(id)", opened.row(PROGRAMME))
    assert PROGRAMME in opened.shown()
    assert opened.page.evaluate("(id) => kgPage.network.getConnectedEdges(id).length", opened.row(PROGRAMME)) == 4


# --- Two languages, light and dark, small


def test_english(opened: Open) -> None:
    opened.click(PROGRAMME)
    opened.page.get_by_role("button", name="English").click()
    assert opened.page.locator("html").get_attribute("lang") == "en"
    assert "2 letters · 10 entities" in opened.page.locator("#counts").inner_text()
    assert "ongoing" in opened.panel()
    assert opened.page.locator("#panel h2").inner_text() == PROGRAMME


def test_dark(show: Opener, letters_store: Store) -> None:
    light, dark = (show(letters_store, color_scheme=scheme) for scheme in ("light", "dark"))
    paper = "() => getComputedStyle(document.body).backgroundColor"
    assert light.page.evaluate(paper) == "rgb(255, 255, 255)"
    assert dark.page.evaluate(paper) == "rgb(20, 24, 30)"
    light.page.emulate_media(color_scheme="dark")
    light.settle()
    assert light.page.evaluate(paper) == "rgb(20, 24, 30)"


def test_a_tablet_shows_drawing_and_details(show: Opener, letters_store: Store) -> None:
    opened = show(letters_store, viewport={"width": 820, "height": 1180})
    for place in ("#graph", "#panel"):
        box = opened.page.locator(place).bounding_box()
        assert box is not None and box["width"] > 700 and box["height"] > 300
    assert opened.page.evaluate("() => document.documentElement.scrollWidth") <= 820


def test_what_has_a_role_has_a_name(opened: Open) -> None:
    unnamed = opened.page.evaluate(
        "() => [...document.querySelectorAll('[role], nav, aside, input, button')].filter((e) =>"
        " !e.textContent.trim() && !e.getAttribute('aria-label') && e.role !== 'status').map((e) => e.outerHTML)"
    )
    assert unnamed == []


# --- Hostile texts


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_show_as_what_they_are(show: Opener, name: str) -> None:
    opened = show(letter_of_things([name]), title=name)
    opened.page.evaluate("(id) => kgPage.goTo(id)", opened.row(name))
    assert opened.page.locator("#panel h2").text_content() == name
    assert opened.page.locator("#panel .said").first.text_content() == f"总计划支持{name}。"
    assert opened.page.locator("h1").text_content() == name
    opened.page.locator("#search").fill(name[:8])
    assert opened.page.locator("#hits .name").first.text_content() == name
    assert opened.page.evaluate("() => window.harmed") is None
    assert opened.page.locator("#panel img, #panel a, #hits img, #hits a, h1 *").count() == 0


def test_the_policy_stops_what_is_not_in_the_file(opened: Open) -> None:
    opened.page.evaluate(
        "() => document.body.append(Object.assign(document.createElement('img'), { src: 'https://example.org/a.png' }))"
    )
    opened.page.evaluate(
        "() => document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.harmed = 1' }))"
    )
    assert (
        opened.page.evaluate("() => fetch('https://example.org/').then(() => 'let through', () => 'stopped')")
        == "stopped"
    )
    assert opened.page.evaluate("() => window.harmed") is None
    assert [fault for fault in opened.faults if fault.startswith("left")] == []
    assert sum("policy" in fault for fault in opened.faults) >= 3
    opened.faults.clear()
