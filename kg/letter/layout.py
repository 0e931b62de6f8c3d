"""From lines to blocks: the zones of a letter, and paragraphs whose line wraps and page breaks are joined.

A block is a paragraph of the body or a line of the form (a title may have several lines).  Blocks have a zone:
head, salutation, body, tail.  Cues are in ontology/letter.toml; the order of the parts is that of GB/T 9704.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kg.letter.lines import Line, lines, split, wrap_width
from kg.letter.rules import Rules
from kg.model import quick
from kg.text import CLOSERS, NEAR, OPENERS

HEAD_LINES = 30
"""The salutation stands within so many lines from the top."""
SHORT = 40
"""A line of the form, or a heading, has hardly more signs."""
_FINAL = re.compile(r"[。！？；：…!?;][”’」』）》】]*$")
_GOES_ON = re.compile(r"^[，。、；：！？）》”’】」』]")
_STOP_INSIDE = re.compile(r"[。；！？]")


@quick
@dataclass(frozen=True, slots=True)
class Block:
    """Lines read as one: range in the source, zone, whether Markdown marks it as a heading; the line if it is one."""

    start: int
    stop: int
    zone: str
    marked: bool = False
    only: Line | None = None


@dataclass(frozen=True, slots=True)
class _Zones:
    """Numbers of lines: the salutation is [salutation, body), the tail [tail, annex)."""

    salutation: int
    body: int
    tail: int
    annex: int


Joins = Callable[[str, Line, Line], bool]
"""Whether a line belongs to the block before it: (text of the block so far, its last line, the line)."""


def blocks(text: str, laid: str, rules: Rules) -> tuple[Block, ...]:
    """The blocks of a document, in order; `laid` is `kg.text.legible(text)`."""
    rows = tuple(_run_in(tuple(lines(text, laid)), laid, rules))
    zones = _zones(rows, rules)
    width = wrap_width(rows)

    def body(before: str, last: Line, line: Line) -> bool:
        return _joins_body(last, line, width, rules)

    return (
        *_grouped(rows[: zones.salutation], "head", lambda before, last, line: _joins_head(before, last, line, rules)),
        *_grouped(rows[zones.salutation : zones.body], "salutation", lambda before, last, line: True),
        *_grouped(rows[zones.body : zones.tail], "body", body),
        *_grouped(
            rows[zones.tail : zones.annex], "tail", lambda before, last, line: _joins_tail(before, last, line, rules)
        ),
        *_grouped(rows[zones.annex :], "body", body),
    )


def _grouped(rows: Sequence[Line], zone: str, joins: Joins) -> Iterator[Block]:
    group: list[Line] = []
    before = ""
    for line in rows:
        if group and not joins(before, group[-1], line):
            yield _block(group, zone)
            group, before = [], ""
        group.append(line)
        before = before[-NEAR:] + line.text
    if group:
        yield _block(group, zone)


def _block(group: Sequence[Line], zone: str) -> Block:
    only = group[0] if len(group) == 1 and group[0].places else None
    return Block(group[0].start, group[-1].stop, zone, group[0].marked, only)


# --- zones -----------------------------------------------------------------------------------------------------


def _run_in(rows: tuple[Line, ...], laid: str, rules: Rules) -> Iterator[Line]:
    """The lines, with a salutation that runs into the opening cut off as a line."""
    done = False
    for number, line in enumerate(rows):
        match = None if done or number >= HEAD_LINES else rules.cues["salutation_run_in"].search(line.text[:NEAR])
        if match:
            done = True
            yield from split(line, laid, match.end("value") + 1)
        else:
            done = done or rules.has("salutation", line.text)
            yield line


def _zones(rows: Sequence[Line], rules: Rules) -> _Zones:
    found = _salutation(rows, rules)
    if found is None:
        salutation = body = _end_of_head(rows, rules)
    else:
        salutation, body = found
    tail = _tail(rows, body, rules)
    annex = next((n for n in range(tail, len(rows)) if _is_annex(rows, n, rules)), len(rows))
    return _Zones(salutation, body, tail, annex)


def _salutation(rows: Sequence[Line], rules: Rules) -> tuple[int, int] | None:
    """The numbers of the first line of the salutation and of the line after it."""
    for number, line in enumerate(rows[:HEAD_LINES]):
        if _is_salutation(rows, number, rules):
            return _first_of_salutation(rows, number, rules), number + 1
        if _is_prose(line, rules):
            return None
    return None


def _is_salutation(rows: Sequence[Line], number: int, rules: Rules) -> bool:
    """A line that calls somebody; without a colon only above a line that addresses somebody."""
    line = rows[number].text
    if rules.has("salutation", line):
        return not rules.has("title_start", line)
    below = rows[number + 1].text if number + 1 < len(rows) else ""
    return rules.has("salutation_bare", line) and rules.has("addresses", below)


def _first_of_salutation(rows: Sequence[Line], number: int, rules: Rules) -> int:
    """The names of a long salutation may fill several lines, each but the last ending in a separator."""
    while number and _is_name_line(rows[number - 1], rows[number], rules):
        number -= 1
    return number


def _is_name_line(line: Line, below: Line, rules: Rules) -> bool:
    if line.text.endswith(("、", "，")):
        return True
    return "、" in line.text and not below.after_blank and not rules.has("no_names", line.text)


def _end_of_head(rows: Sequence[Line], rules: Rules) -> int:
    """Without a salutation the head is what stands before the first line of prose or the first heading."""
    for number, line in enumerate(rows[:HEAD_LINES]):
        if _is_prose(line, rules) or rules.has("enumerated", line.text):
            return number
    return min(len(rows), 1)


def _is_prose(line: Line, rules: Rules) -> bool:
    return len(line.text) > SHORT * 4 or (
        _STOP_INSIDE.search(line.text) is not None and not rules.has("tail", line.text)
    )


def _tail(rows: Sequence[Line], body: int, rules: Rules) -> int:
    """The number of the first line of the tail: contact, signature, copies; the number of lines where there is none."""
    signed = next((n for n in range(body + 1, len(rows)) if _is_signature(rows, n, rules)), None)
    last = len(rows) if signed is None else signed + 1
    first = last
    while first > body and _may_be_tail(rows[first - 1], rules):
        first -= 1
    anchors = [n for n in range(first, last) if _is_tail(rows[n], rules) or (signed is not None and n == signed - 1)]
    return anchors[0] if anchors else last


def _is_signature(rows: Sequence[Line], number: int, rules: Rules) -> bool:
    """A date on a line of its own, below an agency's name or with it on the line."""
    line = rows[number].text
    if len(line) > 2 * SHORT or not rules.has("signed_date", line):
        return False
    return not line[:1].isdigit() or any(rules.has("body_alone", row.text) for row in rows[max(number - 3, 0) : number])


