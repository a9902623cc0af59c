"""A grid of square cells over an area, in the area's flat frame."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Grid(NamedTuple):
    """Cells of one size, rows from south to north; `x0_m`, `y0_m` is the south-west corner of the first."""

    x0_m: float
    y0_m: float
    cell_m: float
    nx: int
    ny: int

    @classmethod
    def over(cls, half_width_m: float, half_height_m: float, cell_m: float) -> Grid:
        """Return the grid about the centre of a frame that covers a rectangle, at least two cells each way."""
        nx, ny = (max(2, ceil(2 * half / cell_m)) for half in (half_width_m, half_height_m))
        return cls(-nx * cell_m / 2, -ny * cell_m / 2, cell_m, nx, ny)

    def centres(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return x [nx] of the columns' and y [ny] of the rows' middles, m."""
        columns, rows = np.arange(self.nx, dtype=np.float64), np.arange(self.ny, dtype=np.float64)
        return self.x0_m + (columns + 0.5) * self.cell_m, self.y0_m + (rows + 0.5) * self.cell_m
