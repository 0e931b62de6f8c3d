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
from kg.extract.lexis import HeadWord, Lexis, Quote, ranked, with_years
from kg.extract.pattern import compiled
from kg.extract.placed import placed
from kg.model import Dropped, quick
from kg.ontology import Ontology, Rule

RANK = 40
SURE = 33
_REACH = 16
_FARTHEST_CARRIER = 6
_FARTHEST_REACH = 8
_FARTHEST_HEAD = 4
_SHORTEST = 2
_NUMBERED = re.compile("[一二三四五六七八九十百千万]")
_LADDER = re.compile(r"企业[—\-－–]+.*企业|机构[—\-－–]+.*")
_PART = re.compile(r"(?:计划|工程)(?!项目|行动|专项资金)[\u4e00-\u9fff]{2,8}(?:专项|项目|工程)")
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
        start = _left(words, quote, ontology) if quote is run[0] and verdict.named else quote.start
        stop = verdict.stop if last and verdict.stop else quote.stop
        text = words.passage.text
        wide = (text[start:stop], text[quote.start : stop])
        part = _PART.match(text, quote.stop, stop) is not None
        names = wide if part else (quote.core, *wide, text[quote.start : quote.stop])
        stop = with_years(text, stop) if stop > quote.stop else stop
        rank = SURE if _holds_a_platform(words, quote.stop, stop) else RANK
        yield candidate(words.passage, start, stop, verdict.kind, verdict.rule, rank, names)


def _holds_a_platform(words: Lexis, start: int, stop: int) -> bool:
    """Whether what says what is named begins with a platform of the registry: “…”微信小程序."""
    return any(hit.kind == "Platform" and start <= hit.start and hit.stop <= stop for hit in words.hits)


def _verdict(
    words: Lexis, run: Sequence[Quote], quote: Quote, shared: Verdict | None, ontology: Ontology
) -> Verdict | None:
    if len(quote.core) < _SHORTEST or _LADDER.search(quote.core) or repeats(words.passage.text, run, ontology):
        return None
    if compiled(ontology.pieces["manner_word"]).fullmatch(quote.core):
        return None
    over = _told(words, run, quote, "over", ontology)
    if over:
        return over
    if shared and (quote is run[-1] or words.passage.text[quote.stop] in "“"):
        ending = _ending(quote, words, ontology)
        return ending if ending and _names_apart(ending, shared, run[-1]) else shared
    return (
        _ending(quote, words, ontology)
        or _told(words, run, quote, "before", ontology)
        or shared
        or _told(words, run, quote, "after", ontology)
        or _told(words, run, quote, "inside", ontology)
        or _told(words, run, quote, "governed", ontology)
    )


def _names_apart(ending: Verdict, shared: Verdict, last: Quote) -> bool:
    """Whether a quotation is a name of its own, and what a noun far behind names another: “暖心行动”|返乡人员招聘会."""
    return ending.kind == "Programme" != shared.kind and shared.stop - last.stop > _FARTHEST_CARRIER


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
    found = [_head_behind(words, quote), _carrier_behind(words, quote, ontology)]
    return max((verdict for verdict in found if verdict), key=lambda verdict: verdict.stop, default=None)


def _head_behind(words: Lexis, quote: Quote) -> Verdict | None:
    """A head noun behind the mark, or a row of them (攻关|计划|项目, 专项|整治|行动: the last decides)."""
    best: Verdict | None = None
    for found in words.heads:
        if found.start < quote.stop or found.head is None:
            continue
        last = best.stop if best else quote.stop
        if found.start > quote.stop + _REACH or (best and found.start > last + _FARTHEST_HEAD):
            break
        if not _goes_on(words, last, found.start, found.head.rule):
            break
        kind = str(found.head.rule.options.get("otherwise", found.head.kind))
        best = Verdict(kind, found.head.rule.id, found.stop)
    return best


def _goes_on(words: Lexis, start: int, stop: int, rule: Rule) -> bool:
    """Whether nothing between a mark and a head noun ends the name, but verbs that such names contain (创建|工程)."""
    between = words.passage.text[start:stop]
    if "的" in between:
        return False
    edges = words.edges_between(start, stop)
    if not edges:
        return True
    through = tuple([word for word in rule.options.get("through", ()) if word not in _JOINTS])
    return bool(through) and all(between.endswith(through, 0, edge - start) for edge in edges)


