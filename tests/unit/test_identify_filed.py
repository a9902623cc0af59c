"""Whether a filed plan fits."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from support.identified import SSR, Sky, flown, ground, one, plans_of, track, value, view

GROUND = ground()
LEGS = [(-90.0, 40.0, 3000.0, 0.0), (-30.0, 40.0, 9000.0, 600.0), (60.0, 40.0, 9000.0, 1500.0)]  # 100 m/s
FILED = plans_of((0x48ABCD, 0o1234, LEGS))
CALLED = {"mode_a": 0o1234, "address": 0x48ABCD, "mode_a_age_s": 1.0, "kinds_age_s": {0: 0.0, SSR: 1.0}}
ON_ROUTE = track(-30, 40, 100, 0, h_m=9000.0)


def found(fields: dict[str, Any], time_s: float = 600.0, plans: Any = FILED) -> Any:
    return value(one(fields, time_s, on=GROUND, seen_by=view(), plans=plans), "flight_plan")


@pytest.mark.parametrize(
    ("change", "time_s", "expected"),
    [
        ({}, 600, "matched"),
        (CALLED, 600, "matched"),
        ({"mode_a": 0o1234}, 600, "matched"),
        ({}, 1400, "matched"),  # 13 min late
        ({}, 1600, "matched"),  # 17 min late, but 10 km behind where it may be
        ({}, 1800, "unmatched"),
        ({"y_m": 57e3}, 600, "matched"),  # 17 km off
        ({"y_m": 60e3}, 600, "unmatched"),
        ({"y_m": 58.6e3}, 600, None),  # off by no more than the track's own uncertainty
        ({"h_m": 500.0}, 600, "unmatched"),
        ({"h_m": np.nan}, 600, None),  # it may be the one
        ({"h_m": np.nan, "y_m": 60e3}, 600, "unmatched"),
        ({"h_m": 7480.0}, 600, None),
        ({"address": 0x48FFFF}, 600, "unmatched"),  # another aircraft on that route
        (CALLED | {"y_m": -60e3}, 600, None),  # it claims the plan, and is not there
        (CALLED | {"h_m": np.nan}, 600, "matched"),
        (CALLED | {"mode_a": 0o7700}, 600, "matched"),
    ],
)
def test_a_plan_fits_by_name_or_by_place(change: dict[str, Any], time_s: float, expected: str | None) -> None:
    assert found(ON_ROUTE | change, time_s) == expected


def test_of_an_aircraft_that_flies_twice_the_plan_that_fits_counts() -> None:
    later = [(x, y, h, time_s + 9000) for x, y, h, time_s in LEGS]
    for order in ([LEGS, later], [later, LEGS]):
        twice = plans_of(*((0x48ABCD, 0o1234, legs) for legs in order))
        assert found(ON_ROUTE | CALLED, plans=twice) == found(ON_ROUTE | CALLED, 9600.0, plans=twice) == "matched"
        assert found(ON_ROUTE | CALLED, 5000.0, plans=twice) is None


def test_without_plans_nobody_searched() -> None:
    assert found(ON_ROUTE, plans=plans_of()) is None


def test_squawks_of_many_are_nobody_s_name() -> None:
    vfr = plans_of((0, 0o7000, LEGS))
    assert found(ON_ROUTE | {"mode_a": 0o7000, "mode_a_age_s": 1.0, "y_m": 70e3}, plans=vfr) == "unmatched"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, "civil"),
        ({"mode_a": 0o4321}, "inconsistent"),  # the address of a plan with another squawk
        ({"mode_a": 0o4321, "squawk_since_s": 590.0}, "civil"),  # since a moment: perhaps garbled
        ({"mode_a": 0o7600}, "7600"),
        ({"address": 0x48FFFF}, "inconsistent"),  # the squawk of a plan with another address
    ],
)
def test_a_transponder_that_contradicts_the_plan(change: dict[str, Any], expected: str) -> None:
    one_track = ON_ROUTE | CALLED | change
    assert value(one(one_track, 600.0, on=GROUND, plans=FILED), "transponder") == expected


def test_whoever_fitted_by_name_is_never_called_unmatched() -> None:
    sky = Sky(GROUND, view(), FILED)
    assert value(sky.at(600, ON_ROUTE | CALLED)[0], "flight_plan") == "matched"
    silent = ON_ROUTE | {"y_m": -60e3, "unanswered": 3, "address": 0x48ABCD}
    ages = [sky.at(time_s, silent)[0] for time_s in range(605, 1000, 5)]
    assert {value(each, "flight_plan") for each in ages} == {"matched", None}
    assert [value(each, "flight_plan") for each in ages[-1:]] == [None], "older than five minutes"
    assert value(sky.at(1000, silent | {"number": 2, "address": 0})[0], "flight_plan") == "unmatched"


def test_plans_are_searched_now_and_then() -> None:
    sky = Sky(GROUND, view(), FILED)
    astray = track(-30, -60, 10, 0, h_m=9000.0)
    ages = [sky.at(time_s, astray)[0].items["flight_plan"].age_s for time_s in range(600, 800, 5)]
    assert ages[0] == 0
    assert 30 <= max(ages) <= 75
    sky.at(800, *(astray | {"number": number} for number in range(1, 5)))
    assert len(set(sky.memory.kept["due_s"])) > 1, "those that began together drift apart"


def test_domestic_flights_crossed_no_border() -> None:
    inland = plans_of((0x48ABCD, 0o1234, [(-90.0, 40.0, 9000.0, 0.0), (-10.0, 40.0, 9000.0, 800.0)]))
    assert value(one(ON_ROUTE | CALLED, 600.0, on=GROUND, plans=inland), "origin") == "none"
    assert value(one(ON_ROUTE | CALLED, 600.0, on=GROUND, plans=FILED), "origin") is None
    seen = flown(Sky(GROUND, view(), FILED), track(10, 40, -100, 0, **CALLED), range(0, 300, 5))[-1]
    assert value(seen, "origin") == "BY"


def test_civil_replies_that_belong_to_a_plan_are_a_civil_aircraft_s() -> None:
    assert value(one(ON_ROUTE | CALLED, 600.0, on=GROUND, plans=FILED), "status") == "civil"
    assert value(one(ON_ROUTE, 600.0, on=GROUND, plans=FILED), "status") is None
