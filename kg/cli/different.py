"""`kg different`: record that a letter means something else by a name than others do."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli._deciding import by, deciding, record
from kg.cli._options import read_from, verbose


@click.command(short_help="Record that a letter means something else by a name.")
@click.argument("letter", metavar="LETTER")
@click.argument("name", metavar="NAME")
@deciding
@read_from
@verbose
def command(
    letter: str, name: str, why: str, who: str | None, day: str, decisions: Path | None, undo: bool, folder: Path
) -> None:
    """Record that LETTER means something else by NAME than other letters do.  It takes effect at the next build.

    LETTER is a letter's number or another name of it, NAME a name that it has.  What contradicts an earlier decision
    is refused.  With --undo the decision that says so no longer holds.

    Example: kg different 大政函〔2024〕3号 周明 --why "同名，另有其人"
    """
    from kg.names import deciding as rows
    from kg.names.joined import read_report
    from kg.query.dataset import open_dataset

    judge = by(who, day, why)
    if undo:
        record(rows.undo(letter, name, "different", judge, decisions), decisions)
        return
    dataset = open_dataset(folder)
    record(rows.different(dataset, letter, name, judge, decisions, read_report(folder, dataset)), decisions)
