"""Estimates of one option's figures, each with its interval; what was never seen has a bound, not a zero."""

from __future__ import annotations

from dataclasses import dataclass
from math import expm1, log1p, sqrt
from typing import TYPE_CHECKING, Final

import numpy as np

from holdfire.errors import InputError
from holdfire.study.special import beta_quantile, binomial_half_tail, student_quantile

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Sample = NDArray[np.float64]

LEVEL: Final = 0.95


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its interval.

    Attributes
    ----------
    n
        Nights that it rests on.
    value
        `None` where there was none.
    low, high
        Ends of the interval; `None` where n is too small for one.
    none_seen
        The figure was 0 in every night; then `share_below` bounds the share of nights in which it is not,
        one-sided, and there is no interval.
    """

    n: int
    value: float | None
    low: float | None = None
    high: float | None = None
    none_seen: bool = False
    share_below: float | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """In `k` of `n` nights, with the exact interval of that share; where k is 0 a bound only: `low` is `None`."""

    k: int
    n: int
    value: float
    low: float | None
    high: float


def proportion(k: int, n: int, level: float = LEVEL) -> Share:
    """Estimate a share from k of n with its exact interval.

    C. J. Clopper and E. S. Pearson, "The use of confidence or fiducial limits illustrated in the case of the
    binomial", Biometrika 26, 1934, doi 10.1093/biomet/26.4.404: covers at least at its level, whatever the share
    is. Where none was seen the bound is one-sided, `none_seen`.
    """
    if not 0 <= k <= n or n < 1:
        message = f"{k} of {n} is no share: give 0 <= k <= n and n >= 1"
        raise InputError(message)
    if k == 0:
        return Share(0, n, 0.0, None, none_seen(n, level))
    tail = (1.0 - level) / 2.0
    high = beta_quantile(1.0 - tail, k + 1.0, n - k) if k < n else 1.0
    return Share(k, n, k / n, beta_quantile(tail, k, n - k + 1.0), high)


def none_seen(n: float, level: float = LEVEL) -> float:
    """Return the share that none seen in `n` nights leaves possible, one-sided: 1 - (1 - level)^(1/n).

    The "rule of three", 3/n, is its approximation: J. A. Hanley and A. Lippman-Hand, "If nothing goes wrong, is
    everything all right?", JAMA 249, 1983, doi 10.1001/jama.1983.03330370053031.
    """
    return -expm1(log1p(-level) / n)


def mean(sample: Sample, level: float = LEVEL) -> Estimate:
    """Estimate a mean with Student's interval ("The probable error of a mean", Biometrika 6, 1908).

    NaN, nothing to count, is left out. Exact for normal figures, near for the mean of some tens of nights.
    """
    counted = sample[~np.isnan(sample)]
    n = counted.size
    if n == 0:
        return Estimate(0, None)
    if not counted.any():
        return Estimate(n, 0.0, none_seen=True, share_below=none_seen(n, level))
    value = float(counted.mean())
    if n < 2:
        return Estimate(n, value)
    half = half_width(counted, level)
    return Estimate(n, value, value - half, value + half)


def half_width(sample: Sample, level: float = LEVEL) -> float:
    """Return half of Student's interval for the mean of two values or more."""
    return student_quantile(0.5 + level / 2.0, sample.size - 1) * sqrt(variance(sample) / sample.size)


def variance(sample: Sample) -> float:
    """Return the unbiased variance of two values or more; exactly 0 where all are equal."""
    return float(sample.var(ddof=1)) if np.ptp(sample) > 0 else 0.0


def median(sample: Sample, level: float = LEVEL) -> Estimate:
    """Estimate a median with an interval between order statistics, which holds for any distribution.

    The ranks are those of the sign test (W. J. Conover, Practical Nonparametric Statistics, 3.2): coverage is at
    least `level`, and below six values there is no interval of 95 %. NaN, nothing to count, is left out.
    """
    ordered = np.sort(sample[~np.isnan(sample)])
    n = ordered.size
    if n == 0:
        return Estimate(0, None)
    rank = median_rank(n, level)
    value = float(np.median(ordered))
    if rank == 0:
        return Estimate(n, value)
    return Estimate(n, value, float(ordered[rank - 1]), float(ordered[n - rank]))


def median_rank(n: int, level: float = LEVEL) -> int:
    """Return the rank r, from 1, such that the r-th smallest and r-th largest of n enclose the median; 0: none."""
    rank = 0
    while 2 * (rank + 1) <= n and binomial_half_tail(rank, n) <= (1.0 - level) / 2.0:
        rank += 1
    return rank
