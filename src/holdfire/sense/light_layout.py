"""The reports of lights in one night, as arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


class LightReports(NamedTuple):
    """The reports of lights of one night, in the order in which they arrive."""

    tick: NDArray[np.int64]
    sensor: NDArray[np.int64]  # its place among the sensors
    place: NDArray[np.float64]  # (reports, 3): x and y as reported, and the variance of each


def no_lights() -> LightReports:
    """Return what a night has in which nobody takes a light for an aircraft."""
    return LightReports(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros((0, 3)))
