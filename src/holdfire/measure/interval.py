"""A ratio of sums with its interval, by drawing blocks anew: whole aircraft, or whole stretches of time.

Rows of one aircraft, and of one minute, resemble one another, so they are drawn together: B. Efron, "Bootstrap
methods: another look at the jackknife", Annals of Statistics 7, 1979, doi 10.1214/aos/1176344552, with blocks as in
E. Carlstein, Annals of Statistics 14, 1986, doi 10.1214/aos/1176350057. Where nothing was counted in any block, no
draw would show anything: then there is a bound on the share of blocks in which there is something, not an interval.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import expm1, log1p
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from holdfire.compiled import kernel
from holdfire.seed import Stage, below, stream

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Sums = NDArray[Any]

LEVEL: Final = 0.95
DRAWS: Final = 1000
"""Samples drawn anew (assumed): the ends of an interval of 95 % then vary by about a tenth of its width."""
FEWEST: Final = 6
"""Fewer blocks give no interval (assumed): of six, one in a hundred draws would leave out every one but two."""
_STREAM: Final = stream(Stage.STUDY, 1)


@dataclass(frozen=True, slots=True)
class Ratio:
    """A figure with the ends of its interval of 95 %; None where there is none.

    `blocks` is how many were drawn from; `affected_below` bounds the share of blocks with anything to count, one-sided
    at 95 %, where there was nothing in any.
    """

    value: float | None
    low: float | None
    high: float | None
    blocks: int
    affected_below: float | None = None


def ratio(counted: Sums, among: Sums, shown: Callable[[Sums], Sums] | None = None) -> Ratio:
    """Return `sum(counted) / sum(among)`, both by block, with its interval; `shown` is a rising change of scale.

    Blocks in which there is nothing to count among are left out.
    """
    counted, among = counted[among > 0].astype(np.float64), among[among > 0].astype(np.float64)
    n = len(among)
    if n == 0:
        return Ratio(None, None, None, 0)
    scale = shown or (lambda value: value)
    value = float(scale(np.array([counted.sum() / among.sum()]))[0])
    if not counted.any():
        return Ratio(value, None, None, n, -expm1(log1p(-LEVEL) / n))
    if n < FEWEST:
        return Ratio(value, None, None, n)
    places = np.empty((DRAWS, n), np.int64)
    _draw(places)
    again = scale(counted[places].sum(axis=1) / among[places].sum(axis=1))
    low, high = np.quantile(again, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Ratio(value, float(low), float(high), n)


@kernel
def _draw(places: NDArray[np.int64]) -> None:
    """Draw a block for each place of each sample."""
    for sample in range(places.shape[0]):
        for index in range(places.shape[1]):
            places[sample, index] = below(0, 0, sample, index, _STREAM, 0, 0, places.shape[1])
