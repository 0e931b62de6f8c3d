"""`kg queries`: what prepared questions there are, and what one of them wants and gives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from kg.cli._options import verbose

if TYPE_CHECKING:
    from kg.query.question import Question


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
    for line in lines:
        click.echo(line)


def _list() -> Iterator[str]:
    """The questions by theme, each with its titles and how it is asked."""
    from kg.query.question import prepared, themes

    for theme in themes():
        yield f"{theme.title} · {theme.title_zh}\n"
        for question in map(prepared, theme.questions):
            yield f"  {question.name}\n    {question.title}\n    {question.title_zh}"
            if question.parameters:
                yield "    " + " ".join(_setting(p.name, p.example, p.required) for p in question.parameters)
        yield ""
    yield "Ask one with: kg query NAME [--set PARAMETER=VALUE].  Explain one with: kg queries NAME."


def _setting(name: str, example: str, required: bool) -> str:
    text = f"--set {name}={example}"
    return text if required else f"[{text}]"


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
