"""What can be taken away: the picture as SVG and PNG, facts as CSV and Turtle, paper."""

from __future__ import annotations

import csv
import io
import struct
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pyoxigraph
import pytest
import rdflib
from pyoxigraph import DefaultGraph, Store

from kg import vocabulary
from tests.browser.stores import figures_store, letter_of_things
from tests.browser.test_reading import ACTION, figured, read

if TYPE_CHECKING:
    from tests.browser.conftest import Open, Opener

__all__ = ["figured"]
SVG = "{http://www.w3.org/2000/svg}"
PROGRAMME = "“沃野千里”行动"
HEAD = ["主体", "主体类别", "关系", "客体", "客体类别", "信件文号", "信件标题", "日期", "部分", "原句"]
SPECIAL = [
    "=1+1",
    "+86",
    "-1",
    "@SUM(A1)",
    "\t制表",
    '"引号", 逗号',
    "一行\n二行",
    "＝全角",
    "普通",
    "反\\斜<线>",
    "a'b",
]


def taken(opened: Open, what: str, folder: Path) -> bytes:
    """The file that a button of the export bar makes."""
    if opened.page.locator("#takeaway").is_hidden():
        opened.page.locator("#take").click()
    with opened.page.expect_download() as download:
        opened.page.locator(f"[data-take=take{what}]").click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file.read_bytes()


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


# --- CSV


def test_the_table_opens_in_excel(figured: Open, tmp_path: Path) -> None:
    read(figured, ACTION)
    content = taken(figured, "Csv", tmp_path)
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n") == 4
    assert rows_of(content) == [
        HEAD,
        [ACTION, "计划行动", "由……实施", "遵义市林业局", "机关单位", "遵林函〔2022〕7号", "关于市政协六届一次会议第31号提案的答复函", "2022-06-30",
         "工作情况", "我局实施“青山换金山”行动，林下经济合作社累计达120家。"],
        [ACTION, "计划行动", "支持", "林下经济合作社", "对象类别", "遵林函〔2022〕7号", "关于市政协六届一次会议第31号提案的答复函", "2022-06-30",
         "工作情况", "我局实施“青山换金山”行动，林下经济合作社累计达120家。"],
        [ACTION, "计划行动", "支持", "林下经济合作社", "对象类别", "遵林函〔2024〕5号", "", "", "下一步打算",
         "到2025年，林下经济合作社达到300家以上，推进“青山换金山”行动。"],
    ]  # fmt: skip


def test_no_cell_is_a_formula_and_none_is_broken(show: Opener, tmp_path: Path) -> None:
    opened = show(letter_of_things(SPECIAL))
    rows = rows_of(taken(opened, "Csv", tmp_path))
    objects = {row[3] for row in rows[1:]}
    assert all(len(row) == len(HEAD) for row in rows)
    assert objects == {"'" + name if name[0] in "=+-@\t＝" else name for name in SPECIAL}
    assert not any(cell[:1] in {"=", "+", "-", "@", "\t", "\r"} for row in rows for cell in row)


def test_the_table_is_of_the_selection_and_of_what_passes(figured: Open, tmp_path: Path) -> None:
    whole = rows_of(taken(figured, "Csv", tmp_path))
    assert len({tuple(row[:5]) for row in whole[1:]}) == 19
    assert "图中 19 条事实" in figured.page.locator("#takeaway").inner_text()
    read(figured, ACTION)
    assert f"“{ACTION}”的 2 条事实" in figured.page.locator("#takeaway").inner_text()
    figured.page.evaluate("() => { location.hash = '#year=2024'; }")
    figured.page.wait_for_function("() => document.querySelector('#takeaway').innerText.includes('图中 1 条')")
    assert [row[5] for row in rows_of(taken(figured, "Csv", tmp_path))[1:]] == ["遵林函〔2024〕5号"]


# --- Turtle


def facts_of(store: Store) -> set[tuple[str, str, str]]:
    """The facts of a store between things and of things, as their terms are written."""
    kept = {
        f"{vocabulary.KG}{name}"
        for name in ("supports", "carriedOutBy", "issuedBy", "addressedTo", "repliesTo", "raisedBy")
    }
    kept |= {f"{vocabulary.KG}{name}" for name in ("copiedTo", "documentNumber", "title", "validFrom", "validUntil")}
    kept.add(f"{vocabulary.DCTERMS}issued")
    return {
        (str(quad.subject), str(quad.predicate), str(quad.object))
        for quad in store.quads_for_pattern(None, None, None, DefaultGraph())
        if quad.predicate.value in kept
    }


