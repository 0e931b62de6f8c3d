"""How many things of each kind a graph has."""

from __future__ import annotations

from pyoxigraph import QuerySolutions

from kg import ontology
from kg.query.dataset import Dataset
from kg.vocabulary import KG, PREFIXES

_QUERY = """
SELECT ?kind (COUNT(DISTINCT ?thing) AS ?count)
WHERE { ?thing a ?kind ; skos:prefLabel ?name }
GROUP BY ?kind
"""


def census(dataset: Dataset) -> list[tuple[str, int]]:
    """The kinds by name, without the abstract classes above them, the most frequent first."""
    answer = dataset.store.query(_QUERY, prefixes=dict(PREFIXES))
    assert isinstance(answer, QuerySolutions)
    known = ontology.load().kinds
    counts = {str(row["kind"].value).removeprefix(KG): int(row["count"].value) for row in answer}
    kinds = ((name, count) for name, count in counts.items() if name in known and _counts(known[name]))
    return sorted(kinds, key=lambda pair: (-pair[1], pair[0]))


def _counts(kind: ontology.Kind) -> bool:
    """Whether a kind is one of things that letters name, not of places in them (requests)."""
    return not kind.abstract and kind.key != "place"
