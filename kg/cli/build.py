"""`kg build`: read letters and write the graph."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING

import click

from kg.cli._options import DEFAULT_TABLE, OUT, verbose
from kg.cli._progress import progress

if TYPE_CHECKING:
    from kg.pipeline import Summary

_FEW = 3
_WIDTH = 100
_LOOKS = {
    "agency": "agency-like",
    "head": "head nouns",
    "number": "numbers",
    "passage": "passages too long",
    "quoted": "quotations",
}


@click.command(short_help="Read letters and build their graph.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.option(
    "--out",
    "-o",
    type=click.Path(path_type=Path),
    default=OUT,
    show_default=True,
    metavar="DIR",
    help="Where to build.",
)
@click.option("--base", metavar="IRI", help="What the IRIs of the graph's things begin with.")
@click.option(
    "--decisions",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=f"Who is the same as whom (CSV).  {DEFAULT_TABLE}",
)
@click.option("--keep-personal-numbers", is_flag=True, help="Do not mask mobile telephone and identity-card numbers.")
@verbose
def command(
    paths: tuple[Path, ...], out: Path, base: str | None, decisions: Path | None, keep_personal_numbers: bool
) -> None:
    """Read letters, files or folders of them, and build their graph into a folder.

    Without a PATH it reads the letters that come with the program.  What was in the folder before stays until the new
    graph is complete.

    Example: kg build answers/2024 --out answers-graph
    """
    from kg.pipeline import build
    from kg.resources import letters_dir
    from kg.vocabulary import BASE

    with progress() as show:
        summary = build(
            paths or (letters_dir(),),
            out,
            base=base or BASE,
            decisions=decisions,
            keep_personal_numbers=keep_personal_numbers,
            progress=show,
        )
    for line in _lines(summary, _kinds(out)):
        click.echo(line)


def _kinds(out: Path) -> list[tuple[str, int]]:
    """How many things of each kind there are, the most frequent first."""
    from kg.query.census import census
    from kg.query.dataset import open_dataset

    return census(open_dataset(out))


def _lines(summary: Summary, kinds: list[tuple[str, int]]) -> Iterator[str]:
    """What was read, what was found, where it is, and what to do next."""
    others = summary.documents - summary.letters
    rest = f" and {others} other documents" if others else ""
    yield f"Read   {summary.letters} letters{rest}, {summary.passages} passages"
    yield from (f"       not read: {skipped.source} ({skipped.reason})" for skipped in summary.skipped[:_FEW])
    if len(summary.skipped) > _FEW:
        yield f"       not read: {len(summary.skipped) - _FEW} more (report.json lists them)"
    counts = ", ".join(f"{count}\N{NO-BREAK SPACE}{kind}" for kind, count in kinds)
    found = fill(f"Found  {summary.entities} things: {counts}", _WIDTH, subsequent_indent=" " * 7)
    yield found.replace("\N{NO-BREAK SPACE}", " ")
    said = f"{summary.facts} facts, {summary.measures} figures, {summary.statuses} statuses"
    yield f"       {said}, {summary.requests} requests, {summary.promises} promises"
    yield f"       {summary.dropped} seen and not admitted (report.json says why){_divided(summary)}"
    yield f"Wrote  {', '.join(summary.files)} in {summary.out}"
    program, where = _program(), "" if str(summary.out) == OUT else f" --from {summary.out}"
    yield f"Next   {program} queries"
    yield f"       {program} query asked-and-answered{where}"
    yield f"       {program} view{where}"


def _divided(summary: Summary) -> str:
    """What was not admitted, by what it looked like, the most frequent first."""
    most = sorted(summary.dropped_as, key=lambda one: -one[1])
    parts = [f"{count} {_LOOKS.get(what, what)}" for what, count in most]
    return f":\n       {', '.join(parts)}" if parts else ""


def _program() -> str:
    """How to call this program again: by its name if the shell finds it, else as it was called."""
    called = Path(sys.argv[0])
    if called.name == "__main__.py":
        return "python -m kg"
    found = shutil.which("kg")
    if called.name != "kg" or (found and os.path.samefile(found, called)):
        return "kg"
    return os.path.relpath(called) if called.is_absolute() else str(called)
