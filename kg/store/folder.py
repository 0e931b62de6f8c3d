"""The folder of a build.  Everything appears in one go: a build that is interrupted leaves what was there before.

    out/store-<hash>/    the store
    out/store            a link to it (where links are not to be had: a file with its name)
    out/.building/       a build at work; thrown away by the next one if it was interrupted
    out/.ready/          a build that is complete and on disk, while its files are moved to their places

The move is a handful of renames.  If it is cut off between two of them, `.ready` is still there, and whoever opens the
folder next finishes it: nothing is lost, and nobody sees two builds mixed.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from pyoxigraph import Store

from kg.errors import OutputError, StoreError
from kg.store.build import build_of

LINK = "store"
REPORT = "report.json"
INDEX = "find.db"
_AT_WORK, _READY, _OLD = ".building", ".ready", ".old-"
_STORE = re.compile(r"store-[0-9a-f]{16}")
_MARK = re.compile(rb'build"?:? "?([0-9a-f]{16})\b')
_HEAD = 400
_SQLITE = b"SQLite format 3\0"
_PATIENCE = 3.0
_PAUSE = 0.05
_AGAIN = "run kg build again"


# --- Writing


@contextmanager
def building(out: Path) -> Iterator[Path]:
    """A folder to put the files of a build in; they go to `out`, all of them, when the block ends without an error.

    Files are plain, the store is a folder `store-<hash>`; the link to it is made here.  OutputError for a folder that
    cannot be written, a full disk, and another build at work in the same folder.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        with _locked(out):
            _finish(out)
            _sweep(out)
            work = out / _AT_WORK
            work.mkdir()
            try:
                yield work
                _link(work)
                _sync(work)
                work.rename(out / _READY)
            finally:
                shutil.rmtree(work, ignore_errors=True)
            _finish(out)
            _sweep(out)
    except OSError as error:
        raise _unwritable(out, error) from error


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """A stream whose content becomes the file when the block ends without an error; OutputError if it cannot."""
    path = path.resolve() if path.is_symlink() else path
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        if path.exists() and not path.is_file():  # /dev/stdout
            with path.open("wb") as stream:
                yield stream
            return
        try:
            with part.open("wb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> OutputError:
    reason = error.strerror or str(error).splitlines()[0]
    if error.errno in (errno.ENOSPC, errno.EDQUOT) or "No space left" in reason:
        return OutputError("cannot be written, the disk is full", place=str(path), remedy="make room on it")
    return OutputError(f"cannot be written ({reason})", place=str(path), remedy="check the folder and its permissions")


def _link(work: Path) -> None:
    """The link to the store of this build."""
    name = next(path.name for path in work.iterdir() if _STORE.fullmatch(path.name))
    try:
        (work / LINK).symlink_to(name, target_is_directory=True)
    except (OSError, NotImplementedError):
        (work / LINK).write_text(f"{name}\n", encoding="utf-8")


def _sync(folder: Path) -> None:
    """See that all files below a folder are on the disk."""
    for place, _, names in os.walk(folder):
        for name in names:
            if not os.path.islink(os.path.join(place, name)):
                _sync_one(os.path.join(place, name))
        _sync_folder(place)


def _sync_one(path: str) -> None:
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sync_folder(path: str | Path) -> None:
    if sys.platform == "win32":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _finish(out: Path) -> None:
    """Move the files of a complete build to their places; goes on where an earlier move was cut off."""
    ready = out / _READY
    if not ready.is_dir():
        return
    for name in sorted(os.listdir(ready), key=_turn):
        _move(ready / name, out / name)
    ready.rmdir()
    _sync_folder(out)


def _turn(name: str) -> tuple[int, str]:
    """The store first, then the link to it; the report last."""
    return 0 if _STORE.fullmatch(name) else 1 if name == LINK else 3 if name == REPORT else 2, name


def _move(source: Path, target: Path) -> None:
    """Replace a file in one step; a folder, which no system replaces in one step, is put aside before."""
    if target.is_dir() and not target.is_symlink():
        aside = target.with_name(_OLD + target.name)
        shutil.rmtree(aside, ignore_errors=True)
        target.rename(aside)
    source.replace(target)


def _sweep(out: Path) -> None:
    """Remove what interrupted builds left, and stores that nothing links to."""
    current = store_folder(out)
    for path in out.iterdir():
        left = path.name == _AT_WORK or path.name.startswith(_OLD)
        if left or (_STORE.fullmatch(path.name) and path != current):
            shutil.rmtree(path, ignore_errors=True)


@contextmanager
def _locked(out: Path) -> Iterator[None]:
    """Hold the folder against other builds.  The lock goes with the process, however that ends."""
    if sys.platform == "win32":
        yield
        return
    handle = os.open(out, os.O_RDONLY)
    try:
        _lock(handle, out)
        yield
    finally:
        os.close(handle)


def _lock(handle: int, out: Path) -> None:
    import fcntl

    end = time.monotonic() + _PATIENCE
    while True:
        try:
            return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() > end:
                raise OutputError(
                    "another build is at work in this folder", place=str(out), remedy="wait until it has ended"
                ) from error
            time.sleep(_PAUSE)
        except OSError as error:
            if error.errno in (errno.ENOLCK, errno.ENOTSUP, errno.EBADF, errno.EINVAL):
                return None  # a file system without locks: the last build wins
            raise


# --- Reading


def store_folder(out: Path) -> Path | None:
    """The folder of the current store, or None."""
    link = out / LINK
    if link.is_symlink():
        return out / os.readlink(link)
    if link.is_file():
        return out / link.read_text(encoding="utf-8").strip()
    return link if link.is_dir() else None


def open_store(out: Path) -> Store:
    """The store of a folder, read-only.

    StoreError if nothing has been built there, if the store is broken, or if the files beside it are of another build.
    """
    for _ in range(2):  # a build may be putting its files in place at this moment
        try:
            return _opened(out)
        except StoreError:
            time.sleep(_PAUSE)
    return _opened(out)


def _opened(out: Path) -> Store:
    _recover(out)
    folder = store_folder(out)
    if folder is None:
        raise StoreError("no graph has been built here yet", place=str(out), remedy="run kg build")
    try:
        store = Store.read_only(str(folder))
        mark = build_of(store).hash
    except OSError as error:
        reason = str(error).splitlines()[0]
        raise StoreError(f"the store cannot be opened ({reason})", place=str(folder), remedy=_AGAIN) from error
    _agree(out, mark)
    return store


def _recover(out: Path) -> None:
    """Finish a move that was cut off, if we may write there."""
    if (out / _READY).is_dir() and os.access(out, os.W_OK):
        with _locked(out):
            _finish(out)
            _sweep(out)


def _agree(out: Path, mark: str) -> None:
    """Refuse files of two builds."""
    for name in ("kg.ttl", "kg.trig", INDEX, REPORT):
        other = _mark(out / name)
        if other is not None and other != mark:
            raise StoreError(f"files of two builds: store is {mark}, {name} is {other}", place=str(out), remedy=_AGAIN)


def _mark(path: Path) -> str | None:
    """The hash that a file names in its head; None without a file."""
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except FileNotFoundError:
        return None
    except OSError as error:
        reason = f"cannot be read ({error.strerror})"
        raise StoreError(reason, place=str(path), remedy="check its permissions") from error
    if head.startswith(_SQLITE):  # the application's numbers (its file format, section 1.3): see kg/find/index.py
        return (head[68:72] + head[60:64]).hex()
    found = _MARK.search(head)
    return found[1].decode() if found else "unknown"
