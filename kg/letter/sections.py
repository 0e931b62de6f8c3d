"""The section of each sentence, and the heading that it stands under.

`form` is the frame of the letter; `report` what has been done; `plan` what begins with 下一步 and its kin and lasts
to the closing, unless the enumeration that it stands in goes on with another matter, or a heading of its level returns
to what has been done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.letter.headings import ITEM, Enumerator, Outline, after, enumerator, level, under
from kg.letter.passages import Sentence
from kg.letter.rules import Rules
from kg.letter.zones import zones
from kg.model import Section, quick, replace

_FIRST_INSIDE = re.compile(r"[：，；。](?:一[是要]|首先|第一)")


@quick
@dataclass(frozen=True, slots=True)
class Placed:
    """A sentence with its zone, section and heading."""

    sentence: Sentence
    zone: str
    section: Section
    heading: str


@dataclass(frozen=True, slots=True)
class _Plan:
    """Whether the announcing part is in force, and what it goes by.

    `numbers` are those in force by level, `began_in` those that were when the plan began; `level` is that of the
    heading that began it; `only_block` is a paragraph that announces for itself; `reviewed` tells that a heading
    over what has been done was met.
    """

    on: bool = False
    level: int = 0
    numbers: Mapping[int, int] = field(default_factory=dict)
    began_in: Mapping[int, int] = field(default_factory=dict)
    only_block: int = -1
    reviewed: bool = False


def place(sentences: Sequence[Sentence], rules: Rules) -> Iterator[Placed]:
    """The sentences with their zones, sections and headings."""
    outline, plan = Outline(), _Plan()
    for sentence, zone in zip(sentences, zones(sentences, rules), strict=True):
        if zone != "body":
            yield Placed(sentence, zone, _section_of_form(sentence, zone, rules), "")
            continue
        plan = _turn(plan, sentence, rules)
        outline = under(outline, sentence)
        announced = plan.on or plan.only_block == sentence.block
        yield Placed(sentence, zone, "plan" if announced else "report", outline.nearest)
        outline = after(outline, sentence)


def _section_of_form(sentence: Sentence, zone: str, rules: Rules) -> Section:
    """In the opening a sentence that tells something of substance belongs to the report."""
    formal = zone != "opening" or rules.has("received", sentence.text) or rules.has("formula", sentence.text)
    return "form" if formal else "report"


def _turn(plan: _Plan, sentence: Sentence, rules: Rules) -> _Plan:
    """The plan after a sentence: begun, ended or as it was."""
    found = enumerator(sentence.text)
    heading = _heading(sentence)
    if found is None and not heading:
        return plan if plan.on else _begun_by_sentence(plan, sentence, rules)
    announces = bool(heading) and _announces(sentence.text, plan, rules)
    if plan.on and not announces and _ends(plan, sentence.text, heading, found, rules):
        plan = replace(plan, on=False)
    plan = _counted(plan, found)
    if heading:
        plan = replace(plan, reviewed=plan.reviewed or rules.has("report_heading", sentence.text))
        return _begun_by_heading(plan, heading) if announces else plan
    return plan if plan.on else _begun_by_sentence(plan, sentence, rules)


def _heading(sentence: Sentence) -> int:
    own = level(sentence)
    return own if own < ITEM else 0


def _announces(heading: str, plan: _Plan, rules: Rules) -> bool:
    return rules.has("plan_heading", heading) or (plan.reviewed and rules.has("plan_year", heading))


def _ends(plan: _Plan, text: str, heading: int, found: Enumerator | None, rules: Rules) -> bool:
    """The enumeration that the plan began in goes on, or a heading returns to what has been done."""
    if 0 < heading <= plan.level and rules.has("report_heading", text):
        return True
    return found is not None and plan.began_in.get(found.level) == found.ordinal - 1


def _counted(plan: _Plan, found: Enumerator | None) -> _Plan:
    """The numbers in force with another one; an enumeration that begins anew is not the one that the plan began in."""
    if found is None:
        return plan
    if found.ordinal == 1:
        plan = replace(plan, began_in=_above(plan.began_in, found.level))
    return replace(plan, numbers={**_above(plan.numbers, found.level), found.level: found.ordinal})


def _above(numbers: Mapping[int, int], level: int) -> Mapping[int, int]:
    return {key: value for key, value in numbers.items() if key < level}


def _begun_by_heading(plan: _Plan, heading: int) -> _Plan:
    if plan.on and heading > plan.level:
        return plan
    return replace(plan, on=True, level=heading, began_in=_above(plan.numbers, heading))


def _begun_by_sentence(plan: _Plan, sentence: Sentence, rules: Rules) -> _Plan:
    if rules.has("plan_sentence", sentence.text):
        deepest = ITEM if _FIRST_INSIDE.search(sentence.text) else ITEM + 1
        return _begun(plan, _above(plan.numbers, deepest))
    if sentence.opens and rules.has("plan_paragraph", sentence.text):
        announces_list = rules.has("list_follows", sentence.text)
        return _begun(plan, plan.numbers) if announces_list else replace(plan, only_block=sentence.block)
    return plan


def _begun(plan: _Plan, began_in: Mapping[int, int]) -> _Plan:
    """A plan that a sentence begins has the level of the heading that it stands under."""
    return replace(plan, on=True, level=max([1, *_above(began_in, ITEM)]), began_in=began_in)
