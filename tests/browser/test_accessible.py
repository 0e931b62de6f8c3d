"""For all readers: screen readers, keyboard alone, contrast, zoom, a tablet's width, dark mode."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.stores import figures_store, letter_of_things
from tests.browser.test_reading import ACTION, figured, read

if TYPE_CHECKING:
    from pyoxigraph import Store

    from tests.browser.conftest import Open, Opener

__all__ = ["figured"]
LETTER = "遵林函〔2022〕7号"


# --- axe-core


def violations(opened: Open) -> list[str]:
    """What axe-core finds against WCAG 2.2 A and AA and its own good practice, the least included."""
    if not opened.page.evaluate("() => 'axe' in window"):
        axe = files("axe_playwright_python").joinpath("axe.min.js")
        opened.page.evaluate(axe.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = opened.page.evaluate(
        "async () => (await axe.run(document, { resultTypes: ['violations'] })).violations"
    )
    return [
        f"{rule['impact']} {rule['id']}: {node['html'][:140]} {json.dumps(node['any'][:1], ensure_ascii=False)[:300]}"
        for rule in found
        for node in rule["nodes"]
    ]


def show_page(opened: Open, page: str) -> None:
    """Goes to a page of the panel, as a reader would, with all that can be opened there open."""
    if page == "timeline":
        opened.page.locator("#panel .tab.timeline").click()
    if page in ("thing", "letter"):
        read(opened, {"thing": ACTION, "letter": LETTER}[page])
    if page == "line":
        ends = sorted((opened.row(ACTION), opened.row("林下经济合作社")))
        opened.page.evaluate("(key) => kgPage.selectLine(key)", "-".join(map(str, ends)))
    if page == "tools":
        for tool in ("#take", "#filter"):
            opened.page.locator(tool).click()
        opened.page.locator("#search").fill("林")
    for cite in opened.page.locator("#panel .cite").all()[:3]:
        cite.click()
    opened.settle()


@pytest.mark.parametrize("page", ["overview", "thing", "letter", "line", "timeline", "tools"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(show: Opener, page: str, scheme: str) -> None:
    opened = show(figures_store(), color_scheme=scheme, bypass_csp=True)
    show_page(opened, page)
    assert violations(opened) == []


def test_axe_finds_nothing_with_filters(show: Opener) -> None:
    opened = show(figures_store(), bypass_csp=True, locale="en-US")
    opened.page.evaluate("() => { location.hash = '#year=2022'; }")
    opened.page.locator("#chips button").first.wait_for()
    read(opened, ACTION)
    assert violations(opened) == []


def test_axe_finds_nothing_on_the_page_of_the_five_letters(show_file: Opener, built: Path) -> None:
    opened = show_file(built, bypass_csp=True)
    assert violations(opened) == []


def test_axe_would_find_something(opened_unbound: Open) -> None:
    """The test above can fail: grey on grey is found."""
    opened_unbound.page.evaluate("() => document.documentElement.style.setProperty('--soft', '#aaaaaa')")
    assert any("color-contrast" in found for found in violations(opened_unbound))


@pytest.fixture
def opened_unbound(show: Opener, letters_store: Store) -> Open:
    """A page whose policy does not hinder a test's program."""
    return show(letters_store, bypass_csp=True)


def test_what_has_a_role_has_a_name(opened: Open) -> None:
    unnamed = opened.page.evaluate(
        "() => [...document.querySelectorAll('[role], nav, aside, input, button')].filter((e) =>"
        " !e.textContent.trim() && !e.getAttribute('aria-label') && e.role !== 'status').map((e) => e.outerHTML)"
    )
    assert unnamed == []


# --- Keyboard


def focused(opened: Open) -> str:
    text: str = opened.page.evaluate("() => document.activeElement.textContent || document.activeElement.id")
    return text


def press_until(opened: Open, key: str, wanted: str, most: int = 80) -> None:
    """Presses a key until what has the focus begins with a text."""
    for _ in range(most):
        if focused(opened).startswith(wanted):
            return
        opened.page.keyboard.press(key)
    pytest.fail(f"{wanted} is not reached by {key}")


def test_the_first_stop_leads_to_the_details(figured: Open) -> None:
    figured.page.keyboard.press("Tab")
    assert focused(figured) == "跳到详情"
    assert figured.page.locator(".skip").is_visible()
    figured.page.keyboard.press("Enter")
    assert figured.page.evaluate("() => document.querySelector('#panel').contains(document.activeElement)")


