"""What a passage holds that looks like a name or a figure and became none, so that the report can say so.

The finders report what they refuse.  This module adds what they never weigh: quotations too long for a name, head nouns
that stand alone, numbers in words, agency-like expressions (相关部门), pieces of a sentence too long to be one.  Dates and
document numbers are no figures and are not reported.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from kg.extract.figure_rules import FigureRules
from kg.extract.form import COMPOSED
from kg.extract.lexis import Lexis
from kg.extract.measures import Figure
from kg.letter.passages import is_piece
from kg.letter.rules import Rules
from kg.model import Dropped, Letter, Mention

_SHOWN = 40
_LONGEST_BODY = 12
_LONGEST_LEAD = 4
_LONGEST_UNIT = 4

_QUOTED = re.compile(
    r"""[“《‘「『](?:
      (?<=“)[^“”\n]*(?:“[^“”\n]*”[^“”\n]*)*+” | (?<=《)[^《》\n]*(?:《[^《》\n]*》[^《》\n]*)*+》
    | (?<=‘)[^‘’\n]+’ | (?<=「)[^「」\n]+」 | (?<=『)[^『』\n]+』 | (?<=[“《])(?=[^“”《》\n]{2}) )""",
    re.VERBOSE,
)
_NUMERALS = "一二三四五六七八九十百千万亿两零〇"
_LISTING = "、.．）)是要"
_MORE = re.compile(r"(?:[.,][0-9]+)*")
# A date, the year and the number of a document, the hour.
_CALENDAR = re.compile(
    r"""[0-9]{4}(?:年|[-—–~～至到][0-9]{4}年?) | (?<=[〔\[［（(【])[0-9]{4}(?=[〕\]］）)】]) | (?<=[〕\]］）)】第])[0-9]+号
    | [0-9]{1,2}(?:月|日|时|点)(?!间) | (?:[一二][〇零九]|二十|一九)[〇零一二三四五六七八九]{2}年 | [一二三四五六七八九十]{1,3}(?:月份?|日)(?!报)
    | (?<=[0-9][-./])[0-9]{1,2} | (?:19|20)[0-9]{2}(?=[-./][0-9])""",
    re.VERBOSE,
)
_LISTED = re.compile(r"(?<![^\n（(；，：。、])[0-9一二三四五六七八九十]{1,3}(?:[、.．）)]|[是要](?!否))")
_REASONS = (
    (re.compile(r"(?<=第)"), "an ordinal"),
    (_LISTED, "numbering of the text"),
    (re.compile(r"(?<=[A-Za-z])[0-9]|[0-9]+[A-Za-z]"), "part of a word"),
    (re.compile(r"[0-9]{7}"), "a number that names something"),
    (re.compile(r"[0-9]"), "no unit"),
    (re.compile(r"."), "said in words, no figure"),
)
_BODIES = re.compile(
    "局|厅|委员会|办公室|办公厅|部门|单位|机构|机关|政府|总队|支队|法院|检察院|指挥部|领导小组|专班|管委会|居委会|村委会"
)
_NO_BODY = re.compile(
    "(?<=[布格开变大结全破僵定时当棋新邮])局|局(?=[面长限势部])|(?<=[大客餐舞展门歌])厅|厅(?=长)|机构(?=化)|政府(?=性)|单位(?=面积|产)"
)
_LEAD = re.compile(r"各|有关|相关|其他|属地|多个|全[省市县区州]")


@dataclass(frozen=True, slots=True)
class Known:
    """What is accounted for: names by passage, figures by passage, and what the finders have refused."""

    names: Sequence[Mapping[int, Sequence[Mention]]]
    figures: Iterable[tuple[int, Figure]]
    dropped: Iterable[Dropped]


@dataclass(frozen=True, slots=True)
class Page:
    """The passages of a letter, joined by line feeds; where each starts; a 1 for each sign that is accounted for."""

    words: Sequence[Lexis]
    text: str
    starts: Sequence[int]
    taken: bytearray

    def free(self, start: int, stop: int) -> bool:
        """Whether something of a range is not accounted for."""
        return self.taken.find(0, start, stop) >= 0

    def take(self, start: int, stop: int) -> None:
        """Account for a range."""
        self.taken[start:stop] = b"\1" * (stop - start)

    def left_edge(self, position: int, longest: int) -> int:
        """Where a name that ends at or after a place may begin (see Lexis)."""
        place = bisect_right(self.starts, position) - 1
        return self.starts[place] + self.words[place].left_edge(position - self.starts[place], longest)

    def seen(self, start: int, stop: int, what: str, reason: str, rule: str = "") -> Dropped:
        """A range as the report has it."""
        place = bisect_right(self.starts, start) - 1
        low, passage = self.starts[place], self.words[place].passage
        return Dropped(passage.index, start - low, stop - low, self.text[start:stop], what, reason, rule)


def unread(
    letter: Letter, words: Sequence[Lexis], known: Known, figure_rules: FigureRules, letter_rules: Rules
) -> Iterator[Dropped]:
    """What was seen in the passages and is not accounted for."""
    yield from _pieces(letter)
    page = _page(letter, words, known)
    yield from _quoted(page)
    yield from _heads(page)
    yield from _numbers(page, figure_rules)
    yield from _bodies(page, letter_rules)


def _page(letter: Letter, words: Sequence[Lexis], known: Known) -> Page:
    texts = [each.passage.text for each in words]
    starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
    taken = bytearray(starts[-1])
    for start, stop in _spans(
        letter, known, {each.passage.index: low for each, low in zip(words, starts, strict=False)}
    ):
        taken[start:stop] = b"\1" * (stop - start)
    return Page(words, "\n".join(texts), starts, taken)


def _spans(letter: Letter, known: Known, starts: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """The ranges of the page that are accounted for."""
    for names in known.names:
        for index, mentions in names.items():
            low = starts[index]
            for mention in mentions:
                if mention.rule != COMPOSED:  # a letter without a number is its first line, whatever stands in it
                    yield low + mention.start, low + mention.stop
    for index, figure in known.figures:
        yield starts[index] + figure.start, starts[index] + figure.stop
    for part in letter.parts:
        yield starts[part.passage] + part.start, starts[part.passage] + part.stop
    for drop in known.dropped:
        if drop.what != "passage":
            yield starts[drop.passage] + drop.start, starts[drop.passage] + drop.stop


def _pieces(letter: Letter) -> Iterator[Dropped]:
    for passage in letter.passages[:-1]:
        if is_piece(passage):
            text = passage.text
            reason = "no end of a sentence for thousands of signs: read in pieces"
            yield Dropped(passage.index, 0, len(text), text[:_SHOWN], "passage", reason)


def _quoted(page: Page) -> Iterator[Dropped]:
    for match in _QUOTED.finditer(page.text):
        start, stop = match.span()
        if stop - start == 2 or not page.free(start, stop):
            continue
        if stop - start == 1:
            end = page.text.find("\n", start, start + _SHOWN)
            stop = min(len(page.text), start + _SHOWN) if end < 0 else end
            yield page.seen(start, stop, "quoted", "no closing mark")
        else:
            yield page.seen(start, stop, "quoted", "nothing makes it a name")


def _heads(page: Page) -> Iterator[Dropped]:
    for low, words in zip(page.starts, page.words, strict=False):
        for found in words.heads:
            start = low + found.start
            if found.head is not None and page.free(start, low + found.stop):
                alone = words.left_edge(found.start, found.start) >= found.start
                reason = "stands alone: nothing says which one" if alone else "gives way to what overlaps it"
                yield page.seen(start, low + found.stop, "head", reason, found.head.rule.id)


@lru_cache(maxsize=4)
def _number(units: frozenset[str]) -> re.Pattern[str]:
    """A run of digits, or of Chinese numerals; of a single numeral only where it may count, order or number."""
    after = re.escape("".join(sorted(units)) + _LISTING)
    return re.compile(f"[0-9{_NUMERALS}](?:(?<=[0-9])[0-9]*|(?<![0-9])(?:[{_NUMERALS}]+|(?<=第.)|(?=[{after}])))")


def _numbers(page: Page, rules: FigureRules) -> Iterator[Dropped]:
    text = page.text
    position = 0
    for match in _number(frozenset(unit[0] for unit in rules.units)).finditer(text):
        start, stop = match.span()
        if start < position or not page.free(start, stop):
            continue
        if text[start] <= "9":
            stop = _end(_MORE, text, stop)
        elif not _is_number(text, start, stop, rules):
            continue
        position = stop
        if _CALENDAR.match(text, start) is None:
            reason = next(reason for pattern, reason in _REASONS if pattern.match(text, start))
            yield page.seen(start, stop, "number", reason)


def _end(pattern: re.Pattern[str], text: str, position: int) -> int:
    match = pattern.match(text, position)
    return match.end() if match else position


def _is_number(text: str, start: int, stop: int, rules: FigureRules) -> bool:
    """Whether Chinese numerals count, order or number something, and are no part of a word (统一, 进一步)."""
    if stop - start > 1 or text[start - 1 : start] == "第" or _LISTED.match(text, start):
        return True
    return any(text[stop : stop + length] in rules.units for length in range(1, _LONGEST_UNIT))


def _bodies(page: Page, rules: Rules) -> Iterator[Dropped]:
    for low, words in zip(page.starts, page.words, strict=False):
        for hit in words.bureaus:
            if page.free(low + hit.start, low + hit.stop):
                yield _body(page, low + hit.start, low + hit.stop, low + hit.stop, rules)
    for match in _BODIES.finditer(page.text):
        start, stop = match.span()
        if page.free(start, stop) and not _NO_BODY.match(page.text, start):
            low = page.left_edge(start, _LONGEST_BODY)
            yield _body(page, max(low, page.taken.rfind(1, low, start) + 1), start, stop, rules)


def _body(page: Page, low: int, start: int, stop: int, rules: Rules) -> Dropped:
    """An agency-like expression with the words that make it a generic one (各, 相关)."""
    lead = _LEAD.search(page.text, max(0, low - _LONGEST_LEAD), start)
    generic = lead is not None and page.text[lead.start() : stop].isalnum()
    low = lead.start() if lead and generic else low
    generic = generic or low == start or rules.has("generic", page.text[low:stop])
    page.take(low, stop)
    reason = "generic: no definite body" if generic else "no place and no level makes it a definite body"
    return page.seen(low, stop, "agency", reason)
