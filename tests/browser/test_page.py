"""The page as a person uses it, in a Chromium without a network (conftest.py fails a test for any request or error)."""

from __future__ import annotations

import os
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kg.view import Part
from kg.view import page as view_page
from tests.browser.conftest import store_of
from tests.browser.picture import small_png
from tests.browser.stores import FIGURES, letter_of_things

if TYPE_CHECKING:
    from pyoxigraph import Store

    from tests.browser.conftest import Open, Opener

PICTURE = Path(__file__).parent / "page.png"
HOSTILE = [
    "</script><script>window.harmed = 1</script>",
    "<img src=x onerror='window.harmed = 1'>",
    "<a href='javascript:window.harmed = 1'>政策</a>",
    "<!-- <script>",
    "$title ${data} {{ 7*7 }}",
    "一\u2028二\u2029三 &lt;b&gt; & \"'",
]


# --- Opening


def test_counts_and_legend(opened: Open) -> None:
    counts = opened.page.locator("#counts").inner_text()
    assert counts.startswith("2 封信 · 10 个实体 · 13 条事实 · 3 个数字；图中显示 10 个实体")
    chips = opened.page.locator("#legend button")
    assert chips.count() == 8
    assert [chip for chip in chips.all_inner_texts() if chip.endswith("2")] != []


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


# --- Hostile texts


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_show_as_what_they_are(show: Opener, name: str) -> None:
    opened = show(letter_of_things([name]), title=name)
    page = opened.page
    page.evaluate("(id) => kgPage.goTo(id)", opened.row(name))
    assert page.locator("#panel h2").text_content() == name
    assert page.locator("#panel .said").first.text_content() == f"总计划支持{name}。"
    assert page.locator("h1").text_content() == name
    page.evaluate("(id) => kgPage.goTo(id)", opened.row("1号"))
    assert (
        page.locator("#panel .letter-text .passage")
        .first.evaluate("(p) => p.textContent")
        .startswith(f"总计划支持{name}。")
    )
    page.locator("#take").click()
    page.locator("#search").fill(name[:8])
    assert page.locator("#hits .name").first.text_content() == name
    assert page.evaluate("() => window.harmed") is None
    assert page.locator("#panel img, #panel script, #hits img, #hits a, #takeaway img, h1 *").count() == 0
    addresses = page.locator("a").evaluate_all("(all) => all.map((a) => a.getAttribute('href'))")
    assert all(address.startswith("#on=") for address in addresses)


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


# --- What was read, and how much of it


def test_documents_are_counted_as_what_they_are(show: Opener) -> None:
    """Letters where all are letters; else each sort by its own name."""
    text = FIGURES.read_text(encoding="utf-8")
    mixed = show(store_of(text.replace("a kg:Letter, kg:Document", "a kg:Document", 1).encode()))
    assert mixed.page.locator("#counts").inner_text().startswith("2 封信 · 另 1 份文件 · ")
    other = show(store_of(text.replace("a kg:Letter, kg:Document", "a kg:Document").encode()))
    assert other.page.locator("#counts").inner_text().startswith("3 份文件 · ")
    assert "所读文件" in other.panel() and "信" not in other.panel()
    other.page.locator("#language").click()
    assert other.page.locator("#counts").inner_text().startswith("3 documents · ")
    assert "Documents read" in other.panel() and "Letter" not in other.panel()


def test_one_is_said_as_one(show: Opener) -> None:
    opened = show(letter_of_things(["甲"]), locale="en-US")
    lines = opened.page.locator("#counts span").all_inner_texts()
    assert lines == ["1 letter · 3 entities · 1 fact · 0 figures;", "shown: 3 entities, 2 lines"]
    opened.page.locator("#search").fill("甲")
    assert opened.page.locator("#hits li").inner_text().endswith("1 fact")


def test_letters_stand_by_year_and_number(show_file: Opener, built: Path) -> None:
    opened = show_file(built)
    numbers = [name.partition("〔")[2] for name in opened.page.locator("#panel .letters .link").all_inner_texts()]
    assert numbers == ["2023〕95号", "2023〕98号", "2023〕123号", "2024〕92号", "2024〕98号"]


def test_a_page_of_a_part_says_so(show_file: Opener, letters_store: Store, tmp_path: Path) -> None:
    file = tmp_path / "view.html"
    for part, said in (
        (Part(focus="group/家庭农场", steps=1), "家庭农场周围 1 步"),
        (
            Part(kinds=frozenset(["Platform"]), letters=frozenset(["letter/蓉农函〔2024〕18号"])),
            "平台 · 蓉农函〔2024〕18号",
        ),
    ):
        file.write_text(view_page(letters_store, part=part), encoding="utf-8", newline="\n")
        opened = show_file(file)
        assert f"本页只含图谱的一部分：{said}；" in opened.page.locator("#counts").inner_text()
        assert opened.page.title() == f"政策答复知识图谱：{said}"
        opened.page.locator("#language").click()
        assert "Only a part of the graph" in opened.page.locator("#counts").inner_text()


def test_open_quotations_stay_open_in_the_other_language(opened: Open) -> None:
    opened.click("“沃野千里”行动")
    opened.page.locator("#panel .facts .cite").nth(1).click()
    said = opened.page.locator("#panel .facts .quote .said").inner_text()
    opened.page.locator("#language").click()
    assert opened.page.locator("#panel .facts .quote .said").inner_text() == said
    assert opened.page.locator("#panel .cite[aria-expanded=true]").count() == 1
