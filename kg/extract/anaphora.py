"""What 该计划, 上述办法, 前者 stand for: the one thing of that sort that was named before, if there is only one.

A demonstrative with a noun means what was last named of a kind that the noun may stand for: in the same passage before
it, else in one of the two passages before that one.  Where several are left it means none of them with certainty, and
nothing is resolved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.extract.candidate import holder
from kg.model import Dropped, Letter, Mention, Passage
from kg.ontology import Ontology, Rule, alternation
from kg.text.guard import guarded

_BACK = 2
_NOT_NAMING = "“”《》‘’（）()"
_TAIL = re.compile(r"[（(][^（）()]{1,20}[）)]》?$")  # years, 试行: …建设规划（2021—2025年）
_EDITION = re.compile(r"(?:第[一二三四五六七八九十百\d]{1,3}|首|本|上)届(?=..)")
_EDITION_BEGINS = frozenset("第首本上")
_TWO = {"前者": 0, "后者": 1}


@dataclass(frozen=True, slots=True)
class Meant:
    """A word that stands for a thing, as a mention of its kind, and where the letter names that thing."""

    mention: Mention
    named: Mention


def find(letter: Letter, mentions: Mapping[int, Sequence[Mention]], ontology: Ontology) -> Iterator[Meant | Dropped]:
    """The words of a letter that stand for something it has named before; those that could mean several are dropped."""
    words, rules = _words(ontology)
    for place, passage in enumerate(letter.passages):
        if passage.section == "form":
            continue
        for match in words.finditer(passage.text):
            if holder(mentions[passage.index], match.start(), match.end()) is None:
                yield from _resolved(letter, place, match, rules, mentions)


@lru_cache(maxsize=4)
def _words(ontology: Ontology) -> tuple[re.Pattern[str], Mapping[str, tuple[tuple[str, Rule], ...]]]:
    """The pattern of all such words, and for each noun the kinds it may stand for."""
    nouns: dict[str, list[tuple[str, Rule]]] = {}
    for kind in ontology.entity_kinds():
        for rule in kind.rules:
            if rule.by == "anaphora":
                for noun in rule.options["nouns"]:
                    nouns.setdefault(noun, []).append((kind.name, rule))
    that = ontology.pieces["that"]
    source = f"(?:{that})(?P<noun>{alternation(nouns)})(?!{ontology.pieces['longer']})|(?P<two>{'|'.join(_TWO)})"
    return re.compile(guarded(source, 0)), {noun: tuple(found) for noun, found in nouns.items()}


def editions(letter: Letter, mentions: Mapping[int, Sequence[Mention]]) -> Iterator[tuple[Mention, Mention]]:
    """Names that are those of one more edition of what was named before: 某某博览会……，第四届|博览会."""
    for place, passage in enumerate(letter.passages):
        for mention in mentions[passage.index]:
            if mention.surface[:1] in _EDITION_BEGINS and (edition := _EDITION.match(mention.surface)):
                noun = mention.surface[edition.end() :]
                before = [m for m in mentions[passage.index] if m.stop <= mention.start]
                for back in range(_BACK + 1):
                    here = before if not back else mentions[letter.passages[max(0, place - back)].index]
                    left = _distinct([m for m in here if m.kind == mention.kind and _is_series(m, noun)])
                    if left:
                        yield from ((mention, named) for named in left if len(left) == 1)
                        break


def _is_series(mention: Mention, noun: str) -> bool:
    """Whether a name, its own edition left out, ends with a noun and says more."""
    name = _EDITION.sub("", _bare(mention.surface))
    return name.endswith(noun) and name != noun


def _resolved(
    letter: Letter,
    place: int,
    match: re.Match[str],
    rules: Mapping[str, Sequence[tuple[str, Rule]]],
    mentions: Mapping[int, Sequence[Mention]],
) -> Iterator[Meant | Dropped]:
    passage = letter.passages[place]
    start, stop = match.span()
    before = [m for m in mentions[passage.index] if m.stop <= start]
    if match["two"]:
        every = [one for found in rules.values() for one in found]
        left = _of_two(before, _TWO[match["two"]], {kind for kind, _ in every})
    else:
        every = list(rules[match["noun"]])
        left = _candidates(before, match["noun"], every)
        for back in range(1, _BACK + 1):
            if left or place < back or letter.passages[place - back].section != passage.section:
                break
            left = _candidates(mentions[letter.passages[place - back].index], match["noun"], every)
    if len(left) == 1:
        rule = next(rule for kind, rule in every if kind == left[0].kind)
        yield Meant(_mention(passage, start, stop, left[0], rule), left[0])
    elif left:
        yield Dropped(passage.index, start, stop, match.group(), "anaphora", "more than one thing can be meant")


def _mention(passage: Passage, start: int, stop: int, named: Mention, rule: Rule) -> Mention:
    return Mention(passage.index, start, stop, named.kind, passage.text[start:stop], rule.id, (named.surface,))


def _candidates(before: Sequence[Mention], noun: str, rules: Sequence[tuple[str, Rule]]) -> list[Mention]:
    """What the noun can mean of the mentions before it: those it ends, else, for a general noun, all of the kinds."""
    kinds = {kind for kind, _ in rules}
    of_kind = [m for m in before if m.kind in kinds]
    ended = [m for m in of_kind if any(_bare(_TAIL.sub("", name)).endswith(noun) for name in (m.surface, *m.names))]
    general = {kind for kind, rule in rules if noun in rule.options.get("general", ())}
    return _distinct(ended or [m for m in of_kind if m.kind in general])


def _of_two(before: Sequence[Mention], which: int, kinds: set[str]) -> list[Mention]:
    """The first or the second of two things of one kind, of the kind that was named last."""
    last = {m.kind: m.start for m in before if m.kind in kinds}
    for kind in sorted(last, key=lambda kind: -last[kind]):
        found = _distinct([m for m in before if m.kind == kind])
        if len(found) == len(_TWO):
            return [found[which]]
    return []


def _distinct(mentions: Sequence[Mention]) -> list[Mention]:
    """One mention for each thing: mentions that share a name are one."""
    found: list[Mention] = []
    for mention in mentions:
        names = {_bare(name) for name in (mention.surface, *mention.names)}
        if not any(names & {_bare(name) for name in (other.surface, *other.names)} for other in found):
            found.append(mention)
    return found


def _bare(name: str) -> str:
    return "".join(sign for sign in name if sign not in _NOT_NAMING)
