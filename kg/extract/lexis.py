"""The words of a passage that a name may begin or end at: edges, heads, quotations, registry hits."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from operator import attrgetter

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from kg.extract.prospects import prospects
from kg.model import Passage, quick
from kg.ontology import Kind, Ontology, Rule
from kg.registry import Hit, Registry

# Both begin with a class, which `re` looks for without trying anything else.
_STOP = re.compile(
    r"[\W_年月日版元批](?:(?<=[^·年月日版元批])|(?<=\d[年月日版元批])|(?<=[万亿]元)|(?<=[一二三四五六七八九十]批))"
)
_NUMERALS = r"\d一二三四五六七八九十两几数"
_COUNT = re.compile(
    rf"[{_NUMERALS}](?<![{_NUMERALS}第].)[{_NUMERALS}]*+[万亿千百]?(?:多|余)?(?:余)?"
    r"(?:[个家项名批所座处条支只份款类种位大间届]|件(?!事)|人(?!民))",
    re.DOTALL,
)
_END: Callable[[re.Match[str]], int] = re.Match.end
_BETWEEN = "\n"
_FULL_NAME = 3
_YEARS = re.compile(r"[（(](?:19|20)\d\d年?[—\-－–~至]{1,2}(?:19|20)\d\d年[)）]")
_QUOTE = re.compile(r"“([^“”]{1,60})”")


@dataclass(frozen=True, slots=True)
class HeadWord:
    """A noun that ends names of a kind, with the rule that lists it."""

    word: str
    kind: str
    rule: Rule


@quick
@dataclass(frozen=True, slots=True)
class Found:
    """A word of a lexicon at its place."""

    start: int
    stop: int
    head: HeadWord | None = None


@quick
@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: `start`, `stop` with its marks; `core` is what stands between them."""

    start: int
    stop: int
    core: str


_stop: Callable[[Found], int] = attrgetter("stop")


