"""A table of plain values: to read on a terminal or in a notebook, as CSV, TSV or JSON, for pandas.

A column has a name for programs and labels for readers in English and Chinese.
"""

from __future__ import annotations

import csv
import io
import json
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from html import escape
from importlib import import_module
from typing import TYPE_CHECKING, Any, overload

from kg.errors import KgError, UsageError
from kg.query.columns import aligned, visible

if TYPE_CHECKING:
    from typing import Self

    from networkx import MultiDiGraph

Value = str | int | float | Decimal | bool | date | None

_IN_A_NOTEBOOK = 60  # rows; more are counted


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: its name for programs, and its labels; without labels the name is shown."""

    name: str
    en: str = ""
    zh: str = ""

    @property
    def shown(self) -> str:
        """What a reader sees.

        >>> Head("name", "name", "名称").shown
        'name 名称'
        """
        return f"{self.en or self.name} {self.zh}".rstrip()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its values by place, by the name of the column, or as an attribute.

    >>> row = Row(("who", "n"), ("甲局", 3))
    >>> row["who"], row[1], row[:1], row.n, list(row), dict(row)
    ('甲局', 3, ('甲局',), 3, ['甲局', 3], {'who': '甲局', 'n': 3})
    """

    names: tuple[str, ...]
    values: tuple[Value, ...]

    @overload
    def __getitem__(self, which: int | str) -> Value: ...

    @overload
    def __getitem__(self, which: slice) -> tuple[Value, ...]: ...

    def __getitem__(self, which: int | str | slice) -> Value | tuple[Value, ...]:
        if isinstance(which, int | slice):
            return self.values[which]
        if which not in self.names:
            raise KeyError(f"no column is called {which!r}; there are: {', '.join(self.names)}")
        return self.values[self.names.index(which)]

    def __getattr__(self, name: str) -> Value:
        if name.startswith("_") or name not in self.names:
            raise AttributeError(name)
        return self[name]

    def __iter__(self) -> Iterator[Value]:
        return iter(self.values)

    def __len__(self) -> int:
        return len(self.values)

    def keys(self) -> tuple[str, ...]:
        """The names of the columns; with them `dict(row)` is what `asdict` gives."""
        return self.names

    def asdict(self) -> dict[str, Value]:
        """The values by the names of their columns."""
        return dict(zip(self.names, self.values, strict=True))

    def __repr__(self) -> str:
        return f"Row({', '.join(f'{name}={value!r}' for name, value in self.asdict().items())})"


class Shown(ABC):
    """What can be shown as a table: on a terminal, in a notebook, as a DataFrame of pandas."""

    __slots__ = ()

    @abstractmethod
    def table(self) -> Table:
        """All of it as a table."""

    def text(self, width: int | None = None) -> str:
        """The text to read; lines wrap at `width` columns (None: never)."""
        return self.table().text(width)

    def to_pandas(self) -> Any:
        """The table as a pandas.DataFrame.  KgError where pandas is not installed."""
        return self.table().to_pandas()

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.table().html()


