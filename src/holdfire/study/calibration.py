"""Many forecasts held against what happened: how often it lies inside, how wide they are, and who foretold better."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Final

import numpy as np

from holdfire.study.special import student_quantile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from holdfire.study.estimate import Sample

CONFIDENCE: Final = 0.95


def counts_of(shares: Sequence[float]) -> Sample:
    """Return the chance of every count, 0 to n, of things that each happen with its own chance, independently.

    The Poisson binomial distribution (S. D. Poisson, Recherches sur la probabilité des jugements, 1837), by adding one
    at a time; where all chances are equal it is the binomial.
    """
    chances = np.ones(1)
    for share in shares:
        chances = np.convolve(chances, (1.0 - share, share))
    return chances


def bounds(shares: Sequence[float], confidence: float = CONFIDENCE) -> tuple[int, int]:
    """Return the least and the most count that is not refused: exact, with half of the rest at either end."""
    chances, tail = counts_of(shares), (1.0 - confidence) / 2.0
    at_most, at_least = np.cumsum(chances), np.cumsum(chances[::-1])[::-1]
    kept = np.flatnonzero((at_most > tail) & (at_least > tail))
    return int(kept[0]), int(kept[-1])


@dataclass(frozen=True, slots=True)
class Skill:
    """By how much one forecaster's scores are better than another's; see `skill`."""

    value: float
    low: float | None
    high: float | None
    groups: int


def gain(score: float, other: float, resolution: float) -> float:
    """Return how much better a score is than another's of the same fact: above -1 and below 1, 0 where they are equal.

    It is their difference over their sum and what the fact can resolve, all in the fact's own unit, so that facts of
    different units weigh alike and no difference that the fact cannot show weighs much. A score formed as a ratio is no
    strictly proper one, while the interval score is (T. Gneiting and A. E. Raftery, "Strictly proper scoring rules,
    prediction, and estimation", Journal of the American Statistical Association 102, 2007, section 2.3 on skill
    scores, doi 10.1198/016214506000001437): it says who is better, and to no forecaster what to foretell.
    """
    whole = other + score + resolution
    return (other - score) / whole if whole > 0.0 else 0.0


def skill(gains: Mapping[str, Sequence[float]], confidence: float = CONFIDENCE) -> Skill | None:
    """Return the mean gain over all facts, with an interval that lets facts of one incident hang together.

    `gains` are by incident. The variance is of the incidents' sums (K.-Y. Liang and S. L. Zeger, "Longitudinal data
    analysis using generalized linear models", Biometrika 73, 1986, doi 10.1093/biomet/73.1.13), times G / (G - 1), with
    Student's quantile for G - 1; one incident has no interval. `None` where there is no fact.
    """
    groups = [np.asarray(each, np.float64) for each in gains.values() if len(each)]
    n = sum(each.size for each in groups)
    if n == 0:
        return None
    mean = sum(float(each.sum()) for each in groups) / n
    if len(groups) < 2:
        return Skill(mean, None, None, len(groups))
    spread = sum(float((each - mean).sum()) ** 2 for each in groups) * len(groups) / (len(groups) - 1)
    half = student_quantile(0.5 + confidence / 2.0, len(groups) - 1) * sqrt(spread) / n
    return Skill(mean, mean - half, mean + half, len(groups))
