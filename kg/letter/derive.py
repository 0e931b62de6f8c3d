"""What several parts say together.

Who raised the proposal, which agency answers, what the letter's title tells of the proposal, and what form the
document has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kg.letter.rules import Rules
from kg.model import DocumentForm, Part, Passage, replace
from kg.registry import Registry

RAISERS = ("proposer", "first_proposer", "cosigner")
_NUMBER_WORDS = re.compile(r"^[^〔第\d]+")


def completed(parts: Sequence[Part], passages: Sequence[Passage], rules: Rules, registry: Registry) -> tuple[Part, ...]:
    """The parts with those derived from others, equal values once, in the order of the text."""
    kept = _issuers(parts, registry)
    kept = [*kept, *_title_of_proposal(kept, rules)]
    kept = _proposers(_longest_bodies(kept), passages, rules)
    kept = [part for part in kept if part.role != "visit" or _with_askers(part, kept, passages, rules)]
    refused = _refused(kept, rules)
    return tuple(_once((part for part in kept if part.role not in refused), rules))


def _refused(parts: Sequence[Part], rules: Rules) -> set[str]:
    """The roles that only a reply has, in what is none; a title without anybody who bears it."""
    refused = {rule.role for rule in rules.parts if rule.of_letters} if form(parts, rules) != "Letter" else set()
    return refused if any(part.role == "addressee" for part in parts) else refused | {"addressee_title"}


def _once(parts: Iterable[Part], rules: Rules) -> Iterator[Part]:
    """The parts in order, those of equal role and value once."""
    every = {rule.role for rule in rules.parts if rule.every}
    seen: set[tuple[str, str]] = set()
    for part in sorted(parts, key=lambda part: (part.passage, part.start, part.stop, part.role)):
        if part.role in every or (part.role, part.value) not in seen:
            seen.add((part.role, part.value))
            yield part


def _longest_bodies(parts: Sequence[Part]) -> list[Part]:
    """Without 政协 where 市政协 is printed too."""
    bodies = {part.value for part in parts if part.role == "proposal_body"}
    short = {body for body in bodies for other in bodies if other != body and other.endswith(body)}
    return [part for part in parts if part.role != "proposal_body" or part.value not in short]


# --- the issuing agency ----------------------------------------------------------------------------------------


def _issuers(parts: Sequence[Part], registry: Registry) -> list[Part]:
    """The letterhead says who issues the letter; without one the signature does; without that the number's words."""
    if any(part.role == "issuer" for part in parts):
        return list(parts)
    signatures = [replace(part, role="issuer") for part in parts if part.role == "signature"]
    return [*parts, *(signatures or _composed(parts, registry))]


def _composed(parts: Sequence[Part], registry: Registry) -> Iterator[Part]:
    """The agency that the words of the number compose; it is printed nowhere, so its place is empty."""
    for part in parts:
        words = _NUMBER_WORDS.match(part.value) if part.role == "number" else None
        if words and (agency := registry.issuer(words.group())):
            yield Part("issuer", part.passage, part.start, part.start, agency)
            return


# --- the proposal and who raised it ----------------------------------------------------------------------------


def _title_of_proposal(parts: Sequence[Part], rules: Rules) -> Iterator[Part]:
    """The proposal's title from the letter's own title, where the opening does not give it."""
    if any(part.role == "proposal_title" for part in parts):
        return
    for part in parts:
        match = rules.cues["proposal_in_title"].search(part.value) if part.role == "title" else None
        if match:
            start, stop = match.start(), match.end("value")
            yield Part("proposal_title", part.passage, part.start + start, part.start + stop, part.value[start:stop])


