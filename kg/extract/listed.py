"""Names that the registry lists: places, national bodies, general groups and industries."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.candidate import Candidate, candidate
from kg.extract.lexis import Lexis

_RANKS = {
    "Agency": 20,
    "Organisation": 25,
    "Platform": 35,
    "Policy": 35,
    "Programme": 45,
    "Group": 62,
    "Industry": 70,
    "Place": 80,
}


def find(words: Lexis) -> Iterator[Candidate]:
    """A candidate for every name of the registry in one passage."""
    for hit in words.hits:
        rule = f"registry:{hit.row}"
        yield candidate(words.passage, hit.start, hit.stop, hit.kind, rule, _RANKS.get(hit.kind, 50), (hit.name,))
