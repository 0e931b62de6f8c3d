"""The page's data and file, without a browser (tests/browser has the rest)."""

from __future__ import annotations

import base64
import hashlib
import json
import locale
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store

from kg import ontology, vocabulary
from kg.errors import OutputError, StoreError
from kg.view import page
from kg.view.bundle import checked, vis_network
from kg.view.choose import Line, chosen, fact_graph, lines
from kg.view.data import as_json
from kg.view.gather import OUTCOMES, Content, gather
from kg.view.layout import places
from kg.view.network import network
from tests.browser.stores import replies_store

LETTERS = Path(__file__).parent / "browser" / "two-letters.trig"
HOSTILE = ["</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<!-- --", "$title ${data}", "{{ 7*7 }}",
           "javascript:alert(1)", "\u2028\u2029", "&lt;b&gt; & \"'"]  # fmt: skip


def merged(store: Store) -> Store:
    """The store with its default graph, as the pipeline makes it."""
    for quad in list(store):
        store.add(Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()))
    return store


def loaded(order: Callable[[list[Quad]], list[Quad]] = list) -> Store:
    read, store = Store(), Store()
    read.load(path=str(LETTERS), format=RdfFormat.TRIG)
    for quad in order(list(read)):
        store.add(quad)
    return merged(store)


def node(path: str) -> NamedNode:
    return NamedNode(vocabulary.BASE + path)


def renamed(name: str) -> Store:
    """The store with another name for one thing."""
    store = loaded()
    thing, label = node("event/种业大会"), NamedNode(vocabulary.PREF_LABEL)
    for quad in list(store.quads_for_pattern(thing, label, None, None)):
        store.remove(quad)
    store.add(Quad(thing, label, Literal(name, language="zh"), DefaultGraph()))
    return store


