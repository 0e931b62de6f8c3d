"""How questions are put on the command line, and in which forms the answers come."""

from __future__ import annotations

import csv
import io
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples, RdfFormat, parse

from kg import export
from kg.cli import main
from kg.errors import QueryError, UsageError
from kg.query import formats
from kg.query.answer import is_empty, packed, unpacked
from kg.query.columns import columns
from kg.query.dataset import Dataset
from kg.query.deadline import within
from kg.query.formats.csv import plain
from kg.query.limit import limited
from kg.query.question import prepared, read_question, themes
from kg.query.run import Answer, ask
from tests import chengdu
from tests.terminal import written

LABELS = "SELECT ?a ?n { ?a a kg:Agency ; skos:prefLabel ?n } ORDER BY ?n"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?p }"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built folder of two invented letters, with nothing but the store."""
    return chengdu.built(tmp_path_factory.mktemp("chengdu"))


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return chengdu.dataset()


def run(graph: Path, *args: str) -> Result:
    return CliRunner().invoke(main, ["query", *args, "--from", str(graph)])


def answer(dataset: Dataset, text: str, limit: int | None = None) -> Answer:
    return ask(dataset, read_question(text, "query"), {}, limit=limit)


# --- Formats


def test_every_rdf_format_of_export_is_one_for_triples() -> None:
    """GraphML is no RDF: it is a projection of a whole graph."""
    wanted = set(export.formats()) - {"graphml"}
    assert wanted == {name for name in formats.names() if "triples" in formats.named(name).TAKES}


def test_markdown(graph: Path) -> None:
    query = 'SELECT ?text ?n { VALUES (?text ?n) { ("a|b*[c]" 7) ("甲\\n乙" 12.5) } }'
    assert run(graph, query, "-f", "markdown").stdout == (
        "| text | n |\n|---|---:|\n| a\\|b\\*\\[c\\] | 7 |\n| 甲 乙 | 12.5 |\n"
    )
    assert run(graph, "ASK {}", "-f", "markdown").stdout == "true\n"


def test_heads_of_columns_in_chinese(graph: Path) -> None:
    zh = ["--zh", "--set", "year=2023"]
    first = run(graph, "asked-and-answered", *zh, "-f", "csv").stdout.splitlines()[0]
    assert first == "提出者,提案或建议的标题,提案号或建议号,会议届次,答复单位,成文日期,复函文号,原句"
    assert run(graph, "asked-and-answered", *zh).stdout.startswith("提出者  提案或建议的标题")
    assert "| 提出者 |" in run(graph, "asked-and-answered", *zh, "-f", "markdown").stdout
    assert run(graph, LABELS, "--zh", "-f", "csv").stdout.startswith("a,n"), "a query of one's own has no other names"


def test_fixed_values_in_chinese_where_chinese_is_asked_for(graph: Path) -> None:
    given = ["programmes", "--set", "kind=平台", "--limit", "1"]
    for form in ("table", "csv", "markdown"):
        assert "Platform" in run(graph, *given, "-f", form).stdout
        text = run(graph, *given, "-f", form, "--zh").stdout
        assert "平台" in text and "Platform" not in text
    assert "Platform" in run(graph, *given, "-f", "json", "--zh").stdout, "for programs"
    lacking = run(graph, "promises-lacking", "--zh", "-f", "csv").stdout
    assert "指标" in lacking and "figure" not in lacking
    announced = list(csv.DictReader(io.StringIO(run(graph, "announced", "--zh", "-f", "csv").stdout, newline="")))
    assert {row["是否有复函说所涉事项正在推进"] for row in announced} == {"是", "否"}


def test_every_chinese_head_is_short_and_stands_once() -> None:
    for theme in themes():
        for name in theme.questions:
            heads = [column.head_zh for column in prepared(name).columns]
            assert len(set(heads)) == len(heads), name
            assert all(0 < columns(head) <= 36 for head in heads), (name, heads)


def test_excel(graph: Path) -> None:
    query = 'SELECT ?a ?b ?n { VALUES (?a ?b ?n) { ("=1+1" "＝cmd" -3.5) ("@x" "-y" 7) ("甲,乙" "\\t=2" 8) (">=" "+86 1" 9) } }'
    data = run(graph, query, "--excel").stdout_bytes
    assert data.startswith(b"\xef\xbb\xbfa,b,n\r\n")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))[1:]
    assert rows == [["'=1+1", "'＝cmd", "-3.5"], ["'@x", "'-y", "7"], ["甲,乙", " =2", "8"], [">=", "'+86 1", "9"]]
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert run(graph, query, "--excel", "-f", "csv").stdout_bytes == data
    for form in ("json", "table"):
        result = run(graph, query, "--excel", "-f", form)
        assert (result.exit_code, result.stderr) == (
            2,
            f"kg: --excel is CSV, and does not go with --format {form}; see kg query --help\n",
        )


