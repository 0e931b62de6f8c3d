"""The bar that shows how far reading has come."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click


@contextmanager
def progress() -> Iterator[Callable[[int, int, str], None] | None]:
    """A bar on standard error for as long as files are read; none where that is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=1, label="Reading", file=sys.stderr, item_show_func=str) as bar:

        def show(done: int, of: int, name: str) -> None:
            bar.length = of
            bar.update(done - bar.pos, name)

        yield show
