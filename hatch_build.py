"""Compiles the engine into the wheel, where that is asked for: HATCH_BUILD_HOOKS_ENABLE=true pip install .  (`make fast`).

mypyc turns the modules that read a letter into C.  Without the switch nothing here runs, and the wheel is pure Python.
An editable installation is never compiled, so that no compiled module can hide an edited source.
"""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ENGINE = (
    "kg/model.py", "kg/text", "kg/ontology.py", "kg/registry", "kg/letter", "kg/extract",
    "kg/titles.py", "kg/identity.py", "kg/judgement.py", "kg/joins.py",
    "kg/grouping.py", "kg/editions.py", "kg/validity.py", "kg/resolve.py",
)  # fmt: skip
"""What reads a letter: from the values up to the entities."""

SETUP = """
import os, sys
from mypyc.build import mypycify
from setuptools import setup
options = ["--config-file=", "--ignore-missing-imports", "--cache-dir=mypy"]
modules = mypycify([*options, *sys.argv[1:]], opt_level="1", debug_level="0", multi_file=True, group_name="kg")
jobs = f"--parallel={os.cpu_count() or 1}"
setup(name="kg", packages=[], ext_modules=modules, script_args=["--quiet", "build_ext", "--inplace", jobs])
"""


class CompiledEngine(BuildHookInterface[Any]):
    """Adds the compiled modules to a wheel; they lie beside their sources, and Python takes them first."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile a copy of the sources, and have the wheel name the platform."""
        if version == "editable":
            return
        work = Path(self.root, "build", "compiled")
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(Path(self.root, "kg"), work / "kg", ignore=shutil.ignore_patterns("__pycache__", "*.so"))
        names = [str(path.relative_to(work)) for path in engine(work)]
        for name in names:
            source = (work / name).read_text(encoding="utf-8")
            (work / name).write_text(native(source), encoding="utf-8", newline="\n")
        subprocess.run([sys.executable, "-c", SETUP, *names], cwd=work, check=True)
        made = [path for end in (".so", ".pyd") for path in (*work.glob(f"*{end}"), *(work / "kg").rglob(f"*{end}"))]
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
        build_data["force_include"].update({str(path): str(path.relative_to(work)) for path in made})


def engine(root: Path) -> Iterator[Path]:
    """The sources that are compiled, below a folder."""
    for name in ENGINE:
        yield from sorted((root / name).rglob("*.py")) if (root / name).is_dir() else [root / name]


# --- What mypyc makes slow code of is written in another form that means the same


def native(source: str) -> str:
    """The source of a module with values and constants in the form that mypyc makes fast code of.

    A frozen value gets its constructor in writing, for mypyc would let the interpreter run that of `dataclasses`; a
    constant is final, for it would be looked up by its name each time.
    """
    tree, lines = ast.parse(source), source.splitlines(keepends=True)
    named = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    stored = Counter(node.id for node in named if isinstance(node.ctx, ast.Store))
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            _write_constructor(node, lines)
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = [target.id for target in targets if isinstance(target, ast.Name)]
            if len(targets) == 1 and names and names[0].isupper() and stored[names[0]] == 1:
                lines[node.lineno - 1] = _final(lines[node.lineno - 1], names[0])
    future = "from __future__ import annotations\n"
    return "".join(lines).replace(future, f"{future}from typing import Final, final\n", 1)


def _final(line: str, name: str) -> str:
    """A line that begins the assignment to a constant, with `Final`; its type in words, where it has one, goes in."""
    typed = re.match(rf"{name}: (?P<type>.+?) = ", line)
    if typed:
        return f"{name}: Final[{typed['type']}] = {line[typed.end() :]}"
    return re.sub(rf"^{name} = ", f"{name}: Final = ", line)


def _write_constructor(value: ast.ClassDef, lines: list[str]) -> None:
    """Of a frozen value with plain fields: the constructor in writing, no slots (mypyc has its own), no @quick."""
    fields = [each for each in value.body if isinstance(each, ast.AnnAssign)]
    ways = {each.lineno: ast.unparse(each) for each in value.decorator_list}
    plain = not any(isinstance(each.value, ast.Call) and ast.unparse(each.value.func) == "field" for each in fields)
    if not plain or not any(way.startswith("dataclass(frozen=True, slots=True") for way in ways.values()):
        return
    for line, way in ways.items():
        lines[line - 1] = "" if way == "quick" else f"@{way.replace('slots=True', 'init=False')}\n@final\n"
    given = [ast.unparse(each) for each in fields]
    names = [ast.unparse(each.target) for each in fields]
    constructor = [
        f"    def __init__(self, {', '.join(given)}) -> None:\n",
        *(f"        self.{name} = {name}  # type: ignore[misc]\n" for name in names),
    ]
    lines[(value.body[-1].end_lineno or 0) - 1] += "\n" + "".join(constructor)
