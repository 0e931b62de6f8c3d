"""In which file a rule stands, by its id.

Rules of kinds, relations, statuses and promises have their ids from the ontology's files; `registry:ROW` is a row of
the registry, `form.ROLE` a part of the letter's form.  What is found by programs alone has the program's file.
"""

from __future__ import annotations

from collections.abc import Mapping

from kg.ontology import Ontology

_REGISTRY = "registry:"
_FORM = "form."
# By what the id begins with; a figure's has no dot, and tells how its noun was found.
_PROGRAMS = {
    "agency": "kg/extract/agency.py",
    "letter": "kg/extract/again.py",
    "promise": "kg/extract/promises.py",
}
_FIGURES = "kg/extract/wording.py"


def known(ontology: Ontology) -> Mapping[str, str]:
    """The ids of all rules of the ontology's files, each with its file."""
    found = {
        rule.id: f"ontology/kinds/{kind.name.lower()}.toml" for kind in ontology.kinds.values() for rule in kind.rules
    }
    for relation in ontology.relations.values():
        found |= {rule.id: f"ontology/relations/{relation.name}.toml" for rule in relation.rules}
    found |= {rule.id: "ontology/requests.toml" for rule in ontology.requests}
    found |= {rule.id: "ontology/promises.toml" for rule in ontology.promises}
    return found | {rule.id: "ontology/status.toml" for rule in ontology.status}


def file_of(rule: str, files: Mapping[str, str]) -> str:
    """The file of a rule, given those that are known.

    >>> file_of("registry:制造业", {})
    'ontology/registry/'
    """
    if rule in files:
        return files[rule]
    if rule.startswith(_REGISTRY):
        return "ontology/registry/"
    if rule.startswith(_FORM):
        return "ontology/letter.toml"
    head, dot, _ = rule.partition(".")
    return _PROGRAMS.get(head, "kg/extract/") if dot else _FIGURES
