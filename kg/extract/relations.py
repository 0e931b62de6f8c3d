"""Relations said in a sentence: patterns of the relation files over the skeleton of a passage."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.extract.form import Link, literal
from kg.extract.pattern import compiled
from kg.extract.prospects import Saying, relations_for
from kg.extract.skeleton import Skeleton, pattern
from kg.model import DocumentForm, Dropped, Literal, Mention, Passage
from kg.ontology import Ontology, Relation, Rule
from kg.text.dates import iso_date

MOST_MENTIONS = 64
LONGEST = 2000
_FARTHEST = 80
_TITLE = re.compile("外?籍?(?:院士|会士|通讯院士)")  # an academy before the title of its member is no place of work
_OWN_POST = re.compile(
    r"[^，。；、：\ue000-\uf8ff]{0,8}(?:[长记席]|主任|教授|研究员|工程师|专家|教师|总监|经理|医师|院士)"
)  # what somebody is elsewhere, before the name: 组建某中心，由某大学|副院长石文任主任
_SAME = "同年"
ON_ISSUE = Literal("on issue")
"""The day on which the subject was issued, where only that is said: 自印发之日起施行 (kg.validity)."""
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年)")
_RELATIVE = {"今年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1}


_ASIDES = re.compile(r"《[^》]{0,120}》|（[^）]{0,60}）")
_NAMED_YEAR = re.compile(rf"(?<!\d)(?:19|20)\d\d(?=年)|{'|'.join(_RELATIVE)}")


@dataclass(frozen=True, slots=True)
class Aside:
    """What a passage is understood with: the letter's year, where it names its issuer, the sort of document.

    `years` gives by passage the year that was named last before it, which 同年 means; `date` is that of the letter.
    """

    year: int | None = None
    issuer: Mention | None = None
    document: DocumentForm = "Letter"
    years: Mapping[int, int] = field(default_factory=dict)
    date: str = ""


def find(frame: Skeleton, ontology: Ontology, kinds: Sequence[str], aside: Aside) -> Iterator[Link | Dropped]:
    """The links of one passage; in a passage too long to mean one thing nothing is distributed."""
    if not frame.mentions:
        return
    if not is_one_statement(frame):
        text = frame.passage.text
        yield Dropped(
            frame.passage.index, 0, len(text), text[:40], "passage", "too long or too full to relate its names"
        )
        return
    seen: set[tuple[int, str, object]] = set()
    for saying, relation in _worth_trying(frame, ontology):
        for link in _said(frame, relation, saying.rule, saying.pattern, ontology, aside):
            key = (link.subject.start, link.relation, link.object)
            if key not in seen:
                seen.add(key)
                yield link


def _worth_trying(frame: Skeleton, ontology: Ontology, where: str = "") -> Iterator[tuple[Saying, Relation]]:
    for saying in relations_for(ontology, frame.kinds, where, frame.passage.section).of(frame.held):
        if saying.relation is not None:
            yield saying, saying.relation


def years_before(passages: Sequence[Passage], year: int | None) -> dict[int, int]:
    """For each passage the year that was named last before it; 今年 and the like are reckoned from the letter's.

    Without a 同年, which alone needs them, nothing is looked for.
    """
    if not any(_SAME in passage.text for passage in passages):
        return {}
    found: dict[int, int] = {}
    last: int | None = None
    for passage in passages:
        if last is not None:
            found[passage.index] = last
        for said in _NAMED_YEAR.findall(_ASIDES.sub("", passage.text)) if "年" in passage.text else ():
            if said not in _RELATIVE:
                last = int(said)
            elif year is not None:
                last = year + _RELATIVE[said]
    return found


def is_one_statement(frame: Skeleton) -> bool:
    """Whether a passage is short enough for its names to belong together."""
    return len(frame.mentions) <= MOST_MENTIONS and len(frame.text) <= LONGEST


def in_form(frame: Skeleton, ontology: Ontology, kinds: Sequence[str], aside: Aside) -> Iterator[Link]:
    """The links of a passage of the form (联系人：种业处石文): those of the rules that hold there, or anywhere."""
    for saying, relation in _worth_trying(frame, ontology, "form"):
        yield from _said(frame, relation, saying.rule, saying.pattern, ontology, aside)


def going_on(
    frame: Skeleton, ontology: Ontology, kinds: Sequence[str], aside: Aside, what: str = "carried"
) -> Iterator[Link]:
    """The links of a clause whose subject or topic was said before it: those of the rules that hold for such."""
    for saying, relation in _worth_trying(frame, ontology, what):
        yield from _said(frame, relation, saying.rule, saying.pattern, ontology, aside)


def said(
    frame: Skeleton, relation: Relation, rule: Rule, ontology: Ontology, kinds: tuple[str, ...], aside: Aside
) -> Iterator[Link]:
    """The links that one rule alone finds in a passage."""
    if rule.by in ("pattern", "title") and rule.options.get("section", frame.passage.section) == frame.passage.section:
        yield from _said(frame, relation, rule, pattern(rule.options["pattern"], kinds), ontology, aside)


def _said(
    frame: Skeleton, relation: Relation, rule: Rule, found: re.Pattern[str], ontology: Ontology, aside: Aside
) -> Iterator[Link]:
    if rule.options.get("document", aside.document) != aside.document:
        return
    if rule.by == "title":
        yield from _in_titles(frame, relation, rule)
        return
    for match in found.finditer(frame.text):
        if not rule.options.get("done") or _is_done(frame, match, ontology):
            yield from _pairs(frame, match, relation, rule, ontology, aside)


def _is_done(frame: Skeleton, match: re.Match[str], ontology: Ontology) -> bool:
    """Whether what a match says has happened: it is not in the part on what comes next, nor meant to happen."""
    clause = max(frame.text.rfind(mark, 0, match.start()) for mark in "，。；") + 1
    not_yet = compiled(ontology.pieces["not_yet"])
    return frame.passage.section != "plan" and not_yet.search(frame.text, clause, match.end()) is None


def _pairs(
    frame: Skeleton, match: re.Match[str], relation: Relation, rule: Rule, ontology: Ontology, aside: Aside
) -> Iterator[Link]:
    values = list(_values(frame, match, relation, rule, ontology, aside))
    domain = rule.options.get("subjects", relation.domain)
    subjects = [one for one in frame.within(*match.span("s")) if ontology.covers(domain, one.kind)]
    respective = _respective(frame, match) and len(subjects) == len(values) > 1
    for place, subject in enumerate(subjects):
        for value in values[place : place + 1] if respective else values:
            if value != subject:
                needs = _with(frame, subject, value)
                for name, term in _stated(relation, value):
                    yield Link(subject, name, term, frame.passage.index, needs, rule.id)


def _stated(relation: Relation, value: Mention | Literal) -> Iterator[tuple[str, Mention | Literal]]:
    """What a relation and a value say: of a date the year and, by another relation, the day where both are wanted."""
    if not relation.day or not isinstance(value, Literal) or value == ON_ISSUE:
        yield relation.name, value
        return
    yield relation.name, literal(value.value[:4], relation)
    if len(value.value) > len("2023"):
        yield relation.day, literal(value.value, relation)


def _respective(frame: Skeleton, match: re.Match[str]) -> bool:
    """Whether 分别 between two series says that the first goes with the first, the second with the second."""
    if "o" not in match.re.groupindex:
        return False
    first, second = sorted((match.span("s"), match.span("o")))
    return "分别" in frame.text[first[0] : second[0]]


def _with(frame: Skeleton, *ends: Mention | Literal) -> tuple[int, ...]:
    """The other passages that a link needs to be understood."""
    passages = {end.passage for end in ends if isinstance(end, Mention)}
    return tuple(sorted(passages - {frame.passage.index}))


def _values(
    frame: Skeleton, match: re.Match[str], relation: Relation, rule: Rule, ontology: Ontology, aside: Aside
) -> Iterator[Mention | Literal]:
    if rule.options.get("object") == "issued":
        yield ON_ISSUE
        return
    if rule.options.get("object") == "written":
        yield from [literal(aside.date, relation)] if aside.date else []
        return
    if relation.literal:
        value = _literal(match, aside, frame)
        if value and not (rule.options.get("past") and _ahead(value, aside)):
            yield literal(value, relation)
        return
    if rule.options.get("object") == "issuer":
        if aside.issuer is not None and _ends(aside.issuer, rule):
            yield aside.issuer
        return
    if rule.options.get("object") == "before":
        yield from _before(frame, match.start("s"), relation, rule, ontology)
        return
    for mention in frame.within(*match.span("o")):
        if ontology.covers(rule.options.get("objects", relation.range), mention.kind) and _ends(mention, rule):
            yield mention


def _before(frame: Skeleton, position: int, relation: Relation, rule: Rule, ontology: Ontology) -> Iterator[Mention]:
    """The last thing named before a place in the same part of the sentence that fits the rule."""
    start = max(frame.text.rfind(mark, 0, position) for mark in "。；")
    low = max(start, position - _FARTHEST)
    for place, mention in reversed([item for item in frame.mentions.items() if low <= item[0] < position]):
        if _OWN_POST.fullmatch(frame.text, place + 1, position):
            continue
        fits = ontology.covers(rule.options.get("objects", relation.range), mention.kind) and _ends(mention, rule)
        if fits and not _TITLE.match(frame.passage.text, mention.stop):
            yield mention
            return


def _ends(mention: Mention, rule: Rule) -> bool:
    """Whether one of a mention's names ends as the rule asks for: 任院长 goes with a name that ends in 院."""
    ends = rule.options.get("ends")
    if not ends:
        return True
    return any(name.strip("”》").endswith(tuple(ends)) for name in (mention.surface, *mention.names))


