"""Questions: tokens, parameters, names, faults, forms of answer."""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QuerySolutions, RdfFormat, parse
from rich.cells import cell_len

from kg.errors import InputError, KgError, QueryError, UsageError
from kg.query import formats
from kg.query.binding import bind
from kg.query.columns import aligned, columns, fit, pad, visible, wrap
from kg.query.dataset import Dataset, open_dataset
from kg.query.fault import BadQuery, diagnose
from kg.query.near import alike
from kg.query.question import Parameter, from_bytes, names, prepared, question_file, read_question, themes
from kg.query.run import ask, settings
from kg.query.tokens import tokens, variables
from kg.query.value import term
from kg.vocabulary import BASE, KG, XSD
from tests import chengdu


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return chengdu.dataset()


def answer(dataset: Dataset, text: str, *pairs: str, form: str | None = None) -> str:
    """What is printed for a question."""
    sink = io.BytesIO()
    found = ask(dataset, read_question(text, "query"), settings(pairs))
    formats.writer_for(found, form).write(found, sink, dataset.look())
    return sink.getvalue().decode()


def cells(dataset: Dataset, text: str, *pairs: str) -> list[list[str]]:
    """The rows of an answer."""
    return list(csv.reader(io.StringIO(answer(dataset, text, *pairs, form="csv"), newline="")))[1:]


# --- Tokens

TOKENS = {
    "SELECT ?x{?x a kg:Agency.}": "SELECT|?x|{|?x|a|kg:Agency|.|}",
    "# ?no { \nASK {?s ?p \"a } # ?b\"@zh, '''it's\n'''}": "ASK|{|?s|?p|\"a } # ?b\"|@zh|,|'''it's\n'''|}",
    "?提案人 <a/〔2024〕#char=1,2>": "?提案人|<a/〔2024〕#char=1,2>",
    "FILTER(?a<3&&?b>2||!?c)": "FILTER|(|?a|<|3|&&|?b|>|2||||!|?c|)",
    '"1"^^xsd:integer kg:a/kg:b* _:b1 -1.5e3': '"1"|^^|xsd:integer|kg:a|/|kg:b|*|_:b1|-|1.5e3',
    "?x，?y": "?x，|?y",  # a full-width comma may be part of a name
}


@pytest.mark.parametrize(("text", "expected"), TOKENS.items())
def test_tokens(text: str, expected: str) -> None:
    assert "|".join(token.text for token in tokens(text)) == expected


@given(st.text(alphabet="SELECT?x {}()<>\"'\\#\n提:.@^1", max_size=60))
def test_tokens_keep_every_character_but_white_space_and_comments(text: str) -> None:
    for token in tokens(text):
        assert text[token.start : token.stop] == token.text


def test_variables_are_those_of_the_query_alone() -> None:
    assert variables("SELECT ?a { # ?b\n ?a kg:x '?c', <?d>, $e }") == {"a", "e"}


# --- Binding

YEAR = Literal(2023)

BOUND = {
    # in the outermost group, and in every group that uses the variable
    "SELECT * { ?l kg:year ?y }": "SELECT * { VALUES (?y) {(Y)} ?l kg:year ?y }",
    "SELECT * { { ?a ?b ?y } UNION { ?a ?b ?c } }": "SELECT * { VALUES (?y) {(Y)} { VALUES (?y) {(Y)} ?a ?b ?y } UNION { ?a ?b ?c } }",
    "ASK { FILTER EXISTS { ?a ?b ?y } }": "ASK { VALUES (?y) {(Y)} FILTER EXISTS { VALUES (?y) {(Y)} ?a ?b ?y } }",
    # not before a sub-select that fills its group, not in data, not in templates
    "SELECT * { { SELECT ?a { ?a ?b ?y } } }": "SELECT * { VALUES (?y) {(Y)} { SELECT ?a { VALUES (?y) {(Y)} ?a ?b ?y } } }",
    "SELECT * { VALUES ?y { 1 } ?a ?b ?y }": "SELECT * { VALUES (?y) {(Y)} VALUES ?y { 1 } ?a ?b ?y }",
    "SELECT * { VALUES (?y ?z) { (1 2) } }": "SELECT * { VALUES (?y) {(Y)} VALUES (?y ?z) { (1 2) } }",
    "CONSTRUCT { ?a ?b ?y } WHERE { ?a ?b ?y }": "CONSTRUCT { ?a ?b ?y } WHERE { VALUES (?y) {(Y)} ?a ?b ?y }",
    "CONSTRUCT WHERE { ?a ?b ?y }": "CONSTRUCT WHERE { ?a ?b ?y }\nVALUES (?y) {(Y)}",
    "DESCRIBE ?y": "DESCRIBE ?y\nVALUES (?y) {(Y)}",
    # a comment swallows nothing
    "ASK { # }\n ?a ?b ?y }": "ASK { VALUES (?y) {(Y)} # }\n ?a ?b ?y }",
}


