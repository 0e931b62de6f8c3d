"""The invariants: `queries/checks/NAME.rq`, questions whose every row is something wrong.

A header has `message`, `message-zh`, `do` and `do-zh`, in which {column} stands for what the row has.  A row has
`node`, what it is about, and where it can `passage`, the one that says it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, QuerySolution, QuerySolutions

from kg.check.finding import Finding, place_of
from kg.errors import InputError
from kg.query.dataset import Dataset
from kg.query.question import Question, header, question_file
from kg.query.run import ask
from kg.resources import queries_dir

_FOLDER = "checks"
_NEEDED = ("message", "message-zh", "do", "do-zh")
_COLUMN = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Invariant:
    """A question and what to say for each of its rows: messages and remedies in English and Chinese."""

    question: Question
    en: str
    zh: str
    do_en: str
    do_zh: str


def invariants(folder: Path | None = None) -> tuple[Invariant, ...]:
    """The invariants in alphabetical order.  Raises InputError for a file that lacks a line of the header."""
    return tuple(map(_invariant, sorted((folder or queries_dir() / _FOLDER).glob("*.rq"))))


def _invariant(path: Path) -> Invariant:
    question = question_file(path, path.stem)
    said = header(question.text)
    missing = [name for name in _NEEDED if name not in said]
    if missing:
        raise InputError(
            f"no {', '.join(missing)}", place=str(path), remedy="write # message: and the others of a check"
        )
    en, zh, do_en, do_zh = (said[name] for name in _NEEDED)
    return Invariant(question, en, zh, do_en, do_zh)


def broken(dataset: Dataset, rules: Iterable[Invariant] | None = None) -> Iterator[Finding]:
    """What in the graph breaks an invariant, in the order of the files and of their rows."""
    for rule in invariants() if rules is None else rules:
        rows = ask(dataset, rule.question, {})
        assert isinstance(rows, QuerySolutions)
        names = [variable.value for variable in rows.variables]
        seen: dict[Finding, None] = {}
        for row in rows:
            seen[_finding(dataset, rule, row, names)] = None
        yield from seen


def _finding(dataset: Dataset, rule: Invariant, row: QuerySolution, names: list[str]) -> Finding:
    shown = {name: _shown(dataset, row[name]) for name in names}
    node, passage = (_iri(row[name]) if name in names else "" for name in ("node", "passage"))
    en, zh, do_en, do_zh = (_filled(text, shown) for text in (rule.en, rule.zh, rule.do_en, rule.do_zh))
    return Finding(rule.question.name, en, zh, do_en, do_zh, node, place=place_of(dataset, node, passage=passage))


def _iri(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else ""


def _shown(dataset: Dataset, term: object) -> str:
    if isinstance(term, NamedNode):
        return dataset.short(term.value)
    return term.value if isinstance(term, Literal) else ""


def _filled(text: str, shown: Mapping[str, str]) -> str:
    """A message with its {columns}.

    >>> _filled("{name} {no}", {"name": "甲"})
    '甲 {no}'
    """
    return _COLUMN.sub(lambda match: shown.get(match[1], match[0]), text)
