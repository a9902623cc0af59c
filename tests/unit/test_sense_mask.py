"""Terrain between a sensor and an aircraft."""

from __future__ import annotations

import numpy as np
import pytest

from holdfire.geo.grid import Grid
from holdfire.geo.horizon import horizon_m
from holdfire.geo.terrain import Terrain
from holdfire.sense.mask import hidden, screened
from support.ground import COARSE
from support.sensed import mast, ring, sky, watch
from support.watched import camera, seen

HALF_M = (60e3, 60e3)
RIDGE_M = 20e3


def ground(*, coarse: bool = False, plain_m: float = 0.0, ridge_m: float = 1000.0) -> Terrain:
    """A plain with a ridge of 4 km across it, 20 km to the east."""
    grid = Grid.over(*HALF_M, 1000.0)
    x_m, _ = grid.centres()
    rows = np.where(np.abs(x_m - RIDGE_M) < 2000.0, ridge_m, plain_m)
    return Terrain(grid, np.tile(rows, (grid.ny, 1)).astype(np.float32), COARSE.above_m if coarse else None)


def found(terrain: Terrain | None, x_m: float, h_m: float) -> int:
    made = screened(mast("long-range-3d"), terrain, HALF_M)
    return int(watch(made, sky(1, x_m=x_m, h_m=h_m), 40).plot.size)


def test_behind_a_ridge_nothing_is_seen_and_over_it_and_before_it_all() -> None:
    assert found(None, 40e3, 1000.0) > 0
    assert found(ground(), 40e3, 1000.0) == 0
    assert found(ground(), 40e3, 2600.0) > 0
    assert found(ground(), -40e3, 1000.0) > 0
    assert found(ground(), 10e3, 200.0) > 0


def test_coarse_terrain_hides_nothing_near_the_ground() -> None:
    assert found(ground(coarse=True), 40e3, COARSE.above_m - 20.0) > 0  # seen over smooth ground, as without terrain
    assert found(ground(coarse=True), 40e3, COARSE.above_m + 20.0) == 0
    assert found(ground(), 40e3, COARSE.above_m - 20.0) == 0


@pytest.mark.parametrize("plain_m", [0.0, 500.0])
def test_low_over_coarse_ground_the_horizon_is_that_of_smooth_ground(plain_m: float) -> None:
    terrain = ground(coarse=True, plain_m=plain_m, ridge_m=plain_m)
    made = screened(mast("long-range-3d"), terrain, HALF_M)
    reach = horizon_m(30.0, 50.0)
    world = sky(2, x_m=[reach - 3000.0, reach + 3000.0], h_m=plain_m + 50.0)
    assert [hidden(made.screen, 0, each) for each in world.aircraft] == [False, True]


def test_a_mast_stands_on_its_ground_and_a_carried_sensor_is_screened_by_nothing() -> None:
    made = screened(mast("long-range-3d"), ground(plain_m=340.0), HALF_M)
    assert made.radar["h_m"].tolist() == [370.0]
    flown = screened(camera(carriers=[0]), ground(), HALF_M)
    assert flown.screen.of.tolist() == [-1]
    assert not hidden(flown.screen, 0, sky(1, x_m=40e3, h_m=10.0).aircraft[0])


def test_what_listens_is_screened_by_nothing() -> None:
    listens = mast("long-range-3d", kinds=16)  # acoustic
    assert screened(listens, ground(), HALF_M).screen.of.tolist() == [-1]


def test_a_camera_is_screened_too() -> None:
    world = sky(100, **ring(100, 26e3), h_m=900.0)
    world.platforms["size_m"] = 30.0
    open_, behind = camera(), screened(camera(), ground(), HALF_M)
    east = world.aircraft["x_m"] > 24e3
    everywhere, some = seen(open_, world, 1), seen(behind, world, 1)
    assert everywhere.size == 100
    assert some.size <= 100 - east.sum()
    assert not np.any(some["x_m"] > 24e3 * 1.3)


def test_outside_the_grid_the_nearest_cell_counts() -> None:
    made = screened(mast("long-range-3d"), ground(), HALF_M)
    far, edge = sky(1, x_m=90e3, h_m=500.0).aircraft[0], sky(1, x_m=59.5e3, h_m=500.0).aircraft[0]
    assert hidden(made.screen, 0, far) == hidden(made.screen, 0, edge)
