"""An invented letter and what it says, made by hand: what the graph, the store and the exports are tested with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256

from kg.model import (
    Document,
    Dropped,
    Entity,
    Fact,
    Letter,
    Literal,
    Measure,
    Mention,
    Part,
    Passage,
    Reading,
    Ref,
    Span,
    Status,
)
from kg.text import clean

AGENCY = Ref("Agency", "成都市农业农村局")
PROPOSAL = Ref("Proposal", "成都市政协十六届二次17号")
PERSON = Ref("Person", "何小麦_成都市政协")
CONTACT = Ref("Person", "马大豆_成都市农业农村局")
PROGRAMME = Ref("Programme", "百村千社_成都市")
POLICY = Ref("Policy", "成都市种业振兴行动方案(2023-2025年)")
GROUP = Ref("Group", "家庭农场")
PLACE = Ref("Place", "成都市")

NUMBER = "蓉农函〔2023〕17号"
LINES = (
    "成都市农业农村局",
    NUMBER,
    "何小麦委员：",
    "2022年新认定家庭农场1.2万家，实施“百村千社”计划。",
    "下一步印发《成都市种业振兴行动方案（2023-2025年）》，每家奖励50.5万元。",
    "联系人：马大豆，电话：028-61880000，手机：139 8001 2345",
    "成都市农业农村局",
    "2023年6月26日",
)
# The number of each line as a passage.
ISSUER, NUMBERED, SALUTATION, REPORT, PLAN, CONTACTS, SIGNATURE, DATE = range(8)


def passages(text: str) -> tuple[Passage, ...]:
    """One passage for each line."""
    found, start = [], 0
    for index, line in enumerate(text.split("\n")):
        section = "report" if index == REPORT else "plan" if index == PLAN else "form"
        heading = "一、主要工作" if index == REPORT else ""
        span = Span(start, start + len(line))
        found.append(Passage(index, span, *clean(text, span.start, span.stop), section, heading))  # type: ignore[arg-type]
        start += len(line) + 1
    return tuple(found)


def mention(lines: Sequence[str], passage: int, surface: str, ref: Ref) -> tuple[Mention, Ref]:
    start = lines[passage].index(surface)
    return Mention(passage, start, start + len(surface), ref.kind, surface, "test"), ref


def reading(name: str = "chengdu.txt", number: str = NUMBER, lines: tuple[str, ...] = LINES, note: str = "") -> Reading:
    """The reading; another number makes another letter that names the same things, `note` other bytes."""
    lines = tuple(number if index == NUMBERED else line for index, line in enumerate(lines))
    text = "\n".join(lines)
    document = Document(name, sha256((text + note).encode("utf-8", "surrogatepass")).hexdigest(), text)
    own = Ref("Letter", number)
    parts = (Part("issuer", ISSUER, 0, 8, AGENCY.key), Part("number", NUMBERED, 0, len(number), number))
    letter = Letter(document, "Letter", parts, passages(text))
    return Reading(letter, own, _entities(own), _mentions(lines), _facts(own), _measures(), _statuses(), _dropped())


def _entities(own: Ref) -> tuple[Entity, ...]:
    names: Mapping[Ref, tuple[str, tuple[str, ...]]] = {
        own: (own.key, ("关于发展家庭农场的答复函",)),
        AGENCY: (AGENCY.key, ("我局", "市农业农村局")),
        PROPOSAL: ("关于发展家庭农场的提案", ("政协提案17号",)),
        PERSON: ("何小麦", ()),
        CONTACT: ("马大豆", ()),
        PROGRAMME: ("百村千社", ("“百村千社”计划",)),
        POLICY: (POLICY.key, ("成都市种业振兴行动方案（2023-2025年）",)),
        GROUP: (GROUP.key, ()),
        PLACE: (PLACE.key, ()),
    }
    return tuple(Entity(ref, *given) for ref, given in names.items())


def _mentions(lines: Sequence[str]) -> tuple[tuple[Mention, Ref], ...]:
    return (
        mention(lines, ISSUER, "成都市农业农村局", AGENCY),
        mention(lines, SALUTATION, "何小麦", PERSON),
        mention(lines, REPORT, "家庭农场", GROUP),
        mention(lines, REPORT, "“百村千社”计划", PROGRAMME),
        mention(lines, PLAN, "《成都市种业振兴行动方案（2023-2025年）》", POLICY),
        mention(lines, CONTACTS, "马大豆", CONTACT),
        mention(lines, SIGNATURE, "成都市农业农村局", AGENCY),
    )


def _facts(own: Ref) -> tuple[Fact, ...]:
    return (
        Fact(own, "issuedBy", AGENCY, ISSUER),
        Fact(own, "issuedBy", AGENCY, SIGNATURE),
        Fact(own, "documentNumber", Literal(own.key), NUMBERED),
        Fact(own, "issued", Literal("2023-06-26", "date"), DATE),
        Fact(own, "addressedTo", PERSON, SALUTATION),
        Fact(own, "repliesTo", PROPOSAL, SALUTATION),
        Fact(own, "contact", CONTACT, CONTACTS),
        Fact(own, "telephone", Literal("028-61880000"), CONTACTS),
        Fact(own, "telephone", Literal("139 8001 2345"), CONTACTS),
        Fact(PROGRAMME, "carriedOutBy", AGENCY, REPORT, (ISSUER,)),
        Fact(PROGRAMME, "supports", GROUP, REPORT),
        Fact(POLICY, "validFrom", Literal("2023", "gYear"), PLAN),
        Fact(POLICY, "validUntil", Literal("2025", "gYear"), PLAN),
    )


def _measures() -> tuple[Measure, ...]:
    figure = LINES[REPORT].index("1.2万")
    money = LINES[PLAN].index("50.5万")
    return (
        Measure(
            "Result",
            "新认定家庭农场",
            Decimal(12000),
            "家",
            "=",
            "2022",
            "New",
            REPORT,
            figure,
            figure + 4,
            GROUP,
            PLACE,
        ),
        Measure(
            "Incentive", "奖励", Decimal(505000), "元", "=", "", "Amount", PLAN, money, money + 5, beneficiary=GROUP
        ),
        Measure(
            "Incentive", "补助", Decimal("0.50"), "%", "<=", "2023/2025", "Share", PLAN, money, money + 5, number=2
        ),
    )


def _statuses() -> tuple[Status, ...]:
    return Status(PROGRAMME, "ongoing", REPORT), Status(POLICY, "planned", PLAN)


def _dropped() -> tuple[Dropped, ...]:
    return (
        Dropped(CONTACTS, 0, 3, "联系人", "head", "names nobody"),
        Dropped(PLAN, 0, 3, "下一步", "quoted", "no name"),
    )


def without_programme(given: Reading) -> Reading:
    """The reading without what it says of the programme."""
    facts = tuple(fact for fact in given.facts if fact.subject != PROGRAMME)
    return replace(
        given,
        facts=facts,
        entities=tuple(entity for entity in given.entities if entity.ref != PROGRAMME),
        mentions=tuple(pair for pair in given.mentions if pair[1] != PROGRAMME),
        statuses=given.statuses[1:],
    )
