"""What was asked, what was answered: in the panel of a letter and of a proposal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.stores import replies_store, reply_store
from tests.browser.test_accessible import violations
from tests.browser.test_reading import read

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.browser.conftest import Open, Opener

FIRST, SECOND = "洛文物提函〔2025〕31号", "洛市监提函〔2025〕8号"
PROPOSAL = "关于扶持传统手工艺的提案"


@pytest.fixture
def asked(show: Opener) -> Open:
    """The page of two replies to one proposal."""
    return show(replies_store())


def requests(opened: Open) -> dict[str, Locator]:
    """The requests that the panel shows, by their words."""
    items = opened.page.locator("#panel .requests > ol > li, #panel ol.requests > li").all()
    return {item.locator(".asked").evaluate("(p) => p.firstChild.textContent"): item for item in items}


def test_a_letter_shows_each_request_with_its_answers(asked: Open) -> None:
    read(asked, FIRST)
    part = asked.page.locator("#panel section.requests")
    assert part.locator("h3").inner_text().split() == ["建议与答复", "4"]
    found = requests(asked)
    assert list(found) == ["建立工坊名录", "开设夜间集市", "减免摊位租金", "设立手工艺学院"]
    market = found["开设夜间集市"].locator(".answer")
    assert market.locator(".standing").all_inner_texts() == ["在办", "拟办"]
    assert market.locator(".said").inner_text() == "市商务局正在论证，拟于2026年开设2处。"
    assert found["减免摊位租金"].locator(".standing").all_inner_texts() == ["不办"]
    assert found["设立手工艺学院"].locator(".unanswered").inner_text() == "未见明确回应"
    assert found["设立手工艺学院"].locator(".answer").count() == 0


def test_the_number_of_a_request_opens_the_sentence_that_repeats_it(asked: Open) -> None:
    read(asked, FIRST)
    item = requests(asked)["设立手工艺学院"]
    item.locator(".cite").click()
    assert item.locator(".quote .said").inner_text().startswith("您提出的建立工坊名录、开设夜间集市")
    assert item.locator(".quote mark").all_inner_texts() == ["设立手工艺学院"]


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_an_answer_goes_to_its_sentence_in_the_letter(asked: Open, by: str) -> None:
    read(asked, FIRST)
    answer = requests(asked)["减免摊位租金"].locator(".answer")
    if by == "mouse":
        answer.click()
    else:
        answer.focus()
        asked.page.keyboard.press("Enter")
    reached = asked.page.locator("#panel .letter-text .passage.reached")
    assert reached.inner_text() == "摊位产权归企业所有，目前没有相关政策规定，暂不具备条件。"
    assert reached.evaluate("(passage) => document.activeElement === passage")
    assert reached.evaluate(
        "(passage) => { const [here, around] = [passage, document.getElementById('panel')].map((e) => e.getBoundingClientRect());"
        " return here.top >= around.top && here.bottom <= around.bottom; }"
    ), "it is in view"
    requests(asked)["开设夜间集市"].locator(".answer").click()
    assert reached.count() == 1, "one at a time"


def test_replies_meet_at_the_proposal_and_an_answer_leads_into_its_letter(asked: Open) -> None:
    read(asked, PROPOSAL)
    items = asked.page.locator("#panel ol.requests > li")
    letters = [item.locator(".of .link").inner_text() for item in items.all()]
    assert sorted(set(letters)) == [SECOND, FIRST] and len(letters) == 5
    items.nth(letters.index(SECOND)).locator(".answer").click()
    assert asked.page.locator("#panel h2").inner_text() == SECOND
    reached = asked.page.locator("#panel .passage.reached")
    assert reached.inner_text().startswith("关于您提出的减免摊位租金的建议")
    assert reached.evaluate("(passage) => document.activeElement === passage")


def test_in_english(show: Opener) -> None:
    opened = show(replies_store(), locale="en-US")
    read(opened, FIRST)
    assert (
        opened.page.locator("#panel section.requests h3").inner_text().startswith("What was asked, what was answered")
    )
    assert requests(opened)["开设夜间集市"].locator(".standing").all_inner_texts() == ["ongoing", "promised"]
    assert requests(opened)["减免摊位租金"].locator(".standing").all_inner_texts() == ["declined"]
    assert requests(opened)["设立手工艺学院"].locator(".unanswered").inner_text() == "No certain answer"


def test_what_filters_hide_is_not_said_to_be_missing(asked: Open) -> None:
    asked.page.evaluate("() => { location.hash = '#section=form'; }")
    asked.page.locator("#chips button").first.wait_for()
    read(asked, FIRST)
    assert requests(asked) == {}, "nothing of them stands in the form of the letter"
    asked.page.locator("#panel .left-out button").click()
    assert len(requests(asked)) == 4
    assert requests(asked)["建立工坊名录"].locator(".answer").count() > 0


def test_answers_that_filters_hide_are_said_to_be_hidden(show: Opener) -> None:
    body = "您提出的改造路灯、开通定制公交等建议很好。\n\n一、下一步打算\n\n一是更换路灯。二是加强执法。"
    opened = show(reply_store(body))
    opened.page.evaluate("() => { location.hash = '#section=report'; }")
    opened.page.locator("#chips button").first.wait_for()
    read(opened, "洛交提函〔2025〕9号")
    found = requests(opened)
    assert found["改造路灯"].locator(".unanswered").inner_text() == "回应被筛选条件隐藏"
    assert found["开通定制公交"].locator(".unanswered").inner_text() == "未见明确回应"


def test_many_answers_come_in_parts(show: Opener) -> None:
    said = "".join(f"第{number}中学已建成食堂。" for number in "一二三四五六七八九")
    opened = show(reply_store(f"一、关于建设学校食堂的建议\n\n{said}"))
    read(opened, "洛交提函〔2025〕9号")
    (item,) = requests(opened).values()
    assert item.locator(".answer").count() == 5
    more = item.locator(".more")
    assert more.inner_text() == "显示更多（还有 4 句）"
    more.click()
    assert item.locator(".answer").count() == 9 and more.count() == 0
    assert opened.page.evaluate("() => document.activeElement.innerText").endswith("第六中学已建成食堂。"), (
        "the focus goes on"
    )


def test_a_thing_that_no_letter_asks_for_has_no_such_part(asked: Open) -> None:
    read(asked, "洛阳市文物局")
    assert asked.page.locator("#panel section.requests").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", [FIRST, PROPOSAL])
def test_axe_finds_nothing(show: Opener, name: str, scheme: str) -> None:
    opened = show(replies_store(), color_scheme=scheme, bypass_csp=True)
    read(opened, name)
    requests(opened)["建立工坊名录"].locator(".cite").first.click()
    if name == FIRST:
        requests(opened)["开设夜间集市"].locator(".answer").click()
    opened.settle()
    assert violations(opened) == []
