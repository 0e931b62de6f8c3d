"""The figures as a table to read, the cases that are not right as a list, and both as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kg.query.columns import columns, pad, visible
from kg.score.scheme import SECTIONS, Scheme
from kg.score.tally import Case, Cell, Count, Score, counts, total

_GAP = "  "
_NONE = "–"
_FIGURES = ("precision", "recall", "F1", "gold", "found")

BY_LETTER = "letter"
SHOWN = (*SECTIONS.values(), BY_LETTER)
"""What the table can be broken down by."""


def table(scores: Sequence[Score], scheme: Scheme, by: Sequence[str]) -> Iterator[str]:
    """The lines of the table: the groups, then the sections `by`; rows and sections that have nothing are left out."""
    counted = counts(scores)
    yield from _lines("group", {name: total(counted, cells) for name, cells in scheme.groups().items()})
    for section in by:
        if section == BY_LETTER:
            yield from ("", *_letters(scores, scheme))
        elif rows := {cell[1]: counted[cell] for cell in scheme.cells(section) if cell in counted}:
            yield from ("", *_lines(section, rows))


def _lines(title: str, rows: Mapping[str, Count]) -> Iterator[str]:
    yield from _aligned((title, *_FIGURES), [(name, *_cells(count)) for name, count in rows.items()])


def _cells(count: Count) -> tuple[str, ...]:
    shares = (_share(share, count) for share in (count.precision, count.recall, count.f1))
    return (*shares, str(count.gold), str(count.found))


def _share(share: float, count: Count) -> str:
    """A share with three places; none where there is nothing to measure."""
    return f"{share:.3f}" if count.gold or count.found else _NONE


def _letters(scores: Sequence[Score], scheme: Scheme) -> Iterator[str]:
    """A row for each letter with the F1 of all groups."""
    groups = scheme.groups()
    rows = []
    for score in scores:
        counted = counts([score])
        sums = [total(counted, cells) for cells in groups.values()]
        rows.append((visible(score.letter), *(_share(count.f1, count) for count in sums)))
    yield from _aligned(("F1 by letter", *groups), rows)


def _aligned(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Rows under a head: the first column on the left, figures on the right."""
    widths = [max(columns(row[i]) for row in (head, *rows)) for i in range(len(head))]
    rule = tuple("─" * width for width in widths)
    for row in (head, rule, *rows):
        yield _GAP.join(pad(cell, widths[i], right=i > 0) for i, cell in enumerate(row))


# --- What is not right


def misses(scores: Sequence[Score]) -> Iterator[tuple[str, Case]]:
    """The cases that are not right with their letters; those of a letterhead are among the relations."""
    for score in scores:
        for case in score.cases:
            if case.outcome != "right" and case.cell[0] != "letterhead":
                yield score.letter, case


def miss_lines(scores: Sequence[Score]) -> Iterator[str]:
    """Two lines for each case that is not right: what it is, and the sentence where it stands."""
    for letter, case in misses(scores):
        yield visible(f"{case.outcome:<6} {letter}  {' '.join(case.cell)}: {case.what}")
        if case.passage:
            yield f"       {visible(case.passage)}"


# --- For programs


def document(scores: Sequence[Score], scheme: Scheme, *, with_misses: bool = False) -> dict[str, Any]:
    """All figures, for JSON: of groups, of the sections by their plurals, of each letter; the misses too if wanted."""
    counted = counts(scores)
    out: dict[str, Any] = {"groups": _groups(counted, scheme)}
    for plural, section in SECTIONS.items():
        out[plural] = {cell[1]: total(counted, [cell]).figures() for cell in scheme.cells(section)}
    out["letters"] = {score.letter: _groups(counts([score]), scheme) for score in scores}
    if with_misses:
        out["misses"] = [_miss(letter, case) for letter, case in misses(scores)]
    return out


def _groups(counted: Mapping[Cell, Count], scheme: Scheme) -> dict[str, dict[str, float | int]]:
    return {name: total(counted, cells).figures() for name, cells in scheme.groups().items()}


def _miss(letter: str, case: Case) -> dict[str, str]:
    section, name = case.cell
    return {
        "letter": letter,
        "outcome": case.outcome,
        "section": section,
        "name": name,
        "what": case.what,
        "passage": case.passage,
    }
