"""The explanation as JSON, for programs: entities, mentions, facts, figures, statuses, requests, what was dropped.

Every row has the number of its passage, its place in the source, and its rule.  Facts and statuses have the place of
their passage, the others their own.  A request has all its answers, also those in passages that are not shown.
"""

from __future__ import annotations

import json
from typing import Any

from kg import __version__
from kg.explain.gather import Explanation, Sentence
from kg.explain.rules import file_of, known
from kg.model import Answer, Entity, Fact, Literal, Measure, Mention, Part, Promise, Ref, Request, Span, Status
from kg.ontology import Ontology
from kg.vocabulary import entity_iri

VERSION = 1
"""Raised when a key changes its meaning or goes; new keys may come at any time."""

Json = dict[str, Any]


def record(explanation: Explanation, ontology: Ontology, *, masked: bool) -> str:
    """The text of the JSON document.  `masked` tells whether personal numbers are."""
    document, sentences = explanation.letter.document, explanation.sentences
    content = {
        "schema": {"name": "kg explain", "version": VERSION},
        "program": __version__,
        "ontology": ontology.version,
        "offsets": "characters of the decoded file, from 0, half-open; no byte order mark, a line end counts once",
        "source": {"name": document.name, "sha256": document.sha256, "characters": len(document.text)},
        "personal_numbers": "masked" if masked else "kept",
        "letter": {"id": _id(explanation.ref), "form": explanation.letter.form},
        "furniture": [_span(span) for span in explanation.letter.furniture],
        "passages": [_passage(sentence) for sentence in sentences],
        "parts": [_part(sentence, part) for sentence in sentences for part in sentence.parts],
        "entities": [_entity(entity) for entity in explanation.entities],
        "mentions": [_mention(sentence, *pair) for sentence in sentences for pair in sentence.mentions],
        "facts": [_fact(sentence, fact) for sentence in sentences for fact in sentence.facts],
        "measures": [_measure(sentence, measure) for sentence in sentences for measure in sentence.measures],
        "statuses": [_status(sentence, status) for sentence in sentences for status in sentence.statuses],
        "requests": [_request(explanation, s, *found) for s in sentences for found in s.requests],
        "answers": [_answer(sentence, *pair) for sentence in sentences for pair in sentence.answers],
        "promises": [_promise(sentence, one) for sentence in sentences for one in sentence.promises],
        "dropped": [row for sentence in sentences for row in _dropped(sentence)],
        "rules": _rules(explanation, ontology),
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _id(ref: Ref) -> str:
    """The entity's IRI less the base."""
    return entity_iri("", ref)


def _span(span: Span) -> Json:
    return {"start": span.start, "end": span.stop}


def _place(sentence: Sentence, start: int, stop: int) -> Json:
    return {"passage": sentence.passage.index, **_span(sentence.source(start, stop))}


def _whole(sentence: Sentence) -> Json:
    return {"passage": sentence.passage.index, **_span(sentence.passage.span)}


def _passage(sentence: Sentence) -> Json:
    passage = sentence.passage
    return {**_whole(sentence), "section": passage.section, "heading": passage.heading, "text": passage.text}


def _part(sentence: Sentence, part: Part) -> Json:
    return {**_place(sentence, part.start, part.stop), "role": part.role, "value": part.value}


def _entity(entity: Entity) -> Json:
    return {"id": _id(entity.ref), "kind": entity.ref.kind, "name": entity.name, "names": list(entity.names)}


def _mention(sentence: Sentence, mention: Mention, ref: Ref) -> Json:
    return {
        **_place(sentence, mention.start, mention.stop),
        "text": mention.surface,
        "kind": mention.kind,
        "entity": _id(ref),
        "nested": mention.nested,
        "rule": mention.rule,
    }


def _fact(sentence: Sentence, fact: Fact) -> Json:
    end = fact.object
    thing = {"value": end.value, "datatype": end.datatype} if isinstance(end, Literal) else {"entity": _id(end)}
    return {
        **_whole(sentence),
        "subject": _id(fact.subject),
        "relation": fact.relation,
        "object": thing,
        "read_with": list(fact.read_with),
        "rule": fact.rule,
    }


def _measure(sentence: Sentence, measure: Measure) -> Json:
    ends = {"about": measure.about, "scope": measure.scope, "beneficiary": measure.beneficiary}
    return {
        **_place(sentence, measure.start, measure.stop),
        "text": sentence.passage.text[measure.start : measure.stop],
        "kind": measure.kind,
        "indicator": measure.indicator,
        "value": f"{measure.value:f}",
        "unit": measure.unit,
        "comparator": measure.comparator,
        "period": measure.period,
        "counting": measure.counting,
        **{key: None if end is None else _id(end) for key, end in ends.items()},
        "condition": measure.condition or None,
        "read_with": list(measure.read_with),
        "rule": measure.rule,
    }


def _status(sentence: Sentence, status: Status) -> Json:
    return {**_whole(sentence), "entity": _id(status.entity), "status": status.status, "rule": status.rule}


def _request(explanation: Explanation, sentence: Sentence, request: Request, start: int, stop: int) -> Json:
    passages = explanation.letter.passages
    return {
        **_place(sentence, start, stop),
        "text": request.text,
        "proposal": None if request.proposal is None else _id(request.proposal),
        "repeated_in": [request.passage, *request.also],
        "answers": [
            {
                "passage": answer.passage,
                **_span(passages[answer.passage].span),
                "outcome": list(answer.statuses),
                "by": answer.by,
            }
            for answer in request.answers
        ],
        "rule": request.rule,
    }


def _answer(sentence: Sentence, request: Request, answer: Answer) -> Json:
    asked = {"request": request.text, "asked_in": request.passage}
    return {**_whole(sentence), **asked, "outcome": list(answer.statuses), "by": answer.by}


def _promise(sentence: Sentence, promise: Promise) -> Json:
    ends = {"concerns": promise.things, "responsible": promise.who, "jointly": promise.beside}
    return {
        **_place(sentence, promise.start, promise.stop),
        "text": promise.text,
        "act": promise.act,
        "deadline": promise.until.value if promise.until else None,
        **{key: [_id(ref) for ref in refs] for key, refs in ends.items()},
        "rule": promise.rule,
    }


def _dropped(sentence: Sentence) -> list[Json]:
    return [
        {
            **_place(sentence, one.start, one.stop),
            "text": one.surface,
            "what": one.what,
            "reason": one.reason,
            "rule": one.rule,
        }
        for one in sentence.dropped
    ]


def _rules(explanation: Explanation, ontology: Ontology) -> dict[str, str]:
    """The rules that found something, each with the file in which it stands."""
    files = known(ontology)
    used = {rule for sentence in explanation.sentences for rule in sentence.rules()}
    return {rule: file_of(rule, files) for rule in sorted(used)}
