"""What the registry adds about the bodies that letters name, in a graph of its own: place and level."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import NamedNode, Quad

from kg.graph.term import World, chinese, kg, named, plain
from kg.identity import bare, place_key
from kg.model import Ref
from kg.registry import Place, Registry
from kg.registry.bodies import head_at
from kg.vocabulary import entity_iri, registry_graph

_KIND = "Place"
NATIONAL = "national"


def registry_quads(bodies: Mapping[str, str], world: World) -> Iterator[Quad]:
    """The registry's graph for bodies (IRI -> name): place and level of each whose name tells its place.

    The places above a place are told too, so that all bodies of a province can be asked for; and for a body that is
    no more, the bodies that its tasks went to (`kg:succeededBy`), with their names.  National bodies that the registry
    lists have no place.
    """
    graph = NamedNode(registry_graph(world.base))
    places: dict[Place, None] = {}
    for iri in sorted(bodies):
        place = place_of(bodies[iri], world.registry)
        if place is not None:
            places.update(dict.fromkeys(world.registry.chain(place)))
            yield Quad(NamedNode(iri), kg("place"), _node(place, world), graph)
            yield Quad(NamedNode(iri), kg("level"), plain(place.level), graph)
        elif world.registry.known_row(bodies[iri], "Agency") is not None:
            yield Quad(NamedNode(iri), kg("level"), plain(NATIONAL), graph)
        yield from _successors(iri, bodies[iri], place, world, graph)
    yield from _places(places, world, graph)


def successors(name: str, place: Place | None, registry: Registry) -> tuple[str, ...]:
    """The bodies that took over from one, one step on: 国家旅游局 -> 文化和旅游部.

    Of a body of a place, only where it is certain what took over there and what that is called.
    """
    known = registry.known_row(name, "Agency")
    if known is not None:
        return known.succeeded_by
    rows = [registry.bodies.by_key.get(hit.row) for hit in registry.bureaus(name) if hit.stop == len(name)]
    if place is None or not rows or rows[0] is None or len(rows[0].succeeded_by) != 1:
        return ()
    bureau = registry.bodies.by_key[rows[0].succeeded_by[0]]
    head = head_at(bureau, place)
    found = registry.compose(place, bureau.full[0] + head)[:1] if head is not None else ()
    return tuple(one for one in found if one.count(place.short) == 1)


def _successors(iri: str, name: str, place: Place | None, world: World, graph: NamedNode) -> Iterator[Quad]:
    for successor in successors(name, place, world.registry):
        node = NamedNode(entity_iri(world.base, Ref("Agency", bare(successor))))
        yield Quad(NamedNode(iri), kg("succeededBy"), node, graph)
        yield Quad(node, named("rdf:type"), kg("Agency"), graph)
        yield Quad(node, named("skos:prefLabel"), chinese(successor), graph)


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
