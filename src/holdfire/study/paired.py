"""Two options on common random numbers: differences night by night, and what the pairing gained or lost."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt
from typing import TYPE_CHECKING, Final

import numpy as np

from holdfire.study.estimate import LEVEL, Share, half_width, median, median_rank, none_seen, proportion, variance
from holdfire.study.special import student_quantile

if TYPE_CHECKING:
    from holdfire.study.estimate import Sample

FEW: Final = 5
"""Nights with any, under either option, below which a ratio of means is said to rest on few."""


@dataclass(frozen=True, slots=True)
class Difference:
    """An option less the base.

    Attributes
    ----------
    n
        Nights in which both have the figure.
    value, low, high
        The mean or the median of the differences, with its interval; `None` as in `estimate.Estimate`.
    share_below
        Where they are the same in every night: a bound on the share of nights that do, one-sided.
    variance_ratio
        Variance of the paired difference over that of an unpaired one: below 1 pairing gained, above it lost.
    """

    n: int
    value: float | None
    low: float | None
    high: float | None
    share_below: float | None = None
    variance_ratio: float | None = None


@dataclass(frozen=True, slots=True)
class Ratio:
    """An option's mean over the base's.

    Attributes
    ----------
    n
        Nights.
    value, low, high
        The ratio and its interval; `None` where one of the two was never seen, or both.
    below, above
        Where only the base, or only the option, was seen: a one-sided bound on the ratio of shares of nights.
    few
        Fewer than `FEW` nights under one of the options: the interval is rough.
    """

    n: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    below: float | None = None
    above: float | None = None
    few: bool = False


@dataclass(frozen=True, slots=True)
class Shift:
    """In how many nights an option stands higher than the base, and in how many lower."""

    higher: Share
    lower: Share


def mean_difference(base: Sample, option: Sample, level: float = LEVEL) -> Difference:
    """Estimate the mean of the paired differences with Student's interval.

    Equal differences have no spread to reckon with: below the six nights that order statistics need for 95 %
    (`estimate.median`) they have no interval, and tell nothing apart.
    """
    both = _differences(base, option)
    if differing(base, option) == 0 or both.size == 0:
        return _alike(base, option, level)
    value = float(both.mean())
    if np.ptp(both) == 0 and median_rank(both.size, level) == 0:
        return Difference(both.size, value, None, None)
    half = half_width(both, level)
    return Difference(both.size, value, value - half, value + half, None, _variance_ratio(base, option))


def median_difference(base: Sample, option: Sample, level: float = LEVEL) -> Difference:
    """Estimate the median of the paired differences with an interval between order statistics."""
    both = _differences(base, option)
    if differing(base, option) == 0 or both.size == 0:
        return _alike(base, option, level)
    found = median(both, level)
    ratio = _variance_ratio(base, option) if both.size > 1 else None
    return Difference(both.size, found.value, found.low, found.high, None, ratio)


def differing(base: Sample, option: Sample) -> int:
    """Count the nights in which a figure is not the same; nothing to count in both is the same."""
    return int(np.count_nonzero(~((base == option) | (np.isnan(base) & np.isnan(option)))))


def shift(base: Sample, option: Sample, level: float = LEVEL) -> Shift:
    """Count nights in which an ordered figure, as a rung, is higher or lower; its steps have no size."""
    n = base.size
    return Shift(
        proportion(int(np.count_nonzero(option > base)), n, level),
        proportion(int(np.count_nonzero(option < base)), n, level),
    )


def ratio(base: Sample, option: Sample, level: float = LEVEL) -> Ratio:
    """Estimate the ratio of two means of paired counts, on the logarithmic scale (delta method).

    Variance of log(y/x): (1/n) (s_yy/y^2 + s_xx/x^2 - 2 s_xy/(x y)), W. G. Cochran, Sampling Techniques, 1977,
    6.4 and 6.8, with Student's quantile. Fieller's interval is not taken, since with few events it is unbounded.
    Where one of the two was never seen there is a bound instead, where neither was, nothing.
    """
    n, x, y = base.size, float(base.mean()), float(option.mean())
    seen = int(np.count_nonzero(base)), int(np.count_nonzero(option))
    if x == 0.0 or y == 0.0:
        return _one_sided(n, *seen, level)
    few = min(seen) < FEW
    if n < 2 or np.array_equal(base, option):
        return Ratio(n, y / x, few=few)
    spread = variance(option / y - base / x)
    half = student_quantile(0.5 + level / 2.0, n - 1) * sqrt(spread / n)
    return Ratio(n, y / x, exp(log(y / x) - half), exp(log(y / x) + half), few=few)


def _one_sided(n: int, in_base: int, in_option: int, level: float) -> Ratio:
    """Bound a ratio of shares of nights where one option was never seen.

    Of m nights with any, all are the one's. The other's share q among such nights is below 1 - (1 - level)^(1/m),
    and the one's at least 1 - q, so that the ratio is below q / (1 - q).
    """
    m = in_base + in_option
    if m == 0:
        return Ratio(n)
    q = none_seen(m, level)
    if in_option == 0:
        return Ratio(n, below=q / (1.0 - q), few=m < FEW)
    return Ratio(n, above=(1.0 - q) / q, few=m < FEW)


def _differences(base: Sample, option: Sample) -> Sample:
    """Return the differences of the nights in which both have the figure."""
    differences = option - base
    return differences[~np.isnan(differences)]


def _alike(base: Sample, option: Sample, level: float) -> Difference:
    n = _differences(base, option).size
    bound = None if differing(base, option) else none_seen(base.size, level)
    return Difference(n, 0.0 if n else None, None, None, bound)


def _variance_ratio(base: Sample, option: Sample) -> float | None:
    both = ~(np.isnan(base) | np.isnan(option))
    apart = variance(base[both]) + variance(option[both])
    return variance(option[both] - base[both]) / apart if apart else None
