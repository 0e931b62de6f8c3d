"""Cleaning with a map of places, names, numerals and dates."""

from __future__ import annotations

import time
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Passage, Span
from kg.text import DROPPED, NEAR, clean, gather, iso_date, legible, norm, number, pairs

# --- cleaning --------------------------------------------------------------------------------------------------

CLEANED = [
    # what is cleaned, source, reading text
    ("a line wrap inside a title", "出台《节水行\n动方案》", "出台《节水行动方案》"),
    ("a page break inside a word", "建设全国重点实\n\n验室", "建设全国重点实验室"),
    ("a page number between two lines", "东坪镇至\n\n— 1 —\n\n高岭", "东坪镇至高岭"),
    ("page numbers of other looks", "甲\n- 2 -\n乙\n第 3 页 共 8 页\n丙\n4/9\n丁\n12\n戊", "甲乙丙丁戊"),
    ("spaces inside Chinese text", "县财政 局 2023 年 40 个", "县财政局2023年40个"),
    ("the space between two Latin words", "与 Green Water 公司", "与Green Water公司"),
    ("a wrap between two Latin words", "Green\nWater", "Green Water"),
    ("a wrap between digits and Chinese", "2022\n年", "2022年"),
    ("ideographic and no-break spaces", "答\u3000复\u00a0函", "答复函"),
    ("Markdown headings and bold", "## 一、**情况**\n", "一、情况"),
    ("a Markdown heading without a space", "###一、情况", "一、情况"),
    ("a Markdown bullet", "- 开展检查", "开展检查"),
    ("Markdown escapes", r"1\. 开展检查", "1.开展检查"),
    ("a rule of dashes", "甲\n---\n乙\n========\n丙", "甲乙丙"),
    ("what a converter left", "[bookmark: _Hlk123]您在会上", "您在会上"),
    ("an HTML comment and a break", "甲<!-- 注 -->乙<br/>丙", "甲乙丙"),
    ("signs without width", "节\u200b水\ufeff行\u00ad动", "节水行动"),
    ("control characters", "节\x07水\x7f行动", "节水行动"),
    ("full-width digits and letters", "２０２３年Ｘ０４３线６０％", "2023年X043线60%"),
    ("radicals that a PDF has for characters", "⽔利⼯程", "水利工程"),
    ("half-width punctuation in Chinese", "目前,全市有3所:甲;乙!丙?", "目前，全市有3所：甲；乙！丙？"),
    ("a thousands separator", "共1,234家", "共1,234家"),
    ("a time of day", "于10:30开始", "于10:30开始"),
    ("half-width brackets", "方案(2023-2030年)和(一)", "方案（2023-2030年）和（一）"),
    ("brackets round Latin in Latin", "Green Water (GW)", "Green Water(GW)"),
    ("a year in square brackets", "绍水函[2022]7号", "绍水函〔2022〕7号"),
    ("a year in round brackets", "绍水函（2022）7号", "绍水函〔2022〕7号"),
    ("a year in brackets that is no number of a document", "方案（2022）已印发", "方案（2022）已印发"),
    ("straight quotation marks", '实施"百村"和"千社"行动', "实施“百村”和“千社”行动"),
    ("an odd quotation mark", '实施"百村"行动"', '实施“百村”行动"'),
    ("an apostrophe", "Green's 项目", "Green's项目"),
    ("half-width Japanese punctuation", "甲､乙｡", "甲、乙。"),
    ("a full stop of another language", "占总人口的百分之二十左右.", "占总人口的百分之二十左右。"),
    ("a decimal point", "3.5亿元", "3.5亿元"),
]


@pytest.mark.parametrize(("source", "reading"), [row[1:] for row in CLEANED], ids=[row[0] for row in CLEANED])
def test_clean(source: str, reading: str) -> None:
    assert clean(source, 0, len(source))[0] == reading


def test_clean_of_a_slice_maps_into_the_whole_source() -> None:
    source = "前文。**《节水行\n— 2 —\n动方案》**后文。"
    start, stop = source.index("**《"), source.index("后")
    text, steps = clean(source, start, stop)
    passage = Passage(0, Span(start, stop), text, steps)
    assert text == "《节水行动方案》"
    assert [source[passage.offset(n)] for n in range(len(text))] == list(text)
    place = text.index("动方案")
    assert source[slice(*astuple(passage.source(place, place + 3)))] == "动方案"


def astuple(span: Span) -> tuple[int, int]:
    return span.start, span.stop


def test_nothing_is_left_of_furniture() -> None:
    assert clean("---\n — 3 — \n", 0, 12)[0] == ""