def test_walking_by_keyboard_alone(figured: Open) -> None:
    """From the list of letters to a programme, its sentence, and on to a neighbour."""
    page = figured.page
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    press_until(figured, "Tab", LETTER)
    page.keyboard.press("Enter")
    assert page.locator("#panel h2").inner_text() == LETTER
    assert focused(figured) == LETTER, "the focus goes to the new heading"
    press_until(figured, "Tab", "“青山换金山”行动")
    page.keyboard.press("Enter")
    assert page.locator("#panel h2").inner_text() == ACTION
    press_until(figured, "Tab", "1")
    press_until(figured, "Tab", "遵义市林业局")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator("#panel .quote .said").count() == 1
    press_until(figured, "Shift+Tab", "遵义市林业局")
    page.keyboard.press("Enter")
    assert page.locator("#panel h2").inner_text() == "遵义市林业局"


def test_a_number_keeps_the_focus(figured: Open) -> None:
    read(figured, ACTION)
    cite = figured.page.locator("#panel .facts .cite").first
    cite.focus()
    figured.page.keyboard.press("Enter")
    assert cite.get_attribute("aria-expanded") == "true"
    assert figured.page.evaluate("() => document.activeElement.matches('.cite[aria-expanded=true]')")


@pytest.mark.parametrize(("locale", "name"), [("zh-CN", "查看连线："), ("en-US", "Show the line: ")])
def test_a_line_is_reached_by_keyboard(show: Opener, locale: str, name: str) -> None:
    """From a fact of a thing to the line that says it, with its evidence; in the drawing it is chosen."""
    opened = show(figures_store(), locale=locale)
    read(opened, ACTION)
    row = opened.page.locator("#panel .facts dd", has_text="林下经济合作社")
    line = row.get_by_role("button", name=name)
    assert "林下经济合作社" in (line.get_attribute("aria-label") or "")
    row.locator(".link").focus()
    for _ in range(9):
        if line.evaluate("(line) => line === document.activeElement"):
            break
        opened.page.keyboard.press("Tab")
    opened.page.keyboard.press("Enter")
    opened.settle()
    assert opened.page.locator("#panel .line .card").count() == 2
    assert opened.page.evaluate("() => document.activeElement.matches('#panel h2')")
    ends = sorted((opened.row(ACTION), opened.row("林下经济合作社")))
    assert opened.page.evaluate("() => kgPage.network.getSelectedEdges()") == ["-".join(map(str, ends))]


def test_everything_focused_is_seen(figured: Open) -> None:
    """Each stop has an outline and lies in the window."""
    read(figured, ACTION)
    figured.page.locator(".skip").focus()
    for _ in range(40):
        figured.page.keyboard.press("Tab")
        seen = figured.page.evaluate(
            "() => { const e = document.activeElement, box = e.getBoundingClientRect();"
            " return e === document.body || (getComputedStyle(e).outlineStyle !== 'none' && box.bottom > 0 && box.top < innerHeight); }"
        )
        assert seen, focused(figured)


# --- Contrast in the charts, which axe does not measure

RATIO = """([part, ground]) => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const light = (colour) => {
    canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    const parts = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map((part) => part / 255);
    const [red, green, blue] = parts.map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const of = (name) => getComputedStyle(document.documentElement).getPropertyValue(name);
  const [one, other] = [light(of(part)), light(of(ground))].sort((a, b) => b - a);
  return (one + 0.05) / (other + 0.05);
}"""
TEXTS = ("--ink", "--soft", "--strong", "--done", "--planned")
SHAPES = ("--chart", "--bar", "--valid", "--done", "--ongoing", "--planned")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_have_contrast(show: Opener, letters_store: Store, scheme: str) -> None:
    opened = show(letters_store, color_scheme=scheme)
    for text in TEXTS:
        for ground in ("--paper", "--ground", "--raised"):
            assert opened.page.evaluate(RATIO, [text, ground]) >= 4.5, (text, ground)
    for text, ground in (
        ("--ink", "--tint"),
        ("--soft", "--tint"),
        ("--strong", "--tint"),
        ("--markink", "--mark"),
        ("--paper", "--strong"),
        ("--ink", "--track"),
    ):
        assert opened.page.evaluate(RATIO, [text, ground]) >= 4.5, (text, ground)
    for shape in SHAPES:
        assert opened.page.evaluate(RATIO, [shape, "--ground"]) >= 3, shape


# --- Zoom, tablet, dark


def test_dark_follows_the_system(show: Opener, letters_store: Store) -> None:
    light, dark = (show(letters_store, color_scheme=scheme) for scheme in ("light", "dark"))
    paper = "() => getComputedStyle(document.body).backgroundColor"
    assert light.page.evaluate(paper) == "rgb(255, 255, 255)"
    assert dark.page.evaluate(paper) == "rgb(20, 24, 30)"
    light.page.emulate_media(color_scheme="dark")
    light.settle()
    assert light.page.evaluate(paper) == "rgb(20, 24, 30)"


