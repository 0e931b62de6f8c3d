"""Sentences said again: which are alike, which are shown, and that the time grows with the text."""

from __future__ import annotations

import random
from pathlib import Path
from time import process_time

import pytest
from click.testing import CliRunner

from kg.analysis.repeats import alike, repeats
from kg.api import open as open_graph
from kg.cli import main
from kg.errors import UsageError
from kg.pipeline import build

LETTERS = Path(__file__).parent / "cases" / "asking"
SIGNS = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜金生丽水玉出昆冈剑号巨阙珠称夜光果珍李柰菜重芥姜海咸河淡鳞潜羽翔"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("repeats") / "out"
    build(sorted(LETTERS.glob("*.txt")), out)
    return out


def test_what_is_said_whole_and_nearly_is_found(graph: Path) -> None:
    """By reading: one sentence stands in three letters of Taiyuan, one nearly so in two."""
    found = open_graph(graph).repeats()
    told = [[(one.share, one.source.name) for one in group] for group in found.groups]
    assert [[name for _, name in group] for group in told] == [
        ["并工信建函〔2023〕14号", "并工信提函〔2022〕21号", "并工信提函〔2023〕35号"],
        ["并工信提函〔2022〕21号", "并工信提函〔2023〕35号"],
    ]
    assert [share for share, _ in told[0]] == [1.0, 1.0, 1.0]
    assert told[1][0][0] == 1.0 > told[1][1][0] >= 0.7
    assert found.total == 2


def test_two_replies_to_one_proposal_in_one_year_are_not_apart(tmp_path: Path) -> None:
    """The lead agency and the joint one may say the same; it was said once, to one person."""
    again = "\n我市将加快传统手工艺数字化改造并建设线上展示平台。\n\n感谢您"
    for name in ("e-2025-31.txt", "f-2025-8.txt", "b-2023-35.txt"):
        text = (LETTERS / name).read_text(encoding="utf-8")
        head, mark, tail = text.partition("\n感谢您" if "\n感谢您" in text else "\n联系人")
        (tmp_path / name).write_text(head + again.removesuffix("\n感谢您") + mark + tail, encoding="utf-8")
    build([tmp_path / "e-2025-31.txt", tmp_path / "f-2025-8.txt"], tmp_path / "two")
    assert repeats(open_graph(tmp_path / "two").dataset).groups == ()
    build(sorted(tmp_path.glob("*.txt")), tmp_path / "three")
    (group,) = repeats(open_graph(tmp_path / "three").dataset).groups
    assert len(group) == 3


def test_letterhead_and_short_sentences_are_left_out(graph: Path) -> None:
    texts = {one.text for group in open_graph(graph).repeats(longer=5, limit=None).groups for one in group}
    assert not {text for text in texts if "感谢您" in text or "收悉" in text}
    assert all(len(one.text) >= 30 for group in open_graph(graph).repeats(longer=30).groups for one in group)


def test_alike_is_by_share_and_the_first_leads() -> None:
    first = "支持企业开展关键核心技术攻关并给予研发补助"
    nearly = "支持企业开展关键核心技术攻关并给予研发奖励"
    other = "推动农村公路养护管理体制改革取得明显成效"
    (one, two), (three,) = alike([first, nearly, other], 0.6)
    assert (one, three) == ((first, 1.0), (other, 1.0))
    assert two[0] == nearly and 0.6 <= two[1] < 1
    assert [len(group) for group in alike([first, nearly, other], 0.95)] == [1, 1, 1]
    assert alike([]) == []


def jaccard(one: str, other: str) -> float:
    """The share of common runs of five signs, counted plainly."""
    ours, theirs = ({text[at : at + 5] for at in range(len(text) - 4)} for text in (one, other))
    return len(ours & theirs) / len(ours | theirs)


@pytest.mark.parametrize("share", [0.1, 0.3, 0.46, 0.7, 0.9, 1.0])
def test_no_pair_that_shares_as_much_as_is_asked_is_lost(share: float) -> None:
    chance = random.Random(5)
    for _ in range(60):
        base = [chance.choice(SIGNS) for _ in range(chance.randrange(12, 60))]
        changed = list(base)
        for _ in range(chance.randrange(1, 6)):
            changed[chance.randrange(len(base))] = chance.choice("甲乙丙丁")
        other = "".join(chance.choice(SIGNS) for _ in range(40))
        one, two = "".join(base), "".join(changed)
        groups = [{text for text, _ in group} for group in alike([other, one, two], share)]
        assert ({one, two} in groups) == (jaccard(one, two) >= share), (one, two)


def test_pairs_that_share_half_are_found_when_that_is_asked() -> None:
    one = "我局将继续加大经费投入力度不断改善农村学校办学条件"
    two = "我局将进一步加大经费投入力度持续改善农村学校办学条件"
    assert 0.3 < jaccard(one, two) < 0.5
    assert [len(group) for group in alike([one, two], 0.3)] == [2]
    assert [len(group) for group in alike([one, two], 0.7)] == [1, 1]
    assert alike([one, two], 0.3)[0][1] == (two, jaccard(one, two))


def test_a_text_shorter_than_a_run_stands_alone() -> None:
    assert alike(["甲乙", "甲乙", "丙"], 0.5) == [[("甲乙", 1.0)], [("甲乙", 1.0)], [("丙", 1.0)]]


def test_the_time_grows_with_the_text_even_where_all_is_alike() -> None:
    def took(count: int) -> float:
        chance = random.Random(1)
        texts = [
            f"全市累计建成示范基地{n}个带动就业成效明显群众满意度持续提升{chance.choice(SIGNS)}" for n in range(count)
        ]
        spent = []
        for _ in range(3):
            start = process_time()
            alike(texts)
            spent.append(process_time() - start)
        return min(spent)

    took(50)
    assert took(2000) < 48 * took(250)  # eight times the text; sixty-four times the pairs


@pytest.mark.parametrize("share", [0, -1, 1.5])
def test_a_share_that_is_none_is_told(graph: Path, share: float) -> None:
    with pytest.raises(UsageError, match="no share"):
        open_graph(graph).repeats(share=share)
    ran = CliRunner().invoke(main, ["repeats", "--from", str(graph), "--share", str(share)])
    assert ran.exit_code != 0 and "Traceback" not in ran.output


def test_the_command_shows_the_groups(graph: Path) -> None:
    ran = CliRunner().invoke(main, ["repeats", "--from", str(graph), "--limit", "1", "--format", "csv"])
    assert ran.exit_code == 0
    lines = ran.output.splitlines()
    assert lines[0] == "group,letters,share,year,askedBy,bureau,source,quote"
    assert len([line for line in lines[1:] if line]) == 3
    assert ran.output == CliRunner().invoke(main, ["repeats", "--from", str(graph), "--limit", "1", "-f", "csv"]).output
