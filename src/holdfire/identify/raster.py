"""Cells of the ground's arrays, as `geo.ground` reads them, with one array handed over instead of all of them.

Handing the whole ground to a function costs more than the reading. A `WHERE` holds where its cells are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from holdfire.compiled import kernel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@kernel
def on_map(where: np.void, x_m: float, y_m: float, by_m: float) -> bool:
    """Whether a point lies on the map, a cell and `by_m` inside its edge."""
    by_m += where["cell_m"]
    across = where["west_m"] + by_m <= x_m <= where["east_m"] - by_m
    return across and where["south_m"] + by_m <= y_m <= where["north_m"] - by_m  # type: ignore[no-any-return]


@kernel
def row_of(where: np.void, y_m: float) -> int:
    """Return the row of the cell that a point on the map lies in."""
    return int((y_m - where["south_m"]) * where["per_m"])


@kernel
def column_of(where: np.void, x_m: float) -> int:
    """Return its column."""
    return int((x_m - where["west_m"]) * where["per_m"])


@kernel
def depth_at(where: np.void, depth_m: NDArray[np.float32], guard: int, x_m: float, y_m: float) -> float:
    """Return the depth at a point on the map, between the middles of four cells."""
    across, up = (x_m - where["west_m"]) * where["per_m"] - 0.5, (y_m - where["south_m"]) * where["per_m"] - 0.5
    column, row = int(across), int(up)
    right, over = across - column, up - row
    south, north = depth_m[guard, row], depth_m[guard, row + 1]
    low = (1.0 - right) * south[column] + right * south[column + 1]
    high = (1.0 - right) * north[column] + right * north[column + 1]
    return (1.0 - over) * low + over * high  # type: ignore[no-any-return]
