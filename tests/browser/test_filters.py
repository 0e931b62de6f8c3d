"""Filters: what passes, what each value would show, chips, the legend, and that no click does nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from kg import vocabulary
from tests.browser.stores import figures_store, kg

if TYPE_CHECKING:
    from tests.browser.conftest import Open, Opener

Choice = Mapping[str, str]


@dataclass(frozen=True)
class Graph:
    """A page's data, and the filters reckoned slowly and plainly from it."""

    data: Mapping[str, Any]

    def rows(self, table: str) -> list[dict[str, Any]]:
        words = self.data[table].get("words", {})
        rows = [dict(zip(self.data[table]["columns"], row, strict=True)) for row in self.data[table]["rows"]]
        return [{name: words[name][cell] if name in words else cell for name, cell in row.items()} for row in rows]

    @cached_property
    def letters(self) -> dict[int, dict[str, Any]]:
        return {row["thing"]: row for row in self.rows("letters")}

    @cached_property
    def sentences(self) -> list[dict[str, Any]]:
        return self.rows("sentences")

    @cached_property
    def things(self) -> list[dict[str, Any]]:
        return self.rows("things")

    def values(self, facet: str) -> list[str]:
        known: dict[str, Callable[[], list[str]]] = {
            "kind": lambda: [kind["name"] for kind in self.data["kinds"]],
            "relation": lambda: [relation["name"] for relation in self.data["relations"]],
            "letter": lambda: [self.things[thing]["iri"] for thing in self.letters],
            "year": lambda: sorted({str(row["year"]) for row in self.letters.values()}),
            "section": lambda: ["form", "report", "plan"],
            "status": lambda: ["done", "ongoing", "planned"],
        }
        return known[facet]()

    def sentence_passes(self, number: int, choice: Choice) -> bool:
        sentence = self.sentences[number]
        letter = self.letters[sentence["document"]]
        said = {
            "letter": self.things[letter["thing"]]["iri"],
            "year": str(letter["year"]),
            "section": sentence["section"],
        }
        return all(choice.get(facet, value) == value for facet, value in said.items())

    def passes(self, thing: int, choice: Choice) -> bool:
        value = self.things[thing]
        if choice.get("kind", kind := self.data["kinds"][value["kind"]]["name"]) != kind:
            return False
        some = [n for n in range(len(self.sentences)) if self.sentence_passes(n, choice)]
        if thing in self.letters:
            own = {"letter": value["iri"], "year": str(self.letters[thing]["year"])}
            named = all(choice.get(facet, said) == said for facet, said in own.items())
        else:
            named = bool({"letter", "year", "section"}.isdisjoint(choice) and not value["mentions"]) or not set(
                some
            ).isdisjoint(value["mentions"])
        return named and self._says(thing, choice, set(some)) and self._stands(thing, choice, set(some))

    def _says(self, thing: int, choice: Choice, some: set[int]) -> bool:
        return "relation" not in choice or any(
            thing in (fact["subject"], fact["object"])
            and self.data["relations"][fact["relation"]]["name"] == choice["relation"]
            and not some.isdisjoint(fact["sentences"])
            for fact in self.rows("facts")
        )

    def _stands(self, thing: int, choice: Choice, some: set[int]) -> bool:
        return "status" not in choice or any(
            row["thing"] == thing and row["status"] == choice["status"] and not some.isdisjoint(row["sentences"])
            for row in self.rows("standings")
        )

    def count(self, choice: Choice) -> int:
        return sum(self.passes(thing, choice) for thing in range(len(self.things)))


def graph_of(opened: Open) -> Graph:
    return Graph(opened.page.evaluate("() => JSON.parse(document.getElementById('data').textContent)"))


def box(opened: Open, facet: str, value: str) -> Any:
    """The checkbox of a value."""
    return opened.page.locator(f'#filters [data-key="{facet}:{value}"]')


def choose(opened: Open, choice: Choice) -> None:
    if not opened.page.locator("#filters .facets").is_visible():
        opened.page.locator("#filter").click()
    for facet, value in choice.items():
        box(opened, facet, value).check()


def said_counts(opened: Open) -> dict[str, int]:
    """The number beside each value, by "facet:value"."""
    found: dict[str, int] = opened.page.evaluate(
        "() => Object.fromEntries([...document.querySelectorAll('#filters label')].map((label) =>"
        " [label.querySelector('input').dataset.key, Number(label.querySelector('.count').textContent.replace(',', ''))]))"
    )
    return found


CHOICES: list[Choice] = [
    {},
    {"year": "2023"},
    {"section": "plan"},
    {"status": "planned"},
    {"status": "ongoing", "section": "plan"},
    {"kind": "Group", "section": "report"},
    {"relation": "carriedOutBy"},
    {"relation": "carriedOutBy", "year": "2024"},
    {"relation": "supports", "status": "planned", "section": "plan"},
]


@pytest.mark.parametrize("choice", CHOICES, ids=str)
def test_every_value_says_how_many_it_would_show(opened: Open, choice: Choice) -> None:
    check_counts(opened, choice)


