"""One letter with all that was found in it, each thing at its place and with the rule that found it.

* gather: what a reading says, passage by passage; and a part of it, for who looks for one thing
* marks: what is marked in a passage, and how marks that overlap are nested
* phrases: a fact, a figure, a name in words
* rules: in which file a rule stands
* terminal, page, record: the three forms, for a terminal, as one HTML file, and as JSON
"""

from __future__ import annotations

from kg.explain.gather import Explanation, Sentence, gather
from kg.explain.narrow import Wanted, narrowed
from kg.explain.page import page
from kg.explain.record import record
from kg.explain.terminal import terminal

__all__ = ["Explanation", "Sentence", "Wanted", "gather", "narrowed", "page", "record", "terminal"]
