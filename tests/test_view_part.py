"""Pages of a part of the graph: some letters, some kinds, the surroundings of one thing (two invented letters)."""

from __future__ import annotations

import pytest

from kg import ontology
from kg.errors import UsageError
from kg.query.kinds import kinds_named
from kg.view import page
from kg.view.gather import Content, gather
from kg.view.part import WHOLE, Part, part_of
from tests.browser.stores import replies_store
from tests.test_view import data_of, loaded

FIRST, SECOND = "letter/蓉农函〔2023〕41号", "letter/蓉农函〔2024〕18号"


@pytest.fixture(scope="module")
def content() -> Content:
    return gather(loaded(), ontology.load())


def names(content: Content) -> set[str]:
    return {thing.name for thing in content.things}


def said(content: Content) -> set[tuple[str, str, str]]:
    """The facts by names."""
    name = [thing.name for thing in content.things]
    return {
        (name[s.subject], s.relation, name[s.object] if isinstance(s.object, int) else s.object)
        for s in content.statements
    }


def test_all_of_it_is_the_same(content: Content) -> None:
    assert part_of(content, WHOLE) is content


def test_one_letter_has_all_its_sentences_and_no_others(content: Content) -> None:
    part = part_of(content, Part(letters=frozenset({SECOND})))
    assert [sentence.text for sentence in part.sentences] == [s.text for s in content.sentences[4:]]
    assert names(part) == {"蓉农函〔2024〕18号", "成都市农业农村局", "“沃野千里”行动", "锦田实验室", "第三届种业大会"}
    assert part.figures == ()
    assert ("“沃野千里”行动", "supports", "家庭农场") not in said(part)
    assert ("锦田实验室", "partOf", "“沃野千里”行动") in said(part)


def test_numbers_fit_together(content: Content) -> None:
    part = part_of(content, Part(letters=frozenset({FIRST})))
    name = [thing.name for thing in part.things]
    assert {name[sentence.document] for sentence in part.sentences} == {"蓉农函〔2023〕41号"}
    programme = name.index("“沃野千里”行动")
    assert [part.sentences[number].section for number in part.mentions[programme]] == ["report", "plan"]
    assert all("沃野千里" in part.sentences[number].text.replace(" ", "") for number in part.mentions[programme])
    assert [name[figure.about] for figure in part.figures] == ["家庭农场", "家庭农场", "“沃野千里”行动"]
    assert part.years[name.index("蓉农函〔2023〕41号")] == 2023
    assert part.sentences[2].read_with == (0,)


def test_a_part_has_the_requests_of_its_letters() -> None:
    content = gather(replies_store(), ontology.load())
    part = part_of(content, Part(letters=frozenset({"letter/洛市监提函〔2025〕8号"})))
    (request,) = part.requests
    assert (request.text, part.things[request.document].name) == ("减免摊位租金", "洛市监提函〔2025〕8号")
    assert part.things[request.proposal].name == "关于扶持传统手工艺的提案"
    assert {part.sentences[n].text for n in (*request.sentences, request.answers[0][0])} == {
        "关于您提出的减免摊位租金的建议，我局将会同市文物局继续研究。"
    }


def test_a_request_whose_answers_are_not_in_the_part_is_not_without_an_answer() -> None:
    content = gather(replies_store(), ontology.load())
    part = part_of(content, Part(kinds=frozenset({"Letter", "Proposal"})))
    answered = {request.text for request in content.requests if request.answers}
    assert {request.text for request in part.requests if not request.answers}.isdisjoint(answered)


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        (0, {"锦田实验室"}),
        (1, {"锦田实验室", "“沃野千里”行动", "成都市农业农村局"}),
    ],
)
def test_the_surroundings_of_a_thing(content: Content, steps: int, expected: set[str]) -> None:
    part = part_of(content, Part(focus="platform/锦田实验室_成都市", steps=steps))
    documents = {part.things[number].name for number in part.documents()}
    assert names(part) - documents == expected
    assert "蓉农函〔2024〕18号" in documents


def test_a_thing_without_facts_is_shown_with_its_letter(content: Content) -> None:
    part = part_of(content, Part(focus="event/种业大会"))
    assert names(part) == {"第三届种业大会", "蓉农函〔2024〕18号"}
    assert part.sentences[-1].text == "将举办第三届种业大会。"
    assert said(part) == {("蓉农函〔2024〕18号", "issued", "2024-05-06")}


def test_kinds(content: Content) -> None:
    part = part_of(content, Part(kinds=frozenset({"Programme", "Group"})))
    assert {thing.kind for thing in part.things} == {"Programme", "Group", "Letter"}
    assert {fact for fact in said(part) if fact[1] not in ("issued", "documentNumber")} == {
        ("“沃野千里”行动", "supports", "家庭农场")
    }


def test_parts_narrow_each_other_down(content: Content) -> None:
    part = part_of(content, Part(kinds=frozenset({"Programme"}), letters=frozenset({FIRST})))
    assert names(part) == {"“沃野千里”行动", "蓉农函〔2023〕41号"}


def test_a_focus_outside_the_letters_is_told(content: Content) -> None:
    with pytest.raises(UsageError, match="is not in this part of the graph"):
        part_of(content, Part(focus="event/种业大会", letters=frozenset({FIRST})))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Platform", {"Platform"}),
        ("platform", {"Platform"}),
        ("平台", {"Platform"}),
        ("Body", {"Agency", "Organisation"}),
        ("Document", {"Document", "Letter", "Proposal", "Policy"}),
    ],
)
def test_kinds_by_name(name: str, expected: set[str]) -> None:
    assert kinds_named(ontology.load(), name) >= expected - {"Document"}
    assert kinds_named(ontology.load(), name) <= expected


@pytest.mark.parametrize("name", ["Platfrom", "Measure", "", "桌子"])
def test_unknown_kinds(name: str) -> None:
    with pytest.raises(UsageError, match="there is no kind"):
        kinds_named(ontology.load(), name)


@pytest.mark.parametrize("part", [Part(focus="event/种业大会"), Part(kinds=frozenset(["Platform"]))], ids=str)
def test_letters_keep_number_and_date_in_a_part(content: Content, part: Part) -> None:
    """Also where the sentences that say them are not in it."""
    cited = {content.things[number].iri: said for number, said in content.citations.items()}
    assert set(cited) == {FIRST, SECOND} and ("", "2024-05-06") in cited.values()
    data = data_of(page(loaded(), part=part))
    rows = {data["things"]["rows"][row[0]][3]: tuple(row[2:4]) for row in data["letters"]["rows"]}
    assert rows and rows == {iri: cited[iri] for iri in rows}
    assert SECOND in rows


def test_the_thing_that_a_page_is_made_for_is_chosen_when_it_opens() -> None:
    for steps in (1, 5):
        data = data_of(page(loaded(), part=Part(focus="group/家庭农场", steps=steps)))
        assert data["things"]["rows"][data["start"]["on"]][1] == "家庭农场"
    assert "on" not in data_of(page(loaded()))["start"]
