"""`kg queries`: what prepared questions there are, and what one of them wants and gives."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from kg.cli._options import verbose

if TYPE_CHECKING:
    from kg.query.question import Question

_WIDTH = 80


@click.command(short_help="List the prepared questions, or explain one.")
@click.argument("name", required=False)
@click.option("--sparql", is_flag=True, help="Print the query itself, with its header, to take as a model.")
@verbose
def command(name: str | None, sparql: bool) -> None:
    """List the prepared questions by theme, with their parameters; with a NAME, say what that one wants and gives.

    Example: kg queries incentives
    """
    from kg.query.question import prepared

    if name is None:
        lines = _list()
    elif sparql:
        lines = iter([prepared(name).text.rstrip("\n")])
    else:
        lines = _explanation(prepared(name))
    text = "".join(f"{line}\n" for line in lines)
    if sys.stdout.isatty() and text.count("\n") >= shutil.get_terminal_size().lines:
        click.echo_via_pager(text)
    else:
        click.echo(text, nl=False)


def _list() -> Iterator[str]:
    """The questions by theme, each with its titles and the parameters that it takes."""
    from kg.query.columns import columns, pad
    from kg.query.question import prepared, themes

    found = [(theme, [prepared(name) for name in theme.questions]) for theme in themes()]
    indent = 4 + max(columns(question.name) for _, questions in found for question in questions)
    for theme, questions in found:
        yield f"{theme.title} · {theme.title_zh}\n"
        for question in questions:
            lines = [line for text in _told(question) for line in _folded(text, _WIDTH - indent)]
            yield f"  {pad(question.name, indent - 4)}  {lines[0]}"
            yield from (" " * indent + line for line in lines[1:])
        yield ""
    yield "Ask one: kg query NAME [--set PARAMETER=VALUE].  Explain one: kg queries NAME."


def _told(question: Question) -> Iterator[str]:
    yield question.title
    yield question.title_zh
    if question.parameters:
        named = (f"{p.name}=…" if p.required else f"[{p.name}=…]" for p in question.parameters)
        yield f"--set {' '.join(named)}"


def _folded(text: str, width: int) -> Iterator[str]:
    """A text in lines: at blanks, and within Chinese anywhere."""
    from kg.query.columns import columns, wrap

    line = ""
    for word in text.split():
        first, *more = wrap(word, width)
        if line and columns(line) + 1 + columns(first) > width:
            yield line
            line = first
        else:
            line = f"{line} {first}".strip()
        for part in more:
            yield line
            line = part
    yield line


def _explanation(question: Question) -> Iterator[str]:
    from kg.query.columns import columns, pad

    yield f"{question.name}: {question.title}\n{question.title_zh}\n\n{question.about}\n{question.about_zh}"
    if question.parameters:
        yield "\nParameters:"
        width = max(columns(f"{p.name} ({p.type})") for p in question.parameters)
        for p in question.parameters:
            yield f"  {pad(f'{p.name} ({p.type})', width)}  {'required: ' if p.required else ''}{p.en} · {p.zh}"
    yield "\nColumns:"
    width = max(columns(column.name) for column in question.columns)
    for column in question.columns:
        yield f"  {pad(column.name, width)}  {column.en} · {column.zh}"
    example = " ".join(f"--set {p.name}={p.example}" for p in question.parameters[:1])
    yield f"\nExample: kg query {question.name} {example}".rstrip()
