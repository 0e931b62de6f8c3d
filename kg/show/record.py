"""A Portrait as JSON, for programs: the same keys for every thing, sorted as in the Portrait."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from kg.evidence import Sentence, Thing
from kg.show.values import Fact, Figure, Group, Portrait, Promise
from kg.table import plain

Json = dict[str, Any]


def record(told: Portrait) -> str:
    """The text of a JSON object."""
    content = {
        "thing": asdict(told.thing),
        "names": told.names,
        "year": told.year,
        "letters": told.letters(),
        "facts": [_fact(group, fact) for group in told.groups for fact in group.facts],
        "figures": [_figure(figure) for figure in told.figures],
        "statuses": [{"status": one.status, "sentence": _sentence(one.sentence)} for one in told.statuses],
        "promises": [_promise(one) for one in told.promises],
        "mentions": [_sentence(sentence) for sentence in told.mentions],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _fact(group: Group, fact: Fact) -> Json:
    word = group.relation
    inverse = {"en": word.inverse_en, "zh": word.inverse_zh} if group.backwards and word.inverse_en else None
    return {
        "relation": word.name,
        "backwards": group.backwards,
        "label": inverse or {"en": word.en, "zh": word.zh},
        "value": asdict(fact.other) if isinstance(fact.other, Thing) else fact.other,
        "source": "letters" if fact.sentences else "registry",
        "sentences": [_sentence(sentence) for sentence in fact.sentences],
    }


def _figure(figure: Figure) -> Json:
    """A figure; its value is a text, so that no digit is lost."""
    return {
        "kind": figure.kind,
        "role": figure.role,
        "indicator": figure.indicator,
        "value": plain(figure.value),
        "unit": figure.unit,
        "comparator": figure.comparator,
        "period": figure.period,
        "sentence": _sentence(figure.sentence),
    }


def _promise(one: Promise) -> Json:
    return {
        "promise": one.text,
        "role": one.role,
        "act": one.act,
        "deadline": one.deadline or None,
        "responsible": [asdict(each) for each in one.who],
        "jointly": [asdict(each) for each in one.beside],
        "sentence": _sentence(one.sentence),
    }


def _sentence(sentence: Sentence) -> Json:
    return asdict(sentence)
