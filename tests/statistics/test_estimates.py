"""Intervals of one option: against printed values, and by how often they cover."""

from __future__ import annotations

import math

import numpy as np
import pytest

from holdfire.errors import InputError
from holdfire.study.estimate import mean, median, median_rank, none_seen, proportion
from support.draws import uniforms

TRIALS = 2000
FOUR_SIGMA = 4 * math.sqrt(0.95 * 0.05 / TRIALS)


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        # R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17,
        # 1998, table I, method 5 (Clopper and Pearson)
        (81, 263, 0.2527, 0.3676),
        (15, 148, 0.0578, 0.1617),
        (1, 29, 0.0009, 0.1776),
        # National Bureau of Standards Handbook 91 (M. G. Natrella, 1963), table A-22: n = 10 and 20
        (5, 10, 0.187, 0.813),
        (10, 10, 0.692, 1.0),
    ],
)
def test_shares_have_the_printed_interval(k: int, n: int, low: float, high: float) -> None:
    share = proportion(k, n)
    assert share.low == pytest.approx(low, abs=6e-4)
    assert share.high == pytest.approx(high, abs=6e-4)


def test_none_seen_is_the_rule_of_three_exactly() -> None:
    # J. A. Hanley and A. Lippman-Hand, JAMA 249, 1983: of 0 in 100, 3.0 %; of 0 in 20, 13.9 %
    assert none_seen(100) == pytest.approx(0.0295, abs=1e-4)
    assert none_seen(20) == pytest.approx(0.139, abs=1e-3)
    assert (1 - none_seen(37)) ** 37 == pytest.approx(0.05)
    share = proportion(0, 100)
    assert (share.low, share.high) == (None, none_seen(100))


@pytest.mark.parametrize("p", [0.01, 0.1, 0.37, 0.5, 0.9])
def test_shares_cover_at_least_at_their_level_whatever_the_share(p: float) -> None:
    n = 40
    covered = sum(
        math.comb(n, k) * p**k * (1 - p) ** (n - k)
        for k in range(n + 1)
        if (proportion(k, n).low or 0.0) <= p <= proportion(k, n).high
    )
    assert 0.95 <= covered < 1


@pytest.mark.parametrize(("k", "n"), [(-1, 3), (4, 3), (0, 0)])
def test_no_share_is_refused(k: int, n: int) -> None:
    with pytest.raises(InputError, match=f"{k} of {n} is no share"):
        proportion(k, n)


def test_means_of_normal_figures_cover_at_their_level() -> None:
    n = 12
    drawn = uniforms(901, (TRIALS, 2 * n))
    normal = np.sqrt(-2 * np.log(1 - drawn[:, :n])) * np.cos(2 * np.pi * drawn[:, n:])
    covered = np.mean([abs(found.value or 0) <= (found.high or 0) - (found.value or 0) for found in map(mean, normal)])
    assert covered == pytest.approx(0.95, abs=FOUR_SIGMA)


def test_means_of_skewed_counts_cover_nearly() -> None:
    counts = (uniforms(902, (TRIALS, 100, 8)) < 0.06).sum(axis=2).astype(float)  # binomial, mean 0.48
    covered = np.mean([(found.low or 0) <= 0.48 <= (found.high or 0) for found in map(mean, counts)])
    assert covered == pytest.approx(0.945, abs=FOUR_SIGMA)


def test_medians_cover_whatever_the_distribution() -> None:
    times = -np.log(1 - uniforms(903, (TRIALS, 25)))
    covered = np.mean([(found.low or 0) <= math.log(2) <= (found.high or 0) for found in map(median, times)])
    # ranks 8 and 18 of 25 cover at 95.7 % exactly
    assert covered == pytest.approx(0.9567, abs=FOUR_SIGMA)


@pytest.mark.parametrize(
    ("n", "rank"),
    # W. J. Dixon and F. J. Massey, Introduction to Statistical Analysis, table A-25 (intervals for the median)
    [(5, 0), (6, 1), (8, 1), (9, 2), (10, 2), (15, 4), (20, 6), (25, 8), (50, 18)],
)
def test_ranks_are_those_printed(n: int, rank: int) -> None:
    assert median_rank(n) == rank


def test_nothing_to_count_is_left_out_and_said() -> None:
    sample = np.array([np.nan, 1.0, 3.0, np.nan])
    assert mean(sample).n == 2
    assert mean(sample).value == 2.0
    assert mean(sample).high == pytest.approx(2 + 12.706, abs=1e-3)
    assert mean(np.full(3, np.nan)).value is None
    assert median(np.full(3, np.nan)).value is None
    assert median(sample).value == 2.0
    assert median(sample).low is None
    assert mean(np.array([4.0])).low is None


def test_a_zero_is_a_bound() -> None:
    found = mean(np.zeros(59))
    assert found.none_seen
    assert found.low is None
    assert found.share_below == pytest.approx(0.05, abs=1e-3)
    assert not mean(np.array([0.0, 0.0, 1.0])).none_seen
