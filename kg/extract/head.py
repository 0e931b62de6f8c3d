"""Names without quotation marks that end in a head noun: 柳林智能农机实验室, 首届川西柑橘博览会.

The right end is the head noun; the left end is the nearest edge: a mark, a number with its classifier, a verb or a
function word of official prose.  What is left must say more than general words do, else it is a kind and no name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.extract.candidate import Finding, candidate
from kg.extract.lexis import Found, HeadWord, Lexis
from kg.extract.pattern import compiled
from kg.extract.quoted import repeats
from kg.model import Dropped
from kg.ontology import Ontology, alternation

RANK = 60
SURE = 9
_TELLING = 8  # characters of a stem that are together no general expression any more
_LONGEST = 24
_COUNTED = re.compile(r"(?:已?达到?|共|超过?|近|约|突破)?\d[\d.]*[万亿]?(?:多|余)?[家个所座项处批支条]")


def find(words: Lexis, ontology: Ontology) -> Iterator[Finding]:
    """The candidates of all head nouns of one passage, and what was seen and not admitted."""
    for head in _joined(words.heads):
        if head.head is not None:
            yield from _name(words, head, head.head, ontology)


def _joined(heads: tuple[Found, ...]) -> Iterator[Found]:
    """Heads that adjoin count as one that ends with the last: 攻关计划|项目."""
    run: Found | None = None
    for head in heads:
        if run is not None and run.stop == head.start:
            run = head
            continue
        if run is not None:
            yield run
        run = head
    if run is not None:
        yield run


def _name(words: Lexis, found: Found, head: HeadWord, ontology: Ontology) -> Iterator[Finding]:
    options = head.rule.options
    text = words.passage.text
    start = words.left_edge(found.start, int(options.get("longest", _LONGEST)))
    start = _through(words, start, found.start, tuple(options.get("through", ())))
    led = len(_leading(text[start : found.start], ontology))
    start += led if start + led < found.start else 0
    if start >= found.start:
        return
    reason = _refusal(words, start, found, head, ontology)
    if reason:
        surface = text[start : found.stop]
        yield Dropped(words.passage.index, start, found.stop, surface, "head", reason, head.rule.id)
    else:
        rank = int(options.get("rank", RANK)) if not _extends(words, start, found.stop) else SURE
        yield candidate(words.passage, start, found.stop, head.kind, head.rule.id, rank)


def _extends(words: Lexis, start: int, stop: int) -> bool:
    """Whether the name begins with a name of the registry and goes on: 自然资源部|第二海洋研究所."""
    return any(hit.start == start and hit.stop < stop for hit in words.hits if hit.kind in ("Agency", "Organisation"))


def _through(words: Lexis, start: int, head: int, through: tuple[str, ...]) -> int:
    """Go left over an edge word that names of this kind contain (建设 in 平台建设攻坚工程)."""
    text = words.passage.text
    for word in through:
        if text.endswith(word, 0, start) and start - len(word) > 0:
            wider = words.left_edge(start - len(word), _LONGEST)
            if start - len(word) - wider >= 2 or text.endswith(through, 0, wider):
                return _through(words, wider, head, through)
    return start


def _leading(stem: str, ontology: Ontology) -> str:
    match = _leaders(ontology).match(stem)
    return match.group() if match else ""


@lru_cache(maxsize=4)
def _leaders(ontology: Ontology) -> re.Pattern[str]:
    return re.compile(f"(?:{alternation(ontology.words['leaders'])})+")


@lru_cache(maxsize=4)
def _general(ontology: Ontology) -> tuple[re.Pattern[str], frozenset[str]]:
    """The general words of several signs, and those of one."""
    words = ontology.words["general"]
    return re.compile(alternation(word for word in words if len(word) > 1)), frozenset(words)


def _refusal(words: Lexis, start: int, found: Found, head: HeadWord, ontology: Ontology) -> str:
    """Why a head noun with its stem is no name, or the empty string."""
    reason = _refused_by_what_follows(words, start, found, ontology)
    if reason or _certain(words, start, found, head):
        return reason
    options = head.rule.options
    if options.get("anchored") and not _anchored(words, start):
        return "no place and no level makes it a definite one"
    if len(_specific(words, start, found, head, ontology)) < int(options.get("specific", 2)):
        return "general words only"
    if options.get("needs_verb") and not _governed(words, start, ontology):
        return "nothing says that it is carried out"
    return ""


def _refused_by_what_follows(words: Lexis, start: int, found: Found, ontology: Ontology) -> str:
    text = words.passage.text
    if _COUNTED.match(text, found.stop):
        return "counted: a kind of thing, no name"
    if text.startswith(tuple(ontology.words["not_after_head"]), found.stop):
        return "part of a longer expression"
    if any(quote.start <= start < quote.stop and repeats(text, (quote,), ontology) for quote in words.quotes):
        return "part of a request that is quoted"
    return ""


def _certain(words: Lexis, start: int, found: Found, head: HeadWord) -> bool:
    """Whether a definition follows, or the stem begins with a word that makes it one definite thing."""
    text = words.passage.text
    if text.startswith(("（以下简称", "（简称"), found.stop):
        return True
    definite = head.rule.options.get("definite")
    stem = text[start : found.start]
    return definite is not None and len(stem) > 1 and compiled(definite).match(stem) is not None


def _specific(words: Lexis, start: int, found: Found, head: HeadWord, ontology: Ontology) -> str:
    """What is left of the stem without its general words (and, where the rule asks for it, without places)."""
    stem = words.passage.text[start : found.start]
    if head.rule.options.get("placeless"):
        stem = _without_places(words, start, found.start)
    if len(stem) >= _TELLING:
        return stem
    general, signs = _general(ontology)
    rest = general.sub("", stem)
    return "" if signs.issuperset(rest) else rest


def _anchored(words: Lexis, start: int) -> bool:
    return any(hit.start == start for hit in words.hits if hit.kind in ("Place", "Agency", "Organisation"))


def _without_places(words: Lexis, start: int, stop: int) -> str:
    places = [(hit.start, hit.stop) for hit in words.hits if hit.kind == "Place"]
    return "".join(
        sign
        for position, sign in enumerate(words.passage.text[start:stop], start)
        if not any(low <= position < high for low, high in places) and not sign.isdigit()
    )


def _governed(words: Lexis, start: int, ontology: Ontology) -> bool:
    text = words.passage.text
    return any(text.endswith(word, 0, start) for word in ontology.words["governors"])
