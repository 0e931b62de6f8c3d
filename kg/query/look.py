"""How an answer is shown: short IRIs, the heads of its columns, the names of their values, and the width there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.vocabulary import compact


@dataclass(frozen=True, slots=True)
class Look:
    """The base of the graph's IRIs, the columns of the terminal (None: as wide as need be), and heads to show.

    `heads` are the texts that stand for the names of columns, `words` those for the values of a column; `excel` is CSV
    for spreadsheets; `cut` says that rows were left out.
    """

    base: str
    width: int | None = None
    heads: Mapping[str, str] = field(default_factory=dict)
    excel: bool = False
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    cut: bool = False

    def said(self, column: str, text: str) -> str:
        """A value as it is called; several of them, parted by blanks, each by itself.

        >>> look = Look("", words={"lacks": {"figure": "指标", "agency": "单位"}})
        >>> look.said("lacks", "agency figure"), look.said("lacks", "no figure"), look.said("x", "agency")
        ('单位、指标', 'no figure', 'agency')
        """
        words = self.words.get(column)
        if not words or text in words:
            return words[text] if words else text
        parts = text.split()
        return "、".join(words[part] for part in parts) if parts and all(part in words for part in parts) else text

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
