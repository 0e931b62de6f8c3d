"""`kg path`: how two things are connected."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli._answer import answer, form, most
from kg.cli._options import out_file, read_from, verbose


@click.command(short_help="Show how two things are connected.")
@click.argument("start", metavar="A")
@click.argument("stop", metavar="B")
@click.option("--avoid-kind", "-a", "avoid", multiple=True, metavar="KIND", help="Not over such things; repeatable.")
@most(5, "At most so many of the shortest paths.")
@form
@read_from
@out_file
@verbose
def command(
    start: str, stop: str, avoid: tuple[str, ...], limit: int, form: str, folder: Path, target: Path | None
) -> None:
    """Show the shortest paths from A to B over facts, each step with its relation, direction and sentence.

    All facts count, also those of the form of letters (a letter, who wrote it, who got a copy): --avoid-kind Letter
    leaves such ways out.  Where no facts connect the two, the sentences or letters that name both are told.

    A path is read from top to bottom.  In [ ] stands the relation of the graph: → from the thing above to the one
    below, ← the other way round.

    Example: kg path 温州市科学技术局 温州市财政局
    """
    from kg.api import open

    answer(open(folder).path(start, stop, avoid=avoid, limit=limit), form, target)
