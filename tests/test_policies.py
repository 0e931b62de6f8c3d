"""Policies over several letters: what took the place of what, what holds on a day, and citations by the number alone."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from kg import resolve
from kg.model import Ref
from kg.query.dataset import Dataset
from tests.sentences import ONTOLOGY, REGISTRY
from tests.test_queries import built, rows
from tests.test_validity import letter_of, read

LETTER = """泸州市水务局

{number}

关于市政协九届二次会议第{serial}号提案的答复

甘露委员：

您提出的《关于做好节水工作的提案》（第{serial}号）收悉，现答复如下：

{text}

泸州市水务局
{date}
"""
# By year of the letter.
SAID: Mapping[str, str] = {
    "2022": "《泸州市节水奖励办法》（泸水规〔2018〕4号）有效期至2022年12月31日。"
    "《泸州市供水补贴办法》自2021年3月1日起施行。《泸州市再生水办法》（泸水规〔2016〕2号）有效期至2027年12月31日。",
    "2023": "市水务局已于2023年5月修订印发《泸州市节水奖励办法》，有效期延长至2025年12月31日。"
    "《泸州市节水载体评价办法（试行）》试行期满，自2023年1月1日起失效。",
    "2024": "2024年5月，市政府印发《泸州市供水管理办法（2024年修订）》（泸府发〔2024〕11号），"
    "原《泸州市供水管理办法》（泸府发〔2015〕5号）同时废止。《泸州市取水计量办法》于2024年2月1日印发，自印发之日起实施，有效期2年。"
    "《泸州市供水补贴办法》继续执行。《泸州市再生水办法》已失效。",
    "2025": "《泸州市节水器具办法》（泸水规〔2023〕7号）有效期至2025年6月30日。《泸州市节水器具办法》有效期至2025年9月30日。",
}  # fmt: skip


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    folder = tmp_path_factory.mktemp("letters")
    for year, text in SAID.items():
        told = {
            "number": f"泸水提复〔{year}〕{year[2:]}号",
            "serial": year[2:],
            "date": f"{year}年6月12日",
            "text": text,
        }
        (folder / f"{year}.txt").write_text(LETTER.format(**told), encoding="utf-8")
    return built(tuple(sorted(folder.glob("*.txt"))))


REWARD, SUBSIDY, REUSE = "泸州市节水奖励办法", "泸州市供水补贴办法", "泸州市再生水办法"
TRIAL, METER = "泸州市节水载体评价办法(试行)", "泸州市取水计量办法"
OLD, NEW, TAPS = "泸州市供水管理办法", "泸州市供水管理办法(2024年修订)", "泸州市节水器具办法"


@pytest.mark.parametrize(
    ("day", "there"),
    [
        ("2015-06-01", {TRIAL}),  # nothing tells when that began; the others have a first day, or a later number
        ("2017", {REUSE, TRIAL}),
        (
            "2021-06-01",
            {REWARD, SUBSIDY, REUSE, TRIAL},
        ),  # the number of 2018 and not the revision of 2023 is its beginning
        ("2022-12-31", {REWARD, SUBSIDY, REUSE, TRIAL}),
        ("2023-03-01", {REWARD, SUBSIDY, REUSE, TAPS}),
        ("2024-06-11", {REWARD, SUBSIDY, REUSE, METER, NEW, TAPS}),
        ("2024-06-12", {REWARD, SUBSIDY, METER, NEW, TAPS}),  # since then at the latest the letter says 已失效
        ("2026-02-01", {SUBSIDY, NEW}),
    ],
)
def test_what_holds_on_a_day_though_it_was_extended_revised_or_repealed(
    letters: Dataset, day: str, there: set[str]
) -> None:
    assert {row["policy"] for row in rows(letters, "in-force", {"on": day})} == there


def test_before_its_extension_a_policy_is_listed_with_the_end_that_it_had(letters: Dataset) -> None:
    ends = {row["until"] for row in rows(letters, "in-force", {"on": "2022-06-01"}) if row["policy"] == REWARD}
    assert ends == {"2022-12-31", "2025-12-31"}


def test_what_has_become_of_policies(letters: Dataset) -> None:
    found = {(row["title"], row["what"], row["successor"], row["since"]) for row in rows(letters, "revisions", {})}
    assert found == {
        (REWARD, "revised", "", "2023-05"),
        (REWARD, "extended", "", "2025-12-31"),
        (TRIAL, "repealed", "", "2023-01-01"),
        (NEW, "revised", "", "2024"),
        (OLD, "replaced", NEW, "2024-05"),
        (REUSE, "repealed", "", ""),
    }


def test_a_repeal_is_an_end(letters: Dataset) -> None:
    assert [row["until"] for row in rows(letters, "validity", {}) if row["policy"] == TRIAL] == ["2023-01-01"]


def test_an_extension_is_no_conflict_and_conflicting_ends_have_their_days(letters: Dataset) -> None:
    found = {
        (row["title"], row["what"], row["one"], row["other"]) for row in rows(letters, "conflicting-citations", {})
    }
    assert found == {(TAPS, "until", "2025-06-30", "2025-09-30")}


# --- By the number alone


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        (
            "根据泸府办〔2019〕5号文件，继续实施节水补贴。\n《泸州市节水补贴办法》（泸府办〔2019〕5号）规定了标准。",
            {("泸州市节水补贴办法", "泸府办〔2019〕5号")},
        ),
        ("根据泸府办〔2019〕5号文件，继续实施节水补贴。", {("泸府办〔2019〕5号_泸州市", "泸府办〔2019〕5号")}),
        (
            "落实国发〔2021〕3号、川府发〔2022〕6号文件精神，抓好节水工作。",
            {("国发〔2021〕3号", "国发〔2021〕3号"), ("川府发〔2022〕6号_四川省", "川府发〔2022〕6号")},
        ),
        ("按照《节水补贴办法》（泸府办〔2019〕5号）执行。", {("泸州市节水补贴办法", "泸府办〔2019〕5号")}),
        ("我局已按泸水提复〔2022〕5号文件作了答复。", set()),
    ],
)
def test_a_number_alone_is_the_document_that_has_it(text: str, numbers: set[tuple[str, str]]) -> None:
    found = [fact for fact in read(text).facts if fact.relation == "documentNumber"]
    assert {(fact.subject.key, getattr(fact.object, "value", "")) for fact in found} == numbers


def test_a_number_that_two_documents_claim_stays_apart() -> None:
    text = (
        "根据泸府办〔2019〕5号文件，继续实施节水补贴。\n"
        "《泸州市节水补贴办法》（泸府办〔2019〕5号）、《泸州市供水补贴办法》（泸府办〔2019〕5号）规定了标准。"
    )
    keys = {entity.ref.key for entity in read(text).entities if entity.ref.kind == "Policy"}
    assert keys == {"泸府办〔2019〕5号_泸州市", "泸州市节水补贴办法", "泸州市供水补贴办法"}


def test_why_a_number_was_joined_is_told() -> None:
    text = "《泸州市节水补贴办法》（泸府办〔2019〕5号）规定了标准。\n根据泸府办〔2019〕5号文件，继续实施节水补贴。"
    reading = resolve.read(letter_of(text, "report"), ONTOLOGY, REGISTRY)
    told = {
        (join.name, join.reason, join.other)
        for join in reading.joins
        if join.ref == Ref("Policy", "泸州市节水补贴办法")
    }
    assert told == {("泸府办〔2019〕5号", "number", "泸州市节水补贴办法")}
