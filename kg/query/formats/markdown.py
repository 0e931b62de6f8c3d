r"""A table in Markdown (GitHub Flavored Markdown, section 4.10), for reports and issues."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import BinaryIO

from kg.query.formats._cells import cells_of
from kg.query.look import Look
from kg.query.run import Answer

TAKES = frozenset({"rows", "truth"})
_SIGNS = re.compile(r"([\\|`*_<>\[\]~])")


def write(answer: Answer, sink: BinaryIO, look: Look) -> None:
    """Write rows as a table, numbers to the right, or `true` or `false`."""
    cells = cells_of(answer, look)
    if cells.head:
        sink.write(_row(cells.head))
        sink.write(b"|" + b"|".join(b"---:" if number else b"---" for number in cells.numbers) + b"|\n")
        sink.writelines(map(_row, cells.rows))
    else:
        sink.write(f"{cells.rows[0][0]}\n".encode())


def _row(texts: Sequence[str]) -> bytes:
    """A line of the table; signs that Markdown would take for its own stand as they are."""
    cells = " | ".join(_SIGNS.sub(r"\\\1", text) for text in texts)
    return f"| {cells} |\n".encode("utf-8", "replace")
