"""What a group can get: which wider groups it belongs to, by what letters say and by the heads of names."""

from __future__ import annotations

import csv
import io

import pytest
from pyoxigraph import RdfFormat, Store

from kg.query import formats
from kg.query.dataset import Dataset
from kg.query.question import prepared
from kg.query.run import ask
from kg.vocabulary import BASE, KG

Row = dict[str, str]


def graph(names: dict[str, tuple[str, ...]], said: tuple[tuple[str, str], ...] = ()) -> Dataset:
    """A graph in which each group has an incentive of its own; letters say of some that they are kinds of others."""
    lines = [
        f"@base <{BASE}> . @prefix kg: <{KG}> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .",
        '<letter/甲> a kg:Letter ; skos:prefLabel "甲函〔2025〕1号"@zh . <p> kg:text "奖励10万元。"@zh ; kg:inDocument <letter/甲> .',
    ]
    for number, (name, others) in enumerate(names.items()):
        labels = "".join(f' ; skos:altLabel "{other}"@zh' for other in others)
        lines.append(f'<group/{name}> a kg:Group ; skos:prefLabel "{name}"@zh{labels} . <p> kg:states <f{number}> .')
        lines.append(f'<f{number}> a kg:Incentive ; kg:beneficiary <group/{name}> ; kg:indicator "{name}" ;')
        lines.append('    kg:value 100000.0 ; kg:comparator "=" .')
    facts = [(f"<group/{one}> kg:kindOf <group/{other}> .", f"<s{n}>") for n, (one, other) in enumerate(said)]
    for number, (fact, passage) in enumerate(facts):
        lines.append(f'{fact} {passage} kg:text "第{number}句。"@zh .')
    store = Store()
    store.load("\n".join(lines).encode(), format=RdfFormat.TURTLE)
    for fact, passage in facts:
        store.load("\n".join([lines[0], f"{passage} {{ {fact} }}"]).encode(), format=RdfFormat.TRIG)
    return Dataset(store)


def belonging(found: Dataset, group: str) -> set[tuple[str, str, str]]:
    """The groups whose incentives a group gets, through what, and why."""
    sink = io.BytesIO()
    answer = ask(found, prepared("what-can-i-get"), {"group": group})
    formats.named("csv").write(answer, sink, found.look())
    rows = csv.DictReader(io.StringIO(sink.getvalue().decode(), newline=""))
    return {(row["whose"], row["through"], row["because"]) for row in rows}


WIDER = [
    ("规上高新技术企业", "高新技术企业"),
    ("省级科技型中小企业", "科技型中小企业"),
    ("科技型中小企业", "中小企业"),
    ("科技型中小企业", "科技型企业"),
    ("民营科技企业", "民营企业"),
    ("规模以上工业企业", "规模以上企业"),
    ("国家级专精特新小巨人企业", "专精特新企业"),
    ("高层次青年人才", "青年人才"),
    ("高层次青年人才", "高层次人才"),
    ("青年拔尖人才", "青年人才"),
    ("高技能人才", "技能人才"),
    ("省级绿色工厂", "绿色工厂"),
    ("省实验室", "实验室"),
    ("养老护理员", "护理员"),
    ("失能老年人", "老年人"),
]
NO_WIDER = [
    ("高新技术企业", "规上高新技术企业"),
    ("非高新技术企业", "高新技术企业"),
    ("准独角兽企业", "独角兽企业"),
    ("拟上市企业", "上市企业"),
    ("后备领军企业", "领军企业"),
    ("预备技师", "技师"),
    ("中小微企业", "中小企业"),
    ("副教授", "教授"),
    ("国家重点实验室", "国家实验室"),
    ("工程技术研究中心", "工程研究中心"),
    ("省级重点企业", "省级企业"),
    ("高校毕业生", "青年人才"),
    ("企业家", "企业"),
]


@pytest.mark.parametrize(("narrow", "wide"), WIDER)
def test_a_group_belongs_to_the_one_whose_name_is_the_head_of_its_own(narrow: str, wide: str) -> None:
    found = graph({narrow: (), wide: ()})
    assert belonging(found, narrow) == {(narrow, "own", ""), (wide, "name", wide)}
    assert belonging(found, wide) == {(wide, "own", "")}


@pytest.mark.parametrize(("narrow", "wide"), NO_WIDER)
def test_a_name_that_only_looks_alike_is_no_wider_one(narrow: str, wide: str) -> None:
    assert belonging(graph({narrow: (), wide: ()}), narrow) == {(narrow, "own", "")}


def test_other_names_count_but_for_short_forms() -> None:
    found = graph({
        "国家级专精特新小巨人企业": ("国家级专精特新“小巨人”企业",),
        "专精特新中小企业": ("专精特新企业",),
        "科技小巨人企业": (),
        "专精特新小巨人企业": ("小巨人企业",),
    })  # fmt: skip
    assert belonging(found, "国家级专精特新小巨人企业") == {
        ("国家级专精特新小巨人企业", "own", ""),
        ("专精特新中小企业", "name", "专精特新企业"),
        ("专精特新小巨人企业", "name", "专精特新小巨人企业"),
    }
    assert belonging(found, "科技小巨人企业") == {("科技小巨人企业", "own", "")}


def test_a_name_in_quotation_marks_is_not_taken_apart() -> None:
    found = graph({"雏鹰展翅企业": ("“雏鹰展翅”企业",), "雏鹰企业": ()})
    assert belonging(found, "雏鹰展翅企业") == {("雏鹰展翅企业", "own", "")}


def test_a_letter_says_so_and_the_head_of_the_name_that_it_says_goes_on() -> None:
    names: dict[str, tuple[str, ...]] = {"技师": (), "高层次青年人才": (), "青年人才": (), "优秀人才": ()}
    found = graph(names, (("技师", "高层次青年人才"), ("高层次青年人才", "优秀人才"), ("技师", "高层次青年人才")))
    assert belonging(found, "技师") == {
        ("技师", "own", ""),
        ("高层次青年人才", "said", "第0句。"),
        ("优秀人才", "said", "第1句。"),
        ("青年人才", "said, name", "第0句。"),
    }
