"""Mentions become entities: keys, names, what is joined within a letter and what is kept apart."""

from __future__ import annotations

import hashlib

import pytest

from kg.judgement import Decision
from kg.letter import read_letter
from kg.model import Document, Entity, Literal, Reading, Ref
from kg.resolve import read
from tests.sentences import ONTOLOGY, REGISTRY

LETTER = """成都市农业农村局

成农提复〔2024〕7号

关于市政协十六届二次会议第31号提案的答复

罗明川委员：

　　您在市政协十六届二次会议期间提出的《关于做强川西柑橘产业的提案》（第31号）收悉。经商市财政局，现答复如下：

　　一、工作开展情况

　　2023年，我局会同市财政局印发《成都市柑橘产业提升三年行动方案（2023-2025年）》（成农发〔2023〕9号，以下简称“柑橘九条”），实施“金果”计划。截至目前，“金果”计划已惠及家庭农场120家。省“丰收杯”大赛、国家“强农贷”和省“强农贷”同步推进。

　　二、下一步打算

　　继续落实《成都市柑橘产业提升行动方案》，升级新“金果”行动，由石文研究员任岷江柑橘研究院院长。罗明川教授参加。

　　联系人：石文，联系电话：028-85550100，13700000000

成都市农业农村局
2024年5月20日
"""


def reading(text: str = LETTER, decisions: tuple[Decision, ...] = ()) -> Reading:
    document = Document("a.txt", hashlib.sha256(text.encode()).hexdigest(), text)
    return read(read_letter(document, REGISTRY), ONTOLOGY, REGISTRY, decisions)


@pytest.fixture(scope="module")
def found() -> Reading:
    return reading()


def entity(found: Reading, kind: str, key: str) -> Entity:
    return next(e for e in found.entities if e.ref == Ref(kind, key))


def keys(found: Reading, kind: str) -> set[str]:
    return {e.ref.key for e in found.entities if e.ref.kind == kind}


def test_the_letter_is_keyed_by_its_number(found: Reading) -> None:
    assert found.ref == Ref("Letter", "成农提复〔2024〕7号")
    assert "关于市政协十六届二次会议第31号提案的答复" in entity(found, "Letter", found.ref.key).names


def test_the_proposal_is_keyed_by_body_session_and_number(found: Reading) -> None:
    proposal = entity(found, "Proposal", "成都市政协十六届二次31号")
    assert proposal.name == "关于做强川西柑橘产业的提案"
    assert "政协提案31号" in proposal.names


def test_agencies_are_keyed_by_full_name_and_the_issuer_speaks_of_itself(found: Reading) -> None:
    assert keys(found, "Agency") >= {"成都市农业农村局", "成都市财政局"}
    assert "市财政局" in entity(found, "Agency", "成都市财政局").names
    assert not {"我局"} & {name for e in found.entities for name in (e.name, *e.names)}


def test_a_policy_is_one_under_its_title_its_short_name_and_with_a_slip(found: Reading) -> None:
    policy = entity(found, "Policy", "成都市柑橘产业提升三年行动方案(2023-2025年)")
    assert {"柑橘九条", "成都市柑橘产业提升行动方案"} <= set(policy.names)
    assert keys(found, "Policy") == {"成都市柑橘产业提升三年行动方案(2023-2025年)"}


def test_a_programme_is_keyed_by_its_quoted_core_in_the_issuers_place(found: Reading) -> None:
    programme = entity(found, "Programme", "金果_成都市")
    assert programme.name == "金果"
    assert {"“金果”计划", "新“金果”行动"} <= set(programme.names)


def test_levels_printed_before_a_name_keep_it_apart(found: Reading) -> None:
    assert {"强农贷_全国", "强农贷_四川省"} <= keys(found, "Programme")


def test_people_are_keyed_in_their_setting(found: Reading) -> None:
    assert "罗明川_成都市政协" in keys(found, "Person")
    assert "石文_成都市农业农村局" in keys(found, "Person")


