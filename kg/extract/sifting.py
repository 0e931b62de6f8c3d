"""Which numbers of a sentence are figures: not what a condition asks for, nor what a document counts of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.figure_rules import FigureRules
from kg.extract.noun import left_of, right_of
from kg.extract.quantity import Quantity, Refused
from kg.extract.veil import Veiled

_FARTHEST = 200
_LONGEST_RUN = 12
_MARKS = "，；：。！？（"
_TO_LAST_MARK = re.compile(f".*[{_MARKS}]", re.DOTALL)


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
    for index, quantity in enumerate(found):
        reason = _reason(page, found, index, kept[-1].end if kept else 0, rules)
        if reason:
            refused.append(Refused(quantity.start, quantity.stop, reason))
        else:
            kept.append(quantity)
    return tuple(kept), tuple(refused)


def _reason(page: Veiled, found: Sequence[Quantity], index: int, lowest: int, rules: FigureRules) -> str:
    quantity = found[index]
    start = clause_start(page.text, lowest, quantity.start)
    if quantity.sort == "time" and not _measured_time(page, start, quantity, rules):
        return "a span of time"
    if quantity.sort == "bare" and not rules.patterns["money_noun"].search(page.text, start, quantity.start):
        return "no unit"
    if quantity.sort != "rank" and _conditional(page, found, index, start, lowest, rules):
        return "a condition"
    if quantity.unit == "次" and rules.patterns["how_often"].search(page.text, start, quantity.start):
        return "how often something is done"
    if quantity.sort == "count" and _own_part(page, found, index, start, rules):
        return "the document's own parts"
    return ""


def _measured_time(page: Veiled, start: int, quantity: Quantity, rules: FigureRules) -> bool:
    return rules.patterns["duration"].search(page.text, start, quantity.start) is not None


def _conditional(
    page: Veiled, found: Sequence[Quantity], index: int, start: int, lowest: int, rules: FigureRules
) -> bool:
    """Whether the number says which things are meant: 总投资超3亿元的项目; 对……80人的企业，给予……."""
    text, quantity = page.text, found[index]
    end = _end_of_run(text, found, index, rules)
    if rules.patterns["standard_after"].match(text, end) or rules.patterns["gift_near"].match(text, end):
        return False
    before = (max(lowest, quantity.start - _FARTHEST), quantity.start)
    those = page.may("for_those", rules) and rules.patterns["for_those"].search(text, *before)
    if those and not rules.patterns["grant_before"].search(text, *before):
        return rules.patterns["grant_later"].search(text, end, end + _FARTHEST) is not None
    if quantity.sort in ("money", "bare") and rules.patterns["of_that_size"].match(text, end):
        return True
    if quantity.unit in ("米", "公里") and rules.patterns["within"].match(text, quantity.stop):
        return True
    if rules.patterns["qualifies"].match(text, end):
        if quantity.end > quantity.stop and rules.patterns["grant_later"].search(text, end, end + _FARTHEST):
            return True
        left = left_of(page, start, quantity.start, rules)
        return quantity.sort in ("money", "bare") or not (left.empty or rules.doing.at_end(text, left.start, left.stop))
    return False


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
    return rules.words["own_noun"].at_end(page.text, left.start, left.stop) > 0


def in_words(text: str, rules: FigureRules) -> Iterator[Refused]:
    """Multiples that are said without a number: 翻一番."""
    for match in rules.patterns["relative"].finditer(text):
        yield Refused(match.start(), match.end(), "a multiple in words")
