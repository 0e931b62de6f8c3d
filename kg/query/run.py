"""A question and the values of its parameters -> the answer of the store.

What only parameters and faults need is imported when there are any, because a question has to start fast.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from pyoxigraph import QueryTriples

from kg.errors import QueryError, UsageError
from kg.query.answer import Answer, graph_of
from kg.query.binding import bind
from kg.query.dataset import Dataset
from kg.query.limit import limited
from kg.query.question import Question
from kg.query.tokens import variables
from kg.vocabulary import PREFIXES

_LIMITS = 2**62
"""Far more rows than any answer has, and a number that the engine reads."""

if TYPE_CHECKING:
    from kg.query.fault import BadQuery
    from kg.query.value import Term

    Warn = Callable[[BadQuery], None]

__all__ = ["Answer", "ask", "settings"]


def settings(pairs: Iterable[str]) -> dict[str, str]:
    """`name=value` pairs as a mapping.  Raises UsageError for one without `=` or a name, given twice, or not in UTF-8.

    >>> settings(["agency=市财政局", "?year=2023"])
    {'agency': '市财政局', 'year': '2023'}
    """
    found: dict[str, str] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        name = name.strip().lstrip("?$")
        if not sign or not name:
            raise UsageError(f"“{pair}” is no name=value", remedy="write for example --set year=2023")
        if name in found:
            raise UsageError(f"{name} is set twice")
        if not pair.isprintable() and any("\ud800" <= character <= "\udfff" for character in pair):
            raise UsageError(f"the value of {name} is not UTF-8 text")
        found[name] = value.strip()
    return found


def ask(
    dataset: Dataset,
    question: Question,
    values: Mapping[str, str],
    *,
    limit: int | None = None,
    warn: Warn | None = None,
) -> Answer:
    """The answer to `question` with its parameters set to `values`: at most `limit` rows or triples.

    A query of one's own is looked through: what cannot be right is an error, and where the answer is empty, `warn` is
    given what is likely why.  Raises UsageError for a parameter that is unknown, missing or not of its type, BadQuery
    for what is no SPARQL or cannot be right, QueryError where the store fails.
    """
    if limit is not None and not 0 <= limit < _LIMITS:
        raise UsageError(f"no answer has {limit} rows", remedy="give a whole number from 0 on")
    terms = _terms(dataset, question, values)
    if not question.theme:
        return _looked_through(dataset, question, terms, limit, warn)
    return _answer(dataset, question, terms, limit)


def _looked_through(
    dataset: Dataset, question: Question, terms: dict[str, Term], limit: int | None, warn: Warn | None
) -> Answer:
    """The answer to a query that somebody has just written."""
    from kg.query.fault import elsewhere, parses

    if fault := elsewhere(question.text, question.name):
        raise fault
    if not parses(question.text, dataset.base):
        return _answer(dataset, question, terms, limit)  # which says what is wrong
    from kg.query import doubt
    from kg.query.answer import is_empty, packed, unpacked

    scene = doubt.scene_of(dataset, question.text, question.name, terms)
    if fault := doubt.certain(scene):
        raise fault
    answer = _answer(dataset, question, terms, limit)
    doubts = doubt.likely(scene, terms) if warn else []
    if warn is None or not doubts:
        return answer
    whole = packed(answer)
    for one in doubts if is_empty(whole) else ():
        warn(one)
    return unpacked(whole)


def _answer(dataset: Dataset, question: Question, terms: dict[str, Term], limit: int | None) -> Answer:
    text = bind(question.text, terms)
    try:
        return _run(dataset, text) if limit is None else _cut(_run(dataset, limited(text, limit)), limit)
    except SyntaxError as error:
        from kg.query.fault import BadQuery, diagnose

        fault = diagnose(question.text, question.name, dataset.base)
        raise fault or BadQuery(_unbindable(terms), place=question.name) from error


def _cut(answer: Answer, limit: int) -> Answer:
    """The answer with no more than `limit` triples, in the order in which they are written."""
    return graph_of(sorted(set(answer), key=str)[:limit]) if isinstance(answer, QueryTriples) else answer


def _run(dataset: Dataset, text: str) -> Answer:
    try:
        return dataset.store.query(text, base_iri=dataset.base, prefixes=dict(PREFIXES))
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(str(error)) from error


def _unbindable(terms: Mapping[str, Term]) -> str:
    return f"the query gives a value of its own to what is set: {', '.join(terms)}"


def _terms(dataset: Dataset, question: Question, values: Mapping[str, str]) -> dict[str, Term]:
    """The terms of the parameters that are set, in the order in which they were given."""
    declared = {parameter.name: parameter for parameter in question.parameters}
    missing = [name for name, parameter in declared.items() if parameter.required and name not in values]
    if missing:
        raise UsageError(
            f"{question.name} wants {', '.join(missing)}",
            remedy=f"for example --set {missing[0]}={declared[missing[0]].example}",
        )
    if not values:
        return {}
    from kg.query.value import free_term, term

    _check_names(question, declared.keys() or variables(question.text), values)
    return {
        name: term(dataset, declared[name], text) if name in declared else free_term(dataset, name, text)
        for name, text in values.items()
    }


def _check_names(question: Question, known: Collection[str], values: Iterable[str]) -> None:
    from kg.query.near import nearest

    for name in values:
        if name not in known:
            raise UsageError(f"{question.name} has no parameter “{name}”", remedy=nearest(name, known))