def _carrier_behind(words: Lexis, quote: Quote, ontology: Ontology) -> Verdict | None:
    """A carrier right behind the mark; those of rules with `reach` also some characters later (“…”采摘|节)."""
    text, farthest = words.passage.text, quote.stop + _FARTHEST_REACH
    carriers, lengths, not_after = _carriers(ontology), _lengths(ontology), _not_after(ontology)
    best: Verdict | None = None
    edges = words.edges_between(quote.stop, farthest)
    for start in range(quote.stop, min(edges[0] if edges else farthest + 1, len(text))):
        if start > quote.stop and not text[start - 1].isalpha():
            break
        for stop in [start + length for length in lengths.get(text[start], ()) if start + length <= len(text)]:
            for head in carriers.get(text[start:stop], ()):
                if start - quote.stop > int(head.rule.options.get("reach", 0)) or not _given(head.rule, text, quote):
                    continue
                if not text.startswith(not_after, stop):
                    best = Verdict(head.kind, head.rule.id, stop) if best is None or best.stop < stop else best
    return best


@lru_cache(maxsize=4)
def _not_after(ontology: Ontology) -> tuple[str, ...]:
    """What goes on behind a noun so that it says nothing of what stands before it."""
    return (*ontology.words["not_after_head"], *ontology.words["not_after_carrier"])


@lru_cache(maxsize=4)
def _carriers(ontology: Ontology) -> dict[str, tuple[HeadWord, ...]]:
    """The carriers of all kinds, by word; of a word that several kinds list, the preferred kind first."""
    found: dict[str, tuple[HeadWord, ...]] = {}
    for kind in ranked(ontology):
        for rule in kind.rules:
            for word in rule.options.get("carriers", ()):
                found[word] = (*found.get(word, ()), HeadWord(word, kind.name, rule))
    return found


@lru_cache(maxsize=4)
def _lengths(ontology: Ontology) -> dict[str, tuple[int, ...]]:
    """How long the carriers are that begin with a sign, the longest first."""
    carriers = _carriers(ontology)
    firsts = {word[0] for word in carriers}
    return {first: tuple(sorted({len(w) for w in carriers if w[0] == first}, reverse=True)) for first in firsts}


def _given(rule: Rule, text: str, quote: Quote) -> bool:
    """Whether before a quotation stands what the rule's `given` asks for (举办 “…”活动), and in it what `named` does."""
    given, named = rule.options.get("given"), rule.options.get("named")
    if named is not None and not compiled(named).fullmatch(quote.core):
        return False
    before = text[max(0, quote.start - _REACH) : quote.start]
    return given is None or compiled(f"(?:{given})$").search(before) is not None


def _ending(quote: Quote, words: Lexis, ontology: Ontology) -> Verdict | None:
    """A head noun or carrier that ends the core itself, if that is no image: “碧水行动”."""
    if compiled(ontology.pieces["image"]).fullmatch(quote.core):
        return None
    for found in words.heads:
        if found.head is None or found.stop != quote.stop - 1 or found.start <= quote.start:
            continue
        if found.start == quote.start + 1 and not _NUMBERED.search(found.head.word):
            continue
        if found.head.rule.options.get("endings", True):
            kind = found.head.rule.options.get("otherwise", found.head.kind)
            single = kind == found.head.kind or placed(words, quote.start + 1, found.start)
            return Verdict(found.head.kind if single else str(kind), found.head.rule.id, 0)
    carriers = _carriers(ontology)
    text = words.passage.text
    for length in range(min(_FARTHEST_CARRIER, len(quote.core) - 1), 0, -1):
        for head in carriers.get(quote.core[-length:], ()):
            if head.rule.options.get("endings", True) and _given(head.rule, text, quote):
                return Verdict(head.kind, head.rule.id, 0)
    return None


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


def _left(words: Lexis, quote: Quote, ontology: Ontology) -> int:
    """Where the name begins that holds the quotation: 工程师“引擎计划”, 第二届“潮声”音乐节."""
    start = words.left_edge(quote.start, _REACH)
    for found in words.heads:
        if start < found.stop <= quote.start:
            start = found.stop
    for hit in (*words.hits, *words.bureaus):
        if hit.kind not in ("Place", "Group") and start < hit.stop <= quote.start:
            start = hit.stop
    leaders = ontology.words["leaders"]
    for leader in leaders if words.passage.text.startswith(tuple(leaders), start) else ():
        if words.passage.text.startswith(leader, start) and start + len(leader) <= quote.start:
            return start + len(leader)
    return start
