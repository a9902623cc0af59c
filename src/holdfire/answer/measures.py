"""Measures of a space of unknowns: how much each point of it counts. None of them is a probability.

Nobody knows how likely one part of an assumed range is. What holds under measures that lean opposite ways does not hang
on that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

EFFECTIVE: Final = 0.5
"""Share of the points that a leaning measure may count as (assumed): the further it leans, the fewer it rests on."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure in words, with the weight of each point; weights sum to 1."""

    id: str
    label: str
    weights: Numbers

    @property
    def effective(self) -> float:
        """Points that it rests on as if they counted alike (L. Kish, Survey Sampling, 1965, 11.7)."""
        return float(1.0 / np.sum(self.weights**2))


def measures(points: Numbers) -> tuple[Measure, ...]:
    """Return three measures of a space of points given as shares of ranges: even, to the middle and to the ends.

    The leaning ones weigh a point by the product over unknowns of exp(-t |2u - 1|), and of its inverse, with t such
    that the points count as `EFFECTIVE` of their number.
    """
    n = len(points)
    out = np.abs(2.0 * points - 1.0).sum(axis=1)
    steep = _steepness(out)
    times = f"{np.exp(steep):.1f}"
    return (
        Measure("even", "every part of each range alike", np.full(n, 1.0 / n)),
        Measure("middle", f"the middle of each range {times} times its ends", _weights(-steep * out)),
        Measure("ends", f"the ends of each range {times} times its middle", _weights(steep * out)),
    )


def _steepness(out: Numbers) -> float:
    """Return the steepest lean, up to a factor of 20, that both ways leaves enough points (bisection)."""
    low, high = 0.0, 3.0
    for _ in range(40):
        steep = (low + high) / 2.0
        effective = min(1.0 / np.sum(_weights(sign * steep * out) ** 2) for sign in (-1.0, 1.0))
        low, high = (steep, high) if effective >= EFFECTIVE * len(out) else (low, steep)
    return low


def _weights(logarithms: Numbers) -> Numbers:
    raw = np.exp(logarithms - logarithms.max())
    weights: Numbers = raw / raw.sum()
    return weights