SIGNS = st.sampled_from(
    list("温州市提案答复。；，、：（）《》“”〔〕一二三十12９ＡaZ%％.,:;!?()[]\"'#*_-—\\<>|～· \t\n\u3000\u200b\x07⽔､")
    + ["[bookmark: a]", "— 1 —", "\n\n", "---", "2024", "**", "号"]
)
TEXTS = st.lists(SIGNS, max_size=80).map("".join) | st.text(max_size=80)

# One sign may stand for another: the documented forms of clean().
SAME = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）", ".": "。", "∶": "：", "﹑": "、"}
SAME_AS = {"•": "·", "‧": "·", "∙": "·"}


def stands_for(reading: str, source: str) -> bool:
    """Whether a sign of the reading text may have been read from a sign of the source."""
    plain = unicodedata.normalize("NFKC", source)
    options = {source, plain, SAME.get(plain, ""), SAME.get(source, ""), SAME_AS.get(source, "")}
    if source.isspace():
        options.add(" ")
    if plain in "\"'":
        options |= set("“”‘’")
    if plain in "[]【】〔〕()":
        options |= set("〔〕（）[]")
    return reading in options


@given(TEXTS)
def test_every_sign_of_the_reading_text_is_a_sign_of_the_source(source: str) -> None:
    text, steps = clean(source, 0, len(source))
    passage = Passage(0, Span(0, len(source)), text, steps)
    places = [passage.offset(n) for n in range(len(text))]
    assert places == sorted(set(places))
    assert all(stands_for(sign, source[place]) for sign, place in zip(text, places, strict=True))


@given(TEXTS)
def test_legible_text_has_the_length_of_the_source(source: str) -> None:
    laid = legible(source)
    assert len(laid) == len(source)
    text, places = gather(laid, 0, len(laid))
    assert len(text) == len(places)
    assert DROPPED not in text


@given(TEXTS)
def test_reading_text_has_no_white_space_but_between_words(source: str) -> None:
    text, _ = clean(source, 0, len(source))
    assert text == text.strip(" ")
    for n, sign in enumerate(text):
        if sign.isspace():
            assert sign == " "
            assert text[n - 1].isalnum() and text[n + 1].isalnum()


@given(TEXTS)
def test_cleaning_twice_changes_nothing_more(source: str) -> None:
    once, _ = clean(source, 0, len(source))
    again, _ = clean(once, 0, len(once))
    # What is left may look like a mark or a rule only now that its neighbours are gone.
    assert len(again) <= len(once)


@given(TEXTS)
def test_pairs_are_near_and_of_one_kind(source: str) -> None:
    for opener, closer in pairs(source):
        assert 0 < closer - opener <= NEAR


