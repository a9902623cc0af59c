"""Sines, cosines and azimuths are those of the system."""

from __future__ import annotations

import math

import numpy as np
import pytest

from holdfire.geo.circle import azimuth, sine_cosine


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
