"""Exact distance of every cell of a grid from a set of edges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from holdfire.geo.grid import Grid

    Numbers = NDArray[np.float64]

_BLOCK: Final = 16


def edges(area: BaseGeometry) -> Numbers:
    """Return the edges of a polygon's rings as rows of x, y of one end and x, y of the other."""
    rings = shapely.get_rings(shapely.get_parts(area))
    points, ring = shapely.get_coordinates(rings, return_index=True)
    joined = ring[1:] == ring[:-1]
    return np.ascontiguousarray(np.hstack([points[:-1][joined], points[1:][joined]]))


def distances_m(grid: Grid, area_edges: Numbers, at_most_m: float) -> NDArray[np.float32]:
    """Return the distance [ny, nx] of each cell's middle from the nearest edge, cut at a greatest distance.

    Cells go in blocks. None in a block is further from its middle than the reach r, so an edge more than 2r
    further from the middle than the nearest one is nearest to no cell of the block (triangle inequality).
    """
    x_m, y_m = grid.centres()
    out = np.full((grid.ny, grid.nx), at_most_m, np.float32)
    if not len(area_edges):
        return out
    for top in range(0, grid.ny, _BLOCK):
        for left in range(0, grid.nx, _BLOCK):
            block = slice(top, top + _BLOCK), slice(left, left + _BLOCK)
            x, y = (each.ravel()[:, None] for each in np.meshgrid(x_m[block[1]], y_m[block[0]]))
            away_m = segments_m(area_edges, x.mean(), y.mean())
            reach_m = np.hypot(x[0, 0] - x.mean(), y[0, 0] - y.mean())
            close = area_edges[away_m <= away_m.min() + 2 * reach_m + 1.0]
            nearest_m = segments_m(close, x, y).min(axis=1).reshape(out[block].shape)
            out[block] = np.minimum(nearest_m, at_most_m)
    return out


def segments_m(area_edges: Numbers, x_m: float | Numbers, y_m: float | Numbers) -> Numbers:
    """Return the distances of points from segments: from the foot on the line, kept between the ends."""
    from_x, from_y, along_x, along_y = (*area_edges[:, :2].T, *(area_edges[:, 2:] - area_edges[:, :2]).T)
    square = np.maximum(along_x**2 + along_y**2, 1e-9)  # of an edge without length any point is the foot
    share = np.clip(((x_m - from_x) * along_x + (y_m - from_y) * along_y) / square, 0.0, 1.0)
    distances: Numbers = np.hypot(x_m - from_x - share * along_x, y_m - from_y - share * along_y)
    return distances
