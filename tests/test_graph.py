"""From a reading to quads: what stands in which graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from kg import ontology, registry
from kg.errors import OntologyError
from kg.graph import World, letter_quads, ontology_quads, registry_quads, term, written
from kg.graph.dataset import Contents, dataset_quads
from kg.graph.levels import Cited, level_of, level_quads
from kg.graph.registry import place_of, successors
from kg.graph.term import decimal, named
from kg.model import Entity, Fact, Literal, Measure, Reading, Ref
from kg.vocabulary import BASE, expand, order
from tests.invented import (
    AGENCY,
    CONTACTS,
    DATE,
    GROUP,
    ISSUER,
    NUMBER,
    PLAN,
    POLICY,
    PROGRAMME,
    REPORT,
    SALUTATION,
    reading,
)

ONTOLOGY = ontology.load()
LETTER = f"letter/{NUMBER}"


def short(term: object) -> str:
    """A term as a test names it."""
    text = str(term)
    return text[1:-1].removeprefix(BASE) if isinstance(term, NamedNode) else text


def graphs(quads: Iterable[Quad]) -> dict[str, set[tuple[str, str, str]]]:
    found = defaultdict(set)
    for quad in quads:
        found[short(quad.graph_name)].add((short(quad.subject), short(quad.predicate), short(quad.object)))
    return dict(found)


def of(given: Reading) -> dict[str, set[tuple[str, str, str]]]:
    return graphs(letter_quads(given, ONTOLOGY, BASE))


def passage(given: Reading, index: int) -> str:
    span = given.letter.passages[index].span
    return f"{LETTER}#char={span.start},{span.stop}"


def kg(name: str) -> str:
    return expand(f"kg:{name}")


def about(found: set[tuple[str, str, str]], subject: str) -> dict[str, set[str]]:
    known = defaultdict(set)
    for s, p, o in found:
        if s == subject:
            known[p.rpartition("#")[2].rpartition("/")[2]].add(o)
    return dict(known)


READING = reading()
GRAPHS = of(READING)


def test_graphs_are_the_letter_and_its_passages_that_say_something() -> None:
    saying = (ISSUER, 1, SALUTATION, REPORT, PLAN, CONTACTS, 6, DATE)
    assert set(GRAPHS) == {LETTER, "DEFAULT", *(passage(READING, index) for index in saying)}


def test_the_default_graph_is_the_merge_of_the_others() -> None:
    assert GRAPHS["DEFAULT"] == set().union(*(rows for name, rows in GRAPHS.items() if name != "DEFAULT"))


@pytest.mark.parametrize(("index", "subject", "relation", "value"), [
    (ISSUER, LETTER, "kg:issuedBy", "agency/成都市农业农村局"),
    (6, LETTER, "kg:issuedBy", "agency/成都市农业农村局"),
    (DATE, LETTER, "dcterms:issued", '"2023-06-26"^^<http://www.w3.org/2001/XMLSchema#date>'),
    (1, LETTER, "kg:documentNumber", f'"{NUMBER}"'),
    (SALUTATION, LETTER, "kg:repliesTo", "proposal/成都市政协十六届二次17号"),
    (REPORT, "programme/百村千社_成都市", "kg:supports", "group/家庭农场"),
    (PLAN, "policy/成都市种业振兴行动方案(2023-2025年)", "kg:validFrom", '"2023"^^<http://www.w3.org/2001/XMLSchema#gYear>'),
])  # fmt: skip
def test_a_fact_is_a_plain_triple_in_the_graph_of_its_passage(
    index: int, subject: str, relation: str, value: str
) -> None:
    triple = (subject, expand(relation), value)
    assert triple in GRAPHS[passage(READING, index)]
    assert triple not in GRAPHS[LETTER]


def test_a_passage_says_what_it_mentions_states_and_needs() -> None:
    report = passage(READING, REPORT)
    figure = READING.letter.passages[REPORT].span.start + 12
    assert about(GRAPHS[report], report) == {
        "mentions": {"group/家庭农场", "programme/百村千社_成都市"},
        "saysOngoing": {"programme/百村千社_成都市"},
        "readWith": {passage(READING, ISSUER)},
        "states": {f"{LETTER}#char={figure},{figure + 4}"},
    }


def test_a_measure_with_all_that_is_known_of_it() -> None:
    figure = READING.letter.passages[REPORT].span.start + 12
    typed = "^^<http://www.w3.org/2001/XMLSchema#"
    assert about(GRAPHS[passage(READING, REPORT)], f"{LETTER}#char={figure},{figure + 4}") == {
        "type": {kg("Result"), kg("Measure")},
        "indicator": {'"新认定家庭农场"'},
        "value": {f'"12000"{typed}decimal>'},
        "unit": {'"家"'},
        "comparator": {'"="'},
        "counting": {kg("New")},
        "period": {'"2022"'},
        "fromYear": {f'"2022"{typed}integer>'},
        "toYear": {f'"2022"{typed}integer>'},
        "about": {"group/家庭农场"},
        "scope": {"place/成都市"},
    }


def test_two_measures_of_one_figure_and_the_year_they_hold_in() -> None:
    start = READING.letter.passages[PLAN].span.start + READING.letter.passages[PLAN].text.index("50.5万")
    found = GRAPHS[passage(READING, PLAN)]
    first, second = (about(found, f"{LETTER}#char={start},{start + 5}{end}") for end in ("", "&n=2"))
    assert first["asOf"] == {'"2023"^^<http://www.w3.org/2001/XMLSchema#gYear>'}
    assert "period" not in first
    assert first["beneficiary"] == {"group/家庭农场"}
    assert second["value"] == {'"0.5"^^<http://www.w3.org/2001/XMLSchema#decimal>'}
    assert second["period"] == {'"2023/2025"'}
    assert "asOf" not in second


def test_a_figure_that_is_a_whole_passage_is_another_node_than_the_passage() -> None:
    span = READING.letter.passages[ISSUER].span
    figure = Measure("Result", "农场", Decimal(763), "家", "=", "", "Total", ISSUER, 0, span.stop)
    found = of(replace(READING, measures=(figure,), mentions=(), facts=()))
    place = passage(READING, ISSUER)
    assert about(found[place], place) == {"states": {f"{place}&n=1"}}


def test_the_letters_graph_makes_it_readable() -> None:
    found = GRAPHS[LETTER]
    typed = "^^<http://www.w3.org/2001/XMLSchema#integer>"
    report = READING.letter.passages[REPORT]
    assert about(found, passage(READING, REPORT)) == {
        "type": {kg("Passage")},
        "text": {f'"{report.text}"@zh'},
        "start": {f'"{report.span.start}"{typed}'},
        "end": {f'"{report.span.stop}"{typed}'},
        "section": {'"report"'},
        "heading": {'"一、主要工作"'},
        "inDocument": {LETTER},
    }
    assert "heading" not in about(found, passage(READING, DATE))


def test_an_entity_has_one_kind_the_classes_above_it_and_its_names() -> None:
    assert about(GRAPHS[LETTER], "agency/成都市农业农村局") == {
        "type": {kg("Agency"), kg("Body")},
        "prefLabel": {'"成都市农业农村局"@zh'},
        "altLabel": {'"市农业农村局"@zh', '"我局"@zh'},
    }
    assert about(GRAPHS[LETTER], LETTER)["type"] == {kg("Letter"), kg("Document")}
    assert about(GRAPHS[LETTER], LETTER)["sourceFile"] == {'"chengdu.txt"'}
    assert about(GRAPHS[LETTER], LETTER)["sha256"] == {f'"{READING.letter.document.sha256}"'}


def test_every_passage_is_there_and_no_other() -> None:
    wanted = {passage(READING, index) for index in range(len(READING.letter.passages))}
    assert {s for s, p, o in GRAPHS[LETTER] if o == kg("Passage")} == wanted
    assert {s for s, p, o in GRAPHS["DEFAULT"] if p == kg("mentions")} <= wanted


def test_a_plain_document_is_nothing_but_a_document() -> None:
    own = Ref("Document", "报告_12345678")
    given = replace(READING, ref=own, entities=(Entity(own, "报告"),), facts=(), mentions=(), measures=(), statuses=())
    assert about(of(given)["document/报告_12345678"], "document/报告_12345678")["type"] == {kg("Document")}


def test_what_is_spoken_of_and_not_listed_is_named_by_its_key() -> None:
    given = replace(READING, entities=())
    found = about(of(given)[LETTER], "group/家庭农场")
    assert found == {"type": {kg("Group")}, "prefLabel": {'"家庭农场"@zh'}}


POLICY_ISSUED = Fact(POLICY, "issued", Literal("2022-12", "gYearMonth"), PLAN)
POLICY_NUMBERED = Fact(POLICY, "documentNumber", Literal("成农发〔2021〕3号"), PLAN)

YEARS = [
    ("of its date", READING, LETTER, {'"2023"'}),
    ("of the year it holds from", READING, "policy/成都市种业振兴行动方案(2023-2025年)", {'"2023"'}),
    ("date before validity", replace(READING, facts=(*READING.facts, POLICY_ISSUED)), "policy/成都市种业振兴行动方案(2023-2025年)", {'"2022"'}),
    ("number before validity", replace(READING, facts=(*READING.facts, POLICY_NUMBERED)), "policy/成都市种业振兴行动方案(2023-2025年)", {'"2021"'}),
    ("of its number alone", replace(READING, facts=()), LETTER, {'"2023"'}),
    ("of nothing", replace(READING, facts=()), "policy/成都市种业振兴行动方案(2023-2025年)", set()),
    ("none for what is no document", replace(READING, facts=(Fact(PROGRAMME, "validFrom", Literal("2023", "gYear"), PLAN),)), "programme/百村千社_成都市", set()),
]  # fmt: skip


@pytest.mark.parametrize(("given", "subject", "years"), [case[1:] for case in YEARS], ids=[case[0] for case in YEARS])
def test_the_year_of_a_document(given: Reading, subject: str, years: set[str]) -> None:
    found = about(of(given)[LETTER], subject).get("year", set())
    assert found == {f"{year}^^<http://www.w3.org/2001/XMLSchema#integer>" for year in years}


def test_facts_said_twice_stand_once_in_the_default_graph() -> None:
    issued = [row for row in GRAPHS["DEFAULT"] if row[1] == kg("issuedBy")]
    assert issued == [(LETTER, kg("issuedBy"), "agency/成都市农业农村局")]


def test_signs_that_xml_forbids_stay_out() -> None:
    given = replace(READING, entities=(Entity(GROUP, "家庭\x07农场\ud800", ("\x00",)),))
    names = about(of(given)[LETTER], "group/家庭农场")
    assert names["prefLabel"] == {'"家庭\ufffd农场\ufffd"@zh'}


@pytest.mark.parametrize(("number", "text"), [
    ("763", "763"), ("763.0", "763"), ("0.50", "0.5"), ("7.63E+2", "763"), ("1E+12", "1000000000000"), ("-0", "0"), ("0", "0"), ("100", "100"),
    ("0.00001", "0.00001"), ("-1.50", "-1.5"),
])  # fmt: skip
def test_decimals_have_one_form(number: str, text: str) -> None:
    assert decimal(Decimal(number)).value == text


@pytest.mark.parametrize("text", ["甲", "", 'a"b\\c\nd\te\rf\x7f', "\x00\ufffe\ud800", " _:b ", "\u2028\x85"])
def test_terms_are_written_as_the_library_writes_them(text: str) -> None:
    for own, other in ((written.plain, term.plain), (written.chinese, term.chinese)):
        assert own(text) == str(other(text))
        assert written.value(own(text)) == other(text).value
    assert written.integer(12) == str(term.integer(12))
    assert written.typed(text, "date") == str(term.typed(text, "date"))


# --- What is not said by letters


def world(base: str = BASE) -> World:
    return World(ONTOLOGY, registry.load(), base, "9.9")


@pytest.mark.parametrize(("body", "place"), [
    ("成都市农业农村局", "成都市"), ("浙江省科学技术厅", "浙江省"), ("成都市武侯区财政局", "武侯区"), ("共青团漳州市委员会", "漳州市"), ("科学技术部", None), ("某某研究院", None),
])  # fmt: skip
def test_the_place_that_the_name_of_a_body_begins_with(body: str, place: str | None) -> None:
    found = place_of(body, registry.load())
    assert (found and found.name) == place


def test_the_registry_adds_place_and_level_in_a_graph_of_its_own() -> None:
    iri = f"{BASE}agency/{AGENCY.key}"
    found = graphs(registry_quads({iri: AGENCY.key, f"{BASE}agency/科学技术部": "科学技术部"}, world()))
    assert set(found) == {"registry"}
    assert about(found["registry"], "agency/成都市农业农村局") == {
        "place": {"place/成都市_四川省"},
        "level": {'"prefecture"'},
    }
    assert about(found["registry"], "place/成都市_四川省")["place"] == {"place/四川省"}
    assert about(found["registry"], "place/四川省") == {
        "type": {kg("Place")}, "prefLabel": {'"四川省"@zh'}, "level": {'"province"'},
    }  # fmt: skip
    assert about(found["registry"], "agency/科学技术部") == {"level": {'"national"'}}


@pytest.mark.parametrize(("body", "then"), [
    ("国家旅游局", ("文化和旅游部",)), ("国土资源部", ("自然资源部",)),
    ("四川省卫生和计划生育委员会", ("四川省卫生健康委员会",)), ("江苏省环境保护厅", ("江苏省生态环境厅",)),
    ("温州市旅游局", ()), ("成都市农业农村局", ()), ("某某研究院", ()),
])  # fmt: skip
def test_who_took_over_from_a_body_that_is_no_more(body: str, then: tuple[str, ...]) -> None:
    """Of 温州市旅游局 it is not certain: some cities joined tourism with culture, others with broadcasting too."""
    assert successors(body, place_of(body, registry.load()), registry.load()) == then


def test_the_registry_names_the_successor_of_a_body() -> None:
    iri = f"{BASE}agency/国家旅游局"
    found = graphs(registry_quads({iri: "国家旅游局"}, world()))
    assert about(found["registry"], "agency/国家旅游局")["succeededBy"] == {"agency/文化和旅游部"}
    assert about(found["registry"], "agency/文化和旅游部")["prefLabel"] == {'"文化和旅游部"@zh'}


LEVELS = [
    (Cited("关于种业的意见", ("国办发〔2020〕5号",)), "national"),
    (Cited("关于种业的意见", ("浙政办发〔2020〕5号",)), "province"),
    (Cited("关于种业的意见", ("丽政办发〔2020〕5号",)), ""),  # 丽水 or 丽江
    (Cited("关于种业的意见", ("丽政办发〔2020〕5号",), setting="丽水市"), "prefecture"),
    (Cited("关于种业的意见", ("永政办〔2020〕5号",), setting="永嘉县"), "county"),
    (Cited("关于种业的意见", ("第7号",)), ""),
    (Cited("关于种业的意见", (), ("科学技术部",)), "national"),
    (Cited("关于种业的意见", (), ("丽水市财政局", "丽水市农业农村局")), "prefecture"),
    (Cited("关于种业的意见", (), ("农业农村部", "浙江省人民政府")), ""),
    (
        Cited("关于种业的意见", setting="丽水市"),
        "",
    ),  # where a letter does not tell, its place is only taken for granted
    (Cited("丽水市种业办法"), "prefecture"),
    (Cited("浙江省人民政府办公厅关于种业的意见"), "province"),
    (Cited("杭州市西湖区种业办法"), "county"),
    (Cited("国务院办公厅关于种业的意见"), "national"),
    (Cited("中华人民共和国种子法"), "national"),
    (Cited("种子法"), "national"),
    (Cited("种业管理办法"), ""),
    (Cited("浙江大学种业工作法"), ""),
    (Cited("丽水市国土空间规划", ("国函〔2020〕5号",)), ""),  # the number is that of the approval
]


@pytest.mark.parametrize(("policy", "level"), LEVELS)
def test_the_level_of_a_policy_where_it_is_certain(policy: Cited, level: str) -> None:
    assert level_of(policy, registry.load()) == level


def test_the_level_of_a_policy_stands_in_the_registrys_graph() -> None:
    iri = f"{BASE}policy/种子法"
    found = graphs(level_quads({iri: Cited("种子法"), f"{BASE}policy/种业办法": Cited("种业办法")}, world()))
    assert {name: about(triples, "policy/种子法") for name, triples in found.items()} == {
        "registry": {"level": {'"national"'}}
    }


def test_the_ontologys_blank_nodes_are_numbered_by_its_file(tmp_path: Path) -> None:
    (tmp_path / "policy-kg.ttl").write_text("<a:a> <a:p> [ <a:q> [ <a:r> 1 ] ] .", encoding="utf-8")
    first, second = (ontology_quads(BASE, tmp_path) for _ in range(2))
    assert [str(quad) for quad in first] == [str(quad) for quad in second]
    assert {str(quad.object) for quad in first} >= {"_:o1", "_:o2"}
    assert {short(quad.graph_name) for quad in first} == {"ontology"}


def test_an_ontology_that_is_not_generated_yet_or_no_turtle(tmp_path: Path) -> None:
    assert ontology_quads(BASE, tmp_path) == []
    (tmp_path / "policy-kg.ttl").write_text("<a:a> .", encoding="utf-8")
    with pytest.raises(OntologyError, match="no valid Turtle"):
        ontology_quads(BASE, tmp_path)


def test_the_dataset_tells_its_sources_counts_and_versions() -> None:
    letter = f"{BASE}{LETTER}"
    contents = Contents(
        {letter: ("a.txt", "0" * 64)}, {expand("kg:partOf"): 3, "http://a.b/c/d": 1}, {expand("kg:Agency"): 2}
    )
    found = graphs(dataset_quads(contents, world()))
    dataset = about(found["dataset"], "dataset")
    assert dataset["source"] == {LETTER}
    assert dataset["triples"] == {'"4"^^<http://www.w3.org/2001/XMLSchema#integer>'}
    assert dataset["programVersion"] == {'"9.9"'}
    assert dataset["ontologyVersion"] == {f'"{ONTOLOGY.version}"'}
    assert about(found["dataset"], LETTER) == {"sourceFile": {'"a.txt"'}, "sha256": {f'"{"0" * 64}"'}}
    assert about(found["dataset"], "dataset#kg-partOf")["property"] == {kg("partOf")}
    assert about(found["dataset"], "dataset#kg-Agency")["entities"] == {
        '"2"^^<http://www.w3.org/2001/XMLSchema#integer>'
    }


def test_names_of_terms_are_made_once() -> None:
    assert named("kg:partOf") is named("kg:partOf")
    assert order(named("kg:partOf").value)[1] == ()
