"""Where more would help most: cells of 25 km for N more of a kind, one after another, and how near that is to the best.

What is made large is the share of border that a scan sees: the mean over places along it, and over heights, of the
chance that at least one sensor gives a plot, `1 - prod(1 - q)`. It is a monotone submodular function of the set placed:
another sensor helps the less the more there are. Taking the best one again and again then reaches at least 1 - 1/e of
what the best N add (G. L. Nemhauser, L. A. Wolsey and M. L. Fisher, "An analysis of approximations for maximizing
submodular set functions", Mathematical Programming 14, 1978). On small instances `coverage.exact` finds the best N.
"""

from __future__ import annotations

from math import e
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

GUARANTEE: Final = 1.0 - 1.0 / e


class Chances(NamedTuple):
    """What is seen without, and what each candidate would see."""

    unseen: Numbers  # (places,): chance that nobody there sees
    each: Numbers  # (candidates, places): chance that a candidate does


class Placed(NamedTuple):
    """Candidates chosen, in the order in which they were, and the objective with them."""

    chosen: tuple[int, ...]
    values: tuple[float, ...]
    """With none, with the first, with the first two ..."""

    @property
    def added(self) -> float:
        """Return what all of them add."""
        return self.values[-1] - self.values[0]


def value(chances: Chances, chosen: tuple[int, ...]) -> float:
    """Return the share of places seen with some candidates."""
    return float(1.0 - (chances.unseen * np.prod(1.0 - chances.each[list(chosen)], axis=0)).mean())


def greedy(chances: Chances, number: int) -> Placed:
    """Return the candidates that add most, one after another; no more than add anything."""
    unseen, values = chances.unseen.copy(), [value(chances, ())]
    chosen: list[int] = []
    for _ in range(min(number, len(chances.each))):
        gains = chances.each @ unseen / unseen.size
        gains[chosen] = -1.0
        best = int(np.argmax(gains))
        if gains[best] <= 0.0:
            break
        chosen.append(best)
        unseen *= 1.0 - chances.each[best]
        values.append(float(1.0 - unseen.mean()))
    return Placed(tuple(chosen), tuple(values))
