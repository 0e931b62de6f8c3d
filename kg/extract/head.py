"""Names without quotation marks that end in a head noun: 柳林智能农机实验室, 首届川西柑橘博览会.

The right end is the head noun; the left end is the nearest edge: a mark, a number with its classifier, a verb or a
function word of official prose.  What is left must say more than general words do, else it is a kind and no name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.extract.candidate import Finding, candidate
from kg.extract.lexis import Found, HeadWord, Lexis, with_years
from kg.extract.pattern import compiled
from kg.extract.quoted import repeats
from kg.model import Dropped
from kg.ontology import Ontology, alternation

RANK = 60
SURE = 9
_JOINTS = ("、", "和", "及", "与")
_IN_A_LIST = (*_JOINTS, *"“”（）—－-年")
_LONGEST_LIST = 60  # how far a list is looked back over for the verb that governs it
_TELLING = 8  # characters of a stem that are together no general expression any more
_LONGEST = 24
_PLACE = re.compile(
    r"[\u4e00-\u9fff](?:江|河(?![道湖流])|(?<!河)湖|岛|港|(?<!城)镇(?!化)|渠|溪|大道|大桥|水库|铁路|高速)"
    r"|(?<![公道铁])路(?!面)|[A-Z]\d{2,4}|\d线"
)
_WITH_CHINA = re.compile(r"(?:(?:首|第[一二三四五六七八九十百\d]{1,3})届)?中国[—－-]{1,2}$")
_BATCH = re.compile(r"(?:首|第[一二三四五六七八九十\d]{1,3})批$")
_LONGEST_BATCH = 6
_ADJECTIVES = ("新型", "重大", "大型")
_FARTHEST_PLACE = 4
_SCHEMES = ("计划", "工程", "行动")
_MANY = re.compile(r"(?:全部|所有|更多|若干|多家|多个|各类|各项)$")
_ONE_OF = re.compile(
    r"(?:(?<![第\d.])(?:[2-9]|\d{2,}|[两三四五六七八九十])(?:余|多)?[家个所座]|全部|所有|更多|一批|若干|多家|多个"
    r"|(?:认定|评定|评选|命名|确定|列入|创建|评|获批)(?:成|为))$"
)
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
        if run is not None and run.stop == head.start and not _money_of(run, head):
            run = head
            continue
        if run is not None:
            yield run
        run = head
    if run is not None:
        yield run


def _money_of(whole: Found, money: Found) -> bool:
    """提升计划|资金: the money of a plan is no part of its name."""
    return bool(
        whole.head and money.head and money.head.word in ("资金", "专项资金") and whole.head.word.endswith(_SCHEMES)
    )


def _name(words: Lexis, found: Found, head: HeadWord, ontology: Ontology) -> Iterator[Finding]:
    options = head.rule.options
    text = words.passage.text
    start = words.left_edge(found.start, int(options.get("longest", _LONGEST)))
    start = _through(words, start, found.start, tuple(options.get("through", ())))
    start = _opening(words, start, tuple(options.get("opens", ())), ontology)
    if options.get("placeless"):
        start = max(
            [start, *(h.stop for h in words.hits if h.kind == "Place" and h.start == start < h.stop < found.start)]
        )
    led = len(_leading(text[start : found.start], ontology, bool(options.get("needs_verb"))))
    start += led if start + led < found.start else 0
    if dash := _WITH_CHINA.search(text[max(0, start - _LONGEST) : start]):
        start -= len(dash.group())
    if start >= found.start:
        return
    reason = _refusal(words, start, found, head, ontology)
    if reason:
        surface = text[start : found.stop]
        yield Dropped(words.passage.index, start, found.stop, surface, "head", reason, head.rule.id)
    else:
        rank = int(options.get("rank", RANK)) if not _extends(words, start, found.stop) else SURE
        kind = str(options.get("otherwise", head.kind)) if not _placed(words, start, found.start) else head.kind
        stop = with_years(text, found.stop) if options.get("years") else found.stop
        yield candidate(words.passage, start, stop, kind, head.rule.id, rank, _names(words, start, found.stop))


def _names(words: Lexis, start: int, stop: int) -> tuple[str, ...]:
    """The name without its years, and the name with a word before it that says how far it reaches (全市, 全省)."""
    text = words.passage.text
    wider = start - 2 if text.startswith(("全市", "全省", "全县", "全区", "全州"), max(0, start - 2)) else start
    return (text[start:stop], text[wider:stop])


def _extends(words: Lexis, start: int, stop: int) -> bool:
    """Whether the name begins with a name of the registry and goes on: 自然资源部|第二海洋研究所."""
    return any(hit.start == start and hit.stop < stop for hit in words.hits if hit.kind in ("Agency", "Organisation"))


def _through(words: Lexis, start: int, head: int, through: tuple[str, ...]) -> int:
    """Go left over an edge word that names of this kind contain (建设 in 平台建设攻坚工程)."""
    text = words.passage.text
    for word in through:
        if text.endswith(word, 0, start) and start - len(word) > 0:
            if word in _JOINTS and words.last_head(start - 1) == start - 1:
                return start
            wider = words.left_edge(start - len(word), _LONGEST)
            if start - len(word) - wider >= 2 or text.endswith(through, 0, wider):
                return _through(words, wider, head, through)
    return start


def _opening(words: Lexis, start: int, opens: tuple[str, ...], ontology: Ontology) -> int:
    """Go left over a verb that opens a name, where a verb of carrying out stands before it: 建立了|联合治超机制."""
    for word in opens:
        if words.passage.text.endswith(word, 0, start) and _governed(words, start - len(word), ontology):
            return start - len(word)
    return start


def _leading(stem: str, ontology: Ontology, carried_out: bool) -> str:
    """The words at the beginning that are no part of the name; what is carried out keeps an adjective (新型, 重大)."""
    match = _leaders(ontology).match(stem)
    return match.group() if match and not (carried_out and match.group() in _ADJECTIVES) else ""


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
    reason = _refused_by_what_follows(words, start, found, ontology) or _refused_as_a_class(words, start, found, head)
    if reason or _certain(words, start, found, head):
        return reason
    options = head.rule.options
    if options.get("anchored") and not _anchored(words, start):
        return "no place and no level makes it a definite one"
    if len(_specific(words, start, found, head, ontology)) < int(options.get("specific", 2)):
        return "general words only"
    carried_out = options.get("needs_verb") or ("otherwise" in options and not _placed(words, start, found.start))
    if carried_out and not (
        _governed(words, start, ontology, tuple(options.get("through", ()))) or _goes_on(words, found, head)
    ):
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


def _refused_as_a_class(words: Lexis, start: int, found: Found, head: HeadWord) -> str:
    """9家|湖北实验室, 认定为|示范园: some of a class, or what something is recognised as."""
    stem, before = words.passage.text[start : found.start], words.passage.text[max(0, start - 6) : start]
    if "“" in stem:
        return ""
    which = _MANY if head.rule.options.get("needs_verb") else _ONE_OF
    return "one of a class, no name" if which.search(before) else ""


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
    if len(stem) >= int(head.rule.options.get("telling", _TELLING)):
        return stem
    general, signs = _general(ontology)
    rest = general.sub("", stem)
    return "" if signs.issuperset(rest) else rest


def _anchored(words: Lexis, start: int) -> bool:
    found = (hit.start for hit in words.hits if hit.kind in ("Place", "Agency", "Organisation"))
    return any(start <= place <= start + _FARTHEST_PLACE for place in found)


def _placed(words: Lexis, start: int, stop: int) -> bool:
    """Whether a place is named in a stem: one of the registry, or by its noun (…河, …镇, …水库)."""
    return _PLACE.search(words.passage.text, start, stop) is not None or any(
        start <= hit.start < hit.stop <= stop for hit in words.hits if hit.kind == "Place"
    )


def _without_places(words: Lexis, start: int, stop: int) -> str:
    places = [(hit.start, hit.stop) for hit in words.hits if hit.kind == "Place"]
    return "".join(
        sign
        for position, sign in enumerate(words.passage.text[start:stop], start)
        if not any(low <= position < high for low, high in places) and not sign.isdigit()
    )


def _governed(words: Lexis, start: int, ontology: Ontology, inner: tuple[str, ...] = ()) -> bool:
    """Whether a verb of carrying out stands before a name, or before the list that it stands in.

    The names of the list before it may hold the verbs `inner`: 实施薄弱学校改造计划、乡村教师支持计划.
    """
    text = words.passage.text
    governors = tuple(ontology.words["governors"])
    if batch := _BATCH.search(text[max(0, start - _LONGEST_BATCH) : start]):
        start -= len(batch.group())
    if not text.startswith(_JOINTS, start - 1):
        return text.endswith(governors, 0, start - text.endswith(("了", "起"), 0, start))
    for edge in reversed(words.edges_between(max(0, start - _LONGEST_LIST), start - 1)):
        if text.endswith(governors, 0, edge - text.endswith(("了", "起"), 0, edge)):
            return True
        if not text.startswith(_IN_A_LIST, edge - 1) and not (inner and text.endswith(inner, 0, edge)):
            return False
    return False


def _goes_on(words: Lexis, found: Found, head: HeadWord) -> bool:
    """Whether what follows says that it is carried out: …试点扩大至, …工程列为, …计划资金."""
    behind = head.rule.options.get("behind")
    return behind is not None and compiled(behind).match(words.passage.text, found.stop) is not None
