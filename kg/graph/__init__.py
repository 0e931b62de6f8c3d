"""What letters say, as quads.

* letter: a Reading -> the graphs of its passages, the letter's own graph, and their merge
* registry: what the registry adds about bodies, their place and level
* ontology: the ontology as it is written in ontology/policy-kg.ttl
* dataset: the description of the whole, with sources, counts and versions
* table: a dataset as text, subject by subject
"""

from __future__ import annotations

from kg.graph.dataset import dataset_quads
from kg.graph.letter import letter_quads, letter_rows
from kg.graph.ontology import ontology_quads
from kg.graph.registry import registry_quads
from kg.graph.term import World

__all__ = ["World", "dataset_quads", "letter_quads", "letter_rows", "ontology_quads", "registry_quads"]
