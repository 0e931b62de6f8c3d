"""The level of a policy, where number, issuer or title tell it for certain: national, province, prefecture, county."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from kg.graph.registry import place_of
from kg.graph.term import World, kg, plain
from kg.registry import Place, Registry
from kg.vocabulary import registry_graph

NATIONAL = "national"
_NUMBER = re.compile(r"^(?P<words>[^〔\d]+)〔(?P<year>\d{4})〕")
# 《种子法》: only the National People's Congress and its committee pass what is called 法 without 办 and the like.
_LAW = re.compile(r"^《?中华人民共和国|(?:.{2,}(?<![办方做书技语文疗用手])(?<!工作)法》?$)")


@dataclass(frozen=True, slots=True)
class Cited:
    """What letters tell of a policy: its title, its numbers, who issued it, and the place that its key names."""

    title: str
    numbers: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    setting: str = ""


def level_quads(policies: Mapping[str, Cited], world: World) -> Iterator[Quad]:
    """The level of each policy (IRI -> what is told of it) of which it is certain, in the registry's graph."""
    graph = NamedNode(registry_graph(world.base))
    for iri in sorted(policies):
        if level := level_of(policies[iri], world.registry):
            yield Quad(NamedNode(iri), kg("level"), plain(level), graph)


def level_of(policy: Cited, registry: Registry) -> str:
    """The level on which number, issuers and title agree, as far as they tell one; the empty string for none."""
    told = {*_by_numbers(policy, registry), *(_of_body(name, registry) for name in policy.issuers)}
    told |= {_by_title(policy.title, registry)}
    told -= {""}
    return told.pop() if len(told) == 1 else ""


def _by_numbers(policy: Cited, registry: Registry) -> Iterator[str]:
    """The levels of those whose words the numbers have; of a city or county only where the place is known, too."""
    names = [policy.title, policy.setting, *policy.issuers]
    places = [chain for name in names if name for chain in _chain(place_of(name, registry), registry)]
    for number in policy.numbers:
        found = _NUMBER.match(number)
        body = registry.issuer(found["words"], [one.name for one in places], int(found["year"])) if found else None
        place = place_of(body, registry) if body else None
        if body and (place is None or place.level == "province" or place in places):
            yield _of_body(body, registry)


def _chain(place: Place | None, registry: Registry) -> Iterable[Place]:
    return registry.chain(place) if place is not None else ()


def _of_body(name: str, registry: Registry) -> str:
    """The level of a body: of its place, or the whole country for those that the registry knows to be national."""
    place = place_of(name, registry)
    if place is not None:
        return place.level
    return NATIONAL if registry.known_row(name, "Agency") is not None else ""


def _by_title(title: str, registry: Registry) -> str:
    """The level of the place or body that a title begins with under its full name; a law is of the country."""
    if _LAW.search(title):
        return NATIONAL
    for hit in registry.find(title):
        if hit.start == 0 and hit.kind == "Agency" and registry.known_row(hit.row, "Agency") is not None:
            return NATIONAL
        if hit.start == 0 and hit.kind == "Place" and hit.name == title[: hit.stop]:
            place = place_of(title, registry)
            return place.level if place is not None else ""
    return ""
