"""Files to documents.  One module per input format: this folder is the registry of formats.

A format module names its file endings in `SUFFIXES` (lower case, with the dot) and has `text(data: bytes) -> str`,
which raises `kg.errors.InputError` without a place for bytes that are no such file.  Modules whose name begins with
an underscore are no formats.

The package itself can be called: `kg.read(path)` is what kg.api offers to read a letter with.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any

from kg.errors import InputError
from kg.model import Document

Reader = Callable[[bytes], str]
_LINE_ENDS = str.maketrans({"\r": "\n"})


@dataclass(frozen=True, slots=True)
class Sources:
    """The files that a list of paths means, in a fixed order, and those of a folder that no format reads."""

    files: tuple[Path, ...]
    skipped: tuple[Path, ...]


@cache
def formats() -> Mapping[str, Reader]:
    """The reader of every known file ending, as the modules of this folder say.

    >>> sorted(formats())
    ['.markdown', '.md', '.txt']
    """
    found: dict[str, Reader] = {}
    for module in sorted(info.name for info in pkgutil.iter_modules(__path__) if not info.name.startswith("_")):
        reader = importlib.import_module(f"{__name__}.{module}")
        found |= dict.fromkeys(reader.SUFFIXES, reader.text)
    return found


def sources(paths: Iterable[Path]) -> Sources:
    """The files of `paths` (folders are walked) by name, whatever the order of the paths.

    Raises InputError for a path that is missing, a named file of an unknown format, and a folder with nothing to read.
    """
    files: dict[Path, None] = {}
    skipped: dict[Path, None] = {}
    for path in paths:
        wanted, other = _folder(path) if path.is_dir() else ([_named(path)], [])
        files |= dict.fromkeys(wanted)
        skipped |= dict.fromkeys(other)
    return Sources(tuple(sorted(files, key=_order)), tuple(sorted(skipped, key=_order)))


def documents(paths: Iterable[Path]) -> Iterator[Document]:
    """The documents that `paths` mean; the same bytes are read once, under the first name."""
    seen: set[str] = set()
    for path in sources(paths).files:
        document = read(path)
        if document.sha256 not in seen:
            seen.add(document.sha256)
            yield document


def read(path: Path) -> Document:
    """One file as a document.  Raises InputError for a file that cannot be read, is empty, or is no text."""
    reader = formats()[_named(path).suffix.lower()]
    data = _bytes(path)
    try:
        text = reader(data)
    except InputError as error:
        raise InputError(error.message, place=str(path), remedy=error.remedy) from error
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").translate(_LINE_ENDS)
    if not text.strip():
        raise InputError("the file holds white space only", place=str(path), remedy="put the text of a letter in it")
    return Document(path.name, sha256(data).hexdigest(), text)


def _order(path: Path) -> tuple[str, str]:
    return path.name, path.as_posix()


def _named(path: Path) -> Path:
    """The path of a file that a format reads."""
    if path.suffix.lower() in formats():
        return path
    if not path.exists():
        raise InputError("no such file or folder", place=str(path), remedy="check the name")
    known = ", ".join(sorted(formats()))
    raise InputError(
        f"no format reads {path.suffix or 'a file without an ending'}", place=str(path), remedy=f"use {known}"
    )


def _folder(folder: Path) -> tuple[list[Path], list[Path]]:
    """The files below a folder that a format reads, and the others; hidden files and folders are not looked at."""
    files: list[Path] = []
    other: list[Path] = []
    for place, folders, names in os.walk(folder, onerror=_unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in names if not name.startswith(".")):
            (files if Path(name).suffix.lower() in formats() else other).append(Path(place, name))
    if not files:
        known = ", ".join(sorted(formats()))
        raise InputError(
            "nothing to read in the folder", place=str(folder), remedy=f"put files in it that end in {known}"
        )
    return files, other


def _unreadable(error: OSError) -> None:
    raise InputError(
        f"the folder cannot be read ({error.strerror})", place=str(error.filename), remedy="check its permissions"
    ) from error


def _bytes(path: Path) -> bytes:
    if path.exists() and not path.is_file():
        raise InputError("not a regular file", place=str(path), remedy="name a file or a folder of files")
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise InputError("no such file or folder", place=str(path), remedy="check the name") from error
    except OSError as error:
        raise InputError(
            f"the file cannot be read ({error.strerror})", place=str(path), remedy="check its permissions"
        ) from error


class _Callable(ModuleType):
    """A package that is also a function: Python makes a package an attribute of the one it lies in, under its name."""

    def __call__(self, path: str | os.PathLike[str], **options: Any) -> Any:
        """What the letter in a file says (kg.api.letter.read_letter_file, with its options)."""
        return importlib.import_module("kg.api").read(path, **options)


sys.modules[__name__].__class__ = _Callable
