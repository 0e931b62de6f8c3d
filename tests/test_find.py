"""Finding: texts as they are compared, the index beside the store, what is found and in which order."""

from __future__ import annotations

import random
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from kg import __version__, ontology, registry
from kg.errors import KgError, StoreError, UsageError
from kg.evidence import sentence
from kg.find import Found, find
from kg.find.fold import fold, marked, pairs, phrase, words
from kg.find.index import write
from kg.graph import World
from kg.model import Literal, Reading
from kg.pipeline import build, graph_of, read_all
from kg.query.dataset import Dataset, open_dataset
from kg.store.folder import INDEX
from kg.vocabulary import BASE, KG
from tests.invented import LINES, REPORT, reading


def world() -> World:
    return World(ontology.load(), registry.load(), program=__version__)


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> tuple[Dataset, Path]:
    """Two invented letters of one text; the second has another number."""
    out = tmp_path_factory.mktemp("invented")
    store = graph_of([reading(), reading("other.txt", "蓉农函〔2024〕18号")], world())
    write(store, out / INDEX)
    return Dataset(store), out


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory, letters: tuple[Path, ...]) -> tuple[Dataset, Path]:
    """The letters that travel with the program."""
    out = tmp_path_factory.mktemp("five")
    store = graph_of(read_all(letters)[0], world())
    write(store, out / INDEX)
    return Dataset(store), out


def names(found: Found) -> list[str]:
    return [one.thing.name for one in found.names]


def texts(found: Found) -> list[str]:
    return [one.text for one in found.passages]


# --- Texts as they are compared

FOLDED = {
    "“双倍增” 计划": "双倍增计划",
    "ＡＩ＋ 2０23年": "ai+2023年",
    "《办法》（试行）": "办法(试行)",
    "『甲』\t\n’乙‘": "甲乙",
    "": "",
}


@pytest.mark.parametrize(("text", "expected"), FOLDED.items())
def test_fold(text: str, expected: str) -> None:
    assert fold(text) == expected


def test_a_phrase_is_made_of_words_of_the_index() -> None:
    assert pairs("甲乙丙") == "甲乙 乙丙 丙"
    assert phrase("甲乙丙") == '"甲乙 乙丙"'
    assert pairs("甲") == "甲" and phrase("甲") == '"甲" *'
    assert pairs("") == ""


def test_what_is_looked_for_is_marked_as_it_is_printed() -> None:
    assert marked("实施“双倍增”计划。", words("双倍增计划"), 40) == "实施“⟦双倍增”计划⟧。"
    assert marked("用ＡＩ和ai。", words("AI"), 40) == "用⟦ＡＩ⟧和⟦ai⟧。"
    long = "甲" * 50 + "目标" + "乙" * 50
    assert "⟦目标⟧" in marked(long, ("目标",), 20)
    assert len(marked(long, ("目标",), 20)) <= 20 + 4


# --- What is found

FINDS = {
    # text: names in their order, how many passages in the two letters
    "家庭农场": (["家庭农场", "关于发展家庭农场的提案"], 2),
    "农场": (["家庭农场", "关于发展家庭农场的提案"], 2),
    "百村千社计划": (["百村千社"], 2),
    "“百村千社”计划": (["百村千社"], 2),
    "马": (["马大豆"], 2),
    "２０２２年新认定": ([], 2),
    "家庭 1.2万": ([], 2),
    "〔2024〕18": (["蓉农函〔2024〕18号"], 1),
    "龘": ([], 0),
    "场庭": ([], 0),
}


@pytest.mark.parametrize("text", FINDS)
def test_names_and_passages(invented: tuple[Dataset, Path], text: str) -> None:
    found = find(*invented, text)
    expected, passages = FINDS[text]
    assert [name for name in names(found) if name != "蓉农函〔2023〕17号"][: len(expected)] == expected
    assert bool(expected) or not found.names
    assert (found.all_passages, len(found.passages)) == (passages, passages)


