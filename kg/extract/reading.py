"""Letter -> mentions -> links, figures, statuses: the order in which a letter is understood."""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.extract import (
    again,
    agency,
    anaphora,
    figure_rules,
    form,
    head,
    listed,
    pattern,
    people,
    promises,
    quoted,
    relations,
    requests,
    status,
    subject,
    tiers,
)
from kg.extract.anaphora import Meant
from kg.extract.candidate import Candidate, Finding, holder, settle
from kg.extract.form import Link
from kg.extract.lexis import Lexis, lexis
from kg.extract.measures import Figure, figures
from kg.extract.promises import Announced
from kg.extract.prospects import scanned
from kg.extract.relations import Aside
from kg.extract.scene import Scene, scene
from kg.extract.skeleton import Skeleton, skeleton
from kg.extract.status import Said
from kg.extract.topic import topics
from kg.extract.unread import Known, unread
from kg.letter.rules import load as letter_rules
from kg.model import Dropped, Letter, Mention, Request, replace
from kg.ontology import Ontology, Rule
from kg.registry import Registry

# What stands behind an agency's short name in a document number: 工信部|联规〔2021〕200号.
_YEAR_IN_BRACKETS = re.compile(r"[〔\[（(【](?:19|20)\d\d[〕\]）)】]")
_NUMBERED = re.compile(r"[\u4e00-\u9fffA-Za-z]{0,5}[〔\[（(【](?:19|20)\d\d[〕\]）)】]第?\d+号")


