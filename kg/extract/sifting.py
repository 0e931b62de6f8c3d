"""Which numbers of a sentence are figures: not what a condition asks for, nor what a document counts of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.figure_rules import FigureRules
from kg.extract.noun import left_of, right_of
from kg.extract.quantity import Quantity, Refused
from kg.extract.veil import Veiled
from kg.model import replace

_FARTHEST = 200
_LONGEST_RUN = 12
_MARKS = "，；：。！？（"
_TO_LAST_MARK = re.compile(f".*[{_MARKS}]", re.DOTALL)
_SIZES = ("吨", "千瓦", "兆瓦", "吉瓦", "千瓦时", "标箱")


def clause_start(text: str, lowest: int, position: int) -> int:
    """Where the clause of a place begins: after the last mark, an open bracket included, a closed one passed over."""
    lowest = max(lowest, position - _FARTHEST)
    if text.find("）", lowest, position) < 0:
        last = _TO_LAST_MARK.match(text, lowest, position)
        return last.end() if last else lowest
    depth = 0
    for place in range(position - 1, lowest - 1, -1):
        sign = text[place]
        if sign == "）":
            depth += 1
        elif sign == "（" and depth:
            depth -= 1
        elif sign in _MARKS and not depth:
            return place + 1
    return lowest


def clause_stop(text: str, position: int, highest: int, rules: FigureRules) -> int:
    """Where the clause of a place ends."""
    highest = min(highest, position + _FARTHEST, len(text))
    match = rules.patterns["clause_end"].search(text, position, highest)
    return match.start() if match else highest


def sifted(
    page: Veiled, found: Sequence[Quantity], rules: FigureRules
) -> tuple[tuple[Quantity, ...], tuple[Refused, ...]]:
    """The quantities that are figures, and the others with the reason."""
    kept: list[Quantity] = []
    refused: list[Refused] = []
    found = [_of_people(page.text, quantity, rules) for quantity in found]
    for index, quantity in enumerate(found):
        reason = _reason(page, found, index, kept[-1] if kept else None, rules)
        if reason:
            refused.append(Refused(quantity.start, quantity.stop, reason))
        else:
            kept.append(quantity)
    return tuple(kept), tuple(refused)


def _of_people(text: str, quantity: Quantity, rules: FigureRules) -> Quantity:
    """受益人口12万: the unit that is left out is 人."""
    near = (max(0, quantity.start - _LONGEST_RUN), quantity.start)
    if quantity.sort != "bare" or not rules.patterns["people"].search(text, *near):
        return quantity
    return replace(quantity, unit="人", sort="count")


def _reason(page: Veiled, found: Sequence[Quantity], index: int, last: Quantity | None, rules: FigureRules) -> str:
    quantity = found[index]
    lowest = last.end if last else 0
    start = clause_start(page.text, lowest, quantity.start)
    if quantity.sort == "time" and not _measured_time(page, start, found, index, last, rules):
        return "a span of time"
    if quantity.sort == "bare" and not rules.patterns["money_noun"].search(page.text, start, quantity.start):
        return "no unit"
    if quantity.value == 1 and rules.patterns["each_one"].search(page.text, start, quantity.start):
        return "for each one"
    if quantity.sort == "rank" and _of_the_first(page.text, found, index, rules):
        return "a condition"
    if quantity.sort != "rank" and _conditional(page, found, index, start, lowest, rules):
        return "a condition"
    if quantity.sort == "count" and index + 1 < len(found) and found[index + 1].sort == "rank":
        span = (quantity.stop, found[index + 1].start)
        if rules.patterns["ranked_among"].fullmatch(page.text, *span):
            return "among how many"
    if reason := _only_said(page.text, start, quantity, rules):
        return reason
    if quantity.sort == "count" and quantity.unit != "件" and _own_part(page, found, index, start, rules):
        return "the document's own parts"
    return ""


def _only_said(text: str, start: int, quantity: Quantity, rules: FigureRules) -> str:
    """围绕12个重点产业, 每季度会商2次: why a number is only said of how things are done, or the empty string."""
    if quantity.unit == "次" and rules.patterns["how_often"].search(text, start, quantity.start):
        return "how often something is done"
    aimed = quantity.sort == "count" and rules.patterns["aimed_at"].search(text, start, quantity.start)
    return "what is aimed at" if aimed and rules.patterns["fields"].match(text, quantity.end) else ""


def _measured_time(
    page: Veiled, start: int, found: Sequence[Quantity], index: int, last: Quantity | None, rules: FigureRules
) -> bool:
    quantity, other = found[index], found[index + 1] if index + 1 < len(found) else None
    on = [rules.patterns[each] for each in ("moved_on", "told_off")]
    if last is not None and last.sort == "time" and any(p.fullmatch(page.text, last.end, quantity.start) for p in on):
        return True
    if other is not None and other.sort == "time" and on[0].fullmatch(page.text, quantity.end, other.start):
        return True
    if last is not None and last.sort == "time" and quantity.start - last.end < _LONGEST_RUN:
        return rules.patterns["change"].search(page.text, last.end, quantity.start) is not None
    return rules.patterns["duration"].search(page.text, start, quantity.start) is not None


def _conditional(
    page: Veiled, found: Sequence[Quantity], index: int, start: int, lowest: int, rules: FigureRules
) -> bool:
    """Whether the number says which things are meant: 总投资超3亿元的项目; 对……80人的企业，给予……."""
    text, quantity = page.text, found[index]
    end = _end_of_run(text, found, index, rules)
    if quantity.sort == "money" and quantity.end > quantity.stop and rules.patterns["from_there"].match(text, end):
        return True
    if rules.patterns["standard_after"].match(text, end) or rules.patterns["gift_near"].match(text, end):
        return False
    before = (max(lowest, quantity.start - _FARTHEST), quantity.start)
    if quantity.sort == "count" and rules.patterns["award"].search(text, *before):
        return False
    if _for_each_more(text, before, end, rules) or _tells_the_size(text, quantity, end, rules):
        return True
    those = page.may("for_those", rules) and rules.patterns["for_those"].search(text, *before)
    if those and not rules.patterns["grant_before"].search(text, *before):
        return rules.patterns["grant_later"].search(text, end, end + _FARTHEST) is not None
    if _how_big(text, found, index, rules):
        return True
    if rules.patterns["qualifies"].match(text, end):
        if quantity.sort == "money" and rules.patterns["a_fund"].match(text, end):
            return rules.patterns["of_size"].search(text, start, quantity.start) is None
        if quantity.end > quantity.stop and rules.patterns["grant_later"].search(text, end, end + _FARTHEST):
            return True
        money = quantity.sort in ("money", "bare")
        return not (_of_a_work(text, start, quantity, rules) if money else _said_of_many(page, start, quantity, rules))
    return False


def _of_a_work(text: str, start: int, quantity: Quantity, rules: FigureRules) -> bool:
    """甲公司投资2亿元的水泵项目: what one work costs."""
    if quantity.sort != "money" or quantity.bound or not text.startswith("投资", quantity.start - 2):
        return False
    return quantity.start - start > _A_BODY and rules.patterns["of_a_work"].match(text, quantity.end) is not None


_A_BODY = 6


def _for_each_more(text: str, before: tuple[int, int], end: int, rules: FigureRules) -> bool:
    """每新增1亿元产值再奖15万元: for how much something is given."""
    each = rules.patterns["each_more"].search(text, *before)
    return each is not None and rules.patterns["then_given"].match(text, end) is not None


def _said_of_many(page: Veiled, start: int, quantity: Quantity, rules: FigureRules) -> bool:
    """完成80%的任务, 三省71%的单位: what is done, or where, and then how many of those that follow."""
    left = left_of(page, start, quantity.start, rules)
    if quantity.sort == "share" and rules.patterns["place_like"].fullmatch(page.text, left.start, left.stop):
        return True
    return left.empty or rules.doing.at_end(page.text, left.start, left.stop) > 0


def _tells_the_size(text: str, quantity: Quantity, end: int, rules: FigureRules) -> bool:
    """总投资3亿元项目, 120万吨乙烯项目, 30万千瓦级机组, 500米范围, 30户以上自然村: how big, not how many."""
    stop, patterns = quantity.stop, rules.patterns
    if text.startswith("级", stop) and not text.startswith("级别", stop):
        return True
    if patterns["tier"].match(text, stop):
        return True
    if quantity.sort in ("money", "bare"):
        return patterns["of_that_size"].match(text, end) is not None
    if quantity.unit in _SIZES:
        return patterns["sized"].match(text, stop) is not None
    if quantity.unit in ("米", "公里"):
        return patterns["within"].match(text, stop) is not None
    bounded = quantity.end > stop and quantity.unit in ("户", "人", "张")
    return bounded and patterns["threshold"].match(text, end) is not None


def _how_big(text: str, found: Sequence[Quantity], index: int, rules: FigureRules) -> bool:
    """购置10米以上公交车60辆: the first number says which things the second counts."""
    one = found[index]
    said = one.bound if one.sort == "money" else one.end > one.stop and one.sort in ("count", "measure")
    if not said or index + 1 == len(found) or found[index + 1].sort != "count":
        return False
    between = (one.end, found[index + 1].start)
    if one.sort == "money" and between[0] == between[1]:
        return one.end > one.stop  # 其中5亿元以上9个
    fits = rules.patterns["so_big"].fullmatch(text, *between) is not None
    return fits and not rules.doing.at_start(text, *between)


def _of_the_first(text: str, found: Sequence[Quantity], index: int, rules: FigureRules) -> bool:
    """前1%学科24个: which things the next number counts; 前3名授予称号: who gets something."""
    if found[index].unit not in ("%", "‰"):
        return rules.patterns["for_the_first"].match(text, found[index].end) is not None
    if index + 1 == len(found) or found[index + 1].sort != "count":
        return False
    return rules.patterns["so_big"].fullmatch(text, found[index].end, found[index + 1].start) is not None


def _end_of_run(text: str, found: Sequence[Quantity], index: int, rules: FigureRules) -> int:
    last = min(len(found), index + _LONGEST_RUN) - 1
    while index < last and rules.patterns["told_off"].fullmatch(text, found[index].end, found[index + 1].start):
        index += 1
    return found[index].end


def _own_part(page: Veiled, found: Sequence[Quantity], index: int, start: int, rules: FigureRules) -> bool:
    quantity = found[index]
    following = found[index + 1].start if index + 1 < len(found) else len(page.text)
    right = right_of(page, quantity.end, following, rules)
    if quantity.unit == "条" and rules.words["articles_of"].at_end(page.text, start, quantity.start):
        return True
    if not right.empty:
        return rules.patterns["own_part"].match(page.text, right.start, right.stop) is not None
    left = left_of(page, start, quantity.start, rules)
    if left.moved or page.text.startswith(("由", "从"), quantity.start - 1):
        return False
    return rules.words["own_noun"].at_end(page.text, left.start, left.stop) > 0


def in_words(text: str, rules: FigureRules) -> Iterator[Refused]:
    """Multiples that are said without a number: 翻一番."""
    for match in rules.patterns["relative"].finditer(text):
        yield Refused(match.start(), match.end(), "a multiple in words")
