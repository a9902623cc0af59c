"""Plots: one report by one sensor, in the frame of the area, with its covariance. No truth is in them.

Which aircraft a plot came from is written beside the plots, for scoring, and is handed to nobody who decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.messages.layout import Records

NO_CODE: Final = -1
"""A squawk that was not reported."""

PLOT: Final = np.dtype(
    [
        ("sensor", np.int64),  # its place among the sensors
        ("kinds", np.int64),  # bits of vocabulary.KINDS_OF_SENSOR: radar 1, iff-ssr 2
        ("asked", np.int64),  # 1: a transponder was interrogated in this look, whether it answered or not
        ("iff", np.int64),  # 1: an interrogation was answered as a friend's, 2: asked and no reply, 0: not asked
        ("mode_a", np.int64),  # squawk as a number in base 8, NO_CODE: none received
        ("address", np.int64),  # 24-bit address, 0: none received
        ("time_s", np.float64),  # since the start of the run
        ("x_m", np.float64),
        ("y_m", np.float64),
        ("var_x_m2", np.float64),
        ("cov_xy_m2", np.float64),
        ("var_y_m2", np.float64),
        ("h_m", np.float64),  # height, NaN: not measured
        ("var_h_m2", np.float64),
        ("visual_class", np.int64),  # what a camera took it for: place in CLASSES, -1: nothing was recognised
        ("visual_load", np.int64),  # what it saw it carry: place in the item's values, -1: nothing was recognised
    ],
    align=True,
)


class Plots(NamedTuple):
    """The plots of one tick; those beyond `counts[0]` are old."""

    plot: Records
    origin: NDArray[np.int64]  # the aircraft's place in the truth, -1: clutter; for scoring only
    fed: NDArray[np.int64]  # the track's place that each plot went to, -1: none; written by the tracker
    counts: NDArray[np.int64]  # (plots of this tick, plots so far, reports so far)


SENSOR_AS_TRACKED: Final = np.dtype(
    [
        ("period_s", np.float64),  # between two looks at the same place
        ("detects", np.float64),  # chance of a plot per look at an aircraft well inside its coverage, as stated
        ("clutter_per_m2", np.float64),  # density of false plots, per look, as stated
        ("kinds", np.int64),  # bits of vocabulary.KINDS_OF_SENSOR
    ],
    align=True,
)
"""What is publicly stated of a sensor, which is all that a tracker knows."""


COVERAGE: Final = np.dtype(
    [
        ("sensor", np.int64),  # its place among the sensors
        ("x_m", np.float64),
        ("y_m", np.float64),
        ("h_m", np.float64),  # of the antenna
        ("reach_m", np.float64),  # within which it is stated to miss hardly anything
        ("tan_low", np.float64),  # elevation above which it is, over the ground's echo
        ("tan_top", np.float64),
        ("period_s", np.float64),
    ],
    align=True,
)
"""Where a primary radar that stands sees what flies, as publicly stated."""


def plots_for(capacity: int) -> Plots:
    """Return room for the plots of one tick."""
    nobody = np.full(capacity, -1, np.int64)
    plot = np.zeros(capacity, PLOT)
    plot["visual_class"] = plot["visual_load"] = -1
    return Plots(plot, nobody, nobody.copy(), np.zeros(3, np.int64))
