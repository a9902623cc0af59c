"""What a plot says of the track that took it: the squared innovation in units of what was expected (NIS).

It is computed while tracking, from what was believed at the end of the tick before, so that no more of that is kept.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from holdfire.compiled import kernel
from holdfire.track.filter import distance

if TYPE_CHECKING:
    import numpy as np

OLDEST_S: Final = 1.0
"""A state is carried on no further to a plot: so short a time needs no noise of motion, of 1 m in that time."""


@kernel
def innovation(state: np.void, number: int, plot: np.void) -> float:
    """Return the squared innovation of a plot that the track of a number took, by a `SNAPSHOT` from before it.

    NaN where the snapshot is of another track, or older than `OLDEST_S`.
    """
    t = plot["time_s"] - state["time_s"]
    if state["number"] != number or t <= 0.0 or t > OLDEST_S:
        return math.nan
    dx_m = plot["x_m"] - state["x_m"] - t * state["vx_m_s"]
    dy_m = plot["y_m"] - state["y_m"] - t * state["vy_m_s"]
    squared, _ = distance(state, plot, t, dx_m, dy_m, 0.0)
    return squared
