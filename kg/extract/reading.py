"""Letter -> mentions -> links, figures, statuses: the order in which a letter is understood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.extract import again, agency, figure_rules, form, head, listed, pattern, quoted, relations, status
from kg.extract.candidate import Candidate, Finding, holder, settle
from kg.extract.form import Link
from kg.extract.lexis import Lexis, lexis
from kg.extract.measures import Figure, figures
from kg.extract.relations import Aside
from kg.extract.scene import Scene, scene
from kg.extract.skeleton import Skeleton, skeleton
from kg.extract.status import Said
from kg.extract.topic import topics
from kg.extract.unread import Known, unread
from kg.letter.rules import load as letter_rules
from kg.model import Dropped, Letter, Mention
from kg.ontology import Ontology
from kg.registry import Registry


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in a letter, mentions not yet resolved to entities."""

    scene: Scene
    mentions: Mapping[int, tuple[Mention, ...]]
    nested: Mapping[int, tuple[Mention, ...]]
    links: tuple[Link, ...]
    figures: tuple[tuple[int, Figure], ...]
    statuses: tuple[tuple[int, Said], ...]
    dropped: tuple[Dropped, ...]


def extract(letter: Letter, ontology: Ontology, registry: Registry) -> Extraction:
    """Read all that the sentences and the form of a letter say."""
    where = scene(letter, registry)
    words = list(lexis(letter.passages, ontology, registry))
    findings = {w.passage.index: _findings(w, where, ontology, registry) for w in words}
    for one in list(form.mentions(letter, registry, findings)):
        findings[one.mention.passage].append(one)
    mentions, nested = _mentions(letter, findings, ontology)
    kinds = tuple(ontology.kinds)
    frames = [skeleton(w.passage, mentions[w.passage.index], kinds, held=w.held) for w in words]
    said = [(frame.passage.index, s) for frame in frames for s in status.find(frame, ontology, kinds)]
    measured, numbers = figures(letter.passages, mentions, where.year, figure_rules.load())
    aside = Aside(where.year, form.issuer(letter, mentions))
    about = topics(letter, mentions, ontology)
    told = [
        skeleton(p, mentions[p.index], kinds, about[p.index]) if p.index in about else frames[p.index]
        for p in letter.passages
    ]
    linked = [*form.links(letter, mentions, ontology), *_sentences(told, ontology, kinds, aside)]
    linked += _inside(mentions, nested, ontology)
    dropped = [*_dropped(findings, mentions), *(one for one in linked if isinstance(one, Dropped)), *numbers]
    known = Known((mentions, nested), measured, tuple(dropped))
    dropped += unread(letter, words, known, figure_rules.load(), letter_rules())
    return Extraction(
        where,
        mentions,
        nested,
        tuple(one for one in linked if isinstance(one, Link)),
        tuple(measured),
        tuple(said),
        tuple(dropped),
    )


def _findings(words: Lexis, where: Scene, ontology: Ontology, registry: Registry) -> list[Finding]:
    found: list[Finding] = []
    if words.hits:
        found += listed.find(words, ontology)
    if words.bureaus:
        found += agency.find(words, where, ontology, registry)
    if words.hits:
        found += agency.national_units(words, ontology)
    found += pattern.find(words, ontology)
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
    names = again.known((m for found in first.values() for m in found), ontology)
    taken = {index: again.settled_for_good(candidates[index], found) for index, found in alone.items() if found}
    more = again.find(letter.passages, names, taken)
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


def _nested(kept: Sequence[Mention], candidates: Iterable[Candidate], ontology: Ontology) -> Iterator[Mention]:
    """What the names of documents, programmes and platforms name in their turn."""
    inside: dict[Mention, list[Candidate]] = {}
    for one in candidates:
        title = holder(kept, one.mention.start, one.mention.stop)
        if title is not None and _may_nest(one.mention, title, ontology.kinds[title.kind].nests):
            inside.setdefault(title, []).append(one)
    for title in kept:
        for mention in settle(inside.get(title, [])):
            yield replace(mention, nested=True)


def _may_nest(mention: Mention, title: Mention, nests: Mapping[str, str]) -> bool:
    """Whether a name may hold another: of a kind that it nests, in the place where that kind stands in it."""
    if mention.stop - mention.start >= len(title.surface.strip("“”《》")):
        return False
    where = nests.get(mention.kind)
    if where == "start":
        return mention.start - title.start <= 1
    return where == "any" or (where == "quoted" and "“" in mention.surface)


def _sentences(
    frames: Iterable[Skeleton], ontology: Ontology, kinds: Sequence[str], aside: Aside
) -> Iterator[Link | Dropped]:
    for frame in frames:
        if frame.passage.section != "form":
            yield from relations.find(frame, ontology, kinds, aside)


def _inside(
    mentions: Mapping[int, Sequence[Mention]], nested: Mapping[int, Sequence[Mention]], ontology: Ontology
) -> Iterator[Link]:
    """Relations between a name and what it names in its turn: the agency a title begins with, the group it is for."""
    rules = [(r, rule) for r in ontology.relations.values() for rule in r.rules if rule.by == "inside"]
    for index, inner in nested.items():
        for one in inner:
            whole = holder(mentions[index], one.start, one.stop)
            for relation, rule in rules:
                if whole is not None and whole.kind in rule.options["whole"] and one.kind in rule.options["part"]:
                    yield Link(whole, relation.name, one, index, (), rule.id)


def _dropped(findings: Mapping[int, Sequence[Finding]], mentions: Mapping[int, Sequence[Mention]]) -> Iterator[Dropped]:
    """What was seen and neither admitted nor part of something admitted."""
    for index in sorted(findings):
        for one in findings[index]:
            if isinstance(one, Dropped) and holder(mentions[index], one.start, one.stop) is None:
                yield one
