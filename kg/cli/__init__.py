"""The command line: one module for each command, and this folder is the list of them.

A command parses, calls and prints.  `_root` turns errors into messages, `_options` holds what commands share; modules
are imported when their command is wanted, and import what is heavy when they run.
"""

from __future__ import annotations

import click

from kg import __version__
from kg.cli._options import verbose
from kg.cli._root import Commands


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="kg %(version)s")
@verbose
def main() -> None:
    """Read the public reply letters of Chinese governments, build a knowledge graph of what they say, and ask it.

    A graph is built into a folder (--out, by default out); the other commands read it from there (--from).

    Example: kg build && kg query asked-and-answered
    """