def test_a_tablet_shows_drawing_and_details(show: Opener) -> None:
    opened = show(figures_store(), viewport={"width": 820, "height": 1180})
    for page in ("overview", "thing", "letter", "timeline", "line"):
        show_page(opened, page)
        for place in ("#graph", "#panel"):
            box = opened.page.locator(place).bounding_box()
            assert box is not None and box["width"] > 700 and box["height"] > 300
        assert wide(opened) <= 820


def wide(opened: Open) -> int:
    """How wide the widest thing of the page or the panel reaches."""
    found: int = opened.page.evaluate(
        "() => Math.max(document.documentElement.scrollWidth, document.querySelector('#panel').scrollWidth,"
        " ...[...document.querySelectorAll('#panel *')].filter((e) => !e.closest('svg')).map((e) => Math.floor(e.getBoundingClientRect().right)))"
    )
    return found


@pytest.mark.parametrize("page", ["overview", "thing", "letter", "timeline", "line"])
def test_200_per_cent_zoom_cuts_nothing_off(show: Opener, page: str) -> None:
    """A window of 1440 x 900 at 200 % has 720 x 450 pixels of CSS: one scrolls down, never across."""
    opened = show(figures_store(), viewport={"width": 720, "height": 450}, device_scale_factor=2)
    show_page(opened, page)
    assert wide(opened) <= 720
    graph = opened.page.locator("#graph").bounding_box()
    assert graph is not None and graph["height"] >= 300
    opened.page.locator("#panel").locator("p, li, td").last.scroll_into_view_if_needed()
    assert opened.page.locator("#panel").locator("p, li, td").last.is_visible()


def test_long_names_break(show: Opener) -> None:
    opened = show(letter_of_things(["非常长的名称" * 20, "a" * 150]), viewport={"width": 720, "height": 450})
    for name in ("非常长的名称" * 20, "a" * 150, "总计划"):
        read(opened, name)
        assert wide(opened) <= 720


ZOOMED = {"width": 720, "height": 450}
SEEN = "(e) => { const { top, bottom } = e.getBoundingClientRect(); return top >= 0 && bottom <= innerHeight; }"


def test_at_200_per_cent_a_search_leads_to_the_details(show: Opener) -> None:
    opened = show(figures_store(), viewport=ZOOMED)
    opened.page.locator("#search").fill("青山换金山")
    opened.page.keyboard.press("Enter")
    opened.settle()
    assert opened.page.locator("#panel h2").evaluate(SEEN)
    assert opened.page.evaluate("() => document.activeElement.matches('#panel h2')")


def test_at_200_per_cent_a_click_says_where_the_details_are(show: Opener) -> None:
    opened = show(figures_store(), viewport=ZOOMED)
    opened.page.evaluate("() => scrollTo(0, document.querySelector('#graph').getBoundingClientRect().top)")
    opened.click(ACTION)
    notice = opened.page.locator("#notice")
    assert f"“{ACTION}”的详情在下方" in notice.inner_text() and notice.evaluate(SEEN)
    notice.get_by_role("button", name="查看详情").click()
    assert opened.page.locator("#panel h2").evaluate(SEEN)


def test_at_200_per_cent_the_wheel_scrolls_the_page(show: Opener) -> None:
    """Unless Ctrl is held, or the drawing has the focus."""
    opened = show(figures_store(), viewport=ZOOMED)
    box = opened.page.locator("#graph").bounding_box()
    assert box is not None
    scale = "() => kgPage.network.getScale()"
    before = opened.page.evaluate(scale)
    opened.page.mouse.move(box["x"] + 300, box["y"] + 60)
    opened.page.mouse.wheel(0, 120)
    opened.page.wait_for_function("() => scrollY > 0")
    assert opened.page.evaluate(scale) == before
    opened.page.locator("#graph").focus()
    opened.page.mouse.wheel(0, 120)
    opened.page.wait_for_function(f"(before) => ({scale})() !== before", arg=before)


def test_a_very_long_name_is_not_written_over_the_whole_drawing(show: Opener) -> None:
    name = "非常长的名称" * 45
    opened = show(letter_of_things([name]))
    read(opened, name)
    (label,) = [one for one in opened.page.evaluate("() => kgPage.labels()") if one["id"] == opened.row(name)]
    assert len(label["lines"]) == 4 and label["lines"][-1].endswith("…")
    assert name in opened.page.locator("#panel h2").inner_text(), "all of it stands in the details"
