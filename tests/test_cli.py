"""The command line: what it prints, its errors and exit statuses; in the process, and as a real one."""

from __future__ import annotations

import errno
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from kg import __version__
from kg.check import findings
from kg.cli import _root, main
from kg.cli.build import _program
from kg.errors import KgError
from kg.query.columns import columns
from tests import chengdu
from tests.terminal import written

LETTERS = Path(__file__).resolve().parent.parent / "seeds" / "letters"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built folder of two invented letters, with nothing but the store."""
    return chengdu.built(tmp_path_factory.mktemp("chengdu"))


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """The five letters, built by the command line, and what it printed."""
    folder = tmp_path_factory.mktemp("five") / "out"
    return folder, run("build", "--out", str(folder))


def run(*args: str, stdin: str | bytes | None = None) -> Result:
    """The command line in this process."""
    return CliRunner().invoke(main, args, input=stdin)


def process(*args: str, **extra: Any) -> subprocess.CompletedProcess[bytes]:
    """The command line as a process of its own."""
    command = [sys.executable, "-m", "kg", *args]
    return subprocess.run(command, capture_output=True, check=False, timeout=120, **extra)


def told(result: Result) -> str:
    """The one line of an error."""
    assert result.stdout == ""
    assert re.fullmatch(r"kg: [^\n]+\n", result.stderr), result.stderr
    return result.stderr.removeprefix("kg: ").rstrip("\n")


# --- Commands and their help


def commands() -> Iterator[tuple[str, click.Command]]:
    context = click.Context(main)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        yield name, command


def test_commands_are_those_of_the_folder() -> None:
    assert {"build", "query", "queries", "export", "view", "check"} <= {name for name, _ in commands()}


@pytest.mark.parametrize(("name", "command"), list(commands()), ids=[name for name, _ in commands()])
def test_every_command_has_help_with_an_example_and_can_be_verbose(name: str, command: click.Command) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    assert command.help and command.short_help
    assert command.help.rstrip().splitlines()[-1].strip().startswith(f"Example: kg {name}")
    assert "--verbose" in result.stdout
    options = [p for p in command.params if isinstance(p, click.Option)]
    assert all(p.help or "help" in type(p).__dict__ or p.name == "form" for p in options)


def test_help_lists_all_commands() -> None:
    result = run("--help")
    assert result.exit_code == 0
    assert all(name in result.stdout for name, _ in commands())
    assert "Example: kg build" in result.stdout
    assert run("-h").stdout == result.stdout


def test_help_names_all_formats() -> None:
    assert all(name in run("query", "--help").stdout for name in ("csv", "json", "table", "tsv", "turtle", "xml"))
    text = run("export", "--help").stdout
    assert all(name in text for name in ("turtle", "trig", "ntriples", "nquads", "jsonld", "rdfxml", "graphml"))


def test_version() -> None:
    assert run("--version").stdout == f"kg {__version__}\n"


def test_without_a_command_it_shows_what_there_is() -> None:
    assert run().output == run("--help").output
    assert (run().exit_code, run().stdout) == (2, "")


# --- Wrong use: one line, exit status 2

WRONG_USE = {
    ("biuld",): "no command is called “biuld”; nearest: build",
    ("query",): "which question? Name one (kg queries lists them), a file .rq, SPARQL, or - for input; see kg query",
    ("query", "--foo", "x"): "No such option",
    ("query", "xyzzy"): "no question is called “xyzzy”; `kg queries` lists them",
    ("query", "polices"): "no question is called “polices”; nearest: policies, shared-policies; `kg queries` lists all",
    ("queries", "polices"): "no question is called “polices”",
    ("query", "policies", "--set", "yaer=2023"): "policies has no parameter “yaer”; nearest: year",
    ("query", "policies", "--set", "year=soon"): "year is a year, not “soon”; such as year=",
    ("query", "policies", "--set", "year"): "“year” is no name=value",
    ("query", "mentions"): "mentions wants thing; for example --set thing=",
    (
        "query",
        "mentions",
        "--set",
        "thing=丰收带",
    ): "no thing in the graph is called “丰收带”; nearest: ",
    ("query", "asked-and-answered", "--set", "agency=市农业农村局"): "“市农业农村局” is the name of several",
    ("query", "ASK {}", "--format", "jsn"): "no format is called “jsn”; nearest: json",
    ("query", "ASK {}", "--format", "turtle"): "the answer is true or false, which turtle does not write",
    ("query", "SELECT ?x WHERE { ?x a }"): "query:1:24: not expected here: “}”, in: SELECT ?x WHERE { ?x a }",
    ("query", "SELECT ?x\n{\n ?x foo:bar 1 }"): "query:3:5: unknown prefix: “foo:bar”",
    ("export", "--format", "turtl"): "unknown format 'turtl'; use turtle",
    ("view", "--steps", "1"): "--steps goes with --focus",
    ("view", "--focus", "丰收带"): "no thing in the graph is called “丰收带”",
    ("view", "--kind", "Platfrom"): "there is no kind “Platfrom”; nearest: Platform",
    ("query", "ASK {}", "--out", "."): ".: a folder; --out is the file to write, --from the build to read",
}


@pytest.mark.parametrize(("args", "said"), WRONG_USE.items(), ids=[" ".join(args) for args in WRONG_USE])
def test_wrong_use(graph: Path, args: tuple[str, ...], said: str) -> None:
    where = ["--from", str(graph)] if args[0] in ("query", "export", "view") else []
    result = run(*args, *where)
    assert said in told(result)
    assert result.exit_code == 2


def test_wrong_base(tmp_path: Path) -> None:
    result = run("build", "--base", "no base", "--out", str(tmp_path))
    assert result.exit_code == 2
    assert told(result).startswith("no base: no base for IRIs")


# --- Failures: one line, exit status 1

FAILURES: dict[str, tuple[list[str], str]] = {
    "nothing built: query": (["query", "policies", "--from", "{tmp}"], "run kg build"),
    "nothing built: no folder": (["query", "ASK {{}}", "--from", "{tmp}/none"], "run kg build"),
    "nothing built: export": (["export", "--from", "{tmp}"], "run kg build"),
    "nothing built: view": (["view", "--from", "{tmp}"], "run kg build"),
    "nothing built: check": (["check", "--from", "{tmp}"], "run kg build"),
    "no page": (["view", "--from", "{graph}"], "graph.html: the page is not there; run kg build again"),
    "no file of the graph": (["check", "--from", "{graph}"], "kg.ttl: the file is not there; run kg build again"),
    "missing query": (["query", "{tmp}/a.rq", "--from", "{graph}"], "a.rq: no such file"),
    "query in GB18030": (["query", "{tmp}/gb.rq", "--from", "{graph}"], "gb.rq: not UTF-8 text"),
    "a folder for a query": (["query", "{tmp}/", "--from", "{graph}"], "directory"),
    "no folder to write to": (["query", "ASK {{}}", "--from", "{graph}", "-o", "{tmp}/no/where"], "cannot be written"),
    "missing letter": (["build", "{tmp}/none.txt", "--out", "{tmp}/out"], "none.txt"),
    "missing decisions": (["build", "--decisions", "{tmp}/none.csv", "--out", "{tmp}/out"], "none.csv"),
    "a file for a folder": (["build", "--out", "{tmp}/gb.rq"], "gb.rq"),
}


@pytest.mark.parametrize("case", FAILURES)
def test_failures(graph: Path, tmp_path: Path, case: str) -> None:
    (tmp_path / "gb.rq").write_bytes("ASK { ?x ?y '中文' }".encode("gb18030"))
    args, said = FAILURES[case]
    result = run(*(arg.format(tmp=tmp_path, graph=graph) for arg in args))
    assert said in told(result)
    assert result.exit_code == 1


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_no_permission(graph: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    result = run("query", "ASK {}", "--from", str(graph), "-o", str(tmp_path / "a.csv"))
    assert result.exit_code == 1
    assert "ermission" in told(result)


@pytest.mark.parametrize("where", ["before", "after"])
def test_verbose_gives_the_traceback_too(where: str, tmp_path: Path) -> None:
    args = ["query", "ASK {}", "--from", str(tmp_path)]
    result = run("--verbose", *args) if where == "before" else run(*args, "--verbose")
    assert result.exit_code == 1
    assert "Traceback" in result.stderr
    assert result.stderr.splitlines()[-1].startswith("kg: ")


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (PermissionError(errno.EACCES, "Permission denied", "out/kg.ttl"), 1, "kg: out/kg.ttl: Permission denied\n"),
        (OSError(errno.ENOSPC, "No space left on device"), 1, "kg: No space left on device\n"),
        (OSError("two\nlines"), 1, "kg: two lines\n"),
        (KgError("broken", place="a"), 1, "kg: a: broken\n"),
        (KeyboardInterrupt(), 130, "kg: interrupted\n"),
        (BrokenPipeError(), 141, ""),
    ],
)
def test_any_error_of_the_world_is_one_line(
    monkeypatch: pytest.MonkeyPatch, error: BaseException, status: int, said: str
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("kg.query.question.themes", fail)
    monkeypatch.setattr(_root, "_silence_stdout", lambda: None)
    result = run("queries")
    assert (result.exit_code, result.stderr) == (status, said)


def test_an_error_of_the_program_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("kg.query.question.themes", fail)
    assert isinstance(run("queries").exception, ZeroDivisionError)


# --- Asking


def test_a_prepared_question(graph: Path) -> None:
    result = run("query", "asked-and-answered", "--set", "year=2024", "--format", "csv", "--from", str(graph))
    assert result.exit_code == 0
    assert result.stdout.splitlines()[1].startswith("周小满,关于种业振兴的建议,人大建议31号,")


def test_a_question_from_a_file_and_from_standard_input(graph: Path, tmp_path: Path) -> None:
    text = '# param: who Agency "市财政局"\nSELECT ?n { ?who skos:prefLabel ?n }'
    (tmp_path / "mine.rq").write_text(text, encoding="utf-8")
    args = ["--set", "who=市财政局", "-f", "tsv", "--from", str(graph)]
    assert run("query", str(tmp_path / "mine.rq"), *args).stdout == '?n\n"成都市财政局"@zh\n'
    assert run("query", "-", *args, stdin=text).stdout == '?n\n"成都市财政局"@zh\n'


def test_a_fault_in_a_file_is_told_with_the_file(graph: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text("# title: x\n\nSELECT ?n {\n  ?who }\n", encoding="utf-8")
    result = run("query", str(tmp_path / "mine.rq"), "--from", str(graph))
    assert told(result).startswith(f"{tmp_path / 'mine.rq'}:4:8: not expected here: “}}”")


def test_a_file_is_written_whole(graph: Path, tmp_path: Path) -> None:
    target = tmp_path / "a.json"
    result = run("query", "ASK {}", "-f", "json", "-o", str(target), "--from", str(graph))
    assert (result.exit_code, result.stdout) == (0, "")
    assert json.loads(target.read_text(encoding="utf-8"))["boolean"] is True
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


@pytest.mark.parametrize(("query", "said"), [("ASK {}", "true\n"), ("ASK { <a> <b> <c> }", "false\n")])
def test_ask(graph: Path, query: str, said: str) -> None:
    assert run("query", query, "--from", str(graph)).stdout == said


def test_construct_and_describe_give_turtle(graph: Path) -> None:
    for query in ("CONSTRUCT WHERE { <agency/成都市财政局> a ?k }", "DESCRIBE <agency/成都市财政局>"):
        assert "<agency/成都市财政局> a kg:" in run("query", query, "--from", str(graph)).stdout


def test_bytes_that_are_no_utf_8_are_wrong_use(graph: Path) -> None:
    bad = "\udcff"
    for args in (("ASK {} #" + bad,), ("SELECT ?x {}", "--set", "x=" + bad)):
        result = run("query", *args, "--from", str(graph))
        assert result.exit_code in (1, 2)
        told(result)


# --- The list of questions


def test_queries_lists_titles_in_both_languages_with_parameters() -> None:
    text = run("queries").stdout
    assert re.search("\n  asked-and-answered +Who asked what, and who answered\n +谁提的什么，谁来答复\n", text)
    assert "--set [agency=…] [year=…]\n" in text
    assert "--set thing=… [with=…]\n" in text


def test_the_list_of_questions_fits_in_80_columns() -> None:
    assert max(columns(line) for line in run("queries").stdout.splitlines()) <= 80


def test_queries_explains_one() -> None:
    text = run("queries", "mentions").stdout
    assert "required:" in text
    assert "thing (Entity)" in text
    assert "quote    the sentence · 原句" in text
    assert text.rstrip().splitlines()[-1].startswith("Example: kg query mentions --set thing=")


def test_queries_shows_the_sparql(root: Path) -> None:
    assert run("queries", "mentions", "--sparql").stdout == (root / "queries" / "mentions" / "mentions.rq").read_text(
        encoding="utf-8"
    )


# --- Building, looking, exporting, checking the five letters


def test_build_says_what_was_read_and_found_and_what_next(out: tuple[Path, Result]) -> None:
    folder, result = out
    assert result.exit_code == 0, result.output
    assert result.stderr == "", "no progress where it is no terminal"
    lines = result.stdout.splitlines()
    assert re.match(r"Read   5 letters, \d+ passages$", lines[0])
    assert re.match(r"Found  \d+ things: \d+ \w+, ", lines[1])
    assert "report.json" in result.stdout
    assert str(folder) in result.stdout
    assert sum("kg que" in line or "kg view" in line for line in lines) == 3
    assert len(lines) <= 12


def test_a_second_build_says_and_writes_the_same(out: tuple[Path, Result], tmp_path: Path) -> None:
    folder, first = out
    second = run("build", str(LETTERS), "--out", str(tmp_path / "out"))
    assert second.stdout.replace(str(tmp_path / "out"), str(folder)) == first.stdout
    for name in ("kg.ttl", "kg.trig", "report.json"):
        assert (folder / name).read_bytes() == (tmp_path / "out" / name).read_bytes()


def test_view_says_where_the_page_is(out: tuple[Path, Result], tmp_path: Path) -> None:
    folder, _ = out
    assert run("view", "--from", str(folder)).stdout == f"{folder / 'graph.html'}\n"
    target = tmp_path / "page.html"
    result = run("view", "--from", str(folder), "--out", str(target), "--title", "甲<乙", "--no-open")
    assert result.stdout == f"{target}\n"
    assert "甲&lt;乙" in target.read_text(encoding="utf-8")


def test_view_of_a_part(out: tuple[Path, Result], tmp_path: Path) -> None:
    folder, _ = out
    result = run("view", "--from", str(folder), "--kind", "平台", "--limit", "7", "--no-open")
    assert result.stdout == f"{folder / 'view.html'}\n"
    part, whole = ((folder / name).read_text(encoding="utf-8") for name in ("view.html", "graph.html"))
    assert '"partial":true' in part and '"partial":false' in whole
    assert len(part) < len(whole)


def test_view_says_that_its_page_goes_to_a_file(out: tuple[Path, Result]) -> None:
    said = " ".join(run("view", "--help").stdout.split())
    assert "default: view.html" in said and "standard output" not in said
    refused = run("view", "--from", str(out[0]), "--out", "-", "--no-open")
    assert refused.exit_code == 2 and "a page goes to a file" in refused.stderr
    assert not Path("-").exists()


def test_view_opens_a_browser_when_asked(out: tuple[Path, Result], monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(click, "launch", opened.append)
    run("view", "--from", str(out[0]), "--open")
    assert opened == [(out[0] / "graph.html").resolve().as_uri()]


def test_export_is_what_the_build_wrote(out: tuple[Path, Result], tmp_path: Path) -> None:
    folder, _ = out
    assert run("export", "--from", str(folder)).stdout_bytes == (folder / "kg.ttl").read_bytes()
    target = tmp_path / "kg.trig"
    assert run("export", "-f", "trig", "--from", str(folder), "--out", str(target)).stdout == ""
    assert target.read_bytes() == (folder / "kg.trig").read_bytes()


def test_check_finds_nothing(out: tuple[Path, Result]) -> None:
    result = run("check", "--from", str(out[0]))
    assert (result.exit_code, result.stdout) == (0, "Nothing is wrong. · 未发现问题。\n")


def test_check_tells_what_breaks_a_shape(tmp_path: Path, root: Path) -> None:
    (tmp_path / "kg.ttl").write_text(
        "@prefix kg: <https://w3id.org/policy-kg/ontology#> . <http://e/a> a kg:Agency .", encoding="utf-8"
    )
    found = findings(tmp_path / "kg.ttl", root / "ontology" / "shapes.ttl", root / "ontology" / "policy-kg.ttl")
    assert any("Body" in finding.message for finding in found)
    assert {finding.node for finding in found} == {"http://e/a"}
    assert all(finding.message.isascii() for finding in found), "of the languages of a message always the same"


@pytest.mark.parametrize(
    ("called", "shown"), [("/a/kg/__main__.py", "python -m kg"), ("no/such/kg", "no/such/kg"), ("pytest", "kg")]
)
def test_how_the_program_is_called_again(monkeypatch: pytest.MonkeyPatch, called: str, shown: str) -> None:
    monkeypatch.setattr(sys, "argv", [called])
    monkeypatch.setattr("shutil.which", lambda _: None)
    assert _program() == shown


# --- Real processes


def test_as_a_process(graph: Path) -> None:
    done = process("query", "ASK {}", "--from", str(graph))
    assert (done.returncode, done.stdout, done.stderr) == (0, b"true\n", b"")


def test_wrong_use_as_a_process() -> None:
    done = process("query", "polices")
    assert done.returncode == 2
    assert done.stderr.decode().startswith("kg: no question is called “polices”")
    assert done.stdout == b""


@pytest.mark.parametrize(
    "settings", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "POSIX", "PYTHONUTF8": "0"}]
)
def test_under_any_locale(graph: Path, settings: dict[str, str]) -> None:
    done = process("query", "platforms", "-f", "csv", "--from", str(graph), env={**os.environ, **settings})
    assert done.returncode == 0
    assert "天府种业实验室,heads,李青禾" in done.stdout.decode("utf-8")
    assert process("queries", env={**os.environ, **settings}).returncode == 0
    assert process("query", "polices", env={**os.environ, **settings}).returncode == 2


LONG = "SELECT * { ?a ?b ?c . ?d ?e ?f }"


@pytest.mark.skipif(os.name == "nt", reason="signals and pipes of POSIX")
@pytest.mark.parametrize("args", [("query", LONG, "-f", "csv"), ("query", LONG)])
def test_a_reader_who_goes_away_is_no_error(graph: Path, args: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "kg", *args, "--from", str(graph)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None and running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(60) == 141


def wait_until_idle(process: int) -> None:
    """Waits until a process has used no processor time for a second; where that cannot be seen, for five seconds."""
    usage = Path(f"/proc/{process}/stat")
    if not usage.exists():
        time.sleep(5)
        return
    before, quiet = "", 0
    while quiet < 10:
        now = " ".join(usage.read_text().rpartition(")")[2].split()[11:13])
        quiet = quiet + 1 if now == before and now != "0 0" else 0
        before = now
        time.sleep(0.1)


@pytest.mark.skipif(os.name == "nt", reason="signals and pipes of POSIX")
def test_ctrl_c(graph: Path) -> None:
    command = [sys.executable, "-m", "kg", "query", "-", "--from", str(graph)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        wait_until_idle(running.pid)  # it waits for its standard input
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=60)
    assert (running.returncode, said.strip()) == (130, b"kg: interrupted")


def on_a_terminal(args: list[str], enough: Callable[[str], bool]) -> str:
    """What a process shows on a terminal of 80 columns."""
    import pty

    master, slave = pty.openpty()
    environment = {**os.environ, "COLUMNS": "80", "TERM": "xterm"}
    with subprocess.Popen([sys.executable, "-m", "kg", *args], stdout=slave, stderr=slave, env=environment) as running:
        os.close(slave)
        seen = written(master)
        running.wait(60)
    os.close(master)
    assert enough(seen.decode())
    return seen.decode().replace("\r\n", "\n")


@pytest.mark.skipif(os.name == "nt", reason="terminals of POSIX")
def test_on_a_terminal_the_fault_is_underlined(graph: Path) -> None:
    seen = on_a_terminal(["query", "SELECT ?提案 { ?提案 foo:bar 1 }", "--from", str(graph)], bool)
    assert "  SELECT ?提案 { ?提案 foo:bar 1 }\n" + " " * 23 + "^^^^^^^\n" in seen


@pytest.mark.skipif(os.name == "nt", reason="terminals of POSIX")
def test_on_a_terminal_a_table_fits(graph: Path) -> None:
    from kg.query.columns import columns

    seen = on_a_terminal(["query", "policies", "--from", str(graph)], bool)
    assert max(columns(line) for line in seen.splitlines()) <= 80


@pytest.mark.skipif(os.name == "nt", reason="terminals of POSIX")
def test_on_a_terminal_a_build_shows_its_progress(tmp_path: Path) -> None:
    seen = on_a_terminal(["build", "--out", str(tmp_path / "out")], bool)
    assert "Reading" in seen
    assert "100%" in seen
