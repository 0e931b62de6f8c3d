"""What a question gives: rows, true or false, or triples; and an answer with all that is in it at hand."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import (
    Literal,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    parse_query_results,
    serialize,
)  # fmt: skip

Answer = QuerySolutions | QueryBoolean | QueryTriples

_ALL = "CONSTRUCT WHERE { ?s ?p ?o }"
_ROWS = QueryResultsFormat.JSON
_TRIPLES = RdfFormat.N_TRIPLES


@dataclass(frozen=True, slots=True)
class Packed:
    """A whole answer as bytes, which any thread may read: the engine's own answers stay in the thread that asked."""

    form: QueryResultsFormat | RdfFormat
    data: bytes


def packed(answer: Answer) -> Packed:
    """The whole of an answer."""
    if isinstance(answer, QueryTriples):
        return Packed(_TRIPLES, serialize(answer, format=_TRIPLES) or b"")
    return Packed(_ROWS, answer.serialize(format=_ROWS) or b"")


def unpacked(whole: Packed) -> Answer:
    """The answer again."""
    if isinstance(whole.form, RdfFormat):
        store = Store()
        store.load(whole.data, format=whole.form)
        return _all_of(store)
    return parse_query_results(whole.data, format=whole.form)


def is_empty(whole: Packed) -> bool:
    """Whether it holds nothing: no row, or one of nothing but blanks and noughts, as COUNT gives it; no triple."""
    answer = unpacked(whole)
    if not isinstance(answer, QuerySolutions):
        return not whole.data
    first = next(iter(answer), None)
    return first is None or (all(map(_is_nothing, first)) and next(iter(answer), None) is None)


def first(answer: Answer, most: int) -> tuple[Answer, bool]:
    """The first `most` rows or triples of an answer, and whether there are more."""
    if isinstance(answer, QueryBoolean):
        return answer, False
    if isinstance(answer, QueryTriples):
        triples = sorted(set(answer), key=str)  # the order in which they are written
        return graph_of(triples[:most]), len(triples) > most
    whole = json.loads(packed(answer).data)
    rows = whole["results"]["bindings"]
    whole["results"]["bindings"] = rows[:most]
    return unpacked(Packed(_ROWS, json.dumps(whole).encode())), len(rows) > most


def _is_nothing(term: object) -> bool:
    return term is None or (isinstance(term, Literal) and term.value in ("0", "0.0"))


def graph_of(triples: Iterable[Triple]) -> QueryTriples:
    """Triples as the answer of a CONSTRUCT, each once."""
    store = Store()
    store.extend(Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    return _all_of(store)


def _all_of(store: Store) -> QueryTriples:
    answer = store.query(_ALL)
    assert isinstance(answer, QueryTriples)
    return answer
