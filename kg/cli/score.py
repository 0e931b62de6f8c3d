"""`kg score`: how well the program reads letters that somebody has annotated."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import click

from kg.cli._options import verbose
from kg.cli._progress import progress

_PATH = click.Path(path_type=Path)
# The same as kg.score.SHOWN, which `kg --help` need not load.
BREAKDOWNS = ("kind", "relation", "measure", "status", "letter")
_DEFAULT = BREAKDOWNS[:-1]


@click.command(short_help="Measure the program on letters that you have annotated.")
@click.argument("golds", nargs=-1, required=True, type=_PATH, metavar="GOLD...")
@click.option(
    "--letters",
    "-l",
    "folders",
    multiple=True,
    type=_PATH,
    metavar="DIR",
    help="Where the letters lie; may be repeated.",
)
@click.option(
    "--by",
    multiple=True,
    type=click.Choice(BREAKDOWNS),
    help=f"Break the figures down by this; may be repeated.  [default: {', '.join(_DEFAULT)}]",
)
@click.option("--misses", is_flag=True, help="List what was missed and what was wrongly found, with the sentence.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of tables.")
@click.option("--floor", type=_PATH, metavar="FILE", help="The least F1 of groups, kinds and relations (TOML).")
@click.option("--decisions", type=_PATH, metavar="FILE", help="Who is the same as whom (CSV).")
@click.pass_context
@verbose
def command(
    context: click.Context,
    golds: tuple[Path, ...],
    folders: tuple[Path, ...],
    by: tuple[str, ...],
    misses: bool,
    as_json: bool,
    floor: Path | None,
    decisions: Path | None,
) -> None:
    """Read annotated letters, compare what is found with the annotations, and print precision, recall and F1.

    A GOLD is an annotation (JSON; the format is in tests/gold/GUIDELINES.md of the project) or a folder of them.  Its
    letter is looked for in the folders of --letters, beside the GOLD, in the folder letters there, and among the
    letters that come with the program.

    With --floor the exit status is 1 if a figure is below its floor; each is told in a line on standard error.

    Example: kg score annotated --by letter --misses
    """
    from kg import ontology
    from kg.pipeline import score_all
    from kg.score import below, document, miss_lines, read_floors, scheme, table

    scored = scheme(ontology.load())
    floors = read_floors(floor, scored) if floor else ()  # a wrong one is told before the work
    with progress() as show:
        scores = score_all(golds, scored, folders, decisions=decisions, progress=show)
    if as_json:
        click.echo(json.dumps(document(scores, scored, with_misses=misses), ensure_ascii=False, indent=1))
    else:
        _print(table(scores, scored, by or _DEFAULT))
        _print(("", *miss_lines(scores)) if misses else ())
    low = [str(each) for each in below(scores, floors)]
    for line in low:
        click.echo(line, err=True)
    context.exit(1 if low else 0)


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)
