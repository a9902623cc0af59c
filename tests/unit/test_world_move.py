"""How aircraft move, against the physics of a point in coordinated turns."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from holdfire.messages.aircraft import Arrival, Part, Status, World
from holdfire.world.move import MARGIN_M, move
from support.flown import HALF_HEIGHT_M, HALF_WIDTH_M, one, type_of, worlds

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.messages.layout import Records

FAR = 250_000.0
G = 9.80665


def fly(world: World, ticks: int, dt_s: float = 1.0, begin: int = 0) -> NDArray[np.float64]:
    """Move, and return (x, y, h, heading, speed) of the first aircraft at each tick."""
    out = np.zeros((ticks, 5))
    for k in range(ticks):
        move(world, begin + k, dt_s, HALF_WIDTH_M, HALF_HEIGHT_M)
        out[k] = [world.aircraft[0][name] for name in ("x_m", "y_m", "h_m", "heading_rad", "speed_m_s")]
    return out


def radius(speed_m_s: float, turn_g: float) -> float:
    return speed_m_s**2 / (G * math.sqrt(turn_g**2 - 1))


def test_a_straight_flight_is_exact() -> None:
    course = math.atan2(3.0, 4.0)
    world = one([(150_000.0, 200_000.0, 9000.0, 200.0)], type_of(), heading_rad=course)
    track = fly(world, 1001)
    np.testing.assert_allclose(track[1000, :2], [120_000.0, 160_000.0], atol=1e-6)
    np.testing.assert_array_equal(track[:, 2], 9000.0)
    np.testing.assert_array_equal(track[:, 3], course)
    assert world.aircraft[0]["climb_m_s"] == 0.0


@pytest.mark.parametrize(("speed", "turn_g"), [(200.0, 1.15), (60.0, 1.4), (250.0, 5.0), (45.0, 1.5), (300.0, 2.0)])
def test_the_radius_of_a_turn(speed: float, turn_g: float) -> None:
    platform = type_of(turn_g=turn_g, speed_min_m_s=30.0, speed_max_m_s=300.0)
    world = one([(0.0, -FAR, 9000.0, speed)], platform, speed_m_s=speed)
    expected = radius(speed, turn_g)
    half_turn = int(math.pi * expected / speed)
    track = fly(world, half_turn)[: max(3, half_turn - 1), :2]
    centre = np.array([expected, 0.0]) * np.sign(track[-1, 0])
    np.testing.assert_allclose(np.hypot(*(track - centre).T), expected, rtol=2e-4)


def spread(count: int, low: float, high: float, step: float) -> NDArray[np.float64]:
    """Return numbers evenly spread over a range, in no order: multiples of an irrational step, wrapped."""
    shares = np.arange(1, count + 1) * math.sqrt(step) % 1.0
    return np.array(low + (high - low) * shares, np.float64)


def routes(count: int) -> tuple[Records, Records, Records]:
    """Return aircraft, waypoints and types of all sorts, with points near and far, high and low."""
    legs = 6
    platforms = np.repeat(type_of(), count)
    for name, high, step in (("turn_g", 6.0, 2), ("climb_max_m_s", 150.0, 3), ("descent_max_m_s", 150.0, 5)):
        platforms[name] = spread(count, 1.1, high, step)
    aircraft, waypoints, _ = (one([(0.0, 0.0, 0.0, 0.0)] * legs * count, type_of()))[:3]
    aircraft = np.repeat(aircraft, count)
    aircraft["platform"] = np.arange(count)
    aircraft["leg"], aircraft["leg_end"] = np.arange(count) * legs, np.arange(1, count + 1) * legs
    own = np.arange(count) < count // 2
    aircraft["part"] = np.where(own, Part.FIGHTER, Part.AIRLINER)
    aircraft["status"] = np.where(own, Status.FLYING, Status.WAITING)
    aircraft["arrival"] = np.array([Arrival.HOLD, Arrival.LEAVE, Arrival.LAND])[np.arange(count) % 3]
    aircraft["heading_rad"], aircraft["speed_m_s"] = spread(count, 0.0, 6.28, 7), spread(count, 60.0, 260.0, 11)
    for name, low, high, step in (
        ("x_m", -4e4, 4e4, 13), ("y_m", -4e4, 4e4, 17), ("h_m", -500.0, 15e3, 19), ("speed_m_s", 20.0, 400.0, 23)
    ):  # fmt: skip
        waypoints[name] = spread(legs * count, low, high, step)
    return aircraft, waypoints, platforms


@pytest.mark.compiled  # a third of a million steps
def test_no_bound_is_ever_exceeded() -> None:
    aircraft, waypoints, platforms = routes(150)
    world = worlds(aircraft, waypoints, platforms)
    bound = platforms[aircraft["platform"]]
    move(world, 0, 1.0, HALF_WIDTH_M, HALF_HEIGHT_M)
    for tick in range(1, 2400):
        before = aircraft.copy()
        move(world, tick, 1.0, HALF_WIDTH_M, HALF_HEIGHT_M)
        assert np.all(np.diff(world.active[: world.counts[0]]) > 0)
        climb = aircraft["h_m"] - before["h_m"]
        assert np.all(climb <= bound["climb_max_m_s"] + 1e-9)
        assert np.all(climb >= -bound["descent_max_m_s"] - 1e-9)
        assert np.all((aircraft["h_m"] >= 0.0) & (aircraft["h_m"] <= bound["height_max_m"]))
        assert np.all(np.abs(aircraft["speed_m_s"] - before["speed_m_s"]) <= bound["accel_m_s2"] + 1e-9)
        assert np.all(np.hypot(aircraft["x_m"] - before["x_m"], aircraft["y_m"] - before["y_m"]) <= 260.0 + 1e-6)
        turned = np.abs((aircraft["heading_rad"] - before["heading_rad"] + np.pi) % (2 * np.pi) - np.pi)
        assert np.all(turned <= G * np.sqrt(bound["turn_g"] ** 2 - 1) / aircraft["speed_m_s"] + 1e-9)
    assert (aircraft["status"] == Status.LANDED).sum() > 10


@pytest.mark.compiled  # a quarter of a million steps
def test_a_step_repeated_in_steady_flight_is_the_step_that_is_found_each_tick() -> None:
    repeating, finding = (worlds(*routes(80)) for _ in range(2))
    for world in (repeating, finding):
        world.aircraft["fails_s"][::7] = 700.5
        world.platforms["turn_g"][1::9], world.platforms["turn_g"][2::9] = 1.0, 1.01  # none at all, and hardly any
        world.waypoints["x_m"] *= 4.0
        world.waypoints["h_m"][::2] = 9000.0  # as high as they begin: level flight, and climbs between
    repeated = 0
    for tick in range(1600):
        for world in (repeating, finding):
            move(world, tick, 1.0, 60_000.0, 50_000.0)
        repeated += int((repeating.aircraft["steady"] > 0).sum())
        finding.aircraft["steady"] = 0
        for name in ("status", "leg", "x_m", "y_m", "h_m", "heading_rad", "speed_m_s", "climb_m_s"):
            assert repeating.aircraft[name].tobytes() == finding.aircraft[name].tobytes()
    assert repeated > 8000
    assert {Status.FLYING, Status.FELL, Status.LEFT} <= set(repeating.aircraft["status"].tolist())
    assert (repeating.aircraft["leg"] > 6 * np.arange(80) + 1).sum() > 20  # past their second waypoint


@pytest.mark.parametrize("turn_deg", [0.0, 30.0, 60.0, 90.0])
def test_a_waypoint_is_passed_inside_its_turn(turn_deg: float) -> None:
    turn = math.radians(turn_deg)
    corner = np.array([0.0, 60_000.0])
    then = corner + 60_000.0 * np.array([math.sin(turn), math.cos(turn)])
    world = one([(*corner, 9000.0, 200.0), (*then, 9000.0, 200.0)], type_of(), arrival=Arrival.LAND)
    track = fly(world, 700)
    nearest = np.hypot(*(track[:, :2] - corner).T).min()
    bow = radius(200.0, 1.15) * (1 / math.cos(turn / 2) - 1)  # between a corner and the arc that rounds it
    assert nearest == pytest.approx(bow, abs=200.0)
    assert world.aircraft[0]["status"] == Status.LANDED
    assert np.hypot(*(track[-1, :2] - then)) <= 100.0 + 1e-6


def test_a_point_inside_the_turn_is_let_pass() -> None:
    world = one([(2000.0, 0.0, 9000.0, 200.0), (0.0, 80_000.0, 9000.0, 200.0)], type_of(), arrival=Arrival.LAND)
    fly(world, 700)
    assert world.aircraft[0]["status"] == Status.LANDED


def test_the_height_of_a_waypoint_is_reached_there_and_evenly() -> None:
    world = one([(0.0, 100_000.0, 5000.0, 200.0), (0.0, 200_000.0, 5000.0, 200.0)], type_of())
    track = fly(world, 700)
    np.testing.assert_allclose(track[250, 2], 7000.0, atol=10.0)
    np.testing.assert_allclose(track[501:, 2], 5000.0, atol=1e-6)


def test_own_aircraft_climb_as_they_can() -> None:
    world = one([(0.0, FAR, 6000.0, 200.0)], type_of(), part=Part.FIGHTER, status=Status.FLYING, h_m=0.0)
    track = fly(world, 600)
    assert track[99, 2] == pytest.approx(1200.0)
    assert track[-1, 2] == 6000.0


@pytest.mark.parametrize(
    ("arrival", "status"),
    [(Arrival.LAND, Status.LANDED), (Arrival.FALL, Status.FELL), (Arrival.STRIKE, Status.ARRIVED)],
)
def test_what_it_does_behind_its_last_point(arrival: Arrival, status: Status) -> None:
    world = one([(30_000.0, 40_000.0, 9000.0, 200.0)], type_of(), arrival=arrival, heading_rad=math.atan2(3, 4))
    fly(world, 300)
    made = world.aircraft[0]
    assert made["status"] == status
    assert math.hypot(made["x_m"] - 30_000.0, made["y_m"] - 40_000.0) <= 100.0 + 1e-6
    assert world.counts[0] == 0


def test_it_leaves_outside_the_area() -> None:
    world = one([(0.0, HALF_HEIGHT_M, 9000.0, 200.0)], type_of(), arrival=Arrival.LEAVE)
    track = fly(world, 1600)
    assert world.aircraft[0]["status"] == Status.LEFT
    assert track[-1, 1] == pytest.approx(HALF_HEIGHT_M + MARGIN_M, abs=200.0)


def test_whoever_comes_from_outside_has_not_left_and_own_aircraft_never_do() -> None:
    outside = HALF_HEIGHT_M + 100_000.0
    coming = one([(0.0, 0.0, 9000.0, 200.0)], type_of(), y_m=outside, heading_rad=math.pi)
    own = one([(0.0, 2 * outside, 9000.0, 200.0)], type_of(), y_m=outside, part=Part.TANKER, status=Status.FLYING)
    for world in (coming, own):
        fly(world, 100)
        assert world.aircraft[0]["status"] == Status.FLYING


def test_a_holding_is_a_circle_at_rate_one() -> None:
    platform = type_of(turn_g=3.0)
    world = one([(0.0, 40_000.0, 9000.0, 200.0)], platform, arrival=Arrival.HOLD, part=Part.FIGHTER, status=1)
    track = fly(world, 1500)[900:]
    away = np.hypot(track[:, 0], track[:, 1] - 40_000.0)
    np.testing.assert_allclose(away, 200.0 / math.radians(3.0), rtol=0.03)
    bearing = np.unwrap(np.arctan2(track[:, 0], track[:, 1] - 40_000.0))
    assert np.all(np.diff(bearing) > 0)  # clockwise


def test_it_falls_when_it_fails() -> None:
    world = one([(0.0, FAR, 9000.0, 200.0)], type_of(), fails_s=50.5)
    fly(world, 51)
    assert world.aircraft[0]["status"] == Status.FLYING
    fly(world, 1, begin=51)
    assert world.aircraft[0]["status"] == Status.FELL
    assert world.counts[0] == 0


def test_it_appears_when_it_is_due() -> None:
    world = one([(0.0, FAR, 9000.0, 200.0)], type_of(), spawn_s=9.5)
    fly(world, 10)
    assert (world.counts[0], world.aircraft[0]["status"]) == (0, Status.WAITING)
    track = fly(world, 2, begin=10)
    np.testing.assert_array_equal(track[:, 1], [0.0, 200.0])


def test_own_aircraft_fly_once_they_are_set_flying_and_no_more_once_shot_down() -> None:
    aircraft = np.repeat(one([(0.0, FAR, 9000.0, 200.0)], type_of())[0], 3)
    aircraft["part"] = [Part.FIGHTER, Part.TANKER, Part.AIRLINER]
    world = worlds(aircraft, one([(0.0, FAR, 9000.0, 200.0)], type_of())[1], type_of())
    fly(world, 5)
    assert world.active[: world.counts[0]].tolist() == [2]
    aircraft[0]["status"] = Status.FLYING
    fly(world, 1, begin=5)
    assert world.active[: world.counts[0]].tolist() == [0, 2]
    assert aircraft[0]["y_m"] == 200.0
    aircraft[0]["status"] = Status.SHOT_DOWN
    fly(world, 1, begin=6)
    assert world.active[: world.counts[0]].tolist() == [2]


def test_the_same_night_twice_is_the_same() -> None:
    first, second = (worlds(*routes(40)) for _ in range(2))
    for tick in range(300):
        for world in (first, second):
            move(world, tick, 1.0, HALF_WIDTH_M, HALF_HEIGHT_M)
    assert first.aircraft.tobytes() == second.aircraft.tobytes()
    assert first.active.tobytes() == second.active.tobytes()
