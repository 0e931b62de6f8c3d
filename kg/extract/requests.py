"""What the proposal asks for, as the letter repeats it, and the passages that answer it (ontology/requests.toml).

A request under a heading is answered by what stands under the heading, one that a sentence speaks of by what the
sentence goes on to say, and a series at the beginning of a letter by what takes up its words or comes in its order
(kg.extract.taking_up).  Where none of these is certain, nothing answers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.extract.answering import Outcomes, outcomes
from kg.extract.asking import SHORTEST, Asked, places, rules_by
from kg.extract.parts import STOPS, breaks, headings_of, level
from kg.extract.pattern import compiled
from kg.extract.taking_up import Open, taken_up
from kg.extract.telling import folding
from kg.letter.headings import ITEM
from kg.model import Answer, AnsweredBy, Letter, Passage, Request, replace
from kg.ontology import Ontology
from kg.text import number as number_of

_SURE = frozenset(("done", "ongoing", "declined"))


@dataclass(frozen=True, slots=True)
class _Reply:
    """A letter with its headings, the numbers of the passages that repeat requests, and the rules about answers."""

    letter: Letter
    headings: frozenset[str]
    repeating: frozenset[int]
    told: Outcomes

    def answers(self, indices: Iterable[int], by: AnsweredBy) -> Iterator[Answer]:
        """Passages as answers, with what each says became of the request."""
        for index in indices:
            passage = self.letter.passages[index]
            yield Answer(index, self.told.of(passage.text, passage.section), by)

    def level(self, passage: Passage) -> int:
        """The level of a heading or an item; what is none stands as high as a heading."""
        return level(passage, self.headings) or 1

    def under(self, heading: Passage) -> list[int]:
        """The passages under a heading, those under the headings below it too; of what is no heading the paragraph."""
        after = self.letter.passages[heading.index + 1 :]
        if not after or after[0].heading != heading.text.rstrip(STOPS):
            return self.paragraph(heading)
        own, found = self.level(heading), []
        for passage in after:
            other = level(passage, self.headings) if passage.text.rstrip(STOPS) in self.headings else 0
            repeats = passage.index in self.repeating and self.level(passage) <= own
            if self.told.ends(passage) or 0 < other <= own or repeats:
                break
            if not other or other >= ITEM:
                found.append(passage.index)
        return found

    def paragraph(self, passage: Passage) -> list[int]:
        """The passages that follow in the same paragraph, up to the next one that repeats a request."""
        last, found = passage, []
        for other in self.letter.passages[passage.index + 1 :]:
            if breaks(self.letter, last, other) or self.told.ends(other) or other.index in self.repeating:
                break
            found.append(other.index)
            last = other
        return found

    def listed(self, passage: Passage) -> list[int]:
        """The passages of the list that a passage announces, up to a heading above its items."""
        found, own = [], 0
        for other in self.letter.passages[passage.index + 1 :]:
            here = level(other, self.headings)
            own = own or here
            if not own or 0 < here < own or self.told.ends(other) or other.index in self.repeating:
                break
            found.append(other.index)
        return found


def find(letter: Letter, ontology: Ontology) -> Iterator[Request]:
    """The requests that a reply repeats, each once, in the order of the text, with the passages that answer them.

    Where it repeats none and refuses the whole proposal, what its title asks for is the request.
    """
    if letter.form != "Letter":
        return
    told = outcomes(ontology)
    found = list(_repeated(letter, ontology, told))
    done = {answer.passage for request in found for answer in request.answers}
    done.update(index for request in found for index in (request.passage, *request.also))
    refusing = [p for p in letter.passages if p.index not in done and told.refuses_all(p, len(found))]
    refused = tuple(Answer(p.index, told.of(p.text, p.section), "whole") for p in refusing)
    for request in found or (_titled(letter, ontology) if refused else ()):
        yield replace(request, answers=(*request.answers, *refused)) if refused else request


def _repeated(letter: Letter, ontology: Ontology, told: Outcomes) -> Iterator[Request]:
    """The requests that a reply repeats, with the passages that answer one of them and not all."""
    same: dict[str, list[Asked]] = {}
    for place in places(letter, ontology):
        passage = letter.passages[place.passage]
        if not place.rule.options.get("refused") or told.refuses(passage.text[place.end :], passage.section):
            same.setdefault(place.text, []).append(place)
    if not same:
        return
    asked = [place for some in same.values() for place in some]
    repeating = frozenset(place.passage for place in asked)
    reply = _Reply(letter, headings_of(letter), repeating, told)
    found = [_request(reply, some) for some in same.values()]
    numbered = _by_number(reply, found, asked, ontology)
    series = {place.passage for place in asked if place.rule.by == "said"}
    waiting = list(_open(found, same, numbered))
    taken = taken_up(letter, waiting, (repeating, series), told, folding(ontology))
    for number, request in enumerate(found):
        answers = list(reply.answers(numbered.get(number, ()), "number"))
        for index, by in () if answers else sorted(taken.get(number, {}).items()):
            answers += reply.answers((index,), by)
        yield replace(request, answers=tuple(answers)) if answers else request


def _titled(letter: Letter, ontology: Ontology) -> Iterator[Request]:
    """What the title of the one proposal asks for, at its place in the letter."""
    titles = letter.all("proposal_title")
    if len({title.value for title in titles}) != 1:
        return
    for rule in rules_by(ontology, "title"):
        for part in titles[:1]:
            text = letter.passages[part.passage].text[part.start : part.stop]
            if match := compiled(rule.options["pattern"]).fullmatch(text):
                start, stop = match.span("ask")
                yield Request(match["ask"], part.passage, part.start + start, part.start + stop, rule=rule.id)


def _request(reply: _Reply, asked: Sequence[Asked]) -> Request:
    first = asked[0]
    answers: dict[int, Answer] = {}
    for place in asked:
        for answer in _answered(reply, place):
            answers.setdefault(answer.passage, answer)
    also = tuple(sorted({place.passage for place in asked} - {first.passage}))
    ordered = tuple(answers[index] for index in sorted(answers))
    return Request(first.text, first.passage, first.start, first.stop, also, ordered, rule=first.rule.id)


def _answered(reply: _Reply, place: Asked) -> Iterator[Answer]:
    """What answers a request under its heading, or in its own sentence."""
    passage, options = reply.letter.passages[place.passage], place.rule.options
    if place.rule.by == "heading":
        yield from reply.answers(reply.under(passage), "heading")
        return
    rest = passage.text[place.end :].lstrip("，：。；")
    if reply.told.announced(rest):
        yield from reply.answers(reply.listed(passage) if place.size == 1 else (), "list")
        return
    empty = reply.told.is_empty(rest)
    said = reply.told.of(passage.text if options.get("whole") else rest, passage.section, weak=not empty)
    if options.get("answered") or (place.size == 1 and passage.section != "form"):
        if len(rest) >= SHORTEST and (said or not empty):
            yield Answer(passage.index, said)
        if place.heading and options.get("answered"):
            yield from reply.answers(reply.paragraph(passage), "paragraph")
    elif passage.section != "form" and _SURE.intersection(said):
        yield Answer(passage.index, said)


def _by_number(
    reply: _Reply, found: Sequence[Request], asked: Sequence[Asked], ontology: Ontology
) -> dict[int, list[int]]:
    """The requests that headings name by their numbers in the one series of the letter, with what stands under them."""
    series = [place for place in asked if place.size > 1]
    if len({place.series for place in series}) != 1:
        return {}
    numbers = {request.text: number for number, request in enumerate(found)}
    answering: dict[int, list[int]] = {}
    for passage in reply.letter.passages:
        place = _numbered(passage, ontology)
        for one in series if place >= 0 else ():
            if one.place == place and not found[numbers[one.text]].answers:
                answering.setdefault(numbers[one.text], []).extend(reply.under(passage))
    return answering


def _numbered(passage: Passage, ontology: Ontology) -> int:
    """The place in a series of the request that a heading names by its number; -1 for none."""
    if passage.section == "form" or "第" not in passage.text:
        return -1
    for rule in rules_by(ontology, "ordinal"):
        if match := compiled(rule.options["pattern"]).fullmatch(passage.text.rstrip(STOPS)):
            return int(number_of(match["which"]) or 0) - 1
    return -1


def _open(found: Sequence[Request], same: Mapping[str, Sequence[Asked]], answered: Collection[int]) -> Iterator[Open]:
    """The requests that nothing answers as yet, with their places in their series."""
    series: dict[tuple[int, int], int] = {}
    for number, request in enumerate(found):
        first = same[request.text][0]
        known = series.setdefault(first.series, len(series))
        if not request.answers and number not in answered:
            yield Open(number, request.text, known, first.place, first.size, first.numbered)
