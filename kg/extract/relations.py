"""Relations said in a sentence: patterns of the relation files over the skeleton of a passage."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.form import Link, literal
from kg.extract.pattern import compiled
from kg.extract.prospects import relations_for
from kg.extract.skeleton import Skeleton, pattern
from kg.model import Dropped, Literal, Mention
from kg.ontology import Ontology, Relation, Rule

MOST_MENTIONS = 64
LONGEST = 2000
_RELATIVE = {"今年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1}


@dataclass(frozen=True, slots=True)
class Aside:
    """What a passage is understood with: the year of the letter, and where it names its issuer."""

    year: int | None = None
    issuer: Mention | None = None


def find(frame: Skeleton, ontology: Ontology, kinds: Sequence[str], aside: Aside) -> Iterator[Link | Dropped]:
    """The links of one passage; in a passage too long to mean one thing nothing is distributed."""
    if not frame.mentions:
        return
    if len(frame.mentions) > MOST_MENTIONS or len(frame.text) > LONGEST:
        text = frame.passage.text
        yield Dropped(
            frame.passage.index, 0, len(text), text[:40], "passage", "too long or too full to relate its names"
        )
        return
    seen: set[tuple[int, str, object]] = set()
    for relation, rule in _worth_trying(frame, ontology):
        for link in said(frame, relation, rule, ontology, tuple(kinds), aside):
            key = (link.subject.start, link.relation, link.object)
            if key not in seen:
                seen.add(key)
                yield link


def _worth_trying(frame: Skeleton, ontology: Ontology) -> Iterator[tuple[Relation, Rule]]:
    for saying in relations_for(ontology, frame.kinds):
        if frame.held & saying.need == saying.need and saying.relation is not None:
            yield saying.relation, saying.rule


def said(
    frame: Skeleton, relation: Relation, rule: Rule, ontology: Ontology, kinds: tuple[str, ...], aside: Aside
) -> Iterator[Link]:
    """The links that one rule alone finds in a passage."""
    if rule.options.get("section", frame.passage.section) != frame.passage.section:
        return
    if rule.by == "title":
        yield from _in_titles(frame, relation, rule)
    if rule.by != "pattern":
        return
    for match in pattern(rule.options["pattern"], kinds).finditer(frame.text):
        yield from _pairs(frame, match, relation, rule, ontology, aside)


def _pairs(
    frame: Skeleton, match: re.Match[str], relation: Relation, rule: Rule, ontology: Ontology, aside: Aside
) -> Iterator[Link]:
    subjects = frame.within(*match.span("s"))
    for subject in subjects:
        if not ontology.covers(rule.options.get("subjects", relation.domain), subject.kind):
            continue
        for value in _values(frame, match, relation, rule, ontology, aside):
            if value != subject:
                yield Link(subject, relation.name, value, frame.passage.index, _with(frame, subject, value), rule.id)


def _with(frame: Skeleton, *ends: Mention | Literal) -> tuple[int, ...]:
    """The other passages that a link needs to be understood."""
    passages = {end.passage for end in ends if isinstance(end, Mention)}
    return tuple(sorted(passages - {frame.passage.index}))


def _values(
    frame: Skeleton, match: re.Match[str], relation: Relation, rule: Rule, ontology: Ontology, aside: Aside
) -> Iterator[Mention | Literal]:
    if relation.literal:
        groups = match.groupdict()
        said_year = groups["o"] or ""
        if said_year in _RELATIVE:
            if aside.year is None:
                return
            said_year = str(aside.year + _RELATIVE[said_year])
        yield literal("-".join(part.zfill(2) for part in (said_year, groups.get("month")) if part), relation)
        return
    if rule.options.get("object") == "issuer":
        if aside.issuer is not None:
            yield aside.issuer
        return
    for mention in frame.within(*match.span("o")):
        if ontology.covers(rule.options.get("objects", relation.range), mention.kind):
            yield mention


def _in_titles(frame: Skeleton, relation: Relation, rule: Rule) -> Iterator[Link]:
    """Literals that a name itself prints: the years of …行动方案（2023-2025年）."""
    for mention in frame.mentions.values():
        if mention.kind not in relation.domain:
            continue
        found = compiled(rule.options["pattern"]).search(mention.surface)
        if found and found["o"]:
            yield Link(mention, relation.name, literal(found["o"], relation), frame.passage.index, (), rule.id)
