"""National and generic names: bodies of the state, groups, industries, platforms, programmes, policies, regions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import OntologyError
from kg.registry.matcher import Matcher
from kg.registry.table import Row, cells, rows
from kg.registry.values import Alias, Hit, Known

COLUMNS = ("name", "kind", "names", "number", "valid_from", "valid_until", "succeeded_by", "source")
GENERAL_COLUMNS = ("kind", "name", "names", "source")
LIST_COLUMNS = ("name", "names", "source")
KINDS = frozenset("Agency Organisation Platform Programme Policy Event Project Group Industry Place".split())
_QUOTES = ("“”", '""', "‘’", "「」")
_NOT_AFTER = {
    "部": "门署队位分长",
    "银行": "业",
    "办": "理事法学案结好复",
    "委": "员",
    "高企": "业稳",
    "企业家": "电属庭具底数纺居精",
}
_NEVER_AFTER = frozenset("".join(_NOT_AFTER.values()))


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one family, of which only the leftmost-longest is taken: `by_word` tells what a word means."""

    by_word: Mapping[str, Known]
    matcher: Matcher

    def find(self, text: str) -> Iterator[Hit]:
        """The names that stand in a text."""
        for word, start, stop in self.matcher.find(text):
            known = self.by_word[word]
            if ends(word, text[stop : stop + 1]) or text.startswith("分别", stop):
                yield Hit(start, stop, known.kind, known.name, known.names, known.name)


def ends(word: str, following: str) -> bool:
    """Whether a name really ends before the character that follows.

    >>> ends("教育部", "门"), ends("教育部", "的")
    (False, True)
    """
    if following not in _NEVER_AFTER:
        return True
    return not any(word.endswith(last) and following in no for last, no in _NOT_AFTER.items())


def spellings(name: str) -> tuple[str, ...]:
    """A name with its quotation marks as printed: curved, straight, single, none.

    >>> spellings("专精特新“小巨人”企业")[-1]
    '专精特新小巨人企业'
    """
    if "“" not in name:
        return (name,)
    marked = (name.replace("“", marks[0]).replace("”", marks[1]) for marks in _QUOTES)
    return (*marked, name.replace("“", "").replace("”", ""))


def family(known: Iterable[Known], blockers: Mapping[str, str]) -> Names:
    """Names that are looked for together; a name comes before another row's alias of the same spelling."""
    table = tuple(known)
    by_word: dict[str, Known] = {}
    for row in table:
        by_word.update(dict.fromkeys(spellings(row.name), row))
    for row in table:
        for name in row.names:
            for word in spellings(name):
                by_word.setdefault(word, row)
    return Names(by_word, Matcher(by_word, blockers))


def national(path: Path) -> tuple[Known, ...]:
    """The rows of `national.csv`; successors must be rows too."""
    found = tuple(_national(row) for row in rows(path, COLUMNS, ("name",)))
    _check(path, found)
    known = {row.name for row in found}
    for row in found:
        missing = [name for name in row.succeeded_by if name not in known]
        if missing:
            raise OntologyError(f"{row.name}: unknown successors {missing}", place=str(path))
    return found


def _national(row: Row) -> Known:
    """The body of a row."""
    return Known(
        row["name"], row["kind"], _with_name(row), cells(row["number"]), row["valid_from"], row["valid_until"],
        cells(row["succeeded_by"]), row["source"],
    )  # fmt: skip


def general(path: Path) -> tuple[Known, ...]:
    """The rows of `general.csv`, of any kind."""
    table = rows(path, GENERAL_COLUMNS, ("kind", "name"))
    found = tuple(_plain(row, row["kind"]) for row in table)
    _check(path, found)
    return found


def listed(path: Path, kind: str) -> tuple[Known, ...]:
    """The rows of a table of one kind: `groups.csv`, `industries.csv`."""
    return tuple(_plain(row, kind) for row in rows(path, LIST_COLUMNS, ("name",)))


def _plain(row: Row, kind: str) -> Known:
    """A row without dates."""
    return Known(row["name"], kind, _with_name(row), (), "", "", (), row["source"])


def _with_name(row: Row) -> tuple[str, ...]:
    """The name and the other names."""
    return tuple(dict.fromkeys((row["name"], *cells(row["names"]))))


def _check(path: Path, found: Iterable[Known]) -> None:
    """Kinds are those of entities."""
    for row in found:
        if row.kind not in KINDS:
            raise OntologyError(f"{row.name}: unknown kind {row.kind}", place=str(path))


def renamed(known: Iterable[Known], aliases: Iterable[Alias]) -> tuple[Known, ...]:
    """National bodies with their former names among their names."""
    former: dict[str, list[str]] = {}
    for alias in aliases:
        former.setdefault(alias.name, []).append(alias.former)
    return tuple(
        Known(
            row.name, row.kind, (*row.names, *former.get(row.name, ())), row.number, row.valid_from, row.valid_until,
            row.succeeded_by, row.source,
        )
        for row in known
    )  # fmt: skip
