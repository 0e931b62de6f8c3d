"""What is in view: names whole and apart, nothing that jumps, names of lines and long names on demand."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest

from kg import vocabulary
from kg.view import Part
from kg.view import page as view_page
from tests.browser.stores import figures_store, letter_of_things
from tests.browser.test_walking import call, no_name_over_another, places

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import Open, Opener

LETTER = "温科提复〔2023〕95号"
VIEW = "() => [kgPage.network.getScale(), kgPage.network.getViewPosition()]"
INSIDE = (
    "() => { const { width, height } = document.querySelector('#graph').getBoundingClientRect();"
    " return Object.values(kgPage.network.getPositions()).map((p) => kgPage.network.canvasToDOM(p))"
    ".every(({ x, y }) => x > 0 && y > 0 && x < width && y < height); }"
)


def names(opened: Open) -> dict[int, dict[str, Any]]:
    """The names that are drawn, by thing."""
    return {label["id"]: label for label in opened.page.evaluate("() => kgPage.labels()")}


def all_in_the_drawing(opened: Open) -> bool:
    box = opened.page.locator("#graph").bounding_box()
    assert box is not None
    return all(
        label["x"] >= 0
        and label["y"] >= 0
        and label["x"] + label["width"] <= box["width"] + 1
        and label["y"] + label["height"] <= box["height"] + 1
        for label in names(opened).values()
    )


def box_of(opened: Open, selector: str) -> dict[str, float]:
    found = opened.page.locator(selector).bounding_box()
    assert found is not None
    return dict(found)


# --- The whole picture


@pytest.mark.parametrize("size", [(1440, 900), (820, 1180), (1920, 1080)])
def test_the_page_opens_with_all_of_the_picture_and_no_name_cut_off(
    show_file: Opener, built: Path, size: tuple[int, int]
) -> None:
    opened = show_file(built, viewport={"width": size[0], "height": size[1]})
    first = opened.page.evaluate(VIEW)
    assert all_in_the_drawing(opened)
    assert no_name_over_another(opened)
    letters = opened.page.evaluate("() => JSON.parse(document.getElementById('data').textContent).documents")
    if size[0] >= 1440:
        assert len(names(opened)) >= 0.95 * len(opened.shown()), "hardly a name is left out"
    assert len(set(letters) & set(names(opened))) >= 2, "on a tablet some letters have their names"
    assert opened.row("温州市科学技术局") in names(opened), "so has what has most neighbours"
    opened.page.locator("#fit").click()
    opened.settle()
    assert opened.page.evaluate(VIEW)[0] == pytest.approx(first[0], rel=1e-6), "nothing is left to fit"


def test_the_filters_cover_no_name_and_leave_the_picture_alone(show_file: Opener, built: Path) -> None:
    opened = show_file(built)
    before, drawn = opened.page.evaluate(VIEW), names(opened)
    opened.page.locator("#filter").click()
    opened.settle()
    assert opened.page.evaluate(VIEW) == before and names(opened) == drawn
    drawing, filters, panel = (box_of(opened, selector) for selector in ("#graph", "#filters", "#panel"))
    assert filters["x"] >= drawing["x"] + drawing["width"]
    assert filters["y"] + filters["height"] <= panel["y"] + 1 and panel["height"] > 250, "the details stay in sight"
    opened.page.locator('#filters [data-key="kind:Programme"]').check()
    opened.page.locator("#chips .matches").click()
    opened.settle()
    assert all_in_the_drawing(opened) and len(names(opened)) >= 0.97 * len(opened.shown())


def test_nothing_under_the_pointer_jumps_away(show_file: Opener, built: Path) -> None:
    """What was done to the picture is told beside the drawing, not above the details."""
    opened = show_file(built)
    call(opened, "goTo", LETTER)
    before = box_of(opened, "#panel .pathTo")
    opened.page.locator("#panel .expand").click()
    opened.settle()
    assert opened.page.locator("#chips").is_visible()
    assert box_of(opened, "#panel")["y"] == box_of(opened, ".drawing")["y"]
    assert box_of(opened, "#panel .pathTo")["y"] == before["y"]


def test_new_neighbours_come_into_view_with_their_names(show_file: Opener, built: Path) -> None:
    opened = show_file(built)
    scale = opened.page.evaluate(VIEW)[0]
    known = set(opened.page.evaluate("() => kgPage.shownIds()"))
    call(opened, "expand", LETTER)
    added = set(opened.page.evaluate("() => kgPage.shownIds()")) - known
    assert len(added) > 15
    assert len(added - set(names(opened))) <= 1, "hardly a new one is without its name"
    assert all_in_the_drawing(opened) and no_name_over_another(opened)
    assert opened.page.evaluate(VIEW)[0] >= 0.9 * scale, "names need the scale to have room"


def test_the_view_stays_when_the_window_changes(show_file: Opener, built: Path) -> None:
    opened = show_file(built)
    opened.page.locator("#graph").focus()
    for _ in range(3):
        opened.page.keyboard.press("+")
    scale = opened.page.evaluate(VIEW)[0]
    opened.page.set_viewport_size({"width": 1200, "height": 700})
    opened.page.wait_for_function("() => document.querySelector('#graph canvas').clientHeight < 700")
    opened.settle()
    assert opened.page.evaluate(VIEW)[0] == pytest.approx(scale)
    opened.page.keyboard.press("0")
    opened.page.set_viewport_size({"width": 1000, "height": 700})
    opened.page.wait_for_function("() => document.querySelector('#graph canvas').clientWidth < 700")
    opened.settle()
    assert all_in_the_drawing(opened)
    assert opened.page.evaluate(INSIDE), "the whole picture is still whole"


def test_names_without_room_are_counted(show: Opener) -> None:
    opened = show(letter_of_things([f"第{number}类新型农业经营主体" for number in range(140)]))
    for _ in range(2):
        call(opened, "expand", "总计划")
    opened.page.locator("#fit").click()
    opened.settle()
    left_out = len(opened.shown()) - len(names(opened))
    assert left_out > 0
    assert f"另有 {left_out} 个名称放不下" in opened.page.locator("#leftout").inner_text()
    note = box_of(opened, "#leftout")
    drawing = box_of(opened, "#graph")
    assert not [
        label
        for label in names(opened).values()
        if label["x"] + label["width"] > note["x"] - drawing["x"]
        and label["y"] + label["height"] > note["y"] - drawing["y"]
    ]


def test_filters_move_nothing(show_file: Opener, built: Path) -> None:
    """What passes stands where it stood; what comes back is in view."""
    opened = show_file(built, locale="en-US")
    opened.page.locator("#filter").click()
    opened.page.locator('#filters [data-key="kind:Programme"]').check()
    opened.settle()
    view = opened.page.evaluate(VIEW)
    for kind in ("Policy", "Agency"):
        opened.page.locator(f'#filters [data-key="kind:{kind}"]').check()
        opened.settle()
        assert opened.page.evaluate(VIEW) == view and opened.page.evaluate(INSIDE)
    opened.page.locator("#fit").click()
    opened.page.locator("#chips .reset").click()
    opened.settle()
    assert opened.page.evaluate(INSIDE)


def test_moving_nodes_stay_in_view(show_file: Opener, built: Path) -> None:
    opened = show_file(built)
    scale = opened.page.evaluate(VIEW)[0]
    opened.page.locator("#physics").click()
    opened.page.wait_for_function(f"() => kgPage.network.getScale() < {0.9 * scale}")
    opened.page.locator("#physics").click()
    opened.page.locator("#fit").click()
    assert opened.page.evaluate(INSIDE)
    scale = opened.page.evaluate(VIEW)[0]
    opened.page.wait_for_timeout(400)
    assert opened.page.evaluate(VIEW)[0] == scale, "still again"


# --- Names on demand


def written(opened: Open) -> list[str]:
    """All texts that the next drawing writes on the canvas."""
    found: list[str] = opened.page.evaluate(
        """() => new Promise((done) => { const own = CanvasRenderingContext2D.prototype.fillText; const texts = [];
        CanvasRenderingContext2D.prototype.fillText = function (text, ...at) { texts.push(text); return own.call(this, text, ...at); };
        kgPage.network.redraw();
        requestAnimationFrame(() => requestAnimationFrame(() => { CanvasRenderingContext2D.prototype.fillText = own; done(texts); })); })"""
    )
    return found


def test_a_long_name_is_whole_when_it_is_looked_at(show: Opener) -> None:
    long = "关于进一步支持中小企业专精特新发展与数字化改造的行动方案（2023—2025年）"
    opened = show(letter_of_things([long, "乙类"]))
    assert any(text.endswith("…") for text in written(opened))
    opened.page.mouse.move(*opened.point(long), steps=4)
    opened.page.wait_for_function(f"() => kgPage.labels().some((label) => label.lines.join('') === '{long}')")
    assert no_name_over_another(opened) and all_in_the_drawing(opened)
    assert opened.page.locator(".vis-tooltip").count() == 0, "vis-network would show a title as HTML"
    opened.page.mouse.move(5, 5)
    opened.page.wait_for_function(f"() => !kgPage.labels().some((label) => label.lines.join('') === '{long}')")
    call(opened, "select", long)
    assert "".join(names(opened)[opened.row(long)]["lines"]) == long


def middle(opened: Open, one: str, other: str) -> tuple[float, float]:
    (ax, ay), (bx, by) = opened.point(one), opened.point(other)
    return (ax + bx) / 2, (ay + by) / 2


def test_a_line_tells_its_name_when_it_is_looked_at(show: Opener) -> None:
    opened = show(letter_of_things(["甲类", "乙类"]))
    assert "支持" not in written(opened)
    opened.page.mouse.move(*middle(opened, "总计划", "甲类"), steps=4)
    opened.settle()
    assert written(opened).count("支持") == 1
    opened.page.mouse.click(*middle(opened, "总计划", "甲类"))
    opened.page.mouse.move(5, 5)
    opened.settle()
    assert opened.page.locator("#panel .line").count() == 1
    assert written(opened).count("支持") == 1, "the chosen line keeps its name"
    opened.page.locator("#names").click()
    assert written(opened).count("支持") == 2
    opened.page.locator("#names").click()
    assert written(opened).count("支持") == 1


# --- How relations are called


def test_frames_stand_around_what_is_in_them(show: Opener) -> None:
    opened = show(figures_store())
    call(opened, "goTo", "遵林函〔2022〕7号")
    rows = opened.page.locator("#panel .form .group")
    said = {row.locator("dt").inner_text(): row.locator("dd").first.text_content() for row in rows.all()}
    assert re.sub(r"\d", "", said["提出"] or "") == "由杜若兰提出"
    assert re.sub(r"\d", "", said["发布"] or "") == "由遵义市林业局发布"
    assert "……" not in opened.panel()
    ends = sorted((opened.row("遵林函〔2022〕7号"), opened.row("遵义市林业局")))
    opened.page.evaluate("(key) => kgPage.selectLine(key)", "-".join(map(str, ends)))
    assert re.sub(r"\s", "", opened.page.locator("#panel h2").inner_text()) == "遵林函〔2022〕7号由遵义市林业局发布"
    opened.page.locator("#filter").click()
    relations = opened.page.locator("#filters .relation .name").all_inner_texts()
    assert "发布" in relations and not [name for name in relations if "……" in name]
    opened.page.locator("#language").click()
    assert "issued by" in opened.page.locator("#panel h2").inner_text()


# --- A page of a part


def test_a_page_made_for_a_thing_opens_with_its_details(show_file: Opener, tmp_path: Path) -> None:
    store = figures_store()
    store_page = view_page(store, part=Part(focus="agency/遵义市林业局", steps=1))
    file = tmp_path / "view.html"
    file.write_text(store_page, encoding="utf-8", newline="\n")
    opened = show_file(file)
    title = "() => document.querySelector('#panel h2').innerText"
    assert opened.page.evaluate(title) == "遵义市林业局"
    assert opened.page.locator("#panel .place time").first.inner_text() == "2022年6月30日", "letters keep their dates"
    address = opened.page.evaluate("() => location.href")
    assert "#" not in address
    opened.page.locator("#panel .tab.overview").click()
    opened.page.reload()
    opened.settle()
    assert opened.page.locator("#panel ul.letters").is_visible(), "nothing chosen is a state of its own"
    opened.page.goto("about:blank")
    opened.page.goto(address)
    opened.settle()
    assert opened.page.evaluate(title) == "遵义市林业局"


def test_base_of_links(show: Opener) -> None:
    """A link names things by their IRIs less the base, and stays short."""
    opened = show(figures_store())
    call(opened, "goTo", "遵义市林业局")
    assert vocabulary.BASE not in opened.page.evaluate("() => decodeURIComponent(location.hash)")


# --- The browser's history


def test_forward_after_the_page_was_loaded_again(opened: Open) -> None:
    back, forward = opened.page.locator("#back"), opened.page.locator("#forward")
    for name in ("家庭农场", "何思源", "成都市财政局"):
        call(opened, "select", name)
    back.click()
    opened.page.wait_for_function("() => decodeURIComponent(location.hash).includes('何思源')")
    before = places(opened)
    opened.page.reload()
    opened.settle()
    assert not back.is_disabled() and not forward.is_disabled()
    forward.click()
    opened.page.wait_for_function("() => decodeURIComponent(location.hash).includes('财政局')")
    assert opened.page.locator("#panel h2").inner_text() == "成都市财政局"
    assert forward.is_disabled() and places(opened) == before
    for _ in range(3):
        assert not back.is_disabled()
        address = opened.page.evaluate("() => location.href")
        back.click()
        opened.page.wait_for_function("(address) => location.href !== address", arg=address)
    assert back.is_disabled() and not forward.is_disabled()


def test_boxes_of_the_page_do_not_overlap_with_everything_open(show_file: Opener, built: Path) -> None:
    for width in (1440, 1024, 820):
        opened = show_file(built, viewport={"width": width, "height": 900}, locale="en-US")
        call(opened, "goTo", LETTER)
        opened.page.locator("#filter").click()
        opened.page.locator("#take").click()
        opened.page.locator('#filters [data-key="year:2023"]').check()
        opened.settle()
        found = [
            box_of(opened, part)
            for part in ("body > header", "#legend", "#takeaway", "#chips", "#graph", "#filters", "#panel")
        ]
        for one, other in combinations(found, 2):
            assert (
                one["x"] + one["width"] <= other["x"] + 1
                or other["x"] + other["width"] <= one["x"] + 1
                or one["y"] + one["height"] <= other["y"] + 1
                or other["y"] + other["height"] <= one["y"] + 1
            )
        assert opened.page.evaluate("() => document.documentElement.scrollWidth") <= width
