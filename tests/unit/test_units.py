"""Units at the edge."""

from __future__ import annotations

import doctest
import math

import pytest

from holdfire import units
from holdfire.units import Unit, in_words, number


def test_the_examples_in_the_text_are_right() -> None:
    failed, tried = doctest.testmod(units)
    assert tried >= 2
    assert failed == 0


def test_the_exact_factors() -> None:
    assert units.M_PER_NM == 1852.0
    assert units.M_PER_FT == 0.3048
    assert math.isclose(units.M_S_PER_KT, 0.514444444444, rel_tol=1e-11)
    assert math.isclose(units.RAD_PER_DEG * 180, math.pi, rel_tol=1e-15)
    assert units.HOUR_S == 60 * units.MINUTE_S
    assert units.KM_M == 1000.0


@pytest.mark.parametrize("factor", [units.M_PER_NM, units.M_PER_FT, units.M_S_PER_KT, units.RAD_PER_DEG])
@pytest.mark.parametrize("value", [-7.5, 0.0, 1e-3, 1.0, 41_000.0])
def test_there_and_back(factor: float, value: float) -> None:
    assert math.isclose(value * factor / factor, value, rel_tol=1e-15)


def test_a_knot_is_a_nautical_mile_an_hour() -> None:
    assert math.isclose(units.M_S_PER_KT * units.HOUR_S, units.M_PER_NM, rel_tol=1e-15)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (0.1, "0.1"),
        (0.12345, "0.1235"),
        (7.0, "7"),
        (-7.25, "-7.25"),
        (999.4, "999.4"),
        (1000.0, "1000"),
        (-12345.6, "-12346"),
        (math.inf, "inf"),
    ],
)
def test_a_number_is_written_as_people_do(value: float, text: str) -> None:
    assert number(value) == text


def test_a_small_number_is_written_without_an_exponent() -> None:
    assert number(0.00001) == "0.00001"


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (44.0, "m/s", "44 m/s (158 km/h)"),
        (-8.0, "m/s", "-8 m/s (-29 km/h)"),
        (999.0, "m", "999 m"),
        (1000.0, "m", "1 km"),
        (-24_000.0, "m", "-24 km"),
        (119.0, "s", "119 s"),
        (120.0, "s", "2 min"),
        (545.0, "s", "9.083 min"),
        (-300.0, "s", "-5 min"),
        (0.1, "people", "0.1 people"),
        (2.0, "", "2"),
    ],
)
def test_a_quantity_in_words(value: float, unit: Unit, text: str) -> None:
    assert in_words(value, unit) == text
