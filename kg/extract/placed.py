"""Whether a name says where a thing is: by a place of the registry, or by the noun of one (…河, …镇, …水库)."""

from __future__ import annotations

import re

from kg.extract.lexis import Lexis

ALL_OF = ("全省", "全市", "全县", "全区", "全州")
_FARTHEST_PLACE = 4
_OF_THE_STATE = re.compile("(?<!保障)国家(?!级)")
PLACE = re.compile(
    r"(?<!重点)(?<!重要)(?<=[\u4e00-\u9fff]{2})流域|湾区|都市圈|城市群"
    r"|[\u4e00-\u9fff](?:江|河(?![道湖流长])|(?<!河)湖(?!草|泊|库|长)|岛|港|(?<!城)镇(?!化)|渠|溪|大道|大桥"
    r"|水库|铁路|高速|灌区|水源地|机场|港区|车站|大街|[一二三四五]期"
    r"|医院|(?<![大中])[中小]学(?!生)|学校|大学(?!生)"
    r"|陵园|公园|景区|小区|新村|旧址|故居|遗址|古城|古镇|古寨|码头|泵站|水闸|大厦|广场|(?:处理|水|电)厂)"
    r"|(?<![公道铁电网链思])路(?!面)|[A-Z]\d{2,4}|\d线"
)
REGION = re.compile(
    r"[苏浙皖赣鲁豫鄂湘粤桂琼川黔滇陕甘青宁藏蒙冀晋辽吉黑闽渝][东南西北中]|(?:西|东|中)部|东北|西北|西南|华[东南北中]"
    r"|[\u4e00-\u9fff]{1,3}(?:(?<![城乡村市])镇|(?<![城下镇])乡|街道)(?![化级医卫建旅治居民振街道村])"
)


def anchored(words: Lexis, start: int, stop: int) -> bool:
    """Whether the stem of a name begins with a place, a level or a body, or ends as a branch does (…实验室成都|基地)."""
    text, near = words.passage.text, min(start + _FARTHEST_PLACE, stop)
    if _OF_THE_STATE.search(text, start, stop) or PLACE.search(text, start, near):
        return True
    if REGION.match(text, start) or text.endswith(ALL_OF, 0, start):
        return True
    if any(h.kind == "Place" and h.stop == stop and words.last_head(h.start) == h.start > start for h in words.hits):
        return True
    named = ("Place", "Agency", "Organisation")
    return any(start <= hit.start <= start + _FARTHEST_PLACE for hit in words.hits if hit.kind in named)


def placed(words: Lexis, start: int, stop: int) -> bool:
    """Whether a place is named in a stem: one of the registry, or by its noun."""
    return PLACE.search(words.passage.text, start, stop) is not None or any(
        start <= hit.start < hit.stop <= stop for hit in words.hits if hit.kind == "Place"
    )
