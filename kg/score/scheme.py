"""What is scored, and in which group: the kinds and relations of the ontology, grouped as in the guidelines.

A kind or relation that is added to the ontology is scored with the others: a kind as a core one, a relation if its
file says `scored = true`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from kg.model import StatusName
from kg.ontology import Ontology
from kg.score.tally import Cell
from kg.vocabulary import MEASURE

# Guidelines, section 1.2: the kinds that are scored apart from the core.
SIDE = ("Group", "Industry", "Place")
# The relations that the form of a letter gives, where a letter or what it answers is the subject.
LETTERHEAD = (
    "issuedBy",
    "addressedTo",
    "repliesTo",
    "raisedBy",
    "copiedTo",
    "contact",
    "documentNumber",
    "issued",
    "session",
)
OF_THE_FORM = ("Letter", "Proposal")
STATUSES: tuple[str, ...] = get_args(StatusName)
# Guidelines, section 4: the kinds whose statuses are annotated; those of others (projects) are not compared.
STATED = ("Programme", "Policy", "Platform", "Event")
ATTRIBUTES = ("comparator", "period")

# The parts of the table below the groups, by the plural that names them in files.
SECTIONS = {"kinds": "kind", "relations": "relation", "measures": "measure", "statuses": "status"}


@dataclass(frozen=True, slots=True)
class Scheme:
    """The names that may stand in a gold file: kinds, relations (and which of them are special), kinds of measures."""

    kinds: tuple[str, ...]
    relations: tuple[str, ...]
    literal: frozenset[str]
    symmetric: frozenset[str]
    measures: tuple[str, ...]

    def groups(self) -> Mapping[str, tuple[Cell, ...]]:
        """The groups in the order of the table, each with the cells that it sums up."""
        return {
            "core": tuple(("kind", kind) for kind in self.kinds if kind not in SIDE),
            "side": tuple(("kind", kind) for kind in self.kinds if kind in SIDE),
            "relations": tuple(("relation", name) for name in self.relations),
            "letterhead": tuple(("letterhead", name) for name in LETTERHEAD),
            "measures": tuple(("measure", kind) for kind in self.measures),
            **{name: (("attribute", name),) for name in ATTRIBUTES},
            "status": tuple(("status", name) for name in STATUSES),
        }

    def cells(self, section: str) -> tuple[Cell, ...]:
        """The cells of one section, in alphabetical order but for statuses."""
        names = {"kind": self.kinds, "relation": self.relations, "measure": self.measures, "status": STATUSES}[section]
        return tuple((section, name) for name in names)


def scheme(ontology: Ontology) -> Scheme:
    """What of an ontology is scored."""
    scored = [relation for relation in ontology.relations.values() if relation.scored]
    return Scheme(
        kinds=tuple(sorted(kind.name for kind in ontology.entity_kinds())),
        relations=tuple(sorted(relation.name for relation in scored)),
        literal=frozenset(relation.name for relation in scored if relation.literal),
        symmetric=frozenset(relation.name for relation in scored if relation.symmetric),
        measures=tuple(sorted(name for name in ontology.kinds if MEASURE in ontology.above(name))),
    )
