"""What is told of a name: one value for all that `kg names` lists."""

from __future__ import annotations

from dataclasses import dataclass

from kg.evidence import Sentence, Thing

JOINED, APART, CONTRADICTION, IDLE = WHATS = ("joined", "apart", "contradiction", "without effect")


@dataclass(frozen=True, slots=True)
class Told:
    """Two names: that they were joined, that they were kept apart, or that decisions on them contradict each other.

    Of a decision without effect `name` is what its row says, and `other` is empty.
    `reason` and `reason_zh` tell why; `letters` is how many letters have the name (both names, where kept apart);
    `score` is how close two things are that were kept apart (1: alike).  The sentences are those that have the names
    first; None where no letter has one.
    """

    what: str
    kind: str
    name: str
    other: str
    reason: str
    reason_zh: str
    thing: Thing | None = None
    other_thing: Thing | None = None
    sentence: Sentence | None = None
    other_sentence: Sentence | None = None
    letters: int | None = None
    score: float | None = None
