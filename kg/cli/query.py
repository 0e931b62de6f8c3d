"""`kg query`: put a question to a built graph."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli._options import out_file, read_from, verbose
from kg.query.formats import names as formats

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

    from kg.query.dataset import Dataset
    from kg.query.fault import BadQuery
    from kg.query.look import Look
    from kg.query.question import Question
    from kg.query.run import Answer

    Write = Callable[[Answer, BinaryIO, Look], None]

_STDIN = "standard input"
_PAGED = "table"
_TRUTHS = {"true": "是", "false": "否"}


@click.command(short_help="Ask: a prepared question, a file, or SPARQL.")
@click.argument("question", metavar="[NAME|FILE.rq|SPARQL|-]", required=False)
@click.option("--set", "-s", "pairs", multiple=True, metavar="NAME=VALUE", help="Set a parameter; may be repeated.")
@click.option(
    "--format",
    "-f",
    "form",
    metavar="FORMAT",
    help=f"{', '.join(formats())}; by default a table, and Turtle for CONSTRUCT and DESCRIBE.  csv, tsv, json, xml are "
    "those of the W3C: tsv has RDF terms under ?names (plain values: csv).",
)
@click.option("--excel", is_flag=True, help="CSV that spreadsheets open as it is: with a mark of UTF-8, no formulas.")
@click.option("--zh", is_flag=True, help="Heads of columns and their fixed values in Chinese (table, markdown, csv).")
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help="At most N rows or triples.")
@click.option("--timeout", type=click.FloatRange(0, min_open=True), metavar="SECONDS", help="Give up after so long.")
@click.option("--pager/--no-pager", "paged", default=None, help="Page by page.  [default: a long table on a terminal]")
@read_from
@out_file
@verbose
def command(
    question: str | None,
    pairs: tuple[str, ...],
    form: str | None,
    excel: bool,
    zh: bool,
    limit: int | None,
    timeout: float | None,
    paged: bool | None,
    folder: Path,
    target: Path | None,
) -> None:
    """Put a question to the graph.

    It is a prepared one by its name (kg queries lists them), one in a file, SPARQL as it is written, or - for standard
    input.  Without one, on a terminal, you choose from a list.

    BASE and the common prefixes (kg: skos: dcterms: rdf: rdfs: xsd: …) are known.  A parameter that is an entity takes
    its name as people write it; in a query of your own any variable may be set, to <IRI>, "text"@zh, 2023 or text.

    Example: kg query mentions --set thing=高新技术企业 --format csv
    """
    from kg.query.dataset import open_dataset
    from kg.query.run import settings

    form = _form(form, excel)
    asked, values = _question(question) if question is not None else None, settings(pairs)
    if asked is None:
        _want_terminal()
    dataset = open_dataset(folder)
    if asked is None:
        from kg.cli._choose import choose

        asked, values = choose(dataset, values)
    answer = _answer(dataset, asked, values, limit, timeout)
    look = dataset.look(_width(target), _heads(asked) if zh else {}, excel)
    if zh:
        look = replace(look, words=_words(asked))
    if limit is not None:
        answer, cut = _first(answer, limit)
        look = replace(look, cut=cut)
    _put(answer, form, look, target, paged)


def _first(answer: Answer, limit: int) -> tuple[Answer, bool]:
    """The rows or triples that may be shown; that there are more is said on standard error."""
    from kg.query.answer import first

    found, cut = first(answer, limit)
    if cut:
        click.echo(f"kg: cut at --limit {limit}, there is more · 仅列前{limit}条，另有更多", err=True)
    return found, cut


def _put(answer: Answer, form: str | None, look: Look, target: Path | None, paged: bool | None) -> None:
    """Write the answer where it belongs: to a file, to standard output, on a terminal page by page."""
    from kg.query import formats as writers

    write = writers.writer_for(answer, form).write
    if target is None and sys.stdout.isatty() and (form in (None, _PAGED) if paged is None else paged):
        _show(answer, write, look, always=bool(paged))
    else:
        _write(answer, write, look, target)


def _form(form: str | None, excel: bool) -> str | None:
    """The name of the format; a wrong one is told before the work."""
    from kg.query import formats as writers

    if excel and form not in (None, "csv"):
        raise click.UsageError(f"--excel is CSV, and does not go with --format {form}")
    if form:
        writers.named(form)
    return "csv" if excel else form


def _question(given: str) -> Question:
    """What the argument means: standard input, a file, SPARQL, or the name of a prepared question."""
    from kg.query.question import asked, from_bytes

    return from_bytes(sys.stdin.buffer.read(), _STDIN) if given == "-" else asked(given)


def _want_terminal() -> None:
    """Only on a terminal can somebody choose."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise click.UsageError("which question?  Name one (kg queries lists them), a file .rq, SPARQL, or - for input")


def _answer(
    dataset: Dataset, asked: Question, values: dict[str, str], limit: int | None, timeout: float | None
) -> Answer:
    """The answer, sought in a thread of its own: only so does Ctrl-C reach the program while the engine works."""
    from kg.query.deadline import within
    from kg.query.run import ask

    most = None if limit is None else limit + 1  # to know whether there is more
    return within(timeout, lambda: ask(dataset, asked, values, limit=most, warn=_warn))


def _warn(doubt: BadQuery) -> None:
    """What is likely why an answer is empty: a line, and on a terminal what it is about underlined."""
    click.echo(f"kg: nothing found, perhaps because: {' '.join(str(doubt).split())}", err=True)
    if sys.stderr.isatty():
        click.echo(doubt.underlined(), err=True)


def _width(target: Path | None) -> int | None:
    return shutil.get_terminal_size().columns if target is None and sys.stdout.isatty() else None


def _heads(asked: Question) -> dict[str, str]:
    """The Chinese heads of the columns, each in a few characters."""
    return {column.name: column.head_zh for column in asked.columns if column.zh}


def _words(asked: Question) -> dict[str, dict[str, str]]:
    """How the values of each column are called in Chinese: those that its header lists, kinds of things, truths."""
    from kg import ontology

    kinds = {kind.name: kind.zh for kind in ontology.load().kinds.values()}
    return {column.name: {**kinds, **_TRUTHS, **column.values} for column in asked.columns}


def _write(answer: Answer, write: Write, look: Look, target: Path | None) -> None:
    if target is None:
        write(answer, sys.stdout.buffer, look)
        return
    from kg.store import whole

    with whole(target) as sink:
        write(answer, sink, look)


def _show(answer: Answer, write: Write, look: Look, always: bool) -> None:
    """On a terminal: page by page what does not fit on it, or anything where `always`."""
    page = BytesIO()
    write(answer, page, look)
    text = page.getvalue().decode()
    if always or text.count("\n") >= shutil.get_terminal_size().lines:
        click.echo_via_pager(text)
    else:
        click.echo(text, nl=False)
