"""A wind farm disturbs the radars that see its tips, over it and behind it, and nobody else."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from holdfire.geo.horizon import horizon_m
from holdfire.messages.aircraft import Transponder
from holdfire.sense.turbines import TURBINES, WindFarmModel, farm_records
from support.sensed import FRAME, LIBRARY, mast, sky, watch

if TYPE_CHECKING:
    from holdfire.sense.layout import Sensors

STATED = LIBRARY[TURBINES].stated
LONG = "long-range-3d"
TIP_M, RADIUS_M = 180.0, 3_000.0


def farm(north_m: float, turbines: int = 40, **changes: Any) -> WindFarmModel:
    lat, lon = FRAME.to_geographic(0.0, north_m)
    given = {"id": "farm", "lat_deg": lat, "lon_deg": lon, "radius_km": 3, "turbines": turbines, "tip_m": TIP_M}
    return WindFarmModel.model_validate(given | {"source": ["own"]} | changes)


def beside(north_m: float, turbines: int = 40, model: str = LONG, **numbers: Any) -> Sensors:
    farms, rotors = farm_records([farm(north_m, turbines)], STATED, FRAME)
    return mast(model, mast_m=30.0, **numbers)._replace(farms=farms, turbines=rotors)


NOBODY = sky(1, x_m=1e7)


@pytest.mark.parametrize("model", [LONG, "airborne-early-warning", "short-range-radar"])
def test_false_plots_lie_in_the_farm_and_only_where_its_tips_are_seen(model: str) -> None:
    edge_m = min(horizon_m(30.0, TIP_M), float(mast(model).radar["primary_m"][0]))
    plot, origin, _ = watch(beside(20e3, model=model), NOBODY, 300)
    assert plot.size > 50
    assert np.all(origin == -1)
    assert np.all(plot["kinds"] == 1)
    spread_m = 5 * np.sqrt(np.maximum(plot["var_x_m2"], plot["var_y_m2"]))
    assert np.all(np.hypot(plot["x_m"], plot["y_m"] - 20e3) < RADIUS_M + spread_m)
    assert watch(beside(edge_m + 1.0, model=model), NOBODY, 300).plot.size == 0
    assert watch(beside(edge_m - 1_000.0, model=model), NOBODY, 300).plot.size > 50


@pytest.mark.parametrize(("turbines", "mean"), [(1, 0.2), (40, 8.0), (300, 15.0)])
def test_their_number_goes_with_the_turbines_and_saturates(turbines: int, mean: float) -> None:
    turns = 400
    plot, _, _ = watch(beside(20e3, turbines), NOBODY, 10 * turns)
    assert plot.size == pytest.approx(mean * turns, abs=4 * math.sqrt(mean * turns) + 1)


def test_they_come_when_the_beam_passes() -> None:
    times = np.unique(watch(beside(20e3), NOBODY, 301).plot["time_s"])
    assert np.all(np.diff(times) == 10)


def line(north_m: float, h_m: float, count: int = 40) -> Any:
    """Aircraft side by side north of the radar, outbound, of a small cross section."""
    world = sky(
        count, x_m=np.linspace(-1_500.0, 1_500.0, count), y_m=north_m, h_m=h_m, transponder=Transponder.OFF,
        speed_m_s=60.0,
    )  # fmt: skip
    world.platforms["rcs_l_m2"] = 0.02
    return world


def seen(made: Sensors, world: Any) -> Any:
    plot, origin, _ = watch(made, world, 200)
    return plot[origin >= 0]


def losses(north_m: float, h_m: float, rcs_l_m2: float) -> tuple[int, int]:
    """How many plots there are with a farm at 20 km, and without."""
    quiet: dict[str, Any] = {"roughness_m": 1e6, "clutter_m": 0.0}
    world = line(north_m, h_m)
    world.platforms["rcs_l_m2"] = rcs_l_m2
    return seen(beside(20e3, **quiet), world).size, seen(mast(LONG, mast_m=30.0, **quiet), world).size


def test_detection_over_the_farm_falls_by_the_stated_loss_and_higher_up_it_does_not() -> None:
    rcs = (20e3 / 280e3) ** 4  # seen eight times in ten
    over, plain = losses(20e3, 400.0, rcs)
    looks = 40 * 19
    assert plain / looks == pytest.approx(0.8, abs=0.06)
    snr = (math.log(1e-6) / math.log(0.8) - 1.0) / 10.0
    assert over / looks == pytest.approx(math.exp(math.log(1e-6) / (1 + snr)), abs=0.06)
    high, plain_high = losses(20e3, 5_000.0, rcs)
    assert high == plain_high


def test_behind_the_farm_what_lies_below_its_tips_is_weaker() -> None:
    rcs = (35e3 / 280e3) ** 4
    shadowed, plain = losses(35e3, 220.0, rcs)
    above, plain_above = losses(35e3, 1_500.0, rcs)
    snr = (math.log(1e-6) / math.log(0.8) - 1.0) / 10**0.3
    assert shadowed / plain == pytest.approx(math.exp(math.log(1e-6) / (1 + snr)) / 0.8, abs=0.04)
    assert above == plain_above


@pytest.mark.parametrize(("x_m", "y_m"), [(10e3, 20e3), (0.0, 12e3), (0.0, -20e3), (-40e3, 60e3)])
def test_away_from_it_every_plot_is_the_same(x_m: float, y_m: float) -> None:
    world = sky(30, x_m=x_m + np.arange(30) * 20.0, y_m=y_m, h_m=300.0, speed_m_s=70.0, heading_rad=0.7)
    assert np.array_equal(seen(beside(20e3), world), seen(mast(LONG), world))


def test_one_that_does_not_see_it_is_as_without() -> None:
    far_m = horizon_m(30.0, TIP_M) + 5_000.0
    world = line(far_m, 3_000.0)
    assert np.array_equal(watch(beside(far_m), world, 100).plot, watch(mast(LONG), world, 100).plot)
