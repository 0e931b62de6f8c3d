"""The prepared questions: their headers, their answers on an invented graph, and on the five letters."""

from __future__ import annotations

import csv
import io
import re
import tomllib
import unicodedata
import warnings
from pathlib import Path
from typing import Any

import pytest
import rdflib
from pyoxigraph import QuerySolutions, RdfFormat, Store
from rdflib.plugins.sparql import prepareQuery

from kg import ontology
from kg.pipeline import graph_of, read_all
from kg.query import formats
from kg.query.dataset import Dataset
from kg.query.entities import ANY
from kg.query.question import PLAIN_TYPES, Question, names, prepared
from kg.query.run import ask
from kg.query.tokens import tokens, variables
from kg.vocabulary import BASE, PREFIXES
from tests import chengdu

NAMES = names()
ANSWERS = Path(__file__).parent / "cases" / "answers"
Row = dict[str, str]


def rows(dataset: Dataset, name: str, values: Row) -> list[Row]:
    """The answer to a prepared question, as text."""
    sink = io.BytesIO()
    found = ask(dataset, prepared(name), values)
    formats.named("csv").write(found, sink, dataset.look())
    return list(csv.DictReader(io.StringIO(sink.getvalue().decode(), newline="")))


# --- Headers


def test_there_are_as_many_questions_as_were_asked_for() -> None:
    assert len(NAMES) >= 36


def projected(question: Question) -> list[str]:
    """The variables between SELECT and WHERE."""
    found = tokens(question.text)
    end = next(i for i, token in enumerate(found) if token.is_word("WHERE"))
    return [token.text[1:] for token in found[:end] if token.kind == "variable"]


@pytest.mark.parametrize("name", NAMES)
def test_a_header_says_all_there_is_to_know(name: str) -> None:
    question = prepared(name)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name)
    for english in (
        question.title,
        question.about,
        *(p.en for p in question.parameters),
        *(c.en for c in question.columns),
    ):
        assert english and english.isascii()
    for chinese in (
        question.title_zh,
        question.about_zh,
        *(p.zh for p in question.parameters),
        *(c.zh for c in question.columns),
    ):
        assert re.search("[\u4e00-\u9fff]", chinese)
    assert [column.name for column in question.columns] == projected(question)


@pytest.mark.parametrize("name", NAMES)
def test_parameters_are_variables_that_the_question_does_not_give_out(name: str) -> None:
    question = prepared(name)
    for parameter in question.parameters:
        assert parameter.name in variables(question.text)
        assert parameter.name not in projected(question), "an entity is set by its IRI, and shown by its name"
        assert parameter.type in {*PLAIN_TYPES, ANY, *ontology.load().kinds}


@pytest.mark.parametrize("name", NAMES)
def test_the_order_of_rows_is_fixed_and_the_evidence_is_given(name: str) -> None:
    question = prepared(name)
    assert "ORDER BY" in question.text
    assert projected(question)[-2:] == ["source", "quote"] or projected(question)[-1] == "quote"
    assert "source" in projected(question)


# --- On an invented graph, with the library and with another one


@pytest.fixture(scope="module")
def invented() -> Dataset:
    return chengdu.dataset()


def built(paths: tuple[Path, ...]) -> Dataset:
    """The graph of letters, in memory."""
    from kg import __version__, registry
    from kg.graph import World

    readings, _ = read_all(paths)
    return Dataset(graph_of(readings, World(ontology.load(), registry.load(), BASE, __version__)))


@pytest.fixture(scope="module")
def asking() -> Dataset:
    """The graph of letters invented for questions that the five letters are silent about."""
    return built(tuple(sorted((Path(__file__).parent / "cases" / "asking").glob("*.txt"))))


@pytest.fixture(scope="module")
def both(invented: Dataset, asking: Dataset) -> Dataset:
    """The two invented graphs in one."""
    store = Store()
    store.extend(invented.store)
    store.extend(asking.store)
    return Dataset(store)


REQUIRED = {
    "mentions": {"thing": "丰收贷"},
    "named-together": {"thing": "丰收贷"},
    "in-force": {"on": "2023"},
    "what-can-i-get": {"group": "智能工厂"},
    "next-tier": {"tier": "市级龙头企业"},
}
TERMS = {
    "thing": rdflib.URIRef(BASE + "programme/丰收贷_成都市"),
    "on": rdflib.Literal("2023", datatype=rdflib.XSD.gYear),
    "group": rdflib.URIRef(BASE + "group/智能工厂"),
    "tier": rdflib.URIRef(BASE + "group/市级龙头企业"),
}
# The invented letters say nothing of these; the five letters do.
SILENT = {"versions", "parts", "shares-and-ranks"}