class Scripts(HTMLParser):
    """What the script and style elements of a page contain, with their attributes, and all addresses."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str | None], str]] = []
        self.addresses: list[str] = []
        self.metas: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href", "action", "data")]
        if tag in ("script", "style"):
            self.found.append((tag, dict(attrs), ""))
        if tag == "meta":
            self.metas.append(dict(attrs))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem and self.found:
            tag, attributes, text = self.found[-1]
            self.found[-1] = (tag, attributes, text + data)


def parsed(text: str) -> Scripts:
    parser = Scripts()
    parser.feed(text)
    parser.close()
    return parser


def data_of(text: str) -> Mapping[str, Any]:
    (found,) = [body for tag, attributes, body in parsed(text).found if attributes.get("id") == "data"]
    data: Mapping[str, Any] = json.loads(found)
    return data


@pytest.fixture(scope="module")
def text() -> str:
    return page(loaded())


@pytest.fixture(scope="module")
def content() -> Content:
    return gather(loaded(), ontology.load())


# --- What is gathered


def test_counts(content: Content) -> None:
    assert len(content.documents()) == 2
    assert len(content.things) == 10
    assert len(content.sentences) == 6
    assert len(content.figures) == 3


def test_a_fact_of_two_sentences_is_one(content: Content) -> None:
    facts = [statement for statement in content.statements if statement.relation == "supports"]
    assert [len(fact.sentences) for fact in facts] == [2]
    assert [content.sentences[number].section for number in facts[0].sentences] == ["report", "plan"]


def test_literals_keep_their_text(content: Content) -> None:
    literal = {(s.relation, s.object) for s in content.statements if isinstance(s.object, str)}
    assert literal == {("documentNumber", "蓉农函〔2023〕41号"), ("issued", "2024-05-06")}


def test_figures_have_their_values_as_written(content: Content) -> None:
    names = {thing.name: number for number, thing in enumerate(content.things)}
    last = content.figures[-1]
    assert [(f.kind, f.comparator, f.period) for f in content.figures] == [
        ("Result", "=", "2022"), ("Result", ">=", ""), ("Incentive", "<=", "")
    ]  # fmt: skip
    assert (last.about, last.beneficiary, last.scope) == (names["“沃野千里”行动"], names["家庭农场"], -1)
    assert float(last.value) == 200000


def test_standings_and_mentions(content: Content) -> None:
    names = [thing.name for thing in content.things]
    assert {(names[s.thing], s.status) for s in content.standings} == {
        ("锦田实验室", "done"), ("“沃野千里”行动", "ongoing"), ("“沃野千里”行动", "planned"), ("第三届种业大会", "planned")
    }  # fmt: skip
    assert len(content.mentions[names.index("“沃野千里”行动")]) == 3


def test_sentences_are_in_the_order_of_the_letters(content: Content) -> None:
    places_ = [(sentence.document, sentence.start) for sentence in content.sentences]
    assert places_ == sorted(places_)
    assert content.sentences[2].read_with == (0,)


def test_requests_with_their_answers() -> None:
    found = gather(replies_store(), ontology.load())
    names = [thing.name for thing in found.things]
    asked = {(names[one.document], one.text): one for one in found.requests}
    assert [text for number, text in asked if number == "洛文物提函〔2025〕31号"] == [
        "建立工坊名录", "开设夜间集市", "减免摊位租金", "设立手工艺学院"
    ], "in the order of the letter"  # fmt: skip
    assert {names[one.proposal] for one in found.requests} == {"关于扶持传统手工艺的提案"}
    market = asked["洛文物提函〔2025〕31号", "开设夜间集市"]
    assert [found.sentences[n].text[:6] for n in market.sentences] == ["您提出的建立", "二、关于开设"]
    assert [(found.sentences[n].text[:6], [OUTCOMES[o] for o in outcomes]) for n, outcomes in market.answers] == [
        ("市商务局正在", ["Ongoing", "Planned"])
    ]
    assert asked["洛文物提函〔2025〕31号", "设立手工艺学院"].answers == ()
    assert ("洛市监提函〔2025〕8号", "减免摊位租金") in asked


def test_a_document_that_is_no_letter_is_shown_as_a_document() -> None:
    store = loaded()
    report, passage = node("document/年度报告"), node("document/年度报告#char=0,4")
    for graph in (report, DefaultGraph()):
        store.add(Quad(passage, NamedNode(vocabulary.KG + "inDocument"), report, graph))
    store.add(Quad(report, NamedNode(vocabulary.TYPE), NamedNode(vocabulary.KG + vocabulary.DOCUMENT), DefaultGraph()))
    kinds = {thing.name: thing.kind for thing in gather(store, ontology.load()).things}
    assert kinds["年度报告"] == vocabulary.DOCUMENT


def test_a_document_without_a_type_is_an_error() -> None:
    store = loaded()
    store.add(Quad(node("x#char=0,4"), NamedNode(vocabulary.KG + "inDocument"), node("x"), DefaultGraph()))
    with pytest.raises(StoreError, match="build the graph again"):
        gather(store, ontology.load())


def test_an_empty_store_gives_a_page() -> None:
    assert data_of(page(Store()))["things"]["rows"] == []


# --- What is shown first


def graph_of(content: Content) -> nx.Graph:
    return fact_graph(content, frozenset(r.name for r in ontology.load().relations.values() if not r.symmetric))


def test_the_letters_are_among_the_first(content: Content) -> None:
    assert set(content.documents()) <= set(chosen(content, graph_of(content), 6))
    assert len(chosen(content, graph_of(content), 6)) == 6


def test_what_no_fact_joins_hangs_on_its_letter(content: Content) -> None:
    names = [thing.name for thing in content.things]
    drawn = lines(content, graph_of(content), range(len(names)))
    faint = [(names[line.one], names[line.other]) for line in drawn if not line.said]
    assert [set(pair) for pair in faint] == [{"第三届种业大会", "蓉农函〔2024〕18号"}]


def test_arrows_follow_the_facts(content: Content) -> None:
    names = [thing.name for thing in content.things]
    drawn = lines(content, graph_of(content), range(len(names)))
    arrows = {names[(line.one, line.other)[line.arrow == "to"]] for line in drawn if {names[line.one], names[line.other]} ==
              {"“沃野千里”行动", "家庭农场"}}  # fmt: skip
    assert arrows == {"家庭农场"}
    (together,) = [
        line for line in drawn if {names[line.one], names[line.other]} == {"成都市农业农村局", "成都市财政局"}
    ]
    assert together.arrow == ""


def test_places_are_whole_numbers_and_apart() -> None:
    labels = {number: "一二三四五六七八九十"[: number % 9 + 2] for number in range(90)}
    graph = nx.random_labeled_tree(90, seed=5)
    found = places(labels, lines_of(graph))
    assert all(isinstance(number, int) for point in found.values() for number in point)
    crowded = [
        (a, b)
        for a in found
        for b in found
        if a < b and abs(found[a][0] - found[b][0]) < 26 and abs(found[a][1] - found[b][1]) < 26
    ]
    assert crowded == []
    assert found == places(labels, lines_of(graph))


def lines_of(graph: nx.Graph) -> list[Line]:
    return [Line(min(edge), max(edge), True, "to") for edge in graph.edges]


@pytest.mark.parametrize("count", [0, 1, 2])
def test_places_of_few(count: int) -> None:
    assert len(places(dict.fromkeys(range(count), "甲"), [])) == count


def test_places_of_many_take_the_quick_method() -> None:
    graph = nx.path_graph(320)
    assert len(set(places(dict.fromkeys(graph, "甲"), lines_of(graph)).values())) == 320


# --- The file


def test_the_same_store_gives_the_same_page(text: str) -> None:
    assert page(loaded(lambda quads: sorted(quads, key=str, reverse=True))) == text


def test_each_sentence_stands_once_in_the_page(text: str) -> None:
    assert text.count("将举办第三届种业大会。") == 1


def test_nothing_outside_is_addressed(text: str) -> None:
    assert parsed(text).addresses == ["data:,"]
    assert not re.search(r"https?://[\w.]*cdn", text)
    assert "bootstrap" not in text.lower()
    assert "sourceMappingURL" not in text


def test_the_policy_names_every_program_and_style_and_nothing_else(text: str) -> None:
    (policy,) = [m["content"] or "" for m in parsed(text).metas if m.get("http-equiv") == "Content-Security-Policy"]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    sums = {
        tag: [f"'sha256-{base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()}'" for t, a, body in parsed(text).found
              if t == tag and "type" not in a]
        for tag in ("script", "style")
    }  # fmt: skip
    assert rules == {
        "default-src": "'none'",
        "script-src": " ".join(sums["script"]),
        "style-src": " ".join(sums["style"]),
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_stay_data(name: str) -> None:
    found = page(renamed(name))
    scripts = parsed(found).found
    assert [tag for tag, _, _ in scripts] == ["style", "script", "script", "script"]
    names = [row[1] for row in data_of(found)["things"]["rows"]]
    assert name in names


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_titles_stay_text(name: str) -> None:
    found = page(loaded(), title=name)
    assert [tag for tag, _, _ in parsed(found).found] == ["style", "script", "script", "script"]


def test_json_in_a_script_element() -> None:
    text = as_json({"a": HOSTILE})
    assert json.loads(text) == {"a": HOSTILE}
    assert not re.search("[<>&\u2028\u2029]", text)


def test_the_base_is_not_repeated(text: str) -> None:
    assert "agency/成都市农业农村局" in [row[3] for row in data_of(text)["things"]["rows"]]


def test_labels_are_in_both_languages(text: str) -> None:
    data = data_of(text)
    assert all(entry["zh"] and entry["en"] for entry in (*data["kinds"], *data["relations"], *data["figureKinds"]))


def test_the_page_is_made_under_any_locale() -> None:
    """PyVis writes in the locale's encoding; the page is text, and reads its own parts as UTF-8."""
    program = (
        "import hashlib, sys; sys.path.insert(0, sys.argv[1]); import test_view\n"
        "print(hashlib.sha256(test_view.page(test_view.loaded()).encode()).hexdigest())"
    )
    run = [sys.executable, "-X", "utf8=0", "-c", program, str(Path(__file__).parent)]
    environment = {
        "LC_ALL": "C",
        "PYTHONCOERCECLOCALE": "0",
        "PATH": "",
        "PYTHONPATH": str(Path(__file__).parent.parent),
    }
    done = subprocess.run(run, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == hashlib.sha256(page(loaded()).encode()).hexdigest(), locale.getlocale()


def test_nothing_is_written_beside_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    page(loaded())
    assert list(tmp_path.iterdir()) == []


# --- PyVis, and what is guarded against


def test_the_bundle_is_of_pyvis_and_harmless() -> None:
    assert "@version 9." in vis_network()
    assert "\r" not in vis_network()


@pytest.mark.parametrize("program", ["a('</script>')", "a('</SCRIPT >')", "a('<!--')"])
def test_a_bundle_that_would_end_its_element_is_refused(program: str) -> None:
    with pytest.raises(OutputError, match="pyvis"):
        checked(program)


def test_the_network_is_of_pyvis(content: Content) -> None:
    graph = graph_of(content)
    drawn = lines(content, graph, graph)
    net = network(content, ontology.load(), graph, dict.fromkeys(sorted(graph), (3, 4)), drawn)
    assert net.num_nodes() == 10
    assert net.num_edges() == len(drawn)
    assert not any("title" in entry for entry in (*net.nodes, *net.edges))
    kinds = ontology.load().kinds
    assert all(entry["color"] == kinds[content.things[entry["id"]].kind].colour for entry in net.nodes)


def test_pyvis_still_needs_the_guard() -> None:
    """When PyVis' own page stops loading from a CDN, kg/view/bundle.py can say so."""
    from pyvis.network import Network

    assert "https://cdn" in Network(cdn_resources="in_line").generate_html()


def test_making_the_network_is_linear(content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    from pyvis.network import Network

    def refuse(*_: object, **__: object) -> None:
        pytest.fail("searches all earlier nodes or edges each time")

    monkeypatch.setattr(Network, "add_edge", refuse)
    monkeypatch.setattr(Network, "add_node", refuse)
    page(loaded())


def test_no_two_programs_of_the_page_give_one_name() -> None:
    """They are joined into one function, where the later of two would take the place of the earlier in silence."""
    named: dict[str, list[str]] = {}
    for file in sorted((Path(__file__).parent.parent / "kg" / "view").glob("*.js")):
        for name in re.findall(
            r"^(?:async )?(?:function\*?|const|let|class) (\w+)", file.read_text("utf-8"), re.MULTILINE
        ):
            named.setdefault(name, []).append(file.name)
    assert {name: files for name, files in named.items() if len(files) > 1} == {}
    assert len(named) > 200
