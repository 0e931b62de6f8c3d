"""Mentions -> entities: canonical names, short forms, namesakes; in doubt keeps apart.

Resolution is a pure function of the letter, the registry and the decisions, so that letters can be read in any
order and joined by union.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter

from kg.collecting import put_off
from kg.editions import apart
from kg.extract.agency import SHARED
from kg.extract.form import COMPOSED, Link, proposal_names
from kg.extract.measures import Figure
from kg.extract.promises import Announced
from kg.extract.reading import Extraction, extract
from kg.extract.sharing import SHARED as PLACE_ONLY
from kg.grouping import groups
from kg.identity import NAME, Namer
from kg.joins import Group, joins
from kg.judgement import Decision, called_alike, judgements
from kg.model import (
    Datatype,
    Entity,
    Fact,
    Letter,
    Literal,
    Measure,
    Mention,
    Promise,
    Reading,
    Ref,
    Request,
    Status,
    replace,
)
from kg.ontology import Ontology
from kg.registry import Registry
from kg.validity import settled

_SELF = "agency.self"
_REPLIES = "repliesTo"
_KIND_AND_KEY = attrgetter("kind", "key")


@put_off()
def read(letter: Letter, ontology: Ontology, registry: Registry, decisions: Sequence[Decision] = ()) -> Reading:
    """All that one letter says, with its entities."""
    found = extract(letter, ontology, registry)
    namer = Namer(letter, found.scene, registry, ontology, found.links)
    mentions = list(_all(found))
    named = list(_named(mentions, found, namer, ontology, decisions))
    refs = _refs(mentions, found, namer, named, decisions)
    own = namer.letter()
    facts = settled(tuple(_facts(found, refs)))
    pairs = tuple([(m, ref) for m in mentions if (ref := refs.get(m)) is not None])
    return Reading(
        letter,
        own,
        tuple(_entities([p for p in pairs if p[0] not in found.meant] if found.meant else pairs, own, letter, namer)),
        pairs,
        facts,
        tuple(_measures(found.figures, refs)),
        tuple(dict.fromkeys(_statuses(found, refs))),
        found.dropped,
        requests=_requests(found.requests, own, facts),
        promises=tuple(_promises(found.promises, refs)),
        joins=tuple(joins(named, letter, namer, registry)),
    )


def _all(found: Extraction) -> Iterator[Mention]:
    for index in sorted(found.mentions):
        nested = found.nested[index]
        kept = found.mentions[index]
        yield from sorted((*kept, *nested), key=lambda m: (m.start, -m.stop, m.kind)) if nested else kept


def _named(
    mentions: Sequence[Mention], found: Extraction, namer: Namer, ontology: Ontology, decisions: Sequence[Decision]
) -> Iterator[Group]:
    """The mentions that are names, put together, with what they are by the letter and by the decisions."""
    by_kind: dict[str, list[Mention]] = {}
    for one in mentions:
        if one.rule != _SELF and not (found.meant and one in found.meant):
            by_kind.setdefault(one.kind, []).append(one)
    for kind in ontology.entity_kinds():
        together = groups(by_kind.get(kind.name, ()), kind.key, namer)
        for group in apart(together, found.links) if kind.key == "title" else together:
            ref = Ref(kind.name, namer.key(group, kind.key))
            parts = _apart(group, ref, namer, decisions) if decisions else [group]
            for part in parts:
                own = Ref(kind.name, namer.key(part, kind.key)) if len(parts) > 1 else ref
                meant = _decided(ref, _called(part), namer, decisions, own) if decisions else ref
                yield Group(own, meant, tuple(part))


def _called(group: Iterable[Mention]) -> list[str]:
    """All that the mentions of a group are called by."""
    return [name for mention in group for name in (mention.surface, *mention.names)]


def _decided(
    ref: Ref, names: Sequence[str], namer: Namer, decisions: Sequence[Decision], own: Ref | None = None
) -> Ref:
    """What an entity that the letter calls by these names is by the decisions; `own` where it is a part of `ref`."""
    if not decisions:
        return ref
    return judgements(decisions).ref(ref, names, namer.letter().key, namer.checksum, own)


def _apart(group: list[Mention], ref: Ref, namer: Namer, decisions: Sequence[Decision]) -> list[list[Mention]]:
    """The mentions that a decision sets apart, and the others that the letter's names had put together with them."""
    names = judgements(decisions).apart_names(ref, _called(group), namer.letter().key, namer.checksum)
    called = [one for one in group if any(called_alike(name, other) for name in names for other in _called([one]))]
    meant = [one for one in group if one in called or any(namer.meeting(one, other) == NAME for other in called)]
    return [part for part in (meant, [one for one in group if one not in meant]) if part]


def _refs(
    mentions: Sequence[Mention], found: Extraction, namer: Namer, named: Iterable[Group], decisions: Sequence[Decision]
) -> dict[Mention, Ref]:
    refs: dict[Mention, Ref] = {}
    for group in named:
        refs.update(dict.fromkeys(group.mentions, group.ref))
    issuer = namer.issuer(refs)
    if issuer is not None:
        itself = _decided(issuer, (), namer, decisions)
        refs.update({m: itself for m in mentions if m.rule == _SELF})
    refs.update({m: refs[named] for m, named in found.meant.items() if named in refs})
    return refs