def test_dates_are_typed_by_their_precision(found: Reading) -> None:
    issued = {(f.subject.kind, f.object) for f in found.facts if f.relation == "issued"}
    assert issued == {("Letter", Literal("2024-05-20", "date")), ("Policy", Literal("2023", "gYear"))}


def test_every_fact_stands_in_a_passage_and_between_entities_of_the_letter(found: Reading) -> None:
    refs = {e.ref for e in found.entities}
    for fact in found.facts:
        assert 0 <= fact.passage < len(found.letter.passages)
        assert fact.subject in refs
        assert isinstance(fact.object, Literal) or fact.object in refs


def test_every_mention_is_a_slice_of_its_passage(found: Reading) -> None:
    for mention, _ in found.mentions:
        passage = found.letter.passages[mention.passage]
        assert passage.text[mention.start : mention.stop] == mention.surface


def test_a_decision_joins_or_separates() -> None:
    same = Decision("same", "", "", "金果_成都市", "金果富农_成都市")
    assert "金果富农_成都市" in keys(reading(decisions=(same,)), "Programme")
    apart = Decision("different", "成农提复〔2024〕7号", "罗明川", "", "")
    assert "罗明川_成都市政协_成农提复〔2024〕7号" in keys(reading(decisions=(apart,)), "Person")


def test_a_letter_without_number_is_keyed_by_what_is_known_and_its_bytes() -> None:
    text = LETTER.replace("成农提复〔2024〕7号\n", "")
    assert reading(text).ref.key.startswith("成都市农业农村局_关于市政协十六届二次会议第31号提案的答复_2024-05-20_")


def test_the_same_letter_gives_the_same_reading() -> None:
    assert reading() == reading()


UNDER_A_HEADING = """丽水市交通运输局

关于市政协五届三次会议第12号提案的答复

季明远委员：

　　您提出的《关于加快山区公路建设的提案》（第12号）收悉，现答复如下：

　　一、重点项目情况
　　1.环湖公路改建工程。全长12公里，由浙江瓯溪路桥有限公司承建。
　　2.云溪大桥。由市交通投资集团有限公司（以下简称市交投集团）筹资、浙江瓯溪路桥有限公司承建。
"""


def test_a_heading_that_is_one_name_is_the_topic_of_its_part() -> None:
    found = reading(UNDER_A_HEADING)
    headings = {p.text.rstrip("。")[2:]: p.index for p in found.letter.passages}
    said = {
        (f.subject.key.split("_")[0], f.object.key, f.read_with)
        for f in found.facts
        if f.relation == "carriedOutBy" and isinstance(f.object, Ref)
    }
    assert said == {
        ("环湖公路改建工程", "浙江瓯溪路桥有限公司", (headings["环湖公路改建工程"],)),
        ("云溪大桥", "丽水市交通投资集团有限公司", (headings["云溪大桥"],)),
        ("云溪大桥", "浙江瓯溪路桥有限公司", (headings["云溪大桥"],)),
    }


def by_form(found: Reading) -> set[tuple[str, str]]:
    return {
        (f.relation, getattr(f.object, "key", "") or getattr(f.object, "value", ""))
        for f in found.facts
        if f.subject == found.ref
    }


def test_a_letter_without_a_number_has_the_relations_of_its_form() -> None:
    found = reading(LETTER.replace("成农提复〔2024〕7号\n", ""))
    assert found.ref.kind == "Letter"
    assert by_form(found) >= {
        ("issuedBy", "成都市农业农村局"),
        ("addressedTo", "罗明川_成都市政协"),
        ("repliesTo", "成都市政协十六届二次31号"),
        ("contact", "石文_成都市农业农村局"),
        ("issued", "2024-05-20"),
    }
    assert entity(found, "Letter", found.ref.key).name == "关于市政协十六届二次会议第31号提案的答复"


def test_a_letter_that_is_cut_at_its_head_is_called_as_its_file() -> None:
    found = reading(LETTER[LETTER.index("罗明川委员") :])
    assert entity(found, "Letter", found.ref.key).name == "a"
    assert ("addressedTo", "罗明川") in {(r, key.split("_")[0]) for r, key in by_form(found)}
