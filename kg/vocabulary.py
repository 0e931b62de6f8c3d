"""Every namespace, prefix and IRI of the graph, and the only functions that mint one.

IRIs are readable: base, kind, key (`…/id/agency/成都市农业农村局`).  They are IRIs of RFC 3987 whose last segment is
the key in NFKC, without quotation marks and white space; what a segment may not hold is percent-encoded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING
from unicodedata import normalize

from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.model import Ref, Span

BASE = "https://w3id.org/policy-kg/id/"

KG = "https://w3id.org/policy-kg/ontology#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
DCAT = "http://www.w3.org/ns/dcat#"
VOID = "http://rdfs.org/ns/void#"
FOAF = "http://xmlns.com/foaf/0.1/"
ORG = "http://www.w3.org/ns/org#"
NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
ELI = "http://data.europa.eu/eli/ontology#"
SCHEMA = "https://schema.org/"
VANN = "http://purl.org/vocab/vann/"
SH = "http://www.w3.org/ns/shacl#"

PREFIXES: Mapping[str, str] = MappingProxyType({
    "kg": KG, "rdf": RDF, "rdfs": RDFS, "owl": OWL, "xsd": XSD, "skos": SKOS, "dcterms": DCTERMS, "dcat": DCAT,
    "void": VOID, "foaf": FOAF, "org": ORG, "nif": NIF, "eli": ELI, "schema": SCHEMA, "vann": VANN, "sh": SH,
})  # fmt: skip

TYPE = RDF + "type"
PREF_LABEL = SKOS + "prefLabel"
ALT_LABEL = SKOS + "altLabel"

# Classes that the program itself has to know; all others come from the ontology's files.
DOCUMENT = "Document"
MEASURE = "Measure"
PASSAGE = "Passage"
REQUEST = "Request"
PROMISE = "Promise"
WORK = "Project"
# What a passage says of a thing by its status; of a project, one single work, with words of its own.
SAYS = {"done": "saysDone", "ongoing": "saysOngoing", "planned": "saysPlanned"}
SAYS_OF_A_WORK = {"done": "saysCompleted", "ongoing": "saysUnderWay", "planned": "saysIntended"}

_FRAGMENT = "#char="
_NUMBER = re.compile(r"[0-9]+")

# RFC 3987, section 2.2: iunreserved, sub-delims, ":" and "@" are the signs of a path segment.  Left out of ucschar,
# though allowed, are signs that cannot be seen or that turn the direction of writing (section 4.1).
_ALLOWED = (
    "A-Za-z0-9._~!$&'()*+,;=:@\\-"
    "\u00a1-\u00ac\u00ae-\u061b\u061d-\u180d\u180f-\u200a\u2010-\u2027\u2030-\u205f\u2070-\ud7ff\uf900-\ufdcf"
    "\ufdf0-\ufdff\ufe10-\ufefe\uff00-\uffef"
) + "".join(f"{chr(plane << 16)}-{chr((plane << 16) + 0xFFFD)}" for plane in range(1, 14))
_FORBIDDEN = re.compile(f"[^{_ALLOWED}]")
# What XML 1.0 forbids (its production Char), with it lone surrogates; a carriage return would be read as a line feed.
_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^/?#\s<>\"{}|\\^`]+(?:/[^?#\s<>\"{}|\\^`]*)?")
_LOCAL_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*")


def checked_base(base: str) -> str:
    """The base IRI with a slash at its end.  UsageError for what relative IRIs cannot be resolved against.

    >>> checked_base("https://example.org/id")
    'https://example.org/id/'
    """
    if not _ABSOLUTE.fullmatch(base) or "/./" in f"{base}/" or "/../" in f"{base}/":
        raise UsageError(
            "no base for IRIs", place=base, remedy="give an absolute one without ? and #, like https://example.org/id/"
        )
    return base if base.endswith("/") else f"{base}/"


def segment(key: str) -> str:
    """A key as the last segment of an IRI.

    >>> segment("“丰收” 计划[2023]/a%")
    '丰收计划〔2023〕%2Fa%25'
    """
    from kg.text import norm  # who only asks a graph mints no IRI, and need not wait for the rules of texts

    text = normalize("NFC", norm(key)) or "_"  # what stood apart by white space may have come together
    if text in (".", ".."):  # else the path would be read as another one
        return "%2E" * len(text)
    return _FORBIDDEN.sub(_encoded, text)


def _encoded(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match.group().encode("utf-8", "surrogatepass"))


def entity_iri(base: str, ref: Ref) -> str:
    """The IRI of an entity, which is also the name of the graph of a letter.

    >>> from kg.model import Ref
    >>> entity_iri(BASE, Ref("Agency", "成都市农业农村局"))
    'https://w3id.org/policy-kg/id/agency/成都市农业农村局'
    """
    return f"{base}{ref.kind.lower()}/{segment(ref.key)}"


def passage_iri(letter: str, span: Span) -> str:
    """The IRI of a passage and the name of its graph: a fragment of RFC 5147, in code points of the source."""
    return f"{letter}{_FRAGMENT}{span.start},{span.stop}"


def measure_iri(letter: str, span: Span, number: int = 1, passage: Span | None = None) -> str:
    """The IRI of a measure: the place of its figure.

    A second one at the same place gets `&n=2`; one whose figure is the whole passage `&n=1`, so that the two differ.
    """
    plain = number == 1 and span != passage
    return passage_iri(letter, span) + ("" if plain else f"&n={number}")


def request_iri(letter: str, span: Span, passage: Span) -> str:
    """The IRI of a request: the place where the letter repeats it first; with `&n=1` where that is a whole passage."""
    return measure_iri(letter, span, 1, passage)


def promise_iri(letter: str, span: Span) -> str:
    """The IRI of a promise: the place of its clause, with `&promise`, so that it is none of a passage or a figure."""
    return f"{passage_iri(letter, span)}&promise"


def registry_graph(base: str) -> str:
    """The name of the graph of what the registry adds."""
    return f"{base}registry"


def ontology_graph(base: str) -> str:
    """The name of the graph of the ontology."""
    return f"{base}ontology"


def dataset_iri(base: str) -> str:
    """The IRI of the dataset and the name of the graph that describes it."""
    return f"{base}dataset"


def partition_iri(base: str, name: str) -> str:
    """The IRI of the part of the dataset that belongs to a class or property, by its compact name."""
    return f"{dataset_iri(base)}#{name.replace(':', '-')}"


def letter_of(iri: str) -> str:
    """The letter's IRI of the IRI of a passage or measure; any other IRI as it is.

    >>> letter_of("https://example.org/id/letter/1号#char=3,9")
    'https://example.org/id/letter/1号'
    """
    return iri.partition(_FRAGMENT)[0]


def order(iri: str) -> tuple[str, tuple[int, ...], str]:
    """What IRIs are sorted by: passages and measures of a letter in the order of the text."""
    head, mark, tail = iri.partition(_FRAGMENT)
    return head, tuple(map(int, _NUMBER.findall(tail))) if mark else (), iri


def expand(curie: str) -> str:
    """The IRI of a compact name with one of the known prefixes.

    >>> expand("dcterms:issued")
    'http://purl.org/dc/terms/issued'
    """
    prefix, _, name = curie.partition(":")
    return PREFIXES[prefix] + name


def compact(iri: str) -> str | None:
    """The compact name of an IRI, if it has one that every syntax takes without escapes.

    >>> compact("http://purl.org/dc/terms/issued"), compact("https://example.org/")
    ('dcterms:issued', None)
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and _LOCAL_NAME.fullmatch(iri, len(namespace)):
            return f"{prefix}:{iri[len(namespace) :]}"
    return None


def legal(text: str) -> str:
    r"""A text as a literal: what XML 1.0 forbids becomes U+FFFD, so that the length stays.

    >>> legal("甲\x07乙")
    '甲�乙'
    """
    return _NOT_XML.sub("\ufffd", text)
