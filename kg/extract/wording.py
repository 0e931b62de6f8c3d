"""What a figure counts, in words: the noun beside it, or the one that it takes from an earlier figure."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.borrowing import (
    Wording,
    beside,
    compared,
    from_last,
    generic,
    is_qualifier,
    level_first,
    prefix,
    taken,
    taken_up,
)
from kg.extract.indicator import LONGEST, joined
from kg.extract.lists import Share
from kg.extract.noun import Noun, left_of, right_of, thing
from kg.extract.row import Row
from kg.extract.sifting import clause_start
from kg.extract.veil import NAME
from kg.model import replace

_RATES = ("share", "point", "times")
_MONEY = ("money", "bare")
_STEPS = frozenset(("个基点", "位"))
_SAID = 10
_SHARES = ("比重", "份额", "比率")


def worded(row: Row, index: int, earlier: Sequence[Wording]) -> Wording:
    """The wording of one figure of a row; its words are empty where nothing says what it counts."""
    blank = _blank(row, index, earlier)
    return _of_several(row, index, blank, earlier) or _alone(row, index, blank, earlier) or blank


def _blank(row: Row, index: int, earlier: Sequence[Wording]) -> Wording:
    """A wording with the words on the left read and nothing concluded; words that an earlier figure took are its."""
    quantity, here = row.found[index], row.page.passage.index
    used = earlier[-1].end if index and earlier and earlier[-1].passage == here else 0
    start = clause_start(row.page.text, max(row.lowest(index), used), quantity.start)
    noun = left_of(row.page, start, quantity.start, row.rules, quantity.sort)
    return Wording(quantity, "", "", noun, start, (noun.start, noun.stop), here, -1, "granted", quantity.start)


def _of_several(row: Row, index: int, blank: Wording, earlier: Sequence[Wording]) -> Wording | None:
    """A figure that shares its noun: a member of a distribution, the upper end of a movement or of a range."""
    share, step = row.told.get(index), row.steps.get(index)
    if share and share.item:
        told = _told(row, share, blank)
        bare = generic(row, Noun(share.start, share.stop)) or share.start == share.stop
        if share.count <= len(earlier) and _one_for_all(row, index, share):
            return replace(told, words=joined(earlier[-share.count].head, told.words))
        first = (blank.passage, share.first.start)
        sooner = [each for each in earlier if (each.passage, each.quantity.start) < first]
        return replace(told, words=joined(sooner[-1].head, told.words)) if bare and sooner else told
    if share and share.count <= len(earlier):
        given = left_of(row.page, share.after, share.first.start, row.rules, "share")
        before = (earlier[-share.count],)
        part = row.rules.patterns["part_of"].search(row.page.text, share.after, share.first.start)
        return from_last(replace(blank, noun=given), before, "占比" if part else given.change, "distributed")
    if index in row.turns and index - 1 in row.turns and earlier:
        return taken(blank, earlier[-1], earlier[-1].words, "distributed")
    if share is None and earlier and _mate(row, index, blank):
        return taken(replace(blank, noun=earlier[-1].noun), earlier[-1], earlier[-1].words, "distributed")
    if step in ("to", "range") and earlier:
        rule = "range" if step == "range" else "moved"
        same = taken(blank, earlier[-1], earlier[-1].words, rule)
        return replace(same, noun=replace(blank.noun, moved=True), start=earlier[-1].start, number=earlier[-1].number)
    return None


def _one_for_all(row: Row, index: int, share: Share) -> bool:
    """建成幸福院620个、互助点1860个，覆盖率分别达62%和78%: a rate of each of the things before."""
    beside = row.told.get(index + 1) or row.told.get(index - 1)
    same = beside is not None and beside.start == share.start
    return same and share.item in row.rules.words["attribute"].words


def _mate(row: Row, index: int, blank: Wording) -> bool:
    """增加值增长8%、7.2%: a further share of the same, with nothing but 、 between."""
    if not index or blank.quantity.sort not in _RATES or row.found[index - 1].unit != blank.quantity.unit:
        return False
    return row.page.text[row.found[index - 1].end : blank.quantity.start] == "、"


def _alone(row: Row, index: int, blank: Wording, earlier: Sequence[Wording]) -> Wording | None:
    if blank.quantity.sort in _RATES:
        return _rate(row, index, blank, earlier)
    if blank.quantity.sort == "rank":
        return _ranked(row, index, blank, earlier)
    return _counted(row, index, blank, earlier)


def _told(row: Row, share: Share, blank: Wording) -> Wording:
    """A member of a distribution: with what is given to it, what was done or how it moved."""
    page = row.page
    given = left_of(page, share.after, share.first.start, row.rules, blank.quantity.sort)
    done = "" if row.rules.patterns["grant"].fullmatch(given.verb) else given.verb
    words = joined(share.item, done, page.printed(given.start, given.stop), given.change)
    start = clause_start(page.text, 0, share.first.start)
    return replace(
        blank,
        words=words,
        head=share.item,
        place=(share.start, share.stop),
        noun=given,
        start=start,
        rule="distributed",
    )


def _ranked(row: Row, index: int, blank: Wording, earlier: Sequence[Wording]) -> Wording | None:
    if index and earlier and row.found[index - 1].sort == "rank" and _same_rank(row, index, blank):
        return taken(blank, earlier[-1], earlier[-1].words, "rank")
    if blank.noun.empty and earlier and earlier[-1].quantity.end + 1 == blank.quantity.start:
        return taken(blank, earlier[-1], earlier[-1].words, "rank")
    if blank.noun.empty:
        return from_last(blank, earlier, "", "rank") or _of_clause_before(row, index, blank)
    return _qualified(row, index, blank, earlier) if generic(row, blank.noun) else beside(row, blank, "rank")


def _same_rank(row: Row, index: int, blank: Wording) -> bool:
    """居全省第3位、长三角41个城市第8位: a further rank of the same, among others."""
    span = (row.found[index - 1].end, blank.quantity.start)
    return row.rules.patterns["among_others"].fullmatch(row.page.text, *span) is not None


def _rate(row: Row, index: int, blank: Wording, earlier: Sequence[Wording]) -> Wording | None:
    page, rules, noun = row.page, row.rules, blank.noun
    part = rules.patterns["part_of"].search(page.text, blank.start, blank.quantity.start)
    if part:
        return _portion(row, blank, part.start(), page.printed(*part.span("of")), earlier)
    if comparison := compared(row, blank, earlier):
        return comparison
    right = _right(row, index)
    placed = rules.patterns["place_like"].fullmatch(page.text, noun.start, noun.stop)
    if (placed or _verb_at_end(row, blank)) and page.text.startswith("的", blank.quantity.end):
        return _after(row, blank, right, "")
    if not noun.empty and not generic(row, noun):
        return beside(row, blank, "rate")
    parted = blank.quantity.sort == "share" and noun.empty and not noun.change
    if parted and not right.empty and not _goes_on(row, right):
        return _after(row, blank, right, "")
    addition = page.printed(noun.start, noun.stop) + noun.change
    if parted and page.text.startswith("其中", blank.quantity.start - 2):
        addition = page.printed(right.start, right.stop) if right.stop - right.start <= _SAID else ""
    if noun.empty and noun.change and row.rules.words["verb_or_noun"].at_end(noun.verb, 0, len(noun.verb)):
        return replace(blank, words=joined(noun.verb, noun.change), head=noun.verb, rule="rate")
    if noun.empty and not earlier:
        return _of_clause_before(row, index, blank)
    return from_last(blank, earlier, addition, "rate") or (beside(row, blank, "rate") if not noun.empty else None)


def _portion(row: Row, blank: Wording, stop: int, whole: str, earlier: Sequence[Wording]) -> Wording | None:
    """甲占乙的三成: the part is before 占, else it is the last figure's noun."""
    noun = left_of(row.page, blank.start, stop, row.rules)
    part = replace(blank, noun=noun, place=(noun.start, noun.stop))
    said = "占" + (whole or "比")
    if noun.empty and not noun.verb:
        taken_over = from_last(part, earlier, said, "share")
        if taken_over is None or taken_over.head[-2:] in taken_over.words:
            return taken_over
        return replace(taken_over, words=joined(taken_over.head, "占比"))
    head = row.page.printed(noun.start, noun.stop)
    words = joined(noun.verb, head, said)
    head = head if whole and not whole.endswith(_SHARES) else joined(head, said)
    return replace(part, words=words, head=head, rule="share")


