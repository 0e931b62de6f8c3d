"""`kg repeats`: sentences that recur, whole or nearly."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli._answer import answer, form, most
from kg.cli._options import out_file, read_from, verbose

# As kg.analysis.repeats.SHARE and LONGER; that is not loaded to show a help text.
_SHARE, _LONGER = 0.7, 16


@click.command(short_help="List sentences that recur in replies to different people or years.")
@click.option(
    "--share", type=float, default=_SHARE, show_default=True, help="How much must be alike, up to 1: word for word."
)
@click.option("--longer", type=click.IntRange(min=5), default=_LONGER, show_default=True, help="The fewest signs.")
@most(20, "At most so many groups of sentences.")
@form
@read_from
@out_file
@verbose
def command(share: float, longer: int, limit: int, form: str, folder: Path, target: Path | None) -> None:
    """List sentences that recur, whole or nearly, in replies to different proposers or in different years.

    Each group has a number; the share tells how much a sentence has in common with the first of its group (1.0 is
    word for word, marks not counted).

    Example: kg repeats --share 0.8 --limit 5
    """
    from kg.api import open

    answer(open(folder).repeats(share=share, longer=longer, limit=limit), form, target)
