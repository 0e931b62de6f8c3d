"""A query that cannot be right is told so; one that is right is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import QueryBoolean

from kg.check import invariants
from kg.query import doubt
from kg.query.dataset import Dataset
from kg.query.fault import BadQuery
from kg.query.pattern import names_of, triples
from kg.query.question import names, prepared, read_question
from kg.query.run import ask, settings
from kg.query.tokens import tokens
from kg.vocabulary import BASE, KG
from tests import chengdu

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return chengdu.dataset()


def warnings_of(dataset: Dataset, text: str, *pairs: str) -> list[BadQuery]:
    """What is told when the query is asked; an error if it is one."""
    told: list[BadQuery] = []
    ask(dataset, read_question(text, "query"), settings(pairs), warn=told.append)
    return told


# A query, with the fragment at fault between « and », and what is told.
CERTAIN = {
    # unknown names of the vocabulary
    "SELECT ?l { ?l «kg:isuedBy» ?a }": "no property is called kg:isuedBy — did you mean kg:issuedBy?",
    "SELECT ?l { ?l a «kg:Leter» }": "no class is called kg:Leter — did you mean kg:Letter?",
    "SELECT ?l { ?l a «kg:letter» }": "no class is called kg:letter — did you mean kg:Letter?",
    "SELECT ?l { ?l kg:issuedBy/«kg:headOff» ?x }": "no property is called kg:headOff",
    "SELECT ?l { ?l (kg:partOf|^«kg:partof»)+ ?x }": "no property is called kg:partof — did you mean kg:partOf?",
    "ASK { ?x ?p ?y FILTER (?p = «kg:raisedby») }": "no term is called kg:raisedby — did you mean kg:raisedBy?",
    f"ASK {{ ?x a «<{KG}Polcy>» }}": "did you mean kg:Policy?",
    f"PREFIX k: <{KG}> ASK {{ ?x «k:Raised» ?y }}": "did you mean kg:raisedBy?",
    "CONSTRUCT { ?a kg:friend ?b } WHERE { ?a «kg:cooperateWith» ?b }": "did you mean kg:cooperatesWith?",
    "SELECT ?l { ?l a kg:Letter FILTER NOT EXISTS { ?l «kg:repliedTo» ?p } }": "did you mean kg:repliesTo?",
    "SELECT ?l { { SELECT ?l { ?l «kg:yaer» 2023 } } }": "did you mean kg:year?",
    # a class for a property, a property for a class
    "ASK { ?x «kg:Agency» ?y }": "kg:Agency is a class, and stands as a property",
    "ASK { ?x a «kg:issuedBy» }": "kg:issuedBy is a property, no class",
    # what a template makes, and is all but called like a term of the vocabulary
    "CONSTRUCT { ?s «kg:isuedBy» ?o } WHERE { ?s kg:issuedBy ?o }": "no term is called kg:isuedBy — did you mean kg:issuedBy?",
    "CONSTRUCT { ?s a «kg:Leter» } WHERE { ?s kg:issuedBy ?o }": "did you mean kg:Letter?",
    # a text for a subject
    "SELECT ?x { «\"市财政局\"» kg:issuedBy ?x }": 'a fact never begins at a text; write ?thing skos:prefLabel "市财政局"@zh',
    # variables without a value
    "SELECT ?x { ?x kg:year ?y FILTER («?oo» = 3) }": "?oo never has a value; bind it in a pattern",
    "SELECT «?nmae» { ?x skos:prefLabel ?name }": "?nmae never has a value — did you mean ?name?",
    "SELECT ?x { ?x kg:year ?year } ORDER BY «?yaer»": "did you mean ?year?",
    "SELECT ?x ?s { ?x kg:year ?year BIND («?yearr» + 1 AS ?s) }": "did you mean ?year?",
    "SELECT (COUNT(«?lettre») AS ?n) { ?letter a kg:Letter }": "did you mean ?letter?",
    "CONSTRUCT { ?x kg:partOf «?whole» } WHERE { ?x kg:partOf ?y }": "?whole never has a value",
    "SELECT ?x { ?x a kg:Letter FILTER NOT EXISTS { ?x kg:year ?y FILTER («?z» > 1) } }": "?z never has a value",
    # another server
    "SELECT ?x { SERVICE_ }".replace("SERVICE_", "«SERVICE» <https://example.org/> { ?x a ?y }"): "kg uses no network",
    # a text where a thing is meant
    "SELECT ?l { ?l kg:issuedBy «\"市财政局\"» }": "kg:issuedBy leads to a thing, not to a text; write <agency/成都市财政局>",
    "SELECT ?l { ?l kg:issuedBy ?a, «\"没有的局\"@zh» }": 'write kg:issuedBy/skos:prefLabel "没有的局"@zh',
    "SELECT ?l { ?l a «\"Letter\"» }": "a leads to a class, not to a text — did you mean kg:Letter?",
    "SELECT ?l { ?a ^kg:issuedBy «\"12号\"» }": "kg:issuedBy begins at a thing",
    # a label without its language, and the reverse
    "SELECT ?x { ?x skos:prefLabel «\"家庭农场\"» }": 'skos:prefLabel has texts with a language; write "家庭农场"@zh',
    "SELECT ?x { ?x skos:prefLabel|skos:altLabel «'市财政局'» }": 'write "市财政局"@zh',
    "SELECT ?x { ?x kg:issuedBy/skos:prefLabel «\"甲\"» }": 'write "甲"@zh',
    "SELECT ?x { ?x kg:text «\"甲\"» }": 'write "甲"@zh',
    "SELECT ?x { ?x kg:documentNumber «\"成农发〔2021〕8号\"@zh» }": 'texts without a language; write "成农发〔2021〕8号"',
    # numbers and dates
    "SELECT ?x { ?x kg:year «\"2023\"» }": "kg:year has whole numbers; write 2023",
    "SELECT ?x { ?x kg:year «2023.0» }": "write 2023",
    "SELECT ?x { ?x kg:value «120» }": "kg:value has decimal numbers; write 120.0",
    "SELECT ?x { ?x kg:unit «5» }": 'kg:unit has texts; write "5"',
    "SELECT ?x { ?x dcterms:issued «\"2023-05-09\"» }": 'dcterms:issued has dates; write "2023-05-09"^^xsd:date',
    "SELECT ?x { ?x dcterms:issued «\"2023\"» }": '"2023"^^xsd:gYear',
}  # fmt: skip


def parted(marked: str) -> tuple[str, int, str]:
    """The query without the marks, the place of the fragment, and the fragment."""
    head, _, rest = marked.partition("«")
    fragment, _, tail = rest.partition("»")
    return head + fragment + tail, len(head), fragment


@pytest.mark.parametrize(("marked", "said"), CERTAIN.items())
def test_what_cannot_be_right_is_an_error_with_its_place(dataset: Dataset, marked: str, said: str) -> None:
    text, place, fragment = parted(marked)
    with pytest.raises(BadQuery) as caught:
        warnings_of(dataset, text)
    fault = caught.value
    assert said in str(fault)
    assert str(fault).startswith(f"query:1:{place + 1}: ")
    assert fault.exit_status == 2
    assert fault.line[fault.start : fault.start + fault.width] == fragment
    assert set(fault.underlined().splitlines()[1]) == {" ", "^"}


def test_a_value_set_from_outside_is_one(dataset: Dataset) -> None:
    assert warnings_of(dataset, "SELECT ?x { ?x kg:year ?y FILTER (?y = ?of) }", "of=2023") == []


def test_what_only_the_ontology_has_is_told(dataset: Dataset) -> None:
    """Its title has an rdfs:label, no letter has one."""
    from pyoxigraph import Literal, NamedNode, Quad, Store

    store = Store()
    store.extend(dataset.store)
    label = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    store.add(Quad(NamedNode(KG), label, Literal("Ontology"), NamedNode(BASE + "ontology")))
    (told,) = warnings_of(Dataset(store), "SELECT ?x { ?x rdfs:label ?n }")
    assert "no letter says anything with rdfs:label; names are skos:prefLabel and skos:altLabel" in str(told)


def test_nothing_is_asked_of_another_server(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: pytest.fail("a server was asked for"))
    with pytest.raises(BadQuery, match=r"query:1:7: SERVICE asks another server; kg uses no network"):
        warnings_of(dataset, "ASK { SERVICE SILENT <http://127.0.0.1:1/> { ?x a ?y } }")


def test_the_line_is_told_with_the_place(dataset: Dataset) -> None:
    line = f"SELECT ?x {{ ?x kg:isuedBy ?a . {'?x kg:year ?y . ' * 5} }}"
    with pytest.raises(BadQuery) as caught:
        warnings_of(dataset, f"# 注\n{line}")
    assert str(caught.value).startswith("query:2:16: no property") and str(caught.value).endswith(f"in: {line}")


def test_line_and_column_are_those_of_the_users_text(dataset: Dataset) -> None:
    with pytest.raises(BadQuery, match=r"^query:3:6: no property is called kg:isuedBy"):
        warnings_of(dataset, "# 注\nSELECT ?提案 {\n  ?l kg:isuedBy ?提案 }")


LIKELY = {
    'SELECT ?x { ?x skos:prefLabel ?n FILTER (?n = «"家庭农场"») }': 'write "家庭农场"@zh, or compare STR(?n)',
    'SELECT ?x { ?x skos:prefLabel ?n FILTER («"家庭农场"» = ?n) }': 'write "家庭农场"@zh',
    'SELECT ?x { ?x skos:prefLabel ?n FILTER (?n IN («"家庭农场"»)) }': 'write "家庭农场"@zh',
    'SELECT ?x { VALUES ?n { «"家庭农场"» } ?x skos:prefLabel ?n }': 'write "家庭农场"@zh',
    'SELECT ?x { ?x kg:issuedBy ?a FILTER (?a = «"市财政局"») }': "?a is a thing, never equal to a text",
    'SELECT ?x { ?x kg:issuedBy ?a FILTER (CONTAINS(«?a», "财政")) }': "take STR(?a) or its skos:prefLabel",
    'SELECT ?x { ?x kg:issuedBy ?a FILTER REGEX(«?a», "财政") }': "take STR(?a)",
    'SELECT (COUNT(*) AS ?n) { ?x kg:issuedBy «<agency/市财政>» }': "<agency/市财政> stands nowhere in the graph — did you mean <agency/",
    "SELECT ?x { ?x «skos:preflabel» ?n }": "skos:preflabel stands nowhere in the graph — did you mean skos:prefLabel?",
    "SELECT ?x { ?x a kg:Letter ; «kg:raisedBy» ?n }": "kg:raisedBy is said of kg:Proposal, never of kg:Letter",
    "SELECT ?x { ?x a «skos:Concpt» }": "skos:Concpt stands nowhere in the graph — did you mean skos:Concept?",
    "SELECT ?x { ?x «rdfs:label» \"家庭农场\" }": "rdfs:label stands nowhere in the graph; names are skos:prefLabel",
    "SELECT ?x { ?x «rdfs:label» ?n }": 'written "…"@zh',
    "ASK { ?x «dcterms:Issued» ?n }": "did you mean dcterms:issued?",
}  # fmt: skip


@pytest.mark.parametrize(("marked", "said"), [case for case in LIKELY.items() if not case[0].startswith("ASK")])
def test_what_may_be_why_nothing_is_found_is_told_beside_the_answer(dataset: Dataset, marked: str, said: str) -> None:
    text, place, fragment = parted(marked)
    told = warnings_of(dataset, text)
    assert [(one.offset, said in str(one)) for one in told] == [(place, True)]
    assert told[0].line[told[0].start : told[0].start + told[0].width] == fragment


def test_a_value_set_from_outside_is_looked_at_too(dataset: Dataset) -> None:
    query = "SELECT ?x { ?x skos:prefLabel ?n }"
    assert "set it to '\"家庭农场\"@zh'" in str(warnings_of(dataset, query, "n=家庭农场")[0])
    assert warnings_of(dataset, query, 'n="家庭农场"@zh') == []
    assert "set it to an IRI" in str(warnings_of(dataset, "SELECT ?x { ?x kg:issuedBy ?n }", "n=市财政局")[0])


# Right queries, some of them with an empty answer, of which nothing is told.
RIGHT = [
    "SELECT ?x { ?x skos:prefLabel ?n FILTER (STR(?n) = \"没有\") }",
    "SELECT ?x { ?x skos:prefLabel ?n FILTER (?n = \"没有\"@zh) }",
    "SELECT ?x { ?x skos:prefLabel ?n FILTER (CONTAINS(?n, \"没有\") && LANG(?n) = \"zh\") }",
    "SELECT ?x { ?x skos:prefLabel ?n FILTER (REGEX(?n, \"^没有\") || STRSTARTS(?n, \"无\")) }",
    "SELECT ?x { ?x a kg:Letter BIND (STR(?x) AS ?s) FILTER (?s = \"没有\") }",
    "SELECT ?x { ?x kg:documentNumber \"没有\" }",
    "SELECT ?x { ?x kg:documentNumber ?n FILTER (?n = \"没有\") }",
    "SELECT ?x { ?x kg:issuedBy ?a . ?a skos:prefLabel ?n FILTER (?n = \"没有\"@zh) }",
    "SELECT ?x { { ?x kg:issuedBy ?a } UNION { ?x kg:documentNumber ?a } FILTER (?a = \"没有\") }",
    "SELECT ?x { ?x (kg:partOf|kg:carriedOutBy)* ?y . ?y kg:year 1999 }",
    "SELECT ?x { ?x !(rdf:type|kg:year) \"没有\" }",
    "SELECT ?x { ?x ?p \"没有\" }",
    "SELECT ?x { ?x kg:year 1999 }",
    "SELECT ?x { ?x kg:value -1.5 . ?x kg:fromYear ?y FILTER (?y > +3) }",
    "SELECT ?x { ?x kg:validFrom \"1999-01\"^^xsd:gYearMonth }",
    "SELECT ?x { ?x a kg:Document ; kg:issuedBy ?y } LIMIT 0",
    "SELECT ?g { GRAPH ?g { ?s kg:signedBy ?o } }",
    "SELECT ?x { ?x a ?k . FILTER (?k IN (kg:Event, kg:Project)) }",
    "SELECT ?x { VALUES (?x ?n) { (UNDEF \"没有\") } ?x kg:unit ?n }",
    "CONSTRUCT { ?a kg:worksBeside ?b ; <https://example.org/p> \"甲\" } WHERE { ?a kg:cooperatesWith ?b }",
    "CONSTRUCT WHERE { ?a kg:cooperatesWith ?b }",
    "DESCRIBE <agency/成都市财政局>",
    "ASK { ?x skos:prefLabel ?n FILTER NOT EXISTS { ?x kg:partOf [ kg:locatedIn ?y ; a kg:Platform ] } }",
    "SELECT (COUNT(DISTINCT ?x) AS ?n) (\"a\" AS ?t) { ?x kg:issuedBy ?y } GROUP BY ?y HAVING (COUNT(?x) > 1) ORDER BY ?n",
    "PREFIX ex: <https://example.org/> SELECT ?x { ?x kg:year ?y OPTIONAL { ?x kg:title ?t } MINUS { ?x kg:publicity ?q } }",
    "SELECT ?x { ?x kg:year ?y FILTER (!BOUND(?of) || ?y = ?of) }",
    "SELECT ?x (COALESCE(?z, 1) AS ?w) { ?x kg:year ?y }",
    "SELECT ?x ?z { ?x kg:year ?y BIND (IF(?y > 2000, ?none, ?y) AS ?z) }",
    "SELECT ?x (MIN(?y) AS ?first) { ?x kg:year ?y } GROUP BY ?x HAVING (?first > 1) ORDER BY ?first",
    "SELECT ?x ?nothing { ?x kg:year ?y }",
    "SELECT ?x { ?x kg:year ?y } GROUP BY ?x (?y + 1 AS ?z)",
    "SELECT ?x ?g { GRAPH ?g { ?x kg:year ?y } FILTER (?g != ?x) VALUES ?y { 2023 } }",
    "DESCRIBE ?x { ?x a kg:Letter }",
    "# param: year year \"2023\" | of | 年\nSELECT ?x { ?x kg:year ?y FILTER (?y >= ?year) }",
    "SELECT ?x { ?x kg:text \"\"\"一句\n话\"\"\"@zh }",
    "SELECT ?x { ?s kg:text ?t . BIND (IF(CONTAINS(?t, \"丰收\"), \"有\", \"无\") AS ?x) FILTER (?x = \"皆无\") }",
]  # fmt: skip


@pytest.mark.parametrize("text", RIGHT)
def test_a_right_query_is_left_alone(dataset: Dataset, text: str) -> None:
    assert warnings_of(dataset, text) == []


@pytest.mark.parametrize("marked", LIKELY)
def test_nothing_is_told_where_something_is_found(dataset: Dataset, marked: str) -> None:
    text = parted(marked)[0].replace("SELECT ?x {", "SELECT ?q { { ?q a kg:Letter } UNION {").replace("}", "}", 1)
    if text.startswith("SELECT ?q"):
        assert warnings_of(dataset, text + " }") == []


def test_the_prepared_questions_and_the_checks_are_right(dataset: Dataset) -> None:
    texts = {name: prepared(name).text for name in names()} | {r.question.name: r.question.text for r in invariants()}
    for name, text in texts.items():
        scene = doubt.scene_of(dataset, text, name)
        assert doubt.certain(scene) is None
        assert not doubt._compared(scene) or not list(doubt._compared(scene))


def test_the_ontology_of_the_graph_itself_counts() -> None:
    """A graph built with a concept of one's own knows it."""
    from pyoxigraph import NamedNode, Quad, Store

    store = Store()
    graph, kind = NamedNode(BASE + "ontology"), NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    store.add(Quad(NamedNode(KG + "Award"), kind, NamedNode("http://www.w3.org/2002/07/owl#Class"), graph))
    assert warnings_of(Dataset(store), "SELECT ?x { ?x a kg:Award }") == []
    with pytest.raises(BadQuery, match="no class is called kg:Awrad — did you mean kg:Award"):
        warnings_of(Dataset(store), "SELECT ?x { ?x a kg:Awrad }")


