"""The page's data: everything once, in tables of rows, with labels in both languages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

import networkx as nx

from kg.ontology import Kind, Ontology, Relation
from kg.view.choose import chosen, fact_graph, lines
from kg.view.gather import Content, Figure, Sentence, measure_kinds
from kg.view.layout import places
from kg.view.network import GREATEST, SMALLEST, STEP, network

Concept = TypeVar("Concept", Kind, Relation)
Table = Mapping[str, Sequence[Any]]


def page_data(content: Content, ontology: Ontology) -> Mapping[str, Any]:
    """Tables of all the content, the kinds and relations that occur in it, and the network shown first."""
    kinds = _used(ontology.kinds.values(), (thing.kind for thing in content.things))
    relations = _used(ontology.relations.values(), (statement.relation for statement in content.statements))
    graph = fact_graph(content, frozenset(r.name for r in relations if not r.symmetric))
    return {
        "kinds": [_kind(kind) for kind in kinds],
        "figureKinds": [_kind(kind) for kind in measure_kinds(ontology)],
        "relations": [_relation(relation) for relation in relations],
        "documents": content.documents(),
        "things": _things(content, [kind.name for kind in kinds]),
        "sentences": _table(Sentence, content.sentences),
        "facts": _facts(content, [relation.name for relation in relations]),
        "figures": _table(Figure, content.figures),
        "standings": _rows(
            ("thing", "status", "sentences"), ((s.thing, s.status, s.sentences) for s in content.standings)
        ),
        "first": _first(content, ontology, graph),
        "sizes": {"smallest": SMALLEST, "step": STEP, "greatest": GREATEST},
    }


def as_json(data: Mapping[str, Any]) -> str:
    r"""JSON that may stand in a script element, whatever the texts are.

    >>> as_json({"a": "</script>&\u2028"})
    '{"a":"\\u003c/script\\u003e\\u0026\\u2028"}'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return text


def _used(concepts: Iterable[Concept], names: Iterable[str]) -> list[Concept]:
    wanted = set(names)
    return [concept for concept in concepts if concept.name in wanted]


def _kind(kind: Kind) -> Mapping[str, str]:
    return {"name": kind.name, "zh": kind.zh, "en": kind.en, "colour": kind.colour, "shape": kind.shape}


def _relation(relation: Relation) -> Mapping[str, Any]:
    return {
        "name": relation.name,
        "zh": relation.zh,
        "en": relation.en,
        "inverse": {"zh": relation.inverse_zh, "en": relation.inverse_en},
        "symmetric": relation.symmetric,
        "literal": relation.literal,
    }


def _rows(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Table:
    return {"columns": columns, "rows": list(rows)}


def _table(form: type[Sentence] | type[Figure], values: Iterable[Sentence | Figure]) -> Table:
    """A table of values with their own fields as columns."""
    columns = tuple(form.__dataclass_fields__)
    return _rows(columns, (tuple(getattr(value, name) for name in columns) for value in values))


def _things(content: Content, kinds: Sequence[str]) -> Table:
    number = {name: position for position, name in enumerate(kinds)}
    pairs = zip(content.things, content.mentions, strict=True)
    rows = ((number[thing.kind], thing.name, thing.names, thing.iri, found) for thing, found in pairs)
    return _rows(("kind", "name", "names", "iri", "mentions"), rows)


def _facts(content: Content, relations: Sequence[str]) -> Table:
    number = {name: position for position, name in enumerate(relations)}
    rows = ((s.subject, number[s.relation], s.object, s.sentences) for s in content.statements)
    return _rows(("subject", "relation", "object", "sentences"), rows)


def _first(content: Content, ontology: Ontology, graph: nx.Graph) -> Mapping[str, Any]:
    things = chosen(content, graph)
    joined = lines(content, graph, things)
    placed = places({thing: content.things[thing].name for thing in things}, joined)
    nodes, edges, *_, options = network(content, ontology, graph, placed, joined).get_network_data()
    return {"nodes": nodes, "edges": edges, "options": json.loads(options)}
