"""Agencies with their place or level: 市科技局, 龙泉驿区农业农村局, 省委编办, 自然资源部国土空间规划局.

The registry knows the kinds of bodies; the place or the level printed before makes one of them a definite agency.
What the registry does not know is found by its ending, when a place or a level stands before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract.candidate import Candidate, candidate
from kg.extract.lexis import Lexis
from kg.extract.pattern import compiled
from kg.extract.scene import Scene
from kg.ontology import Ontology
from kg.registry import Hit, Place, Registry

RANK = 10
CENTRAL = 21  # gives way to a national name that the registry finds whole (国家医疗保障局)


def find(words: Lexis, scene: Scene, ontology: Ontology, registry: Registry) -> Iterator[Candidate]:
    """The agencies of one passage; in a series (市发改局、科技局) the first one's level holds for all."""
    previous: tuple[int, Sequence[Place], str] = (-9, (), "")
    for hit in words.bureaus:
        start, places, level = _prefix(words, hit.start, registry, ontology)
        if start == hit.start and words.passage.text[previous[0] : hit.start] in ("、", "和", "及", "与"):
            places, level = previous[1], previous[2]
        if not places and not level:
            yield from _central(words, hit, scene, registry)
            continue
        names = names_of(words.passage.text[hit.start : hit.stop], places, level, scene, registry)
        stop, unit = _sub_unit(words, hit.stop, ontology)
        names = tuple(name + unit for name in names)
        yield candidate(words.passage, start, stop, "Agency", "agency.bureau", RANK, names)
        if unit:
            whole = names_of(words.passage.text[hit.start : hit.stop], places, level, scene, registry)
            yield candidate(words.passage, start, hit.stop, "Agency", "agency.bureau", RANK + 5, whole)
        previous = (stop, places, level)


def _central(words: Lexis, hit: Hit, scene: Scene, registry: Registry) -> Iterator[Candidate]:
    """In a letter of a national body a kind of body without place is the national one: 发展改革委."""
    if scene.issuer and not scene.places:
        row = registry.known_row(f"国家{hit.name}", "Agency")
        if row is not None:
            yield candidate(words.passage, hit.start, hit.stop, "Agency", "agency.central", CENTRAL, (row.name,))


def national_units(words: Lexis, ontology: Ontology) -> Iterator[Candidate]:
    """Departments named right after a national body: 自然资源部国土空间规划局."""
    for hit in words.hits:
        if hit.kind == "Agency":
            stop, unit = _sub_unit(words, hit.stop, ontology)
            if unit:
                yield candidate(words.passage, hit.start, stop, "Agency", "agency.unit", RANK, (hit.name + unit,))


def _prefix(words: Lexis, position: int, registry: Registry, ontology: Ontology) -> tuple[int, Sequence[Place], str]:
    """Go left from a kind of body over places or one level word."""
    text = words.passage.text
    start = position
    below: Place | None = None
    for hit in reversed([hit for hit in words.hits if hit.kind == "Place"]):
        if hit.stop == start:
            start = hit.start
    if start < position:
        deepest = _resolve(words, start, position, registry)
        return start, registry.chain(deepest) if deepest else (), "" if deepest else text[start:position]
    for level in ("自治区", "自治州", "省", "市", "区", "县", "州", "旗", "盟"):
        if (
            _may_begin(words, position - len(level), ontology)
            and text.endswith(level, 0, position)
            and not text.endswith(("全" + level, "我" + level, "各" + level), 0, position)
        ):
            return position - len(level), (), level
    return position, (below,) if below else (), ""


def _may_begin(words: Lexis, position: int, ontology: Ontology) -> bool:
    """Whether a level word may stand at a place: at an edge, or after 单位, 机构, 商 (to consult) and the like."""
    return words.is_edge(position) or words.passage.text.endswith(ontology.words["before_level"], 0, max(position, 0))


def _resolve(words: Lexis, start: int, stop: int, registry: Registry) -> Place | None:
    deepest: Place | None = None
    for hit in words.hits:
        if hit.kind == "Place" and start <= hit.start and hit.stop <= stop:
            deepest = registry.place(words.passage.text[hit.start : hit.stop], within=deepest) or deepest
    return deepest


def names_of(bureau: str, places: Sequence[Place], level: str, scene: Scene, registry: Registry) -> tuple[str, ...]:
    """All names of a kind of body at a place or level, the official full name first."""
    place = places[-1] if places else scene.place_of(level)
    if place is None:
        return (level + bureau,)
    return registry.compose(place, bureau)[0], place.name + bureau


def _sub_unit(words: Lexis, position: int, ontology: Ontology) -> tuple[int, str]:
    """A department named right after its body: 办公室, 国土空间规划局, 基础教育科."""
    match = compiled(ontology.pieces["sub_unit"]).match(words.passage.text, position)
    if match is None:
        return position, ""
    return match.end(), match.group()