@pytest.fixture(scope="module")
def other(both: Dataset) -> rdflib.Dataset:
    """The same graph in the other library."""
    graph = rdflib.Dataset(default_union=False)
    lines = both.store.dump(format=RdfFormat.N_QUADS) or b""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        graph.parse(data=lines.decode(), format="nquads")
    return graph


TOO_LONG = {"revisions"}  # rdflib takes minutes and gigabytes for its optional parts: parsed alone


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's own
@pytest.mark.parametrize("name", NAMES)
def test_the_questions_are_standard_sparql(name: str, both: Dataset, other: rdflib.Dataset) -> None:
    values = {p.name: TERMS[p.name] for p in prepared(name).parameters if p.required}
    spaces = {prefix: rdflib.Namespace(iri) for prefix, iri in PREFIXES.items()}
    if name in TOO_LONG:
        assert prepareQuery(prepared(name).text, initNs=spaces, base=BASE)
        return
    found = other.query(prepared(name).text, initNs=spaces, initBindings=values, base=BASE)
    theirs = [tuple("" if cell is None else plain(cell) for cell in row) for row in found]
    ours = [tuple(plain(cell) for cell in row.values()) for row in rows(both, name, REQUIRED.get(name, {}))]
    assert sorted(theirs) == sorted(ours)
    assert ours or name in SILENT


def plain(cell: Any) -> str:
    """A cell but for the ways in which libraries write a decimal."""
    return re.sub(r"^(\d+)\.0$", r"\1", str(cell))


