"""Names without quotation marks that end in a head noun: 柳林智能农机实验室, 首届川西柑橘博览会.

The right end is the head noun; the left end is the nearest edge: a mark, a number with its classifier, a verb or a
function word of official prose.  What is left must say more than general words do, else it is a kind and no name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.extract.candidate import Finding, candidate
from kg.extract.ending import ending
from kg.extract.joints import over_a_bracket, over_a_joint, over_a_range
from kg.extract.lexis import Found, HeadWord, Lexis
from kg.extract.pattern import compiled, proper
from kg.extract.placed import ALL_OF, anchored, placed
from kg.extract.quoted import repeats
from kg.extract.reach import LONGEST, reaches
from kg.extract.sharing import SHARED, sharing, told_places
from kg.model import Dropped, replace
from kg.ontology import Ontology, alternation

RANK = 60
SURE = 9
_JOINTS = ("、", "和", "及", "与")
_LOW_LEVELS = ("县级", "区级", "乡级", "镇级", "村级", "乡镇级", "社区级", "街道级")
_LEVELS = ("国家", "全国", "中国", "国际", "中央", "自治区", "省级", "市级")
_IN_A_LIST = (*_JOINTS, *"“”（）—－-年")
_A_COUNT = re.compile(r"[一二两三四五六七八九十\d](?:[大个项类批])$")  # “甲、乙、丙”三大|工程、…: the list goes on
_LONGEST_LIST = 60  # how far a list is looked back over for the verb that governs it
_TELLING = 8  # characters of a stem that are together no general expression any more
_OTHER_WORD = (
    "主体完工",
    "主体工程",
    "主体结构",
    "主体封顶",
    "主体已",
    "主体施工",
    "化解",
    "化验",
    "学习",
    "数字化",
    "数据",
    "率先",
    "长期",
)
_MANNERS = ("一体化", "数字化", "智能化", "一站式", "多层次", "全链条", "高水平", "专业化")
_TELLS_ENOUGH = 4  # characters of a stem without its general words that a verb before it may anchor
_LONG = 6  # characters of a stem that a verb before it may anchor
_WITH_CHINA = re.compile(r"(?:(?:首|第[一二三四五六七八九十百\d]{1,3})届)?中国[—－-]{1,2}$")
_DASHES = ("—", "－", "-")
_BATCH = re.compile(r"(?:首|第[一二三四五六七八九十\d]{1,3})批$")
_LONGEST_BATCH = 6
_ADJECTIVES = ("新型", "重大", "大型")
_TAKEN_UP = ("列入", "纳入", "入选", "获批", "申报", "参加", "参与", "承担", "落实", "争取", "承接")
_BODIES = ("局", "厅", "署", "部门", "集团", "公司", "委员会", "我部", "本部", "我委")
_WAY = re.compile(r"以[^，。；：]{2,16}为[^，。；：的]{2,6}的$")
_LONGEST_WAY = 28
_OF_THE_LEVEL = re.compile(
    r"[省市县区州镇乡](?![级域内外直])[\u4e00-\u9fff]{1,10}(?:[馆院所站校园场厂宫]|中心|基地)"
    r"(?:整体)?(?:搬迁|迁建|新建|重建|扩建|改扩建|改造|提升改造|建设)"
)
_STAGED = re.compile("[一二三四五]期(?:工程|项目)?$")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d年度?$")
_LONGEST_YEAR = 6
_SCHEMES = ("计划", "工程", "行动", "建设项目", "试点")
_WORK = re.compile("项目|工程")
_MANY = re.compile(r"(?:全部|所有|更多|若干|多家|多个|各类|各项)$")
_ONE_OF = re.compile(
    r"(?:(?<![第\d.])(?:[2-9]|\d{2,}|[两三四五六七八九十])(?:余|多)?[家个所座]|全部|所有|更多|一批|若干|多家|多个"
    r"|(?:认定|评定|评选|命名|确定|列入|创建|评|获批)(?:成|为))$"
)
_OF_A_CLASS = "one of a class, no name"
_CLASSED = ("国家", "全国", "省级", "市级")
_BECOMES = ("成为", "打造成", "建设成", "打造为", "跻身", "晋升为")
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
        if run is not None and run.stop == head.start and not _named_so(run, head):
            run = run if _money_of(run, head) else _one(run, head)
            continue
        if run is not None:
            yield run
        run = head
    if run is not None:
        yield run


def _named_so(body: Found, sign: Found) -> bool:
    """大学|周启年教授: what stands right behind a body is the family name of somebody there, not 周 or 季."""
    kinds = body.head and sign.head and body.head.kind == "Organisation" and sign.head.kind == "Event"
    return bool(kinds and sign.head and len(sign.head.word) == 1)


def _one(first: Found, last: Found) -> Found:
    """Two heads that adjoin, as one: what is called by its work stays a work (铁路专用线|项目)."""
    work = first.head and last.head and first.head.kind == "Project" and _WORK.fullmatch(last.head.word)
    return replace(first, stop=last.stop) if work else last


def _money_of(whole: Found, money: Found) -> bool:
    """提升计划|资金: the money of a plan is no part of its name."""
    return bool(
        whole.head and money.head and money.head.word in ("资金", "专项资金") and whole.head.word.endswith(_SCHEMES)
    )


def _name(words: Lexis, found: Found, head: HeadWord, ontology: Ontology) -> Iterator[Finding]:
    options, way = head.rule.options, reaches(ontology)[head.rule.id]
    text = words.passage.text
    start = words.left_edge(found.start, way.longest)
    start = _through(words, start, found.start, way.through) if way.through else start
    start = over_a_joint(words, start, head) if way.joins else start
    start = over_a_bracket(words, over_a_range(words, start)) if start else start
    start = _opening(words, start, way.opens, ontology) if way.opens else start
    if way.placeless and words.hits:
        start = max(
            [start, *(h.stop for h in words.hits if h.kind == "Place" and h.start == start < h.stop < found.start)]
        )
    led = len(_leading(text[start : found.start], ontology, way.needs_verb))
    start += led if start + led < found.start else 0
    dashed = text.endswith(_DASHES, 0, start)
    if dashed and (dash := _WITH_CHINA.search(text[max(0, start - LONGEST) : start])):
        start -= len(dash.group())
    if start >= found.start:
        start -= _year(text, start, head)
    if start >= found.start:
        return
    reason = _refusal(words, start, found, head, ontology)
    if reason == _OF_A_CLASS and text.startswith(_LEVELS, start) and (places := told_places(words, start)):
        for place in places:
            names = (text[place.start : place.stop] + text[start : found.stop],)
            yield candidate(words.passage, place.start, place.stop, head.kind, SHARED, SURE, names)
    elif reason:
        surface = text[start : found.stop]
        yield Dropped(words.passage.index, start, found.stop, surface, "head", reason, head.rule.id)
    else:
        further = _extends(words, start, found.stop) or (head.kind == "Project" and _works_on(words, start, found.stop))
        rank = int(options.get("rank", RANK)) if not further else SURE
        kind = _kind(words, start, found, head)
        stop = ending(text, start, found.stop, head)
        yield candidate(words.passage, start, stop, kind, head.rule.id, rank, _names(words, start, found.stop, head))
        if text.startswith("、", start - 1):
            yield from sharing(words, start, stop, kind)


def _kind(words: Lexis, start: int, found: Found, head: HeadWord) -> str:
    """The kind of a name: that of its head, another one if nothing places it, or if its place does."""
    local = head.rule.options.get("in_a_place", {}).get(head.word)
    if local and any(h.start == start and found.start - h.stop > 1 for h in words.hits if h.kind == "Place"):
        return str(local)
    return head.kind if _single(words, start, found, head) else str(head.rule.options["otherwise"])


def _single(words: Lexis, start: int, found: Found, head: HeadWord) -> bool:
    """Whether a work is one single work: a place is named in it, or what follows tells that it is built."""
    if "otherwise" not in head.rule.options or placed(words, start, found.start):
        return True
    if _OF_THE_LEVEL.match(words.passage.text, start, found.stop):
        return True
    works = head.rule.options.get("works")
    return works is not None and compiled(works).match(words.passage.text, found.stop) is not None


def _names(words: Lexis, start: int, stop: int, head: HeadWord) -> tuple[str, ...]:
    """The name without its years, and the name with a word before it that says how far it reaches (全市, 全省)."""
    text = words.passage.text
    wider = start - 2 if text.startswith(ALL_OF, max(0, start - 2)) else start
    return (text[start:stop], text[min(wider, start - _year(text, start, head)) : stop])


def _year(text: str, start: int, head: HeadWord) -> int:
    """How long the year before a name is that belongs to it: 2022年|农田建设项目."""
    year = _YEAR.search(text, max(0, start - _LONGEST_YEAR), start) if head.rule.options.get("dated") else None
    return len(year.group()) if year else 0


def _extends(words: Lexis, start: int, stop: int) -> bool:
    """Whether a name goes on behind a name of the registry, or has a place before it: 自然资源部|第二海洋研究所."""
    if not words.hits:
        return False
    bodies = [hit for hit in words.hits if hit.kind in ("Agency", "Organisation") and hit.stop <= stop]
    places = [hit.stop for hit in words.hits if hit.kind == "Place" and hit.start == start]
    events = any(
        (hit.kind == "Event" and start <= hit.start and stop - hit.stop > _LONGEST_BATCH)
        or (hit.kind == "Programme" and start <= hit.start and stop - hit.stop > 1)
        for hit in words.hits
    )
    return events or any(hit.start == start and hit.stop < stop or hit.start in places for hit in bodies)


def _works_on(words: Lexis, start: int, stop: int) -> bool:
    """Whether the name of a work holds that of the body it is built for: 市疾控中心|迁建工程."""
    return any(start <= hit.start and hit.stop < stop for hit in words.bureaus)


def _through(words: Lexis, start: int, head: int, through: tuple[str, ...]) -> int:
    """Go left over an edge word that names of this kind contain (建设 in 平台建设攻坚工程)."""
    text = words.passage.text
    for word in through if text.endswith(through, 0, start) else ():
        if text.endswith(word, 0, start) and start - len(word) > 0:
            if _has_a_doer(words, start - len(word)):
                return start
            if word in _JOINTS and (words.last_head(start - 1) == start - 1 or text.startswith(_LEVELS, start)):
                return start
            wider = words.left_edge(start - len(word), LONGEST)
            if start - len(word) - wider >= 2 or text.endswith(through, 0, wider):
                return _through(words, wider, head, through)
    return start


def _has_a_doer(words: Lexis, verb: int) -> bool:
    """Whether a body stands right before a verb, which it does then: 市民政局|推进|…工程."""
    if words.passage.text.endswith(_BODIES, 0, verb):
        return True
    return any(hit.stop == verb and hit.kind == "Agency" for hit in (*words.hits, *words.bureaus))


def _opening(words: Lexis, start: int, opens: tuple[str, ...], ontology: Ontology) -> int:
    """Go left over a verb that opens a name, where a verb of carrying out stands before it: 建立了|联合治超机制."""
    text = words.passage.text
    for word in opens if text.endswith(opens, 0, start) else ():
        if text.endswith(word, 0, start) and _governed(words, start - len(word), ontology):
            return start - len(word)
    return start


def _leading(stem: str, ontology: Ontology, carried_out: bool) -> str:
    """The words at the beginning that are no part of the name; what is carried out keeps an adjective (新型, 重大)."""
    match = _leaders(ontology).match(stem)
    return match.group() if match and not (carried_out and match.group() in _ADJECTIVES) else ""


@lru_cache(maxsize=4)
def _leaders(ontology: Ontology) -> re.Pattern[str]:
    return re.compile(f"(?:{alternation(ontology.words['leaders'])})+")


def _refusal(words: Lexis, start: int, found: Found, head: HeadWord, ontology: Ontology) -> str:
    """Why a head noun with its stem is no name, or the empty string."""
    reason = _refused_by_what_follows(words, start, found, ontology) or _refused_as_a_class(
        words, start, found, head, ontology
    )
    if reason or _certain(words, start, found, head):
        return reason
    options = head.rule.options
    if options.get("anchored") and not (
        anchored(words, start, found.start)
        or _goes_on(words, found, head)
        or _built(words, start, found, head, ontology)
    ):
        return "no place and no level makes it a definite one"
    if len(_specific(words, start, found, head, ontology)) < int(options.get("specific", 2)):
        return "general words only"
    if (
        "firm" in options
        and not anchored(words, start, found.start)
        and not _firm(words, start, compiled(options["firm"]))
    ):
        return "what is done with it does not make it a definite one"
    carried_out = options.get("needs_verb") or not _single(words, start, found, head)
    if carried_out and not (
        _governed(words, start, ontology, tuple(options.get("through", ()))) or _goes_on(words, found, head)
    ):
        return "nothing says that it is carried out"
    return ""


def _refused_by_what_follows(words: Lexis, start: int, found: Found, ontology: Ontology) -> str:
    text = words.passage.text
    if _COUNTED.match(text, found.stop) and not _STAGED.search(text, start, found.stop):
        return "counted: a kind of thing, no name"
    other = text.startswith(_OTHER_WORD, found.stop)
    if not other and text.startswith(tuple(ontology.words["not_after_head"]), found.stop):
        return "part of a longer expression"
    if words.quotes and any(q.start <= start < q.stop and repeats(text, (q,), ontology) for q in words.quotes):
        return "part of a request that is quoted"
    return ""


def _refused_as_a_class(words: Lexis, start: int, found: Found, head: HeadWord, ontology: Ontology) -> str:
    """9家|湖北实验室, 认定为|示范园, 三省小型|水库: some of a class, or what something is recognised as."""
    stem, before = words.passage.text[start : found.start], words.passage.text[max(0, start - 6) : start]
    if "“" in stem:
        return ""
    if stem.startswith(_LOW_LEVELS) and not head.rule.options.get("needs_verb"):
        return "all of a sort, no name"
    if head.rule.options.get("classes") and stem.endswith(ontology.words["class_marks"]):
        return "all of a sort, no name"
    if stem.startswith(_CLASSED) and before.endswith(_BECOMES):
        return "what something is to become, no name"
    which = _MANY if head.rule.options.get("needs_verb") else _ONE_OF
    return _OF_A_CLASS if which.search(before) else ""


def _certain(words: Lexis, start: int, found: Found, head: HeadWord) -> bool:
    """Whether a definition follows, or the stem begins with a word that makes it one definite thing."""
    text = words.passage.text
    if text.startswith(("（以下简称", "（简称", "（下称", "（以下称"), found.stop):
        return True
    definite, stem = head.rule.options.get("definite"), text[start : found.start]
    if head.kind == "Project" and (_year(text, start, head) or _YEAR.fullmatch(stem)):
        return True
    return definite is not None and len(stem) > 1 and compiled(definite).match(stem) is not None


def _specific(words: Lexis, start: int, found: Found, head: HeadWord, ontology: Ontology) -> str:
    """What is left of the stem without its general words (and, where the rule asks for it, without places)."""
    stem = words.passage.text[start : found.start]
    if head.rule.options.get("placeless"):
        stem = _without_places(words, start, found.start)
    elif place := next((h for h in words.hits if h.kind == "Place" and h.start == start < h.stop < found.start), None):
        return words.passage.text[start : place.stop] + proper(words.passage.text[place.stop : found.start], ontology)
    if len(stem) >= int(head.rule.options.get("telling", _TELLING)):
        return stem
    return proper(stem, ontology)


def _firm(words: Lexis, start: int, verbs: re.Pattern[str]) -> bool:
    """Whether a verb that makes something one definite thing governs a name, or the list that it stands in."""
    text = words.passage.text
    before = text[max(0, start - _LONGEST_LIST) : start]
    if not text.startswith(_JOINTS, start - 1):
        return verbs.search(before) is not None
    clause = re.split("[，。；]", before)[-1]
    return any(verbs.search(clause[:stop]) for stop in range(2, len(clause)))


def _built(words: Lexis, start: int, found: Found, head: HeadWord, ontology: Ontology) -> bool:
    """Whether a verb before a long name says that there is one of it: 建成|自然灾害综合监测预警指挥平台."""
    built, text = head.rule.options.get("built"), words.passage.text
    telling = len(proper(text[start : found.start], ontology)) >= _TELLS_ENOUGH
    long = (telling or found.start - start >= _LONG) and not text.startswith(_MANNERS, start)
    return built is not None and long and compiled(built).search(text[max(0, start - 5) : start]) is not None


def _without_places(words: Lexis, start: int, stop: int) -> str:
    pieces, position = [], start
    for hit in words.hits:
        if hit.kind == "Place" and hit.start < stop and hit.stop > position:
            pieces.append(words.passage.text[position : hit.start])
            position = hit.stop
    pieces.append(words.passage.text[position:stop])
    return "".join([sign for sign in "".join(pieces) if not sign.isdigit()])


def _governed(words: Lexis, start: int, ontology: Ontology, inner: tuple[str, ...] = ()) -> bool:
    """Whether a verb of carrying out stands before a name, or before the list that it stands in.

    The names of the list before it may hold the verbs `inner`: 实施薄弱学校改造计划、乡村教师支持计划.
    """
    text = words.passage.text
    governors = tuple(ontology.words["governors"])
    if batch := _BATCH.search(text[max(0, start - _LONGEST_BATCH) : start]):
        start -= len(batch.group())
    if year := _YEAR.search(text, max(0, start - _LONGEST_YEAR), start):
        start = year.start()
    if text.endswith(ALL_OF, 0, start):
        start -= 2
    bodies = (hit.start for hit in (*words.hits, *words.bureaus) if hit.kind == "Agency" and hit.stop == start)
    start = next((body for body in bodies if text.endswith(_TAKEN_UP, 0, body)), start)
    if way := _WAY.search(text, max(0, start - _LONGEST_WAY), start):
        start = way.start()
    if not text.startswith(_JOINTS, start - 1):
        return text.endswith(governors, 0, start - text.endswith(("了", "起", "好"), 0, start))
    for edge in reversed(words.edges_between(max(0, start - _LONGEST_LIST), start - 1)):
        if text.endswith(governors, 0, edge - text.endswith(("了", "起"), 0, edge)):
            return True
        if _A_COUNT.search(text, max(0, edge - 3), edge):
            continue
        if not text.startswith(_IN_A_LIST, edge - 1) and not (inner and text.endswith(inner, 0, edge)):
            return False
    return False


def _goes_on(words: Lexis, found: Found, head: HeadWord) -> bool:
    """Whether what follows says that it is carried out: …试点扩大至, …工程列为, …计划资金."""
    behind = head.rule.options.get("behind")
    return behind is not None and compiled(behind).match(words.passage.text, found.stop) is not None
