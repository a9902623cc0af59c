"""Balloons and birds: how far the wind carries one, how fast it climbs, how far it is seen; how dense flocks are."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from holdfire.messages.aircraft import Part, Status, Transponder
from holdfire.seed import Key
from holdfire.sense.detection import anchor
from holdfire.world.generate import generate
from holdfire.world.move import move
from holdfire.world.wind import WindModel, wind_records, wind_tonight
from support.flown import HALF_HEIGHT_M, HALF_WIDTH_M, night
from support.sensed import mast, ring, sky, watch

if TYPE_CHECKING:
    from holdfire.messages.aircraft import World
    from holdfire.world.layout import WorldPlan

KEY = Key(1, 0, 0)


def air(*layers: tuple[float, float, float]) -> WindModel:
    given = [{"h_m": h_m, "from_deg": from_deg, "m_s": m_s} for h_m, from_deg, m_s in layers]
    return WindModel.model_validate({"layers": given, "source": ["a"]})


def balloons(height_m: Any = 8_000.0, **changes: Any) -> dict[str, Any]:
    return {
        "id": "balloons", "platform": "smuggling-balloon", "state": "BY", "number": 3, "intent": "transit",
        "origin": {"from": [52.0, 24.0], "to": [52.0, 24.0]}, "height_m": height_m, "appears_h": 0.0,
        "endurance_h": 5, "drifts": True, "source": ["a"], **changes,
    }  # fmt: skip


def flown(plan: WorldPlan, seconds: int, key: Key = KEY) -> tuple[World, np.ndarray]:
    world, _ = generate(plan, key)
    path = np.zeros((seconds, 4))
    for tick in range(seconds):
        move(world, tick, 1.0, HALF_WIDTH_M, HALF_HEIGHT_M)
        mine = world.aircraft[0]
        path[tick] = mine["x_m"], mine["y_m"], mine["h_m"], mine["speed_m_s"]
    return world, path


@pytest.mark.parametrize("m_s", [4.0, 12.0, 25.0])
def test_a_balloon_climbs_at_five_metres_a_second_to_8_km_and_goes_with_the_wind(m_s: float) -> None:
    _, path = flown(night([balloons()], wind=air((0.0, 90.0, m_s))), 5_000)
    begun = path[1]
    reached_s = int(np.argmax(path[:, 2] >= 7_999.0))
    assert (8_000.0 - 100.0) / reached_s == pytest.approx(5.0, rel=0.03)
    assert path[-1, 2] == pytest.approx(8_000.0, abs=1.0)
    away = path[-1] - begun
    assert math.hypot(away[0], away[1]) == pytest.approx(m_s * (5_000 - 2), rel=0.01)
    assert math.degrees(math.atan2(away[0], away[1])) % 360 == pytest.approx(270.0, abs=1.0)  # from the east


def test_wind_that_turns_and_grows_with_height_adds_up_over_the_climb() -> None:
    wind = air((0.0, 90.0, 5.0), (4_000.0, 90.0, 15.0), (8_000.0, 180.0, 30.0))
    _, path = flown(night([balloons()], wind=wind), 1_581)
    heights = np.linspace(100.0, 8_000.0, 4_001)
    expected = wind_tonight(wind_records(wind), heights, KEY).mean(axis=0) * (7_900.0 / 5.0)
    assert path[-1, :2] - path[1, :2] == pytest.approx(expected, rel=0.02, abs=200.0)


def test_it_comes_down_when_its_time_is_over_and_a_still_night_moves_it_little() -> None:
    world, path = flown(night([balloons(endurance_h=1)], wind=air((0.0, 0.0, 0.0))), 3_700)
    assert world.aircraft["status"][0] == Status.FELL
    assert path[3_500, 2] == pytest.approx(8_000.0, abs=1.0)
    assert math.hypot(*(path[-1, :2] - path[1, :2])) < 4_000.0


def test_a_wind_drawn_for_the_night_is_one_for_all_and_another_in_the_next() -> None:
    given = {"h_m": 0.0, "from_deg": {"low": 60, "high": 120}, "m_s": {"low": 5, "high": 20}}
    wind = WindModel.model_validate({"layers": [given], "source": ["a"]})
    plan = night([balloons()], {"balloons": {**_weather(), "number": 2}}, wind=wind)
    nights = [generate(plan, Key(1, 0, replication))[0].aircraft for replication in range(40)]
    speeds = np.array([each["speed_m_s"] for each in nights])
    assert np.all(speeds == speeds[:, :1])
    assert np.unique(speeds[:, 0]).size == 40
    assert 5.0 <= speeds.min() < 7.0 < 18.0 < speeds.max() <= 20.0
    assert [int(part) for part in nights[0]["part"]] == [Part.INTRUDER] * 3 + [Part.BALLOON] * 2


def _weather() -> dict[str, Any]:
    return {"number": 1, "origin": {"from": [51.6, 21.6], "to": [51.6, 21.6]}, "height_m": 20_000,
            "appears_h": 0.0, "source": ["a"]}  # fmt: skip


def test_a_balloon_at_8_km_is_seen_as_far_as_the_radar_equation_says() -> None:
    rcs_m2 = 0.1
    range_m = 280e3 * rcs_m2**0.25  # of the stated 8 in 10
    made = mast("long-range-3d", roughness_m=1e6, clutter_m=0.0)
    for factor, expected in ((1.0, 0.8), (1.3, math.exp(math.log(1e-6) / (1 + anchor(0.8, 1e-6) / 1.3**4)))):
        world = sky(300, **ring(300, range_m * factor), h_m=8_000.0, transponder=Transponder.OFF, speed_m_s=15.0)
        world.platforms["rcs_l_m2"] = rcs_m2
        plot = watch(made, world, 50).plot
        assert np.sum(plot["time_s"] >= 10) / (300 * 4) == pytest.approx(expected, abs=0.05)


def birds(**changes: Any) -> dict[str, Any]:
    return {"birds": {"at_once": 60, "source": ["a"], **changes}}


def test_flocks_are_as_many_as_stated_and_answer_nobody() -> None:
    counts = []
    for replication in range(12):
        world, plans = generate(night(background=birds(), hours=1.0), Key(3, 0, replication))
        aircraft = world.aircraft
        assert {int(part) for part in aircraft["part"]} == {Part.BIRD}
        assert not aircraft["transponder"].any()
        assert not aircraft["radio"].any()
        assert not aircraft["crewed"].any()
        assert plans.plan.size == 0
        move(world, 0, 1.0, HALF_WIDTH_M, HALF_HEIGHT_M)
        counts.append(int(world.counts[0]))
    assert np.mean(counts) == pytest.approx(60, abs=4 * math.sqrt(60 / 12))


def test_they_fly_as_high_and_fast_as_was_published_and_where_they_go() -> None:
    world, _ = generate(night(background=birds(toward_deg=225), hours=1.0), KEY)
    for tick in range(1_800):
        move(world, tick, 1.0, HALF_WIDTH_M, HALF_HEIGHT_M)
    flying = world.aircraft[world.active[: world.counts[0]]]
    assert np.all((flying["speed_m_s"] >= 8.0) & (flying["speed_m_s"] <= 20.0))
    assert np.all(flying["h_m"] <= 1_500.0)
    off = (np.degrees(flying["heading_rad"]) - 225.0 + 180.0) % 360.0 - 180.0
    assert np.mean(np.abs(off) < 60.0) > 0.95
