"""Whose airspace, how deep, which way, since when and from where."""

from __future__ import annotations

from math import cos, sin
from typing import Any

import numpy as np
import pytest

from holdfire.geo import ground as geo
from holdfire.identify.evidence import lay_out
from holdfire.identify.prepare import StateOnMap, memory_for
from holdfire.identify.raster import column_of, depth_at, row_of
from support.identified import KM, STATES, Sky, flown, ground, number, one, track, value, view

GROUND = ground()


@pytest.mark.parametrize(
    ("x_km", "y_km", "airspace"),
    [
        (-30, 0, "own"),
        (30, 30, "foreign"),
        (30, -30, "foreign"),
        (30, 0, "foreign"),  # either of two, and foreign both
        (-120, 0, "allied"),
        (30, 120, "international"),
        (30, 90, None),  # between foreign and international
        (-1, 0, None),
        (1, 0, None),
        (-2.1, 0, None),  # 2 km and 2 sigma
        (-2.4, 0, "own"),
        (2.4, 20, "foreign"),
        (149.5, 0, None),  # off the map
        (900, 0, None),
    ],
)
def test_airspace_is_known_away_from_borders(x_km: float, y_km: float, airspace: str | None) -> None:
    assert value(one(track(x_km, y_km), on=GROUND), "airspace") == airspace


def test_a_worse_track_knows_less() -> None:
    doubtful = track(-5, 0, p=(4e6, 0, 0, 0, 1e4, 0, 0, 1, 0, 1))
    assert value(one(track(-5, 0)), "airspace") == "own"
    assert value(one(doubtful), "airspace") is None


def test_time_since_the_last_plot_makes_it_worse() -> None:
    found = [one(track(-2.5, 0, 0, 200, age_s=age_s, kinds_age_s={})) for age_s in (0.0, 10.0, 25.0, 31.0)]
    assert [value(each, "airspace") for each in found] == ["own", "own", None, None]
    assert value(found[2], "speed_m_s") == pytest.approx(200)
    assert value(found[3], "speed_m_s") is None, "older than 30 s"
    assert number(found[2], "position_sigma_m") > number(found[1], "position_sigma_m")


def test_depth_has_the_uncertainty_of_track_and_border() -> None:
    inside, outside = one(track(-30, 0)).items["depth_m"], one(track(30, 0)).items["depth_m"]
    assert inside.value == pytest.approx(30_000, abs=1)
    assert outside.value == pytest.approx(-30_000, abs=1)
    assert inside.sd == pytest.approx(np.hypot(1000, 100))


@pytest.mark.parametrize(
    ("east", "north", "expected"),
    [
        (-44, 0, "inbound"),
        (44, 0, "outbound"),
        (0, 44, "parallel"),
        (0, -44, "parallel"),
        (-44 * 0.25, 44, None),  # 14 degrees: parallel or inbound
        (-0.5, 0.5, None),  # too slow to tell
        (0, 0, None),
    ],
)
def test_direction_is_known_at_95_percent(east: float, north: float, expected: str | None) -> None:
    assert value(one(track(-30, 0, east, north)), "direction") == expected


def test_a_track_of_uncertain_course_has_no_direction() -> None:
    vague = track(-30, 0, -44, 0, p=(1e4, 0, 0, 0, 1e4, 0, 0, 900, 0, 900))
    assert value(one(vague), "direction") is None


def test_a_crossing_that_was_seen() -> None:
    sky = Sky(GROUND, view())
    found = flown(sky, track(10, 30, -50, 0), range(0, 400, 5))
    assert value(found[0], "origin") is None
    assert value(found[41], "airspace") is None, "still within the border's uncertainty"
    assert value(found[41], "origin") is None
    last = found[-1]
    assert value(last, "origin") == "BY"
    assert value(last, "inside_s") == pytest.approx(395 - 200, abs=1)  # it crossed at 200 s
    assert last.items["inside_s"].sd == pytest.approx(1005 / 50, rel=0.01)
    assert last.items["origin"].age_s == pytest.approx(395 - 245, abs=5)  # when it was known to be inside


def test_whoever_was_first_seen_deep_inside_came_from_nobody_knows_where() -> None:
    found = flown(Sky(GROUND, view()), track(-20, 30, -50, 0), range(0, 200, 5))[-1]
    assert value(found, "airspace") == "own"
    assert value(found, "origin") is None
    assert value(found, "inside_s") is None


@pytest.mark.parametrize(("y_km", "speed", "origin"), [(30, -50, "BY"), (-30, -50, "UA"), (30, -1, None)])
def test_who_began_within_the_uncertainty_and_goes_inwards_came_from_across(
    y_km: float, speed: float, origin: str | None
) -> None:
    found = flown(Sky(GROUND, view()), track(-1, y_km, speed, 0), range(0, 3000, 30))
    assert value(found[0], "origin") is None
    known = [each for each in found if value(each, "airspace") == "own"]
    assert value(known[0], "origin") == origin


def test_between_two_neighbours_the_origin_is_not_known() -> None:
    assert value(flown(Sky(GROUND, view()), track(10, 0.3, -50, 0), range(0, 400, 5))[-1], "origin") is None


