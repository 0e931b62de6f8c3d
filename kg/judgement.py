"""What people have decided about names, made ready to be asked: which entity goes by which key, what is set apart.

`same` joins: the key of the first entity gives way to that of the second, over as many steps as there are.
`different` sets apart what one letter calls by a name; it comes first, so that what was set apart can be joined anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import normalize
from urllib.parse import unquote

from kg.model import Ref
from kg.text import norm

SAME, DIFFERENT = "same", "different"
_TWIN = "~"  # stands between a number and eight digits where several documents have that number


@dataclass(frozen=True, slots=True)
class Decision:
    """A recorded judgement: `same` joins the entities a and b; `different` gives what a letter names a key of its own.

    Entities are written as in their IRIs (person/周明_大连市政协); a key alone means one of any kind.  `a` of a
    `different` may say which entity the name is set apart from.
    """

    what: str
    letter: str
    name: str
    a: str
    b: str


Node = tuple[str, str]
"""The kind in small letters, or nothing for any kind, and the key."""


def node(written: str) -> Node:
    """An entity as it is written in a decision, taken apart; what is percent-encoded is read.

    >>> node("person/周明_大连市政协"), node("周明_大连市政协")
    (('person', '周明_大连市政协'), ('', '周明_大连市政协'))
    """
    kind, slash, key = written.strip("<>").partition("/")
    if not (slash and kind.isascii() and kind.isalpha()):
        kind, key = "", written
    return kind.lower(), _folded(unquote(key))


def node_of(ref: Ref) -> Node:
    """The entity that a reference means."""
    return ref.kind.lower(), _folded(ref.key)


def set_apart(key: str, letter: str) -> str:
    """The key of what a letter means by a name that elsewhere means the entity with `key`.

    >>> set_apart("周明_大连市政协", "大政函〔2024〕3号")
    '周明_大连市政协_大政函〔2024〕3号'
    """
    return f"{key}_{letter}"


def called_alike(one: str, other: str) -> bool:
    """Whether two texts are one name: quotation marks, marks of titles, white space and width do not count.

    >>> called_alike("《种业 振兴办法》", "种业振兴办法")
    True
    """
    return _name(one) == _name(other)


@dataclass(frozen=True, slots=True)
class Judgements:
    """Decisions made ready: `joined` gives for each entity that gave way the one it is now, `apart` the others."""

    joined: Mapping[Node, Node]
    apart: tuple[Decision, ...]

    def __bool__(self) -> bool:
        return bool(self.joined or self.apart)

    def ref(self, ref: Ref, names: Iterable[str], letter: str, checksum: str, own: Ref | None = None) -> Ref:
        """What an entity is by the decisions: `names` is what the letter with that key and checksum calls it by.

        `own` is what it is by these names alone, where the letter's other names for `ref` are another thing's.
        """
        apart = self.apart_names(ref, names, letter, checksum)
        ref = own or ref
        found = Ref(ref.kind, set_apart(ref.key, letter)) if apart else ref
        kind, key = node_of(found)
        for known in ((kind, key), ("", key)):
            if known in self.joined:
                return Ref(ref.kind, self.joined[known][1])
        return found

    def apart_names(self, ref: Ref, names: Iterable[str], letter: str, checksum: str) -> list[str]:
        """The names that decisions set apart, of those that a letter calls an entity by."""
        names = list(names)
        return [one.name for one in self.apart if self._means(one, ref, names, letter, checksum)]

    def _means(self, one: Decision, ref: Ref, names: Iterable[str], letter: str, checksum: str) -> bool:
        number, twin, digits = node(one.letter)[1].partition(_TWIN)
        if number != _folded(letter) or (twin and not checksum.startswith(digits)):
            return False
        if one.a and not _may_be(node(one.a), self._all(ref)):
            return False
        return any(called_alike(one.name, name) for name in names)

    def _all(self, ref: Ref) -> set[Node]:
        """An entity by its own key and by the one it has by now."""
        own = node_of(ref)
        return {own, self.joined.get(own, own), self.joined.get(("", own[1]), own)}


def _may_be(wanted: Node, known: Iterable[Node]) -> bool:
    return any(wanted[1] == key and wanted[0] in ("", kind) for kind, key in known)


def judgements(decisions: Sequence[Decision]) -> Judgements:
    """Decisions made ready."""
    return _ready(tuple(decisions))


@lru_cache(maxsize=4)
def _ready(decisions: tuple[Decision, ...]) -> Judgements:
    apart = tuple(one for one in decisions if one.what == DIFFERENT)
    return Judgements(_roots(decisions), apart)


def _roots(decisions: Iterable[Decision]) -> dict[Node, Node]:
    """Each entity that gave way, with the one at the end of its way; two that lead to each other stay as first said."""
    above: dict[Node, Node] = {}
    for one in decisions:
        if one.what == SAME:
            first, last = (root(above, node(end)) for end in (one.a, one.b))
            if first != last:
                above[first] = last
    return {each: root(above, each) for each in above}


def root(above: Mapping[Node, Node], start: Node) -> Node:
    """The end of the way that begins at an entity.

    >>> root({("", "甲"): ("", "乙"), ("", "乙"): ("", "丙")}, ("", "甲"))
    ('', '丙')
    """
    while start in above:
        start = above[start]
    return start


def _folded(key: str) -> str:
    """A key as the last part of its IRI has it, before anything is encoded."""
    return normalize("NFC", norm(key))


@lru_cache(maxsize=1 << 12)
def _name(text: str) -> str:
    return norm(text).strip("《》〈〉")
