"""The explanation on a terminal: each passage with its marks, and below it what was found, with the rule.

Names stand in ⟦ ⟧, figures in ‹ ›, requests of the proposal in ⌈ ⌉, and what was not admitted in × ×, so that nothing
is told by colour alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.explain.gather import Explanation, Sentence
from kg.explain.marks import Mark, marks, pieces
from kg.explain.phrases import REASONS, Names, answered, answering, fact, figure, name, needs, promise
from kg.ontology import Kind, Ontology
from kg.query.columns import visible
from kg.vocabulary import entity_iri

BRACKETS = {"mention": "⟦⟧", "figure": "‹›", "request": "⌈⌉", "dropped": "××"}
_KEY = "⟦name⟧  ‹figure›  ⌈request⌉  ×not admitted×  [rule]  #passage, from 0  places: characters of the file, from 0"
_BOLD, _FAINT, _UNDERLINED, _STRUCK = "1", "2", "4", "9"
_MIDDLES = (48, 115, 155, 195, 235)  # between the levels 0, 95, 135, 175, 215, 255
_DARK = 140


def terminal(explanation: Explanation, ontology: Ontology, *, colour: bool) -> str:
    """The text; escape codes only where `colour` asks for them."""
    ink, names = Ink(colour, ontology.kinds), explanation.names()
    lines = [*_head(explanation, ink)]
    for sentence in explanation.sentences:
        lines += ["", *_sentence(sentence, names, ink)]
    return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True)
class Ink:
    """How things are coloured; without colour everything stays as it is."""

    colour: bool
    kinds: Mapping[str, Kind]

    def __call__(self, text: str, *codes: str) -> str:
        """The text, fit to be shown, in a style of ECMA-48 (SGR)."""
        text = visible(text)
        return f"\033[{';'.join(codes)}m{text}\033[0m" if self.colour and codes and text else text

    def of(self, kind: str) -> tuple[str, ...]:
        """The codes for a kind: its colour behind the text, which is black or white, whichever is better to read."""
        if kind not in self.kinds:
            return (_BOLD,)
        rgb = [int(self.kinds[kind].colour[at : at + 2], 16) for at in (1, 3, 5)]
        light = 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2] > _DARK
        return ("48", "5", str(_nearest(rgb)), "38", "5", "16" if light else "231")

    def mark(self, mark: Mark) -> tuple[str, ...]:
        """The codes for the text of a mark."""
        if mark.sort == "dropped":
            return _FAINT, _STRUCK
        if mark.sort == "request":
            return (_UNDERLINED,)
        return (_BOLD, _UNDERLINED) if mark.sort == "figure" else self.of(mark.kind)


def _nearest(rgb: list[int]) -> int:
    """The number of the nearest colour of the cube of 6 x 6 x 6 that terminals with 256 colours have."""
    red, green, blue = (bisect_right(_MIDDLES, part) for part in rgb)
    return 16 + 36 * red + 6 * green + blue


def _head(explanation: Explanation, ink: Ink) -> Iterator[str]:
    letter = explanation.letter
    shown, of = len(explanation.sentences), len(letter.passages)
    counted = f"{of} passages" if shown == of else f"{shown} of {of} passages"
    yield ink(f"{letter.document.name}: {entity_iri('', explanation.ref)}, {counted}", _BOLD)
    if title := letter.first("title"):
        yield ink(title)
    yield ink(_KEY, _FAINT)


def _sentence(sentence: Sentence, names: Names, ink: Ink) -> Iterator[str]:
    passage = sentence.passage
    heading = f"  {passage.heading}" if passage.heading else ""
    place = f"#{passage.index} {passage.section} {passage.span.start}-{passage.span.stop}"
    yield ink(place, _BOLD) + ink(heading, _FAINT)
    yield f"  {_marked(sentence, ink)}"
    yield from (f"    {line}" for line in _found(sentence, names, ink))


def _marked(sentence: Sentence, ink: Ink) -> str:
    """The text of a passage with its marks; the innermost gives the colour."""
    shown: list[str] = []
    inside: list[Mark] = []
    for piece in pieces(sentence.passage.text, marks(sentence)):
        if piece.mark is None:
            shown.append(ink(piece.text, *ink.mark(inside[-1])) if inside else ink(piece.text))
            continue
        if piece.what == "open":
            inside.append(piece.mark)
        if piece.whole:
            shown.append(ink(BRACKETS[piece.mark.sort][piece.what == "close"], *ink.mark(piece.mark)))
        if piece.what == "close":
            inside.pop()
    return "".join(shown)


def _found(sentence: Sentence, names: Names, ink: Ink) -> Iterator[str]:
    """A line for everything that was found in a passage."""
    for part in sentence.parts:
        yield f"{_word('part', ink)}{part.role} {ink(part.value)}"
    for mention, ref in sentence.mentions:
        meant = "" if name(ref, names) == mention.surface else f" = {name(ref, names)}"
        kind = ink(mention.kind, *ink.of(mention.kind))
        yield f"{_word('name', ink)}{kind} {ink(mention.surface + meant)} {_rule(mention.rule, ink)}"
    for said in sentence.facts:
        yield f"{_word('fact', ink)}{ink(fact(said, names))} {_rule(said.rule, ink, needs(said.read_with))}"
    for measure in sentence.measures:
        kind = ink(measure.kind, *ink.of(measure.kind))
        words = ink(figure(measure, names))
        yield f"{_word('figure', ink)}{kind} {words} {_rule(measure.rule, ink, needs(measure.read_with))}"
    for status in sentence.statuses:
        yield f"{_word('status', ink)}{ink(name(status.entity, names))} {status.status} {_rule(status.rule, ink)}"
    for request, _, _ in sentence.requests:
        yield f"{_word('request', ink)}{ink(request.text)} {_rule(request.rule, ink, answered(request))}"
    for request, answer in sentence.answers:
        yield f"{_word('answer', ink)}{ink(answering(request, answer))} {ink(REASONS[answer.by], _FAINT)}"
    for made in sentence.promises:
        yield f"{_word('promise', ink)}{ink(promise(made, names))} {_rule(made.rule, ink)}"
    for one in sentence.dropped:
        yield f"{_word('dropped', ink)}{one.what} {ink(one.surface)}: {one.reason} {_rule(one.rule, ink)}".rstrip()


def _word(word: str, ink: Ink) -> str:
    return ink(f"{word:<8}", _FAINT)


def _rule(rule: str, ink: Ink, needed: str = "") -> str:
    return " ".join(part for part in (ink(f"[{rule}]", _FAINT) if rule else "", ink(needed, _FAINT)) if part)
