"""vis-network's program, taken from the files of PyVis' package.

PyVis' own pages are not used: even with cdn_resources="in_line" they load Bootstrap from a CDN, they are written in
the locale's encoding, with a folder `lib` beside them, and their texts are put in as HTML.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from kg.errors import OutputError

NAME = "vis-network.min.js"
_HARMFUL = ("</script", "<!--")


@lru_cache(maxsize=1)
def vis_network() -> str:
    """The newest vis-network of the installed PyVis, fit to stand in a script element; OutputError without one."""
    found = sorted(
        (folder for folder in files("pyvis").joinpath("lib").iterdir() if folder.name.startswith("vis-")),
        key=lambda folder: [int(part) for part in folder.name.removeprefix("vis-").split(".")],
    )
    if not found:
        raise OutputError("the installed pyvis brings no vis-network", remedy="install pyvis 0.3.2")
    return checked(found[-1].joinpath(NAME).read_text(encoding="utf-8"))


def checked(program: str) -> str:
    r"""A program with plain line ends and no link to a source map; OutputError if it would end its script element.

    >>> checked("a();\r\n//# sourceMappingURL=a.js.map\n")
    'a();\n'
    """
    lines = program.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    text = "\n".join(line for line in lines if not line.startswith("//# sourceMappingURL="))
    for word in _HARMFUL:
        if word in text.lower():
            raise OutputError(f"the program contains {word!r}", place=NAME, remedy="install pyvis 0.3.2")
    return text
