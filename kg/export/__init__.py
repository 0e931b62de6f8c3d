"""A graph out of the store, in one of the formats that the modules of this folder know.

A format is a module with `NAME`, `SUFFIX` (of a file name, with the dot) and `write(store, stream)`, which writes bytes
that depend on the content of the store alone.  A module without NAME is no format.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import IO

from pyoxigraph import Store

from kg.errors import UsageError

Writer = Callable[[Store, IO[bytes]], None]


@dataclass(frozen=True, slots=True)
class Format:
    """A format of output: its name, the ending of its files, what it is, and how it is written."""

    name: str
    suffix: str
    title: str
    write: Writer


@cache
def formats() -> Mapping[str, Format]:
    """All formats by name, as the modules of this folder say.

    >>> formats()["turtle"].suffix
    '.ttl'
    """
    modules = [importlib.import_module(f"{__name__}.{info.name}") for info in pkgutil.iter_modules(__path__)]
    found = [Format(m.NAME, m.SUFFIX, (m.__doc__ or "").split("\n")[0], m.write) for m in modules if hasattr(m, "NAME")]
    return {form.name: form for form in sorted(found, key=lambda form: form.name)}


def format_named(name: str) -> Format:
    """A format by its name.  UsageError, with the nearest names, for an unknown one."""
    if name in formats():
        return formats()[name]
    near = get_close_matches(name, formats()) or list(formats())
    raise UsageError(f"unknown format {name!r}", remedy=f"use {', '.join(near)}")
