"""Why printed names that differ were taken for one thing: told for each name of a letter, once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.form import COMPOSED
from kg.extract.scene import is_number
from kg.extract.sharing import SHARED
from kg.identity import PLACE, WAYS, Namer, bare, jointless
from kg.judgement import node_of, set_apart
from kg.model import Join, Letter, Mention, Passage, Ref
from kg.registry import Registry

DECIDED, APART, DEFINED, REGISTRY, RENAMED, SHARING, TITLE, NUMBER, BESIDE = _OWN = (
    "same", "different", "defined", "registry", "renamed", "sharing", "title", "number", "beside",
)  # fmt: skip
REASONS = (*_OWN, *WAYS)
_DEFINITION = re.compile(r"(?:简称|下统?称)[：:为]?[“《]?(?P<name>[^”》）]{2,30})")
_CUES = ("简称", "下称", "下统称")


@dataclass(frozen=True, slots=True)
class Group:
    """Mentions of one letter that are one thing: what that is by the letter, and what it is by the decisions."""

    own: Ref
    ref: Ref
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class _Scene:
    """What reasons are found in: the letter's namer, the registry, and the short names that the letter defines."""

    namer: Namer
    registry: Registry
    defined: frozenset[str]

    def name(self, mention: Mention) -> str:
        """What a mention prints."""
        return self.namer.clean(mention.surface, mention.kind)


def joins(groups: Sequence[Group], letter: Letter, namer: Namer, registry: Registry) -> Iterator[Join]:
    """The names that were joined to others, in the order of the groups and of the text."""
    scene = _Scene(namer, registry, frozenset(bare(name) for one in letter.passages for name in _defined(one)))
    for group in groups:
        if group.own != group.ref:
            yield _judged(group, scene)
        yield from _joined(group, scene)


def _defined(passage: Passage) -> Iterator[str]:
    if any(cue in passage.text for cue in _CUES):
        yield from (match["name"] for match in _DEFINITION.finditer(passage.text))


def _judged(group: Group, scene: _Scene) -> Join:
    """What a decision made of what the letter names."""
    first = group.mentions[0]
    apart = set_apart(group.own.key, scene.namer.letter().key)
    was = f"{group.own.kind.lower()}/{group.own.key}"
    reason = APART if node_of(group.ref) == node_of(Ref(group.ref.kind, apart)) else DECIDED
    return Join(group.ref, scene.name(first), reason, was, first.passage)


def _joined(group: Group, scene: _Scene) -> Iterator[Join]:
    """The names of a group that it does not go by, each where it stands first, with the reason."""
    printed: dict[str, Mention] = {}
    names = [scene.name(mention) for mention in group.mentions]
    for mention, shown in zip(group.mentions, names, strict=True):
        if mention.rule != COMPOSED:  # the words of a number are no name
            printed.setdefault(bare(shown), mention)
    label = scene.namer.label(group.own, names)
    base = printed.get(bare(label), next(iter(printed.values()), group.mentions[0]))
    for name, mention in printed.items():
        if mention is not base:
            reason, other = _why(mention, base, label, group, scene)
            yield Join(group.ref, scene.name(mention), reason, other, mention.passage)
        elif bare(label) not in name and bare(label) not in jointless(name):
            yield Join(group.ref, scene.name(mention), _known(mention, label, scene) or PLACE, label, mention.passage)


def _why(mention: Mention, base: Mention, label: str, group: Group, scene: _Scene) -> tuple[str, str]:
    """The reason why a name was joined, and to which other name."""
    if (known := _known(mention, label, scene)) is not None:
        return known, label
    if is_number(mention.surface):
        return NUMBER, scene.name(base)
    others = [base, *(other for other in group.mentions if other not in (mention, base))]
    met = [(way, scene.name(other)) for other in others if (way := scene.namer.meeting(mention, other))]
    if met:
        return min(met, key=lambda one: WAYS.index(one[0]))
    longer = [scene.name(one) for one in others if bare(scene.name(one)).endswith(bare(scene.name(mention)))]
    return (TITLE, longer[0]) if longer else (BESIDE, scene.name(base))


def _known(mention: Mention, label: str, scene: _Scene) -> str | None:
    """The reason that the letter or the registry gives for a name, where one does."""
    name = scene.name(mention)
    if bare(name) in scene.defined:
        return DEFINED
    for former in scene.registry.aliases.values():
        if former.former in name and former.name in label:
            return RENAMED
    if mention.rule == SHARED:
        return SHARING
    return REGISTRY if mention.rule.startswith(("registry:", "agency.")) and mention.names else None
