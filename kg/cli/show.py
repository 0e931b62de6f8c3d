"""`kg show`: everything that is known of one thing."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli._answer import coloured, columns, write
from kg.cli._options import out_file, read_from, verbose


@click.command(short_help="Show everything that is known of a thing.")
@click.argument("name", metavar="NAME")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs; all of it.")
@click.option(
    "--limit",
    "-n",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    metavar="N",
    help="At most so many entries of a list, and sentences of each; 0 for all.",
)
@click.option("--color/--no-color", "colour", default=None, help="Colours.  [default: on a terminal without NO_COLOR]")
@read_from
@out_file
@verbose
def command(name: str, as_json: bool, limit: int, colour: bool | None, folder: Path, target: Path | None) -> None:
    """Show a thing: its other names, its facts by relation, its figures, what letters say of how far it is.

    Each with the sentence and its place in the letter (characters from 0).  NAME is a name as people write it, or an
    IRI as it stands in < >.

    Example: kg show 高新技术企业
    """
    from kg.api import open
    from kg.show import record, terminal

    told = open(folder).show(name)
    if as_json:
        write(record(told), target)
        return
    ink = coloured(target) if colour is None else colour
    write(terminal(told, colour=ink, width=None if target else columns(), limit=limit or None), target)
