"""The documentation runs: what the READMEs show is what the program prints, and what they name exists.

`KG_DOCS=renew pytest tests/test_docs.py` writes the program's present answers into both files.  How much of an answer is
shown stays as it is: as many lines before and after a line `…`, and, where lines end in ` …`, cut at the same column.
"""

from __future__ import annotations

import doctest
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import pytest
from packaging.requirements import Requirement

from kg.cli import main
from kg.export import formats
from kg.query.columns import columns
from kg.query.formats import names as answer_formats
from kg.query.question import names as questions
from kg.read import formats as input_formats

ROOT = Path(__file__).resolve().parent.parent
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")
LONGEST = 360  # lines of a README

FENCE = re.compile(r"^```(?P<language>[a-z]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
# A path of the checkout; NAME stands for any name.  The first line of a recipe names a file to be made.
PATH = re.compile(r"(?<![\w./…-])((?:kg|ontology|queries|seeds|tests|\.ci)/[\w./*-]*)")
RECIPE = re.compile(r"\A# ([\w/.-]+)\n")
MODULE = re.compile(r"(?<![\w./-])kg(?:\.[a-z_]+)+")
ELISION = "…"

Shell = Callable[[str], "subprocess.CompletedProcess[str]"]


@dataclass(frozen=True, slots=True)
class Step:
    """A command of a console block and what is shown below it; `written` is the command with its prompts."""

    written: str
    command: str
    shown: tuple[str, ...]


def both(test: Callable[..., None]) -> Callable[..., None]:
    marked: Callable[..., None] = pytest.mark.parametrize("readme", READMES, ids=[p.name for p in READMES])(test)
    return marked


def blocks(text: str, language: str) -> Iterator[str]:
    return (match["body"] for match in FENCE.finditer(text) if match["language"] == language)


def prose(text: str) -> str:
    return FENCE.sub("", text)


def steps(body: str) -> Iterator[Step]:
    """The commands of a console block: `$ ` before the first line of each, `> ` before its other lines."""
    for part in re.split(r"^(?=\$ )", body, flags=re.MULTILINE):
        lines = part.splitlines()
        if lines:
            end = next((i for i, line in enumerate(lines) if i and not line.startswith("> ")), len(lines))
            yield Step("\n".join(lines[:end]), "\n".join(line[2:] for line in lines[:end]), tuple(lines[end:]))


@pytest.fixture(scope="session")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """Runs a command in a folder that looks like the checkout after `make run`, with letters of one's own beside it."""
    folder = tmp_path_factory.mktemp("reader")
    for name in ("seeds", "queries", "ontology", "tests"):
        (folder / name).symlink_to(ROOT / name)
    (folder / "my-letters").mkdir()
    for number, letter in enumerate(sorted((ROOT / "tests" / "gold" / "letters").glob("*.txt"))[:2]):
        (folder / "my-letters" / f"{number}.txt").write_bytes(letter.read_bytes())
    programs = folder / "bin"
    programs.mkdir()
    called = f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', f"#!{sys.executable}\nfrom kg.cli import main\nmain()\n"
    for name, text in zip(("python", "kg"), called, strict=True):
        (programs / name).write_text(text, encoding="utf-8")
        (programs / name).chmod(0o755)
    path = os.pathsep.join((str(programs), os.environ.get("PATH", os.defpath)))
    env = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}

    def run(command: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            ["sh", "-c", command], cwd=folder, env=env, capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, f"{command}\n{done.stderr}"
        return done

    run("kg build")
    return run


def output(shell: Shell, command: str) -> list[str]:
    """What a command prints, without blanks at the ends of lines, which editors do not keep."""
    return [line.rstrip() for line in shell(command).stdout.splitlines()]


# --- What is shown


def cut(line: str, width: int) -> str:
    """The line up to a column; the mark says that it goes on."""
    if columns(line) <= width:
        return line
    while columns(line) > width:
        line = line[:-1]
    return f"{line.rstrip()} {ELISION}"


def as_shown(shown: tuple[str, ...], real: list[str]) -> list[str]:
    """As much of the real output as is shown now."""
    if any(line.endswith(f" {ELISION}") for line in shown):
        width = max(columns(line.removesuffix(f" {ELISION}")) for line in shown)
        real = [cut(line, width) for line in real]
    if ELISION not in shown:
        return real
    head = shown.index(ELISION)
    tail = len(shown) - head - 1
    if len(real) <= head + tail:
        return real
    return [*real[:head], ELISION, *real[len(real) - tail :]]


def renewed(match: re.Match[str], shell: Shell) -> str:
    if match["language"] != "console":
        return match[0]
    done = [[step.written, *as_shown(step.shown, output(shell, step.command))] for step in steps(match["body"])]
    return "\n".join(["```console", *(line for lines in done for line in lines), "```"])


@both
def test_the_answers_shown_are_those_given(readme: Path, shell: Shell) -> None:
    text = readme.read_text(encoding="utf-8")
    new = FENCE.sub(lambda match: renewed(match, shell), text)
    if os.environ.get("KG_DOCS") == "renew":
        readme.write_text(new, encoding="utf-8", newline="\n")
    else:
        assert new == text, "see what has changed; if it is well, KG_DOCS=renew pytest tests/test_docs.py"


@both
def test_the_commands_work(readme: Path, shell: Shell) -> None:
    lines = [line for body in blocks(readme.read_text(encoding="utf-8"), "sh") for line in body.splitlines()]
    for line in lines:
        if line.startswith(("kg ", "python ")):
            shell(line)
    assert [line for line in lines if line.startswith("kg ")]


@both
def test_the_lines_of_the_graph_are_real(readme: Path, shell: Shell) -> None:
    graph = shell("cat out/kg.ttl out/kg.trig").stdout
    shown = list(blocks(readme.read_text(encoding="utf-8"), "turtle"))
    assert shown
    for body in shown:
        for piece in re.split(rf"^\s*{ELISION}\n", body, flags=re.MULTILINE):
            assert piece in graph


@both
def test_the_sentences_quoted_are_passages(readme: Path, shell: Shell) -> None:
    graph = shell("cat out/kg.ttl").stdout
    quoted = re.findall(r"^> (.+)$", prose(readme.read_text(encoding="utf-8")), re.MULTILINE)
    assert quoted
    assert [quote for quote in quoted if f'kg:text "{quote}"@zh' not in graph] == []


@both
def test_the_python_examples_hold(readme: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shell("pwd").stdout.strip())
    examples = list(blocks(readme.read_text(encoding="utf-8"), "pycon"))
    assert examples
    for example in examples:
        test = doctest.DocTestParser().get_doctest(example, {}, readme.name, str(readme), 0)
        assert doctest.DocTestRunner().run(test).failed == 0


# --- The recipes

AWARDED = """成都市农业农村局文件

蓉农函〔2024〕18号

关于市政协十六届二次会议第57号提案的答复函

李明委员：

您提出的《关于种业振兴的提案》收悉，现答复如下：

2023年，成都市农业农村局设立岷江质量奖，评选获奖企业12家。

成都市农业农村局

2024年6月3日
"""
WHOLE = ("kg", "ontology", "queries", "seeds", "tests")
LEFT_OUT = shutil.ignore_patterns("__pycache__", "gold", "browser", "benchmarks")


@both
def test_the_recipes_are_true(readme: Path, tmp_path: Path) -> None:
    for name in WHOLE:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=LEFT_OUT)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for body in blocks(readme.read_text(encoding="utf-8"), "toml"):
        named = RECIPE.match(body)
        assert named, "the first line of a recipe names its file"
        (tmp_path / named[1]).write_text(body, encoding="utf-8")
    (tmp_path / "letter.txt").write_text(AWARDED, encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONUTF8": "1"}
    for command in (
        "kg.export.ontology",
        "kg build letter.txt",
        "kg check",
        "pytest -q -p no:xdist -p no:cacheprovider -k award tests/test_ontology.py",
    ):
        call = [sys.executable, "-m", *command.split()]
        done = subprocess.run(call, cwd=tmp_path, env=env, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    assert "kg:Award a owl:Class" in (tmp_path / "ontology" / "policy-kg.ttl").read_text(encoding="utf-8")
    graph = (tmp_path / "out" / "kg.ttl").read_text(encoding="utf-8")
    assert "<award/岷江质量奖> a kg:Award ;" in graph
    assert "kg:awardedBy <agency/成都市农业农村局>" in graph


# --- What is named


@both
def test_what_is_linked_exists(readme: Path) -> None:
    text = prose(readme.read_text(encoding="utf-8"))
    assert [link for link in LINK.findall(text) if not (ROOT / link).exists()] == []
    anchors = {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for _, title in HEADING.findall(text)}
    assert [anchor for anchor in re.findall(r"\]\(#([^)]+)", text) if anchor not in anchors] == []


@both
def test_the_paths_named_exist(readme: Path) -> None:
    text = FENCE.sub(lambda match: RECIPE.sub("", match["body"]), readme.read_text(encoding="utf-8"))
    named = [path.rstrip(".") for path in PATH.findall(text)]
    assert [path for path in named if not any(ROOT.glob(path.replace("NAME", "*").rstrip("/")))] == []


@both
def test_the_modules_named_exist(readme: Path) -> None:
    named = {name for name in MODULE.findall(readme.read_text(encoding="utf-8")) if name not in FILES}
    assert [name for name in sorted(named) if importlib.util.find_spec(name) is None] == []


# What looks like a module and is a file of a build, or a function.
FILES = {"kg.ttl", "kg.trig", "kg.open"}


@both
def test_every_part_of_the_program_is_explained(readme: Path) -> None:
    text = readme.read_text(encoding="utf-8")
    parts = {path.name + "/" * path.is_dir() for path in (ROOT / "kg").iterdir()}
    parts = {part for part in parts if part.endswith((".py", "/")) and not part.startswith("_")}
    assert [part for part in sorted(parts) if f"kg/{part}" not in text] == []
    files = [path.name for path in sorted((ROOT / "ontology").iterdir())]
    assert [name for name in files if f"ontology/{name}" not in text] == []


@both
def test_every_command_question_and_format_is_named(readme: Path) -> None:
    text = readme.read_text(encoding="utf-8")
    commands = [f"kg {name}" for name in main.list_commands(click.Context(main))]
    names = [*commands, *(f"`{name}`" for name in (*questions(), *formats(), *answer_formats(), *input_formats()))]
    assert [name for name in names if name not in text] == []


@both
def test_every_option_named_is_one(readme: Path) -> None:
    context = click.Context(main)
    commands = [main.get_command(context, name) for name in main.list_commands(context)]
    known = {option for command in (main, *commands) if command for p in command.params for option in p.opts}
    known |= {option for command in commands if command for p in command.params for option in p.secondary_opts}
    text = "\n".join(re.findall(r"`kg [^`\n]*`|`--[^`\n]*`|^(?:\$ )?kg .*$", readme.read_text(encoding="utf-8"), re.M))
    assert [
        option for option in re.findall(r"(?<![\w-])--[a-z][a-z-]+", text) if option not in known | {"--help"}
    ] == []


@both
def test_every_target_of_make_named_is_one(readme: Path) -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    named = re.findall(r"(?:^|`)make ([a-z]+)", readme.read_text(encoding="utf-8"), re.MULTILINE)
    assert {"run", "test"} <= set(named) <= set(targets)


@both
def test_every_dependency_is_explained(readme: Path) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [line for lines in project["optional-dependencies"].values() for line in lines]
    needed = [Requirement(line).name for line in (*project["dependencies"], *extras)]
    text = readme.read_text(encoding="utf-8").lower()
    assert [name for name in needed if f"`{name.lower()}`" not in text] == []


# --- The two files


def test_both_files_say_the_same() -> None:
    english, chinese = (path.read_text(encoding="utf-8") for path in READMES)
    levels = [[len(marks) for marks, _ in HEADING.findall(prose(text))] for text in (english, chinese)]
    assert levels[0] == levels[1]
    for language in ("console", "turtle", "pycon"):
        assert list(blocks(english, language)) == list(blocks(chinese, language))
    commands = [[line.partition(" #")[0].rstrip() for body in blocks(text, "sh") for line in body.splitlines()]
                for text in (english, chinese)]  # fmt: skip
    assert commands[0] == commands[1]
    rows = [len(re.findall(r"^\|", prose(text), re.MULTILINE)) for text in (english, chinese)]
    assert rows[0] == rows[1]
    assert [sorted(set(LINK.findall(text)) - {path.name for path in READMES}) for text in (english,)] == [
        sorted(set(LINK.findall(chinese)) - {path.name for path in READMES})
    ]


@both
def test_a_reader_gets_to_the_end(readme: Path) -> None:
    assert len(readme.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_the_change_log_names_the_present_version() -> None:
    from kg import __version__

    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "## Unreleased" in changes and __version__ in changes
