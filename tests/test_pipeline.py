"""From files to the folder `out/`: the stages put together, with the reading of letters replaced by invented readings."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from kg import pipeline
from kg.errors import InputError, UsageError
from kg.model import Document, Reading
from kg.pipeline import build, read_all
from kg.report import Skipped
from kg.store import build_of, open_store
from tests.invented import LINES, NUMBERED, reading

TEXT = "\n".join(LINES)
OTHER = TEXT.replace("17号", "18号")
FILES = ("kg.ttl", "kg.trig", "report.json", "graph.html")


def invented(document: Document) -> Reading:
    """The invented reading of a file that holds the invented letter, perhaps with another number."""
    lines = tuple(document.text.split("\n"))[: len(LINES)]
    given = reading(document.name, lines[NUMBERED], lines)
    return replace(given, letter=replace(given.letter, document=document))


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file is read as the invented letter."""
    monkeypatch.setattr(pipeline, "read_letter", lambda document, *_: invented(document).letter)
    monkeypatch.setattr(pipeline.resolve, "read", lambda letter, *_: invented(letter.document))


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    folder = tmp_path / "letters"
    (folder / "more").mkdir(parents=True)
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "more" / "b.txt").write_text(OTHER, encoding="utf-8")
    return folder


def contents(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in FILES}


pytestmark = pytest.mark.usefixtures("unread")


