"""Documents of like titles: successive plans, the work of each year, province and city, and what a decision parts.

All letters are invented.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.api import open as open_graph
from kg.cli import main
from kg.decisions import contradictions
from kg.decisions import rows as decided
from kg.judgement import Decision
from kg.model import Ref
from kg.pipeline import build
from tests.test_resolve import keys, reading

LETTER = """丽水市农业农村局

丽农提复〔2025〕10号

关于市政协五届三次会议第12号提案的答复

季明远委员：

　　您提出的《关于做强山区茶产业的提案》（第12号）收悉，现答复如下：

　　一、工作开展情况

　　{said}

　　联系人：石文，联系电话：0578-2555010

丽水市农业农村局
2025年5月20日
"""
OLD, NEW = (f"丽水市茶产业振兴行动方案({years}年)" for years in ("2022-2024", "2025-2027"))
TWO = (
    "2022年，市政府办公室印发《丽水市茶产业振兴行动方案（2022-2024年）》（丽政办发〔2022〕10号）。"
    "2025年，市政府办公室修订印发了《丽水市茶产业振兴行动方案（2025—2027）》（丽政办发〔2025〕2号），"
    "原《丽水市茶产业振兴行动方案（2022-2024年）》同时废止。"
)
# What is said, and the policies that a reader finds.
POLICIES = {
    "two plans of one title": (TWO, {OLD, NEW}),
    "one without years, by its number": (TWO + "落实《茶产业振兴行动方案》（丽政办发〔2025〕2号）。", {OLD, NEW}),
    "one without years that may be either": (TWO + "落实《茶产业振兴行动方案》。", {OLD, NEW, "茶产业振兴行动方案_丽水市"}),
    "one without years where there is one": (
        "印发《丽水市茶产业振兴行动方案（2022-2024年）》。落实《茶产业振兴行动方案》。", {OLD},
    ),
    "one without years and with another number": (
        "印发《丽水市茶产业振兴行动方案（2022-2024年）》（丽政办发〔2022〕10号）。"
        "落实《丽水市茶产业振兴行动方案》（丽政办发〔2019〕7号）。",
        {OLD, "丽水市茶产业振兴行动方案"},
    ),
    "the work of each year": (
        "印发《2023年度茶产业工作要点》和《2024年度茶产业工作要点》。",
        {"2023年度茶产业工作要点_丽水市", "2024年度茶产业工作要点_丽水市"},
    ),
    "revisions": (
        "将《茶园管理规范（2020年版）》修订为《茶园管理规范（2024年版）》。",
        {"茶园管理规范(2020年版)_丽水市", "茶园管理规范(2024年版)_丽水市"},
    ),
    "province and city": (
        "落实《浙江省古茶树保护办法》和《丽水市古茶树保护办法》。", {"浙江省古茶树保护办法", "丽水市古茶树保护办法"},
    ),
    "the city, with and without its name": (
        "印发《丽水市古茶树保护办法》。根据《古茶树保护办法》开展普查。", {"丽水市古茶树保护办法"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", POLICIES)
def test_years_and_places_in_titles_keep_documents_apart(case: str) -> None:
    said, expected = POLICIES[case]
    assert keys(reading(LETTER.format(said=said)), "Policy") == expected


def test_a_plan_replaces_the_one_of_the_years_before() -> None:
    found = reading(LETTER.format(said=TWO))
    facts = {(f.subject.key, f.relation, getattr(f.object, "key", "") or getattr(f.object, "value", ""))
             for f in found.facts if f.subject.kind == "Policy"}  # fmt: skip
    assert facts >= {
        (NEW, "replaces", OLD), (OLD, "documentNumber", "丽政办发〔2022〕10号"), (OLD, "validUntil", "2024"),
        (NEW, "documentNumber", "丽政办发〔2025〕2号"), (NEW, "validFrom", "2025"),
    }  # fmt: skip
    assert not {(OLD, "documentNumber", "丽政办发〔2025〕2号"), (NEW, "validUntil", "2024")} & facts


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of a letter that cites two plans of one title, and a regulation of which it tells nothing."""
    folder = tmp_path_factory.mktemp("plans")
    said = (
        TWO
        + "落实《茶产业振兴行动方案》。印发《2023年度茶产业工作要点》和《2024年度茶产业工作要点》。"
        + "《丽水市茶叶管理办法》自2023年5月1日起施行，有效期5年，原《丽水市茶叶补贴办法》同时废止。落实《茶园管护规定》。"
    )
    (folder / "a.txt").write_text(LETTER.format(said=said), encoding="utf-8")
    build([folder / "a.txt"], folder / "out")
    return folder / "out"


