"""Mentions of one letter put together where they name one thing: by the forms of their names.

What is printed in a name keeps apart: the level of a programme, the years and the place of a document.  A plan of 2022
and the one of 2025 that takes its place have one title but for the years; a citation without years is that of the one
plan it can mean, told by its number, and a thing of its own where there are two.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.extract.scene import is_number
from kg.identity import Namer, bare
from kg.model import Mention

_SHORT_TITLE = re.compile(r"《([^《》（(]{4,16}(?:方案|办法|意见|规划|计划|条例|措施|规定|细则|政策|纲要))》")


@dataclass(frozen=True, slots=True)
class _Group:
    """Mentions put together so far, with the forms of their names and the levels printed before them."""

    forms: set[str]
    levels: set[str]
    mentions: list[Mention]

    def takes(self, level: str) -> bool:
        return not level or not self.levels or level in self.levels

    def add(self, mention: Mention, forms: Iterable[str], level: str) -> None:
        self.forms.update(forms)
        self.mentions.append(mention)
        if level:
            self.levels.add(level)

    def absorb(self, other: _Group) -> None:
        self.forms.update(other.forms)
        self.levels.update(other.levels)
        self.mentions.extend(other.mentions)


def groups(mentions: Sequence[Mention], way: str, namer: Namer) -> list[list[Mention]]:
    """Mentions of one kind put together where they share a form of their name; what is printed in it keeps apart."""
    found: dict[int, _Group] = {}
    by_form: dict[str, set[int]] = {}
    for number, mention in enumerate(mentions):
        forms, level = _meeting(mention, way, namer)
        met = set[int]().union(*[by_form[form] for form in forms if form in by_form])
        if level:
            met = {other for other in met if found[other].takes(level)}
        kept = min(met) if met else number
        group = found[kept] if met else found.setdefault(number, _Group(set(), set(), []))
        new = forms - group.forms
        group.add(mention, new, level)
        for other in sorted(met - {kept}) if len(met) > 1 else ():
            gone = found.pop(other)
            group.absorb(gone)
            _renumber(by_form, gone.forms, other, kept)
        for form in new:
            by_form.setdefault(form, set()).add(kept)
    if way == "title":
        _join_short_titles(found, namer)
        _join_numbers(found, namer)
    ordered = [sorted(group.mentions, key=lambda m: (m.passage, m.start)) for _, group in sorted(found.items())]
    return [part for group in ordered for part in _parted(group, namer)] if way == "title" else ordered


def _join_short_titles(found: dict[int, _Group], namer: Namer) -> None:
    """A short title is that of the one document named before it whose title ends so: 《跃升行动方案》."""
    for number, group in list(found.items()):
        short = {match[1] for mention in group.mentions if (match := _SHORT_TITLE.fullmatch(mention.surface))}
        if len(short) != 1 or any(_SHORT_TITLE.fullmatch(mention.surface) is None for mention in group.mentions):
            continue
        title = bare(short.pop())
        longer = [n for n in found if n < number and any(f != title and f.endswith(title) for f in found[n].forms)]
        if len(longer) == 1:
            found[longer[0]].absorb(found.pop(number))


def _join_numbers(found: dict[int, _Group], namer: Namer) -> None:
    """A number alone (根据成府办〔2019〕5号文件) is that of the one document that is cited with it by its title."""
    for number, group in list(found.items()):
        if not all(is_number(mention.surface) for mention in group.mentions):
            continue
        told = frozenset[str]().union(*map(namer.numbers_of, group.mentions))
        titled = [
            n for n, one in found.items() if n != number and any(told & namer.numbers_of(m) for m in one.mentions)
        ]
        if len(titled) == 1:
            found[titled[0]].absorb(found.pop(number))


def _meeting(mention: Mention, way: str, namer: Namer) -> tuple[frozenset[str], str]:
    """The forms under which a mention may meet another one, and the level printed before it."""
    named = (mention.names[:1] or (mention.surface,))[0]
    return namer.variants(mention) if way != "level" else frozenset((bare(named),)), namer.level_of(mention)


def _renumber(by_form: dict[str, set[int]], forms: Iterable[str], old: int, new: int) -> None:
    for form in forms:
        by_form[form].discard(old)
        by_form[form].add(new)


# --- what the titles of documents keep apart ----------------------------------------------------------------------


def _parted(group: list[Mention], namer: Namer) -> Iterator[list[Mention]]:
    """The documents that mentions of like titles name: those of other years and those of other places are others."""
    if len(group) == 1:
        yield group
        return
    for part in _by(group, namer.years_of, namer):
        yield from _by(part, namer.place_of, namer)


def _by(group: list[Mention], sign: Callable[[Mention], str], namer: Namer) -> list[list[Mention]]:
    """A group by the signs that its titles bear; what bears none goes with the one sign there is, or by its number."""
    signs = {mention: sign(mention) for mention in group}
    known = [one for one in dict.fromkeys(signs.values()) if one]
    if not known or (len(known) == 1 and not _other_numbers(signs, namer)):
        return [group]
    parts: dict[str, list[Mention]] = {one: [] for one in (*known, "")}
    for mention in group:
        parts[signs[mention] or _by_number(mention, signs, namer)].append(mention)
    return [part for part in parts.values() if part]


def _by_number(mention: Mention, signs: dict[Mention, str], namer: Namer) -> str:
    """The sign of the documents that have the number which a mention without a sign is cited with, if it is one sign.

    Without a number, the only sign there is; the empty string where several may be meant.
    """
    numbers = namer.numbers_of(mention)
    fitting = {one for other, one in signs.items() if one and (not numbers or numbers & namer.numbers_of(other))}
    return fitting.pop() if len(fitting) == 1 else ""


def _other_numbers(signs: dict[Mention, str], namer: Namer) -> bool:
    """Whether one without a sign is cited with a number that none of those with a sign has, though they have some."""
    numbers = set[str]().union(*(namer.numbers_of(mention) for mention, one in signs.items() if one))
    return bool(numbers) and any(
        not one and (own := namer.numbers_of(mention)) and not own & numbers for mention, one in signs.items()
    )
