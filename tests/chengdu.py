"""The graph of two invented letters (cases/chengdu.trig): in memory, and as a folder that `kg build` might have written."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store

from kg.query.dataset import Dataset
from kg.vocabulary import BASE, KG, VOID, dataset_iri

TRIG = Path(__file__).parent / "cases" / "chengdu.trig"
MARK = "0123456789abcdef"


def quads() -> list[Quad]:
    """The quads of the file and their merge in the default graph."""
    named = list(loaded(TRIG))
    return named + [Quad(quad.subject, quad.predicate, quad.object) for quad in named]


def loaded(path: Path) -> Store:
    store = Store()
    store.load(path=str(path), format=RdfFormat.TRIG)
    return store


def dataset() -> Dataset:
    """The graph in memory."""
    store = Store()
    store.extend(quads())
    return Dataset(store)


def built(folder: Path) -> Path:
    """The graph as a folder to read from, without the files beside the store."""
    store = Store(str(folder / f"store-{MARK}"))
    node = NamedNode(dataset_iri(BASE))
    store.extend(quads())
    for name, value in ((KG + "buildHash", MARK), (VOID + "uriSpace", BASE), (KG + "programVersion", "0")):
        store.add(Quad(node, NamedNode(name), Literal(value), node))
    store.flush()
    (folder / "store").symlink_to(f"store-{MARK}")
    return folder
