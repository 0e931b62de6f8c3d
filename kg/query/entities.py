"""Names as people write them -> entities of the graph."""

from __future__ import annotations

import re
import shlex
from collections.abc import Collection, Iterable, Iterator, Sequence

from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg.errors import UsageError
from kg.query.dataset import Dataset
from kg.query.near import alike
from kg.text import norm
from kg.vocabulary import ALT_LABEL, DOCUMENT, KG, PREF_LABEL, TYPE

ANY = "Entity"
_BRACKETS = re.compile(r"[《》〈〉()〔〕【】]")
_SHOWN = 5


def entity(dataset: Dataset, kind: str, name: str) -> NamedNode:
    """The entity of `kind` (a class of the ontology, or Entity for any) that `name` means.

    `name` is a preferred name, else another name, else either of them but for quotation marks, brackets and white
    space; or an IRI, whole or from the base on.  Raises UsageError, with what is near, where none or several fit.
    """
    if node := _by_iri(dataset, name):
        return _of_kind(dataset, kind, name, [node])
    for found in (_labelled(dataset, PREF_LABEL, name), _labelled(dataset, ALT_LABEL, name), _loosely(dataset, name)):
        if any(_fits(dataset, node, kind) for node in found):
            return _of_kind(dataset, kind, name, found)
    raise _unknown(dataset, kind, name)


def called(dataset: Dataset, name: str) -> list[NamedNode]:
    """The entities that have this name, in the order of their IRIs; preferred names before others."""
    return _labelled(dataset, PREF_LABEL, name) or _labelled(dataset, ALT_LABEL, name) or _loosely(dataset, name)


def likest(dataset: Dataset, name: str) -> str | None:
    """The IRI of the entity whose name is nearest to `name`; None where none is near."""
    names = {label: node.value for node, label in _labels(dataset)}
    near = [label for label in (name, name.partition("_")[0]) if label in names] or alike(name, names)
    return names[near[0]] if near else None


def called_like(dataset: Dataset, name: str, kinds: Collection[str] = ()) -> list[NamedNode]:
    """The things, of some kinds or of all, with the names nearest to `name`, the nearest first."""
    return _nearest([pair for pair in _labels(dataset) if _any_fits(dataset, pair[0], kinds)], name)


def _any_fits(dataset: Dataset, node: NamedNode, kinds: Collection[str]) -> bool:
    return not kinds or any(_fits(dataset, node, kind) for kind in kinds)


def _nearest(among: Sequence[tuple[NamedNode, str]], name: str) -> list[NamedNode]:
    near = alike(name, (label for _, label in among))
    ordered = sorted(among, key=str) if near else ()
    return list(dict.fromkeys(next(node for node, label in ordered if label == other) for other in near))


def document_read(dataset: Dataset, name: str) -> NamedNode:
    """The document that was read for the graph and that `name` means; UsageError where none or several fit."""
    node = entity(dataset, DOCUMENT, name)
    if next(dataset.store.quads_for_pattern(None, NamedNode(KG + "inDocument"), node, DefaultGraph()), None) is None:
        told = f"“{name}” is named in the graph, but was not read"
        raise UsageError(told, remedy="kg query asked-and-answered lists the letters")
    return node


def _by_iri(dataset: Dataset, name: str) -> NamedNode | None:
    """The entity with this IRI: `<agency/…>`, `agency/…` or the whole of it."""
    inner = name[1:-1] if name.startswith("<") and name.endswith(">") else name
    for iri in (inner, dataset.base + inner):
        try:
            node = NamedNode(iri)
        except ValueError:
            continue
        if any(_classes(dataset, node)):
            return node
    return None


def _labelled(dataset: Dataset, label: str, name: str) -> list[NamedNode]:
    quads = dataset.store.quads_for_pattern(None, NamedNode(label), Literal(name, language="zh"), DefaultGraph())
    return _sorted(quad.subject for quad in quads)


def _loosely(dataset: Dataset, name: str) -> list[NamedNode]:
    key = _key(name)
    return _sorted(node for node, label in _labels(dataset) if _key(label) == key)


def _key(name: str) -> str:
    return _BRACKETS.sub("", norm(name)).casefold()


def _sorted(nodes: Iterable[object]) -> list[NamedNode]:
    return sorted({node for node in nodes if isinstance(node, NamedNode)}, key=lambda node: node.value)


def _labels(dataset: Dataset) -> Iterator[tuple[NamedNode, str]]:
    """Every entity with every name that it has."""
    for label in (PREF_LABEL, ALT_LABEL):
        for quad in dataset.store.quads_for_pattern(None, NamedNode(label), None, DefaultGraph()):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
                yield quad.subject, quad.object.value


def _classes(dataset: Dataset, node: NamedNode) -> Iterator[str]:
    """The names of the ontology's classes that a node has, in no fixed order."""
    for quad in dataset.store.quads_for_pattern(node, NamedNode(TYPE), None, DefaultGraph()):
        if isinstance(quad.object, NamedNode) and quad.object.value.startswith(KG):
            yield quad.object.value[len(KG) :]


def _fits(dataset: Dataset, node: NamedNode, kind: str) -> bool:
    return any(kind in (ANY, name) for name in _classes(dataset, node))


def _of_kind(dataset: Dataset, kind: str, name: str, found: list[NamedNode]) -> NamedNode:
    """The only one of `found` that is of the kind."""
    fitting = [node for node in found if _fits(dataset, node, kind)]
    if not fitting:
        raise UsageError(f"“{name}” is no {kind}: {_listed(dataset, found)}")
    if len(fitting) > 1:
        told = f"“{name}” is the name of several, {_listed(dataset, fitting)}"
        quoted = shlex.quote(f"<{dataset.short(fitting[0].value)}>")
        raise UsageError(told, remedy=f"give the one you mean as it stands in < >, in a shell in quotes: {quoted}")
    return fitting[0]


def _unknown(dataset: Dataset, kind: str, name: str) -> UsageError:
    """Nothing has this name: what is near, with kinds."""
    wanted = "thing" if kind == ANY else kind
    everything = [(node, label) for node, label in _labels(dataset)]
    same = [node for node, label in everything if _key(label) == _key(name)]
    if same:
        return UsageError(f"“{name}” is no {wanted}: {_listed(dataset, _sorted(same))}")
    of_kind = [(node, label) for node, label in everything if _fits(dataset, node, kind)]
    near = _nearest(of_kind, name)
    remedy = f"nearest: {_listed(dataset, near)}" if near else ""
    return UsageError(f"no {wanted} in the graph is called “{name}”", remedy=remedy)


def _listed(dataset: Dataset, nodes: list[NamedNode]) -> str:
    """`name (Kind, <iri from the base on>)` of each, at most five."""
    shown = [f"{_name(dataset, node)} ({_kind(dataset, node)} <{dataset.short(node.value)}>)" for node in nodes]
    return ", ".join(shown[:_SHOWN]) + (f" and {len(shown) - _SHOWN} more" if len(shown) > _SHOWN else "")


def _name(dataset: Dataset, node: NamedNode) -> str:
    quads = dataset.store.quads_for_pattern(node, NamedNode(PREF_LABEL), None, DefaultGraph())
    names = sorted(quad.object.value for quad in quads if isinstance(quad.object, Literal))
    return names[0] if names else dataset.short(node.value)


def _kind(dataset: Dataset, node: NamedNode) -> str:
    """The kind that the IRI is minted with, where the node has it among its classes, else the first of them."""
    classes = sorted(_classes(dataset, node))
    minted = dataset.short(node.value).partition("/")[0]
    return next((name for name in classes if name.lower() == minted), classes[0] if classes else "?")
