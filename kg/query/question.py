"""The prepared questions: `queries/*.rq`, each with header lines that say what it is.

A header is the block of comment lines at the head of a file; the tests hold every file to this form::

    # title: Who asked what, and who answered
    # title-zh: 谁提了什么，由谁答复
    # about: One row per proposal, proposer and answering agency.
    # about-zh: 每一行……
    # param: agency Agency "市农业农村局" | the agency that answered | 答复单位
    # param: thing Entity "高新技术企业" required | what is looked for | 要找的事物
    # column: source | the letter's number | 文号

A parameter's type is text, integer, year, number, iri, a kind of the ontology (Agency, Body, …), or Entity for any.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError, UsageError
from kg.resources import queries_dir

PLAIN_TYPES = ("text", "integer", "year", "number", "iri")
_LINE = re.compile(r"#\s*([a-z-]+):\s*(.*?)\s*$")
_PARAMETER = re.compile(r'(?P<name>\w+)\s+(?P<type>\w+)\s+"(?P<example>[^"]*)"(?P<required>\s+required)?')


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable that may be set from outside; `example` is a value that gives an answer on the project's letters."""

    name: str
    type: str
    example: str
    required: bool
    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Column:
    """A variable that the question gives out, and what it holds."""

    name: str
    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Question:
    """A query with what its header says; everything but `name` and `text` may be empty in a user's own file."""

    name: str
    text: str
    title: str = ""
    title_zh: str = ""
    about: str = ""
    about_zh: str = ""
    parameters: tuple[Parameter, ...] = ()
    columns: tuple[Column, ...] = ()


def read_question(text: str, name: str) -> Question:
    """The query `text`, called `name` in messages.  Raises InputError for a `param` line that is not understood."""
    fields: dict[str, list[str]] = {}
    for line in _header(text):
        if found := _LINE.match(line):
            fields.setdefault(found[1], []).append(found[2])
    one = {key: " ".join(values) for key, values in fields.items()}
    return Question(
        name,
        text,
        one.get("title", ""),
        one.get("title-zh", ""),
        one.get("about", ""),
        one.get("about-zh", ""),
        tuple(_parameter(line, name) for line in fields.get("param", ())),
        tuple(_column(line) for line in fields.get("column", ())),
    )


def _header(text: str) -> list[str]:
    """The comment lines before the first line of the query."""
    lines = text.splitlines()
    end = next((i for i, line in enumerate(lines) if line.strip() and not line.startswith("#")), len(lines))
    return lines[:end]


def _labels(line: str) -> tuple[str, str, str]:
    """`head | en | zh` in its three parts; what is missing is empty."""
    head, en, zh = ([part.strip() for part in line.split("|")] + ["", ""])[:3]
    return head, en, zh


def _parameter(line: str, name: str) -> Parameter:
    head, en, zh = _labels(line)
    found = _PARAMETER.fullmatch(head)
    if not found:
        raise InputError(f"not understood: “# param: {line}”", place=name, remedy='write # param: NAME TYPE "EXAMPLE"')
    return Parameter(found["name"], found["type"], found["example"], bool(found["required"]), en, zh)


def _column(line: str) -> Column:
    return Column(*_labels(line))


def names(folder: Path | None = None) -> tuple[str, ...]:
    """The names of the prepared questions in alphabetical order."""
    return tuple(sorted(path.stem for path in (folder or queries_dir()).glob("*.rq")))


def prepared(name: str, folder: Path | None = None) -> Question:
    """The prepared question called `name`.  Raises UsageError with the nearest names where there is none."""
    known = names(folder)
    if name not in known:
        from kg.query.near import nearest

        raise UsageError(f"no question is called “{name}”", remedy=f"{nearest(name, known)}; `kg queries` lists all")
    return question_file((folder or queries_dir()) / f"{name}.rq", name)


def question_file(path: Path, name: str = "") -> Question:
    """The question in a file.  Raises InputError where it is not there or is no UTF-8 text."""
    try:
        return from_bytes(path.read_bytes(), name or str(path))
    except FileNotFoundError as error:
        known = path.stem in names()
        remedy = f"for the prepared question write kg query {path.stem}" if known else ""
        raise InputError("no such file", place=str(path), remedy=remedy) from error
    except OSError as error:
        raise InputError(error.strerror or "cannot be read", place=str(path)) from error


def from_bytes(text: bytes, name: str) -> Question:
    """The question in bytes, called `name` in messages.  Raises InputError for what is no UTF-8 text."""
    try:
        return read_question(text.decode("utf-8-sig"), name)
    except UnicodeDecodeError as error:
        raise InputError("not UTF-8 text", place=name, remedy="save the query as UTF-8") from error
