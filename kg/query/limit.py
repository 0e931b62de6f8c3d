"""No more of an answer than is wanted: LIMIT put into a query (SPARQL 1.1, section 15.5), or its own one lowered."""

from __future__ import annotations

from kg.query.tokens import Token, tokens

_HEADS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")


def limited(query: str, most: int) -> str:
    r"""`query`, one that parses, with at most `most` rows if it is a SELECT, else as it is.

    >>> limited("SELECT ?x { ?x a kg:Letter } ORDER BY ?x", 3)
    'SELECT ?x { ?x a kg:Letter } ORDER BY ?x\nLIMIT 3'
    >>> limited("SELECT ?x { ?x a kg:Letter } LIMIT 20 # all", 3)
    'SELECT ?x { ?x a kg:Letter } LIMIT 3 # all'
    """
    found = tokens(query)
    if not next((token.is_word("SELECT") for token in found if token.text.upper() in _HEADS), False):
        return query
    modifiers = found[_after_where(found) :]
    for word, number in zip(modifiers, modifiers[1:], strict=False):
        if word.is_word("LIMIT"):
            return f"{query[: number.start]}{min(most, int(number.text))}{query[number.stop :]}"
    values = next((token for token in modifiers if token.is_word("VALUES")), None)
    if values:
        return f"{query[: values.start]}LIMIT {most}\n{query[values.start :]}"
    return f"{query}\nLIMIT {most}"


def _after_where(found: tuple[Token, ...]) -> int:
    """The place after the closing brace of the outermost group; what stands in braces behind it are rows of VALUES."""
    depth = 0
    for index, token in enumerate(found):
        depth += (token.text == "{") - (token.text == "}")
        if token.text == "}" and depth == 0:
            return index + 1
    return len(found)
