"""What is declared is what is used, what is locked is what is declared, and the wheel has all that it needs."""

from __future__ import annotations

import ast
import importlib.metadata
import os
import re
import runpy
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import kg
from kg.resources import FOLDERS

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DECLARED = {canonicalize_name(Requirement(line).name) for line in PROJECT["dependencies"]}
DEV_DECLARED = {canonicalize_name(Requirement(line).name) for line in PROJECT["optional-dependencies"]["dev"]}


def third_party_imports(folder: str = "kg") -> set[str]:
    """The distributions whose modules the code in a folder imports."""
    distributions = importlib.metadata.packages_distributions()
    sources = [path for path in sorted((ROOT / folder).rglob("*.py")) if "gold" not in path.parts]
    modules = {name.split(".")[0] for path in sources for name in imports(ast.parse(path.read_bytes()))}
    outside = modules - set(sys.stdlib_module_names) - {"kg", "tests", "conftest"}
    return {canonicalize_name(distributions.get(name, [name])[0]) for name in outside}


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def locked(name: str) -> dict[str, str]:
    """Names and versions in a lock file; every line but comments and the file it adds to must be one."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith(("#", "--requirement requirements.lock"))]
    rows = [re.fullmatch(r"([A-Za-z0-9._-]+)==([A-Za-z0-9.!+]+)(?: ; .+)?", line) for line in pins]
    assert all(rows), pins
    return {canonicalize_name(row[1]): row[2] for row in rows if row}


RUN, DEV = locked("requirements.lock"), locked("requirements-dev.lock")


def needed(roots: Iterable[str]) -> set[str]:
    """The names of all distributions that those in `roots` (as `name` or `name[extra]`) need here, and they."""
    seen: set[str] = set()
    waiting = [Requirement(root) for root in roots]
    while waiting:
        wanted = waiting.pop()
        if str(wanted) in seen:
            continue
        seen.add(str(wanted))
        for extra in wanted.extras | {""}:
            for line in importlib.metadata.requires(wanted.name) or []:
                inner = Requirement(line)
                if inner.marker is None or inner.marker.evaluate({"extra": extra}):
                    inner.marker = None
                    waiting.append(inner)
    return {canonicalize_name(Requirement(line).name) for line in seen}


def test_every_import_is_declared() -> None:
    assert third_party_imports() <= DECLARED
    assert third_party_imports("tests") <= DECLARED | DEV_DECLARED


def test_every_declared_dependency_is_imported() -> None:
    assert DECLARED - third_party_imports() == set()


def test_the_locks_hold_the_whole_tree() -> None:
    assert needed(PROJECT["dependencies"]) <= set(RUN)
    assert needed(PROJECT["optional-dependencies"]["dev"]) <= set(RUN) | set(DEV)
    assert not set(RUN) & set(DEV)


def test_the_tests_run_with_the_locked_versions() -> None:
    assert {name: importlib.metadata.version(name) for name in RUN | DEV} == RUN | DEV


@pytest.mark.parametrize("line", PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"])
def test_the_locks_are_within_the_declared_bounds(line: str) -> None:
    wanted = Requirement(line)
    assert (RUN | DEV)[canonicalize_name(wanted.name)] in wanted.specifier


def run(*command: str, cwd: Path, path: str = "") -> str:
    """Run a command without a terminal; what it printed."""
    done = subprocess.run(
        command, cwd=cwd, env=os.environ | {"PYTHONPATH": path}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package installed from a wheel that was built from the source distribution, away from the checkout."""
    folder = tmp_path_factory.mktemp("packaging")
    run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(folder), cwd=ROOT)
    source = next(folder.glob("*.tar.gz"))
    run(
        sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--no-build-isolation",
        "--target", str(folder / "site"), str(source), cwd=folder,
    )  # fmt: skip
    return folder / "site"


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.mark.parametrize("name", FOLDERS)
def test_data_folders_travel_whole(installed: Path, name: str) -> None:
    assert files(installed / "kg" / "_data" / name) == files(ROOT / name)


