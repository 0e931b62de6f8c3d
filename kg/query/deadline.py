"""An answer within so many seconds, or none; and one that an interrupt can end.

The engine lets go of the interpreter's lock while it works, so a thread at work does not keep this one from ending;
nothing can stop that thread, but it dies with the process.  What it has found comes over as bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread

from kg.errors import QueryError
from kg.query.answer import Answer, Packed, packed, unpacked


def within(seconds: float | None, work: Callable[[], Answer]) -> Answer:
    """The whole answer of `work`, which may take `seconds`, or as long as it likes.

    Raises QueryError where it takes longer; what `work` raises is raised here, and so is KeyboardInterrupt.
    """
    done: list[Packed] = []
    failed: list[BaseException] = []

    def go() -> None:
        try:
            done.append(packed(work()))
        except BaseException as error:  # noqa: BLE001 - raised again by who waits for it
            failed.append(error)

    worker = Thread(target=go, daemon=True)
    worker.start()
    worker.join(seconds)
    if failed:
        raise failed[0]
    if not done:
        raise QueryError(f"the query ran longer than {seconds:g} s", remedy="ask for less, or raise --timeout")
    return unpacked(done[0])