def _counted(row: Row, index: int, blank: Wording, earlier: Sequence[Wording]) -> Wording | None:
    """Before the number, after it, or taken from an earlier figure."""
    noun = blank.noun
    if blank.quantity.unit in _STEPS and (comparison := compared(row, blank, earlier)):
        return comparison
    if noun.empty and index and row.lowest(index) == blank.quantity.start and earlier and earlier[-1].rule == "before":
        return taken(blank, earlier[-1], earlier[-1].words, "taken")
    right = _right(row, index)
    if (right.empty or _goes_on(row, right)) and (people := _title(row, blank)):
        return people
    if not right.empty and _noun_is_after(row, blank, right):
        blank = _with_shared_verb(row, index, blank, earlier) if noun.empty else blank
        return _after(row, blank, right, row.page.printed(noun.start, noun.stop) if noun.moved else "")
    if noun.empty:
        if noun.verb and _aim(row, blank):
            return _only_done(row, blank)
        return taken_up(row, blank, earlier) or _of_clause_before(row, index, blank) or _only_done(row, blank)
    if is_qualifier(row, blank, earlier):
        return _qualified(row, index, blank, earlier)
    own = level_first(row, beside(row, _with_shared_verb(row, index, blank, earlier), "before"))
    own = replace(own, words=joined(own.words, _aim(row, blank))) if _verb_at_end(row, blank) else own
    return _part_of_sum(row, own, earlier)


