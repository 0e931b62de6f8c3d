"""`kg check`: is anything wrong with the graph?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli._options import read_from, verbose

if TYPE_CHECKING:
    from kg.check import Finding
    from kg.query.look import Look

_SHOWN = 20


@click.command(short_help="Check the graph against the ontology's shapes (SHACL) and the invariants.")
@click.option("--all", "everything", is_flag=True, help=f"Show all findings.  [default: the first {_SHOWN}]")
@read_from
@click.pass_context
@verbose
def command(context: click.Context, everything: bool, folder: Path) -> None:
    """Check the graph against the shapes of the ontology (SHACL) and the invariants in queries/checks.

    Each finding names the letter, the passage (counted from 0, as kg explain does) and the sentence, and says in
    Chinese and English what is wrong and what to do.  Exit status 1 if anything is wrong.

    Example: kg check --from out
    """
    from kg.check import check
    from kg.query.look import Look
    from kg.store import build_of, open_store

    found = check(folder)
    look = Look(build_of(open_store(folder)).base)
    shown = found if everything else found[:_SHOWN]
    for finding in shown:
        for line in _told(finding, look):
            click.echo(line)
        click.echo()
    if len(found) > len(shown):
        click.echo(f"and {len(found) - len(shown)} more (--all shows them)")
    noun = "finding" if len(found) == 1 else "findings"
    click.echo(f"{len(found)} {noun} · {len(found)} 处问题" if found else "Nothing is wrong. · 未发现问题。")
    context.exit(1 if found else 0)


def _told(finding: Finding, look: Look) -> Iterator[str]:
    """A finding in five lines or so: what, where, in Chinese and English, the sentence, what to do."""
    about = " ".join(look.short(part) for part in (finding.node, finding.path) if part)
    value = f" ({look.short(finding.value)})" if finding.value not in ("", finding.node) else ""
    yield f"{finding.rule}: {about}{value}"
    yield f"  {finding.zh}"
    yield f"  {finding.en}"
    place = finding.place
    if place.letter:
        number = f" #{place.number}" if place.number >= 0 else ""
        yield f"  {place.letter}{number}{f' ({place.file})' if place.file else ''}"
    if place.quote:
        yield f"  “{place.quote}”"
    yield f"  → {finding.do_zh}"
    yield f"  → {finding.do_en}"
