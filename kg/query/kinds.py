"""Kinds of things as people write them."""

from __future__ import annotations

from collections.abc import Collection

from kg.errors import UsageError
from kg.ontology import Ontology
from kg.query.near import nearest


def kinds_named(ontology: Ontology, name: str) -> frozenset[str]:
    """The kinds of entities that a class of the ontology covers, given its name or its Chinese or English label.

    Raises UsageError, with what is near, where no class is called so.
    """
    known = {kind.name: ontology.covered(kind.name) for kind in ontology.kinds.values()}
    called = {
        word.casefold(): kind.name
        for kind in ontology.kinds.values()
        for word in (kind.en, kind.zh, kind.name)
        if known[kind.name]
    }
    if name.casefold() not in called:
        shown = [kind.name for kind in ontology.entity_kinds()]
        raise UsageError(f"there is no kind “{name}”", remedy=nearest(name, shown))
    return known[called[name.casefold()]]


def kind_in(name: str, known: Collection[str], where: str = " in the graph") -> str:
    """The one of `known` kinds of a graph that is meant by its name, capitals aside, or its label in either language.

    Raises UsageError, with what is near, where none is called so; `where` is for its message.
    """
    if name in known:
        return name
    from kg import ontology

    kinds = ontology.load().kinds
    labels = {one: (kinds[one].en, kinds[one].zh) if one in kinds else () for one in known}
    for one in sorted(known):
        if name.casefold() in {word.casefold() for word in (one, *labels[one])}:
            return one
    raise UsageError(f"no kind{where} is called “{name}”", remedy=nearest(name, known))
