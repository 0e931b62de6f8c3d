"""`kg view`: the page to explore."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli._options import read_from, verbose

_PAGE = "graph.html"


@click.command(short_help="Open the graph in a browser.")
@read_from
@click.option(
    "--out",
    "-o",
    "target",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the page to this file as well.",
)
@click.option("--title", help="The title of the page that --out writes.")
@click.option("--open/--no-open", "show", default=None, help="Open it in a browser.  [default: on a terminal]")
@verbose
def command(folder: Path, target: Path | None, title: str | None, show: bool | None) -> None:
    """Say where the interactive page is, and open it in a browser.  The page is one file and needs no network.

    Example: kg view --out letters.html --title 温州答复函 --no-open
    """
    from kg.query.dataset import open_dataset

    dataset = open_dataset(folder)
    page = folder / _PAGE
    if target is not None:
        from kg.store import whole
        from kg.view import TITLE
        from kg.view import page as page_text

        text = page_text(dataset.store, title or TITLE, dataset.base)
        with whole(target) as sink:
            sink.write(text.encode())
        page = target
    elif title:
        raise click.UsageError("--title goes with --out")
    if not page.is_file():
        from kg.errors import StoreError

        raise StoreError("the page is not there", place=str(page), remedy="run kg build again")
    click.echo(page)
    if sys.stdout.isatty() if show is None else show:
        click.launch(page.resolve().as_uri())
