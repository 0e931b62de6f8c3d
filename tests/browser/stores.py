"""Invented graphs for the page's tests, in the layout of the dataset (README, "How it is built")."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store

from kg import __version__, ontology, registry, resolve, vocabulary
from kg.graph import World
from kg.letter import read_letter
from kg.model import Document, Reading
from kg.pipeline import graph_of, read_all

FIGURES = Path(__file__).parent / "figures.trig"
REPLIES = Path(__file__).parent.parent / "cases" / "asking"


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


def replies_store() -> Store:
    """Two invented replies of two agencies to one proposal, which repeat its requests and answer them."""
    return _store(read_all([REPLIES / "e-2025-31.txt", REPLIES / "f-2025-8.txt"])[0])


def reply_store(body: str) -> Store:
    """A reply with a text of its own."""
    head = "洛交提函〔2025〕9号\n\n关于市政协十五届三次会议第31号提案的答复函\n\n闻人静委员：\n\n您提出的提案收悉，现答复如下：\n\n"
    names = registry.load()
    letter = read_letter(Document("reply.txt", "0" * 64, f"{head}{body}\n\n感谢您的关心！\n"), names)
    return _store([resolve.read(letter, ontology.load(), names)])


def _store(readings: Sequence[Reading]) -> Store:
    return graph_of(readings, World(ontology.load(), registry.load(), vocabulary.BASE, __version__))
