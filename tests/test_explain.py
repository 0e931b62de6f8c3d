"""`kg explain`: everything that a reading says is shown, at its place in the source, with the rule that found it."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from kg import ontology, registry, resolve
from kg.cli import explain as command
from kg.cli import main
from kg.explain import Explanation, Wanted, gather, narrowed, page, record, terminal
from kg.explain.marks import Mark, pieces
from kg.explain.rules import file_of, known
from kg.letter import read_letter
from kg.model import Document, Dropped, Literal, Passage, Reading, Ref, Span
from kg.read import read
from kg.text import clean
from kg.vocabulary import entity_iri
from tests import invented

ROOT = Path(__file__).resolve().parent.parent
LETTERS = sorted((ROOT / "seeds" / "letters").glob("*.txt")) + sorted((ROOT / "tests/gold/letters").glob("*.txt"))
ONTOLOGY, REGISTRY = ontology.load(), registry.load()
ESCAPE = "\x1b"


def reading_of(text: str) -> Reading:
    return resolve.read(read_letter(Document("a.txt", "0" * 64, text), REGISTRY), ONTOLOGY, REGISTRY)


def recorded(explanation: Explanation) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(record(explanation, ONTOLOGY, masked=False))
    return found


def run(*args: str) -> Result:
    return CliRunner().invoke(main, ["explain", *args])


def told(result: Result) -> str:
    """The one line of an error."""
    assert result.stdout == ""
    assert re.fullmatch(r"kg: [^\n]+\n", result.stderr), result.stderr
    return result.stderr


@pytest.fixture(scope="module", params=LETTERS, ids=[path.stem for path in LETTERS])
def reading(request: pytest.FixtureRequest) -> Reading:
    return resolve.read(read_letter(read(request.param), REGISTRY), ONTOLOGY, REGISTRY)


# --- Nothing of a reading gets lost


def test_every_passage_is_there_in_order(reading: Reading) -> None:
    shown = recorded(gather(reading))["passages"]
    assert [(p["passage"], p["start"], p["end"], p["text"]) for p in shown] == [
        (p.index, p.span.start, p.span.stop, p.text) for p in reading.letter.passages
    ]


def test_the_source_at_a_place_cleaned_is_the_text(reading: Reading) -> None:
    source, found = reading.letter.document.text, recorded(gather(reading))
    marked = [*found["mentions"], *found["measures"], *(d for d in found["dropped"] if d["what"] != "passage")]
    assert marked
    for one in marked:
        bare = "".join(source[one["start"] : one["end"]].split())  # a number alone in its line is no page number here
        assert one["text"] in (clean(source, one["start"], one["end"])[0], bare)


def test_every_mention_has_its_entity_and_rule(reading: Reading) -> None:
    found = recorded(gather(reading))
    entities = {entity["id"]: entity for entity in found["entities"]}
    had = [(m["passage"], m["text"], m["kind"], m["entity"], m["rule"]) for m in found["mentions"]]
    assert had == [(m.passage, m.surface, m.kind, entity_iri("", ref), m.rule) for m, ref in reading.mentions]
    assert all(m["rule"] and entities[m["entity"]]["kind"] == m["kind"] for m in found["mentions"])


def end(value: Ref | Literal) -> dict[str, str]:
    if isinstance(value, Literal):
        return {"value": value.value, "datatype": value.datatype}
    return {"entity": entity_iri("", value)}


def test_every_fact_is_there_with_its_rule(reading: Reading) -> None:
    shown = recorded(gather(reading))["facts"]
    wanted = [(entity_iri("", f.subject), f.relation, end(f.object), f.passage, f.rule) for f in reading.facts]
    had = [(f["subject"], f["relation"], f["object"], f["passage"], f["rule"]) for f in shown]
    assert sorted(map(str, had)) == sorted(map(str, wanted))
    assert all(f["rule"] for f in shown)


def test_every_figure_and_status_is_there_with_its_rule(reading: Reading) -> None:
    found = recorded(gather(reading))
    figures = [(m["passage"], m["indicator"], Decimal(m["value"]), m["rule"]) for m in found["measures"]]
    assert figures == sorted(
        ((m.passage, m.indicator, m.value, m.rule) for m in reading.measures), key=lambda figure: figure[0]
    )
    statuses = [(s["passage"], s["entity"], s["status"], s["rule"]) for s in found["statuses"]]
    assert sorted(statuses) == sorted((s.passage, entity_iri("", s.entity), s.status, s.rule) for s in reading.statuses)
    assert all(one["rule"] for one in (*found["measures"], *found["statuses"]))


def test_every_request_is_there_with_its_rule_and_all_its_answers(reading: Reading) -> None:
    found = recorded(gather(reading))
    source, passages = reading.letter.document.text, reading.letter.passages
    assert len(found["requests"]) == sum(1 + len(request.also) for request in reading.requests)
    for request in reading.requests:
        shown = next(one for one in found["requests"] if one["text"] == request.text)
        assert (shown["passage"], shown["rule"]) == (request.passage, request.rule)
        assert clean(source, shown["start"], shown["end"])[0] == request.text
        assert [(one["passage"], one["outcome"], one["by"]) for one in shown["answers"]] == [
            (answer.passage, list(answer.statuses), answer.by) for answer in request.answers
        ]
        for one in shown["answers"]:
            assert (one["start"], one["end"]) == (
                passages[one["passage"]].span.start,
                passages[one["passage"]].span.stop,
            )
    answers = [(one["passage"], one["request"]) for one in found["answers"]]
    assert answers == sorted(
        ((answer.passage, request.text) for request in reading.requests for answer in request.answers),
        key=lambda pair: pair[0],
    )


def test_everything_dropped_is_there_with_its_reason(reading: Reading) -> None:
    shown = recorded(gather(reading))["dropped"]
    assert len(shown) == len(reading.dropped)
    assert all(one["reason"] and one["what"] for one in shown)
    assert all(one["rule"] for one in shown if one["what"] == "head")


def test_every_rule_stands_in_a_file(reading: Reading) -> None:
    rules = recorded(gather(reading))["rules"]
    for rule, file in rules.items():
        assert (ROOT / file).exists(), rule
        text = (ROOT / file).read_text(encoding="utf-8") if (ROOT / file).is_file() else rule
        assert f'"{rule}"' in text or rule.startswith(("form.", "registry:")) or rule in text


def test_rules_of_the_ontology_are_found_in_their_files() -> None:
    for rule, file in known(ONTOLOGY).items():
        assert f'id = "{rule}"' in (ROOT / file).read_text(encoding="utf-8")
    assert file_of("letter.again", {}) == "kg/extract/again.py"


def test_the_terminal_shows_it_all(reading: Reading) -> None:
    explanation = gather(reading)
    text = terminal(explanation, ONTOLOGY, colour=False)
    assert ESCAPE not in text
    lines = text.splitlines()
    for sort, count in (
        ("name", len(reading.mentions)),
        ("fact", len(reading.facts)),
        ("figure", len(reading.measures)),
        ("status", len(reading.statuses)),
        ("request", sum(1 + len(request.also) for request in reading.requests)),
        ("answer", sum(len(request.answers) for request in reading.requests)),
        ("dropped", len(reading.dropped)),
    ):
        assert sum(line.startswith(f"    {sort:<8}") for line in lines) == count, sort
    plain = [re.sub("[⟦⟧‹›⌈⌉×]", "", line)[2:] for line in lines if re.match(r"  \S", line)]
    assert plain == [re.sub("[⟦⟧‹›⌈⌉×]", "", passage.text) for passage in reading.letter.passages]


def test_colours_change_nothing_else(reading: Reading) -> None:
    explanation = gather(reading)
    coloured = terminal(explanation, ONTOLOGY, colour=True)
    assert re.sub(r"\x1b\[[0-9;]+m", "", coloured) == terminal(explanation, ONTOLOGY, colour=False)
    assert coloured.count("\x1b[0m") * 2 == coloured.count(ESCAPE)


# --- The page


class Page(HTMLParser):
    """What a page loads, the texts in it, and whether its elements are closed."""

    def __init__(self) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.open: list[str] = []
        self.ids: list[str] = []
        self.described: list[str] = []
        self.passages: list[str] = []
        self.reading = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.loads += [given[name] or "" for name in ("src", "href", "srcset", "action") if name in given]
        self.ids += [given["id"] or ""] if "id" in given else []
        self.described += [given["aria-describedby"] or ""] if "aria-describedby" in given else []
        if tag not in ("meta", "link", "input"):
            self.open.append(tag)
        if given.get("class") == "text":
            self.reading = True
            self.passages.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        self.reading = self.reading and tag != "p"

    def handle_data(self, data: str) -> None:
        if self.reading:
            self.passages[-1] += data


def parsed(text: str) -> Page:
    reader = Page()
    reader.feed(text)
    reader.close()
    assert reader.open == []
    return reader


def test_the_page_is_whole_and_asks_for_nothing(reading: Reading) -> None:
    text = page(gather(reading), ONTOLOGY)
    shown = parsed(text)
    assert [target for target in shown.loads if not target.startswith(("#", "data:,"))] == []
    assert "<script" not in text
    assert "url(" not in text
    assert len(shown.ids) == len(set(shown.ids))
    assert set(shown.described) <= set(shown.ids)
    assert shown.passages == [passage.text for passage in reading.letter.passages]
    assert len([one for one in shown.ids if "-fact-" in one]) == len(reading.facts)
    assert len([one for one in shown.ids if "-answer-" in one]) == sum(len(one.answers) for one in reading.requests)
    assert {target[1:] for target in shown.loads if target.startswith("#p")} <= set(shown.ids)


def test_kinds_are_named_in_both_languages(reading: Reading) -> None:
    text = page(gather(reading), ONTOLOGY)
    for kind in {mention.kind for mention, _ in reading.mentions}:
        assert f"{ONTOLOGY.kinds[kind].zh} <small" in text
        assert f">{ONTOLOGY.kinds[kind].en}</" in text


REPLY = """蓉农函〔2024〕18号