@pytest.mark.parametrize(("query", "expected"), BOUND.items())
def test_binding(query: str, expected: str) -> None:
    assert bind(query, {"y": YEAR}) == expected.replace("Y", str(YEAR))


def test_without_values_a_query_stays_as_it_is() -> None:
    assert bind("SELECT", {}) == "SELECT"


BINDS = [
    ("SELECT ?l { ?l a kg:Letter ; kg:year ?y }", "y=2023", 1),
    ("SELECT ?l { ?l a kg:Letter FILTER EXISTS { ?l kg:year ?y } }", "y=2024", 2),
    ("SELECT ?l { ?l a kg:Letter MINUS { ?l kg:year ?y } }", "y=2024", 1),
    ("SELECT ?l { ?l a kg:Letter OPTIONAL { ?l kg:year ?z } FILTER (!BOUND(?y) || ?z = ?y) }", "y=2023", 1),
    ("SELECT ?l { { ?l a kg:Letter } { SELECT ?l (COUNT(?y) AS ?n) { ?l kg:year ?y } GROUP BY ?l } }", "y=2023", 1),
    (
        "SELECT ?l { { ?l a kg:Letter FILTER(?y = 1) } UNION { ?l kg:year ?y } }",
        "y=2023",
        1 + 1,
    ),  # the policy has none in 2023
    ("SELECT ?l { GRAPH ?g { ?l kg:issuedBy ?a } }", "a=<agency/成都市农业农村局>", 3),
    ("SELECT ?l { ?l kg:documentNumber ?n }", "n=成农发〔2021〕8号", 1),
    ("SELECT ?l { ?l skos:prefLabel ?n }", 'n="家庭农场"@zh', 1),
    ("SELECT ?l { ?l a ?k }", "k=kg:Platform", 2),
    ("SELECT ?l { ?l kg:value ?v }", "v=80.0", 0),
]


@pytest.mark.parametrize(("query", "pair", "rows"), [case for case in BINDS if "UNION" not in case[0]])
def test_a_bound_variable_narrows_the_answer(dataset: Dataset, query: str, pair: str, rows: int) -> None:
    assert len(cells(dataset, query, pair)) == rows


def test_in_a_branch_of_a_union_too(dataset: Dataset) -> None:
    query = "SELECT ?l { { ?l a kg:Letter FILTER(?y = 1) } UNION { ?l a kg:Policy ; kg:year ?y } }"
    assert cells(dataset, query, "y=2021") == [[BASE + "policy/成都市都市农业发展办法"]]


