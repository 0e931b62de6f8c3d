"""The ontology in OWL 2: classes, properties, the ways of counting, and what they have in common with others' terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode

from kg.export._concepts import Property, children, owl_range, properties, roots, topmost
from kg.export._nested import Block, Listed, Row, both, curies, several
from kg.graph.term import named
from kg.ontology import Kind, Ontology

# Used to say something about the ontology itself; OWL 2 DL wants every property declared.
_ANNOTATIONS = (
    "dcterms:creator", "dcterms:description", "dcterms:license", "dcterms:title", "skos:altLabel", "skos:definition",
    "skos:prefLabel", "skos:scopeNote", "vann:preferredNamespacePrefix", "vann:preferredNamespaceUri",
)  # fmt: skip
_OF_SCHEME = ("skos:hasTopConcept", "skos:inScheme", "skos:topConceptOf")
_CONCEPT, _SCHEME = "skos:Concept", "skos:ConceptScheme"


def blocks(ontology: Ontology) -> Iterator[Block]:
    """The whole ontology."""
    found = list(properties(ontology))
    yield Block(NamedNode(ontology.meta["iri"]), tuple(_header(ontology)))
    for kind in ontology.kinds.values():
        yield Block(named(f"kg:{kind.name}"), tuple(_class(kind, ontology)))
    yield from _disjoint(ontology)
    for declared in found:
        yield Block(named(declared.curie), tuple(_property(declared, ontology)))
    yield from _scheme(ontology)
    yield from _foreign(ontology, found)


def _header(ontology: Ontology) -> Iterator[Row]:
    meta = ontology.meta
    yield "rdf:type", named("owl:Ontology")
    yield "owl:versionIRI", NamedNode(f"{meta['iri']}/{ontology.version}")
    yield "owl:versionInfo", Literal(ontology.version)
    yield "dcterms:license", NamedNode(meta["licence"])
    yield "dcterms:creator", Literal(meta["creator"])
    yield "vann:preferredNamespacePrefix", Literal(meta["prefix"])
    yield "vann:preferredNamespaceUri", Literal(meta["namespace"])
    yield from both("dcterms:description", **meta["description"])
    for name in ("dcterms:title", "rdfs:label", "skos:prefLabel"):
        yield from both(name, **meta["title"])


def _named(label: tuple[str, str], definition: tuple[str, str], ontology: Ontology) -> Iterator[Row]:
    """What everything of the vocabulary has: its names, its meaning, and where it is defined."""
    yield from both("rdfs:label", *label)
    yield from both("skos:prefLabel", *label)
    yield from both("skos:definition", *definition)
    yield "rdfs:isDefinedBy", NamedNode(ontology.meta["iri"])


def _class(kind: Kind, ontology: Ontology) -> Iterator[Row]:
    yield "rdf:type", named("owl:Class")
    yield from _named((kind.zh, kind.en), (kind.definition_zh, kind.definition_en), ontology)
    for parent in (*(f"kg:{name}" for name in kind.parents), *kind.align):
        yield "rdfs:subClassOf", named(parent)


def _disjoint(ontology: Ontology) -> Iterator[Block]:
    """No two kinds have anything in common: neither two with nothing above them, nor two below one class."""
    groups = {"top": roots(ontology)} | {kind.name: children(ontology, kind.name) for kind in ontology.kinds.values()}
    for name, members in groups.items():
        if len(members) > 1:
            rows = (
                ("rdf:type", named("owl:AllDisjointClasses")),
                ("owl:members", curies(f"kg:{kind.name}" for kind in members)),
            )
            yield Block(BlankNode(f"disjoint-{name}"), rows)


def _property(found: Property, ontology: Ontology) -> Iterator[Row]:
    yield "rdf:type", named(_type(found))
    if found.symmetric:
        yield "rdf:type", named("owl:SymmetricProperty")
    if found.own:
        yield from _named(found.label, found.definition, ontology)
        yield from _ends(found, ontology)
    else:  # Another's term: named and used here, defined elsewhere.
        yield from both("skos:prefLabel", *found.label)
        yield from both("skos:scopeNote", *found.definition)
    if all(found.inverse):
        yield from both("kg:inverseLabel", *found.inverse)
    for above in found.align:
        yield "rdfs:subPropertyOf", named(above)


def _type(found: Property) -> str:
    if found.annotation:
        return "owl:AnnotationProperty"
    return "owl:DatatypeProperty" if found.literal else "owl:ObjectProperty"


def _ends(found: Property, ontology: Ontology) -> Iterator[Row]:
    if found.domain:
        yield "rdfs:domain", several(_classes(found.domain, ontology), "owl:unionOf")
    if found.literal:
        yield "rdfs:range", several(owl_range(found.range), "owl:unionOf", datatype=True)
    elif found.range:
        yield "rdfs:range", several(_classes(found.range, ontology), "owl:unionOf")


def _classes(names: tuple[str, ...], ontology: Ontology) -> list[str]:
    return [f"kg:{name}" for name in topmost(ontology, names)]


# --- The ways of counting


def scheme_iri(ontology: Ontology) -> NamedNode:
    """The concept scheme of the ways of counting."""
    return named(f"kg:{ontology.meta['scheme']['name']}Scheme")


def _scheme(ontology: Ontology) -> Iterator[Block]:
    table = ontology.meta["scheme"]
    kind, scheme = named(f"kg:{table['name']}"), scheme_iri(ontology)
    about = tuple(_described(table, ontology))
    yield Block(kind, (("rdf:type", named("owl:Class")), ("rdfs:subClassOf", named(_CONCEPT)), *about))
    tops = tuple(("skos:hasTopConcept", named(f"kg:{concept['name']}")) for concept in table["concepts"])
    yield Block(scheme, (*_individual(named(_SCHEME)), *about, *tops))
    for concept in table["concepts"]:
        rows = (*_individual(kind, named(_CONCEPT)), *_described(concept, ontology))
        links = (("skos:inScheme", scheme), ("skos:topConceptOf", scheme))
        yield Block(named(f"kg:{concept['name']}"), (*rows, *links))
    members = tuple(named(f"kg:{concept['name']}") for concept in table["concepts"])
    different = (("rdf:type", named("owl:AllDifferent")), ("owl:distinctMembers", Listed(members)))
    yield Block(BlankNode(f"different-{table['name']}"), different)


def _described(table: Mapping[str, Any], ontology: Ontology) -> Iterator[Row]:
    label, definition = table["label"], table["definition"]
    yield from _named((label["zh"], label["en"]), (definition["zh"], definition["en"]), ontology)


def _individual(*kinds: NamedNode) -> Iterator[Row]:
    """An individual by its classes.

    It is not declared an owl:NamedIndividual, which OWL 2 leaves open: pySHACL copies all that can be reached from
    those, in every way there is, and the links of a scheme give millions.
    """
    yield from (("rdf:type", kind) for kind in kinds)


# --- Terms of others


def _foreign(ontology: Ontology, found: Iterable[Property]) -> Iterator[Block]:
    """Declarations of what is taken from elsewhere: nothing is imported."""
    classes = {_CONCEPT, _SCHEME} | {name for kind in ontology.kinds.values() for name in kind.align}
    for name in sorted(classes):
        yield _declared(name, "owl:Class")
    for name in _ANNOTATIONS:
        yield _declared(name, "owl:AnnotationProperty")
    for name in _OF_SCHEME:
        yield _declared(name, "owl:ObjectProperty")
    for below in found:
        yield from (_declared(name, _type(below)) for name in below.align if not name.startswith("kg:"))


def _declared(name: str, kind: str) -> Block:
    return Block(named(name), (("rdf:type", named(kind)),))
