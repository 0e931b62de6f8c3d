"""Where the data folders lie: ontology/, queries/ and seeds/.

In an installed package they travel inside it, under `kg/_data/`; in a checkout they lie beside it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kg.errors import KgError

FOLDERS = ("ontology", "queries", "seeds")
DECISIONS = "decisions.csv"
_INSIDE = "_data"


@cache
def data_dir() -> Path:
    """The folder that holds `ontology/`, `queries/` and `seeds/`.

    Raises KgError where neither the package nor the checkout has them.
    """
    return locate(Path(__file__).resolve().parent)


def locate(package: Path) -> Path:
    """The data folder of the package in folder `package`: its own first, else the checkout around it.

    Its own comes first because folders of the same names may lie beside an installed package.
    """
    for folder in (package / _INSIDE, package.parent):
        if all((folder / name).is_dir() for name in FOLDERS):
            return folder
    raise KgError(
        "the folders ontology/, queries/ and seeds/ are not there",
        place=str(package),
        remedy="install the package again, or run from a whole checkout",
    )


def ontology_dir() -> Path:
    """The folder of the ontology: kinds/, relations/, registry/ and the generated files."""
    return data_dir() / "ontology"


def queries_dir() -> Path:
    """The folder of the prepared questions, `*.rq`."""
    return data_dir() / "queries"


def letters_dir() -> Path:
    """The folder of the letters that travel with the program."""
    return data_dir() / "seeds" / "letters"


def decisions_file() -> Path:
    """The recorded decisions about who is the same as whom, `decisions.csv`; it may be missing.

    In a checkout it lies in `seeds/`; an installed package, which the next version replaces, has none of its own, and
    it is the one in the current folder, beside `out/`.
    """
    folder = data_dir()
    return Path(DECISIONS) if folder.name == _INSIDE else folder / "seeds" / DECISIONS