def _may_be_tail(line: Line, rules: Rules) -> bool:
    return _is_tail(line, rules) or (len(line.text) <= SHORT and not _FINAL.search(line.text) and not line.marked)


def _is_tail(line: Line, rules: Rules) -> bool:
    text = line.text
    return len(text) <= 8 * SHORT and (
        rules.has("tail", text) or (len(text) <= SHORT and rules.has("body_alone", text))
    )


def _is_annex(rows: Sequence[Line], number: int, rules: Rules) -> bool:
    """What comes below the tail and is no line of the form: the text of what was attached."""
    line = rows[number]
    above = rows[number - 1].text if number else ""
    if rules.has("copies", above) and not _FINAL.search(above):
        return False
    return not _is_tail(line, rules) and (len(line.text) > 2 * SHORT or _STOP_INSIDE.search(line.text) is not None)


# --- joining ---------------------------------------------------------------------------------------------------


def _joins_head(before: str, last: Line, line: Line, rules: Rules) -> bool:
    """A title over several lines; the agency's line right above 关于…; 文件 under the agency."""
    if rules.has("web_page", line.text):
        return False
    if rules.has("letterhead_word", line.text) or last.text.endswith("、"):
        return True
    starts, title = rules.has("title_start", line.text), rules.has("title_start", before)
    if title:
        return not rules.has("title_end", before) and not starts and not rules.has("number_line", line.text)
    return starts and not line.after_blank and rules.has("body_alone", before) and rules.has("title_alone", line.text)


def _joins_tail(before: str, last: Line, line: Line, rules: Rules) -> bool:
    """The bodies of 抄送 over several lines; the printing agency above the date of printing."""
    if rules.has("printed", line.text) and rules.has("body_alone", last.text):
        return True
    if not rules.has("copies", before) or _FINAL.search(before):
        return False
    return before.endswith(("，", "、")) or not (_is_tail(line, rules) or rules.has("tail", line.text))


def _joins_body(last: Line, line: Line, width: int, rules: Rules) -> bool:
    """Whether a line goes on with the sentence of the line before it."""
    if last.marked or line.marked or _FINAL.search(last.text):
        return False
    if _is_open(last.text) or _GOES_ON.match(line.text):
        return True
    if rules.has("enumerated", line.text) or _is_tail(line, rules):
        return False
    if width:
        return last.width >= width * 0.85 and (line.indent < 4 or line.indent == last.indent)
    return _STOP_INSIDE.search(last.text) is not None or (len(last.text) >= SHORT and not _is_heading(last.text, rules))


def _is_heading(text: str, rules: Rules) -> bool:
    return rules.has("enumerated", text) and len(text) <= SHORT + 10 and not _STOP_INSIDE.search(text)


def _is_open(text: str) -> bool:
    """Whether a bracket or quotation mark opened in the last signs of a line is not closed in it."""
    waiting: list[str] = []
    for sign in text[-NEAR:]:
        if sign in OPENERS:
            waiting.append(sign)
        elif sign in CLOSERS and waiting and waiting[-1] == CLOSERS[sign]:
            waiting.pop()
    return bool(waiting)
