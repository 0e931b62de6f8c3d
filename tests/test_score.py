"""Scoring: the same figures as the yardstick's own program, the rules of the guidelines one by one, gold files, floors."""

from __future__ import annotations

import importlib.util
import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from kg import __version__, ontology, registry
from kg.cli import main
from kg.cli.score import BREAKDOWNS
from kg.errors import KgError
from kg.export import trig
from kg.graph import World
from kg.masking import masked
from kg.model import Document, Entity, Fact, Letter, Literal, Measure, Mention, Passage, Reading, Ref, Span, Status
from kg.pipeline import graph_of, read_all, score_all
from kg.score import SHOWN, Gold, Score, document, gold_files, letter_file, read_gold, scheme, score
from kg.score.tally import Count, counts, total
from kg.vocabulary import BASE

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "gold"
FLOOR = GOLD / "floor.toml"
FILES = sorted(GOLD.glob("*.json"))
NAMES = [file.stem for file in FILES]
SCHEME = scheme(ontology.load())
Json = dict[str, Any]

# The yardstick's names for what the table calls otherwise.
GROUPS = {"core": "entities (core)", "side": "entities (side)"}
SECTIONS = {"kinds": "by kind", "relations": "by property", "measures": "by measure"}


def run(*args: object) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args])


def content(file: Path) -> Json:
    return dict(json.loads(file.read_text(encoding="utf-8")))


# --- The same figures as the yardstick


