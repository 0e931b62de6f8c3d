"""The page's data: everything once, in tables of rows, with labels in both languages."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import Any, TypeVar

import networkx as nx

from kg import vocabulary
from kg.ontology import Kind, Ontology, Relation
from kg.view.choose import chosen, fact_graph, lines, ranks
from kg.view.gather import Content, Figure, Sentence, measure_kinds
from kg.view.initials import initials
from kg.view.layout import places
from kg.view.network import GREATEST, SMALLEST, STEP, network
from kg.view.part import WHOLE, Part
from kg.view.series import series_of

Concept = TypeVar("Concept", Kind, Relation)
_MOST_STEPS = 3
_REPEATED = ("kind", "unit", "comparator", "period", "counting")  # in figures
Table = Mapping[str, Any]


def page_data(
    content: Content, ontology: Ontology, base: str = vocabulary.BASE, part: Part = WHOLE
) -> Mapping[str, Any]:
    """Tables of all the content, the kinds and relations that occur in it, and the network shown first.

    `content` is what `part` holds; the part tells how the page opens.
    """
    kinds = _used(ontology.kinds.values(), (thing.kind for thing in content.things))
    relations = _used(ontology.relations.values(), (statement.relation for statement in content.statements))
    graph = fact_graph(content, frozenset(r.name for r in relations if not r.symmetric))
    return {
        "kinds": [_kind(kind) for kind in kinds],
        "figureKinds": [_kind(kind) for kind in measure_kinds(ontology)],
        "relations": [_relation(relation) for relation in relations],
        "base": base,
        "namespaces": _namespaces(relations),
        "documents": content.documents(),
        "letters": _letters(content),
        "things": _things(content, [kind.name for kind in kinds], ranks(content, graph)),
        "initials": initials(name for thing in content.things for name in (thing.name, *thing.names)),
        "sentences": _sentences(content.sentences),
        "facts": _facts(content, [relation.name for relation in relations]),
        "figures": _figures(content),
        "standings": _rows(
            ("thing", "status", "sentences"), ((s.thing, s.status, s.sentences) for s in content.standings), ("status",)
        ),
        "requests": _rows(
            ("text", "document", "proposal", "sentences", "answers"),
            ((one.text, one.document, one.proposal, one.sentences, one.answers) for one in content.requests),
        ),
        "numbered": _numbered(content),
        "partial": not part.whole(),
        "part": _part(content, part, [kind.name for kind in kinds]),
        "start": _start(content, part),
        "first": _first(content, ontology, graph, part.limit),
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
        "iri": relation.iri,
        "zh": relation.zh,
        "en": relation.en,
        "inverse": {"zh": relation.inverse_zh, "en": relation.inverse_en},
        "symmetric": relation.symmetric,
        "literal": relation.literal,
    }


def _rows(columns: Sequence[str], rows: Iterable[Sequence[Any]], coded: Sequence[str] = ()) -> Table:
    """A table of rows; in the columns `coded` stand numbers of the words that the table lists once.

    >>> _rows(["n", "unit"], [(1, "家"), (2, "人"), (3, "家")], ["unit"])
    {'columns': ['n', 'unit'], 'rows': [[1, 0], [2, 1], [3, 0]], 'words': {'unit': ['家', '人']}}
    """
    if not coded:
        return {"columns": columns, "rows": list(rows)}
    numbers: dict[str, dict[Any, int]] = {name: {} for name in coded}
    code = [numbers.get(name) for name in columns]
    made = [
        [cell if known is None else known.setdefault(cell, len(known)) for cell, known in zip(row, code, strict=True)]
        for row in rows
    ]
    return {"columns": columns, "rows": made, "words": {name: list(known) for name, known in numbers.items()}}


def _sentences(sentences: Iterable[Sentence]) -> Table:
    columns = ("document", "section", "heading", "text", "read_with", "paragraph")
    rows = (tuple(getattr(sentence, name) for name in columns) for sentence in sentences)
    return _rows(columns, rows, ("section", "heading"))


def _namespaces(relations: Iterable[Relation]) -> Mapping[str, str]:
    """The prefixes that the facts of a page need in Turtle."""
    used = {"kg", "rdf", "skos", "xsd"} | {relation.iri.partition(":")[0] for relation in relations}
    return {prefix: iri for prefix, iri in vocabulary.PREFIXES.items() if prefix in used}


def _letters(content: Content) -> Table:
    """What names each document that was read, where it is cited: title, number, date, year.

    Where several have one name, that of the file is given as well.
    """
    named = Counter(content.things[number].name for number in content.documents())
    rows = (
        (
            number,
            next(iter(content.things[number].names), ""),
            *content.citations.get(number, ("", "")),
            content.years[number],
            PurePath(content.files.get(number, "")).stem if named[content.things[number].name] > 1 else "",
        )
        for number in content.documents()
    )
    return _rows(("thing", "title", "number", "date", "year", "file"), rows)


def _numbered(content: Content) -> list[tuple[int, int]]:
    """The things that were not read and have a year, by a date or number that is cited, with it."""
    read = set(content.documents())
    return [(number, year) for number, year in enumerate(content.years) if year is not None and number not in read]


def _part(content: Content, part: Part, kinds: Sequence[str]) -> Mapping[str, Any] | None:
    """What a page that does not show all was made for; None for one that does."""
    if part.whole():
        return None
    things = {thing.iri: number for number, thing in enumerate(content.things)}
    return {
        "focus": things.get(part.focus, -1),
        "steps": part.steps,
        "kinds": [number for number, kind in enumerate(kinds) if kind in part.kinds],
        "letters": sorted(things[iri] for iri in part.letters if iri in things),
    }


def _figures(content: Content) -> Table:
    """The figures, each with the number of its series."""
    fields = tuple(Figure.__dataclass_fields__)
    numbered = zip(content.figures, series_of(content), strict=True)
    rows = [(*(getattr(figure, name) for name in fields), number) for figure, number in numbered]
    return _rows((*("asOf" if name == "as_of" else name for name in fields), "series"), rows, _REPEATED)


def _things(content: Content, kinds: Sequence[str], rank: Sequence[int]) -> Table:
    number = {name: position for position, name in enumerate(kinds)}
    known = zip(content.things, content.mentions, rank, strict=True)
    rows = ((number[thing.kind], thing.name, thing.names, thing.iri, found, place) for thing, found, place in known)
    return _rows(("kind", "name", "names", "iri", "mentions", "rank"), rows)


def _facts(content: Content, relations: Sequence[str]) -> Table:
    number = {name: position for position, name in enumerate(relations)}
    rows = (
        (s.subject, number[s.relation], s.object, s.sentences, vocabulary.compact(s.datatype) if s.datatype else "")
        for s in content.statements
    )
    return _rows(("subject", "relation", "object", "sentences", "datatype"), rows, ("datatype",))


def _start(content: Content, part: Part) -> Mapping[str, Any]:
    """How the page opens.  Its own way to show surroundings goes to three steps."""
    focus = [number for number, thing in enumerate(content.things) if thing.iri == part.focus]
    if not focus:
        return {"base": "overview"}
    if part.steps <= _MOST_STEPS:
        return {"base": "focus", "id": focus[0], "steps": part.steps, "on": focus[0]}
    return {"base": "overview", "on": focus[0]}


def _first(content: Content, ontology: Ontology, graph: nx.Graph, limit: int) -> Mapping[str, Any]:
    things = chosen(content, graph, limit)
    joined = lines(content, graph, things)
    placed = places({thing: content.things[thing].name for thing in things}, joined)
    nodes, edges, *_, options = network(content, ontology, graph, placed, joined).get_network_data()
    return {"nodes": nodes, "edges": edges, "options": json.loads(options)}
