"""IRIs: readable, legal, and the same for pyoxigraph and rdflib, whatever a key holds."""

from __future__ import annotations

import logging
import unicodedata
from urllib.parse import unquote_to_bytes

import pytest
import rdflib
from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, RdfFormat, parse

from kg.errors import UsageError
from kg.model import Ref, Span
from kg.text import norm
from kg.vocabulary import (
    BASE,
    PREFIXES,
    checked_base,
    compact,
    entity_iri,
    expand,
    legal,
    letter_of,
    measure_iri,
    order,
    partition_iri,
    passage_iri,
    segment,
)

LETTER = entity_iri(BASE, Ref("Letter", "蓉农函〔2023〕17号"))

SEGMENTS = [
    ("成都市农业农村局", "成都市农业农村局"),
    ("“百村千社” 计划（2023-2025年）", "百村千社计划(2023-2025年)"),
    ("蓉农函[2023]17号", "蓉农函〔2023〕17号"),
    ("蓉农函［２０２３］１７号", "蓉农函〔2023〕17号"),
    ("百村千社_成都市", "百村千社_成都市"),
    ("50%补贴", "50%25补贴"),
    ("a/b?c#d|e<f>g", "a%2Fb%3Fc%23d%7Ce%3Cf%3Eg"),
    ("{a}^`\\", "%7Ba%7D%5E%60%5C"),
    ("甲\x07乙", "甲%07乙"),
    ("甲\u202e乙", "甲%E2%80%AE乙"),
    ("甲\ue000乙", "甲%EE%80%80乙"),
    ("甲\ud800乙", "甲%ED%A0%80乙"),
    ("😀", "😀"),
    ("", "_"),
    ("“”", "_"),
    (".", "%2E"),
    ("..", "%2E%2E"),
    ("…", "%2E%2E%2E"),
    ("...", "%2E%2E%2E"),
]


@pytest.mark.parametrize(
    ("key", "written"), [pair for pair in SEGMENTS if not set(pair[0]) <= set(".…") or pair[0] in (".", "..")]
)
def test_a_key_as_a_segment(key: str, written: str) -> None:
    assert segment(key) == written


HOSTILE = ["a:b", "//", "../x", ";?#", "&n=2", "#char=1,2", "%2E%2E", "<b>", '"', "\n\t\r", "\x00", "\u2028", "\u202e", "\ue000", "\ud800",
           "\U0010ffff", "\ufffe", "\ufdd0", "👨\u200d👩\u200d👧", "❤\ufe0f", "e\u0301", "a \u0301", "'", "`", "^|\\{}"]  # fmt: skip


@given(
    st.one_of(
        st.text(max_size=30),
        st.text(st.characters(), max_size=10),
        st.lists(st.sampled_from(HOSTILE), max_size=4).map("".join),
    )
)
@example("".join(HOSTILE))
def test_every_iri_is_accepted_and_read_back(key: str) -> None:
    iri = entity_iri(BASE, Ref("Policy", key))
    passage = passage_iri(iri, Span(3, 14))
    assert NamedNode(iri).value == iri
    text = f"BASE <{BASE}>\n<{iri[len(BASE) :]}> <{passage}> <{passage[len(BASE) :]}> ."
    wanted = {iri, passage}
    assert {
        term.value for q in parse(text.encode(), format=RdfFormat.TURTLE) for term in (q.subject, q.predicate, q.object)
    } == wanted  # type: ignore[union-attr]
    assert {str(term) for triple in rdflib.Graph().parse(data=text, format="turtle") for term in triple} == wanted
    assert rdflib.URIRef(iri).n3() == f"<{iri}>"


@given(st.text(max_size=20))
def test_a_segment_holds_the_whole_key(key: str) -> None:
    wanted = unicodedata.normalize("NFC", norm(key)).encode("utf-8", "surrogatepass") or b"_"
    assert unquote_to_bytes(segment(key).encode()) == wanted


@given(st.text(max_size=20))
@example("U¯")
def test_minting_again_changes_nothing(key: str) -> None:
    assert segment(norm(key)) == segment(key)
    assert not set(segment(key)) & set(' \t\n“”"‘’')


def test_rdflib_finds_nothing_to_warn_about(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        for key in HOSTILE:
            rdflib.URIRef(entity_iri(BASE, Ref("Policy", key))).n3()
    assert not caplog.records


def test_passages_and_measures_are_places_of_the_letter() -> None:
    assert passage_iri(LETTER, Span(3, 9)) == f"{LETTER}#char=3,9"
    assert measure_iri(LETTER, Span(4, 6)) == f"{LETTER}#char=4,6"
    assert measure_iri(LETTER, Span(4, 6), 2) == f"{LETTER}#char=4,6&n=2"
    assert letter_of(measure_iri(LETTER, Span(4, 6), 2)) == LETTER


def test_a_measure_is_not_its_passage() -> None:
    assert measure_iri(LETTER, Span(3, 9), 1, Span(3, 9)) == f"{LETTER}#char=3,9&n=1"


def test_iris_are_sorted_in_the_order_of_the_text() -> None:
    places = [LETTER, *(passage_iri(LETTER, Span(*place)) for place in ((0, 8), (9, 30), (100, 120), (1000, 1001)))]
    figures = [measure_iri(LETTER, Span(2000, 2002)), measure_iri(LETTER, Span(2000, 2002), 2)]
    assert sorted([*figures, *places], key=order) == [*places, *figures]


@pytest.mark.parametrize(
    "base", ["https://example.org/id", "https://example.org/id/", "http://例子.cn/图谱", "https://example.org"]
)
def test_a_base_ends_with_a_slash(base: str) -> None:
    assert checked_base(base) == base.rstrip("/") + "/"


@pytest.mark.parametrize("base", ["", "id/", "/id/", "urn:kg:", "https://example.org/#", "https://example.org/?x", "https:///x", "http://a b/",
                                  "https://example.org/a/../b/", "https://example.org/<"])  # fmt: skip
def test_a_base_that_nothing_can_be_resolved_against(base: str) -> None:
    with pytest.raises(UsageError, match="no base"):
        checked_base(base)


@pytest.mark.parametrize("curie", ["kg:partOf", "dcterms:issued", "skos:prefLabel", "rdf:type", "void:class"])
def test_compact_names(curie: str) -> None:
    assert compact(expand(curie)) == curie


@pytest.mark.parametrize(
    "iri", [PREFIXES["kg"], PREFIXES["kg"] + "a.b", PREFIXES["kg"] + "甲", "https://example.org/x"]
)
def test_what_has_no_compact_name(iri: str) -> None:
    assert compact(iri) is None


def test_partitions_are_parts_of_the_dataset() -> None:
    assert partition_iri(BASE, "kg:Agency") == f"{BASE}dataset#kg-Agency"


@given(st.text(st.characters(), max_size=30))
def test_literals_hold_only_what_xml_allows(text: str) -> None:
    shown = legal(text)
    assert len(shown) == len(text)
    assert not [
        c
        for c in shown
        if (unicodedata.category(c) in ("Cc", "Cs") and c not in "\t\n" and c < "\x7f") or c in "\ufffe\uffff"
    ]
    shown.encode()
