"""ontology/**/*.toml -> ontology/policy-kg.ttl (OWL) and ontology/shapes.ttl (SHACL).

    python -m kg.export.ontology            write both files
    python -m kg.export.ontology --check    status 1 if one of them is not what the rule files give

The files depend on the rule files alone: the same input gives the same bytes.  They are what Protégé and SHACL tools
open.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from kg.errors import KgError, OutputError
from kg.export import _owl, _shapes
from kg.export._nested import turtle
from kg.ontology import Ontology, load
from kg.resources import ontology_dir

_NOTE = "Generated from the .toml files beside it by `make ontology`: change those, not this."


def generate(ontology: Ontology) -> Mapping[str, str]:
    """The generated files: base name -> Turtle.  OntologyError for a property that is not whole."""
    return {
        "policy-kg.ttl": turtle(_owl.blocks(ontology), _NOTE),
        "shapes.ttl": turtle(_shapes.blocks(ontology), _NOTE),
    }


def stale(directory: Path, files: Mapping[str, str]) -> list[Path]:
    """The files that are missing or hold something else."""
    return [path for name, text in files.items() if not _holds(path := directory / name, text)]


def _holds(path: Path, text: str) -> bool:
    return path.exists() and path.read_bytes() == text.encode()


def write(directory: Path, files: Mapping[str, str]) -> list[Path]:
    """Write the files that are not current; which these were.  OutputError where that cannot be done."""
    changed = stale(directory, files)
    for path in changed:
        try:
            path.write_bytes(files[path.name].encode())
        except OSError as error:
            raise OutputError(f"cannot be written ({error.strerror})", place=str(path)) from error
    return changed


def main(arguments: Sequence[str]) -> int:
    """Write or check the files of the project's own ontology; the exit status."""
    if arguments not in ([], ["--check"]):
        sys.stderr.write("usage: python -m kg.export.ontology [--check]\n")
        return 2
    directory = ontology_dir()
    try:
        files = generate(load())
        found = stale(directory, files) if arguments else write(directory, files)
    except KgError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_status
    for path in found:
        sys.stdout.write(f"{path.name}: {'is not current; run make ontology' if arguments else 'written'}\n")
    return 1 if arguments and found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
