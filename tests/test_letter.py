"""A document with its form read: the rules, the development letters, invented letters, and what always holds."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import OntologyError
from kg.letter import read_letter
from kg.letter.parts import found
from kg.letter.rules import Cue, PartRule, load
from kg.letter.values import READERS, Context
from kg.model import Document, Letter
from kg.read import read
from kg.registry import Registry
from kg.registry import load as load_registry
from kg.text import INVISIBLE

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "cases"
FOLDERS = (ROOT / "seeds" / "letters", ROOT / "tests" / "gold" / "letters")
RULES = load()


def table(name: str) -> dict[str, Any]:
    return tomllib.loads((CASES / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def registry() -> Registry:
    return load_registry()


def document(text: str) -> Document:
    return Document("a.txt", sha256(text.encode(errors="replace")).hexdigest(), text)


# --- the rules -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cue", RULES.cues.values(), ids=list(RULES.cues))
def test_cue(cue: Cue) -> None:
    assert [text for text in cue.examples if not cue.search(text)] == []
    assert [text for text in cue.counter_examples if cue.search(text)] == []
    unused = [p.pattern for p in cue.patterns if not any(p.search(text) for text in cue.examples)]
    assert unused == [], "a pattern that matches none of its examples"


@pytest.mark.parametrize("rule", RULES.parts, ids=[rule.role for rule in RULES.parts])
def test_part_rule(rule: PartRule, registry: Registry) -> None:
    context = Context(RULES, registry.surnames)
    for text, values in rule.examples:
        assert tuple(value for _, _, value in found(rule, text, context)) == values
    for text in rule.counter_examples:
        assert found(rule, text, context) == []
    unused = [p.pattern for p in rule.patterns if not any(p.search(text) for text, _ in rule.examples)]
    assert unused == [], "a pattern that matches none of its examples"


def test_every_reader_is_used_and_every_role_is_there_once() -> None:
    assert {rule.read for rule in RULES.parts} == set(READERS)
    roles = [rule.role for rule in RULES.parts]
    assert len(roles) == len(set(roles))
    assert all(rule.zh and rule.en for rule in RULES.parts)


GOOD = """
[[piece]]
name = "year"
pattern = '\\d{4}'
[[cue]]
name = "a"
patterns = ['^{year}年']
examples = ["2022年"]
not = ["年"]
"""
BROKEN = [
    ("not TOML", "a = = 1", "cannot be read"),
    ("an unknown piece", GOOD.replace("{year}", "{month}"), "unknown piece {month}"),
    ("pieces in a circle", GOOD.replace("'\\d{4}'", "'{year}'"), "pieces in a circle"),
    ("a broken pattern", GOOD.replace("'^{year}年'", "'('"), "pattern ("),
    ("no examples", GOOD.replace('["2022年"]', "[]"), "no examples"),
    (
        "an unknown zone",
        '[[part]]\nrole="a"\nlabel={zh="甲",en="a"}\nzone=["middle"]\nread="text"\npatterns=["a"]\n'
        'examples=[{text="a",values=["a"]}]\nnot=["b"]',
        "unknown zone middle",
    ),
]


@pytest.mark.parametrize(("source", "message"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_rules_that_do_not_hold_together_do_not_load(tmp_path: Path, source: str, message: str) -> None:
    (tmp_path / "letter.toml").write_text(source, encoding="utf-8")
    with pytest.raises(OntologyError) as caught:
        load(tmp_path)
    assert message in str(caught.value) and "letter.toml" in str(caught.value)


def test_rules_that_hold_together_load(tmp_path: Path) -> None:
    (tmp_path / "letter.toml").write_text(GOOD, encoding="utf-8")
    assert load(tmp_path).has("a", "2022年")


def test_missing_rules(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match="cannot be read"):
        load(tmp_path)


# --- the development letters -----------------------------------------------------------------------------------


def letter(name: str, registry: Registry) -> Letter:
    path = next(folder / name for folder in FOLDERS if (folder / name).exists())
    return read_letter(read(path), registry)


def values(letter: Letter) -> dict[str, list[str]]:
    roles: dict[str, list[str]] = {}
    for part in letter.parts:
        roles.setdefault(part.role, []).append(part.value)
    return roles


def turns(letter: Letter) -> Iterator[tuple[str, str]]:
    """The sections with the text of the first passage of each."""
    before = ""
    for passage in letter.passages:
        if passage.section != before:
            yield passage.section, passage.text
        before = passage.section


PARTS = table("letter_parts.toml")
SECTIONS = table("letter_sections.toml")


@pytest.mark.parametrize("name", PARTS)
def test_parts_of_the_development_letters(name: str, registry: Registry) -> None:
    read_ = letter(name, registry)
    expected = dict(PARTS[name])
    assert read_.form == expected.pop("form")
    parts = values(read_)
    parts.pop("opening", None)
    parts.pop("closing", None)
    assert parts == expected


@pytest.mark.parametrize("name", SECTIONS)
def test_sections_of_the_development_letters(name: str, registry: Registry) -> None:
    read_ = letter(name, registry)
    assert [(section, text[:24]) for section, text in turns(read_)] == [tuple(row) for row in SECTIONS[name]["turns"]]
    for begins, heading in SECTIONS[name]["headings"]:
        assert [p.heading for p in read_.passages if p.text.startswith(begins)][:1] == [heading]


def test_all_development_letters_are_in_the_tables() -> None:
    names = {path.name for folder in FOLDERS for path in folder.glob("*.txt")}
    assert set(PARTS) == set(SECTIONS) == names


# --- invented letters ------------------------------------------------------------------------------------------

INVENTED = table("letter_invented.toml")["case"]


@pytest.mark.parametrize("case", INVENTED, ids=[case["name"] for case in INVENTED])
def test_invented_letters(case: Mapping[str, Any], registry: Registry) -> None:
    read_ = read_letter(document(case["source"]), registry)
    assert read_.form == case["form"]
    parts = values(read_)
    assert {role: parts.get(role, []) for role in case["parts"]} == case["parts"]
    if "turns" in case:
        seen = list(turns(read_))
        assert [section for section, _ in seen] == [section for section, _ in case["turns"]]
        assert all(text.startswith(begins) for (_, text), (_, begins) in zip(seen, case["turns"], strict=True))


@pytest.mark.parametrize("case", INVENTED, ids=[case["name"] for case in INVENTED])
def test_invented_letters_hold_together(case: Mapping[str, Any], registry: Registry) -> None:
    holds_together(read_letter(document(case["source"]), registry))


# --- sentences -------------------------------------------------------------------------------------------------

SENTENCES = [
    ("甲。乙；丙！丁？戊", ["甲。", "乙；", "丙！", "丁？", "戊"]),
    ("甲《乙。丙》丁。戊。", ["甲《乙。丙》丁。", "戊。"]),
    ("甲“乙；丙”丁。戊。", ["甲“乙；丙”丁。", "戊。"]),
    ("甲（乙。丙）。丁。", ["甲（乙。丙）。", "丁。"]),
    ("他说甲。”乙。", ["他说甲。”", "乙。"]),
    ("甲《乙。丙丁。戊。", ["甲《乙。", "丙丁。", "戊。"]),
    ("甲？！乙。", ["甲？！", "乙。"]),
    ("“" + "甲。" * 150 + "”乙。", ["“甲。", *["甲。"] * 148, "甲。”", "乙。"]),
    ("甲\n\n乙丙，丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥甲乙丙丁戊己庚辛壬癸子丑寅卯，实施“双\n\n语”教学。", None),
]  # fmt: skip
FRAME = "绍水函〔2022〕7号\n关于市政协九届三次会议第18号提案的答复\n陈小雨委员：\n您的提案收悉，现答复如下：\n"


@pytest.mark.parametrize(("body", "expected"), [row for row in SENTENCES if row[1]])
def test_sentences(body: str, expected: list[str], registry: Registry) -> None:
    read_ = read_letter(document(FRAME + body), registry)
    assert [passage.text for passage in read_.passages][4:] == expected


LONG = "近年来，我局深入开展水环境整治，累计投入资金3.6亿元，整治河道125公里，城区水质优良率达到92%，实施“清水"
JOINED = [
    ("a page break in a sentence", f"{LONG}\n\n进城”行动。", [f"{LONG}进城”行动。"]),
    ("a page number in a sentence", f"{LONG}\n\n— 3 —\n\n进城”行动。", [f"{LONG}进城”行动。"]),
    ("a heading and what follows", "一、基本情况\n我局有三科。", ["一、基本情况", "我局有三科。"]),
    ("a heading below a broken line", "二、加强监管\n（一）健全机制", ["二、加强监管", "（一）健全机制"]),
    ("a short fragment after a stop", "（一）做强平台。推动重点实\n\n验室建设。", ["（一）做强平台。", "推动重点实验室建设。"]),
    ("a Markdown heading", "## 一、情况\n甲乙。", ["一、情况", "甲乙。"]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), [row[1:] for row in JOINED], ids=[row[0] for row in JOINED])
def test_lines_are_joined(body: str, expected: list[str], registry: Registry) -> None:
    read_ = read_letter(document(FRAME + body), registry)
    assert [passage.text for passage in read_.passages][4:] == expected


# --- what always holds -----------------------------------------------------------------------------------------


def holds_together(read_: Letter) -> None:
    """Every visible character is read by exactly one passage, or is furniture; parts lie in their passages."""
    text = read_.document.text
    seen = [0] * len(text)
    for index, passage in enumerate(read_.passages):
        assert passage.index == index and passage.text.strip()
        places = [passage.offset(n) for n in range(len(passage.text))]
        assert places == sorted(set(places))
        assert passage.span.start == places[0] and passage.span.stop == places[-1] + 1
        for n, place in enumerate(places):
            seen[place] += passage.text[n] != " "
    for span in read_.furniture:
        assert span.start < span.stop
        for place in range(span.start, span.stop):
            seen[place] += 1
    for place, sign in enumerate(text):
        visible = not sign.isspace() and not INVISIBLE.match(sign)
        assert seen[place] == int(visible), (place, sign, seen[place])
    spans = [passage.span for passage in read_.passages]
    assert all(one.stop <= two.start for one, two in zip(spans, spans[1:], strict=False))
    for part in read_.parts:
        assert 0 <= part.start <= part.stop <= len(read_.passages[part.passage].text)
        assert part.value


@pytest.mark.parametrize("name", PARTS)
def test_development_letters_hold_together(name: str, registry: Registry) -> None:
    holds_together(letter(name, registry))


PIECES = st.sampled_from(
    [
        "绍兴市水利局文件", "绍水函〔2022〕7号", "关于市政协九届三次会议第18号提案的", "答复", "陈小雨委员：", "您提出的《关于节水的提案》（第18号）收悉，",
        "现答复如下：", "一、基本情况", "（一）做法", "一是", "下一步，", "我局将", "感谢您的支持。", "联系人：赵明", "81234567", "2022年5月6日", "绍兴市水利局",
        "抄送：市府办", "印发", "— 1 —", "\n", "\n\n", "　　", "《", "》", "“", "”", "（", "）", "。", "；", "，", "、", ":", "**", "## ", "---", "甲", "12", "\u200b", "\0", "⽔",
        "附件：", "等3位", "和", "A类",
    ]
)  # fmt: skip
LETTERS = st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=60)


@given(LETTERS)
def test_any_text_holds_together(text: str) -> None:
    holds_together(read_letter(document(text), load_registry()))


@given(LETTERS)
def test_the_same_text_gives_the_same_letter(text: str) -> None:
    assert read_letter(document(text), load_registry()) == read_letter(document(text), load_registry())


HOSTILE = [
    "甲",
    "《",
    "（",
    "一、",
    "经商",
    "您",
    "。",
    "\n",
    "甲\n",
    "联系人：",
    "、",
    "等",
    "关于",
    "第1号",
    "1",
    "市",
    "委员：\n",
    "下一步",
    "二〇",
    "局",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_reading_takes_linear_time(piece: str, registry: Registry) -> None:
    text = piece * (40_000 // len(piece))
    start = time.process_time()
    read_letter(document(text), registry)
    assert time.process_time() - start < 6
