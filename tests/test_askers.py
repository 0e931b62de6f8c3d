"""Who made a proposal, in which part, and how they were talked with.  All letters are invented."""

from __future__ import annotations

import hashlib

import pytest

from kg.letter import read_letter
from kg.model import Document, Letter
from tests.sentences import REGISTRY

LETTER = """丽水市农业农村局

丽农提复〔2025〕10号

关于市政协五届三次会议第12号提案的答复

{called}

　　{opening}《关于做强茶产业的提案》（第12号）收悉，现答复如下：

　　一、工作情况

　　{said}

丽水市农业农村局
2025年5月20日
"""


def letter(called: str, opening: str, said: str = "我局开展工作。") -> Letter:
    text = LETTER.format(called=called, opening=opening, said=said)
    return read_letter(Document("a.txt", hashlib.sha256(text.encode()).hexdigest(), text), REGISTRY)


# The salutation, what stands before the title of the proposal: first proposer, co-signers, all who made it.
ASKERS = [
    ("季明远、孙敏、周华委员：", "季明远委员领衔提出的", "季明远", "孙敏、周华", "季明远、孙敏、周华"),
    ("季明远、孙敏、周华委员：", "由季明远委员领衔，孙敏委员联名提出的", "季明远", "孙敏", "季明远、孙敏、周华"),
    ("季明远委员：", "您领衔，孙敏、周华两位委员联名提出的", "季明远", "孙敏、周华", "季明远、孙敏、周华"),
    ("季明远委员：", "由陈小雨委员领衔，孙敏、周华委员联名提出的", "陈小雨", "孙敏、周华", "陈小雨、孙敏、周华"),
    ("季明远委员：", "季明远、孙敏等委员在市政协五届三次会议上联名提出的", "季明远", "孙敏", "季明远、孙敏"),
    ("季明远、孙敏委员：", "你们联名提出的", "季明远", "孙敏", "季明远、孙敏"),
    # Nothing says that who is named first comes first.
    ("季明远、孙敏委员：", "你们提出的", "", "", "季明远、孙敏"),
    ("孙敏、季明远委员：", "季明远、孙敏等委员联名提出的", "", "孙敏", "季明远、孙敏"),
    ("市政协提案委：", "季明远、孙敏等委员联名提出的", "", "孙敏", "季明远、孙敏"),
    ("季明远委员：", "您提出的", "", "", "季明远"),
    ("季明远委员：", "季明远等5位委员联名提出的", "", "", "季明远"),
]


@pytest.mark.parametrize(("called", "opening", "first", "others", "every"), ASKERS)
def test_who_made_a_proposal(called: str, opening: str, first: str, others: str, every: str) -> None:
    found = letter(called, opening)
    assert [{part.value for part in found.all(role)} for role in ("first_proposer", "cosigner", "proposer")] == [
        {name for name in names.split("、") if name} for names in (first, others, every)
    ]


# What is said, and the ways in which the letter says that it talked with those who made the proposal.
CONSULTED = {
    "我局高度重视，并于2025年4月12日与季明远委员进行了面商。": ["面商"],
    "我局通过电话与您进行了沟通。": ["电话"],
    "4月12日，我局负责人登门走访了您，并与您座谈。": ["登门走访", "座谈"],
    "以视频方式与季明远、孙敏等3位委员沟通。": ["视频"],
    "我局电话联系了季明远委员。": ["电话"],
    "我局当面向您作了汇报。": ["当面"],
    "我局与企业代表座谈。": [],
    "我局与茶农代表面谈，通过电话与茶企沟通。": [],
    "市农业农村局与市财政局沟通协商。": [],
    "我局与人大代表座谈交流。": [],
}


@pytest.mark.parametrize("said", CONSULTED)
def test_how_those_who_asked_were_talked_with(said: str) -> None:
    found = letter("季明远委员：", "您提出的", said)
    assert [part.value for part in found.all("visit")] == CONSULTED[said]
