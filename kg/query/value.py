"""What the user writes after `--set name=` -> a term, by the type of the parameter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.errors import UsageError
from kg.query.dataset import Dataset
from kg.query.entities import entity
from kg.query.near import alike
from kg.query.question import CHOICE, Parameter
from kg.text import number
from kg.text.dates import iso_date
from kg.vocabulary import PREFIXES, XSD

Term = NamedNode | Literal

_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_TURTLE = re.compile(r"<.*>|\".*\"(?:@.+|\^\^.+)?|[+-]?\d+(?:\.\d+)?|true|false", re.DOTALL)
_PREFIXED = re.compile(r"([a-z]+):\w+")


def term(dataset: Dataset, parameter: Parameter, text: str) -> Term:
    """The term that `text` stands for.  Raises UsageError where it does not fit the parameter's type."""
    if parameter.type == CHOICE:
        return _choice(parameter, text)
    read = _READERS.get(parameter.type)
    if read is None:
        return entity(dataset, parameter.type, text)
    value = read(dataset, text)
    if value is None:
        raise UsageError(
            f"{parameter.name} is {_ARTICLES[parameter.type]}, not “{text}”",
            remedy=f"such as {parameter.name}={parameter.example}",
        )
    return value


def _choice(parameter: Parameter, text: str) -> Term:
    """One of the values of a choice, given as it is, or by its name in Chinese; capitals do not count.

    A class of the ontology may be given by its labels, too.
    """
    known = {word.casefold(): value for value, zh in parameter.values.items() for word in (zh, value)}
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    labels = {} if plain in known else _labels(parameter.values)
    for called in (plain, plain.removesuffix("类"), labels.get(plain, "")):
        if called in known:
            return Literal(known[called])
    near = dict.fromkeys(known[word] for word in alike(plain, known))
    there = f"there are: {', '.join(f'{value} {zh}' for value, zh in parameter.values.items())}"
    remedy = f"nearest: {', '.join(near)}; {there}" if near else there
    raise UsageError(f"{parameter.name} is never “{text}”", remedy=remedy)


def _labels(values: Iterable[str]) -> dict[str, str]:
    """The values that are classes of the ontology, in small letters, by their labels."""
    from kg import ontology

    kinds = ontology.load().kinds
    found = (kinds[value] for value in values if value in kinds)
    return {label.casefold(): kind.name.casefold() for kind in found for label in (kind.en, kind.zh)}


def free_term(dataset: Dataset, name: str, text: str) -> Term:
    """The term for a variable that the query declares no type for.

    What is written as in Turtle or SPARQL (<IRI>, "text"@zh, 2023, true, kg:Agency) is read so, all else is plain text.
    """
    prefixed = _PREFIXED.fullmatch(text)
    if not _TURTLE.fullmatch(text) and not (prefixed and prefixed[1] in PREFIXES):
        return Literal(text)
    prefixes = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    try:
        found = list(parse(f"{prefixes}<a:s> <a:p>\n{text}\n.", format=RdfFormat.TURTLE, base_iri=dataset.base))
    except (SyntaxError, ValueError):
        found = []
    if len(found) != 1 or not isinstance(value := found[0].object, NamedNode | Literal):
        raise UsageError(f"{name}={text} is no RDF term", remedy='write it as <IRI>, "text"@zh, 2023 or plain text')
    return value


def _text(_: Dataset, text: str) -> Term:
    return Literal(text)


def _integer(_: Dataset, text: str) -> Term | None:
    value = number(unicodedata.normalize("NFKC", text).strip())
    return (
        Literal(str(int(value)), datatype=NamedNode(XSD + "integer"))
        if value is not None and value == int(value)
        else None
    )


def _year(dataset: Dataset, text: str) -> Term | None:
    digits = unicodedata.normalize("NFKC", text).strip().removesuffix("年")
    return _integer(dataset, digits) if re.fullmatch(r"[0-9]{4}", digits) else None


def _date(_: Dataset, text: str) -> Term | None:
    """A day, a month or a year, as precise as it is written."""
    plain = unicodedata.normalize("NFKC", text).strip()
    value = plain if re.fullmatch(r"[0-9]{4}", plain) else iso_date(plain)
    form = {4: "gYear", 7: "gYearMonth", 10: "date"}.get(len(value or ""))
    return Literal(value, datatype=NamedNode(XSD + form)) if value and form else None


def _number(_: Dataset, text: str) -> Term | None:
    """A number as it is written, an amount of money with or without 元."""
    plain = unicodedata.normalize("NFKC", text).strip().removeprefix("¥").removesuffix("元")
    value = number(plain)
    return None if value is None else Literal(format(value, "f"), datatype=NamedNode(XSD + "decimal"))


def _iri(dataset: Dataset, text: str) -> Term | None:
    inner = text[1:-1] if text.startswith("<") and text.endswith(">") else text
    for iri in (inner, dataset.base + inner):
        try:
            return NamedNode(iri)
        except ValueError:
            continue
    return None


_READERS: dict[str, Callable[[Dataset, str], Term | None]] = {
    "text": _text,
    "integer": _integer,
    "year": _year,
    "date": _date,
    "number": _number,
    "iri": _iri,
}
_ARTICLES = {
    "text": "a text",
    "integer": "a whole number",
    "year": "a year",
    "date": "a date",
    "number": "a number",
    "iri": "an IRI",
}
