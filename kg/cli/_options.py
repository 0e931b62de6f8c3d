"""Options that several commands have."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from kg.errors import UsageError

F = TypeVar("F", bound=Callable[..., Any])

OUT = "out"
DEFAULT_TABLE = "[default: decisions.csv of the current folder; in a checkout, seeds/decisions.csv]"


def verbose(function: F) -> F:
    """`--verbose`, before or after the command's name: show where in the program an error came from."""

    def remember(context: click.Context, _: click.Parameter, value: bool) -> None:
        if value:
            context.find_root().ensure_object(dict)["verbose"] = True

    help_text = "With an error, show the traceback."
    return click.option("--verbose", is_flag=True, expose_value=False, callback=remember, help=help_text)(function)


def read_from(function: F) -> F:
    """`--from DIR`: which build to read."""
    return click.option(
        "--from",
        "folder",
        type=click.Path(path_type=Path),
        default=OUT,
        show_default=True,
        metavar="DIR",
        help="The folder that kg build wrote to.",
    )(function)


def out_file(function: F) -> F:
    """`--out FILE`: where to write."""
    return _out("Write to this file instead of standard output.")(function)


def page_file(function: F) -> F:
    """`--out FILE`: where to write a page, which goes to a file in any case; UsageError for `-`."""
    return _out("Write the page to this file.  [default: view.html beside the page of the whole graph]")(function)


def _out(said: str) -> Callable[[F], F]:
    def refuse_folder(_: click.Context, __: click.Parameter, value: Path | None) -> Path | None:
        if value is not None and value.is_dir():
            raise UsageError(
                "a folder", place=str(value), remedy="--out is the file to write, --from the build to read"
            )
        return value

    return click.option(
        "--out",
        "-o",
        "target",
        type=click.Path(path_type=Path),
        metavar="FILE",
        callback=refuse_folder,
        help=said,
    )
