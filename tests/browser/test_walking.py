"""Walking: expanding and collapsing, surroundings, paths, back and forward, links that keep the state, the keyboard."""

from __future__ import annotations

from itertools import combinations, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import networkx as nx
import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg import vocabulary
from kg.view import Part
from kg.view import page as view_page
from tests.browser.stores import kg, letter_of_things

if TYPE_CHECKING:
    from pyoxigraph import Store

    from tests.browser.conftest import Open, Opener

PROGRAMME = "“沃野千里”行动"
BUREAU = "成都市农业农村局"
PERSON = "何思源"
FARMS = "家庭农场"


def call(opened: Open, name: str, *things: str | int) -> Any:
    """Calls one of the page's functions with things, by their names."""
    ids = [opened.row(thing) if isinstance(thing, str) else thing for thing in things]
    found = opened.page.evaluate(f"(ids) => kgPage.{name}(...ids)", ids)
    opened.settle()
    return found


def fact_graph(opened: Open) -> nx.Graph:
    """The graph of facts by the page's data, with names."""
    data = opened.page.evaluate("() => JSON.parse(document.getElementById('data').textContent)")
    graph = nx.Graph()
    names = [row[1] for row in data["things"]["rows"]]
    graph.add_nodes_from(names)
    graph.add_edges_from((names[row[0]], names[row[2]]) for row in data["facts"]["rows"] if isinstance(row[2], int))
    return graph


def fragment(opened: Open) -> str:
    return unquote(opened.page.evaluate("() => location.hash"))


def selected(opened: Open) -> str:
    return opened.page.locator("#panel h2").first.inner_text()


def places(opened: Open) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = opened.page.evaluate("() => kgPage.network.getPositions()")
    return {key: {axis: round(value) for axis, value in place.items()} for key, place in found.items()}


def no_name_over_another(opened: Open) -> bool:
    found = opened.page.evaluate("() => kgPage.labels()")
    return bool(found) and not any(
        one["x"] < other["x"] + other["width"]
        and other["x"] < one["x"] + one["width"]
        and one["y"] < other["y"] + other["height"]
        and other["y"] < one["y"] + one["height"]
        for one, other in combinations(found, 2)
    )


# --- Expanding and collapsing


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


def test_collapsing_takes_away_what_hangs_only_on_it(opened: Open) -> None:
    call(opened, "focusOn", PERSON, 1)
    alone = set(opened.shown())
    call(opened, "expand", "蓉农函〔2023〕41号")
    assert set(opened.shown()) > alone
    call(opened, "collapse", "蓉农函〔2023〕41号")
    assert BUREAU not in opened.shown(), "it hung on the letter"
    assert set(opened.shown()) == alone, "the picture is about the person, who hangs on nothing"
    opened.page.locator("#back").click()
    assert BUREAU in opened.shown()


def test_there_may_be_nothing_to_collapse(opened: Open) -> None:
    call(opened, "collapse", FARMS)
    assert f"没有只与“{FARMS}”相连的实体可以收起" in opened.page.locator("#notice").inner_text()
    assert fragment(opened) == ""


def test_expanding_says_when_filters_hide_the_rest(opened: Open) -> None:
    call(opened, "focusOn", FARMS, 1)
    opened.page.locator("#filter").click()
    opened.page.locator('#filters [data-key="kind:Programme"]').check()
    opened.page.locator('#filters [data-key="kind:Group"]').check()
    call(opened, "expand", PROGRAMME)
    notice = opened.page.locator("#notice")
    assert "其余 5 个相连实体被筛选条件隐藏" in notice.inner_text()
    notice.get_by_role("button", name="清除筛选并显示").click()
    assert {BUREAU, "成都市财政局", "锦田实验室"} < set(opened.shown())


