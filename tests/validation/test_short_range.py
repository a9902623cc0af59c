"""The short-range radar against the figures given of its class: small drones at 4 to 10 km, a look every second.

The former are what its range was set from.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from holdfire.messages.aircraft import Arrival, Part, Transponder
from holdfire.messages.plot import plots_for
from holdfire.messages.track import Stand
from holdfire.sense.prepare import as_tracked, scanner_for
from holdfire.sense.scan import scan
from holdfire.track.tracker import track, tracks_for
from holdfire.track.tuning import tuning_record
from holdfire.world.move import move
from support.flown import library, one, type_of
from support.sensed import KEY, mast, ring, sky, watch

RADAR = "short-range-radar"
DRONE = library()["small-drone"].rcs_x_m2


def share_seen(range_m: float, rcs_m2: float, count: int = 200, ticks: int = 30) -> float:
    world = sky(count, **ring(count, range_m), h_m=600.0, transponder=Transponder.OFF)
    world.aircraft["heading_rad"] = np.arctan2(world.aircraft["x_m"], world.aircraft["y_m"])
    world.aircraft["speed_m_s"] = 15.0  # outbound, past the filter for ground
    world.platforms["rcs_x_m2"] = rcs_m2
    return watch(mast(RADAR, mast_m=10.0), world, ticks).plot.size / (count * (ticks - 1))


def test_a_hundredth_of_a_square_metre_is_seen_at_4_to_10_km() -> None:
    # Figures commonly given of the Giraffe 1X class, from which the range for 1 m² was set: calibrated, not validated.
    # That the ground's mirror leaves it within them is what may fail; ranges are taken over all lobes.
    ranges_m = np.arange(2_000.0, 15_000.0, 1_000.0)
    shares = np.array([share_seen(range_m, 0.01) for range_m in ranges_m])
    half_m = float(ranges_m[shares >= 0.5].max())
    assert 4_000.0 <= half_m <= 10_000.0
    assert share_seen(4_000.0, 0.01) > 0.9
    assert share_seen(14_000.0, 0.01) < 0.2
    assert DRONE.low <= 0.01 <= DRONE.high


@pytest.mark.parametrize("ticks", [1, 10])
def test_a_beam_that_turns_once_a_second_meets_everything_every_second(ticks: int) -> None:
    world = sky(36, **ring(36, 3_000.0), h_m=500.0)
    plot, origin, _ = watch(mast(RADAR, mast_m=10.0, least_radial_m_s=0.0, primary_m=1e6), world, 1 + ticks)
    assert mast(RADAR).radar["period_ticks"][0] == mast(RADAR).radar["cells"][0] == 1
    for each in range(36):
        assert np.array_equal(plot["time_s"][origin == each], np.arange(1, 1 + ticks))


def test_false_plots_are_as_many_in_a_second_as_are_stated_and_all_round() -> None:
    made = mast(RADAR)
    made.radar["false_mean"], made.radar["no_false"] = 0.3, math.exp(-0.3)
    plot, _, _ = watch(made, sky(1, h_m=-1.0), 4000)
    assert plot.size == pytest.approx(1200, abs=4 * math.sqrt(1200))
    quarter = np.floor(np.arctan2(plot["x_m"], plot["y_m"]) / (math.pi / 2)).astype(int) + 2
    assert np.bincount(quarter, minlength=4).min() > 0.2 * plot.size


def hovering_looks(least_m_s: float) -> int:
    world = sky(20, **ring(20, 3_000.0), h_m=20.0, speed_m_s=0.0, transponder=Transponder.OFF)
    return int(watch(mast(RADAR, mast_m=10.0, least_radial_m_s=least_m_s), world, 20).plot.size)


def test_what_hovers_low_is_taken_for_ground() -> None:
    assert hovering_looks(1.5) == 0
    assert hovering_looks(0.0) > 300


def test_a_drone_is_flown_to_a_point_hovers_there_and_stays_one_track() -> None:
    quad = type_of(
        speed_min_m_s=0.0, speed_max_m_s=20.0, accel_m_s2=4.0, turn_g=1.3, climb_max_m_s=5.0, descent_max_m_s=4.0,
        height_max_m=4000.0, rcs_x_m2=0.05,
    )  # fmt: skip
    world = one(
        [(1_500.0, 2_000.0, 300.0, 12.0)], quad, part=Part.INTRUDER, arrival=Arrival.HOLD, speed_m_s=12.0, h_m=300.0,
        x_m=1_000.0, y_m=1_000.0, entity=5,
    )  # fmt: skip
    made = mast(RADAR, mast_m=10.0)
    scanner, plots, stated = scanner_for(made, 1, KEY), plots_for(64), as_tracked(made)
    tracks, tuning = tracks_for(16, 1, 64), tuning_record()
    for tick in range(400):
        move(world, tick, 1.0, 50e3, 50e3)
        scan(made, scanner, world, tick, KEY, plots)
        track(tracks, plots, stated, tuning, float(tick))
    mine = world.aircraft[0]
    assert math.hypot(mine["x_m"] - 1_500.0, mine["y_m"] - 2_000.0) < 1.0
    assert mine["speed_m_s"] < 0.1
    assert np.isfinite([mine["heading_rad"], mine["h_m"], mine["climb_m_s"]]).all()
    kept = tracks.track[tracks.used[: tracks.counts[0]]]
    assert kept.size == 1
    assert kept["stand"][0] >= Stand.CONFIRMED
    assert math.hypot(kept["x_m"][0] - 1_500.0, kept["y_m"][0] - 2_000.0) < 30.0
    assert math.hypot(kept["vx_m_s"][0], kept["vy_m_s"][0]) < 5.0
    assert tracks.counts[1] <= 2
