"""Formats of output: the same graph in rdflib and pyoxigraph, the same bytes always, and made to be read."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import networkx
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, parse
from rdflib.compare import isomorphic, to_isomorphic

from kg import export, ontology, registry
from kg.errors import UsageError
from kg.export import _turtle_text as turtle
from kg.export import format_named, formats
from kg.graph import World
from kg.graph.term import decimal
from kg.model import Entity, Reading, Ref
from kg.pipeline import graph_of
from kg.rewrite import rewrite
from kg.vocabulary import BASE, KG, XSD, legal
from tests.invented import GROUP, LINES, NUMBER, PROGRAMME, REPORT, reading
from tests.test_vocabulary import HOSTILE

# rdflib still uses names of its own that it wants nobody to use.
pytestmark = pytest.mark.filterwarnings("ignore:(Dataset.default_context|ConjunctiveGraph):DeprecationWarning")

WORLD = World(ontology.load(), registry.load(), program="1.2.3")
STORE = graph_of((reading(), reading("two.txt", "蓉农函〔2023〕18号")), WORLD)
DATASETS = {"trig": RdfFormat.TRIG, "nquads": RdfFormat.N_QUADS, "jsonld": RdfFormat.JSON_LD}
GRAPHS = {"turtle": RdfFormat.TURTLE, "ntriples": RdfFormat.N_TRIPLES, "rdfxml": RdfFormat.RDF_XML}
RDFLIB = {
    "turtle": "turtle",
    "ntriples": "nt",
    "rdfxml": "xml",
    "trig": "trig",
    "nquads": "nquads",
    "jsonld": "json-ld",
}


def written(name: str, store: Store = STORE) -> bytes:
    format_named(name).write(store, stream := io.BytesIO())
    return stream.getvalue()


def default(store: Store) -> set[str]:
    return {str(quad.triple) for quad in store.quads_for_pattern(None, None, None, DefaultGraph())}


def nameless(quad: Quad) -> bool:
    return isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode)


def named(store: Store) -> tuple[set[str], int]:
    """The quads without blank nodes, and how many have some."""
    every = list(store)
    return {str(quad) for quad in every if not nameless(quad)}, sum(map(nameless, every))


def hostile(key: str) -> Reading:
    """The reading with an ugly key and name for one thing."""
    new = Ref(PROGRAMME.kind, key)
    given = rewrite(reading(), lambda part: new if part == PROGRAMME and isinstance(part, Ref) else part)
    return replace(given, entities=(*given.entities, Entity(new, key, (f"{key}2", "x"))))


# --- One graph in all formats


def test_all_formats_are_there() -> None:
    assert set(formats()) == DATASETS.keys() | GRAPHS.keys() | {"graphml"}
    assert len({form.suffix for form in formats().values()}) == len(formats())
    assert all(form.title and form.suffix.startswith(".") for form in formats().values())


def test_an_unknown_format_and_its_nearest_names() -> None:
    with pytest.raises(UsageError, match="unknown format 'turtel'; use turtle"):
        format_named("turtel")
    with pytest.raises(UsageError, match="use graphml, jsonld, "):
        format_named("zzz")


@pytest.mark.parametrize("name", GRAPHS)
def test_the_default_graph_is_read_back(name: str) -> None:
    read = {str(quad.triple) for quad in parse(written(name), format=GRAPHS[name])}
    assert read == default(STORE)
    wanted = rdflib.Graph().parse(data=written("ntriples"), format="nt")
    assert set(rdflib.Graph().parse(data=written(name), format=RDFLIB[name])) == set(wanted)


@pytest.mark.parametrize("name", DATASETS)
def test_the_dataset_is_read_back(name: str) -> None:
    store = Store()
    store.load(written(name), DATASETS[name])
    assert named(store) == named(STORE)


@pytest.mark.parametrize("name", DATASETS)
def test_the_dataset_is_read_back_by_rdflib(name: str) -> None:
    wanted = rdflib.Dataset().parse(data=written("nquads"), format="nquads")
    found = rdflib.Dataset().parse(data=written(name), format=RDFLIB[name])
    graphs = {str(graph.identifier) for graph in wanted.graphs() if len(graph)}
    assert {str(graph.identifier) for graph in found.graphs() if len(graph)} == graphs
    for iri in graphs - {f"{BASE}ontology"}:
        assert set(found.graph(rdflib.URIRef(iri))) == set(wanted.graph(rdflib.URIRef(iri))), iri
    assert set(found.default_graph) == set(wanted.default_graph)


def test_the_ontology_is_read_back_with_its_blank_nodes() -> None:
    graphs = [
        rdflib.Dataset().parse(data=written(name), format=RDFLIB[name]).graph(rdflib.URIRef(f"{BASE}ontology"))
        for name in DATASETS
    ]
    assert all(to_isomorphic(graph) == to_isomorphic(graphs[0]) for graph in graphs[1:])


UGLY = graph_of([hostile(key) for ugly in HOSTILE for key in (ugly, f"甲{ugly}乙")], WORLD)


@pytest.mark.parametrize("name", [*GRAPHS, *DATASETS])
def test_hostile_names_are_read_back(name: str) -> None:
    text = written(name, UGLY)
    quads = parse(text, format=DATASETS.get(name) or GRAPHS[name])
    assert {str(quad.triple) for quad in quads if quad.graph_name == DefaultGraph()} == default(UGLY)
    graph = rdflib.Dataset().parse(data=text, format=RDFLIB[name]).default_graph if name in DATASETS else None
    graph = graph if graph is not None else rdflib.Graph().parse(data=text, format=RDFLIB[name])
    assert set(graph) == set(rdflib.Graph().parse(data=written("ntriples", UGLY), format="nt"))


@given(st.text(st.characters(), max_size=12))
@settings(max_examples=25)
def test_any_name_is_read_back_by_both(key: str) -> None:
    store = graph_of((hostile(key),), WORLD)
    text = written("turtle", store)
    assert {str(quad.triple) for quad in parse(text, format=RdfFormat.TURTLE)} == default(store)
    labels = {
        str(label) for label in rdflib.Graph().parse(data=text, format="turtle").objects(None, rdflib.SKOS.prefLabel)
    }
    assert legal(key) in labels


@pytest.mark.parametrize("number", ["763", "0.5", "12000", "1000000000000", "0.000001", "-1.5", "0"])
def test_numbers_have_one_form_everywhere(number: str) -> None:
    given = reading()
    given = replace(given, measures=(replace(given.measures[0], value=Decimal(number)),))
    store = graph_of((given,), WORLD)
    value = rdflib.URIRef(KG + "value")
    for name in GRAPHS:
        (found,) = rdflib.Graph().parse(data=written(name, store), format=RDFLIB[name]).objects(None, value)
        assert (str(found), str(found.datatype)) == (number, XSD + "decimal"), name  # type: ignore[union-attr]
        ((again,),) = [
            [q.object for q in parse(written(name, store), format=GRAPHS[name]) if q.predicate.value == str(value)]
        ]
        assert again == decimal(Decimal(number))


@pytest.mark.parametrize("name", ["turtle", "trig", "rdfxml", "jsonld", "graphml", "ntriples", "nquads"])
def test_no_output_has_signs_that_xml_forbids(name: str) -> None:
    store = graph_of((hostile("\x00\x08\x0b甲\ufffe\ud800"),), WORLD)
    text = written(name, store).decode()
    assert not [sign for sign in text if (sign < " " and sign not in "\n\t") or sign in "\ufffe\uffff"]
    assert "\\u00" not in text


# --- The same bytes always

SCRIPT = """
import sys
from tests.test_export import NUMBER, WORLD, graph_of, written, reading
letters = [reading(), reading("two.txt", NUMBER.replace("17", "18"))]
store = graph_of(letters[::int(sys.argv[1])], WORLD)
from kg.export import formats
from hashlib import sha256
print([sha256(written(name, store)).hexdigest() for name in formats()])
"""


@pytest.fixture(scope="module")
def digests(root: Path) -> set[str]:
    found = set()
    for seed, order in (("0", "1"), ("1", "-1"), ("4242", "1")):
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root), "LC_ALL": "C", "TZ": "Asia/Tokyo"}
        command = [sys.executable, "-X", "utf8=0", "-c", SCRIPT, order]
        found.add(subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, check=True).stdout)
    return found


def test_bytes_depend_on_the_content_alone(digests: set[str]) -> None:
    assert len(digests) == 1


# --- Made to be read


def test_turtle_begins_with_build_base_and_prefixes() -> None:
    lines = written("turtle").decode().split("\n")
    assert lines[0].startswith("# build ")
    assert lines[2] == f"BASE <{BASE}>"
    assert "PREFIX kg: <https://w3id.org/policy-kg/ontology#>" in lines


def test_turtle_is_grouped_by_kind_and_sorted() -> None:
    text = written("turtle").decode()
    headings = [line[2:].partition(" ·")[0] for line in text.split("\n") if line.startswith("# ") and " · " in line]
    assert headings[0] == "Letter"
    assert headings[-1] == "Passage"
    assert headings.index("Policy") < headings.index("Agency") < headings.index("Result") < headings.index("Passage")
    passages = [line for line in text.split("\n") if line.startswith("<letter/") and "a kg:Passage" in line]
    starts = [int(line.partition("#char=")[2].partition(",")[0]) for line in passages[: len(LINES)]]
    assert starts == sorted(starts)


def test_a_subject_is_written_for_readers() -> None:
    text = written("turtle").decode()
    assert (
        "\n<programme/百村千社_成都市> a kg:Programme ;\n"
        '    skos:prefLabel "百村千社"@zh ;\n'
        '    skos:altLabel "“百村千社”计划"@zh ;\n'
        "    kg:carriedOutBy <agency/成都市农业农村局> ;\n"
        "    kg:supports <group/家庭农场> .\n"
    ) in text
    assert f"\n<letter/{NUMBER}#char=" in text
    assert "kg:year 2023 ." in text


def test_trig_has_a_block_for_each_passage_in_the_order_of_the_text() -> None:
    text = written("trig").decode()
    letter = reading().letter
    places = [text.index(f"\n<letter/{NUMBER}#char={p.span.start},{p.span.stop}> {{") for p in letter.passages]
    assert places == sorted(places)
    assert text.index(f"\n<letter/{NUMBER}> {{") < places[0]
    assert text.index("\n<registry> {") < text.index("\n<dataset> {")


def test_long_lists_have_a_line_for_each_member() -> None:
    term = NamedNode(f"{BASE}group/{GROUP.key}")
    quads = [
        Quad(term, NamedNode(KG + "supports"), NamedNode(f"{BASE}group/{'长' * 20}{number}")) for number in range(9)
    ]
    (block,) = turtle.blocks(turtle.rows(quads), turtle.texts(BASE))
    assert block.count("\n") == 10


A, P = NamedNode(BASE + "a"), NamedNode(KG + "p")
LIST = [("first", Literal("1")), ("rest", NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#nil"))]


def triples(text: str) -> list[Quad]:
    return list(
        parse(
            f"BASE <{BASE}> PREFIX kg: <{KG}> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> {text}".encode(),
            format=RdfFormat.TURTLE,
        )
    )


BLANK = [
    ("<a> kg:p [ kg:q 1 ; kg:p 2 ] .", "<a> kg:p [\n        kg:p 2 ;\n        kg:q 1\n    ] .\n"),
    ("<a> kg:p [] , [ kg:q 1 ] .", "<a> kg:p [\n        kg:q 1\n    ], [] .\n"),
    ("<a> kg:p ( 1 <b> ( 2 ) ) .", "<a> kg:p ( 1 <b> ( 2 ) ) .\n"),
    ("<a> kg:p () .", "<a> kg:p rdf:nil .\n"),
    ("<a> kg:p [ rdf:first 1 ] .", "<a> kg:p [\n        rdf:first 1\n    ] .\n"),
    ("_:x kg:p _:x .", "_:b kg:p _:b .\n"),
    ("<a> kg:p _:x . <b> kg:p _:x .", "<a> kg:p _:b .\n<b> kg:p _:b .\n"),
    ("<a> kg:p _:x ; kg:q _:x .", "<a> kg:p _:b ;\n    kg:q _:b .\n"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "wanted"), BLANK)
def test_blank_nodes_are_written_where_they_are_used(given: str, wanted: str) -> None:
    shown = "".join(turtle.blocks(turtle.rows(triples(given)), turtle.texts(BASE)))
    names = sorted({word for word in shown.split() if word.startswith("_:")})
    for name in names:
        shown = shown.replace(name, "_:b")
    assert shown == wanted


@pytest.mark.parametrize(
    "given",
    [given for given, _ in BLANK]
    + ["_:x kg:p _:y . _:y kg:p _:x ; kg:q 1 .", "<a> kg:p [ kg:p [ kg:p [] ] , [ kg:q 3 ] ] ."],
)
def test_no_blank_node_is_lost(given: str) -> None:
    head = turtle.header(BASE)
    shown = head + "".join(turtle.blocks(turtle.rows(triples(given)), turtle.texts(BASE)))
    first = rdflib.Graph().parse(data=head + given, format="turtle")
    assert isomorphic(first, rdflib.Graph().parse(data=shown, format="turtle"))


@pytest.mark.parametrize(("term", "text"), [
    (Literal("a\"b\\c\nd\te"), r'"a\"b\\c\nd\te"'),
    (Literal("甲", language="zh"), '"甲"@zh'),
    (Literal("x>"), '"x>"'),
    (Literal("1", datatype=NamedNode(XSD + "integer")), "1"),
    (Literal("x", datatype=NamedNode(XSD + "integer")), '"x"^^xsd:integer'),
    (Literal("1.0", datatype=NamedNode(XSD + "decimal")), "1.0"),
    (Literal("1", datatype=NamedNode(XSD + "decimal")), '"1"^^xsd:decimal'),
    (Literal("true", datatype=NamedNode(XSD + "boolean")), "true"),
    (Literal("2023", datatype=NamedNode(XSD + "gYear")), '"2023"^^xsd:gYear'),
    (Literal("^^", datatype=NamedNode("http://example.org/<>".replace("<>", "t"))), '"^^"^^<http://example.org/t>'),
    (NamedNode(BASE), f"<{BASE}>"),
    (NamedNode(BASE + "a/b"), "<a/b>"),
    (NamedNode(KG + "p"), "kg:p"),
    (NamedNode("http://example.org/"), "<http://example.org/>"),
])  # fmt: skip
def test_terms(term: NamedNode | Literal, text: str) -> None:
    assert turtle.texts(BASE)(str(term)) == text


# --- The others


def test_jsonld_has_relative_iris_under_a_context() -> None:
    data = json.loads(written("jsonld"))
    assert data["@context"]["@base"] == BASE
    nodes = {node["@id"]: node for node in data["@graph"]}
    assert nodes["programme/百村千社_成都市"]["kg:supports"] == {"@id": "group/家庭农场"}
    span = reading().letter.passages[REPORT].span
    assert "@graph" in [n for n in data["@graph"] if n["@id"] == f"letter/{NUMBER}#char={span.start},{span.stop}"][-1]


def test_rdfxml_is_well_formed_and_sorted() -> None:
    tree = ElementTree.fromstring(written("rdfxml"))
    assert len(tree) > 20


def test_graphml_is_a_projection_of_things_and_facts() -> None:
    graph = networkx.read_graphml(io.BytesIO(written("graphml")), force_multigraph=True)
    programme, group = f"{BASE}programme/百村千社_成都市", f"{BASE}group/家庭农场"
    assert graph.nodes[programme]["label"] == "百村千社"
    assert graph.nodes[programme]["kind"] == "Programme"
    assert graph.nodes[programme]["names"] == "“百村千社”计划"
    (edge,) = [data for _, end, data in graph.out_edges(programme, data=True) if end == group]
    assert edge["relation"] == "supports"
    assert LINES[REPORT] in edge["evidence"]
    assert edge["evidence"].count("\n") == edge["passages"].count("\n") == 1
    assert graph.nodes[f"{BASE}letter/{NUMBER}"]["issued"] == "2023-06-26"
    assert not [node for node in graph if "#char=" in node]


def test_modules_without_a_name_are_no_formats() -> None:
    assert not hasattr(export._turtle_text if hasattr(export, "_turtle_text") else turtle, "NAME")
