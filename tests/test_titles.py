"""Titles of documents as keys."""

from __future__ import annotations

import pytest

from kg.extract.scene import Scene, places_of
from kg.titles import Told, key_of, printed_before
from tests.sentences import REGISTRY

ISSUER = "湖州市科学技术局"
WHERE = Scene(ISSUER, places_of(ISSUER, REGISTRY), 2024)
OPINION = "关于加快竹业发展的实施意见"

# Title, what the letter tells, key.
KEYS = [
    ("湖州市竹业办法", Told(), "湖州市竹业办法"),
    ("湖州竹业管理办法", Told(), "湖州市竹业管理办法"),
    ("湖州大学章程", Told(), "湖州大学章程"),
    ("浙江竹业发展条例", Told(), "浙江省竹业发展条例"),
    ("湖州市竹业方案(2023—2025)", Told(), "湖州市竹业方案(2023-2025年)"),
    ("湖州市竹业方案(2023年-2025年)", Told(), "湖州市竹业方案(2023-2025年)"),
    (OPINION, Told(), f"{OPINION}_湖州市"),
    (OPINION, Told(issuers=("浙江省人民政府",)), f"{OPINION}_浙江省"),
    (OPINION, Told(issuers=("国务院",)), OPINION),
    (OPINION, Told(numbers=("湖政发〔2023〕5号",)), f"{OPINION}_湖州市"),
    (OPINION, Told(numbers=("浙政发〔2023〕5号",)), f"{OPINION}_浙江省"),
    (OPINION, Told(numbers=("国发〔2023〕5号",)), OPINION),
    (OPINION, Told(before=("落实省",)), f"{OPINION}_浙江省"),
    (OPINION, Told(before=("省政府印发的",)), f"{OPINION}_浙江省"),
    (OPINION, Told(before=("落实国家",)), OPINION),
    (OPINION, Told(before=("认真落实",)), f"{OPINION}_湖州市"),
    ("种子法", Told(), "种子法"),
    ("中华人民共和国种子法", Told(), "种子法"),
    ("国家竹业规划", Told(), "国家竹业规划"),
    ("竹业管理办法", Told(), "竹业管理办法_湖州市"),
    ("竹业管理办法", Told(numbers=("湖政发〔2023〕5号",)), "湖州市竹业管理办法"),
    ("竹业管理办法(试行)", Told(numbers=("浙政发〔2023〕5号",)), "浙江省竹业管理办法(试行)"),
    ("竹业管理办法", Told(numbers=("国发〔2023〕5号",)), "竹业管理办法"),
    ("竹业办法", Told(numbers=("湖政发〔2023〕5号",)), "竹业办法_湖州市"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "told", "key"), KEYS)
def test_whose_a_document_is(title: str, told: Told, key: str) -> None:
    assert key_of(title, told, WHERE, REGISTRY, "甲号") == key


def test_where_nobody_knows_who_wrote_a_document_is_the_letters_own() -> None:
    assert key_of(OPINION, Told(), Scene("", (), None), REGISTRY, "政府工作报告_0123abcd") == (
        f"{OPINION}_政府工作报告_0123abcd"
    )


def test_what_is_printed_before_a_title_ends_at_a_comma() -> None:
    assert printed_before([("出台后，落实省《意见》", 7)]) == ("落实省",)
