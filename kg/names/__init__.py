"""Names across letters: what was joined and why, what nearly was, and decisions that contradict each other.

* joined: names that were taken for things that go by other names, as report.json tells
* near: things of one kind with close names that were kept apart
* judged: recorded decisions that contradict each other
* deciding: names as people write them -> a row of the table of decisions
"""

from __future__ import annotations

from kg.names.table import Names, names

__all__ = ["Names", "names"]
