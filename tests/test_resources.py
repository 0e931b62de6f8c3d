from __future__ import annotations

from pathlib import Path

import pytest

from kg import decisions, resources
from kg.errors import KgError


def make(folder: Path) -> None:
    for name in resources.FOLDERS:
        (folder / name).mkdir(parents=True)


def test_a_checkout_has_its_data_beside_the_package(root: Path) -> None:
    assert resources.data_dir() == root
    assert resources.ontology_dir() == root / "ontology"
    assert resources.queries_dir() == root / "queries"
    assert sorted(path.name for path in resources.letters_dir().iterdir()) == [
        "wz-2023-123.txt", "wz-2023-95.txt", "wz-2023-98.txt", "wz-2024-92.txt", "wz-2024-98.txt",
    ]  # fmt: skip
    assert resources.decisions_file().read_text(encoding="utf-8").startswith("who,when,what,")


def test_an_installed_package_has_its_data_inside(tmp_path: Path) -> None:
    package = tmp_path / "kg"
    make(package / "_data")
    assert resources.locate(package) == package / "_data"


def test_decisions_of_an_installed_package_lie_in_the_users_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, root: Path
) -> None:
    """An upgrade replaces what lies in the package, and one may not be allowed to write there."""
    assert resources.decisions_file() == root / "seeds" / "decisions.csv", "a checkout has its own"
    make(tmp_path / "kg" / "_data")
    monkeypatch.setattr(resources, "data_dir", lambda: resources.locate(tmp_path / "kg"))
    monkeypatch.chdir(tmp_path)
    assert resources.decisions_file().resolve() == tmp_path / "decisions.csv"
    assert decisions.load() == (), "it may be missing"
    (tmp_path / "decisions.csv").write_text(
        "who,when,what,letter,name,a,b,why\n李,2024,same,,,甲,乙,查过\n", encoding="utf-8"
    )
    assert len(decisions.load()) == 1


def test_folders_of_others_beside_an_installed_package_do_not_count(tmp_path: Path) -> None:
    package = tmp_path / "kg"
    make(tmp_path)
    make(package / "_data")
    assert resources.locate(package) == package / "_data"


def test_missing_data_are_one_line_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "kg" / "_data" / "ontology").mkdir(parents=True)
    with pytest.raises(KgError, match=r"kg: .*not there; install"):
        resources.locate(tmp_path / "kg")