class Lexicon:
    """Words looked up in one pass, leftmost and longest first; words of `guards` swallow what they contain."""

    def __init__(self, words: Iterable[str], guards: Iterable[str] = ()) -> None:
        self._words = tuple(dict.fromkeys(words))
        every = [*self._words, *(guard for guard in guards if guard not in self._words)]
        self._automaton = AhoCorasick(every, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA)

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Start, stop and the word, in order."""
        for index, start, stop in self._automaton.find_matches_as_indexes(text):
            if index < len(self._words):
                yield start, stop, self._words[index]

    def stops(self, text: str) -> list[int]:
        """Where the words end, in order."""
        count = len(self._words)
        return [stop for index, _, stop in self._automaton.find_matches_as_indexes(text) if index < count]


@quick
@dataclass(frozen=True, slots=True)
class Lexis:
    """A passage with the words that the finders need, each kind looked up once.

    `edges` are those of all passages of the letter, where `begin` is the place of this one; `held` is what the gate of
    `Prospects` finds.
    """

    passage: Passage
    edges: Sequence[int]
    begin: int
    heads: tuple[Found, ...]
    quotes: tuple[Quote, ...]
    hits: tuple[Hit, ...]
    bureaus: tuple[Hit, ...]
    held: int

    def left_edge(self, position: int, longest: int) -> int:
        """Where a name that ends at or after `position` may begin at the earliest."""
        edge = self.edges[bisect_right(self.edges, self.begin + position) - 1] - self.begin
        return max(edge, position - longest)

    def is_edge(self, position: int) -> bool:
        """Whether a name may begin at a place of the passage."""
        place = self.begin + position
        index = bisect_left(self.edges, place)
        return position >= 0 and index < len(self.edges) and self.edges[index] == place

    def last_head(self, position: int) -> int:
        """Where the last head noun that ends at or before `position` ends (0 if none): another name may begin there."""
        index = bisect_right(self.heads, position, key=_stop) - 1
        return self.heads[index].stop if index >= 0 else 0

    def edge_between(self, start: int, stop: int) -> bool:
        """Whether a name cannot run from `start` over `stop` (an edge ends in between)."""
        index = bisect_right(self.edges, self.begin + start)
        stop = min(stop, len(self.passage.text))
        return index < len(self.edges) and self.edges[index] <= self.begin + stop

    def edges_between(self, start: int, stop: int) -> tuple[int, ...]:
        """The edges after `start`, up to `stop`."""
        begin, stop = self.begin, min(stop, len(self.passage.text))
        found = self.edges[bisect_right(self.edges, begin + start) : bisect_right(self.edges, begin + stop)]
        return tuple([edge - begin for edge in found])


@lru_cache(maxsize=4)
def _lexicons(ontology: Ontology) -> tuple[Lexicon, Lexicon, dict[str, HeadWord]]:
    words = ontology.words
    heads = {head.word: head for head in head_words(ontology)}
    return (
        Lexicon((*words["edges"], *words["governors"]), words["edge_guards"]),
        Lexicon(heads, words["head_guards"]),
        heads,
    )


def head_words(ontology: Ontology) -> Iterator[HeadWord]:
    """All head nouns of all kinds; where two kinds list one, the kind that is preferred wins."""
    seen: set[str] = set()
    for kind in ranked(ontology):
        for rule in kind.rules:
            for word in rule.options.get("heads", ()):
                if word not in seen:
                    seen.add(word)
                    yield HeadWord(word, kind.name, rule)


@lru_cache(maxsize=4)
def ranked(ontology: Ontology) -> tuple[Kind, ...]:
    """The entity kinds in the order in which doubt is settled (guidelines, section 1.2)."""
    order = ontology.meta.get("preference", ())
    return tuple(sorted(ontology.entity_kinds(), key=lambda kind: order.index(kind.name) if kind.name in order else 99))


def with_years(text: str, stop: int) -> int:
    """Where a name ends that the years of its validity follow: …提升计划（2021—2023年）."""
    match = _YEARS.match(text, stop)
    return match.end() if match else stop


def lexis(passages: Sequence[Passage], ontology: Ontology, registry: Registry) -> Iterator[Lexis]:
    """Look up all words of passages, all passages in one pass."""
    texts = [passage.text for passage in passages]
    page = _Page(_BETWEEN.join(texts), tuple(accumulate((len(text) + 1 for text in texts), initial=0)))
    edge_words, head_lexicon, known = _lexicons(ontology)
    known_names = list(registry.look(texts))
    edges = _edges(page.text, edge_words, frozenset(_inside(known_names, page.starts)))
    heads = page.parted(head_lexicon.find(page.text))
    looked = zip(passages, known_names, prospects(ontology).gate.scan(texts), strict=True)
    for place, (passage, (hits, bureaus), held) in enumerate(looked):
        yield Lexis(
            passage,
            edges=edges,
            begin=page.starts[place],
            heads=tuple([Found(low, high, known[word]) for low, high, word in heads.get(place, ())]),
            quotes=tuple([Quote(m.start(), m.end(), m.group(1)) for m in _QUOTE.finditer(passage.text)])
            if "“" in passage.text
            else (),
            hits=hits,
            bureaus=bureaus,
            held=held,
        )


@dataclass(frozen=True, slots=True)
class _Page:
    """The texts of passages, joined; where each of them starts, and the end of all."""

    text: str
    starts: Sequence[int]

    def parted(self, found: Iterable[tuple[int, int, str]]) -> dict[int, list[tuple[int, int, str]]]:
        """Words found in the joined text, by passage, at their places in it."""
        parts: dict[int, list[tuple[int, int, str]]] = {}
        for start, stop, word in found:
            place = bisect_right(self.starts, start) - 1
            offset = self.starts[place]
            parts.setdefault(place, []).append((start - offset, stop - offset, word))
        return parts


def _inside(found: Iterable[tuple[Sequence[Hit], object]], starts: Sequence[int]) -> Iterator[int]:
    """The places inside the full names of places: no name begins there (获 in 获嘉县)."""
    for (hits, _), begin in zip(found, starts, strict=False):
        for hit in hits:
            if hit.kind == "Place" and hit.stop - hit.start >= _FULL_NAME:
                yield from range(begin + hit.start + 1, begin + hit.stop)


def _edges(text: str, words: Lexicon, inside: frozenset[int]) -> list[int]:
    """The edges of joined texts: what stands between two of them makes one at the start of each."""
    edges = {0, *words.stops(text)}
    edges.update(map(_END, _STOP.finditer(text)), map(_END, _COUNT.finditer(text)))
    return sorted(edges - inside)
