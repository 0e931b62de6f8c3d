"""How an answer is shown: short IRIs, the heads of its columns, and the width there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.vocabulary import compact


@dataclass(frozen=True, slots=True)
class Look:
    """The base of the graph's IRIs, the columns of the terminal (None: as wide as need be), and heads to show.

    `heads` are the texts that stand for the names of columns; `excel` is CSV for spreadsheets.
    """

    base: str
    width: int | None = None
    heads: Mapping[str, str] = field(default_factory=dict)
    excel: bool = False

    def head(self, name: str) -> str:
        """What stands above the column `name`."""
        return self.heads.get(name, name)

    def short(self, iri: str) -> str:
        """An IRI as a reader knows it: from the base on, with a prefix, or whole.

        >>> look = Look("https://example.org/id/")
        >>> look.short("https://example.org/id/agency/市财政局"), look.short("http://purl.org/dc/terms/issued")
        ('agency/市财政局', 'dcterms:issued')
        """
        return iri[len(self.base) :] if iri.startswith(self.base) else compact(iri) or iri
