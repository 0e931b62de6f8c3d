"""Python's search for cycles of values, put off while a letter is read."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def put_off() -> Iterator[None]:
    """Put the search for cycles off until the work is done, unless someone has done so already.

    The engine makes many thousands of values for each letter and no cycles: what is not needed any more is freed at
    once in any case, and the search, which looks at all values again and again, finds nothing.  What was made in the
    meantime counts as old when it begins again, so that it does not look at all of that first.

    >>> with put_off():
    ...     gc.isenabled()
    False
    """
    searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searched:
            if not gc.get_freeze_count():  # else someone has frozen values, which must stay so
                gc.freeze()
                gc.unfreeze()
            gc.enable()
