"""What is wrong with a query that parses: it names what does not exist, or compares what can never be equal.

What is certain is an error (`BadQuery`).  What only makes an empty answer likely (`likely`) is for the caller to tell
if the answer is empty: such a query may be right, and simply have no answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pyoxigraph import Literal

from kg.query.dataset import Dataset
from kg.query.fault import BadQuery, at, name_like
from kg.query.pattern import Names, Step, Term, Triple, literal, names_of, triples
from kg.query.question import read_question
from kg.query.terms import Vocabulary, kind_of, occurs, values_of, vocabulary
from kg.query.tokens import Token, tokens
from kg.query.unbound import bound_in, selected, unbound
from kg.vocabulary import ALT_LABEL, KG, PREF_LABEL, RDF, RDFS, TYPE, XSD

_LABELS = frozenset({PREF_LABEL, ALT_LABEL, RDFS + "label", KG + "text"})
_NAMING = ("label", "name", "title")
_SLIP = 0.8
_NUMBERS = frozenset(XSD + name for name in ("integer", "decimal", "double"))
_ON_TEXT = frozenset("CONTAINS REGEX STRSTARTS STRENDS STRBEFORE STRAFTER LCASE UCASE STRLEN SUBSTR REPLACE".split())


@dataclass(frozen=True, slots=True)
class Scene:
    """A query and what it is held against."""

    dataset: Dataset
    text: str
    name: str
    found: tuple[Token, ...]
    names: Names
    patterns: tuple[Triple, ...]
    known: Vocabulary
    free: frozenset[str]

    def fault(self, term: Term, message: str) -> BadQuery:
        """A message about a term, with its place."""
        return at(self.text, self.name, term.start, term.width, message)

    def shown(self, term: Term) -> str:
        """A term as the query has it."""
        return self.text[term.start : term.start + term.width]

    def short(self, iri: str) -> str:
        """An IRI as one would write it in a query."""
        short = self.dataset.short(iri)
        return f"<{short}>" if iri.startswith(self.dataset.base) or short == iri else short


def scene_of(dataset: Dataset, text: str, name: str, given: Iterable[str] = ()) -> Scene:
    """The query `text`, called `name` in messages, before the graph that it is put to; `given` variables are set."""
    found = tokens(text)
    names = names_of(found, dataset.base)
    free = frozenset((*given, *(one.name for one in read_question(text, name).parameters)))
    return Scene(dataset, text, name, found, names, tuple(triples(found, names)), vocabulary(dataset), free)


def certain(scene: Scene) -> BadQuery | None:
    """The first thing in the query that cannot be right; None where there is none."""
    faults = [*_unknown(scene), *_slips(scene), *_misplaced(scene), *_literals(scene)]
    return min(faults, key=lambda fault: fault.offset, default=None) or next(_unbound(scene), None)


def likely(scene: Scene, terms: Mapping[str, object] = MappingProxyType({})) -> list[BadQuery]:
    """What may be why an answer is empty, in the order of the query, each place once.

    `terms` are the values of variables that are set from outside.
    """
    found = (*_compared(scene), *_absent(scene), *_unsaid(scene), *_of_other_kinds(scene), *_set(scene, terms))
    doubts = {doubt.offset: doubt for doubt in found}
    return [doubts[offset] for offset in sorted(doubts)]


# --- Certain


def _iris(scene: Scene, template: bool = False) -> Iterator[Term]:
    """Every IRI of the query's patterns and expressions, or of its template, which may make what it likes."""
    opened: list[bool] = []
    head = True
    for index, token in enumerate(scene.found):
        if token.text == "{":
            opened.append(bool(index) and scene.found[index - 1].is_word("CONSTRUCT"))
        elif token.text == "}" and opened:
            opened.pop()
        head = head and not any(map(token.is_word, ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")))
        if not head and any(opened) is template and (iri := scene.names.iri(token)) and token.text != "a":
            yield Term("iri", iri, token.start, len(token.text))


def _unknown(scene: Scene) -> Iterator[BadQuery]:
    """Terms of the project's own vocabulary that neither it nor the graph has."""
    properties = {step.term.start for triple in scene.patterns for step in (*triple.first, *triple.ends)}
    classes = {triple.object.start for triple in scene.patterns if _is_type(triple)}
    for term in _iris(scene):
        if len(term.value) > len(KG) and term.value.startswith(KG) and not _exists(scene, term.value):
            what = "property" if term.start in properties else "class" if term.start in classes else "term"
            near = {"property": scene.known.properties, "class": scene.known.classes.keys()}
            hint = _mean(scene, term.value, near.get(what, scene.known.terms))
            yield scene.fault(term, f"no {what} is called {scene.shown(term)}{hint}")


def _slips(scene: Scene) -> Iterator[BadQuery]:
    """Terms of the project's own vocabulary that a template makes, and that are all but called like one of its own."""
    for term in _iris(scene, template=True):
        new = term.value.startswith(KG) and not _exists(scene, term.value)
        if new and (hint := _mean(scene, term.value, scene.known.terms, _SLIP)):
            yield scene.fault(term, f"no term is called {scene.shown(term)}{hint}")


def _unbound(scene: Scene) -> Iterator[BadQuery]:
    """Variables that are used, and have no value anywhere in the query."""
    heads = selected(scene.found)
    for token in unbound(scene.found, scene.free):
        near = name_like(token.text[1:], bound_in(scene.found))
        if near is None and token in heads:
            continue  # a column that is meant to stay empty
        hint = f" — did you mean ?{near}?" if near else "; bind it in a pattern, by BIND or VALUES, or with --set"
        yield scene.fault(Term("variable", "", token.start, len(token.text)), f"{token.text} never has a value{hint}")


def _exists(scene: Scene, iri: str) -> bool:
    return iri in scene.known.terms or occurs(scene.dataset.store, iri)


def _mean(scene: Scene, iri: str, known: Iterable[str], alike: float = 0.6) -> str:
    """` — did you mean kg:issuedBy?`, where something is near."""
    by_name = {name.removeprefix(KG): name for name in sorted(known) if name.startswith(KG)}
    near = name_like(iri.removeprefix(KG), by_name, alike)
    return f" — did you mean {scene.short(by_name[near])}?" if near else ""


def _is_type(triple: Triple) -> bool:
    return [step.term.value for step in triple.ends] == [TYPE] and not triple.ends[0].inverse


def _misplaced(scene: Scene) -> Iterator[BadQuery]:
    """A class where a property stands, and a property where a class stands."""
    for triple in scene.patterns:
        for step in dict.fromkeys((*triple.first, *triple.ends)):
            if step.term.value in scene.known.classes and step.term.value.startswith(KG):
                near = _mean(scene, step.term.value, scene.known.properties, 0.8)
                yield scene.fault(step.term, f"{scene.shown(step.term)} is a class, and stands as a property{near}")
        if _is_type(triple) and triple.object.value in scene.known.properties:
            near = _mean(scene, triple.object.value, scene.known.classes, 0.8)
            yield scene.fault(triple.object, f"{scene.shown(triple.object)} is a property, no class{near}")


def _literals(scene: Scene) -> Iterator[BadQuery]:
    """Literals that a property can never have."""
    for triple in scene.patterns:
        if triple.subject.kind == "literal":
            named = f"?thing skos:prefLabel {_quoted(triple.subject.value)}@zh"
            yield scene.fault(triple.subject, f"a fact never begins at a text; write {named}, and ask of ?thing")
        if triple.object.kind == "literal" and triple.ends:
            told = [_refused(scene, step, triple.object) for step in triple.ends]
            if all(told):
                yield scene.fault(triple.object, told[-1] or "")


def _refused(scene: Scene, step: Step, term: Term) -> str | None:
    """Why the property never has this literal; None where it may."""
    name = scene.shown(step.term)
    if step.inverse:
        return f"{name} begins at a thing, not at {scene.shown(term)}"
    if step.term.value == TYPE:
        return f"{name} leads to a class, not to a text{_mean(scene, term.value, scene.known.classes)}"
    if step.term.value in scene.known.to_things:
        return _thing_meant(scene, name, term)
    has = values_of(scene.dataset.store, step.term.value) or _declared(scene, step.term.value)
    is_a = f"@{term.language}" if term.language else kind_of(term.datatype)
    if not has or is_a in has or "iri" in has:
        return None
    if has == {"date"}:
        return f"{name} has dates; write {_dated(term.value)}"
    if all(kind.startswith("@") for kind in has):
        return f"{name} has texts with a language; write {_quoted(term.value)}{min(has)}"
    if term.language and has == {XSD + "string"}:
        return f"{name} has texts without a language; write {_quoted(term.value)}"
    if has <= _NUMBERS and len(has) == 1:
        return f"{name} has {_numbered(min(has), term)}"
    if has == {XSD + "string"}:
        return f"{name} has texts; write {_quoted(term.value)}"
    return None


def _declared(scene: Scene, iri: str) -> frozenset[str]:
    return frozenset(kind_of(name) for name in scene.known.ranges.get(iri, ()) if name != RDFS + "Literal")


def _quoted(text: str) -> str:
    return f'"{text}"'


def _numbered(datatype: str, term: Term) -> str:
    """What to write for a number of this type."""
    plain = term.value.strip().removesuffix("年")
    whole = datatype == XSD + "integer"
    kind = "whole numbers" if whole else "decimal numbers"
    if not plain.replace(".", "", 1).lstrip("+-").isdigit():
        return f"{kind}, no texts"
    number = plain.partition(".")[0] if whole else plain if "." in plain else f"{plain}.0"
    return f"{kind}; write {number}"


def _dated(text: str) -> str:
    """What to write for a date, by how precise it is."""
    form = {4: "gYear", 7: "gYearMonth"}.get(len(text), "date")
    return f'"{text}"^^xsd:{form}'


def _thing_meant(scene: Scene, name: str, term: Term) -> str:
    """The message for a literal after a property that leads to things, with the thing of that name."""
    from kg.query.entities import called

    found = called(scene.dataset, term.value)
    if len(found) == 1:
        return f"{name} leads to a thing, not to a text; write {scene.short(found[0].value)}"
    return f"{name} leads to a thing, not to a text; write {name}/skos:prefLabel {_quoted(term.value)}@zh"


# --- Likely, where the answer is empty


def _bound_by(scene: Scene) -> dict[str, set[str]]:
    """What each variable is bound to: `thing`, `label`, or `?` for what is not known."""
    found: dict[str, set[str]] = {}
    for triple in scene.patterns:
        if triple.subject.kind == "variable":
            found.setdefault(triple.subject.value, set()).add("thing")
        if triple.object.kind == "variable":
            found.setdefault(triple.object.value, set()).update(
                _leads_to(scene, step) for step in triple.ends or (None,)
            )
    return found


def _leads_to(scene: Scene, step: Step | None) -> str:
    if step is None:
        return "?"
    iri = step.term.value
    if step.inverse or iri in scene.known.to_things or iri == TYPE:
        return "thing"
    if iri in _LABELS or all(kind.startswith("@") for kind in values_of(scene.dataset.store, iri) or ("?",)):
        return "label"
    return "?"


def _compared(scene: Scene) -> Iterator[BadQuery]:
    """Plain texts that a label or a thing is compared with, and functions of texts on things."""
    bound = _bound_by(scene)
    for variable, term in _comparisons(scene):
        if term.datatype == XSD + "string" and bound.get(variable) == {"label"}:
            told = f"?{variable} is a text with a language; write {_quoted(term.value)}@zh, or compare STR(?{variable})"
            yield scene.fault(term, told)
        elif bound.get(variable) == {"thing"}:
            yield scene.fault(term, f"?{variable} is a thing, never equal to a text; compare its skos:prefLabel")
    for name, opening, token in zip(scene.found, scene.found[1:], scene.found[2:], strict=False):
        if name.text.upper() in _ON_TEXT and opening.text == "(" and bound.get(token.text[1:]) == {"thing"}:
            told = f"{token.text} is a thing, no text; take STR({token.text}) or its skos:prefLabel"
            yield scene.fault(Term("variable", "", token.start, len(token.text)), told)


def _comparisons(scene: Scene) -> Iterator[tuple[str, Term]]:
    """`?x = "a"`, `"a" = ?x`, `?x IN ("a", "b")`, `VALUES ?x { "a" }`: the variable and each literal."""
    found = scene.found
    for index, token in enumerate(found[:-2]):
        if token.kind == "variable" and found[index + 1].text == "=" and found[index - 1].text in ("(", "&&", "||"):
            if read := literal(found, index + 2, scene.names):
                yield token.text[1:], read[0]
        elif token.text == "=" and found[index + 1].kind == "variable" and found[index - 1].kind == "string":
            if read := literal(found, index - 1, scene.names):
                yield found[index + 1].text[1:], read[0]
        elif token.kind == "variable" and (found[index + 1].is_word("IN") or found[index - 1].is_word("VALUES")):
            place = index + 2 + found[index + 1].is_word("IN")
            while place < len(found) and found[place].text not in (")", "}"):
                read = literal(found, place, scene.names)
                if read:
                    yield token.text[1:], read[0]
                place = read[1] if read else place + 1


def _set(scene: Scene, terms: Mapping[str, object]) -> Iterator[BadQuery]:
    """Variables that are set to a plain text, and are labels or things."""
    bound = _bound_by(scene)
    for name, term in terms.items():
        plain = isinstance(term, Literal) and not term.language and term.datatype.value == XSD + "string"
        place = next((token for token in scene.found if token.kind == "variable" and token.text[1:] == name), None)
        if plain and place and isinstance(term, Literal) and bound.get(name) in ({"label"}, {"thing"}):
            better = f"'{_quoted(term.value)}@zh'" if bound[name] == {"label"} else "an IRI in < >"
            what = "a text with a language" if bound[name] == {"label"} else "a thing"
            told = f"{place.text} is {what}, and is set to plain text; set it to {better}"
            yield scene.fault(Term("variable", "", place.start, len(place.text)), told)


def _absent(scene: Scene) -> Iterator[BadQuery]:
    """IRIs that stand nowhere in the graph: things, and terms of other vocabularies."""
    for term in _iris(scene):
        iri = term.value
        if iri.endswith(("#", "/")) or iri.startswith((KG, XSD)) and iri in scene.known.terms:
            continue
        if iri.startswith(XSD) or occurs(scene.dataset.store, iri):
            continue
        yield scene.fault(
            term, f"{scene.shown(term)} stands nowhere in the graph{_naming(iri) or _perhaps(scene, term)}"
        )


def _unsaid(scene: Scene) -> Iterator[BadQuery]:
    """Properties of other vocabularies that stand in the graph (in its ontology, say), but in no letter's facts."""
    for term in dict.fromkeys(step.term for triple in scene.patterns for step in (*triple.first, *triple.ends)):
        iri = term.value
        if (
            iri != TYPE
            and not iri.startswith(KG)
            and occurs(scene.dataset.store, iri)
            and not values_of(scene.dataset.store, iri)
        ):
            yield scene.fault(term, f"no letter says anything with {scene.shown(term)}{_naming(iri)}")


def _naming(iri: str) -> str:
    """For a property that elsewhere gives names: which do so here."""
    named = iri.rpartition("#" if "#" in iri else "/")[2].lower() in _NAMING
    return '; names are skos:prefLabel and skos:altLabel, written "…"@zh' if named else ""


def _perhaps(scene: Scene, term: Term) -> str:
    """` — did you mean …?` for an IRI: of what stands in its place, a class or a property, where that is known."""
    iri = term.value
    from kg.query.entities import likest

    if iri.startswith(scene.dataset.base):
        near = likest(scene.dataset, iri.removeprefix(scene.dataset.base).rpartition("/")[2])
        return f" — did you mean {scene.short(near)}?" if near else ""
    space = iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]
    named = scene.known.classes.keys() if _is_class(scene, term) else scene.known.properties
    used = {p for p in (PREF_LABEL, ALT_LABEL, RDF + "type", *named) if p.startswith(space)}
    by_name = {name.removeprefix(space): name for name in used}
    near_name = name_like(iri.removeprefix(space), by_name)
    return f" — did you mean {scene.short(by_name[near_name])}?" if near_name else ""


def _is_class(scene: Scene, term: Term) -> bool:
    return any(_is_type(triple) and triple.object.start == term.start for triple in scene.patterns)


def _of_other_kinds(scene: Scene) -> Iterator[BadQuery]:
    """Properties of a variable that is said to be of a class which never has them."""
    kinds: dict[str, set[str]] = {}
    for triple in scene.patterns:
        if _is_type(triple) and triple.subject.kind == "variable" and triple.object.kind == "iri":
            kinds.setdefault(triple.subject.value, set()).add(triple.object.value)
    for triple in scene.patterns:
        for said in sorted(kinds.get(triple.subject.value, ()) if triple.subject.kind == "variable" else ()):
            clash = [step for step in triple.first if _clashes(scene.known, said, step)]
            if triple.first and len(clash) == len(triple.first):
                domain = ", ".join(scene.short(name) for name in sorted(scene.known.domains[clash[0].term.value]))
                told = f"{scene.shown(clash[0].term)} is said of {domain}, never of {scene.short(said)}"
                yield scene.fault(clash[0].term, told)


def _clashes(known: Vocabulary, kind: str, step: Step) -> bool:
    """Whether nothing of the kind can have the property: neither above nor below any class of its domain."""
    ends = (known.ranges if step.inverse else known.domains).get(step.term.value, frozenset())
    if step.inverse or not ends or kind not in known.classes:
        return False
    return not any(end in known.classes[kind] or kind in known.classes.get(end, ()) for end in ends)
