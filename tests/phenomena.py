"""Lists of sentences with all that must be found in them: how much of it is found, and how much is found besides.

The lists stand in `cases/phenomena` (for practice) and `cases/held_out` (looked at only for scoring); the head of each
file tells its keys.  Names are compared as the gold scorer does, without quotation marks and brackets.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kg import resolve
from kg.letter import read_letter
from kg.model import Document, Letter, Literal, Part, Reading, Ref
from tests.sentences import ONTOLOGY, REGISTRY, letter_of

CASES = Path(__file__).parent / "cases"
_MARKS = str.maketrans("", "", "“”\"'‘’《》〈〉（）()〔〕[]·•-—–、")
_OPENING = re.compile(r"(?:委员|代表|同志|贵单位)(?:：|！)|收悉")
_GROUPS = {"Group", "Industry", "Place"}


@dataclass(frozen=True, slots=True)
class Count:
    """Of one sort: how many are right, found and wanted, and what is missed and wrong."""

    right: int = 0
    found: int = 0
    wanted: int = 0
    missed: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()

    def plus(self, other: Count) -> Count:
        """Both together."""
        return Count(
            self.right + other.right,
            self.found + other.found,
            self.wanted + other.wanted,
            (*self.missed, *other.missed),
            (*self.wrong, *other.wrong),
        )

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1 where nothing is wanted and nothing found."""
        return 2 * self.right / (self.found + self.wanted) if self.found + self.wanted else 1.0


def cases(path: Path) -> list[dict[str, Any]]:
    """The sentences of one list."""
    return list(tomllib.loads(path.read_text(encoding="utf-8"))["case"])


def score(path: Path) -> dict[str, Count]:
    """Core entities, side entities, relations and statuses of one list."""
    total = {"core": Count(), "side": Count(), "relations": Count(), "status": Count()}
    for case in cases(path):
        for sort, count in judged(case).items():
            total[sort] = total[sort].plus(count)
    return total


def reading(case: Mapping[str, Any]) -> Reading:
    """All that is found in one sentence."""
    text, issuer, year = case["text"], case.get("issuer", ""), int(case.get("year", 2024))
    if _OPENING.search(text):
        source = f"{issuer}\n\n关于有关提案的答复\n\n{text}\n\n{issuer}\n{year}年6月30日\n"
        letter = read_letter(Document("case.txt", "0" * 64, source), REGISTRY)
    else:
        letter = _dated(letter_of(text, case.get("section", "report"), issuer), year)
    return resolve.read(letter, ONTOLOGY, REGISTRY)


def _dated(letter: Letter, year: int) -> Letter:
    return replace(letter, parts=(*letter.parts, Part("date", 0, 0, 0, f"{year}-06-30")))


def judged(case: Mapping[str, Any]) -> dict[str, Count]:
    """What is right, missed and wrong in one sentence."""
    read = reading(case)
    issuer = _bare(case.get("issuer", ""))
    names = {entity.ref: {_bare(n) for n in (entity.name, *entity.names)} for entity in read.entities}
    for mention, ref in read.mentions:
        names.setdefault(ref, set()).add(_bare(mention.surface))
    issuer = issuer or "-"
    body = {r for m, r in read.mentions if r.kind != "Letter" and issuer != _bare(m.surface)}
    same = {_bare(a): _bare(b) for a, b in case.get("same", ())}
    return {
        "core": _entities(case, names, {r for r in body if r.kind not in _GROUPS}, False),
        "side": _entities(case, names, {r for r in body if r.kind in _GROUPS}, True),
        "relations": _relations(case, read, names, same, issuer),
        "status": _statuses(case, read, names),
    }


def _entities(case: Mapping[str, Any], names: Mapping[Ref, set[str]], found: set[Ref], side: bool) -> Count:
    wanted = [tuple(one.split(" ", 1)) for one in case.get("entities", ())]
    wanted = [(kind, _bare(name)) for kind, name in wanted if (kind in _GROUPS) == side]
    spare = [_bare(one.split(" ", 1)[-1]) for one in case.get("optional", ())]
    hit: set[Ref] = set()
    missed = []
    for kind, name in wanted:
        fits = [ref for ref in found if ref.kind == kind and name in names[ref]]
        hit.update(fits)
        if not fits:
            missed.append(f"{kind} {name}")
    left = [ref for ref in sorted(found - hit) if not names[ref] & set(spare) and not _self(names[ref])]
    wrong = tuple(f"{ref.kind} {ref.key}" for ref in left)
    return Count(len(wanted) - len(missed), len(wanted) - len(missed) + len(left), len(wanted), tuple(missed), wrong)


