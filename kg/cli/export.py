"""`kg export`: the graph in a format of other programs."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli._options import out_file, read_from, verbose


class _Formats(click.Option):
    """An option whose help lists the formats; they are looked up when the help is wanted."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        from kg.export import formats

        self.help = f"{', '.join(formats())}.  [default: {self.default}]"
        return super().get_help_record(ctx)


@click.command(short_help="Write the graph as Turtle, TriG, JSON-LD, GraphML …")
@click.option("--format", "-f", "form", cls=_Formats, default="turtle", metavar="FORMAT")
@read_from
@out_file
@verbose
def command(form: str, folder: Path, target: Path | None) -> None:
    """Write the graph to a file or to standard output.

    Turtle, N-Triples and RDF/XML hold the merged graph; TriG, N-Quads and JSON-LD hold all graphs, with the evidence;
    GraphML is a projection, entities and facts, for Gephi and networkx.

    Example: kg export --format graphml --out letters.graphml
    """
    from kg.export import format_named
    from kg.store import open_store, whole

    writer = format_named(form)
    store = open_store(folder)
    if target is None:
        writer.write(store, sys.stdout.buffer)
        return
    with whole(target) as sink:
        writer.write(store, sink)
