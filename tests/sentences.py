"""A sentence read as a letter of one passage: what rule files and case tables are tested with."""

from __future__ import annotations

from collections.abc import Iterator

from kg import ontology as ontologies
from kg import registry as registries
from kg.extract.reading import Extraction, extract
from kg.model import Document, Letter, Part, Passage, Section, Span
from kg.text import clean

ONTOLOGY = ontologies.load()
REGISTRY = registries.load()


def letter_of(text: str, section: Section = "report", issuer: str = "") -> Letter:
    """A letter whose body is one sentence; `issuer` stands in a line of its own before it."""
    source = f"{issuer}\n{text}" if issuer else text
    passages = tuple(_passages(source, section))
    parts = (Part("issuer", 0, 0, len(issuer), issuer),) if issuer else ()
    return Letter(Document("case.txt", "0" * 64, source), "Letter", parts, passages)


def _passages(source: str, section: Section) -> Iterator[Passage]:
    start = 0
    lines = source.split("\n")
    for index, line in enumerate(lines):
        text, steps = clean(source, start, start + len(line))
        last = index == len(lines) - 1
        yield Passage(index, Span(start, start + len(line)), text, steps, section if last else "form")
        start += len(line) + 1


def extracted(text: str, section: str = "", issuer: str = "") -> Extraction:
    """All that is found in one sentence."""
    return extract(letter_of(text, section or "report", issuer), ONTOLOGY, REGISTRY)  # type: ignore[arg-type]