# What is set, and how many rows there are then in the graph of two invented letters of Chengdu.
SOME = {
    ("agencies-together", "agency=市财政局"): 3,
    ("agencies-together", "agency=绵阳市农业农村局"): 0,
    ("announced", "year=2023"): 2,
    ("announced", "agency=成都市农业农村局"): 4,
    ("asked-and-answered", "year=2024年"): 2,
    ("asked-and-answered", "agency=市财政局"): 0,
    ("basis", "of=丰收贷"): 0,
    ("carried-out", "body=市财政局"): 1,
    ("carried-out", "body=成都农科院"): 1,
    ("carried-out", "thing=丰收贷"): 2,
    ("contacts", "agency=市财政局"): 0,
    ("copies", "agency=市财政局"): 0,
    ("copies", "letter=蓉农提复〔2023〕12号"): 0,
    ("dangling", "year=2023"): 0,
    ("dangling", "agency=市财政局"): 0,
    ("done", "year=2024"): 1,
    ("done", "agency=市财政局"): 0,
    ("grants-by-agency", "year=2023"): 2,
    ("grants-by-agency", "year=2024"): 0,
    ("grants-by-agency", "agency=市财政局"): 0,
    ("growth", "thing=家庭农场"): 1,
    ("growth", "thing=种业"): 0,
    ("incentives", "group=家庭农场"): 1,
    ("incentives", "least=20万"): 1,
    ("incentives", "least=20.1万"): 0,
    ("kept", "year=2023"): 1,
    ("kept", "agency=市财政局"): 0,
    ("mentions", "thing=家庭农场"): 3,
    ("money", "least=1万"): 0,
    ("money", "agency=市财政局"): 0,
    ("named-together", "thing=丰收贷"): 3,
    ("named-together", "thing=丰收贷 with=家庭农场"): 1,
    ("no-later-word", "year=2023"): 2,
    ("no-later-word", "agency=市财政局"): 0,
    ("parts", "whole=丰收贷"): 0,
    ("people", "person=李青禾"): 1,
    ("people", "body=天府种业实验室"): 1,
    ("people", "body=蓉农通"): 0,
    ("platforms", "agency=成都市农业农村局"): 2,
    ("policies", "letter=蓉农提复〔2023〕12号"): 1,
    ("policies", "agency=市财政局"): 1,
    ("policies", "year=2022"): 0,
    ("programmes", "letter=蓉农提复〔2023〕12号"): 4,
    ("programmes", "year=2024"): 3,
    ("programmes", "kind=Platform"): 3,
    ("promises-lacking", "lack=agency"): 5,
    ("promises-lacking", "sort=reach"): 1,
    ("promises-lacking", "lack=figure"): 3,
    ("promises-lacking", "agency=市财政局"): 0,
    ("promises-lacking", "year=2024"): 2,
    ("proposers", "person=民盟成都市委会"): 1,
    ("proposers", "year=2024"): 2,
    ("replies-by-bureau", "agency=市财政局"): 0,
    ("replies-by-bureau", "year=2024"): 1,
    ("reply-categories", "category=A"): 0,
    ("reply-categories", "agency=成都市农业农村局"): 2,
    ("reply-categories", "year=2023"): 1,
    ("consultations", "agency=市财政局"): 0,
    ("consultations", "year=2023"): 1,
    ("results", "thing=家庭农场"): 3,
    ("results", "year=2023"): 2,
    ("said-twice", "agency=市财政局"): 0,
    ("said-twice", "longer=5"): 0,
    ("several-replies", "year=2023"): 0,
    ("shared-policies", "agency=市财政局"): 0,
    ("shared-programmes", "agency=成都市农业农村局"): 2,
    ("shared-programmes", "agency=市财政局"): 0,
    ("shares-and-ranks", "year=2023"): 0,
    ("shares-and-ranks", "agency=市财政局"): 0,
    ("supporters", "thing=家庭农场"): 0,
    ("supporters", "agency=市财政局"): 0,
    ("targets", "by=2025"): 1,
    ("targets", "agency=成都市农业农村局"): 3,
    ("targets-and-results", "thing=高标准农田"): 1,
    ("targets-and-results", "by=2025"): 1,
    ("unnumbered", "letter=蓉农提复〔2023〕12号"): 0,
    ("unnumbered", "agency=市财政局"): 0,
    ("validity", "by=2025"): 0,
    ("validity", "after=2020"): 0,
    ("versions", "thing=丰收贷"): 0,
    ("what-can-i-get", "group=省级示范家庭农场"): 2,
    ("what-can-i-get", "group=家庭农场"): 1,
}
# The same in the graph of the letters invented for questions.
MORE = {
    ("apps-on-apps", "platform=三晋通"): 1,
    ("basis", "of=太原市技术改造资金管理细则"): 3,
    ("conflicting-citations", "policy=太原市铸造产业振兴办法"): 2,
    ("conflicting-citations", "policy=山西省工业技术改造条例"): 0,
    ("disagreements", "thing=智能工厂"): 1,
    ("disagreements", "year=2021"): 1,
    ("disagreements", "year=2022"): 0,
    ("in-force", "on=2023-01-01"): 8,
    ("in-force", "on=2025"): 8,
    ("in-force", "on=2031"): 2,
    ("revisions", "policy=遂宁市种苗管理办法"): 1,
    ("said-twice", "longer=31"): 3,
    ("said-twice", "longer=60"): 0,
    ("several-replies", "year=2022"): 2,
    ("validity", "by=2024"): 5,
    ("validity", "after=2025"): 4,
    ("answered-together", "proposal=关于扶持传统手工艺的提案"): 7,
    ("answered-together", "proposal=关于扶持铸造企业智能化改造的提案"): 0,
    ("declined", "agency=洛阳市市场监督管理局"): 0,
    ("declined", "year=2025"): 1,
    ("ledger", "agency=洛阳市文物局"): 1,
    ("ledger", "year=2023"): 1,
    ("ledger", "thing=百炉焕新"): 1,
    ("next-tier", "tier=市级龙头企业"): 2,
    ("next-tier", "tier=国家级龙头企业"): 0,
    ("answers", "proposal=关于扶持传统手工艺的提案"): 8,
    ("answers", "agency=洛阳市市场监督管理局"): 1,
    ("answers", "year=2022"): 0,
    ("requests", "proposal=关于扶持传统手工艺的提案"): 5,
    ("requests", "agency=洛阳市市场监督管理局"): 1,
    ("requests", "year=2022"): 0,
    ("ladders", "tier=省级龙头企业"): 3,
    ("ladders", "agency=太原市工业和信息化局"): 0,
    ("unanswered", "agency=洛阳市市场监督管理局"): 0,
    ("unanswered", "year=2025"): 1,
}


def pairs(text: str) -> Row:
    return dict(pair.split("=", 1) for pair in text.split(" "))


@pytest.mark.parametrize(("case", "number"), SOME.items())
def test_parameters_narrow_the_answer(invented: Dataset, case: tuple[str, str], number: int) -> None:
    assert len(rows(invented, case[0], pairs(case[1]))) == number


