"""`kg query`: put a question to a built graph."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli._options import out_file, read_from, verbose
from kg.query.formats import names as formats

if TYPE_CHECKING:
    from kg.query.question import Question

_TEXT = re.compile(r"[\s{]")
_STDIN = "standard input"


@click.command(short_help="Ask: a prepared question, a file, or SPARQL.")
@click.argument("question", metavar="NAME|FILE.rq|SPARQL|-")
@click.option("--set", "-s", "pairs", multiple=True, metavar="NAME=VALUE", help="Set a parameter; may be repeated.")
@click.option(
    "--format",
    "-f",
    "form",
    metavar="FORMAT",
    help=f"{', '.join(formats())}; by default a table, and Turtle for CONSTRUCT and DESCRIBE.",
)
@read_from
@out_file
@verbose
def command(question: str, pairs: tuple[str, ...], form: str | None, folder: Path, target: Path | None) -> None:
    """Put a question to the graph.

    It is a prepared one by its name (kg queries lists them), one in a file, SPARQL as it is written, or - for standard
    input.

    BASE and the common prefixes (kg: skos: dcterms: rdf: rdfs: xsd: …) are known.  A parameter that is an entity takes
    its name as people write it; in a query of your own any variable may be set, to <IRI>, "text"@zh, 2023 or text.

    Example: kg query mentions --set thing=高新技术企业 --format csv
    """
    from kg.query import formats as writers
    from kg.query.dataset import open_dataset
    from kg.query.run import ask, settings

    if form:
        writers.named(form)  # a wrong name is told before the work
    asked, values = _question(question), settings(pairs)
    dataset = open_dataset(folder)
    answer = ask(dataset, asked, values)
    writer = writers.writer_for(answer, form)
    if target is None:
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
        writer.write(answer, sys.stdout.buffer, dataset.look(width))
        return
    from kg.store import whole

    with whole(target) as sink:
        writer.write(answer, sink, dataset.look())


def _question(given: str) -> Question:
    """What the argument means: standard input, a file, SPARQL, or the name of a prepared question."""
    from kg.query.question import from_bytes, prepared, question_file, read_question

    if given == "-":
        return from_bytes(sys.stdin.buffer.read(), _STDIN)
    if given.endswith(".rq") or (not _TEXT.search(given) and "/" in given):
        return question_file(Path(given))
    if _TEXT.search(given):
        return read_question(given, "query")
    return prepared(given)
