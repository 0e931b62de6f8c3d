"""Editions of a document: titles that differ in their years, or one of which takes the place of the other by a letter.

…三年行动计划（2018-2020年） and …三年行动计划（2021-2023年） are two plans, …办法（2018年修订） and …办法（2023年修订） two
documents.  Which of them the bare title means where both are named, nobody can tell: it is kept apart from either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kg.extract.form import Link
from kg.model import Mention

_WORDS = "试行|暂行|修订|修订版|修订稿|征求意见稿"
_TAIL = re.compile(rf"[（(](?P<tail>(?:19|20)\d\d[^（）()〔\[]*|{_WORDS})[）)]?[〉》]?(?:的(?:通知|公告|函))?》?$")
_COUNT = re.compile(r"(?P<tail>\d{1,3}) ?条[”》]?$")
_OTHER_SIDE = re.compile(rf"》[（(](?P<tail>{_WORDS})[）)]$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_IN_PLACE_OF = frozenset({"replaces", "revises"})


def apart(groups: Iterable[Sequence[Mention]], links: Iterable[Link]) -> Iterator[list[Mention]]:
    """Groups of mentions of one title, those with several editions divided."""
    pairs = [link for link in links if link.relation in _IN_PLACE_OF and isinstance(link.object, Mention)]
    for group in groups:
        editions = {edition(mention) for mention in group} if len(group) > 1 else {""}
        if _several(editions) or (len(editions) > 1 and any(_in(group, link) for link in pairs)):
            yield from ([m for m in group if edition(m) == one] for one in sorted(editions))
        else:
            yield [*group]


def _several(editions: Iterable[str]) -> bool:
    """Whether there are different years, or different numbers of articles; a short name may have a number besides."""
    told = [one for one in editions if one[:1].isdigit()]
    years = sum(len(one) >= len("2023") for one in told)
    return years > 1 or len(told) - years > 1


def _in(group: Sequence[Mention], link: Link) -> bool:
    """Whether a link says that one mention of a group takes the place of another one that has another edition."""
    one, other = link.subject, link.object
    return isinstance(other, Mention) and one in group and other in group and edition(one) != edition(other)


def edition(mention: Mention) -> str:
    """The years, the word or the number of articles behind a title that tell its edition; the empty string for none.

    >>> def titled(name: str) -> Mention:
    ...     return Mention(0, 0, len(name), "Policy", name, "policy.title")
    >>> [edition(titled(name)) for name in ("《甲办法（2018-2020年）》", "《甲办法》（试行）", "“甲新政30条”", "《甲办法》")]
    ['2018-2020', '试行', '30', '']
    """
    found = next(filter(None, (form.search(mention.surface) for form in (_OTHER_SIDE, _TAIL, _COUNT))), None)
    if found is None:
        return ""
    return "-".join(_YEAR.findall(found["tail"])) or found["tail"]
