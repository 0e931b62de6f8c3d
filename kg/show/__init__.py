"""Everything that is known of one thing: what it is called, its facts by relation, figures, statuses, sentences.

* values: what is known of a thing, a Portrait
* portrait: the graph and a thing -> its Portrait
* terminal: a Portrait as text; record: as JSON
"""

from __future__ import annotations

from kg.show.portrait import Told, portrait
from kg.show.record import record
from kg.show.terminal import terminal
from kg.show.values import Fact, Figure, Group, Portrait, Status

__all__ = ["Fact", "Figure", "Group", "Portrait", "Status", "Told", "portrait", "record", "terminal"]
