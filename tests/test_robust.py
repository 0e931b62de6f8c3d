"""Any text at all: a result or one clear line, in time that grows with the length of the text and no faster."""

from __future__ import annotations

import random
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from kg import resolve
from kg.errors import InputError
from kg.extract import figure_rules
from kg.extract.pattern import compiled
from kg.extract.relations import MOST_MENTIONS
from kg.extract.skeleton import pattern, sign, skeleton
from kg.letter import read_letter
from kg.letter.passages import LONGEST
from kg.masking import masked
from kg.model import Document, Mention, Passage, Reading, Span
from kg.pipeline import build
from kg.read._decode import decode
from tests.sentences import ONTOLOGY, REGISTRY

LETTERS = sorted((Path(__file__).resolve().parent.parent / "seeds" / "letters").glob("*.txt"))
SEEDS = [path.read_text(encoding="utf-8") for path in LETTERS]
KINDS = tuple(ONTOLOGY.kinds)
LONGEST_WAIT = 20
"""Seconds for a text of a few thousand signs, on a machine that is busy with something else."""


@contextmanager
def alarm(seconds: int = LONGEST_WAIT) -> Iterator[None]:
    """A text that takes too long fails, and is shown, where it would only be waited for."""

    def ring(*_: object) -> None:
        raise TimeoutError(f"more than {seconds} seconds")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def understood(text: str) -> Reading:
    """What a text says, read, understood and masked as a build does it."""
    return masked(resolve.read(read_letter(Document("a.txt", "0" * 64, text), REGISTRY), ONTOLOGY, REGISTRY))


def holds_together(found: Reading) -> None:
    """Every place is a place of its passage, every passage one of the text, and all is in order."""
    text = found.letter.document.text
    stop = 0
    for index, passage in enumerate(found.letter.passages):
        assert passage.index == index
        assert stop <= passage.span.start < passage.span.stop <= len(text)
        assert 0 < len(passage.text) <= LONGEST
        assert passage.source(0, len(passage.text)) == passage.span
        stop = passage.span.stop
    passages = found.letter.passages
    for mention, _ in found.mentions:
        assert passages[mention.passage].text[mention.start : mention.stop] == mention.surface
    for drop in found.dropped:
        assert 0 <= drop.start < drop.stop <= len(passages[drop.passage].text)
    for measure in found.measures:
        assert 0 <= measure.start < measure.stop <= len(passages[measure.passage].text)
        assert measure.value.is_finite()
    known = {entity.ref for entity in found.entities}
    assert {ref for _, ref in found.mentions} | {fact.subject for fact in found.facts} <= known


# --- Any text --------------------------------------------------------------------------------------------------

# Marks, numerals, signs that the program uses within, what is not seen, what is not one code point, what is no Chinese.
SIGNS = (
    "“”‘’「」『』《》〈〉（）()[]〔〕【】\"'、，。；：！？,.;:!?·…—-–~～*#_|>\\/\n\r\t\x0b\x0c \u3000\u00a0\u2028\u2029\x85"
    "0123456789０１９Ⅷ①一二三四五六七八九十百千万亿两半零〇○第年月日号级个家项名元%％省市县区局委厅办部院会"
    "▮▯\ue000\ue001\ue005\uf8ff\U000f0000\ufffd\ufeff\u200b\u200d\u200e\u200f\u202a\u202e\u2066\u0301\u0000\u0007\u001b\u007f"
    "😀👨‍👩‍👧🏳️‍🌈𠀀𪚥㐀龥ﷺİßǅ½²٣הא"
)
WORDS = """
“ ” 《 》 （ ） 、 ， 。 ； ： \n \n\n 一、 （一） 1. 一是 2023年 今年 去年 2023-2025年 截至目前 第一 第20位 全国第三 12家 3.6亿元 50% 0.5个百分点 近百家 翻一番
一二三四五 十二届 分别 给予 奖励 最高 新增 累计 达到 同比增长 平均 以上 不超过 计划 行动 工程 平台 实验室 中心 大赛 峰会 基金 企业 人才 项目 规划 意见 办法 方案
市科技局 省财政厅 杭州市 温州市 余杭区 浙江省 我局 我市 我委 王小明 欧阳明远 约翰·史密斯 委员 代表 教授 局长 主任 联系人：李明 联系电话：0571-88888888 13800138000
会同 联合 牵头 由 负责 根据 印发 出台 实施 开展 支持 推动 关于 提案 建议 收悉 现答复如下 感谢您 （以下简称“甲乙”） 杭农函〔2024〕7号 〔2020〕135号 政协十二届三次会议第104号
▮ ▯ \ue000 \ue005 A AAAA 5A 级 类 省级 国家级 市县 国家 的 和 与 等 其中 正在 已 将 拟 下一步 抄送：
""".replace("\\n", "\n").split(" ")

