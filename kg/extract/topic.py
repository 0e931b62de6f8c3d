"""What a part of a letter is about: the one thing that its heading names (1.环湖公路改建工程。 全长12公里，由……承建。)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from kg.model import Letter, Mention
from kg.ontology import Ontology

_LITTLE = 6
_STOPS = "。：；"
_NUMBERING = re.compile(r"^[（(]?[一二三四五六七八九十\d]+(?:[、.．)）]|是)")


def topics(letter: Letter, mentions: Mapping[int, Sequence[Mention]], ontology: Ontology) -> dict[int, Mention]:
    """For each passage under a heading that is little more than one name: where the heading names it.

    A passage that begins with a name of its own has no need of it.
    """
    headings: dict[str, Mention | None] = {}
    found: dict[int, Mention] = {}
    for passage in letter.passages:
        named = [m for m in mentions[passage.index] if ontology.kinds[m.kind].topic]
        topic = headings.get(passage.heading.rstrip(_STOPS))
        if topic is not None and not any(m.start <= 2 or m.surface == topic.surface for m in named):
            found[passage.index] = topic
        headings[passage.text.rstrip(_STOPS)] = next(_only(passage.text, named), None)
    return found


def _only(text: str, named: Sequence[Mention]) -> Iterator[Mention]:
    if len(named) == 1 and len(_NUMBERING.sub("", text).rstrip(_STOPS)) - len(named[0].surface) <= _LITTLE:
        yield named[0]
