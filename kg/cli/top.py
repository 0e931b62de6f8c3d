"""`kg top`: what is central, and what belongs together."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli._answer import answer, form, most
from kg.cli._options import out_file, read_from, verbose

# As kg.analysis.MEASURES; that is not loaded to show a help text.
_MEASURES = ("degree", "pagerank", "betweenness")


@click.command(short_help="Rank the most central things, or list communities.")
@click.option("--kind", "-k", metavar="KIND", help="Only things of this kind.")
@click.option("--by", type=click.Choice(_MEASURES), default="degree", show_default=True, help="What counts.")
@click.option("--avoid-kind", "-a", "avoid", multiple=True, metavar="KIND", help="Leave such things out; repeatable.")
@click.option("--with-communities", "-c", is_flag=True, help="A column more: the community of each thing.")
@click.option("--communities", "listed", is_flag=True, help="List the communities themselves, the largest first.")
@click.option(
    "--letterhead/--no-letterhead",
    default=None,
    help="Whether facts that only the form of letters states count: who writes, is answered, gets a copy.  "
    "[default: not with --communities and for bodies (--kind Agency, Organisation)]",
)
@most(20, "At most so many rows.")
@form
@read_from
@out_file
@verbose
def command(
    kind: str | None,
    by: str,
    avoid: tuple[str, ...],
    with_communities: bool,
    listed: bool,
    letterhead: bool | None,
    limit: int,
    form: str,
    folder: Path,
    target: Path | None,
) -> None:
    """Rank things by how central they are in the network of facts between things.

    degree counts the things that one is joined to, pagerank how often somebody who walks along facts at random is
    there, betweenness how many of the shortest paths lead over it (in a large network an estimate).

    Agencies are ranked by what they do together: that one writes a letter, or gets a copy of it, counts only with
    --letterhead.

    Example: kg top --kind Agency --by pagerank
    """
    from kg.api import open

    if listed and (kind or with_communities or by != "degree"):
        raise click.UsageError("--communities goes with --avoid-kind, --letterhead and --limit only")
    graph = open(folder)
    if listed:
        answer(graph.communities(avoid=avoid, limit=limit, letterhead=bool(letterhead)), form, target)
        return
    found = graph.top(kind, by=by, avoid=avoid, communities=with_communities, limit=limit, letterhead=letterhead)
    answer(found, form, target)