def _ahead(date: str, aside: Aside) -> bool:
    """Whether a date is of a year after the letter's."""
    return aside.year is not None and int(date[:4]) > aside.year


def _literal(match: re.Match[str], aside: Aside, frame: Skeleton) -> str:
    """What is said, a date in full: 今年 and a month without a year are of the letter's year."""
    groups = match.groupdict()
    said = groups.get("o") or ("今年" if groups.get("month") else "")
    if said == _SAME:
        named = [int(year) for year in _YEAR.findall(frame.text[: match.start()])]
        year = named[-1] if named else aside.years.get(frame.passage.index)
        said = str(year) if year is not None else ""
    if said in _RELATIVE:
        said = str(aside.year + _RELATIVE[said]) if aside.year is not None else ""
    return _in_full(said, groups) if said else ""


def _in_full(said: str, groups: Mapping[str, str | None]) -> str:
    """A year with its month and day as far as they are printed, and are in the calendar; anything else as it is."""
    parts = [said, *(part.zfill(2) for part in (groups.get("month"), groups.get("day")) if part)]
    while len(parts) > 1 and iso_date(".".join(parts)) is None:
        parts.pop()
    return "-".join(parts)


def _in_titles(frame: Skeleton, relation: Relation, rule: Rule) -> Iterator[Link]:
    """Literals that a name itself prints: the years of …行动方案（2023-2025年）."""
    for mention in frame.mentions.values():
        if mention.kind not in rule.options.get("subjects", relation.domain):
            continue
        found = compiled(rule.options["pattern"]).search(mention.surface)
        if found and found["o"]:
            value = literal(_in_full(found["o"], found.groupdict()), relation)
            for name, term in _stated(relation, value):
                yield Link(mention, name, term, frame.passage.index, (), rule.id)