def _title(row: Row, blank: Wording) -> Wording | None:
    """派出农技员王芳、李强等8人下乡: what stands before the names is what they are."""
    start = blank.quantity.start - 1
    if start < 0 or row.page.text[start] != "等" or blank.quantity.unit not in ("人", "名", "位"):
        return None
    while person := next((m for m in row.ending_at(start) if m.kind == "Person"), None):
        start = person.start - (row.page.text[person.start - 1 : person.start] == "、")
    if start == blank.quantity.start - 1:
        return None
    noun = left_of(row.page, blank.start, start, row.rules)
    own = replace(blank, noun=noun, place=(noun.start, noun.stop))
    return None if noun.empty else beside(row, own, "before")


def _with_shared_verb(row: Row, index: int, blank: Wording, earlier: Sequence[Wording]) -> Wording:
    """新建冷库12座、服务站36个: what was done with the first was done with the second."""
    last = earlier[-1] if index and earlier else None
    if last is None or blank.noun.verb or blank.noun.total or blank.quantity.sort not in ("count", "measure"):
        return blank
    text, noun = row.page.text, blank.noun
    between = text[row.found[index - 1].end : blank.quantity.start]
    if not between.startswith("、") or "，" in between or last.passage != blank.passage:
        return blank
    if not noun.empty and _has_own_verb(row, noun.stop, blank.quantity.start):
        return blank
    if row.rules.doing.at_start(text, noun.start, noun.stop):
        return blank
    return replace(blank, noun=replace(blank.noun, verb=last.noun.verb))


def _has_own_verb(row: Row, start: int, stop: int) -> bool:
    """Whether a verb of its own stands between a noun and its number (企业达14万家): it shares none."""
    return row.page.text[start:stop].startswith(("达", "稳定", "保持", "维持", "突破", "为", "有"))


