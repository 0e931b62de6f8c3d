"""Promises over the years: letters of an invented city of three years, what they announce, and what came of it.

Every expected value was written by reading the letters below.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

import kg
from kg import __version__, ontology, registry
from kg.graph import World
from kg.pipeline import graph_of, read_all
from kg.query import formats
from kg.query.dataset import Dataset
from kg.query.entities import entity
from kg.query.question import prepared
from kg.query.run import ask
from kg.show import portrait, record, terminal
from kg.vocabulary import BASE

SAID = {
    2022: """近年来，我局高度重视公共交通。由市发展改革委牵头，2022年底前编制完成《自贡市充电设施规划》。
下一步，我局将重点做好以下工作：
一是我局计划2023年底前建成釜溪客运枢纽。
二是加快推进釜溪河特大桥建设。
三是2023年开工建设自贡东站综合交通枢纽。
四是修订《自贡市公交补贴办法》。
五是持续实施《自贡市绿色出行行动方案》。
六是到2024年，全市新建公共充电桩2000个。
七是深化自贡智慧公交平台应用。
八是市公安局、市城管局按照职责分工，2023年6月底前出台《自贡市停车管理办法》。
九是新增夜间公交线路6条。（责任单位：市国资委；配合单位：市财政局）""",
    2023: """2022年全市新建公共充电桩1100个。自贡东站综合交通枢纽已开工建设。釜溪客运枢纽正在加紧施工。
《自贡市公交补贴办法》已于2022年1月印发。印发《自贡市绿色出行行动方案》。自贡智慧公交平台已上线。""",
    2024: """釜溪客运枢纽于2024年3月28日建成投用。釜溪河特大桥已建成通车，完成投资3亿元。
2023年全市新建公共充电桩1300个。""",
}
ASKED = {2022: ("十七届人大一次会议", 108), 2023: ("十七届人大二次会议", 77), 2024: ("十七届人大三次会议", 14)}


def letter(year: int) -> str:
    session, number = ASKED[year]
    return f"""自贡市交通运输局文件

自交提〔{year}〕7号

关于市{session}第{number}号建议的答复

周岚代表：

您提出的《关于完善公共交通的建议》（第{number}号）收悉，现答复如下：

{SAID[year].replace(chr(10), chr(10) * 2)}

