"""Names that the registry lists: places, national bodies, general groups and industries."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.candidate import Candidate, candidate
from kg.extract.lexis import Lexis
from kg.ontology import Ontology


def find(words: Lexis, ontology: Ontology) -> Iterator[Candidate]:
    """A candidate for every name of the registry in one passage."""
    for hit in words.hits:
        if _in_a_number(words.passage.text, hit.start, hit.stop):
            continue
        rule = f"registry:{hit.row}"
        yield candidate(
            words.passage, hit.start, hit.stop, hit.kind, rule, ontology.kinds[hit.kind].listed, (hit.name,)
        )


def _in_a_number(text: str, start: int, stop: int) -> bool:
    """Whether a name that is made of digits (12345) is only a part of a longer number."""
    before = text[start].isdigit() and text[max(0, start - 1) : start].isdigit()
    return before or (text[stop - 1].isdigit() and text[stop : stop + 1].isdigit())
