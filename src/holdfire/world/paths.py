"""The ways that civil flights take over the area: between airports, and between places of an even lay-down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from holdfire.world.layout import PATH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from holdfire.messages.layout import Records

    Points = NDArray[np.float64]  # (n, 2), metres

MOST_PATHS: Final = 5000
_CANDIDATES: Final = 3000
_LEAST_OVER_M: Final = 40_000.0  # a shorter part over the area is no flight of it
_AIR_ROUTE_M: Final = (120_000.0, 4_000_000.0)
_SAMPLES: Final = 24
_PLASTIC: Final = 1.1673039782614187
"""Root of x⁵ = x + 1: its powers spread points evenly in four dimensions (M. Roberts, The unreasonable
effectiveness of quasirandom sequences, 2018; the generalised golden ratio)."""


def between_airports(airports: Points, half_m: Points, closed: Sequence[Points]) -> Records:
    """Return the paths over the area between any two airports, at most `MOST_PATHS`, evenly thinned."""
    origin, goal = (index.ravel() for index in np.indices((len(airports), len(airports))))
    return _kept(airports[origin], airports[goal], half_m, closed, _AIR_ROUTE_M)


def between_places(length_m: tuple[float, float], half_m: Points, closed: Sequence[Points]) -> Records:
    """Return paths of a length from places evenly spread over the area, in all directions."""
    steps = np.arange(1, _CANDIDATES + 1)[:, None] / _PLASTIC ** np.arange(1, 5)[None, :]
    along, up, course, share = (steps % 1.0).T
    start = np.stack([(2 * along - 1) * half_m[0], (2 * up - 1) * half_m[1]], axis=1)
    length = length_m[0] + (length_m[1] - length_m[0]) * share
    turn = 2 * np.pi * course
    goal = start + length[:, None] * np.stack([np.sin(turn), np.cos(turn)], axis=1)
    return _kept(start, goal, half_m, closed, (length_m[0] * 0.5, length_m[1] * 2))


def _kept(
    start: Points, goal: Points, half_m: Points, closed: Sequence[Points], length_m: tuple[float, float]
) -> Records:
    """Return as `PATH` those of a fit length, enough of it over the area and none of it where it is closed."""
    delta = goal - start
    length = np.hypot(delta[:, 0], delta[:, 1])
    enter, leave = _over(start, delta, half_m)
    over = (leave - enter) * length
    fits = (length >= length_m[0]) & (length <= length_m[1]) & (over >= np.minimum(_LEAST_OVER_M, length_m[0]))
    for corners in closed:
        fits &= ~_crosses(start, delta, corners)
    found = np.flatnonzero(fits)
    found = found[:: max(1, -(-len(found) // MOST_PATHS))]
    out = np.zeros(len(found), PATH)
    out["x_m"], out["y_m"] = start[found].T
    out["length_m"] = length[found]
    out["east"], out["north"] = (delta[found] / length[found, None]).T
    out["enter_m"], out["exit_m"] = (enter * length)[found], (leave * length)[found]
    return out


def _over(start: Points, delta: Points, half_m: Points) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the shares of each path at which it is first and last over the area (Liang and Barsky 1984)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        edges = np.stack([(-half_m - start) / delta, (half_m - start) / delta])
    inside = np.abs(start) <= half_m
    flat = delta == 0
    near = np.where(flat, np.where(inside, 0.0, 2.0), edges.min(axis=0))
    far = np.where(flat, np.where(inside, 1.0, -1.0), edges.max(axis=0))
    return np.maximum(near.max(axis=1), 0.0), np.minimum(far.min(axis=1), 1.0)


def _crosses(start: Points, delta: Points, corners: Points) -> NDArray[np.bool_]:
    """Whether each path has a sample inside a polygon, by the parity of edges east of it (M. Shimrat 1962)."""
    share = np.linspace(0.0, 1.0, _SAMPLES)
    x = (start[:, :1] + delta[:, :1] * share).ravel()
    y = (start[:, 1:] + delta[:, 1:] * share).ravel()
    inside = np.zeros(x.size, np.bool_)
    for (x0, y0), (x1, y1) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        if y0 != y1:
            inside ^= ((y0 > y) != (y1 > y)) & (x < x0 + (y - y0) * (x1 - x0) / (y1 - y0))
    return np.logical_or.reduce(inside.reshape(len(start), _SAMPLES), axis=1)  # type: ignore[no-any-return]
