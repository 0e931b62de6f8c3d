"""Who may have an incentive, and on what terms: the words of the letter before it (对首次认定的示范社，给予……)."""

from __future__ import annotations

import re
from collections.abc import Collection

from kg.extract.figure_rules import FigureRules
from kg.extract.veil import Veiled
from kg.text import norm

_STOPS = "。；！？"
_FARTHEST = 240
"""How far before a figure its condition may begin: two long clauses."""
_OF_THEM = "其中"
_BEFORE_A_RECEIVER = re.compile("[，对向名选]“?$")
"""，家庭农场奖励; 对“首席专家”每人; 评选“带头人”20名，每名."""
_BESIDE = 2


def condition(page: Veiled, lowest: int, position: int, receivers: Collection[str], rules: FigureRules) -> str:
    """The condition of the incentive whose number stands at `position`, as printed; "" where none is said.

    `lowest` is the end of the figure before it, `receivers` the kinds of things that can get something.  Conditions
    that follow on one another (……的，经评审后) are one.  A figure of another receiver, who is named after the
    condition (对新认定的示范社奖励5万元，家庭农场奖励2万元), has none of it.
    """
    text = page.text
    first = max(0, position - _FARTHEST, *(text.rfind(stop, 0, position) + 1 for stop in _STOPS))
    start = stop = -1
    for match in rules.patterns["condition"].finditer(text, first, position):
        begins, ends = match.span("what")
        start, stop = start if text[stop:begins] == "，" and start >= 0 else begins, ends
    if start < 0 or _of_another(page, stop, lowest, position, receivers, rules):
        return ""
    said = page.passage.text[start:stop]
    plain = norm(said)
    return "" if any(norm(m.surface) == plain for m in page.mentions if m.kind in receivers) else said


def _of_another(
    page: Veiled, stop: int, lowest: int, position: int, receivers: Collection[str], rules: FigureRules
) -> bool:
    comma = page.text.rfind("，", lowest, position)
    if stop < lowest <= comma and rules.patterns["another_receiver"].match(page.text, comma + 1, position):
        return True
    named = (m for m in page.mentions if m.kind in receivers and stop <= m.start and m.stop <= position)
    before = page.passage.text
    first = next((m.start for m in named if _BEFORE_A_RECEIVER.search(before, m.start - _BESIDE, m.start)), -1)
    return first >= 0 and _OF_THEM not in page.text[stop:first]
