"""The aircraft and plans of one night.

Statistical bounds are four standard deviations of the statistic, beside a bias that is stated where there is one.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from holdfire.errors import CapacityError
from holdfire.messages.aircraft import AIRCRAFT, WAYPOINT, Arrival, Intent, Part, Status, Transponder, World
from holdfire.messages.vocabulary import STATES
from holdfire.seed import Key
from holdfire.world.generate import generate
from holdfire.world.move import move
from support.flown import HALF_HEIGHT_M, HALF_WIDTH_M, intruders, library, night

if TYPE_CHECKING:
    from holdfire.messages.layout import Records

SOURCE = {"source": ["a"]}
BACKGROUND = {
    "airliners": {"at_once": 60, **SOURCE},
    "cargo": {"at_once": 10, **SOURCE},
    "general_aviation": {"at_once": 12, "silent_share": 0.4, "no_radio_share": 0.2, **SOURCE},
    "gliders": {"at_once": 5, "silent_share": 0.9, **SOURCE},
    "medical_helicopters": {"at_once": 3, **SOURCE},
}
EMERGENCIES = {0o7500, 0o7600, 0o7700}


def aircraft_of(key: Key, *groups: dict[str, object]) -> Records:
    made: Records = generate(night(groups), key)[0].aircraft
    return made


def of_part(world: World, part: Part) -> Records:
    return world.aircraft[world.aircraft["part"] == part]  # type: ignore[no-any-return]


def test_intruders_are_drawn_within_what_is_said() -> None:
    plan = night([intruders(number={"low": 7, "high": 11})])
    nights = [generate(plan, Key(1, 0, replication))[0] for replication in range(300)]
    numbers = [world.aircraft.size for world in nights]
    assert set(numbers) == {7, 8, 9, 10, 11}
    every = np.concatenate([world.aircraft for world in nights])
    for name, low, high in (("h_m", 300, 1200), ("speed_m_s", 40, 44), ("spawn_s", 0, 7200)):
        middle, sd = (low + high) / 2, (high - low) / math.sqrt(12)
        assert low <= every[name].min() < every[name].max() <= high
        assert every[name].mean() == pytest.approx(middle, abs=4 * sd / math.sqrt(every.size))
    assert every["payload"].mean() == pytest.approx(0.2, abs=4 * 0.4 / math.sqrt(every.size))
    flying = every["fails_s"] - every["spawn_s"]
    assert flying.max() <= 6 * 3600
    early = 1 - math.exp(-0.15 * 3)  # failures at a rate of 0.15 an hour, before any has run dry
    assert (flying < 3 * 3600).mean() == pytest.approx(early, abs=4 * 0.5 / math.sqrt(every.size))
    assert {int(value) for value in every["intent"]} == {Intent.PROBE}
    assert {STATES[int(value)] for value in every["state"]} == {"RU"}
    assert not every["transponder"].any()
    assert not every["address"].any()


def test_intruders_begin_on_their_line_and_fly_by_their_points() -> None:
    plan = night([intruders(number=40)])
    world = generate(plan, Key(1, 0, 0))[0]
    x0, x1 = plan.groups[0]["from_x_m"], plan.groups[0]["to_x_m"]
    y0, y1 = plan.groups[0]["from_y_m"], plan.groups[0]["to_y_m"]
    along = (world.aircraft["y_m"] - y0) / (y1 - y0)
    assert np.all((along >= 0) & (along < 1))
    np.testing.assert_allclose(world.aircraft["x_m"], x0 + along * (x1 - x0), atol=1e-6)
    first, second = world.waypoints[world.aircraft["leg"]], world.waypoints[world.aircraft["leg_end"] - 1]
    assert first["x_m"].std() == pytest.approx(25_000, rel=4 / math.sqrt(80))
    assert len(np.unique(second["x_m"])) == 1  # no spread was asked for
    bearing = np.arctan2(first["x_m"] - world.aircraft["x_m"], first["y_m"] - world.aircraft["y_m"])
    np.testing.assert_allclose(world.aircraft["heading_rad"], bearing % (2 * math.pi))


def test_a_flight_is_the_same_if_another_line_is_taken_out() -> None:
    key = Key(5, 0, 3)
    both = aircraft_of(key, intruders(id="other", number=20), intruders())
    alone = aircraft_of(key, intruders())
    drawn = ["entity", "spawn_s", "fails_s", "x_m", "y_m", "h_m", "speed_m_s", "heading_rad", "payload"]
    np.testing.assert_array_equal(both[20:][drawn], alone[drawn])
    with_, without = (
        generate(night(groups, BACKGROUND), key)[0] for groups in ([intruders()], [intruders(), intruders(id="other")])
    )
    drawn += ["mode_a", "address", "transponder", "radio"]
    for part in (Part.AIRLINER, Part.GLIDER):
        np.testing.assert_array_equal(of_part(with_, part)[drawn], of_part(without, part)[drawn])


def test_nights_are_drawn_by_key() -> None:
    plan = night([intruders()], BACKGROUND)
    first, again, other = (generate(plan, Key(1, 0, replication)) for replication in (4, 4, 5))
    for one, same in zip((*first[0], *first[1]), (*again[0], *again[1]), strict=True):
        assert one.tobytes() == same.tobytes()
    assert first[0].aircraft.tobytes() != other[0].aircraft.tobytes()


def flying(world: World, time_s: int) -> int:
    """Count those over the area at a time, by flying there in steps of five seconds."""
    for tick in range(time_s // 5 + 1):
        move(world, tick, 5.0, HALF_WIDTH_M, HALF_HEIGHT_M)
    here = world.aircraft[world.active[: world.counts[0]]]
    return int(((abs(here["x_m"]) <= HALF_WIDTH_M) & (abs(here["y_m"]) <= HALF_HEIGHT_M)).sum())


@pytest.mark.compiled  # as the next: flies, or draws, hundreds of thousands of times
@pytest.mark.parametrize("time_s", [0, 7000])
def test_as_many_fly_at_any_moment_as_are_said(time_s: int) -> None:
    plan = night((), BACKGROUND)
    counts = [flying(generate(plan, Key(1, 0, replication))[0], time_s) for replication in range(25)]
    # Flown stays differ from drawn ones by up to 2 %: turns are rounded, and the mean is taken from 4,000 flights.
    assert np.mean(counts) == pytest.approx(90, abs=4 * math.sqrt(90 / 25) + 0.02 * 90)


@pytest.mark.compiled
def test_the_number_over_the_area_scatters_as_a_poisson_number() -> None:
    plan = night((), {"airliners": {"at_once": 50, **SOURCE}})
    counts = []
    for replication in range(400):
        made = generate(plan, Key(2, 0, replication))[0].aircraft
        counts.append((made["spawn_s"] <= 0).sum())  # whoever was gone by then is not written
    assert np.mean(counts) == pytest.approx(50, abs=4 * math.sqrt(50 / 400) + 1)
    assert np.var(counts) == pytest.approx(50, rel=4 * math.sqrt(2 / 400) + 0.02)


def test_background_is_what_its_kind_is() -> None:
    world, plans = generate(night((), BACKGROUND), Key(1, 0, 0))
    assert not (world.aircraft["status"] != Status.WAITING).any()
    airliners, gliders, medical = (of_part(world, part) for part in (Part.AIRLINER, Part.GLIDER, Part.MEDICAL))
    assert (airliners["plan"] >= 0).all()
    assert not (gliders["plan"] >= 0).any()
    assert (airliners["people"] == 150).all()
    assert {int(value) for value in gliders["arrival"]} <= {Arrival.LAND, Arrival.LEAVE}
    assert (of_part(world, Part.GENERAL_AVIATION)["transponder"] == Transponder.OFF).mean() == pytest.approx(
        0.4, abs=0.25
    )
    tops = [world.waypoints["h_m"][each["leg"] : each["leg_end"]].max() for each in medical]
    assert max(tops) <= library()["medical-helicopter"].cruise_height_m.high
    assert plans.plan.size == (world.aircraft["plan"] >= 0).sum()


def test_cruise_is_on_levels_by_course() -> None:
    world, _ = generate(night((), {"airliners": {"at_once": 100, **SOURCE}}), Key(1, 0, 0))
    for each in world.aircraft:
        legs = world.waypoints[each["leg"] : each["leg_end"]]
        if len(legs) > 1 and each["h_m"] == legs["h_m"].max() == legs[0]["h_m"] and each["spawn_s"] > 0:
            level = each["h_m"] / 304.8
            assert level == pytest.approx(round(level), abs=1e-6)
            east = legs[-1]["x_m"] - each["x_m"]
            if abs(east) > 100_000:  # beside north and south, bends decide
                assert round(level) % 2 == (east > 0)


def test_codes_and_addresses_are_sound() -> None:
    # All are deaf: some set 7600 from the first, the others never.
    world, _ = generate(night([intruders(transponder="civil")], BACKGROUND | {
        "airliners": {"at_once": 60, "no_radio_share": 1, **SOURCE}
    }), Key(1, 0, 0))  # fmt: skip
    carried = world.aircraft["address"]
    assert len(np.unique(carried)) == carried.size
    assert carried.min() > 0
    assert carried.max() < 1 << 24
    assert (world.aircraft["mode_a"] <= 0o7777).all()
    deaf = of_part(world, Part.AIRLINER)
    failed = deaf["mode_a"] == 0o7600
    assert failed.mean() == pytest.approx(0.8, abs=4 * 0.4 / math.sqrt(deaf.size))
    assert np.all(deaf["radio_fails_s"][failed] == deaf["spawn_s"][failed])
    assert np.all(deaf["radio_fails_s"] < np.inf)
    others = world.aircraft[world.aircraft["part"] != Part.AIRLINER]
    assert not EMERGENCIES & set(others["mode_a"].tolist())


def test_silent_airliners_fall_silent_under_way() -> None:
    world, _ = generate(night((), {"airliners": {"at_once": 60, "silent_share": 1, **SOURCE}}), Key(1, 0, 0))
    assert (world.aircraft["transponder"] == Transponder.CIVIL).all()
    assert np.isfinite(world.aircraft["transponder_fails_s"]).all()
    assert (world.aircraft["transponder_fails_s"] >= world.aircraft["spawn_s"]).all()


def test_plans_are_flown_about_as_filed() -> None:
    world, plans = generate(night((), BACKGROUND | {"unmatched_plan_share": 0}), Key(1, 0, 0))
    filed = plans.plan[world.aircraft["plan"][world.aircraft["plan"] >= 0]]
    flown = world.aircraft[world.aircraft["plan"] >= 0]
    late = flown["spawn_s"] - filed["begin_s"]
    assert late.std() == pytest.approx(90, rel=4 / math.sqrt(2 * late.size))
    assert np.array_equal(filed["address"], flown["address"])
    for plan in plans.plan[:50]:
        times = plans.point["time_s"][plan["leg"] : plan["leg_end"]]
        assert times[0] == plan["begin_s"]
        assert times[-1] == plan["end_s"]
        assert np.all(np.diff(times) > 0)


def test_a_flight_under_way_at_the_start_is_where_its_plan_has_it() -> None:
    world, plans = generate(night((), BACKGROUND | {"unmatched_plan_share": 0}), Key(1, 0, 0))
    begun = world.aircraft[(world.aircraft["plan"] >= 0) & (world.aircraft["spawn_s"] < 0)]
    assert begun.size > 40
    for each in begun:
        plan = plans.plan[each["plan"]]
        points = plans.point[plan["leg"] : plan["leg_end"]]
        filed_s = plan["begin_s"] - each["spawn_s"]
        for name in ("x_m", "y_m", "h_m"):
            assert np.interp(filed_s, points["time_s"], points[name]) == pytest.approx(each[name], abs=1e-3)


def test_strays_are_a_neighbours() -> None:
    stray = {key: value for key, value in intruders().items() if key not in {"id", "payload_share", "intent", "state"}}
    stray |= {"platform": "an-196", "speed_m_s": 50}
    world, _ = generate(night((), {"friendly_drones": stray}), Key(1, 0, 0))
    assert {int(value) for value in world.aircraft["part"]} == {Part.FRIENDLY_DRONE}
    assert {STATES[int(value)] for value in world.aircraft["state"]} == {"UA"}
    assert not world.aircraft["payload"].any()


def test_own_aircraft_come_first_and_intruders_before_the_background() -> None:
    own = np.zeros(3, AIRCRAFT), np.zeros(5, WAYPOINT)
    own[0]["part"] = Part.FIGHTER
    world, _ = generate(night([intruders()], BACKGROUND, own=own), Key(1, 0, 0))
    parts = world.aircraft["part"]
    assert (parts[:3] == Part.FIGHTER).all()
    assert (parts[3:10] == Part.INTRUDER).all()
    assert world.waypoints.size == max(world.aircraft["leg_end"])
    assert sorted(world.order.tolist()) == list(range(3, world.aircraft.size))
    assert np.all(np.diff(world.aircraft["spawn_s"][world.order]) >= 0)


def test_too_little_room_is_an_error_that_names_the_field() -> None:
    plan = night((), {"gliders": {"at_once": 50, **SOURCE}})
    plan.sizes[0] = 10
    with pytest.raises(CapacityError, match=r"background\.gliders\.at_once asks for more than 10 aircraft"):
        generate(plan, Key(1, 0, 0))
