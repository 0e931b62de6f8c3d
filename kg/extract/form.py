"""What the form of a letter says: its parts as mentions, and the relations that hold by form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from kg.extract.candidate import Candidate, Finding, candidate
from kg.extract.scene import number_words
from kg.model import Letter, Literal, Mention, Part, quick
from kg.ontology import Ontology, Relation
from kg.registry import Registry

COMPOSED = "form.composed"
PEOPLE = ("addressee", "contact", "signer", "proposer", "first_proposer", "cosigner")
_ONLY_PEOPLE = ("contact", "signer")
_MAY_BE_PEOPLE = ("addressee", "proposer", "first_proposer", "cosigner")
BODIES = ("issuer", "copy", "printer", "lead", "joint", "consulted_with", "addressee", "proposer", "signature")
_PERSON = re.compile(r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]+·[\u4e00-\u9fff·]+")
_LONG_NAME = re.compile(r"(?:(?![界组党派])[\u4e00-\u9fff]){5,8}(?<![别团盟革进建区市县省旗州厂校站所镇乡村工商])")
"""A Mongolian name is written without dots and without a family name; the title behind it tells it."""

_BODY_END = re.compile(r".*(?:局|委|会|院|部|厅|办|室|处|协|联|社|党|公司|集团|大学|中心)$")

_CALLED = re.compile(
    r"(?:[、和与及，][\u4e00-\u9fff·]{2,12}){0,20}(?:等|[一二两三四五六七八九十\d]{1,3}[位名])*(?:委员|代表)"
)


@quick
@dataclass(frozen=True, slots=True)
class Link:
    """A relation between mentions (or a mention and a literal) before they are resolved to entities."""

    subject: Mention
    relation: str
    object: Mention | Literal
    passage: int
    read_with: tuple[int, ...]
    rule: str


def mentions(letter: Letter, registry: Registry, findings: Mapping[int, Sequence[Finding]]) -> Iterator[Candidate]:
    """The mentions that the form makes certain: the letter, the proposal, people and bodies in their places."""
    yield from _letter(letter)
    yield from _proposal(letter)
    for part in letter.parts:
        if part.start >= part.stop:
            continue
        found = findings.get(part.passage, ())
        if part.role in PEOPLE and (
            is_person(part.value, registry) or (not _body(part, found) and _called(letter, part))
        ):
            yield _part(letter, part, "Person", 0)
        elif part.role in BODIES:
            yield _part(letter, part, "Agency", 65 if _whole(part, found) else 1)


def _body(part: Part, findings: Sequence[Finding]) -> bool:
    """Whether another finder has the name of a body that a part of the form is, or a longer one."""
    return _whole(part, [one for one in findings if isinstance(one, Candidate) and one.mention.kind != "Person"])


def _whole(part: Part, findings: Sequence[Finding]) -> bool:
    """Whether another finder has the name that a part of the form is, or a longer one."""
    found = (one.mention for one in findings if isinstance(one, Candidate))
    return any(m.start <= part.start and part.stop <= m.stop for m in found)


def _called(letter: Letter, part: Part) -> bool:
    """Whether what has no family name (次仁央金) is called a member in a salutation, or is a contact or signer."""
    if not (_PERSON.fullmatch(part.value) or _LONG_NAME.fullmatch(part.value)):
        return False
    if len(part.value) > 2 and _BODY_END.match(part.value):
        return False
    behind = letter.passages[part.passage].text[part.stop :]
    return part.role in _ONLY_PEOPLE or (part.role in _MAY_BE_PEOPLE and _CALLED.match(behind) is not None)


def is_person(name: str, registry: Registry) -> bool:
    """Whether a name in a place of the form where a person or a body may stand is a person's."""
    if _PERSON.fullmatch(name) is None:
        return False
    if "·" in name:
        return True
    return not (len(name) > 3 and _BODY_END.match(name)) and (
        name[0] in registry.surnames or name[:2] in registry.surnames
    )


def _part(letter: Letter, part: Part, kind: str, rank: int) -> Candidate:
    return candidate(
        letter.passages[part.passage], part.start, part.stop, kind, f"form.{part.role}", rank, (part.value,)
    )


def composed(letter: Letter) -> Mention | None:
    """The agency that only the words of the number give, as a mention of those words."""
    issuers, numbers = letter.all("issuer"), letter.all("number")
    if not issuers or not numbers or issuers[0].start < issuers[0].stop:
        return None
    number = numbers[0]
    words = number_words(letter.passages[number.passage].text[number.start : number.stop])
    stop = number.start + len(words)
    return Mention(number.passage, number.start, stop, "Agency", words, COMPOSED, (issuers[0].value,), nested=True)


