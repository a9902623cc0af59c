"""What terrain hides from a sensor that stands: for every cell of the area, the least height at which it sees.

Along a ray from the antenna over an Earth of 4/3 its radius, where rays run straight (`geo.horizon`), whatever is
above the steepest line to the ground so far is seen. Diffraction over ridges is left out.
"""

from __future__ import annotations

from math import ceil, floor, pi
from typing import TYPE_CHECKING, Final

import numpy as np

from holdfire.compiled import kernel
from holdfire.geo.grid import Grid
from holdfire.geo.horizon import EFFECTIVE_RADIUS_M
from holdfire.messages.vocabulary import KINDS_OF_SENSOR
from holdfire.sense.layout import Screen, Sensors

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.geo.terrain import Terrain

CELL_M: Final = 2000.0
_STRAIGHT: Final = sum(1 << KINDS_OF_SENSOR.index(each) for each in ("radar", "iff-ssr", "eo-ir"))  # sees so
_RAYS: Final = 512  # at a time, for memory's sake
_SEEN_M: Final = -1e9  # a height above which everything is


def screened(sensors: Sensors, terrain: Terrain | None, half_m: tuple[float, float]) -> Sensors:
    """Return the sensors with what terrain hides from those that stand and look, masts set upon it.

    Terrain that is no more than coarse hides nothing that is nearer to the ground than its `above_m`: there the
    Earth is smooth about the heights of the ground, as without terrain it is about the sea.
    """
    if terrain is None:
        return sensors
    grid = Grid.over(*half_m, CELL_M)
    x_m, y_m = grid.centres()
    ground_m = terrain.at(*np.meshgrid(x_m, y_m))
    radar, of = sensors.radar.copy(), np.full(sensors.radar.size, -1, np.int64)
    least: list[NDArray[np.float32]] = []
    level: list[NDArray[np.float32]] = []
    for place in np.flatnonzero((radar["carrier"] < 0) & (radar["kinds"] & _STRAIGHT != 0)):
        one = radar[place]
        mast_m, at = one["h_m"], (float(one["x_m"]), float(one["y_m"]))
        one["h_m"] = mast_m + terrain.at(np.array(at[0]), np.array(at[1]))
        of[place] = len(least)
        least.append(least_seen_m(terrain, grid, at, float(one["h_m"]), float(one["reach_m"])).astype(np.float32))
        if terrain.coarse:
            level.append((ground_m + _over_level_m(grid, at, float(mast_m))).astype(np.float32))
    shape = (len(least), grid.ny, grid.nx)
    floor_m = np.full(ground_m.shape, _SEEN_M) if terrain.above_m is None else ground_m + terrain.above_m
    screen = Screen(
        grid.x0_m, grid.y0_m, grid.cell_m, of, floor_m.astype(np.float32),
        np.array(level, np.float32).reshape(shape if terrain.coarse else (0, 0, 0)),
        np.array(least, np.float32).reshape(shape),
    )  # fmt: skip
    return sensors._replace(radar=radar, screen=screen)


def least_seen_m(
    terrain: Terrain, grid: Grid, at: tuple[float, float], antenna_m: float, reach_m: float
) -> NDArray[np.float64]:
    """Return the least height above sea that an antenna sees over the middle of each cell [ny, nx].

    The profile along each ray is taken every cell of the terrain; rays are as close as cells of the grid at the
    farthest. Beyond `reach_m`, and nearer than the first sample, nothing is hidden.
    """
    whole = np.full((grid.ny, grid.nx), _SEEN_M)
    rows, columns = _within(grid.y0_m, at[1], grid.ny, grid, reach_m), _within(grid.x0_m, at[0], grid.nx, grid, reach_m)
    out = whole[rows, columns]
    if not out.size:
        return whole
    x_m, y_m = grid.centres()
    far_m = min(float(np.hypot(np.abs(x_m - at[0]).max(), np.abs(y_m - at[1]).max())), reach_m)
    away_m, azimuth = _polar(x_m[columns] - at[0], y_m[rows] - at[1])
    step_m = terrain.grid.cell_m
    ranges_m = np.arange(1, max(ceil(far_m / step_m), 1) + 1) * step_m
    n_rays = ceil(2 * pi * far_m / min(grid.cell_m, far_m))
    ray = np.rint(azimuth / (2 * pi) * n_rays).astype(np.int64) % n_rays
    sample = np.floor(away_m / step_m).astype(np.int64) - 1
    for begin in range(0, n_rays, _RAYS):
        angles = 2 * pi * np.arange(begin, min(begin + _RAYS, n_rays))[:, None] / n_rays
        ground_m = terrain.at(at[0] + ranges_m * np.sin(angles), at[1] + ranges_m * np.cos(angles))
        slopes = (ground_m - antenna_m) / ranges_m - ranges_m / (2 * EFFECTIVE_RADIUS_M)
        steepest = np.maximum.accumulate(slopes, axis=1)
        mine = (ray >= begin) & (ray < begin + _RAYS) & (sample >= 0) & (away_m <= far_m)
        over = away_m[mine]
        slope = steepest[ray[mine] - begin, np.minimum(sample[mine], ranges_m.size - 1)]
        out[mine] = antenna_m + over * (slope + over / (2 * EFFECTIVE_RADIUS_M))
    return whole


def _within(first_m: float, at_m: float, count: int, grid: Grid, reach_m: float) -> slice:
    """Return the rows or columns within reach of a place, and one more at either end."""
    if reach_m >= 2 * count * grid.cell_m + abs(at_m - first_m):
        return slice(0, count)
    low, high = (floor((at_m + side * reach_m - first_m) / grid.cell_m) + side for side in (-1, 1))
    return slice(min(max(low, 0), count), min(max(high + 1, 0), count))


def _over_level_m(grid: Grid, at: tuple[float, float], mast_m: float) -> NDArray[np.float64]:
    """Return the least height over smooth ground that a mast on it sees, by `geo.horizon.horizon_m` turned about."""
    x_m, y_m = grid.centres()
    away_m = np.hypot(*np.meshgrid(x_m - at[0], y_m - at[1]))
    beyond_m: NDArray[np.float64] = np.maximum(away_m - (2 * EFFECTIVE_RADIUS_M * mast_m) ** 0.5, 0.0)
    return beyond_m**2 / (2 * EFFECTIVE_RADIUS_M)


def _polar(x_m: NDArray[np.float64], y_m: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return distance and azimuth [ny, nx] of columns and rows about a place."""
    east_m, north_m = np.meshgrid(x_m, y_m)
    return np.hypot(east_m, north_m), np.arctan2(east_m, north_m)


@kernel
def hidden(screen: Screen, s: int, target: np.void) -> bool:
    """Whether terrain hides an aircraft from a sensor; outside the grid, the nearest cell counts."""
    at = screen.of[s]
    if at < 0:
        return False
    rows, columns = screen.floor_m.shape
    row = min(max(int((target["y_m"] - screen.y0_m) / screen.cell_m), 0), rows - 1)
    column = min(max(int((target["x_m"] - screen.x0_m) / screen.cell_m), 0), columns - 1)
    h_m = target["h_m"]
    if h_m < screen.floor_m[row, column]:
        return bool(h_m < screen.level_m[at, row, column])
    return bool(h_m < screen.least_m[at, row, column])
