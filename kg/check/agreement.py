"""Do the file kg.ttl, which the shapes are held against, and the store, which questions are put to, say the same?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, parse

from kg.check.finding import Finding, Place, place_of
from kg.errors import StoreError
from kg.query.dataset import Dataset
from kg.query.fault import name_like
from kg.query.terms import occurs, vocabulary
from kg.vocabulary import KG, TYPE

_DEFAULT = DefaultGraph()
_AGAIN_EN = "run kg build again; what a build wrote is not to be changed by hand"
_AGAIN_ZH = "重新运行 kg build；生成的文件请勿手工修改"
_EN = (
    "kg.ttl is not the same as the store: facts it lacks: {lacking}, facts that only it has: {more}; the first: {fact}"
)
_ZH = "kg.ttl 与库不一致：缺 {lacking} 条，多 {more} 条；第一条：{fact}"


def read(path: Path) -> Store:
    """The triples of a file.  StoreError where it is not there, or is no RDF, with the line."""
    if not path.is_file():
        raise StoreError("the file is not there", place=str(path), remedy="run kg build again")
    store = Store()
    try:
        store.load(path=str(path), format=RdfFormat.from_extension(path.suffix[1:]) or RdfFormat.TURTLE)
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        place = f"{path}, line {line}" if line else str(path)
        raise StoreError("damaged: it cannot be read as RDF", place=place, remedy="run kg build again") from error
    return store


def disagreements(written: Store, dataset: Dataset) -> Iterator[Finding]:
    """What the file has otherwise than the store, told once, and each of its terms that no ontology defines."""
    yield from _undefined(written, dataset)
    store, file = _lines(dataset.store), _lines(written)
    if store != file:
        first = next(parse(min(store ^ file), format=RdfFormat.N_TRIPLES))
        told = {"lacking": len(store - file), "more": len(file - store), "fact": _shown(first, dataset)}
        en, zh = _EN.format(**told), _ZH.format(**told)
        yield Finding("Agreement", en, zh, _AGAIN_EN, _AGAIN_ZH, _iri(first.subject), place=_place(first, dataset))


def _lines(store: Store) -> set[bytes]:
    """The default graph of a store, a line of N-Triples for each fact: far quicker to compare than to look each up."""
    return set((store.dump(format=RdfFormat.N_TRIPLES, from_graph=_DEFAULT) or b"").splitlines())


def _undefined(written: Store, dataset: Dataset) -> Iterator[Finding]:
    """Properties and classes of the file that neither the ontology nor the store has, each once."""
    known = vocabulary(dataset).terms
    first: dict[str, Quad] = {}
    for quad in written.quads_for_pattern(None, None, None, _DEFAULT):
        predicate = quad.predicate.value
        for term in (predicate, _iri(quad.object) if predicate == TYPE else ""):
            if term.startswith(KG) and term not in known and (term not in first or str(quad) < str(first[term])):
                first[term] = quad
    for term, quad in sorted(first.items()):
        if not occurs(dataset.store, term):  # else the invariants tell of it
            near = name_like(term.removeprefix(KG), [one.removeprefix(KG) for one in known])
            name, perhaps = dataset.short(term), f" (kg:{near}?)" if near else ""
            en, zh = f"the ontology does not define {name}{perhaps}", f"本体未定义 {name}{perhaps}"
            node, place = _iri(quad.subject), _place(quad, dataset)
            yield Finding("Vocabulary", en, zh, _AGAIN_EN, _AGAIN_ZH, node, term, place=place)


def _place(quad: Quad, dataset: Dataset) -> Place:
    node = _iri(quad.subject)
    return place_of(dataset, node, _iri(quad.predicate), getattr(quad.object, "value", "")) if node else Place()


def _iri(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else ""


def _shown(quad: Quad, dataset: Dataset) -> str:
    parts = (quad.subject, quad.predicate, quad.object)
    return " ".join(f"“{one.value}”" if isinstance(one, Literal) else dataset.short(_iri(one)) for one in parts)