def _part_of_sum(row: Row, own: Wording, earlier: Sequence[Wording]) -> Wording:
    """其中安排山区县2亿元, 其中城关镇建设900亩: of the money, of the thing named before."""
    text, rules = row.page.text, row.rules
    if not rules.patterns["among_them"].match(text, own.start, own.quantity.start):
        return own
    money = own.quantity.sort in _MONEY
    if money and rules.patterns["money_noun"].search(own.words):
        return own
    if not money and not rules.doing.at_end(text, own.noun.start, own.noun.stop):
        return own
    for other in reversed(earlier):
        if other.quantity.unit == own.quantity.unit:
            if rules.words["generic"].at_end(other.head, 0, len(other.head)):
                return own
            return replace(taken(own, other, joined(own.words, other.head), "taken"), head=other.head)
    return own


def _right(row: Row, index: int) -> Noun:
    """The words after a figure; of a range after its upper end, none for the lower end of a movement.

    Of two numbers side by side they are after the second: 带动2.1万户8.3万人增收.
    """
    if row.steps.get(index) == "from":
        return Noun(row.found[index].end, row.found[index].end)
    beside = row.end(index) == row.following(index) and index + 1 < len(row.found)
    last = index + (beside and not row.told and not row.steps)
    return right_of(row.page, row.end(last), row.after(last), row.rules)


def _noun_is_after(row: Row, blank: Wording, right: Noun) -> bool:
    if blank.noun.empty:
        if row.rules.patterns["mark_passed"].match(row.page.text, right.start):
            return False
        return not (blank.quantity.sort in _MONEY and blank.noun.verb) or _is_gift(row, right)
    if blank.quantity.sort in _MONEY and row.rules.patterns["a_fund"].match(row.page.text, blank.quantity.end):
        return True
    if blank.quantity.sort in _MONEY:
        return bool(_verb_at_end(row, blank)) and _is_gift(row, right) and not _goes_on(row, right)
    if blank.quantity.sort == "measure" and row.rules.patterns["stage"].fullmatch(
        row.page.text, blank.noun.start, blank.noun.stop
    ):
        return not _goes_on(row, right)
    if row.page.text.startswith("等", blank.quantity.start - 1):
        return blank.quantity.sort == "count"
    if _goes_on(row, right):
        return False
    return blank.quantity.sort == "count"


def _goes_on(row: Row, right: Noun) -> bool:
    return row.rules.patterns["goes_on"].match(row.page.text, right.start, right.stop) is not None


def _is_gift(row: Row, right: Noun) -> bool:
    return row.rules.patterns["money_noun"].search(row.page.text, right.start, right.stop) is not None


