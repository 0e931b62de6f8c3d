"""Names that the registry lists: places, national bodies, general groups and industries."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from kg.extract.candidate import Candidate, Finding, candidate
from kg.extract.lexis import Lexis
from kg.extract.pattern import compiled
from kg.model import replace
from kg.ontology import Ontology
from kg.registry import Hit, Registry

_NEAR = 48
_SHORTEST = 2
_NOT_ALONE = {"Industry": "not_a_sector", "Place": "not_a_place"}
_MAY_BE_COMMON = ("Group",)


def find(words: Lexis, ontology: Ontology, registry: Registry) -> Iterator[Candidate]:
    """A candidate for every name of the registry in one passage."""
    for hit in _joined(words, registry):
        if _in_a_number(words.passage.text, hit.start, hit.stop):
            continue
        if _only_begins(hit, words.passage.text, ontology):
            continue
        if _common(hit, ontology, registry) and not _receives(words.passage.text, hit.start, hit.stop, ontology):
            continue
        rule = f"registry:{hit.row}"
        yield candidate(
            words.passage, hit.start, hit.stop, hit.kind, rule, ontology.kinds[hit.kind].listed, (hit.name,)
        )


def _joined(words: Lexis, registry: Registry) -> Iterator[Hit]:
    """The hits; a province right before a place in it is only the first word of that name: 河南省|信阳市."""
    waiting: Hit | None = None
    for hit in words.hits:
        if waiting is not None:
            if hit.start == waiting.stop and _lies_in(hit, waiting, registry):
                hit = replace(hit, start=waiting.start, names=(*hit.names, words.passage.text[hit.start : hit.stop]))
            else:
                yield waiting
        waiting = hit
    if waiting is not None:
        yield waiting


def _lies_in(hit: Hit, province: Hit, registry: Registry) -> bool:
    """Whether a place is named right behind the province that it lies in."""
    if hit.kind != "Place" or province.kind != "Place" or hit.start - province.start < _SHORTEST:
        return False
    above, below = registry.place_of(province.row), registry.place_of(hit.row)
    if above is None or below is None or above.level != "province" or above == below:
        return False
    return above in registry.chain(below)


def _only_begins(hit: Hit, text: str, ontology: Ontology) -> bool:
    """Whether a sector or a place is only the first word of another name: 现代农业|产业园, 江苏|实验室."""
    piece = _NOT_ALONE.get(hit.kind)
    return piece is not None and compiled(ontology.pieces[piece]).match(text, hit.stop) is not None


def _common(hit: Hit, ontology: Ontology, registry: Registry) -> bool:
    """Whether a name is a common noun, which is that of a class only where the class receives something."""
    row = registry.known_row(hit.row, hit.kind) if hit.kind in _MAY_BE_COMMON else None
    return row is not None and row.source in ontology.words["common_classes"]


def _receives(text: str, start: int, stop: int, ontology: Ontology) -> bool:
    """Whether money, training or recognition goes to a class here, or its members are counted; or a title names it."""
    if compiled(ontology.pieces["not_received"]).match(text, stop):
        return False
    if text.rfind("《", 0, start) > text.rfind("》", 0, start):
        return True
    before = text[max(0, start - _NEAR) : start]
    if text.endswith("人员", start, stop) and compiled(ontology.pieces["on_its_staff"]).search(before):
        return False
    gives = compiled(ontology.pieces["receives_before"]).search(before)
    return gives is not None or compiled(ontology.pieces["receives_after"]).match(text, stop) is not None


def whole(one: Finding, text: str, ontology: Ontology) -> bool:
    """Whether a class is more than the beginning of another noun: 新型研发机构|建设试点, 规上企业|数字化率.

    One that a rule with `receives` found counts only where something is given to it.
    """
    if not isinstance(one, Candidate) or one.mention.kind != "Group":
        return True
    mention = one.mention
    if compiled(ontology.pieces["not_a_class"]).match(text, mention.stop):
        return False
    return mention.rule not in _receiving(ontology) or _receives(text, mention.start, mention.stop, ontology)


@lru_cache(maxsize=4)
def _receiving(ontology: Ontology) -> frozenset[str]:
    """The rules whose names are common nouns."""
    return frozenset(rule.id for rule in ontology.kinds["Group"].rules if rule.options.get("receives"))


def _in_a_number(text: str, start: int, stop: int) -> bool:
    """Whether a name that is made of digits (12345) is only a part of a longer number."""
    before = text[start].isdigit() and text[max(0, start - 1) : start].isdigit()
    return before or (text[stop - 1].isdigit() and text[stop : stop + 1].isdigit())