def parsed(content: bytes) -> Store:
    """The Turtle as pyoxigraph reads it; rdflib must read the same."""
    store = Store()
    store.load(content, format=pyoxigraph.RdfFormat.TURTLE)
    other = rdflib.Graph().parse(data=content, format="turtle")
    again = Store()
    again.load(other.serialize(format="nt", encoding="utf-8"), format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert {str(quad.triple) for quad in store} == {str(quad.triple) for quad in again}
    return store


def test_turtle_has_the_facts_that_are_shown(figured: Open, tmp_path: Path) -> None:
    store = parsed(taken(figured, "Turtle", tmp_path))
    source = figures_store()
    assert len(facts_of(source)) == 18
    assert facts_of(store) == facts_of(source), "the same things, relations and typed literals"
    labels = {quad.object for quad in store.quads_for_pattern(None, pyoxigraph.NamedNode(vocabulary.PREF_LABEL), None)}
    assert pyoxigraph.Literal("林下经济合作社", language="zh") in labels
    kinds = {quad.object.value for quad in store.quads_for_pattern(None, pyoxigraph.NamedNode(vocabulary.TYPE), None)}
    assert f"{vocabulary.KG}Programme" in kinds


def test_turtle_of_a_selection(figured: Open, tmp_path: Path) -> None:
    read(figured, ACTION)
    assert {predicate.rpartition("#")[2] for _, predicate, _ in facts_of(parsed(taken(figured, "Turtle", tmp_path)))} == {
        "carriedOutBy>", "supports>"
    }  # fmt: skip


def test_turtle_keeps_hostile_names(show: Opener, tmp_path: Path) -> None:
    store = parsed(taken(show(letter_of_things(SPECIAL)), "Turtle", tmp_path))
    labels = {
        quad.object.value for quad in store.quads_for_pattern(None, pyoxigraph.NamedNode(vocabulary.PREF_LABEL), None)
    }
    assert labels >= set(SPECIAL)


# --- The picture


def test_svg_is_the_picture(opened: Open, tmp_path: Path) -> None:
    opened.click(PROGRAMME)
    root = ElementTree.fromstring(taken(opened, "Svg", tmp_path))
    nodes = {int(found.attrib["data-thing"]) for found in root.iter() if "data-thing" in found.attrib}
    lines = {found.attrib["data-line"] for found in root.iter() if "data-line" in found.attrib}
    labels = {
        int(found.attrib["data-label"]): [span.text for span in found.findall(f"{SVG}text")[-1]]
        for found in root.iter()
        if "data-label" in found.attrib
    }
    assert nodes == set(opened.page.evaluate("() => kgPage.shownIds()"))
    assert lines == set(opened.page.evaluate("() => kgPage.drawnLines().map((line) => line.id)"))
    assert labels == {label["id"]: label["lines"] for label in opened.page.evaluate("() => kgPage.labels()")}
    named = {found.attrib["data-line-name"] for found in root.iter() if "data-line-name" in found.attrib}
    assert named and named <= {"由……实施", "支持", "属于"}
    assert not any(
        "style" in found.attrib or found.tag in {f"{SVG}script", f"{SVG}foreignObject"} for found in root.iter()
    )


def test_svg_s_nodes_stand_where_they_are_drawn(opened: Open, tmp_path: Path) -> None:
    root = ElementTree.fromstring(taken(opened, "Svg", tmp_path))
    box = opened.page.locator("#graph").bounding_box()
    assert box is not None
    for found in (found for found in root.iter() if "data-thing" in found.attrib):
        x, y = map(float, found.attrib["transform"].removeprefix("translate(").removesuffix(")").split())
        name = found.find(f"{SVG}title")
        assert name is not None and name.text is not None
        assert opened.point(name.text) == pytest.approx((box["x"] + x, box["y"] + y), abs=1)


@pytest.mark.parametrize("name", ["<b>&\"'", "控\u0001制\u000b", "]]>", "一\u2028二"])
def test_svg_is_well_formed_with_hostile_names(show: Opener, tmp_path: Path, name: str) -> None:
    root = ElementTree.fromstring(taken(show(letter_of_things([name])), "Svg", tmp_path))
    titles = [found.text for found in root.iter(f"{SVG}title")]
    assert name.replace("\u0001", "").replace("\u000b", "") in titles


@pytest.mark.parametrize(("scheme", "paper"), [("light", (255, 255, 255)), ("dark", (20, 24, 30))])
def test_png_is_twice_as_large_with_its_ground(
    show: Opener, letters_store: Store, tmp_path: Path, scheme: str, paper: tuple[int, ...]
) -> None:
    opened = show(letters_store, color_scheme=scheme)
    picture = ElementTree.fromstring(taken(opened, "Svg", tmp_path))
    content = taken(opened, "Png", tmp_path)
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", content[16:24]) == tuple(2 * int(picture.attrib[side]) for side in ("width", "height"))
    pixels = opened.page.evaluate(
        """async (bytes) => {
          const image = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
          const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
          const context = canvas.getContext("2d", { willReadFrequently: true }); context.drawImage(image, 0, 0);
          const all = new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer);
          return { corner: [...context.getImageData(2, 2, 1, 1).data], colours: new Set(all).size };
        }""",
        list(content),
    )
    assert tuple(pixels["corner"]) == (*paper, 255)
    assert pixels["colours"] > 100, "there is something in it"


def test_files_are_named_after_the_page_and_the_selection(show: Opener, tmp_path: Path) -> None:
    opened = show(letter_of_things(["甲"]), title='图谱 <1>/2: "x"')
    read(opened, "甲")
    taken(opened, "Csv", tmp_path)
    assert [file.name for file in tmp_path.glob("*.csv")] == ["图谱_1_2_x_-甲.csv"]


# --- Paper


def test_paper_shows_the_picture_and_the_details_and_nothing_to_press(opened: Open) -> None:
    opened.click(PROGRAMME)
    opened.page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    opened.page.emulate_media(media="print", color_scheme="dark")
    opened.page.set_viewport_size({"width": 672, "height": 950})
    assert opened.page.locator("figure.printed svg").is_visible()
    for hidden in (".tools", "#legend", "#search", "#graph", "#panel .actions", "#panel .pages"):
        assert not opened.page.locator(hidden).first.is_visible(), hidden
    panel = opened.page.locator("#panel")
    assert panel.evaluate("(panel) => panel.scrollHeight <= panel.clientHeight + 1"), "nothing is cut off"
    assert opened.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert panel.evaluate("(panel) => getComputedStyle(panel).color") == "rgb(0, 0, 0)", (
        "dark pages print black on white"
    )
    paper = opened.page.locator("figure.printed rect.paper")
    assert paper.get_attribute("fill") == "#ffffff"
    opened.page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    assert opened.page.locator("figure.printed").count() == 0


def on_paper(opened: Open) -> None:
    """The page as it is printed on A4."""
    opened.page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    opened.page.emulate_media(media="print")
    opened.page.set_viewport_size({"width": 672, "height": 985})
    opened.settle()


POINTERS = """() => { const seen = (wanted) => [...document.querySelectorAll(wanted)].filter((e) => e.checkVisibility()).map((e) => e.textContent.replace(/[\\[\\]]/g, ""));
  const found = new Set(seen("#panel .sentence .at, #panel .text-number"));
  return { pointing: seen("#panel .cite").length, dead: seen("#panel .cite").filter((number) => !found.has(number)) }; }"""


@pytest.mark.parametrize("name", ["", "timeline", "遵林函〔2022〕7号", ACTION])
def test_each_number_on_paper_points_at_a_printed_sentence(figured: Open, name: str) -> None:
    if name == "timeline":
        figured.page.locator("#panel .tab.timeline").click()
    elif name:
        read(figured, name)
    on_paper(figured)
    found = figured.page.evaluate(POINTERS)
    assert found["pointing"] >= 3 and found["dead"] == []


def test_paper_has_what_is_folded_and_the_screen_stays_as_it_was(show: Opener) -> None:
    opened = show(letter_of_things([f"第{number}类" for number in range(150)]))
    read(opened, "总计划")
    opened.page.locator("#panel .facts .cite").first.click()
    assert opened.page.locator("#panel .more").count() == 2
    on_paper(opened)
    assert opened.page.locator("#panel .more").count() == 0
    assert [opened.page.locator(f"#panel {part}").count() for part in (".facts dd", ".sentences .card")] == [150, 150]
    opened.page.emulate_media(media="screen")
    opened.page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    assert opened.page.locator("#panel .more").count() == 2
    assert opened.page.locator("#panel .facts .quote .said").inner_text() == "总计划支持第0类。", (
        "what was open stays so"
    )


def test_names_on_paper_can_be_read(show_file: Opener, built: Path) -> None:
    """At least 8 points high, in the width of the sheet, and hardly any left out."""
    opened = show_file(built)
    before = opened.page.evaluate("() => kgPage.labels()")
    on_paper(opened)
    picture = opened.page.locator("figure.printed svg")
    width, height = (float((picture.get_attribute(side) or "").removesuffix("mm")) for side in ("width", "height"))
    _, _, wide, _ = (float(number) for number in (picture.get_attribute("viewBox") or "").split())
    size = float(picture.get_attribute("font-size") or "")
    assert size * (width / wide) / 25.4 * 72 >= 8
    assert width <= 178 and height <= 225
    assert picture.locator("[data-thing]").count() == len(opened.shown())
    assert picture.locator("[data-label]").count() >= 0.85 * len(opened.shown())
    opened.page.emulate_media(media="screen")
    opened.page.set_viewport_size({"width": 1440, "height": 900})
    opened.page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    opened.settle()
    assert opened.page.evaluate("() => kgPage.labels()") == before


def test_a_print_has_pages_of_a4(opened: Open) -> None:
    opened.click(PROGRAMME)
    content = opened.page.pdf(prefer_css_page_size=True)
    assert content.startswith(b"%PDF")
    assert b"/MediaBox [0 0 594.95996 841.91998]" in content or b"/MediaBox [0 0 595" in content
