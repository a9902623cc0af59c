"""Over the round Earth."""

from __future__ import annotations

from math import asin, cos, isclose, pi, sin, sqrt

import pytest

from holdfire.geo.horizon import EFFECTIVE_RADIUS_M, elevation_rad, horizon_m, slant_m


def test_a_height_below_the_sea_counts_as_on_it() -> None:
    assert horizon_m(10.0, -5.0) == horizon_m(10.0, 0.0) == pytest.approx(13_035, abs=10)
    assert horizon_m(0.0, 0.0) == 0.0


def test_antenna_and_target_may_change_places() -> None:
    assert horizon_m(30.0, 1_000.0) == horizon_m(1_000.0, 30.0)
    assert slant_m(1e5, 30.0, 1_000.0) == slant_m(1e5, 1_000.0, 30.0)


@pytest.mark.parametrize("ground_m", [0.0, 100.0, 30e3, 400e3])
def test_slant_and_elevation_are_those_of_the_triangle(ground_m: float) -> None:
    h1, h2, radius = 30.0, 9_000.0, EFFECTIVE_RADIUS_M
    x, y = (radius + h2) * sin(ground_m / radius), (radius + h2) * cos(ground_m / radius) - (radius + h1)
    slant = sqrt(x * x + y * y)
    assert slant_m(ground_m, h1, h2) == pytest.approx(slant, abs=1e-3)
    assert elevation_rad(ground_m, h1, h2) == pytest.approx(asin(y / slant), abs=1e-6)


def test_on_the_horizon_the_ray_grazes_the_sea() -> None:
    # From an antenna on the sea a target on the horizon is in its horizontal, but for the second-order term.
    assert elevation_rad(horizon_m(0.0, 8_000.0), 0.0, 8_000.0) == pytest.approx(0.0, abs=1e-4)
    assert elevation_rad(1.2 * horizon_m(0.0, 8_000.0), 0.0, 8_000.0) < -1e-3


def test_overhead_and_below() -> None:
    assert isclose(elevation_rad(0.0, 0.0, 5_000.0), pi / 2)
    assert isclose(elevation_rad(0.0, 5_000.0, 0.0), -pi / 2)