def test_taking_away_and_bringing_back(opened: Open) -> None:
    opened.click(PROGRAMME)
    opened.page.get_by_role("button", name="从图中移去").click()
    assert PROGRAMME not in opened.shown()
    call(opened, "goTo", PROGRAMME)
    assert PROGRAMME in opened.shown()
    assert opened.page.evaluate("(id) => kgPage.network.getConnectedEdges(id).length", opened.row(PROGRAMME)) == 4


def test_new_neighbours_have_places_and_names(show_file: Opener, built: Path) -> None:
    opened = show_file(built)
    before = places(opened)
    opened.page.evaluate("() => kgPage.expand(Number(Object.keys(kgPage.network.getPositions())[0]))")
    hub = opened.page.evaluate(
        "() => { const rows = JSON.parse(document.getElementById('data').textContent).documents;"
        " kgPage.expand(rows[1]); return rows[1]; }"
    )
    opened.settle()
    after = places(opened)
    assert len(after) > len(before)
    assert {key: after[key] for key in before} == before, "what was there stays where it was"
    assert len({(place["x"], place["y"]) for place in after.values()}) == len(after)
    assert no_name_over_another(opened)
    assert opened.page.evaluate("() => kgPage.network.getSelectedNodes()") == [hub]


# --- Surroundings and paths


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_the_surroundings_are_what_is_so_many_facts_away(opened: Open, steps: int) -> None:
    graph = fact_graph(opened)
    call(opened, "focusOn", FARMS, steps)
    assert set(opened.shown()) == set(nx.single_source_shortest_path_length(graph, FARMS, steps))
    assert selected(opened) == FARMS
    wanted = "#focus=group/家庭农场" + ("" if steps == 1 else f"&steps={steps}")
    assert fragment(opened) == f"{wanted}&on=group/家庭农场"


def test_a_page_made_for_a_thing_opens_with_its_surroundings(
    show_file: Opener, letters_store: Store, tmp_path: Path
) -> None:
    file = tmp_path / "view.html"
    file.write_text(
        view_page(letters_store, part=Part(focus="group/家庭农场", steps=2)), encoding="utf-8", newline="\n"
    )
    opened = show_file(file)
    assert set(opened.shown()) == {FARMS, PROGRAMME, BUREAU, "成都市财政局", "锦田实验室"}
    assert fragment(opened) == "" and not opened.page.locator("#chips").is_visible()
    call(opened, "focusOn", PROGRAMME, 1)
    opened.page.locator("#chips .remove").click()
    assert len(opened.shown()) == 5 and fragment(opened) == "#on=programme/沃野千里_成都市"


def test_steps_can_be_changed_and_left(opened: Open) -> None:
    before = places(opened)
    call(opened, "focusOn", FARMS, 1)
    assert opened.page.locator("#chips [aria-pressed=true]").inner_text() == "1 步"
    opened.page.get_by_role("button", name="2 步", exact=True).click()
    assert len(opened.shown()) == 5
    opened.page.get_by_role("button", name=f"移除：图：{FARMS}周围").click()
    assert places(opened) == before


def test_what_no_fact_joins_has_the_letters_that_name_it_around(opened: Open) -> None:
    call(opened, "focusOn", "第三届种业大会", 1)
    assert set(opened.shown()) == {"第三届种业大会", "蓉农函〔2024〕18号"}
    assert [line["said"] for line in opened.page.evaluate("() => kgPage.drawnLines()")] == [False]


def test_large_surroundings_are_cut_and_say_so(show: Opener) -> None:
    opened = show(letter_of_things([f"第{number}类" for number in range(140)]))
    call(opened, "focusOn", "总计划", 1)
    assert len(opened.shown()) == 80
    assert "共 141 个实体，显示其中最重要的 80 个" in opened.page.locator("#notice").inner_text()
    assert no_name_over_another(opened)


def test_rings_leave_room_for_all_names(show_file: Opener, built: Path) -> None:
    opened = show_file(built)
    call(opened, "focusOn", "温州市科学技术局", 2)
    assert 20 < len(opened.shown()) <= 80
    assert len(opened.page.evaluate("() => kgPage.labels()")) >= 0.95 * len(opened.shown())
    assert no_name_over_another(opened)