def test_a_name_is_told_with_the_one_that_has_the_text(invented: tuple[Dataset, Path]) -> None:
    found = find(*invented, "市农业农村局", kinds=["Agency"])
    assert [(one.thing.name, one.label) for one in found.names] == [("成都市农业农村局", "市农业农村局")]
    assert found.names[0].mentions == 4  # twice in each of two letters
    assert found.all_passages == 0


def test_any_piece_of_any_passage_is_found(five: tuple[Dataset, Path]) -> None:
    """Against a plain search through all texts: the same number, and the best twenty are among those."""
    dataset, out = five
    quads = dataset.store.quads_for_pattern(None, NamedNode(KG + "text"), None, DefaultGraph())
    every = sorted(str(quad.object.value) for quad in quads)  # type: ignore[union-attr]
    folded = [fold(text) for text in every]
    chance = random.Random(3)
    for _ in range(150):
        text = chance.choice(every)
        start = chance.randrange(len(text))
        piece = text[start : start + chance.choice([1, 1, 2, 2, 2, 3, 4, 9])]
        if not any(sign.isalnum() for sign in fold(piece)) or len(words(piece)) != 1:
            continue
        found = find(dataset, out, piece)
        assert found.all_passages == sum(fold(piece) in one for one in folded), piece
        assert all(fold(piece) in fold(one) for one in texts(found)), piece
        assert len(found.passages) == min(20, found.all_passages)


def test_every_name_finds_its_thing_first(five: tuple[Dataset, Path]) -> None:
    for name in ("科创指数", "人才新政40条", "温州市科学技术局", "周国忠", "温科提复〔2023〕95号"):
        assert names(find(*five, name))[0] == name


def test_of_names_the_whole_one_comes_first_then_the_beginning(five: tuple[Dataset, Path]) -> None:
    found = find(*five, "科创指数")
    assert names(found)[:2] == ["科创指数", "科创指数贷"]
    kinds = find(*five, "科技", kinds=["Agency"])
    assert {one.thing.kind for one in kinds.names} == {"Agency"} and not kinds.passages
    assert not find(*five, "科技", kinds=["Passage"]).names


def test_within_one_letter(five: tuple[Dataset, Path]) -> None:
    dataset, out = five
    found = find(dataset, out, "科创指数", letter="温科提复〔2023〕98号")
    assert {one.letter for one in found.passages} == {"温科提复〔2023〕98号"}
    assert found.all_passages == 1  # “会同市财政局、温州银保监分局全力推广“科创指数”…” is the only sentence there
    assert names(found) == ["科创指数", "科创指数贷"]
    assert names(find(dataset, out, "科创指数", letter="温科提复〔2024〕92号")) == []


def found_in(tmp_path: Path, text: str, *readings: Reading) -> Found:
    store = graph_of(readings, world())
    write(store, tmp_path / INDEX)
    return find(Dataset(store), tmp_path, text)


def test_newer_letters_come_first(tmp_path: Path) -> None:
    years = (2021, 2024, 2022)
    found = found_in(tmp_path, "家庭农场", *(dated(f"{year}.txt", year) for year in years))
    assert [one.year for one in found.passages] == [2024, 2022, 2021]


def dated(name: str, year: int) -> Reading:
    """The invented letter of another year, which is the year of its signature."""
    given = reading(name, f"蓉农函〔{year}〕1号")
    date = Literal(f"{year}-06-26", "date")
    return replace(given, facts=tuple(replace(f, object=date) if f.relation == "issued" else f for f in given.facts))


def test_letterhead_comes_last(tmp_path: Path) -> None:
    assert [one.section for one in found_in(tmp_path, "成都市", reading()).passages] == ["plan", "form", "form"]


def test_what_has_the_text_more_often_comes_before_what_is_newer(tmp_path: Path) -> None:
    lines = [*LINES]
    lines[REPORT] += "家庭农场带动家庭农场。"
    older = reading("a.txt", "蓉农函〔2021〕1号", tuple(lines))
    found = found_in(tmp_path, "家庭农场", dated("b.txt", 2024), older)
    assert [one.text.count("家庭农场") for one in found.passages] == [3, 1]


# --- What cannot be looked for


