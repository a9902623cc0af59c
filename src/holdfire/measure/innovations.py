"""What plots say of the tracks that took them: squared innovations in units of what the tracker expected (NIS).

No truth is needed. The average is 2, of a place in the plane, where the covariances of tracks and of plots are both
right; see `consistency` for the source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from holdfire.measure.consistency import squared
from holdfire.measure.interval import Ratio, ratio

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.messages.layout import Records

    Numbers = NDArray[np.float64]

OLDEST_S: Final = 1.0
"""A state is carried on no further to a plot: so short a time needs no noise of motion, of 1 m in that time."""


def nis(plot: Records, fed: NDArray[np.int64], states: Records) -> Numbers:
    """Return the squared innovation of each plot; NaN where its track was not confirmed just before.

    Parameters
    ----------
    plot
        `PLOT` records.
    fed
        The number of the track that took each, 0: none.
    states
        `SNAPSHOT` records at the end of every tick, by time; each knows only of plots up to its own time.
    """
    out = np.full(len(plot), np.nan)
    if not len(states):
        return out
    first = float(min(states["time_s"].min(), plot["time_s"].min(initial=np.inf)))
    span = float(states["time_s"].max() - first) + 10.0 * OLDEST_S
    order = np.lexsort((states["time_s"], states["number"]))
    key = states["number"][order] * span + states["time_s"][order] - first
    at = np.searchsorted(key, fed * span + plot["time_s"] - first) - 1
    before = states[order[np.maximum(at, 0)]]
    age_s = plot["time_s"] - before["time_s"]
    rows = np.flatnonzero((at >= 0) & (before["number"] == fed) & (fed > 0) & (age_s > 0) & (age_s <= OLDEST_S))
    here, state, t = plot[rows], before[rows], age_s[rows]
    off = np.stack(
        [here[name] - state[name] - t * state[speed] for name, speed in (("x_m", "vx_m_s"), ("y_m", "vy_m_s"))], axis=1
    )
    p = state["p"]
    spread = [
        p[:, 0] + 2 * t * p[:, 2] + t * t * p[:, 7] + here["var_x_m2"],
        p[:, 1] + t * (p[:, 3] + p[:, 5]) + t * t * p[:, 8] + here["cov_xy_m2"],
        p[:, 4] + 2 * t * p[:, 6] + t * t * p[:, 9] + here["var_y_m2"],
    ]
    out[rows] = squared(off, np.stack(spread, axis=1))
    return out


def average_nis(plot: Records, fed: NDArray[np.int64], states: Records) -> Ratio:
    """Return the average with its interval, by drawing whole tracks anew."""
    found = nis(plot, fed, states)
    known = np.isfinite(found)
    _, of = np.unique(fed[known], return_inverse=True)
    return ratio(np.bincount(of, found[known]), np.bincount(of))
