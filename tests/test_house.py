"""The rules of the house that a program can check (README, "How it is built")."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CODE = sorted((ROOT / "kg").rglob("*.py"))
IDS = [str(path.relative_to(ROOT)) for path in CODE]

# Functions longer than the eye takes in, and why they are: "module.py:name": reason.
LONG_FUNCTIONS: dict[str, str] = {}
# Modules of more than 400 lines, and why.
LONG_MODULES: dict[str, str] = {}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_bytes())


def functions(tree: ast.AST) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def length(function: Function) -> int:
    """The lines of a function, without its decorators and docstring."""
    lines = (function.end_lineno or 0) - function.lineno + 1
    doc = function.body[0] if ast.get_docstring(function, clean=False) is not None else None
    return lines - ((doc.end_lineno or 0) - doc.lineno + 1 if doc else 0)


@pytest.mark.parametrize("path", CODE, ids=IDS)
def test_functions_fit_in_the_eye(path: Path) -> None:
    long = {f"{path.name}:{function.name}" for function in functions(parse(path)) if length(function) > 40}
    assert long <= set(LONG_FUNCTIONS), "divide it, or say in LONG_FUNCTIONS why it is long"


def test_the_median_function_is_short() -> None:
    lengths = sorted(length(function) for path in CODE for function in functions(parse(path)))
    assert lengths[len(lengths) // 2] <= 8


@pytest.mark.parametrize("path", CODE, ids=IDS)
def test_a_module_has_one_subject(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= 400 or str(path.relative_to(ROOT)) in LONG_MODULES


@pytest.mark.parametrize("path", CODE, ids=IDS)
def test_a_line_fits_on_the_screen(path: Path) -> None:
    """In characters: a Chinese one counts once, so that a line of data may be as long as it has to be."""
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    assert not [number for number, line in lines if len(line) > 120]


def test_exceptions_to_the_rules_are_still_needed() -> None:
    present = {f"{path.name}:{f.name}": length(f) for path in CODE for f in functions(parse(path))}
    assert all(present.get(name, 0) > 40 for name in LONG_FUNCTIONS)
    assert all((ROOT / name).read_text(encoding="utf-8").count("\n") > 400 for name in LONG_MODULES)


@pytest.mark.parametrize("path", CODE, ids=IDS)
def test_values_are_frozen(path: Path) -> None:
    decorators = [(node.name, ast.unparse(d)) for node in ast.walk(parse(path)) if isinstance(node, ast.ClassDef)
                  for d in node.decorator_list]  # fmt: skip
    loose = [name for name, d in decorators if "dataclass" in d and not ("frozen=True" in d and "slots=True" in d)]
    assert not loose


@pytest.mark.parametrize("path", CODE, ids=IDS)
def test_modules_read_alike(path: Path) -> None:
    tree = parse(path)
    assert ast.get_docstring(tree), "a module says what it is about"
    features = [n for n in tree.body if isinstance(n, ast.ImportFrom) and n.module == "__future__"]
    assert features or len(tree.body) == 1 or path.name == "__init__.py"


def texts(tree: ast.AST) -> Iterator[str]:
    """The string constants of a source that are no docstrings."""
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | Function) and node.body and isinstance(node.body[0], ast.Expr)
    }
    return (
        n.value
        for n in ast.walk(tree)
        if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in docs
    )


def chinese_names_of_kinds() -> set[str]:
    files = sorted((ROOT / "ontology" / "kinds").glob("*.toml"))
    labels = (re.search(r'^label *= *\{ *zh *= *"([^"]+)"', file.read_text(encoding="utf-8"), re.M) for file in files)
    return {label[1] for label in labels if label}


@pytest.mark.parametrize("path", CODE, ids=IDS)
def test_code_does_not_know_a_kind_by_its_chinese_name(path: Path) -> None:
    assert not chinese_names_of_kinds() & set(texts(parse(path)))


# --- What no tracked file may hold


def tracked() -> list[Path]:
    """The files that git tracks or would add; without git, what lies in the folders of the project."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        folders = ["kg", "ontology", "queries", "seeds", "tests", ".ci"]
        inside = [path for folder in folders for path in (ROOT / folder).rglob("*") if "__pycache__" not in path.parts]
        return sorted(path for path in [*inside, *ROOT.glob("[!.]*")] if path.is_file())
    return sorted(path for name in done.stdout.decode().split("\0") if name and (path := ROOT / name).is_file())


