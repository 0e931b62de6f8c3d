"""What was joined: names that were taken for things that go by other names, as the report of the build tells."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pyoxigraph import NamedNode

from kg.errors import StoreError
from kg.evidence import Thing, sentence
from kg.joins import REASONS
from kg.model import Span
from kg.names.places import Named
from kg.names.values import JOINED, Told
from kg.query.dataset import Dataset
from kg.store import build_of
from kg.vocabulary import passage_iri

REPORT = "report.json"
SETTING = "setting"
# Why, in English and Chinese; the reasons are those of kg.joins, and one that only several letters together give.
WORDS: Mapping[str, tuple[str, str]] = MappingProxyType({
    "same": ("a decision joined them", "依记录的决定合并"),
    "different": ("a decision set it apart", "依记录的决定分开"),
    "defined": ("the letter defines the short name", "文中定义的简称"),
    "registry": ("a form of the name in the registry", "名录中的简称或别称"),
    "renamed": ("a former name, by the registry", "机关更名"),
    "sharing": ("shares what follows with names beside it", "与并列名称共用后半"),
    "title": ("ends like the one title named before it", "前文唯一标题的后半"),
    "number": ("cited by its number alone", "仅以文号引用"),
    "beside": ("shares a form with a third name in the letter", "函中另有名称与二者相同"),
    "name": ("the same name, with other words around it", "核心名称相同"),
    "place": ("the same but for the place or level before it", "仅少地名或层级"),
    "years": ("the same but for years or a note behind it", "仅少年份或“试行”等注"),
    "slip": ("the same but for a word that letters leave out", "仅少惯常省略的字"),
    "notice": ("the notice that issues it", "即印发该文件的通知"),
    "township": ("the same township", "同一乡镇街道"),
    SETTING: ("the same name in the same place or body, in several letters", "各函中名称与所属均相同"),
})  # fmt: skip
_ORDER = ("same", "different", "renamed", "defined", "title", "number", "notice", "slip", "years", "place", "beside",
          "township", "name", "sharing", SETTING, "registry")  # fmt: skip
Join = tuple[str, str, str, str]
"""IRI from the base on, name, reason, other name."""


def read_report(out: Path, dataset: Dataset) -> list[Mapping[str, Any]]:
    """What the report of a build says of each letter.  Raises StoreError for a report of another build, or none."""
    path = out / REPORT
    try:
        report = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise StoreError("the report cannot be read", place=str(path), remedy="run kg build again") from error
    letters = report.get("letters", [])
    if report.get("build") != build_of(dataset.store).hash or any("joined" not in letter for letter in letters):
        raise StoreError("of another build than the store", place=str(path), remedy="run kg build again")
    return list(letters)


def joined(
    letters: list[Mapping[str, Any]], things: Mapping[str, Named], dataset: Dataset, limit: int | None
) -> tuple[list[Told], int]:
    """What was joined, the reasons that leave the least certain first, and how many there are in all."""
    found = _from_report(letters, dataset)
    rows = [(join, *found[join]) for join in found if join[0] in things]
    rows += [((one.iri, one.name, SETTING, one.setting), one.first or "", len(one.letters)) for one in _several(things)]
    rows.sort(key=lambda row: (_ORDER.index(row[0][2]), things[row[0][0]].kind, -row[2], row[0]))
    return [_told(row, things[row[0][0]], dataset) for row in rows[:limit]], len(rows)


def _from_report(letters: list[Mapping[str, Any]], dataset: Dataset) -> dict[Join, tuple[str, int]]:
    """Each join, with the IRI of the first passage that has the name and the number of letters."""
    found: dict[Join, tuple[str, int]] = {}
    for letter in letters:
        for one in letter["joined"]:
            join = (dataset.short(one["iri"]), one["name"], one["reason"], one["other"])
            passage = passage_iri(letter["iri"], Span(one["start"], one["end"]))
            first, count = found.get(join, (passage, 0))
            found[join] = (min(first, passage), count + 1)
    return found


def _several(things: Mapping[str, Named]) -> Iterator[Named]:
    """What letters of one place or body name alike: joined by the name and its setting."""
    return (one for one in things.values() if len(one.letters) > 1 and one.setting and one.kind != "Place")


def _told(row: tuple[Join, str, int], one: Named, dataset: Dataset) -> Told:
    (_, name, reason, other), passage, letters = row
    assert reason in (*REASONS, SETTING)
    return Told(
        JOINED,
        one.kind,
        name,
        other,
        *WORDS[reason],
        thing=Thing(one.kind, one.name, one.iri),
        sentence=sentence(dataset, NamedNode(passage)) if passage else None,
        letters=letters,
    )
