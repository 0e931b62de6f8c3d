"""Reading signs: cleaning with a map of places back to the source, names in comparison form, numerals, dates."""

from __future__ import annotations

from kg.text.cleaning import (
    CLOSERS,
    DROPPED,
    HAN,
    INVISIBLE,
    NEAR,
    OPENERS,
    clean,
    gather,
    legible,
    pairs,
    steps,
)
from kg.text.dates import iso_date
from kg.text.names import norm
from kg.text.numerals import number

__all__ = [
    "CLOSERS",
    "DROPPED",
    "HAN",
    "INVISIBLE",
    "NEAR",
    "OPENERS",
    "clean",
    "gather",
    "iso_date",
    "legible",
    "norm",
    "number",
    "pairs",
    "steps",
]