def test_all_shortest_paths(opened: Open) -> None:
    graph = fact_graph(opened)
    for one, other in ((PERSON, FARMS), ("锦田实验室", "成都市财政局"), (PERSON, "关于发展都市农业的提案")):
        assert call(opened, "showPath", one, other) is True
        paths = list(nx.all_shortest_paths(graph, one, other))
        assert set(opened.shown()) == {name for path in paths for name in path}
        lines = {frozenset((line["from"], line["to"])) for line in opened.page.evaluate("() => kgPage.drawnLines()")}
        steps = {frozenset((opened.row(a), opened.row(b))) for path in paths for a, b in pairwise(path)}
        assert lines == steps
        said = opened.page.locator("#notice").inner_text()
        assert f"最短路径 {len(paths)} 条，{len(paths[0]) - 1} 步" in said
        columns = [places(opened)[str(opened.row(name))]["x"] for name in paths[0]]
        assert columns == sorted(set(columns)), "from left to right"


def test_paths_by_letters_where_no_fact_joins(opened: Open) -> None:
    assert call(opened, "showPath", "第三届种业大会", "锦田实验室") is True
    assert set(opened.shown()) == {"第三届种业大会", "蓉农函〔2024〕18号", "锦田实验室"}
    assert "没有事实相连" in opened.page.locator("#notice").inner_text()


def test_where_there_is_no_path_it_says_so(show: Opener) -> None:
    store = letter_of_things(["甲类"])
    alone = NamedNode(f"{vocabulary.BASE}group/孤")
    for predicate, value in ((vocabulary.TYPE, kg("Group")), (vocabulary.PREF_LABEL, Literal("孤", language="zh"))):
        store.add(Quad(alone, NamedNode(predicate), value, DefaultGraph()))
    opened = show(store)
    before = opened.shown()
    assert call(opened, "showPath", "甲类", "孤") is False
    assert "“甲类”与“孤”之间没有路径" in opened.page.locator("#notice").inner_text()
    assert opened.shown() == before


def test_the_ends_of_a_path_are_picked(opened: Open) -> None:
    opened.click(PERSON)
    opened.page.get_by_role("button", name="查找路径").click()
    assert f"从“{PERSON}”到" in opened.page.locator("#notice").inner_text()
    opened.click(FARMS)
    assert fragment(opened).startswith("#path=person/何思源_成都市政协,group/家庭农场")
    call(opened, "select", FARMS)
    opened.page.locator("#graph").focus()
    opened.page.keyboard.press("p")
    opened.page.keyboard.press("/")
    opened.page.keyboard.type("锦田")
    opened.page.keyboard.press("Enter")
    assert fragment(opened).startswith("#path=group/家庭农场,platform/锦田实验室_成都市")


def test_a_path_has_two_ends(opened: Open) -> None:
    assert call(opened, "showPath", FARMS, FARMS) is False
    assert "路径的两端不能相同" in opened.page.locator("#notice").inner_text()


def test_escape_gives_a_path_up(opened: Open) -> None:
    opened.click(PERSON)
    opened.page.get_by_role("button", name="查找路径").click()
    opened.page.keyboard.press("Escape")
    assert opened.page.locator("#notice").inner_text() == ""
    opened.click(FARMS)
    assert selected(opened) == FARMS
    assert "path=" not in fragment(opened)


# --- Back, forward, links


