"""Agencies with their place or level: 市科技局, 龙泉驿区农业农村局, 省委编办, 自然资源部国土空间规划局.

The registry knows the kinds of bodies; the place or the level printed before makes one of them a definite agency.
What the registry does not know is found by its ending, when a place or a level stands before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.candidate import Candidate, candidate
from kg.extract.lexis import Lexis
from kg.extract.pattern import compiled
from kg.extract.scene import Scene
from kg.model import quick
from kg.ontology import Ontology
from kg.registry import Hit, Place, Registry

RANK = 10
WHOLE = 8  # the place inside makes it sure: 人民银行漳州市分行
ENDING = 22  # found by its ending only
CENTRAL = 21  # gives way to a national name that the registry finds whole (国家医疗保障局)
SHARED = "agency.shared"
_OWN = re.compile("[我本](?:局|委|部|厅|署)")
_DEPARTMENT = ("司", "处", "科", "室", "股")
_CHARGES = ("规划", "建设", "保护", "宣传", "组织", "开发", "运行", "指导", "协调", "认定", "注册", "推广", "促进")
"""What departments have in charge, verbs otherwise: 规划发展处, 城市建设处."""
_BESIDE = ("与", "同", "合", "由", "经", "商", "、", "和", "从", "向", "，", "。", "")
_NOT_OWN = ("长", "等部门", "系统", "门", "面", "限", "部", "机关", "级")
_DIVISION = ("县", "市", "区", "旗")
_AND = ("、", "和", "及", "与")
_LEVELS = ("自治区", "自治州", "省", "市", "区", "县", "州", "旗", "盟")


@quick
@dataclass(frozen=True, slots=True)
class _Seat:
    """Where a body is: where its name begins, the places or the level word that it begins with."""

    start: int
    places: Sequence[Place] = ()
    level: str = ""


def find(words: Lexis, scene: Scene, ontology: Ontology, registry: Registry) -> Iterator[Candidate]:
    """The agencies of one passage; in a series (市发改局、科技局) the first one's level holds for all."""
    text = words.passage.text
    previous, end = _Seat(-9), -9
    for hit in words.bureaus:
        seat = _inside(text, hit, registry) or _prefix(words, hit.start, registry, ontology)
        if seat.start == hit.start and not seat.places and text[end : hit.start] in _AND:
            seat = _Seat(hit.start, previous.places, previous.level)
        if not seat.places and not seat.level:
            yield from _central(words, hit, scene, registry)
            continue
        whole = names_of(text[hit.start : hit.stop], hit.name, seat, scene, registry)
        kind = registry.kind_of_row(hit.row) or "Agency"
        if kind != "Agency" and compiled(ontology.pieces["institute_of"]).match(text, hit.stop):
            continue
        stop, unit = _sub_unit(words, hit.stop, ontology)
        if unit:
            yield candidate(words.passage, seat.start, hit.stop, kind, "agency.bureau", RANK + 5, whole)
            yield from _more_units(words, stop, whole[0], ontology)
        names = tuple(name + unit for name in whole)
        rank = WHOLE if seat.start == hit.start and hit.place else RANK
        yield candidate(words.passage, seat.start, stop, kind, "agency.bureau", rank, names)
        yield from _sharing(words, seat, hit, kind, registry)
        previous, end = seat, stop
    yield from _by_ending(words, scene, ontology, registry)


def _inside(text: str, hit: Hit, registry: Registry) -> _Seat | None:
    """The place or level word that stands inside a name: 民建漳州市委会, 团市委."""
    place = registry.place_of(hit.place) if hit.place else None
    if place is not None:
        return _Seat(hit.start, registry.chain(place))
    surface = text[hit.start : hit.stop]
    if registry.bureau_row(surface) is not None:
        return None
    level = next((level for level in _LEVELS if level in surface), "")
    return _Seat(hit.start, (), level) if level else None


