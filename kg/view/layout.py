"""Where the things stand at first: computed here, so that nothing dances in the browser.

Kamada and Kawai's method (networkx) for the graphs shown at first, Fruchterman and Reingold's for big ones; then the
labels' boxes are pushed apart while they grow to their size, and those that still cover another go to the nearest free
place.  The same graph gives the same coordinates.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.view.choose import Line

Places = Mapping[int, tuple[int, int]]
Floats = NDArray[np.float64]

WIDTH, HEIGHT = 980, 750  # of the drawing beside the panel on a screen of 1440 x 900
_EM = 12  # the labels' size in pixels
_LONGEST = 8  # characters in a line of a label, of which there are two at most
_GAP = 8
_SMALL = 300  # up to so many nodes Kamada and Kawai's method, and looking for free places, take a second or two
_ROUNDS = 300
_GROWN = 180  # the round from which the boxes have their size
_TOUCH = 0.5  # pixels that boxes may share
_SEED = 0.3  # their size at first
_FULL = 0.58  # how much of the frame the boxes may fill; for more of them the frame grows
_GRID = 12  # how far apart the places are that are tried
_AT_ONCE = 64  # places tried at once
_REACHES = (0, 120, 360, 1080)  # how far away, in turn
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


def _rough(order: Sequence[int], lines: Sequence[Line]) -> Floats:
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


def _spread(points: Floats, room: Floats) -> Floats:
    """The points in a frame, the wider side lying, half by rank, half by distance.

    Going by rank opens what the method leaves crowded in the middle.
    """
    turned = points if np.ptp(points[:, 0]) >= np.ptp(points[:, 1]) else points[:, ::-1]
    by_rank = turned.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable") / max(1, len(points) - 1) - 0.5
    extent = np.ptp(turned, axis=0)
    by_distance = (turned - turned.min(axis=0)) / np.where(extent > 0, extent, 1.0) - 0.5
    mixed: Floats = (by_rank + by_distance) / 2 * room
    return mixed


def _apart(points: Floats, half: Floats, room: Floats) -> Floats:
    """Moves boxes of half sizes `half` within the frame until none covers another, as far as there is room.

    Each pair that overlaps is moved along the axis where it takes the smaller step.  Boxes that grow pass each other.
    """
    for number in range(_ROUNDS):
        now = half * min(1.0, _SEED + (1 - _SEED) * number / _GROWN)
        pairs = _covering(points, now)
        if len(pairs):
            bounds = np.maximum(room / 2 - now, 0.0)
            points = np.clip(points + _push(points, now, pairs), -bounds, bounds)
        elif number >= _GROWN:
            break
    return _settled(points, half, room) if len(points) <= _SMALL else points


def _covering(points: Floats, half: Floats) -> NDArray[np.intp]:
    """The pairs of boxes that cover each other, in order."""
    from scipy.spatial import cKDTree

    near = cKDTree(points / (2 * half.max(axis=0))).query_pairs(1.0, p=np.inf, output_type="ndarray")
    over = half[near[:, 0]] + half[near[:, 1]] - np.abs(points[near[:, 0]] - points[near[:, 1]])
    pairs: NDArray[np.intp] = near[(over > _TOUCH).all(axis=1)]
    return pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]


def _settled(points: Floats, half: Floats, room: Floats) -> Floats:
    """The points, those whose boxes cover others moved to the nearest place that is free."""
    final = points.copy()
    covering = np.bincount(_covering(final, half).ravel(), minlength=len(final))
    for one in np.argsort(-covering, kind="stable")[: np.count_nonzero(covering)]:
        wanted = half + half[one]
        wanted[one] = 0  # nothing covers itself
        edge = np.maximum(room / 2 - half[one], 0.0)
        for reach in _REACHES:
            steps = _around(reach)
            tried = final[one] + steps[(np.abs(final[one] + steps) <= edge).all(axis=1)]
            close = (np.abs(final - final[one]) < reach + wanted).all(axis=1)
            if (place := _first_free(tried, final[close], wanted[close])) is not None:
                final[one] = place
                break
    return final


@cache
def _around(reach: int) -> Floats:
    """The steps to the places of a grid that are no farther than `reach` on either axis, the nearest first."""
    line = np.arange(-reach, reach + 1, _GRID, dtype=float)
    steps = np.stack(np.meshgrid(line, line), -1).reshape(-1, 2)
    nearest: Floats = steps[(steps**2).sum(axis=1).argsort(kind="stable")]
    return nearest


def _first_free(tried: Floats, rest: Floats, wanted: Floats) -> Floats | None:
    """The first place where a box covers none of the rest, given the half sizes of both together."""
    for start in range(0, len(tried), _AT_ONCE):
        some = tried[start : start + _AT_ONCE]
        covers = (np.abs(some[:, None, :] - rest) < wanted - _TOUCH).all(axis=2).sum(axis=1)
        if not covers.all():
            found: Floats = some[covers.argmin()]
            return found
    return None


def _push(points: Floats, half: Floats, pairs: NDArray[np.intp]) -> Floats:
    """The sum of the steps that free each point of those whose boxes cover its own."""
    one, other = pairs.T
    delta = points[one] - points[other]
    over = half[one] + half[other] - np.abs(delta)
    smaller = (over[:, 1] < over[:, 0])[:, None] == np.array([False, True])
    step = np.where(smaller, over * np.where(delta == 0, -1.0, np.sign(delta)), 0.0)
    moved = np.zeros_like(points)
    np.add.at(moved, one, step)
    np.subtract.at(moved, other, step)
    return np.clip(moved * 0.5, -24, 24)