def _proposers(parts: Sequence[Part], passages: Sequence[Passage], rules: Rules) -> list[Part]:
    """Those who raised the proposal: whom the opening names, and the addressees where it calls them 您 or 贵.

    So do all addressees where one of them is named as the first; the others are co-signers then.
    """
    others = [part for part in parts if part.role not in RAISERS]
    raisers = [part for part in parts if part.role in RAISERS]
    addressees = [part for part in parts if part.role == "addressee"]
    named = [part for part in raisers if not rules.has("you", part.value)]
    leads = addressees[:1] if any(part.role == "first_proposer" for part in raisers if part not in named) else []
    firsts = [*leads, *(part for part in named if part.role == "first_proposer")]
    called = {part.value for part in addressees}
    spoken_to = _spoken_to(parts, passages, rules) or not (named or _for_another(parts, rules))
    every = [*(addressees if spoken_to or any(part.value in called for part in firsts) else ()), *named]
    if not firsts and _said_before_title("signed_together", parts, passages, rules):
        firsts = _first_called(every, addressees)
    cosigners = [part for part in named if part.role == "cosigner"]
    if not cosigners and any(part.value in called for part in firsts):
        cosigners = [part for part in every if part.value not in {first.value for first in firsts}]
    return [
        *others,
        *(replace(part, role="first_proposer") for part in firsts),
        *(replace(part, role="cosigner") for part in cosigners),
        *(replace(part, role="proposer") for part in every),
    ]


def _first_called(every: Sequence[Part], addressees: Sequence[Part]) -> list[Part]:
    """Of several who made a proposal together the one who is named first, if the letter is addressed to them first."""
    first = min(every, key=lambda part: (part.passage, part.start), default=None)
    several = len({part.value for part in every}) > 1
    return [first] if first and several and addressees and addressees[0].value == first.value else []


def _for_another(parts: Sequence[Part], rules: Rules) -> bool:
    """Whether the letter is a view for the agency that answers, not an answer that takes others' views in."""
    told = [part for part in parts if part.role in ("title", "opening") and rules.has("joint_view", part.value)]
    return any(part.role == "title" or not rules.has("views_taken_in", part.value) for part in told)


def _spoken_to(parts: Sequence[Part], passages: Sequence[Passage], rules: Rules) -> bool:
    """Whether the sentence that names the proposal calls those who raised it 您 or 贵, before its title."""
    return _said_before_title("you", parts, passages, rules)


def _said_before_title(cue: str, parts: Sequence[Part], passages: Sequence[Passage], rules: Rules) -> bool:
    """Whether the sentence that names the proposal has a cue before its title; without a title, the opening."""
    openings = {part.passage for part in parts if part.role == "opening"}
    titles = [part for part in parts if part.role == "proposal_title" and part.passage in openings]
    before = [passages[part.passage].text[: part.start] for part in titles]
    return any(rules.has(cue, text) for text in before or [passages[n].text for n in sorted(openings)])


def _with_askers(visit: Part, parts: Iterable[Part], passages: Sequence[Passage], rules: Rules) -> bool:
    """Whether those who were met are those who made the proposal, and not the deputies of companies or villages."""
    text = passages[visit.passage].text
    clause = text[max(text.rfind(mark, 0, visit.start) for mark in "，。；") + 1 :]
    roles = frozenset((*RAISERS, "addressee"))
    asking = [part.value for part in parts if part.role in roles]
    return rules.has("those_who_asked", clause) or any(name in clause for name in asking)


# --- the form of the document ----------------------------------------------------------------------------------


def form(parts: Sequence[Part], rules: Rules) -> DocumentForm:
    """Letter for a reply, Policy for another official document by its title, else Document."""
    title = next((part.value for part in parts if part.role == "title"), "")
    asked = any(part.role in ("proposal_title", "proposal_number") for part in parts)
    openings = [part.value for part in parts if part.role == "opening"]
    if rules.has("reply_title", title) and (asked or rules.has("asked_in_title", title)):
        return "Letter"
    if any(rules.has("answers", opening) for opening in openings) and (asked or not title):
        return "Letter"
    return "Policy" if rules.has("policy_title", title) else "Document"
