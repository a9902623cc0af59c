"""A field of direction finders: whom they intercept, where bearings cross, and how surely."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from holdfire.geo.horizon import horizon_m
from holdfire.messages.vocabulary import KINDS_OF_SENSOR
from support.listening import network
from support.sensed import ring, sky, watch

if TYPE_CHECKING:
    from holdfire.messages.aircraft import World
    from holdfire.sense.layout import Sensors

RF = 1 << KINDS_OF_SENSOR.index("rf")


def sending(count: int, power_mw: float = 1000.0, frequency_ghz: float = 2.3, **fields: Any) -> World:
    """Aircraft that send."""
    world = sky(count, **{"h_m": 300.0, **fields})
    world.platforms["emits_mw"], world.platforms["emits_ghz"] = power_mw, frequency_ghz
    return world


def stations(*places: tuple[float, float], **numbers: float) -> Sensors:
    """Direction finders at these places and nowhere else."""
    made = network("rf-detector", radius_km=60.0, spacing_km=15.0)
    node = np.full_like(made.fields.node, np.nan)
    row = made.fields.row[0]
    for x_m, y_m in places:
        at = int((y_m - row["south_m"]) // row["cell_m"] * row["columns"] + (x_m - row["west_m"]) // row["cell_m"])
        node[at] = x_m, y_m
    for name, value in numbers.items():
        made.fields.row[name] = value
    return made._replace(fields=made.fields._replace(node=node))


def test_bearings_cross_where_the_sender_is_and_as_surely_as_they_say() -> None:
    world = sending(400, **ring(400, 25e3))
    plot, origin, _ = watch(network("rf-detector", spacing_km=15.0), world, 40)
    truth = world.aircraft[origin]
    dx, dy = plot["x_m"] - truth["x_m"], plot["y_m"] - truth["y_m"]
    xx, xy, yy = plot["var_x_m2"], plot["cov_xy_m2"], plot["var_y_m2"]
    square = (yy * dx * dx - 2 * xy * dx * dy + xx * dy * dy) / (xx * yy - xy * xy)
    assert plot.size > 1000
    assert np.mean(square) == pytest.approx(2.0, abs=4 * math.sqrt(4 / plot.size))
    assert np.abs(xy).max() > 1e4
    assert set(plot["kinds"]) == {RF}
    assert np.isnan(plot["h_m"]).all()


def test_one_bearing_is_no_place_and_two_along_a_line_are_none_either() -> None:
    world = sending(50, x_m=10e3, y_m=1.0)
    sharp = {"spread_db": 0.1}
    assert watch(stations((-3e3, 0.0), **sharp), world, 20).plot.size == 0
    assert watch(stations((-3e3, 0.0), (-20e3, 0.0), **sharp), world, 20).plot.size == 0
    crossed = watch(stations((-3e3, 0.0), (10e3, 14e3), **sharp), world, 20).plot
    assert crossed.size > 0
    # A station 13 km west knows north to 13 km by 3°, one 14 km north knows east.
    assert np.allclose(np.sqrt(crossed["var_y_m2"] - 100**2), 13e3 * math.radians(3), rtol=0.01)
    assert np.allclose(np.sqrt(crossed["var_x_m2"] - 100**2), 14e3 * math.radians(3), rtol=0.01)


def test_who_is_silent_or_out_of_the_band_is_not_intercepted() -> None:
    made = network("rf-detector", spacing_km=15.0)
    assert watch(made, sending(50, **ring(50, 25e3)), 20).plot.size > 0
    for world in (
        sending(50, 0.0, **ring(50, 25e3)),
        sending(50, 1000.0, 9.4, **ring(50, 25e3)),
        sending(50, 1e-2, **ring(50, 25e3)),
    ):
        assert watch(made, world, 20).plot.size == 0


def test_nothing_is_intercepted_below_the_horizon() -> None:
    made = stations((-30e3, -30e3), (-30e3, 30e3), fix_sd_m=1e5)
    x_m = np.linspace(-25e3, 95e3, 241)
    world = sending(241, 1e7, x_m=x_m, y_m=0.0, h_m=50.0)
    origin = watch(made, world, 20).origin
    away_m = np.hypot(x_m + 30e3, 30e3)
    seen = np.isin(np.arange(241), origin)
    assert np.array_equal(seen, away_m <= horizon_m(20.0, 50.0))


def test_a_place_that_is_too_vague_is_not_reported() -> None:
    made = network("rf-detector", spacing_km=15.0)
    world = sending(300, **ring(300, 62e3))
    plot = watch(made, world, 40).plot
    assert plot.size > 0
    assert max(plot["var_x_m2"].max(), plot["var_y_m2"].max()) <= 2500**2 + 100**2
    made.fields.row["fix_sd_m"] = 1e6
    assert watch(made, world, 40).plot.size > plot.size