@pytest.mark.parametrize("choice", [{}, {"year": "2023"}, {"section": "report", "status": "done"}], ids=str)
def test_every_value_says_so_in_another_graph(show: Opener, choice: Choice) -> None:
    check_counts(show(figures_store()), choice)


def check_counts(opened: Open, choice: Choice) -> None:
    """What is shown and what each value says, against the plain reckoning."""
    graph = graph_of(opened)
    choose(opened, choice)
    said = said_counts(opened)
    for facet in ("kind", "relation", "letter", "year", "section", "status"):
        others = {other: value for other, value in choice.items() if other != facet}
        for value in graph.values(facet):
            assert said.get(f"{facet}:{value}", 0) == graph.count({**others, facet: value}), (facet, value)
    assert (
        f"符合条件：{graph.count(choice)} / {len(graph.things)} 个实体"
        in opened.page.locator(".facetHead").inner_text()
    )
    shown = {thing["name"] for number, thing in enumerate(graph.things) if graph.passes(number, choice)}
    assert set(opened.shown()) == shown


def test_within_a_facet_or_between_facets_and(opened: Open) -> None:
    choose(opened, {"kind": "Agency", "year": "2023"})
    assert set(opened.shown()) == {"成都市农业农村局", "成都市财政局"}
    choose(opened, {"kind": "Group"})
    assert set(opened.shown()) == {"成都市农业农村局", "成都市财政局", "家庭农场"}


def test_chips_tell_the_choice_and_take_it_back(opened: Open) -> None:
    before = set(opened.shown())
    choose(opened, {"kind": "Agency", "year": "2024"})
    chips = opened.page.locator("#chips .remove")
    assert [text.split("\n")[0] for text in chips.all_inner_texts()] == ["类别：机关单位", "年份：2024"]
    assert opened.shown() == ["成都市农业农村局"]
    opened.page.get_by_role("button", name="移除：年份：2024").click()
    assert chips.count() == 1 and not box(opened, "year", "2024").is_checked()
    opened.page.locator("#chips .reset").click()
    assert not opened.page.locator("#chips").is_visible()
    assert set(opened.shown()) == before


def test_the_legend_and_the_filter_of_kinds_agree(opened: Open) -> None:
    opened.page.locator("[data-kind=Person]").click()
    opened.page.locator("#filter").click()
    assert not box(opened, "kind", "Person").is_checked() and box(opened, "kind", "Group").is_checked()
    assert "类别不含：人物" in opened.page.locator("#chips").inner_text()
    box(opened, "kind", "Person").click()
    assert not opened.page.locator("#chips").is_visible(), "all kinds chosen is no filter"
    box(opened, "kind", "Group").check()
    pressed = "() => [...document.querySelectorAll('#legend [aria-pressed=true]')].map((chip) => chip.dataset.kind)"
    assert opened.page.evaluate(pressed) == ["Group"]
    opened.page.locator("[data-kind=Group]").click()
    assert len(opened.page.evaluate(pressed)) == 8, "hiding the last one shows all"


def test_lines_pass_by_what_says_them(opened: Open) -> None:
    choose(opened, {"relation": "carriedOutBy"})
    lines = opened.page.evaluate("() => kgPage.drawnLines().map(({ from, to }) => [from, to].sort((a, b) => a - b))")
    programme, platform = opened.row("“沃野千里”行动"), opened.row("锦田实验室")
    bureau, finance = opened.row("成都市农业农村局"), opened.row("成都市财政局")
    assert sorted(lines) == sorted(
        sorted(pair) for pair in ([programme, bureau], [programme, finance], [platform, bureau])
    )


def test_more_that_match_can_be_shown(show: Opener, letters_store: Store) -> None:
    """With the picture around one thing, what else passes is said and shown by a button."""
    opened = show(letters_store)
    opened.page.evaluate("(id) => kgPage.focusOn(id, 1)", opened.row("何思源"))
    assert len(opened.shown()) == 3
    choose(opened, {"section": "plan"})
    graph = graph_of(opened)
    wanted = {t["name"] for number, t in enumerate(graph.things) if graph.passes(number, {"section": "plan"})}
    shown = set(opened.shown())
    assert shown < wanted
    assert f"图中 {len(shown)} 个符合条件，另有 {len(wanted - shown)} 个" in opened.page.locator("#chips").inner_text()
    opened.page.locator("#chips .matches").click()
    assert set(opened.shown()) == wanted
    assert f"符合条件的 {len(wanted)} 个均在图中" in opened.page.locator("#chips").inner_text()
    box(opened, "section", "plan").uncheck()
    choose(opened, {"section": "report"})
    again = {t["name"] for number, t in enumerate(graph.things) if graph.passes(number, {"section": "report"})}
    assert set(opened.shown()) == again, "the picture of what matches follows the filters"


