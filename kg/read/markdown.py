"""Markdown: text whose marks (#, **, ---) the cleaning of `kg.text` drops, with the map of places kept."""

from __future__ import annotations

from kg.read._decode import decode

SUFFIXES = (".md", ".markdown")


def text(data: bytes) -> str:
    """The text of the file, with its marks; raises InputError for what is no text."""
    return decode(data)