@dataclass(frozen=True, slots=True, repr=False)
class Table:
    """Rows under heads; every row has a value for each head, None where there is none.

    >>> table = Table((Head("who"), Head("n")), (("甲局", 3), ("乙局", 4)))
    >>> len(table), table[0].who, [row["n"] for row in table], table.columns
    (2, '甲局', [3, 4], ('who', 'n'))
    >>> table[1:]
    who   n
    ────  ─
    乙局  4
    """

    heads: tuple[Head, ...]
    rows: tuple[tuple[Value, ...], ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(head.name for head in self.heads)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        names = self.columns
        return (Row(names, row) for row in self.rows)

    @overload
    def __getitem__(self, which: int) -> Row: ...

    @overload
    def __getitem__(self, which: slice) -> Self: ...

    def __getitem__(self, which: int | slice) -> Row | Self:
        """A row; of a slice a table of these rows."""
        if isinstance(which, slice):
            return replace(self, rows=self.rows[which])
        return Row(self.columns, self.rows[which])

    def __repr__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.html()

    def text(self, width: int | None = None) -> str:
        """The table to read; cells wrap where it would be wider than `width` columns (None: never).

        >>> print(Table((Head("who", "who", "谁"), Head("n", "how many", "数量")), (("甲局", 3), ("乙", None))).text())
        who 谁  how many 数量
        ──────  ─────────────
        甲局                3
        乙
        """
        return "\n".join(self._lines(width))

    def csv(self) -> str:
        r"""Comma-separated values (RFC 4180) under the columns' names, with CRLF at the ends of lines as it asks.

        >>> Table((Head("who"), Head("n")), (("甲,乙", 3),)).csv()
        'who,n\r\n"甲,乙",3\r\n'
        """
        target = io.StringIO(newline="")
        writer = csv.writer(target)
        writer.writerow(head.name for head in self.heads)
        writer.writerows(map(plain, row) for row in self.rows)
        return target.getvalue()

    def tsv(self) -> str:
        r"""Tab-separated values; a tab or line end within a value is a blank.

        >>> Table((Head("who"), Head("n")), (("甲\t乙", 3),)).tsv()
        'who\tn\n甲 乙\t3\n'
        """
        lines = [[head.name for head in self.heads], *(list(map(plain, row)) for row in self.rows)]
        return "".join("\t".join(" ".join(cell.split("\t")) for cell in map(visible, line)) + "\n" for line in lines)

    def json(self) -> str:
        """A list with an object for each row, keyed by the columns' names."""
        return json.dumps(self.records(), ensure_ascii=False, indent=1) + "\n"

    def records(self) -> list[dict[str, Any]]:
        """The rows for programs; a decimal is a number.

        >>> Table((Head("who"), Head("n")), (("甲", Decimal("0.5")),)).records()
        [{'who': '甲', 'n': 0.5}]
        """
        return [dict(zip(self.columns, map(_number, row), strict=True)) for row in self.rows]

    def html(self) -> str:
        """The table as HTML, for notebooks; of a long one the head, with the number of rows."""
        head = "".join(f"<th>{escape(head.shown)}</th>" for head in self.heads)
        shown = self.rows[:_IN_A_NOTEBOOK]
        body = "".join(f"<tr>{''.join(f'<td>{escape(plain(v))}</td>' for v in row)}</tr>" for row in shown)
        more = f"<p>{len(self.rows)} rows · 共{len(self.rows)}行</p>" if len(shown) < len(self.rows) else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"

    def to_pandas(self) -> Any:
        """The table as a pandas.DataFrame, a row as it is here; what no row has is missing.

        A column of whole numbers is of type Int64, one of decimal or other numbers of float64, one of days (not of
        months or years alone) of datetime64, one of truths of boolean; of any other pandas decides.  KgError where
        pandas is not installed: nothing else of kg needs it.
        """
        try:
            pandas = import_module("pandas")
        except ImportError as error:
            raise KgError("pandas is not installed", remedy="install it beside kg: pip install pandas") from error
        cells = {name: [row[i] for row in self.rows] for i, name in enumerate(self.columns)}
        series = {name: pandas.Series(values, dtype=_dtype(values)) for name, values in cells.items()}
        return pandas.DataFrame(series, columns=list(self.columns))

    def to_networkx(self, source: str | None = None, target: str | None = None) -> MultiDiGraph:
        """The rows as edges of a networkx.MultiDiGraph from one column to another, by default the first two.

        The other columns are attributes of the edge; a row that lacks one of the ends is no edge.
        Raises UsageError for a column that is not there.
        """
        ends = source or self.columns[0], target or self.columns[min(1, len(self.columns) - 1)]
        for name in ends:
            if name not in self.columns:
                raise UsageError(f"no column is called “{name}”", remedy=f"there are: {', '.join(self.columns)}")
        import networkx  # takes longer to load than all else

        graph = networkx.MultiDiGraph()
        for row in self:
            values = row.asdict()
            one, other = (values.pop(name, row[name]) for name in ends)
            if one is not None and other is not None:
                graph.add_edge(one, other, **{name: value for name, value in values.items() if value is not None})
        return graph

    def write(self, form: str, width: int | None = None) -> str:
        """The table in a form by its name: table, csv, tsv or json.  UsageError for any other."""
        if form == "table":
            return self.text(width) + "\n"
        if form not in FORMS:
            raise UsageError(f"no format is called “{form}”", remedy=f"there are: {', '.join(FORMS)}")
        return {"csv": self.csv, "tsv": self.tsv, "json": self.json}[form]()

    def _lines(self, width: int | None) -> Iterator[str]:
        right = [bool(self.rows) and all(_is_number(row[i]) for row in self.rows) for i in range(len(self.heads))]
        cells = [[visible(plain(value)) for value in row] for row in self.rows]
        return aligned([head.shown for head in self.heads], cells, right, width)


FORMS = ("table", "csv", "tsv", "json")


def plain(value: Value) -> str:
    """A value as a text.

    >>> plain(Decimal("1.20")), plain(None), plain(True)
    ('1.20', '', 'true')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _dtype(values: Sequence[Value]) -> str | None:
    """The type of a column of pandas; None where pandas is to decide."""
    kinds = {type(value) for value in values if value is not None}
    for fitting, name in (({bool}, "boolean"), ({int}, "Int64"), ({int, float, Decimal}, "float64"),
                          ({date}, "datetime64[s]")):  # fmt: skip
        if kinds and kinds <= fitting:
            return name
    return None


def _number(value: Value) -> Value:
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, Decimal):
        return value
    return int(value) if value == value.to_integral_value() else float(value)


def _is_number(value: Value) -> bool:
    return value is None or (isinstance(value, int | float | Decimal) and not isinstance(value, bool))
