"""A built graph, opened for questions: the store and the base of its IRIs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Store

from kg.query.look import Look
from kg.store import build_of, open_store
from kg.vocabulary import BASE


@dataclass(frozen=True, slots=True)
class Dataset:
    """What a question is put to."""

    store: Store
    base: str = BASE

    def short(self, iri: str) -> str:
        """An IRI as a reader knows it."""
        return self.look().short(iri)

    def look(self, width: int | None = None, heads: Mapping[str, str] | None = None, excel: bool = False) -> Look:
        """How answers from this graph are shown: on `width` columns, under `heads`, for spreadsheets."""
        return Look(self.base, width, heads or {}, excel)


def open_dataset(out: Path) -> Dataset:
    """The graph that `kg build` wrote into folder `out`.  Raises StoreError where there is none."""
    store = open_store(out)
    return Dataset(store, build_of(store).base)
