"""Reading the evidence in the panel: of a thing, a line, a letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.stores import figures_store, letter_of_things

if TYPE_CHECKING:
    from tests.browser.conftest import Open, Opener

PROGRAMME = "“沃野千里”行动"
FIRST = "蓉农函〔2023〕41号"
FIRST_TITLE = "关于市政协十六届一次会议第312号提案的答复函"
SECOND = "蓉农函〔2024〕18号"
ACTION = "“青山换金山”行动"


def read(opened: Open, name: str) -> None:
    """Shows what is known of a thing."""
    opened.page.evaluate("(id) => kgPage.goTo(id)", opened.row(name))
    opened.settle()


def read_line(opened: Open, one: str, other: str) -> None:
    """Shows the line between two things."""
    ends = sorted((opened.row(one), opened.row(other)))
    opened.page.evaluate("(key) => kgPage.selectLine(key)", "-".join(map(str, ends)))
    opened.settle()


@pytest.fixture
def figured(show: Opener) -> Open:
    """The page of the three invented letters with figures."""
    return show(figures_store())


# --- A thing


def test_click_on_a_node(opened: Open) -> None:
    opened.click(PROGRAMME)
    panel = opened.panel()
    assert opened.page.locator("#panel h2").inner_text() == PROGRAMME
    assert "又称：沃野千里" in panel
    assert "成都市财政局" in panel
    assert "锦田实验室" in panel
    assert "下一步，继续推进“沃野千里”行动，对新建的家庭农场每家奖励最高20万元。" in panel


def test_facts_are_grouped_by_relation_and_direction(opened: Open) -> None:
    opened.click(PROGRAMME)
    groups = opened.page.locator("#panel .facts .group")
    found = {group.locator("dt").inner_text(): group.locator("dd .link").all_inner_texts() for group in groups.all()}
    assert found["实施"] == ["成都市农业农村局", "成都市财政局"]
    assert found["支持"] == ["家庭农场"]
    assert ["锦田实验室"] in found.values()


def test_names_are_marked_as_printed(opened: Open) -> None:
    opened.click(PROGRAMME)
    marks = opened.page.locator("#panel .sentences .said mark").all_inner_texts()
    assert marks == ["“沃野 千里”行动", "“沃野千里”行动", "“沃野千里”行动"], (
        "white space inside and quotation marks do not matter"
    )


def test_a_sentence_says_where_it_stands_and_what_it_is_read_with(opened: Open) -> None:
    opened.click(PROGRAMME)
    cards = opened.page.locator("#panel .sentences .card")
    assert [card.locator(".place .link").inner_text() for card in cards.all()] == [FIRST, FIRST, SECOND]
    assert [card.locator(".section").inner_text() for card in cards.all()] == ["工作情况", "下一步打算", "工作情况"]
    assert cards.first.locator(".title").inner_text() == FIRST_TITLE
    assert cards.last.locator("time").inner_text() == "2024年5月6日"
    assert cards.last.locator("time").get_attribute("datetime") == "2024-05-06"
    assert "一、工作情况" in cards.first.locator(".place").inner_text()
    assert cards.first.locator(".with").inner_text().endswith(FIRST)


def test_a_fact_s_number_opens_its_sentence_there_and_closes_it(opened: Open) -> None:
    opened.click(PROGRAMME)
    row = opened.page.locator("#panel .facts dd", has_text="家庭农场").first
    cite = row.locator(".cite").last
    assert cite.get_attribute("aria-expanded") == "false"
    cite.click()
    quote = opened.page.locator("#panel .facts dd.quote")
    assert cite.get_attribute("aria-controls") == quote.get_attribute("id")
    assert cite.get_attribute("aria-expanded") == "true"
    assert quote.locator(".said").inner_text() == "下一步，继续推进“沃野千里”行动，对新建的家庭农场每家奖励最高20万元。"
    assert "家庭农场" in quote.locator("mark").all_inner_texts(), "the other end of the fact is marked too"
    assert quote.locator(".at").inner_text() == cite.inner_text()
    cite.click()
    assert quote.count() == 0 and cite.get_attribute("aria-expanded") == "false"


def test_a_sentence_shows_its_paragraph_when_asked(figured: Open) -> None:
    read(figured, ACTION)
    card = figured.page.locator("#panel .sentences .card").first
    assert "带动群众增收" not in card.inner_text()
    card.get_by_role("button", name="显示整段").click()
    assert card.locator(".around").inner_text() == "这些合作社带动群众增收。"
    assert card.locator(".here").inner_text().startswith("我局实施")
    card.get_by_role("button", name="只看本句").click()
    assert "带动群众增收" not in card.inner_text()


def test_statuses_stand_by_letter_and_year(figured: Open) -> None:
    read(figured, ACTION)
    rows = [row.split("\t") for row in figured.page.locator("#panel table.standings tbody tr").all_inner_texts()]
    found = [(year, letter, [word for word in status.split() if not word.isdigit()]) for year, letter, status in rows]
    assert found == [
        ("2022", "遵林函〔2022〕7号", ["进行中", "计划中"]),
        ("2023", "遵林函〔2023〕9号", ["已完成"]),
        ("2024", "遵林函〔2024〕5号", ["计划中"]),
    ]
    figured.page.locator("#panel table.standings .cite").last.click()
    assert "到2025年" in figured.page.locator("#panel tr.quote .said").inner_text()


def test_many_facts_and_sentences_come_in_parts(show: Opener) -> None:
    opened = show(letter_of_things([f"第{number}类" for number in range(150)]))
    read(opened, "总计划")
    rows, sentences = (opened.page.locator(f"#panel {place}") for place in (".facts dd .link", ".sentences .card"))
    assert (rows.count(), sentences.count()) == (60, 60)
    for expected in (120, 150):
        opened.page.locator("#panel .facts .more").click()
        assert rows.count() == expected
        assert opened.page.evaluate("() => document.activeElement.closest('dd') !== null"), "the focus goes on"
    assert opened.page.locator("#panel .facts .more").count() == 0
    opened.page.locator("#panel .sentences .more").click()
    assert sentences.count() == 120


# --- A line


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


def test_a_line_shows_every_sentence_that_says_it_in_its_paragraph(figured: Open) -> None:
    read_line(figured, ACTION, "林下经济合作社")
    blocks = figured.page.locator("#panel .line .card")
    assert [block.locator(".here").inner_text()[:6] for block in blocks.all()] == ["我局实施“青", "到2025年"]
    assert blocks.first.locator(".around").inner_text() == "这些合作社带动群众增收。"
    assert blocks.first.locator(".place").inner_text().split("\n")[:1] == ["遵林函〔2022〕7号"] or (
        "遵林函〔2022〕7号" in blocks.first.locator(".place").inner_text()
    )
    assert "2022年6月30日" in blocks.first.locator(".place").inner_text()
    assert {"工作情况", "下一步打算"} == set(figured.page.locator("#panel .line .section").all_inner_texts())


def test_a_faint_line_says_where_the_thing_is_named(opened: Open) -> None:
    read_line(opened, "第三届种业大会", SECOND)
    assert "信中提到" in opened.panel()
    assert opened.page.locator("#panel .line .sentence").count() == 1


# --- A letter


def test_a_letter_shows_its_form(figured: Open) -> None:
    read(figured, "遵林函〔2022〕7号")
    rows = figured.page.locator("#panel .form .group")
    found = {
        row.locator("dt").inner_text(): row.locator("dd .link, dd .literal").all_inner_texts() for row in rows.all()
    }
    assert list(found) == ["答复", "提出", "发布", "主送", "文号", "日期", "抄送"]
    assert found["提出"] == ["杜若兰"]
    assert found["发布"] == ["遵义市林业局"]
    assert found["日期"] == ["2022年6月30日"]
    assert found["抄送"] == ["遵义市政协提案委员会"]
    figured.page.locator("#panel .form .group", has_text="抄送").locator(".cite").click()
    assert figured.page.locator("#panel .quote .said").inner_text() == "抄送：市政协提案委员会"
    heading = figured.page.locator("#panel .heading").inner_text()
    assert "关于市政协六届一次会议第31号提案的答复函" in heading and "2022年6月30日" in heading


def test_a_letter_shows_its_passages_in_order_with_every_entity_linked(figured: Open) -> None:
    read(figured, "遵林函〔2022〕7号")
    passages = figured.page.locator("#panel .letter-text .passage")
    assert [text[:6] for text in passages.all_inner_texts()] == [
        "遵林函〔20", "关于市政协六", "杜若兰委员：", "我局实施“青", "这些合作社带", "印发《遵义市", "2022年6", "抄送：市政协"
    ]  # fmt: skip
    fourth = passages.nth(3).locator(".named")
    assert {link.get_attribute("data-id") for link in fourth.all()} == {
        str(figured.row(name)) for name in ("遵义市林业局", ACTION, "林下经济合作社")
    }, "我局 stands for the bureau, which is linked behind the sentence"
    assert passages.nth(3).locator(".also").inner_text() == "另指：遵义市林业局"
    blocks = figured.page.locator("#panel .letter-text .block")
    assert blocks.nth(3).locator(".passage").count() == 2, "two sentences of one paragraph"
    passages.nth(4).locator(".named").click()
    assert figured.page.locator("#panel h2").inner_text() == "林下经济合作社"
    assert figured.page.evaluate("() => document.activeElement === document.querySelector('#panel h2')")


# --- The whole


def test_the_letters_are_listed(opened: Open) -> None:
    items = opened.page.locator("#panel .letters li").all_inner_texts()
    assert len(items) == 2
    assert FIRST in items[0] and FIRST_TITLE in items[0]
    assert "2024年5月6日" in items[1]


# --- Filters


def only(opened: Open, year: int) -> None:
    """Filters for the letters of a year."""
    opened.page.evaluate("(year) => { location.hash = `#year=${year}`; }", year)
    opened.page.locator("#chips button").first.wait_for()


def test_what_filters_leave_out_is_said_and_can_be_shown(figured: Open) -> None:
    """Of 2 facts, 3 statuses and 4 incentives the letter of 2024 says one fact and one status."""
    only(figured, 2024)
    read(figured, ACTION)
    line = figured.page.locator("#panel .left-out")
    rows = {
        name: figured.page.locator(f"#panel {name}") for name in (".facts .group", ".standings tbody tr", ".figures")
    }
    assert "有 7 项因筛选未显示。" in line.inner_text()
    assert [row.count() for row in rows.values()] == [1, 1, 0]
    assert set(figured.page.locator("#panel .card .place .link").all_inner_texts()) == {"遵林函〔2024〕5号"}
    line.get_by_role("button", name="全部显示").click()
    assert [row.count() for row in rows.values()] == [2, 3, 1]
    assert figured.page.locator("#panel .sentences .card").count() == 5
    line.get_by_role("button", name="按筛选显示").click()
    assert [row.count() for row in rows.values()] == [1, 1, 0]


def test_without_filters_nothing_is_said_of_them(figured: Open) -> None:
    read(figured, ACTION)
    assert figured.page.locator("#panel .left-out").count() == 0


def test_a_letter_s_text_follows_the_filters(figured: Open) -> None:
    figured.page.evaluate("() => { location.hash = '#section=plan'; }")
    figured.page.locator("#chips button").first.wait_for()
    read(figured, "遵林函〔2022〕7号")
    assert [text[:4] for text in figured.page.locator("#panel .passage").all_inner_texts()] == ["印发《遵"]
    figured.page.locator("#panel .left-out button").click()
    assert figured.page.locator("#panel .passage").count() == 8
