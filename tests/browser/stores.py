"""Invented graphs for the page's tests, in the layout of the dataset (README, "How it is built")."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store

from kg import vocabulary

FIGURES = Path(__file__).parent / "figures.trig"


def kg(name: str) -> NamedNode:
    return NamedNode(vocabulary.KG + name)


def figures_store() -> Store:
    """Three letters with figures of several years, incentives, statuses and policies with their validity."""
    store = Store()
    store.load(FIGURES.read_bytes(), format=RdfFormat.TRIG)
    for quad in list(store):
        store.add(Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()))
    return store


def letter_of_things(names: list[str]) -> Store:
    """A letter with one programme that supports everything of the given names, each in a sentence of its own."""
    store = Store()
    letter, programme = NamedNode(f"{vocabulary.BASE}letter/1号"), NamedNode(f"{vocabulary.BASE}programme/总")

    def add(subject: NamedNode, predicate: str | NamedNode, value: NamedNode | Literal, graph: NamedNode) -> None:
        for where in (graph, DefaultGraph()):
            store.add(Quad(subject, kg(predicate) if isinstance(predicate, str) else predicate, value, where))

    def name(thing: NamedNode, kind: str, label: str) -> None:
        add(thing, NamedNode(vocabulary.TYPE), kg(kind), letter)
        add(thing, NamedNode(vocabulary.PREF_LABEL), Literal(label, language="zh"), letter)

    name(letter, "Letter", "1号")
    name(programme, "Programme", "总计划")
    for number, label in enumerate(names):
        start, end = number * 10, number * 10 + 9
        thing, passage = NamedNode(f"{vocabulary.BASE}group/{number}"), NamedNode(f"{letter.value}#char={start},{end}")
        name(thing, "Group", label)
        for key, value in (
            ("text", Literal(f"总计划支持{label}。", language="zh")),
            ("start", Literal(start)),
            ("section", Literal("plan")),
        ):
            add(passage, key, value, letter)
        add(passage, "inDocument", letter, letter)
        add(passage, "mentions", thing, passage)
        add(passage, "mentions", programme, passage)
        add(programme, "supports", thing, passage)
    return store
