"""`kg find`: names and sentences with a piece of text."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli._answer import answer, form, most
from kg.cli._options import out_file, read_from, verbose


@click.command(short_help="Find names and sentences by a piece of their text.")
@click.argument("text", nargs=-1, required=True, metavar="TEXT...")
@click.option(
    "--kind", "-k", "kinds", multiple=True, metavar="KIND", help="Only names of this kind, or Passage; repeatable."
)
@click.option("--letter", "-l", metavar="NAME", help="Only in this letter: its number, or a name of it.")
@most(20, "At most so many names, and so many sentences.")
@form
@read_from
@out_file
@verbose
def command(
    text: tuple[str, ...],
    kinds: tuple[str, ...],
    letter: str | None,
    limit: int,
    form: str,
    folder: Path,
    target: Path | None,
) -> None:
    """Find names and sentences that have TEXT anywhere in them, from one character on, best first.

    Several texts must all be there.  Width, capitals, white space and quotation marks do not count: 丰收计划 finds
    “丰收”计划.

    Example: kg find 高新技术企业 奖励 --limit 5
    """
    from kg.api import open

    answer(open(folder).find(" ".join(text), kinds=kinds, letter=letter, limit=limit), form, target)