def test_back_and_forward(opened: Open) -> None:
    back, forward = opened.page.locator("#back"), opened.page.locator("#forward")
    assert back.is_disabled() and forward.is_disabled()
    first = places(opened)
    opened.click(PROGRAMME)
    call(opened, "focusOn", PROGRAMME, 1)
    focused = places(opened)
    opened.page.locator("[data-kind=Agency]").click()
    assert BUREAU not in opened.shown()
    opened.page.go_back()
    assert places(opened) == focused
    back.click()
    opened.page.wait_for_function("() => !location.hash.includes('focus')")
    assert places(opened) == first and selected(opened) == PROGRAMME
    opened.page.keyboard.press("Alt+ArrowLeft")
    opened.page.wait_for_function("() => location.hash === ''")
    assert opened.page.locator("#panel ul.letters").is_visible()
    assert back.is_disabled() and not forward.is_disabled()
    opened.page.keyboard.press("Alt+ArrowRight")
    opened.page.wait_for_function("() => location.hash !== ''")
    forward.click()
    opened.page.wait_for_function("() => location.hash.includes('focus')")
    assert places(opened) == focused
    call(opened, "select", FARMS)
    assert forward.is_disabled(), "a new way drops the old one"


def test_back_finds_things_where_they_were_dragged(opened: Open) -> None:
    x, y = opened.point(FARMS)
    opened.page.mouse.move(x, y)
    opened.page.mouse.down()
    opened.page.mouse.move(x + 60, y + 40, steps=5)
    opened.page.mouse.up()
    dragged = places(opened)
    call(opened, "focusOn", PERSON, 1)
    opened.page.go_back()
    opened.settle()
    assert places(opened) == dragged


def walk(opened: Open) -> None:
    """A state of every sort: surroundings, hand-made changes, filters, something chosen."""
    call(opened, "focusOn", PERSON, 1)
    call(opened, "expand", "蓉农函〔2023〕41号")
    call(opened, "takeAway", PERSON)
    call(opened, "goTo", "第三届种业大会")
    opened.page.locator("#filter").click()
    opened.page.locator('#filters [data-key="year:2023"]').check()
    opened.page.locator('#filters [data-key="year:2024"]').check()
    opened.page.locator("[data-kind=Proposal]").click()
    call(opened, "expand", BUREAU)
    call(opened, "select", BUREAU)


def test_a_link_keeps_the_state(opened: Open) -> None:
    walk(opened)
    address, seen, where = opened.page.evaluate("() => location.href"), set(opened.shown()), places(opened)
    assert fragment(opened) == (
        "#focus=person/何思源_成都市政协&expand=letter/蓉农函〔2023〕41号&away=person/何思源_成都市政协&add=event/种业大会"
        "&expand=agency/成都市农业农村局,platform/锦田实验室_成都市,letter/蓉农函〔2024〕18号"
        "&kind=-Proposal&year=2023,2024&on=agency/成都市农业农村局"
    )
    opened.page.goto("about:blank")
    opened.page.goto(address)
    opened.settle()
    assert set(opened.shown()) == seen and places(opened) == where
    assert selected(opened) == BUREAU
    assert opened.page.locator("[data-kind=Proposal]").get_attribute("aria-pressed") == "false"
    assert opened.page.evaluate("() => location.href") == address
    call(opened, "focusOn", FARMS, 2)
    opened.page.evaluate("(hash) => { location.hash = hash; }", address.partition("#")[2])
    opened.page.wait_for_function("() => location.hash.includes('expand')")
    assert set(opened.shown()) == seen, "also typed into the address of an open page"


@pytest.mark.parametrize("name", ["timeline", "path", "matches", "line"])
def test_links_to_other_states(opened: Open, name: str) -> None:
    if name == "timeline":
        opened.page.locator("#panel .tab.timeline").click()
    elif name == "path":
        call(opened, "showPath", PERSON, FARMS)
    elif name == "matches":
        opened.page.locator("[data-kind=Letter]").click()
        call(opened, "focusOn", PERSON, 1)
        opened.page.locator("#chips .matches").click()
    else:
        opened.page.evaluate("() => kgPage.selectLine(kgPage.drawnLines().find((line) => line.said).id)")
    address, panel, shown = opened.page.evaluate("() => location.href"), opened.panel(), set(opened.shown())
    assert name in address
    opened.page.goto("about:blank")
    opened.page.goto(address)
    opened.settle()
    assert opened.panel() == panel and set(opened.shown()) == shown
    assert opened.page.evaluate("() => location.href") == address


