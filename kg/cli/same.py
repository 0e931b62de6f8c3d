"""`kg same`: record that two names mean one thing."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli._deciding import by, deciding, record
from kg.cli._options import read_from, verbose


@click.command(short_help="Record that two names mean one thing.")
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@deciding
@read_from
@verbose
def command(
    a: str, b: str, why: str, who: str | None, day: str, decisions: Path | None, undo: bool, folder: Path
) -> None:
    """Record that A is B: one thing, which goes by the name of B.  It takes effect at the next build.

    A and B are names as people write them, or IRIs as they stand in < >; both must be of one kind.  What contradicts
    an earlier decision is refused.  With --undo the decision that says so no longer holds.

    Example: kg same person/周明_大连市科学技术局 person/周明_大连市政协 --why "简历上两个职务都有"
    """
    from kg.names import deciding as rows
    from kg.query.dataset import open_dataset

    judge = by(who, day, why)
    row = rows.undo(a, b, "same", judge, decisions) if undo else None
    record(row or rows.same(open_dataset(folder), a, b, judge, decisions), decisions)
