"""The words of a passage that a name may begin or end at: edges, heads, quotations, registry hits."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.model import Passage
from kg.ontology import Kind, Ontology, Rule
from kg.registry import Hit, Registry

_STOP = re.compile(r"[^\w·]|_|(?<=\d)[年月日]")
_COUNT = re.compile(
    r"(?<![\d一二三四五六七八九十两几数])[\d一二三四五六七八九十两几数]++[万亿千百]?(?:多|余)?(?:余)?[个家项名批件所座处条支只份款类种位人大]"
)
_QUOTE = re.compile(r"“([^“”]{1,60})”")


@dataclass(frozen=True, slots=True)
class HeadWord:
    """A noun that ends names of a kind, with the rule that lists it."""

    word: str
    kind: str
    rule: Rule


@dataclass(frozen=True, slots=True)
class Found:
    """A word of a lexicon at its place."""

    start: int
    stop: int
    head: HeadWord | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: `start`, `stop` with its marks; `core` is what stands between them."""

    start: int
    stop: int
    core: str


def _stop(found: Found) -> int:
    return found.stop


class Lexicon:
    """Words looked up in one pass, leftmost and longest first; words of `guards` swallow what they contain."""

    def __init__(self, words: Iterable[str], guards: Iterable[str] = ()) -> None:
        self._words = tuple(dict.fromkeys(words))
        every = [*self._words, *(guard for guard in guards if guard not in self._words)]
        self._automaton = AhoCorasick(every, matchkind=MatchKind.LeftmostLongest)

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Start, stop and the word, in order."""
        for index, start, stop in self._automaton.find_matches_as_indexes(text):
            if index < len(self._words):
                yield start, stop, self._words[index]


@dataclass(frozen=True, slots=True)
class Lexis:
    """A passage with the words that the finders need, each kind looked up once."""

    passage: Passage
    edges: tuple[int, ...]
    heads: tuple[Found, ...]
    quotes: tuple[Quote, ...]
    hits: tuple[Hit, ...]
    bureaus: tuple[Hit, ...]

    def left_edge(self, position: int, longest: int) -> int:
        """Where a name that ends at or after `position` may begin at the earliest."""
        index = bisect_right(self.edges, position) - 1
        edge = self.edges[index] if index >= 0 else 0
        return max(edge, position - longest)

    def last_head(self, position: int) -> int:
        """Where the last head noun that ends at or before `position` ends (0 if none): another name may begin there."""
        index = bisect_right(self.heads, position, key=_stop) - 1
        return self.heads[index].stop if index >= 0 else 0

    def edge_between(self, start: int, stop: int) -> bool:
        """Whether a name cannot run from `start` over `stop` (an edge ends in between)."""
        index = bisect_right(self.edges, start)
        return index < len(self.edges) and self.edges[index] <= stop


@lru_cache(maxsize=4)
def _lexicons(ontology: OntologyKey) -> tuple[Lexicon, Lexicon, dict[str, HeadWord]]:
    words = ontology.value.words
    heads = {head.word: head for head in head_words(ontology.value)}
    return (
        Lexicon((*words["edges"], *words["governors"]), words["edge_guards"]),
        Lexicon(heads, words["head_guards"]),
        heads,
    )


@dataclass(frozen=True, slots=True, eq=False)
class OntologyKey:
    """The ontology as a key of a cache: by identity, for its mappings have no hash."""

    value: Ontology

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OntologyKey) and other.value is self.value


def head_words(ontology: Ontology) -> Iterator[HeadWord]:
    """All head nouns of all kinds; where two kinds list one, the kind that is preferred wins."""
    seen: set[str] = set()
    for kind in ranked(ontology):
        for rule in kind.rules:
            for word in rule.options.get("heads", ()):
                if word not in seen:
                    seen.add(word)
                    yield HeadWord(word, kind.name, rule)


def ranked(ontology: Ontology) -> tuple[Kind, ...]:
    """The entity kinds in the order in which doubt is settled (guidelines, section 1.2)."""
    order = ontology.meta.get("preference", ())
    return tuple(sorted(ontology.entity_kinds(), key=lambda kind: order.index(kind.name) if kind.name in order else 99))


def lexis(passage: Passage, ontology: Ontology, registry: Registry) -> Lexis:
    """Look up all words of a passage."""
    text = passage.text
    edge_words, head_lexicon, heads = _lexicons(OntologyKey(ontology))
    return Lexis(
        passage,
        edges=tuple(sorted(set(_edges(text, edge_words)))),
        heads=tuple(Found(start, stop, heads[word]) for start, stop, word in head_lexicon.find(text)),
        quotes=tuple(Quote(m.start(), m.end(), m.group(1)) for m in _QUOTE.finditer(text)),
        hits=registry.find(text),
        bureaus=registry.bureaus(text),
    )


def _edges(text: str, words: Lexicon) -> Iterator[int]:
    yield 0
    yield from (match.end() for match in _STOP.finditer(text))
    yield from (match.end() for match in _COUNT.finditer(text))
    yield from (stop for _, stop, _ in words.find(text))
