"""The wording of a figure, and the ways in which it takes its noun from an earlier one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.indicator import joined
from kg.extract.noun import Noun
from kg.extract.quantity import Quantity
from kg.extract.row import Row
from kg.model import quick, replace


@quick
@dataclass(frozen=True, slots=True)
class Wording:
    """The words for one figure.

    `words` is the indicator, `head` its noun without what was done, `noun` the words on the left, `start` the beginning
    of the clause, `place` the noun's place in the passage (for the entity that is counted), `passage` the passage of
    the figure, `source` the passage that the noun is from, `rule` the way it was found, `number` where the number
    begins (of a range or a movement its first); `end` is where the words after the number end that belong to it.
    """

    quantity: Quantity
    words: str
    head: str
    noun: Noun
    start: int
    place: tuple[int, int]
    passage: int
    source: int
    rule: str
    number: int
    end: int = 0


def beside(row: Row, blank: Wording, rule: str) -> Wording:
    """Worded by the noun at its place, with what was done and how it moved."""
    head = row.page.printed(*blank.place)
    words = joined(prefix(blank.noun), head, "" if blank.noun.moved else blank.noun.change)
    noun, place, start = blank.noun, blank.place, blank.start
    return Wording(
        blank.quantity, words, head, noun, start, place, blank.passage, blank.source, rule, blank.number, blank.end
    )


def level_first(row: Row, own: Wording) -> Wording:
    """认定种业基地省级7家: the level that stands behind a name is told before it, and the name is what is counted."""
    start, stop = own.place
    level = row.rules.patterns["level_end"].search(row.page.text, start, stop)
    if level is None or level.start() <= start or not row.ending_at(level.start()):
        return own
    bare = row.page.printed(start, level.start())
    words = joined(prefix(own.noun), level.group(), bare)
    return replace(own, words=words, head=bare, place=(start, level.start()))


def prefix(noun: Noun) -> str:
    """What was done, and that the figure is a sum to date."""
    return ("累计" if noun.total and "累计" not in noun.verb else "") + noun.verb


def taken(blank: Wording, other: Wording, words: str, rule: str) -> Wording:
    """Worded by `words`, with the noun of another figure and the passage that it is from."""
    place = other.place if other.passage == blank.passage else (0, 0)
    source = other.source if other.source >= 0 else other.passage
    return replace(blank, words=words, head=other.head, place=place, source=source, rule=rule)


def from_last(blank: Wording, earlier: Sequence[Wording], addition: str, rule: str) -> Wording | None:
    """The noun of the last figure that is no movement itself."""
    for other in reversed(earlier):
        if other.quantity.sort not in ("point", "times", "rank") and not other.noun.change:
            noun = other.words if other.rule == "taken" and other.noun.verb else other.head or other.words
            return taken(blank, other, joined(noun, addition), rule)
    return taken(blank, earlier[-1], joined(earlier[-1].head, addition), rule) if earlier else None


def taken_up(row: Row, blank: Wording, earlier: Sequence[Wording]) -> Wording | None:
    """累计超900家, 其中已开工12个, 3条5.5公里: the noun of the last figure with the same unit, or of the one just before."""
    for other in reversed(earlier):
        same = other.quantity.unit == blank.quantity.unit
        if same or _adjoins(row, other, blank):
            change = "" if blank.noun.moved else blank.noun.change
            moved = row.rules.patterns["has_moved"].search(other.head) if not change else None
            head = other.head[: moved.start()] if moved and moved.start() else other.head
            head = other.words if other.rule == "clause before" and not same else head
            words = joined(prefix(blank.noun), head or other.words, change)
            return taken(blank, other, words, "taken")
    return None


def _adjoins(row: Row, other: Wording, blank: Wording) -> bool:
    """3条5.5公里; 增长6%、达到8亿元: nothing stands between the two figures but links."""
    between = row.page.text[other.quantity.end : blank.noun.stop]
    return other.passage == blank.passage and not blank.noun.verb and not between.strip("，、")


def compared(row: Row, blank: Wording, earlier: Sequence[Wording]) -> Wording | None:
    """平均利率3.35%，较上年低0.6个百分点: a clause that only compares is of the figure before it."""
    if not earlier or earlier[-1].passage != blank.passage:
        return None
    match = row.rules.patterns["only_compares"].fullmatch(row.page.text, blank.start, blank.quantity.start)
    if not match:
        return None
    how = row.page.printed(*match.span("how"))
    blank = replace(blank, noun=replace(blank.noun, change=how, moved=False))
    if blank.quantity.unit == "位":
        return taken(blank, earlier[-1], joined(earlier[-1].head, how), "rate")
    return from_last(blank, earlier, how, "rate")


def is_qualifier(row: Row, blank: Wording, earlier: Sequence[Wording]) -> bool:
    """Whether the word beside the number only tells which of those that were counted before: 其中主城区3家, 国家级3家."""
    text, span = row.page.text, (blank.noun.start, blank.noun.stop)
    among = (
        row.rules.patterns["among_them"].match(text, blank.start, span[0])
        or text[blank.start - 1 : blank.start] == "（"
        or (earlier and earlier[-1].rule == "qualified" and earlier[-1].passage == blank.passage)
    )
    elided = text.startswith("的", blank.quantity.start - 1) or row.rules.patterns["sent_to"].match(text, *span)
    if among and (elided or row.rules.patterns["place_like"].fullmatch(text, *span)):
        return True
    if _only_places(row, *span):
        return True
    return row.rules.patterns["level"].fullmatch(text, *span) is not None or generic(row, blank.noun)


def _only_places(row: Row, start: int, stop: int) -> bool:
    """东港区、岚山区各5处: places, and nothing that is counted there."""
    places = [each for each in row.page.mentions if each.kind == "Place" and start <= each.start and each.stop <= stop]
    left = start
    for each in places:
        if row.page.text[left : each.start].strip("、和及"):
            return False
        left = max(left, each.stop)
    return bool(places) and row.rules.patterns["so_many_places"].fullmatch(row.page.text, left, stop) is not None


def generic(row: Row, noun: Noun) -> bool:
    """Whether the noun is a bare measure (金额, 比例), said of something else."""
    return row.page.text[noun.start : noun.stop] in row.rules.words["generic"].words
