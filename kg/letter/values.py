"""How the value of a part is read: one small reader per word that `read` may have in ontology/letter.toml.

A reader takes a slice of a passage and gives (start, stop, value) triples: places in the passage's reading text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.letter.rules import Rules
from kg.model import quick
from kg.text import iso_date, norm, number


@quick
@dataclass(frozen=True, slots=True)
class Context:
    """The cues, the surnames, and the places of the text before which the source has white space."""

    rules: Rules
    surnames: frozenset[str] = frozenset()
    gaps: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Slice:
    """`text[start:stop]` of a passage, and what reading it needs."""

    text: str
    start: int
    stop: int
    context: Context

    @property
    def value(self) -> str:
        """What the slice reads."""
        return self.text[self.start : self.stop]

    def within(self, start: int, stop: int) -> Slice:
        """Another slice of the same passage."""
        return Slice(self.text, start, stop, self.context)

    def has(self, cue: str) -> bool:
        """Whether a cue is in what the slice reads."""
        return self.context.rules.has(cue, self.value)

    def without(self, cue: str) -> Slice:
        """The slice up to the place where a cue begins in it."""
        match = self.context.rules.cues[cue].search(self.value)
        return self.within(self.start, self.start + match.start()) if match else self


Value = tuple[int, int, str]
Reader = Callable[[Slice], Iterable[Value]]

_SEPARATOR = re.compile(r"[、，,；;]|(?<![合兼])并转?|(?:以及|和|与|及)")
_SOFT = frozenset(("以及", "和", "与", "及"))
_IN_BRACKETS = re.compile(r"[（(][^（）()]*[）)]?$")
_CALLED = re.compile(
    r"^(?:[\u4e00-\u9fff]{0,6}(?:人大|政协)(?:代表|委员)|[\u4e00-\u9fff]{2,8}代表团)(?=[\u4e00-\u9fff·]{2,})"
)
_NAME = re.compile(r"[㐀-鿿]{2,4}|[㐀-鿿]{1,10}(?:·[㐀-鿿]{1,10})+")


def _text(part: Slice) -> Iterator[Value]:
    yield part.start, part.stop, part.value


def _name(part: Slice) -> Iterator[Value]:
    if not part.has("generic"):
        yield part.start, part.stop, norm(part.value)


def _letter(part: Slice) -> Iterator[Value]:
    yield part.start, part.stop, part.value.upper()


def _date(part: Slice) -> Iterator[Value]:
    if value := iso_date(part.value):
        yield part.start, part.stop, value


def _phone(part: Slice) -> Iterator[Value]:
    yield part.start, part.stop, re.sub("[-—–－）)]+", "-", part.value.lstrip("（("))


# --- people and bodies -----------------------------------------------------------------------------------------


def pieces(part: Slice) -> Iterator[Slice]:
    """The members of a series: 甲、乙和丙; white space in the source separates too (甲　乙)."""
    start = part.start
    for low, high in _cuts(part):
        if low > start:
            yield part.within(start, low)
        start = high
    if start < part.stop:
        yield part.within(start, part.stop)


def _cuts(part: Slice) -> Iterator[tuple[int, int]]:
    """The places of the separators; 和, 与, 及 separate only where both sides are names of one sort."""
    edges = sorted(
        [(match.start() + part.start, match.end() + part.start) for match in _SEPARATOR.finditer(part.value)]
        + [(gap, gap) for gap in part.context.gaps if part.start < gap < part.stop]
    )
    start = part.start
    for number_, (low, high) in enumerate(edges):
        after = edges[number_ + 1][0] if number_ + 1 < len(edges) else part.stop
        hard = part.text[low:high] not in _SOFT and low != high
        if hard or _same_sort(
            part.within(start, low), part.within(high, part.stop if low != high else after), part.within(high, after)
        ):
            yield low, high
            start = high


def _same_sort(left: Slice, *rights: Slice) -> bool:
    if any(right.has("bare_office") and right.has("body_name") for right in rights):
        return False
    return any(
        (is_person(left) and is_person(right))
        or (is_body(left) and is_body(right))
        or (_is_called(left) and is_body(right))
        or (is_body(left) and _is_called(right))
        for right in rights
    )


def _is_called(part: Slice) -> bool:
    """Whether a person's name stands with a title (陈小雨委员)."""
    return is_person(part) and bare(part).stop != part.stop


def bare(part: Slice) -> Slice:
    """A name without the title after it, 等三位, and brackets."""
    name = part.without("person_title").without("and_others")
    if match := _IN_BRACKETS.search(name.value):
        name = name.within(name.start, name.start + match.start())
    return name.without("person_title")


def is_person(part: Slice) -> bool:
    """Whether a name, with or without a title, is a person's."""
    name = bare(part)
    if not _NAME.fullmatch(name.value):
        return False
    surname = name.value[0] in part.context.surnames or name.value[:2] in part.context.surnames
    return (surname or "·" in name.value or name.stop != part.stop) and not is_body(name)


