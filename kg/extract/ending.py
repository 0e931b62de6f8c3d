"""Where a name ends that goes on behind its head noun: years, a branch in brackets, a stage, a seat."""

from __future__ import annotations

import re

from kg.extract.lexis import HeadWord, with_years

_NATIONAL = ("国家", "中国", "工业互联网")
_BRANCH = re.compile("（(?!以下|简称|含|原|共|占|如|试行|暂行|下称)[\u4e00-\u9fff]{2,8}）")
_FURTHER = {
    "Project": re.compile("(?:[一二三四五]期|（[一二三四五]期）)(?:工程|项目)?"),
    "Event": re.compile("[\u4e00-\u9fff]{2,5}(?:分?赛区|分会场|主会场|分论坛|专场(?!招聘))"),
}


def ending(text: str, start: int, stop: int, head: HeadWord) -> int:
    """Where a name ends: with its years, its branch, its stage (…污水处理厂|二期), its seat (…博览会|成都分会场)."""
    if head.rule.options.get("years") and (head.kind not in _FURTHER or with_years(text, stop) > stop):
        return with_years(text, stop)
    further = _FURTHER.get(head.kind)
    more = further.match(text, stop) if further else None
    return more.end() if more else _with_branch(text, start, stop)


def _with_branch(text: str, start: int, stop: int) -> int:
    """Where a national name ends that its seat or field follows in brackets: 中国地质大学|（北京）."""
    branch = _BRANCH.match(text, stop) if text.startswith(_NATIONAL, start) else None
    return branch.end() if branch else stop
