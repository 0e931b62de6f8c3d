"""The generated ontology and shapes: current, sound for a reasoner, and able to find what is wrong."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import get_args

import owlrl
import pytest
from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, serialize
from pyshacl import validate
from rdflib import OWL, RDF, RDFS, SH, SKOS, BNode, Graph, Literal, Namespace, URIRef

from kg import pipeline
from kg import registry as registries
from kg.errors import OntologyError, OutputError
from kg.export import ontology as exporter
from kg.export._concepts import Property, instances, properties
from kg.graph import World
from kg.model import Counting
from kg.ontology import load
from kg.resources import ontology_dir
from kg.vocabulary import PREFIXES, expand

ONTOLOGY = load()
PROPERTIES = [found for found in properties(ONTOLOGY) if not found.annotation]
KG = Namespace(PREFIXES["kg"])
EX = Namespace("https://example.org/id/")
ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
CASES = Path(__file__).resolve().parent / "cases" / "ontology"
HEAD = "\n".join(f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items()) + f"\nBASE <{EX}>\n"


@pytest.fixture(scope="module")
def owl() -> Graph:
    return Graph().parse(ontology_dir() / "policy-kg.ttl")


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(ontology_dir() / "shapes.ttl")


@pytest.fixture(scope="module")
def store(letters: tuple[Path, ...]) -> Store:
    """The graphs of the letters that travel with the program."""
    readings, _ = pipeline.read_all(letters)
    return pipeline.graph_of(readings, World(ONTOLOGY, registries.load()))


@pytest.fixture(scope="module")
def built(store: Store) -> Graph:
    """What the letters say."""
    return triples(store.quads_for_pattern(None, None, None, DefaultGraph()))


def triples(quads: Iterable[Quad]) -> Graph:
    text = serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES)
    assert text is not None
    return Graph().parse(data=text.decode(), format="nt")


def good() -> Graph:
    """The hand-made graph, and besides every property between each two kinds that it may stand between."""
    graph = Graph().parse(CASES / "good.ttl")
    for found in PROPERTIES:
        if expand(found.curie) not in {str(predicate) for predicate in graph.predicates()} and found.domain:
            graph += every_use(found)
    return graph


def every_use(found: Property) -> Graph:
    graph = Graph()
    for number, subject in enumerate(meant(found.domain)):
        values = [literal(found.range[number % len(found.range)])] if found.literal else things(meant(found.range))
        for value in values:
            graph.add((EX[subject.lower()], URIRef(expand(found.curie)), value))
    return graph


def meant(names: tuple[str, ...]) -> list[str]:
    """Kinds of which the hand-made graph has one thing each: those of a list, and those below one that has none."""
    below = {name: [kind.name for kind in ONTOLOGY.kinds.values() if name in kind.parents] for name in names}
    listed = [kind for name in names for kind in (below[name] if name in ("Body", "Measure") else [name])]
    return listed or [kind.name for kind in instances(ONTOLOGY)]


def things(kinds: list[str]) -> list[URIRef]:
    return [EX[kind.lower()] for kind in kinds]


LEXICAL = {"xsd:date": "2022-06-30", "xsd:gYearMonth": "2022-06", "xsd:gYear": "2022", "xsd:integer": "7",
           "xsd:decimal": "7.5", "xsd:string": "甲"}  # fmt: skip


def literal(datatype: str) -> Literal:
    if datatype == "rdf:langString":
        return Literal("甲", lang="zh")
    return Literal(LEXICAL[datatype], datatype=URIRef(expand(datatype)))


# --- The files


@pytest.mark.parametrize("name", ["policy-kg.ttl", "shapes.ttl"])
def test_the_committed_file_is_what_the_rule_files_give(name: str) -> None:
    assert (ontology_dir() / name).read_text(encoding="utf-8") == exporter.generate(ONTOLOGY)[name], "run make ontology"


def test_the_same_rules_give_the_same_bytes() -> None:
    assert exporter.generate(ONTOLOGY) == exporter.generate(ONTOLOGY)


def test_every_subject_has_one_block() -> None:
    for text in exporter.generate(ONTOLOGY).values():
        subjects = [block.split(" ", 1)[0] for block in text.split("\n\n")[1:]]
        assert len(subjects) == len(set(subjects)) > 50


def test_what_is_stale_is_named_and_written(tmp_path: Path) -> None:
    files = exporter.generate(ONTOLOGY)
    assert [path.name for path in exporter.write(tmp_path, files)] == ["policy-kg.ttl", "shapes.ttl"]
    assert exporter.stale(tmp_path, files) == exporter.write(tmp_path, files) == []
    (tmp_path / "shapes.ttl").write_text("# changed by hand\n", encoding="utf-8")
    assert [path.name for path in exporter.stale(tmp_path, files)] == ["shapes.ttl"]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="nowhere"):
        exporter.write(tmp_path / "nowhere", exporter.generate(ONTOLOGY))


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("policy-kg.ttl", "shapes.ttl"):
        shutil.copy(ontology_dir() / name, tmp_path)
    monkeypatch.setattr(exporter, "ontology_dir", lambda: tmp_path)
    assert exporter.main(["--check"]) == 0
    (tmp_path / "shapes.ttl").unlink()
    assert exporter.main(["--check"]) == 1
    assert exporter.main([]) == 0
    assert exporter.main(["--check"]) == 0
    assert exporter.main(["--chek"]) == 2
    said = capsys.readouterr()
    assert said.out.splitlines() == ["shapes.ttl: is not current; run make ontology", "shapes.ttl: written"]
    assert said.err.startswith("usage: ")


def test_the_command_says_in_one_line_what_is_wrong_with_a_rule_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = replace(ONTOLOGY, properties=({"name": "broken", "iri": "kg:broken"},))
    monkeypatch.setattr(exporter, "load", lambda: broken)
    assert exporter.main([]) == 1
    assert capsys.readouterr().err == "properties.toml, broken: 'label' is missing\n"


def test_a_property_between_unknown_kinds_is_refused() -> None:
    table = dict(ONTOLOGY.properties[0], domain=["Nothing"])
    with pytest.raises(OntologyError, match="Nothing"):
        list(properties(replace(ONTOLOGY, properties=(table,))))


# --- What the ontology says


def test_the_ontology_says_what_it_is(owl: Graph) -> None:
    subject = URIRef(ONTOLOGY.meta["iri"])
    found = {owl.qname(str(p)): o for p, o in owl.predicate_objects(subject)}
    assert str(found["vann:preferredNamespacePrefix"]) == "kg"
    assert str(found["vann:preferredNamespaceUri"]) == PREFIXES["kg"]
    assert str(found["owl:versionIRI"]) == f"{subject}/{ONTOLOGY.version}"
    assert found["dcterms:license"] == URIRef("https://creativecommons.org/licenses/by/4.0/")


def declared(owl: Graph) -> set[URIRef]:
    return {s for s in owl.subjects(RDF.type) if isinstance(s, URIRef) and s.startswith(KG)}


def test_every_kind_and_property_is_declared(owl: Graph) -> None:
    names = {KG[kind] for kind in ONTOLOGY.kinds} | {URIRef(expand(found.curie)) for found in properties(ONTOLOGY)}
    assert names - declared(owl) == {URIRef(PREFIXES["dcterms"] + "issued")}


@pytest.mark.parametrize("name", [RDFS.label, SKOS.prefLabel, SKOS.definition])
def test_everything_has_one_label_and_definition_in_chinese_and_in_english(owl: Graph, name: URIRef) -> None:
    for subject in declared(owl):
        values = [value for value in owl.objects(subject, name) if isinstance(value, Literal)]
        assert sorted(str(value.language) for value in values) == ["en", "zh"], subject
        assert all(re.search("[\u4e00-\u9fff]", v) for v in values if v.language == "zh"), subject


def test_labels_tell_kinds_and_properties_apart(owl: Graph) -> None:
    for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty):
        subjects = [s for s in declared(owl) if (s, RDF.type, kind) in owl]
        labels = [label for subject in subjects for label in owl.objects(subject, SKOS.prefLabel)]
        assert len(labels) == len(set(labels))


def test_a_property_between_things_can_be_read_from_its_object(owl: Graph) -> None:
    for relation in ONTOLOGY.relations.values():
        languages = {
            value.language for value in owl.objects(KG[relation.name], KG.inverseLabel) if isinstance(value, Literal)
        }
        assert languages == (set() if relation.literal else {"zh", "en"}), relation.name


def test_every_term_that_is_used_is_declared(owl: Graph) -> None:
    built_in = tuple(PREFIXES[name] for name in ("rdf", "rdfs", "owl", "xsd"))
    used = set(owl.predicates()) | {o for p in (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range)
                                            for o in owl.objects(None, p) if isinstance(o, URIRef)}  # fmt: skip
    assert {term for term in used if not str(term).startswith(built_in) and (term, RDF.type, None) not in owl} == set()


def test_nothing_is_imported(owl: Graph) -> None:
    assert not list(owl.objects(None, OWL.imports))


# What the vocabulary has in common with others', and nothing else: where the meaning differs there is no alignment.
ALIGNED = """
    Passage nif:RFC5147String
    Policy eli:LegalResource
    Body org:Organization
    Person foaf:Person
    Group skos:Concept
    Industry skos:Concept
    Counting skos:Concept
    Event schema:Event
    start nif:beginIndex
    end nif:endIndex
    documentNumber dcterms:identifier
    memberOf org:memberOf
    kindOf skos:broader
