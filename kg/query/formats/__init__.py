"""The forms in which an answer is written: one module each, and this folder is the list of them.

A module has `TAKES`, the kinds of answer that it writes ("rows" of a SELECT, "truth" of an ASK, "triples" of a
CONSTRUCT or DESCRIBE), and `write(answer, sink, look)`, which writes UTF-8 bytes.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol, cast

from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.query.look import Look
    from kg.query.run import Answer

_SAID = {"rows": "a table", "truth": "true or false", "triples": "a graph"}


class Format(Protocol):
    """A module of this folder."""

    TAKES: frozenset[str]

    @staticmethod
    def write(answer: Answer, sink: BinaryIO, look: Look) -> None:
        """Write the answer to `sink` in UTF-8."""


@cache
def names() -> tuple[str, ...]:
    """The names of all formats in alphabetical order."""
    return tuple(sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py")))


def named(name: str) -> Format:
    """The format called `name`.  Raises UsageError where there is none."""
    if name not in names():
        from kg.query.near import nearest

        raise UsageError(f"no format is called “{name}”", remedy=nearest(name, names()))
    return cast(Format, import_module(f"{__name__}.{name}"))


def writer_for(answer: Answer, wanted: str | None) -> Format:
    """The format called `wanted`, by default a table or Turtle.

    Raises UsageError where it does not write this kind of answer.
    """
    kind = kind_of(answer)
    form = named(wanted or ("turtle" if kind == "triples" else "table"))
    if kind not in form.TAKES:
        fit = [name for name in names() if kind in named(name).TAKES]
        raise UsageError(f"the answer is {_SAID[kind]}, which {wanted} does not write", remedy=f"use {', '.join(fit)}")
    return form


def kind_of(answer: Answer) -> str:
    """What kind of answer this is: rows, truth or triples."""
    from pyoxigraph import QueryBoolean, QueryTriples

    return "truth" if isinstance(answer, QueryBoolean) else "triples" if isinstance(answer, QueryTriples) else "rows"