@pytest.fixture(scope="module")
def yardstick() -> ModuleType:
    """tests/gold/score.py."""
    spec = importlib.util.spec_from_file_location("yardstick", GOLD / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def readings() -> Mapping[str, Reading]:
    """Each development letter as a build reads it."""
    golds = {file.stem: read_gold(file, SCHEME) for file in FILES}
    return {name: masked(read_all([letter_file(gold)])[0][0]) for name, gold in golds.items()}


@pytest.fixture(scope="module")
def graphs(
    readings: Mapping[str, Reading], yardstick: ModuleType, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Any]:
    """The exported graph of each development letter, as the yardstick reads it."""
    world = World(ontology.load(), registry.load(), BASE, __version__)
    folder = tmp_path_factory.mktemp("trig")
    for name, reading in readings.items():
        with (folder / f"{name}.trig").open("wb") as stream:
            trig.write(graph_of([reading], world), stream)
    return {name: yardstick.Graph(folder / f"{name}.trig") for name in readings}


def measured(yardstick: ModuleType, graphs: Mapping[str, Any], golds: Mapping[str, Json]) -> Json:
    """The yardstick's figures of some letters, under the names of the table."""
    ent, rel, mea, sta, head = (yardstick.Tally() for _ in range(5))
    attr: Counter[str] = Counter()
    for name, gold in golds.items():
        yardstick.score_document(graphs[name], gold, name, ent, rel, mea, sta, attr, head)
    groups = {
        "core": ent.prf(yardstick.CORE),
        "side": ent.prf(yardstick.SIDE),
        "relations": rel.prf(),
        "letterhead": head.prf(),
        "measures": mea.prf(),
        "status": sta.prf(),
    }
    shares = {key: round(attr[key] / attr["measures"], 4) if attr["measures"] else 0.0 for key in ATTRIBUTES}
    return {
        "groups": groups,
        "shares": shares,
        "kinds": {key: ent.prf([key]) for key in yardstick.CORE | yardstick.SIDE},
        "relations": {key: rel.prf([key]) for key in yardstick.PROPERTIES},
        "measures": {key: mea.prf([key]) for key in yardstick.MEASURES},
        "statuses": {key: sta.prf([key]) for key in ("done", "ongoing", "planned")},
    }


ATTRIBUTES = ("comparator", "period")


def ours(scores: list[Score]) -> Json:
    """Our figures in the same form."""
    out = document(scores, SCHEME)
    groups = {name: renamed(figures) for name, figures in out["groups"].items()}
    shares = {name: groups.pop(name)["f1"] for name in ATTRIBUTES}
    sections = ("kinds", "relations", "measures", "statuses")
    tables = {part: {name: renamed(figures) for name, figures in out[part].items()} for part in sections}
    return {"groups": groups, "shares": shares, **tables}


def renamed(figures: Mapping[str, float]) -> dict[str, float]:
    return {"predicted" if name == "found" else name: value for name, value in figures.items()}


def test_the_figures_are_those_of_the_yardstick(yardstick: ModuleType, graphs: Mapping[str, Any]) -> None:
    scores = score_all([GOLD], SCHEME)
    assert [each.letter for each in scores] == NAMES
    assert ours(scores) == measured(yardstick, graphs, {file.stem: content(file) for file in FILES})


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_the_figures_of_one_letter_are_those_of_the_yardstick(
    file: Path, yardstick: ModuleType, graphs: Mapping[str, Any]
) -> None:
    assert ours(score_all([file], SCHEME)) == measured(yardstick, graphs, {file.stem: content(file)})


@pytest.mark.hypothesis
@given(st.sampled_from(FILES), st.randoms(use_true_random=False))
def test_the_figures_of_any_gold_are_those_of_the_yardstick(
    readings: Mapping[str, Reading],
    graphs: Mapping[str, Any],
    yardstick: ModuleType,
    tmp_path_factory: pytest.TempPathFactory,
    file: Path,
    random: Any,
) -> None:
    changed = disturbed(content(file), random)
    written = tmp_path_factory.getbasetemp() / "disturbed.json"
    written.write_text(json.dumps(changed), encoding="utf-8")
    here = score(readings[file.stem], read_gold(written, SCHEME), SCHEME)
    assert ours([here]) == measured(yardstick, graphs, {file.stem: changed})


def disturbed(gold: Json, random: Any) -> Json:
    """A gold file with things dropped, doubled, made optional, and named and counted otherwise."""
    things = [thing for thing in gold["entities"] if random.random() > 0.1]
    things += [{**thing, "kind": random.choice(SCHEME.kinds)} for thing in things if random.random() < 0.1]
    random.shuffle(things)
    for thing in things:
        random.shuffle(thing["names"])
        flip(thing, random)
    known = {name for thing in things for name in thing["names"]}
    literal = SCHEME.literal
    relations = [r for r in gold["relations"] if r[0] in known and (r[1] in literal or r[2] in known)]
    relations = [r[:3] if random.random() < 0.1 else r for r in relations if random.random() > 0.1]
    relations += [[r[2], *r[1:2], r[0]] for r in relations if r[1] == "cooperatesWith"]
    relations += [[*r[:3], "optional"] for r in relations if random.random() < 0.1]
    measures = [measure for measure in gold["measures"] if random.random() > 0.1]
    for measure in measures:
        flip(measure, random)
        if random.random() < 0.1:
            measure |= {"comparator": random.choice(["=", ">=", "<=", "~"]), "period": random.choice([None, "2023"])}
            measure["indicator"] = measure["indicator"][:1]
            measure["kind"] = random.choice(SCHEME.measures)
    measures += [dict(measure) for measure in measures if random.random() < 0.05]
    status = [state for state in gold["status"] if state["entity"] in known]
    for state in status:
        flip(state, random)
        if random.random() < 0.1:
            state["status"] = random.choice(["done", "ongoing", "planned"])
    return {**gold, "entities": things, "relations": relations, "measures": measures, "status": status}


def flip(item: Json, random: Any) -> None:
    if random.random() < 0.15:
        item["optional"] = not item.get("optional", False)


def test_what_is_scored_is_what_the_yardstick_scores(yardstick: ModuleType) -> None:
    """As long as the ontology has the kinds and relations of the guidelines; more may be added."""
    assert set(SCHEME.kinds) >= yardstick.CORE | yardstick.SIDE
    assert set(SCHEME.relations) >= yardstick.PROPERTIES
    assert set(SCHEME.measures) >= yardstick.MEASURES
    assert SCHEME.symmetric >= yardstick.SYMMETRIC


# --- The floor that is recorded


def test_no_figure_falls_below_the_floor_on_the_development_letters() -> None:
    result = run("score", GOLD, "--floor", FLOOR)
    assert (result.stderr, result.exit_code) == ("", 0)


@pytest.mark.parametrize("folder", ["held_out", "practice"])
def test_no_figure_falls_below_the_floor_on_other_letters(folder: str) -> None:
    """tests/letters: letters that the rules were not written on, and letters that showed what rules lack."""
    letters = GOLD.parent / "letters" / folder
    result = run("score", letters, "--floor", letters / "floor.toml")
    assert result.exit_code == 0, result.output


# --- Small cases: a letter of four sentences, and the rules of the guidelines

LETTER, ASKED = Ref("Letter", "蓉农函〔2024〕18号"), Ref("Proposal", "成都市政协57号")
BUREAU, FINANCE = Ref("Agency", "成都市农业农村局"), Ref("Agency", "成都市财政局")
PLAN, LAB = Ref("Programme", "种业振兴_成都市"), Ref("Platform", "岷江实验室_成都市")
FARMS = Ref("Group", "家庭农场")
TEXTS = (
    "蓉农函〔2024〕18号，政协提案57号。",
    "成都市农业农村局与成都市财政局实施“种业振兴”计划，支持家庭农场。",
    "2023年新增家庭农场1.4万家，每家奖励5万元。",
    "岷江实验室已经建成。",
)
PLACES = {LETTER: 0, ASKED: 0, BUREAU: 1, FINANCE: 1, PLAN: 1, FARMS: 1, LAB: 3}
LABELS = {LETTER: "蓉农函〔2024〕18号", ASKED: "政协提案57号", BUREAU: "成都市农业农村局", FINANCE: "成都市财政局",
          PLAN: "“种业振兴”计划", FARMS: "家庭农场", LAB: "岷江实验室"}  # fmt: skip


def passages() -> tuple[Passage, ...]:
    starts = [sum(map(len, TEXTS[:number])) for number in range(len(TEXTS))]
    return tuple(
        Passage(number, Span(start, start + len(text)), text, ((0, start),))
        for number, (start, text) in enumerate(zip(starts, TEXTS, strict=True))
    )


def small() -> Reading:
    """What the four sentences say."""
    document = Document("small.txt", "0" * 64, "".join(TEXTS))
    figure = Measure("Result", "新增家庭农场", Decimal(14000), "家", "=", "2023", "New", 2, 11, 15, about=FARMS)
    grant = Measure("Incentive", "每家奖励", Decimal(50000), "元", "=", "", "Amount", 2, 21, 23)
    return Reading(
        Letter(document, "Letter", (), passages()),
        LETTER,
        tuple(Entity(ref, LABELS[ref], ("种业振兴",) if ref == PLAN else ()) for ref in sorted(PLACES)),
        tuple((Mention(at, 0, 1, ref.kind, LABELS[ref], "rule"), ref) for ref, at in PLACES.items()),
        (
            Fact(LETTER, "repliesTo", ASKED, 0),
            Fact(LETTER, "documentNumber", Literal("蓉农函〔2024〕18号"), 0),
            Fact(PLAN, "carriedOutBy", BUREAU, 1),
            Fact(BUREAU, "cooperatesWith", FINANCE, 1),
        ),
        (figure, grant),
        (Status(PLAN, "ongoing", 1), Status(LAB, "done", 3)),
        (),
    )


def small_gold() -> Json:
    """The gold of the four sentences, with which the small reading agrees in all."""
    figure = {"kind": "Result", "indicator": ["家庭农场", "新增"], "value": 14000, "unit": "家", "period": "2023"}
    grant = {
        "kind": "Incentive",
        "indicator": ["奖励"],
        "value": 50000,
        "unit": "元",
        "comparator": "=",
        "period": None,
    }
    return {
        "document": "small.txt",
        "entities": [
            *({"kind": ref.kind, "names": [LABELS[ref]]} for ref in PLACES if ref != PLAN),
            {"kind": "Programme", "names": ["种业振兴计划", "种业振兴"]},
        ],
        "relations": [
            [LABELS[LETTER], "repliesTo", LABELS[ASKED]],
            [LABELS[LETTER], "documentNumber", "蓉农函[2024]18号"],
            ["种业振兴", "carriedOutBy", LABELS[BUREAU]],
            [LABELS[FINANCE], "cooperatesWith", LABELS[BUREAU]],
        ],
        "measures": [figure, grant],
        "status": [{"entity": "种业振兴", "status": "ongoing"}, {"entity": "岷江实验室", "status": "done"}],
    }


Compare = Callable[[Json, Reading], Score]


@pytest.fixture
def compare(tmp_path: Path) -> Compare:
    def compared(gold: Json, reading: Reading) -> Score:
        file = tmp_path / "small.json"
        file.write_text(json.dumps(gold, ensure_ascii=False), encoding="utf-8")
        return score(reading, read_gold(file, SCHEME), SCHEME)

    return compared


def group(result: Score, name: str) -> Count:
    return total(counts([result]), SCHEME.groups()[name])


def test_a_perfect_reading_has_one_everywhere(compare: Compare) -> None:
    result = compare(small_gold(), small())
    assert all(group(result, name).f1 == 1 for name in SCHEME.groups())
    assert [group(result, name).gold for name in SCHEME.groups()] == [6, 1, 4, 2, 2, 2, 2, 2]


def test_an_empty_reading_has_nothing(compare: Compare) -> None:
    nothing = replace(small(), entities=(), mentions=(), facts=(), measures=(), statuses=())
    result = compare(small_gold(), nothing)
    assert all(group(result, name).f1 == group(result, name).recall == 0 for name in SCHEME.groups())
    assert [group(result, name).missed for name in SCHEME.groups()] == [6, 1, 4, 2, 2, 0, 0, 2]


def test_an_empty_gold_makes_all_wrong(compare: Compare) -> None:
    result = compare({"document": "small.txt", "entities": [], "relations": [], "measures": []}, small())
    assert all(case.outcome == "wrong" for case in result.cases)
    assert [group(result, name).wrong for name in SCHEME.groups()] == [6, 1, 4, 0, 2, 0, 0, 2]


def all_optional(gold: Json) -> Json:
    marked = {part: [{**item, "optional": True} for item in gold[part]] for part in ("entities", "measures", "status")}
    return {**gold, **marked, "relations": [[*relation, "optional"] for relation in gold["relations"]]}


def test_what_is_optional_counts_neither_way(compare: Compare) -> None:
    nothing = replace(small(), entities=(), mentions=(), facts=(), measures=(), statuses=())
    for reading in (small(), nothing):
        result = compare(all_optional(small_gold()), reading)
        assert [case for case in result.cases if case.cell[0] != "attribute"] == []


@pytest.mark.parametrize("part", ["entities", "measures", "status"])
@pytest.mark.parametrize("number", [0, 1])
def test_one_optional_item_takes_nothing_from_the_others(compare: Compare, part: str, number: int) -> None:
    gold = small_gold()
    gold[part][number]["optional"] = True
    assert not [case for case in compare(gold, small()).cases if case.outcome != "right"]


def outcomes(result: Score) -> list[tuple[str, str, str]]:
    """What is not right, without the second count of the letterhead."""
    kept = (case for case in result.cases if case.outcome != "right" and case.cell[0] != "letterhead")
    return [(case.outcome, case.cell[1], case.what) for case in kept]


FIGURE = {"kind": "Result", "unit": "家"}

# What is changed in the gold of the small letter, and what then is not right.
CHANGES: dict[str, tuple[str, int, Any, list[tuple[str, str, str]]]] = {
    "marks and width do not matter": ("entities", 6, {"kind": "Programme", "names": ["【种业 振兴】", "种业振兴", "种业振兴计划"]}, []),
    "another kind is another thing": (
        "entities", 4, {"kind": "Industry", "names": ["家庭农场"]},
        [("missed", "Industry", "家庭农场"), ("wrong", "Group", "家庭农场")],
    ),
    "the thing at the end of a relation must be the same": (
        "relations", 2, ["种业振兴", "carriedOutBy", "成都市财政局"],
        [("missed", "carriedOutBy", "种业振兴 → 成都市财政局"), ("wrong", "carriedOutBy", "“种业振兴”计划 → 成都市农业农村局")],
    ),
    "a symmetric relation is the same both ways": (
        "relations", 3, ["成都市农业农村局", "cooperatesWith", "成都市财政局"], [],
    ),
    "an optional relation": ("relations", 2, ["种业振兴", "carriedOutBy", "成都市农业农村局", "optional"], []),
    "all words of the indicator": (
        "measures", 0, {**FIGURE, "indicator": ["累计", "家庭农场"], "value": 14000, "period": "2023"},
        [("missed", "Result", "累计 家庭农场 = 14000家 2023"), ("wrong", "Result", "新增家庭农场 = 14000家 2023")],
    ),
    "another value": (
        "measures", 0, {**FIGURE, "indicator": ["家庭农场"], "value": 14001, "period": "2023"},
        [("missed", "Result", "家庭农场 = 14001家 2023"), ("wrong", "Result", "新增家庭农场 = 14000家 2023")],
    ),
    "a value that floating point has changed": (
        "measures", 0, {**FIGURE, "indicator": ["家庭农场"], "value": 14000.000000001, "period": "2023"}, [],
    ),
    "another comparator": (
        "measures", 0, {**FIGURE, "indicator": ["家庭农场"], "value": 14000, "comparator": ">=", "period": "2023"},
        [("missed", "comparator", "新增家庭农场 = 14000家 2023: >="), ("wrong", "comparator", "新增家庭农场 = 14000家 2023: =")],
    ),
    "another period": (
        "measures", 0, {**FIGURE, "indicator": ["家庭农场"], "value": 14000},
        [("missed", "period", "新增家庭农场 = 14000家 2023: none"), ("wrong", "period", "新增家庭农场 = 14000家 2023: 2023")],
    ),
    "another status": (
        "status", 1, {"entity": "岷江实验室", "status": "planned"},
        [("missed", "planned", "岷江实验室"), ("wrong", "done", "岷江实验室")],
    ),
    "an optional status of another kind frees nothing": (
        "status", 1, {"entity": "岷江实验室", "status": "planned", "optional": True}, [("wrong", "done", "岷江实验室")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_the_rules_of_the_guidelines(compare: Compare, name: str) -> None:
    part, number, item, expected = CHANGES[name]
    gold = small_gold()
    gold[part][number] = item
    assert outcomes(compare(gold, small())) == expected


def test_an_indicator_that_is_a_clause_counts_as_none(compare: Compare) -> None:
    figure, grant = small().measures
    long = replace(grant, indicator="对新增的家庭农场和农民合作社等新型农业经营主体的每家奖励")
    result = compare(small_gold(), replace(small(), measures=(figure, long)))
    assert [case.outcome for case in result.cases if case.cell == ("measure", "Incentive")] == ["missed", "wrong"]


def test_names_of_what_a_figure_is_about_help_its_indicator(compare: Compare) -> None:
    figure, grant = small().measures
    result = compare(small_gold(), replace(small(), measures=(replace(figure, indicator="新增"), grant)))
    assert group(result, "measures").f1 == 1


def test_what_no_passage_names_is_not_counted(compare: Compare) -> None:
    reading = small()
    unnamed = replace(reading, mentions=tuple(pair for pair in reading.mentions if pair[1] not in (LAB, LETTER)))
    result = compare(small_gold(), unnamed)
    assert ("missed", "Platform", "岷江实验室") in outcomes(result)
    assert not [case for case in result.cases if case.cell == ("kind", "Letter") and case.outcome != "right"]


def test_a_thing_is_paired_once_and_with_what_fits_best(compare: Compare) -> None:
    gold = small_gold()
    gold["entities"].append({"kind": "Programme", "names": ["种业", "种业振兴"]})
    assert outcomes(compare(gold, small())) == [("missed", "Programme", "种业")]


def test_a_miss_shows_its_sentence(compare: Compare) -> None:
    result = compare(small_gold(), replace(small(), entities=(), mentions=(), facts=(), measures=(), statuses=()))
    shown = {case.what: case.passage for case in result.cases if case.outcome == "missed"}
    assert shown["岷江实验室"] == TEXTS[3]
    assert shown["种业振兴 → 成都市农业农村局"] == TEXTS[1]
    assert shown["家庭农场 新增 = 14000家 2023"] == TEXTS[2]


# --- Gold files

MALFORMED: dict[str, tuple[str | bytes | Callable[[Json], object], str]] = {
    "no JSON": ("{\n  oops }", "a.json:2:3: no valid JSON: Expecting property name"),
    "an empty file": ("", "a.json:1:1: no valid JSON"),
    "another encoding": ("{“甲”}".encode("gb18030"), "a.json: not UTF-8 text; save it as UTF-8"),
    "lists without end": ("[" * 100_000, "a.json: no JSON that can be read"),
    "a list": ("[]", 'a.json: an object with keys is wanted here; write {"document": …}'),
    "no document": (lambda g: g.pop("document"), "a.json: “document” is missing; add it"),
    "a blank document": (lambda g: g.update(document=" "), "a.json, document: the name of the letter's file is wanted"),
    "no entities": (lambda g: g.pop("entities"), "a.json: “entities” is missing; add it"),
    "entities as a table": (lambda g: g.update(entities={}), "a.json, entities: a list of entities is wanted here"),
    "an unknown kind": (
        lambda g: g["entities"][1].update(kind="Progamme"),
        "a.json, entities[1].kind: “Progamme” is not a kind of thing; nearest: Programme",
    ),
    "no names": (lambda g: g["entities"][1].update(names=[]), "a.json, entities[1].names: a thing without a name; give"),
    "one name as text": (lambda g: g["entities"][1].update(names="甲"), "entities[1].names: a list of names is wanted"),
    "a name of marks": (lambda g: g["entities"][1].update(names=["《》"]), "entities[1].names[0]: nothing of “《》” is left"),
    "a slip in a key": (
        lambda g: g["entities"][1].update(optinal=True), "entities[1]: “optinal” is no key here; write “optional”",
    ),
    "optional as text": (lambda g: g["entities"][1].update(optional="yes"), "entities[1].optional: true or false"),
    "an unknown relation": (
        lambda g: g["relations"][0].__setitem__(1, "replysTo"),
        "a.json, relations[0][1]: “replysTo” is not a relation that is scored; nearest: repliesTo",
    ),
    "a relation of two": (lambda g: g["relations"][0].pop(), "relations[0]: a relation has 2 parts; write [subject, rel"),
    "a relation marked otherwise": (lambda g: g["relations"][0].append("maybe"), 'relations[0][3]: only "optional" may'),
    "a relation of nobody": (
        lambda g: g["relations"][0].__setitem__(0, "成都市水务局"),
        "relations[0][0]: “成都市水务局” is no name in entities; add it to the names of its entity, or mend it here",
    ),
    "a value as text": (
        lambda g: g["measures"][0].update(value="1.4万"), "measures[0].value: the value is wanted here, as a plain number",
    ),
    "a value beyond numbers": (lambda g: g["measures"][0].update(value=float("nan")), "measures[0].value: the value is"),
    "a value beyond floats": (lambda g: g["measures"][0].update(value=10**400), "measures[0].value: the value is wanted"),
    "an unknown measure": (lambda g: g["measures"][0].update(kind="Goal"), "measures[0].kind: “Goal” is not a kind of m"),
    "a comparator of its own": (
        lambda g: g["measures"][0].update(comparator="≥"), "measures[0].comparator: “≥” is not a comparator; there are: ",
    ),
    "no unit": (lambda g: g["measures"][0].pop("unit"), "measures[0]: “unit” is missing; add it"),
    "an unknown status": (lambda g: g["status"][0].update(status="doing"), "status[0].status: “doing” is not a status"),
    "a status of nobody": (lambda g: g["status"][0].update(entity="水务"), "status[0].entity: “水务” is no name in ent"),
}  # fmt: skip


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_gold_file_is_told_in_one_line(tmp_path: Path, name: str) -> None:
    fault, said = MALFORMED[name]
    file = tmp_path / "a.json"
    if isinstance(fault, bytes):
        file.write_bytes(fault)
    elif isinstance(fault, str):
        file.write_text(fault, encoding="utf-8")
    else:
        gold = small_gold()
        fault(gold)
        file.write_text(json.dumps(gold), encoding="utf-8")
    result = run("score", file)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert said in result.stderr
    assert result.stderr.startswith("kg: ") and result.stderr.count("\n") == 1


def test_notes_of_the_annotator_are_allowed(tmp_path: Path) -> None:
    gold = small_gold()
    gold["entities"][0]["note"] = gold["annotator"] = "甲"
    file = tmp_path / "a.json"
    file.write_text("\ufeff" + json.dumps(gold), encoding="utf-8")
    assert len(read_gold(file, SCHEME).things) == 7


def test_gold_files_are_those_of_a_folder_and_those_named(tmp_path: Path) -> None:
    for name in ("b.json", "a.json", ".hidden.json", "a.txt", "floor.toml"):
        (tmp_path / name).touch()
    names = [file.name for file in gold_files([tmp_path, tmp_path / "a.json", tmp_path / "other.gold"])]
    assert names == ["a.json", "b.json", "other.gold"]


def test_a_folder_without_gold_files_is_told(tmp_path: Path) -> None:
    assert f"{tmp_path}: no gold files in the folder" in run("score", tmp_path).stderr
    assert "none.json: no such file or folder; check the name" in run("score", tmp_path / "none.json").stderr


def test_where_a_letter_is_looked_for(tmp_path: Path) -> None:
    gold = Gold(tmp_path / "gold" / "a.json", "small.txt", (), (), (), ())
    given_folder, beside, below_it = tmp_path / "given", tmp_path / "gold", tmp_path / "gold" / "letters"
    with pytest.raises(KgError, match="the letter “small.txt” is not in .*name its folder with --letters"):
        letter_file(gold, [given_folder])
    for folder in (below_it, beside, given_folder):  # each comes before those filled earlier
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "small.txt").touch()
        assert letter_file(gold, [tmp_path, given_folder]) == folder / "small.txt"
    travelling = replace(gold, document="wz-2023-95.txt")
    assert letter_file(travelling) == ROOT / "seeds" / "letters" / "wz-2023-95.txt"


# --- The command


OWN = """成都市农业农村局文件

蓉农函〔2024〕18号

关于市政协十六届二次会议第57号提案的答复函

李明委员：

您提出的提案收悉，现答复如下：

2023年，新增家庭农场763家。

成都市农业农村局

2024年6月3日
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A gold folder of one's own, with its letter elsewhere; the programme is missed."""
    gold = {
        "document": "own.txt",
        "entities": [
            {"kind": "Letter", "names": ["蓉农函〔2024〕18号"]},
            {"kind": "Agency", "names": ["成都市农业农村局"]},
            {"kind": "Proposal", "names": ["政协提案57号"]},
            {"kind": "Person", "names": ["李明"]},
            {"kind": "Programme", "names": ["百村千社行动"]},
        ],
        "relations": [["蓉农函〔2024〕18号", "issuedBy", "成都市农业农村局"]],
        "measures": [{"kind": "Result", "indicator": ["家庭农场"], "value": 763, "unit": "家", "period": "2023"}],
        "status": [],
    }
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "own.txt").write_text(OWN, encoding="utf-8")
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "own.json").write_text(json.dumps(gold, ensure_ascii=False), encoding="utf-8")
    return tmp_path


def test_letters_of_ones_own(own: Path) -> None:
    assert "own.json, document: the letter “own.txt” is not in" in run("score", own / "gold").stderr
    result = run("score", own / "gold", "--letters", own / "texts")
    assert result.exit_code == 0
    head, _, core, *_ = result.stdout.splitlines()
    assert head.split() == ["group", "precision", "recall", "F1", "gold", "found"]
    assert core.split() == ["core", "1.000", "0.800", "0.889", "5", "4"]
    assert ["status", "–", "–", "–", "0", "0"] in [line.split() for line in result.stdout.splitlines()]


def test_what_the_table_is_broken_down_by(own: Path) -> None:
    def heads(*options: str) -> list[str]:
        lines = run("score", own / "gold", "--letters", own / "texts", *options).stdout.splitlines()
        return [line.partition("  ")[0] for before, line in zip(["", *lines], lines, strict=False) if not before]

    assert heads() == ["group", "kind", "relation", "measure"]
    assert heads("--by", "letter") == ["group", "F1 by letter"]
    assert heads("--by", "kind", "--by", "letter") == ["group", "kind", "F1 by letter"]


def test_misses_are_listed_with_their_sentences(own: Path) -> None:
    (own / "gold" / "own.json").write_text(
        (own / "gold" / "own.json").read_text(encoding="utf-8").replace("百村千社行动", "新增家庭农场"),
        encoding="utf-8",
    )
    lines = run("score", own / "gold", "--letters", own / "texts", "--misses").stdout.splitlines()
    at = lines.index("missed own  kind Programme: 新增家庭农场")
    assert lines[at + 1].strip() == "2023年，新增家庭农场763家。"
    assert any(line.startswith("wrong  own  relation") for line in lines)


def test_json(own: Path) -> None:
    args = ("score", own / "gold", "--letters", own / "texts", "--json")
    out = json.loads(run(*args).stdout)
    assert list(out) == ["groups", "kinds", "relations", "measures", "statuses", "letters"]
    assert out["groups"]["core"] == {"precision": 1.0, "recall": 0.8, "f1": 0.8889, "gold": 5, "found": 4}
    assert out["letters"] == {"own": out["groups"]}
    missed = json.loads(run(*args, "--misses").stdout)["misses"]
    assert {"letter": "own", "outcome": "missed", "section": "kind", "name": "Programme", "what": "百村千社行动",
            "passage": ""} in missed  # fmt: skip


def test_letters_whose_gold_files_are_called_alike_are_told_apart(own: Path) -> None:
    (own / "more").mkdir()
    (own / "more" / "own.json").write_bytes((own / "gold" / "own.json").read_bytes())
    letters = run("score", own / "gold", own / "more", "-l", own / "texts", "--json").stdout
    assert list(json.loads(letters)["letters"]) == [(own / name / "own").as_posix() for name in ("gold", "more")]


def floors(own: Path, text: str) -> Result:
    (own / "floor.toml").write_text(text, encoding="utf-8")
    return run("score", own / "gold", "--letters", own / "texts", "--floor", own / "floor.toml")


def test_a_figure_below_its_floor_fails(own: Path) -> None:
    result = floors(own, "[groups]\ncore = 0.9\nmeasures = 1\nstatus = 0.5\n[kinds]\nPerson = 1\nProgramme = 0.5\n")
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "groups core: F1 0.8889 is below the floor, 0.9",
        "kinds Programme: F1 0.0000 is below the floor, 0.5",
    ]
    assert result.stdout.startswith("group")


