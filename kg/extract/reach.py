"""How far to the left the names of a head noun reach: what its rule says of that, read from its options once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kg.ontology import Ontology

LONGEST = 24
_JOINING = ("Platform", "Organisation")


@dataclass(frozen=True, slots=True)
class Reach:
    """The options of a rule; `joins` tells that the name of an institute of a body may hold a joint."""

    longest: int
    through: tuple[str, ...]
    opens: tuple[str, ...]
    joins: bool
    placeless: bool
    needs_verb: bool


@lru_cache(maxsize=4)
def reaches(ontology: Ontology) -> dict[str, Reach]:
    """How far the names of each rule reach, by the rule's id."""
    return {rule.id: _reach(kind.name, rule.options) for kind in ontology.entity_kinds() for rule in kind.rules}


def _reach(kind: str, options: Mapping[str, Any]) -> Reach:
    through, opens = tuple(options.get("through", ())), tuple(options.get("opens", ()))
    placeless, needs_verb = bool(options.get("placeless")), bool(options.get("needs_verb"))
    return Reach(int(options.get("longest", LONGEST)), through, opens, kind in _JOINING, placeless, needs_verb)
