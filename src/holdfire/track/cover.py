"""Where each sensor was shown to see: how many of the looks at tracks in a cell gave a plot, learned while tracking.

Silence is evidence where a sensor sees, and says nothing where it does not. A look missed counts by the chance of a
plot there: the mean of a beta distribution that begins, where nothing was seen yet, with `PRIOR` looks missed. What
fell silent for good teaches nothing, since nobody knows whether it was still there.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from holdfire.compiled import kernel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from holdfire.messages.layout import Records

    Numbers = NDArray[np.float64]

SIDE: Final = 64
"""Cells in each direction; the map repeats beyond, 1,280 km on."""
CELL_M: Final = 20_000.0
"""Side of a cell (assumed: a minute and a half of an airliner's flight)."""
BANDS: Final = 5
BAND_M: Final = 3_000.0
"""Heights of a band, of which the highest has no top and one more is of heights not known (assumed): the horizon lies
that much lower for what flies higher."""
CELLS: Final = SIDE * SIDE * BANDS
PRIOR: Final = 2.0
"""Looks missed that are taken as known of a cell (assumed): the first plot there shows little."""


@kernel
def cover_cell(sensor: int, record: np.void, time_s: float) -> int:
    """Return the cell of a sensor's map in which a track is at a time."""
    t, mask, band = time_s - record["time_s"], SIDE - 1, 0
    east = math.floor((record["x_m"] + t * record["vx_m_s"]) / CELL_M) & mask
    north = math.floor((record["y_m"] + t * record["vy_m_s"]) / CELL_M) & mask
    if not math.isnan(record["h_m"]):
        band = 1 + min(max(int(record["h_m"] / BAND_M), 0), BANDS - 2)
    return ((sensor * BANDS + band) * SIDE + east) * SIDE + north  # type: ignore[no-any-return]


@kernel
def chance_of_plot(cover: Numbers, sensor: int, record: np.void, time_s: float) -> float:
    """Return the chance that a look of a sensor gives a plot where a track is at a time."""
    cell = cover[cover_cell(sensor, record, time_s)]
    return cell[0] / (cell[0] + cell[1] + PRIOR)  # type: ignore[no-any-return]


@kernel
def learn(  # noqa: PLR0913
    cover: Numbers, known: Numbers, slot: int, record: np.void, plot: np.void, stated: Records, tuning: np.void
) -> None:
    """Count a plot that a track took, and the looks at it that were missed before: only now is it known to be there.

    Parameters
    ----------
    cover
        (cells of all sensors, 2): plots, and looks missed.
    known
        (places of tracks, sensors + 1, 2): of each sensor when it last gave a plot, and up to when its looks are
        counted; last the track's number.
    slot, record, plot
        The track's place, the track after the plot, and the plot.
    """
    own, now_s, sensor = known[slot], plot["time_s"], plot["sensor"]
    if own[stated.size, 0] != record["number"]:
        own[:, :] = -math.inf
        own[stated.size, 0] = record["number"]
    for each in range(stated.size):
        period_s = max(stated[each]["period_s"], tuning["look_least_s"])
        if now_s - own[each, 0] <= (tuning["covers_looks"] + 1.0) * period_s:
            missed = math.floor((now_s - own[each, 1]) / period_s - tuning["late_share"])
            if missed > 0:
                cover[cover_cell(each, record, now_s), 1] += missed
                own[each, 1] += missed * period_s
    cover[cover_cell(sensor, record, now_s), 0] += 1.0
    own[sensor, 0] = own[sensor, 1] = now_s
