"""The graph as a network: which things are central, which belong together, how two things are connected.

* network: the facts between things as a network
* paths: the shortest ways from one thing to another, each step with its sentence
* central: how central each thing is, and which community it belongs to
* repeats: sentences that recur, whole or nearly
"""

from __future__ import annotations

from kg.analysis.central import MEASURES, Central, Communities, Community, Ranking, central, communities
from kg.analysis.network import Network, network
from kg.analysis.paths import Paths, Step, Way, paths
from kg.analysis.repeats import Again, Repeats, Source, repeats

__all__ = [
    "MEASURES", "Again", "Central", "Communities", "Community", "Network", "Paths", "Ranking", "Repeats", "Source",
    "Step", "Way", "central", "communities", "network", "paths", "repeats",
]  # fmt: skip
