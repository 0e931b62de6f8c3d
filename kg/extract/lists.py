"""Figures that are told off against a list: 对甲、乙、丙，分别奖励6万元、4万元、2万元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.figure_rules import FigureRules
from kg.extract.noun import left_of
from kg.extract.quantity import Quantity
from kg.extract.times import Time
from kg.extract.veil import TIME, Veiled
from kg.model import quick

_FARTHEST = 160
_AMOUNT = re.compile(r"\d[万亿千百]*(?:元|家|人|亩|吨|名|户|张|%)?(?:以上|及以上)?$")


@quick
@dataclass(frozen=True, slots=True)
class Share:
    """One figure's part of a distribution.

    `item` is the member of the list, `start` to `stop` its place, `after` the end of 分别, `first` and `last` the
    quantities with which the run begins and ends, `count` how many they are.
    """

    item: str
    start: int
    stop: int
    after: int
    first: Quantity
    last: Quantity
    count: int


def runs(text: str, found: Sequence[Quantity], rules: FigureRules) -> Iterator[range]:
    """The indices of figures that follow each other with nothing between them but 、 or 和 and a bound (最高)."""
    first = 0
    for index in range(1, len(found) + 1):
        if index < len(found) and _adjoin(text, found[index - 1], found[index], rules):
            continue
        if index - first > 1:
            yield range(first, index)
        first = index


def in_turn(page: Veiled, found: Sequence[Quantity], rules: FigureRules) -> dict[int, str]:
    """2021年、2022年分别新建320个、560个: the years of the figures, one to one."""
    told: dict[int, str] = {}
    if not any(time.role in ("at", "by") for time in page.times):
        return told
    for run in runs(page.text, found, rules):
        start = found[run[0] - 1].end if run[0] else 0
        mark = rules.patterns["respectively"].search(page.text, start, found[run[0]].start)
        dated = [time for time in page.times if start <= time.start and time.stop <= mark.start()] if mark else []
        if mark and not dated and (after := _after(page, mark.end(), found[run[0]].start)):
            told |= {index: time.years for index, time in zip(run, after, strict=False) if len(after) == len(run)}
            continue
        dated = dated[-len(run) :]
        between = page.text[dated[0].start : dated[-1].stop] if mark and dated else "?"
        apart = not mark or not dated or _LISTED.search(page.text, dated[-1].stop, mark.start())
        if apart or between.strip(_JOINTS + TIME):
            continue
        if len(dated) == len(run) and all(time.years for time in dated):
            told |= {index: time.years for index, time in zip(run, dated, strict=True)}
        told |= dict(zip(run, _each_year(dated, len(run)), strict=False))
    return told


def _after(page: Veiled, start: int, stop: int) -> Sequence[Time]:
    """分别于2022年、2023年建成2座、3座: the years that stand behind the word."""
    if not page.text.startswith(("于", "在", TIME), start):
        return ()
    dated = [time for time in page.times if start <= time.start and time.stop <= stop and time.years]
    between = page.text[dated[0].start : dated[-1].stop] if dated else "?"
    return () if between.strip(_JOINTS + TIME) else dated


def _each_year(dated: Sequence[Time], count: int) -> Sequence[str]:
    """2021—2023年，支出分别为…: the years of the one span of time, if they are `count`."""
    first, _, last = dated[0].years.partition("/") if len(dated) == 1 and dated[0].role == "at" else ("", "", "")
    if not last or int(last) - int(first) != count - 1:
        return ()
    return [str(year) for year in range(int(first), int(last) + 1)]


_A_PAIR = 2
_A_NAME = 2
_JOINTS = "、，和及与"
_LISTED = re.compile("[、和及与]")


def _adjoin(text: str, one: Quantity, other: Quantity, rules: FigureRules) -> bool:
    return _is_range(one, other) or rules.patterns["told_off"].fullmatch(text, one.end, other.start) is not None


def shares(page: Veiled, found: Sequence[Quantity], rules: FigureRules) -> dict[int, Share]:
    """For each figure of a distributed run its member of the list before 分别.

    Where no list stands there, but as many figures, `item` is empty: the members are what those figures count.
    """
    told: dict[int, Share] = {}
    for run in runs(page.text, found, rules):
        start = found[run[0] - 1].end if run[0] else 0
        told |= dict(zip(run, _members(page, start, [found[index] for index in run], rules), strict=False))
    return told


def _members(page: Veiled, start: int, run: Sequence[Quantity], rules: FigureRules) -> Sequence[Share]:
    stop, upper = run[0].start, _upper_ends(run)
    count = len(run) - len(upper)
    marks = list(rules.patterns["respectively"].finditer(page.text, max(start, stop - _FARTHEST), stop))
    marks = marks or _ranks_told(page, start, run, rules)
    if not marks or count < _A_PAIR:
        return ()
    mark = marks[-1]
    if told := _against_each(page, start, mark, run, rules):
        return told
    end = mark.start() - (_A_PAIR if page.text.endswith(("年均", "同比"), start, mark.start()) else 0)
    if run[0].sort == "rank" and (among := rules.patterns["in_ranking"].search(page.text, start, end)):
        end = among.start()
    pieces = _split(page.text, max(start, end - _FARTHEST), end, rules)
    pieces = pieces if len(pieces) >= count else _quotes_apart(page, pieces)
    if len(pieces) < count:
        return [_undivided(page, pieces, mark, run, rules)] * len(run)
    pieces[-1], common = _without_common(page, pieces[-1], rules)
    spans = [_trimmed(page, piece, rules) for piece in pieces[-count:]]
    items = _with_shared_head([page.printed(*span) for span in spans], common, rules)
    told = [
        Share(item, *span, mark.end(), run[0], run[-1], len(run))
        for item, span in zip(items, spans, strict=True)
        if item
    ]
    for index in upper if len(told) == count else ():
        told.insert(index, told[index - 1])
    return told


def _ranks_told(page: Veiled, start: int, run: Sequence[Quantity], rules: FigureRules) -> list[re.Match[str]]:
    """安州、江油高新区排名第7、10位: the ranks are told off without a word for it, if there are as many members."""
    if len(run) < _A_PAIR or any(each.sort != "rank" for each in run) or page.text[run[1].start] == "第":
        return []
    mark = rules.patterns["rank_told"].search(page.text, start, run[0].start)
    clause = max(start, page.text.rfind("，", start, mark.start()) + 1) if mark else 0
    fits = mark is not None and len(_split(page.text, clause, mark.start(), rules)) == len(run)
    return [mark] if mark is not None and fits else []


def _upper_ends(run: Sequence[Quantity]) -> Sequence[int]:
    """80万—150万元、30万—60万元: the upper ends of ranges, which are told off with the lower ones."""
    return [index for index in range(1, len(run)) if _is_range(run[index - 1], run[index])]


def _is_range(one: Quantity, other: Quantity) -> bool:
    return one.end == other.start and (one.comparator, other.comparator) == (">=", "<=")


def _against_each(
    page: Veiled, start: int, mark: re.Match[str], run: Sequence[Quantity], rules: FigureRules
) -> Sequence[Share]:
    """增速分别高于全国、全省: what the figures are measured against is told off, not what is measured."""
    match = rules.patterns["than_each"].fullmatch(page.text, mark.end(), run[0].start)
    if not match:
        return ()
    group, word = ("list", match["before"]) if match["before"] else ("those", match["after"])
    pieces = _split(page.text, *match.span(group), rules)
    if len(pieces) != len(run):
        return ()
    noun = left_of(page, max(start, page.text.rfind("，", start, mark.start()) + 1), mark.start(), rules)
    said = page.printed(noun.start, noun.stop)
    words = [
        said + (word + page.printed(*each) if match["before"] else "比" + page.printed(*each) + word) for each in pieces
    ]
    return tuple(Share(each, noun.start, noun.stop, match.end(), run[0], run[-1], len(run)) for each in words)


def _undivided(
    page: Veiled, pieces: Sequence[tuple[int, int]], mark: re.Match[str], run: Sequence[Quantity], rules: FigureRules
) -> Share:
    """One thing for all figures, or nothing: then they are of the figures before."""
    start = max(pieces[0][0], page.text.rfind("，", pieces[0][0], mark.start()) + 1)
    noun = left_of(page, start, mark.start(), rules, run[0].sort)
    item = page.printed(noun.start, noun.stop)
    item = "" if item in rules.words["generic"].words else item
    return Share(item, noun.start, noun.stop, mark.end(), run[0], run[-1], len(run))


def _split(text: str, start: int, stop: int, rules: FigureRules) -> list[tuple[int, int]]:
    """The members of the last list between two places: cut at 、和与及."""
    pieces: list[tuple[int, int]] = []
    low = start
    for match in rules.patterns["and"].finditer(text, start, stop):
        pieces.append((low, match.start()))
        low = match.end()
    return [*pieces, (low, stop)]


def _quotes_apart(page: Veiled, pieces: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """“甲”“乙”: what is quoted one after the other are members of a list too."""
    found: list[tuple[int, int]] = []
    for low, stop in pieces:
        while (cut := page.passage.text.find("”“", low, stop)) >= 0:
            found.append((low, cut + 1))
            low = cut + 1
        found.append((low, stop))
    return found


def _without_common(page: Veiled, piece: tuple[int, int], rules: FigureRules) -> tuple[tuple[int, int], str]:
    """The last member without what follows it (的企业，), and the noun that is common to all (企业)."""
    match = rules.patterns["after_member"].search(page.text, piece[0] + 1, piece[1])
    if not match:
        return piece, ""
    end = page.text.find("，", match.end(), piece[1])
    rest = page.printed(match.end(), end if end >= 0 else piece[1])
    if match.group() == "，" and rules.words["attribute"].at_end(rest, 0, len(rest)) == len(rest) > 0:
        said = rules.patterns["said_of_it"].search(page.text, piece[0] + _A_NAME, match.start())
        return (piece[0], said.start() if said else match.start()), rest
    if match.group() == "等":
        rest = rest[len(rest) - rules.words["attribute"].at_end(rest, 0, len(rest)) :]
    return (piece[0], match.start()), "" if match.group() == "，" else rest


def _trimmed(page: Veiled, piece: tuple[int, int], rules: FigureRules) -> tuple[int, int]:
    """A member without the words that lead to the list."""
    start = max(piece[0], page.text.rfind("，", *piece) + 1)
    noun = left_of(page, start, piece[1], rules)
    return (noun.start, noun.stop) if not noun.empty else (start, piece[1])


def _with_shared_head(items: Sequence[str], common: str, rules: FigureRules) -> list[str]:
    """国家级、省级示范社, 原煤、原油产量: what stands only at the last member belongs to all."""
    last = items[-1]
    rate = _AREA_RATE.search(last) if items[0].endswith(_AREAS) else None
    length = len(rate.group()) if rate else rules.words["attribute"].at_end(last, 1, len(last))
    given = rules.words["attribute"].at_end(common, 0, len(common)) == len(common)
    attribute = common if given and common and not length else last[len(last) - length :]
    if last[1:2] == "部" and all(len(item) == 1 for item in items[:-1]):
        return [*(item + last[1:] for item in items[:-1]), last]
    head = rules.patterns["level_start"].sub("", last) or common
    if all(_AMOUNT.search(item) for item in items):
        return [item + common for item in _amounts(items)]
    if common and all(rules.doing.at_end(item, 0, len(item)) for item in items):
        return [item.removeprefix("对") + "的" + common for item in items]
    return [_completed(item, head, attribute, rules) for item in items]


_AREAS = tuple("村镇乡县市区省校户园部院室站所")
_AREA_RATE = re.compile(
    r"(?<=[村镇乡县市区省校户园院室站所])(?:通|入|覆盖|普及|达标|建成|设置|配备|拥有|安装|标准化|规范化)"
    r"[^、，]{0,14}[率量数]$"
)


def _amounts(items: Sequence[str]) -> Iterator[str]:
    """首次突破1000万元、5000万元的企业: the condition is said once, with the first sum."""
    said = re.match(r"\D*", items[0])
    for item in items:
        yield (said.group() if said and item[:1].isdigit() else "") + item


def _completed(item: str, head: str, attribute: str, rules: FigureRules) -> str:
    if rules.patterns["level"].fullmatch(item):
        return item + head
    return item if item.endswith(attribute) or rules.words["attribute"].at_end(item, 0, len(item)) else item + attribute