HOSTILE = [
    'x" } INSERT DATA { <a:a> <a:b> <a:c> } #',
    "') } UNION { ?s ?p ?o",
    "\\",
    '"""',
    "'''\\u0022",
    "a\nb\rc\td",
    "?x <a> {",
    "甲“乙”\u3000\ufeff\u202e",
    "\x00",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_value_is_a_term_and_never_text(dataset: Dataset, text: str) -> None:
    question = read_question('# param: x text "a"\nSELECT ?x ("z" AS ?z) {}', "query")
    rows = ask(dataset, question, {"x": text})
    assert isinstance(rows, QuerySolutions)
    assert [(row["x"], row["z"]) for row in rows] == [(Literal(text), Literal("z"))]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_as_it_went_in(text: str) -> None:
    test_a_value_is_a_term_and_never_text(EMPTY, text)


EMPTY = Dataset(chengdu.Store())


# --- Values and their types


def typed(kind: str) -> Parameter:
    return Parameter("p", kind, "…", False, "", "")


VALUES = [
    ("text", " 甲", Literal(" 甲")),
    ("integer", "12", Literal("12", datatype=NamedNode(XSD + "integer"))),
    ("integer", "１２", Literal("12", datatype=NamedNode(XSD + "integer"))),
    ("integer", "二十", Literal("20", datatype=NamedNode(XSD + "integer"))),
    ("year", "2023年", Literal("2023", datatype=NamedNode(XSD + "integer"))),
    ("date", "2024", Literal("2024", datatype=NamedNode(XSD + "gYear"))),
    ("date", "2024年3月", Literal("2024-03", datatype=NamedNode(XSD + "gYearMonth"))),
    ("date", "2024-3-1", Literal("2024-03-01", datatype=NamedNode(XSD + "date"))),
    ("number", "1.4万", Literal("14000", datatype=NamedNode(XSD + "decimal"))),
    ("number", "0.50", Literal("0.5", datatype=NamedNode(XSD + "decimal"))),
    ("number", "50万元", Literal("500000", datatype=NamedNode(XSD + "decimal"))),
    ("number", "¥1,200元", Literal("1200", datatype=NamedNode(XSD + "decimal"))),
    ("iri", "<agency/甲>", NamedNode(BASE + "agency/甲")),
    ("iri", "https://example.org/a", NamedNode("https://example.org/a")),
    ("Agency", "成都市农业农村局", NamedNode(BASE + "agency/成都市农业农村局")),
    ("Agency", "市财政局", NamedNode(BASE + "agency/成都市财政局")),
    ("Body", "市财政局", NamedNode(BASE + "agency/成都市财政局")),
    ("Entity", "市财政局", NamedNode(BASE + "agency/成都市财政局")),
    ("Policy", "《成都市都市农业发展办法》", NamedNode(BASE + "policy/成都市都市农业发展办法")),
    ("Letter", "蓉农提复[2023]12号", NamedNode(BASE + "letter/蓉农提复〔2023〕12号")),
    ("Proposal", "政协提案77号", NamedNode(BASE + "proposal/成都市政协十六届一次77号")),
    ("Programme", "<programme/满仓_绵阳市>", NamedNode(BASE + "programme/满仓_绵阳市")),
    ("Programme", "programme/满仓_绵阳市", NamedNode(BASE + "programme/满仓_绵阳市")),
    ("Programme", BASE + "programme/满仓_绵阳市", NamedNode(BASE + "programme/满仓_绵阳市")),
]


@pytest.mark.parametrize(("kind", "text", "expected"), VALUES)
def test_values_by_type(dataset: Dataset, kind: str, text: str, expected: Any) -> None:
    assert term(dataset, typed(kind), text) == expected


WRONG = [
    ("integer", "1.5", "a whole number"),
    ("year", "23", "a year"),
    ("year", "去年", "a year"),
    ("date", "去年", "a date"),
    ("date", "2024-02-30", "a date"),
    ("number", "很多", "a number"),
    ("iri", "<a b>", "an IRI"),
    (
        "Agency",
        "成都市农业局",
        "no Agency in the graph is called “成都市农业局”; nearest: 成都市农业农村局 (Agency <agency/成都市农业农村局>)",
    ),
    (
        "Agency",
        "市农业农村局",
        "the name of several, 成都市农业农村局 (Agency <agency/成都市农业农村局>), 绵阳市农业农村局",
    ),
    ("Programme", "满仓", "满仓 (Programme <programme/满仓_成都市>), 满仓 (Programme <programme/满仓_绵阳市>)"),
    ("Agency", "丰收贷", "“丰收贷” is no Agency: 丰收贷 (Programme <programme/丰收贷_成都市>)"),
    ("Agency", "“丰收 贷”", "is no Agency: 丰收贷 (Programme"),
    ("Agency", "<programme/丰收贷_成都市>", "is no Agency"),
    ("Agency", "<agency/没有>", "no Agency in the graph is called"),
    ("Entity", "完全没有的东西", "no thing in the graph"),
]


@pytest.mark.parametrize(("kind", "text", "said"), WRONG)
def test_what_does_not_fit_is_told_with_what_is_near(dataset: Dataset, kind: str, text: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        term(dataset, typed(kind), text)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


CHOICE = Parameter("lack", "choice", "deadline", False, "", "只看缺该项的：agency 责任单位，deadline 期限；其余不论")
KIND = Parameter("kind", "choice", "Event", False, "", "类别：Programme 计划，Event 活动")
MARK = Parameter("mark", "choice", "A", False, "", "类别：A 已办，B 拟办")


@pytest.mark.parametrize(
    ("parameter", "text", "value"),
    [
        (CHOICE, "deadline", "deadline"),
        (CHOICE, " Deadline ", "deadline"),
        (CHOICE, "期限", "deadline"),
        (CHOICE, "ＡＧＥＮＣＹ", "agency"),
        (MARK, "b", "B"),
        (MARK, "A类", "A"),
        (KIND, "event", "Event"),
        (KIND, "计划", "Programme"),
        (KIND, "计划行动", "Programme"),  # the ontology's own label
    ],
)
def test_a_choice_is_one_of_its_values_in_either_language(
    dataset: Dataset, parameter: Parameter, text: str, value: str
) -> None:
    assert term(dataset, parameter, text) == Literal(value)


@pytest.mark.parametrize(
    ("parameter", "text", "said"),
    [
        (CHOICE, "deadlin", "lack is never “deadlin”; nearest: deadline; there are: agency 责任单位, deadline 期限"),
        (CHOICE, "责任", "lack is never “责任”; nearest: agency; there are: agency 责任单位, deadline 期限"),
        (MARK, "Z", "mark is never “Z”; there are: A 已办, B 拟办"),
        (KIND, "Policy", "kind is never “Policy”; there are: Programme 计划, Event 活动"),
        (MARK, "", "mark is never “”; there are: A 已办, B 拟办"),
    ],
)
def test_any_other_value_is_refused_with_those_that_there_are(
    dataset: Dataset, parameter: Parameter, text: str, said: str
) -> None:
    with pytest.raises(UsageError) as caught:
        term(dataset, parameter, text)
    assert str(caught.value) == said


@pytest.mark.parametrize(
    ("name", "pair"),
    [("promises-lacking", "lack=最后期限"), ("reply-categories", "category=Z"), ("programmes", "kind=Nope")],
)
def test_the_choices_of_the_prepared_questions_are_checked(dataset: Dataset, name: str, pair: str) -> None:
    with pytest.raises(UsageError, match="is never"):
        ask(dataset, prepared(name), settings([pair]))


FREE = {
    "x=甲": '"甲"',
    "x=2023": "2023",
    "x=1.5": "1.5",
    "x=true": "true",
    'x="a"@en': '"a"@en',
    "x=<agency/甲>": f"<{BASE}agency/甲>",
    "x=kg:Agency": f"<{KG}Agency>",
    "x=no:prefix": '"no:prefix"',
    "x=a=b": '"a=b"',
    "x=": '""',
    '?x="2023-05"^^xsd:gYearMonth': f'"2023-05"^^<{XSD}gYearMonth>',
}


@pytest.mark.parametrize(("pair", "expected"), FREE.items())
def test_variables_of_a_free_query(dataset: Dataset, pair: str, expected: str) -> None:
    assert answer(dataset, "SELECT ?x {}", pair, form="tsv") == f"?x\n{expected}\n"


PAIRS = [
    (("year",), "is no name=value"),
    (("=2023",), "is no name=value"),
    (("a=1", "a=2"), "a is set twice"),
    (("yaer=2023",), "query has no parameter “yaer”; nearest: year"),
    (("year=<a b>",), "is no RDF term"),
    (('year="a" . <b> <c> "d"',), "is no RDF term"),
]


@pytest.mark.parametrize(("pairs", "said"), PAIRS)
def test_wrong_settings(dataset: Dataset, pairs: tuple[str, ...], said: str) -> None:
    with pytest.raises(UsageError) as caught:
        answer(dataset, "SELECT ?l { ?l kg:year ?year }", *pairs)
    assert said in str(caught.value)


def test_missing_parameter(dataset: Dataset) -> None:
    with pytest.raises(UsageError, match="mentions wants thing; for example --set thing="):
        ask(dataset, prepared("mentions"), {})


def test_a_variable_that_the_query_gives_a_value_cannot_be_set(dataset: Dataset) -> None:
    with pytest.raises(BadQuery, match="gives a value of its own to what is set: y"):
        answer(dataset, "SELECT (1 AS ?y) {}", "y=2")


# --- Faults

FAULTS = {
    "": "query: the query is empty",
    "# nothing\n": "query: the query is empty",
    "SELECT ?x WHERE { ?x a }": "query:1:24: not expected here: “}”",
    "SELECT ?x\nWHERE {\n  ?x foo:bar ?y }": "query:3:6: unknown prefix: “foo:bar”, in: ?x foo:bar ?y }",
    "SELEC ?x": "query:1:1: not expected here: “SELEC” (SELECT?)",
    "SELECT ?x { ?x a ?y . FILTR(?x > 3) }": "query:1:23: not expected here: “FILTR” (FILTER?)",
    "SELECT ?x { ?x a ?y ": "query:1:20: ends too early, after “?y”",
    "SELECT ?x { ?x a ?y } ORDER ?x": "query:1:29: not expected here: “?x”",
    "SELECT ?x, ?y { ?x a ?y }": "query:1:10: not expected here: “,”",
    "SELECT ?x { ?x a <a b> }": "query:1:18: not an IRI: “<”",
    "SELECT ?x { ?x a '中文 }": "query:1:18: quotation mark without its partner: “'”",
    "SELECT (?x AS ?x) { ?x ?p ?o }": "query:1:31: SELECT gives a new value",
    "SELECT ?x (COUNT(?y) AS ?n) { ?x a ?y }": "query:1:40: SELECT gives out a variable that is neither",
    "SELECT * { ?x a ?y } GROUP BY ?x": "query:1:33: SELECT * does not go with GROUP BY",
    "DELETE WHERE { ?s ?p ?o }": "query:1:1: “DELETE” would change the graph",
    "SELECT * { BIND (COALESCE(?a, 1) AS ?x) ?x ?y }": "query:1:47: not expected here: “}”",
    "SELECT * {\n  ?提案 a kg:Letter 收悉\n}": "query:2:19: not expected here: “收悉”, in: ?提案 a kg:Letter 收悉",
    "SELECT * { ?x ?y " + "1, " * 60 + "} }": "query:1:198: not expected here: “}”, in: …",
}


@pytest.mark.parametrize(("query", "said"), FAULTS.items())
def test_faults_are_told_with_their_place(dataset: Dataset, query: str, said: str) -> None:
    with pytest.raises(BadQuery) as caught:
        answer(dataset, query)
    assert str(caught.value).startswith(said)
    assert caught.value.exit_status == 2


def test_the_fragment_is_underlined_where_it_stands() -> None:
    fault = diagnose("SELECT * {\n\t?提案 a kg:Letter 收悉\n}", "query", BASE)
    assert fault is not None
    assert fault.underlined() == "  \t?提案 a kg:Letter 收悉\n  \t" + " " * 18 + "^^^^"


def test_the_place_is_that_in_the_users_text_when_parameters_are_bound(dataset: Dataset) -> None:
    with pytest.raises(BadQuery, match="^query:1:22: not expected here: “a”"):
        answer(dataset, "SELECT ?y { ?x ?y ?z a }", "y=2023")


def test_a_sound_query_has_no_fault() -> None:
    assert diagnose("ASK {}", "query", BASE) is None


@given(st.text(alphabet="SELECT *?x{}()<>\"'\\#\n提:.@^1,;a ", max_size=40))
def test_every_bad_query_ends_in_one_of_our_errors(text: str) -> None:
    try:
        ask(EMPTY, read_question(text, "query"), {})
    except KgError as error:
        assert str(error).startswith("query")


def test_a_failure_of_the_store_is_told(dataset: Dataset) -> None:
    with pytest.raises(QueryError, match="custom function"):
        answer(dataset, "SELECT * { FILTER(<a:b>(1)) }")


# --- Forms of answer

LABELS = "SELECT ?a ?n { ?a a kg:Agency ; skos:prefLabel ?n } ORDER BY ?n"


def test_base_and_prefixes_are_known(dataset: Dataset) -> None:
    query = "ASK { <agency/成都市财政局> a kg:Agency ; skos:prefLabel ?l . ?x dcterms:issued ?d FILTER(datatype(?d) = xsd:date) }"
    assert answer(dataset, query) == "true\n"


def test_a_query_may_declare_its_own(dataset: Dataset) -> None:
    assert (
        answer(dataset, f"BASE <http://e/> PREFIX kg: <{KG}> PREFIX s: <http://s/> ASK {{ <x> a kg:Agency }}")
        == "false\n"
    )


def test_table(dataset: Dataset) -> None:
    assert answer(dataset, LABELS) == (
        "a                        n\n"
        "───────────────────────  ────────────────\n"
        "agency/成都市农业农村局  成都市农业农村局\n"
        "agency/成都市财政局      成都市财政局\n"
        "agency/绵阳市农业农村局  绵阳市农业农村局\n"
    )


def test_table_shows_what_steers_a_terminal_as_blanks_and_numbers_to_the_right(dataset: Dataset) -> None:
    query = 'SELECT ?text ?n ?iri { VALUES (?text ?n ?iri) { ("a\\nb\\u001B[31m" 7 kg:Agency) ("丙" 123 UNDEF) } }'
    assert (
        answer(dataset, query)
        == "text      n    iri\n────────  ───  ─────────\na b [31m    7  kg:Agency\n丙        123\n"
    )


def test_empty_table(dataset: Dataset) -> None:
    assert answer(dataset, "SELECT ?x { ?x a kg:Event }") == "x\n─\n(nothing found) （没有找到）\n"


def test_narrow_table_wraps(dataset: Dataset) -> None:
    sink = io.BytesIO()
    found = ask(dataset, prepared("mentions"), {"thing": "丰收贷"})
    formats.named("table").write(found, sink, dataset.look(60))
    lines = sink.getvalue().decode().splitlines()
    assert max(columns(line) for line in lines) <= 60
    assert "".join(line[-22:].strip() for line in lines[2:5])
    assert "" in lines, "rows of several lines are set apart"


@pytest.mark.parametrize(
    ("wanted", "width", "expected"),
    [
        ([4, 30], None, [4, 30]),
        ([], 10, []),
        ([4, 30, 50], 64, [4, 28, 28]),
        ([50, 50], 10, [8, 8]),
        ([3, 5], 80, [3, 5]),
    ],
)
def test_fit(wanted: list[int], width: int | None, expected: list[int]) -> None:
    assert fit(wanted, width) == expected


LONG = ["甲" * 40, "", "2024", "某市某局某处", "某发〔2024〕3号", "乙" * 12, "丙" * 160]


def test_columns_that_do_not_fit_become_blocks() -> None:
    head = ["what", "who", "year", "bureau", "number", "state", "quote"]
    lines = list(aligned(head, [LONG, LONG], [False] * 7, 80))
    assert lines[0].startswith("─ 1 of 2 ─") and columns(lines[0]) == 80
    assert lines[1:6] == ["what    " + "甲" * 36, "        " + "甲" * 4, "who", "year    2024", "bureau  某市某局某处"]
    assert all(columns(line) <= 80 for line in lines)
    assert len(lines) == 2 * (1 + 2 + 5 + 5), "as a table they would take more"


def test_the_longest_column_has_the_most_room() -> None:
    rows = [["甲乙丙丁" * 3, "丙" * 100]] * 2
    lines = list(aligned(["name", "quote"], rows, [False, False], 60))
    assert not lines[0].startswith("─")
    assert columns(lines[1].rpartition("  ")[2]) >= 40
    assert list(aligned(["a", "b"], [["甲", "乙"]], [False, False], None)) == ["a   b", "──  ──", "甲  乙"]


def test_csv_tsv(dataset: Dataset) -> None:
    query = 'SELECT * { VALUES (?a ?b) { ("x,\\"y" "甲"@zh) (UNDEF 1) } }'
    assert answer(dataset, query, form="csv") == 'a,b\r\n"x,""y",甲\r\n,1\r\n'
    assert answer(dataset, query, form="tsv") == '?a\t?b\n"x,\\"y"\t"甲"@zh\n\t1\n'


def test_json(dataset: Dataset) -> None:
    found = json.loads(answer(dataset, LABELS, form="json"))
    assert found["head"] == {"vars": ["a", "n"]}
    assert found["results"]["bindings"][1] == {
        "a": {"type": "uri", "value": BASE + "agency/成都市财政局"},
        "n": {"type": "literal", "value": "成都市财政局", "xml:lang": "zh"},
    }
    assert json.loads(answer(dataset, "ASK {}", form="json"))["boolean"] is True


def test_xml(dataset: Dataset) -> None:
    space = {"r": "http://www.w3.org/2005/sparql-results#"}
    root = ElementTree.fromstring(answer(dataset, LABELS, form="xml"))
    assert [node.get("name") for node in root.findall("r:head/r:variable", space)] == ["a", "n"]
    assert [node.text for node in root.findall(".//r:literal", space)][1] == "成都市财政局"
    assert ElementTree.fromstring(answer(dataset, "ASK {}", form="xml")).findtext("r:boolean", None, space) == "true"


CONSTRUCT = "CONSTRUCT { ?a skos:prefLabel ?n ; a kg:Agency } WHERE { ?a a kg:Agency ; skos:prefLabel ?n }"


def test_turtle(dataset: Dataset) -> None:
    text = answer(dataset, CONSTRUCT)
    assert text.startswith(f"@base <{BASE}> .\n@prefix kg: <{KG}> .\n@prefix skos:")
    assert "rdfs:" not in text, "only the prefixes that it uses"
    assert "<agency/成都市财政局> a kg:Agency ;" in text
    assert len(list(parse(text, format=RdfFormat.TURTLE))) == 6


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("ntriples", RdfFormat.N_TRIPLES),
        ("nquads", RdfFormat.N_QUADS),
        ("jsonld", RdfFormat.JSON_LD),
        ("rdfxml", RdfFormat.RDF_XML),
        ("trig", RdfFormat.TRIG),
    ],
)
def test_other_forms_of_triples(dataset: Dataset, form: str, kind: RdfFormat) -> None:
    wanted = set(parse(answer(dataset, CONSTRUCT), format=RdfFormat.TURTLE))
    assert set(parse(answer(dataset, CONSTRUCT, form=form), format=kind)) == wanted


