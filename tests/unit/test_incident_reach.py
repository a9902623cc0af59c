"""From Ämari to three MiG-31 that stay for twelve minutes, by the arithmetic that sends crews.

It checks the arithmetic against the published times and distances. It is no validation: nobody was outside to be
foretold, since distance, readiness and duration were all known.
"""

from __future__ import annotations

from math import cos, hypot, radians, sin
from typing import Any

import pytest

from holdfire.catalogue import load_platform
from holdfire.geo.airports import airport
from holdfire.geo.frame import Frame
from holdfire.respond.conduct_schema import ConductModel
from holdfire.respond.reach import meeting_s
from holdfire.scenario.load import load_scenario
from holdfire.units import KM_M, MINUTE_S

INSIDE_S = 12 * MINUTE_S  # the Estonian government on 19 September 2025
READINESS_S = 15 * MINUTE_S  # the longest that alert fighters may take
VAINDLOO = (59.82, 26.36)
FRAME = Frame(*VAINDLOO)
WEST_SOUTH_WEST = radians(262)  # about along the coast
AMARI = FRAME.to_local(airport("EEEI").lat_deg, airport("EEEI").lon_deg)
DATA: dict[str, Any] = load_scenario("estonia-2025-09-19").data


def speeds_m_s() -> tuple[float, float]:
    """The slowest and the fastest on the way to a track, as far as the type can."""
    most = load_platform("f-35a").speed_max_m_s.value
    transit = ConductModel().transit_m_s
    return min(transit.low, most), min(transit.high, most)


def met_s(off_s: float, base: tuple[float, float], own_m_s: float, their_m_s: float) -> float:
    """When a crew that leaves its base so long after the border was crossed is beside them, from the crossing on."""
    vx, vy = their_m_s * sin(WEST_SOUTH_WEST), their_m_s * cos(WEST_SOUTH_WEST)
    return off_s + meeting_s(vx * off_s - base[0], vy * off_s - base[1], vx, vy, own_m_s)


@pytest.fixture(params=[180.0, 250.0], ids=["as in the scenario", "as a MiG-31 usually flies"])
def their_m_s(request: pytest.FixtureRequest) -> float:
    return float(request.param)


def test_vaindloo_is_as_far_as_is_published() -> None:
    assert hypot(*AMARI) / KM_M == pytest.approx(136, abs=2)


def test_a_cold_alert_comes_too_late(their_m_s: float) -> None:
    slow, fast = speeds_m_s()
    assert met_s(READINESS_S, AMARI, fast, their_m_s) > INSIDE_S
    assert met_s(READINESS_S, AMARI, slow, their_m_s) > INSIDE_S


def test_a_cue_about_ten_minutes_before_decides(their_m_s: float) -> None:
    slow, fast = speeds_m_s()
    assert met_s(READINESS_S - 5 * MINUTE_S, AMARI, fast, their_m_s) > INSIDE_S
    assert met_s(READINESS_S - 10 * MINUTE_S, AMARI, slow, their_m_s) < INSIDE_S


def test_a_pair_in_the_air_is_there_in_time(their_m_s: float) -> None:
    orbit = FRAME.to_local(*DATA["patrols"][0]["orbit"]["at"])
    assert met_s(0.0, orbit, speeds_m_s()[0], their_m_s) < INSIDE_S / 2