def test_names_with_signs_of_a_fragment_come_through(show: Opener) -> None:
    store = letter_of_things(["甲类"])
    odd = NamedNode(f"{vocabulary.BASE}group/a&b=c,d%25e-f+(g)")
    for predicate, value in ((vocabulary.TYPE, kg("Group")), (vocabulary.PREF_LABEL, Literal("怪名", language="zh"))):
        store.add(Quad(odd, NamedNode(predicate), value, DefaultGraph()))
    store.add(Quad(NamedNode(f"{vocabulary.BASE}programme/总"), kg("supports"), odd, DefaultGraph()))
    opened = show(store)
    call(opened, "focusOn", "怪名", 1)
    address = opened.page.evaluate("() => location.href")
    assert address.count("&") == 1
    opened.page.reload()
    opened.settle()
    assert opened.shown() == ["怪名"] and selected(opened) == "怪名"
    assert opened.page.evaluate("() => location.href") == address


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ("focus=group/没有这个", "focus=group/没有这个"),
        ("focus=%E4%B8", "focus=%E4%B8"),
        ("nothing=1&kind=Group", "nothing=1"),
        ("kind=Group,Nonsense", "kind=Group,Nonsense"),
        ("path=group/家庭农场", "path=group/家庭农场"),
        ("steps=99&page=x", "steps=99、page=x"),
        ("__proto__=1&constructor", "__proto__=1、constructor"),
        ("on=<img src=x onerror=alert(1)>", "on=<img src=x onerror=alert(1)>"),
    ],
)
def test_unknown_parts_of_a_link_are_ignored_and_said(opened: Open, parts: str, said: str) -> None:
    address = opened.page.evaluate("() => location.href")
    opened.page.goto("about:blank")
    opened.page.goto(f"{address}#{parts}")
    opened.settle()
    assert said in opened.page.locator("#notice").inner_text()
    assert len(opened.shown()) == (1 if "kind=Group" in parts else 10)


# --- The keyboard in the picture


def test_arrows_go_to_the_nearest_node(opened: Open) -> None:
    opened.page.locator("#graph").focus()
    opened.page.keyboard.press("ArrowRight")
    names = {str(opened.row(name)): name for name in opened.shown()}
    for key, axis, sign in (
        ("ArrowRight", "x", 1),
        ("ArrowLeft", "x", -1),
        ("ArrowDown", "y", 1),
        ("ArrowUp", "y", -1),
    ):
        where = {names[number]: place for number, place in places(opened).items()}
        before = selected(opened)
        opened.page.keyboard.press(key)
        after = selected(opened)
        other = "y" if axis == "x" else "x"
        step = {
            n: ((p[axis] - where[before][axis]) * sign, abs(p[other] - where[before][other])) for n, p in where.items()
        }
        ahead = {name: along + 2 * aside for name, (along, aside) in step.items() if along > 0 and aside <= along}
        assert after == (min(ahead, key=ahead.__getitem__) if ahead else before)
        assert opened.page.locator("#spoken").inner_text().startswith(after) or not ahead
    opened.page.go_back()
    assert fragment(opened) == "", "steps with arrows make one entry of the history"


def test_everything_by_keyboard(opened: Open) -> None:
    """Esc, focus, expand, collapse, take away."""
    call(opened, "focusOn", PERSON, 1)
    call(opened, "select", "蓉农函〔2023〕41号")
    opened.page.locator("#graph").focus()
    opened.page.keyboard.press("Enter")
    assert BUREAU in opened.shown()
    opened.page.keyboard.press("Backspace")
    assert BUREAU not in opened.shown()
    opened.page.keyboard.press("2")
    assert fragment(opened) == "#focus=letter/蓉农函〔2023〕41号&steps=2&on=letter/蓉农函〔2023〕41号"
    opened.page.keyboard.press("Delete")
    assert "蓉农函〔2023〕41号" not in opened.shown()
    opened.page.keyboard.press("ArrowLeft")
    assert selected(opened) in opened.shown()
    opened.page.keyboard.press("Escape")
    assert opened.page.locator("#panel ul.letters").is_visible()
    assert opened.page.evaluate("() => document.activeElement.id") == "graph"
    scale = opened.page.evaluate("() => kgPage.network.getScale()")
    opened.page.keyboard.press("-")
    assert opened.page.evaluate("() => kgPage.network.getScale()") < scale


