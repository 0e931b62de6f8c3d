"""Which rules are worth trying: on a passage by the words that it holds, on a skeleton also by the kinds in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.extract import skeleton
from kg.ontology import Ontology, Relation, Rule
from kg.text.gate import Clause, Gate, clauses, worth_looking_for

EVERYTHING = -1
"""What is held by a text that was not scanned: every rule is tried."""


@dataclass(frozen=True, slots=True, eq=False)
class Prospects:
    """The rules of an ontology with what each of them needs; `needs` are bits of `gate`, by the rule's id."""

    gate: Gate
    needs: Mapping[str, int]


@dataclass(frozen=True, slots=True, eq=False)
class Saying:
    """A rule of a relation or a status that a skeleton may fit: `need` are bits of the gate."""

    rule: Rule
    relation: Relation | None
    need: int
    kinds: tuple[frozenset[str], ...]

    def fits(self, kinds: frozenset[str]) -> bool:
        """Whether a skeleton with these kinds has one of each set that the pattern asks for."""
        return not any(each.isdisjoint(kinds) for each in self.kinds)


@lru_cache(maxsize=4)
def prospects(ontology: Ontology) -> Prospects:
    """All pattern rules of an ontology with their needs."""
    sources = dict(_sources(ontology))
    gate = Gate([worth_looking_for(source) for source in sources.values()])
    return Prospects(gate, dict(zip(sources, gate.needs, strict=True)))


def _sources(ontology: Ontology) -> Iterator[tuple[str, str]]:
    kinds = tuple(ontology.kinds)
    for kind in ontology.entity_kinds():
        yield from ((rule.id, rule.options["pattern"]) for rule in kind.rules if rule.by == "pattern")
    for rule in (*(rule for each in ontology.relations.values() for rule in each.rules), *ontology.status):
        if rule.by == "pattern":
            yield rule.id, skeleton.pattern(rule.options["pattern"], kinds).pattern


@lru_cache(maxsize=8192)
def relations_for(ontology: Ontology, kinds: frozenset[str]) -> tuple[Saying, ...]:
    """The rules of relations, in order, that a skeleton with these kinds may fit."""
    return tuple(saying for saying in _relations(ontology) if saying.fits(kinds))


@lru_cache(maxsize=8192)
def statuses_for(ontology: Ontology, kinds: frozenset[str], section: str) -> tuple[Saying, ...]:
    """The rules of statuses, in order, that a skeleton with these kinds in a section may fit."""
    return tuple(
        saying
        for saying in _statuses(ontology)
        if section in saying.rule.options.get("sections", ("report", "plan")) and saying.fits(kinds)
    )


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


def _saying(rule: Rule, relation: Relation | None, ontology: Ontology) -> Saying:
    if relation is not None and rule.by == "title":
        return Saying(rule, relation, 0, (frozenset(relation.domain),))
    kinds = tuple(ontology.kinds)
    source = skeleton.pattern(rule.options["pattern"], kinds).pattern
    asked = tuple(_kinds(clause, kinds) for clause in clauses(source) if _is_of_kinds(clause, kinds))
    return Saying(rule, relation, prospects(ontology).needs[rule.id], asked)


def _is_of_kinds(clause: Clause, kinds: tuple[str, ...]) -> bool:
    signs = {skeleton.sign(kind, kinds) for kind in kinds}
    return clause <= signs


def _kinds(clause: Clause, kinds: tuple[str, ...]) -> frozenset[str]:
    return frozenset(kinds[ord(one) - skeleton.FIRST] for one in clause)
