"""Is anything wrong with a built graph?  Shapes (SHACL) and invariants (`queries/checks/*.rq`), with their places.

* finding: what is told, in Chinese and English, with the letter, the passage and the sentence
* agreement: whether the file that the shapes are held against says what the store says
* shapes: what breaks `ontology/shapes.ttl`, found by pySHACL
* invariants: the questions whose every row is something wrong
"""

from __future__ import annotations

from pathlib import Path

from kg.check.agreement import disagreements, read
from kg.check.finding import Finding
from kg.check.invariants import broken, invariants
from kg.check.shapes import findings
from kg.query.dataset import open_dataset
from kg.resources import ontology_dir

__all__ = ["Finding", "broken", "check", "disagreements", "findings", "invariants"]


def check(out: Path) -> tuple[Finding, ...]:
    """All that is wrong with the graph in folder `out`: where file and store differ, broken shapes, broken invariants.

    Raises StoreError where nothing has been built or a file is damaged, KgError where pySHACL is not installed.
    """
    dataset = open_dataset(out)  # says so where there is no build, or where its files are of two
    shapes, ontology = ontology_dir() / "shapes.ttl", ontology_dir() / "policy-kg.ttl"
    apart = tuple(disagreements(read(out / "kg.ttl"), dataset))
    return (*apart, *findings(out / "kg.ttl", shapes, ontology, dataset), *broken(dataset))