@pytest.mark.parametrize("text", ["", "  ", "“”", "，。", "()"])
def test_nothing_to_look_for(invented: tuple[Dataset, Path], text: str) -> None:
    with pytest.raises(UsageError, match="nothing to look for"):
        find(*invented, text)


def test_an_unknown_kind_or_letter_is_told_with_the_nearest(five: tuple[Dataset, Path]) -> None:
    with pytest.raises(UsageError, match="nearest: Agency"):
        find(*five, "科技", kinds=["Agnecy"])
    with pytest.raises(UsageError, match=r"温科提复〔2023〕95号 \(Letter"):
        find(*five, "科技", letter="温科提复〔2023〕96号")


@pytest.mark.parametrize("text", ['a"b', "NEAR(甲 乙)", "甲*", "-甲", "text:甲", "甲\x00乙", "OR", "'", "\\甲"])
def test_signs_of_the_index_s_own_language_mean_nothing(invented: tuple[Dataset, Path], text: str) -> None:
    if any(sign.isalnum() for sign in fold(text)):
        assert find(*invented, text).all_passages == 0


# --- The file


def test_the_same_graph_gives_the_same_bytes(tmp_path: Path) -> None:
    first = graph_of([reading(), reading("other.txt", "蓉农函〔2024〕18号")], world())
    other = Store()
    for quad in sorted(first, key=str, reverse=True):
        other.add(Quad(quad.subject, quad.predicate, quad.object, quad.graph_name))
    write(first, tmp_path / "a")
    write(other, tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_another_graph_gives_another_file(tmp_path: Path, invented: tuple[Dataset, Path]) -> None:
    write(graph_of([reading()], world()), tmp_path / "a")
    assert (tmp_path / "a").read_bytes() != (invented[1] / INDEX).read_bytes()


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory, letters: tuple[Path, ...]) -> tuple[Path, Path]:
    """Two builds of different letters."""
    folder = tmp_path_factory.mktemp("builds")
    build(letters[:1], folder / "one")
    build(letters[1:2], folder / "other")
    return folder / "one", folder / "other"


def test_a_mixture_of_two_builds_is_noticed(builds: tuple[Path, Path], tmp_path: Path) -> None:
    one, other = builds
    mixed = shutil.copytree(one, tmp_path / "mixed", symlinks=True)
    open_dataset(mixed)
    shutil.copy(other / INDEX, mixed / INDEX)
    with pytest.raises(StoreError, match=rf"two builds: .*{INDEX}.*run kg build again"):
        open_dataset(mixed)


def test_an_index_that_is_not_there_or_broken(builds: tuple[Path, Path], tmp_path: Path) -> None:
    out = shutil.copytree(builds[0], tmp_path / "out", symlinks=True)
    (out / INDEX).unlink()
    dataset = open_dataset(out)  # who does not look for a text does not need it
    with pytest.raises(StoreError, match="not there; run kg build again"):
        find(dataset, out, "科技")
    (out / INDEX).write_bytes((builds[0] / INDEX).read_bytes()[:5000])
    with pytest.raises(StoreError, match=r"cannot be read .*run kg build again"):
        find(dataset, out, "科技")


def test_a_python_without_full_text_search_is_told_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Without(sqlite3.Connection):
        def executescript(self, *_: object) -> sqlite3.Cursor:
            raise sqlite3.OperationalError("no such module: fts5")

    monkeypatch.setattr("kg.find.index.sqlite3.connect", Without)
    with pytest.raises(KgError, match="no full-text search.*sqlite3 has it"):
        write(graph_of([reading()], world()), tmp_path / "a")


def test_a_passage_knows_its_place(five: tuple[Dataset, Path], letters: tuple[Path, ...]) -> None:
    found = find(*five, "科创指数", letter="温科提复〔2023〕98号").passages[0]
    source = next(path for path in letters if path.name == "wz-2023-98.txt").read_text(encoding="utf-8")
    assert fold(source[found.start : found.end]) == fold(found.text)
    assert sentence(five[0], NamedNode(BASE + found.iri)) == found
