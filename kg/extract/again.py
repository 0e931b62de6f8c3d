"""Names that a letter has introduced, found again where they stand without what introduced them.

A definition (以下简称“…”) gives a name to what stands before it; a name found once by its carrier or its head
is found wherever else the letter prints it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from kg.extract.candidate import Candidate, candidate
from kg.extract.scene import is_number
from kg.model import Mention, Passage, quick, replace
from kg.ontology import Ontology

RANK = 64
_SHORTEST = 4
_DOCTRINE = re.compile(r"[\u4e00-\u9fff]{0,14}(?:思想|主义|理论)")
"""What a doctrine is called behind the name of a person: no mention of the person."""
_BETWEEN = "\n"
_TAKEN_OVER = (
    ("Programme", "Policy"),
    ("Platform", "Organisation"),
    ("Platform", "Agency"),
    ("Organisation", "Agency"),
)
"""Kinds that a short name seems to be of, and those of what it is defined to stand for: 《…行动计划》（以下简称“跃升计划”）."""
_DEFINITION = re.compile(
    r"[（，](?:(?:以下)?(?:统)?简称|(?:以)?下(?:统)?称)[：:为]?[“《]?(?P<name>[^”》）]{2,30})[”》]?）"
)
_MARKED = (re.compile(r"“[^“”]*”"), re.compile(r"《[^《》]*》"))
_CUES = ("简称", "下称", "下统称")
_TITLE = re.compile(r"[“《](.+)[”》]")


@quick
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
    for match in _DEFINITION.finditer(passage.text) if any(cue in passage.text for cue in _CUES) else ():
        opening = passage.text.rfind("（", 0, match.start() + 1)
        before = [m for m in mentions if m.stop <= opening + 1 and opening - m.stop <= 3]
        if before:
            yield before[-1], match.group("name")


def definitions(passages: Iterable[Passage], mentions: Mapping[int, Sequence[Mention]]) -> dict[str, Mention]:
    """The short names that a letter defines, each with the mention that it stands for."""
    return {name: mention for passage in passages for mention, name in defined(passage, mentions[passage.index])}


def with_definitions(mentions: Sequence[Mention], short: Mapping[str, Mention]) -> list[Mention]:
    """The mentions; those that are defined, and those that are printed by a defined name, with both names."""
    if not short:
        return list(mentions)
    given = {mention: name for name, mention in short.items()}
    return [_defined(mention, given.get(mention), short) for mention in mentions]


def _defined(mention: Mention, name: str | None, short: Mapping[str, Mention]) -> Mention:
    meant = next((short[core] for core in (mention.surface.strip("“”《》"), mention.surface) if core in short), None)
    names = mention.names if name is None else (*mention.names, name)
    if meant is None or meant == mention:
        return mention if names == mention.names else replace(mention, names=names)
    if meant.kind == mention.kind or (mention.kind, meant.kind) in _TAKEN_OVER:
        return replace(mention, kind=meant.kind, names=(*names, meant.surface, *meant.names))
    return mention if names == mention.names else replace(mention, names=names)


def known(mentions: Iterable[Mention], ontology: Ontology, text: str) -> tuple[Known, ...]:
    """The names worth looking for again: of kinds that say so, at least four characters or in quotation marks.

    In marks they are looked for only where the text has them so; a number is mostly printed behind a title.
    """
    found: dict[str, Known] = {}
    again = {kind.name for kind in ontology.kinds.values() if kind.again}
    marked = _marked(text)
    for mention in mentions:
        if mention.kind in again and not is_number(mention.surface):
            for printed in _printed(mention):
                if printed not in found and _may_stand(printed, marked):
                    found[printed] = Known(printed, mention.kind, (mention.surface, *mention.names))
    return tuple(found[name] for name in sorted(found))


def _printed(mention: Mention) -> Iterator[str]:
    for name in (mention.surface, *mention.names):
        if len(name) >= _SHORTEST or (mention.kind in ("Person", "Organisation") and len(name) == _SHORTEST - 1):
            yield name
        if name[:1] not in "“《" or _TITLE.fullmatch(name) is None:
            yield f"“{name}”"
            if mention.kind == "Policy":
                yield f"《{name}》"


def _marked(text: str) -> frozenset[str]:
    """What stands in marks, with them, and has no such marks inside."""
    return frozenset(printed for pattern in _MARKED for printed in pattern.findall(text))


def _may_stand(printed: str, marked: frozenset[str]) -> bool:
    """Whether a name may stand in a text: in marks only where those are printed."""
    if printed[0] not in "“《" or printed in marked:
        return True
    return _MARKED[printed[0] == "《"].fullmatch(printed) is None


def settled_for_good(candidates: Iterable[Candidate], mentions: Iterable[Mention]) -> frozenset[tuple[int, int]]:
    """The places of mentions that no known name can take from them, for they are surer."""
    surer = {(one.mention.start, one.mention.stop) for one in candidates if one.rank < RANK}
    return frozenset([place for mention in mentions if (place := (mention.start, mention.stop)) in surer])


def page(passages: Iterable[Passage]) -> str:
    """The texts of passages, joined."""
    return _BETWEEN.join([passage.text for passage in passages])


def find(
    passages: Sequence[Passage],
    names: Sequence[Known],
    taken: Mapping[int, Collection[tuple[int, int]]],
    text: str,
) -> Mapping[int, list[Candidate]]:
    """The places of known names, by passage, but for those that are taken; passages without any are left out.

    `text` is the `page` of the passages.
    """
    if not names:
        return {}
    automaton = AhoCorasick(
        [name.printed for name in names],
        matchkind=MatchKind.LeftmostLongest,
        implementation=Implementation.ContiguousNFA,  # quickly made, for it serves one letter
    )
    found: dict[int, list[Candidate]] = {}
    begins = list(accumulate((len(passage.text) + len(_BETWEEN) for passage in passages), initial=0))
    place = 0
    for index, start, stop in automaton.find_matches_as_indexes(text):
        while start >= begins[place + 1]:
            place += 1
        passage, name, begin = passages[place], names[index], begins[place]
        if name.kind == "Person" and _DOCTRINE.match(text, stop):
            continue
        if (start - begin, stop - begin) not in taken.get(passage.index, ()):
            one = candidate(passage, start - begin, stop - begin, name.kind, "letter.again", RANK, name.names)
            found.setdefault(passage.index, []).append(one)
    return found
