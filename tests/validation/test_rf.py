"""What an antenna receives against the law of Friis, written out from the speed of light."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest

from holdfire.sense.rf import received_dbm
from support.listening import network
from support.sensed import LIBRARY, sky, watch

if TYPE_CHECKING:
    from holdfire.sense.field_schema import RadioModel

LIGHT_M_S = 299_792_458.0
STATED = cast("RadioModel", LIBRARY["rf-detector"].stated)


def friis_m(power_mw: float, frequency_ghz: float, sensitivity_dbm: float) -> float:
    """Range at which isotropic antennas pass on just so much: `Pr = Pt (wavelength / 4 pi d)²`."""
    ratio = power_mw / 10 ** (sensitivity_dbm / 10)
    return LIGHT_M_S / (frequency_ghz * 1e9) / (4 * math.pi) * math.sqrt(ratio)


def test_100_mw_at_2_4_ghz_reach_a_receiver_of_minus_90_dbm_at_3_1_km() -> None:
    range_m = friis_m(100.0, 2.4, -90.0)
    assert range_m == pytest.approx(3143, abs=2)
    assert received_dbm(100.0, 2.4, range_m) == pytest.approx(-90.0, abs=0.02)


@pytest.mark.parametrize("frequency_ghz", [0.9, 2.4, 5.8])
def test_twice_as_far_is_a_quarter(frequency_ghz: float) -> None:
    fall_db = received_dbm(100.0, frequency_ghz, 5e3) - received_dbm(100.0, frequency_ghz, 10e3)
    assert fall_db == pytest.approx(10 * math.log10(4))


@pytest.mark.parametrize(("share", "expected"), [(1.0, 0.25), (0.5, 0.708), (2.0, 0.025)])
def test_half_of_the_looks_intercept_at_the_range_of_friis(share: float, expected: float) -> None:
    # Two looks at each; two stations at one range, at right angles as seen from the sender: both must intercept. At
    # half that range the margin is one deviation of 6 dB, and 0.841² of the looks are fixes; at twice it 0.159².
    made = network("rf-detector", radius_km=60.0, spacing_km=2.0)
    away_m = share * friis_m(100.0, 2.4, STATED.sensitivity_dbm.value - STATED.gain_dbi.value)
    node = np.full_like(made.fields.node, np.nan)
    row = made.fields.row[0]
    for x_m, y_m in ((away_m, 0.0), (0.0, away_m)):
        column, line = (int((each - row[low]) // row["cell_m"]) for each, low in ((x_m, "west_m"), (y_m, "south_m")))
        node[line * row["columns"] + column] = x_m, y_m
    made.fields.row["fix_sd_m"] = 1e5
    made = made._replace(fields=made.fields._replace(node=node))
    world = sky(2000, h_m=STATED.mast_m.value)
    world.platforms["emits_mw"], world.platforms["emits_ghz"] = 100.0, 2.4
    assert watch(made, world, 11).origin.size / 4000 == pytest.approx(expected, abs=0.04)
