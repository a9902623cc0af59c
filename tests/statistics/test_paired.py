"""Differences and ratios of options on common random numbers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from holdfire.study.paired import differing, mean_difference, median_difference, ratio, shift
from support.draws import uniforms

if TYPE_CHECKING:
    from numpy.typing import NDArray

TRIALS = 1500
FOUR_SIGMA = 4 * math.sqrt(0.95 * 0.05 / TRIALS)


def pairs(name: int, n: int, base: float, option: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Counts of 8 chances each a night, in which both options ask for the same numbers."""
    drawn = uniforms(name, (TRIALS, n, 8))
    return (drawn < base).sum(axis=2).astype(float), (drawn < option).sum(axis=2).astype(float)


def test_differences_cover_and_pairing_gains() -> None:
    base, option = pairs(911, 60, 0.3, 0.4)
    found = [mean_difference(one, other) for one, other in zip(base, option, strict=True)]
    assert np.mean([(each.low or 0) <= 0.8 <= (each.high or 0) for each in found]) == pytest.approx(
        0.95, abs=FOUR_SIGMA
    )
    # Var(Y - X) = 8 d (1 - d) with d = 0.1 on common numbers, 8 (0.3 0.7 + 0.4 0.6) on others
    gained = np.mean([each.variance_ratio or 0.0 for each in found])
    assert gained == pytest.approx(0.09 / 0.45, rel=0.03)


def test_pairing_can_lose() -> None:
    base = uniforms(912, (400,))
    assert (mean_difference(base, -base).variance_ratio or 0) == pytest.approx(2.0)
    assert (mean_difference(base, uniforms(913, (400,))).variance_ratio or 0) == pytest.approx(1.0, abs=0.2)


def test_medians_of_differences_cover() -> None:
    base = -np.log(1 - uniforms(914, (TRIALS, 30)))
    lag = -np.log(1 - uniforms(915, (TRIALS, 30)))
    found = [median_difference(one, one + late) for one, late in zip(base, lag, strict=True)]
    covered = np.mean([(each.low or 0) <= math.log(2) <= (each.high or 0) for each in found])
    assert covered == pytest.approx(0.9572, abs=FOUR_SIGMA)  # ranks 10 and 21 of 30


def test_alike_in_every_night_is_a_bound() -> None:
    sample = np.array([1.0, np.nan, 3.0, 2.0])
    found = mean_difference(sample, sample)
    assert (found.value, found.low, found.n) == (0.0, None, 3)
    assert found.share_below == pytest.approx(1 - 0.05 ** (1 / 4))
    assert mean_difference(sample, np.array([1.0, 5.0, 3.0, 2.0])).share_below is None
    assert differing(sample, np.array([1.0, 5.0, 3.0, 4.0])) == 2
    assert median_difference(np.full(3, np.nan), np.full(3, np.nan)).value is None


@pytest.mark.parametrize(("base", "option"), [(0.05, 0.02), (0.02, 0.05), (0.1, 0.12)])
def test_ratios_cover(base: float, option: float) -> None:
    x, y = pairs(916, 80, base, option)
    other = pairs(917, 80, option, base)[0]  # not on the same numbers, so that they differ
    for sample in (y, other):
        found = [ratio(one, two) for one, two in zip(x, sample, strict=True)]
        within = [(each.low or 0) <= option / base <= (each.high or 0) for each in found if each.low is not None]
        assert np.mean(within) > 0.93


def test_a_ratio_that_is_not_seen_is_bounded_or_nothing() -> None:
    base, none = np.array([0.0, 2.0, 1.0, 1.0] * 10), np.zeros(40)
    assert ratio(none, none).value is None
    assert ratio(none, none).below is None
    found = ratio(base, none)
    q = 1 - 0.05 ** (1 / 30)
    assert (found.value, found.above) == (None, None)
    assert found.below == pytest.approx(q / (1 - q))
    assert ratio(none, base).above == pytest.approx((1 - q) / q)


def test_the_bound_holds_as_often_as_it_says() -> None:
    nights, chance, true = 30, 0.2, 0.1
    drawn = uniforms(918, (TRIALS, nights, 2))
    base, option = (drawn[:, :, 0] < chance).astype(float), (drawn[:, :, 1] < chance * true).astype(float)
    bounds = [ratio(one, two).below for one, two in zip(base, option, strict=True)]
    assert np.mean([bound is not None and bound < true for bound in bounds]) <= 0.05


def test_few_are_said() -> None:
    base = np.array([1.0] * 4 + [0.0] * 50)
    assert ratio(base, base + np.arange(54) % 2).few
    assert not ratio(base + 1, base + 2).few
    same = ratio(base, base)
    assert (same.value, same.low) == (1.0, None)


def test_a_rung_is_only_higher_or_lower() -> None:
    found = shift(np.array([3.0, 3.0, 5.0, 4.0]), np.array([4.0, 3.0, 4.0, 9.0]))
    assert (found.higher.k, found.lower.k, found.higher.n) == (2, 1, 4)


@pytest.mark.parametrize("n", [2, 5, 6])
def test_equal_differences_tell_nothing_apart_before_six_nights(n: int) -> None:
    found = mean_difference(np.zeros(n), np.ones(n))
    assert found.value == 1.0
    assert (found.low, found.high) == ((1.0, 1.0) if n == 6 else (None, None))
