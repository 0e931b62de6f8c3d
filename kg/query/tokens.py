"""SPARQL text -> tokens (SPARQL 1.1, section 19.8), as far as finding variables, groups and errors needs them.

Nothing is refused here: a character that fits no token is a token by itself, and the SPARQL engine says what is wrong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

# The letters of SPARQL's names (PN_CHARS); they take in Chinese characters and Chinese punctuation.
_LETTER = r"\w\u00B7\u203F\u2040\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD"
_TOKEN = rf"""
    (?P<comment>\#[^\n\r]*)
  | (?P<iri><(?![^<>\s]*&&)[^<>"{{}}|^`\\\x00-\x20]*>)
  | (?P<string>\"{{3}}(?:\"{{0,2}}(?:[^"\\]|\\.))*\"{{3}}|'{{3}}(?:'{{0,2}}(?:[^'\\]|\\.))*'{{3}}
             |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
  | (?P<variable>[?$][{_LETTER}]+)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<word>_:[{_LETTER}]+
           |(?:[^\W\d_](?:[{_LETTER}.-]*[{_LETTER}-])?)?:(?:(?:[{_LETTER}:%]|\\.)(?:[{_LETTER}:%.-]|\\.)*(?<![.]))?
           |[^\W\d_]\w*)
  | (?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+)
  | (?P<sign>\^\^|&&|\|\||!=|<=|>=|\{{\||\|\}}|\S)
"""


@cache
def _pattern() -> re.Pattern[str]:
    """Compiled when it is first used: most questions are put without a parameter and without a fault."""
    return re.compile(_TOKEN, re.VERBOSE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query: `kind` is comment, iri, string, variable, language, word, number or sign."""

    kind: str
    text: str
    start: int

    @property
    def stop(self) -> int:
        """The position after its last character."""
        return self.start + len(self.text)

    def is_word(self, word: str) -> bool:
        """Whether this is the keyword `word` (given in capitals)."""
        return self.kind == "word" and self.text.upper() == word


def tokens(query: str) -> tuple[Token, ...]:
    """The tokens of `query` in order, without comments.

    >>> [token.text for token in tokens('SELECT ?x { ?x a kg:Agency } # all')]
    ['SELECT', '?x', '{', '?x', 'a', 'kg:Agency', '}']
    """
    found = (Token(str(m.lastgroup), m.group(), m.start()) for m in _pattern().finditer(query))
    return tuple(token for token in found if token.kind != "comment")


def variables(query: str) -> frozenset[str]:
    """The names of the variables in `query`, without their mark.

    >>> sorted(variables("SELECT ?x { ?x kg:year $y FILTER(?x != '?z') }"))
    ['x', 'y']
    """
    return frozenset(token.text[1:] for token in tokens(query) if token.kind == "variable")
