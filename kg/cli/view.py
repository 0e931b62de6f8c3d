"""`kg view`: the page to explore."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli._options import page_file, read_from, verbose
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.query.dataset import Dataset
    from kg.view import Part

_PAGE = "graph.html"
_PART = "view.html"


@click.command(short_help="Open the graph, or a part of it, in a browser.")
@click.option("--focus", "-F", metavar="NAME", help="Show one thing with what surrounds it.")
@click.option(
    "--steps",
    type=click.IntRange(0),
    metavar="N",
    help="With --focus: how many facts away the surroundings reach.  [default: 2]",
)
@click.option("--kind", "-k", "kinds", multiple=True, metavar="K", help="Things of this kind only; may be repeated.")
@click.option("--letter", "-l", "letters", multiple=True, metavar="L", help="From this letter only; may be repeated.")
@click.option(
    "--limit",
    type=click.IntRange(1, 500),
    metavar="N",
    help="Draw at most so many things when the page opens; the others wait in it.  [default: 100]",
)
@click.option("--title", metavar="T", help="The title of the page.")
@click.option("--open/--no-open", "show", default=None, help="Open it in a browser.  [default: on a terminal]")
@read_from
@page_file
@verbose
def command(
    focus: str | None,
    steps: int | None,
    kinds: tuple[str, ...],
    letters: tuple[str, ...],
    limit: int | None,
    title: str | None,
    show: bool | None,
    folder: Path,
    target: Path | None,
) -> None:
    """Say where the interactive page is, and open it in a browser.  The page is one file and needs no network.

    Without options it is the page of the whole graph that kg build wrote.  With them a page of its own is made, in
    --out, by default view.html beside that one.  Things and letters are named as people write them, kinds by their
    English or Chinese names.

    Example: kg view --focus 高新技术企业 --steps 1 --no-open
    """
    from kg.query.dataset import open_dataset

    if steps is not None and not focus:
        raise click.UsageError("--steps goes with --focus")
    if target is not None and str(target) == "-":
        raise UsageError("a page goes to a file", place="--out -", remedy="name the file after --out")
    dataset = open_dataset(folder)
    if focus or kinds or letters or limit or title or target is not None:
        page = target or folder / _PART
        part = _part(dataset, focus, kinds, letters, {"steps": steps, "limit": limit})
        _write(dataset, part, title, page)
    else:
        page = _built(folder)
    click.echo(page)
    if sys.stdout.isatty() if show is None else show:
        click.launch(page.resolve().as_uri())


def _part(
    dataset: Dataset, focus: str | None, kinds: Iterable[str], letters: Iterable[str], numbers: dict[str, int | None]
) -> Part:
    """What the options ask for."""
    from kg import ontology
    from kg.query.entities import ANY, document_read, entity
    from kg.query.kinds import kinds_named
    from kg.view import Part

    known = ontology.load()
    return Part(
        focus=dataset.short(entity(dataset, ANY, focus).value) if focus else "",
        kinds=frozenset(kind for name in kinds for kind in kinds_named(known, name)),
        letters=frozenset(dataset.short(document_read(dataset, name).value) for name in letters),
        **{name: value for name, value in numbers.items() if value is not None},
    )


def _write(dataset: Dataset, part: Part, title: str | None, target: Path) -> None:
    from kg.store import whole
    from kg.view import TITLE
    from kg.view import page as page_text

    text = page_text(dataset.store, title or TITLE, dataset.base, part=part)
    with whole(target) as sink:
        sink.write(text.encode())


def _built(folder: Path) -> Path:
    page = folder / _PAGE
    if not page.is_file():
        from kg.errors import StoreError

        raise StoreError("the page is not there", place=str(page), remedy="run kg build again")
    return page
