"""A frozen value with some of its parts replaced, however deep they lie."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import fields, is_dataclass
from functools import cache
from operator import is_not
from typing import Any, TypeVar

Value = TypeVar("Value")
Change = Callable[[Any], Any]


def rewrite(value: Value, change: Change) -> Value:
    """`value` with `change` applied to each of its parts, the innermost first; tuples and dataclasses are entered.

    `change` gives back what it does not know as it is, and the same for the same: of parts that lie in many places,
    as most do, each is looked at once.

    >>> rewrite((1, (2, "a")), lambda part: part + 1 if isinstance(part, int) else part)
    (2, (3, 'a'))
    """
    changed: Value = _rewritten(value, change, {})
    return changed


def _rewritten(value: Any, change: Change, done: dict[int, Any]) -> Any:
    """A part; the same object where nothing changed.  `done` has the parts that were looked at, by their identity."""
    kind: Any = type(value)
    names = _names(kind)
    inner = value
    if names is not None:
        old = [getattr(value, name) for name in names] or value
        new = [done[id(part)] if id(part) in done else _rewritten(part, change, done) for part in old]
        if any(map(is_not, new, old)):
            inner = kind(**dict(zip(names, new, strict=True))) if names else tuple(new)
    changed = change(inner)
    done[id(value)] = changed = value if changed is not value and changed == value else changed
    return changed


@cache
def _names(kind: Hashable) -> tuple[str, ...] | None:
    """The fields of a dataclass; none for a tuple; None for what is not entered."""
    if isinstance(kind, type) and is_dataclass(kind):
        return tuple(field.name for field in fields(kind))
    return () if kind is tuple else None
