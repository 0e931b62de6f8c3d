"""Comma-separated values (SPARQL 1.1 Query Results CSV, RFC 4180): plain values, IRIs whole."""

from __future__ import annotations

import re
from typing import BinaryIO

from pyoxigraph import QueryBoolean, QueryResultsFormat

from kg.query.formats._results import write_results
from kg.query.look import Look
from kg.query.run import Answer

TAKES = frozenset({"rows", "truth"})
# What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection"); a number is none.
_FORMULA = re.compile(r"[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")


def write(answer: Answer, sink: BinaryIO, look: Look) -> None:
    """Write rows or a truth value; for spreadsheets with a byte order mark, and no cell that is a formula."""
    if (look.excel or look.heads) and not isinstance(answer, QueryBoolean):
        _write_cells(answer, sink, look)
    else:
        write_results(answer, sink, QueryResultsFormat.CSV)


def _write_cells(answer: Answer, sink: BinaryIO, look: Look) -> None:
    import csv
    import io

    from kg.query.formats._cells import cells_of

    cells = cells_of(answer, look)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(cells.head)
    writer.writerows([plain(cell) for cell in row] if look.excel else row for row in cells.rows)
    sink.write(text.getvalue().encode("utf-8-sig" if look.excel else "utf-8", "replace"))


def plain(cell: str) -> str:
    """A cell that no spreadsheet computes.

    >>> plain("=1+1"), plain("-3.5"), plain(">="), plain("甲")
    ("'=1+1", '-3.5', '>=', '甲')
    """
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell
