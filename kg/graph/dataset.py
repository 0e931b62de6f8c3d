"""The description of the dataset in DCAT and VoID: licence, sources with checksums, counts, versions.  No clock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.term import World, chinese, integer, kg, named, plain
from kg.vocabulary import KG, compact, dataset_iri, partition_iri, segment

_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_TITLE_ZH, _TITLE_EN = "政策答复知识图谱", "Knowledge graph of government reply letters"
_RIGHTS_ZH = (
    "原文为国家机关公开的公文，依《中华人民共和国著作权法》第五条不受著作权保护；图谱数据以 CC BY 4.0 许可使用。"
)
_RIGHTS_EN = (
    "The sources are public official documents, to which copyright does not apply (Copyright Law of the People's"
    " Republic of China, Article 5); the data of the graph is licensed under CC BY 4.0."
)

Term = NamedNode | Literal


@dataclass(frozen=True, slots=True)
class Contents:
    """What is counted: sources (IRI -> base name and checksum), triples by property, things by class."""

    sources: Mapping[str, tuple[str, str]]
    properties: Mapping[str, int]
    classes: Mapping[str, int]


def dataset_quads(contents: Contents, world: World) -> Iterator[Quad]:
    """The graph that describes the dataset."""
    iri = dataset_iri(world.base)
    graph = NamedNode(iri)
    for subject, predicate, value in (
        *_about(graph, world),
        *_sources(graph, contents.sources),
        *_totals(graph, contents),
        *_partitions(graph, world.base, contents.classes, "class", "entities"),
        *_partitions(graph, world.base, contents.properties, "property", "triples"),
    ):
        yield Quad(subject, predicate, value, graph)


Row = tuple[NamedNode, NamedNode, Term]


def _about(node: NamedNode, world: World) -> Iterator[Row]:
    yield node, named("rdf:type"), named("dcat:Dataset")
    yield node, named("rdf:type"), named("void:Dataset")
    yield node, named("dcterms:title"), chinese(_TITLE_ZH)
    yield node, named("dcterms:title"), _english(_TITLE_EN)
    yield node, named("dcterms:rights"), chinese(_RIGHTS_ZH)
    yield node, named("dcterms:rights"), _english(_RIGHTS_EN)
    yield node, named("dcterms:license"), NamedNode(_LICENCE)
    yield node, named("dcterms:language"), plain("zh")
    yield node, named("void:uriSpace"), plain(world.base)
    yield node, named("void:vocabulary"), NamedNode(KG)
    yield node, kg("programVersion"), plain(world.program)
    yield node, kg("ontologyVersion"), plain(world.ontology.version)


def _english(text: str) -> Literal:
    return Literal(text, language="en")


def _sources(node: NamedNode, sources: Mapping[str, tuple[str, str]]) -> Iterator[Row]:
    for iri, (name, checksum) in sorted(sources.items()):
        yield node, named("dcterms:source"), NamedNode(iri)
        yield NamedNode(iri), kg("sourceFile"), plain(name)
        yield NamedNode(iri), kg("sha256"), plain(checksum)


def _totals(node: NamedNode, contents: Contents) -> Iterator[Row]:
    yield node, named("void:triples"), integer(sum(contents.properties.values()))
    yield node, named("void:documents"), integer(len(contents.sources))


def _partitions(node: NamedNode, base: str, counts: Mapping[str, int], what: str, unit: str) -> Iterator[Row]:
    """A part of the dataset for each class or property, with what is in it."""
    for iri, count in sorted(counts.items()):
        part = NamedNode(partition_iri(base, compact(iri) or segment(iri)))
        yield node, named(f"void:{what}Partition"), part
        yield part, named(f"void:{what}"), NamedNode(iri)
        yield part, named(f"void:{unit}"), integer(count)
