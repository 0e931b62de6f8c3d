"""Variables of a query that nothing in it ever gives a value: slips, as `FILTER (?yaer = 2023)` beside `?year`.

Patterns, VALUES and AS give values; what is selected, filtered by, ordered by or put into a template only uses them
(SPARQL 1.1, section 18.2.1).  BOUND and COALESCE may ask for what has no value, and IF may choose it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from kg.query.tokens import Token

_ASKING, _CHOOSING = ("BOUND", "COALESCE"), "IF"
_ENDS = ("LIMIT", "OFFSET", "VALUES", "HAVING", "ORDER", "GROUP")
_CLOSING = {"{": "}", "(": ")"}


def unbound(found: tuple[Token, ...], free: Collection[str] = ()) -> Iterator[Token]:
    """The first use of each variable that has no value, in the order of the query; `free` are set from outside.

    >>> from kg.query.tokens import tokens
    >>> [token.text for token in unbound(tokens("SELECT ?x { ?x a ?y FILTER (?z = 3 && !BOUND(?w)) }"))]
    ['?z']
    """
    uses = _uses(found)
    asking = _asking(found)
    bound = {token.text[1:] for i, token in enumerate(found) if token.kind == "variable" and i not in uses}
    told = {*bound, *free, *(found[i].text[1:] for i in asking)}
    for index in sorted(uses):
        name = found[index].text[1:]
        if name not in told:
            told.add(name)
            yield found[index]


def bound_in(found: tuple[Token, ...]) -> frozenset[str]:
    """The names of the variables that the query gives values to."""
    uses = _uses(found)
    return frozenset(token.text[1:] for i, token in enumerate(found) if token.kind == "variable" and i not in uses)


def selected(found: tuple[Token, ...]) -> frozenset[Token]:
    """The variables that SELECT gives out by themselves, not counted or computed with."""
    heads = [index for index, token in enumerate(found) if token.is_word("SELECT")]
    places = (place for index in heads for place in _plain(found, index + 1, _stop(found, index)))
    return frozenset(found[place] for place in places if found[place - 1].text != "(")


def _uses(found: tuple[Token, ...]) -> frozenset[int]:
    """The places of variables that are only used there."""
    places: set[int] = set()
    for index, token in enumerate(found):
        if token.kind == "word" and (stop := _stop(found, index)):
            places |= set(_plain(found, index + 1, stop))
    return frozenset(places)


def _stop(found: tuple[Token, ...], index: int) -> int:
    """The place after what the keyword at `index` has use for; 0 for other words."""
    word = found[index].text.upper()
    if word in ("SELECT", "DESCRIBE"):
        return _until(found, index + 1, ("WHERE", "FROM"))
    if word == "CONSTRUCT" and _text(found, index + 1) == "{":
        return _closing(found, index + 1)
    if word in ("ORDER", "GROUP", "HAVING"):
        return _until(found, index + 1, _ENDS)
    if word in ("FILTER", "BIND"):
        start = next((i for i in range(index, len(found)) if _text(found, i) in ("(", "{")), len(found))
        return _closing(found, start) if _text(found, start) == "(" else 0
    return 0


def _text(found: tuple[Token, ...], index: int) -> str:
    return found[index].text if index < len(found) else ""


def _until(found: tuple[Token, ...], start: int, words: Collection[str]) -> int:
    """The place of the first of some words, or of a brace, outside of brackets."""
    index = start
    while index < len(found):
        token = found[index]
        if token.text in "{}" or (token.kind == "word" and token.text.upper() in words):
            return index
        index = _closing(found, index) + 1 if token.text == "(" else index + 1
    return index


def _closing(found: tuple[Token, ...], index: int) -> int:
    """The place of the partner of the bracket at `index`."""
    opening, closing = _text(found, index), _CLOSING.get(_text(found, index), "")
    depth = 0
    for place in range(index, len(found)):
        depth += (found[place].text == opening) - (found[place].text == closing)
        if not depth:
            return place
    return len(found)


def _plain(found: tuple[Token, ...], start: int, stop: int) -> Iterator[int]:
    """The variables between two places, without those that AS gives a value, and without groups (EXISTS)."""
    index = start + (_text(found, start) == "{")  # of a template the triples
    while index < stop:
        if found[index].text == "{":
            index = _closing(found, index)
        elif found[index].kind == "variable" and not found[index - 1].is_word("AS"):
            yield index
        index += 1


def _asking(found: tuple[Token, ...]) -> Iterator[int]:
    """The variables in BOUND and COALESCE, and those that IF may give."""
    for index, token in enumerate(found):
        word = token.text.upper() if token.kind == "word" and _text(found, index + 1) == "(" else ""
        if word in (*_ASKING, _CHOOSING):
            for place in range(index, _closing(found, index + 1)):
                alone = _text(found, place - 1) == "," and _text(found, place + 1) in (",", ")")
                if found[place].kind == "variable" and (alone or word != _CHOOSING):
                    yield place
