"""Forecasts as intervals: what the nights foretell of one more, what somebody without a model would, and a score."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, floor, inf, lgamma
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from holdfire.study.estimate import Sample

LEVEL: Final = 0.8
"""Of every forecast here."""
_ALMOST: Final = 1e-9  # so that 0.1 of 10 nights is 1


@dataclass(frozen=True, slots=True)
class Forecast:
    """An interval between order statistics of `n` nights.

    Attributes
    ----------
    low, high
        Its ends.
    median
        Of the nights.
    n
        Nights in which the figure was there.
    coverage
        The chance that one more night falls into it: exact for a figure without ties, at least so with them.
    """

    low: float
    high: float
    median: float
    n: int
    coverage: float


@dataclass(frozen=True, slots=True)
class Span:
    """What was observed: a range, either end of which may be open."""

    low: float = -inf
    high: float = inf

    def gap(self, low: float, high: float) -> float:
        """Return how far an interval lies from it; 0 where they overlap."""
        return max(0.0, self.low - high, low - self.high)


def forecast(sample: Sample, level: float = LEVEL) -> Forecast | None:
    """Foretell one more night: the r-th smallest to the r-th largest of n; `None` where the figure was never there.

    One more night falls between them with the chance (n + 1 - 2r) / (n + 1), whatever the distribution (S. S. Wilks,
    "Determination of sample sizes for setting tolerance limits", Annals of Mathematical Statistics 12, 1941, doi
    10.1214/aoms/1177731788). r is the largest that keeps to the level. Where even the widest falls short of it, below
    nine nights for 80 %, that one is given, and `coverage` says how much it covers.
    """
    ordered = np.sort(sample[~np.isnan(sample)])
    n = ordered.size
    if n == 0:
        return None
    rank = max(1, floor((n + 1) * (1.0 - level) / 2.0 + _ALMOST))
    covers = (n + 1 - 2 * rank) / (n + 1)
    return Forecast(float(ordered[rank - 1]), float(ordered[n - rank]), float(np.median(ordered)), n, covers)


def held_out(sample: Sample, level: float = LEVEL) -> tuple[Sample, Sample, Sample]:
    """Foretell each night from all the others; return the nights in rising order, and the interval's ends for each.

    So that a night is not held against an interval that it made itself. Two nights or more; NaN is left out.
    """
    ordered = np.sort(sample[~np.isnan(sample)])
    others, place = ordered.size - 1, np.arange(ordered.size)
    rank = max(1, floor((others + 1) * (1.0 - level) / 2.0 + _ALMOST))
    low, high = rank - 1, others - rank
    return ordered, ordered[low + (place <= low)], ordered[high + (place <= high)]


def interval_score(low: float, high: float, observed: Span, level: float = LEVEL) -> float:
    """Score a central interval: its width, and 2 / (1 - level) for every unit by which it misses. Less is better.

    T. Gneiting and A. E. Raftery, "Strictly proper scoring rules, prediction, and estimation", Journal of the American
    Statistical Association 102, 2007, eq. 43, doi 10.1198/016214506000001437. Their observation is a number; of a
    range, or of one with an open end, the distance to its nearer end counts, and none where it overlaps the interval.
    """
    return high - low + 2.0 / (1.0 - level) * observed.gap(low, high)


def share_forecast(shared: int, of: int, least: int, most: int, level: float = LEVEL) -> tuple[int, int]:
    """Foretell how many of `least` to `most` share what `shared` of `of` did: a central interval.

    Beta-binomial quantiles under Jeffreys' prior, Beta(1/2, 1/2): H. Jeffreys, "An invariant form for the prior
    probability in estimation problems", Proceedings of the Royal Society A 186, 1946, doi 10.1098/rspa.1946.0056.
    """
    a, b, tail = 0.5 + shared, 0.5 + of - shared, (1.0 - level) / 2.0
    return _quantile(tail, least, a, b), _quantile(1.0 - tail, most, a, b)


def _quantile(p: float, n: int, a: float, b: float) -> int:
    """Return the least k that at most k of n are, with the chance p, where a share is Beta(a, b)."""
    whole = 0.0
    for k in range(n):
        whole += exp(_log_beta(a + k, b + n - k) - _log_beta(a, b) + _log_choose(n, k))
        if whole >= p:
            return k
    return n


def _log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1.0) - lgamma(k + 1.0) - lgamma(n - k + 1.0)
