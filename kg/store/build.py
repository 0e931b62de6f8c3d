"""What a store says of itself."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Store

from kg.errors import StoreError
from kg.vocabulary import expand

BUILD_HASH = NamedNode(expand("kg:buildHash"))
_OTHERS = tuple(NamedNode(expand(name)) for name in ("void:uriSpace", "kg:programVersion", "kg:ontologyVersion"))


@dataclass(frozen=True, slots=True)
class Build:
    """The hash of all that a store holds, the base of its IRIs, and the versions of what made it."""

    hash: str
    base: str
    program: str
    ontology: str


def build_of(store: Store) -> Build:
    """The description that `kg.store.contents.seal` left in a store.  StoreError for a store without one."""
    sealed = next(iter(store.quads_for_pattern(None, BUILD_HASH, None)), None)
    if sealed is None or not isinstance(sealed.subject, NamedNode):
        raise StoreError("the store does not say of which build it is", remedy="run kg build again")
    return Build(*(_one(store, sealed.subject, predicate) for predicate in (BUILD_HASH, *_OTHERS)))


def _one(store: Store, dataset: NamedNode, predicate: NamedNode) -> str:
    quad = next(iter(store.quads_for_pattern(dataset, predicate, None, dataset)), None)
    return quad.object.value if quad is not None and isinstance(quad.object, Literal) else ""