def test_from_the_sea_the_last_state_counts() -> None:
    sky = Sky(GROUND, view())
    found = flown(sky, track(6, 80, 0, 100), range(0, 200, 5))
    assert value(found[-1], "airspace") == "international"
    back = [sky.at(t, track(-20, 100 - 0.1 * (t - 200), 0, -100))[0] for t in range(200, 400, 5)][-1]
    assert value(back, "airspace") == "own"
    assert value(back, "origin") == "BY"
    assert value(flown(Sky(GROUND, view()), track(-20, 110, 0, -100), range(0, 300, 5))[-1], "origin") is None


def test_whoever_leaves_and_returns_entered_anew() -> None:
    sky = Sky(GROUND, view())
    flown(sky, track(10, 30, -50, 0), range(0, 400, 5))
    left = [sky.at(t, track(-10 + 0.05 * (t - 400), 30, 50, 0))[0] for t in range(400, 800, 5)][-1]
    assert value(left, "airspace") == "foreign"
    assert value(left, "inside_s") is None
    back = [sky.at(t, track(10 - 0.05 * (t - 800), 30, -50, 0))[0] for t in range(800, 1200, 5)][-1]
    assert value(back, "inside_s") == pytest.approx(1195 - 1000, abs=1)


def test_a_new_number_at_the_same_place_begins_anew() -> None:
    sky = Sky(GROUND, view())
    assert value(flown(sky, track(10, 30, -50, 0), range(0, 400, 5))[-1], "origin") == "BY"
    found = sky.at(400, track(-10, 30, -50, 0, number=2))[0]
    assert value(found, "airspace") == "own"
    assert value(found, "origin") is None
    assert value(found, "inside_s") is None


def test_a_row_is_about_the_state_overflown_or_the_nearest_guarded() -> None:
    depth = np.concatenate([GROUND.depth_m, np.full_like(GROUND.depth_m, -1e5)])
    middle = np.arange(-149.5, 150, 1) * KM
    depth[1] = -100 * KM - middle[None, :]  # DE west of -100 km
    both = GROUND._replace(depth_m=depth.astype(np.float32))
    guards = (*STATES[:3], StateOnMap("DE", guards=True, allied=True, alert="peace"))
    sky = Sky(both, view(states=guards))
    found = sky.at(0, track(-30, 0), track(-120, 0, number=2), track(30, 0, number=3))
    assert sky.hosts[:3].tolist() == [0, 1, 0]
    assert [value(each, "airspace") for each in found] == ["own", "own", "foreign"]
    assert [value(each, "alert") for each in found] == ["heightened", "peace", "heightened"]
    crossed = flown(Sky(both, view(states=guards)), track(-90, 0, -100, 0), range(0, 300, 5))[-1]
    assert (value(crossed, "origin"), value(crossed, "inside_s")) == ("PL", pytest.approx(295 - 100, abs=1))


def codes(found: Any) -> dict[str, Any]:
    return {name: known.value for name, known in found.items.items() if not isinstance(known.value, float)}


@pytest.mark.parametrize("turn_rad", [0.4, 1.9, 3.3])
@pytest.mark.parametrize("start", [(10, 30, -50, 5), (-60, -20, 100, 60), (-90, 50, -60, 0), (60, 60, 0, 120)])
def test_turning_and_shifting_the_world_leaves_codes_alone(turn_rad: float, start: tuple[float, ...]) -> None:
    shift = 7 * KM, -11 * KM
    plain = track(*start)
    x, y, vx, vy = plain["x_m"], plain["y_m"], plain["vx_m_s"], plain["vy_m_s"]
    c, s = cos(turn_rad), sin(turn_rad)
    turned = plain | {
        "x_m": c * x - s * y + shift[0],
        "y_m": s * x + c * y + shift[1],
        "vx_m_s": c * vx - s * vy,
        "vy_m_s": s * vx + c * vy,
    }
    times = range(0, 400, 40)
    before = flown(Sky(GROUND, view()), plain, times)
    after = flown(Sky(ground(turn_rad, shift), view()), turned, times)
    assert [codes(each) for each in before] == [codes(each) for each in after]
    for one_side, other in zip(before, after, strict=True):
        for name, known in one_side.items.items():
            if isinstance(known.value, float):
                assert other.items[name].value == pytest.approx(known.value, rel=0.01, abs=200), name


def test_the_ground_is_read_as_geo_reads_it() -> None:
    where = memory_for(1, 1).where[0]
    uneven = GROUND._replace(depth_m=np.cumsum(GROUND.depth_m, axis=2).astype(np.float32))
    lay_out(uneven, where)
    for x, y in [(-70_400.0, 33_333.0), (0.0, 0.0), (99_999.0, -120_000.0), (-148_000.0, 148_000.0)]:
        assert depth_at(where, uneven.depth_m, 0, x, y) == pytest.approx(geo.depth_at(uneven, 0, x, y), rel=1e-6)
        assert uneven.state[row_of(where, y), column_of(where, x)] == geo.state_at(uneven, x, y)
