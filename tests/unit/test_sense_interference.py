"""Broadcasts that are lost, that are off, and that no aircraft sends."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from holdfire.errors import CapacityError
from holdfire.geo.horizon import horizon_m
from holdfire.logic.parse import check
from holdfire.messages.plot import NO_CODE, plots_for
from holdfire.sense.interference_prepare import FIRST_ADDRESS, with_interference
from holdfire.sense.interference_schema import InterferenceModel
from holdfire.sense.prepare import scanner_for
from holdfire.sense.scan import scan
from support.sensed import FRAME, KEY, mast, ring, sky, watch

if TYPE_CHECKING:
    from holdfire.sense.layout import Sensors

HALF_M = 200e3, 200e3
CIRCLE = {"centre": [FRAME.lat_deg, FRAME.lon_deg], "radius_km": 60}
JAMMED = {"id": "j", "kind": "jammed", "area": CIRCLE, "from_h": 0, "until_h": 1, "lost": 0.75, "source": ["a"]}
MOVED = {"id": "m", "kind": "displaced", "area": CIRCLE, "until_h": 1, "east_km": 9, "north_km": -4, "source": ["a"]}
GHOSTS = {
    "id": "g", "kind": "ghosts", "number": 3, "from": [FRAME.lat_deg, FRAME.lon_deg - 1.0],
    "to": [FRAME.lat_deg, FRAME.lon_deg + 1.0], "speed_m_s": 220, "height_m": 10_000, "from_h": 0.1, "until_h": 0.5,
    "source": ["a"],
}  # fmt: skip


def disturbed(made: Sensors, *entries: dict[str, Any]) -> Sensors:
    return with_interference(made, [InterferenceModel.model_validate(each) for each in entries], FRAME, HALF_M)


def test_what_is_jammed_sends_a_position_less_often_and_answers_all_the_same() -> None:
    world = sky(200, x_m=np.linspace(-150e3, 150e3, 200))
    plain, jammed = mast("ads-b-station", replies=1.0), mast("ads-b-station", replies=1.0)
    jammed = disturbed(jammed, JAMMED)
    before, after = watch(plain, world, 300), watch(jammed, world, 300)
    inside = np.abs(world.aircraft["x_m"]) < 60e3 - 1500
    outside = np.abs(world.aircraft["x_m"]) > 60e3 + 1500
    counts = [np.bincount(each.origin, minlength=200) for each in (before, after)]
    assert np.array_equal(counts[0][outside], counts[1][outside])
    assert counts[1][inside].sum() / counts[0][inside].sum() == pytest.approx(0.25, abs=0.04)
    radar = mast("long-range-3d")
    assert watch(disturbed(radar, JAMMED), world, 60).plot.tobytes() == watch(radar, world, 60).plot.tobytes()


def test_jamming_begins_and_ends() -> None:
    made, world = mast("ads-b-station", replies=1.0), sky(100, **ring(100, 30e3))
    jammed = disturbed(made, JAMMED | {"from_h": 0.05, "until_h": 0.1, "lost": 1.0})
    time_s = watch(jammed, world, 600).plot["time_s"]
    assert time_s[(time_s >= 180) & (time_s < 360)].size == 0
    assert min(time_s[time_s < 180].size, time_s[time_s >= 360].size) > 1000


def test_a_displaced_aircraft_says_wrong_where_it_is() -> None:
    world, made = sky(100, **ring(100, 30e3)), mast("ads-b-station")
    right, wrong = watch(made, world, 60).plot, watch(disturbed(made, MOVED), world, 60).plot
    assert np.allclose(wrong["x_m"] - right["x_m"], 9e3)
    assert np.allclose(wrong["y_m"] - right["y_m"], -4e3)
    assert np.array_equal(wrong["h_m"], right["h_m"])
    assert np.array_equal(wrong["address"], right["address"])


def test_ghosts_fly_as_they_say_and_belong_to_nobody() -> None:
    made = disturbed(mast("ads-b-station", replies=1.0), GHOSTS)
    plot, origin, _ = watch(made, sky(1, status=2), 2400)
    ghost = plot[plot["address"] >= FIRST_ADDRESS]
    assert set(origin[plot["address"] >= FIRST_ADDRESS]) == {-1}
    assert np.unique(ghost["address"]).size == 3
    assert set(ghost["mode_a"]) == {NO_CODE}
    assert set(ghost["kinds"]) == {2}
    begin_s = [ghost["time_s"][ghost["address"] == FIRST_ADDRESS + each].min() for each in range(3)]
    assert np.allclose(np.array(begin_s) - 360.0, [0, 60, 120], atol=10)
    first = ghost[ghost["address"] == FIRST_ADDRESS]
    speed = np.polyfit(first["time_s"], first["x_m"], 1)[0]
    assert speed == pytest.approx(220, rel=0.01)
    length_m = 2 * math.radians(1) * 6371e3 * math.cos(math.radians(FRAME.lat_deg))
    assert first["time_s"].max() - first["time_s"].min() == pytest.approx(length_m / 220, abs=25)


def test_ghosts_are_heard_as_far_as_the_horizon_and_by_no_radar() -> None:
    low = GHOSTS | {"height_m": 200, "number": 1, "from": [FRAME.lat_deg, FRAME.lon_deg - 1.5]}
    made = disturbed(mast("ads-b-station", mast_m=20.0), low)
    plot = watch(made, sky(1, status=2), 2400).plot
    ghost = plot[plot["address"] >= FIRST_ADDRESS]
    reach_m = horizon_m(20.0, 200.0)
    assert 0.95 * reach_m < np.hypot(ghost["x_m"], ghost["y_m"]).max() < reach_m + 300
    assert watch(disturbed(mast("long-range-3d"), GHOSTS), sky(1, status=2, x_m=460e3), 1000).plot.size == 0


def test_a_full_array_is_told_and_not_overrun_by_ghosts() -> None:
    made, plots = disturbed(mast("ads-b-station", replies=1.0), GHOSTS | {"number": 50, "from_h": 0}), plots_for(1)
    world = sky(1, status=2)
    scanner = scanner_for(made, 1, KEY)
    for tick in range(1800):
        scan(made, scanner, world, tick, KEY, plots)
        if plots.counts[0] < 0:
            return
    pytest.fail("a plot was enough for a ghost a minute")


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        ({"kind": "jamed"}, "did you mean 'jammed'"),
        ({"lost": None, "kind": "jammed"}, "lost missing: say it of what is jammed"),
        ({"lost": 1.5}, "lost is 1.5: it must be at most 1"),
        ({"until_h": 0}, "until_h is 0"),
        ({"from_h": 2}, "from_h 2 is not before until_h 1"),
        ({"east_km": 4}, "east_km does not go with jammed: leave it out"),
        ({"area": {"centre": [51, 21]}}, "write centre and radius_km of a circle, or corners of a polygon"),
        ({"area": {"corners": [[51, 21], [52, 21]]}}, "corners"),
        ({"area": {"centre": [21, 510], "radius_km": 3}}, "[21, 510] is no place"),
    ],
)
def test_what_cannot_be_is_refused(entry: dict[str, Any], text: str) -> None:
    data = {key: value for key, value in (JAMMED | entry).items() if value is not None}
    assert any(text in finding.text for finding in check(InterferenceModel, data)), check(InterferenceModel, data)


def test_more_zones_than_there_are_bits_are_refused() -> None:
    with pytest.raises(CapacityError, match="63 entries of interference"):
        disturbed(mast("ads-b-station"), *([JAMMED] * 63))
