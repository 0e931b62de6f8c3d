"""The opening and the closing, told from the body of a letter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.letter.headings import enumerator
from kg.letter.passages import Sentence
from kg.letter.rules import Rules

OPENING_BLOCKS = 8
"""The formula that leads to the answer stands within so many paragraphs."""
CLOSING_BLOCKS = 4
"""The closing lies within the last so many paragraphs of the body."""


def zones(sentences: Sequence[Sentence], rules: Rules) -> list[str]:
    """The zone of each sentence: that of its block, but opening and closing where the body has them."""
    body = [n for n, sentence in enumerate(sentences) if sentence.zone == "body"]
    opening = _opening(sentences, body, rules)
    closing = _closing(sentences, [n for n in body if n not in opening], rules)
    found = dict.fromkeys(opening, "opening") | dict.fromkeys(closing, "closing")
    return [found.get(n, sentence.zone) for n, sentence in enumerate(sentences)]


def _opening(sentences: Sequence[Sentence], body: Sequence[int], rules: Rules) -> range:
    """The sentences up to 答复如下, else up to 收悉."""
    near = _near(sentences, body)
    formulas = [n for n in near if rules.has("formula", sentences[n].text)]
    if formulas:
        return range(body[0], formulas[0] + 1)
    received = [n for n in near if rules.has("received", sentences[n].text)]
    return range(body[0], _end_of_run(received)) if received else range(0)


def _near(sentences: Sequence[Sentence], body: Sequence[int]) -> list[int]:
    """The sentences of the first paragraphs, up to the first numbered heading."""
    near = []
    for n in body:
        if sentences[n].block >= sentences[body[0]].block + OPENING_BLOCKS:
            break
        if sentences[n].opens and enumerator(sentences[n].text):
            break
        near.append(n)
    return near


def _end_of_run(numbers: Iterable[int]) -> int:
    """One more than the last of the first numbers that follow one another.

    >>> _end_of_run([3, 4, 9])
    5
    """
    first, *rest = numbers
    for number in rest:
        if number != first + 1:
            break
        first = number
    return first + 1


def _closing(sentences: Sequence[Sentence], body: Sequence[int], rules: Rules) -> range:
    """From the first closing formula in the last paragraphs to the end of the body, before the tail."""
    tail = next((n for n, sentence in enumerate(sentences) if sentence.zone == "tail"), len(sentences))
    before = [n for n in body if n < tail]
    if not before:
        return range(0)
    last = sentences[before[-1]].block
    found = [
        n for n in before if sentences[n].block > last - CLOSING_BLOCKS and rules.has("closing", sentences[n].text)
    ]
    return range(found[0], before[-1] + 1) if found else range(0)