def _after(row: Row, blank: Wording, right: Noun, before: str) -> Wording:
    verb = prefix(blank.noun) or _verb_at_end(row, blank)
    text, rules = row.page.text, row.rules
    near = (max(blank.start, blank.quantity.start - LONGEST), blank.quantity.start)
    others = rules.patterns["for_whom"].search(text, *near)
    longest = 0 if others else max(LONGEST - len(verb) - len(before), LONGEST // 2)
    noun = thing(row.page, right, longest, rules)
    head = _fund(row, blank) or row.page.printed(noun.start, noun.stop)
    head = _of_a_trial(row, blank, right, head + _head_of_next(row, blank, noun))
    place = thing(row.page, right, 0, row.rules)
    words = joined(verb, before, head)
    return replace(blank, words=words, head=head, place=(place.start, place.stop), rule="after", end=right.end)


def _fund(row: Row, blank: Wording) -> str:
    """总规模20亿元的种业基金: the size of the fund."""
    money = blank.quantity.sort in _MONEY and row.page.text.find("规模", blank.start, blank.quantity.start) >= 0
    fund = row.rules.patterns["a_fund"].match(row.page.text, blank.quantity.end) if money else None
    return joined(row.page.printed(fund.start() + 1, fund.end()), "规模") if fund else ""


def _of_a_trial(row: Row, blank: Wording, right: Noun, head: str) -> str:
    """在17个县开展保护试点: the places are those of the trial."""
    places = row.rules.patterns["area"].match(head)
    if not places:
        return head
    near = (max(0, blank.start - _TRIAL), right.start + _TRIAL)
    return "试点" + places.group() if row.rules.patterns["trial"].search(row.page.passage.text, *near) else head


_TRIAL = 30


def _head_of_next(row: Row, blank: Wording, noun: Noun) -> str:
    """4个国家级、6个省级区域医疗中心: the thing of a level is said once, after the last number."""
    text, rules = row.page.text, row.rules
    if not rules.patterns["level"].fullmatch(text, noun.start, noun.stop):
        return ""
    following = next((each for each in row.found if each.start > noun.stop), None)
    if following is None or following.unit != blank.quantity.unit or following.start > noun.stop + _NEXT:
        return ""
    other = right_of(row.page, following.end, len(text), rules)
    other = thing(row.page, other, 0, rules)
    level = rules.patterns["level_start"].match(text[other.start : other.stop])
    return row.page.printed(other.start + level.end(), other.stop) if level else ""


_NEXT = 2


def _verb_at_end(row: Row, blank: Wording) -> str:
    start, stop = blank.noun.start, blank.noun.stop
    length = 0 if blank.noun.moved else row.rules.words["verb"].at_end(row.page.text, start, stop)
    return row.page.printed(stop - length, stop)


def _of_clause_before(row: Row, index: int, blank: Wording) -> Wording | None:
    """建设便民驿站，到2025年建成500家; 库容不足，仅有2万吨: the object of the clause before, or what is lacking."""
    text, rules, stop = row.page.text, row.rules, blank.start - 1
    start = clause_start(text, row.lowest(index), stop) if stop > 0 and text[stop] == "，" else stop
    lacks = rules.patterns["still_lacks"].search(text, start, stop) if start < stop else None
    if start < stop and (put := rules.patterns["made_a_goal"].search(text, start, stop)):
        goal = joined(row.page.printed(*put.span("it")))
        return replace(blank, words=goal, head=goal, place=put.span("it"), rule="clause before")
    noun = left_of(row.page, start, lacks.start() if lacks else stop, rules)
    named = [mention for mention in row.ending_at(stop) if mention.start >= start]
    done = 0 if lacks or noun.verb else rules.doing.at_start(text, noun.start, noun.stop)
    done = done or (0 if lacks or noun.verb else rules.words["change_word"].at_start(text, noun.start, noun.stop))
    if noun.empty or not (lacks or noun.verb or done or named or text[stop - 1] == NAME):
        return None
    place = (noun.start + done, noun.stop)
    if named and not lacks:
        place = (min(mention.start for mention in named), stop)
    else:
        place = (max(place[0], text.rfind("的", *place) + 1), place[1])
    if place[1] - place[0] < _A_NOUN:
        return None
    head = row.page.printed(*place)
    return replace(blank, words=joined(prefix(blank.noun), head), head=head, place=place, rule="clause before")


_A_NOUN = 2


def _only_done(row: Row, blank: Wording) -> Wording | None:
    """占地15亩: what was done says it all; 安排2000万元用于公寓建设: with what the money is for."""
    if not blank.noun.verb:
        return None
    return replace(blank, words=joined(prefix(blank.noun), _aim(row, blank)), rule="done")


def _aim(row: Row, blank: Wording) -> str:
    """What money is for that is spent: 用于公寓建设."""
    money = blank.quantity.sort in _MONEY
    spent = row.rules.patterns["spent_on"].match(row.page.text, blank.quantity.end) if money else None
    return row.page.printed(*spent.span(spent.lastgroup or 0)) if spent else ""


def _qualified(row: Row, index: int, blank: Wording, earlier: Sequence[Wording]) -> Wording:
    """国家级3家, 金额2.5亿元: the word beside the number with the noun of an earlier figure."""
    own = beside(row, blank, "before")
    bare_measure = generic(row, blank.noun)
    for other in reversed(earlier):
        if bare_measure or other.quantity.unit == blank.quantity.unit:
            bare = row.rules.patterns["level_start"].sub("", row.rules.patterns["level_end"].sub("", other.head))
            words = joined(bare or other.words, own.words) if bare_measure else joined(own.words, bare)
            return replace(taken(blank, other, words, "qualified"), head=bare)
    before = _of_clause_before(row, index, blank) if bare_measure else None
    return replace(before, words=joined(before.head, own.words)) if before else own
