"""An address that is only broadcast where radars must see it, and every reason not to suspect it."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from holdfire.identify.coverage import covers
from holdfire.identify.prepare import view_for
from holdfire.identify.schema import PriorsModel
from holdfire.messages.plot import COVERAGE
from holdfire.sense.prepare import coverage, prepare_sensors
from holdfire.sense.schema import SensorModel
from support.identified import RADAR, SSR, STATES, Flat, Sky, ground, track, value
from support.sensed import FRAME, LIBRARY

GROUND = ground()
GHOST = {
    "address": 0xFE0001, "h_m": 10_000.0, "born_s": 0.0, "last_sensor": 1, "kinds_age_s": {SSR: 2.0},
    "height_age_s": 2.0,
}  # fmt: skip
SEEN = track(-20, 10, 100, 0, number=2, last_sensor=0, born_s=0.0)
"""Another track, which shows that the radar works."""


def radar(**fields: Any) -> Any:
    made = np.zeros(1, COVERAGE)
    usual = {
        "h_m": 30.0,
        "x_m": -30e3,
        "y_m": -60e3,
        "reach_m": 140e3,
        "tan_low": 0.02,
        "tan_top": 0.36,
        "period_s": 10.0,
    }
    for name, number in (usual | fields).items():
        made[name] = number
    return made


def said(
    other: dict[str, Any] = SEEN, at_s: float = 1000.0, *, suspects: bool = True, on: Any = None, **fields: Any
) -> Any:
    priors = PriorsModel(suspects_spoofing=suspects)
    seen_by = view_for((), priors, Flat(), STATES, radar() if on is None else on)
    ghost = track(-30, 0, 220, 0, **{**GHOST, **fields})
    return value(Sky(GROUND, seen_by).at(at_s, ghost, other)[0], "transponder")


def test_a_broadcast_that_no_radar_sees_for_six_looks_is_suspected() -> None:
    assert said() == "spoof-suspected"
    assert said(born_s=945.0) == "civil"
    assert said(born_s=935.0) == "spoof-suspected"


@pytest.mark.parametrize(
    "fields",
    [
        {"kinds_age_s": {SSR: 2.0, RADAR: 20.0}},  # a radar saw it
        {"mode_a": 0o1234, "mode_a_age_s": 20.0},  # it answered an interrogation
        {"h_m": 1000.0},  # low, where the ground echoes
        {"h_m": math.nan},  # its height is not known
        {"x_m": 120e3},  # out of reach
        {"vx_m_s": -3000.0},  # it was out of reach six looks ago
        {"y_m": -59e3},  # overhead
    ],
)
def test_there_are_reasons_not_to(fields: dict[str, Any]) -> None:
    assert said(**fields) == "civil"


def test_a_radar_that_may_be_down_proves_nothing() -> None:
    assert said(SEEN | {"age_s": 31.0}) == "civil"
    assert said(SEEN | {"last_sensor": 3}) == "civil"
    assert said(on=np.concatenate([radar(reach_m=10e3), radar(sensor=3)])) == "civil"


def test_nobody_suspects_who_was_not_told_to() -> None:
    assert said(suspects=False) == "civil"


def test_who_is_suspected_is_not_crewed_by_its_address() -> None:
    slow = track(-30, 0, 50, 0, **GHOST | {"h_m": 5000.0})
    found = {}
    for suspects in (True, False):
        seen_by = view_for((), PriorsModel(suspects_spoofing=suspects), Flat(), STATES, radar())
        found[suspects] = Sky(GROUND, seen_by).at(1000.0, slow, SEEN)[0]
    assert [value(found[suspects], "occupancy") for suspects in (True, False)] == [None, "crewed"]
    assert value(found[True], "transponder") == "spoof-suspected"
    for item in ("position_kinds", "class_kinds"):
        assert [value(found[suspects], item) for suspects in (True, False)] == [frozenset(), {"iff-ssr"}]


def test_coverage_is_what_is_stated_of_radars_that_stand() -> None:
    stands = {"lat_deg": 51.6, "lon_deg": 22.6, "mast_m": 25.0}
    placed = [
        SensorModel(id="ear", model="ads-b-station", **stands),
        SensorModel(id="eye", model="long-range-3d", **stands),
        SensorModel(id="nose", model="fighter-radar", carriers="fighters"),
    ]
    told = coverage(prepare_sensors(placed, LIBRARY, FRAME, {"fighters": [0, 1]}, 50))
    assert told["sensor"].tolist() == [1]
    assert told["reach_m"][0] == pytest.approx(140e3)  # half of 280 km
    assert (told["period_s"][0], told["h_m"][0]) == (10, 25)
    assert covers(told[0], told["x_m"][0] + 100e3, told["y_m"][0], 9000.0)
    assert not covers(told[0], told["x_m"][0] + 100e3, told["y_m"][0], 1000.0)