def test_a_target_that_is_filtered_out_is_said_and_offered(opened: Open) -> None:
    opened.click("“沃野千里”行动")
    choose(opened, {"kind": "Programme", "section": "plan"})
    opened.page.evaluate("(id) => kgPage.goTo(id)", opened.row("成都市财政局"))
    assert opened.page.locator("#panel h2").inner_text() == "“沃野千里”行动", "nothing is chosen that is not shown"
    notice = opened.page.locator("#notice")
    assert "“成都市财政局”被筛选条件（类别、部分）隐藏" in notice.inner_text()
    notice.get_by_role("button", name="显示它").click()
    assert "成都市财政局" in opened.shown()
    assert opened.page.locator("#panel h2").inner_text() == "成都市财政局"


def test_the_box_works_by_keyboard_and_closes_with_escape(opened: Open) -> None:
    opened.page.locator("#filter").focus()
    opened.page.keyboard.press("Enter")
    assert opened.page.locator("#filter").get_attribute("aria-expanded") == "true"
    focused = "() => document.activeElement.dataset.key ?? document.activeElement.id"
    first = opened.page.evaluate(focused)
    assert first.startswith("kind:")
    opened.page.keyboard.press("Space")
    assert opened.page.evaluate(focused) == first, "the focus stays where it was"
    assert opened.page.locator("#chips").is_visible()
    opened.page.keyboard.press("Escape")
    assert not opened.page.locator("#filters .facets").is_visible()
    assert opened.page.evaluate(focused) == "filter"


def test_a_letter_is_found_in_the_list_of_letters(show: Opener) -> None:
    opened = show(many_letters(40))
    opened.page.locator("#filter").click()
    assert opened.page.locator("#filters .letter label").count() == 14
    opened.page.locator("#filters .letter .moreValues").click()
    assert opened.page.locator("#filters .letter label").count() == 40
    opened.page.locator("#filters .letter input[type=search]").fill("37号")
    assert opened.page.locator("#filters .letter label").count() == 1
    assert opened.page.evaluate("() => document.activeElement.type") == "search"
    opened.page.locator("#filters .letter label input").check()
    assert set(opened.shown()) == {"函37号", "对象37"}


def many_letters(count: int) -> Store:
    """Letters that name one thing each."""
    store = Store()
    for number in range(count):
        letter = NamedNode(f"{vocabulary.BASE}letter/函{number}号")
        thing, passage = NamedNode(f"{vocabulary.BASE}group/对象{number}"), NamedNode(f"{letter.value}#char=0,9")
        quads = [
            (letter, NamedNode(vocabulary.TYPE), kg("Letter"), letter),
            (letter, NamedNode(vocabulary.PREF_LABEL), Literal(f"函{number}号", language="zh"), letter),
            (thing, NamedNode(vocabulary.TYPE), kg("Group"), letter),
            (thing, NamedNode(vocabulary.PREF_LABEL), Literal(f"对象{number}", language="zh"), letter),
            (passage, kg("text"), Literal(f"支持对象{number}。", language="zh"), letter),
            (passage, kg("start"), Literal(0), letter),
            (passage, kg("section"), Literal("plan"), letter),
            (passage, kg("inDocument"), letter, letter),
            (passage, kg("mentions"), thing, passage),
        ]
        for subject, predicate, value, graph in quads:
            store.add(Quad(subject, predicate, value, graph))
            store.add(Quad(subject, predicate, value, DefaultGraph()))
    return store


def test_a_telephone_shows_the_box_of_filters_whole(show: Opener, letters_store: Store) -> None:
    """The page scrolls, the box does not."""
    opened = show(letters_store, viewport={"width": 390, "height": 844})
    opened.page.locator("#filter").click()
    box = opened.page.locator("#filters")
    assert box.evaluate("(box) => box.scrollHeight <= box.clientHeight + 1 && box.clientHeight > 400")
    assert opened.page.evaluate("() => document.documentElement.scrollWidth") <= 390


def test_an_empty_picture_says_why(opened: Open) -> None:
    opened.page.evaluate("() => { location.hash = '#kind=Agency&status=planned'; }")
    opened.page.locator("#empty p").wait_for()
    assert opened.shown() == []
    assert opened.page.locator("#empty p").inner_text() == "没有实体符合全部筛选条件。"
    assert "没有符合条件的实体" in opened.page.locator("#chips").inner_text()
    opened.page.locator("#empty button").click()
    assert len(opened.shown()) == 10 and not opened.page.locator("#empty").is_visible()


def test_an_empty_picture_offers_what_matches(opened: Open) -> None:
    opened.page.evaluate("(id) => kgPage.focusOn(id, 1)", opened.row("何思源"))
    opened.page.evaluate("() => { location.hash += '&kind=Platform'; }")
    opened.page.locator("#empty p").wait_for()
    assert opened.page.locator("#empty p").inner_text() == "图中没有符合条件的实体，另有 1 个不在图中。"
    opened.page.locator("#empty").get_by_role("button", name="显示全部 1 个").click()
    assert opened.shown() == ["锦田实验室"]