@given(st.text(max_size=12))
def test_no_cell_is_a_formula(text: str) -> None:
    assert re.fullmatch(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?", plain(text)) or plain(text)[:1] not in set(
        "=+-@\t\r＝＋－＠"
    )


# --- Limits

LIMITED = {
    "SELECT ?x { ?x a ?y }": "SELECT ?x { ?x a ?y }\nLIMIT 2",
    "SELECT ?x { ?x a ?y } LIMIT 1 OFFSET 1": "SELECT ?x { ?x a ?y } LIMIT 1 OFFSET 1",
    "SELECT ?x { ?x a ?y } ORDER BY ?x LIMIT 9": "SELECT ?x { ?x a ?y } ORDER BY ?x LIMIT 2",
    "SELECT ?x { { SELECT ?x { ?x a ?y } LIMIT 9 } } # LIMIT 7": "SELECT ?x { { SELECT ?x { ?x a ?y } LIMIT 9 } } # LIMIT 7\nLIMIT 2",
    "SELECT ?x { ?x a ?y } VALUES ?x { <a:b> }": "SELECT ?x { ?x a ?y } LIMIT 2\nVALUES ?x { <a:b> }",
    "SELECT ?x { ?x kg:unit 'LIMIT 9' }": "SELECT ?x { ?x kg:unit 'LIMIT 9' }\nLIMIT 2",
    "ASK { ?x a ?y }": "ASK { ?x a ?y }",
    "CONSTRUCT { ?x a ?y } WHERE { { SELECT ?x ?y { ?x a ?y } } }": "CONSTRUCT { ?x a ?y } WHERE { { SELECT ?x ?y { ?x a ?y } } }",
}


@pytest.mark.parametrize(("query", "expected"), LIMITED.items())
def test_limited(dataset: Dataset, query: str, expected: str) -> None:
    assert limited(query, 2) == expected
    answer(dataset, limited(query, 2))


def test_at_most_so_many_rows_or_triples(graph: Path, dataset: Dataset) -> None:
    assert run(graph, LABELS, "--limit", "2", "-f", "csv").stdout.count("\n") == 3
    assert run(graph, LABELS, "--limit", "0").stdout == "a  n\n─  ─\n(none shown) （未列出）\n"
    nothing = "SELECT ?x { ?x a kg:Event }"
    assert run(graph, nothing, "--limit", "0").stdout == "x\n─\n(nothing found) （没有找到）\n"
    assert run(graph, "mentions", "-s", "thing=家庭农场", "--limit", "1", "-f", "csv").stdout.count("\n") == 2
    whole = run(graph, "CONSTRUCT WHERE { ?x a ?y }", "-f", "ntriples").stdout.splitlines()
    assert run(graph, "CONSTRUCT WHERE { ?x a ?y }", "-f", "ntriples", "--limit", "3").stdout.splitlines() == whole[:3]
    assert run(graph, "ASK {}", "--limit", "1").stdout == "true\n"
    assert run(graph, LABELS, "--limit", "-1").exit_code == 2


def test_that_rows_were_cut_is_said_on_standard_error(graph: Path) -> None:
    for query in (LABELS, "CONSTRUCT WHERE { ?x a kg:Agency }"):
        done = run(graph, query, "--limit", "2")
        assert done.stderr == "kg: cut at --limit 2, there is more · 仅列前2条，另有更多\n"
        assert run(graph, query, "--limit", "3").stderr == ""
    assert run(graph, "ASK {}", "--limit", "0").stderr == ""
    whole = run(graph, LABELS, "-f", "tsv").stdout.splitlines()
    assert run(graph, LABELS, "--limit", "2", "-f", "tsv").stdout.splitlines() == whole[:3], "terms stay as they are"


# --- Time


