"""People named beside what they are: 石文局长, 局长石文, and series that share it (石文、罗明川两位教授)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.extract.candidate import Candidate, candidate
from kg.extract.lexis import Lexis
from kg.extract.pattern import compiled
from kg.extract.prospects import leading, prospects
from kg.model import quick
from kg.ontology import Ontology, Rule
from kg.registry import Registry

RANK = 14
_SEPARATOR = re.compile(r"、|以及|[和与及]")
_HAN = re.compile(r"[\u4e00-\u9fff]{2,4}")
_LONGEST_SERIES = 30
_ALSO_WORDS = "经向从由应请"
Range = tuple[int, int]


@quick
@dataclass(frozen=True, slots=True)
class People:
    """A passage with what is needed to tell the names of people in it."""

    words: Lexis
    rule: Rule
    surnames: frozenset[str]
    common: frozenset[str]
    no_name: re.Pattern[str]
    abroad: re.Pattern[str]
    dotted: re.Pattern[str]
    sound: re.Pattern[str]
    lead: re.Pattern[str]
    shared: re.Pattern[str]
    ends: frozenset[int]

    @property
    def text(self) -> str:
        """The reading text."""
        return self.words.passage.text


def find(words: Lexis, ontology: Ontology, registry: Registry) -> Iterator[Candidate]:
    """The people that a title or a verb before or behind their names tells, one by one."""
    for trial in _trials(ontology):
        if words.held & trial.need != trial.need:
            continue
        for start, stop in dict.fromkeys(_named(words, trial, ontology, registry)):
            yield candidate(words.passage, start, stop, trial.kind, trial.rule.id, trial.rank)


@dataclass(frozen=True, slots=True, eq=False)
class _Trial:
    """A rule that is ready to be tried; `need` is what a passage must hold (see `Prospects`)."""

    kind: str
    rule: Rule
    need: int
    first: str
    title: re.Pattern[str]
    rank: int


@lru_cache(maxsize=4)
def _trials(ontology: Ontology) -> tuple[_Trial, ...]:
    needs = prospects(ontology).needs
    return tuple(
        _Trial(kind.name, rule, needs[rule.id], first, compiled(rule.options[first]), rule.options.get("rank", RANK))
        for kind in ontology.entity_kinds()
        for rule in kind.rules
        if rule.by == "people"
        for first in (leading(rule),)
    )


def _named(words: Lexis, trial: _Trial, ontology: Ontology, registry: Registry) -> Iterator[Range]:
    """The places of names that one rule finds."""
    titles = list(trial.title.finditer(words.passage.text))
    if not titles:
        return
    people = _people(words, trial.rule, ontology, registry)
    for title in titles:
        yield from _behind(people, title) if trial.first == "before" else _in_front(people, title)


def _people(words: Lexis, rule: Rule, ontology: Ontology, registry: Registry) -> People:
    names = ("no_name", "abroad", "sounding", "name_lead")
    no_name, abroad, sound, lead = (compiled(ontology.pieces[name]) for name in names)
    ends = frozenset(
        (
            *(found.stop for found in words.heads),
            *(hit.stop for hit in words.hits if hit.stop - hit.start > 1),
            *(hit.stop for hit in words.bureaus),
        )
    )
    dotted = compiled(f"(?:{ontology.pieces['foreign']})(?={rule.options['after']})")
    shared = compiled(f"(?:{ontology.pieces['shared']})$")
    common = _common(ontology)
    return People(words, rule, registry.surnames, common, no_name, abroad, dotted, sound, lead, shared, ends)


@lru_cache(maxsize=4)
def _common(ontology: Ontology) -> frozenset[str]:
    """Words that are no names wherever they stand."""
    words = ontology.words
    return frozenset(word for name in ("edges", "governors", "leaders", "general") for word in words[name])


# --- names in front of a title: 石文、罗明川两位|教授 --------------------------------------------------------------


def _in_front(people: People, title: re.Match[str]) -> Iterator[Range]:
    """The names of a series that ends where the title begins, as far back as they are names."""
    number = people.shared.search(people.text, max(0, title.start() - 8), title.start())
    stop = number.start() if number else title.start()
    found: list[Range] = []
    while len(found) < _LONGEST_SERIES:
        one = _ending_at(people, stop, number is not None, bool(found))
        if one is None:
            break
        found.append(one)
        joint = _joint_before(people.text, one[0])
        if joint == one[0]:
            break
        stop = joint
    names = [people.text[start:stop] for start, stop in found]
    sure = any(people.abroad.fullmatch(name) or _like_a_name(people, name) for name in names)
    if sure and len(found) >= int(people.rule.options.get("least", 1)):
        yield from found


def _joint_before(text: str, stop: int) -> int:
    for joint in ("以及", "、", "和", "与", "及"):
        if text.endswith(joint, 0, stop):
            return stop - len(joint)
    return stop


def _ending_at(people: People, stop: int, shared: bool, further: bool) -> Range | None:
    """The name that ends at a place and begins where a name may begin."""
    text = people.text
    for found in people.abroad.finditer(text, max(0, stop - 20), stop):
        if found.end() == stop:
            return found.span()
    starts = [start for start in range(max(0, stop - 4), stop - 1) if _may_begin(people, start, further)]
    fits = [start for start in starts if _like_a_name(people, text[start:stop])]
    if len(fits) > 1 and text[fits[0]] in _ALSO_WORDS:
        fits = fits[1:]
    if shared and not fits:
        fits = [start for start in starts[::-1] if _may_be_a_name(people, text[start:stop])]
    return (fits[0], stop) if fits else None


def _may_begin(people: People, start: int, further: bool) -> bool:
    """Whether a name may begin at a place: after an edge, a place, a body, a title; in a series after 和."""
    text = people.text
    if further and _joint_before(text, start) < start:
        return True
    if people.words.is_edge(start) or start in people.ends:
        return True
    return people.lead.search(text, max(0, start - 8), start) is not None


# --- names behind a title: 局长|石文、罗明川 ----------------------------------------------------------------------


def _behind(people: People, title: re.Match[str]) -> Iterator[Range]:
    """The names of a series that begins where the title ends, as long as they are names."""
    start = title.end()
    groups = title.groupdict()
    sure = compiled("[\u4e00-\u9fff]{2,6}") if groups.get("foreign") else people.sound if groups.get("sure") else None
    for _ in range(_LONGEST_SERIES):
        stop = _beginning_at(people, start, sure)
        if stop is None:
            return
        yield start, stop
        joint = _SEPARATOR.match(people.text, stop)
        if joint is None:
            return
        start = joint.end()


def _beginning_at(people: People, start: int, sure: re.Pattern[str] | None) -> int | None:
    """Where the name that begins at a place ends: what may follow a name must follow it."""
    text = people.text
    goes_on = compiled(people.rule.options["after"])
    for dotted in (people.abroad, people.dotted):
        abroad = dotted.match(text, start)
        if abroad and goes_on.match(text, abroad.end()):
            return abroad.end()
    for length in (4, 3, 2):
        stop = start + length
        if _ends(text, stop, goes_on) and _like_a_name(people, text[start:stop]):
            return stop
    if sure is None or people.no_name.match(text, start):
        return None
    stops = (stop for stop in range(start + 2, start + 7) if _ends(text, stop, goes_on))
    return next((stop for stop in stops if sure.fullmatch(text, start, stop)), None)


def _ends(text: str, stop: int, goes_on: re.Pattern[str]) -> bool:
    """Whether a name may end at a place: what goes on behind it does not begin a sign earlier (参|与, 担|任)."""
    if stop > len(text) or goes_on.match(text, stop) is None:
        return False
    earlier = goes_on.match(text, stop - 1)
    return earlier is None or earlier.end() - earlier.start() < 2


# --- what is like a name ---------------------------------------------------------------------------------------


def _like_a_name(people: People, name: str) -> bool:
    """Whether a word begins with a family name and may be a name."""
    compound = len(name) > 2 and name[:2] in people.surnames
    by_sound = len(name) > 3 and people.sound.fullmatch(name) is not None
    return (by_sound or compound or (len(name) < 4 and name[0] in people.surnames)) and _may_be_a_name(people, name)


def _may_be_a_name(people: People, name: str) -> bool:
    """Whether a word may be a name where only names stand: no common word, no title, no function word."""
    return (
        _HAN.fullmatch(name) is not None
        and name not in people.common
        and people.no_name.match(name) is None
        and name[-1] not in "员长者师手商户级类等们区县市省镇乡村局部厅院会室处馆站所委办题"
        and name[0] not in "的和与了在是"
        and not set(name[1:]) & set("的和与及或等在是了将对由被把为任于我您你每各该这那")
    )