"""


def test_alignments_are_those_whose_meaning_is_the_same(owl: Graph) -> None:
    wanted = {
        (KG[name], URIRef(expand(other))) for name, other in (line.split() for line in ALIGNED.strip().splitlines())
    }
    pairs = [*owl.subject_objects(RDFS.subClassOf), *owl.subject_objects(RDFS.subPropertyOf)]
    assert {(s, o) for s, o in pairs if not str(o).startswith(KG)} == wanted


@pytest.mark.parametrize(
    ("name", "other", "why"),
    [
        ("text", "nif:anchorOf", "the reading text is not the exact string of the source"),
        ("text", "nif:isString", "it is of a passage, not of the whole document"),
        ("value", "schema:value", "with a comparator it is a bound"),
        ("headOf", "org:headOf", "a platform is no organisation"),
        ("Programme", "prov:Plan", "a programme is not what an agent followed in an activity"),
        ("Platform", "org:Organization", "an app is no organisation"),
        (
            "title",
            "dcterms:title",
            "that one says what the ontology is called, and OWL 2 DL forbids to use a term both ways",
        ),
        ("partOf", "dcterms:isPartOf", "a project is no part of a resource"),
    ],
)
def test_no_alignment_where_the_meaning_differs(owl: Graph, name: str, other: str, why: str) -> None:
    prefix, _, local = other.partition(":")
    iri = URIRef(PREFIXES.get(prefix, "http://www.w3.org/ns/prov#") + local)
    assert (KG[name], None, iri) not in owl, why


def test_another_vocabularys_property_is_not_defined_anew(owl: Graph) -> None:
    issued = URIRef(expand("dcterms:issued"))
    assert not {RDFS.domain, RDFS.range, RDFS.isDefinedBy} & set(owl.predicates(issued))


def test_several_domains_are_one_union(owl: Graph) -> None:
    for name in (RDFS.domain, RDFS.range):
        for subject in declared(owl):
            assert len(list(owl.objects(subject, name))) <= 1
    (domain,) = owl.objects(KG.headOf, RDFS.range)
    assert isinstance(domain, BNode)
    assert set(owl.items(owl.value(domain, OWL.unionOf))) == {KG.Platform, KG.Organisation, KG.Agency}  # type: ignore[arg-type]


def test_ranges_are_datatypes_that_reasoners_know(owl: Graph) -> None:
    ranges = {o for s in owl.subjects(RDF.type, OWL.DatatypeProperty) for o in owl.objects(s, RDFS.range)}
    assert {str(o) for o in ranges} == {
        expand(name) for name in ("rdfs:Literal", "xsd:string", "xsd:integer", "xsd:decimal")
    }


def test_the_ways_of_counting_are_those_of_the_program(owl: Graph) -> None:
    concepts = set(owl.objects(KG.CountingScheme, SKOS.hasTopConcept))
    assert concepts == {KG[name] for name in get_args(Counting)}
    assert all((concept, RDF.type, KG.Counting) in owl for concept in concepts)


# --- A reasoner's view (OWL 2 RL)


def contradictions(*graphs: Graph) -> list[str]:
    """What an OWL 2 RL reasoner finds wrong with graphs taken together."""
    together = Graph()
    for graph in graphs:
        together += graph
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(together)
    return sorted(str(message) for message in together.objects(None, ERROR))


def test_the_ontology_has_no_contradiction(owl: Graph) -> None:
    assert contradictions(owl) == []


def test_the_hand_made_graph_has_no_contradiction(owl: Graph) -> None:
    assert contradictions(owl, good()) == []


def test_the_built_dataset_has_no_contradiction(store: Store) -> None:
    """All graphs taken together: the letters', the registry's, the ontology's, and the description of the dataset."""
    dataset = triples(store)
    assert (KG.Letter, RDF.type, OWL.Class) in dataset
    assert contradictions(dataset) == []


