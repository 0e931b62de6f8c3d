"""Relations over whole passages: what is carried on from clause to clause, and where nothing is distributed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg import resolve
from kg.extract.reading import extract
from kg.extract.relations import LONGEST, MOST_MENTIONS
from kg.letter import read_letter
from kg.model import Document, Mention
from tests.sentences import ONTOLOGY, REGISTRY, extracted, letter_of

ISSUER = "成都市农业农村局"


def said(text: str) -> set[tuple[str, str, str]]:
    found = extracted(text, issuer=ISSUER)
    ends = ((link, link.object) for link in found.links if not link.rule.startswith("form"))
    return {(k.subject.surface, k.relation, o.surface if isinstance(o, Mention) else o.value) for k, o in ends}


CARRIED = [
    (
        "我局会同成都市残联举办“星光”艺术节，并与成都市教育局共同推广“惠农课堂”计划。",
        {("“惠农课堂”计划", "carriedOutBy", "我局"), ("“惠农课堂”计划", "carriedOutBy", "成都市教育局")},
        {("“惠农课堂”计划", "carriedOutBy", "成都市残联")},
    ),
    (
        "成都市财政局与四川农业大学签订合作协议，双方共同推出“农芯贷”。",
        {("“农芯贷”", "carriedOutBy", "成都市财政局"), ("“农芯贷”", "carriedOutBy", "四川农业大学")},
        set(),
    ),
    (
        "“蓉耕”平台由四川农业大学建设，接入“天府通”APP，设在蒲江县。",
        {("“蓉耕”平台", "availableOn", "“天府通”APP"), ("“蓉耕”平台", "locatedIn", "蒲江县")},
        {("“天府通”APP", "locatedIn", "蒲江县")},
    ),
    (
        "“育苗”计划和“强师”计划分别由成都市农业农村局、成都市教育局实施。",
        {("“育苗”计划", "carriedOutBy", "成都市农业农村局"), ("“强师”计划", "carriedOutBy", "成都市教育局")},
        {("“育苗”计划", "carriedOutBy", "成都市教育局"), ("“强师”计划", "carriedOutBy", "成都市农业农村局")},
    ),
]


@pytest.mark.parametrize(("text", "wanted", "unwanted"), CARRIED, ids=[text[:10] for text, _, _ in CARRIED])
def test_subjects_and_topics_go_on(
    text: str, wanted: set[tuple[str, str, str]], unwanted: set[tuple[str, str, str]]
) -> None:
    found = said(text)
    assert wanted <= found
    assert not unwanted & found


@pytest.mark.parametrize(
    "text",
    [
        "成都市农业农村局举办" + "、".join(f"“育苗{chr(0x4E00 + n)}”计划" for n in range(MOST_MENTIONS + 1)) + "。",
        "成都市农业农村局举办“育苗”计划，" + "认真总结" * (LONGEST // 4) + "。",
    ],
    ids=["too many names", "too long"],
)
def test_in_a_passage_too_full_nothing_is_distributed_and_it_is_told(text: str) -> None:
    found = extracted(text, issuer=ISSUER)
    assert said(text) == set()
    assert [one.what for one in found.dropped if one.what == "passage"] == ["passage"]


def test_in_a_report_a_programme_supports_only_what_its_own_clause_says() -> None:
    """A sentence of a reply is about one thing; one of a report is a row of things done side by side."""
    reply = letter_of("实施“育苗”计划，支持科技型中小企业发展。")
    told = [
        {link.relation for link in extract(replace(reply, form=form), ONTOLOGY, REGISTRY).links}
        for form in ("Letter", "Document")
    ]
    assert told == [{"supports"}, set()]


def test_a_doctrine_does_not_mention_the_person_it_is_named_after() -> None:
    text = "由石明远院士任主任，团队深入学习石明远科技报国思想，石明远多次到场。"
    people = [one.start for one in extracted(text).mentions[0] if one.kind == "Person"]
    assert people == [text.index("石明远院士"), text.index("石明远多次")]


def test_what_a_pointing_word_means_is_read_with_the_passage_that_names_it() -> None:
    source = (
        "成都市农业农村局\n\n关于有关提案的答复\n\n我局印发《成都市公文处理办法》。该办法由成都市财政局牵头实施。\n"
    )
    read = resolve.read(read_letter(Document("case.txt", "0" * 64, source), REGISTRY), ONTOLOGY, REGISTRY)
    told = [fact for fact in read.facts if fact.relation == "carriedOutBy"]
    texts = [passage.text for passage in read.letter.passages]
    assert [(fact.subject.key, [texts[other] for other in fact.read_with]) for fact in told] == [
        ("成都市公文处理办法", ["我局印发《成都市公文处理办法》。"])
    ]
