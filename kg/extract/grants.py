"""What an incentive gives, and to whom, in words: 示范农场奖励, 乡村医生每人每月岗位津贴."""

from __future__ import annotations

from kg.extract.borrowing import Wording
from kg.extract.figure_rules import FigureRules
from kg.extract.indicator import joined, length
from kg.extract.noun import Noun, left_of
from kg.extract.veil import NAME, TIME, Veiled

_FARTHEST = 120
_A_NAME = 3
_A_GIFT = 10
_NEAR = 60


def grant_words(
    page: Veiled, wording: Wording, before: Wording | None, lowest: int, end: int, rules: FigureRules
) -> tuple[str, int]:
    """The indicator of an incentive (who gets it and what it is), and where the words after the number end.

    `before` is the incentive before it in the sentence, `lowest` the end of the figure before it, `end` the end of the
    figure or of the list of figures that it belongs to.
    """
    after, end = _gift_after(page, end, rules)
    if wording.rule == "distributed":
        named = _names_gift(wording.words, rules)
        return joined(wording.words, "" if named else after or _told_off(page, wording.number, rules)), end
    start, stop = wording.start, wording.number
    payer = rules.patterns["payer"].match(page.text, start, stop)
    start = payer.end() if payer else start
    grant = rules.patterns["grant"].search(page.text, start, stop)
    dated = wording.quantity.sort == "share" and page.text.find(TIME, start, stop) > start
    by = rules.patterns["who_by_basis"].match(page.text, start, stop) if dated else None
    gift = _said(page, left_of(page, max(grant.end() if grant else start, by.end() if by else 0), stop, rules))
    whom = page.printed(*by.span("who")) if by else ""
    whom = whom or (_said(page, left_of(page, start, grant.start(), rules)) if grant else "")
    whom = "" if rules.patterns["no_receiver"].fullmatch(whom) else whom
    if not _names_gift(gift, rules) or (_ends_in_gift(after, rules) and not _ends_in_gift(gift, rules)):
        basis = page.text.startswith("按", start)
        of_it = gift.rpartition("、")[2] if wording.quantity.sort == "share" else ""
        gift = "" if rules.patterns["no_receiver"].fullmatch(gift) else gift
        named = any(rules.patterns[each].search(gift) for each in ("each", "somebody"))
        said = gift if grant and named else whom or gift
        whom = joined(_receiver(page, wording, before, lowest, rules) if basis else "", said, of_it)
        gift = after or _borne(page, wording.start, rules) or _last_gift(before, rules)
        gift = gift or _gift_said(page, wording.start, rules)
    bare = wording.noun.empty and not wording.noun.verb and not after
    if bare and before is not None and before.passage == wording.passage and gift == _last_gift(before, rules):
        return before.words, 0
    if not whom and before is not None and before.quantity.sort == "share" and before.passage == wording.passage:
        between = page.text[before.quantity.end : wording.number]
        whom = "" if "，" in between or "；" in between or wording.quantity.sort == "share" else before.words
    if not whom and length(gift) <= _A_GIFT and not rules.patterns["somebody"].search(gift):
        whom = _receiver(page, wording, before, lowest, rules)
    return joined(whom, gift) or wording.words, end if gift == after else 0


def _said(page: Veiled, noun: Noun) -> str:
    return joined(noun.verb, page.printed(noun.start, noun.stop))


def _names_gift(words: str, rules: FigureRules) -> bool:
    return rules.patterns["gift"].search(words) is not None


def _ends_in_gift(words: str, rules: FigureRules) -> bool:
    return rules.patterns["gift_at_end"].search(words) is not None


def _gift_after(page: Veiled, end: int, rules: FigureRules) -> tuple[str, int]:
    match = rules.patterns["gift_after"].match(page.text, end)
    return (page.printed(*match.span("what")), match.end()) if match else ("", 0)


def _last_gift(before: Wording | None, rules: FigureRules) -> str:
    if before is None:
        return ""
    if match := rules.patterns["gift_at_end"].search(before.words):
        return match.group()
    standard = rules.patterns["gift_standard"].search(before.words)
    return standard[standard.lastgroup or 0] if standard else ""


def _borne(page: Veiled, start: int, rules: FigureRules) -> str:
    """往返路费据实报销，最高1500元; 免除保教费，按每人每年2000元: the cost that the clause right before tells of."""
    match = rules.patterns["gift_beside"].search(page.text, max(0, start - _NEAR), start)
    return page.printed(*match.span(match.lastgroup or 0)) if match else ""


def _told_off(page: Veiled, number: int, rules: FigureRules) -> str:
    """每人分别资助100万元、20万元: what the sums are that are told off."""
    told = [*rules.patterns["gift_told_off"].finditer(page.text, max(0, number - _NEAR), number)]
    return told[-1]["gift"] if told else ""


def _gift_said(page: Veiled, start: int, rules: FigureRules) -> str:
    """落实山区教师津贴，深山区每人每月150元: what is given is said in a clause before."""
    match = rules.patterns["gift_said"].search(page.text, max(0, start - _NEAR), start)
    return page.printed(*match.span(match.lastgroup or 0)) if match else ""


def _receiver(page: Veiled, wording: Wording, before: Wording | None, lowest: int, rules: FigureRules) -> str:
    """Who gets it, in the clause before: after 对, or the noun of the clause; of the figure before if that ends it."""
    text, stop = page.text, wording.start
    while stop > 0 and text[stop - 1] in "，、":
        stop -= 1
    start = max(lowest, stop - _FARTHEST)
    whom = rules.patterns["to_whom"].search(text, start, stop)
    start = whom.end() if whom else max(start, text.rfind("，", start, stop) + 1)
    if start >= stop:
        each = rules.patterns["each"].search(text, wording.start, wording.quantity.start)
        return before.head if before is not None and each and _at_once(text, wording, each.start(), rules) else ""
    if before is not None and text[stop - 1] == NAME and before.end >= stop:
        return before.head
    if whom or rules.patterns["receiver"].search(text, start, stop):
        return _head_of(page, start, stop, rules)
    return ""


def _at_once(text: str, wording: Wording, each: int, rules: FigureRules) -> bool:
    """每家补助1万元, 补偿标准每亩35元, but 三星级每平方米奖励80元: whether nobody is named before 每."""
    payer = rules.patterns["payer"].match(text, wording.start, wording.number)
    start = payer.end() if payer else wording.start
    return each <= start + 1 or rules.words["gift_word"].at_start(text, start, each) > 0


def _head_of(page: Veiled, start: int, stop: int, rules: FigureRules) -> str:
    """The receivers themselves, without their attributes where they say enough alone (乡村医生, but 通过验收的单位)."""
    if page.text[stop - 1] == "的" and (several := page.text.find("、", start, stop)) > 0:
        stop = several
    head = page.text.rfind("的", start, stop - 1) + 1
    if head > start and not rules.words["anyone"].at_start(page.text, head, stop):
        words = page.printed(head, stop)
        if length(words) >= _A_NAME:
            return words
    return page.printed(start, stop)
