"""Does a built graph keep to the shapes of the ontology (SHACL)?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KgError, StoreError
from kg.resources import ontology_dir
from kg.store import open_store
from kg.vocabulary import SH

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

_MISSING = "checking needs pySHACL"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A node that breaks a shape: the node, the property (empty for none), the message, the value (empty for none)."""

    node: str
    path: str
    message: str
    value: str


def check(out: Path) -> tuple[Finding, ...]:
    """What in `kg.ttl` of the folder `out` breaks `shapes.ttl` of the ontology, in a fixed order.

    Raises StoreError where nothing has been built, KgError where pySHACL is not installed.
    """
    open_store(out)  # says so where there is no build, or where its files are of two
    return findings(out / "kg.ttl", ontology_dir() / "shapes.ttl", ontology_dir() / "policy-kg.ttl")


def findings(data: Path, shapes: Path, ontology: Path) -> tuple[Finding, ...]:
    """What in the file `data` breaks the shapes, with the ontology beside it."""
    try:
        from pyshacl import validate
    except ImportError as error:
        raise KgError(_MISSING, remedy="pip install pyshacl") from error
    from rdflib import Graph

    if not data.is_file():
        raise StoreError("the file is not there", place=str(data), remedy="run kg build again")
    # Joined here: pySHACL's own way to mix an ontology in takes minutes over its blank nodes.
    both = Graph().parse(data).parse(ontology)
    _, report, _ = validate(both, shacl_graph=Graph().parse(shapes), inplace=True)
    return tuple(sorted(_found(report)))


def _found(report: Graph) -> set[Finding]:
    """The results in a report graph of pySHACL."""
    from rdflib import RDF, URIRef

    names = ("focusNode", "resultPath", "resultMessage", "value")
    results = report.subjects(RDF.type, URIRef(SH + "ValidationResult"))
    return {Finding(*(_one(report.objects(result, URIRef(SH + name))) for name in names)) for result in results}


def _one(values: Iterable[Node]) -> str:
    """The one value, or of messages in several languages the English one; empty where there is none."""
    found = sorted(values, key=lambda value: (getattr(value, "language", None) != "en", str(value)))
    return str(found[0]) if found else ""
