"""Where a figure holds, or within what: the place, programme, platform or event that heads its clause or those before.

Not every name that stands somewhere before is one: not one of several in a row, not the platform that another is
reached by (接入“…”), none beyond a word that speaks of the whole place (全市), another document or another body; and a
programme is none of what is recognised by the state, which is counted for the place (认定高新技术企业……家).  In doubt
a figure has no scope.
"""

from __future__ import annotations

import re

from kg.extract.row import Row
from kg.model import Mention

SCOPES = frozenset(("Platform", "Programme", "Event", "Place"))
_BODIES = frozenset(("Agency", "Organisation"))
_CLAUSE = re.compile(r"[，。；：]")
_BEHIND = re.compile(r"[、和与及“]|等")
_SERIES_BEFORE = ("、", "和", "与", "及", "”")
_WHOLE = re.compile(r"全[市省县区州国域镇乡]|我[市省县区州]|各地|[省市县区]内外")
_RECOGNISED = re.compile(r"认定|评定|备案|获评|入选|上市|授牌|命名|覆盖率|占比|申报|推荐")
_SERVED = re.compile(r"惠及|服务|支持|覆盖|助|面向|吸引|带动|撮合|贷|补|奖|资")
_ASIDE = re.compile(r"(?:同时|并)?(?:结合|围绕|聚焦|按照|根据|依照|对照|针对|为了?)(?!期)")
_CARRIER = re.compile(
    r"(?:接入|入驻|上架|登[录陆]|联通|对接|获|获得|入选|列入|纳入|整合|嵌入|依托|通过|利用|借助|参加|参与|申[报办]|争取"
    r"|[由与和从到赴向自]|来自|高于|居)了?[“省市县区国家]{0,3}$"
)


def scope_of(row: Row, position: int, words: str, about: Mention | None) -> Mention | None:
    """The scope of the figure that begins at a place: `words` is its indicator, `about` what it counts."""
    named = row.last_before(position, SCOPES)
    if named is None or _RECOGNISED.search(words) or _broken(row, named, position):
        return None
    text = row.page.passage.text
    start = max(text.rfind(mark, 0, named.start) for mark in "，。；：") + 1
    before, same = text[start : named.start], _CLAUSE.search(text, named.stop, position) is None
    if _BEHIND.match(text, named.stop) or before.endswith(_SERIES_BEFORE):
        return None
    if _ASIDE.match(before):
        return None
    if named.kind == "Place":
        return named if same else None
    if named.kind == "Programme":
        classed = about is not None and about.kind == "Group" and _SERVED.search(words) is None
        return None if classed else named
    if not same and _CARRIER.search(before):
        reaching = row.last_before(named.start, SCOPES)
        return reaching if reaching is not None and reaching.start == start else None
    return named


def _broken(row: Row, named: Mention, position: int) -> bool:
    """Whether something between a name and a figure ends what the name heads."""
    text = row.page.passage.text
    if _WHOLE.search(text, named.stop, position) or "《" in text[named.stop : position]:
        return True
    body = row.last_before(position, _BODIES)
    return body is not None and body.start > named.stop and text[body.start - 1] in "，。；："