@pytest.mark.parametrize(("case", "number"), MORE.items())
def test_parameters_narrow_the_answer_elsewhere_too(asking: Dataset, case: tuple[str, str], number: int) -> None:
    assert len(rows(asking, case[0], pairs(case[1]))) == number


def test_every_parameter_is_tried_here() -> None:
    tried = {(name, parameter) for name, given in (*SOME, *MORE) for parameter in pairs(given)}
    assert {(name, p.name) for name in NAMES for p in prepared(name).parameters} == tried


def test_an_announced_thing_that_another_letter_reports_as_done_is_left_out(invented: Dataset) -> None:
    found = {row["promise"]: row["running"] for row in rows(invented, "announced", {})}
    assert found == {
        "我们将实施“满仓”行动": "false",
        "到2025年建成高标准农田100万亩以上": "false",
        "继续推广“丰收贷”": "true",
        "力争2030年种业产值达到80亿元，规模不超过90亿元": "false",
    }


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_graph_gives_an_empty_answer(name: str) -> None:
    values = {parameter.name: "x" for parameter in prepared(name).parameters if parameter.required}
    if not values:
        assert rows(Dataset(Store()), name, {}) == []


# --- On the five letters


@pytest.fixture(scope="module")
def five(letters: tuple[Path, ...]) -> Dataset:
    return built(letters)


def cases() -> list[Any]:
    """(question, asking) for each asking in the tables."""
    found = []
    for path in sorted(ANSWERS.glob("*.toml")):
        for number, asked in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["asked"], 1):
            found.append(pytest.param(path.stem, asked, id=f"{path.stem}-{number}"))
    return found


def bare(text: str) -> str:
    """A name as it is compared."""
    return re.sub(r"[\s“”\"'‘’《》〈〉()〔〕\[\]·•、—–-]", "", unicodedata.normalize("NFKC", text)).casefold()


def fits(row: Row, wanted: dict[str, str | list[str]]) -> bool:
    """Whether a row of an answer has all cells of a row of the tables."""
    return all(cell_fits(name, row[name], cell) for name, cell in wanted.items())


def cell_fits(name: str, cell: str, wanted: str | list[str]) -> bool:
    names = [bare(one) for one in ([wanted] if isinstance(wanted, str) else wanted)]
    if name in ("quote", "because"):
        return any(one in bare(cell) if one else not cell for one in names)
    return bare(cell) in names


def test_every_question_has_an_answer_that_was_read_in_the_letters() -> None:
    assert {path.stem for path in ANSWERS.glob("*.toml")} == set(NAMES)


@pytest.mark.parametrize(("name", "asked"), cases())
def test_the_answers_are_those_that_a_reader_finds(
    five: Dataset, asking: Dataset, name: str, asked: dict[str, Any]
) -> None:
    found = rows(asking if asked.get("on") == "invented" else five, name, asked.get("set", {}))
    missing = [f"missing: {wanted}" for wanted in asked.get("must", ()) if not any(fits(row, wanted) for row in found)]
    wrong = [f"wrong: {row}" for row in found if any(fits(row, unwanted) for unwanted in asked.get("never", ()))]
    if missing or wrong:
        pytest.fail("\n".join(missing + wrong), pytrace=False)
    if "rows" in asked:
        assert len(found) == asked["rows"]


# Parameters of questions that the five letters have no answer to; their examples are of the invented letters.
OF_INVENTED = {
    ("reply-categories", "category"),
    ("several-replies", "year"),
    ("revisions", "policy"),
    ("conflicting-citations", "policy"),
    ("disagreements", "thing"),
    ("disagreements", "year"),
    ("growth", "thing"),
    ("said-twice", "agency"),
    ("said-twice", "longer"),
    ("answered-together", "proposal"),
    ("declined", "agency"),
    ("declined", "year"),
}
EXAMPLES = [(name, parameter.name, parameter.example) for name in NAMES for parameter in prepared(name).parameters]


@pytest.mark.parametrize(("name", "parameter", "example"), EXAMPLES)
def test_the_example_of_a_parameter_gives_an_answer(
    five: Dataset, asking: Dataset, name: str, parameter: str, example: str
) -> None:
    others = {p.name: p.example for p in prepared(name).parameters if p.required}
    where = asking if (name, parameter) in OF_INVENTED else five
    found = ask(where, prepared(name), {**others, parameter: example})
    assert isinstance(found, QuerySolutions)
    assert list(found)
