"""What the formats for rows and truth values share: the RDF library writes them."""

from __future__ import annotations

from typing import BinaryIO

from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions

from kg.query.run import Answer

_ENDED = (QueryResultsFormat.CSV, QueryResultsFormat.TSV)


def write_results(answer: Answer, sink: BinaryIO, form: QueryResultsFormat) -> None:
    """Write rows or a truth value in `form`, with a line feed at the end."""
    assert isinstance(answer, QuerySolutions | QueryBoolean)
    answer.serialize(sink, format=form)
    if isinstance(answer, QueryBoolean) or form not in _ENDED:
        sink.write(b"\n")
