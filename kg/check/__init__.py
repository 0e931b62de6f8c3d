"""Is anything wrong with a built graph?  Shapes (SHACL) and invariants (`queries/checks/*.rq`), with their places.

* finding: what is told, in Chinese and English, with the letter, the passage and the sentence
* shapes: what breaks `ontology/shapes.ttl`, found by pySHACL
* invariants: the questions whose every row is something wrong
"""

from __future__ import annotations

from pathlib import Path

from kg.check.finding import Finding
from kg.check.invariants import broken, invariants
from kg.check.shapes import findings
from kg.query.dataset import open_dataset
from kg.resources import ontology_dir

__all__ = ["Finding", "broken", "check", "findings", "invariants"]


def check(out: Path) -> tuple[Finding, ...]:
    """All that is wrong with the graph in folder `out`: first what breaks a shape, then the invariants.

    Raises StoreError where nothing has been built, KgError where pySHACL is not installed.
    """
    dataset = open_dataset(out)  # says so where there is no build, or where its files are of two
    shapes, ontology = ontology_dir() / "shapes.ttl", ontology_dir() / "policy-kg.ttl"
    return (*findings(out / "kg.ttl", shapes, ontology, dataset), *broken(dataset))
