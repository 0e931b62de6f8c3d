"""How an answer is shown: short IRIs, and the width there is."""

from __future__ import annotations

from dataclasses import dataclass

from kg.vocabulary import compact


@dataclass(frozen=True, slots=True)
class Look:
    """The base of the graph's IRIs, and the columns of the terminal (None: as wide as need be)."""

    base: str
    width: int | None = None

    def short(self, iri: str) -> str:
        """An IRI as a reader knows it: from the base on, with a prefix, or whole.

        >>> look = Look("https://example.org/id/")
        >>> look.short("https://example.org/id/agency/市财政局"), look.short("http://purl.org/dc/terms/issued")
        ('agency/市财政局', 'dcterms:issued')
        """
        return iri[len(self.base) :] if iri.startswith(self.base) else compact(iri) or iri
