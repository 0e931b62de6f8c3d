"""What the registry adds about the bodies that letters name, in a graph of its own: place and level."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import NamedNode, Quad

from kg.graph.term import World, chinese, kg, named, plain
from kg.identity import place_key
from kg.model import Ref
from kg.registry import Place, Registry
from kg.vocabulary import entity_iri, registry_graph

_KIND = "Place"


def registry_quads(bodies: Mapping[str, str], world: World) -> Iterator[Quad]:
    """The registry's graph for bodies (IRI -> name): place and level of each whose name tells its place.

    The places above a place are told too, so that all bodies of a province can be asked for.
    """
    graph = NamedNode(registry_graph(world.base))
    places: dict[Place, None] = {}
    for iri in sorted(bodies):
        place = place_of(bodies[iri], world.registry)
        if place is not None:
            places.update(dict.fromkeys(world.registry.chain(place)))
            yield Quad(NamedNode(iri), kg("place"), _node(place, world), graph)
            yield Quad(NamedNode(iri), kg("level"), plain(place.level), graph)
    yield from _places(places, world, graph)


def place_of(name: str, registry: Registry) -> Place | None:
    """The place that the name of a body begins with, down to the lowest, or has inside (成都市武侯区财政局 -> 武侯区)."""
    stop, place = 0, None
    for hit in registry.find(name):
        if hit.kind == _KIND and hit.start == stop and (found := registry.place(name[: hit.stop])) is not None:
            stop, place = hit.stop, found
    if place is not None:
        return place
    inside = [hit.place for hit in registry.bureaus(name) if hit.place and (hit.start, hit.stop) == (0, len(name))]
    return registry.gazetteer.by_code.get(inside[0]) if inside else None


def _places(places: Iterable[Place], world: World, graph: NamedNode) -> Iterator[Quad]:
    for place in places:
        node = _node(place, world)
        yield Quad(node, named("rdf:type"), kg(_KIND), graph)
        yield Quad(node, named("skos:prefLabel"), chinese(place.name), graph)
        yield Quad(node, kg("level"), plain(place.level), graph)
        above = world.registry.chain(place)[:-1]
        if above:
            yield Quad(node, kg("place"), _node(above[-1], world), graph)


def _node(place: Place, world: World) -> NamedNode:
    return NamedNode(entity_iri(world.base, Ref(_KIND, place_key(place, world.registry))))