def test_a_build_writes_all_files(letters: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    summary = build([letters], out)
    assert {path.name for path in out.iterdir()} == {*FILES, "find.db", "store", f"store-{summary.hash}"}
    assert summary.files == ("store", "kg.ttl", "kg.trig", "find.db", "graph.html", "report.json")
    assert (summary.documents, summary.letters, summary.passages) == (2, 2, 2 * len(LINES))
    assert (summary.entities, summary.measures, summary.statuses, summary.dropped) == (10, 6, 2, 4)
    assert summary.facts == 20
    assert build_of(open_store(out)).hash == summary.hash
    assert summary.triples == len(list(parse((out / "kg.ttl").read_bytes(), format=RdfFormat.TURTLE)))


def test_the_order_of_the_paths_does_not_matter(letters: Path, tmp_path: Path) -> None:
    one, two = letters / "a.txt", letters / "more" / "b.txt"
    for number, paths in enumerate(([letters], [one, two], [two, one, one], [letters / "more", one])):
        build(paths, tmp_path / str(number))
    assert all(contents(tmp_path / str(number)) == contents(tmp_path / "0") for number in range(1, 4))


def test_building_again_gives_the_same_bytes_in_place(letters: Path, tmp_path: Path) -> None:
    first = build([letters], tmp_path / "out")
    before = contents(tmp_path / "out")
    assert build([letters], tmp_path / "out").hash == first.hash
    assert contents(tmp_path / "out") == before


def test_progress_is_told_before_each_file_and_at_the_end(letters: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    build([letters], tmp_path / "out", progress=lambda *step: told.append(step))
    assert told == [(0, 2, "a.txt"), (1, 2, "b.txt"), (2, 2, "")]


def test_another_base(letters: Path, tmp_path: Path) -> None:
    build([letters], tmp_path / "out", base="https://example.org/kg")
    text = (tmp_path / "out" / "kg.ttl").read_text(encoding="utf-8")
    assert "\nBASE <https://example.org/kg/>\n" in text
    assert build_of(open_store(tmp_path / "out")).base == "https://example.org/kg/"
    assert "w3id.org/policy-kg/id" not in text


def test_a_bad_base_is_refused_before_anything_is_written(letters: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no base"):
        build([letters], tmp_path / "out", base="example.org")
    assert not (tmp_path / "out").exists()


# --- What is read


def test_the_same_bytes_are_read_once(letters: Path) -> None:
    (letters / "c.txt").write_text(TEXT, encoding="utf-8")
    readings, skipped = read_all([letters])
    assert [each.letter.document.name for each in readings] == ["a.txt", "b.txt"]
    assert skipped == [Skipped("c.txt", "the same bytes as a.txt")]


def test_documents_of_one_number_are_kept_apart(letters: Path) -> None:
    (letters / "c.txt").write_text(TEXT + "\n", encoding="utf-8")
    readings, _ = read_all([letters])
    keys = {each.letter.document.name: each.ref.key for each in readings}
    sums = {each.letter.document.name: each.letter.document.sha256[:8] for each in readings}
    assert keys == {
        "a.txt": f"{LINES[1]}~{sums['a.txt']}",
        "b.txt": "蓉农函〔2023〕18号",
        "c.txt": f"{LINES[1]}~{sums['c.txt']}",
    }
    twin = readings[0]
    assert twin.ref in {entity.ref for entity in twin.entities}
    assert twin.ref in {fact.subject for fact in twin.facts}


def test_a_file_of_a_folder_that_cannot_be_read_is_skipped_and_told(letters: Path, tmp_path: Path) -> None:
    (letters / "broken.txt").write_bytes(b"\x00\x01")
    (letters / "image.png").write_bytes(b"x")
    summary = build([letters], tmp_path / "out")
    assert [file.source for file in summary.skipped] == ["broken.txt", "image.png"]
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert report["skipped"] == [{"source": file.source, "reason": file.reason} for file in summary.skipped]


def test_a_named_file_that_cannot_be_read_is_an_error(letters: Path, tmp_path: Path) -> None:
    (letters / "broken.txt").write_bytes(b"\x00\x01")
    with pytest.raises(InputError, match=r"broken\.txt"):
        build([letters / "broken.txt", letters], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_folder_of_which_nothing_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "broken.txt").write_bytes(b"\x00\x01")
    with pytest.raises(InputError, match="none of the files can be read"):
        build([tmp_path / "letters"], tmp_path / "out")


# --- The report


def test_the_report_tells_what_was_found_and_what_was_not_admitted(letters: Path, tmp_path: Path) -> None:
    summary = build([letters], tmp_path / "out")
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert list(report)[0] == "build"
    assert report["build"] == summary.hash
    assert report["total"]["documents"] == 2
    first = report["letters"][0]
    assert (first["source"], first["form"]) == ("a.txt", "Letter")
    assert first["found"] == {
        "passages": 8, "furniture": 0, "entities": 9, "mentions": 7, "facts": 13, "measures": 3, "statuses": 2, "dropped": 2,
    }  # fmt: skip
    assert first["parts"] == {"issuer": 1, "number": 1}
    start = TEXT.index("下一步")
    assert first["dropped"][0] == {
        "start": start,
        "end": start + 3,
        "text": "下一步",
        "what": "quoted",
        "reason": "no name",
    }


def test_nothing_tells_of_the_machine(letters: Path, tmp_path: Path) -> None:
    build([letters], tmp_path / "out")
    for name, data in contents(tmp_path / "out").items():
        assert str(tmp_path).encode() not in data, name


# --- Personal numbers

PERSONAL = [
    "139 8001 2345",
    "13980012345",
    "139-8001-2345",
    "１３９８００１２３４５",
    "510104199001011234",
    "51010419900101123X",
    "510104900101123",
]
_NUMBER = re.compile(r"1[3-9][0-9]{9}|[1-9][0-9]{16}[0-9X]|[1-9][0-9]{14}")


def digits(text: str) -> str:
    """A text as one would search it for numbers."""
    return re.sub(r"[\s\u200b.-]", "", unicodedata.normalize("NFKC", text))


def numbers(text: str) -> set[str]:
    return set(_NUMBER.findall(digits(text)))


def outputs(out: Path) -> Iterator[tuple[str, str]]:
    for name in FILES:
        yield name, (out / name).read_text(encoding="utf-8")
    yield "store", "\n".join(str(quad) for quad in open_store(out))


@pytest.mark.parametrize("number", PERSONAL)
def test_no_personal_number_of_the_input_is_in_any_output(number: str, tmp_path: Path) -> None:
    text = TEXT.replace("139 8001 2345", number)
    (tmp_path / f"letter {digits(number)}.txt").write_text(text, encoding="utf-8")
    wanted = numbers(text)
    assert wanted
    build([tmp_path / f"letter {digits(number)}.txt"], tmp_path / "out")
    for name, output in outputs(tmp_path / "out"):
        assert not {each for each in wanted if each in digits(output)}, name
    assert "028-61880000" in (tmp_path / "out" / "kg.ttl").read_text(encoding="utf-8")


def test_personal_numbers_can_be_kept(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    build([tmp_path / "a.txt"], tmp_path / "out", keep_personal_numbers=True)
    assert "139 8001 2345" in (tmp_path / "out" / "kg.ttl").read_text(encoding="utf-8")
    assert '"personal_numbers": "kept"' in (tmp_path / "out" / "report.json").read_text(encoding="utf-8")
