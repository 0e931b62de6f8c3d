"""Imports go down only.  Read from the source, so that imports inside functions count too."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

# From the top down; those of one line are of one level and do not import each other.
LAYERS = """
    __main__
    cli
    api
    pipeline
    view export show analysis check report explain score names
    find
    evidence
    table
    query
    store
    graph
    vocabulary
    decisions
    resolve
    joins grouping
    identity
    editions judgement titles validity
    extract
    letter
    read
    registry
    ontology
    resources
    text
    masking
    rewrite
    collecting
    model
    errors
    __init__
"""
LEVEL = {name: -depth for depth, line in enumerate(LAYERS.split("\n")) for name in line.split()}

RDF_LIBRARIES = {"owlrl", "oxrdflib", "pyoxigraph", "pyshacl", "rdflib"}
ROOT = Path(__file__).resolve().parent.parent
FILES = sorted((ROOT / "kg").rglob("*.py"))


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in FILES}


def layer(module: str) -> str:
    """The name in LAYERS of a module of kg: kg.read.plain -> read."""
    return module.split(".")[1] if "." in module else "__init__"


def imported_by(tree: ast.AST) -> Iterator[str]:
    """Every module that a source imports; `from a import b` is a.b where that is a module of kg, else a."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in MODULES else node.module


IMPORTS = {module: sorted(set(imported_by(ast.parse(path.read_bytes())))) for module, path in MODULES.items()}
WITHIN = {module: [name for name in names if name in MODULES] for module, names in IMPORTS.items()}
PAIRS = [(module, name) for module, names in WITHIN.items() for name in names]


@pytest.mark.parametrize("module", MODULES)
def test_every_module_has_its_layer(module: str) -> None:
    assert layer(module) in LEVEL, "add the new layer to LAYERS, and to the README's plan"


@pytest.mark.parametrize(("module", "name"), PAIRS, ids=[f"{module}->{name}" for module, name in PAIRS])
def test_imports_go_down_only(module: str, name: str) -> None:
    above, below = layer(module), layer(name)
    assert above == below or LEVEL[above] > LEVEL[below]


def test_no_cycle() -> None:
    try:
        TopologicalSorter(WITHIN).prepare()
    except CycleError as cycle:
        pytest.fail(" -> ".join(cycle.args[1]))


@pytest.mark.parametrize("module", [module for module in MODULES if LEVEL.get(layer(module), 0) <= LEVEL["resolve"]])
def test_understanding_a_letter_needs_no_rdf_library(module: str) -> None:
    assert not RDF_LIBRARIES & {name.split(".")[0] for name in IMPORTS[module]}


@pytest.mark.parametrize("module", ["kg", "kg.errors", "kg.model"])
def test_the_ground_imports_nothing_of_kg(module: str) -> None:
    assert not WITHIN[module]


@pytest.mark.parametrize("module", MODULES)
def test_a_module_has_a_subject(module: str) -> None:
    last = module.rpartition(".")[2]
    assert last.strip("_") not in {"base", "common", "helper", "helpers", "misc", "tools", "util", "utils"}