@pytest.mark.parametrize(
    ("why", "wrong"),
    [
        ("two kinds with nothing above them", "<a> a kg:Person, kg:Agency ."),
        ("two kinds below one class", "<a> a kg:Letter, kg:Proposal ."),
        ("two kinds of figures", "<a> a kg:Result, kg:Target ."),
        ("a plain document that is a platform", "<a> a kg:Document, kg:Platform ."),
        ("a domain", "<a> a kg:Agency ; kg:repliesTo <b> ."),
        ("a range", "<a> kg:repliesTo <b> . <b> a kg:Person ."),
        ("a range, by a property above it", "<a> kg:coSigner <b> . <a> a kg:Letter ."),
        ("a passage that is a figure", "<a> kg:start 3 ; kg:indicator \"甲\" ."),
        ("two ways of counting that are one", "kg:New owl:sameAs kg:Total ."),
    ],
)  # fmt: skip
def test_a_contradiction_is_found(owl: Graph, why: str, wrong: str) -> None:
    assert contradictions(owl, Graph().parse(data=HEAD + wrong, format="turtle")), why


def test_a_reasoner_infers_what_the_alignments_say(owl: Graph) -> None:
    closure = owl + Graph().parse(
        data=HEAD + "<a> kg:memberOf <b> ; kg:headOf <c> . <p> a kg:Policy . <b> a kg:Agency .", format="turtle"
    )
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closure)
    assert (EX.a, RDF.type, URIRef(expand("foaf:Person"))) in closure
    assert (EX.a, URIRef(expand("org:memberOf")), EX.b) in closure
    assert (EX.b, RDF.type, URIRef(expand("org:Organization"))) in closure
    assert (EX.p, RDF.type, URIRef(expand("eli:LegalResource"))) in closure
    assert (EX.c, RDF.type, URIRef(expand("org:Organization"))) not in closure


