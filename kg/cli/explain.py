"""`kg explain`: one letter with all that was found in it, in place, and the rule that found it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli._options import verbose
from kg.errors import InputError, UsageError

if TYPE_CHECKING:
    from kg.explain import Explanation, Wanted

_PIPED = "-"


@click.command(short_help="Show what was found in a letter, in place, and by which rule.")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE", required=False)
@click.option(
    "--html",
    "page",
    is_flag=False,
    flag_value=_PIPED,
    metavar="[OUT]",
    help="As one HTML page that needs no network, into the file OUT.",
)
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
@click.option("--passage", "-n", "passages", type=int, multiple=True, metavar="N", help="Only passage N; repeatable.")
@click.option("--section", type=click.Choice(("form", "report", "plan")), help="Only this part of the letter.")
@click.option("--find", "text", default="", metavar="TEXT", help="Only passages that have this text.")
@click.option("--rule", default="", metavar="ID", help="Only passages where a rule whose id begins so found something.")
@click.option("--decisions", type=click.Path(path_type=Path), metavar="FILE", help="Who is the same as whom (CSV).")
@click.option("--keep-personal-numbers", is_flag=True, help="Do not mask mobile telephone and identity-card numbers.")
@click.option("--color/--no-color", "colour", default=None, help="Colours.  [default: on a terminal without NO_COLOR]")
@click.option(
    "--out",
    "--output",
    "-o",
    "target",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write to this file instead of standard output.",
)
@verbose
def command(
    file: Path | None,
    page: str | None,
    as_json: bool,
    passages: tuple[int, ...],
    section: str | None,
    text: str,
    rule: str,
    decisions: Path | None,
    keep_personal_numbers: bool,
    colour: bool | None,
    target: Path | None,
) -> None:
    """Show one letter, read on its own: each name, fact, figure and status in its place, with the rule that found it.

    What was recognised and not admitted is shown too, with the reason.  Places count the characters of the decoded
    file from 0 (without a byte order mark, a line end once); passages are numbered from 0.

    Example: kg explain letter.txt --html letter.html
    """
    from kg.explain import Wanted

    if file is None and page is not None:  # `kg explain --html letter.txt`: what follows is the letter
        file, page = Path(page), _PIPED
    if file is None:
        raise click.UsageError("Missing argument 'FILE'")
    if page is not None and as_json:
        raise click.UsageError("--html and --json do not go together")
    if page not in (None, _PIPED):
        if target is not None:
            raise click.UsageError("--html and --out name a file each; name one")
        target = Path(str(page))
    _spare(file, target)
    told = _explanation(file, decisions, keep_personal_numbers, Wanted(passages, section or "", text, rule))
    form = "html" if page is not None else "json" if as_json else "text"
    _write(_form(told, form, keep_personal_numbers, _coloured(colour, target)), target)


def _spare(file: Path, target: Path | None) -> None:
    """The letter itself is not written over, and a folder is none."""
    if file.is_dir():
        raise InputError("a folder, and one letter is explained at a time", place=str(file), remedy="name a file in it")
    if target is not None and target.is_dir():
        raise UsageError("a folder", place=str(target), remedy="name the file to write")
    if target is not None and target.exists() and file.exists() and os.path.samefile(file, target):
        raise UsageError("this is the letter itself", place=str(target), remedy="name another file to write")


def _explanation(file: Path, decisions: Path | None, keep: bool, wanted: Wanted) -> Explanation:
    from kg import ontology
    from kg.explain import gather, narrowed
    from kg.masking import masked
    from kg.pipeline import read_all

    reading = read_all([file], decisions)[0][0]
    return narrowed(gather(reading if keep else masked(reading)), wanted, ontology.load())


def _form(told: Explanation, form: str, keep: bool, colour: bool) -> str:
    from kg import explain, ontology

    known = ontology.load()
    if form == "html":
        return explain.page(told, known)
    if form == "json":
        return explain.record(told, known, masked=not keep)
    return explain.terminal(told, known, colour=colour)


def _coloured(asked: bool | None, target: Path | None) -> bool:
    """Whether to colour: as asked, else on a terminal that can, unless NO_COLOR is set (no-color.org)."""
    if asked is not None:
        return asked
    able = target is None and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    return able and not os.environ.get("NO_COLOR")


def _write(text: str, target: Path | None) -> None:
    data = text.encode("utf-8", "replace")  # the name of a file may be no good text
    if target is None:
        sys.stdout.buffer.write(data)
        return
    from kg.store import whole

    with whole(target) as sink:
        sink.write(data)
