"""Names that the registry lists: places, national bodies, general groups and industries."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.candidate import Candidate, candidate
from kg.extract.lexis import Lexis
from kg.ontology import Ontology


def find(words: Lexis, ontology: Ontology) -> Iterator[Candidate]:
    """A candidate for every name of the registry in one passage."""
    for hit in words.hits:
        rule = f"registry:{hit.row}"
        yield candidate(
            words.passage, hit.start, hit.stop, hit.kind, rule, ontology.kinds[hit.kind].listed, (hit.name,)
        )
