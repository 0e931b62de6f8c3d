"""Names in quotation marks, told from quotations that are only rhetoric by what stands around and in them.

Evidence, the surest first: a carrier noun after the mark (“…”计划), a head noun that ends the core (“…行动”), a noun
that names the class before the mark (平台“…”), a class after 等 (“…”等平台), a verb behind (“…”上线), a verb before
(实施“…”).  Quotations in a row share what stands around them (“甲”“乙”行动).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.extract.candidate import Finding, candidate
from kg.extract.lexis import HeadWord, Lexis, Quote, ranked
from kg.extract.pattern import compiled
from kg.model import Dropped, quick
from kg.ontology import Ontology

RANK = 40
_REACH = 16
_FARTHEST_CARRIER = 6
_LADDER = re.compile(r"企业[—\-－–]+.*企业|机构[—\-－–]+.*")
_JOINTS = ("", "、", "和", "及", "与", "以及")


@quick
@dataclass(frozen=True, slots=True)
class Verdict:
    """What a quotation names: kind, the rule that says so, and where the carrier behind it ends.

    `named` tells that a noun says what it is, so that what stands before the mark may belong to the name.
    """

    kind: str
    rule: str
    stop: int
    named: bool = True


def find(words: Lexis, ontology: Ontology) -> Iterator[Finding]:
    """The candidates of all quotations of one passage, and the quotations that are not admitted."""
    for run in _runs(words):
        yield from _run(words, run, ontology)


def _runs(words: Lexis) -> Iterator[Sequence[Quote]]:
    run: list[Quote] = []
    for quote in words.quotes:
        if run and words.passage.text[run[-1].stop : quote.start] not in _JOINTS:
            yield run
            run = []
        run.append(quote)
    if run:
        yield run


def _run(words: Lexis, run: Sequence[Quote], ontology: Ontology) -> Iterator[Finding]:
    shared = _carrier(words, run[-1], ontology)
    for quote in run:
        last = quote is run[-1]
        verdict = _verdict(words, run, quote, shared, ontology)
        if verdict is None:
            yield Dropped(
                words.passage.index, quote.start, quote.stop, f"“{quote.core}”", "quoted", "nothing makes it a name"
            )
            continue
        start = _left(words, quote) if quote is run[0] and verdict.named else quote.start
        stop = verdict.stop if last and verdict.stop else quote.stop
        text = words.passage.text
        names = (quote.core, text[quote.start : stop], text[quote.start : quote.stop])
        yield candidate(words.passage, start, stop, verdict.kind, verdict.rule, RANK, names)


def _verdict(
    words: Lexis, run: Sequence[Quote], quote: Quote, shared: Verdict | None, ontology: Ontology
) -> Verdict | None:
    if _LADDER.search(quote.core) or repeats(words.passage.text, run, ontology):
        return None
    over = _told(words, run, quote, "over", ontology)
    if over:
        return over
    if shared and (quote is run[-1] or words.passage.text[quote.stop] in "“"):
        return shared
    return (
        _ending(quote, words, ontology)
        or _told(words, run, quote, "before", ontology)
        or shared
        or _told(words, run, quote, "after", ontology)
        or _told(words, run, quote, "inside", ontology)
        or _told(words, run, quote, "governed", ontology)
    )


def repeats(text: str, run: Sequence[Quote], ontology: Ontology) -> bool:
    """Whether the quotations repeat a request, a difficulty or an image."""
    before, after = _requests(ontology)
    start = run[0].start
    return before.search(text[max(0, start - 6) : start]) is not None or after.match(text, run[-1].stop) is not None


@lru_cache(maxsize=4)
def _requests(ontology: Ontology) -> tuple[re.Pattern[str], re.Pattern[str]]:
    pieces = ontology.pieces
    return compiled(f"(?:{pieces['request_before']})$"), compiled(pieces["request_after"])


def _carrier(words: Lexis, quote: Quote, ontology: Ontology) -> Verdict | None:
    """A noun behind the mark that says what is named, with no edge and no mark between."""
    return _head_behind(words, quote) or _carrier_behind(words, quote, ontology)


def _head_behind(words: Lexis, quote: Quote) -> Verdict | None:
    """A head noun behind the mark, or a row of them (攻关|计划|项目: the last decides)."""
    text = words.passage.text
    best: Verdict | None = None
    for found in words.heads:
        if found.start < quote.stop or found.head is None:
            continue
        if found.start > quote.stop + _REACH or (best and found.start != best.stop):
            break
        if best is None and (words.edge_between(quote.stop, found.start) or "的" in text[quote.stop : found.start]):
            break
        best = Verdict(found.head.kind, found.head.rule.id, found.stop)
    return best


def _carrier_behind(words: Lexis, quote: Quote, ontology: Ontology) -> Verdict | None:
    """A carrier right behind the mark; those of rules with `reach` also some characters later (“…”采摘|节)."""
    text = words.passage.text
    carriers = _carriers(ontology)
    for start in range(quote.stop, quote.stop + _FARTHEST_CARRIER + 1):
        if words.edge_between(quote.stop, start) or (start > quote.stop and not text[start - 1 : start].isalpha()):
            return None
        for stop in range(start + 6, start, -1):
            head = carriers.get(text[start:stop])
            if head is None or start - quote.stop > int(head.rule.options.get("reach", 0)):
                continue
            if not text.startswith(tuple(ontology.words["not_after_head"]), stop):
                return Verdict(head.kind, head.rule.id, stop)
    return None


@lru_cache(maxsize=4)
def _carriers(ontology: Ontology) -> dict[str, HeadWord]:
    return {
        word: HeadWord(word, kind.name, rule)
        for kind in reversed(ranked(ontology))
        for rule in kind.rules
        for word in rule.options.get("carriers", ())
    }


def _ending(quote: Quote, words: Lexis, ontology: Ontology) -> Verdict | None:
    """A head noun or carrier that ends the core itself: “碧水行动”."""
    for found in words.heads:
        if found.head is not None and found.stop == quote.stop - 1 and found.start > quote.start + 1:
            return Verdict(found.head.kind, found.head.rule.id, 0)
    endings, core = _endings(ontology), quote.core
    ends = [end for start in range(1, len(core)) if (end := endings.get(core[start:]))]
    if ends:
        _, head = min(ends, key=lambda end: end[0])
        return Verdict(head.kind, head.rule.id, 0)
    return None


@lru_cache(maxsize=4)
def _endings(ontology: Ontology) -> dict[str, tuple[int, HeadWord]]:
    """The carriers that may end a core, each with its place in their order."""
    carriers = enumerate(_carriers(ontology).items())
    return {word: (place, head) for place, (word, head) in carriers if head.rule.options.get("endings", True)}


def _told(words: Lexis, run: Sequence[Quote], quote: Quote, where: str, ontology: Ontology) -> Verdict | None:
    """A quoted rule whose pattern `where` fits: before the run, behind it, or inside the marks."""
    if where == "governed" and any(mark in quote.core for mark in "，、；："):
        return None
    text = words.passage.text
    before = text[max(0, run[0].start - _REACH) : run[0].start]
    for each in _tellers(ontology, where):
        if each.core is not None and not each.core.fullmatch(quote.core):
            continue
        if where in ("before", "governed"):
            fits = each.pattern.search(before)
        elif where in ("after", "over"):
            fits = each.pattern.match(text, run[-1].stop)
        else:
            fits = each.pattern.fullmatch(quote.core)
        if fits:
            return Verdict(each.kind, each.rule, 0, named=False)
    return None


@dataclass(frozen=True, slots=True, eq=False)
class _Teller:
    """A quoted rule ready to be tried at one place; `core` is what the quotation itself must be."""

    kind: str
    rule: str
    pattern: re.Pattern[str]
    core: re.Pattern[str] | None


@lru_cache(maxsize=32)
def _tellers(ontology: Ontology, where: str) -> tuple[_Teller, ...]:
    frame = "(?:{})$" if where in ("before", "governed") else "{}"
    return tuple(
        _Teller(kind.name, rule.id, compiled(frame.replace("{}", source)), compiled(core) if core else None)
        for kind in ranked(ontology)
        for rule in kind.rules
        if rule.by == "quoted" and (source := rule.options.get(where)) is not None
        for core in (rule.options.get("core"),)
    )


def _left(words: Lexis, quote: Quote) -> int:
    """Where the name begins that holds the quotation: 工程师“引擎计划”, 第二届“潮声”音乐节."""
    start = words.left_edge(quote.start, _REACH)
    for found in words.heads:
        if start < found.stop <= quote.start:
            start = found.stop
    for hit in words.hits:
        if hit.kind != "Place" and start < hit.stop <= quote.start:
            start = hit.stop
    return start
