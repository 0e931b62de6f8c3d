"""Plain text."""

from __future__ import annotations

from kg.read._decode import decode

SUFFIXES = (".txt",)


def text(data: bytes) -> str:
    """The text of the file; raises InputError for what is no text."""
    return decode(data)
