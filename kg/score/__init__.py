"""How well a reading agrees with what careful people found in the same letter (tests/gold/GUIDELINES.md).

A gold file holds what one letter says; a reading is compared with it item by item, and the items are counted.
"""

from __future__ import annotations

from kg.score.compare import score
from kg.score.floor import below, read_floors
from kg.score.gold import Gold, gold_files, letter_file, read_gold
from kg.score.scheme import Scheme, scheme
from kg.score.table import BY_LETTER, SHOWN, document, miss_lines, table
from kg.score.tally import Score

__all__ = [
    "BY_LETTER",
    "SHOWN",
    "Gold",
    "Scheme",
    "Score",
    "below",
    "document",
    "gold_files",
    "letter_file",
    "miss_lines",
    "read_floors",
    "read_gold",
    "scheme",
    "score",
    "table",
]
