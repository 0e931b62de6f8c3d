"""Template, style, programs and data joined to one file that asks for nothing outside itself."""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from string import Template
from typing import Any

from kg.view.bundle import checked, vis_network
from kg.view.data import as_json

_LAST = "main.js"  # starts what the others define


def assemble(title: str, data: Mapping[str, Any]) -> str:
    """The page as text.  Its policy lets the browser run and apply what is in the file, by its checksum, only."""
    parts = {"style": _style(), "library": vis_network(), "program": _program()}
    return Template(_own("template.html")).substitute(
        parts, title=html.escape(title), policy=policy([parts["library"], parts["program"]], parts["style"]),
        data=as_json(data),
    )  # fmt: skip


def policy(programs: list[str], style: str) -> str:
    """The Content-Security-Policy (level 3, W3C) for a file with these inline programs and this inline style."""
    rules = {
        "default-src": "'none'",
        "script-src": " ".join(_checksum(program) for program in programs),
        "style-src": _checksum(style),
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _checksum(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@lru_cache(maxsize=1)
def _style() -> str:
    return "\n".join(_own(name) for name in _names(".css"))


def _names(ending: str) -> list[str]:
    return sorted(entry.name for entry in files("kg.view").iterdir() if entry.name.endswith(ending))


@lru_cache(maxsize=1)
def _program() -> str:
    """The folder's JavaScript files in one function, so that they share names with each other and nobody else."""
    ordered = [*(name for name in _names(".js") if name != _LAST), _LAST]
    return checked('"use strict";\n(() => {\n' + "\n".join(_own(name) for name in ordered) + "})();\n")


@lru_cache(maxsize=64)
def _own(name: str) -> str:
    text = files("kg.view").joinpath(name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")