关于市政协十六届二次会议第57号提案的答复函

李明委员：

您提出的《关于种业振兴的提案》收悉，现答复如下：

您提出的增设种子检验站、完善“育苗”计划补贴等建议很好。

（一）关于增设种子检验站的建议

目前已建成检验站6处。正在筹建2处。

感谢您的关心！
"""


def test_a_request_is_marked_where_it_is_repeated_and_named_where_it_is_answered() -> None:
    told = terminal(gather(reading_of(REPLY)), ONTOLOGY, colour=False)
    assert "  您提出的⌈增设种子检验站⌉、⌈完善⟦“育苗”计划⟧补贴⌉等建议很好。" in told
    assert "    request 增设种子检验站 [request.series] answered by #6 done; #7 ongoing" in told
    assert "    request 完善“育苗”计划补贴 [request.series] no certain answer" in told
    assert "  （×一×）关于⌈增设种子检验站⌉的建议" in told, "repeated once more"
    assert "    answer  增设种子检验站 (#4) ongoing under the heading that repeats it" in told


def test_the_page_leads_from_a_request_to_its_answers_and_back() -> None:
    shown = page(gather(reading_of(REPLY)), ONTOLOGY)
    parsed(shown)
    assert '<mark class="request k-Request" tabindex="0" data-kind="所提建议"' in shown
    assert '<a href="#p6">#6</a> 已办 done <a href="#p7">#7</a> 在办 ongoing</li>' in shown
    assert (
        '在办 ongoing 增设种子检验站 <small lang="en">在复述该建议的标题下 under the heading that repeats it</small>'
        in shown
    )
    assert '<a href="#p4">#4</a>' in shown
    assert 'id="show-Request" checked' in shown, "the legend can take the marks away"
    assert "no certain answer" in shown


def test_a_request_repeated_in_other_words_has_no_place_there() -> None:
    reading = reading_of(REPLY)
    first = replace(reading.requests[0], also=(3,))
    explanation = gather(replace(reading, requests=(first,)))
    found = [one for one in recorded(explanation)["requests"] if one["passage"] == 3]
    assert found[0]["start"] == found[0]["end"]
    assert (
        "⌈"
        not in terminal(narrowed(explanation, Wanted(passages=(3,)), ONTOLOGY), ONTOLOGY, colour=False).split("#3")[1]
    )


HOSTILE = "</mark><script>alert(1)</script><img src=x onerror=alert(1)>\"' $title ${x} &lt;"


def test_a_hostile_letter_stays_text() -> None:
    text = f"成都市农业农村局文件\n\n实施“{HOSTILE}”计划，新增{HOSTILE}企业12家。"
    shown = page(gather(reading_of(text)), ONTOLOGY)
    parsed(shown)
    assert "<script" not in shown
    assert "<img" not in shown


# --- Marks


def nested(text: str, *found: tuple[int, int]) -> str:
    """The text with marks as brackets, numbered."""
    marks = [Mark("mention", "Group", start, stop, number) for number, (start, stop) in enumerate(found)]
    shown = ""
    for piece in pieces(text, marks):
        number = str(piece.mark.number) if piece.mark else ""
        sign = {"text": piece.text, "open": f"<{number}", "close": f"{number}>"}[piece.what]
        shown += sign if piece.whole else sign.replace("<", "{").replace(">", "}")
    return shown


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        ([], "甲乙丙丁"),
        ([(0, 4)], "<0甲乙丙丁0>"),
        ([(1, 2), (2, 3)], "甲<0乙0><1丙1>丁"),
        ([(1, 2), (0, 3)], "<1甲<0乙0>丙1>丁"),
        ([(0, 2), (0, 2)], "<0<1甲乙1>0>丙丁"),
        ([(0, 2), (1, 3)], "<0甲<1乙1}0>{1丙1>丁"),
        ([(0, 4), (1, 3), (3, 4)], "<0甲<1乙丙1><2丁2>0>"),
    ],
)
def test_marks_nest(found: list[tuple[int, int]], shown: str) -> None:
    assert nested("甲乙丙丁", *found) == shown


spans = st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda pair: pair[0] < pair[1])


@given(st.lists(spans, max_size=6))
def test_marks_always_nest(found: list[tuple[int, int]]) -> None:
    marks = [Mark("mention", "Group", start, stop, number) for number, (start, stop) in enumerate(found)]
    opened: list[Mark] = []
    whole, text = {"open": 0, "close": 0}, ""
    for piece in pieces("甲乙丙丁戊己庚辛", marks):
        if piece.mark is None:
            assert sorted(mark.number for mark in opened) == [
                mark.number for mark in marks if mark.start <= len(text) < mark.stop
            ]
            text += piece.text
        elif piece.what == "open":
            opened.append(piece.mark)
        else:
            assert opened.pop() == piece.mark
        if piece.mark is not None and piece.whole:
            whole[piece.what] += 1
    assert (opened, text, whole) == ([], "甲乙丙丁戊己庚辛", {"open": len(marks), "close": len(marks)})


# --- Any text


def all_forms(reading: Reading) -> None:
    explanation = gather(reading)
    assert ESCAPE not in terminal(explanation, ONTOLOGY, colour=False)
    recorded(explanation)
    parsed(page(explanation, ONTOLOGY))


PHRASES = st.sampled_from(
    [
        "市科技局",
        "《成都市节水条例》",
        "“丰收”计划",
        "12家",
        "2023年",
        "，",
        "。",
        "\n",
        "一、",
        "现答复如下：",
        "(",
        "<",
        "&",
    ]
)


@given(st.lists(PHRASES | st.text(max_size=12), max_size=30).map("".join))
def test_any_text_is_explained(text: str) -> None:
    all_forms(reading_of(text))


def test_an_invented_reading_is_explained() -> None:
    all_forms(invented.reading())


def test_what_is_dropped_nowhere_is_not_marked() -> None:
    dropped = Dropped(0, 0, 2, "甲乙", "passage", "too long")
    whole = reading_of("甲乙丙丁。")
    text = terminal(gather(Reading(whole.letter, whole.ref, (), (), (), (), (), (dropped,))), ONTOLOGY, colour=False)
    assert "  甲乙丙丁。" in text
    assert "dropped passage 甲乙: too long" in text


def test_a_passage_without_text_has_places() -> None:
    empty = Passage(0, Span(3, 3), "", ((0, 3),))
    sentence = gather(reading_of("甲。")).sentences[0]
    assert sentence.source(1, 1) == Span(1, 1)
    assert type(sentence)(empty, (), (), (), (), (), ()).source(0, 0) == Span(3, 3)


# --- A part


def test_narrowing() -> None:
    whole = gather(resolve.read(read_letter(read(LETTERS[0]), REGISTRY), ONTOLOGY, REGISTRY))
    assert narrowed(whole, Wanted(), ONTOLOGY) is whole
    numbers = [s.passage.index for s in narrowed(whole, Wanted(passages=(1, 3)), ONTOLOGY).sentences]
    assert numbers == [1, 3]
    plans = narrowed(whole, Wanted(section="plan"), ONTOLOGY)
    assert {s.passage.section for s in plans.sentences} == {"plan"}
    assert len(plans.entities) < len(whole.entities)
    ruled = narrowed(whole, Wanted(rule="status.planned"), ONTOLOGY)
    assert ruled.sentences
    assert all("status.planned" in set(s.rules()) for s in ruled.sentences)
    assert narrowed(whole, Wanted(text="没有的字样"), ONTOLOGY).sentences == ()


# --- The command

LETTER = str(LETTERS[0])


def test_by_default_it_is_text_without_colour() -> None:
    result = run(LETTER)
    assert result.exit_code == 0
    assert ESCAPE not in result.stdout
    assert "[form.number]" in result.stdout
    assert ESCAPE in run(LETTER, "--color").stdout


def test_json_goes_to_standard_output() -> None:
    found = json.loads(run(LETTER, "--json", "--section", "form").stdout)
    assert found["schema"] == {"name": "kg explain", "version": 1}
    assert {p["section"] for p in found["passages"]} == {"form"}
    assert found["personal_numbers"] == "masked"


def test_html_goes_where_it_is_sent(tmp_path: Path) -> None:
    target = tmp_path / "a.html"
    assert run(LETTER, "--html", str(target)).stdout == ""
    text = target.read_bytes()
    assert text.startswith(b"<!DOCTYPE html>")
    assert [path.name for path in tmp_path.iterdir()] == ["a.html"]
    assert run(LETTER, "--html").stdout_bytes == text
    assert run("--html", LETTER).stdout_bytes == text
    for form in ([LETTER, "--html", "-o", "{}"], ["--html", LETTER, "--output", "{}"], ["--html", "{}", LETTER]):
        other = tmp_path / "b.html"
        assert run(*(part.format(other) for part in form)).exit_code == 0
        assert other.read_bytes() == text
        other.unlink()


def test_personal_numbers_are_masked_unless_they_are_kept(tmp_path: Path) -> None:
    letter = tmp_path / "137 5090 8558.txt"
    letter.write_text("实施“丰收”计划，联系电话13750908558。", encoding="utf-8")
    for form in ([], ["--html"], ["--json"]):
        text = run(str(letter), *form).stdout
        assert "137****8558" in text
        assert "5090" not in text
        assert "13750908558" in run(str(letter), "--keep-personal-numbers", *form).stdout


def test_decisions_are_kept_to(tmp_path: Path) -> None:
    assert "none.csv" in told(run(LETTER, "--decisions", str(tmp_path / "none.csv")))


@pytest.mark.parametrize(
    ("args", "status", "said"),
    [
        ([], 2, "Missing argument 'FILE'"),
        (["{tmp}/none.txt"], 1, "none.txt: no such file"),
        (["{tmp}/a.pdf"], 1, "no format reads .pdf"),
        (["{tmp}/empty.txt"], 1, "the file is empty"),
        (["{tmp}"], 1, "a folder"),
        (["{tmp}/a.txt", "--html", "{tmp}/x", "-o", "{tmp}/y"], 2, "name one"),
        (["{tmp}/a.txt", "--html", "--json"], 2, "do not go together"),
        (["{tmp}/a.txt", "-o", "{tmp}/a.txt"], 2, "a.txt: this is the letter itself"),
        (["{tmp}/a.txt", "--html", "{tmp}/../{name}/a.txt"], 2, "this is the letter itself"),
        (["{tmp}/a.txt", "-o", "{tmp}"], 2, "a folder"),
        (["{tmp}/a.txt", "-o", "{tmp}/no/where"], 1, "cannot be written"),
        (["{tmp}/a.txt", "-n", "7"], 2, "there is no passage 7; they are numbered from 0 to 0"),
        (["{tmp}/a.txt", "--rule", "programe.head"], 2, "no rule is called “programe.head”; nearest: programme.head"),
        (["{tmp}/a.txt", "--section", "head"], 2, "--section"),
    ],
)
def test_errors_are_one_line(tmp_path: Path, args: list[str], status: int, said: str) -> None:
    (tmp_path / "a.txt").write_text("实施“丰收”计划。", encoding="utf-8")
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    (tmp_path / "empty.txt").touch()
    result = run(*(arg.format(tmp=tmp_path, name=tmp_path.name) for arg in args))
    assert said in told(result)
    assert result.exit_code == status
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "实施“丰收”计划。"


@pytest.mark.parametrize(
    ("asked", "terminal", "environment", "coloured"),
    [
        (None, True, {}, True),
        (None, False, {}, False),
        (None, True, {"NO_COLOR": "1"}, False),
        (None, True, {"NO_COLOR": ""}, True),
        (None, True, {"TERM": "dumb"}, False),
        (True, False, {"NO_COLOR": "1"}, True),
        (False, True, {}, False),
    ],
)
def test_when_it_is_coloured(
    monkeypatch: pytest.MonkeyPatch, asked: bool | None, terminal: bool, environment: dict[str, str], coloured: bool
) -> None:
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.stdout.isatty", lambda: terminal)
    assert command._coloured(asked, None) is coloured
    assert command._coloured(None, Path("a.txt")) is False


@pytest.mark.skipif(os.name == "nt", reason="names of files that are no text")
def test_a_file_whose_name_is_no_text(tmp_path: Path) -> None:
    letter = tmp_path / "a\udcff\x1b.txt"
    letter.write_text("实施“丰收”计划。", encoding="utf-8")
    for form in ([], ["--html"], ["--json"]):
        result = run(str(letter), *form)
        assert result.exit_code == 0
        assert ESCAPE not in result.stdout
