"""`kg check`: does the graph keep to the ontology's shapes?"""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli._options import read_from, verbose

_SHOWN = 20


@click.command(short_help="Check the graph against the ontology's shapes (SHACL).")
@read_from
@click.pass_context
@verbose
def command(context: click.Context, folder: Path) -> None:
    """Check the graph against the shapes of the ontology (SHACL).  Exit status 1 where it breaks one.

    Example: kg check --from out
    """
    from kg.check import check
    from kg.query.look import Look
    from kg.store import build_of, open_store

    found = check(folder)
    look = Look(build_of(open_store(folder)).base)
    for finding in found[:_SHOWN]:
        place = " ".join(look.short(part) for part in (finding.node, finding.path) if part)
        value = f" ({look.short(finding.value)})" if finding.value not in ("", finding.node) else ""
        click.echo(f"{place}: {finding.message}{value}")
    if len(found) > _SHOWN:
        click.echo(f"and {len(found) - _SHOWN} more")
    click.echo(f"{len(found)} findings" if found else "The graph keeps to all shapes.")
    context.exit(1 if found else 0)