def _self(names: set[str]) -> bool:
    return any(name[:1] in "我本" and len(name) == 2 for name in names)


def _relations(
    case: Mapping[str, Any], read: Reading, names: Mapping[Ref, set[str]], same: Mapping[str, str], issuer: str
) -> Count:
    scored = {r.name for r in ONTOLOGY.relations.values() if r.scored}
    facts = {(f.subject, f.relation, f.object) for f in read.facts if f.relation in scored and f.subject != read.ref}
    wanted = [tuple(one) for one in case.get("relations", ())]
    spare = [tuple(one) for one in case.get("optional_relations", ())]
    hit, missed = set(), []
    for subject, relation, value in wanted:
        fits = [f for f in facts if f[1] == relation and _says(f, subject, value, names)]
        hit.update(fits)
        if not fits:
            missed.append(f"{subject} {relation} {value}")
    left = []
    for fact in sorted(facts - hit, key=repr):
        spared = any(r == fact[1] and _is(fact[0], s, names) and _is(fact[2], o, names) for s, r, o in spare)
        own = isinstance(fact[2], Ref) and issuer in names.get(fact[2], set())
        if not spared and not own:
            left.append(fact)
    wrong = tuple(f"{f[0].key} {f[1]} {f[2].value if isinstance(f[2], Literal) else f[2].key}" for f in left)
    return Count(len(wanted) - len(missed), len(wanted) - len(missed) + len(left), len(wanted), tuple(missed), wrong)


def _says(fact: tuple[Ref, str, Ref | Literal], subject: str, value: str, names: Mapping[Ref, set[str]]) -> bool:
    """Whether a fact has these ends; one that holds both ways, either way round."""
    there = _is(fact[0], subject, names) and _is(fact[2], value, names)
    back = ONTOLOGY.relations[fact[1]].symmetric and _is(fact[2], subject, names) and _is(fact[0], value, names)
    return there or back


def _is(end: Ref | Literal, name: str, names: Mapping[Ref, set[str]]) -> bool:
    if isinstance(end, Literal):
        return _bare(end.value) == _bare(name)
    return _bare(name) in names.get(end, set())


def _statuses(case: Mapping[str, Any], read: Reading, names: Mapping[Ref, set[str]]) -> Count:
    found = {(s.entity, s.status) for s in read.statuses}
    wanted = [tuple(one) for one in case.get("status", ())]
    spare = list(case.get("optional_status", ()))
    hit, missed = set(), []
    for name, status in wanted:
        fits = [f for f in found if f[1] == status and _is(f[0], name, names)]
        hit.update(fits)
        if not fits:
            missed.append(f"{name} {status}")
    left = [f for f in sorted(found - hit) if not any(_is(f[0], name, names) for name in spare)]
    wrong = tuple(f"{f[0].key} {f[1]}" for f in left)
    return Count(len(wanted) - len(missed), len(wanted) - len(missed) + len(left), len(wanted), tuple(missed), wrong)


def _bare(name: str) -> str:
    return name.translate(_MARKS).replace(" ", "")


def lines(path: Path) -> Iterator[str]:
    """What is missed and wrong, sentence by sentence: for those who write rules."""
    for case in cases(path):
        told = [
            f"    {sign} {sort}: {what}"
            for sort, count in judged(case).items()
            for sign, every in (("-", count.missed), ("+", count.wrong))
            for what in every
        ]
        if told:
            yield from (case["text"], *told)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print("\n".join(lines(CASES / "phenomena" / f"{name}.toml")))
        for kind, total in score(CASES / "phenomena" / f"{name}.toml").items():
            print(f"{kind:10} F1 {total.f1:.3f}  right {total.right} found {total.found} wanted {total.wanted}")