def test_describe_gives_each_triple_once(dataset: Dataset) -> None:
    text = answer(dataset, "DESCRIBE <agency/成都市财政局>", form="ntriples")
    assert text.count("\n") == len(set(text.splitlines())) == 4


@pytest.mark.parametrize(
    ("query", "form", "said"),
    [
        ("ASK {}", "turtle", "the answer is true or false, which turtle does not write; use csv"),
        (CONSTRUCT, "json", "the answer is a graph, which json does not write; use jsonld"),
        ("SELECT * {}", "rdfxml", "the answer is a table"),
        ("ASK {}", "jsn", "no format is called “jsn”; nearest: json"),
    ],
)
def test_a_format_that_does_not_fit(dataset: Dataset, query: str, form: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        answer(dataset, query, form=form)
    assert str(caught.value).startswith(said)


def test_every_format_says_what_it_takes() -> None:
    assert {"csv", "json", "table", "tsv", "turtle", "xml"} <= set(formats.names())
    for name in formats.names():
        assert set(formats.named(name).TAKES) <= {"rows", "truth", "triples"}


# --- Columns of a terminal


def test_columns_agree_with_rich_on_the_letters(letters: tuple[Any, ...]) -> None:
    for path in letters:
        for line in path.read_text(encoding="utf-8-sig").splitlines():
            assert columns(visible(line)) == cell_len(visible(line))


@given(st.text(alphabet="甲a“ー́ \t\x1b", max_size=40), st.integers(2, 12))
def test_wrapping_loses_nothing(text: str, width: int) -> None:
    assert "".join(wrap(text, width)) == text
    assert all(columns(line) <= width for line in wrap(text, width))


def test_pad() -> None:
    assert pad("甲", 4) == "甲  "
    assert pad("7", 3, right=True) == "  7"


# --- Headers, files, names


def test_a_header_is_read() -> None:
    question = read_question(
        '# title: T\n# title-zh: 题\n# about: A\n# param: year year "2023" required | the year | 年\n'
        "# column: l | letter | 复函\n\n# a remark: no header\nSELECT ?l {}\n# title: not in the head",
        "q",
    )
    assert (question.title, question.title_zh, question.about) == ("T", "题", "A")
    assert question.parameters == (Parameter("year", "year", "2023", True, "the year", "年"),)
    assert [column.name for column in question.columns] == ["l"]


def test_a_choice_without_values_is_refused() -> None:
    with pytest.raises(InputError, match="q: the choice mark lists no values; list them in Chinese"):
        read_question('# param: mark choice "A" | A or B | 只看该类\nASK {}', "q")


@pytest.mark.parametrize("line", ["year", "year year", 'year "2023"', "year year 2023"])
def test_a_parameter_that_is_not_understood(line: str) -> None:
    with pytest.raises(InputError, match="not understood"):
        read_question(f"# param: {line}\nASK {{}}", "q")


def test_unknown_question() -> None:
    with pytest.raises(UsageError, match="no question is called “polices”; nearest: policies"):
        prepared("polices")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("xyzzy", "no question is called “xyzzy”; `kg queries` lists them"),
        ("梯度", "no question is called “梯度”; nearest: ladders, next-tier; `kg queries` lists all"),
        ("agency", "nearest: grants-by-agency"),
    ],
)
def test_an_unknown_question_is_told_with_at_most_three_others(name: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        prepared(name)
    assert said in str(caught.value)
    assert len(str(caught.value).partition("nearest: ")[2].partition(";")[0].split(", ")) <= 3


def test_files(tmp_path: Any) -> None:
    file = tmp_path / "a.rq"
    file.write_bytes(b"\xef\xbb\xbfASK {}")
    assert question_file(file).text == "ASK {}"
    with pytest.raises(InputError, match="no such file"):
        question_file(tmp_path / "b.rq")
    with pytest.raises(InputError, match="for the prepared question write kg query policies"):
        question_file(tmp_path / "policies.rq")
    with pytest.raises(InputError, match="directory"):
        question_file(tmp_path)
    with pytest.raises(InputError, match="^standard input: not UTF-8 text"):
        from_bytes("中文".encode("gb18030"), "standard input")


def test_names_are_those_of_the_folder(root: Any) -> None:
    found = [path.stem for path in (root / "queries").glob("*/*.rq") if (path.parent / "theme.toml").is_file()]
    assert sorted(names()) == sorted(found), "a name stands once, whatever its theme"


def test_themes_hold_every_question_in_their_order(root: Any, tmp_path: Any) -> None:
    assert sorted(name for theme in themes() for name in theme.questions) == list(names())
    assert [theme.name for theme in themes()][0] == "letters"
    assert all(theme.questions and theme.title.isascii() and not theme.title_zh.isascii() for theme in themes())
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "theme.toml").write_text('title = "A"', encoding="utf-8")
    with pytest.raises(InputError, match="theme.toml: no theme; write order, title and title-zh"):
        themes(tmp_path)
    assert prepared("policies").theme == "policies"


@pytest.mark.parametrize(("name", "known", "expected"), [("ab", [], []), ("甲市局", ["乙", "甲市乙局"], ["甲市乙局"])])
def test_alike(name: str, known: list[str], expected: list[str]) -> None:
    assert alike(name, known) == expected


def test_a_built_folder(tmp_path: Any) -> None:
    opened = open_dataset(chengdu.built(tmp_path))
    assert opened.base == BASE
    assert len(cells(opened, LABELS)) == 3
    with pytest.raises(KgError, match="run kg build"):
        open_dataset(tmp_path / "nothing")
