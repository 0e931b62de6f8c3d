"""Where the things stand at first: computed here, so that nothing dances in the browser.

Kamada and Kawai's method (networkx) for the graphs shown at first, Fruchterman and Reingold's for big ones; then the
labels' boxes are pushed apart while they grow to their size, and those that still cover another go to the nearest free
place.  The same graph gives the same coordinates.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.view.choose import Line

Places = Mapping[int, tuple[int, int]]

WIDTH, HEIGHT = 980, 750  # of the drawing beside the panel on a screen of 1440 x 900
_EM = 12  # the labels' size in pixels
_LONGEST = 8  # characters in a line of a label, of which there are two at most
_GAP = 8
_SMALL = 300  # up to so many nodes Kamada and Kawai's method takes a second or two
_ROUNDS = 300
_GROWN = 180  # the round from which the boxes have their size
_TOUCH = 0.5  # pixels that boxes may share
_SEED = 0.3  # their size at first
_FULL = 0.58  # how much of the frame the boxes may fill; for more of them the frame grows
_GRID = 12  # how far apart the places are that are tried
_FACT, _NAMING = 1.0, 1.4  # wanted lengths of lines


def places(labels: Mapping[int, str], lines: Sequence[Line]) -> Places:
    """Whole coordinates for each thing, given its label and the lines among all."""
    if not labels:
        return {}
    order = sorted(labels)
    half = np.array([_box(labels[thing]) for thing in order], dtype=float)
    room = np.array([WIDTH, HEIGHT]) * max(1.0, (4 * half.prod(axis=1).sum() / (_FULL * WIDTH * HEIGHT)) ** 0.5)
    final = _apart(_spread(_rough(order, lines), room), half, room)
    return {thing: (round(float(x)), round(float(y))) for thing, (x, y) in zip(order, final, strict=True)}


def ems(text: str) -> float:
    """The width of a text in units of its size: 1 for a Chinese character, 0.56 for others.

    >>> ems("5G应用")
    3.12
    """
    return sum(1.0 if unicodedata.east_asian_width(letter) in "WFA" else 0.56 for letter in text)


def _box(label: str) -> tuple[float, float]:
    """Half of the width and height that a thing takes with its label below."""
    width = ems(label)
    rows = 1 if width <= _LONGEST else 2
    return max(24.0, min(width, _LONGEST) * _EM + _GAP) / 2, (26 + rows * _EM * 1.3 + _GAP) / 2


def _rough(order: Sequence[int], lines: Sequence[Line]) -> NDArray[np.float64]:
    graph = nx.Graph()
    graph.add_nodes_from(order)
    for line in lines:
        graph.add_edge(line.one, line.other, length=_FACT if line.said else _NAMING)
    _connect(graph)
    if len(order) <= _SMALL:
        found = nx.kamada_kawai_layout(graph, weight="length", pos=nx.circular_layout(graph))
    else:
        found = nx.spring_layout(graph, seed=1, iterations=60, method="force")
    return np.array([found[thing] for thing in order], dtype=float)


def _connect(graph: nx.Graph) -> None:
    """Ties the parts to the greatest one, hub to hub, so that they stay in one picture."""
    parts = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    hubs = [max(sorted(part), key=graph.degree) for part in parts]
    for hub in hubs[1:]:
        graph.add_edge(hubs[0], hub, length=2.0)


def _spread(points: NDArray[np.float64], room: NDArray[np.float64]) -> NDArray[np.float64]:
    """The points in a frame, the wider side lying, half by rank, half by distance.

    Going by rank opens what the method leaves crowded in the middle.
    """
    turned = points if np.ptp(points[:, 0]) >= np.ptp(points[:, 1]) else points[:, ::-1]
    by_rank = turned.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable") / max(1, len(points) - 1) - 0.5
    extent = np.ptp(turned, axis=0)
    by_distance = (turned - turned.min(axis=0)) / np.where(extent > 0, extent, 1.0) - 0.5
    mixed: NDArray[np.float64] = (by_rank + by_distance) / 2 * room
    return mixed


def _apart(points: NDArray[np.float64], half: NDArray[np.float64], room: NDArray[np.float64]) -> NDArray[np.float64]:
    """Moves boxes of half sizes `half` within the frame until none covers another, as far as there is room.

    Each pair that overlaps is moved along the axis where it takes the smaller step.  Boxes that grow pass each other.
    """
    for number in range(_ROUNDS):
        now = half * min(1.0, _SEED + (1 - _SEED) * number / _GROWN)
        delta, over, both = _covering(points, now)
        if both.any():
            bounds = np.maximum(room / 2 - now, 0.0)
            points = np.clip(np.add(points, _push(delta, over, both)), -bounds, bounds)
        elif number >= _GROWN:
            break
    return _settled(points, half, room)


def _covering(
    points: NDArray[np.float64], half: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
    """How far each box is from each other one, by how much they overlap on each axis, and which cover each other."""
    delta = points[:, None, :] - points[None, :, :]
    over = half[:, None, :] + half[None, :, :] - np.abs(delta)
    both: NDArray[np.bool_] = np.asarray((over > _TOUCH).all(axis=2))
    np.fill_diagonal(both, False)
    return delta, over, both


def _settled(points: NDArray[np.float64], half: NDArray[np.float64], room: NDArray[np.float64]) -> NDArray[np.float64]:
    """The points, those whose boxes cover others moved to the nearest place that is free."""
    final = points.copy()
    covering = _covering(final, half)[2].sum(axis=1)
    for one in np.argsort(-covering, kind="stable")[: np.count_nonzero(covering)]:
        others = np.arange(len(final)) != one
        wanted, rest = half[others] + half[one], final[others]
        if not _hits(final[one][None], rest, wanted).any():
            continue
        edge = np.maximum(room / 2 - half[one], 0.0)
        grid = np.stack(np.meshgrid(*(np.arange(-end, end + 1, _GRID) for end in edge)), -1).reshape(-1, 2)
        near = grid[((grid - final[one]) ** 2).sum(axis=1).argsort(kind="stable")]
        free = np.flatnonzero(~_hits(near, rest, wanted))
        if len(free):
            final[one] = near[free[0]]
    return final


def _hits(tried: NDArray[np.float64], rest: NDArray[np.float64], wanted: NDArray[np.float64]) -> NDArray[np.bool_]:
    """For each place whether a box there covers one of the rest, given the half sizes of both together."""
    found: NDArray[np.bool_] = np.zeros(len(tried), dtype=bool)
    for place, size in zip(rest, wanted, strict=True):
        found |= (np.abs(tried - place) < size - _TOUCH).all(axis=1)
    return found


def _push(delta: NDArray[np.float64], over: NDArray[np.float64], both: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The sum of the steps that free each point of those whose boxes cover its own."""
    count = len(delta)
    ahead = np.where(np.arange(count)[:, None] > np.arange(count)[None, :], 1.0, -1.0)
    sign = np.where(delta == 0, ahead[:, :, None], np.sign(delta))
    axis = (over[:, :, 1] < over[:, :, 0])[:, :, None] == np.array([False, True])
    step = np.where(axis & both[:, :, None], over * sign, 0.0)
    moved: NDArray[np.float64] = np.clip(step.sum(axis=1) * 0.5, -24, 24)
    return moved
