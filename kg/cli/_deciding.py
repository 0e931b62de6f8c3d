"""What kg same and kg different share: who decides and when, and the row that is added."""

from __future__ import annotations

import getpass
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.cli._answer import write
from kg.cli._options import DEFAULT_TABLE

if TYPE_CHECKING:
    from kg.decisions import Row
    from kg.names.deciding import By

F = TypeVar("F", bound=Callable[..., Any])


def deciding(function: F) -> F:
    """`--why`, `--who`, `--date`, `--decisions`, `--undo`."""
    path = click.Path(path_type=Path)
    for option in (
        click.option("--undo", is_flag=True, help="Undo the row that says so; it stays in the table."),
        click.option(
            "--decisions", type=path, metavar="FILE", help=f"The table; begun if it is not there.  {DEFAULT_TABLE}"
        ),
        click.option("--date", "day", metavar="DATE", callback=_day, help="When, as 2024-06-26.  [default: today]"),
        click.option("--who", metavar="NAME", help="Who decides.  [default: git's user.name, else the login name]"),
        click.option("--why", required=True, metavar="TEXT", help="The reason, for others and for later."),
    ):
        function = option(function)
    return function


def _day(_: click.Context, __: click.Parameter, value: str | None) -> str:
    try:
        return (date.fromisoformat(value) if value is not None else date.today()).isoformat()
    except ValueError as error:
        raise click.BadParameter(f"“{value}” is no date; write it as 2024-06-26") from error


def by(who: str | None, day: str, why: str) -> By:
    """Who decides, when and why.  A usage error for an empty reason or name."""
    from kg.names.deciding import By

    if not why.strip():
        raise click.UsageError("--why is empty: say why, for others and for later")
    name = (who if who is not None else _from_git() or _login()).strip()
    if not name:
        raise click.UsageError("nobody decides: give --who NAME")
    return By(name, day, why)


def _from_git() -> str:
    try:
        done = subprocess.run(["git", "config", "user.name"], capture_output=True, check=False, timeout=10)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", "replace").strip()


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # KeyError and ImportError up to Python 3.12
        return ""


def record(row: Row, decisions: Path | None) -> None:
    """Add a row to the table, and say so."""
    from kg.decisions import appended
    from kg.resources import decisions_file
    from kg.store import whole

    path = decisions if decisions is not None else decisions_file()
    data, line = appended(path, row)
    with whole(path) as sink:
        sink.write(data)
    build = f"kg build --decisions {decisions}" if decisions is not None else "kg build"
    write(f"Line {line} of {path.name}: {row}.\nIt takes effect at the next build: {build}\n", None)
