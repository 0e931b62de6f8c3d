"""Names across letters: what is one thing and what is not, decisions on it, and what is told of both.

All letters are invented.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.decisions import load
from kg.names import Names, names
from kg.names.near import OMITTED, SHORT, Known, distance, near
from kg.names.places import Named
from kg.names.values import APART, CONTRADICTION, IDLE, JOINED, Told
from kg.pipeline import build
from kg.query.dataset import Dataset, open_dataset

LETTER = """{issuer}

{number}

关于市政协五届二次会议第{serial}号提案的答复

{who}委员：

　　您在市政协五届二次会议期间提出的《关于{about}的提案》（第{serial}号）收悉，现答复如下：

　　一、工作开展情况

　　{text}

　　联系人：{contact}，联系电话：0000-6000000

{issuer}
2024年5月{serial}日
"""
TEXTS: Mapping[str, Mapping[str, str]] = {
    "hz": {
        "issuer": "湖州市科学技术局", "number": "湖科提复〔2024〕11号", "serial": "11", "who": "方清远", "contact": "郑小满",
        "about": "做强竹产业",
        "text": "印发《湖州市竹产业振兴行动方案（2023-2025年）》（湖政发〔2023〕5号），实施“百千万工程”。"
        "落实《关于加快竹产业发展的实施意见》。",
    },
    "hz2": {
        "issuer": "湖州市农业农村局", "number": "湖农提复〔2024〕12号", "serial": "12", "who": "方清远", "contact": "郑小满",
        "about": "保护竹林",
        "text": "落实《湖州竹产业振兴行动方案（2023—2025）》，推进“百千万工程”，开展“千万竹农”行动。"
        "落实《关于加快竹产业发展的实施意见》。",
    },
    "gy": {
        "issuer": "贵阳市科学技术局", "number": "筑科提复〔2024〕13号", "serial": "13", "who": "方清远", "contact": "郑小满",
        "about": "做强竹产业",
        "text": "实施“百千万工程”。落实《关于加快竹产业发展的实施意见》（筑府发〔2023〕8号）。国务院印发《关于竹业的指导意见》。"
        "根据《贵州省竹业发展意见》，贵阳市人民政府印发《贵阳市竹业发展办法》。",
    },
    "gz": {
        "issuer": "贵州省林业局", "number": "黔林提复〔2024〕16号", "serial": "16", "who": "丁小雪", "contact": "顾大雪",
        "about": "保护竹林",
        "text": "根据国务院印发的《关于竹业的指导意见》（国发〔2022〕5号），贵州省人民政府印发《贵州省竹业发展意见》。",
    },
    "xm": {
        "issuer": "厦门市科学技术局", "number": "厦科提复〔2024〕14号", "serial": "14", "who": "方青远", "contact": "陈立冬",
        "about": "做强石材产业",
        "text": "实施“百千万工程”。国务院印发《关于竹业的指导意见》。由市轨道建设集团有限公司牵头建设环岛隧道。"
        "《厦门市石材管理办法》（厦府规〔2023〕6号）自2023年5月1日起施行，有效期5年，原《厦门市石材补贴办法》同时废止。"
        "《厦门市石材奖励办法》已于2023年9月废止。",
    },
    "gl": {
        "issuer": "桂林市科学技术局", "number": "桂科提复〔2024〕15号", "serial": "15", "who": "蒋大寒", "contact": "陈立冬",
        "about": "做强米粉产业",
        "text": "推进省“百千万工程”。由市轨道建设集团有限公司牵头建设象山隧道。",
    },
}  # fmt: skip
HEAD = "who,when,what,letter,name,a,b,why\n"


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("letters")
    for name, parts in TEXTS.items():
        (folder / f"{name}.txt").write_text(LETTER.format(**parts), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def out(letters: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built") / "out"
    build([letters], folder, decisions=table(folder.parent))
    return folder


def table(folder: Path, *rows: str) -> Path:
    path = folder / "decisions.csv"
    path.write_text(HEAD + "".join(rows), encoding="utf-8")
    return path


def keys(out: Path, kind: str, name: str = "") -> set[str]:
    """The keys of all things of a kind that have the name."""
    query = f"SELECT ?x {{ ?x a kg:{kind} ; skos:prefLabel|skos:altLabel ?n FILTER CONTAINS(STR(?n), '{name}') }}"
    found = CliRunner().invoke(main, ["query", query, "--from", str(out), "--format", "csv"])
    assert found.exit_code == 0, found.output
    return {line.rpartition("/")[2] for line in found.stdout.splitlines()[1:]}


def told(out: Path, what: str, **options: object) -> tuple[Told, ...]:
    path = table(out.parent) if "decisions" not in options else options.pop("decisions")
    found: Names = names(open_dataset(out), out, limit=None, decisions=path, **options)  # type: ignore[arg-type]
    return tuple(one for one in found.told if one.what == what)


# --- Namesakes are never joined by the name alone


def test_a_programme_is_another_one_in_every_place(out: Path) -> None:
    assert keys(out, "Programme", "百千万工程") == {
        "百千万工程_湖州市", "百千万工程_贵阳市", "百千万工程_厦门市", "百千万工程_广西壮族自治区",
    }  # fmt: skip


@pytest.mark.parametrize("word", ["省", "县", "市", ""])
def test_without_an_issuer_a_programme_is_the_documents_own(tmp_path: Path, word: str) -> None:
    for number in (1, 2, 3, 4, 5):
        text = f"政府工作报告\n\n各位代表：\n　　{'过去一年，' * number}深入实施{word}“百千万工程”，成效明显。\n"
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    build([tmp_path], tmp_path / "out")
    assert len(keys(tmp_path / "out", "Programme", "百千万工程")) == 5


def test_people_are_kept_apart_by_the_body_that_they_are_named_with(out: Path) -> None:
    assert keys(out, "Person", "方清远") == {"方清远_湖州市政协", "方清远_贵阳市政协"}
    assert keys(out, "Person", "郑小满") == {
        "郑小满_湖州市科学技术局",
        "郑小满_湖州市农业农村局",
        "郑小满_贵阳市科学技术局",
    }


def test_a_company_of_the_city_is_another_one_in_another_city(out: Path) -> None:
    assert keys(out, "Organisation", "轨道建设集团") == {"厦门市轨道建设集团有限公司", "桂林市轨道建设集团有限公司"}


# --- Policies


def test_a_policy_is_one_with_its_number_and_without_and_with_slips(out: Path) -> None:
    assert keys(out, "Policy", "行动方案") == {"湖州市竹产业振兴行动方案(2023-2025年)"}


def test_a_title_without_a_place_is_one_of_the_place_that_issued_it(out: Path) -> None:
    assert keys(out, "Policy", "实施意见") == {
        "关于加快竹产业发展的实施意见_湖州市",
        "关于加快竹产业发展的实施意见_贵阳市",
    }
    label = 'SELECT DISTINCT ?n { ?x a kg:Policy ; skos:prefLabel ?n FILTER CONTAINS(STR(?n), "实施意见") }'
    found = CliRunner().invoke(main, ["query", label, "--from", str(out), "--format", "csv"])
    assert found.stdout.splitlines()[1:] == ["关于加快竹产业发展的实施意见"]


def test_a_policy_of_the_country_is_one_wherever_it_is_cited(out: Path) -> None:
    assert keys(out, "Policy", "竹业的指导意见") == {"关于竹业的指导意见"}


def rows(out: Path, query: str) -> list[list[str]]:
    found = CliRunner().invoke(main, ["query", query, "--from", str(out), "--format", "csv"])
    assert found.exit_code == 0, found.output
    return list(csv.reader(io.StringIO(found.stdout)))[1:]


def test_what_a_policy_rests_on_leads_from_the_city_over_the_province_to_the_country(out: Path) -> None:
    query = """SELECT ?on { <policy/贵阳市竹业发展办法> kg:basedOn+ ?x . ?x skos:prefLabel ?on } ORDER BY ?on"""
    assert rows(out, query) == [["关于竹业的指导意见"], ["贵州省竹业发展意见"]]


def test_until_when_a_policy_is_in_force_as_stated(out: Path) -> None:
    query = "SELECT ?s ?p ?o { ?x kg:%s ?o0 . ?x skos:prefLabel ?s . BIND (STR(?o0) AS ?o) BIND ('' AS ?p) }"
    assert rows(out, query % "term") == [["厦门市石材管理办法", "", "5年"]]
    assert rows(out, query % "repealed") == [["厦门市石材奖励办法", "", "2023-09"]]
    replaced = rows(out, "SELECT ?a ?b { ?x kg:replaces ?y . ?x skos:prefLabel ?a . ?y skos:prefLabel ?b }")
    assert replaced == [["厦门市石材管理办法", "厦门市石材补贴办法"]]


# --- What is told


def test_what_was_joined_is_told_with_the_reason_and_the_sentence(out: Path) -> None:
    found = {(one.name, one.other, one.reason_zh): one for one in told(out, JOINED)}
    place = found["湖州竹产业振兴行动方案（2023—2025）", "湖州市竹产业振兴行动方案(2023-2025年)", "仅少地名或层级"]
    assert place.sentence is not None
    assert place.sentence.letter == "湖农提复〔2024〕12号"
    assert "湖州竹产业振兴行动方案（2023—2025）" in place.sentence.text
    assert ("市政协", "中国人民政治协商会议湖州市委员会", "名录中的简称或别称") in found
    several = found["百千万工程", "湖州市", "各函中名称与所属均相同"]
    assert several.letters == 2


def test_what_nearly_was_joined_is_told_with_both_sentences_the_closest_first(out: Path) -> None:
    found = told(out, APART, kind="Person")
    pairs = [({one.thing.iri, one.other_thing.iri}, one.reason) for one in found if one.thing and one.other_thing]
    in_one_city = {"person/郑小满_湖州市科学技术局", "person/郑小满_湖州市农业农村局"}
    in_two = {"person/郑小满_湖州市科学技术局", "person/郑小满_贵阳市科学技术局"}
    ranks = {frozenset(pair): number for number, (pair, _) in enumerate(pairs)}
    assert ranks[frozenset(in_one_city)] < ranks[frozenset(in_two)]
    assert {frozenset(pair): why for pair, why in pairs}[frozenset(in_two)] == "one name; of other places or bodies"
    assert all(one.sentence and one.other_sentence and one.name in one.sentence.text for one in found)


def test_names_of_several_places_are_near_and_bodies_of_several_places_are_not(out: Path) -> None:
    pairs = {
        frozenset((one.thing.iri, one.other_thing.iri)) for one in told(out, APART) if one.thing and one.other_thing
    }
    assert {"programme/百千万工程_湖州市", "programme/百千万工程_厦门市"} in pairs
    assert not any(all(iri.startswith("agency/") and iri.endswith("市科学技术局") for iri in pair) for pair in pairs)


@pytest.mark.parametrize(
    ("one", "other", "far"), [("", "", 0), ("竹", "", 1), ("竹产业", "竹业", 1), ("甲乙", "乙甲", 2)]
)
def test_distance(one: str, other: str, far: int) -> None:
    assert distance(one, other) == distance(other, one) == far


def test_the_list_as_table_csv_and_json(out: Path) -> None:
    table(out.parent)
    args = ["names", "--from", str(out), "--decisions", str(out.parent / "decisions.csv"), "--limit", "3"]
    text = CliRunner().invoke(main, args).stdout
    assert text.count("(3/") == 2 and "相互矛盾的决定 (0/0)" in text
    rows = list(csv.DictReader(io.StringIO(CliRunner().invoke(main, [*args, "-f", "csv"]).stdout)))
    assert [row["what"] for row in rows] == ["joined"] * 3 + ["apart"] * 3
    assert [row["name"] for row in json.loads(CliRunner().invoke(main, [*args, "-f", "json"]).stdout)] == [
        row["name"] for row in rows
    ]
    wrong = CliRunner().invoke(main, [*args, "--kind", "Persn"])
    assert (wrong.exit_code, wrong.stderr) == (2, "kg: no kind is called “Persn”; nearest: Person\n")


def test_a_report_of_another_build_is_refused(out: Path, tmp_path: Path) -> None:
    report = (out / "report.json").read_text(encoding="utf-8")
    for text in (report.replace('"build": "', '"build": "0'), report.replace('"joined"', '"jointed"'), "{"):
        (tmp_path / "report.json").write_text(text, encoding="utf-8")
        (tmp_path / "store").unlink(missing_ok=True)
        (tmp_path / "store").symlink_to((out / "store").resolve())
        result = CliRunner().invoke(main, ["names", "--from", str(tmp_path)])
        assert result.exit_code == 1
        assert result.stderr.startswith(f"kg: {tmp_path}")
        assert result.stderr.endswith("; run kg build again\n")


# --- Decisions


def decide(out: Path, path: Path, *args: str) -> Result:
    given = ["--decisions", str(path), "--from", str(out), "--who", "李", "--date", "2024-06-26", "--why", "查过"]
    return CliRunner().invoke(main, [*args, *given])


def again(letters: Path, path: Path, folder: Path) -> tuple[Path, Dataset]:
    build([letters], folder, decisions=path)
    return folder, open_dataset(folder)


def test_two_names_are_joined_by_a_decision_at_the_next_build(out: Path, letters: Path, tmp_path: Path) -> None:
    path = table(tmp_path)
    result = decide(out, path, "same", "person/郑小满_湖州市农业农村局", "person/郑小满_湖州市科学技术局")
    assert result.stdout == (
        "Line 2 of decisions.csv: person/郑小满_湖州市农业农村局 is person/郑小满_湖州市科学技术局.\n"
        f"It takes effect at the next build: kg build --decisions {path}\n"
    )
    assert path.read_text(encoding="utf-8") == (
        HEAD + "李,2024-06-26,same,,,person/郑小满_湖州市农业农村局,person/郑小满_湖州市科学技术局,查过\n"
    )
    folder, _ = again(letters, path, tmp_path / "out")
    assert keys(folder, "Person", "郑小满") == {"郑小满_湖州市科学技术局", "郑小满_贵阳市科学技术局"}
    (joined,) = [one for one in told(folder, JOINED, decisions=path) if "决定" in one.reason_zh]
    assert joined.other == "person/郑小满_湖州市农业农村局"
    assert joined.sentence is not None and joined.sentence.letter == "湖农提复〔2024〕12号"


def test_a_table_is_begun_where_there_is_none(out: Path, tmp_path: Path) -> None:
    path = tmp_path / "new.csv"
    result = decide(out, path, "same", "person/郑小满_湖州市农业农村局", "person/郑小满_湖州市科学技术局")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("Line 2 of new.csv: ") and len(load(path)) == 1
    undone = decide(out, tmp_path / "other.csv", "same", "方青远", "蒋大寒", "--undo")
    assert undone.stderr == "kg: no row that holds says same of “方青远” and “蒋大寒”; there is none\n"
    assert not (tmp_path / "other.csv").exists()


def test_an_ambiguous_name_is_told_with_what_to_write_in_a_shell(out: Path, tmp_path: Path) -> None:
    result = decide(out, tmp_path / "d.csv", "same", "方清远", "方青远")
    quoted = result.stderr.rpartition("in a shell in quotes: ")[2].strip()
    assert quoted == "'<person/方清远_湖州市政协>'"


def test_a_name_is_set_apart_by_a_decision_and_that_can_be_undone(out: Path, letters: Path, tmp_path: Path) -> None:
    path = table(tmp_path)
    result = decide(out, path, "different", "湖农提复〔2024〕12号", "百千万工程")
    assert "“百千万工程” in 湖农提复〔2024〕12号 is something else than elsewhere" in result.stdout
    folder, _ = again(letters, path, tmp_path / "out")
    apart = "百千万工程_湖州市_湖农提复〔2024〕12号"
    assert keys(folder, "Programme", "百千万工程") >= {apart, "百千万工程_湖州市"}
    pair = {"programme/百千万工程_湖州市", f"programme/{apart}"}
    (kept,) = [
        one for one in told(folder, APART, decisions=path)
        if one.thing and one.other_thing and {one.thing.iri, one.other_thing.iri} == pair
    ]  # fmt: skip
    assert kept.reason == "one name; a decision set them apart"
    assert kept.score is not None and kept.score < 0.2
    assert decide(folder, path, "different", "湖农提复〔2024〕12号", "“百千万工程”", "--undo").exit_code == 0
    assert len(path.read_text(encoding="utf-8").splitlines()) == 3
    assert load(path) == ()
    folder, _ = again(letters, path, tmp_path / "out")
    assert apart not in keys(folder, "Programme", "百千万工程")


REFUSED = {
    "of two kinds": (("same", "方青远", "湖州市科学技术局"), "of kind Person, “湖州市科学技术局” of kind Agency"),
    "unknown": (("same", "方清原", "方青远"), "no thing in the graph is called “方清原”; nearest: "),
    "ambiguous": (("same", "方清远", "方青远"), "“方清远” is the name of several, "),
    "one already": (
        ("same", "方青远", "person/方青远_厦门市政协"),
        "are one thing already, <person/方青远_厦门市政协>",
    ),
    "no letter": (("different", "湖科提复〔2024〕99号", "百千万工程"), "no Document in the graph is called"),
    "not in the letter": (("different", "湖科提复〔2024〕11号", "方青远"), "does not name <person/方青远_厦门市政协>"),
    "nothing to undo": (("same", "方青远", "蒋大寒", "--undo"), "no row that holds says same of “方青远” and “蒋大寒”"),
    "no date": (("same", "方青远", "蒋大寒", "--date", "6月"), "“6月” is no date; write it as 2024-06-26"),
    "no reason": (("same", "方青远", "蒋大寒", "--why", " "), "--why is empty"),
    "nobody": (("same", "方青远", "蒋大寒", "--who", " "), "nobody decides"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(out: Path, tmp_path: Path, case: str) -> None:
    args, said = REFUSED[case]
    path = table(tmp_path)
    given = ["--decisions", str(path), "--from", str(out), "--who", "李", "--date", "2024-06-26", "--why", "查过"]
    result = CliRunner().invoke(main, [args[0], *given, *args[1:]])
    assert result.exit_code == 2
    assert said in result.stderr and result.stderr.count("\n") == 1
    assert path.read_text(encoding="utf-8") == HEAD


A, B, C = (f"person/郑小满_{body}" for body in ("湖州市农业农村局", "湖州市科学技术局", "贵阳市科学技术局"))
# Rows that are there, what is to be decided, and the row that forbids it.
CONTRADICTING = {
    "what one letter alone names is not that": (
        (f"same,,,{A},{B}",),
        ("different", "湖农提复〔2024〕12号", "郑小满"),
        2,
    ),
    "the other way round": ((f"different,湖农提复〔2024〕12号,郑小满,{A},",), ("same", A, B), 2),
    "what was set apart": (
        ("different,湖农提复〔2024〕12号,百千万工程,programme/百千万工程_湖州市,",),
        ("same", "programme/百千万工程_湖州市_湖农提复〔2024〕12号", "programme/百千万工程_湖州市"),
        2,
    ),
    "what was set apart, over three rows": (
        (
            "different,湖农提复〔2024〕12号,百千万工程,programme/百千万工程_湖州市,",
            "same,,,programme/百千万工程_湖州市_湖农提复〔2024〕12号,programme/百千万工程_厦门市",
        ),
        ("same", "programme/百千万工程_湖州市", "programme/百千万工程_厦门市"),
        2,
    ),
}


@pytest.mark.parametrize("case", CONTRADICTING)
def test_what_contradicts_an_earlier_decision_is_refused(letters: Path, out: Path, tmp_path: Path, case: str) -> None:
    rows, args, line = CONTRADICTING[case]
    path = table(tmp_path, *(f"张,2024-01-05,{row},查过\n" for row in rows))
    before = path.read_bytes()
    folder = again(letters, path, tmp_path / "out")[0] if "programme/" in rows[0] else out
    result = decide(folder, path, *args)
    assert result.exit_code == 2, result.output
    assert f"contradicts line {line} (张, 2024-01-05): " in result.stderr and result.stderr.count("\n") == 1
    assert path.read_bytes() == before


def test_what_a_decision_joined_in_a_letter_is_not_parted_there_by_another(letters: Path, tmp_path: Path) -> None:
    path = table(tmp_path, f"张,2024-01-05,same,,,{A},{B},查过\n")
    folder, _ = again(letters, path, tmp_path / "out")
    result = decide(folder, path, "different", "湖农提复〔2024〕12号", "郑小满")
    assert "contradicts line 2 (张, 2024-01-05)" in result.stderr


def test_the_same_decision_is_not_taken_twice(out: Path, tmp_path: Path) -> None:
    path = table(tmp_path)
    assert decide(out, path, "same", A, B).exit_code == decide(out, path, "same", B, C).exit_code == 0
    assert "decided already, line 3" in decide(out, path, "same", A, C).stderr
    assert "decided already, line 3" in decide(out, path, "same", C, B).stderr


# Rows written by hand, and the lines that are told to contradict each other, or to have no effect.
GROUP, ELSEWHERE = "programme/百千万工程_湖州市", "programme/百千万工程_厦门市"
HAND: Mapping[str, tuple[tuple[str, ...], list[tuple[int, int]], dict[int, str]]] = {
    "apart, and what the letter alone names joined": (
        ("different,湖农提复〔2024〕12号,郑小满,,", f"same,,,{A},{B}"), [(2, 3)], {},
    ),
    "the other way round": ((f"same,,,{B},{A}", "different,湖农提复〔2024〕12号,郑小满,,"), [(2, 3)], {}),
    "apart, and what another letter names, too, joined": (
        ("different,湖农提复〔2024〕12号,百千万工程,,", f"same,,,{GROUP},{ELSEWHERE}"), [], {},
    ),
    "each into the other": ((f"same,,,{A},{B}", f"same,,,{B},{A}"), [(2, 3)], {}),
    "nobody names it": ((f"same,,,person/无此人_湖州市政协,{A}",), [], {2: "无一函提及被并入者"}),
    "no such letter": (("different,湖农提复〔2024〕99号,百千万工程,,",), [], {2: "未读入该函"}),
    "not in that letter": (("different,湖农提复〔2024〕12号,方青远,,",), [], {2: "该函未提及此名"}),
    "something else in that letter": ((f"different,湖农提复〔2024〕12号,百千万工程,{ELSEWHERE},",), [], {2: "该函未提及此名"}),
    "said before": ((f"same,,,{A},{B}", f"same,,,{A},{B}"), [], {3: "前面各行已有此意"}),
    "over a step": ((f"same,,,{A},{B}", f"same,,,{B},{C}"), [], {}),
    "what is set apart is joined anew": (
        ("different,湖农提复〔2024〕12号,百千万工程,,", f"same,,,{GROUP}_湖农提复〔2024〕12号,{ELSEWHERE}"), [], {},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", HAND)
@pytest.mark.parametrize("built", [False, True], ids=["before the build", "after it"])
def test_rows_that_somebody_wrote_by_hand(out: Path, letters: Path, tmp_path: Path, case: str, built: bool) -> None:
    rows, clashes, idle = HAND[case]
    path = table(tmp_path, *(f"张,2024-01-05,{row},查过\n" for row in rows))
    folder = again(letters, path, tmp_path / "out")[0] if built else out
    lines = [(line_of(one.name), line_of(one.other)) for one in told(folder, CONTRADICTION, decisions=path)]
    assert lines == clashes
    assert {line_of(one.name): one.reason_zh for one in told(folder, IDLE, decisions=path)} == idle


def line_of(text: str) -> int:
    return int(text.removeprefix("line ").partition(":")[0])


def test_rows_without_effect_are_listed(out: Path, tmp_path: Path) -> None:
    path = table(tmp_path, "张,2024-01-05,different,湖农提复〔2024〕99号,百千万工程,,,查过\n")
    text = CliRunner().invoke(main, ["names", "--from", str(out), "--decisions", str(path)]).stdout
    part = text.partition("Decisions without effect 不起作用的决定 (1/1)")[2]
    assert "line 2: “百千万工程” in 湖农提复〔2024〕99号" in part and "no such letter was read · 未读入该函" in part


# --- Names that look like short forms


def named_so(kind: str, name: str) -> Named:
    return Named(f"{kind.lower()}/{name}", kind, name, (), frozenset(), None)


def closest(*names: str, kind: str = "Organisation") -> list[tuple[str, str, str, float]]:
    nothing: dict[str, str] = {}
    found = near([named_so(kind, name) for name in names], Known({}, nothing, nothing))
    return [(pair.one.name, pair.other.name, pair.how, pair.score) for pair in found]


@pytest.mark.parametrize(
    ("short", "long", "how"),
    [
        ("川大眉山研究院", "四川大学眉山研究院", SHORT),
        ("中科院", "中国科学院", SHORT),
        ("中科大", "中国科学技术大学", SHORT),
        ("川大", "四川大学", None),  # two signs may be anybody's
        ("省农科院", "省农业科学院", SHORT),
        ("高能级平台", "高能级创新平台", OMITTED),
        ("市级农业企业", "市级龙头农业企业", OMITTED),
        ("川大眉山研究院", "四川师范大学遂宁研究院", None),
        ("眉山川大研究院", "四川大学眉山研究院", None),
    ],
)
def test_short_forms_are_near_what_they_shorten(short: str, long: str, how: str | None) -> None:
    found = [
        (how, score) for one, other, how, score in closest(short, long, "另一机构") if {one, other} == {short, long}
    ]
    assert [each for each, _ in found] == ([how] if how else [])
    assert all(score > (0.8 if each == SHORT else 0.7) for each, score in found)


def test_a_short_form_ranks_before_names_that_are_only_alike() -> None:
    assert closest("川大眉山研究院", "四川大学眉山研究院", "四川大学研究院")[0][2] == SHORT


def test_contradictions_that_somebody_wrote_by_hand_are_told(out: Path, tmp_path: Path) -> None:
    thing = "programme/百千万工程_湖州市"
    path = table(
        tmp_path,
        f"张,2024-01-05,same,,,{thing}_湖农提复〔2024〕12号,{thing},查过\n",
        f"李,2024-02-05,different,湖农提复〔2024〕12号,百千万工程,{thing},,查过\n",
    )
    (one,) = told(out, CONTRADICTION, decisions=path)
    assert (one.name[:7], one.other[:7], one.kind) == ("line 2:", "line 3:", "Programme")
    assert told(out, CONTRADICTION, decisions=path, kind="Person") == ()
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + "\n" + "李,2024-02-06,undo,湖农提复〔2024〕12号,"
                    f"百千万工程,{thing},,误\n", encoding="utf-8")  # fmt: skip
    assert told(out, CONTRADICTION, decisions=path) == ()