def is_body(part: Slice) -> bool:
    """Whether a name is that of an agency or organisation."""
    return len(part.value) > 2 and part.has("body_name") and not part.has("person_title")


def _people(part: Slice) -> Iterator[Value]:
    for piece in pieces(part):
        name = bare(piece)
        if _NAME.fullmatch(name.value) and not name.has("generic"):
            yield name.start, name.stop, norm(name.value)


def _consulted(part: Slice) -> Iterator[Value]:
    """Bodies only, up to where the sentence goes on behind one of them: 甲局、乙局组成专班，赴某地调研."""
    for piece in pieces(part):
        body = piece.without("goes_on")
        if is_body(body.without("and_others")):
            yield from _bodies(body)
        if body.stop != piece.stop:
            return


def _bodies(part: Slice) -> Iterator[Value]:
    for piece in pieces(part):
        name = piece.without("copies_count").without("and_others")
        if len(name.value) > 1 and not name.has("generic"):
            yield name.start, name.stop, part.context.rules.without("state_prefix", norm(name.value))


def _uncalled(part: Slice) -> Slice:
    """A name without the calling or the delegation before it: 省人大代表陈小雨, 绍兴代表团陈小雨."""
    match = _CALLED.match(part.value)
    name = part.within(part.start + match.end(), part.stop) if match else part
    return name if is_person(name) else part


def _addressees(part: Slice) -> Iterator[Value]:
    """The people and bodies called; 各区人民政府 and what follows it calls nobody by name."""
    for piece in () if part.has("to_all") else pieces(part):
        name = piece if is_body(piece) else bare(_uncalled(piece))
        if len(name.value) > 1 and not name.has("generic"):
            yield name.start, name.stop, norm(name.value)


def _proposers(part: Slice) -> Iterator[Value]:
    """Names, or 您 for the addressee."""
    if len(part.value) == 1 and part.has("you"):
        yield part.start, part.stop, part.value
    yield from _addressees(part)


# --- the body and the session of a proposal --------------------------------------------------------------------

_SESSION = re.compile(r"(?P<session>[一二三四五六七八九十\d]+)届.*?(?P<meeting>[一二三四五六七八九十\d]+)次")
_WRITTEN_OUT = re.compile(r"政协第?[一二三四五六七八九十]+届全国委员会第?[一二三四五六七八九十]+次会议")
_BODY_WORD = re.compile(r"政协|人大|人民代表大会|(?:中国人民)?政治协商会议")
_NO_LEVEL = re.compile(
    _BODY_WORD.pattern
    + r"|第?[一二三四五六七八九十\d]+届|委员会|第?[一二三四五六七八九十\d]+次.*|代表$|委员$|提案|建议|议案"
)


def _session(part: Slice) -> Iterator[Value]:
    """届次 without the place or level, but for 全国人大 and 全国政协; the national conference's as it is written out."""
    printed, start = _without_lead(part)
    if written := _WRITTEN_OUT.search(printed):
        yield start, part.stop, written.group()
        return
    match = _SESSION.search(printed)
    if match is None:
        return
    session, meeting = (_chinese(match[name]) for name in ("session", "meeting"))
    body = ("全国" if "全国" in printed else "") + _kind(printed)
    leads = _BODY_WORD.search(printed, 0, match.end("session")) is not None
    value = f"{body}{session}届{meeting}次会议" if leads else f"{session}届{body}{meeting}次会议"
    yield start, part.stop, value


def _proposal_body(part: Slice) -> Iterator[Value]:
    """政协 or 人大 with the words before it that say whose."""
    printed, start = _without_lead(part)
    yield start, part.stop, _NO_LEVEL.sub("", printed) + _kind(printed)


def _without_lead(part: Slice) -> tuple[str, int]:
    match = part.context.rules.cues["before_session"].search(part.value)
    cut = match.end() if match else 0
    return part.value[cut:], part.start + cut


def _kind(printed: str) -> str:
    return "人大" if "人大" in printed or "人民代表大会" in printed else "政协"


def _chinese(printed: str) -> str:
    """An ordinal in Chinese numerals: 12 as 十二.

    >>> _chinese("12"), _chinese("20"), _chinese("3"), _chinese("十二")
    ('十二', '二十', '三', '十二')
    """
    value = number(printed)
    if value is None or not 0 < value < 100:
        return printed
    digits = "零一二三四五六七八九"
    tens, ones = divmod(int(value), 10)
    return (digits[tens] if tens > 1 else "") + ("十" if tens else "") + (digits[ones] if ones else "")


READERS: Mapping[str, Reader] = {
    "text": _text,
    "name": _name,
    "letter": _letter,
    "date": _date,
    "phone": _phone,
    "people": _people,
    "bodies": _bodies,
    "consulted": _consulted,
    "proposers": _proposers,
    "addressees": _addressees,
    "session": _session,
    "proposal_body": _proposal_body,
}