def test_a_query_that_takes_too_long_ends_with_one_line(graph: Path) -> None:
    start = time.monotonic()
    command = [sys.executable, "-m", "kg", "query", ENDLESS, "--from", str(graph), "--timeout", "0.5"]
    done = subprocess.run(command, capture_output=True, check=False, timeout=60)
    assert time.monotonic() - start < 20
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode() == "kg: the query ran longer than 0.5 s; ask for less, or raise --timeout\n"


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_ctrl_c_ends_a_query_while_the_engine_works(graph: Path) -> None:
    command = [sys.executable, "-m", "kg", "query", ENDLESS, "--from", str(graph)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        time.sleep(4)  # it starts within one second
        running.send_signal(signal.SIGINT)
        try:
            _, said = running.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            running.kill()
            raise
    assert (running.returncode, said.strip()) == (130, b"kg: interrupted")


@pytest.mark.parametrize("limit", [-1, 10**20])
def test_a_limit_that_is_none_is_told(dataset: Dataset, limit: int) -> None:
    with pytest.raises(UsageError, match=f"no answer has {limit} rows"):
        ask(dataset, prepared("policies"), {}, limit=limit)


def test_nothing_half_written_is_left(graph: Path, tmp_path: Path) -> None:
    command = ["query", ENDLESS, "--from", str(graph), "--timeout", "0.5", "-o", str(tmp_path / "a.csv")]
    assert subprocess.run([sys.executable, "-m", "kg", *command], capture_output=True, check=False).returncode == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("query", [LABELS, "ASK {}", "CONSTRUCT WHERE { ?x kg:repliesTo ?y }"])
def test_an_answer_in_time_is_the_answer(graph: Path, query: str) -> None:
    assert run(graph, query, "--timeout", "60").stdout == run(graph, query).stdout


def test_what_is_wrong_is_told_from_the_other_thread_too(graph: Path) -> None:
    assert "no property is called kg:isuedBy" in run(graph, "ASK { ?x kg:isuedBy ?y }", "--timeout", "60").stderr
    with pytest.raises(ZeroDivisionError):
        within(60, lambda: 1 / 0)  # type: ignore[arg-type, return-value]


def test_a_deadline_that_has_passed() -> None:
    with pytest.raises(QueryError, match=r"the query ran longer than 0\.01 s"):
        within(0.01, lambda: time.sleep(5))  # type: ignore[arg-type, return-value, func-returns-value]


@pytest.mark.parametrize("wanted", ["0", "-1", "soon"])
def test_no_such_time(graph: Path, wanted: str) -> None:
    assert run(graph, "ASK {}", "--timeout", wanted).exit_code == 2


PACKED = {
    LABELS: (QuerySolutions, False),
    "SELECT ?x { ?x a kg:Event }": (QuerySolutions, True),
    "SELECT (COUNT(?x) AS ?n) { ?x a kg:Event }": (QuerySolutions, True),
    "SELECT (COUNT(?x) AS ?n) { ?x a kg:Agency }": (QuerySolutions, False),
    "SELECT ?x ?n { ?x a kg:Agency } VALUES ?n { 0 }": (QuerySolutions, False),
    "ASK {}": (QueryBoolean, False),
    "CONSTRUCT WHERE { ?x a kg:Event }": (QueryTriples, True),
    "CONSTRUCT WHERE { ?x a kg:Agency }": (QueryTriples, False),
}


@pytest.mark.parametrize(("query", "expected"), PACKED.items())
def test_a_packed_answer_is_the_same(dataset: Dataset, query: str, expected: tuple[type, bool]) -> None:
    whole = packed(answer(dataset, query))
    assert (type(unpacked(whole)), is_empty(whole)) == expected
    assert sorted(packed(unpacked(whole)).data.splitlines()) == sorted(whole.data.splitlines())


def test_blank_nodes_of_an_answer_stay_apart(dataset: Dataset) -> None:
    text = "CONSTRUCT { [] kg:about ?x ; kg:unit 'a' } WHERE { ?x a kg:Agency }"
    lines = run_lines(dataset, text)
    assert len({line.split()[0] for line in lines}) == 3 and len(lines) == 6


def run_lines(dataset: Dataset, text: str) -> list[str]:
    sink = io.BytesIO()
    formats.named("ntriples").write(unpacked(packed(answer(dataset, text))), sink, dataset.look())
    assert len(list(parse(sink.getvalue(), format=RdfFormat.N_TRIPLES))) == 6
    return sink.getvalue().decode().splitlines()


# --- On a terminal

posix = pytest.mark.skipif(os.name == "nt", reason="terminals of POSIX")


def terminal(args: list[str], typed: str = "", **settings: str) -> tuple[int, str]:
    """Exit status and what a process shows on a terminal of 24 lines, where `typed` is typed."""
    import pty

    master, slave = pty.openpty()
    environment = {**os.environ, "COLUMNS": "80", "LINES": "24", "TERM": "xterm", **settings}
    streams = {"stdin": slave, "stdout": slave, "stderr": slave}
    with subprocess.Popen([sys.executable, "-m", "kg", *args], env=environment, **streams) as running:  # type: ignore[call-overload]
        os.close(slave)
        os.write(master, typed.encode())
        seen = written(master)
        status = running.wait(60)
    os.close(master)
    return status, seen.decode().replace("\r\n", "\n")


@pytest.fixture
def pager(tmp_path: Path) -> str:
    """A pager that marks what it pages."""
    path = tmp_path / "pager"
    path.write_text("#!/bin/sh\necho PAGED\ncat\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


@posix
def test_a_long_table_is_paged_on_a_terminal(graph: Path, pager: str) -> None:
    where = ["--from", str(graph)]
    assert "PAGED" in terminal(["query", "results", *where], PAGER=pager)[1]
    assert "PAGED" not in terminal(["query", "results", "--no-pager", *where], PAGER=pager)[1]
    assert "PAGED" not in terminal(["query", "results", "-f", "csv", *where], PAGER=pager)[1]
    assert "PAGED" in terminal(["query", "results", "-f", "csv", "--pager", *where], PAGER=pager)[1]
    assert "PAGED" not in terminal(["query", LABELS, *where], PAGER=pager)[1], "a short one is not"


def test_nothing_is_paged_elsewhere(graph: Path) -> None:
    assert run(graph, "results", "--pager").stdout == run(graph, "results").stdout


@posix
def test_without_a_name_one_chooses_and_fills_in(graph: Path) -> None:
    typed = "999\npolices\nmentions\n\n没有的\n家庭农场\n"
    status, seen = terminal(["query", "--no-pager", "--from", str(graph)], typed, COLUMNS="400")
    assert status == 0
    assert "Proposals and replies · 提案建议与答复" in seen
    assert re.search(r" +\d+  policies  Policies by letter, .* · 各复函提到的政策文件", seen)
    assert "no such question; 1 to " in seen
    assert "no such question; nearest: policies" in seen
    assert "thing (Entity): what is looked for" in seen
    assert "no thing in the graph is called “没有的”" in seen
    assert "kg query mentions --set 'thing=家庭农场'\n" in seen
    assert "2022年新认定家庭农场120家" in seen


@posix
def test_what_is_set_already_is_not_asked_for(graph: Path) -> None:
    status, seen = terminal(["query", "--set", "thing=家庭农场", "--no-pager", "--from", str(graph)], "mentions\n")
    assert status == 0
    assert "thing (Entity)" not in seen


@posix
def test_a_number_chooses_and_enter_leaves_out(graph: Path) -> None:
    number = [name for theme in themes() for name in theme.questions].index("targets") + 1
    status, seen = terminal(["query", "--no-pager", "--from", str(graph)], f"{number}\n\n\n", COLUMNS="400")
    assert status == 0
    assert "kg query targets\n" in seen
    assert "建成高标准农田" in seen


@posix
def test_the_end_of_the_input_ends_the_choice(graph: Path) -> None:
    status, seen = terminal(["query", "--from", str(graph)], "\x04")
    assert status == 130
    assert "kg: interrupted" in seen


@posix
def test_what_may_be_wrong_is_underlined_on_a_terminal(graph: Path) -> None:
    query = 'SELECT ?x { ?x skos:prefLabel ?n FILTER (?n = "家庭农场") }'
    _, seen = terminal(["query", query, "--from", str(graph)])
    assert 'perhaps because: query:1:47: ?n is a text with a language; write "家庭农场"@zh' in seen
    assert f"  {query}\n  {' ' * 46}{'^' * 10}\n" in seen


@posix
def test_what_does_not_fit_on_a_terminal_is_told_in_blocks(graph: Path) -> None:
    _, seen = terminal(["query", "asked-and-answered", "--no-pager", "--from", str(graph)])
    lines = seen.splitlines()
    assert lines[0].startswith("─ 1 of 3 ──") and len(lines[0]) == 80
    assert any(re.match(r"askedBy +民盟成都市委会", line) for line in lines)


@posix
@pytest.mark.parametrize(("settings", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)])
def test_colours_on_a_terminal_unless_somebody_does_not_want_them(
    graph: Path, settings: dict[str, str], coloured: bool
) -> None:
    _, seen = terminal(["show", "丰收贷", "--from", str(graph)], **settings)
    assert "丰收贷" in seen and ("\033[" in seen) is coloured


@posix
def test_the_list_of_questions_is_paged(pager: str) -> None:
    assert "PAGED" in terminal(["queries"], PAGER=pager)[1]
    assert "PAGED" not in terminal(["queries", "copies"], PAGER=pager, LINES="60")[1]


def test_elsewhere_it_is_one_line_beside_the_answer(graph: Path) -> None:
    result = run(graph, 'SELECT ?x { ?x skos:prefLabel ?n FILTER (?n = "家庭农场") }', "-f", "csv")
    assert (result.exit_code, result.stdout_bytes) == (0, b"x\r\n")
    assert re.fullmatch(r"kg: nothing found, perhaps because: query:1:47: [^\n]+\n", result.stderr)


def test_a_wrong_choice_of_format_is_told_before_the_work() -> None:
    with pytest.raises(UsageError):
        formats.named("markdwon")
