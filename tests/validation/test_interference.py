"""Jamming and false broadcasts against the radio horizon of a round Earth, and against what was told of them."""

from __future__ import annotations

from math import log10
from typing import Any

import numpy as np
import pytest

from holdfire.catalogue import load_interference
from holdfire.sense.interference_entry import JammedModel, spelled_out
from holdfire.sense.interference_prepare import FIRST_ADDRESS, with_interference
from holdfire.sense.interference_schema import InterferenceModel
from support.sensed import FRAME, mast, ring, sky, watch


@pytest.mark.parametrize(("mast_m", "height_m"), [(10.0, 100.0), (20.0, 500.0), (30.0, 1000.0)])
def test_a_ghost_is_heard_as_far_as_an_aircraft_at_its_height_would_be(mast_m: float, height_m: float) -> None:
    # 4.12 (sqrt h1 + sqrt h2) km, textbook, 4/3 Earth; a ghost 3 km a look crosses it
    entry = {
        "id": "g", "kind": "ghosts", "number": 1, "from": [FRAME.lat_deg, FRAME.lon_deg - 3.0],
        "to": [FRAME.lat_deg, FRAME.lon_deg], "speed_m_s": 100, "height_m": height_m, "until_h": 3, "source": ["a"],
    }  # fmt: skip
    made = mast("ads-b-station", mast_m=mast_m, replies=1.0)
    made = with_interference(made, [InterferenceModel.model_validate(entry)], FRAME, (300e3, 300e3))
    plot = watch(made, sky(1, status=2), 2400).plot
    farthest_km = np.hypot(plot["x_m"], plot["y_m"])[plot["address"] == FIRST_ADDRESS].max() / 1000
    assert farthest_km == pytest.approx(4.12 * (mast_m**0.5 + height_m**0.5), abs=1.2)


def jammed_share(line: dict[str, Any], range_m: float, height_m: float) -> float:
    """Share of positions lost by aircraft round a transmitter in the middle, heard by a station there."""
    world = sky(200, **ring(200, range_m), h_m=height_m)
    plain = mast("ads-b-station", mast_m=2000.0, replies=1.0, reach_m=1e6)
    made = mast("ads-b-station", mast_m=2000.0, replies=1.0, reach_m=1e6)
    made = with_interference(made, [InterferenceModel.model_validate(line)], FRAME, (500e3, 500e3))
    heard = [watch(each, world, 100).plot.size for each in (plain, made)]
    assert heard[0] > 0
    return 1 - heard[1] / heard[0]


def from_the_library(**said: Any) -> dict[str, Any]:
    line = {"id": "j", "model": "baltic-jamming", "at": [FRAME.lat_deg, FRAME.lon_deg], "until_h": 1, "source": ["a"]}
    return spelled_out(line | said, load_interference("baltic-jamming"))


@pytest.mark.parametrize(("antenna_m", "height_m"), [(10.0, 300.0), (30.0, 1000.0), (100.0, 3000.0)])
def test_a_jammer_is_felt_as_far_as_the_radio_horizon_of_a_round_earth(antenna_m: float, height_m: float) -> None:
    horizon_m = 4.12e3 * (antenna_m**0.5 + height_m**0.5)  # textbook, 4/3 Earth
    line = from_the_library(antenna_m=antenna_m, lost=1.0)
    assert jammed_share(line, 0.98 * horizon_m, height_m) == 1.0
    assert jammed_share(line, 1.02 * horizon_m, height_m) == 0.0


def test_over_central_lithuania_airliners_lost_it_and_the_ground_did_not() -> None:
    """Aircraft at 5 to 10 km told of it in May and June 2022, and receivers on the ground found nothing (delfi.lt)."""
    kaliningrad_to_kedainiai_m = 225e3
    share = float(from_the_library()["lost"])
    for height_m in (5000.0, 10_000.0):
        assert jammed_share(from_the_library(), kaliningrad_to_kedainiai_m, height_m) == pytest.approx(share, abs=0.03)
    assert jammed_share(from_the_library(), kaliningrad_to_kedainiai_m, 200.0) == 0.0


def test_beyond_its_reach_it_is_felt_by_nobody_however_high() -> None:
    line = from_the_library(lost=1.0)
    assert jammed_share(line, 290e3, 12_000.0) == 1.0
    assert jammed_share(line, 305e3, 12_000.0) == 0.0  # the horizon is 474 km off
    entry = load_interference("baltic-jamming").stated
    assert isinstance(entry, JammedModel)
    assert entry.reach_km.low == 300  # EUROCONTROL: up to 300 km
    assert entry.reach_km.high == 400  # the Lithuanian regulator: up to 400 km


def test_a_hundred_watts_are_enough_as_far_as_that() -> None:
    # IS-GPS-200: -128.5 dBm at least; ITU-R P.525; 30 dB over the signal
    loss_db = 32.44 + 20 * log10(1575.42) + 20 * log10(400.0)
    assert 10 ** ((-128.5 + 30.0 + loss_db) / 10) / 1000 == pytest.approx(100.0, rel=0.05)
