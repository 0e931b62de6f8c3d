"""Names that a letter has introduced, found again where they stand without what introduced them.

A definition (以下简称“…”) gives a name to what stands before it; a name found once by its carrier or its head
is found wherever else the letter prints it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.extract.candidate import Candidate, candidate
from kg.model import Mention, Passage
from kg.ontology import Ontology

RANK = 64
_SHORTEST = 4
_DEFINITION = re.compile(r"[（，](?:以下)?(?:统)?简称[：:为]?[“《]?(?P<name>[^”》）]{2,30})[”》]?）")
_TITLE = re.compile(r"[“《](.+)[”》]")


@dataclass(frozen=True, slots=True)
class Known:
    """A name that the letter has given to something."""

    printed: str
    kind: str
    names: tuple[str, ...]


def defined(passage: Passage, mentions: Sequence[Mention]) -> Iterator[tuple[Mention, str]]:
    """Each mention that a definition follows, with the short name it is given.

    Between the two may stand a document number in the same brackets.
    """
    for match in _DEFINITION.finditer(passage.text):
        opening = passage.text.rfind("（", 0, match.start() + 1)
        before = [m for m in mentions if m.stop <= opening + 1 and opening - m.stop <= 3]
        if before:
            yield before[-1], match.group("name")


def definitions(passages: Iterable[Passage], mentions: Mapping[int, Sequence[Mention]]) -> dict[str, Mention]:
    """The short names that a letter defines, each with the mention that it stands for."""
    return {name: mention for passage in passages for mention, name in defined(passage, mentions[passage.index])}


def with_definitions(mentions: Sequence[Mention], short: Mapping[str, Mention]) -> list[Mention]:
    """The mentions; those that are defined, and those that are printed by a defined name, with both names."""
    given = {mention: name for name, mention in short.items()}
    return [_defined(mention, given.get(mention), short) for mention in mentions]


def _defined(mention: Mention, name: str | None, short: Mapping[str, Mention]) -> Mention:
    meant = next((short[core] for core in (mention.surface.strip("“”《》"), mention.surface) if core in short), None)
    names = mention.names if name is None else (*mention.names, name)
    if meant is not None and meant.kind == mention.kind and meant != mention:
        names = (*names, meant.surface, *meant.names)
    return mention if names == mention.names else replace(mention, names=names)


def known(mentions: Iterable[Mention], ontology: Ontology) -> tuple[Known, ...]:
    """The names worth looking for again: of kinds that say so, at least four characters or in quotation marks."""
    found: dict[str, Known] = {}
    for mention in mentions:
        if ontology.kinds[mention.kind].again:
            for printed in _printed(mention):
                found.setdefault(printed, Known(printed, mention.kind, (mention.surface, *mention.names)))
    return tuple(found[name] for name in sorted(found))


def _printed(mention: Mention) -> Iterator[str]:
    for name in (mention.surface, *mention.names):
        if len(name) >= _SHORTEST or (mention.kind in ("Person", "Organisation") and len(name) == _SHORTEST - 1):
            yield name
        if _TITLE.fullmatch(name) is None:
            yield f"“{name}”"
            if mention.kind == "Policy":
                yield f"《{name}》"


def find(passages: Iterable[Passage], names: Sequence[Known]) -> Mapping[int, list[Candidate]]:
    """The places of known names, by passage."""
    if not names:
        return {}
    automaton = AhoCorasick([name.printed for name in names], matchkind=MatchKind.LeftmostLongest)
    return {passage.index: list(_places(automaton, passage, names)) for passage in passages}


def _places(automaton: AhoCorasick, passage: Passage, names: Sequence[Known]) -> Iterator[Candidate]:
    for index, start, stop in automaton.find_matches_as_indexes(passage.text):
        name = names[index]
        yield candidate(passage, start, stop, name.kind, "letter.again", RANK, name.names)
