"""Clutter maps: how many false plots each sensor gives where, learned from the plots that no confirmed track explains.

The plots that began tracks or went to tentative ones are counted by cell, and fade; what is stated of the sensor
counts like `clutter_prior` plots (a gamma prior on the rate of a Poisson process, of which the mean is taken). See
D. Musicki and R. Evans, "Clutter map information for data association and track initialization", IEEE
Transactions on Aerospace and Electronic Systems 40, 2004, doi 10.1109/TAES.2004.1309992.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from holdfire.compiled import kernel
from holdfire.track.room import CLUTTER_SIDE, LAST, LENGTH, TICK

if TYPE_CHECKING:
    import numpy as np

    from holdfire.track.room import Room


@kernel
def clutter_cell(sensor: int, x_m: float, y_m: float, tuning: np.void) -> int:
    """Return the cell of a sensor's map in which a place lies."""
    size_m, mask = tuning["clutter_cell_m"], CLUTTER_SIDE - 1
    east, north = math.floor(x_m / size_m) & mask, math.floor(y_m / size_m) & mask
    return (sensor * CLUTTER_SIDE + east) * CLUTTER_SIDE + north  # type: ignore[no-any-return]


@kernel
def watched(length_s: float, stated: np.void, tuning: np.void) -> float:
    """Return the area that was watched in each cell of a sensor's map, look by look, m²; what is stated counts too."""
    area_m2 = tuning["clutter_cell_m"] * tuning["clutter_cell_m"]
    expected = (stated["clutter_per_m2"] + tuning["new_per_m2"]) * area_m2  # in a look, by what is stated
    looks = tuning["clutter_prior"] / expected + length_s / stated["period_s"]
    return looks * area_m2  # type: ignore[no-any-return]


@kernel
def density(seen: float, area_m2: float, tuning: np.void) -> float:
    """Return the density of false plots and of new aircraft, 1/m² a look, by what a cell has seen in which area."""
    return (tuning["clutter_prior"] + seen) / area_m2  # type: ignore[no-any-return]


@kernel
def fade_clutter(room: Room, tuning: np.void, time_s: float) -> None:
    """Let the maps fade with time, once in a while."""
    passed_s = min(max(time_s - room.known[LAST], 0.0), tuning["coast_most_s"])
    room.known[LENGTH] += passed_s
    room.known[LAST], room.known[TICK] = time_s, passed_s
    if room.known[LENGTH] > 2.0 * tuning["clutter_lasts_s"]:  # halved as soon as it is twice the length wanted
        room.known[LENGTH] *= 0.5
        for cell in range(room.clutter.size):
            room.clutter[cell] *= 0.5
