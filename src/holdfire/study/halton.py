"""Points that fill a cube of many sides evenly, each by its number alone, so that more can be added later.

A. B. Owen, "A randomized Halton algorithm in R", 2017, arXiv 1706.02808: every digit of every side is put through a
permutation of its own. As many points as a side's base has digits fall one into each of its equal parts.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

from holdfire.seed import Stage, below, check_seed, stream

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FINE: Final = 2.0**-30
"""Digits that weigh less are left out."""
_BRANCH: Final = 1
"""Apart from the names of nights, whose branch is 0."""


def points(first: int, stop: int, sides: int, seed: int) -> NDArray[np.float64]:
    """Return points `first` to `stop` - 1 of a cube, an array (points, sides) in [0, 1).

    Raises `NameRangeError` for a seed outside its 32 bits.
    """
    check_seed(seed)
    numbers = np.arange(first, stop)
    return np.stack([_side(numbers, side, seed) for side in range(sides)], axis=-1).reshape(len(numbers), sides)


def _side(numbers: NDArray[np.int64], side: int, seed: int) -> NDArray[np.float64]:
    base = _prime(side)
    left, weight, out = numbers.copy(), 1.0 / base, np.zeros(len(numbers))
    digit = 0
    while weight > _FINE:
        out += np.array(_permutation(base, seed, side, digit))[left % base] * weight
        left, weight, digit = left // base, weight / base, digit + 1
    return out + weight * base / 2.0  # the middle of what the digits leave open


@cache
def _permutation(n: int, seed: int, side: int, digit: int) -> tuple[int, ...]:
    """Return a permutation of 0 to n - 1 by its name (R. Durstenfeld, Algorithm 235, 1964)."""
    order = list(range(n))
    for last in range(n - 1, 0, -1):
        other = below(seed, _BRANCH, digit, side, stream(Stage.STUDY), last, 0, last + 1)
        order[last], order[other] = order[other], order[last]
    return tuple(order)


@cache
def _prime(place: int) -> int:
    found, number = [2], 3
    while len(found) <= place:
        if all(number % each for each in found):
            found.append(number)
        number += 2
    return found[place]
