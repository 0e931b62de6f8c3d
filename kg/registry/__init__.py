"""ontology/registry/*.csv -> known names: places, kinds of bodies, national and generic names; finds them in text.

>>> registry = load()
>>> registry.compose(registry.place("温州市"), "科技局")[0]
'温州市科学技术局'
"""

from __future__ import annotations

from kg.registry.registry import Registry, load
from kg.registry.values import Alias, Bureau, Hit, Known, Place

__all__ = ["Alias", "Bureau", "Hit", "Known", "Place", "Registry", "load"]
