"""Figures: tables with the sentence behind each number, charts of series and incentives, the timeline of policies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import store_of
from tests.browser.stores import FIGURES
from tests.browser.test_reading import ACTION, figured, read

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import Store

    from tests.browser.conftest import Open, Opener

__all__ = ["figured"]
COOPERATIVES = "林下经济合作社"


def table(opened: Open, part: str) -> list[tuple[str, ...]]:
    """The rows of a part's table: indicator, value, period, letter."""
    rows = opened.page.locator(f"#panel .part.{part} table.figures tbody tr").all()
    return [tuple(cell.split("\n")[0] for cell in row.locator("td").all_inner_texts()[:4]) for row in rows]


def test_figures_are_a_table(opened: Open) -> None:
    read(opened, "家庭农场")
    letter = "蓉农函〔2023〕41号"
    assert table(opened, "figures") == [
        ("新培育家庭农场", "320家", "2022", letter),
        ("累计家庭农场", "≥ 1.2万家", "截至 2023", letter),
    ]
    assert table(opened, "incentives") == [("奖励", "≤ 20万元", "截至 2023", letter)]


@pytest.mark.parametrize(
    ("part", "row", "number"), [("figures", 0, "320家"), ("figures", 1, "1.2万家"), ("incentives", 0, "20万元")]
)
def test_a_figure_leads_to_its_sentence_with_the_number_marked(opened: Open, part: str, row: int, number: str) -> None:
    read(opened, "家庭农场")
    opened.page.locator(f"#panel .part.{part} tbody tr").nth(row).locator(".cite").click()
    quote = opened.page.locator("#panel tr.quote")
    assert number in quote.locator("mark").all_inner_texts()
    assert "蓉农函〔2023〕41号" in quote.locator(".place").inner_text()


def test_a_target_is_told_from_what_was_reached(figured: Open) -> None:
    read(figured, COOPERATIVES)
    tags = [
        row.locator(".tag").all_inner_texts() for row in figured.page.locator("#panel .part.figures tbody tr").all()
    ]
    assert tags == [[], [], ["目标"]]


def test_a_series_is_a_chart_with_its_text(figured: Open) -> None:
    read(figured, COOPERATIVES)
    chart = figured.page.locator("#panel .chart.series svg")
    assert chart.get_attribute("role") == "img"
    assert (
        chart.get_attribute("aria-label")
        == "折线图，累计林下经济合作社 · 总量（家）：2022 120家；2023 ≥ 180家；2025 目标 ≥ 300家"
    )
    points = chart.locator("circle").evaluate_all(
        "(all) => all.map((point) => [point.cx.baseVal.value, point.cy.baseVal.value])"
    )
    (x1, y1), (x2, y2), (x3, y3) = points
    assert x3 - x2 == pytest.approx(2 * (x2 - x1)), "years keep their distance"
    assert (y1 - y3) / (y1 - y2) == pytest.approx((300 - 120) / (180 - 120))
    assert chart.locator("circle.target").count() == 1
    assert chart.locator(".amount").all_text_contents() == ["120家", "≥ 180家", "目标 ≥ 300家"]
    assert [len(chart.locator(line).all()) for line in ("line.run:not(.ahead)", "line.run.ahead")] == [1, 1]


TWO, THREE = "2022 120家；2023 ≥ 180家", "2022 120家；2023 ≥ 180家；2025 目标 ≥ 300家"
LAST = '累计林下经济合作社" ; kg:value 300.0'
WRITER = "  <letter/遵林函〔2024〕5号> kg:issuedBy <agency/遵义市林业局> .\n"
SERIES = [
    ("another verb", LAST, LAST.replace("累计", "招引"), TWO),
    ("another level", LAST, LAST.replace("累计", "省级"), TWO),
    ("the same in other words", LAST, LAST.replace("累计林下经济合作社", "到2025年林下经济合作社总数目标"), THREE),
    ("a period of several years", 'kg:period "2025"', 'kg:period "2023/2025"', TWO),
    ("another place", WRITER, WRITER.replace("遵义", "安顺"), TWO),
    ("no known place", WRITER, "", TWO),
]


