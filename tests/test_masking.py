"""Mobile telephone and identity-card numbers, as tables: text, and text as it leaves the program."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.api import open as open_graph
from kg.masking import mask, masked
from kg.model import Document, Ref
from kg.pipeline import build
from tests.invented import CONTACTS, LINES, reading

MASKED = [
    ("13750908558", "137****8558"),
    ("电话13750908558。", "电话137****8558。"),
    ("tel13750908558", "tel137****8558"),
    ("137 5090 8558", "137 **** 8558"),
    ("137-5090-8558", "137-****-8558"),
    ("137－5090－8558", "137－****－8558"),
    ("137.5090.8558", "137.****.8558"),
    ("1375090 8558", "137**** 8558"),
    ("手机1375 090 8558", "手机137* *** 8558"),
    ("联系方式：1375-0908-558", "联系方式：137*-***8-558"),
    ("Tel: 13750 908558", "Tel: 137** **8558"),
    ("１３７５０９０８５５８", "１３７****８５５８"),
    ("𝟏𝟑𝟕𝟓𝟎𝟗𝟎𝟖𝟓𝟓𝟖", "𝟏𝟑𝟕****𝟖𝟓𝟓𝟖"),
    ("137\u200b5090\u200b8558", "137\u200b****\u200b8558"),
    ("+86 13750908558", "+86 137****8558"),
    ("8613750908558", "86137****8558"),
    ("+8613750908558", "+86137****8558"),
    ("008613750908558", "0086137****8558"),
    ("013750908558", "0137****8558"),
    ("0577-88960335，13750908558", "0577-88960335，137****8558"),
    ("88960335 137 5090 8558", "88960335 137 **** 8558"),
    ("13750908558、18858725700", "137****8558、188****5700"),
    ("13750908558/18858725700", "137****8558/188****5700"),
    ("13750908558 18858725700", "137****8558 188****5700"),
    ("1.13750908558", "1.137****8558"),
    ("13750908558人工服务", "137****8558人工服务"),
    ("13750908558家庭电话", "137****8558家庭电话"),
    ("马大豆13750908558（微信同号）", "马大豆137****8558（微信同号）"),
    ("510104199001011234", "510***********1234"),
    ("51010419900101123X", "510***********123X"),
    ("51010419900101123x", "510***********123x"),
    ("510104 19900101 1234", "510*** ******** 1234"),
    ("510104-1990-01-01-1234", "510***-****-**-**-1234"),
    ("５１０１０４１９９００１０１１２３４", "５１０***********１２３４"),
    ("身份证号510104900101123。", "身份证号510********1123。"),
]  # fmt: skip

KEPT = [
    "0577-88960335", "028-61880000", "88960335", "400-800-1234", "12345", "95598", "010-12345678",
    "13750908558元", "13750908558 元", "13750908558.25元", "13750908558.25", "0.13750908558", "￥13750908558",
    "15100000000亩", "15100000000千瓦时", "15100000000美元", "151亿元", "13812345678个", "13812345678家", "137-5090-8558元",
    "137509085581", "12750908558", "1375090855", "2023137509085580", "150000000000000元",
    "510104199013011234", "510104179001011234", "510104901301123",
    "2023-06-26", "2020-2025年", "1350-1400", "1500 2000 300", "手机1375 090 8558 1200",
    "91330300MA2866666X", "温科提复〔2023〕95号", "蓉农函〔2023〕17号", "", "乙",
]  # fmt: skip


@pytest.mark.parametrize(("text", "shown"), MASKED)
def test_personal_numbers_are_masked_at_the_same_length(text: str, shown: str) -> None:
    assert mask(text) == shown
    assert len(shown) == len(text)


@pytest.mark.parametrize("text", KEPT)
def test_other_figures_stay(text: str) -> None:
    assert mask(text) == text


@given(st.text(alphabet="0123456789１３ -.Xx元年、：+\n", max_size=60))
def test_masking_keeps_the_length_and_is_done_once(text: str) -> None:
    shown = mask(text)
    assert len(shown) == len(text)
    assert mask(shown) == shown
    assert all(new in (old, "*") for old, new in zip(text, shown, strict=True))


@given(
    st.text(max_size=20),
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    st.sampled_from(["", "，电话", "。", "（", "）"]),
)
def test_a_mobile_number_never_stays(before: str, number: str, after: str) -> None:
    assert number not in mask(f"{before}：{number}{after}")


def test_a_reading_is_masked_everywhere() -> None:
    number, person = "13980012345", Ref("Person", "马大豆13980012345_成都市")
    given = reading(name=f"letter-{number}.txt")
    entity = replace(given.entities[4], ref=person, name=f"马大豆{number}", names=(f"马大豆 {number}",))
    dropped = replace(given.dropped[0], surface=number)
    shown = masked(replace(given, entities=(*given.entities, entity), dropped=(dropped,)))
    assert number not in repr(shown).replace(" ", "")
    assert shown.entities[-1].ref.key == "马大豆139****2345_成都市"
    assert shown.letter.passages[CONTACTS].text.endswith("139 **** 2345")
    assert shown.letter.document.name == "letter-139****2345.txt"
    assert shown.letter.document.sha256 == given.letter.document.sha256
    assert [passage.span for passage in shown.letter.passages] == [passage.span for passage in given.letter.passages]


def test_a_checksum_is_no_number() -> None:
    checksum = "a13980012345b" + "0" * 51
    given = reading()
    given = replace(given, letter=replace(given.letter, document=Document("a.txt", checksum, "\n".join(LINES))))
    assert masked(given).letter.document.sha256 == checksum


def test_a_reading_without_such_numbers_is_the_same_object() -> None:
    lines = tuple(line.partition("，手机")[0] for line in LINES)
    given = reading(lines=lines)
    given = replace(given, facts=tuple(fact for fact in given.facts if fact.relation != "telephone"))
    assert masked(given) is given


LETTER = """海口市水务局

海水提复〔2025〕10号

关于市政协十五届三次会议第12号提案的答复

符明远委员：

　　您提出的《关于保护海堤的提案》（第12号）收悉，现答复如下：

　　一、工作情况

　　我局开展了巡查。

　　联系人：符小满，联系电话：0898-61234567，13807558558

海口市水务局
2025年5月20日
"""


def test_contacts_have_masked_numbers_unless_the_build_keeps_them(tmp_path: Path) -> None:
    """The question promises it, and so does every file of a build."""
    (tmp_path / "a.txt").write_text(LETTER, encoding="utf-8")

    def numbers(out: Path) -> set[str]:
        return {str(row.telephone) for row in open_graph(out).query("contacts")}

    build([tmp_path / "a.txt"], tmp_path / "masked")
    assert numbers(tmp_path / "masked") == {"0898-61234567", "138****8558"}
    files = [file for file in (tmp_path / "masked").rglob("*") if file.is_file()]
    assert not [file.name for file in files if b"13807558558" in file.read_bytes()]
    build([tmp_path / "a.txt"], tmp_path / "kept", keep_personal_numbers=True)
    assert numbers(tmp_path / "kept") == {"0898-61234567", "13807558558"}
