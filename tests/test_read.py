"""Files to documents."""

from __future__ import annotations

import os
import pkgutil
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg.read
from kg.errors import InputError
from kg.read import documents, formats, read, sources
from kg.read._decode import decode

TEXT = "绍兴市水利局文件\n陈小雨委员：\n您提出的提案收悉。\n"


def put(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


# --- encodings -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "gb2312"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_give_one_text(tmp_path: Path, encoding: str, line_end: str) -> None:
    data = TEXT.replace("\n", line_end).encode(encoding)
    document = read(put(tmp_path, "a.txt", data))
    assert document.text == TEXT
    assert document.name == "a.txt"
    assert document.sha256 == sha256(data).hexdigest()


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=20, max_size=60))
def test_any_common_text_is_read_back_from_gb18030(text: str) -> None:
    assert decode(text.encode("gb18030")) == text
    assert decode(text.encode("utf-8")) == text


def test_texts_that_are_good_in_both_encodings() -> None:
    assert decode("联通一一".encode("gb18030")) == "联通一一"
    assert decode("café naïve".encode()) == "café naïve"


# --- what cannot be read ---------------------------------------------------------------------------------------

LETTER = ("我局高度重视，经研究，现答复如下。" * 20).encode()
BAD = [
    ("empty", b"", "the file is empty"),
    ("white space only", b" \n\t\n", "white space only"),
    ("a byte order mark only", b"\xef\xbb\xbf", "white space only"),
    ("binary", b"\x00\x01\x02", "binary (byte 0x00 at offset 0)"),
    ("text with NUL bytes", "甲".encode() + b"\0" + "乙".encode(), "binary (byte 0x00 at offset 3)"),
    ("UTF-16", "甲乙".encode("utf-16"), "UTF-16"),
    ("PDF", b"%PDF-1.7 ...", "PDF"),
    ("docx", b"PK\x03\x04....", "packed file"),
    ("doc", b"\xd0\xcf\x11\xe0\xa1\xb1", "Office"),
    ("damaged UTF-8", LETTER[:300] + b"\xff" + LETTER[300:], "no UTF-8 text (byte 0xFF at offset 300)"),
    ("cut UTF-8", LETTER[:-1], f"offset {len(LETTER) - 3})"),
    (
        "neither encoding",
        "甲乙丙丁".encode("gb18030") + b"\xff\xff",
        "no UTF-8 or GB18030 text (byte 0xFF at offset 8)",
    ),
    ("Latin-1 bytes", bytes(range(0x80, 0x100)) * 4, "no UTF-8 or GB18030 text"),
]


@pytest.mark.parametrize(("data", "message"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_what_is_no_text_is_said_in_one_line(tmp_path: Path, data: bytes, message: str) -> None:
    path = put(tmp_path, "坏.txt", data)
    with pytest.raises(InputError) as caught:
        read(path)
    line = str(caught.value)
    assert message in line
    assert line.startswith(str(path)) and "\n" not in line and caught.value.remedy


def test_missing_unknown_and_odd_paths(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    fifo = tmp_path / "pipe.txt"
    os.mkfifo(fifo)
    cases = [
        (tmp_path / "none.txt", "no such file"),
        (tmp_path / "none", "no such file"),
        (put(tmp_path, "a.xlsx", "x"), "no format reads .xlsx"),
        (put(tmp_path, "letter", "x"), "no format reads a file without an ending"),
        (fifo, "not a regular file"),
        (tmp_path / "folder.txt", "not a regular file"),
    ]
    for path, message in cases:
        with pytest.raises(InputError, match=message):
            read(path)


def test_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path, "a.txt", TEXT)

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(InputError, match="cannot be read .Permission denied.; check its permissions"):
        read(path)


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_an_input_error(data: bytes) -> None:
    try:
        text = decode(data)
    except InputError as error:
        assert str(error)
    else:
        assert "\0" not in text


# --- folders ---------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    put(tmp_path, "b.txt", TEXT + "乙")
    put(tmp_path, "a.md", TEXT + "甲")
    put(tmp_path, "deep/er/c.TXT", TEXT + "丙")
    put(tmp_path, "deep/a.txt", TEXT + "丁")
    put(tmp_path, "deep/table.xlsx", "x")
    put(tmp_path, ".hidden/d.txt", TEXT)
    put(tmp_path, ".e.txt", TEXT)
    return tmp_path


def test_a_folder_is_read_in_the_order_of_names(folder: Path) -> None:
    found = sources([folder])
    assert [path.relative_to(folder).as_posix() for path in found.files] == [
        "a.md",
        "deep/a.txt",
        "b.txt",
        "deep/er/c.TXT",
    ]
    assert [path.name for path in found.skipped] == ["table.xlsx"]


def test_the_order_of_the_paths_does_not_matter(folder: Path) -> None:
    paths = [folder / "b.txt", folder / "deep", folder / "a.md"]
    one = [document.name for document in documents(paths)]
    assert one == [document.name for document in documents(paths[::-1])] == ["a.md", "a.txt", "b.txt", "c.TXT"]


def test_the_same_bytes_are_read_once_under_the_first_name(tmp_path: Path) -> None:
    paths = [put(tmp_path, name, TEXT) for name in ("c.txt", "a.txt", "b.md")]
    assert [document.name for document in documents([*paths, tmp_path])] == ["a.txt"]


def test_a_folder_without_letters(tmp_path: Path) -> None:
    put(tmp_path, "a.xlsx", "x")
    with pytest.raises(InputError, match="nothing to read in the folder"):
        list(documents([tmp_path]))


def test_a_folder_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: str) -> None:
        raise PermissionError(13, "Permission denied", str(tmp_path))

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(InputError, match="the folder cannot be read"):
        sources([tmp_path])


def test_the_letters_of_the_project_are_read(letters: tuple[Path, ...]) -> None:
    assert [document.name for document in documents(letters)] == [path.name for path in letters]


# --- the registry of formats -----------------------------------------------------------------------------------


def test_every_module_of_the_folder_is_a_format() -> None:
    modules = [info.name for info in pkgutil.iter_modules(kg.read.__path__) if not info.name.startswith("_")]
    assert len({reader.__module__ for reader in formats().values()}) == len(modules)
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in formats())
