"""A passage in which every mention is one sign of its kind: what patterns of relations are matched against.

In a pattern `<Policy>` is a mention of that kind, `<Policy|Programme>` of one of them, `<Policy+>` a series
(甲、乙和丙), `<Agency++>` a series of those who act together (甲会同乙、丙), `<s:Agency+>` a series that is the group `s`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.model import Mention, Passage, quick
from kg.text.guard import guarded

FIRST = 0xE000
_NONE = frozenset[str]()
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_TOKEN = re.compile(r"<(?:(?P<group>[a-z]+\d?):)?(?P<kinds>[A-Z][A-Za-z|]*)(?P<many>\+{1,2})?>")
_MOST = 60
_SERIES = r"(?:、|和|及|与|或|以及|暨)?"
_BESIDE = r"牵头[，、]?(?=[\ue000-\uf8ff、和及与]{1,24}等?[^，。；]{0,8}(?:配合|参与|协|支持|联合|共同))"
_TOGETHER = rf"(?:(?:、|和|及|与|以及)?(?:将|已|再次|拟|先后)?(?:会同|联合|商|配合|协同|携手|联手|{_BESIDE})?)"


@quick
@dataclass(frozen=True, slots=True)
class Skeleton:
    """`text` with one sign per mention; `mentions` by the place of the sign, `kinds` those of all of them.

    `held` tells which rules may match (see kg.extract.prospects): -1 where all are to be tried.
    """

    passage: Passage
    text: str
    mentions: Mapping[int, Mention]
    kinds: frozenset[str]
    held: int = -1

    def within(self, start: int, stop: int) -> tuple[Mention, ...]:
        """The mentions whose signs lie in a range of `text`."""
        return tuple([mention for place, mention in self.mentions.items() if start <= place < stop])


def framed(passage: Passage, text: str, mentions: Mapping[int, Mention], held: int = -1) -> Skeleton:
    """A skeleton from its parts, with the kinds of its mentions."""
    kinds = frozenset([mention.kind for mention in mentions.values()]) if mentions else _NONE
    return Skeleton(passage, text, mentions, kinds, held)


def sign(kind: str, kinds: Sequence[str]) -> str:
    """The sign of a kind."""
    return chr(FIRST + kinds.index(kind))


def skeleton(
    passage: Passage, mentions: Sequence[Mention], kinds: Sequence[str], topic: Mention | None = None, held: int = -1
) -> Skeleton:
    """Replace the mentions of a passage (in order, none overlapping) by signs; a topic from its heading comes first."""
    if not mentions and topic is None:
        return Skeleton(passage, passage.text, {}, _NONE, held)
    text = _without_signs(passage.text)
    pieces = [sign(topic.kind, kinds), "，"] if topic is not None else []
    places = {0: topic} if topic is not None else {}
    length, position = len(pieces), 0
    for mention in mentions:
        pieces += [text[position : mention.start], sign(mention.kind, kinds)]
        length += mention.start - position
        places[length] = mention
        length, position = length + 1, mention.stop
    return framed(passage, "".join([*pieces, text[position:]]), places, held)


def _without_signs(text: str) -> str:
    """The text, sign for sign, with no private-use character that could be taken for the sign of a mention."""
    return text if text.isprintable() else _PRIVATE.sub("\ufffd", text)


@lru_cache(maxsize=2048)
def pattern(source: str, kinds: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern of a rule file with its `<…>` turned into signs, compiled once (verbose)."""

    def token(match: re.Match[str]) -> str:
        names = match["kinds"].split("|")
        one = f"[{''.join(sign(name, kinds) for name in names)}]"
        joint = {"+": _SERIES, "++": _TOGETHER}.get(match["many"])
        body = f"{one}(?:{joint}{one}){{0,{_MOST}}}+" if joint else one
        return f"(?P<{match['group']}>{body})" if match["group"] else f"(?:{body})"

    return re.compile(guarded(_TOKEN.sub(token, source)), re.VERBOSE)
