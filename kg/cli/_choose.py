"""Choosing a prepared question on a terminal, and filling in its parameters.  What is asked goes to standard error."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import click

from kg.errors import UsageError
from kg.query.dataset import Dataset
from kg.query.question import names, prepared, themes

if TYPE_CHECKING:
    from kg.query.question import Parameter, Question


def choose(dataset: Dataset, values: Mapping[str, str]) -> tuple[Question, dict[str, str]]:
    """The question that the user chooses, and its parameters; those in `values` are not asked for.

    Raises click.Abort where the user ends the input.
    """
    order = [name for theme in themes() for name in theme.questions]
    for line in _menu(order):
        click.echo(line, err=True)
    question = prepared(_chosen(order))
    click.echo(f"\n{question.title} · {question.title_zh}\n{question.about}\n{question.about_zh}", err=True)
    filled = dict(values)
    for parameter in question.parameters:
        if parameter.name not in filled and (value := _filled(dataset, parameter)):
            filled[parameter.name] = value
    click.echo(f"\n{_command(question, filled)}\n", err=True)
    return question, filled


def _menu(order: list[str]) -> Iterator[str]:
    """The questions with numbers, by theme."""
    for theme in themes():
        yield f"{theme.title} · {theme.title_zh}"
        for name in theme.questions:
            question = prepared(name)
            yield f"  {order.index(name) + 1:2}  {name}  {question.title} · {question.title_zh}"


def _chosen(order: list[str]) -> str:
    while True:
        answer = str(click.prompt("\nNumber or name · 编号或名称", err=True)).strip()
        if answer.isdigit() and 1 <= int(answer) <= len(order):
            return order[int(answer) - 1]
        if answer in order:
            return answer
        from kg.query.near import nearest

        told = f"1 to {len(order)}" if answer.isdigit() else nearest(answer, names())
        click.echo(f"no such question; {told}", err=True)


def _filled(dataset: Dataset, parameter: Parameter) -> str:
    """What the user sets the parameter to; empty to leave it out."""
    from kg.query.value import term

    need = "required · 必填" if parameter.required else "Enter to leave it out · 回车跳过"
    click.echo(f"\n{parameter.name} ({parameter.type}): {parameter.en} · {parameter.zh}", err=True)
    while True:
        asked = f"  such as · 例如 {parameter.example} ({need})"
        value = str(click.prompt(asked, default="", show_default=False, err=True)).strip()
        if not value and not parameter.required:
            return ""
        try:
            if value:
                term(dataset, parameter, value)
                return value
        except UsageError as error:
            click.echo(f"  {error}", err=True)


def _command(question: Question, values: Mapping[str, str]) -> str:
    """The command that asks the same."""
    return " ".join(["kg query", question.name, *(f"--set {shlex.quote(f'{n}={v}')}" for n, v in values.items())])
