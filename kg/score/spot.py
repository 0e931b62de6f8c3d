"""A value in a file that people write, with its place: takes what is expected there, or says what is wrong where."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.query.near import alike, nearest


@dataclass(frozen=True, slots=True)
class Spot:
    """A value of a file (JSON or TOML) and where it stands in it: `entities[3].kind`, empty for the whole."""

    file: Path
    place: str
    value: Any

    def fault(self, message: str, remedy: str) -> InputError:
        """The error that names file, place and remedy."""
        return InputError(message, place=f"{self.file}, {self.place}" if self.place else str(self.file), remedy=remedy)

    def member(self, key: str, default: object = ...) -> Spot:
        """The value of a key.  InputError where this has no keys, or not this one and no default is given."""
        if not isinstance(self.value, dict):
            raise self.fault("an object with keys is wanted here", f'write {{"{key}": …}}')
        if key not in self.value and default is ...:
            raise self.fault(f"“{key}” is missing", "add it")
        place = f"{self.place}.{key}" if self.place else key
        return Spot(self.file, place, self.value.get(key, default))

    def members(self) -> Iterator[tuple[str, Spot]]:
        """All keys with their values."""
        if not isinstance(self.value, dict):
            raise self.fault("a table is wanted here", f"write [{self.place}] and the names below it")
        return ((key, self.member(key)) for key in self.value)

    def only(self, *keys: str) -> Spot:
        """This, if none of its keys is one of those expected with a slip in it; others are the writer's own notes."""
        for key in self.value if isinstance(self.value, dict) else ():
            if key not in keys and (meant := alike(key, keys)):
                raise self.fault(f"“{key}” is no key here", f"write “{meant[0]}”, or give a note another name")
        return self

    def items(self, what: str) -> list[Spot]:
        """The items of a list of `what`."""
        if not isinstance(self.value, list):
            raise self.fault(f"a list of {what} is wanted here", "write […], and [] for none")
        return [Spot(self.file, f"{self.place}[{number}]", item) for number, item in enumerate(self.value)]

    def text(self, what: str) -> str:
        """A text that is not blank."""
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.fault(f"{what} is wanted here, as text", 'write it in quotation marks, "…"')
        return self.value

    def choice(self, known: Iterable[str], what: str) -> str:
        """One of the known names."""
        names = tuple(known)
        text = self.text(what)
        if text not in names:
            raise self.fault(f"“{text}” is not {what}", nearest(text, names))
        return text

    def number(self, what: str) -> float:
        """A finite number."""
        value = self.value
        if isinstance(value, bool) or not isinstance(value, int | float) or not _finite(value):
            raise self.fault(f"{what} is wanted here, as a plain number", "write digits alone, such as 14000 or 0.5")
        return float(value)

    def flag(self) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            raise self.fault("true or false is wanted here", "write true, or leave it out")
        return self.value


def _finite(value: int | float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:  # an integer beyond all floats
        return False