any_text = st.text(max_size=300)
decoded_text = st.builds(
    lambda data, encoding: data.decode(encoding, "replace"),
    st.binary(max_size=400),
    st.sampled_from(["utf-8", "gb18030", "utf-16", "latin-1"]),
).map(lambda text: re.sub("[\ud800-\udfff]", "", text))
nasty_text = st.text(alphabet=SIGNS, max_size=300)
worded_text = st.lists(st.sampled_from(WORDS), max_size=120).map("".join)
repeated_text = st.builds(lambda unit, times: unit * times, st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map("".join), st.integers(1, 150))  # fmt: skip


@st.composite
def mutated_letters(draw: st.DrawFn) -> str:
    """A part of a letter that is cut, repeated, shuffled by lines, or sown with marks."""
    letter = draw(st.sampled_from(SEEDS))
    start = draw(st.integers(0, len(letter)))
    text = letter[start : start + draw(st.integers(0, 1500))]
    for change in draw(st.lists(st.sampled_from(sorted(CHANGES)), max_size=3)):
        text = CHANGES[change](text, random.Random(draw(st.integers(0, 2**32))))
    return text[:6000]


def _sown(text: str, chance: random.Random) -> str:
    signs = list(text)
    for _ in range(chance.randrange(1, 30)):
        signs.insert(chance.randrange(len(signs) + 1), chance.choice(SIGNS))
    return "".join(signs)


def _doubled(text: str, chance: random.Random) -> str:
    start, length = chance.randrange(len(text) + 1), chance.randrange(1, 60)
    return text[:start] + text[start : start + length] * chance.randrange(2, 40) + text[start + length :]


def _cut(text: str, chance: random.Random) -> str:
    start = chance.randrange(len(text) + 1)
    return text[:start] + text[start + chance.randrange(60) :]


