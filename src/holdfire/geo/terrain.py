"""How high the ground is over an area: from the coarse model that ships, or from an elevation model of the user's own.

The coarse model is what the library's `terrain/coarse.yaml` says. The mean of so much ground says little of the ridge
or the valley in it, so that nothing is concluded from it below a stated height.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from holdfire.errors import InputError
from holdfire.geo.grid import Grid

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from holdfire.geo.frame import Frame

    Numbers = NDArray[np.float64]

COARSE_CELL_M: Final = 2000.0
_LATTICE_M: Final = 10_000.0  # between points whose latitude is worked out; in between it is straight to some 3 m


class Coarse(NamedTuple):
    """An elevation model that ships, and what holds of any that is no finer."""

    file: Path
    above_m: float
    """Height over the ground from which on it hides aircraft, m."""
    coarser_than_m: float
    """A model with cells greater than this is coarse, m."""


class Terrain(NamedTuple):
    """Heights above mean sea level on a grid over an area."""

    grid: Grid
    elevation_m: NDArray[np.float32]
    """[ny, nx], row 0 in the south; the sea is 0."""
    above_m: float | None
    """Height over the ground from which on it hides aircraft; `None`: it is fine, and hides them at any."""

    @property
    def coarse(self) -> bool:
        """Whether next to the ground it says nothing."""
        return self.above_m is not None

    def at(self, x_m: NDArray[np.floating[Any]], y_m: NDArray[np.floating[Any]]) -> Numbers:
        """Return the height of the cell that each point lies in; off the grid, of the nearest."""
        column = np.clip(np.floor((x_m - self.grid.x0_m) / self.grid.cell_m), 0, self.grid.nx - 1).astype(np.int64)
        row = np.clip(np.floor((y_m - self.grid.y0_m) / self.grid.cell_m), 0, self.grid.ny - 1).astype(np.int64)
        heights: Numbers = self.elevation_m[row, column].astype(np.float64)
        return heights


@lru_cache(maxsize=1)  # a check asks for the same area once an option
def coarse_terrain(frame: Frame, half_m: tuple[float, float], coarse: Coarse) -> Terrain:
    """Return what the coarse model says of an area; raises `InputError` where it reaches beyond the model."""
    with np.load(coarse.file) as model:
        heights, (west, south, cell) = model["elevation_m"], model["west_south_cell_deg"]
    grid = Grid.over(*half_m, COARSE_CELL_M)
    lat_deg, lon_deg = _geographic(frame, grid)
    row, column = (lat_deg - south) / cell - 0.5, (lon_deg - west) / cell - 0.5
    last_row, last_column = heights.shape[0] - 1, heights.shape[1] - 1
    if row.min() < 0 or column.min() < 0 or row.max() > last_row or column.max() > last_column:
        north, east = south + cell * heights.shape[0], west + cell * heights.shape[1]
        message = (
            f"the coarse terrain that ships reaches from {south:g} to {north:g} degrees north and from {west:g} to "
            f"{east:g} east, and the area lies partly beyond: give a file of your own, or `terrain: none`"
        )
        raise InputError(message)
    i, j = np.minimum(row.astype(np.int64), last_row - 1), np.minimum(column.astype(np.int64), last_column - 1)
    up, right = row - i, column - j
    low = heights[i, j] * (1 - right) + heights[i, j + 1] * right
    high = heights[i + 1, j] * (1 - right) + heights[i + 1, j + 1] * right
    return Terrain(grid, (low * (1 - up) + high * up).astype(np.float32), coarse.above_m)


def _geographic(frame: Frame, grid: Grid) -> tuple[Numbers, Numbers]:
    """Return latitude and longitude of the cells' middles, worked out on a lattice and straight in between."""
    x_m, y_m = grid.centres()
    knots_x, knots_y = (np.linspace(at[0], at[-1], 2 + int((at[-1] - at[0]) / _LATTICE_M)) for at in (x_m, y_m))
    exact = frame.to_geographic(*np.meshgrid(knots_x, knots_y))
    return _between(exact[0], knots_x, knots_y, x_m, y_m), _between(exact[1], knots_x, knots_y, x_m, y_m)


def _between(values: Numbers, knots_x: Numbers, knots_y: Numbers, x_m: Numbers, y_m: Numbers) -> Numbers:
    along = np.stack([np.interp(x_m, knots_x, row) for row in values])
    return np.stack([np.interp(y_m, knots_y, column) for column in along.T], axis=1)