def _sharing(words: Lexis, seat: _Seat, hit: Hit, kind: str, registry: Registry) -> Iterator[Candidate]:
    """The places before a body that have one of the kind too: 吉林省、辽宁省水利厅 are two bodies."""
    if not seat.places or seat.start == hit.start:
        return
    start = seat.start
    for place_hit in reversed([place for place in words.hits if place.kind == "Place"]):
        if place_hit.stop == start - 1 and words.passage.text[place_hit.stop] in _AND:
            place = registry.place_of(place_hit.row)
            if place is None or place.level != seat.places[-1].level:
                return
            names = registry.compose(place, words.passage.text[hit.start : hit.stop])
            yield candidate(words.passage, place_hit.start, place_hit.stop, kind, SHARED, RANK, names)
            start = place_hit.start


def _by_ending(words: Lexis, scene: Scene, ontology: Ontology, registry: Registry) -> Iterator[Candidate]:
    """Bodies that the registry does not know, by their ending, right behind a place: 福建省河湖治理局."""
    known = {hit.start for hit in words.bureaus}
    for position in sorted({hit.stop for hit in words.hits if hit.kind == "Place"} - known):
        match = compiled(ontology.pieces["body_ending"]).match(words.passage.text, position)
        if match is None or words.edge_between(position, match.end() - 1):
            continue
        seat = _prefix(words, position, registry, ontology)
        if seat.places:
            names = names_of(match.group(), "", seat, scene, registry)
            yield candidate(words.passage, seat.start, match.end(), "Agency", "agency.ending", ENDING, names)


def _central(words: Lexis, hit: Hit, scene: Scene, registry: Registry) -> Iterator[Candidate]:
    """In a letter of a national body a kind of body without place is the national one: 发展改革委."""
    if scene.issuer and not scene.places:
        row = registry.known_row(f"国家{hit.name}", "Agency")
        if row is not None:
            yield candidate(words.passage, hit.start, hit.stop, "Agency", "agency.central", CENTRAL, (row.name,))
    elif scene.places and _may_be_bare(words, hit):
        text = words.passage.text[hit.start : hit.stop]
        seat = _Seat(hit.start, scene.places[:1] if text.endswith("厅") else scene.places)
        names = names_of(text, hit.name, seat, scene, registry)
        yield candidate(words.passage, hit.start, hit.stop, "Agency", "agency.bare", ENDING, (text, *names))


def _may_be_bare(words: Lexis, hit: Hit) -> bool:
    """Whether a department without place or level is that of the issuer's own place: 会同财政厅、教育厅."""
    text = words.passage.text
    before = text[max(0, hit.start - 1) : hit.start]
    return (
        hit.stop - hit.start > 2
        and text[hit.stop - 1] in "厅局"
        and before in _BESIDE
        and (before not in "、和" or text[max(0, hit.start - 2)] in "厅局委办院")
        and not text.startswith(_NOT_OWN, hit.stop)
    )


def national_units(words: Lexis, scene: Scene, ontology: Ontology) -> Iterator[Candidate]:
    """Departments named right after a national body or the issuer: 自然资源部国土空间规划局, 我部水运局."""
    for hit in words.hits:
        if hit.kind == "Agency":
            stop, unit = _sub_unit(words, hit.stop, ontology, "national_unit")
            if unit:
                yield candidate(words.passage, hit.start, stop, "Agency", "agency.unit", RANK, (hit.name + unit,))
                yield from _more_units(words, stop, hit.name, ontology)
    text = words.passage.text
    for own in _OWN.finditer(text) if "我" in text or "本" in text else ():
        piece = "sub_unit" if scene.places else "national_unit"
        stop, unit = _sub_unit(words, own.end(), ontology, piece)
        edges = words.edges_between(own.end(), stop - 1) if unit else ()
        if unit and ({"和", "与"} & {*unit} or all(words.passage.text.endswith(_CHARGES, 0, edge) for edge in edges)):
            yield _unit(words, own.end(), stop, scene.issuer)
            yield from _more_units(words, stop, scene.issuer, ontology)


