"""The report tells what was dropped: nothing that looks like a name or a figure is lost without a word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from kg import resolve
from kg.extract import figure_rules
from kg.extract.form import COMPOSED
from kg.extract.lexis import lexis
from kg.letter import read_letter
from kg.letter.passages import LONGEST
from kg.model import Document, Passage, Reading
from kg.read import read
from kg.report import reasons
from tests.sentences import ONTOLOGY, REGISTRY, extracted

LETTERS = sorted((Path(__file__).resolve().parent.parent / "seeds" / "letters").glob("*.txt"))
UNITS = figure_rules.load().units
QUOTATION = re.compile(r"“[^“”]+”|《[^《》]+》|‘[^‘’]+’|「[^「」]+」")
NUMERALS = "一二三四五六七八九十百千万亿两零〇"
ENDING = re.compile("(?<!布|格|开|大|变|结|全)局(?!面|长|限|势|部)|部门|单位|委员会|办公室|机构|机关|领导小组")
DATE = re.compile(r"\d{4}年|\d+[月日]|[〔\[（]\d{4}[〕\]）](?:第?\d+号)?|\d{4}[-—至]\d{4}年?|(?<=\d[-./])\d+")


@cache
def reading(path: Path) -> Reading:
    return resolve.read(read_letter(read(path), REGISTRY), ONTOLOGY, REGISTRY)


def accounted_for(found: Reading, passage: Passage) -> list[tuple[int, int]]:
    """The places of names, figures, parts of the form, refusals and dates."""
    named = [(m.start, m.stop) for m, _ in found.mentions if m.passage == passage.index and m.rule != COMPOSED]
    measured = [(m.start, m.stop) for m in found.measures if m.passage == passage.index]
    form = [(p.start, p.stop) for p in found.letter.parts if p.passage == passage.index]
    dropped = [(d.start, d.stop) for d in found.dropped if d.passage == passage.index and d.what != "passage"]
    return [*named, *measured, *form, *dropped, *(match.span() for match in DATE.finditer(passage.text))]


def numbers(text: str) -> Iterator[tuple[int, int]]:
    """Digits; Chinese numerals that count, order or number something (not 统一, 进一步)."""
    yield from (match.span() for match in re.finditer(r"\d+(?:[.,]\d+)*", text))
    for match in re.finditer(f"[{NUMERALS}]+", text):
        start, stop = match.span()
        unit = any(text[stop : stop + length] in UNITS for length in (1, 2, 3))
        listed = re.match(r"[、）]|是", text[stop:]) and text[start - 1 : start] in ("", "（", "，", "。", "；", "：")
        if stop - start > 1 or text[start - 1 : start] == "第" or unit or listed:
            yield start, stop


def looked_at(passage: Passage) -> Iterator[tuple[int, int]]:
    """The places in a passage of what looks like a name or a figure."""
    text = passage.text
    yield from (match.span() for match in QUOTATION.finditer(text))
    yield from ((head.start, head.stop) for words in lexis([passage], ONTOLOGY, REGISTRY) for head in words.heads)
    yield from numbers(text)
    yield from (match.span() for match in ENDING.finditer(text))


@pytest.mark.parametrize("path", LETTERS, ids=[path.stem for path in LETTERS])
def test_nothing_is_lost_without_a_word(path: Path) -> None:
    found = reading(path)
    lost = [
        passage.text[max(0, start - 4) : stop + 4]
        for passage in found.letter.passages
        for start, stop in looked_at(passage)
        if not any(low <= start and stop <= high for low, high in accounted_for(found, passage))
    ]
    assert not lost


@pytest.mark.parametrize("path", LETTERS, ids=[path.stem for path in LETTERS])
def test_what_was_dropped_has_its_place_and_a_reason(path: Path) -> None:
    found = reading(path)
    assert len({(d.passage, d.start, d.stop, d.what) for d in found.dropped}) == len(found.dropped), "once"
    for drop in found.dropped:
        text = found.letter.passages[drop.passage].text
        assert drop.reason and drop.start < drop.stop
        assert text[drop.start :].startswith(drop.surface)


# Sentence, and what the report has to say of it: what | surface | reason.
CASES = """
请相关部门给予支持。                 | agency 相关部门 generic: no definite body
由属地商务主管部门负责整改。           | agency 属地商务主管部门 generic: no definite body
各职能部门要密切配合。                | agency 各职能部门 generic: no definite body
会同教育局研究。                     | agency 教育局 no place and no level makes it a definite body
成立工作专班推进。                   | agency 工作专班 no place and no level makes it a definite body
优化布局，开创新局面。                | -
服务大厅全天开放。                   | -
推动平台发展。                      | head 平台 stands alone: nothing says which one
当好“压舱石”。                       | quoted “压舱石” nothing makes it a name
请见「山水」一书。                    | quoted 「山水」 nothing makes it a name
请见“山水一书。                      | quoted “山水一书。 no closing mark
第三次研究此事。                     | number 三 an ordinal
一是抓落实。                        | number 一 numbering of the text
设置三个层次。                      | number 三 said in words, no figure
请拨打12328咨询。                    | number 12328 no unit
沿G318线通车。                      | number 318 part of a word
进一步统一思想，万众一心。            | -
于2023年6月26日印发（杭农函〔2021〕7号）。 | -
""".strip().splitlines()


def told(text: str) -> list[str]:
    return [f"{drop.what} {drop.surface} {drop.reason}" for drop in extracted(text).dropped]


@pytest.mark.parametrize("case", CASES)
def test_sentence(case: str) -> None:
    text, _, wanted = (part.strip() for part in case.partition("|"))
    assert told(text) == ([] if wanted == "-" else [wanted])


def test_a_sentence_without_an_end_is_read_in_pieces_and_the_report_says_so() -> None:
    document = Document("a.txt", "0" * 64, "浙江省农业农村厅推进工作，" * 1000)
    found = resolve.read(read_letter(document, REGISTRY), ONTOLOGY, REGISTRY)
    texts = [passage.text for passage in found.letter.passages]
    assert "".join(texts) == document.text
    assert max(map(len, texts)) <= LONGEST
    assert all(text.endswith("，") for text in texts)
    assert reasons([found])["passage"]["no end of a sentence for thousands of signs: read in pieces"] == len(texts) - 1


@pytest.mark.parametrize("times", [70, 400])
def test_in_a_passage_too_long_or_too_full_nothing_is_distributed_and_the_report_says_so(times: int) -> None:
    few = "杭州市商务局、" * 3 + "联合印发《杭州市冷链发展规划》。"
    assert extracted(few).links
    found = extracted("杭州市商务局、" * times + "联合印发《杭州市冷链发展规划》。")
    assert not found.links
    assert [drop.reason for drop in found.dropped if drop.what == "passage"] == [
        "too long or too full to relate its names"
    ]
