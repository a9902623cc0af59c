"""The radar against numbers that others published."""

from __future__ import annotations

import math

import numpy as np
import pytest

from holdfire.messages.aircraft import Transponder
from holdfire.sense.detection import anchor, mirror_gain, swerling_1
from support.sensed import mast, ring, sky, watch


def bessel_scaled(z: np.ndarray) -> np.ndarray:
    """I0(z) exp(-z); beyond 500 by its asymptotic series (Abramowitz and Stegun 9.7.1)."""
    near = np.minimum(z, 500.0)
    far = (1 + 1 / (8 * np.maximum(z, 1))) / np.sqrt(2 * np.pi * z)
    return np.asarray(np.where(z < 500.0, np.i0(near) * np.exp(-near), far))


def steady(snr: float, pfa: float) -> float:
    """Detection of an echo that does not fluctuate (Swerling 0): Marcum's Q, by its integral."""
    amplitude, threshold = math.sqrt(2 * snr), math.sqrt(-2 * math.log(pfa))
    x = np.linspace(threshold, max(threshold, amplitude) + 12, 2001)
    density = x * np.exp(-0.5 * (x - amplitude) ** 2) * bessel_scaled(x * amplitude)
    return float(np.trapezoid(density, x))


def decibels(ratio: float) -> float:
    return 10 * math.log10(ratio)


@pytest.mark.parametrize(("snr_db", "detects"), [(11.2, 0.5), (13.2, 0.9)])
def test_the_reference_is_the_published_steady_curve(snr_db: float, detects: float) -> None:
    # Skolnik, Introduction to Radar Systems, figure 2.6, at a chance of false alarm of 1e-6
    assert steady(10 ** (snr_db / 10), 1e-6) == pytest.approx(detects, abs=0.02)


@pytest.mark.parametrize(("detects", "snr_db"), [(0.5, 12.8), (0.8, 17.8), (0.9, 21.1)])
def test_a_fluctuating_echo_needs_what_is_published(detects: float, snr_db: float) -> None:
    # Swerling 1960, case 1, one pulse, 1e-6; the loss at 0.9 is the well-known 8 dB
    assert decibels(anchor(detects, 1e-6)) == pytest.approx(snr_db, abs=0.05)
    assert swerling_1(10 ** (snr_db / 10), math.log(1e-6)) == pytest.approx(detects, abs=0.003)


@pytest.mark.parametrize("snr", [3.0, 20.0, 100.0])
def test_a_fluctuating_echo_is_the_mean_over_steady_ones(snr: float) -> None:
    share = (np.arange(1000) + 0.5) / 1000
    mean = np.mean([steady(-snr * math.log(each), 1e-6) for each in share])
    assert swerling_1(snr, math.log(1e-6)) == pytest.approx(mean, abs=2e-3)


def test_without_an_echo_there_are_false_alarms_only() -> None:
    assert swerling_1(0.0, math.log(1e-6)) == pytest.approx(1e-6)


def share_detected(range_m: float, rcs_m2: float, count: int = 400, ticks: int = 50) -> float:
    made = mast("long-range-3d", roughness_m=1e6, clutter_m=0.0)  # free space
    world = sky(count, **ring(count, range_m), h_m=15_000.0, transponder=Transponder.OFF)
    for name in ("rcs_m2", "rcs_l_m2", "rcs_x_m2"):
        world.platforms[name] = rcs_m2
    looks = count * (ticks // 10 - 1)  # the first turn arranges the looks
    return float(np.sum(watch(made, world, ticks - 1).plot["time_s"] >= 10)) / looks


@pytest.mark.parametrize(("share", "rcs_m2"), [(1.0, 1.0), (10**-0.5, 0.01), (1.4, 1.4**4)])
def test_range_goes_with_the_fourth_root_of_the_cross_section(share: float, rcs_m2: float) -> None:
    # From 1 to 0.01 m² range falls to 0.316 of it (radar equation, Skolnik chapter 2).
    assert share_detected(280e3 * share, rcs_m2) == pytest.approx(0.8, abs=0.04)


def test_at_twice_the_range_the_echo_is_a_sixteenth() -> None:
    expected = swerling_1(anchor(0.8, 1e-6) / 16 * 1.0, math.log(1e-6))
    assert share_detected(280e3 * 1.5, 1.5**4 / 16) == pytest.approx(expected, abs=0.03)


def gain(range_m: float, first_m: float, second_m: float, wave_m: float, rough_m: float) -> float:
    horizon = 1e12  # a flat Earth
    product, total = first_m * second_m, first_m + second_m
    return mirror_gain(range_m, horizon, product, total, 2 * math.pi / wave_m, rough_m)


def test_a_smooth_mirror_gives_lobes_and_a_wedge() -> None:
    # Skolnik, section 8.2: F⁴ is 16 in a lobe, 0 between, and falls with the fourth power of range in the wedge
    wave_m, first_m, second_m = 0.1, 10.0, 100.0
    lobe = 4 * first_m * second_m / wave_m
    assert gain(lobe, first_m, second_m, wave_m, 0.0) == pytest.approx(16.0, rel=1e-9)
    assert gain(lobe / 2, first_m, second_m, wave_m, 0.0) == pytest.approx(0.0, abs=1e-9)
    far = gain(100 * lobe, first_m, second_m, wave_m, 0.0)
    assert far / gain(200 * lobe, first_m, second_m, wave_m, 0.0) == pytest.approx(16.0, rel=1e-3)
    assert far == pytest.approx((4 * math.pi * first_m * second_m / (wave_m * 100 * lobe)) ** 4, rel=1e-3)


def test_rough_ground_mirrors_nothing_and_the_horizon_takes_all() -> None:
    assert gain(40e3, 10.0, 100.0, 0.1, 1e6) == 1.0
    assert mirror_gain(50e3, 50e3, 1e3, 110.0, 60.0, 3.0) == pytest.approx(0.0, abs=1e-12)
