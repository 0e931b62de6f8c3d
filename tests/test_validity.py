"""From when and until when policies hold, what revised, replaced or repealed them, and on what they rest."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from kg import __version__, resolve
from kg.export.graphml import projection
from kg.graph import World
from kg.model import Document, Fact, Letter, Literal, Part, Passage, Reading, Span
from kg.pipeline import graph_of
from kg.validity import until
from kg.vocabulary import BASE
from tests.sentences import ONTOLOGY, REGISTRY

ISSUER = "遂宁市农业农村局"
DATE = "2024年6月3日"
SAID = (
    "validFrom", "inForceFrom", "validUntil", "inForceUntil", "term", "revised", "revises", "replaces", "repealed", "basedOn",
    "extendedUntil", "endedBy",
)  # fmt: skip
CASES = tomllib.loads((Path(__file__).parent / "cases" / "validity.toml").read_text(encoding="utf-8"))["case"]


def letter_of(text: str, section: str) -> Letter:
    """A letter of 2024 whose body has a passage for each line."""
    lines = [ISSUER, *text.strip().split("\n"), DATE]
    source, found, start = "\n".join(lines), [], 0
    for index, line in enumerate(lines):
        where = section if 0 < index < len(lines) - 1 else "form"
        found.append(Passage(index, Span(start, start + len(line)), line, ((0, start),), where))  # type: ignore[arg-type]
        start += len(line) + 1
    last = len(lines) - 1
    parts = (Part("issuer", 0, 0, len(ISSUER), ISSUER), Part("date", last, 0, len(DATE), "2024-06-03"))
    return Letter(Document("case.txt", "0" * 64, source), "Letter", parts, tuple(found))


def read(text: str, section: str = "report") -> Reading:
    return resolve.read(letter_of(text, section), ONTOLOGY, REGISTRY)


def said(reading: Reading) -> list[Fact]:
    return [fact for fact in reading.facts if fact.relation in SAID]


def plain(fact: Fact) -> tuple[str, str, str]:
    value = fact.object.value if isinstance(fact.object, Literal) else fact.object.key
    return fact.subject.key, fact.relation, value


@pytest.mark.parametrize("case", CASES, ids=[case["text"].strip()[:32] for case in CASES])
def test_a_sentence_says_this_of_the_time_of_policies_and_no_more(case: dict[str, Any]) -> None:
    found = {plain(fact) for fact in said(read(case["text"], case.get("section", "report")))}
    assert found == {tuple(fact) for fact in case["facts"]}


# --- Where it stands

TOLD = """
2022年11月20日，市政府办公室印发《遂宁市民宿管理办法》。
该办法自2022年12月20日起施行；
有效期18个月。"""


def test_an_end_stands_where_the_term_is_and_is_read_with_the_start() -> None:
    ends = [fact for fact in said(read(TOLD)) if fact.relation in ("validUntil", "inForceUntil")]
    assert [(fact.passage, fact.read_with) for fact in ends] == [(3, (1, 2)), (3, (1, 2))]
    assert {fact.rule for fact in ends} == {"term.behind"}


def test_a_day_of_issue_is_read_with_the_sentence_that_has_it() -> None:
    lines = "2023年5月8日，我局印发《遂宁市柑橘管理办法》。\n该办法自印发之日起施行，有效期一年。"
    found = {plain(fact)[1:]: (fact.passage, fact.read_with) for fact in said(read(lines))}
    assert found["inForceFrom", "2023-05-08"] == (2, (1,))
    assert found["inForceUntil", "2024-05-07"] == (2, (1,))


def test_two_starts_or_two_terms_give_no_end() -> None:
    first = "《遂宁市柑橘管理办法》自2023年5月1日起施行，有效期三年。"
    for other in ("《遂宁市柑橘管理办法》自2023年6月1日起施行。", "《遂宁市柑橘管理办法》有效期五年。"):
        assert not [fact for fact in said(read(f"{first}\n{other}")) if fact.relation == "validUntil"]


def test_a_printed_end_is_not_reckoned_anew() -> None:
    line = "《遂宁市柑橘管理办法》自2023年5月1日起施行，有效期三年，有效期至2026年6月30日。"
    assert {plain(fact)[2] for fact in said(read(line)) if fact.relation == "inForceUntil"} == {"2026-06-30"}


@pytest.mark.parametrize(
    ("start", "term", "end"),
    [
        ("2023-05-01", "三年", "2026-04-30"),
        ("2023-05-01", "5年", "2028-04-30"),
        ("2022-01-01", "两年", "2023-12-31"),
        ("2023-05-31", "六个月", "2023-11-30"),
        ("2023-08-31", "6个月", "2024-02-29"),
        ("2024-02-29", "1年", "2025-02-28"),
        ("2023-05-01", "一年半", "2024-10-31"),
        ("2023-05-01", "半年", "2023-10-31"),
        ("2023-05", "三年", "2026"),
        ("2023-12", "一个月", ""),
        ("2023-01", "三年", ""),
        ("2023", "三年", ""),
        ("2023-05-01", "十二年", "2035-04-30"),
        ("2023-05-01", "长期", ""),
    ],
)
def test_the_last_day_of_a_term_as_far_as_it_is_certain(start: str, term: str, end: str) -> None:
    assert until(start, term) == end


# --- In the graph and beside it


def test_years_and_days_stand_side_by_side_also_in_graphml() -> None:
    reading = read("《遂宁市稳岗补贴办法》自2023年5月1日起施行，有效期三年。")
    node = projection(graph_of([reading], World(ONTOLOGY, REGISTRY, BASE, __version__))).nodes[
        f"{BASE}policy/遂宁市稳岗补贴办法"
    ]
    assert (node["validFrom"], node["inForceFrom"]) == ("2023", "2023-05-01")
    assert (node["validUntil"], node["inForceUntil"], node["term"]) == ("2026", "2026-04-30", "三年")


def test_a_relation_of_years_has_its_days_in_a_relation_of_days() -> None:
    for relation in ONTOLOGY.relations.values():
        if relation.day:
            days = ONTOLOGY.relations[relation.day]
            assert relation.range == ("xsd:gYear",)
            assert (days.range, days.domain) == (("xsd:date", "xsd:gYearMonth"), relation.domain)