def _entities(pairs: Iterable[tuple[Mention, Ref]], own: Ref, letter: Letter, namer: Namer) -> Iterator[Entity]:
    printed: dict[Ref, dict[str, None]] = {own: {}}
    for mention, ref in pairs:
        if (known := printed.get(ref)) is None:
            known = printed[ref] = {}
        for name in _names(mention):
            known[name] = None
    for ref in sorted(printed, key=_KIND_AND_KEY):
        first = namer.letter_names() if ref is own else ()  # a table keeps the key that came first
        last = proposal_names(letter) if ref.kind == "Proposal" else ()
        names = dict.fromkeys([*first, *[namer.clean(name, ref.kind) for name in printed[ref]], *last])
        label = namer.label(ref, tuple(names))
        yield Entity(ref, label, tuple(sorted([name for name in names if name and name != label])))


def _names(mention: Mention) -> tuple[str, ...]:
    """The names that a mention gives its entity: what stands for a name (我局, the words of a number) is none."""
    if mention.rule == _SELF:
        return ()
    return mention.names if mention.rule in (COMPOSED, SHARED, PLACE_ONLY) else (mention.surface, *mention.names)


def _statuses(found: Extraction, refs: Mapping[Mention, Ref]) -> Iterator[Status]:
    """The statuses of entities; a weak one only where the letter reports no other of the entity."""
    known = [(refs[said.mention], index, said) for index, said in found.statuses if said.mention in refs]
    sure = {ref for ref, _, said in known if not said.weak and said.status != "planned"}
    for ref, index, said in known:
        if not said.weak or ref not in sure:
            yield Status(ref, said.status, index, said.rule)


def _facts(found: Extraction, refs: Mapping[Mention, Ref]) -> Iterator[Fact]:
    seen: set[tuple[object, ...]] = set()
    for link in found.links:
        value = link.object if isinstance(link.object, Literal) else refs.get(link.object)
        subject = refs.get(link.subject)
        if subject is None or value is None or value == subject:
            continue
        key = (subject, link.relation, value, link.passage)
        if key not in seen:
            seen.add(key)
            yield Fact(subject, link.relation, value, link.passage, _read_with(link, found.meant), link.rule)


def _requests(found: Sequence[Request], own: Ref, facts: Iterable[Fact]) -> tuple[Request, ...]:
    """The requests with the proposal that makes them: the one that the letter answers; of several none is known."""
    answered = {fact.object for fact in facts if fact.subject == own and fact.relation == _REPLIES}
    proposal = answered.pop() if len(answered) == 1 else None
    return tuple(replace(one, proposal=proposal) if isinstance(proposal, Ref) else one for one in found)


_PRECISION: Mapping[int, Datatype] = {4: "gYear", 7: "gYearMonth", 10: "date"}
"""The datatype of a date by the length of its lexical form."""


def _promises(found: Iterable[Announced], refs: Mapping[Mention, Ref]) -> Iterator[Promise]:
    def meant(mentions: Iterable[Mention]) -> tuple[Ref, ...]:
        return tuple(dict.fromkeys(refs[mention] for mention in mentions if mention in refs))

    for one in found:
        until = Literal(one.until, _PRECISION[len(one.until)]) if one.until else None
        place = (one.passage, one.start, one.stop)
        ends = (meant(one.things), meant(one.who), meant(one.beside))
        yield Promise(one.text, *place, one.act, until, *ends, one.figures, one.rule)


def _read_with(link: Link, meant: Mapping[Mention, Mention]) -> tuple[int, ...]:
    """The other passages that a link needs: its own, and those that name what its ends stand for."""
    named = {meant[end].passage for end in (link.subject, link.object) if isinstance(end, Mention) and end in meant}
    return tuple(sorted({*link.read_with, *named} - {link.passage}))


def _measures(found: Iterable[tuple[int, Figure]], refs: Mapping[Mention, Ref]) -> Iterator[Measure]:
    numbers: dict[tuple[int, int, int], int] = {}
    for index, figure in found:
        place = (index, figure.start, figure.stop)
        numbers[place] = numbers.get(place, 0) + 1
        yield Measure(
            kind=figure.kind,
            indicator=figure.indicator,
            value=figure.value,
            unit=figure.unit,
            comparator=figure.comparator,
            period=figure.period,
            counting=figure.counting,
            passage=index,
            start=figure.start,
            stop=figure.stop,
            about=_ref(figure.about, refs),
            scope=_ref(figure.scope, refs),
            beneficiary=_ref(figure.beneficiary, refs),
            condition=figure.condition,
            number=numbers[place],
            read_with=figure.read_with,
            rule=figure.rule,
        )


def _ref(mention: Mention | None, refs: Mapping[Mention, Ref]) -> Ref | None:
    return refs.get(mention) if mention is not None else None
