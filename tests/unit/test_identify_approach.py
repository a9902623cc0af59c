"""Approach to protected sites, published zones, and people below."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from holdfire.identify.prepare import memory_for
from support.identified import CLOSED, KM, Sky, ground, number, one, site, track, value, view

GROUND = ground()


def approach(*sites: Any, **fields: Any) -> tuple[float | None, float | None]:
    found = one(track(-30, 0, -50, 0, **fields), on=GROUND, seen_by=view(*sites))
    return value(found, "cpa_m"), value(found, "time_to_cpa_s")


@pytest.mark.parametrize(
    ("sites", "cpa_m", "time_s"),
    [
        ([site(-50, 3)], 2000, 400),  # 3 km off, less its radius
        ([site(-50, 0.5)], 0, 400),
        ([site(-20, 3)], 2000, -200),  # past
        ([site(-50, 3), site(-40, 4)], 3000, 200),
        ([site(-50, 3), site(-32, 40)], 2000, 400),  # what is passed far off presses less
        ([site(-50, 3), site(-20, 0)], 2000, 400),  # what is past presses less than what is ahead
        ([site(-20, 3), site(-10, 3)], 2000, -200),  # of those past, the latest
        ([], None, None),
    ],
)
def test_the_site_that_presses_most(sites: list[Any], cpa_m: float | None, time_s: float | None) -> None:
    assert approach(*sites) == (
        (None, None) if cpa_m is None else (pytest.approx(cpa_m, abs=1), pytest.approx(time_s, abs=0.1))
    )


def test_if_any_site_is_near_and_soon_the_one_chosen_is() -> None:
    scattered = [(x, y) for x in (-35, -38, -43, -60) for y in (-9, -4, 0.5, 4.5, 20)]
    for far in scattered:
        for near in [(x, y) for x, y in scattered if abs(y) - 1 <= 5 and abs(x + 30) * KM / 50 <= 300]:
            cpa_m, time_s = approach(site(*far), site(*near))
            assert cpa_m is not None
            assert time_s is not None
            assert cpa_m <= 5000
            assert 0 <= time_s <= 300


@pytest.mark.parametrize("fields", [{"vx_m_s": 0.0}, {"vx_m_s": -10.0, "p": (1e4, 0, 0, 0, 1e4, 0, 0, 36, 0, 36)}])
def test_without_a_course_there_is_no_approach(fields: dict[str, Any]) -> None:
    assert approach(site(-50, 3), **fields) == (None, None)


def test_deviations_are_those_of_drawn_courses() -> None:
    # 4,000 courses from the covariance, against the propagation to first order
    p = np.array([[9e4, 2e4, 300, 0], [2e4, 4e4, 0, 200], [300, 0, 4, 1], [0, 200, 1, 4]], float)
    draws = np.array([[((i * prime) % 4001 + 0.5) / 4001 for prime in (1, 211, 1097, 2903)] for i in range(4000)])
    normal = np.sqrt(2) * np.sqrt(12) / np.sqrt(2) * (draws - 0.5)  # uniform, of variance 1: only variances matter
    x, y, vx, vy = (normal @ np.linalg.cholesky(p).T + np.array([-30e3, 0, -50, 5])).T  # noqa: TID251
    time_s = ((-50e3 - x) * vx + (6e3 - y) * vy) / (vx**2 + vy**2)
    miss = ((-50e3 - x) * vy - (6e3 - y) * vx) / np.hypot(vx, vy)
    upper = tuple(p[np.triu_indices(4)])
    found = one(track(-30, 0, -50, 5, p=upper), on=GROUND, seen_by=view(site(-50, 6)))
    assert found.items["cpa_m"].sd == pytest.approx(miss.std(), rel=0.05)
    assert found.items["time_to_cpa_s"].sd == pytest.approx(time_s.std(), rel=0.05)


@pytest.mark.parametrize(
    ("x_km", "expected"), [(-50, "prohibited"), (-54.9, None), (-57, "restricted"), (-70, "none"), (-59.95, None)]
)
def test_published_zones(x_km: float, expected: str | None) -> None:
    zones = view(site(-50, 0, 5, zone="prohibited"), site(-55, 0, 5, zone="restricted"), site(-70, 0))
    assert value(one(track(x_km, 0), seen_by=zones), "zone") == expected


def test_where_no_zone_is_published_nobody_knows() -> None:
    assert value(one(track(-50, 0), seen_by=view(site(-50, 0))), "zone") is None


def test_people_below() -> None:
    found = one(track(-30, 0, -44, 0), on=ground(people=100.0))
    debris, weapon = number(found, "people_at_risk_debris")[0], number(found, "people_at_risk_weapon")[0]
    assert debris == pytest.approx(100e-6 * 300)  # slow, and nobody knows whether people are aboard
    assert weapon == pytest.approx(100e-6 * 0.2 * 500)
    assert number(found, "people_at_risk") == pytest.approx((debris + weapon, 0.5 * np.hypot(debris, weapon)))


def test_faster_and_so_larger_aircraft_endanger_more() -> None:
    fast = one(track(-30, 0, -230, 0), on=ground(people=100.0)).items["people_at_risk_debris"]
    assert fast.value == pytest.approx(100e-6 * 2000)


def test_a_town_ahead_is_where_debris_falls() -> None:
    plain = ground(people=0.0)
    town = plain.people_per_km2.copy()
    town[145:155, 118:120] = 3000.0  # from x = -32 to -30 km
    there = plain._replace(people_per_km2=town)
    beyond = {
        x_km: number(one(track(x_km, 0, -200, 0, h_m=8000.0), on=there), "people_at_risk_debris")[0]
        for x_km in (-26.5, -31, -50)
    }
    assert beyond[-26.5] > beyond[-31]  # 8 km high it flies on for some 4 km
    assert beyond[-50] == 0


def test_off_the_map_nobody_counted_people() -> None:
    assert value(one(track(-149, 0)), "people_at_risk") is None
    assert value(one(track(-140, 0)), "people_at_risk_debris") is not None
    assert value(one(track(-144.5, 0)), "people_at_risk") is None, "a stray weapon may fall off the map"


def test_memory_starts_with_nothing() -> None:
    assert memory_for(3, 1).kept["number"].tolist() == [0, 0, 0]


def test_without_a_height_the_throw_is_spread() -> None:
    sky = Sky(ground(people=100.0), view(priors=CLOSED))
    assert value(sky.at(0, track(-30, 0, -44, 0, h_m=np.nan))[0], "people_at_risk") is not None
