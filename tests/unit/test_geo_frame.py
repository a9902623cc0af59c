"""The flat frame of an area."""

from __future__ import annotations

import numpy as np
import pytest

from holdfire.geo.frame import Frame, distance_m

POLAND = Frame(51.6, 21.6)


@pytest.mark.parametrize("frame", [POLAND, Frame(59.5, 25.5), Frame(-35.0, 179.9)])
def test_there_and_back_within_a_millimetre(frame: Frame) -> None:
    x, y = (each.ravel() for each in np.meshgrid(np.linspace(-4e5, 4e5, 7), np.linspace(-4e5, 4e5, 7)))
    back_x, back_y = frame.to_local(*frame.to_geographic(x, y))
    assert np.hypot(back_x - x, back_y - y).max() < 1e-3


def test_the_centre_is_the_origin_and_north_is_up() -> None:
    assert POLAND.to_local(51.6, 21.6) == pytest.approx((0.0, 0.0), abs=1e-6)
    x, y = POLAND.to_local(51.7, 21.6)
    assert x == pytest.approx(0.0, abs=1e-6)
    assert y == pytest.approx(distance_m(51.6, 21.6, 51.7, 21.6))
    assert POLAND.to_local(51.6, 21.7)[0] > 0


def test_arrays_and_numbers_agree_and_keep_their_shape() -> None:
    lat, lon = np.array([[50.0, 51.0], [52.0, 53.0]]), np.array([[20.0, 21.0], [22.0, 23.0]])
    x, y = POLAND.to_local(lat, lon)
    assert x.shape == y.shape == (2, 2)
    assert (x[1, 0], y[1, 0]) == POLAND.to_local(52.0, 22.0)


@pytest.mark.parametrize("bearing", [0.0, 1.0, 2.5])
def test_at_350_km_lengths_along_are_exact_and_those_across_half_a_thousandth_long(bearing: float) -> None:
    out, across = np.array([np.sin(bearing), np.cos(bearing)]), np.array([np.cos(bearing), -np.sin(bearing)])

    def stretch(direction: np.ndarray) -> float:
        ends = [POLAND.to_geographic(*(350e3 * out + side * direction)) for side in (-500.0, 500.0)]
        return 1000.0 / distance_m(*ends[0], *ends[1]) - 1

    assert stretch(out) == pytest.approx(0.0, abs=1e-8)
    assert stretch(across) == pytest.approx(350e3**2 / (6 * 6.371e6**2), rel=0.02)
    assert stretch(across) < 5.1e-4
