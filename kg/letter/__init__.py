"""A document with its form read: head, salutation, passages with sections and headings, closing, signature, copies.

The rules are in ontology/letter.toml.  The order of the parts is that of GB/T 9704-2012 (layout of official documents
of Party and government bodies) and the custom of replies to proposals and suggestions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.collecting import put_off
from kg.letter import derive
from kg.letter.layout import blocks
from kg.letter.parts import parts
from kg.letter.passages import sentences
from kg.letter.rules import Rules, load
from kg.letter.sections import Placed, place
from kg.letter.values import Context
from kg.model import Document, Letter, Part, Passage, Span
from kg.registry import Registry
from kg.text import INVISIBLE, legible, steps

__all__ = ["read_letter"]

_VISIBLE_RUN = re.compile(r"\S+")


@put_off()
def read_letter(document: Document, registry: Registry) -> Letter:
    """The letter that a document is; a part that is not printed is just missing.

    The registry gives surnames and composes an agency from the words of a document number.
    """
    rules = load()
    laid = legible(document.text)
    placed = tuple(place(tuple(sentences(blocks(document.text, laid, rules), laid)), rules))
    passages = tuple(_passage(index, each) for index, each in enumerate(placed))
    found = tuple(_parts(placed, document.text, rules, registry))
    whole = derive.completed(found, passages, rules, registry)
    return Letter(document, derive.form(whole, rules), whole, passages, tuple(_furniture(document.text, placed)))


def _passage(index: int, each: Placed) -> Passage:
    places = each.sentence.places
    return Passage(
        index, Span(places[0], places[-1] + 1), each.sentence.text, steps(places), each.section, each.heading
    )


def _parts(placed: Sequence[Placed], text: str, rules: Rules, registry: Registry) -> Iterator[Part]:
    formal = [(index, each) for index, each in _formal(placed, rules) if rules.by_zone[each.zone]]
    held = rules.gate.scan([each.sentence.text for _, each in formal])
    for (index, each), bits in zip(formal, held, strict=True):
        gaps = _gaps(each, text) if each.zone in ("head", "salutation", "tail") else frozenset()
        yield from parts(each.zone, index, each.sentence.text, Context(rules, registry.surnames, gaps), bits)


def _formal(placed: Sequence[Placed], rules: Rules) -> Iterator[tuple[int, Placed]]:
    """The sentences that may have parts, with their numbers: of the body, which is long, what its gate lets in."""
    gate = rules.gate_of_body
    any_may = 0 in gate.needs
    body = [(index, each) for index, each in enumerate(placed) if each.zone == "body"]
    held = gate.scan([each.sentence.text for _, each in body])
    open_ = {
        index
        for (index, _), bits in zip(body, held, strict=True)
        if (bits or any_may) and any(bits & need == need for need in gate.needs)
    }
    return ((index, each) for index, each in enumerate(placed) if each.zone != "body" or index in open_)


def _gaps(each: Placed, text: str) -> frozenset[int]:
    """The places of the reading text before which the source has white space; none where a line is spaced out (通 知)."""
    places = each.sentence.places
    gaps = [n for n in range(1, len(places)) if text[places[n - 1] + 1 : places[n]].isspace()]
    spaced_out = len(gaps) * 2 > len(places)
    return frozenset(() if spaced_out else gaps)


def _furniture(text: str, placed: Sequence[Placed]) -> Iterator[Span]:
    """The visible characters of the source that no passage reads: marks, page numbers, rules."""
    position = 0
    for start, stop in _read_runs(placed):
        yield from _visible(text, position, start)
        position = stop
    yield from _visible(text, position, len(text))


def _read_runs(placed: Sequence[Placed]) -> Iterator[tuple[int, int]]:
    for each in placed:
        places = each.sentence.places
        if places[-1] - places[0] == len(places) - 1:
            yield places[0], places[-1] + 1
            continue
        ends = [n for n in range(1, len(places)) if places[n] != places[n - 1] + 1]
        for low, high in zip([0, *ends], [*ends, len(places)], strict=True):
            yield places[low], places[high - 1] + 1


def _visible(text: str, start: int, stop: int) -> Iterator[Span]:
    if start < stop and not text[start:stop].isspace():
        for match in _VISIBLE_RUN.finditer(INVISIBLE.sub(" ", text[start:stop])):
            yield Span(start + match.start(), start + match.end())