HOSTILE = [
    "甲" * 10,
    "《",
    '"',
    "（",
    "(",
    "[",
    "[2024",
    "<!--",
    "[bookmark:",
    "- ",
    "*",
    "1,",
    "\n",
    " ",
    "—",
    "’",
    "年(1",
    "#\n",
    "\\",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_cleaning_takes_linear_time(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    start = time.process_time()
    clean(text, 0, len(text))
    assert time.process_time() - start < 5


# --- numbers that a line wrap breaks -----------------------------------------------------------------------------

WRAPPED = [
    ("全市现有幼儿园8\n6所，覆盖率达9\n1.2%。", "全市现有幼儿园86所，覆盖率达91.2%。"),
    ("《行动计划（201\n1-2013年）》", "《行动计划（2011-2013年）》"),
    ("电话88962078\n13750900000联系", "电话88962078 13750900000联系"),
    ("共有3 5所", "共有3 5所"),
]


@pytest.mark.parametrize(("source", "expected"), WRAPPED)
def test_a_number_that_a_line_wrap_breaks_is_one(source: str, expected: str) -> None:
    assert clean(source, 0, len(source))[0] == expected


# --- names -----------------------------------------------------------------------------------------------------

NAMES = [
    ("“百村 千社”行动", "百村千社行动"),
    ("绍水函[2022]7号", "绍水函〔2022〕7号"),
    ("绍水函［2022］7号", "绍水函〔2022〕7号"),
    ("方案（２０２３年）", "方案(2023年)"),
    ("《节水法》", "《节水法》"),
    ("「甲」 'b'\n", "甲b"),
]


@pytest.mark.parametrize(("name", "expected"), NAMES)
def test_norm(name: str, expected: str) -> None:
    assert norm(name) == expected


@given(st.text(max_size=40))
def test_norm_twice_is_norm(name: str) -> None:
    assert norm(norm(name)) == norm(name)


# --- numerals --------------------------------------------------------------------------------------------------

NUMBERS = [
    ("0", "0"), ("12", "12"), ("1,234", "1234"), ("1.50", "1.5"), ("-3.5", "-3.5"), ("100.0", "100"),
    ("零", "0"), ("〇", "0"), ("两", "2"), ("十", "10"), ("十五", "15"), ("二十", "20"), ("二十五", "25"),
    ("一百", "100"), ("一百零五", "105"), ("一百一十", "110"), ("一百十", "110"), ("一百五", "150"), ("一千零一", "1001"),
    ("两千三百", "2300"), ("一万", "10000"), ("一万五", "15000"), ("三万零五十", "30050"), ("十五万", "150000"),
    ("一亿", "100000000"), ("1亿2000万", "120000000"), ("一亿零三百万", "103000000"), ("3.68万亿", "3680000000000"),
    ("1.4万", "14000"), ("3千", "3000"), ("1.5千", "1500"), ("2百", "200"), ("半", "0.5"), ("一点五", "1.5"),
    ("二○○四", "2004"), ("二〇二三", "2023"), ("二零二四", "2024"), ("壹佰贰拾", "120"), ("1 000", "1000"),
]  # fmt: skip
NO_NUMBERS = [
    "",
    "3700余",
    "近百",
    "百",
    "千",
    "万",
    "亿",
    "十十",
    "百二百",
    "一二万三",
    "1.2.3",
    "数十",
    "几",
    "年",
    "点五",
    "一点",
    "万亿",
]


@pytest.mark.parametrize(("text", "value"), NUMBERS)
def test_number(text: str, value: str) -> None:
    assert str(number(text)) == value


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_no_number(text: str) -> None:
    assert number(text) is None


def chinese(value: int) -> str:
    """The numeral of a whole number below 10**12, as the standard writes it."""
    for scale, sign in ((10**8, "亿"), (10**4, "万")):
        if value >= scale:
            head, tail = divmod(value, scale)
            gap = "零" if 0 < tail < scale // 10 else ""
            return chinese(head) + sign + gap + (chinese(tail) if tail else "")
    return below_ten_thousand(value)


def below_ten_thousand(value: int) -> str:
    digits = "零一二三四五六七八九"
    if value < 10:
        return digits[value]
    out, gap = "", False
    for scale, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // scale % 10
        if digit:
            out += ("零" if gap and out else "") + digits[digit] + sign
            gap = False
        else:
            gap = True
    return out


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_number_reads_every_whole_number(value: int) -> None:
    assert number(str(value)) == value
    assert number(f"{value:,}") == value
    assert number(chinese(value)) == value


@given(st.decimals(min_value=0, max_value=10**6, places=2, allow_nan=False, allow_infinity=False))
def test_number_is_exact(value: Decimal) -> None:
    assert number(f"{value:f}") == value
    assert number(f"{value:f}万") == value * 10000
    assert number(f"{value:f}亿") == value * 100000000


@given(st.text(alphabet="零一二两三十百千万亿半点0123456789.,〇", max_size=12))
def test_number_refuses_or_reads(text: str) -> None:
    value = number(text)
    assert value is None or value.is_finite()


# --- dates -----------------------------------------------------------------------------------------------------

DATES = [
    ("2023年6月26日", "2023-06-26"), ("2023 年 6 月 26 日", "2023-06-26"), ("2023年6月26", "2023-06-26"),
    ("二○○四年十二月六日", "2004-12-06"), ("二〇二三年六月二十六日", "2023-06-26"), ("二O二三年十月三十日", "2023-10-30"),
    ("2024年9月", "2024-09"), ("2024年", "2024"), ("2023.6.26", "2023-06-26"), ("2023-06-26", "2023-06-26"), ("2023/6/26", "2023-06-26"),
    ("2023.06", "2023-06"), ("2023年2月30日", None), ("2023年13月", None), ("6月26日", None), ("2023", None), ("2023.6-26", None), ("", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), DATES)
def test_iso_date(text: str, value: str | None) -> None:
    assert iso_date(text) == value


@given(st.dates())
def test_iso_date_reads_every_day(day: object) -> None:
    iso = str(day)
    year, month, dom = iso.split("-")
    assert iso_date(iso) == iso
    assert iso_date(f"{year}年{int(month)}月{int(dom)}日") == iso
    assert iso_date(f"{year}年{chinese_below_100(int(month))}月{chinese_below_100(int(dom))}日") == iso


def chinese_below_100(value: int) -> str:
    return chinese(value).removeprefix("一") if 10 <= value < 20 else chinese(value)
