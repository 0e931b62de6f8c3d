"""What a figure is limited to: the place, programme, platform or event that heads its clause; in doubt nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from kg.letter import read_letter
from kg.model import Measure, Reading
from kg.read import read as document
from kg.resolve import read
from tests.sentences import ONTOLOGY, REGISTRY
from tests.test_grouping import LETTER
from tests.test_resolve import reading

ROOT = Path(__file__).parent
# What is said, and the scope of each of its figures.
SCOPES = {
    "“千竹”行动累计整治竹林120处，惠及农户3000户。": ["千竹", "千竹"],
    "我局会同市财政局推出“竹链贷”，累计放贷2亿元。": ["竹链贷"],
    "举办“竹海杯”创新创业大赛，吸引项目86个。": ["竹海杯"],
    "岷江竹材实验室集聚科研人员120人。": ["岷江竹材实验室"],
    "遂昌县新建竹林道路12公里。": ["遂昌县"],
    # What is recognised is counted for the place, whatever is carried out there.
    "实施企业“竹倍增”计划，2024年新认定高新技术企业12家。": [""],
    # One of several in a row is not all of them.
    "在遂昌县、松阳县、云和县等新建茶园12个。": [""],
    "征集来自北京、上海等地的项目超500个。": [""],
    # Not what another platform is reached by.
    "“竹农帮”小程序接入“浙里办”，注册用户1.2万人。": ["竹农帮"],
    "政策发布后接入“浙里办”，注册用户1.2万人。": [""],
    # What the letter goes on to speak of.
    "岷江竹材实验室建成投用，全市科研人员达到800人。": [""],
    "实施“千竹”行动，印发《丽水市竹林办法》，安排资金300万元。": [""],
    "实施“千竹”行动，市财政局安排补助资金300万元。": [""],
    "结合“千竹”行动布局，今年招引企业10家。": [""],
}


def scopes(found: Reading) -> list[str]:
    return [one.scope.key.split("_")[0] if one.scope else "" for one in found.measures]


@pytest.mark.parametrize("said", SCOPES)
def test_the_scope_of_a_figure(said: str) -> None:
    assert scopes(reading(LETTER.format(said=said))) == SCOPES[said]


def plain(name: str) -> str:
    return re.sub(r"[\W_]", "", name)


def compared() -> Iterator[tuple[Measure, set[str], set[str]]]:
    """The figures of annotated letters that have a scope, with the names of it and of the one that a reader gave."""
    for folder, letters in ((ROOT / "gold", ROOT / "gold" / "letters"), (ROOT / "letters" / "practice",) * 2):
        for file in sorted(folder.glob("*.json")):
            gold = json.loads(file.read_text(encoding="utf-8"))
            if "measures" not in gold or not (letters / gold["document"]).exists():
                continue
            names = [{plain(name) for name in entity["names"]} for entity in gold["entities"]]
            found = read(read_letter(document(letters / gold["document"]), REGISTRY), ONTOLOGY, REGISTRY)
            called = {entity.ref: {plain(name) for name in (entity.name, *entity.names)} for entity in found.entities}
            for one in found.measures:
                given = next((m for m in gold["measures"] if one.scope and same(one, m)), None)
                if given is not None and one.scope is not None:
                    said = plain(given.get("scope") or "")
                    yield one, called[one.scope], next((group for group in names if said in group), {said} - {""})


def same(one: Measure, given: dict[str, object]) -> bool:
    words = given["indicator"]
    assert isinstance(words, list)
    return (Decimal(str(given["value"])), given["unit"]) == (one.value, one.unit) and all(
        plain(word) in plain(one.indicator) for word in words
    )


def test_three_of_four_scopes_are_those_that_a_reader_gave() -> None:
    """Of 643 scopes 498 (0.77) were in November 2026; 583 of 1,068 (0.55) when the last name before a figure was."""
    table = list(compared())
    right = [one for one, ours, theirs in table if any(a in b or b in a for a in ours for b in theirs)]
    assert len(right) >= 350
    assert len(right) / len(table) >= 0.75
