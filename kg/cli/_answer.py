"""What commands that find and look share: the forms of their answers, and where these go."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from kg.table import Shown

F = TypeVar("F", bound=Callable[..., Any])

FORMS = ("table", "csv", "tsv", "json")


def form(function: F) -> F:
    """`--format NAME`: how the answer is written."""
    return click.option(
        "--format", "-f", "form", type=click.Choice(FORMS), default="table", show_default=True, help="How to write it."
    )(function)


def most(default: int, what: str) -> Callable[[F], F]:
    """`--limit N`: at most so many."""
    return click.option(
        "--limit", "-n", type=click.IntRange(min=1), default=default, show_default=True, metavar="N", help=what
    )


def columns() -> int | None:
    """The columns of the terminal; None where the answer goes elsewhere."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def coloured(target: Path | None) -> bool:
    """Whether to colour: on a terminal that can, unless NO_COLOR is set (no-color.org)."""
    able = target is None and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    return able and not os.environ.get("NO_COLOR")


def answer(found: Shown, form: str, target: Path | None) -> None:
    """Write an answer in a form, to a file or to standard output."""
    width = None if target else columns()
    write(found.text(width) + "\n" if form == "table" else found.table().write(form), target)


def write(text: str, target: Path | None) -> None:
    """Write a text to a file, whole or not at all, or to standard output."""
    data = text.encode("utf-8", "replace")
    if target is None:
        sys.stdout.buffer.write(data)
        return
    from kg.store import whole

    with whole(target) as sink:
        sink.write(data)