def test_an_unknown_prefix_has_its_neighbour(dataset: Dataset) -> None:
    with pytest.raises(BadQuery, match=r"query:1:12: unknown prefix: “kq:Letter” \(kg:Letter\?\)"):
        warnings_of(dataset, "ASK { ?x a kq:Letter }")
    with pytest.raises(BadQuery, match=r"“sko:prefLabel” \(skos:prefLabel\?\)"):
        warnings_of(dataset, "ASK { ?x sko:prefLabel ?y }")


# --- Patterns

PATTERNS = {
    "SELECT * { ?x a kg:Letter ; kg:year 2023, 2024 . }": ["x type Letter", "x year 2023", "x year 2024"],
    "SELECT * { ?x kg:a/^kg:b/(kg:c|kg:d) 'e' }": ["x c|d e"],
    "SELECT * { ?x kg:a? ?y . ?x kg:a+ ?z }": ["x  y", "x a z"],
    "SELECT * { [] kg:a [ kg:b -1.5 ; kg:c 'd'@zh ] }": [" a ", " b -1.5", " c d"],
    "CONSTRUCT { ?x kg:no ?y } WHERE { ?x kg:a ?y } VALUES ?x { <a> }": ["x a y"],
    "SELECT * { { SELECT ?x { ?x kg:a 'b' } LIMIT 1 } UNION { VALUES ?x { 'c' } } MINUS { ?x kg:d 'e' } }": ["x a b", "x d e"],
    "SELECT * { SERVICE <http://a/> { ?x kg:no ?y } GRAPH ?g { ?x kg:a ?y } }": ["x a y"],
    "SELECT * { ?x kg:a ?y FILTER (EXISTS { ?y kg:b 1 } && ?y > 2) ?y kg:c true }": ["x a y", "y b 1", "y c true"],
    "SELECT * { ?x kg:a ?y FILTER REGEX(?y, 'z') BIND (STR(?y) AS ?w) ?w kg:c 'd'^^xsd:date }": ["x a y", "w c d"],
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PATTERNS.items())
def test_patterns(text: str, expected: list[str]) -> None:
    found = tokens(text)
    shown = []
    for triple in triples(found, names_of(found, BASE)):
        ends = "|".join(step.term.value.rpartition("#")[2] for step in triple.ends)
        shown.append(f"{triple.subject.value} {ends} {triple.object.value.rpartition('#')[2]}")
    assert shown == expected


@given(st.text(alphabet="SELECT?x kg:a{}()[]<>\"'\\#\n.;,/|^*+@!1", max_size=60))
def test_any_text_has_patterns_or_none(text: str) -> None:
    found = tokens(text)
    list(triples(found, names_of(found, BASE)))


def test_a_truth_value_is_given_as_it_is(dataset: Dataset) -> None:
    answer = ask(dataset, read_question("ASK { ?x dcterms:Issued ?n }", "query"), {}, warn=lambda _: None)
    assert isinstance(answer, QueryBoolean) and not answer