def test_facts_of_what_is_chosen_or_drawn(opened: Open) -> None:
    count = "() => kgPage.selectionFacts().length"
    drawn = opened.page.evaluate(count)
    assert drawn == 13
    call(opened, "select", PROGRAMME)
    assert opened.page.evaluate(count) == 4
    opened.page.evaluate("() => kgPage.selectLine(kgPage.drawnLines().find((line) => line.said).id)")
    assert opened.page.evaluate(count) >= 1
    call(opened, "focusOn", PERSON, 1)
    opened.page.locator("#graph").focus()
    opened.page.keyboard.press("Escape")
    assert opened.page.evaluate(count) == 4, "also what is no line: the letter's number"


# --- What filters hide is said


def test_neighbours_that_filters_hide_are_not_said_to_be_shown(opened: Open) -> None:
    """In the picture or not: of the programme's four neighbours and two letters only the group passes."""
    go(opened, "#kind=Programme,Group")
    call(opened, "select", PROGRAMME)
    assert "相连实体均已显示" not in opened.panel()
    call(opened, "expand", PROGRAMME)
    assert "其余 5 个相连实体被筛选条件隐藏" in opened.page.locator("#notice").inner_text()
    opened.page.locator("#panel").get_by_role("button", name="5 个被筛选隐藏：显示").click()
    opened.settle()
    assert {BUREAU, "成都市财政局", "锦田实验室"} < set(opened.shown())
    assert "相连实体均已显示" in opened.panel()


@pytest.mark.parametrize(
    ("parts", "said", "offered", "shown"),
    [
        ("on=programme/沃野千里_成都市&kind=-Programme", f"“{PROGRAMME}”被筛选条件（类别）隐藏", "显示它", PROGRAMME),
        (
            "focus=programme/沃野千里_成都市&kind=-Programme",
            f"“{PROGRAMME}”被筛选条件（类别）隐藏",
            "显示它",
            PROGRAMME,
        ),
        ("focus=group/家庭农场&kind=-Programme", "图中有 1 个实体被筛选条件隐藏", "清除筛选并显示", PROGRAMME),
        (
            "path=group/家庭农场,agency/成都市农业农村局&kind=-Programme",
            "路径上有 1 个实体",
            "清除筛选并显示",
            PROGRAMME,
        ),
        ("add=event/种业大会&kind=-Event", "有 1 个实体被筛选条件隐藏", "清除筛选并显示", "第三届种业大会"),
    ],
)
def test_a_link_to_what_filters_hide_says_so(opened: Open, parts: str, said: str, offered: str, shown: str) -> None:
    go(opened, f"#{parts}")
    assert shown not in opened.shown()
    notice = opened.page.locator("#notice")
    assert said in notice.inner_text()
    notice.get_by_role("button", name=offered).click()
    opened.settle()
    assert shown in opened.shown()


def test_surroundings_that_filters_hide_are_counted(opened: Open) -> None:
    go(opened, "#kind=Group")
    call(opened, "focusOn", FARMS, 1)
    assert "图中有 1 个实体被筛选条件隐藏" in opened.page.locator("#notice").inner_text()


def go(opened: Open, fragment_: str) -> None:
    """Opens the page anew with a fragment."""
    address = opened.page.evaluate("() => location.href.split('#')[0]")
    opened.page.goto("about:blank")
    opened.page.goto(f"{address}{fragment_}")
    opened.settle()
