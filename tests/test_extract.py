"""What is found in single sentences: tables in tests/cases/, one case a sentence."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.extract.reading import extract
from kg.letter import read_letter
from kg.model import Document, Literal, Mention, Part
from tests.sentences import ONTOLOGY, REGISTRY, extracted, letter_of

CASES = Path(__file__).parent / "cases"
CORE = ("Person", "Agency", "Organisation", "Platform", "Programme", "Policy", "Event", "Project")


def cases(name: str) -> list[dict[str, Any]]:
    return tomllib.loads((CASES / name).read_text(encoding="utf-8"))["case"]


def end(value: Mention | Literal) -> str:
    return value.surface if isinstance(value, Mention) else value.value


def found_in(case: dict[str, Any]) -> tuple[set[str], set[tuple[str, ...]], set[tuple[str, str]]]:
    found = extracted(case["text"], case.get("section", ""), case.get("issuer", ""))
    body = max(found.mentions)
    mentions = (*found.mentions[body], *found.nested[body])
    entities = {f"{m.kind} {m.surface}" for m in mentions if m.kind in CORE}
    relations = {(e.subject.surface, e.relation, end(e.object)) for e in found.links if e.passage == body}
    return entities, relations, {(said.mention.surface, said.status) for _, said in found.statuses}


@pytest.mark.parametrize("case", cases("sentences.toml"), ids=lambda case: case["text"][:12])
def test_sentence(case: dict[str, Any]) -> None:
    entities, relations, statuses = found_in(case)
    assert entities == set(case["entities"])
    assert {tuple(relation) for relation in case.get("relations", ())} <= relations
    assert {tuple(status) for status in case.get("status", ())} <= statuses


def test_a_level_behind_a_name_is_told_before_it_and_the_name_is_counted() -> None:
    found = extracted("去年认定新型研发机构省级7家、市级21家。").figures
    assert [(figure.indicator, figure.about and figure.about.surface) for _, figure in found] == [
        ("认定省级新型研发机构", "新型研发机构"),
        ("市级新型研发机构", "新型研发机构"),
    ]


@pytest.mark.parametrize(
    ("text", "section", "status"),
    [
        ("下一步，由市人社局牵头，在2025年底前出台《成都市工匠培育办法》。", "plan", ["planned"]),
        ("二是会同市财政局在2025年6月前修订《成都市工匠培育办法》。", "plan", ["planned"]),
        ("2025年6月底前发布的《成都市工匠培育办法》。", "report", ["planned"]),
        ("我局去年底前已出台《成都市工匠培育办法》。", "report", ["done"]),
        ("2022年6月底前出台《成都市工匠培育办法》。", "report", ["done"]),
        ("我市于2021年联合印发《成都市工匠培育办法》。", "plan", ["done"]),
        ("正在与四川农业大学共建岷江智能农机实验室，预计2025年6月底前建成投用。", "report", ["planned"]),
        ("岷江智能农机实验室2023年6月底前建成投用。", "report", ["done"]),
    ],
)
def test_what_is_only_due_is_not_done(text: str, section: str, status: list[str]) -> None:
    letter = letter_of(text, section, "成都市农业农村局")  # type: ignore[arg-type]
    letter = replace(letter, parts=(*letter.parts, Part("date", 0, 0, 2, "2024-05-06")))
    found = extract(letter, ONTOLOGY, REGISTRY)
    assert [said.status for _, said in found.statuses] == status
    dated = [link for link in found.links if link.relation == "issued" and link.subject.kind == "Policy"]
    assert len(dated) == ("2021年" in text or "去年" in text)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("去年，四川农业大学周石文教授受聘担任顾问。", "Organisation 四川农业大学"),
        ("组织实施“农村初中校舍改造工程”，效果良好。", "Programme “农村初中校舍改造工程”"),
        ("组织实施“简阳市丹景校舍改造工程”，效果良好。", "Project “简阳市丹景校舍改造工程”"),
        ("对失业人员给予补助。", "Group 失业人员"),
        ("对大龄失业人员给予补助。", "Group 大龄失业人员"),
    ],
)
def test_what_a_name_is_told_by_its_neighbours(text: str, named: str) -> None:
    assert named in {f"{m.kind} {m.surface}" for here in extracted(text).mentions.values() for m in here}


def test_a_class_that_gets_nothing_is_no_group() -> None:
    found = extracted("大龄失业人员逐年减少。").mentions
    assert not [m for here in found.values() for m in here if m.kind == "Group"]


def test_levels_in_a_series_share_the_class_behind_the_last() -> None:
    found = extracted("对新认定的国家级、省级龙头企业，分别奖励50万元、20万元。").mentions
    names = [name for here in found.values() for m in here if m.kind == "Group" for name in (m.surface, *m.names)]
    assert {"国家级龙头企业", "省级龙头企业"} <= set(names)


def test_a_long_name_in_a_salutation_is_a_person() -> None:
    text = (
        "锡林市教育局\n\n锡教复〔2021〕8号\n\n苏伊拉巴特尔、石文委员：\n\n你们提出的《关于办好牧区学校的提案》收悉。\n"
    )
    found = extract(read_letter(Document("case.txt", "0" * 64, text), REGISTRY), ONTOLOGY, REGISTRY)
    people = {m.surface for here in found.mentions.values() for m in here if m.kind == "Person"}
    assert people == {"苏伊拉巴特尔", "石文"}
