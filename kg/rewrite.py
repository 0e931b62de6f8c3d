"""A frozen value with some of its parts replaced, however deep they lie."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

Value = TypeVar("Value")


def rewrite(value: Value, change: Callable[[Any], Any]) -> Value:
    """`value` with `change` applied to each of its parts, the innermost first; tuples and dataclasses are entered.

    `change` gives back what it does not know as it is.

    >>> rewrite((1, (2, "a")), lambda part: part + 1 if isinstance(part, int) else part)
    (2, (3, 'a'))
    """
    inner: Any = value
    if isinstance(inner, tuple):
        inner = tuple(rewrite(part, change) for part in inner)
    elif is_dataclass(inner) and not isinstance(inner, type):
        inner = _rewritten(inner, change)
    changed: Value = change(inner)
    return changed


def _rewritten(value: Any, change: Callable[[Any], Any]) -> Any:
    """A dataclass with rewritten fields; the same object where nothing changed."""
    new = {}
    for field in fields(value):
        old = getattr(value, field.name)
        part = rewrite(old, change)
        if part is not old and part != old:
            new[field.name] = part
    return replace(value, **new) if new else value
