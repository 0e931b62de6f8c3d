"""Names that hold a joint: 四川农业大学动物科学与技术学院, 潍坊泰和农机装备集团有限公司."""

from __future__ import annotations

from kg.extract.lexis import Found, HeadWord, Lexis
from kg.extract.reach import LONGEST

_INNER_JOINTS = ("和", "与", "及")
_FIELD_VERBS = ("培育", "保护", "开发", "利用", "改良", "应用", "修复", "规划", "建设", "改造", "运行", "推广")
_SHORTEST_FIELD = 4  # characters of a field of learning before the joint in a name: 海洋环境|与
_LONGEST_FIELD = 14  # characters between a body and the joint in the name of its institute
_COMPANIES = ("有限公司", "公司", "集团", "集团公司", "股份公司")
_LONGEST_BRACKET = 8
_A_PLACE = (2, 3)
_INNER = ("套", "国际", "中国", "全国", "铁路", "公路", "水运", "航空", "渤", "批次", "境")
_WITH_COUNTRY = 2  # characters before the first of two places: 中国|东兴—越南芒街
_BETWEEN = "—－-至"
_LONGEST_HOUSE = 2  # characters of a company's own word before its last one, 和: 潍坊|泰|和
_FIELDS = tuple(
    "材料 科学 工程 环境 生态 健康 能源 装备 制造 技术 物理 化学 生物 医学 信息 控制 加工 营养 安全 资源 遗传 育种 疾病 疫病 力学 "
    "电子 通信 机械 动力 地质 水利 土壤 气候 海洋 生理 免疫 仪器 矿产 植物 动物 作物 结构 工艺 系统 灾害 食品 药物 食药 林业 草业".split()
)


def over_a_joint(words: Lexis, start: int, head: HeadWord) -> int:
    """Go left over a joint inside the name of an institute of a body: 四川农业大学动物科学与|技术学院."""
    joint = start - 1
    if words.passage.text[joint:start] not in _INNER_JOINTS:
        return start
    if head.word in _COMPANIES and (first := _house(words, joint)) is not None:
        return first
    body = max(
        [(hit.stop, hit.start) for hit in words.hits if hit.kind in ("Agency", "Organisation") and hit.stop < joint]
        + [(h.stop, words.left_edge(h.start, LONGEST)) for h in words.heads if h.stop < joint and _institution(h)],
        default=(0, start),
    )
    text, edges = words.passage.text, words.edges_between(body[0], joint)
    near = (
        body[0] > 0
        and joint - body[0] <= _LONGEST_FIELD
        and all(text.endswith(_FIELD_VERBS, 0, edge) for edge in edges)
    )
    if near and words.last_head(joint) <= body[0]:
        return body[1]
    left = words.left_edge(joint - 1, _LONGEST_FIELD)
    field = text[joint] == "与" and joint - left >= _SHORTEST_FIELD and text.endswith(_FIELDS, 0, joint)
    return left if field and words.last_head(joint) <= left else start


def over_a_bracket(words: Lexis, start: int) -> int:
    """Go left over a word in brackets inside a name: 首台（套）|装备保险补偿试点, 川西（简阳）|农机研究院."""
    text = words.passage.text
    opened = text.rfind("（", max(0, start - _LONGEST_BRACKET), start) if text.startswith("）", start - 1) else -1
    if opened < 1 or not ("\u4e00" <= text[opened - 1] <= "\u9fff"):
        return start
    inner = text[opened + 1 : start - 1]
    place = any(hit.kind == "Place" and hit.start == opened + 1 and hit.stop == start - 1 for hit in words.hits)
    place = place or (len(inner) in _A_PLACE and any(h.kind == "Place" and h.stop == opened for h in words.hits))
    left = words.left_edge(opened, LONGEST)
    return left if (place or inner in _INNER) and left < opened else start


def over_a_range(words: Lexis, start: int) -> int:
    """Go left over the first of two places that a name names: 彭州—都江堰|旅游示范区, 成都至德阳|科创走廊."""
    sign = words.passage.text[start - 1 : start]
    places = [hit for hit in words.hits if hit.kind == "Place"] if sign in _BETWEEN and sign else []
    left = words.left_edge(start - 1, _LONGEST_FIELD)
    first = next((left for hit in places if hit.stop == start - 1 and hit.start - left <= _WITH_COUNTRY), start)
    return first if sign != "至" or any(hit.start == start for hit in places) else start


def _house(words: Lexis, joint: int) -> int | None:
    """Where the name of a company begins whose own word ends in 和: 由|潍坊泰和|农机装备集团有限公司."""
    place = next((h for h in words.hits if h.kind == "Place" and 1 <= joint - h.stop <= _LONGEST_HOUSE), None)
    if words.passage.text[joint] != "和" or place is None or not words.is_edge(place.start):
        return None
    return None if words.edges_between(place.start, joint - 1) else place.start


def _institution(found: Found) -> bool:
    return found.head is not None and found.head.word in ("大学", "科学院", "医院", "集团")
