"""Whether a figure is a result, a target or an incentive, and how it counts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kg.extract.figure_rules import FigureRules
from kg.extract.noun import Noun
from kg.extract.quantity import Quantity
from kg.extract.veil import Veiled
from kg.model import Counting, quick

_A_PROGRAMME = Decimal(10**7)
"""A sum that no single receiver gets by a bare 补助: it is what was paid in all."""

_A_SUM = Decimal(10**6)
"""A sum that no single receiver gets of what is paid at once (发放一次性补助)."""

_A_WAGE = Decimal(10**5)
"""A sum that one may get from month to month; a greater one is for all of them."""

_NEAR = 60
_MONEY = ("money", "bare")
_MONEY_OR_SHARE = (*_MONEY, "share")


@quick
@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure stands: `number` to `end`, with its list or range, in the clause from `start`.

    The words that are its own end at `stop`, before the next figure; the clause ends at `whole`; `ranged` tells that
    it is an end of a range.
    """

    page: Veiled
    start: int
    number: int
    end: int
    stop: int
    whole: int
    year: int | None
    ranged: bool = False


def is_incentive(place: Place, quantity: Quantity, noun: Noun, rules: FigureRules) -> bool:
    """Whether the figure is what somebody gets or may get, and not what was paid in all."""
    if quantity.sort == "point":
        return rules.patterns["rate_of_gift"].search(place.page.text, place.start, place.number) is not None
    return _is_given(place, quantity, noun, rules)


def _is_given(place: Place, quantity: Quantity, noun: Noun, rules: FigureRules) -> bool:
    if quantity.sort not in _MONEY_OR_SHARE or (noun.change and not noun.moved):
        return False
    text, patterns = place.page.text, rules.patterns
    before, after = (place.start, place.number), (place.end, place.stop)
    each = patterns["each"].search(text, *before) is not None
    small = quantity.sort == "money" and quantity.value < _A_WAGE
    each = each or (small and patterns["each_month"].search(text, *before) is not None)
    gift = (
        patterns["gift"].search(text, *before)
        or patterns["gift"].search(text, place.end, place.whole if each else place.stop)
        or (each and patterns["gift_said"].search(text, max(0, place.start - _NEAR), place.start))
    )
    if _given_in_part(place, rules) if quantity.sort == "share" else _given_to_each(place, quantity, rules):
        return True
    ceiling = each and (quantity.comparator == "<=" or patterns["may_get"].search(text, *before) is not None)
    if not gift and ceiling:
        spoken = place.page.passage.text, max(0, place.start - _NEAR), place.number
        return bool(patterns["to_whom"].search(text, *before) or patterns["lends"].search(*spoken))
    if not gift or _was_paid(place, quantity, rules):
        return False
    if (
        patterns["pays"].search(text, *before)
        if quantity.sort != "share"
        else not ceiling and _mere(place, each, rules)
    ):
        return False
    if quantity.value < _A_PROGRAMME and _to_those(place, rules):
        return True
    if each or (patterns["paid"].search(text, *before) and not patterns["given_rule"].match(text, place.end)):
        return each or (place.ranged and patterns["to_whom"].search(text, *before) is not None)
    if any(patterns["granted"].search(text, *span) for span in (before, after)):
        return True
    if patterns["given_rule"].match(text, place.end):
        return True
    return quantity.value < _A_PROGRAMME and patterns["gift_at_end"].search(text, *before) is not None


def _to_those(place: Place, rules: FigureRules) -> bool:
    """对新引进的博士，发放安家补助; 新设立工作站的，县级财政再配套."""
    before = (place.page.text, max(0, place.start - _NEAR), place.number)
    return any(rules.patterns[each].search(*before) for each in ("given_to", "those_who"))


def _was_paid(place: Place, quantity: Quantity, rules: FigureRules) -> bool:
    """获补助3000万元, 发放一次性扩岗补助326万元: what was got, or paid to all."""
    text, patterns, before = place.page.text, rules.patterns, (place.start, place.number)
    if patterns["received"].search(text, *before):
        return True
    if quantity.value < _A_SUM or quantity.bound:
        return False
    return patterns["paid_at_once"].search(text, *before) is not None


def _mere(place: Place, each: bool, rules: FigureRules) -> bool:
    """Whether a share is not said to be granted."""
    text, patterns = place.page.text, rules.patterns
    if each and patterns["limit_of_gift"].search(text, place.start, place.number):
        return False
    return patterns["granted"].search(text, place.start, place.stop) is None


def _given_to_each(place: Place, quantity: Quantity, rules: FigureRules) -> bool:
    """置换新车最高可获1.5万元, 按照每村每年1万元的标准."""
    text, patterns = place.page.text, rules.patterns
    if quantity.value < _A_PROGRAMME and patterns["can_get"].search(text, place.start, place.number):
        return True
    by = patterns["by_each"].search(text, max(0, place.number - _NEAR), place.number)
    return by is not None and patterns["each_standard"].match(text, place.end) is not None


def _given_in_part(place: Place, rules: FigureRules) -> bool:
    """按合同额的30%给予补助, 返还上年度缴纳费用的50%."""
    text, before = place.page.text, (place.start, place.number)
    if any(rules.patterns[each].search(text, *before) for each in ("norm", "given_share", "rate_of_benefit")):
        return True
    if rules.patterns["given_by_it"].match(text, place.end):
        return rules.patterns["by_basis"].search(text, *before) is not None
    return rules.patterns["given_back"].search(text, *before) is not None


def is_target(place: Place, announced: bool | None, years: str, due: bool) -> bool:
    """Whether the figure is to be reached: by the words before it (`announced`), the section, or a deadline ahead."""
    last = int(years[-4:]) if years else None
    if last is not None and place.year is not None and last < place.year:
        return False
    if announced is not None:
        return announced
    if place.page.passage.section == "plan":
        return True
    return last is not None and place.year is not None and (last > place.year or due)


def counting(quantity: Quantity, noun: Noun, words: str, rules: FigureRules) -> Counting:
    """How the figure counts: a rank, a movement, a share, a sum to date, what is new, or an amount."""
    if quantity.sort == "rank":
        return "Rank"
    if quantity.sort in ("point", "times") or (noun.change and not noun.moved):
        return "Growth"
    if quantity.sort == "share":
        return "Share"
    if noun.total or rules.patterns["to_date"].search(words):
        return "Total"
    if quantity.sort != "count":
        return "Amount"
    return "New" if rules.patterns["newly"].search(words) else "Total"
