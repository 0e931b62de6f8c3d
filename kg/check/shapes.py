"""Does a graph keep to the shapes of the ontology (SHACL)?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.check.agreement import read
from kg.check.finding import Finding, Place, place_of
from kg.errors import KgError
from kg.query.dataset import Dataset
from kg.vocabulary import SH

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

_MISSING = "checking needs pySHACL"
_DO_EN = "kg explain shows the rule that found it; mend the rule or record a decision, and run kg build again"
_DO_ZH = "用 kg explain 查看得出此项的规则；修改规则或记下判定后，重新运行 kg build"


def findings(data: Path, shapes: Path, ontology: Path, dataset: Dataset | None = None) -> tuple[Finding, ...]:
    """What in the file `data` breaks the shapes, with the ontology beside it, in a fixed order.

    With the graph `dataset` each finding has its place.  Of one value one finding is given, the most exact.  Raises
    KgError where pySHACL is not installed, StoreError where a file is not there or is damaged.
    """
    try:
        from pyshacl import validate
    except ImportError as error:
        raise KgError(_MISSING, remedy="pip install pyshacl") from error
    from rdflib import Graph

    for path in (data, ontology, shapes):
        read(path)  # says in one line where a file is damaged
    # Joined here: pySHACL's own way to mix an ontology in takes minutes over its blank nodes.
    both = Graph().parse(data).parse(ontology)
    _, report, _ = validate(both, shacl_graph=Graph().parse(shapes), inplace=True)
    found = _exact(set(_found(report, dataset)))
    return tuple(sorted(found, key=lambda one: (one.node, one.path, one.en, one.value, one.rule)))


def _exact(found: Iterable[Finding]) -> Iterator[Finding]:
    """One finding for each value: what fewer constraints say of it is more exact than what all of a shape say."""
    about: dict[tuple[str, str, str], list[Finding]] = {}
    for one in found:
        about.setdefault((one.node, one.path, one.value), []).append(one)
    for same in about.values():
        often = Counter(one.en for one in same)
        yield min(same, key=lambda one: (often[one.en], one.rule, one.en))


def _found(report: Graph, dataset: Dataset | None) -> Iterator[Finding]:
    """The results in a report graph of pySHACL."""
    from rdflib import RDF, URIRef

    for result in report.subjects(RDF.type, URIRef(SH + "ValidationResult")):
        node, path, value, component = (
            _one(report.objects(result, URIRef(SH + name)))
            for name in ("focusNode", "resultPath", "value", "sourceConstraintComponent")
        )
        messages = list(report.objects(result, URIRef(SH + "resultMessage")))
        place = place_of(dataset, node, path, value) if dataset else Place()
        rule = component.removeprefix(SH).removesuffix("ConstraintComponent")
        yield Finding(rule, _one(messages, "en"), _one(messages, "zh"), _DO_EN, _DO_ZH, node, path, value, place)


def _one(values: Iterable[Node], language: str = "") -> str:
    """The one value, of messages in several languages that in `language`; empty where there is none."""
    found = sorted(values, key=lambda value: (getattr(value, "language", None) != language, str(value)))
    return str(found[0]) if found else ""