def test_nothing_is_wrong_with_two_plans_of_one_title(graph: Path) -> None:
    result = CliRunner().invoke(main, ["check", "--from", str(graph)])
    assert (result.exit_code, result.stdout) == (0, "Nothing is wrong. · 未发现问题。\n")
    assert not list(open_graph(graph).query("conflicting-citations"))


def test_each_policy_stands_once_with_what_the_letter_prints_of_it(graph: Path) -> None:
    rows = [
        (row.policy, row.number, row.dated and int(row.dated), row["from"], row.until)
        for row in open_graph(graph).query("policies")
        if "行动方案" in str(row.policy)
    ]
    assert rows == [
        (OLD, "丽政办发〔2022〕10号", 2022, "2022", "2024"),
        (NEW, "丽政办发〔2025〕2号", 2025, "2025", "2027"),
        ("茶产业振兴行动方案", None, None, None, None),
    ]


def test_what_is_known_of_a_policy_keeps_it_from_dangling(graph: Path) -> None:
    found = {str(row.policy) for row in open_graph(graph).query("dangling")}
    assert {"茶产业振兴行动方案", "茶园管护规定"} <= found
    assert not {OLD, NEW, "丽水市茶叶管理办法", "丽水市茶叶补贴办法"} & found


# --- What a decision parts

SHORT, LONG = "推进竹产业发展实施意见", "丽水市推进竹产业发展实施意见"
JOINED = f"印发《{LONG}》（丽政发〔2021〕3号）。落实《{SHORT}》。"
NUMBER = "丽农提复〔2025〕10号"
APART = f"{SHORT}_丽水市_{NUMBER}"


@pytest.mark.parametrize("thing", ["", f"policy/{LONG}"])
def test_a_name_that_is_set_apart_takes_its_own_names_and_leaves_the_others(thing: str) -> None:
    text = LETTER.format(said=JOINED)
    assert keys(reading(text), "Policy") == {LONG}
    found = reading(text, (Decision("different", NUMBER, SHORT, thing, ""),))
    policies = {one.ref.key: (one.name, one.names) for one in found.entities if one.ref.kind == "Policy"}
    assert policies == {LONG: (LONG, ()), APART: (SHORT, ())}
    named = {mention.surface: ref.key for mention, ref in found.mentions if ref.kind == "Policy"}
    assert named == {f"《{LONG}》": LONG, f"《{SHORT}》": APART}
    numbered = {f.subject for f in found.facts if f.relation == "documentNumber" and f.subject.kind == "Policy"}
    assert numbered == {Ref("Policy", LONG)}


def test_all_names_of_what_is_set_apart_go_with_it() -> None:
    text = LETTER.format(said="实施“千竹”计划。“千竹”行动已惠及12个乡。")
    found = reading(text, (Decision("different", NUMBER, "“千竹”计划", "", ""),))
    assert keys(found, "Programme") == {f"千竹_丽水市_{NUMBER}"}


def test_what_was_set_apart_under_its_own_name_is_not_joined_again_unnoticed(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    path.write_text(
        "who,when,what,letter,name,a,b,why\n"
        f"李,2024-06-26,different,{NUMBER},{SHORT},policy/{LONG},,查过\n"
        f"李,2024-06-27,same,,,policy/{APART},policy/{LONG},查过\n",
        encoding="utf-8",
    )
    assert [(one.line, other.line) for one, other in contradictions(decided(path))] == [(2, 3)]


# --- Programmes across letters

PROGRAMMES = {
    "实施“揭榜引才·百校行”行动。": {"揭榜引才百校行_丽水市"},
    "实施“揭榜引才百校行”行动。": {"揭榜引才百校行_丽水市"},
    # A bundle is what it is a bundle of; without that nothing says that another letter means the same.
    "持续推进链主培育“十个一”机制。": {"链主培育十个一_丽水市"},
    "链主培育“十个一”机制成效明显。全面落实“十个一”机制。": {"链主培育十个一_丽水市"},
    "落实新型研发机构建设“十个一”标准。": {"新型研发机构建设十个一_丽水市"},
    "持续推进“十个一”机制。": {f"十个一_{NUMBER}"},
    "实施“百千万”工程。": {"百千万_丽水市"},
}


@pytest.mark.parametrize("said", PROGRAMMES)
def test_the_key_of_a_programme_is_the_same_in_every_letter_where_that_is_certain(said: str) -> None:
    assert keys(reading(LETTER.format(said=said)), "Programme") == PROGRAMMES[said]


def test_the_dot_in_a_persons_name_stays() -> None:
    found = reading(LETTER.format(said="引进让·杜邦教授任岷江柑橘研究院院长。"))
    assert "让·杜邦_丽水市农业农村局" in keys(found, "Person")