@pytest.mark.parametrize(("old", "new", "said"), [row[1:] for row in SERIES], ids=[row[0] for row in SERIES])
def test_a_chart_joins_only_figures_of_one_series(show: Opener, old: str, new: str, said: str) -> None:
    """What is counted, how it is called, for how long, and where: what differs in one of them is no point of the line."""
    opened = show(changed(old, new))
    read(opened, COOPERATIVES)
    (chart,) = opened.page.locator("#panel .chart.series svg").all()
    assert (chart.get_attribute("aria-label") or "").partition("：")[2] == said


def changed(old: str, new: str) -> Store:
    """The three letters with other words in one place."""
    text = FIGURES.read_text(encoding="utf-8")
    assert text.count(old) == 1
    return store_of(text.replace(old, new).encode())


def test_what_two_letters_count_differently_is_no_chart(show_file: Opener, built: Path) -> None:
    """Recognised ones of 2023, invited ones of 2024; ones of the city, of the province and above."""
    opened = show_file(built)
    read(opened, "新型研发机构")
    assert opened.page.locator("#panel .part.figures tbody tr").count() > 2
    assert opened.page.locator("#panel .chart.series").count() == 0


def test_two_figures_of_one_year_have_no_line(show: Opener) -> None:
    """Nobody knows which of the two goes on the first."""
    target = text_of_target()
    opened = show(changed(target, target.replace("Target", "Result").replace('"2025"', '"2023"')))
    read(opened, COOPERATIVES)
    chart = opened.page.locator("#panel .chart.series svg")
    assert (chart.locator("circle").count(), chart.locator("line.run").count()) == (3, 0)


def text_of_target() -> str:
    """The one target of the three letters, as it is written."""
    (line,) = [line for line in FIGURES.read_text(encoding="utf-8").splitlines() if "a kg:Target" in line]
    return line


def test_figures_of_one_letter_and_year_are_no_series(opened: Open) -> None:
    read(opened, "家庭农场")
    assert opened.page.locator("#panel .part.figures table").count() == 1
    assert opened.page.locator("#panel .chart.series").count() == 0


LONG = "遵义市林业局关于市政协六届三次会议有关林下经济发展情况的报告"
SEEN = """() => { const panel = document.querySelector("#panel"), box = panel.getBoundingClientRect();
  const cells = (wanted) => [...panel.querySelectorAll(`table.figures tr:not(.quote) > ${wanted}`)].map((cell) => cell.getBoundingClientRect());
  return { narrow: [...cells("td.indicator"), ...cells("td.letter")].filter(({ width }) => width < 6 * 13).length, rows: cells("td.letter").length,
    outside: [...panel.querySelectorAll(".cite")].filter((cite) => cite.getBoundingClientRect().right > box.left + panel.clientWidth).length,
    over: panel.scrollWidth - panel.clientWidth }; }"""


@pytest.mark.parametrize("size", [(1440, 900), (820, 1180), (390, 844)], ids=["desk", "tablet", "telephone"])
@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_long_titles_leave_room_for_the_other_columns(show: Opener, size: tuple[int, int], locale: str) -> None:
    """A document may have a long title in place of a number: it wraps, and the sentence's number stays in sight."""
    opened = show(
        changed('<letter/遵林函〔2023〕9号> a kg:Letter, kg:Document ; skos:prefLabel "遵林函〔2023〕9号"',
                f'<letter/遵林函〔2023〕9号> a kg:Letter, kg:Document ; skos:prefLabel "{LONG}"'),
        viewport={"width": size[0], "height": size[1]}, locale=locale,
    )  # fmt: skip
    for name in (COOPERATIVES, ACTION):
        read(opened, name)
        seen = opened.page.evaluate(SEEN)
        assert seen.pop("rows") > 2
        assert seen == {"narrow": 0, "outside": 0, "over": 0}
    opened.page.locator("#panel .tab.overview").click()
    assert opened.page.evaluate(SEEN) == {"narrow": 0, "rows": 4, "outside": 0, "over": 0}


