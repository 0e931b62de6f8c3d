"""Something that is wrong, in words, with the place in a letter where it is said."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg.query.dataset import Dataset
from kg.vocabulary import KG, PREF_LABEL, TYPE, letter_of, order

_DEFAULT = DefaultGraph()


@dataclass(frozen=True, slots=True)
class Place:
    """Where it is said: the letter by name, the file it was read from, the number of the passage, the sentence.

    What is not known is empty; `number` is -1 then.  Passages are counted from 0, as `kg explain` does.
    """

    letter: str = ""
    file: str = ""
    number: int = -1
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong: the rule that says so, messages and remedies, the node, property and value, and the place."""

    rule: str
    en: str
    zh: str
    do_en: str
    do_zh: str
    node: str
    path: str = ""
    value: str = ""
    place: Place = Place()

    @property
    def message(self) -> str:
        """The message in English."""
        return self.en


def place_of(dataset: Dataset, node: str, path: str = "", value: str = "", passage: str = "") -> Place:
    """Where a node is spoken of: in `passage` if it is given, else where its value is said, else where it is named."""
    found = passage or _passage(dataset, NamedNode(node), path, value) if _is_iri(node) else passage
    if not found:
        letter = letter_of(node)
        return Place(_one(dataset, letter, PREF_LABEL), _one(dataset, letter, KG + "sourceFile")) if letter else Place()
    letter = letter_of(found)
    name, file = (_one(dataset, letter, one) for one in (PREF_LABEL, KG + "sourceFile"))
    return Place(name, file, _number(dataset, found), _one(dataset, found, KG + "text"))


def _is_iri(node: str) -> bool:
    try:
        NamedNode(node)
    except ValueError:
        return False
    return True


def _passage(dataset: Dataset, node: NamedNode, path: str, value: str) -> str:
    """The first passage that says the value of the node, that says any value of it, that states or names it."""
    if _one(dataset, node.value, KG + "start"):
        return node.value
    store, predicate = dataset.store, NamedNode(path) if path and _is_iri(path) else None
    said = [
        (quad.graph_name.value, quad.object)
        for quad in store.quads_for_pattern(node, predicate, None)
        if isinstance(quad.graph_name, NamedNode)
    ]
    exact = [graph for graph, term in said if value and getattr(term, "value", "") == value]
    named = store.quads_for_pattern(None, NamedNode(KG + "mentions"), node, _DEFAULT)
    stated = store.quads_for_pattern(None, NamedNode(KG + "states"), node, _DEFAULT)
    for graphs in (
        exact,
        [graph for graph, _ in said],
        [quad.subject.value for quads in (stated, named) for quad in quads if isinstance(quad.subject, NamedNode)],
    ):
        passages = sorted((graph for graph in graphs if _one(dataset, graph, KG + "start")), key=order)
        if passages:
            return passages[0]
    return _using(dataset, node)


def _using(dataset: Dataset, term: NamedNode) -> str:
    """The first passage that uses a term as a property or class, or that names the subject of such a fact."""
    store = dataset.store
    used = [
        *store.quads_for_pattern(None, term, None, None),
        *store.quads_for_pattern(None, NamedNode(TYPE), term, None),
    ]
    graphs = {quad.graph_name.value for quad in used if isinstance(quad.graph_name, NamedNode)}
    passages = [graph for graph in graphs if _one(dataset, graph, KG + "start")]
    if passages:
        return min(passages, key=order)
    subjects = {quad.subject for quad in used if isinstance(quad.subject, NamedNode) and quad.subject != term}
    named = (_passage(dataset, one, "", "") for one in sorted(subjects, key=lambda one: order(one.value)))
    return next(filter(None, named), "")


def _number(dataset: Dataset, passage: str) -> int:
    """How many passages of the letter stand before this one."""
    letter = NamedNode(letter_of(passage))
    quads = dataset.store.quads_for_pattern(None, NamedNode(KG + "inDocument"), letter, _DEFAULT)
    names = sorted((quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)), key=order)
    return names.index(passage) if passage in names else -1


def _one(dataset: Dataset, subject: str, predicate: str) -> str:
    """The value of a property of the default graph; empty where there is none."""
    if not _is_iri(subject):
        return ""
    quads = dataset.store.quads_for_pattern(NamedNode(subject), NamedNode(predicate), None, _DEFAULT)
    return min((quad.object.value for quad in quads if isinstance(quad.object, Literal)), default="")
