"""Where the open sea is, as a grid: whatever is no state's land."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from holdfire.compiled import kernel
from holdfire.geo.borders import land, states
from holdfire.geo.grid import Grid
from holdfire.geo.ground import cell_of, covered, window

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.geo.frame import Frame


class Water(NamedTuple):
    """A grid [ny, nx] over an area's flat frame, row 0 in the south; a point outside counts as on the rim.

    x0_m, y0_m
        South-west corner of the first cell, m.
    cell_m
        Side of a cell, m.
    open
        Whether the middle of a cell is sea. Lakes are land.
    """

    x0_m: float
    y0_m: float
    cell_m: float
    open: NDArray[np.bool_]


DRY: Final = Water(0.0, 0.0, 1.0, np.zeros((1, 1), np.bool_))
"""No sea anywhere."""


def water(frame: Frame, half_width_m: float, half_height_m: float, cell_m: float = 2_000.0) -> Water:
    """Return the sea under an area about a frame's centre, by the coast at 1:10m that ships.

    What is land of no state that ships would count as sea: inside the shipped window there is none near the sea.
    """
    grid = Grid.over(half_width_m, half_height_m, cell_m)
    ashore = covered(land(states(), window(frame, grid, 0.0)).values(), grid, frame)
    return Water(grid.x0_m, grid.y0_m, cell_m, ~ashore)


@kernel
def is_sea(water: Water, x_m: float, y_m: float) -> bool:
    """Whether a point is over the sea."""
    ny, nx = water.open.shape
    row = cell_of(y_m, water.y0_m, water.cell_m, ny)
    return bool(water.open[row, cell_of(x_m, water.x0_m, water.cell_m, nx)])
