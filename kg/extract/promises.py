"""What a letter announces, one promise for each clause that does so (ontology/promises.toml).

A promise has its clause, what sort of act it is, the things that it concerns, the figures that it gives, a deadline,
and those who are said to do it.  What holds for several clauses of a sentence (到2025年，……；由某局牵头，……) is carried on
to those that follow.  What nobody could look for later is no promise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.extract.by_when import deadline
from kg.extract.clauses import Clause, clauses
from kg.extract.measures import Figure
from kg.extract.pattern import compiled
from kg.extract.prospects import Saying, promises_for
from kg.extract.skeleton import Skeleton
from kg.model import ActName, Mention, quick, replace
from kg.ontology import Ontology, Rule

_CONCERNED = frozenset(("Programme", "Policy", "Platform", "Event", "Project"))
_BODIES = ("Agency", "Organisation")
_AIMS = ("Target", "Incentive")
_OF_TARGET = "promise.target"  # the rule of a promise that a figure alone makes
_TAKEN = "promise.taken_in"
_SELF = "agency.self"
_OF_WHICH = re.compile("其中|分别|每[家个人户亩名项]")
_MEANS = re.compile(
    "(?:依托|根据|按照|依据|围绕|借助|利用|通过|立足|对接|上架|接入|入驻|登录|[在于从向到与])[^、]{0,6}$"
)
_SAYS_SO = re.compile("[拟预力争计即将明后]|[年月季度]")  # what a clause of the report may announce by
_FULL = "；。！？"
_LAST = ("", "；", "。", "！", "？")  # what ends a sentence, or nothing
_ENDS = "。：；"  # what a heading may end with in its own line
_LONGEST_ITEM = 12  # sentences of an item that a line below it may speak of
_CHARGES = re.compile(
    "[（(]?(?:责任|牵头|主办|承办|实施|落实|主责|配合|协办|会办|参与|协助)(?:责任)?(?:单位|部门|主体)(?:[：:]|为)"
)
_CHARGED = re.compile("(?:具体)?(?:工作)?由[^，]{1,60}(?:负责|牵头|承担|落实|实施|完成|推进)")
_NO_AIMS: Mapping[int, Figure] = {}
_BARE = frozenset(("", "使用", "建设", "任务"))  # what behind a verb is no object
_OF_IT = re.compile(
    "(?:机制|制度|体系|会议|名录|清单)$"
)  # what is set up that only has to do with what is named before


@quick
@dataclass(frozen=True, slots=True)
class Announced:
    """A promise before its things are resolved; `until` is its deadline, `figures` are numbers of the letter's figures.

    `who` are those who are said to do it, `beside` those who are said to do it with them; `bare` tells that the verb
    has no object and nothing is known that it is said of.
    """

    passage: int
    start: int
    stop: int
    text: str
    act: ActName
    until: str
    things: tuple[Mention, ...]
    who: tuple[Mention, ...]
    beside: tuple[Mention, ...]
    figures: tuple[int, ...]
    rule: str
    bare: bool = False


@quick
@dataclass(frozen=True, slots=True)
class _Held:
    """What a sentence has said so far that holds for the clauses to come; `past`: it tells what has been done."""

    until: str = ""
    who: tuple[Mention, ...] = ()
    beside: tuple[Mention, ...] = ()
    past: bool = False


@quick
@dataclass(frozen=True, slots=True)
class _Act:
    """The verb of a clause: what sort of act it is, and its place."""

    act: ActName
    start: int
    stop: int
    rule: str
    always: bool = False


@quick
@dataclass(frozen=True, slots=True)
class _Charge:
    """Those who are said to do something, those with whom, and whether they do what the next clauses say too."""

    who: tuple[Mention, ...] = ()
    beside: tuple[Mention, ...] = ()
    carries: bool = False

    def of(self, one: Announced) -> Announced:
        """A promise with them, but for those that it names itself."""
        return replace(one, who=one.who or self.who, beside=one.beside or self.beside)


_NOBODY = _Charge()


@quick
@dataclass(frozen=True, slots=True)
class _Told:
    """What a sentence announces; `title`: it is a heading; `charges`: it only says who answers for what is above it."""

    frame: Skeleton
    title: bool
    charges: bool
    promises: tuple[Announced, ...]


@quick
@dataclass(frozen=True, slots=True, eq=False)
class _Rules:
    """The rules that a passage may fit, by what they are for, and what they are understood with."""

    ontology: Ontology
    kinds: tuple[str, ...]
    act: Sequence[Saying]
    none: Sequence[Saying]
    deadline: Sequence[Rule]
    who: Sequence[Saying]


def _rules(frame: Skeleton, aims: bool, ontology: Ontology, kinds: tuple[str, ...]) -> _Rules | None:
    """The rules that a passage may fit; None where it can announce nothing, as most do that report and name no aim."""
    in_plan, charges = frame.passage.section == "plan", _charges(frame)
    if not (in_plan or aims or charges or _SAYS_SO.search(frame.text)):
        return None
    named, held = frame.kinds, frame.held
    act = promises_for(ontology, named, "act").of(held)
    if not (in_plan or aims):
        act = [saying for saying in act if saying.rule.options.get("cue")]
    if not (act or aims or charges):
        return None
    by_when = [saying.rule for saying in promises_for(ontology, named, "deadline").of(held)]
    none, who = (promises_for(ontology, named, by).of(held) for by in ("none", "who"))
    return _Rules(ontology, kinds, act, none, by_when, who)


def find(
    frames: Iterable[Skeleton], figures: Sequence[tuple[int, Figure]], ontology: Ontology, year: int | None
) -> Iterator[Announced]:
    """The promises of the passages of a letter, in the order of the text; `year` is the letter's, None if not known.

    A heading only says what the sentences below it promise, unless it says by when, how much or who.  A sentence that
    only says who answers (责任单位：……) says it of those above it.
    """
    by_passage, kinds = _by_passage(figures), tuple(ontology.kinds)
    body = [frame for frame in frames if frame.passage.section != "form"]
    headings, told = {frame.passage.heading for frame in body}, list[_Told]()
    for frame in body:
        aims = by_passage.get(frame.passage.index, _NO_AIMS)
        rules = _rules(frame, bool(aims), ontology, kinds)
        sentence = _Sentence(frame, aims, rules, year) if rules is not None else None
        charge = sentence.charge() if sentence is not None else None
        if charge is not None:
            told = _charged(told, frame.passage.heading, charge, ontology)
        title = frame.passage.text.rstrip(_ENDS) in headings
        made = tuple(sentence.promises()) if sentence is not None else ()
        told.append(_Told(frame, title, charge is not None, made))
    for each in told:
        yield from (one for one in each.promises if not each.title or one.until or one.figures or one.who)


def _charges(frame: Skeleton) -> bool:
    """Whether a sentence only says who answers for what stands above it (责任单位：……)."""
    return bool(frame.mentions) and _CHARGES.match(frame.text) is not None


def _charged(told: Sequence[_Told], heading: str, charge: _Charge, ontology: Ontology) -> list[_Told]:
    """What was said so far, with those who answer for the item that ends here: since its number or its heading.

    For a heading only where nothing was announced below it.
    """
    item, number, found = list(told), compiled(ontology.pieces["plan_number"]), False
    for place in range(len(item) - 1, max(-1, len(item) - 1 - _LONGEST_ITEM), -1):
        each, passage = item[place], item[place].frame.passage
        above = bool(heading) and passage.text.rstrip(_ENDS) == heading
        if (above and found) or (not above and passage.heading != heading) or (each.charges and place < len(item) - 1):
            break
        item[place] = replace(each, promises=tuple(charge.of(one) for one in each.promises))
        found = found or bool(each.promises)
        if above or (each.promises and (number.match(passage.text) or not heading)):
            break
    return item


def _by_passage(figures: Sequence[tuple[int, Figure]]) -> Mapping[int, Mapping[int, Figure]]:
    """The targets and incentives of each passage, by their number in the letter."""
    found: dict[int, dict[int, Figure]] = {}
    for place, (index, figure) in enumerate(figures):
        if figure.kind in _AIMS:
            found.setdefault(index, {})[place] = figure
    return found


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A passage with its targets and incentives, and what it is read with."""

    frame: Skeleton
    aims: Mapping[int, Figure]
    rules: _Rules
    year: int | None

    def charge(self) -> _Charge | None:
        """Those who answer for what stands above, if the sentence says no more than that."""
        if not _charges(self.frame):
            return None
        found = [self._who(clause) for clause in clauses(self.frame)]
        who = tuple(one for each in found for one in each.who)
        beside = tuple(one for each in found for one in each.beside)
        return _Charge(who, beside) if who or beside else None

    def promises(self) -> list[Announced]:
        """The promises of its clauses; 其中…… belongs to the one before it, ……，由某局负责。 to all before it."""
        found: list[Announced] = []
        held, before = _Held(), None
        for clause in clauses(self.frame):
            here = self._aims(clause) if self.aims else _NO_AIMS
            made, held = self._read(clause, before, here, held)
            last = found[-1] if found else None
            if last is not None and here and _OF_WHICH.match(clause.text):
                found[-1] = replace(self._longer(last, clause), figures=(*last.figures, *here))
            elif made is not None and made.bare and last is not None and last.stop + 1 == clause.first:
                act: ActName = "finish" if last.act == "pursue" else last.act
                found[-1] = replace(self._longer(last, clause), act=act, until=made.until or last.until)
            elif made is not None:
                found.append(made)
            elif found and _ends(clause):
                charge = self._who(clause)
                found = [charge.of(one) for one in found] if charge.carries else found
            held = _Held() if clause.end in _FULL else held
            before = clause if made is None and clause.end == "，" else None
        return found

    def _longer(self, one: Announced, clause: Clause) -> Announced:
        return replace(one, stop=clause.last, text=self.frame.passage.text[one.start : clause.last])

    def _aims(self, clause: Clause) -> Mapping[int, Figure]:
        return {n: one for n, one in self.aims.items() if clause.first <= one.start < clause.last}

    def _read(
        self, clause: Clause, before: Clause | None, here: Mapping[int, Figure], held: _Held
    ) -> tuple[Announced | None, _Held]:
        """The promise of a clause, if it makes one, and what holds after it; `before` may name its subject."""
        targets = [one for one in here.values() if one.kind == "Target"]
        in_plan = self.frame.passage.section == "plan"
        charge = self._who(clause)
        who, beside = charge.who, charge.beside
        stays = replace(held, who=who, beside=beside) if charge.carries else held
        if not (in_plan or targets or _SAYS_SO.search(clause.text)):
            return None, stays
        none = None if targets else self._none(clause)
        if none is not None:
            past = held.past or bool(none.options.get("sentence"))
            return None, stays if past == stays.past else replace(stays, past=past)
        act = self._act(clause, bool(targets), in_plan and not held.past)
        until = self._until(clause, act)
        if act is None:
            return None, self._holding(held, until, who, beside)
        things, spoken_of = self._subject(clause, before, act)
        late = max((one.period[-len("2025") :] for one in targets if one.period), default="")
        until = until or held.until or late
        named = [one for one in (*who, *beside) if one.rule != _SELF]
        if act.act == "pursue" and not (act.always or things or here or until or named):
            return None, stays
        place = self._place(spoken_of, clause.last)
        told = Announced(
            self.frame.passage.index, *place, act.act, until, things, who or held.who, beside or held.beside,
            tuple(here), act.rule, self._bare(clause, act) and not things,
        )  # fmt: skip
        return told, stays

    def _until(self, clause: Clause, act: _Act | None) -> str:
        if not self.rules.deadline:
            return ""
        return deadline(clause.text, self.rules.deadline, self.rules.kinds, self.year, act.start if act else None)

    def _holding(self, held: _Held, until: str, who: tuple[Mention, ...], beside: tuple[Mention, ...]) -> _Held:
        """What holds after a clause that only says when, by whom or with whom."""
        if not (until or who or beside):
            return held
        return replace(held, until=until or held.until, who=who or held.who, beside=beside or held.beside)

    def _none(self, clause: Clause) -> Rule | None:
        for saying in self.rules.none:
            rule, match = saying.rule, saying.pattern.match(clause.text)
            if match and not (rule.options.get("past") and (self.year is None or int(match["year"]) >= self.year)):
                return rule
        return None

    def _act(self, clause: Clause, targets: bool, in_plan: bool) -> _Act | None:
        """What a clause announces; a target is announced whatever its verb."""
        for saying in self.rules.act:
            rule = saying.rule
            if not (in_plan or targets or rule.options.get("cue")):
                continue
            if match := saying.pattern.match(clause.text):
                ends = match.groupdict().get("finish") is not None
                act: ActName = "finish" if ends else "reach" if targets else "pursue"
                return _Act(act, *match.span("finish" if ends else "pursue"), rule.id, bool(rule.options.get("always")))
        return _Act("reach", len(clause.text), len(clause.text), _OF_TARGET) if targets else None

    def _subject(self, clause: Clause, before: Clause | None, act: _Act) -> tuple[tuple[Mention, ...], int]:
        """The things of a promise, and where what is said of them begins.

        A verb without an object is said of what the clause before it is about (正在共建某中心，预计年底前建成).
        """
        if not self.frame.mentions:
            return (), clause.first
        things = tuple(self._things(clause, act))
        if self._bare(clause, act) and not things and before is not None:
            things = tuple(mention for _, mention in self._named(before)[-1:])
            return things, before.first if things else clause.first
        return things, clause.first

    def _place(self, first: int, last: int) -> tuple[int, int, str]:
        """Where a promise stands, and its words, without the number of an item."""
        text = self.frame.passage.text
        number = compiled(self.rules.ontology.pieces["plan_number"]).match(text, first, last)
        start = number.end() if number and number.end() < last else first
        return start, last, text[start:last]

    def _bare(self, clause: Clause, act: _Act) -> bool:
        return act.rule != _OF_TARGET and clause.text[act.stop :] in _BARE

    def _named(self, clause: Clause) -> list[tuple[int, Mention]]:
        """What a clause names of the kinds that are acted on, with its place in the clause."""
        signs = self.frame.mentions.items()
        if not signs:
            return []
        return [(n - clause.start, m) for n, m in signs if clause.start <= n < clause.stop and m.kind in _CONCERNED]

    def _things(self, clause: Clause, act: _Act) -> Iterator[Mention]:
        """What is acted on: behind the verb and no means, behind 将 or 把, or of a verb without an object its subject."""
        bare = self._bare(clause, act)
        taken = re.search("[将把]", clause.text[: act.start]) if act.rule == _TAKEN else None
        named = self._named(clause)
        if act.act == "finish" and named and _OF_IT.search(clause.text[named[-1][0] :]):
            return
        for place, mention in named:
            behind = place >= act.stop and not _MEANS.search(clause.text[act.stop : place])
            if behind or (place < act.start and (bare or (taken is not None and taken.end() <= place))):
                yield mention

    def _who(self, clause: Clause) -> _Charge:
        """Those who are said to do what a clause says, and those with whom."""
        if not self.rules.who or not any(one.kind in _BODIES for one in self.frame.within(clause.start, clause.stop)):
            return _NOBODY
        found: dict[str, dict[Mention, None]] = {"who": {}, "with": {}}
        carries = False
        for saying in self.rules.who:
            for match in saying.pattern.finditer(clause.text):
                carries = carries or bool(saying.rule.options.get("on"))
                for group in found.keys() & match.re.groupindex.keys():
                    start, stop = match.span(group)
                    found[group].update(dict.fromkeys(self.frame.within(clause.start + start, clause.start + stop)))
        beside = tuple(one for one in found["with"] if one not in found["who"])
        return _Charge(tuple(found["who"]), beside, carries)


def _ends(clause: Clause) -> bool:
    """Whether a clause that makes no promise says who is to do what was said before it: 由某局负责。 责任单位：某局。"""
    return bool(_CHARGES.match(clause.text) or (clause.end in _LAST and _CHARGED.fullmatch(clause.text)))
