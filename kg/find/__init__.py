"""Finding names and passages by any piece of their text, from one character on.

* fold: texts as they are compared
* index: the full-text index beside the store, one SQLite file, made from the store alone
* search: what is found, best first

`index.write` is for builds; who only looks needs `find`.
"""

from __future__ import annotations

from kg.find.search import Found, Named, find

__all__ = ["Found", "Named", "find"]
