"""Terms of RDF as N-Triples writes them, from plain values: what letters say is written, hashed and loaded as text.

An object of the RDF library for each term and each quad would take most of the time of making a graph.  The text is,
sign by sign, what that library gives for the term, and in the form in which a store keeps it.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache

from pyoxigraph import NamedNode, Quad, Store

from kg.graph import term
from kg.vocabulary import XSD

# What N-Triples escapes, and with it what `legal` replaces.
_SPECIAL = re.compile('["\\\\\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]')
_INTEGER = f'"^^<{XSD}integer>'
_ANY = NamedNode("urn:any")


def iri(value: str) -> str:
    """An IRI.  ValueError for what is none."""
    return str(NamedNode(value))


@cache
def named(curie: str) -> str:
    """The IRI of a compact name, like kg:partOf."""
    return str(term.named(curie))


@cache
def kg(name: str) -> str:
    """A class or property of the vocabulary by its local name."""
    return str(term.kg(name))


def plain(text: str) -> str:
    r"""A string without a language.

    >>> print(plain('甲"乙'))
    "甲\"乙"
    """
    return str(term.plain(text)) if _SPECIAL.search(text) else f'"{text}"'


def chinese(text: str) -> str:
    """A text in Chinese."""
    return f"{plain(text)}@zh"


def integer(number: int) -> str:
    """An xsd:integer."""
    return f'"{number}{_INTEGER}'


def decimal(number: Decimal) -> str:
    """An xsd:decimal.

    >>> decimal(Decimal("7.630E+2"))
    '"763"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    """
    return str(term.decimal(number))


@lru_cache(maxsize=1 << 12)
def typed(text: str, datatype: str) -> str:
    """A literal of a datatype of XSD by its local name, in the form in which a store gives it back.

    >>> typed("007", "integer")
    '"7"^^<http://www.w3.org/2001/XMLSchema#integer>'
    """
    if datatype == "string":
        return plain(text)
    store = Store()
    store.add(Quad(_ANY, _ANY, term.typed(text, datatype)))
    return str(next(iter(store)).object)


def value(written: str) -> str:
    r"""What a written term says: the text of a literal, an IRI without its brackets.

    >>> value(r'"a\"b"@en'), value("<urn:x>")
    ('a"b', 'urn:x')
    """
    if written[0] != '"':
        return written[1:-1]
    text = written[1 : written.rindex('"')]
    return _ESCAPED.sub(_sign, text) if "\\" in text else text


_ESCAPED = re.compile(r"\\(?:u([0-9A-F]{4})|(.))")
_SIGNS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def _sign(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else _SIGNS.get(match[2], match[2])
