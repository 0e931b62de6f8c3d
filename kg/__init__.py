"""A knowledge-graph builder and query tool for Chinese government reply letters.

    import kg

    g = kg.open("out")                      # a graph that `kg build` wrote
    g.query("policies", year=2023)          # a prepared question, or SPARQL
    kg.read("letter.txt").facts             # one letter, without any store

`kg.api` says what there is and shows it; it is loaded when it is first asked for, so that `import kg` stays fast.
"""

__version__ = "0.1.0"

_FROM_API = ("Graph", "open")


def __getattr__(name: str) -> object:
    """What users are offered; `kg.read` is the package of that name, which can be called."""
    from importlib import import_module

    if name in _FROM_API:
        return getattr(import_module("kg.api"), name)
    if name == "read":
        return import_module("kg.read")
    raise AttributeError(f"module 'kg' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_FROM_API, "read"})
