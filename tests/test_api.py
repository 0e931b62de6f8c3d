"""From Python, and the commands that are made of it: kg.open, kg.read, kg find, show, path and top."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from click.testing import CliRunner, Result

import kg
from kg.api import Rows, Triples
from kg.cli import main
from kg.errors import InputError, KgError, QueryError, StoreError, UsageError
from kg.pipeline import build
from kg.query.question import names, prepared
from kg.table import Head, Row, Table


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory, letters: tuple[Path, ...]) -> Path:
    """The graph of the five letters."""
    folder = tmp_path_factory.mktemp("api") / "out"
    build(letters, folder)
    return folder


@pytest.fixture(scope="module")
def g(out: Path) -> kg.Graph:
    return kg.open(out)


# --- Questions

YEARS = "SELECT ?name ?year { ?letter a kg:Letter ; skos:prefLabel ?name ; kg:year ?year } ORDER BY ?name"


def test_rows(g: kg.Graph) -> None:
    rows = g.query(YEARS)
    assert isinstance(rows, Rows)
    assert rows.columns == ("name", "year") and len(rows) == 5
    assert rows[0]["year"] == rows[0][1] == rows[0].year == 2023
    assert [name for name, _ in rows][-1] == "温科提复〔2024〕98号"
    assert repr(rows).splitlines()[0] == "name                   year"
    with pytest.raises(KeyError, match="no column is called 'nmae'; there are: name, year"):
        rows[0]["nmae"]
    with pytest.raises(AttributeError):
        _ = rows[0].nmae


def test_values_are_those_of_python(g: kg.Graph) -> None:
    rows = g.query(
        'SELECT (2 AS ?i) (1.50 AS ?d) (1e0 AS ?f) (true AS ?b) ("甲"@zh AS ?t) (<agency/乙> AS ?iri) ?none { }'
    )
    assert isinstance(rows, Rows)
    assert list(rows[0]) == [2, Decimal("1.50"), 1.0, True, "甲", "agency/乙", None]
    assert [type(value) for value in rows[0]][:4] == [int, Decimal, float, bool]


def test_days_and_years_are_those_of_python(g: kg.Graph) -> None:
    rows = g.query(
        'SELECT ("2024-02-29"^^xsd:date AS ?day) ("2024"^^xsd:gYear AS ?year) ("2024-02"^^xsd:gYearMonth AS ?month)'
        ' ("2023-02-29"^^xsd:date AS ?never) { }'
    )
    assert isinstance(rows, Rows)
    assert list(rows[0]) == [date(2024, 2, 29), 2024, "2024-02", "2023-02-29"]
    assert json.loads(rows.json())[0]["day"] == "2024-02-29" and "2024-02-29" in rows.csv()
    signed = g.query("SELECT ?on { <letter/温科提复〔2023〕95号> dcterms:issued ?on }")
    assert isinstance(signed, Rows) and signed[0].on == date(2023, 6, 26)


def test_slices_are_rows_again(g: kg.Graph) -> None:
    rows = g.query(YEARS)
    assert isinstance(rows, Rows) and isinstance(rows[:2], Rows)
    assert [row.name for row in rows[:2]] == [row.name for row in rows][:2] and len(rows[:2].terms) == 2
    assert str(rows[3:]).count("\n") == 3 and rows[-1] == rows[4] and rows[::-1][0] == rows[4]
    assert rows[0][:1] == ("温科提复〔2023〕123号",)
    assert dict(rows[0]) == rows[0].asdict() == {"name": "温科提复〔2023〕123号", "year": 2023}


def test_a_question_may_be_given_so_much_time(g: kg.Graph) -> None:
    assert g.query(YEARS, timeout=60) == g.query(YEARS)
    long = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }"  # some seconds: the engine cannot be stopped, and goes on
    with pytest.raises(QueryError, match=r"ran longer than 0\.1 s"):
        g.query(long, timeout=0.1)


def test_none_leaves_a_parameter_out(g: kg.Graph) -> None:
    assert g.query("policies", year=None, letter=None) == g.query("policies")
    with pytest.raises(UsageError, match="mentions wants thing"):
        g.query("mentions", thing=None)


@pytest.mark.parametrize("name", names())
def test_every_prepared_question_can_be_asked(g: kg.Graph, name: str) -> None:
    given = {p.name: p.example for p in prepared(name).parameters if p.required}
    rows = g.query(name, limit=3, **given)
    assert isinstance(rows, Rows) and rows.columns == tuple(column.name for column in prepared(name).columns)


def test_parameters_are_bound_and_never_pasted(g: kg.Graph) -> None:
    assert g.query("ASK { ?letter kg:year ?year }", year=2023) is True
    assert g.query("ASK { ?letter kg:year ?year }", year=1900) is False
    agency = g.find("温州市科学技术局").names[0].thing
    found = g.query("SELECT ?letter { ?letter a kg:Letter ; kg:issuedBy ?who }", who=agency)
    assert isinstance(found, Rows) and len(found) == 5
    with pytest.raises(UsageError, match="no parameter “yaer”"):
        g.query("ASK { ?letter kg:year ?year }", yaer=2023)
    hostile = '"x"} ; DROP ALL #'
    assert g.query("ASK { ?letter kg:title ?title }", title=hostile) is False


def test_a_file_of_sparql(g: kg.Graph, tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text(YEARS, encoding="utf-8")
    assert len(g.query(tmp_path / "mine.rq", limit=2)) == 2  # type: ignore[arg-type]
    assert g.query(str(tmp_path / "mine.rq")) == g.query(YEARS), "a text with a slash or .rq is a file, as in kg query"
    with pytest.raises(InputError, match="no such file"):
        g.query("none.rq")


def test_what_cannot_be_asked(g: kg.Graph, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no question is called"):
        g.query("no-such-question")
    with pytest.raises(QueryError):
        g.query("SELECT ?x WHERE { ?x ")
    with pytest.raises(StoreError, match="run kg build"):
        kg.open(tmp_path)


def test_rows_go_on_to_networkx_and_rdflib(g: kg.Graph) -> None:
    rows = g.query(
        "SELECT ?a ?b ?how { ?x kg:issuedBy ?y . ?x skos:prefLabel ?a . ?y skos:prefLabel ?b BIND(1 AS ?how) }"
    )
    assert isinstance(rows, Rows)
    graph = rows.to_networkx()
    assert graph.has_edge("温科提复〔2023〕95号", "温州市科学技术局")
    assert {data["how"] for *_, data in graph.edges(data=True)} == {1}
    assert rows.to_networkx("b", "a").has_edge("温州市科学技术局", "温科提复〔2023〕95号")
    with pytest.raises(UsageError, match="there are: a, b, how"):
        rows.to_networkx("c")
    result = g.query(YEARS).to_rdflib()  # type: ignore[union-attr]
    assert sorted(str(row.name) for row in result) == sorted(str(row.name) for row in g.query(YEARS))  # type: ignore[union-attr]
    assert {row.year.toPython() for row in result} == {2023, 2024}


def test_rows_go_on_to_pandas(g: kg.Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = g.query(YEARS)
    assert isinstance(rows, Rows)
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(KgError, match="pandas is not installed; install it beside kg"):
        rows.to_pandas()
    fake = ModuleType("pandas")
    fake.DataFrame = lambda data, columns: SimpleNamespace(data=data, columns=columns)  # type: ignore[attr-defined]
    fake.Series = lambda values, dtype: (values[0], dtype)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "pandas", fake)
    frame = rows.to_pandas()
    assert frame.columns == ["name", "year"]
    assert frame.data == {"name": ("温科提复〔2023〕123号", None), "year": (2023, "Int64")}
    mixed = (Decimal("1.5"), None, True, date(2024, 2, 29), "甲"), (2, None, None, None, 3)
    types = Table(tuple(map(Head, "abcde")), mixed).to_pandas().data
    assert [dtype for _, dtype in types.values()] == ["float64", None, "boolean", "datetime64[s]", None]


def test_triples(g: kg.Graph) -> None:
    triples = g.query("CONSTRUCT { ?x kg:issuedBy ?y } WHERE { ?x a kg:Letter ; kg:issuedBy ?y }")
    assert isinstance(triples, Triples) and len(triples) == 5
    assert "<letter/温科提复〔2023〕95号> kg:issuedBy <agency/温州市科学技术局> ." in repr(triples)
    assert len(triples.to_rdflib()) == 5
    assert triples.to_networkx().has_edge("letter/温科提复〔2023〕95号", "agency/温州市科学技术局", key="kg:issuedBy")
    assert "<th>subject 主语</th>" in triples._repr_html_()


def test_the_whole_graph(g: kg.Graph, out: Path) -> None:
    from rdflib import Graph

    assert len(g.to_rdflib()) == len(Graph().parse(out / "kg.ttl"))
    network = g.to_networkx()
    iri = g.dataset.base + "agency/温州市科学技术局"
    assert network.nodes[iri]["kind"] == "Agency"
    assert any(data["relation"] == "issuedBy" for *_, data in network.in_edges(iri, data=True))


# --- Tables


def test_a_notebook_shows_text_as_text() -> None:
    table = Table((Head("a", "<i>", "甲"),), (("<script>",), (None,)))
    assert table._repr_html_() == (
        "<table><thead><tr><th>&lt;i&gt; 甲</th></tr></thead><tbody><tr><td>&lt;script&gt;</td></tr><tr><td></td></tr>"
        "</tbody></table>"
    )
    assert "100 rows · 共100行" in Table((Head("n"),), tuple((n,) for n in range(100)))._repr_html_()


def test_forms_of_a_table() -> None:
    table = Table((Head("who"), Head("n")), (("甲\t\n乙", Decimal("0.10")), (None, 3)))
    assert table.tsv() == "who\tn\n甲 乙\t0.10\n\t3\n".replace("甲 乙", "甲  乙")
    assert json.loads(table.json()) == [{"who": "甲\t\n乙", "n": 0.1}, {"who": None, "n": 3}]
    assert list(csv.reader(io.StringIO(table.csv(), newline=""))) == [["who", "n"], ["甲\t\n乙", "0.10"], ["", "3"]]
    with pytest.raises(UsageError, match="there are: table, csv, tsv, json"):
        table.write("yaml")


def test_a_row_is_a_value() -> None:
    row = Row(("a", "b"), (1, None))
    assert row == Row(("a", "b"), (1, None)) and len(row) == 2 and row.asdict() == {"a": 1, "b": None}
    assert repr(row) == "Row(a=1, b=None)"


# --- One letter


def test_reading_a_letter(letters: tuple[Path, ...]) -> None:
    """Checked by reading 温科提复〔2023〕95号: who wrote it, who asked, one of its figures, one of its statuses."""
    said = kg.read(next(path for path in letters if path.name == "wz-2023-95.txt"))
    assert said.name == "温科提复〔2023〕95号"
    facts = {(row.subject, row.relation, row.object) for row in said.facts}
    assert (said.name, "issuedBy", "温州市科学技术局") in facts
    assert ("关于提升企业技术创新能力的提案", "raisedBy", "周国忠") in facts
    figure = next(row for row in said.figures if row.value == Decimal(763))
    assert (figure.unit, figure.period, figure.about) == ("家", "2022", "高新技术企业")
    assert "2022年新认定高新技术企业763家" in str(figure.sentence)
    assert "双倍增" in {row.name for row in said.things if row.kind == "Programme"}
    assert {row.status for row in said.statuses} == {"done", "ongoing", "planned"}
    assert repr(said).startswith("<温科提复〔2023〕95号: ")


def test_what_was_asked_and_answered_in_a_letter(letters: tuple[Path, ...]) -> None:
    """Checked by reading 温科提复〔2024〕98号: of four requests only the one about people has parts of its own."""
    said = kg.read(next(path for path in letters if path.name == "wz-2024-98.txt"))
    asked = {row.request for row in said.requests}
    assert asked == {
        "支持中小企业管理创新和技术创新", "构建产业集群及创新联盟", "大力发展科技企业孵化网络", "加强创新人才队伍建设"
    }  # fmt: skip
    assert {row.request for row in said.requests if row.sentence is None} == asked - {"加强创新人才队伍建设"}
    row = next(row for row in said.requests if str(row.sentence).startswith("4.进一步加强人才招引"))
    assert (row.request, row.outcome, row.by) == ("加强创新人才队伍建设", "planned", "headline")
    assert str(row.asked).startswith("您在提案中提出支持中小企业")
    text = said.reading.letter.document.text
    assert isinstance(row.start, int) and isinstance(row.end, int)
    assert text[row.start : row.end] == "4.进一步加强人才招引。"


def test_personal_numbers_are_masked_unless_they_are_wanted(letters: tuple[Path, ...]) -> None:
    letter = next(path for path in letters if path.name == "wz-2023-95.txt")
    telephones = [
        {row.object for row in kg.read(letter, keep_personal_numbers=keep).facts if row.relation == "telephone"}
        for keep in (False, True)
    ]
    assert "137****8558" in telephones[0]
    assert not any("*" in str(number) for number in telephones[1])


def test_what_is_no_letter(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="a folder, and one letter is read at a time"):
        kg.read(tmp_path)
    with pytest.raises(InputError, match="no such file"):
        kg.read(tmp_path / "none.txt")


def test_the_package_of_formats_is_still_there() -> None:
    import kg.read as package
    from kg.read import sources

    assert package is kg.read and package.sources is sources


def test_importing_loads_nothing_heavy(letters: tuple[Path, ...]) -> None:
    heavy = ("pyoxigraph", "rdflib", "networkx", "numpy", "click", "sqlite3", "kg.api", "kg.read")
    code = f"import sys, kg; dir(kg); print([m for m in {heavy!r} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
    with pytest.raises(AttributeError, match="no attribute 'opne'"):
        _ = kg.opne  # type: ignore[attr-defined]


# --- The commands


def run(out: Path, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--from", str(out)])


def told(out: Path, *words: str) -> str:
    done = run(out, *words)
    assert done.exit_code == 0, done.stderr
    return done.stdout


def test_find(out: Path) -> None:
    text = told(out, "find", "科创指数")
    assert text.splitlines()[2].split() == ["Programme", "⟦科创指数⟧"]
    assert text.splitlines()[-1] == "2 of 2 names, 4 of 4 passages · 名称2/2，句段4/4"
    rows = json.loads(told(out, "find", "科创指数", "融资", "--format", "json", "--kind", "Passage"))
    assert len(rows) == 3 and all("科创" in row["text"] and "融资" in row["text"] for row in rows)
    assert told(out, "find", "科创指数", "-n", "1", "-f", "csv").count("\n") == 3
    text = told(out, "find", "高新技企业")
    assert "perhaps · 或许是: 高新技术企业 (Group)" in text and text.endswith("名称0/0，句段0/0\n")
    assert "perhaps" not in told(out, "find", "龘")
    assert told(out, "find", "龘").splitlines()[-1] == "0 of 0 names, 0 of 0 passages · 名称0/0，句段0/0"


def test_show(out: Path) -> None:
    text = told(out, "show", "科创指数")
    assert text.startswith("科创指数  Programme 计划行动  <programme/科创指数_温州市>\n")
    assert "会同市财政局、温州银保监分局全力推广“科创指数”" in text and "\033" not in text
    assert "\033[1m" in told(out, "show", "科创指数", "--color")
    assert json.loads(told(out, "show", "科创指数", "--json"))["thing"]["kind"] == "Programme"


def test_path(out: Path) -> None:
    text = told(out, "path", "科创指数", "周国忠")
    assert text.startswith("1 of 1, 3 steps · 第1条，共1条，3步\n科创指数  Programme")
    assert "  ↓ carried out by 由……实施  [→ carriedOutBy]" in text and "[← issuedBy]" in text
    assert "no facts connect them" in told(out, "path", "科创指数", "周国忠", "--avoid-kind", "Letter")
    assert len(json.loads(told(out, "path", "科创指数", "周国忠", "-f", "json"))) == 3


def test_top(out: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(told(out, "top", "--kind", "Agency", "--by", "pagerank", "-f", "csv"))))
    assert rows[0]["name"] == "温州市科学技术局" and rows[0]["rank"] == "1"
    assert {row["kind"] for row in rows} == {"Agency"}
    assert (
        told(out, "top", "--kind", "机关单位")
        == told(out, "top", "--kind", "Agency")
        == told(out, "top", "-k", "agency")
    )
    named = {row["name"] for row in rows}
    assert "温州市财政局" in named, "it acts together with the bureau"
    assert "温州市人民政府办公室" not in named, "it gets copies, no more"
    assert "温州市人民政府办公室" in told(out, "top", "--kind", "Agency", "--letterhead")
    assert "以……为中心" in told(out, "top", "--with-communities")
    assert told(out, "top", "--communities", "-n", "2", "-f", "tsv").count("\n") == 3


def test_an_answer_in_a_file(out: Path, tmp_path: Path) -> None:
    for words in (["find", "科技"], ["show", "科创指数"], ["path", "科创指数", "周国忠"], ["top"]):
        assert told(out, *words, "--out", str(tmp_path / "answer")) == ""
        assert (tmp_path / "answer").read_text(encoding="utf-8") == told(out, *words)


BAD = {
    ("find", "科技", "--kind", "Agnecy"): "no kind in the graph is called “Agnecy”; nearest: Agency",
    ("find", "。"): "nothing to look for",
    ("show", "科创指"): "nearest: 科创指数 (Programme <programme/科创指数_温州市>)",
    ("path", "科创指", "周国忠"): "no thing in the graph is called “科创指”",
    ("path", "科创指数", "周国忠", "-a", "Leter"): "no kind in the graph is called “Leter”; nearest: Letter",
    ("top", "--kind", "agencies"): "no kind in the graph is called “agencies”",
    ("find", " "): "kg: there is nothing to look for; give a piece of a name or sentence",
    ("top", "--communities", "--by", "pagerank"): "--communities goes with",
}


@pytest.mark.parametrize("words", BAD, ids=[" ".join(words) for words in BAD])
def test_wrong_use_is_told_in_one_line(out: Path, words: tuple[str, ...]) -> None:
    done = run(out, *words)
    assert done.exit_code == 2 and done.stdout == ""
    assert BAD[words] in done.stderr and done.stderr.count("\n") == 1
