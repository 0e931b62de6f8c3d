"""SPARQL tokens -> the triple patterns of a query that parses (SPARQL 1.1, sections 19.8 rules 53 to 113).

Only what the engine has accepted is read here, so nothing is refused; what is not understood is passed over.  Left out
are the templates of CONSTRUCT, the rows of VALUES, and what another service is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.query.tokens import Token
from kg.vocabulary import PREFIXES, TYPE, XSD

_END = Token("end", "", -1)
_OPENING = {"{": "}", "(": ")", "[": "]"}


@dataclass(frozen=True, slots=True)
class Term:
    """A term where it stands: `kind` is iri, variable, literal or other; a literal has a language or a datatype."""

    kind: str
    value: str
    start: int
    width: int
    language: str = ""
    datatype: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A property at an end of a path, and whether it is walked against its direction."""

    term: Term
    inverse: bool


@dataclass(frozen=True, slots=True)
class Triple:
    """A pattern.  `ends` are the properties that may lead to the object, none where the path may have no length.

    `first` are those that may lead away from the subject.
    """

    subject: Term
    first: tuple[Step, ...]
    ends: tuple[Step, ...]
    object: Term


@dataclass(frozen=True, slots=True)
class Names:
    """What a query's compact names and relative IRIs stand for."""

    base: str
    prefixes: dict[str, str]

    def iri(self, token: Token) -> str:
        """The IRI of a token; empty for what is none."""
        if token.kind == "iri":
            inner = token.text[1:-1]
            return inner if ":" in inner.partition("/")[0] else self.base + inner
        prefix, sign, local = token.text.partition(":")
        if token.kind != "word" or not sign or prefix == "_":
            return TYPE if token.text == "a" else ""
        return self.prefixes.get(prefix, "") + local.replace("\\", "") if prefix in self.prefixes else ""


def names_of(found: tuple[Token, ...], base: str) -> Names:
    """What the head of a query declares, besides the prefixes that are known."""
    prefixes = dict(PREFIXES)
    for one, two, three in zip(found, found[1:], found[2:], strict=False):
        if one.is_word("PREFIX") and three.kind == "iri":
            prefixes[two.text.rstrip(":")] = three.text[1:-1]
        if one.is_word("BASE") and two.kind == "iri":
            base = two.text[1:-1]
    return Names(base, prefixes)


def triples(found: tuple[Token, ...], names: Names) -> Iterator[Triple]:
    """The triple patterns of the query, in order."""
    reader = _Reader((*found, _END), names)
    for start in _groups(found):
        yield from reader.group(start)


def _groups(found: tuple[Token, ...]) -> Iterator[int]:
    """The places of the braces of the outermost groups, without the template of CONSTRUCT and the rows of VALUES."""
    depth, template, data = 0, False, False
    for index, token in enumerate(found):
        if token.text == "{":
            after = found[index - 1] if index else _END
            template, data = template or after.is_word("CONSTRUCT"), data or _is_data(found, index)
            if not depth and not template and not data:
                yield index
            depth += 1
        elif token.text == "}":
            depth -= 1
            template, data = template and depth > 0, data and depth > 0


def _is_data(found: tuple[Token, ...], brace: int) -> bool:
    index = brace - 1
    while index >= 0 and (found[index].kind == "variable" or found[index].text in "()"):
        index -= 1
    return index >= 0 and found[index].is_word("VALUES")


def literal(found: tuple[Token, ...], index: int, names: Names) -> tuple[Term, int] | None:
    """The literal that begins at `index`, and the place after it; None where none begins there."""
    token = found[index]
    if token.kind == "string":
        return _string(found, index, names)
    signed = token.text in ("+", "-")
    number = found[index + 1] if signed and index + 1 < len(found) else token
    if number.kind == "number":
        plain = number.text.lower()
        kind = "double" if "e" in plain else "decimal" if "." in plain else "integer"
        text = (token.text if signed else "") + number.text
        return Term("literal", text, token.start, number.stop - token.start, "", XSD + kind), index + 1 + signed
    if token.text in ("true", "false"):
        return Term("literal", token.text, token.start, len(token.text), "", XSD + "boolean"), index + 1
    return None


def _string(found: tuple[Token, ...], index: int, names: Names) -> tuple[Term, int]:
    token = found[index]
    mark = 3 if token.text[:3] in ('"""', "'''") else 1
    text = token.text[mark:-mark]
    after = found[index + 1] if index + 1 < len(found) else _END
    if after.kind == "language":
        return Term("literal", text, token.start, after.stop - token.start, after.text[1:]), index + 2
    if after.text == "^^" and index + 2 < len(found):
        datatype = found[index + 2]
        return Term("literal", text, token.start, datatype.stop - token.start, "", names.iri(datatype)), index + 3
    return Term("literal", text, token.start, len(token.text), "", XSD + "string"), index + 1