def _shuffled(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    chance.shuffle(lines)
    return "\n".join(lines)


CHANGES: dict[str, Callable[[str, random.Random], str]] = {
    "cut": _cut,
    "doubled": _doubled,
    "in one line": lambda text, chance: text.replace("\n", ""),
    "no stops": lambda text, chance: re.sub("[。；！？]", "，", text),
    "shuffled": _shuffled,
    "sown": _sown,
    "wrapped": lambda text, chance: re.sub(".{30}", lambda m: m[0] + "\n", text),
}


@given(st.one_of(any_text, decoded_text, nasty_text, worded_text, repeated_text))
@example("")
@example("\ufeff")
@example("财政厅" + "0" * 22 + "赛")
@example("“" * 500 + "甲" + "”" * 500)
def test_any_text_is_understood_or_holds_nothing(text: str) -> None:
    with alarm():
        holds_together(understood(text))


@given(mutated_letters())
def test_any_change_of_a_letter_is_understood(text: str) -> None:
    with alarm():
        holds_together(understood(text))


@given(st.one_of(st.binary(max_size=200), mutated_letters().map(lambda text: text.encode("gb18030", "ignore")), any_text.map(lambda text: text.encode("utf-8", "ignore"))), st.binary(max_size=4))  # fmt: skip
def test_any_bytes_are_a_text_or_one_clear_line(data: bytes, tail: bytes) -> None:
    with alarm():
        try:
            text = decode(data + tail)
        except InputError as error:
            assert "\n" not in str(error)
            return
        holds_together(understood(text))


@settings(max_examples=max(8, settings().max_examples // 20))
@given(st.lists(st.one_of(nasty_text, worded_text, mutated_letters(), any_text), min_size=1, max_size=3))
def test_any_texts_are_built_or_refused_in_one_line(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    folder = tmp_path_factory.mktemp("any")
    for number, text in enumerate(texts):
        (folder / f"{number}.txt").write_bytes(text.encode("utf-8", "ignore"))
    with alarm(120):
        try:
            build([folder], folder / "out")
        except InputError as error:
            assert "\n" not in str(error)
            return
    assert list(parse((folder / "out" / "kg.ttl").read_bytes(), RdfFormat.TURTLE))
    assert "</html>" in (folder / "out" / "graph.html").read_text(encoding="utf-8")


# --- One line of any length ------------------------------------------------------------------------------------

LINE = "".join(SEEDS).replace("\n", "")
LINES = {
    "a letter on one line": lambda n: (LINE * (n // len(LINE) + 1))[:n],
    "a letter without stops": lambda n: (re.sub("[。；！？]", "，", LINE) * (n // len(LINE) + 1))[:n],
    "Chinese at random": lambda n: "".join(random.Random(1).choices([chr(c) for c in range(0x4E00, 0x9FA5)], k=n)),
    "marks at random": lambda n: "".join(random.Random(2).choices(SIGNS.replace("\x00", ""), k=n)),
    "words at random": lambda n: "".join(random.Random(3).choices(WORDS, k=n // 3)).replace("\n", ""),
}


@pytest.mark.parametrize("name", LINES)
def test_one_line_of_any_length_is_built(name: str, full: bool, tmp_path: Path) -> None:
    """Ten megabytes with KG_BENCH=full, else fifty thousand signs."""
    text = LINES[name](3_400_000 if full else 50_000)
    (tmp_path / "line.txt").write_text(re.sub("[\x00-\x08\x0e-\x1f]", "", text), encoding="utf-8")
    summary = build([tmp_path / "line.txt"], tmp_path / "out")
    assert (summary.documents, len(summary.files)) == (1, 6)


def test_a_million_opening_marks() -> None:
    found = understood("《" * 1_000_000)
    holds_together(found)
    assert not found.facts


# --- Time grows with the length --------------------------------------------------------------------------------

RUNS = """
“ ” “” 《 》 《》 “甲” “甲”、 《甲》 《甲乙意见》 “甲 《甲 （ （） ( [ " ' 「 、 甲、 ， ： · . - _甲 *甲 # | > [bookmark: <!--
0 9 12 1, 1. 1、 1至 1万 一 二 十 万 亿 第 第一 第20位、 一二三四五六七八九十 年 2023年 2023年、 2023 2023-2024、 月 日 号
12家、 3.1、 50%、 新增企业12家， 分别奖励甲12万元、 0.5个百分点、 占30%， 同比增长5%， 每家最高奖励5万元，
A AA、 A级 a 5G 市 省市 国家级 市科技局 市科技局、 会同市科技局 杭州市 浙江省杭州市 王小明、 王小明教授、 约翰·史密斯、
“甲乙”计划、 “甲乙”计划实施 农业实验室 农业实验室、 甲办法（以下简称“乙”）， 《甲办法》（以下简称“乙”）， 由市科技局牵头， 支持甲企业
▮ ▯ \ue000 \ue005、 \u202e甲 \u200b甲 👨‍👩‍👧 𠀀 甲。 。 甲； \n甲 一、甲\n a␣ 1␣ 甲\n\n 联系电话：0571-88888888， 抄送：市科技局，
""".replace("\\n", "\n").split(" ")
SHORT, TIMES, MOST = LONGEST, 8, 5.0


def seconds(text: str) -> float:
    started = time.process_time()
    understood(text)
    return time.process_time() - started


@pytest.mark.parametrize("unit", [run.strip("\n") or "\n" for run in RUNS if run.strip()], ids=ascii)
def test_time_grows_with_the_length(unit: str) -> None:
    """Eight times the text in less than five times eight times the time; measured again before it is believed."""
    unit = (
        unit.replace("␣", " ").encode().decode("unicode_escape") if unit.startswith("\\u") else unit.replace("␣", " ")
    )
    few, many = unit * (SHORT // len(unit)), unit * (SHORT * TIMES // len(unit))
    with alarm(120):
        for _ in range(3):
            short = max(seconds(few), 0.01)
            long = seconds(many)
            if long < MOST * TIMES * short:
                break
    assert long < MOST * TIMES * short
    assert short < 2, "a passage of the greatest length"


LONGEST_CLAUSE = 200
FULL = [f"{one}{joint}" for one in (*(sign(kind, KINDS) for kind in KINDS), "".join(sign(kind, KINDS) for kind in KINDS[::3])) for joint in ("", "、", "，甲")]  # fmt: skip
SAYING = [rule for relation in ONTOLOGY.relations.values() for rule in relation.rules if rule.by == "pattern"]


@pytest.mark.parametrize("rule", [*SAYING, *ONTOLOGY.status], ids=lambda rule: rule.id)
def test_a_rule_reads_a_full_passage_in_no_time(rule: object) -> None:
    found = pattern(rule.options["pattern"], KINDS)  # type: ignore[attr-defined]
    with alarm():
        for unit in FULL:
            started = time.process_time()
            list(found.finditer(unit * (MOST_MENTIONS // len(unit.strip("、，甲")))))
            assert time.process_time() - started < 1, unit


@pytest.mark.parametrize("rule", ONTOLOGY.promises, ids=lambda rule: rule.id)
def test_a_rule_about_promises_reads_the_longest_clause_in_no_time(rule: object) -> None:
    found = pattern(rule.options["pattern"], KINDS)  # type: ignore[attr-defined]
    runs = [
        *(run.strip("\n") for run in RUNS if run.strip()),
        *"将 要 推进 持续推进 年底 2025年 2025年底前 由甲 会同甲 对甲 在甲 甲建设 纳入".split(),
    ]
    with alarm(120):
        for unit in runs:
            text = unit * (LONGEST // len(unit))
            started = time.process_time()
            list(found.finditer(text) if rule.by in ("deadline", "who") else [found.match(text)])  # type: ignore[attr-defined]
            assert time.process_time() - started < 2, unit


@pytest.mark.parametrize("kind", [kind.name for kind in ONTOLOGY.entity_kinds()])
def test_naming_rules_read_the_longest_passage_in_no_time(kind: str) -> None:
    sources = [rule.options["pattern"] for rule in ONTOLOGY.kinds[kind].rules if rule.by == "pattern"]
    with alarm(120):
        for unit in [run.strip("\n") for run in RUNS if run.strip()]:
            for source in sources:
                started = time.process_time()
                list(compiled(source).finditer(unit * (LONGEST // len(unit))))
                assert time.process_time() - started < 1, (unit, source)


@pytest.mark.parametrize("name", ["quantity", "numeral", "time", "name", "sign", "relative", "lasting"])
def test_figure_rules_read_the_longest_passage_in_no_time(name: str) -> None:
    found = figure_rules.load().patterns[name]
    with alarm(120):
        for unit in [run.strip("\n") for run in RUNS if run.strip()]:
            started = time.process_time()
            list(found.finditer(unit * (LONGEST // len(unit))))
            assert time.process_time() - started < 2, unit


@pytest.mark.parametrize("name", sorted(figure_rules.load().patterns))
def test_figure_rules_read_the_longest_clause_in_no_time(name: str) -> None:
    found = figure_rules.load().patterns[name]
    with alarm(120):
        for unit in [run.strip("\n") for run in RUNS if run.strip()]:
            started = time.process_time()
            found.search(unit * (LONGEST_CLAUSE // len(unit)))
            assert time.process_time() - started < 1, unit


# --- Signs that the program uses within ------------------------------------------------------------------------


def test_a_private_use_character_is_not_taken_for_a_name() -> None:
    text = "由市科技局牵头实施\ue005，\ue000会同\ue003。"
    mention = Mention(0, 1, 5, "Agency", "市科技局", "")
    frame = skeleton(Passage(0, Span(0, len(text)), text, ((0, 0),)), [mention], KINDS)
    assert [sign for sign in frame.text if "\ue000" <= sign <= "\uf8ff"] == [sign_of("Agency")]
    assert len(frame.text) == len(text) - 3


def sign_of(kind: str) -> str:
    return sign(kind, KINDS)


@given(st.text(alphabet="\ue000\ue001\ue002\ue003\ue004\ue005\ue006\ue007\uf8ff", min_size=1, max_size=9))
def test_private_use_characters_say_nothing(strange: str) -> None:
    sentence = "市农业农村局会同{}实施“碧水”计划，支持{}发展。"
    with_them, without = understood(sentence.format(strange, strange)), understood(sentence.format("□", "□"))
    assert [(f.subject, f.relation, f.object) for f in with_them.facts] == [
        (f.subject, f.relation, f.object) for f in without.facts
    ]
