"""What is wrong with a query, and where.

The engine tells the furthest place its parser looked at, which may lie well behind the fault: trying the keyword
OPTIONAL costs it eight characters.  So the query is parsed once more with its tokens set far apart; then the furthest
place lies in the gap behind the token at fault, and the token's place in the user's text is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

from pyoxigraph import Store

from kg.errors import QueryError
from kg.query.columns import columns
from kg.query.tokens import Token, tokens
from kg.vocabulary import PREFIXES

_GAP = " " * 40  # wider than any keyword
_SHOWN = 50  # characters of the line on either side of the fault, where it is underlined
_TOLD = 120  # the same in a message
_PLACE = re.compile(r"error at 1:(\d+)")
# Checks of the engine that are told in words: a part of its message, and what it means.
_MEANINGS = (
    ("Prefix not found", "unknown prefix"),
    ("IRI parsing failed", "not an IRI"),
    ("overrides an existing variable", "SELECT gives a new value to a variable that has one already"),
    ("variable that is unbound", "SELECT gives out a variable that is neither grouped by nor counted"),
    ("not authorized with GROUP BY", "SELECT * does not go with GROUP BY"),
)
_KEYWORDS = (
    "SELECT", "CONSTRUCT", "DESCRIBE", "WHERE", "FILTER", "OPTIONAL", "UNION", "MINUS", "GRAPH", "VALUES", "BIND",
    "PREFIX", "EXISTS", "DISTINCT", "ORDER", "GROUP", "HAVING", "LIMIT", "OFFSET", "COUNT", "REGEX", "CONTAINS",
    "STRSTARTS", "STRENDS", "COALESCE", "BOUND",
)  # fmt: skip
_WITH_LISTS = ("COALESCE", "CONCAT")  # the engine wants their bracket at once
_CHANGES = ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")


class BadQuery(QueryError):
    """SPARQL that does not parse, or that cannot be right: wrong use.

    `line` is the user's line with the fault, `start` and `width` the place of the fragment in it, `offset` that in the
    whole query.
    """

    exit_status = 2

    def __init__(
        self, message: str, *, place: str, line: str = "", start: int = 0, width: int = 0, offset: int = 0
    ) -> None:
        super().__init__(message, place=place)
        self.line = line
        self.start = start
        self.width = width
        self.offset = offset

    def underlined(self) -> str:
        """The line, and below it a mark under the fragment (a Chinese character is two columns wide)."""
        first, last = max(0, self.start - _SHOWN), self.start + self.width + _SHOWN
        before = "".join(c if c == "\t" else " " * columns(c) for c in self.line[first : self.start])
        mark = "^" * max(1, columns(self.line[self.start : self.start + self.width]))
        return f"  {self.line[first:last]}\n  {before}{mark}"


def elsewhere(query: str, name: str) -> BadQuery | None:
    """The fault of a query that asks another server (SERVICE): kg uses no network.  None for any other."""
    asking = next((token for token in tokens(query) if token.is_word("SERVICE")), None)
    told = "SERVICE asks another server; kg uses no network, a query is answered from the graph alone"
    return at(query, name, asking.start, len(asking.text), told) if asking else None


def parses(query: str, base: str) -> bool:
    """Whether the engine understands `query`."""
    return _complaint(query, base) is None


def diagnose(query: str, name: str, base: str) -> BadQuery | None:
    """The fault of `query`, a query called `name`; None where there is none."""
    found = tokens(query)
    if not found:
        return BadQuery("the query is empty", place=name)
    said = _complaint("".join(_spaced(found, index) for index in range(len(found))), base)
    if said is None:
        return None
    index = _culprit(found, said)
    token = found[index] if index < len(found) else Token("end", "", found[-1].stop)
    return at(query, name, token.start, len(token.text), _told(said, token, found[:index]))


def at(query: str, name: str, offset: int, width: int, message: str) -> BadQuery:
    """An error at `offset` in the text of a query, `width` characters wide: line, column, and the line around it."""
    place, line, start = _position(query, offset)
    width = min(width, len(line) - start)
    if line.strip() != query[offset : offset + width]:
        message = f"{message}, in: {_around(line, start)}"
    return BadQuery(message, place=f"{name}:{place}", line=line, start=start, width=width, offset=offset)


def name_like(name: str, known: Iterable[str], alike: float = 0.6) -> str | None:
    """The one of `known` that `name` is likely a slip of: spelt alike, capitals aside; None where none is near.

    `alike` is the least ratio of difflib's SequenceMatcher.

    >>> name_like("isuedBy", ["issuedBy", "issued"]), name_like("Agancy", ["Agency"]), name_like("x", ["year"])
    ('issuedBy', 'Agency', None)
    """
    by_lower = {other.lower(): other for other in sorted(known, reverse=True)}
    near = get_close_matches(name.lower(), by_lower, 1, alike)
    return by_lower[near[0]] if near else None


def _complaint(query: str, base: str) -> str | None:
    """What the engine says of `query`, None if it parses."""
    try:
        Store().query(query, base_iri=base, prefixes=dict(PREFIXES))
    except SyntaxError as error:
        return str(error)
    except (OSError, RuntimeError, ValueError):
        return None  # it parses, and fails when it is run
    return None


def _culprit(found: tuple[Token, ...], said: str) -> int:
    """The number of the token at fault; one past the last for the end of the query."""
    lone = next((i for i, token in enumerate(found) if token.kind == "sign" and token.text in "\"'"), None)
    if lone is not None:
        return lone
    told = _PLACE.match(said)
    reach = int(told[1]) - 1 if told else 0
    for index in range(len(found)):
        reach -= len(_spaced(found, index))
        if reach < 0:
            return _opening(found, index)
    return len(found)


def _opening(found: tuple[Token, ...], index: int) -> int:
    """Where the token is the `>` of an IRI that is none, its `<`."""
    if found[index].text != ">":
        return index
    return next((i for i in range(index, -1, -1) if found[i].text == "<"), index)


def _spaced(found: tuple[Token, ...], index: int) -> str:
    """A token on one line with its gap; without it where the engine takes no white space."""
    token = found[index]
    text = token.text.replace("\n", " ").replace("\r", " ")
    after = found[index + 1] if index + 1 < len(found) else None
    return text if after and after.start == token.stop and _are_one(token, after) else text + _GAP


def _are_one(token: Token, after: Token) -> bool:
    """Whether two tokens have to stay together: a literal with its language or type, a function that takes a list."""
    return after.kind == "language" or "^^" in (token.text, after.text) or token.text.upper() in _WITH_LISTS


def _position(query: str, offset: int) -> tuple[str, str, int]:
    """`line:column` counted from 1, that line, and the index in it, of the character at `offset`."""
    head = query[:offset].splitlines() or [""]
    if query[:offset].endswith(("\n", "\r")):
        head.append("")
    line = (query.splitlines() or [""])[len(head) - 1]
    return f"{len(head)}:{len(head[-1]) + 1}", line, len(head[-1])


def _told(said: str, token: Token, before: tuple[Token, ...]) -> str:
    """The fault in words."""
    if token.kind == "sign" and token.text in "\"'":
        return f"quotation mark without its partner: {_quoted(token)}"
    for sign, meaning in _MEANINGS:
        if sign in said:
            return f"{meaning}: {_quoted(token)}{_other_prefix(token)}" if token.text else meaning
    if not before and token.text.upper() in _CHANGES:
        return f"{_quoted(token)} would change the graph; a query is a SELECT, ASK, CONSTRUCT or DESCRIBE"
    if token.kind == "end":
        return f"ends too early, after {_quoted(before[-1])}"
    near = get_close_matches(token.text.upper(), _KEYWORDS, 1) if token.kind == "word" and token.text != "a" else []
    return f"not expected here: {_quoted(token)}" + (f" ({near[0]}?)" if near and near[0] != token.text.upper() else "")


def _other_prefix(token: Token) -> str:
    """` (kg:Letter?)` for `kq:Letter`."""
    prefix, sign, local = token.text.partition(":")
    if not sign or token.kind != "word":
        return ""
    one_off = (p for p in PREFIXES if len(p) == len(prefix) and sum(map(str.__ne__, p, prefix)) == 1)
    near = name_like(prefix, PREFIXES, 0.8) or next(one_off, None)
    return f" ({near}:{local}?)" if near else ""


def _quoted(token: Token) -> str:
    """The token in quotation marks, on one line, not too long."""
    text = " ".join(token.text.split())
    return f"“{text if len(text) <= 40 else text[:39] + '…'}”"


def _around(line: str, start: int) -> str:
    """The fragment of the line around the fault, for a message of one line."""
    first, last = max(0, start - _TOLD), start + _TOLD
    return ("…" if first else "") + line[first:last].strip() + ("…" if last < len(line) else "")
