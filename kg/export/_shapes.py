"""What the graph must hold to, in SHACL.  Every constraint says in Chinese and English what is wrong.

The shapes run on the default graph (`kg.ttl`): what they ask is asserted there, so that no reasoning is needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import get_args

from pyoxigraph import Literal, NamedNode

from kg.export._concepts import Property, instances, left_out, properties, topmost
from kg.export._nested import Blank, Block, Listed, Row, both, curies
from kg.graph.term import integer, named
from kg.model import ActName, Comparator, Section
from kg.ontology import Kind, Ontology
from kg.vocabulary import MEASURE, PASSAGE, PROMISE, REQUEST

LONGEST_INDICATOR = 24  # the yardstick's: a longer one is a clause, no noun
_YEAR = "[0-9]{4}(-(0[1-9]|1[0-2]))?"
_PERIOD = f"^{_YEAR}(/{_YEAR})?$"
_CHECKSUM = "^[0-9a-f]{64}$"

_Constraint = tuple[Row, ...]


def blocks(ontology: Ontology) -> Iterator[Block]:
    """All shapes."""
    meta = ontology.meta
    yield Block(NamedNode(meta["shapes"]["iri"]), tuple(_header(ontology)))
    found = list(properties(ontology))
    yield _entities(ontology, found)
    for kind in ontology.kinds.values():
        if kind.parents:
            yield _below(kind, ontology)
    yield _read(ontology)
    yield _said_once(ontology)
    yield _year()
    yield _passage()
    yield _measure(ontology)
    yield _request()
    yield _promise()
    for declared in found:
        if declared.domain and not declared.annotation:
            yield _between(declared, ontology)


def _header(ontology: Ontology) -> Iterator[Row]:
    meta = ontology.meta
    yield "rdf:type", named("owl:Ontology")
    yield "owl:versionInfo", Literal(ontology.version)
    yield "dcterms:license", NamedNode(meta["licence"])
    yield "dcterms:creator", Literal(meta["creator"])
    yield from both("dcterms:title", **meta["shapes"]["title"])
    yield from both("dcterms:description", **meta["shapes"]["description"])


# --- Pieces of shapes


def _shape(name: str, *rows: Row) -> Block:
    return Block(named(f"kg:{name}Shape"), (("rdf:type", named("sh:NodeShape")), *rows))


def _on(path: str, zh: str, en: str, *constraints: Row) -> Row:
    """A constraint on the values of a property, with its message."""
    return "sh:property", Blank((("sh:path", named(path)), *constraints, *_message(zh, en)))


def _message(zh: str, en: str) -> tuple[Row, Row]:
    return both("sh:message", zh, en)


def _counted(least: int, most: int | None) -> _Constraint:
    low: _Constraint = (("sh:minCount", integer(least)),) if least else ()
    return low if most is None else (*low, ("sh:maxCount", integer(most)))


_ONE, _AT_MOST_ONE = _counted(1, 1), _counted(0, 1)
_STRING: _Constraint = (("sh:datatype", named("xsd:string")), ("sh:minLength", integer(1)))
_CHINESE: _Constraint = (
    ("sh:datatype", named("rdf:langString")),
    ("sh:languageIn", Listed((Literal("zh"),))),
    ("sh:minLength", integer(1)),
)


def _one_of(values: Iterable[str]) -> Row:
    return "sh:in", Listed(tuple(Literal(value) for value in values))


def _pattern(pattern: str) -> Row:
    return "sh:pattern", Literal(pattern)


# --- Entities and documents


def _entities(ontology: Ontology, found: Sequence[Property]) -> Block:
    """Everything that may have a name: exactly one kind and one preferred name."""
    kinds = [f"kg:{kind.name}" for kind in instances(ontology)]
    concrete = [f"kg:{kind.name}" for kind in ontology.entity_kinds()]
    anything = [declared.curie for declared in found if not declared.range and not declared.annotation]
    return _shape(
        "Entity",
        *(("sh:targetClass", named(name)) for name in kinds),
        *(("sh:targetObjectsOf", named(name)) for name in anything),
        ("sh:nodeKind", named("sh:IRI")),
        _on("rdf:type", "实体没有类别", "an entity has no kind", *_kinds(kinds, least=1)),
        _on("rdf:type", "实体有不止一个类别", "an entity has more than one kind", *_kinds(concrete, most=1)),
        _on("skos:prefLabel", "实体须有且只有一个中文名称", "an entity has exactly one preferred name, in Chinese",
            *_ONE, *_CHINESE),
        _on("skos:altLabel", "别名须是中文", "an alternative name is in Chinese", *_CHINESE),
        *_message("实体须以 IRI 标识", "an entity is named by an IRI"),
    )  # fmt: skip


def _kinds(names: Sequence[str], least: int | None = None, most: int | None = None) -> Iterator[Row]:
    yield "sh:qualifiedValueShape", Blank((("sh:in", curies(names)),))
    if least is not None:
        yield "sh:qualifiedMinCount", integer(least)
    if most is not None:
        yield "sh:qualifiedMaxCount", integer(most)


def _below(kind: Kind, ontology: Ontology) -> Block:
    """The classes above a kind are asserted, so that queries need no reasoning."""
    above = ontology.above(kind.name)
    rows = (
        _on("rdf:type", f"{kind.zh}也须标为 kg:{name}", f"what is of kind {kind.name} is also asserted to be a {name}",
            ("sh:hasValue", named(f"kg:{name}")))
        for name in above
    )  # fmt: skip
    return _shape(kind.name, ("sh:targetClass", named(f"kg:{kind.name}")), *rows)


def _read(ontology: Ontology) -> Block:
    """What was read has its source."""
    return _shape(
        "Read",
        *(("sh:targetClass", named(f"kg:{name}")) for name in _letters(ontology)),
        ("sh:targetSubjectsOf", named("kg:sourceFile")),
        ("sh:targetSubjectsOf", named("kg:sha256")),
        _on("kg:sourceFile", "读入的文件须有且只有一个来源文件名", "what was read has exactly one source file",
            *_ONE, *_STRING, _pattern(r"^[^/\\]+$")),
        _on("kg:sha256", "读入的文件须有且只有一个校验和", "what was read has exactly one SHA-256 checksum",
            *_ONE, _pattern(_CHECKSUM)),
    )  # fmt: skip


def _letters(ontology: Ontology) -> list[str]:
    return [kind.name for kind in ontology.entity_kinds() if kind.key == "number"]


def _said_once(ontology: Ontology) -> Block:
    """A letter says of itself nothing twice.  Of a policy several letters may tell several dates and numbers.

    Which of them is right no shape can tell: the question conflicting-citations lists them.
    """
    single = ("kg:documentNumber", "dcterms:issued", "kg:year", "kg:title", "kg:category", "kg:publicity")
    return _shape(
        "SaidOnce",
        *(("sh:targetClass", named(f"kg:{name}")) for name in _letters(ontology)),
        *(_on(name, "一封复函此项只能有一个", "a letter has at most one of these", *_AT_MOST_ONE) for name in single),
    )


def _year() -> Block:
    years = (("sh:minInclusive", integer(1900)), ("sh:maxInclusive", integer(2999)))
    return _shape(
        "Year",
        ("sh:targetSubjectsOf", named("kg:year")),
        _on("kg:year", "年份须为四位数", "a year has four digits", *years),
    )


# --- Passages and figures


def _passage() -> Block:
    at_least_0 = (("sh:datatype", named("xsd:integer")), ("sh:minInclusive", integer(0)))
    return _shape(
        PASSAGE,
        ("sh:targetClass", named(f"kg:{PASSAGE}")),
        ("sh:targetObjectsOf", named("kg:readWith")),
        ("sh:nodeKind", named("sh:IRI")),
        ("sh:class", named(f"kg:{PASSAGE}")),
        _on("kg:text", "语段须有且只有一段中文文字", "a passage has exactly one text, in Chinese", *_ONE, *_CHINESE),
        _on("kg:start", "语段须有且只有一个起始位置，且在终止位置之前", "a passage has exactly one start, before its end",
            *_ONE, *at_least_0, ("sh:lessThan", named("kg:end"))),
        _on("kg:end", "语段须有且只有一个终止位置", "a passage has exactly one end", *_ONE, *at_least_0),
        _on("kg:inDocument", "语段须在且只在一个文件中", "a passage is in exactly one document", *_ONE),
        _on("kg:section", "语段须属于一个部分", "a passage is in one of the sections", *_ONE, _one_of(get_args(Section))),
        _on("kg:heading", "语段最多有一个标题", "a passage has at most one heading", *_AT_MOST_ONE),
        *_message("语段须以 IRI 标识并标为 kg:Passage", "a passage is named by an IRI and asserted to be a Passage"),
    )  # fmt: skip


def _measure(ontology: Ontology) -> Block:
    kinds = [kind.name for kind in ontology.kinds.values() if MEASURE in kind.parents]
    counting = [concept["name"] for concept in ontology.meta["scheme"]["concepts"]]
    return _shape(
        MEASURE,
        *(("sh:targetClass", named(f"kg:{name}")) for name in (MEASURE, *kinds)),
        ("sh:targetObjectsOf", named("kg:states")),
        *_message("指标数据已写明期间的，不再写截至年份", "a figure with a period has no year it is as of"),
        ("sh:not", Blank((_given("kg:period"), _given("kg:asOf")))),
        _on("rdf:type", "指标数据须是且只是成效、目标、激励之一", "a figure is exactly one of result, target and incentive",
            *_kinds([f"kg:{name}" for name in kinds], 1, 1)),
        _on("kg:indicator", "指标须有且只有一个，不超过 24 字", "a figure has exactly one indicator of at most 24 characters",
            *_ONE, *_STRING, ("sh:maxLength", integer(LONGEST_INDICATOR))),
        _on("kg:value", "数值须有且只有一个，为十进制数", "a figure has exactly one value, a decimal", *_ONE),
        _on("kg:unit", "单位最多有一个", "a figure has at most one unit", *_AT_MOST_ONE),
        _on("kg:comparator", "比较关系须是 =、>=、<=、~ 之一", "the comparator is one of =, >=, <= and ~",
            *_ONE, _one_of(get_args(Comparator))),
        _on("kg:counting", "计数方式须是所列之一", "the way of counting is one of those listed",
            *_ONE, ("sh:in", curies(f"kg:{name}" for name in counting))),
        _on("kg:period", "期间须写作 2022 或 2023/2025", "a period is written as 2022 or 2023/2025",
            *_AT_MOST_ONE, _pattern(_PERIOD)),
        _on("kg:fromYear", "起始年最多有一个，不晚于终止年", "at most one first year, not after the last one",
            *_AT_MOST_ONE, ("sh:lessThanOrEquals", named("kg:toYear"))),
        _on("kg:toYear", "终止年最多有一个", "at most one last year", *_AT_MOST_ONE),
        _on("kg:asOf", "截至年份最多有一个", "at most one year it is as of", *_AT_MOST_ONE),
        *(_on(name, "所计对象、范围、受益对象各最多一个", "a figure is about at most one thing, as its scope and its beneficiary are",
              *_AT_MOST_ONE) for name in ("kg:about", "kg:scope", "kg:beneficiary")),
        _stated(),
    )  # fmt: skip


def _request() -> Block:
    repeated = Blank((("sh:inversePath", named("kg:repeats")),))
    asked = Blank((("sh:inversePath", named("kg:asks")),))
    return _shape(
        REQUEST,
        ("sh:targetClass", named(f"kg:{REQUEST}")),
        ("sh:nodeKind", named("sh:IRI")),
        _on("skos:prefLabel", "所提建议须有且只有一段中文文字", "a request has exactly one text, in Chinese", *_ONE, *_CHINESE),
        ("sh:property", Blank((("sh:path", repeated), ("sh:minCount", integer(1)),
                               *_message("所提建议须有语段复述", "a passage repeats a request")))),
        ("sh:property", Blank((("sh:path", asked), *_AT_MOST_ONE,
                               *_message("所提建议最多出自一件提案", "at most one proposal makes a request")))),
        *_message("所提建议须以 IRI 标识", "a request is named by an IRI"),
    )  # fmt: skip


def _promise() -> Block:
    announced = Blank((("sh:inversePath", named("kg:announces")),))
    return _shape(
        PROMISE,
        ("sh:targetClass", named(f"kg:{PROMISE}")),
        ("sh:targetObjectsOf", named("kg:announces")),
        ("sh:nodeKind", named("sh:IRI")),
        _on("kg:words", "承诺事项须有且只有一段中文原词", "a promise has exactly one wording, in Chinese", *_ONE, *_CHINESE),
        _on("kg:act", "承诺事项须属于一个行为类别", "a promise is of one of the sorts of acts", *_ONE, _one_of(get_args(ActName))),
        _on("kg:deadline", "承诺事项最多有一个期限", "a promise has at most one deadline", *_AT_MOST_ONE),
        ("sh:property", Blank((("sh:path", announced), *_ONE,
                               *_message("承诺事项须由且只由一个语段宣布", "exactly one passage announces a promise")))),
        *_message("承诺事项须以 IRI 标识", "a promise is named by an IRI"),
    )  # fmt: skip


def _given(path: str) -> Row:
    return "sh:property", Blank((("sh:path", named(path)), ("sh:minCount", integer(1))))


def _stated() -> Row:
    """A figure stands in one passage: followed from the figure back."""
    path = Blank((("sh:inversePath", named("kg:states")),))
    message = _message("指标数据须载于且只载于一个语段", "exactly one passage states a figure")
    return "sh:property", Blank((("sh:path", path), *_ONE, *message))


# --- What a property may stand between


def _between(declared: Property, ontology: Ontology) -> Block:
    zh, en = declared.label
    return _shape(
        declared.name[0].upper() + declared.name[1:] + "Ends",
        ("sh:targetSubjectsOf", named(declared.curie)),
        *_alternatives(_any_kind(declared.domain, ontology)),
        *_message(f"“{zh}”的主语类别不对", f"the subject of '{en}' is of a kind that it does not apply to"),
        *_value(declared, ontology),
    )


def _value(declared: Property, ontology: Ontology) -> Iterator[Row]:
    zh, en = declared.label
    if declared.literal:
        options: list[_Constraint] = [(("sh:datatype", named(name)),) for name in declared.range]
        message = f"“{zh}”的值类型不对", f"the value of '{en}' is of another datatype"
        yield _on(declared.curie, *message, *_alternatives(options))
    elif declared.range and set(declared.range) <= set(ontology.kinds):
        message = f"“{zh}”的宾语类别不对", f"the object of '{en}' is of a kind that it does not apply to"
        options = _any_kind(declared.range, ontology)
        yield _on(declared.curie, *message, ("sh:nodeKind", named("sh:IRI")), *_alternatives(options))


def _any_kind(names: Sequence[str], ontology: Ontology) -> list[_Constraint]:
    return [_kind(name, names, ontology) for name in topmost(ontology, names)]


def _kind(name: str, names: Sequence[str], ontology: Ontology) -> _Constraint:
    """To be of a kind, and of none of those below it that the list of names leaves out."""
    rest = [("sh:not", Blank((("sh:class", named(f"kg:{kind}")),))) for kind in left_out(ontology, name, names)]
    return (("sh:class", named(f"kg:{name}")), *rest)


def _alternatives(options: Sequence[_Constraint]) -> _Constraint:
    """One of several constraints."""
    return options[0] if len(options) == 1 else (("sh:or", Listed(tuple(Blank(option) for option in options))),)