_BODY_ENDS = "部局委会厅院署行办室社联府 "
"""How the name of a body may end before that of another one in a title: 某部 某局关于……"""


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in a letter, mentions not yet resolved to entities.

    `meant` gives for each mention that only stands for a name (该计划) the mention that it stands for.
    """

    scene: Scene
    mentions: Mapping[int, tuple[Mention, ...]]
    nested: Mapping[int, tuple[Mention, ...]]
    meant: Mapping[Mention, Mention]
    links: tuple[Link, ...]
    figures: tuple[tuple[int, Figure], ...]
    statuses: tuple[tuple[int, Said], ...]
    dropped: tuple[Dropped, ...]
    requests: tuple[Request, ...] = ()
    promises: tuple[Announced, ...] = ()


def extract(letter: Letter, ontology: Ontology, registry: Registry) -> Extraction:
    """Read all that the sentences and the form of a letter say."""
    where = scene(letter, registry)
    words = list(lexis(letter.passages, ontology, registry))
    findings = {w.passage.index: _findings(w, where, ontology, registry) for w in words}
    for one in list(form.mentions(letter, registry, findings)):
        findings[one.mention.passage].append(one)
    mentions, nested = _mentions(letter, findings, ontology)
    pointed = list(anaphora.find(letter, mentions, ontology))
    meant = {one.mention: one.named for one in pointed if isinstance(one, Meant)}
    mentions = _with(mentions, meant)
    meant.update(anaphora.editions(letter, mentions))
    kinds = tuple(ontology.kinds)
    frames = [skeleton(w.passage, mentions[w.passage.index], kinds, held=w.held) for w in words]
    said = [(frame.passage.index, s) for frame in frames for s in status.find(frame, ontology, kinds, where.year)]
    measured, numbers = figures(letter.passages, mentions, where.year, figure_rules.load())
    years = relations.years_before(letter.passages, where.year)
    aside = Aside(where.year, form.issuer(letter, mentions), letter.form, years, letter.first("date") or "")
    told = _with_topics(letter, mentions, frames, ontology)
    linked = [*form.links(letter, mentions, ontology), *_sentences(told, ontology, kinds, aside)]
    linked += [*_inside(mentions, nested, ontology), *tiers.links(words, mentions, ontology)]
    dropped = [
        *_dropped(findings, mentions),
        *(one for one in (*linked, *pointed) if isinstance(one, Dropped)),
        *numbers,
    ]
    known = Known((mentions, nested), measured, tuple(dropped))
    dropped += unread(letter, words, known, figure_rules.load(), letter_rules())
    return Extraction(
        where,
        mentions,
        nested,
        meant,
        tuple(one for one in linked if isinstance(one, Link)),
        tuple(measured),
        tuple(said),
        tuple(dropped),
        tuple(requests.find(letter, ontology)),
        tuple(promises.find(frames, measured, ontology, where.year)),
    )


def _with_topics(
    letter: Letter, mentions: Mapping[int, tuple[Mention, ...]], frames: Sequence[Skeleton], ontology: Ontology
) -> list[Skeleton]:
    """The skeletons of all passages, those that carry a topic on with it."""
    kinds, about = tuple(ontology.kinds), topics(letter, mentions, ontology)
    led = [skeleton(p, mentions[p.index], kinds, about[p.index]) for p in letter.passages if p.index in about]
    with_topic = {frame.passage.index: frame for frame in scanned(led, ontology)}
    return [with_topic.get(p.index, frames[p.index]) for p in letter.passages]


def _findings(words: Lexis, where: Scene, ontology: Ontology, registry: Registry) -> list[Finding]:
    text = words.passage.text
    found = [one for one in _found(words, where, ontology, registry) if listed.whole(one, text, ontology)]
    if not found or "号" not in text or not _YEAR_IN_BRACKETS.search(text):
        return found
    return [one for one in found if not _is_numbered(one, text)]


def _is_numbered(one: Finding, text: str) -> bool:
    """Whether a name is the short one of an agency in a document number."""
    if not isinstance(one, Candidate) or one.mention.kind == "Policy":
        return False
    return _NUMBERED.match(text, one.mention.stop) is not None


def _found(words: Lexis, where: Scene, ontology: Ontology, registry: Registry) -> list[Finding]:
    found: list[Finding] = []
    if words.hits:
        found += listed.find(words, ontology, registry)
    if words.hits or words.bureaus:
        found += agency.find(words, where, ontology, registry)
    found += agency.national_units(words, where, ontology)
    found += pattern.find(words, ontology)
    found += tiers.find(words, ontology)
    found += people.find(words, ontology, registry)
    if words.heads:
        found += head.find(words, ontology)
    if words.quotes:
        found += quoted.find(words, ontology)
    return found


def _mentions(
    letter: Letter, findings: Mapping[int, Sequence[Finding]], ontology: Ontology
) -> tuple[dict[int, tuple[Mention, ...]], dict[int, tuple[Mention, ...]]]:
    """The mentions that stay, and those that lie inside titles; names of the letter are looked for twice."""
    candidates = {index: [f for f in found if isinstance(f, Candidate)] for index, found in findings.items()}
    alone = {passage.index: settle(candidates[passage.index]) for passage in letter.passages}
    short = again.definitions(letter.passages, alone)
    first = {index: again.with_definitions(found, short) for index, found in alone.items()}
    page = again.page(letter.passages)
    names = again.known((m for found in first.values() for m in found), ontology, page)
    taken = {index: again.settled_for_good(candidates[index], found) for index, found in alone.items() if found}
    more = again.find(letter.passages, names, taken, page)
    settled: dict[int, tuple[Mention, ...]] = {}
    nested: dict[int, tuple[Mention, ...]] = {}
    for index, kept in first.items():
        if index in more:
            candidates[index] += more[index]
            kept = again.with_definitions(settle(candidates[index]), short)
        settled[index] = tuple(kept)
        nested[index] = tuple(_nested(kept, candidates[index], ontology)) if len(kept) < len(candidates[index]) else ()
    for given in form.unprinted(letter):
        nested[given.passage] = (*nested[given.passage], given)
    return settled, nested


def _with(mentions: Mapping[int, tuple[Mention, ...]], more: Iterable[Mention]) -> dict[int, tuple[Mention, ...]]:
    """The mentions of each passage with further ones in their places."""
    found = {index: list(here) for index, here in mentions.items()}
    for mention in more:
        insort(found[mention.passage], mention, key=lambda one: one.start)
    return {index: tuple(here) for index, here in found.items()}


def _nested(kept: Sequence[Mention], candidates: Iterable[Candidate], ontology: Ontology) -> Iterator[Mention]:
    """What the names of documents, programmes and platforms name in their turn."""
    inside: dict[Mention, list[Candidate]] = {}
    for one in candidates:
        title = holder(kept, one.mention.start, one.mention.stop)
        if title is not None and _may_nest(one.mention, title, ontology):
            inside.setdefault(title, []).append(one)
    for title in kept:
        for mention in settle(inside.get(title, [])):
            yield replace(mention, nested=True)


def _may_nest(mention: Mention, title: Mention, ontology: Ontology) -> bool:
    """Whether a name may hold another: of a kind that it nests, in the place where that kind stands in it.

    A class that a title is not made to serve is no more than a word of it: 《体育教师配备标准》.
    """
    if mention.stop - mention.start >= len(title.surface.strip("“”《》")):
        return False
    where = ontology.kinds[title.kind].nests.get(mention.kind)
    if where == "served":
        rules = (rule for relation in ontology.relations.values() for rule in relation.rules if rule.by == "inside")
        return any(_names(rule, title, mention) for rule in rules)
    if where == "unquoted":
        before = title.surface[: mention.start - title.start]
        return before.count("“") == before.count("”")
    if where == "start":
        before = title.surface[: mention.start - title.start].lstrip("《〈“")
        return not before or (before[-1] in _BODY_ENDS and "关于" not in before + mention.surface)
    if where == "marked":
        return mention.surface[:1] in ("〈", "《")
    return where == "any" or (where == "quoted" and "“" in mention.surface)


def _sentences(
    frames: Iterable[Skeleton], ontology: Ontology, kinds: Sequence[str], aside: Aside
) -> Iterator[Link | Dropped]:
    body: list[Skeleton] = []
    for frame in frames:
        if frame.passage.section != "form":
            body.append(frame)
        elif frame.mentions:
            yield from relations.in_form(frame, ontology, kinds, aside)
    for frame in body:
        yield from relations.find(frame, ontology, kinds, aside)
    short = [frame for frame in body if relations.is_one_statement(frame)]
    for what, clauses in (
        ("carried", subject.carried(short, ontology.pieces, tuple(kinds))),
        ("topic", subject.topical(short, kinds)),
        ("topic", subject.continued(short, ontology.pieces, tuple(kinds))),
    ):
        for clause in scanned(tuple(clauses), ontology):
            yield from relations.going_on(clause, ontology, kinds, aside, what)


def _inside(
    mentions: Mapping[int, Sequence[Mention]], nested: Mapping[int, Sequence[Mention]], ontology: Ontology
) -> Iterator[Link]:
    """Relations between a name and what it names in its turn: the agency a title begins with, the group it is for."""
    rules = [(r, rule) for r in ontology.relations.values() for rule in r.rules if rule.by == "inside"]
    for index, inner in nested.items():
        for one in inner:
            whole = holder(mentions[index], one.start, one.stop)
            for relation, rule in rules:
                if whole is not None and _names(rule, whole, one):
                    yield Link(whole, relation.name, one, index, (), rule.id)


def _names(rule: Rule, whole: Mention, part: Mention) -> bool:
    """Whether a rule says that a name stands in a relation to what it names in its turn."""
    kinds = whole.kind in rule.options["whole"] and part.kind in rule.options["part"]
    return kinds and re.search(rule.options.get("pattern", ""), whole.surface) is not None


def _dropped(findings: Mapping[int, Sequence[Finding]], mentions: Mapping[int, Sequence[Mention]]) -> Iterator[Dropped]:
    """What was seen and neither admitted nor part of something admitted."""
    for index in sorted(findings):
        for one in findings[index]:
            if isinstance(one, Dropped) and holder(mentions[index], one.start, one.stop) is None:
                yield one
