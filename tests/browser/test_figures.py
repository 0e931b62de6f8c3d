"""Figures: tables with the sentence behind each number, charts of series and incentives, the timeline of policies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.test_reading import ACTION, figured, read

if TYPE_CHECKING:
    from tests.browser.conftest import Open

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
        == "折线图，林下经济合作社 · 总量（家）：2022 120家；2023 ≥ 180家；2025 目标 ≥ 300家"
    )
    points = chart.locator("circle").evaluate_all(
        "(all) => all.map((point) => [point.cx.baseVal.value, point.cy.baseVal.value])"
    )
    (x1, y1), (x2, y2), (x3, y3) = points
    assert x3 - x2 == pytest.approx(2 * (x2 - x1)), "years keep their distance"
    assert (y1 - y3) / (y1 - y2) == pytest.approx((300 - 120) / (180 - 120))
    assert chart.locator("circle.target").count() == 1
    assert chart.locator(".amount").all_text_contents() == ["120家", "≥ 180家", "目标 ≥ 300家"]


def test_figures_of_one_letter_and_year_are_no_series(opened: Open) -> None:
    read(opened, "家庭农场")
    assert opened.page.locator("#panel .part.figures table").count() == 1
    assert opened.page.locator("#panel .chart.series").count() == 0


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