# --- Shapes

Key = tuple[str, str]
"""The English message of a constraint and the local name of the property it is about (empty for none)."""


def broken(shapes: Graph, owl: Graph, data: Graph) -> dict[str, set[Key]]:
    """What breaks the shapes: local name of the node (empty for one without IRI) -> constraints."""
    _, report, _ = validate(data, shacl_graph=shapes, ont_graph=owl)
    assert isinstance(report, Graph)
    found: dict[str, set[Key]] = {}
    for result in report.subjects(RDF.type, SH.ValidationResult):
        messages = {m.language: str(m) for m in report.objects(result, SH.resultMessage) if isinstance(m, Literal)}
        assert messages.keys() == {"zh", "en"}
        path = report.value(result, SH.resultPath)
        focus = report.value(result, SH.focusNode)
        node = str(focus).removeprefix(EX) if isinstance(focus, URIRef) else ""
        found.setdefault(node, set()).add((messages["en"], local(path)))
    return found


def local(path: object) -> str:
    return re.split("[#/]", path)[-1] if isinstance(path, URIRef) else ""


def constraints(shapes: Graph) -> Iterator[Key]:
    """All that the shapes ask."""
    for subject, message in shapes.subject_objects(SH.message):
        if isinstance(message, Literal) and message.language == "en":
            yield str(message), local(shapes.value(subject, SH.path))