def test_the_code_travels_whole_and_nothing_else(installed: Path) -> None:
    code = {name: text for name, text in files(installed / "kg").items() if not name.startswith("_data")}
    assert code == files(ROOT / "kg")
    assert {path.name for path in installed.iterdir()} <= {"kg", "bin", f"policy_kg-{kg.__version__}.dist-info"}


def test_an_installed_package_finds_its_data(installed: Path, tmp_path: Path) -> None:
    code = "import kg, kg.resources; print(kg.__file__); print(kg.resources.letters_dir())"
    home, letters = run(sys.executable, "-c", code, cwd=tmp_path, path=str(installed)).splitlines()
    assert Path(home).is_relative_to(installed)
    assert Path(letters) == installed / "kg" / "_data" / "seeds" / "letters"


def test_the_command_runs_installed(installed: Path, tmp_path: Path) -> None:
    out = run(str(installed / "bin" / "kg"), "--version", cwd=tmp_path, path=str(installed))
    assert kg.__version__ in out


def test_a_wheel_from_the_checkout_is_the_same(installed: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path), cwd=ROOT)
    (made,) = tmp_path.glob("*.whl")
    assert made.name.endswith("-py3-none-any.whl"), "nothing is compiled unless that is asked for"
    with zipfile.ZipFile(made) as wheel:
        names = {name for name in wheel.namelist() if name.startswith("kg/")}
    assert names == {f"kg/{name}" for name in files(installed / "kg")}


# --- The compiled engine (hatch_build.py); that it gives the same bytes, tests/benchmarks/test_speed.py tells

HOOK = runpy.run_path(str(ROOT / "hatch_build.py"))
ENGINE = list(HOOK["engine"](ROOT))


def test_the_engine_is_all_that_reads_a_letter() -> None:
    """What kg/resolve.py imports, directly or not, but for what is no hot code: errors, where the data lie."""
    names = {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in ENGINE}
    needed = {name for path in ENGINE for name in imports(ast.parse(path.read_bytes())) if name.startswith("kg.")}
    assert needed - names == {"kg.collecting", "kg.errors", "kg.resources", "kg.extract"}  # the last is a mere folder


@pytest.mark.parametrize("path", ENGINE, ids=[str(path.relative_to(ROOT)) for path in ENGINE])
def test_what_is_compiled_says_the_same(path: Path) -> None:
    """The form for mypyc adds constructors and `Final`, and takes slots and @quick away; all else is as it is printed."""
    source = path.read_text(encoding="utf-8")
    rewritten = HOOK["native"](source)
    for node in ast.walk(ast.parse(rewritten)):
        if isinstance(node, ast.ClassDef) and any("init=False" in ast.unparse(each) for each in node.decorator_list):
            fields = [ast.unparse(each.target) for each in node.body if isinstance(each, ast.AnnAssign)]
            made = next(each for each in node.body if isinstance(each, ast.FunctionDef) and each.name == "__init__")
            assert [argument.arg for argument in made.args.args] == ["self", *fields]
    kept = [line for line in rewritten.splitlines() if line in source.splitlines()]
    lost = [line for line in source.splitlines() if line not in kept]
    assert all(re.match(r"@quick|@dataclass\(|[A-Z_0-9]+(?::.*)? = ", line) for line in lost), lost


@pytest.mark.parametrize("path", ENGINE, ids=[str(path.relative_to(ROOT)) for path in ENGINE])
def test_the_engine_keeps_to_what_mypyc_does_alike(path: Path) -> None:
    """mypyc makes a cached property anew each time, and drops a keyword that is called like a positional parameter."""
    tree = ast.parse(path.read_bytes())
    assert "cached_property" not in {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.args.kwarg]
    assert all(argument.arg.startswith("_") for function in functions for argument in function.args.posonlyargs)
