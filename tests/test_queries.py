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
from pyoxigraph import QuerySolutions, Store

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


def test_there_are_ten_questions() -> None:
    assert len(NAMES) >= 10


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


REQUIRED = {"mentions": {"thing": "丰收贷"}}


@pytest.fixture(scope="module")
def other() -> rdflib.Dataset:
    graph = rdflib.Dataset(default_union=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        graph.parse(chengdu.TRIG, format="trig")
    for subject, predicate, value, _ in list(graph.quads()):
        graph.default_graph.add((subject, predicate, value))
    return graph


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's own
@pytest.mark.parametrize("name", NAMES)
def test_the_questions_are_standard_sparql(name: str, invented: Dataset, other: rdflib.Dataset) -> None:
    values = {p.name: rdflib.URIRef(BASE + "programme/丰收贷_成都市") for p in prepared(name).parameters if p.required}
    spaces = {prefix: rdflib.Namespace(iri) for prefix, iri in PREFIXES.items()}
    found = other.query(prepared(name).text, initNs=spaces, initBindings=values, base=BASE)
    theirs = [tuple("" if cell is None else plain(cell) for cell in row) for row in found]
    ours = [tuple(plain(cell) for cell in row.values()) for row in rows(invented, name, REQUIRED.get(name, {}))]
    assert sorted(theirs) == sorted(ours)
    assert ours


def plain(cell: Any) -> str:
    """A cell but for the ways in which libraries write a decimal."""
    return re.sub(r"^(\d+)\.0$", r"\1", str(cell))


SOME = {
    ("agencies-together", "agency", "市财政局"): 3,
    ("agencies-together", "agency", "绵阳市农业农村局"): 0,
    ("announced", "year", "2023"): 1,
    ("announced", "agency", "成都市农业农村局"): 2,
    ("asked-and-answered", "year", "2024年"): 2,
    ("asked-and-answered", "agency", "市财政局"): 0,
    ("incentives", "group", "家庭农场"): 1,
    ("incentives", "least", "20万"): 1,
    ("incentives", "least", "20.1万"): 0,
    ("mentions", "thing", "家庭农场"): 3,
    ("platforms", "agency", "成都市农业农村局"): 2,
    ("policies", "letter", "蓉农提复〔2023〕12号"): 1,
    ("policies", "agency", "市财政局"): 1,
    ("policies", "year", "2022"): 0,
    ("results", "thing", "家庭农场"): 3,
    ("results", "year", "2023"): 2,
    ("shared-programmes", "agency", "成都市农业农村局"): 2,
    ("shared-programmes", "agency", "市财政局"): 0,
    ("targets", "by", "2025"): 1,
    ("targets", "agency", "成都市农业农村局"): 3,
}


@pytest.mark.parametrize(("case", "number"), SOME.items())
def test_parameters_narrow_the_answer(invented: Dataset, case: tuple[str, str, str], number: int) -> None:
    name, parameter, value = case
    assert len(rows(invented, name, {parameter: value})) == number


def test_every_parameter_is_tried_here() -> None:
    assert {(name, p.name) for name in NAMES for p in prepared(name).parameters} == {case[:2] for case in SOME}


def test_an_announced_thing_that_another_letter_reports_as_done_is_left_out(invented: Dataset) -> None:
    found = {row["announced"]: row["running"] for row in rows(invented, "announced", {})}
    assert found == {"丰收贷": "true", "满仓": "false"}


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_graph_gives_an_empty_answer(name: str) -> None:
    values = {parameter.name: "x" for parameter in prepared(name).parameters if parameter.required}
    if not values:
        assert rows(Dataset(Store()), name, {}) == []


# --- On the five letters


@pytest.fixture(scope="module")
def five(letters: tuple[Path, ...]) -> Dataset:
    from kg import __version__, registry
    from kg.graph import World

    readings, _ = read_all(letters)
    return Dataset(graph_of(readings, World(ontology.load(), registry.load(), BASE, __version__)))


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
    return any(one in bare(cell) for one in names) if name == "quote" else bare(cell) in names


def test_every_question_has_an_answer_that_was_read_in_the_letters() -> None:
    assert {path.stem for path in ANSWERS.glob("*.toml")} == set(NAMES)


@pytest.mark.parametrize(("name", "asked"), cases())
def test_the_answers_are_those_that_a_reader_finds(five: Dataset, name: str, asked: dict[str, Any]) -> None:
    found = rows(five, name, asked.get("set", {}))
    missing = [f"missing: {wanted}" for wanted in asked["must"] if not any(fits(row, wanted) for row in found)]
    wrong = [f"wrong: {row}" for row in found if any(fits(row, unwanted) for unwanted in asked.get("never", ()))]
    if missing or wrong:
        pytest.fail("\n".join(missing + wrong), pytrace=False)
    if "rows" in asked:
        assert len(found) == asked["rows"]


EXAMPLES = [(name, parameter.name, parameter.example) for name in NAMES for parameter in prepared(name).parameters]


@pytest.mark.parametrize(("name", "parameter", "example"), EXAMPLES)
def test_the_example_of_a_parameter_gives_an_answer(five: Dataset, name: str, parameter: str, example: str) -> None:
    found = ask(five, prepared(name), {parameter: example})
    assert isinstance(found, QuerySolutions)
    assert list(found)
