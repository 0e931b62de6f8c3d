"""Which rules are worth trying: on a passage by the words that it holds, on a skeleton also by the kinds in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.extract import skeleton
from kg.extract.skeleton import Skeleton
from kg.ontology import Ontology, Relation, Rule
from kg.text.gate import Choice, Clause, Gate, clauses, worth_looking_for

EVERYTHING = -1
"""What is held by a text that was not scanned: every rule is tried."""


@dataclass(frozen=True, slots=True, eq=False)
class Prospects:
    """The rules of an ontology with what each of them needs; `needs` are bits of `gate`, by the rule's id."""

    gate: Gate
    needs: Mapping[str, int]


@dataclass(frozen=True, slots=True, eq=False)
class Saying:
    """A rule of a relation, a status or a promise that a skeleton may fit.

    `need` are bits of the gate; `section` is where alone it holds, "" for everywhere.
    """

    rule: Rule
    relation: Relation | None
    need: int
    kinds: tuple[frozenset[str], ...]
    pattern: re.Pattern[str]
    section: str = ""

    def fits(self, kinds: frozenset[str]) -> bool:
        """Whether a skeleton with these kinds has one of each set that the pattern asks for."""
        return not any(each.isdisjoint(kinds) for each in self.kinds)


@lru_cache(maxsize=4)
def prospects(ontology: Ontology) -> Prospects:
    """All pattern rules of an ontology with their needs."""
    asked = dict(_asked(ontology))
    gate = Gate(tuple(asked.values()))
    return Prospects(gate, dict(zip(asked, gate.needs, strict=True)))


def _asked(ontology: Ontology) -> Iterator[tuple[str, tuple[Clause, ...]]]:
    """What a text must hold for each rule to be tried, by the rule's id."""
    kinds = tuple(ontology.kinds)
    for kind in ontology.entity_kinds():
        yield from ((rule.id, _clauses(rule)) for rule in kind.rules if rule.by in ("pattern", "people"))
    for rule in (*(rule for each in ontology.relations.values() for rule in each.rules), *ontology.status):
        if rule.by == "pattern":
            yield rule.id, worth_looking_for(skeleton.pattern(rule.options["pattern"], kinds).pattern)
        elif rule.by == "tiers":
            yield rule.id, worth_looking_for(rule.options["pattern"])
    for rule in ontology.promises:
        yield rule.id, worth_looking_for(skeleton.pattern(rule.options["pattern"], kinds).pattern)


def _clauses(rule: Rule) -> tuple[Clause, ...]:
    """The clauses of a rule for names, and the words that it lists under `needs`, if those say more."""
    found = worth_looking_for(rule.options["pattern" if rule.by == "pattern" else leading(rule)])
    given = frozenset(rule.options.get("needs", ()))
    said = not given or any(all(any(word in one for word in given) for one in clause) for clause in found)
    return found if said else (*found, given)


def leading(rule: Rule) -> str:
    """Which pattern of a rule for people is looked for first: that before their names, or that behind them."""
    return "before" if "before" in rule.options else "after"


def scanned(frames: Sequence[Skeleton], ontology: Ontology) -> Iterator[Skeleton]:
    """Skeletons whose text is no passage of the letter (a subject was put before it), with what they hold."""
    gate = prospects(ontology).gate
    for frame, held in zip(frames, gate.scan([frame.text for frame in frames]), strict=True):
        yield Skeleton(frame.passage, frame.text, frame.mentions, frame.kinds, held)


@lru_cache(maxsize=8192)
def relations_for(ontology: Ontology, kinds: frozenset[str], where: str = "", section: str = "") -> Choice[Saying]:
    """The rules of relations that a skeleton with these kinds in a section may fit.

    With `where` only those that hold there: in the form, or in clauses that go on with what was said before them.
    """
    fits = (each for each in _relations(ontology) if each.fits(kinds) and _holds(each.rule, where))
    return Choice((saying.need, saying) for saying in fits if saying.section in ("", section))


def _holds(rule: Rule, where: str) -> bool:
    options = rule.options
    if where == "form":
        return bool(options.get("section") == "form" or options.get("anywhere"))
    return not where or bool(options.get(where))


@lru_cache(maxsize=8192)
def statuses_for(ontology: Ontology, kinds: frozenset[str], section: str) -> Choice[Saying]:
    """The rules of statuses that a skeleton with these kinds in a section may fit."""
    return Choice(
        (saying.need, saying)
        for saying in _statuses(ontology)
        if section in saying.rule.options.get("sections", ("report", "plan")) and saying.fits(kinds)
    )


@lru_cache(maxsize=8192)
def promises_for(ontology: Ontology, kinds: frozenset[str], by: str) -> Choice[Saying]:
    """The rules about promises of one sort that a clause of a skeleton with these kinds may fit."""
    fits = (each for each in _promises(ontology) if each.rule.by == by and each.fits(kinds))
    return Choice((saying.need, saying) for saying in fits)


@lru_cache(maxsize=4)
def _relations(ontology: Ontology) -> tuple[Saying, ...]:
    return tuple(
        _saying(rule, relation, ontology)
        for relation in ontology.relations.values()
        for rule in relation.rules
        if rule.by in ("pattern", "title")
    )


@lru_cache(maxsize=4)
def _statuses(ontology: Ontology) -> tuple[Saying, ...]:
    return tuple(_saying(rule, None, ontology) for rule in ontology.status)


@lru_cache(maxsize=4)
def _promises(ontology: Ontology) -> tuple[Saying, ...]:
    return tuple(_saying(rule, None, ontology) for rule in ontology.promises)


def _saying(rule: Rule, relation: Relation | None, ontology: Ontology) -> Saying:
    kinds, section = tuple(ontology.kinds), rule.options.get("section", "")
    pattern = skeleton.pattern(rule.options["pattern"], kinds)
    if relation is not None and rule.by == "title":
        return Saying(rule, relation, 0, (frozenset(relation.domain),), pattern, section)
    asked = tuple(_kinds(clause, kinds) for clause in clauses(pattern.pattern) if _is_of_kinds(clause, kinds))
    return Saying(rule, relation, prospects(ontology).needs[rule.id], asked, pattern, section)


def _is_of_kinds(clause: Clause, kinds: tuple[str, ...]) -> bool:
    signs = {skeleton.sign(kind, kinds) for kind in kinds}
    return clause <= signs


def _kinds(clause: Clause, kinds: tuple[str, ...]) -> frozenset[str]:
    return frozenset(kinds[ord(one) - skeleton.FIRST] for one in clause)
