"""A pattern that looks at one sign before it tries: what a match can begin with stands in front of it as `(?=[…])`.

`re` tries every branch of a pattern at every place of a text.  With its first signs in front most places are told by
one look, and a search takes a fraction of the time.  What matches stays the same, which is tested with patterns made at
random.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from itertools import dropwhile
from typing import Any, cast

_CLASSES = {
    "CATEGORY_DIGIT": r"\d",
    "CATEGORY_NOT_DIGIT": r"\D",
    "CATEGORY_SPACE": r"\s",
    "CATEGORY_NOT_SPACE": r"\S",
    "CATEGORY_WORD": r"\w",
    "CATEGORY_NOT_WORD": r"\W",
}
_WIDE = frozenset((r"\w", r"\D", r"\S"))
_WIDEST = 1000
"""A class of more signs ([一-龥]) tells too little."""

_FARTHEST = 8
_FEW = 40
"""How far on a sign is looked for, and of how many signs."""

_A_WHILE = 2
"""What may be repeated more often is anything for a while."""

_parse: Any = re._parser.parse  # type: ignore[attr-defined]
_compile: Any = re._compiler.compile  # type: ignore[attr-defined]
_REFERENCE = re.compile(r"\\[1-9]|\(\?P=|\(\?\(|\(\?[a-zA-Z]*i")
"""What a part of a pattern may mean something else for: a group before it, or letters of both cases."""

Items = list[tuple[Any, Any]]
First = tuple[frozenset[str], bool]
"""Members of a class of signs that something may begin with, and whether it may be empty."""


@lru_cache(maxsize=4096)
def guarded(source: str, flags: int = re.VERBOSE) -> str:
    r"""The source with the class of its first signs in front; as it is where that is not known or of no use.

    >>> guarded("近?(?:今|去)年", 0), guarded("[今去]年", 0), guarded(".+年", 0)
    ('(?=[今去近])(?:近?(?:今|去)年)', '[今去]年', '.+年')

    Where a match can begin with anything, a sign that must stand a few signs on is looked for:

    >>> guarded(".{1,4}[乡镇]", 0)
    '(?=[^乡镇]{0,4}+[乡镇])(?:.{1,4}[乡镇])'
    """
    if re.search(r"\(\?[a-zA-Z]*i", source) or source.lstrip().startswith(("(?a", "(?s", "(?m", "(?x", "(?u")):
        return source
    items = _parse(source, flags)
    first, ahead = _sequence(items), ""
    if _is_quick(items):
        return source
    if first is None or first[1] or not first[0] or first[0] & _WIDE:
        near = _near(items)
        ahead = f"[^{_shown(near[1])}]{{0,{near[0]}}}+" if near and near[0] else ""
        first = (near[1], False) if near else None
    guard = f"(?={ahead}[{_shown(first[0])}])" if first else ""
    guard = ("" if flags & re.MULTILINE else _behind(items)) + guard
    end = "\n" if flags & re.VERBOSE else ""  # a comment may end the source
    return f"{guard}(?:{source}{end})" if guard else source


def _shown(signs: frozenset[str]) -> str:
    return "".join(sorted(signs))


def _behind(items: Sequence[tuple[Any, Any]]) -> str:
    r"""What tells by one sign that none of several looks behind, with which a pattern begins, can succeed.

    >>> guarded("(?:(?<=位于)|(?<=[在至]))[一-龥]", 0), guarded("(?:^|(?<=，)).+", 0)
    ('(?<=[于在至])(?:(?:(?<=位于)|(?<=[在至]))[一-龥])', '(?<![^，])(?:(?:^|(?<=，)).+)')
    """
    while len(items) and str(items[0][0]) == "SUBPATTERN" and not items[0][1][1]:
        items = items[0][1][-1]
    if not len(items) or str(items[0][0]) != "BRANCH":
        return ""
    begins, signs = False, frozenset[str]()
    for branch in items[0][1][1]:
        item: tuple[Any, Any] = branch[0] if len(branch) else ("", None)
        name, value = str(item[0]), item[1]
        if name == "AT" and str(value) == "AT_BEGINNING":
            begins = True
            continue
        last: tuple[Any, Any] = value[1][-1] if name == "ASSERT" and value[0] < 0 and len(value[1]) else ("", ())
        found = _first(str(last[0]), last[1]) if str(last[0]) in ("LITERAL", "IN") else None
        if found is None or found[0] & _WIDE:
            return ""
        signs |= found[0]
    return f"(?<![^{_shown(signs)}])" if begins and signs else f"(?<=[{_shown(signs)}])" if signs else ""


def ending(source: str, flags: int = re.VERBOSE) -> re.Pattern[str] | None:
    """How every match of a source ends, where that is definite and what comes before may be anything for a while.

    A text without such an end holds no match, and the end is found in a fraction of the time.

    >>> end = ending("(?P<name>.{3,24}?(?:扩建|改造)*(?:项目|工程))(?=开工)", 0)
    >>> [bool(end and end.search(text)) for text in ("改造项目开工", "改造项目", "开工")]
    [True, False, False]
    >>> ending("项目.{3,24}?开工", 0) is None  # it is quick as it is
    True
    """
    tree = _parse(source, flags)
    first = _sequence(tree)
    if _REFERENCE.search(source) or _is_quick(tree) or (first and not first[1] and not first[0] & _WIDE):
        return None
    items, far = _flat(tree), False
    for place, item in enumerate(items):
        end = _definite(items[place:], tree) if far else []
        if end:
            return cast(re.Pattern[str], _compile(_part(tree, end), flags))
        far = far or _goes_on(item)
    return None


def _goes_on(item: tuple[Any, Any]) -> bool:
    """Whether an item may go on for a while."""
    name, value = str(item[0]), item[1]
    if name == "BRANCH":
        return any(_goes_on(one) for each in value[1] for one in _flat(each))
    return name in ("MAX_REPEAT", "MIN_REPEAT") and (value[1] > _A_WHILE or any(map(_goes_on, _flat(value[2]))))


def _definite(items: Items, tree: Any) -> Items:
    """Items that begin with few signs, with the class of those in front; nothing where they are many or unknown.

    What a branch begins with and may lack is left out.
    """
    name, value = items[0]
    if str(name) in ("AT", "ASSERT", "ASSERT_NOT"):
        return []
    if str(name) == "BRANCH":
        items = [(name, (None, [_part(tree, _needed(each)) for each in value[1]])), *items[1:]]
    first = _sequence(items)
    if first is None or first[1] or not first[0] or first[0] & _WIDE or len(first[0]) > _FEW:
        return []
    return [*_parse(f"(?=[{_shown(first[0])}])", 0), *items]


def _needed(items: Iterable[tuple[Any, Any]]) -> Items:
    """The items from the first that may not be lacking on."""
    flat = _flat(items)
    return list(dropwhile(lambda item: str(item[0]).endswith("_REPEAT") and item[1][0] == 0, flat))


def _flat(items: Iterable[tuple[Any, Any]]) -> Items:
    """The items, those of groups one by one."""
    found: Items = []
    for name, value in items:
        group = str(name) == "SUBPATTERN" and not value[1] and not value[2]
        found += _flat(value[-1]) if group else [(name, value)]
    return found


def _part(tree: Any, items: Items) -> Any:
    """Items of a parsed pattern as a pattern of their own."""
    return type(tree)(tree.state, items)


def finder(pattern: re.Pattern[str]) -> Callable[[str], re.Match[str] | None]:
    """The `search` of a pattern; its `match` where it begins with ^ and would fail at every other place.

    >>> finder(re.compile("^年"))("年年").span(), finder(re.compile("^年"))("今年"), finder(re.compile("年"))("今年").span()
    ((0, 1), None, (1, 2))
    """
    return pattern.match if _is_anchored(pattern) else pattern.search


def every(pattern: re.Pattern[str]) -> Callable[[str], Iterable[re.Match[str]]]:
    """The `finditer` of a pattern; its `match` where it begins with ^ and can match but once.

    >>> [[match.start() for match in every(re.compile(source))("年年")] for source in ("^年", "年", "^月")]
    [[0], [0, 1], []]
    """
    some = _parse(pattern.pattern, pattern.flags).getwidth()[0] > 0  # an empty match may be followed by another there
    return partial(_once, pattern) if some and _is_anchored(pattern) else pattern.finditer


def _once(pattern: re.Pattern[str], text: str) -> tuple[re.Match[str], ...]:
    match = pattern.match(text)
    return (match,) if match else ()


def _is_anchored(pattern: re.Pattern[str]) -> bool:
    """Whether a pattern can match at the beginning of a text alone."""
    items = _parse(pattern.pattern, pattern.flags)
    begins = len(items) > 0 and (str(items[0][0]), str(items[0][1])) == ("AT", "AT_BEGINNING")
    return begins and not pattern.flags & re.MULTILINE


def _is_quick(items: Any) -> bool:
    """Whether nothing is gained: the pattern begins with ^, or `re` itself looks for its first sign.

    It does so for a sign that is printed, a class of signs, and the first signs of several branches.
    """
    if not len(items):
        return False
    name, value = str(items[0][0]), items[0][1]
    if name == "AT":
        return str(value) == "AT_BEGINNING"
    if name == "SUBPATTERN":
        return _is_quick(value[-1])
    if name == "BRANCH":
        return all(len(each) and str(each[0][0]) == "LITERAL" for each in value[1])
    return name in ("LITERAL", "IN")


def _sequence(items: Iterable[tuple[Any, Any]]) -> First | None:
    signs: frozenset[str] = frozenset()
    for name, value in items:
        found = _first(str(name), value)
        if found is None:
            return None
        signs |= found[0]
        if not found[1]:
            return signs, False
    return signs, True


def _first(name: str, value: Any) -> First | None:
    if name == "LITERAL":
        return frozenset((re.escape(chr(value)),)), False
    if name == "IN":
        return _class(value)
    if name == "BRANCH":
        return _any([_sequence(each) for each in value[1]])
    if name in ("SUBPATTERN", "ATOMIC_GROUP"):
        return _sequence(value[-1] if name == "SUBPATTERN" else value)
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        found = _sequence(value[2])
        return found and (found[0], found[1] or value[0] == 0)
    return (frozenset(), True) if name in ("AT", "ASSERT", "ASSERT_NOT") else None


def _near(items: Iterable[tuple[Any, Any]]) -> tuple[int, frozenset[str]] | None:
    """Signs of which one must stand near the beginning of a match, and how many signs may stand before it."""
    before = 0
    for name, value in items:
        found = _near_in(str(name), value)
        if found:
            return (before + found[0], found[1]) if before + found[0] <= _FARTHEST else None
        before += _width(str(name), value)
        if before > _FARTHEST:
            return None
    return None


def _near_in(name: str, value: Any) -> tuple[int, frozenset[str]] | None:
    first = _first(name, value)
    if first and not first[1] and len(first[0]) <= _FEW and not first[0] & _WIDE:
        return 0, first[0]
    if name in ("SUBPATTERN", "ATOMIC_GROUP"):
        return _near(value[-1] if name == "SUBPATTERN" else value)
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and value[0] > 0:
        return _near(value[2])
    each = [_near(branch) for branch in value[1]] if name == "BRANCH" else []
    known = [one for one in each if one]
    signs = frozenset[str]().union(*(one[1] for one in known))
    if not known or len(known) < len(each) or len(signs) > _FEW:
        return None
    return max(one[0] for one in known), signs


def _width(name: str, value: Any) -> int:
    """How many signs an item takes up at most."""
    if name in ("AT", "ASSERT", "ASSERT_NOT"):
        return 0
    if name in ("LITERAL", "NOT_LITERAL", "IN", "ANY"):
        return 1
    if name in ("SUBPATTERN", "ATOMIC_GROUP"):
        return int((value[-1] if name == "SUBPATTERN" else value).getwidth()[1])
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return int(value[1]) * int(value[2].getwidth()[1])
    return max(int(each.getwidth()[1]) for each in value[1]) if name == "BRANCH" else _FARTHEST + 1


def _any(several: list[First | None]) -> First | None:
    known = [each for each in several if each is not None]
    if len(known) < len(several):
        return None
    return frozenset[str]().union(*(each[0] for each in known)), any(each[1] for each in known)


def _class(members: Iterable[tuple[Any, Any]]) -> First | None:
    signs: set[str] = set()
    for name, value in members:
        if str(name) == "LITERAL":
            signs.add(re.escape(chr(value)))
        elif str(name) == "RANGE" and value[1] - value[0] < _WIDEST:
            signs.add(f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}")
        elif str(name) == "CATEGORY" and str(value) in _CLASSES:
            signs.add(_CLASSES[str(value)])
        else:
            return None
    return frozenset(signs), False
