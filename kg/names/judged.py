"""Recorded decisions that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.decisions import Row, contradictions, held
from kg.judgement import DIFFERENT, set_apart
from kg.names.values import CONTRADICTION, Told


def judged(table: Sequence[Row]) -> Iterator[Told]:
    """The contradictions among the rows that hold."""
    for earlier, later in contradictions(held(table)):
        kind = (later.decision.a or earlier.decision.a).partition("/")[0].capitalize()
        yield Told(
            CONTRADICTION,
            kind,
            _line(earlier),
            _line(later),
            "what one row sets apart the other joins: undo one of them",
            "一行判为不同，另一行又合并：撤销其一",
        )


def set_apart_by(table: Sequence[Row]) -> frozenset[frozenset[str]]:
    """What the rows that hold set apart: pairs of IRIs from the base on."""
    parting = [row.decision for row in held(table) if row.decision.what == DIFFERENT and row.decision.a]
    return frozenset(frozenset((one.a, set_apart(one.a, one.letter))) for one in parting)


def _line(row: Row) -> str:
    return f"line {row.line}: {row}"
