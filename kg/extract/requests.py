"""What the proposal asks for, as the letter repeats it, and the passages that answer it (ontology/requests.toml).

A request under a heading is answered by what stands under the heading, one that a sentence speaks of by what the
sentence goes on to say, and a series at the beginning of a letter by the passages that take up its words.  Where none
of these is certain, nothing answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.extract.answering import Outcomes, outcomes, takes_up
from kg.extract.pattern import compiled
from kg.letter.headings import ITEM, enumerator
from kg.model import Answer, Letter, Passage, Request, replace
from kg.ontology import Ontology, Rule

SHORTEST, LONGEST = 4, 60
"""The fewest and the most signs of a request."""
_MOST_JOINED = 8  # sentences ending in ； that may be one series
_NEAR = 3  # signs before a request that opens its paragraph
_MAY = re.compile("建议|提案|议案|意见|关于|提出|所提")
_SERIES_OPENS = re.compile("提出|所提|提到")
_STOPS = "。：；"
_PAIRS = {"“": "”", "（": "）", "《": "》"}
_LEAD = re.compile(
    r"^(?:、|，|以及|并|和|及|(?:[一二三四五六七八九十]是|第[一二三四五六七八九十][，、]|\d[.、])?(?:要|应当?|希望)?)+"
)
_END = re.compile(r"(?:等|以及|及其|的)+$")
_SURE = frozenset(("done", "ongoing", "declined"))


@dataclass(frozen=True, slots=True)
class _Asked:
    """One place that repeats a request: its passage and range, the rule, where in the passage the match ends.

    `heading`: the passage is a heading, or stands like one before its paragraph.
    """

    passage: int
    start: int
    stop: int
    text: str
    rule: Rule
    end: int
    heading: bool = False


def find(letter: Letter, ontology: Ontology) -> Iterator[Request]:
    """The requests that a reply repeats, each once, in the order of the text, with the passages that answer them."""
    if letter.form != "Letter":
        return
    places = list(_places(letter, ontology))
    same: dict[str, list[_Asked]] = {}
    for place in places:
        same.setdefault(place.text, []).append(place)
    repeating = {place.passage for place in places}
    told = outcomes(ontology)
    found = [_request(letter, asked, repeating, told) for asked in same.values()]
    open_ones = [number for number, request in enumerate(found) if not request.answers]
    if open_ones:
        free = [p for p in letter.passages if p.section != "form" and p.index not in repeating]
        taken = takes_up([found[number].text for number in open_ones], free)
        for number, indices in zip(open_ones, taken, strict=True):
            answers = tuple(_answers(letter, indices, told))
            found[number] = replace(found[number], answers=answers)
    yield from found


# --- where requests are repeated


def _places(letter: Letter, ontology: Ontology) -> Iterator[_Asked]:
    passages = letter.passages
    headings, said = _rules(ontology, "heading"), _rules(ontology, "said")
    done = -1  # the last passage of a series that runs over several
    for passage in passages:
        if passage.index <= done or not _MAY.search(passage.text):
            continue
        opens = _opens(letter, passage)
        asked = list(_in_heading(passage, headings, ontology)) if opens else []
        asked = asked or list(_in_text(passages, passage, said, ontology, opens))
        done = max([done, *(one.passage for one in asked)])
        yield from asked


def _opens(letter: Letter, passage: Passage) -> bool:
    """Whether a passage stands at the beginning of a paragraph."""
    before = letter.passages[passage.index - 1].span.stop if passage.index else 0
    return not passage.index or "\n" in letter.document.text[before : passage.span.start]


@lru_cache(maxsize=16)
def _rules(ontology: Ontology, by: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in ontology.requests if rule.by == by)


def _in_heading(passage: Passage, rules: Sequence[Rule], ontology: Ontology) -> Iterator[_Asked]:
    if passage.section == "form":
        return
    text = passage.text.rstrip(_STOPS)
    for rule in rules:
        if match := compiled(rule.options["pattern"]).fullmatch(text):
            for start, stop, item in _items(text, *match.span("ask"), ontology):
                yield _Asked(passage.index, start, stop, item, rule, len(text), True)
            return


def _in_text(
    passages: Sequence[Passage], passage: Passage, rules: Sequence[Rule], ontology: Ontology, opens: bool
) -> Iterator[_Asked]:
    joined = _joined(passages, passage)
    text = "".join(one.text for one in joined)
    taken: list[tuple[int, int]] = []
    for rule in rules:
        for match in compiled(rule.options["pattern"]).finditer(text):
            if any(start < match.end() and match.start() < stop for start, stop in taken):
                continue
            items = list(_items(text, *match.span("ask"), ontology))
            if items:
                taken.append(match.span())
            for start, stop, item in items:
                found = _placed(joined, start, stop, item, rule, match)
                yield replace(found, heading=opens and len(items) == 1 and match.start() <= _NEAR)


def _placed(joined: Sequence[Passage], start: int, stop: int, item: str, rule: Rule, match: re.Match[str]) -> _Asked:
    """A request found in sentences put together, in the one that it stands in."""
    length = 0
    for passage in joined:
        if stop <= length + len(passage.text):
            break
        length += len(passage.text)
    return _Asked(passage.index, start - length, stop - length, item, rule, match.end() - length)


def _joined(passages: Sequence[Passage], passage: Passage) -> list[Passage]:
    """A sentence with those that go on with its series: 提出的……；……；……等三方面建议."""
    joined = [passage]
    if not _SERIES_OPENS.search(passage.text):
        return joined
    while joined[-1].text.endswith("；") and len(joined) < _MOST_JOINED and joined[-1].index + 1 < len(passages):
        joined.append(passages[joined[-1].index + 1])
    return joined


def _items(text: str, start: int, stop: int, ontology: Ontology) -> Iterator[tuple[int, int, str]]:
    """The requests of a series, each with its range: divided at ； or else where another verb follows , or 、."""
    cuts = _cuts(text, start, stop, ontology)
    for low, high in zip([start, *cuts], [*cuts, stop], strict=True):
        lead = _LEAD.match(text[low:high].lstrip(_STOPS))
        first = high - len(text[low:high].lstrip(_STOPS)) + (lead.end() if lead else 0)
        last = first + len(_END.sub("", text[first:high].rstrip("，、；")))
        if text[first] == "“" and text.find("”", first) == last - 1:
            first, last = first + 1, last - 1
        if SHORTEST <= last - first <= LONGEST:
            yield first, last, text[first:last]


def _cuts(text: str, start: int, stop: int, ontology: Ontology) -> list[int]:
    """The places where another request of a series begins; none inside marks that open and close."""
    begins, found = compiled(f"(?:{ontology.pieces['ask_start']})"), []
    hard = "；" in text[start:stop]
    closing = ""
    for place in range(start, stop):
        sign = text[place]
        if closing:
            closing = "" if sign == closing else closing
        elif sign in _PAIRS:
            closing = _PAIRS[sign]
        elif sign == "；" or (not hard and sign in "，、" and begins.match(text, _after(text, place + 1), stop)):
            found.append(place + 1)
    return found


def _after(text: str, place: int) -> int:
    lead = _LEAD.match(text[place : place + 6])
    return place + (lead.end() if lead else 0)


# --- what answers them


def _request(letter: Letter, asked: Sequence[_Asked], repeating: set[int], told: Outcomes) -> Request:
    first = asked[0]
    answers: dict[int, Answer] = {}
    for place in asked:
        for answer in _answered(letter, place, repeating, told):
            answers.setdefault(answer.passage, answer)
    also = tuple(sorted({place.passage for place in asked} - {first.passage}))
    ordered = tuple(answers[index] for index in sorted(answers))
    return Request(first.text, first.passage, first.start, first.stop, also, ordered, rule=first.rule.id)


def _answered(letter: Letter, place: _Asked, repeating: set[int], told: Outcomes) -> Iterator[Answer]:
    passage = letter.passages[place.passage]
    if place.rule.by == "heading":
        yield from _answers(letter, _under(letter, passage, repeating, told), told)
        return
    rest = passage.text[place.end :].lstrip("，：。；")
    said = told.of(rest, passage.section)
    if place.rule.options.get("answered"):
        if len(rest) >= SHORTEST:
            yield Answer(passage.index, said)
        if place.heading:
            yield from _answers(letter, _paragraph(letter, passage, repeating, told), told)
    elif _SURE.intersection(said) and passage.section != "form":
        yield Answer(passage.index, said)


def _answers(letter: Letter, indices: Sequence[int], told: Outcomes) -> Iterator[Answer]:
    for index in indices:
        passage = letter.passages[index]
        yield Answer(index, told.of(passage.text, passage.section))


def _under(letter: Letter, heading: Passage, repeating: set[int], told: Outcomes) -> list[int]:
    """The passages under a heading, those under the headings below it too; of what is no heading the paragraph."""
    headings = {passage.heading for passage in letter.passages if passage.heading}
    after = letter.passages[heading.index + 1 :]
    own = heading.text.rstrip(_STOPS)
    if not after or after[0].heading != own:
        return _paragraph(letter, heading, repeating, told)
    level, found = _level(own), []
    for passage in after:
        title = passage.text.rstrip(_STOPS)
        ends = told.ends(passage) or (title in headings and _level(title) <= level)
        if ends or (passage.index in repeating and _level(title) <= level):
            break
        if title not in headings or _level(title) >= ITEM:
            found.append(passage.index)
    return found


def _level(title: str) -> int:
    number = enumerator(title)
    return number.level if number else ITEM if title.endswith("上") else 1


def _paragraph(letter: Letter, passage: Passage, repeating: set[int], told: Outcomes) -> list[int]:
    """The passages that follow in the same paragraph, up to the next one that repeats a request."""
    text, last, found = letter.document.text, passage, []
    for other in letter.passages[passage.index + 1 :]:
        apart = "\n" in text[last.span.stop : other.span.start]
        if apart or told.ends(other) or other.index in repeating:
            break
        found.append(other.index)
        last = other
    return found
