"""What terrain hides, against geometry; and the coarse model that ships, against heights that others measured."""

from __future__ import annotations

from pathlib import Path

import airportsdata
import numpy as np
import pytest

from holdfire.geo.frame import Frame
from holdfire.geo.grid import Grid
from holdfire.geo.horizon import EFFECTIVE_RADIUS_M, horizon_m
from holdfire.geo.terrain import Terrain, coarse_terrain
from holdfire.sense.mask import least_seen_m
from support.ground import COARSE

HALF_M = 100e3
GRID = Grid.over(HALF_M, HALF_M, 2000.0)
FINE = Grid.over(HALF_M, HALF_M, 500.0)
MAST_M = 30.0
ETOPO = Path(__file__).parents[3] / "shared" / "data" / "terrain" / "etopo5_europe.npz"


def away() -> np.ndarray:
    return np.hypot(*np.meshgrid(*GRID.centres()))


def least(elevation_m: np.ndarray) -> np.ndarray:
    terrain = Terrain(FINE, elevation_m.astype(np.float32), above_m=None)
    return least_seen_m(terrain, GRID, (0.0, 0.0), MAST_M, 400e3)


def test_flat_terrain_is_the_smooth_horizon() -> None:
    found, over = least(np.zeros((FINE.ny, FINE.nx))), away()
    beyond = over > horizon_m(MAST_M, 0.0) + 500.0
    reach = np.array([horizon_m(MAST_M, each) for each in found[beyond]])
    assert reach == pytest.approx(over[beyond], rel=3e-4)
    assert np.all(found[~beyond] < 0.05)


@pytest.mark.parametrize(("ridge_m", "at_m"), [(400.0, 20e3), (900.0, 41e3)])
def test_a_knife_edge_hides_what_geometry_says(ridge_m: float, at_m: float) -> None:
    """Behind a wall across the north the least height lies on the straight line over its top; 4/3 earth."""
    _, y_m = FINE.centres()
    elevation_m = np.zeros((FINE.ny, FINE.nx))
    row = int(np.searchsorted(y_m, at_m))
    elevation_m[row] = ridge_m
    found = least(elevation_m)
    x_m, north_m = GRID.centres()
    column, behind = GRID.nx // 2, north_m > y_m[row] + 4000.0
    over = np.hypot(x_m[column], north_m[behind])
    wall_m = (y_m[row] - 250.0) * over / north_m[behind]  # along the ray, to the near face of its cells
    line = MAST_M + over * ((ridge_m - MAST_M) / wall_m - wall_m / (2 * EFFECTIVE_RADIUS_M))
    line += over**2 / (2 * EFFECTIVE_RADIUS_M)
    # A ray is asked every 500 m and may meet the wall that much behind its face.
    assert np.all(found[behind, column] <= line + 1.0)
    assert np.all(found[behind, column] >= line * (1 - 500.0 / at_m) - 30.0 * 500.0 / at_m - 1.0)
    south = found[north_m < 0]
    assert south == pytest.approx(least(np.zeros_like(elevation_m))[north_m < 0])


def test_an_antenna_on_a_hill_sees_over_the_plain() -> None:
    grid = Grid.over(HALF_M, HALF_M, 500.0)
    terrain = Terrain(grid, np.zeros((grid.ny, grid.nx), np.float32), above_m=None)
    found = least_seen_m(terrain, GRID, (0.0, 0.0), 530.0, 400e3)
    assert np.all(found[away() < horizon_m(530.0, 0.0) - 500.0] < 1.0)


def test_the_coarse_model_knows_how_high_airports_lie() -> None:
    # Heights of airports in airportsdata, of which most lie in valleys: 5 minutes of ground about them.
    known = [
        (each["lat"], each["lon"], each["elevation"] * 0.3048)
        for each in airportsdata.load("ICAO").values()
        if 46.0 < each["lat"] < 56.0 and 14.0 < each["lon"] < 30.0 and each["elevation"] > 0
    ]
    frame = Frame(51.0, 22.0)
    terrain = coarse_terrain(frame, (600e3, 600e3), COARSE)
    places = np.array([(*frame.to_local(lat, lon), height_m) for lat, lon, height_m in known])
    off_m = terrain.at(places[:, 0], places[:, 1]) - places[:, 2]
    assert len(known) > 150
    assert np.median(np.abs(off_m)) < 25.0
    assert abs(np.median(off_m)) < 15.0


@pytest.mark.skipif(not ETOPO.is_file(), reason="the shared copy of ETOPO5 is not here")
def test_the_coarse_model_agrees_with_etopo5() -> None:
    """NOAA's ETOPO5 is older and of another making; it agrees best moved by a cell, ours where it is."""
    with np.load(COARSE.file) as ours:
        heights = ours["elevation_m"].astype(float)
    with np.load(ETOPO) as theirs:
        other = theirs["elevation_m"].astype(float)
    one, two = heights[:, 1:], other[1:, :-1]
    land = (one > 0) & (two > 0)
    off_m = one[land] - two[land]
    assert np.corrcoef(one[land], two[land])[0, 1] > 0.955
    assert abs(off_m.mean()) < 5.0
    assert np.median(np.abs(off_m)) < 30.0
