"""Finding kinds of bodies in text: 科技局, 委人才办, 民建漳州市委会, without the place or level before them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from kg.registry.bodies import LEVEL_WORDS, NOT_AFTER, Bodies, Form, bare, usual
from kg.registry.places import Gazetteer
from kg.registry.values import Bureau, Hit, Place

_LONGEST_PLACE = 15


def find(bodies: Bodies, gazetteer: Gazetteer, text: str) -> Iterator[Hit]:
    """The bodies written in a text, without the place before them; see `Registry.bureaus`."""
    end = 0
    for word, start, stop in bodies.matcher.find(text):
        if start < end:
            continue
        hit = _split_hit(bodies, gazetteer, text, word, start) or _plain_hit(bodies, gazetteer, text, start, stop)
        if hit is not None:
            end = hit.stop
            yield hit


def _plain_hit(bodies: Bodies, gazetteer: Gazetteer, text: str, start: int, stop: int) -> Hit | None:
    """The longest form from `start` on, no longer than to `stop`, that may stand between its neighbours."""
    for end in range(stop, start, -1):
        forms = bodies.forms.get(text[start:end])
        if forms and _begins(forms[0].bureau, gazetteer, text, start) and _ends(forms[0].bureau, text, end):
            return _hit(forms[0], start, end)
    return None


def _hit(form: Form, start: int, stop: int, place: Place | None = None) -> Hit:
    """The hit of a form."""
    names = _bare(usual(form))
    return Hit(start, stop, "bureau", names[0], names, form.bureau.key, place.code if place else "")


def _begins(bureau: Bureau, gazetteer: Gazetteer, text: str, start: int) -> bool:
    """Whether a form may begin here: its row may ask for certain characters, or a short place name, before it."""
    if not bureau.after or (start and text[start - 1] in bureau.after):
        return True
    return any(text[max(0, start - length) : start] in gazetteer.shorts for length in (2, 3, 4))


def _ends(bureau: Bureau, text: str, stop: int) -> bool:
    """Whether a form ends here: 发改委 in 发改委员 does not."""
    following = text[stop : stop + 1]
    return following == "" or following not in bureau.before + NOT_AFTER.get(text[stop - 1], "")


def _split_hit(bodies: Bodies, gazetteer: Gazetteer, text: str, word: str, start: int) -> Hit | None:
    """A body that has a place or a level word inside: 民建漳州市委会, 团市委."""
    split = bodies.split.get(word)
    after = start + len(word)
    if split is None:
        return None
    for stop in range(min(after + _LONGEST_PLACE, len(text)), after, -1):
        last = split.last.match(text, stop)
        inner = text[after:stop]
        place = gazetteer.place(inner) if last else None
        if last and (place or inner in LEVEL_WORDS):
            return _hit(split.forms[last[0]], start, last.end(), place)
    return None


@lru_cache(maxsize=4096)
def _bare(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Forms without place, each once."""
    return tuple(dict.fromkeys(map(bare, texts)))