def test_a_figure_at_its_floor_does_not_fail(own: Path) -> None:
    result = floors(own, "[groups]\ncore = 0.888\nmeasures = 1.0\n")
    assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("core = ", "floor.toml: no valid TOML"),
        ("", "floor.toml: no floor in the file; write [groups]"),
        ("core = 0.9", "floor.toml, core: “core” is not a table of floors; there are: groups, kinds"),
        ("groups = 0.9", "floor.toml, groups: a table is wanted here; write [groups]"),
        ("[groups]\ncores = 0.9", "floor.toml, groups.cores: “cores” is not a name in groups; nearest: core"),
        ("[groups]\ncore = 97", "floor.toml, groups.core: 97 is no F1; give a number from 0 to 1"),
        ("[groups]\ncore = '1'", "floor.toml, groups.core: the least F1 is wanted here, as a plain number"),
    ],
)
def test_a_malformed_floor_is_told_in_one_line(own: Path, text: str, said: str) -> None:
    result = floors(own, text)
    assert result.exit_code == 1
    assert said in result.stderr
    assert result.stdout == "" and result.stderr.count("\n") == 1


def test_a_floor_that_is_not_there(own: Path) -> None:
    assert "none.toml: no such file" in run("score", own / "gold", "--floor", own / "none.toml").stderr


def test_the_command_offers_the_breakdowns_that_there_are() -> None:
    assert BREAKDOWNS == SHOWN
