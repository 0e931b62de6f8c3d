"""`kg names`: what was joined and why, what nearly was, and decisions that contradict each other or change nothing."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli._answer import answer, form, most
from kg.cli._options import DEFAULT_TABLE, out_file, read_from, verbose


@click.command(short_help="List names that were joined or kept apart, and why.")
@click.option("--kind", "-k", metavar="KIND", help="Only names of this kind.")
@click.option(
    "--decisions", type=click.Path(path_type=Path), metavar="FILE", help=f"The table of decisions.  {DEFAULT_TABLE}"
)
@most(20, "At most so many of each list.")
@form
@read_from
@out_file
@verbose
def command(kind: str | None, decisions: Path | None, limit: int, form: str, folder: Path, target: Path | None) -> None:
    """List what was joined and why, what was kept apart though close, and what is wrong with decisions.

    Each with the sentence; of what was kept apart the closest comes first.  Of decisions: those that contradict each
    other, and those without effect, as where no letter has the name.

    What is one thing under two names is joined by kg same, what is two things under one name parted by kg different.

    Example: kg names --kind Policy --limit 10
    """
    from kg.names import names
    from kg.query.dataset import open_dataset

    answer(names(open_dataset(folder), folder, kind=kind, limit=limit, decisions=decisions), form, target)
