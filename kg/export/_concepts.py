"""The properties of the ontology in one form, whichever file they come from, and which kinds a list of names means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.errors import OntologyError
from kg.ontology import Kind, Ontology, Relation

# Datatypes that OWL 2 has not (its structural specification, section 4): reasoners refuse them.
_NOT_IN_OWL = frozenset({"xsd:date", "xsd:gYearMonth", "xsd:gYear", "rdf:langString"})
_DATATYPES = ("xsd:", "rdf:")


@dataclass(frozen=True, slots=True)
class Property:
    """A property: its name, what it means, and what it may stand between; no domain or range means any."""

    name: str
    curie: str
    label: tuple[str, str]
    definition: tuple[str, str]
    inverse: tuple[str, str]
    domain: tuple[str, ...]
    range: tuple[str, ...]
    symmetric: bool
    align: tuple[str, ...]
    annotation: bool = False

    @property
    def own(self) -> bool:
        """Whether it belongs to this vocabulary, which alone may say what it stands between everywhere."""
        return self.curie.startswith("kg:")

    @property
    def literal(self) -> bool:
        """Whether its values are literals."""
        return bool(self.range) and self.range[0].startswith(_DATATYPES)


def properties(ontology: Ontology) -> Iterator[Property]:
    """All properties: the relations, then those of properties.toml.  OntologyError for one that is not whole."""
    yield from (_relation(relation) for relation in ontology.relations.values())
    known = {*ontology.kinds, ontology.meta["scheme"]["name"]}
    for table in ontology.properties:
        yield _property(table, known)


def _relation(relation: Relation) -> Property:
    return Property(
        name=relation.name,
        curie=relation.iri,
        label=(relation.zh, relation.en),
        definition=(relation.definition_zh, relation.definition_en),
        inverse=(relation.inverse_zh, relation.inverse_en),
        domain=relation.domain,
        range=relation.range,
        symmetric=relation.symmetric,
        align=relation.align,
    )


def _property(table: Mapping[str, Any], known: set[str]) -> Property:
    place = f"properties.toml, {table.get('name', 'a property without name')}"
    try:
        found = Property(
            name=table["name"],
            curie=table["iri"],
            label=(table["label"]["zh"], table["label"]["en"]),
            definition=(table["definition"]["zh"], table["definition"]["en"]),
            inverse=("", ""),
            domain=tuple(table["domain"]),
            range=tuple(table["range"]),
            symmetric=False,
            align=tuple(table.get("align", ())),
            annotation=bool(table.get("annotation", False)),
        )
    except KeyError as error:
        raise OntologyError(f"{error} is missing", place=place) from error
    for name in (*found.domain, *(() if found.literal else found.range)):
        if name not in known:
            raise OntologyError(f"unknown kind {name!r}", place=place)
    return found


def instances(ontology: Ontology) -> tuple[Kind, ...]:
    """The kinds that entities may have: the concrete ones, and Document, which a report has alone."""
    return (*ontology.entity_kinds(), *(kind for kind in ontology.kinds.values() if _alone(kind)))


def _alone(kind: Kind) -> bool:
    return kind.abstract and kind.key == "number"


def children(ontology: Ontology, parent: str) -> tuple[Kind, ...]:
    """The kinds directly below a class."""
    return tuple(kind for kind in ontology.kinds.values() if parent in kind.parents)


def roots(ontology: Ontology) -> tuple[Kind, ...]:
    """The kinds that have nothing of this vocabulary above them."""
    return tuple(kind for kind in ontology.kinds.values() if not kind.parents)


def topmost(ontology: Ontology, names: Sequence[str]) -> list[str]:
    """The names without those that lie below another one of them: Letter, Policy, Document -> Document."""
    above = {name: set(ontology.above(name)) if name in ontology.kinds else set() for name in names}
    return [name for name in names if above[name].isdisjoint(names)]


def left_out(ontology: Ontology, name: str, names: Iterable[str]) -> list[str]:
    """The kinds below a class that a list does not mean: those that it leaves out while it names others of them.

    A list that says Letter, Policy, Document means these and a plain document, and no proposal.
    """
    below = [kind.name for kind in children(ontology, name)]
    wanted = set(names)
    return [] if wanted.isdisjoint(below) else [kind for kind in below if kind not in wanted]


def owl_range(names: Sequence[str]) -> list[str]:
    """A range of datatypes as OWL 2 can say it."""
    return ["rdfs:Literal"] if _NOT_IN_OWL.intersection(names) else list(names)
