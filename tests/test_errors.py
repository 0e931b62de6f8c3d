from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest

from kg import errors
from kg.errors import KgError, UsageError

FAMILY = [value for _, value in sorted(vars(errors).items()) if inspect.isclass(value)]

MESSAGES = [
    (KgError("cannot be read"), "cannot be read"),
    (KgError("cannot be read", place="a.txt:3"), "a.txt:3: cannot be read"),
    (KgError("cannot be read", remedy="save it as UTF-8"), "cannot be read; save it as UTF-8"),
    (KgError("cannot be read", place="a.txt", remedy="save it"), "a.txt: cannot be read; save it"),
]


@pytest.mark.parametrize(("error", "line"), MESSAGES)
def test_a_message_names_place_and_remedy(error: KgError, line: str) -> None:
    assert str(error) == line
    assert "\n" not in line


@pytest.mark.parametrize("kind", FAMILY)
def test_every_error_has_one_root_and_a_status(kind: type[KgError]) -> None:
    assert issubclass(kind, KgError)
    assert kind.exit_status == (2 if issubclass(kind, UsageError) else 1)


def classes(path: Path) -> list[ast.ClassDef]:
    return [node for node in ast.walk(ast.parse(path.read_bytes())) if isinstance(node, ast.ClassDef)]


def test_no_other_module_starts_a_family_of_its_own(root: Path) -> None:
    names = {kind.__name__ for kind in FAMILY}
    others = [path for path in sorted((root / "kg").rglob("*.py")) if path.name != "errors.py"]
    strangers = [
        f"{path.name}: {node.name}"
        for path in others
        for node in classes(path)
        if node.name.endswith(("Error", "Exception")) and not names & {ast.unparse(base) for base in node.bases}
    ]
    assert not strangers, "an error that users see is a child of KgError"