def _unit(words: Lexis, start: int, stop: int, owner: str) -> Candidate:
    unit = words.passage.text[start:stop]
    return candidate(words.passage, start, stop, "Agency", "agency.unit", RANK, (owner + unit,) if owner else ())


def _more_units(words: Lexis, position: int, owner: str, ontology: Ontology) -> Iterator[Candidate]:
    """Further departments of one body: 农业农村部种业管理司、畜牧兽医局."""
    while words.passage.text.startswith(_AND, position):
        stop, unit = _sub_unit(words, position + 1, ontology)
        if unit[-1:] not in _DEPARTMENT or any(position < hit.start < stop for hit in words.bureaus):
            return
        yield _unit(words, position + 1, stop, owner)
        position = stop


def _prefix(words: Lexis, position: int, registry: Registry, ontology: Ontology) -> _Seat:
    """Go left from a kind of body over places or one level word."""
    text = words.passage.text
    start = position
    for hit in reversed([hit for hit in words.hits if hit.kind == "Place"]):
        if hit.stop == start:
            start = hit.start
    if start < position:
        deepest = _resolve(words, start, position, registry)
        return _Seat(start, registry.chain(deepest)) if deepest else _Seat(start, (), text[start:position])
    for level in _LEVELS:
        if text.endswith(level, 0, position):
            if text.endswith(("我" + level, "本" + level), 0, position):
                return _Seat(position - len(level) - 1, (), level)
            if _may_begin(words, position - len(level), ontology) and not text.endswith(
                ("全" + level, "各" + level, "等" + level), 0, position
            ):
                return _Seat(position - len(level), (), level)
    return _brief(words, position, registry, ontology) or _Seat(position)


def _brief(words: Lexis, position: int, registry: Registry, ontology: Ontology) -> _Seat | None:
    """A division whose name is too common to be looked for everywhere (新县, 范县), right before a body."""
    for start in (position - 2, position - 3):
        name = words.passage.text[max(start, 0) : position]
        if start >= 0 and name[-1:] in _DIVISION and _may_begin(words, start, ontology):
            place = registry.place(name)
            if place is not None:
                return _Seat(start, registry.chain(place))
    return None


def _may_begin(words: Lexis, position: int, ontology: Ontology) -> bool:
    """Whether a level word may stand at a place: at an edge, or after 单位, 机构, 商 (to consult) and the like."""
    return words.is_edge(position) or words.passage.text.endswith(ontology.words["before_level"], 0, max(position, 0))


def _resolve(words: Lexis, start: int, stop: int, registry: Registry) -> Place | None:
    deepest: Place | None = None
    for hit in words.hits:
        if hit.kind == "Place" and start <= hit.start and hit.stop <= stop:
            deepest = registry.place(words.passage.text[hit.start : hit.stop], within=deepest) or deepest
    return deepest


def names_of(printed: str, bureau: str, seat: _Seat, scene: Scene, registry: Registry) -> tuple[str, ...]:
    """All names of a kind of body at a place or level, the official full name first."""
    place = seat.places[-1] if seat.places else scene.place_of(seat.level)
    inside = bool(bureau) and registry.bureau_row(printed) is None
    if place is None:
        return (printed,) if inside else (seat.level + printed,)
    if inside:
        return registry.compose(place, bureau)[0], printed
    level = (seat.level + printed,) if seat.level else ()
    return (registry.compose(place, printed)[0], place.name + printed, *level)


def _sub_unit(words: Lexis, position: int, ontology: Ontology, piece: str = "sub_unit") -> tuple[int, str]:
    """A department named right after its body: 办公室, 国土空间规划局, 基础教育科."""
    match = compiled(ontology.pieces[piece]).match(words.passage.text, position)
    if match is None or (match["centre"] and words.edge_between(position, position + 2)):
        return position, ""
    return match.end(), match.group()
