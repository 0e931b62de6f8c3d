"""What somebody may have meant: the known names nearest to one that is unknown."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches

_MOST = 5


def alike(name: str, known: Iterable[str]) -> list[str]:
    """At most five of `known`, the likeliest first: those that contain `name` or lie in it, then those spelt alike.

    >>> alike("progammes", ["letters", "programmes"])
    ['programmes']
    """
    names = sorted(set(known))
    held = [other for other in names if name and (name in other or len(other) > 1 and other in name)]
    held.sort(key=lambda other: (-SequenceMatcher(None, name, other).ratio(), other))
    spelt = get_close_matches(name, names, _MOST, 0.5)
    return list(dict.fromkeys(held + spelt))[:_MOST]


def nearest(name: str, known: Iterable[str]) -> str:
    """A remedy: `nearest: a, b`, or all of the names where none is near.

    >>> nearest("x", ["policies", "letters"])
    'there are: letters, policies'
    """
    names = sorted(set(known))
    if found := alike(name, names):
        return "nearest: " + ", ".join(found)
    return "there are: " + ", ".join(names) if names else "there are none"
