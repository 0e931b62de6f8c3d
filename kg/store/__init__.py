"""The quad store: an embedded Oxigraph, in memory while it is made, on disk and read-only when it is asked.

* build: what a store says of itself
* contents: put in what letters say; replace or remove one letter; describe all and seal it with the build's hash
* table: a store from a table of text, in memory or on disk; the table of a store
* folder: the folder `out/`, where all files of a build appear in one go or not at all; open what is there

`contents` and `table` are not imported here: who only asks a graph does not need what makes one.
"""

from __future__ import annotations

from kg.store.build import Build, build_of
from kg.store.folder import building, open_store, store_folder, whole

__all__ = ["Build", "build_of", "building", "open_store", "store_folder", "whole"]
