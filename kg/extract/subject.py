"""Who acts in a clause that does not say it: the subject of a sentence goes on until another takes its place.

    我局将重点做好以下工作：一是印发《办法》，启动试点；二是……
    市财政局和锦城银行建立机制，双方共同推出“贷”。

Each clause without a subject of its own is given as a frame of its own, with the carried subject before it, so that
the patterns of relations read it as if it stood there.  So is a line that names those in charge (责任单位：甲、乙),
with what the sentence before it carries out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.extract.skeleton import Skeleton, framed, pattern, sign
from kg.model import Mention, Passage

_PART = re.compile(r"[^；]+")
_CLAUSE = re.compile(r"[^，：]+")
_ITEM = re.compile(r"[（(]?[一二三四五六七八九十\d]+(?:[、.．)）](?!\d)|是)|其[一二三四五]是?|首先|其次|再次|同时|此外")
_PARTNER = re.compile(r"(?:并|还|又|同时)?(?=(?:与|同|会同|联合|携手)(?!时|意|步|比))")
_SAYING = re.compile(r"(?:并|还)?(?:提出|明确|要求|指出|强调|规定|确定)")
_JOINT = "将"
_THINGS = ("Platform", "Programme", "Event", "Project", "Policy")
_JOINTS = ("", "、", "和", "与", "及", "以及")
_DATED = re.compile(r"年|\d\.\d")
_WHICH = re.compile(r"(?:其中|同时|此外)?")
_GROUND = re.compile(r"(?:根据|按照|依据|依照|落实|贯彻|结合|对照|借助|通过|依托|围绕)[^，。；]{0,12}$")
_MADE = re.compile(
    r"(?:印发|出台|制定|修订|发布|实施|开展|启动|举办|建设|建成|推出|组建|设立|打造|开发|组织)(?:了)?"
    r"[^，。；\ue000-\uf8ff]{0,8}[\ue000-\uf8ff]"
)
_DONE = ("Programme", "Event", "Project")
_ACTING = ("Agency", "Organisation")


@dataclass(frozen=True, slots=True)
class _Lead:
    """The subject that the items of an enumeration share, and where they stand."""

    mentions: tuple[Mention, ...]
    section: str
    heading: str

    def holds(self, frame: Skeleton) -> bool:
        """Whether a passage can still belong to the enumeration: under the same heading, or in the same plan."""
        there = frame.passage
        return there.section == self.section and (there.heading == self.heading or self.section == "plan")


@dataclass(frozen=True, slots=True)
class _Signs:
    """How a clause begins that says who acts, speaks of both, or of something else; and a line of those in charge."""

    acting: re.Pattern[str]
    both: re.Pattern[str]
    other: re.Pattern[str]
    charged: re.Pattern[str]


def carried(frames: Iterable[Skeleton], pieces: Mapping[str, str], kinds: tuple[str, ...]) -> Iterator[Skeleton]:
    """The clauses that go on with a subject said before them, each with that subject in front.

    `pieces` has those of the grammar that tell where a clause says who acts.
    """
    signs = _signs(pieces, kinds)
    lead: _Lead | None = None
    last: tuple[Mention, ...] = ()
    before: Skeleton | None = None
    for frame in frames:
        lead = lead if lead is not None and lead.holds(frame) else None
        if before is not None and signs.charged.match(frame.text):
            done = [m for m in before.mentions.values() if m.kind in _DONE]
            yield _with(frame, done, "", 0, len(frame.text), kinds)
        joint, last = last, ()
        before, names = frame, frame.mentions
        nobody = lead is None and len(joint) < 2 and frame.kinds.isdisjoint(_ACTING)
        for part in () if nobody else _PART.finditer(frame.text):
            item = _ITEM.match(part.group())
            acting = lead.mentions if item and lead else ()
            for clause in _CLAUSE.finditer(frame.text, part.start() + (item.end() if item else 0), part.end()):
                start, stop = clause.span()
                if names and (said := signs.acting.match(frame.text, start, stop)):
                    acting = last = frame.within(*said.span("s"))
                elif len(last or joint) > 1 and (both := signs.both.match(frame.text, start, stop)):
                    acting = last or joint
                    yield _with(frame, acting, _JOINT, both.end(), stop, kinds)
                elif acting and names and signs.other.match(frame.text, start, stop):
                    acting = ()
                elif acting and not _SAYING.match(frame.text, start, stop):
                    yield _goes_on(frame, acting, start, stop, kinds)
                if acting and frame.text.startswith("：", clause.end()):
                    lead = _Lead(acting, frame.passage.section, frame.passage.heading)


def topical(frames: Iterable[Skeleton], kinds: Sequence[str]) -> Iterator[Skeleton]:
    """The later clauses of each sentence that goes on about one thing, with that thing in front.

    “蓉耕”平台由甲建设，接入“天府通办”，设在乙县: what is built, what enters, what lies there is the platform.
    """
    for frame in frames:
        if not frame.mentions:
            continue
        things = [place for place, mention in frame.mentions.items() if mention.kind in _THINGS]
        topic: tuple[Mention, ...] = ()
        for part in _PART.finditer(frame.text) if things else ():
            for clause in _CLAUSE.finditer(frame.text, *part.span()):
                start, stop = clause.span()
                if not topic and stop <= things[0]:
                    continue
                opens = _WHICH.match(frame.text, start, stop)
                if not topic or (opens and opens.end() in things) or _MADE.search(frame.text, start, stop):
                    topic = _series(frame, things, start, stop)
                elif frame.within(start, stop) or _DATED.search(frame.text, start, stop):
                    yield _with(frame, topic, "，", start, stop, kinds)


def continued(frames: Iterable[Skeleton], pieces: Mapping[str, str], kinds: tuple[str, ...]) -> Iterator[Skeleton]:
    """Sentences that go on about the policy that the sentence right before them was about, with that policy in front.

    《甲办法》自5月1日起施行；《乙办法》同时废止；有效期三年。
    """
    goes_on = pattern(pieces["of_it"], kinds)
    about: tuple[Mention, ...] = ()
    last: Passage | None = None
    for frame in frames:
        there = frame.passage
        if last is None or there.index != last.index + 1 or there.section != last.section:
            about = ()
        last = there
        if about and goes_on.match(frame.text):
            yield _with(frame, about, "，", 0, len(frame.text), kinds)
        else:
            places = [place for place, mention in frame.mentions.items() if mention.kind == "Policy"]
            about = (frame.mentions[places[-1]],) if places and not _GROUND.search(frame.text, 0, places[-1]) else ()


def _series(frame: Skeleton, things: Sequence[int], start: int, stop: int) -> tuple[Mention, ...]:
    """The things that a clause names, if they are one, or one series."""
    places = [place for place in things if start <= place < stop]
    if places and _GROUND.search(frame.text, start, places[0]):
        return ()
    between = (frame.text[one + 1 : other] for one, other in zip(places, places[1:], strict=False))
    return tuple(frame.mentions[p] for p in places) if all(text in _JOINTS for text in between) else ()


def _signs(pieces: Mapping[str, str], kinds: tuple[str, ...]) -> _Signs:
    when, acts = f"(?:{pieces['when']})?", f"(?={pieces['acts']})"
    return _Signs(
        pattern(f"{when}由?<s:{'|'.join(_ACTING)}++>{acts}", kinds),
        pattern(f"{when}(?:{pieces['both']})", kinds),
        pattern(f"{when}<Platform|Person|Place|Group|Project|Event>{acts}", kinds),
        pattern(pieces["charged"], kinds),
    )


def _goes_on(frame: Skeleton, acting: Sequence[Mention], start: int, stop: int, kinds: Sequence[str]) -> Skeleton:
    """A clause with the subject in front; with partners of its own (并与丙…) the first of several only."""
    item = _ITEM.match(frame.text, start, stop)
    start = item.end() if item else start
    partner = _PARTNER.match(frame.text, start, stop)
    if partner:
        return _with(frame, acting[:1], "", partner.end(), stop, kinds)
    return _with(frame, acting, _JOINT, start, stop, kinds)


def _with(
    frame: Skeleton, acting: Sequence[Mention], joint: str, start: int, stop: int, kinds: Sequence[str]
) -> Skeleton:
    signs = "".join(sign(mention.kind, kinds) for mention in acting)
    shift = len(signs) + len(joint) - start
    places = dict(enumerate(acting))
    places.update({place + shift: m for place, m in frame.mentions.items() if start <= place < stop})
    return framed(frame.passage, f"{signs}{joint}{frame.text[start:stop]}", places)