def test_incentives_are_bars_by_group_one_chart_for_a_unit(figured: Open) -> None:
    read(figured, ACTION)
    charts = figured.page.locator("#panel .chart.bars svg")
    assert charts.count() == 1, "the one share has nothing to be compared with"
    assert (
        charts.get_attribute("aria-label")
        == "条形图，激励：林业龙头企业 100万元；林下经济合作社 ≤ 20万元；家庭林场 5万元"
    )
    widths = charts.locator(".bar").evaluate_all("(all) => all.map((bar) => bar.width.baseVal.value)")
    assert [width / widths[0] for width in widths] == pytest.approx([1, 0.2, 0.05], rel=0.01)
    assert charts.locator(".bar.open").count() == 1, "at most"
    assert len(table(figured, "incentives")) == 4


def test_the_overview_compares_all_incentives(figured: Open) -> None:
    assert "激励一览" in figured.panel()
    assert figured.page.locator("#panel .chart.bars .bar").count() == 3
    figured.page.locator("#panel .part.incentivesAll .cite").first.click()
    assert "5万元" in figured.page.locator("#panel tr.quote mark").all_inner_texts()


# --- The timeline


def open_timeline(opened: Open) -> None:
    opened.page.get_by_role("button", name="政策时间线").click()
    opened.settle()


def test_the_timeline_shows_policies_with_their_validity(figured: Open) -> None:
    open_timeline(figured)
    rows = figured.page.locator("#panel .timeline > li")
    assert [
        (row.locator(".link").first.inner_text(), row.locator(".when").inner_text().split("\n")[0].strip())
        for row in rows.all()
    ] == [
        ("遵义市古树保护通知", "2021年印发"),
        ("遵义市林业振兴三年行动方案(2022-2024年)", "有效期 2022年 至 2024年，2022年3月15日印发"),
        ("遵义市林地流转办法", "有效期至 2025年6月30日"),
    ]
    assert figured.page.locator("#panel ul.undated").inner_text() == "遵义市林长制意见"
    assert figured.page.locator("#panel .axis-years text").all_text_contents() == [
        "2021",
        "2022",
        "2023",
        "2024",
        "2025",
        "2026",
    ]


def test_a_policy_known_by_the_year_of_its_number_stands_there(show: Opener) -> None:
    opened = show(
        changed('skos:prefLabel "遵义市林长制意见"@zh', 'skos:prefLabel "遵义市林长制意见"@zh ; kg:year 2020')
    )
    open_timeline(opened)
    first = opened.page.locator("#panel .timeline > li").first
    assert first.inner_text().split() == ["遵义市林长制意见", "文号年份", "2020"]
    assert first.locator("circle.numbered").count() == 1
    assert opened.page.locator("#panel ul.undated").count() == 0


def test_bars_stand_where_their_years_are(figured: Open) -> None:
    open_timeline(figured)
    bars = figured.page.locator("#panel .valid").evaluate_all(
        "(all) => all.map((bar) => { const own = bar.getBoundingClientRect(), axis = bar.ownerSVGElement.getBoundingClientRect();"
        " return [(own.left - axis.left) / axis.width * 5 + 2021, (own.right - axis.left) / axis.width * 5 + 2021]; })"
    )
    assert bars[0] == pytest.approx([2022, 2025], abs=0.02), "to the end of 2024"
    assert bars[1] == pytest.approx([2021, 2025.5], abs=0.02), "from the edge, as no start is stated"


def test_a_policy_of_the_timeline_leads_to_its_sentence_and_its_page(figured: Open) -> None:
    open_timeline(figured)
    row = figured.page.locator("#panel .timeline > li", has_text="三年行动方案")
    row.locator(".cite").click()
    assert row.locator(".said").inner_text().startswith("印发《遵义市林业振兴三年行动方案")
    row.locator(".link").first.click()
    assert figured.page.locator("#panel h2").inner_text() == "遵义市林业振兴三年行动方案(2022-2024年)"
    figured.page.go_back()
    figured.settle()
    assert figured.page.locator("#panel .timeline > li").count() == 3
    assert figured.page.locator("#panel .tab.timeline").get_attribute("aria-current") == "page"
