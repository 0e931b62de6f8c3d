"""The prepared questions: `queries/THEME/NAME.rq`, each with header lines that say what it is.

A header is the block of comment lines at the head of a file; the tests hold every file to this form::

    # title: Who asked what, and who answered
    # title-zh: 谁提了什么，由谁答复
    # about: One row per proposal, proposer and answering agency.
    # about-zh: 每一行……
    # param: agency Agency "市农业农村局" | the agency that answered | 答复单位
    # param: thing Entity "高新技术企业" required | what is looked for | 要找的事物
    # column: source | the letter's number | 文号

A parameter's type is text, integer, year, date, number, iri, a kind of the ontology (Agency, Body, …), or Entity for
any.  A folder with a `theme.toml` (order, title, title-zh) is a theme; a question is called by its name alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import InputError, UsageError
from kg.resources import queries_dir

PLAIN_TYPES = ("text", "integer", "year", "date", "number", "iri")
_THEME = "theme.toml"
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

    @property
    def head_zh(self) -> str:
        """What stands above it in Chinese: the explanation up to its first mark.

        >>> Column("how", "how", "方式：cooperate 协同").head_zh
        '方式'
        """
        return re.split("[：；，（]", self.zh)[0]


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
    theme: str = ""


@dataclass(frozen=True, slots=True)
class Theme:
    """A folder of questions: its name, its titles, and the names of its questions."""

    name: str
    title: str
    title_zh: str
    questions: tuple[str, ...]


def read_question(text: str, name: str) -> Question:
    """The query `text`, called `name` in messages.  Raises InputError for a `param` line that is not understood."""
    fields = _fields(text)
    one = header(text)
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


def header(text: str) -> dict[str, str]:
    r"""What the header of a query says, by name; lines of one name joined.

    >>> header("# title: Letters\n# about: All of them.\nASK {}")
    {'title': 'Letters', 'about': 'All of them.'}
    """
    return {key: " ".join(values) for key, values in _fields(text).items()}


def _fields(text: str) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for line in _header(text):
        if found := _LINE.match(line):
            fields.setdefault(found[1], []).append(found[2])
    return fields


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
    return tuple(sorted(_files(folder or queries_dir())))


def _files(folder: Path) -> dict[str, Path]:
    """The file of each prepared question: what lies in the folders that are themes."""
    return {path.stem: path for theme in folder.glob(f"*/{_THEME}") for path in theme.parent.glob("*.rq")}


def themes(folder: Path | None = None) -> tuple[Theme, ...]:
    """The themes in their order, each with the names of its questions in alphabetical order.

    Raises InputError for a `theme.toml` that lacks order, title or title-zh.
    """
    found = sorted(_theme(path) for path in (folder or queries_dir()).glob(f"*/{_THEME}"))
    return tuple(theme for _, _, theme in found)


def _theme(path: Path) -> tuple[int, str, Theme]:
    import tomllib

    name = path.parent.name
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
        questions = tuple(sorted(file.stem for file in path.parent.glob("*.rq")))
        return int(said["order"]), name, Theme(name, said["title"], said["title-zh"], questions)
    except (KeyError, ValueError) as error:
        raise InputError("no theme", place=str(path), remedy="write order, title and title-zh") from error


def prepared(name: str, folder: Path | None = None) -> Question:
    """The prepared question called `name`.  Raises UsageError with the nearest names where there is none."""
    known = _files(folder or queries_dir())
    if name not in known:
        from kg.query.near import nearest

        raise UsageError(f"no question is called “{name}”", remedy=f"{nearest(name, known)}; `kg queries` lists all")
    return replace(question_file(known[name], name), theme=known[name].parent.name)


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
