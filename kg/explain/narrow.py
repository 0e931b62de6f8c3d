"""A part of an explanation, for who looks for one thing: a passage, a section, words, or what a rule has found."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.errors import UsageError
from kg.explain.gather import Explanation, Sentence
from kg.explain.rules import known
from kg.ontology import Ontology
from kg.query.near import nearest


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which passages are wanted; what is empty asks for nothing, and of the rest all must hold.

    `passages` are numbers from 0; `text` stands in the reading text; `rule` is the beginning of the id of a rule that
    found something there.
    """

    passages: tuple[int, ...] = ()
    section: str = ""
    text: str = ""
    rule: str = ""

    def fits(self, sentence: Sentence) -> bool:
        """Whether a passage is wanted."""
        passage = sentence.passage
        return (
            (not self.passages or passage.index in self.passages)
            and self.section in ("", passage.section)
            and self.text in passage.text
            and (not self.rule or any(rule.startswith(self.rule) for rule in sentence.rules()))
        )


def narrowed(explanation: Explanation, wanted: Wanted, ontology: Ontology) -> Explanation:
    """The passages wanted, with the entities spoken of there; UsageError for a passage or a rule that is none."""
    _check(explanation, wanted, ontology)
    if wanted == Wanted():
        return explanation
    sentences = tuple(sentence for sentence in explanation.sentences if wanted.fits(sentence))
    spoken = {explanation.ref, *(ref for sentence in sentences for ref in sentence.refs())}
    entities = tuple(entity for entity in explanation.entities if entity.ref in spoken)
    return replace(explanation, sentences=sentences, entities=entities)


def _check(explanation: Explanation, wanted: Wanted, ontology: Ontology) -> None:
    numbers = [sentence.passage.index for sentence in explanation.sentences]
    for number in wanted.passages:
        if number not in numbers:
            last = max(numbers, default=0)
            raise UsageError(f"there is no passage {number}", remedy=f"they are numbered from 0 to {last}")
    rules = {*known(ontology), *(rule for sentence in explanation.sentences for rule in sentence.rules())}
    if not any(rule.startswith(wanted.rule) for rule in rules):
        raise UsageError(f"no rule is called “{wanted.rule}”", remedy=nearest(wanted.rule, rules))
