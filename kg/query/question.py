"""The prepared questions: `queries/THEME/NAME.rq`, each with header lines that say what it is.

A header is the block of comment lines at the head of a file; the tests hold every file to this form::

    # title: Who asked what, and who answered
    # title-zh: 谁提了什么，由谁答复
    # about: One row per proposal, proposer and answering agency.
    # about-zh: 每一行……
    # param: agency Agency "市农业农村局" | the agency that answered | 答复单位
    # param: thing Entity "高新技术企业" required | what is looked for | 要找的事物
    # param: mark choice "B" | A for done, B for planned | 类别：A 已办，B 拟办
    # column: source | the letter's number | 文号
    # column: state | done or planned | 进展：done 已办，planned 拟办

A parameter's type is text, integer, year, date, number, iri, choice, a kind of the ontology (Agency, Body, …), or
Entity for any.  A choice has the values that its Chinese explanation lists behind the colon, each with its name; so
may a column, whose values are then shown so in Chinese.  A folder with a `theme.toml` (order, title, title-zh) is a
theme; a question is called by its name alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import InputError, UsageError
from kg.resources import queries_dir

CHOICE = "choice"
PLAIN_TYPES = ("text", "integer", "year", "date", "number", "iri", CHOICE)
_THEME = "theme.toml"
_NEAR = 3
_SPARQL = re.compile(r"[\s{]")
_LINE = re.compile(r"#\s*([a-z-]+):\s*(.*?)\s*$")
_PARAMETER = re.compile(r'(?P<name>\w+)\s+(?P<type>\w+)\s+"(?P<example>[^"]*)"(?P<required>\s+required)?')

# A value and its name in Chinese, in a list behind a colon: “： done 已办，planned 拟办；…”.
_LISTED = re.compile(r"(?<=[：，；、])\s*([A-Za-z<>=~][A-Za-z<>=~ -]*?)\s+([^\x00-\x7f][^，；、]*)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable that may be set from outside; `example` is a value that gives an answer on the project's letters."""

    name: str
    type: str
    example: str
    required: bool
    en: str
    zh: str

    @property
    def values(self) -> Mapping[str, str]:
        """The values of a choice, each with its name in Chinese; of other types what the explanation lists."""
        return listed(self.zh)


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

    @property
    def values(self) -> Mapping[str, str]:
        """The values that the explanation lists, each with its name in Chinese."""
        return listed(self.zh)


def listed(zh: str) -> Mapping[str, str]:
    """The values that a Chinese explanation lists behind its colon, each with its name.

    >>> listed("结果：done 已办，work in hand 在办；未说明的为空"), listed("所缺的"), listed("限定：>= 不低于")
    ({'done': '已办', 'work in hand': '在办'}, {}, {'>=': '不低于'})
    """
    return dict(_LISTED.findall(zh))


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
    one = Parameter(found["name"], found["type"], found["example"], bool(found["required"]), en, zh)
    if one.type == CHOICE and not one.values:
        told = f"the choice {one.name} lists no values"
        raise InputError(told, place=name, remedy="list them in Chinese, as in | 进展：done 已办，planned 拟办")
    return one


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
        near = _nearest(name, known)
        remedy = f"nearest: {', '.join(near)}; `kg queries` lists all" if near else "`kg queries` lists them"
        raise UsageError(f"no question is called “{name}”", remedy=remedy)
    return replace(question_file(known[name], name), theme=known[name].parent.name)


def _nearest(name: str, known: Mapping[str, Path]) -> list[str]:
    """At most three questions that may be meant: by their names, else by what is in their titles."""
    from kg.query.near import alike

    if near := alike(name, known)[:_NEAR]:
        return near
    told = ((other, question_file(path)) for other, path in sorted(known.items()))
    wanted = name.casefold()
    return [other for other, one in told if wanted and wanted in f"{one.title} {one.title_zh}".casefold()][:_NEAR]


def asked(given: str) -> Question:
    """What a text means: SPARQL, the name of a file (`mine.rq`, one with a slash), or the name of a prepared question.

    Raises UsageError for an unknown name, InputError for a file that cannot be read.
    """
    if given.endswith(".rq") or (not _SPARQL.search(given) and "/" in given):
        return question_file(Path(given))
    return read_question(given, "query") if _SPARQL.search(given) else prepared(given)


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