自贡市交通运输局
{year}年5月30日
"""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    folder = tmp_path_factory.mktemp("letters")
    for year in SAID:
        (folder / f"{year}.txt").write_text(letter(year), encoding="utf-8")
    return tuple(sorted(folder.iterdir()))


@pytest.fixture(scope="module")
def graph(files: tuple[Path, ...]) -> Dataset:
    readings, _ = read_all(files)
    return Dataset(graph_of(readings, World(ontology.load(), registry.load(), BASE, __version__)))


def rows(graph: Dataset, name: str) -> list[dict[str, str]]:
    sink = io.BytesIO()
    formats.named("csv").write(ask(graph, prepared(name), {}), sink, graph.look())
    return list(csv.DictReader(io.StringIO(sink.getvalue().decode(), newline="")))


def of(found: list[dict[str, str]], words: str) -> dict[str, str]:
    return next(row for row in found if words in row["promise"])


@pytest.mark.parametrize(
    ("promise", "later"),
    [
        ("建成釜溪客运枢纽", "done"),  # a building that is used
        ("釜溪河特大桥建设", "done"),  # its building went on until it was built
        ("开工建设自贡东站综合交通枢纽", "done"),  # only its beginning was announced
        ("修订《自贡市公交补贴办法》", "named"),  # it had been issued before, and was not revised
        ("持续实施《自贡市绿色出行行动方案》", "named"),  # that it was issued does not carry it out
        ("深化自贡智慧公交平台应用", "named"),
        ("新建公共充电桩2000个", "2023: 新建公共充电桩 1300个"),
        ("夜间公交线路", ""),
    ],
)
def test_the_last_word_is_about_the_act_and_not_only_about_the_thing(graph: Dataset, promise: str, later: str) -> None:
    assert of(rows(graph, "ledger"), promise)["later"] == later


@pytest.mark.parametrize(
    ("promise", "who", "beside"),
    [
        ("《自贡市充电设施规划》", "自贡市发展和改革委员会", ""),  # in the report of work so far
        ("釜溪客运枢纽", "自贡市交通运输局", ""),  # 我局计划
        ("《自贡市停车管理办法》", "自贡市公安局、自贡市城市管理局", ""),  # 按照职责分工
        ("夜间公交线路", "自贡市人民政府国有资产监督管理委员会", "自贡市财政局"),  # a line below it
    ],
)
def test_who_is_to_do_it(graph: Dataset, promise: str, who: str, beside: str) -> None:
    row = of(rows(graph, "ledger"), promise)
    assert (row["who"], row["named"], row["with"]) == (who, "true", beside)


def test_only_what_nobody_is_named_for_lacks_an_agency(graph: Dataset) -> None:
    lacking = [row["promise"] for row in rows(graph, "promises-lacking") if "agency" in row["lacks"]]
    named = ("充电设施规划", "釜溪客运枢纽", "停车管理办法", "夜间公交线路")
    assert not [promise for promise in lacking if any(one in promise for one in named)]
    assert any("釜溪河特大桥" in promise for promise in lacking)


def test_what_was_kept(graph: Dataset) -> None:
    found = {(row["done"], row["from"], row["to"]) for row in rows(graph, "kept")}
    assert found == {("釜溪客运枢纽", "2022", "2024"), ("东站综合交通枢纽", "2022", "2023")}


def test_what_is_to_be_revised_is_listed_though_it_was_once_issued(graph: Dataset) -> None:
    found = rows(graph, "announced")
    assert of(found, "修订《自贡市公交补贴办法》")
    assert not [row for row in found if "釜溪" in row["promise"]]


def test_projects_are_among_what_is_done(graph: Dataset) -> None:
    done = {(row["done"], row["kind"], row["source"]) for row in rows(graph, "done")}
    assert ("釜溪客运枢纽", "Project", "自交提〔2024〕7号") in done
    assert ("釜溪河特大桥", "Project", "自交提〔2024〕7号") in done
    assert not [row for row in done if row[0] == "东站综合交通枢纽"]  # it was only begun


def test_the_years_of_a_target_of_several_years_are_added_up(graph: Dataset) -> None:
    row = next(row for row in rows(graph, "targets-and-results") if row["target"] == "2000")
    assert (row["result"], row["asOf"], row["sum"], row["sumOf"]) == ("1300", "2023", "2400", "2022、2023")
    assert next(row for row in rows(graph, "targets-and-results") if row["target"] == "6")["sum"] == ""


def test_a_letter_read_alone_says_what_it_announces(files: tuple[Path, ...]) -> None:
    said = kg.read(files[0])
    row = next(row for row in said.promises if "停车管理办法" in str(row.promise))
    assert (row.act, row.deadline, row.concerns) == ("finish", "2023-06", "自贡市停车管理办法")
    assert (row.responsible, row.jointly, row.figures) == ("自贡市公安局、自贡市城市管理局", None, None)
    row = next(row for row in said.promises if "充电桩" in str(row.promise))
    assert (row.act, row.deadline, row.figures) == ("finish", "2024", "新建公共充电桩 = 2000个")
    assert isinstance(row.start, int) and isinstance(row.end, int)
    assert said.reading.letter.document.text[row.start : row.end] == row.sentence
    assert len(said.promises) == 10


def test_a_thing_is_shown_with_what_is_announced_of_it(graph: Dataset) -> None:
    told = portrait(graph, entity(graph, "Project", "釜溪客运枢纽"))
    found = [(one.text, one.role, one.act, one.deadline, [who.name for who in one.who]) for one in told.promises]
    assert found == [("我局计划2023年底前建成釜溪客运枢纽", "concerns", "finish", "2023", ["自贡市交通运输局"])]
    assert json.loads(record(told))["promises"][0]["responsible"][0]["name"] == "自贡市交通运输局"
    assert "by 期限 2023  who 谁办 自贡市交通运输局" in terminal(told)
    assert [(one.status, one.sentence.year) for one in told.statuses] == [
        ("planned", 2022), ("ongoing", 2023), ("done", 2024)
    ]  # fmt: skip


def test_an_agency_is_shown_with_what_it_is_to_do_and_a_letter_with_what_it_announces(graph: Dataset) -> None:
    told = portrait(graph, entity(graph, "Agency", "自贡市财政局"))
    assert [(one.role, one.text) for one in told.promises] == [("jointly", "新增夜间公交线路6条")]
    told = portrait(graph, entity(graph, "Letter", "自交提〔2022〕7号"))
    assert len(told.promises) == 10 and {one.role for one in told.promises} == {"announces"}