def unnumbered(letter: Letter) -> Mention | None:
    """A letter that prints no number, as a mention at its title, or at its first line under the name of its file."""
    if letter.form == "Document" or letter.all("number") or not letter.passages:
        return None
    for part in letter.all("title")[:1]:
        surface = letter.passages[part.passage].text[part.start : part.stop]
        return Mention(
            part.passage, part.start, part.stop, letter.form, surface, "form.title", (part.value,), nested=True
        )
    first = letter.passages[0].text
    return Mention(0, 0, len(first), letter.form, first, COMPOSED, (file_name(letter),), nested=True)


def file_name(letter: Letter) -> str:
    """What a letter is called that prints neither number nor title: the name of its file without the ending."""
    return PurePath(letter.document.name).stem.strip() or "letter"


def unprinted(letter: Letter) -> tuple[Mention, ...]:
    """What the form makes certain though no words of its own name it."""
    return tuple(mention for mention in (composed(letter), unnumbered(letter)) if mention is not None)


def _letter(letter: Letter) -> Iterator[Candidate]:
    title = letter.first("title")
    for part in letter.all("number")[:1]:
        yield candidate(
            letter.passages[part.passage], part.start, part.stop, letter.form, "form.number", 0, (part.value, title)
        )


def _proposal(letter: Letter) -> Iterator[Candidate]:
    parts = [p for role in ("proposal_title", "proposal_number") for p in letter.all(role) if p.start < p.stop]
    for part in parts[:1]:
        names = (*proposal_names(letter), part.value)
        yield candidate(letter.passages[part.passage], part.start, part.stop, "Proposal", "form.proposal", 0, names)


def proposal_names(letter: Letter) -> tuple[str, ...]:
    """The names of the proposal answered: its title; its number as 政协提案104号 or 人大建议229号."""
    title, number = letter.first("proposal_title"), letter.first("proposal_number")
    body = letter.first("proposal_body") + letter.first("session")
    kind = "政协提案" if "政协" in body else "人大建议" if "人大" in body else ""
    return tuple(name for name in (title, f"{kind}{number}号" if number and kind else "") if name)


def links(letter: Letter, found: Mapping[int, Sequence[Mention]], ontology: Ontology) -> Iterator[Link]:
    """The relations that hold by form, as the relation files name the parts."""
    subjects = {
        mention.kind: mention
        for passage in found.values()
        for mention in passage
        if mention.rule in ("form.number", "form.proposal")
    }
    whole = unnumbered(letter)
    if whole is not None:
        subjects[whole.kind] = whole
    own = issuer(letter, found)
    if own is not None:
        subjects["Agency"] = own
    for relation in ontology.relations.values():
        for subject, role in relation.form:
            if subject in subjects:
                yield from _links(letter, subjects, subject, role, relation, found, ontology)


def issuer(letter: Letter, found: Mapping[int, Sequence[Mention]]) -> Mention | None:
    """Where the form names the issuing agency."""
    given = composed(letter)
    if given is not None:
        return given
    for part in letter.all("issuer")[:1]:
        for mention in found.get(part.passage, ()):
            if mention.kind == "Agency" and mention.start <= part.start < min(part.stop, mention.stop):
                return mention
    return None


def _links(
    letter: Letter,
    subjects: Mapping[str, Mention],
    subject: str,
    role: str,
    relation: Relation,
    found: Mapping[int, Sequence[Mention]],
    ontology: Ontology,
) -> Iterator[Link]:
    if role in subjects:
        other = subjects[role]
        yield Link(subjects[subject], relation.name, other, other.passage, (), f"form.{role}")
        return
    given = composed(letter) if role == "issuer" else None
    if given is not None:
        yield Link(subjects[subject], relation.name, given, given.passage, (), COMPOSED)
        return
    for part in letter.all(role):
        for value in _objects(part, relation, found, ontology):
            yield Link(subjects[subject], relation.name, value, part.passage, (), f"form.{role}")


def _objects(
    part: Part, relation: Relation, found: Mapping[int, Sequence[Mention]], ontology: Ontology
) -> Iterator[Mention | Literal]:
    if relation.literal:
        yield literal(part.value, relation)
        return
    for mention in found.get(part.passage, ()):
        if mention.start < part.stop and part.start < mention.stop and ontology.covers(relation.range, mention.kind):
            yield mention


def literal(value: str, relation: Relation) -> Literal:
    """A literal of the relation's datatype; dates by their precision.

    >>> _dated("2023-06").datatype
    'gYearMonth'
    """
    return _dated(value) if {"xsd:date", "xsd:gYear"} & {*relation.range} else Literal(value)


def _dated(value: str) -> Literal:
    if len(value) == 10:
        return Literal(value, "date")
    return Literal(value, "gYearMonth" if len(value) == 7 else "gYear")
