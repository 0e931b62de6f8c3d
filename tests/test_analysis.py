"""The network of facts: ways between things, what is central, what belongs together; on networks whose answers are known."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.analysis import MEASURES, central, communities, network, paths
from kg.analysis.central import pivots
from kg.errors import UsageError
from kg.graph import ontology_quads
from kg.pipeline import build
from kg.query.dataset import Dataset
from kg.vocabulary import BASE, KG, PREF_LABEL, TYPE

Fact = tuple[str, str, str]


def node(name: str) -> NamedNode:
    """甲 is a programme, a name that begins with a kind is of that kind: letter/1."""
    return NamedNode(BASE + (name if "/" in name else f"programme/{name}"))


def dataset(*facts: Fact) -> Dataset:
    """A graph of facts, each said by a passage of its own in letter/1."""
    store = Store()
    store.extend(ontology_quads(BASE))
    for number, (subject, relation, value) in enumerate(facts):
        letter = node("letter/1")
        passage = NamedNode(f"{letter.value}#char={number * 10},{number * 10 + 9}")
        ends = node(subject), NamedNode(KG + relation), node(value)
        for graph in (passage, None):
            store.add(Quad(*ends, graph) if graph else Quad(*ends))
        store.add(Quad(passage, NamedNode(KG + "text"), Literal(f"{subject}…{value}。", language="zh")))
        store.add(Quad(passage, NamedNode(KG + "inDocument"), letter))
        for name in (subject, value, "letter/1"):
            kind, _, last = node(name).value.removeprefix(BASE).partition("/")
            store.add(Quad(node(name), NamedNode(PREF_LABEL), Literal(last, language="zh")))
            store.add(Quad(node(name), NamedNode(TYPE), NamedNode(KG + kind.capitalize())))
    return Dataset(store)


def chain(names: str) -> list[Fact]:
    return [(one, "partOf", other) for one, other in pairwise(names)]


def ways(given: Dataset, one: str, other: str, **options: object) -> list[str]:
    """The shortest ways as texts: 甲→乙←丙."""
    found = paths(given, node(one), node(other), **options)  # type: ignore[arg-type]
    return [
        way.steps[0][0].start.name
        + "".join(f"{'←' if facts[0].backwards else '→'}{facts[0].stop.name}" for facts in way.steps)
        for way in found.ways
    ]


# --- Ways

DIAMOND = dataset(*chain("甲乙丁"), *chain("甲丙丁"), *chain("丁戊"), ("己", "partOf", "庚"))


def test_all_of_the_shortest_ways() -> None:
    assert ways(DIAMOND, "甲", "戊") == ["甲→丙→丁→戊", "甲→乙→丁→戊"]  # in the order of their IRIs: 丙 before 乙
    assert ways(DIAMOND, "戊", "甲") == ["戊←丁←丙←甲", "戊←丁←乙←甲"]


def test_no_longer_way_is_told() -> None:
    given = dataset(*chain("甲乙"), *chain("甲丙乙"))
    assert ways(given, "甲", "乙") == ["甲→乙"]


def test_at_most_so_many_and_how_many_there_are() -> None:
    found = paths(DIAMOND, node("甲"), node("戊"), limit=1)
    assert (len(found.ways), found.total) == (1, 2)
    assert "1 more ways" in str(found)


def test_many_ways_are_counted_without_walking_them() -> None:
    """Forty diamonds in a row have 2^40 shortest ways."""
    facts: list[Fact] = []
    for number in range(40):
        for side in "ab":
            facts += [(f"甲{number}", "partOf", f"{side}{number}"), (f"{side}{number}", "partOf", f"甲{number + 1}")]
    found = paths(dataset(*facts), node("甲0"), node("甲40"), limit=3)
    assert (len(found.ways), found.total) == (3, 2**40)


def test_each_step_has_its_facts_with_direction_and_sentence() -> None:
    given = dataset(("甲", "partOf", "乙"), ("丙", "carriedOutBy", "乙"), ("丙", "supports", "乙"))
    first, second = paths(given, node("甲"), node("丙")).ways[0].steps
    assert [(step.relation.name, step.backwards, step.sentences[0].text) for step in (*first, *second)] == [
        ("partOf", False, "甲…乙。"),
        ("carriedOutBy", True, "丙…乙。"),
        ("supports", True, "丙…乙。"),
    ]
    assert first[0].sentences[0].letter == "1"


def test_a_relation_that_holds_both_ways_is_told_once() -> None:
    given = dataset(("agency/甲", "cooperatesWith", "agency/乙"), ("agency/乙", "cooperatesWith", "agency/甲"))
    (step,) = paths(given, node("agency/甲"), node("agency/乙")).ways[0].steps
    assert [(fact.relation.name, fact.backwards) for fact in step] == [("cooperatesWith", False)]


def test_not_over_things_of_a_kind() -> None:
    given = dataset(
        ("letter/1", "mentionsNothing", "甲"),
        *chain("甲乙丙丁"),
        ("甲", "issuedBy", "agency/局"),
        ("丁", "issuedBy", "agency/局"),
    )
    assert ways(given, "甲", "丁") == ["甲→局←丁"]
    assert ways(given, "甲", "丁", without=["Agency"]) == ["甲→乙→丙→丁"]
    assert ways(given, "甲", "agency/局", without=["Agency"]) == ["甲→局"]  # the ends may be of it
    with pytest.raises(UsageError, match="nearest: Agency"):
        paths(given, node("甲"), node("丁"), without=["Agencies"])


def test_where_nothing_connects_that_is_said() -> None:
    assert str(paths(DIAMOND, node("甲"), node("己"))) == (
        "甲 – 己: no facts connect them · 没有事实把两者连起来\nno letter names both · 没有一函同时提到两者"
    )
    assert str(paths(DIAMOND, node("甲"), node("甲"))) == "甲 – 甲: they are the same thing · 两者是同一个"
    assert len(paths(DIAMOND, node("甲"), node("己")).table()) == 0


def test_what_a_passage_mentions_joins_nothing() -> None:
    given = dataset(*chain("甲乙"))
    passage = NamedNode(f"{BASE}letter/1#char=0,9")
    for name in ("甲", "丁"):
        given.store.add(Quad(passage, NamedNode(KG + "mentions"), node(name)))
    assert len(network(given).pairs) == 1


def mentioning(*passages: tuple[str, str]) -> Dataset:
    """甲 and 己, which no facts connect; each passage is (where it stands, the names that it mentions)."""
    given = dataset(*chain("甲乙"), *chain("己庚"))
    for place, names in passages:
        passage = NamedNode(BASE + place)
        given.store.add(Quad(passage, NamedNode(KG + "text"), Literal(f"{'与'.join(names)}。", language="zh")))
        for name in names:
            given.store.add(Quad(passage, NamedNode(KG + "mentions"), node(name)))
    return given


def test_what_no_facts_connect_may_be_named_together() -> None:
    given = mentioning(("letter/1#char=100,109", "甲己"), ("letter/1#char=200,209", "甲"))
    text = str(paths(given, node("甲"), node("己")))
    assert "named together in 1 sentence · 有1句同时提到两者\n      1  0-0\n        甲与己。" in text
    given = mentioning(("letter/1#char=100,109", "甲"), ("letter/1#char=200,209", "己"))
    assert "letters that name both · 同时提到两者的函 (1): 1" in str(paths(given, node("甲"), node("己")))


# --- What is central


def scores(given: Dataset, by: str, **options: object) -> dict[str, float]:
    return {one.thing.name: one.score for one in central(given, by=by, **options).things}  # type: ignore[arg-type]


STAR = dataset(*(("甲", "partOf", other) for other in "乙丙丁戊"))


def test_degree() -> None:
    assert scores(STAR, "degree") == {"甲": 4, "丁": 1, "丙": 1, "乙": 1, "戊": 1}


def test_betweenness() -> None:
    """All shortest ways of a star lead over its middle; of a chain of five 4 of 6 over the middle, 3 of 6 beside it."""
    assert scores(STAR, "betweenness") == {"甲": 1, "丁": 0, "丙": 0, "乙": 0, "戊": 0}
    assert scores(dataset(*chain("甲乙丙丁戊")), "betweenness") == {
        "丙": 0.666667,
        "乙": 0.5,
        "丁": 0.5,
        "戊": 0,
        "甲": 0,
    }


def test_pagerank() -> None:
    """Of a star with four ends: x = 0.03 + 0.85 * 4y, y = 0.03 + 0.85 * x / 4, which adds up to 1."""
    x = (0.03 + 0.85 * 4 * 0.03) / (1 - 0.85**2)
    found = scores(STAR, "pagerank")
    assert found["甲"] == pytest.approx(x, abs=1e-5)
    assert sum(found.values()) == pytest.approx(1, abs=1e-5)


def test_of_one_kind_and_at_most_so_many() -> None:
    given = dataset(("甲", "issuedBy", "agency/子"), ("乙", "issuedBy", "agency/子"), ("乙", "issuedBy", "agency/丑"))
    assert [(one.rank, one.thing.name) for one in central(given, kind="Agency").things] == [(1, "子"), (2, "丑")]
    assert len(central(given, limit=1).things) == 1
    assert scores(given, "degree", without=["Agency"]) == {}
    with pytest.raises(UsageError, match="nearest: Agency"):
        central(given, kind="Agencies")
    with pytest.raises(UsageError, match="nearest: pagerank"):
        central(given, by="pageranc")


def test_bodies_are_central_by_what_they_do_and_not_by_their_letters() -> None:
    """子 and 丑 carry 甲 out together; 寅 writes a letter of which 卯 gets a copy, and issues a policy in its text."""
    facts = [
        ("甲", "carriedOutBy", "agency/子"),
        ("甲", "carriedOutBy", "agency/丑"),
        ("policy/乙", "issuedBy", "agency/寅"),
    ]
    form = [("letter/1", "issuedBy", "agency/寅"), ("letter/1", "copiedTo", "agency/卯")]
    given = dataset(*facts, *form)
    for number in (3, 4):  # the passages of `form`
        passage = NamedNode(f"{BASE}letter/1#char={number * 10},{number * 10 + 9}")
        given.store.add(Quad(passage, NamedNode(KG + "section"), Literal("form")))
    assert scores(given, "degree", kind="Agency") == {"丑": 1, "子": 1, "寅": 1}
    assert scores(given, "degree", kind="agency", letterhead=True) == {"寅": 2, "丑": 1, "卯": 1, "子": 1}
    assert scores(given, "degree")["1"] == 2, "of all things letters are some"
    assert "1" not in scores(given, "degree", letterhead=False)
    assert {member.name for group in communities(given).groups for member in group.members} == set("甲乙子丑寅")
    assert communities(given, letterhead=True).groups[0].size == 4


def test_what_is_said_twice_counts_once() -> None:
    assert scores(dataset(("甲", "partOf", "乙"), ("甲", "partOf", "乙"), ("乙", "supports", "甲")), "degree") == {
        "乙": 1,
        "甲": 1,
    }


def test_a_large_network_is_estimated() -> None:
    """Of a ring the shortest ways are a quarter of it long on average, so that a quarter of them leads over each thing."""
    ring = [f"甲{number}" for number in range(3000)]
    assert pivots(len(ring), len(ring)) == 666
    found = scores(
        dataset(*((one, "partOf", other) for one, other in pairwise([*ring, ring[0]]))), "betweenness", limit=3000
    )
    assert len(found) == 3000
    assert all(0.22 < score < 0.28 for score in found.values())


# --- What belongs together


def clique(names: Iterable[str]) -> list[Fact]:
    return [(one, "partOf", other) for one, other in combinations(names, 2)]


def test_communities() -> None:
    given = dataset(*clique("甲乙丙丁"), *clique("子丑寅"), ("甲", "partOf", "子"))
    found = communities(given)
    assert [(one.number, one.size, {member.name for member in one.members}) for one in found.groups] == [
        (1, 4, set("甲乙丙丁")),
        (2, 3, set("子丑寅")),
    ]
    assert found.groups[0].members[0].name == "甲"  # what is joined to most
    assert communities(given, limit=1).total == 2
    table = central(given, with_communities=True).table()
    assert {row["name"]: (row["community"], row["around"]) for row in table}["寅"] == (2, "子")
    assert "community" not in central(given).table().columns


def test_an_empty_graph_has_none() -> None:
    empty = dataset()
    assert communities(empty).groups == ()
    for by in MEASURES:
        assert "(nothing found)" in str(central(empty, by=by))


# --- The same in every process


def test_nothing_depends_on_chance(tmp_path: Path, letters: tuple[Path, ...]) -> None:
    build(letters, tmp_path / "out")
    commands = [["top", "--by", by, "--with-communities"] for by in MEASURES]
    commands += [["top", "--communities"], ["path", "科创指数", "周国忠"]]
    program = "import sys; from kg.cli import main\nfor words in {}:\n try: main([*words, '--from', sys.argv[1]])\n except SystemExit: pass"
    outputs = set()
    for seed in ("1", "2", "77"):
        env = {**os.environ, "PYTHONHASHSEED": seed}
        call = [sys.executable, "-c", program.format(commands), str(tmp_path / "out")]
        outputs.add(subprocess.run(call, env=env, capture_output=True, check=True).stdout)
    assert len(outputs) == 1 and len(next(iter(outputs))) > 1000