def test_shapes_are_valid_shacl(shapes: Graph) -> None:
    validate(Graph(), shacl_graph=shapes, meta_shacl=True)


def test_every_constraint_has_its_message_in_both_languages(shapes: Graph) -> None:
    asked = {
        s for s in shapes.subjects(SH.path) if (None, SH.property, s) in shapes and (None, SH["not"], None) in shapes
    }
    inner = {p for n in shapes.objects(None, SH["not"]) for p in shapes.objects(n, SH.property)}
    for shape in asked - inner:
        languages = sorted(str(m.language) for m in shapes.objects(shape, SH.message) if isinstance(m, Literal))
        assert languages == ["en", "zh"], shapes.value(shape, SH.path)


def test_the_good_graph_conforms(shapes: Graph, owl: Graph) -> None:
    assert broken(shapes, owl, good()) == {}


def test_the_good_graph_conforms_without_the_ontology_beside_it(shapes: Graph) -> None:
    assert broken(shapes, Graph(), good()) == {}


def test_the_built_graph_conforms(shapes: Graph, owl: Graph, built: Graph) -> None:
    assert broken(shapes, owl, built) == {}


# Each line breaks one constraint: why <x> is wrong, the graph, the property of the constraint, a word of its message.
P = 'a kg:Passage ; kg:text "甲。"@zh ; kg:start 1 ; kg:end 3 ; kg:section "form" ; kg:inDocument <letter>'
A = 'a kg:Promise ; kg:words "建成"@zh ; kg:act "finish"'
M = 'a kg:Result, kg:Measure ; kg:indicator "甲" ; kg:value 7.5 ; kg:comparator "=" ; kg:counting kg:New'
N = 'skos:prefLabel "甲"@zh'
READ = f'a kg:Document ; {N} ; kg:sourceFile "a.txt" ; kg:sha256 "{"0" * 64}"'
LETTER = READ.replace("kg:Document", "kg:Letter, kg:Document", 1)
SUM = "0" * 64
BAD = [
    ("no kind", "<passage> kg:mentions <x> . <x> skos:prefLabel \"甲\"@zh .", "type", "no kind"),
    ("an abstract class alone", f"<passage> kg:mentions <x> . <x> a kg:Body ; {N} .", "type", "no kind"),
    ("a figure mentioned", f"<passage> kg:mentions <x> . <x> {M} .", "type", "no kind"),
    ("what is counted has no kind", "<result> kg:scope <x> .", "type", "no kind"),
    ("two kinds", f"<x> a kg:Person, kg:Group ; {N} .", "type", "more than one kind"),
    ("no name", "<x> a kg:Person .", "prefLabel", "preferred name"),
    ("two names", f'<x> a kg:Person ; {N} ; skos:prefLabel "乙"@zh .', "prefLabel", "preferred name"),
    ("a name in no language", '<x> a kg:Person ; skos:prefLabel "甲" .', "prefLabel", "preferred name"),
    ("an empty name", '<x> a kg:Person ; skos:prefLabel ""@zh .', "prefLabel", "preferred name"),
    ("another name in English", f'<x> a kg:Person ; {N} ; skos:altLabel "a"@en .', "altLabel", "alternative"),
    ("a thing without IRI", f"<passage> kg:mentions _:x . _:x a kg:Person ; {N} .", "", "named by an IRI"),
    ("a letter that is no document", f'<x> a kg:Letter ; {N} ; kg:sourceFile "a" ; kg:sha256 "{SUM}" .', "type", "kind Letter"),
    ("a proposal that is no document", f"<x> a kg:Proposal ; {N} .", "type", "kind Proposal"),
    ("a policy that is no document", f"<x> a kg:Policy ; {N} .", "type", "kind Policy"),
    ("an agency that is no body", f"<x> a kg:Agency ; {N} .", "type", "kind Agency"),
    ("an organisation that is no body", f"<x> a kg:Organisation ; {N} .", "type", "kind Organisation"),
    ("a result that is no measure", "<passage> kg:states <x> . <x> a kg:Result .", "type", "kind Result"),
    ("a target that is no measure", "<passage> kg:states <x> . <x> a kg:Target .", "type", "kind Target"),
    ("an incentive that is no measure", "<passage> kg:states <x> . <x> a kg:Incentive .", "type", "kind Incentive"),
    ("a letter without source", f'<x> a kg:Letter, kg:Document ; {N} ; kg:sha256 "{SUM}" .', "sourceFile", "one source"),
    ("two sources", f'<x> {READ} ; kg:sourceFile "b.txt" .', "sourceFile", "one source"),
    ("a source with its folder", f'<x> a kg:Document ; {N} ; kg:sourceFile "a/b.txt" ; kg:sha256 "{SUM}" .',
     "sourceFile", "one source"),
    ("a letter without checksum", f'<x> a kg:Letter, kg:Document ; {N} ; kg:sourceFile "a" .', "sha256", "checksum"),
    ("a short checksum", f'<x> a kg:Document ; {N} ; kg:sourceFile "a" ; kg:sha256 "00" .', "sha256", "checksum"),
    ("two numbers", f'<x> {LETTER} ; kg:documentNumber "甲", "乙" .', "documentNumber", "at most one"),
    ("two dates", f'<x> {LETTER} ; dcterms:issued "2021"^^xsd:gYear, "2022"^^xsd:gYear .', "issued", "at most one"),
    ("two titles", f'<x> {LETTER} ; kg:title "甲", "乙" .', "title", "at most one"),
    ("two categories", f'<x> {LETTER} ; kg:category "A", "B" .', "category", "at most one"),
    ("open and not", f'<x> {LETTER} ; kg:publicity "甲", "乙" .', "publicity", "at most one"),
    ("two years", f"<x> {LETTER} ; kg:year 2021, 2022 .", "year", "at most one"),
    ("a first year with its day", f'<x> a kg:Policy, kg:Document ; {N} ; kg:validFrom "2023-05-01"^^xsd:date .', "validFrom", "another datatype"),
    ("a day without its month", f'<x> a kg:Policy, kg:Document ; {N} ; kg:inForceFrom "2023"^^xsd:gYear .', "inForceFrom", "another datatype"),
    ("a revision of nobody", f'<x> a kg:Policy, kg:Document ; {N} ; kg:revises "甲" .', "revises", "of a kind"),
    ("a year of the lunar calendar", f"<x> {READ} ; kg:year 112 .", "year", "four digits"),
    ("a passage without IRI", f"_:x {P} .", "", "named by an IRI"),
    ("read with no passage", f"<passage> kg:readWith <x> . <x> a kg:Person ; {N} .", "", "asserted to be a Passage"),
    ("no text", f"<x> {P.replace('kg:text', 'kg:heading')} .", "text", "one text"),
    ("two texts", f'<x> {P} ; kg:text "乙。"@zh .', "text", "one text"),
    ("a text in no language", f"<x> {P.replace('@zh', '')} .", "text", "one text"),
    ("no start", f"<x> {P.replace('kg:start 1 ;', '')} .", "start", "one start"),
    ("a start before the source", f"<x> {P.replace('start 1', 'start -1')} .", "start", "one start"),
    ("a start after the end", f"<x> {P.replace('start 1', 'start 4')} .", "start", "one start"),
    ("an empty passage", f"<x> {P.replace('start 1', 'start 3')} .", "start", "one start"),
    ("no end", f"<x> {P.replace('kg:end 3 ;', '')} .", "end", "one end"),
    ("in no document", f"<x> {P.replace('kg:inDocument <letter>', '')} .", "inDocument", "one document"),
    ("in two documents", f"<x> {P} ; kg:inDocument <document> .", "inDocument", "one document"),
    ("in no section", f"<x> {P.replace('form', 'body')} .", "section", "sections"),
    ("two headings", f'<x> {P} ; kg:heading "一", "二" .', "heading", "at most one heading"),
    ("a figure of two kinds", f"<x> {M} ; a kg:Target .", "type", "exactly one of"),
    ("a figure of no kind", f"<x> {M.replace('kg:Result, ', '')} .", "type", "exactly one of"),
    ("no indicator", f"<x> {M.replace('kg:indicator', 'kg:unit')} .", "indicator", "24"),
    ("two indicators", f'<x> {M} ; kg:indicator "乙" .', "indicator", "24"),
    ("a clause for an indicator", f"<x> {M.replace('甲', '甲' * 25)} .", "indicator", "24"),
    ("an indicator with a language", f"""<x> {M.replace('"甲"', '"甲"@zh')} .""", "indicator", "24"),
    ("no value", f"<x> {M.replace('kg:value 7.5 ;', '')} .", "value", "one value"),
    ("two values", f"<x> {M} ; kg:value 8.5 .", "value", "one value"),
    ("two units", f'<x> {M} ; kg:unit "家", "项" .', "unit", "one unit"),
    ("no comparator", f"""<x> {M.replace('kg:comparator "=" ;', '')} .""", "comparator", "comparator"),
    ("an unknown comparator", f"""<x> {M.replace('"="', '">"')} .""", "comparator", "comparator"),
    ("no counting", f"<x> {M.replace('; kg:counting kg:New', '')} .", "counting", "counting"),
    ("an unknown counting", f"<x> {M.replace('kg:New', 'kg:Old')} .", "counting", "counting"),
    ("a period in words", f'<x> {M} ; kg:period "2023年" .', "period", "written"),
    ("a period with a dash", f'<x> {M} ; kg:period "2023-2025" .', "period", "written"),
    ("two periods", f'<x> {M} ; kg:period "2023", "2024" .', "period", "written"),
    ("years the wrong way round", f"<x> {M} ; kg:fromYear 2025 ; kg:toYear 2023 .", "fromYear", "first year"),
    ("two last years", f"<x> {M} ; kg:toYear 2025, 2026 .", "toYear", "last year"),
    ("two years it is as of", f'<x> {M} ; kg:asOf "2022"^^xsd:gYear, "2023"^^xsd:gYear .', "asOf", "at most one year"),
    ("a period and a year besides", f'<x> {M} ; kg:period "2022" ; kg:asOf "2022"^^xsd:gYear .', "", "no year it is as of"),
    ("a proposal issued like a letter", f"<x> a kg:Proposal, kg:Document ; {N} ; kg:issuedBy <agency> .", "", "'issued by'"),
    ("two things counted", f"<x> {M} ; kg:about <group>, <platform> .", "about", "one thing"),
    ("two scopes", f"<x> {M} ; kg:scope <place>, <platform> .", "scope", "one thing"),
    ("two that get it", f"<x> {M} ; kg:beneficiary <group>, <person> .", "beneficiary", "one thing"),
    ("a figure that no passage states", f"<x> {M} .", "", "one passage states"),
    ("a figure in two passages", f"<passage> kg:states <x> . <passage2> kg:states <x> . <x> {M} .", "", "one passage states"),
    ("a request without text", "<x> a kg:Request . <passage> kg:repeats <x> .", "prefLabel", "one text"),
    ("a request that no passage repeats", f"<x> a kg:Request ; {N} .", "", "repeats a request"),
    ("a request of two proposals", f"<x> a kg:Request ; {N} . <proposal> kg:asks <x> . <other> a kg:Proposal ; kg:asks <x> .",
     "", "at most one proposal"),
    ("a request without IRI", f"_:x a kg:Request ; {N} .", "", "a request is named"),
    ("a promise without words", '<x> a kg:Promise ; kg:act "finish" . <passage> kg:announces <x> .', "words", "one wording"),
    ("a promise of another act", '<x> a kg:Promise ; kg:words "建成"@zh ; kg:act "try" . <passage> kg:announces <x> .',
     "act", "sorts of acts"),
    ("two deadlines", f'<x> {A} ; kg:deadline "2025"^^xsd:gYear, "2026"^^xsd:gYear . <passage> kg:announces <x> .',
     "deadline", "one deadline"),
    ("a promise that no passage announces", f"<x> {A} .", "", "announces a promise"),
    ("a promise without IRI", f"_:x {A} . <passage> kg:announces _:x .", "", "a promise is named"),
]  # fmt: skip


