"""Where the parts of a network lie: one node in each cell of a lattice over its area."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from holdfire.geo.grid import Grid
from holdfire.sense.patch import PatchModel, Projection, fault, inside, shape_of
from holdfire.units import KM_M

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

MOST_CELLS: Final = 65_000
"""Of one network: each draws a number of its own (16 bits)."""


def lattice(shape: BaseGeometry, spacing_m: float) -> Grid:
    """Return the cells, a side of one spacing each, that cover an area's bounds."""
    west_m, south_m, east_m, north_m = shape.bounds
    columns, rows = (max(round((high - low) / spacing_m), 1) for low, high in ((west_m, east_m), (south_m, north_m)))
    return Grid(west_m, south_m, spacing_m, columns, rows)


def nodes(shape: BaseGeometry, spacing_m: float) -> NDArray[np.float64]:
    """Return x and y of the node in each cell (cells, 2), row by row; NaN in cells whose middle the area does not hold.

    A node lies within a quarter of a spacing of the middle each way, by the R2 sequence (M. Roberts, "The unreasonable
    effectiveness of quasirandom sequences", 2018): alike in every run, and on no straight lines.
    """
    grid = lattice(shape, spacing_m)
    x_m, y_m = grid.centres()
    node = np.stack(np.meshgrid(x_m, y_m), axis=-1).reshape(-1, 2)
    each = np.arange(len(node))[:, None] + 1
    node += 0.5 * spacing_m * ((each * np.array([0.754877666, 0.569840291])) % 1.0 - 0.5)
    node[~inside(shape, x_m, y_m).ravel()] = np.nan
    return node


def area_fault(
    patch: PatchModel, spacing_km: float | None, frame: Projection, half_m: tuple[float, float]
) -> tuple[str, str] | None:
    """Return the field that is wrong with a patch of an area this half width and height, and how; or nothing.

    Beside what is wrong with the patch, a spacing may leave too many cells to tell apart, or no node.
    """
    if wrong := fault(patch, frame, half_m):
        return "area", wrong
    if spacing_km is None:
        return None
    shape = shape_of(patch, frame)
    grid = lattice(shape, spacing_km * KM_M)
    if grid.nx * grid.ny > MOST_CELLS:
        text = f"{grid.nx * grid.ny} cells are more than {MOST_CELLS}: widen spacing_km, or split the area"
        return "spacing_km", text
    if np.isnan(nodes(shape, spacing_km * KM_M)).all():
        return "spacing_km", f"no node {spacing_km:g} km apart lies in its area: narrow spacing_km, or widen the area"
    return None
