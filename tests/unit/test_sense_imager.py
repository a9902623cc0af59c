"""Cameras: whom they look at, what they report of it, and what hides it."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from holdfire.messages.aircraft import Transponder
from holdfire.messages.plot import NO_CODE
from holdfire.messages.vocabulary import CLASSES, ITEM
from holdfire.sense.imager import with_imagers
from holdfire.sense.prepare import as_tracked, prepare_sensors
from holdfire.sense.schema import NightModel, SensorModel
from support.sensed import FRAME, LIBRARY, bare, ring, sky, watch
from support.watched import CLEAR, camera, seen

LOADS = ITEM["visual_load"].values
COUNT = 400


def drones(range_m: float, size_m: float = 3.0, look: str = "one-way-attack-type", **fields: Any) -> Any:
    world = sky(COUNT, **{**ring(COUNT, range_m), "h_m": 1000.0, "transponder": Transponder.OFF, **fields})
    world.platforms["size_m"], world.platforms["look"] = size_m, CLASSES.index(look)
    world.platforms["load"] = LOADS.index("by-type")
    return world


def test_a_camera_looks_at_one_aircraft_at_a_time_and_at_each_in_its_turn() -> None:
    made, world = camera(), sky(6, **ring(6, 4e3), h_m=800.0)
    world.platforms["size_m"] = 20.0
    found = watch(made, world, 120)
    times, counts = np.unique(found.plot["time_s"], return_counts=True)
    assert np.all(counts == 1)
    assert np.all(np.diff(times) == 5)  # as long as it dwells
    for begin in range(0, found.origin.size - 6, 6):
        assert sorted(found.origin[begin : begin + 6]) == list(range(6))


def test_the_same_aircraft_is_looked_at_again_no_sooner_than_stated() -> None:
    world = sky(1, x_m=4e3, h_m=800.0)
    world.platforms["size_m"] = 20.0
    assert np.all(np.diff(watch(camera(), world, 200).plot["time_s"]) == 20)


def test_a_plot_says_eo_ir_and_no_transponder_is_asked() -> None:
    plot = seen(camera(), drones(8e3), 1)
    assert plot.size > 0.8 * COUNT
    assert set(plot["kinds"]) == {4}
    assert set(plot["asked"]) == set(plot["iff"]) == set(plot["address"]) == {0}
    assert set(plot["mode_a"]) == {NO_CODE}
    assert as_tracked(camera())["kinds"].tolist() == [4]


@pytest.mark.parametrize("range_m", [8e3, 24e3])
def test_places_scatter_as_they_say(range_m: float) -> None:
    world = drones(range_m, size_m=10.0)
    plot = seen(camera(), world, 3)
    assert plot.size > COUNT
    heading = np.arctan2(plot["x_m"], plot["y_m"])
    true = np.rint(heading / (2 * np.pi) * COUNT - 0.37) + 0.37
    angle = 2 * np.pi * true / COUNT
    dx, dy = plot["x_m"] - range_m * np.sin(angle), plot["y_m"] - range_m * np.cos(angle)
    vx, vy, cxy = plot["var_x_m2"], plot["var_y_m2"], plot["cov_xy_m2"]
    squared = (vy * dx * dx - 2 * cxy * dx * dy + vx * dy * dy) / (vx * vy - cxy * cxy)
    assert np.mean(squared) == pytest.approx(2.0, rel=0.12)
    assert np.mean((plot["h_m"] - 1000.0) ** 2 / plot["var_h_m2"]) == pytest.approx(1.0, rel=0.15)
    across = np.sqrt(np.minimum(vx + vy, 1e12))
    assert np.all(across < 60.0) if range_m < 20e3 else np.all(across > 3e3)  # with the laser, and without


def test_what_is_recognised_is_mistaken_as_stated_and_a_second_look_does_not_mend_it() -> None:
    plot = seen(camera(), drones(1.5e3, size_m=10.0), 2)
    as_what = plot["visual_class"].reshape(2, COUNT)
    assert np.array_equal(as_what[0], as_what[1])
    share = np.mean(as_what[0] == CLASSES.index("one-way-attack-type"))
    assert share == pytest.approx(0.85, abs=4 * (0.85 * 0.15 / COUNT) ** 0.5)
    weapon = plot["visual_class"] == CLASSES.index("one-way-attack-type")
    assert np.array_equal(weapon, plot["visual_load"] == LOADS.index("by-type"))


def test_what_is_only_detected_is_taken_for_nothing() -> None:
    plot = seen(camera(), drones(20e3), 2)
    assert plot.size > COUNT
    unknown = plot["visual_class"] < 0
    assert np.mean(unknown) > 0.9
    assert np.array_equal(unknown, plot["visual_load"] < 0)


@pytest.mark.parametrize("cover", [0.3, 1.0])
def test_a_layer_of_cloud_between_hides_by_its_cover(cover: float) -> None:
    night = {"clouds": [{"base_m": 400.0, "top_m": 600.0, "cover": cover}]}
    world = drones(4e3)
    clear, between = seen(camera(), world, 4).size, seen(camera(night=night), world, 4).size
    assert between / clear == pytest.approx(1 - cover, abs=0.05)
    below = drones(4e3, h_m=300.0)
    assert seen(camera(night=night), below, 4).size == seen(camera(), below, 4).size


def test_haze_takes_more_from_the_longer_way() -> None:
    haze = {"visibility_km": 4.0}
    near, far = (seen(camera(night=haze), drones(r), 2).size / seen(camera(), drones(r), 2).size for r in (3e3, 20e3))
    assert far < 0.5 * near


def test_by_night_the_infrared_sees_on_and_moonlight_helps_what_is_visible() -> None:
    by_night, by_day = camera(night={"darkness": "night"}), camera()
    assert by_night.imagers["cycle_rad"][0, 0] == by_day.imagers["cycle_rad"][0, 0]
    assert by_night.imagers["cycle_rad"][0, 1] > 5 * by_day.imagers["cycle_rad"][0, 1]


def test_a_camera_sees_in_its_field_only_and_not_its_carrier() -> None:
    made, world = camera("fighter-pod", carriers=[0]), sky(COUNT, **ring(COUNT, 4e3), h_m=4000.0)
    world.platforms["size_m"] = 20.0
    world.aircraft["x_m"][0] = world.aircraft["y_m"][0] = world.aircraft["heading_rad"][0] = 0.0
    found = watch(made, world, 1200)
    assert found.origin.size > 100
    assert 0 not in found.origin
    bearing = np.arctan2(world.aircraft["x_m"], world.aircraft["y_m"])[found.origin]
    assert np.max(np.abs(bearing)) < math.radians(120.0)
    assert np.max(np.abs(bearing)) > math.radians(100.0)


def test_nothing_beyond_the_horizon_or_above_its_reach_is_looked_at() -> None:
    world = sky(3, x_m=[38e3, 5e3, 41e3], h_m=[5.0, 9000.0, 1000.0])
    world.platforms["size_m"] = 200.0
    assert watch(camera(), world, 60).origin.size == 0


def test_a_radar_recognises_nothing_in_the_records_that_a_camera_wrote_before() -> None:
    where = {"lat_deg": FRAME.lat_deg, "lon_deg": FRAME.lon_deg, "mast_m": 30.0}
    lines = [SensorModel(id=name, model=name, **where) for name in ("eo-ir-turret", "medium-range-3d")]
    made = bare(prepare_sensors(lines, LIBRARY, FRAME, {}, 1))
    made = with_imagers(made, lines, LIBRARY, NightModel(**CLEAR), None)
    world = sky(1, x_m=3e3, h_m=800.0)
    world.platforms["size_m"] = 20.0
    plot = watch(made, world, 100).plot
    by_radar = plot["sensor"] == 1
    assert by_radar.sum() > 5
    assert set(plot["visual_class"][by_radar]) == set(plot["visual_load"][by_radar]) == {-1}
    assert np.all(plot["visual_class"][~by_radar] >= 0)
