"""Elementary functions against those of the system, and against decimals of many places."""

from __future__ import annotations

import math
from decimal import Decimal, localcontext

import numpy as np
import pytest

from holdfire.elementary import azimuth, exp, log, sine_cosine


def test_sine_and_cosine_are_those_of_the_system() -> None:
    for angle in (*np.linspace(-20.0, 20.0, 2000), *(quarter * math.pi / 4 for quarter in range(-9, 10))):
        sine, cosine = sine_cosine(float(angle))
        assert sine == pytest.approx(math.sin(angle), abs=2.3e-16)
        assert cosine == pytest.approx(math.cos(angle), abs=2.3e-16)


def test_an_azimuth_is_within_its_bound_all_round() -> None:
    for angle in (*np.linspace(-math.pi, math.pi, 5001), *(eighth * math.pi / 4 for eighth in range(-4, 5))):
        east, north = 7.0 * math.sin(angle), 7.0 * math.cos(angle)
        assert azimuth(east, north) == pytest.approx(math.atan2(east, north), abs=1.2e-5)
    assert azimuth(0.0, 0.0) == 0.0
    assert azimuth(0.0, -1.0) == math.pi


def off(found: float, true: Decimal) -> float:
    """How far off, in units in the last place."""
    return float(abs(Decimal(found) - true) / Decimal(math.ulp(float(true))))


@pytest.mark.parametrize("scale", [1e-9, 1e-3, 0.1, 1.0, 30.0, 700.0])
def test_an_exponential_is_off_by_a_unit_in_its_last_place_at_most(scale: float) -> None:
    with localcontext(prec=40):
        for x in map(float, np.linspace(-scale, scale, 2001)):
            assert off(exp(x), Decimal(x).exp()) < 1.1, x


@pytest.mark.parametrize("scale", [1e-9, 1e-3, 0.1, 0.35, 1.0, 30.0, 700.0])
def test_a_logarithm_is_off_by_a_unit_in_its_last_place_at_most(scale: float) -> None:
    with localcontext(prec=40):
        for x in map(math.exp, np.linspace(-scale, scale, 2000)):
            assert off(log(x), Decimal(x).ln()) < 1.1, x


def test_both_go_on_to_their_ends() -> None:
    assert (exp(-709.0), exp(-math.inf), exp(0.0), exp(709.1), exp(math.inf)) == (0.0, 0.0, 1.0, math.inf, math.inf)
    assert (log(0.0), log(1.0), log(math.inf)) == (-math.inf, 0.0, math.inf)
    assert log(5e-324) == math.log(5e-324)
    assert math.isnan(exp(math.nan))
    assert math.isnan(log(math.nan))
    assert math.isnan(log(-1.0))