class _Reader:
    """Reads groups.  Each method takes the place to read from; those that read one thing give the place after it."""

    def __init__(self, found: tuple[Token, ...], names: Names) -> None:
        self.found = found
        self.names = names

    def at(self, index: int) -> Token:
        """The token at a place; behind the last one the end."""
        return self.found[index] if index < len(self.found) else _END

    def group(self, brace: int) -> Iterator[Triple]:
        """The patterns between the brace at `brace` and its partner."""
        index, last = brace + 1, self.closing(brace)
        if self.at(index).is_word("SELECT"):
            index = self.next_brace(index)
            yield from self.group(index)
            index = last
        while index < last:
            token = self.at(index)
            if token.text == "{":
                yield from self.group(index)
                index = self.closing(index) + 1
            elif token.kind == "word" and ":" not in token.text and token.text not in ("true", "false", "a"):
                inner, index = self.clause(index)
                for start in inner:
                    yield from self.group(start)
            elif token.text == ".":
                index += 1
            else:
                found, index = self.same_subject(index)
                yield from found

    def clause(self, index: int) -> tuple[list[int], int]:
        """The groups in what a keyword opens (not the one that it is followed by), and the place after it."""
        token = self.at(index)
        if token.is_word("GRAPH"):
            return [], index + 2
        if token.is_word("SERVICE"):
            return [], self.closing(self.next_brace(index)) + 1
        if token.is_word("VALUES"):
            return [], self.closing(self.next_brace(index)) + 1
        if token.is_word("FILTER") or token.is_word("BIND"):
            return self.expression(index + 1)
        return [], index + 1  # OPTIONAL, MINUS, UNION

    def expression(self, index: int) -> tuple[list[int], int]:
        """The groups of EXISTS in the expression at `index`, and the place after it."""
        if self.at(index).text != "(":
            while self.at(index).text not in ("(", "{", "}", ""):  # a function's name, or NOT EXISTS
                index += 1
        last = self.closing(index)
        inside = range(index, last) if self.at(index).text == "(" else [index]
        return [i for i in inside if self.at(i).text == "{"], last + 1

    def closing(self, index: int) -> int:
        """The place of the partner of the bracket at `index`; the end where there is none."""
        depth = 0
        for place in range(index, len(self.found)):
            depth += (self.at(place).text in _OPENING) - (self.at(place).text in ("}", ")", "]"))
            if depth <= 0:
                return place
        return len(self.found) - 1

    def next_brace(self, index: int) -> int:
        """The place of the next opening brace."""
        return next((i for i in range(index, len(self.found)) if self.at(i).text == "{"), len(self.found) - 1)

    def same_subject(self, index: int) -> tuple[list[Triple], int]:
        """The patterns of one subject with all its properties."""
        subject, found, index = self.node(index)
        more, after = self.properties(subject, index)
        return found + more, max(after, index)

    def properties(self, subject: Term, index: int) -> tuple[list[Triple], int]:
        """`path object, object ; path object …` from `index` on."""
        found: list[Triple] = []
        while self.at(index).text not in (".", "}", "]", "", "{"):
            if self.at(index).text == ";":
                index += 1
                continue
            before = index
            first, ends, _, index = self.path(index)
            while True:
                value, inner, index = self.node(index)
                found += [Triple(subject, first, ends, value), *inner]
                if self.at(index).text != ",":
                    break
                index += 1
            if index <= before or self.at(index).text not in (";", ".", "}", "]"):
                break  # a keyword, or what is not understood
        return found, index

    def node(self, index: int) -> tuple[Term, list[Triple], int]:
        """A term, the patterns inside it if it is one in brackets, and the place after it."""
        token = self.at(index)
        if token.text == "[":
            term = Term("other", "", token.start, 1)
            found, after = self.properties(term, index + 1)
            return term, found, max(self.closing(index), after) + 1
        if token.text == "(":
            return Term("other", "", token.start, 1), [], self.closing(index) + 1
        if token.kind == "variable":
            return Term("variable", token.text[1:], token.start, len(token.text)), [], index + 1
        if token is not _END and (read := literal(self.found, index, self.names)):
            return read[0], [], read[1]
        iri = self.names.iri(token) if token.text != "a" else ""
        return Term("iri" if iri else "other", iri, token.start, len(token.text)), [], index + 1

    def path(self, index: int) -> tuple[tuple[Step, ...], tuple[Step, ...], bool, int]:
        """First and last properties of a path, whether it may have no length, and the place after it."""
        first, ends, empty, index = self.sequence(index)
        while self.at(index).text == "|":
            other, others, also, index = self.sequence(index + 1)
            first, ends, empty = first + other, ends + others, empty or also
        return (() if empty else first), (() if empty else ends), empty, index

    def sequence(self, index: int) -> tuple[tuple[Step, ...], tuple[Step, ...], bool, int]:
        """`a/b/c`."""
        first, ends, empty, index = self.element(index)
        while self.at(index).text == "/":
            other, others, also, index = self.element(index + 1)
            first = first + other if empty else first
            ends = ends + others if also else others
            empty = empty and also
        return first, ends, empty, index

    def element(self, index: int) -> tuple[tuple[Step, ...], tuple[Step, ...], bool, int]:
        """A property, or a path in brackets, with ^ before and ? * + behind it."""
        inverse = self.at(index).text == "^"
        index += inverse
        token = self.at(index)
        empty = False
        first: tuple[Step, ...] = ()
        ends: tuple[Step, ...] = ()
        if token.text == "(":
            first, ends, empty, _ = self.path(index + 1)
            index = self.closing(index)
        elif token.text == "!":  # anything but some: nothing is known of it
            empty = True
            index = self.closing(index + 1)
        elif iri := self.names.iri(token):
            first = ends = (Step(Term("iri", iri, token.start, len(token.text)), False),)
        elif token.kind == "variable":
            empty = True
        index += 1
        while self.at(index).text in ("*", "+", "?"):
            empty = empty or self.at(index).text != "+"
            index += 1
        if inverse:
            first, ends = ((*(Step(s.term, not s.inverse) for s in steps),) for steps in (ends, first))
        return first, ends, empty, index