# Written in two halves, so that this file does not hold them itself.
REGISTRY_HOSTS = [
    "pypi" + ".org", "python" + "hosted.org", "pypi.tuna" + ".tsinghua", "mirrors" + ".aliyun.com", "npmjs" + ".org",
    "npmjs" + ".com", "registry" + ".npmmirror", "crates" + ".io", "conda" + ".anaconda.org",
]  # fmt: skip
FORBIDDEN = re.compile("|".join(map(re.escape, REGISTRY_HOSTS)).encode())
MACHINE_PATHS = re.compile(rb"(?<![\w.~/-])/(?:root|Users|work|home/[a-z]+)/\w")


def test_no_file_names_a_package_registry() -> None:
    assert not [path for path in tracked() if FORBIDDEN.search(path.read_bytes())]


def test_no_file_names_a_place_on_one_machine() -> None:
    assert not [path for path in tracked() if MACHINE_PATHS.search(path.read_bytes())]


def test_text_files_are_utf_8_with_unix_line_ends() -> None:
    names = {".py", ".toml", ".md", ".csv", ".rq", ".ttl", ".lock", ".sh", ".json"}
    for path in tracked():
        if path.suffix in names:
            assert "\r" not in path.read_bytes().decode("utf-8"), path


# --- General, not tuned: what the development letters name is nowhere in the rules

OF_ONE_LETTER = {"Person", "Platform", "Programme", "Event", "Project", "Policy"}

# Names in the development gold that rules, registry and code may hold all the same, with their source: they are
# national, or they are no names of something but general words of official documents.
NATIONAL_OR_GENERAL = {
    "意见": "a kind of document; letters shorten a title to it",
    "人才库": "a general word: a database of people of talent",
    "人才周": "a general word: a week of events for people of talent, held in many cities",
    "微信": "a national application (Tencent)",
    "支付宝": "a national application (Ant Group)",
    "12345政务服务便民热线": "the national hotline: General Office of the State Council, 国办发〔2020〕53号",
    "全国助残日": "Law on the Protection of Persons with Disabilities, article 14 (2008 revision)",
    "中央引导地方科技发展资金": "a fund of the State: 财教〔2023〕276号 (Ministry of Finance, Ministry of Science and Technology)",
    "四好农村路": "a national programme: Ministry of Transport, 2014 and after",
    "青藏铁路": "a railway of the State, in the national railway network",
    "12345": "the national hotline: General Office of the State Council, 国办发〔2020〕53号",
}


def bare(text: str) -> str:
    """A text as names are compared: NFKC, no white space, no quotation marks or brackets."""
    return re.sub(r"[\s“”\"'‘’《》〈〉()〔〕\[\]·•、—-]", "", unicodedata.normalize("NFKC", text))


def gold_names() -> set[str]:
    golds = (json.loads(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "tests" / "gold").glob("*.json")))
    entities = [entity for gold in golds for entity in gold["entities"] if entity["kind"] in OF_ONE_LETTER]
    return {bare(name) for entity in entities for name in entity["names"]}


RULES = [path for folder in ("ontology", "kg") for path in sorted((ROOT / folder).rglob("*")) if path.suffix in
         {".toml", ".csv", ".py", ".ttl"}]  # fmt: skip


@pytest.mark.parametrize("path", RULES, ids=[str(path.relative_to(ROOT)) for path in RULES])
def test_rules_name_nothing_that_only_the_development_letters_name(path: Path) -> None:
    text = bare(path.read_text(encoding="utf-8"))
    assert sorted(name for name in gold_names() - {bare(name) for name in NATIONAL_OR_GENERAL} if name in text) == []


@pytest.mark.parametrize("name", NATIONAL_OR_GENERAL)
def test_an_allowed_name_is_one_of_the_gold(name: str) -> None:
    assert bare(name) in gold_names()
    assert len(NATIONAL_OR_GENERAL[name]) > 5, "says its source"