def numbered(examples: list[str]) -> tuple[Graph, list[str]]:
    """All examples in one graph, each <x> a node of its own: a run for each would take minutes."""
    data, nodes = good(), []
    for number, turtle in enumerate(examples):
        nodes.append(f"bad{number}" if "<x>" in turtle else "")
        data += Graph().parse(data=HEAD + turtle.replace("<x>", f"<bad{number}>"), format="turtle")
    return data, nodes


Wrong = tuple[str, str, str, str]


def wrong_ends() -> Iterator[Wrong]:
    """For every property a subject and an object that it does not apply to, in the form of the lines above."""
    for found in (found for found in PROPERTIES if found.domain):
        en, subject = found.label[1], f"<x> a kg:{meant(found.domain)[0]}"
        value = literal(found.range[0]).n3() if found.literal else things(meant(found.range))[0].n3()
        yield f"subject of {en}", f"<x> a kg:{other(found.domain)} ; {found.curie} {value} .", "", f"subject of '{en}' "
        if found.literal:
            yield (
                f"value of {en}",
                f"{subject} ; {found.curie} true .",
                local(URIRef(expand(found.curie))),
                f"value of '{en}' ",
            )
        elif set(found.range) <= set(ONTOLOGY.kinds) and found.range:
            wrong = EX[other(found.range).lower()].n3()
            yield f"object of {en}", f"{subject} ; {found.curie} {wrong} .", found.name, f"object of '{en}' "


def other(names: tuple[str, ...]) -> str:
    """A kind that a list does not mean."""
    return next(kind for kind in ("Person", "Place", "Result") if kind not in meant(names))


EVERY_WRONG = [*BAD, *wrong_ends()]


@pytest.fixture(scope="module")
def verdicts(shapes: Graph, owl: Graph) -> list[set[Key]]:
    data, nodes = numbered([turtle for _, turtle, _, _ in EVERY_WRONG])
    found = broken(shapes, owl, data)
    return [found.get(node, set()) for node in nodes]


@pytest.mark.parametrize("number", range(len(EVERY_WRONG)), ids=[wrong[0] for wrong in EVERY_WRONG])
def test_a_bad_example_breaks_its_constraint(verdicts: list[set[Key]], number: int) -> None:
    _, _, path, words = EVERY_WRONG[number]
    assert any(path == about and words in message for message, about in verdicts[number]), verdicts[number]


def test_every_constraint_is_broken_by_an_example(shapes: Graph, verdicts: list[set[Key]]) -> None:
    assert set(constraints(shapes)) - set().union(*verdicts) == set()
