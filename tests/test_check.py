"""`kg check`: graphs broken on purpose, one way at a time, and what is told of each."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse

from kg import __version__, ontology, registry
from kg.check import Finding, broken, disagreements, findings, invariants
from kg.check.agreement import read
from kg.check.finding import Place, place_of
from kg.errors import InputError, StoreError
from kg.export import format_named
from kg.graph import World
from kg.pipeline import graph_of, read_all
from kg.query.dataset import Dataset
from kg.vocabulary import BASE, KG, PREFIXES

ROOT = Path(__file__).resolve().parent.parent
LETTERS = tuple(ROOT / "tests" / "cases" / "asking" / name for name in ("a-2022-21.txt", "c-2022-9.txt"))
NAMES = [rule.question.name for rule in invariants()]

A = "letter/并工信提函〔2022〕21号"
P = f"<{A}#char=238,293>"  # 我局与市财政局联合印发《太原市铸造产业振兴办法》……奖励30万元。
F = f"<{A}#char=240,241>"  # no figure stands there
POLICY = "<policy/太原市铸造产业振兴办法>"
PLAN = "<policy/太原市绿色铸造三年行动计划(2022-2024年)>"
WORKS = "<programme/百炉焕新_太原市>"

# What is added to a sound graph, in the graph of passage P and in the default graph, and a piece of what is told.
BROKEN = {
    "asks-and-answers": (f"<{A}> kg:contact <person/贺兰舟_太原市政协> .", "贺兰舟 made the proposal"),
    "based-on-itself": (f"{POLICY} kg:basedOn {PLAN} . {PLAN} kg:basedOn {POLICY} .", "“太原市铸造产业振兴办法” is"),
    "figure-outside-its-passage": (f"{P} kg:states <{A}#char=900,903> . <{A}#char=900,903> kg:value 7.0 .", "7 stands at 900,903"),
    "number-and-date": (f'<{A}> dcterms:issued "2019-06-20"^^xsd:date .', "〔2022〕21号, and the date 2019-06-20"),
    "part-of-itself": (f"{WORKS} kg:partOf {WORKS} .", "“百炉焕新” is a part of itself"),
    "printed-before-signed": (f'<{A}> kg:printedOn "2022-06-19"^^xsd:date .', "2022-06-19, before it was signed on 2022-06-20"),
    "read-twice": ('<letter/x> kg:sha256 "1" ; kg:sourceFile "x.txt" . <letter/y> kg:sha256 "1" ; kg:sourceFile "y.txt" .', "x.txt and y.txt"),
    "result-ahead": (f'{P} kg:states {F} . {F} a kg:Result ; kg:indicator "甲" ; kg:value 3.0 ; kg:fromYear 2031 .', "3 is a result of 2031"),
    "shared-number": (f'{PLAN} kg:documentNumber "并工信发〔2021〕6号" .', "belongs to “太原市"),
    "target-behind": (f'{P} kg:states {F} . {F} a kg:Target ; kg:indicator "甲" ; kg:value 3.0 ; kg:toYear 2001 .', "by 2001, and the letter is of 2022"),
    "two-numbers": (f'{POLICY} kg:documentNumber "并工信发〔2022〕9号" .', "并工信发〔2021〕6号 and 并工信发〔2022〕9号"),
    "undefined-terms": (f"{POLICY} kg:retired {PLAN} .", "kg:retired, which the ontology does not define (1 times)"),
    "unmerged": ("", "lacks it: policy/太原市铸造产业振兴办法 kg:basedOn"),
    "unsaid": ("", "nothing says this: policy/太原市铸造产业振兴办法 kg:basedOn"),
    "validity-backwards": (f'{PLAN} kg:validUntil "1999"^^xsd:gYear .', "valid from 2022 until 1999"),
}  # fmt: skip


def sound() -> Store:
    readings, _ = read_all(LETTERS)
    return graph_of(readings, World(ontology.load(), registry.load(), BASE, __version__))


@pytest.fixture(scope="module")
def good() -> Dataset:
    return Dataset(sound())


def worse(good: Dataset, name: str) -> Dataset:
    """A copy of the sound graph, broken as BROKEN says; unmerged and unsaid lack one of the two places of a fact."""
    store = Store()
    store.extend(good.store)
    passage = NamedNode(BASE + P[1:-1])
    prefixes = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
    more = BROKEN[name][0] or f"{POLICY} kg:basedOn {PLAN} ."
    graphs = {"unmerged": [passage], "unsaid": [DefaultGraph()]}.get(name, [passage, DefaultGraph()])
    for quad in parse(f"{prefixes}{more}", format=RdfFormat.TURTLE, base_iri=BASE):
        store.extend(Quad(quad.subject, quad.predicate, quad.object, graph) for graph in graphs)
    return Dataset(store)


def rule(name: str) -> Any:
    return next(rule for rule in invariants() if rule.question.name == name)


def test_a_sound_graph_breaks_nothing(good: Dataset) -> None:
    assert list(broken(good)) == []


def test_every_check_has_a_graph_that_breaks_it() -> None:
    assert set(NAMES) == set(BROKEN)


@pytest.mark.parametrize("name", NAMES)
def test_a_broken_graph_is_told(good: Dataset, name: str) -> None:
    found = list(broken(worse(good, name), [rule(name)]))
    assert found
    assert any(BROKEN[name][1] in one.en for one in found), [one.en for one in found]
    for one in found:
        assert one.rule == name
        assert one.do_en.isascii() and re.search("[\u4e00-\u9fff]", one.do_zh) and re.search("[\u4e00-\u9fff]", one.zh)
        assert not re.search(r"[{}]", one.en + one.zh + one.do_en + one.do_zh), "every column is filled in"


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("unsaid", "read-twice")])
def test_it_names_the_letter_the_passage_and_the_sentence(good: Dataset, name: str) -> None:
    for one in broken(worse(good, name), [rule(name)]):
        assert one.place.letter.startswith(("并工信提函", "并财提函"))
        assert one.place.file.endswith(".txt")
        assert one.place.number >= 0
        assert one.place.quote


def test_the_place_of_a_passage_is_that_of_explain(good: Dataset) -> None:
    place = place_of(good, BASE + P[1:-1])
    assert place.quote.startswith("我局与市财政局联合印发")
    reading = read_all(LETTERS)[0][0]
    assert reading.letter.passages[place.number].text == place.quote


def test_the_place_of_what_nobody_names_is_empty(good: Dataset) -> None:
    assert place_of(good, "https://example.org/x") == Place()
    assert place_of(good, "no IRI") == Place()


# --- Shapes


@pytest.fixture
def written(good: Dataset, tmp_path: Path) -> Path:
    """The default graph of the sound graph in a file."""
    with (tmp_path / "kg.nt").open("wb") as sink:
        format_named("ntriples").write(good.store, sink)
    return tmp_path / "kg.nt"


def of_shapes(path: Path, dataset: Dataset) -> tuple[Finding, ...]:
    return findings(path, ROOT / "ontology" / "shapes.ttl", ROOT / "ontology" / "policy-kg.ttl", dataset)


SHAPES = {
    f"<{BASE}{A}> <{KG}issuedBy> <{BASE}policy/太原市铸造产业振兴办法> .": ("的宾语类别不对", "the object of"),
    f'<{BASE}{P[1:-1]}> <{KG}start> "x" .': ("起始位置", "start"),
    f'<{BASE}policy/太原市铸造产业振兴办法> <{KG}year> "1821"^^<http://www.w3.org/2001/XMLSchema#integer> .': (
        "年份",
        "year",
    ),
}


@pytest.mark.parametrize(("line", "said"), SHAPES.items())
def test_what_breaks_a_shape_is_told_in_both_languages_with_its_place(
    good: Dataset, written: Path, line: str, said: tuple[str, str]
) -> None:
    assert of_shapes(written, good) == ()
    with written.open("a", encoding="utf-8") as sink:
        sink.write(f"{line}\n")
    found = of_shapes(written, good)
    assert any(said[0] in one.zh and said[1] in one.en for one in found)
    assert all(one.place.letter and one.place.quote and one.do_zh and one.do_en for one in found)


def test_a_value_that_breaks_several_constraints_is_told_once(good: Dataset, written: Path) -> None:
    """It is no number, not above nought, and not before the end: the first is what is wrong."""
    line = next(
        line for line in written.read_text(encoding="utf-8").splitlines() if P[1:-1] in line and "#start>" in line
    )
    text = written.read_text(encoding="utf-8").replace(line, line.partition(' "')[0] + ' "x" .')
    written.write_text(text, encoding="utf-8")
    (one,) = of_shapes(written, good)
    assert one.rule == "Datatype" and one.en == "the value of 'start' is of another datatype"
    assert one.place.quote.startswith("我局与市财政局联合印发")


@pytest.mark.parametrize("text", [b"<a> <b> .\n", b"\xff\xfe{{{", b"<a> <b> "])
def test_a_damaged_file_is_one_line(good: Dataset, tmp_path: Path, text: bytes) -> None:
    (tmp_path / "kg.ttl").write_bytes(b"# build 0123456789abcdef\n" + text)
    for look in (lambda path: of_shapes(path, good), read):
        with pytest.raises(StoreError) as caught:
            look(tmp_path / "kg.ttl")
        assert re.fullmatch(
            r"\S+kg.ttl(, line \d+)?: damaged: it cannot be read as RDF; run kg build again", str(caught.value)
        )


# --- Is the file what the store is?


def compared(written: Path, good: Dataset, *changes: tuple[str, str]) -> list[Finding]:
    text = written.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    written.write_text(text, encoding="utf-8")
    return list(disagreements(read(written), good))


def test_a_file_that_says_what_the_store_says(good: Dataset, written: Path) -> None:
    assert compared(written, good) == []


def test_a_file_that_differs_from_the_store_is_told(good: Dataset, written: Path) -> None:
    line = next(line for line in written.read_text(encoding="utf-8").splitlines() if f"{P[1:-1]}> <{KG}start>" in line)
    (one,) = compared(
        written, good, (f"{line}\n", ""), ("", f"<{BASE}policy/甲> <{KG}year> 2 .\n".replace(" 2 ", ' "2" '))
    )
    assert one.en.startswith(
        "kg.ttl is not the same as the store: facts it lacks: 1, facts that only it has: 1; the first: "
    )
    assert one.zh.startswith("kg.ttl 与库不一致：缺 1 条，多 1 条；第一条：")
    (one,) = compared(written, good, (f'<{BASE}policy/甲> <{KG}year> "2" .\n', ""))
    assert f"{A}#char=238,293 kg:start “238”" in one.en
    assert one.place.letter == "并工信提函〔2022〕21号" and one.place.quote.startswith("我局与市财政局联合印发")
    assert "kg build" in one.do_en and "kg build" in one.do_zh


def test_a_term_of_the_file_that_is_none_is_told_with_its_place(good: Dataset, written: Path) -> None:
    line = next(
        line for line in written.read_text(encoding="utf-8").splitlines() if f"<{BASE}{A}> <{KG}issuedBy>" in line
    )
    found = compared(written, good, (line, line.replace("issuedBy", "isuedBy")))
    assert [one.rule for one in found] == ["Vocabulary", "Agreement"]
    assert (found[0].en, found[0].zh) == (
        "the ontology does not define kg:isuedBy (kg:issuedBy?)", "本体未定义 kg:isuedBy (kg:issuedBy?)",
    )  # fmt: skip
    assert found[0].place.letter == "并工信提函〔2022〕21号" and found[0].place.quote
    found = compared(written, good, (f"<{KG}Policy> .", f"<{KG}Polcy> ."))
    assert "the ontology does not define kg:Polcy (kg:Policy?)" in [one.en for one in found]


def test_a_term_of_the_store_that_is_none_has_the_sentence_that_uses_it(good: Dataset) -> None:
    (one,) = broken(worse(good, "undefined-terms"), [rule("undefined-terms")])
    assert one.place.letter == "并工信提函〔2022〕21号"
    assert one.place.quote.startswith("我局与市财政局联合印发")


def test_what_letters_tell_of_one_policy_in_different_ways_breaks_no_shape(tmp_path: Path) -> None:
    """Two numbers of two years, two first days: the question conflicting-citations tells of them."""
    readings, _ = read_all(tuple(sorted((ROOT / "tests" / "cases" / "asking").glob("*.txt"))))
    store = graph_of(readings, World(ontology.load(), registry.load(), BASE, __version__))
    policy, year = NamedNode(f"{BASE}policy/太原市铸造产业振兴办法"), NamedNode(f"{KG}year")
    years = {quad.object.value for quad in store.quads_for_pattern(policy, year, None, DefaultGraph())}
    assert years == {"2021", "2022"}
    with (tmp_path / "kg.nt").open("wb") as sink:
        format_named("ntriples").write(store, sink)
    assert of_shapes(tmp_path / "kg.nt", Dataset(store)) == ()


def test_a_check_without_its_messages(tmp_path: Path) -> None:
    (tmp_path / "a.rq").write_text("# message: x\nSELECT ?node {}", encoding="utf-8")
    with pytest.raises(InputError, match="a.rq: no message-zh, do, do-zh; write # message:"):
        invariants(tmp_path)
