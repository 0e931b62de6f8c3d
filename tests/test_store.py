"""The store: letters in and out, and the folder in which all files of a build appear together or not at all."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store

from kg import ontology, registry
from kg.errors import OutputError, StoreError
from kg.export import formats
from kg.graph import World, letter_quads
from kg.model import Reading, Ref
from kg.pipeline import graph_of
from kg.rewrite import rewrite
from kg.store import build_of, building, open_store, store_folder, whole
from kg.store.contents import remove_letter, replace_letter, seal
from kg.store.table import lines_of, save, stored, table_of
from kg.vocabulary import entity_iri
from tests.interrupting import publish
from tests.invented import LINES, NUMBER, REPORT, reading, without_programme

WORLD = World(ontology.load(), registry.load(), program="1.2.3")
ONE = reading()
TWO = reading("two.txt", "蓉农函〔2023〕18号", tuple(line.replace("1.2万", "1300") for line in LINES))
THREE = without_programme(reading("three.txt", "蓉农函〔2022〕5号"))


def iri(given: Reading) -> str:
    return entity_iri(WORLD.base, given.ref)


def quads(given: Reading) -> Iterable[Quad]:
    return letter_quads(given, WORLD.ontology, WORLD.base)


def exported(store: Store) -> dict[str, bytes]:
    found = {}
    for form in formats().values():
        form.write(store, stream := io.BytesIO())
        found[form.name] = stream.getvalue()
    return found


@cache
def fresh(*given: Reading) -> dict[str, bytes]:
    return exported(graph_of(given, WORLD))


# --- What is in it


def test_the_order_in_which_letters_come_does_not_matter() -> None:
    assert exported(graph_of((THREE, ONE, TWO), WORLD)) == fresh(ONE, TWO, THREE)


def test_a_letter_is_taken_out_with_all_that_only_it_says() -> None:
    for left in ((TWO, THREE), (ONE, THREE), (ONE, TWO)):
        store = graph_of((ONE, TWO, THREE), WORLD)
        (gone,) = {ONE.ref: ONE, TWO.ref: TWO, THREE.ref: THREE}.keys() - {each.ref for each in left}
        remove_letter(store, entity_iri(WORLD.base, gone), WORLD)
        assert exported(store) == fresh(*left)


def test_letters_are_taken_out_down_to_the_last() -> None:
    store = graph_of((ONE, TWO), WORLD)
    for given in (ONE, TWO):
        remove_letter(store, iri(given), WORLD)
    assert exported(store) == fresh()


def test_a_letter_is_replaced_by_another_reading_of_it() -> None:
    store = graph_of((ONE, TWO), WORLD)
    changed = without_programme(ONE)
    replace_letter(store, iri(ONE), quads(changed), WORLD)
    assert exported(store) == fresh(changed, TWO)


def test_replacing_what_is_not_there_adds_it() -> None:
    store = graph_of((ONE,), WORLD)
    replace_letter(store, iri(TWO), quads(TWO), WORLD)
    assert exported(store) == fresh(ONE, TWO)


def test_replacing_by_the_same_changes_nothing() -> None:
    store = graph_of((ONE, TWO), WORLD)
    mark = build_of(store).hash
    assert replace_letter(store, iri(ONE), quads(ONE), WORLD) == mark
    assert exported(store) == fresh(ONE, TWO)


def test_the_same_holds_for_a_store_on_disk(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "store"))
    store.bulk_extend(quad for given in (ONE, TWO, THREE) for quad in quads(given))
    seal(store, WORLD)
    remove_letter(store, iri(TWO), WORLD)
    replace_letter(store, iri(ONE), quads(without_programme(ONE)), WORLD)
    assert exported(store) == fresh(without_programme(ONE), THREE)


def test_a_letter_that_is_not_there_cannot_be_taken_out() -> None:
    with pytest.raises(StoreError, match="no such letter"):
        remove_letter(graph_of((ONE,), WORLD), iri(TWO), WORLD)


def twin(given: Reading, digits: str) -> Reading:
    new = Ref(given.ref.kind, f"{given.ref.key}~{digits}")
    return rewrite(given, lambda part: new if isinstance(part, Ref) and part == given.ref else part)


def test_the_last_of_two_documents_of_one_number_gets_the_plain_iri_back() -> None:
    other = replace(without_programme(ONE), letter=replace(ONE.letter, document=reading(note="x").letter.document))
    store = graph_of((twin(ONE, "0123abcd"), twin(other, "89abcdef"), TWO), WORLD)
    remove_letter(store, f"{iri(ONE)}~0123abcd", WORLD)
    assert exported(store) == fresh(other, TWO)


def test_of_three_documents_of_one_number_two_stay_apart() -> None:
    others = [twin(ONE, digits) for digits in ("0123abcd", "11111111", "22222222")]
    store = graph_of(others, WORLD)
    remove_letter(store, f"{iri(ONE)}~0123abcd", WORLD)
    assert exported(store) == fresh(*others[1:])


def test_the_hash_is_of_all_that_is_said() -> None:
    marks = [
        build_of(graph_of(given, WORLD)).hash
        for given in ((ONE,), (ONE, TWO), (without_programme(ONE),), (reading(note=" "),))
    ]
    marks.append(build_of(graph_of((ONE,), replace(WORLD, program="1.2.4"))).hash)
    assert len(set(marks)) == len(marks)


def test_a_store_says_of_which_build_it_is() -> None:
    build = build_of(graph_of((ONE,), replace(WORLD, base="https://example.org/")))
    assert (build.base, build.program, build.ontology) == ("https://example.org/", "1.2.3", WORLD.ontology.version)


def test_a_store_without_a_description() -> None:
    with pytest.raises(StoreError, match="run kg build again"):
        build_of(Store())


def test_counts_are_those_of_queries() -> None:
    store = graph_of((ONE, TWO), WORLD)
    dataset = NamedNode(f"{WORLD.base}dataset")
    told = next(iter(store.quads_for_pattern(dataset, NamedNode("http://rdfs.org/ns/void#triples"), None))).object
    assert isinstance(told, Literal)
    assert int(told.value) == sum(1 for _ in store.quads_for_pattern(None, None, None, DefaultGraph()))


def test_lines_are_those_of_the_store_and_a_store_made_of_them_is_the_same(tmp_path: Path) -> None:
    store = graph_of((ONE, TWO, THREE), WORLD)
    dumped = (store.dump(format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
    lines = lines_of(table_of(store))
    assert sorted([*lines.named.splitlines(keepends=True), *lines.nameless.splitlines(keepends=True)]) == sorted(dumped)
    assert lines.named.splitlines() == sorted(lines.named.splitlines())
    assert b"_:o1" in lines.nameless
    save(lines, (), tmp_path / "store")
    assert exported(Store.read_only(str(tmp_path / "store"))) == exported(stored(lines)) == fresh(ONE, TWO, THREE)


# --- The folder


def make(out: Path, *given: Reading) -> str:
    store = graph_of(given, WORLD)
    publish(out, store)
    return build_of(store).hash


def test_a_build_appears_with_a_link_to_its_store(tmp_path: Path) -> None:
    mark = make(tmp_path / "a" / "out", ONE)
    out = tmp_path / "a" / "out"
    assert os.readlink(out / "store") == f"store-{mark}"
    assert {path.name for path in out.iterdir()} == {
        "store",
        f"store-{mark}",
        "kg.ttl",
        "kg.trig",
        "graph.html",
        "report.json",
    }
    assert build_of(open_store(out)).hash == mark


def test_the_store_holds_what_the_dataset_file_holds(tmp_path: Path) -> None:
    make(tmp_path, ONE, TWO)
    assert exported(open_store(tmp_path)) == fresh(ONE, TWO)


def test_a_new_build_replaces_the_old_one(tmp_path: Path) -> None:
    make(tmp_path, ONE)
    mark = make(tmp_path, ONE, TWO)
    assert [path.name for path in tmp_path.glob("store-*")] == [f"store-{mark}"]
    assert mark in (tmp_path / "report.json").read_text()


def test_the_same_build_again_mends_a_broken_store(tmp_path: Path) -> None:
    mark = make(tmp_path, ONE)
    (tmp_path / f"store-{mark}" / "CURRENT").unlink()
    with pytest.raises(StoreError, match=r"cannot be opened.*run kg build again"):
        open_store(tmp_path)
    assert make(tmp_path, ONE) == mark
    open_store(tmp_path)


def test_an_open_store_outlives_the_next_build(tmp_path: Path) -> None:
    make(tmp_path, ONE)
    before = open_store(tmp_path)
    make(tmp_path, TWO)
    assert exported(before) == fresh(ONE)


def test_a_failing_build_leaves_everything_as_it_was(tmp_path: Path) -> None:
    make(tmp_path, ONE)
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    with pytest.raises(ZeroDivisionError), building(tmp_path) as work:
        (work / "kg.ttl").write_text("half")
        raise ZeroDivisionError
    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before


def test_what_an_interrupted_build_left_is_removed(tmp_path: Path) -> None:
    make(tmp_path, ONE)
    for name in (".building", "store-0123456789abcdef", ".old-store-0123456789abcdef"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x").write_text("x")
    (tmp_path / "store-of-mine").mkdir()
    mark = make(tmp_path, TWO)
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"store", f"store-{mark}", "kg.ttl", "kg.trig", "graph.html", "report.json", "store-of-mine"}


def test_nothing_built_yet(tmp_path: Path) -> None:
    for out in (tmp_path, tmp_path / "none"):
        with pytest.raises(StoreError, match=r"no graph has been built here yet; run kg build"):
            open_store(out)


@pytest.mark.parametrize("name", ["kg.ttl", "kg.trig", "report.json"])
def test_files_of_two_builds_are_noticed(tmp_path: Path, name: str) -> None:
    make(tmp_path / "a", ONE)
    make(tmp_path / "b", TWO)
    shutil.copy(tmp_path / "a" / name, tmp_path / "b" / name)
    with pytest.raises(StoreError, match=rf"files of two builds: store is \w+, {name} is \w+; run kg build again"):
        open_store(tmp_path / "b")


def test_a_file_that_somebody_wrote_is_noticed_and_a_missing_one_is_not(tmp_path: Path) -> None:
    make(tmp_path, ONE)
    (tmp_path / "kg.trig").unlink()
    open_store(tmp_path)
    (tmp_path / "kg.ttl").write_text("mine")
    with pytest.raises(StoreError, match="kg.ttl is unknown"):
        open_store(tmp_path)


def no_links(self: Path, target: str, target_is_directory: bool = False) -> None:
    raise OSError("no links here")


def test_where_there_are_no_links_a_file_names_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "symlink_to", no_links)
    make(tmp_path, ONE)
    mark = make(tmp_path, TWO)
    assert (tmp_path / "store").read_text() == f"store-{mark}\n"
    assert build_of(open_store(tmp_path)).hash == mark


def test_a_copy_in_which_the_link_became_a_folder_is_read_and_replaced(tmp_path: Path) -> None:
    mark = make(tmp_path / "a", ONE)
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b" / "store").is_dir() and not (tmp_path / "b" / "store").is_symlink()
    assert build_of(open_store(tmp_path / "b")).hash == mark
    make(tmp_path / "b", TWO)
    assert (tmp_path / "b" / "store").is_symlink()


def test_two_builds_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.store.folder._PATIENCE", 0.1)
    with building(tmp_path) as work:
        with pytest.raises(OutputError, match="another build is at work in this folder; wait until it has ended"):
            make(tmp_path, TWO)
        (work / "store-0123456789abcdef").mkdir()
    mark = make(tmp_path, TWO)
    assert store_folder(tmp_path) == tmp_path / f"store-{mark}"


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for out in (tmp_path / "file", tmp_path / "file" / "out"):
        with pytest.raises(OutputError, match="cannot be written"):
            make(out, ONE)


# --- Single files


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "a.nt"
    with whole(target) as stream:
        stream.write(b"first")
    with pytest.raises(ZeroDivisionError), whole(target) as stream:
        stream.write(b"half")
        raise ZeroDivisionError
    assert target.read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_is_written_through_a_link_and_to_a_device(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with whole(tmp_path / "link") as stream:
        stream.write(b"x")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"x"
    with whole(Path("/dev/null")) as stream:
        stream.write(b"x")
    assert Path("/dev/null").is_char_device()


@pytest.mark.parametrize("name", ["none/a.nt", "."])
def test_a_file_that_cannot_be_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError, match="cannot be written"), whole(tmp_path / name) as stream:
        stream.write(b"x")


def test_a_full_disk_is_said(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="the disk is full; make room on it"), whole(tmp_path / "a"):
        raise OSError(28, "No space left on device")


def test_the_invented_letter_is_sound() -> None:
    assert ONE.letter.passages[REPORT].text == LINES[REPORT]
    assert ONE.ref.key == NUMBER
