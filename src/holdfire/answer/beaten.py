"""Which options are beaten by another beyond the noise of nights, and which only on average."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from holdfire.answer.front import on_front
from holdfire.study.paired import mean_difference

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Losses = NDArray[np.float64]

CLEARLY, ON_AVERAGE = "clearly", "on average"
LEAST_NIGHTS: Final = 20
"""Nights under each option below which nobody is said to be beaten (assumed): means of a few nights decide nothing."""


def beaten(losses: Losses, nights: int) -> list[str | None]:
    """Return of each option whether another beats it: `clearly`, only `on average`, or not at all (`None`).

    `losses` is (objectives, options, n), n being what is paired: nights of a study or points of a space; `nights` is
    how many nights they rest on. Clearly: in every objective the other is alike throughout, or better by a paired
    interval of 95 %, and in one it is better.
    """
    front = on_front(losses.mean(axis=-1, keepdims=True))[:, 0]
    return [
        None if front[one] else CLEARLY if nights >= LEAST_NIGHTS and beaters(losses, one) else ON_AVERAGE
        for one in range(losses.shape[1])
    ]


def beaters(losses: Losses, one: int) -> list[int]:
    """Return the options that beat one clearly, however few the nights."""
    others = (other for other in range(losses.shape[1]) if other != one)
    return [other for other in others if _beats(losses[:, other], losses[:, one])]


def _beats(other: Losses, one: Losses) -> bool:
    apart = [(each, mine) for each, mine in zip(other, one, strict=True) if not np.array_equal(each, mine)]
    ends = [mean_difference(mine, each).high for each, mine in apart]
    return bool(ends) and all(end is not None and end < 0.0 for end in ends)
