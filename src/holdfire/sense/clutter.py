"""False plots: what a radar reports where nothing flies.

Their count in a tick is Poisson. A turning beam has them where it passes, one cell a tick; elsewhere they
lie anywhere in the sector. They are evenly spread over the area in which they are stated to lie.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from holdfire.compiled import kernel
from holdfire.messages.plot import NO_CODE
from holdfire.seed import Key, block, uniform
from holdfire.sense.plotting import share

if TYPE_CHECKING:
    import numpy as np

_COUNT, _FIRST, _MOST = 3, 4, 12  # draws: the count, then one for each
_TOP_M = 3000.0  # height below which false plots of a radar that measures it lie; assumed


@kernel
def count_false(radar: np.void, stand: np.void, tick: int, key: Key) -> int:
    """Draw how many false plots a tick has, by inversion; beyond 12 they are left out."""
    if radar["false_mean"] <= 0.0:
        return 0
    entity = radar["cell"] + tick % radar["cells"]
    left = uniform(key.seed, key.branch, tick, entity, radar["stream"], stand["draw"] + _COUNT, key.replication)
    count, term = 0, radar["no_false"]
    while left >= term and count < _MOST:
        left -= term
        count += 1
        term *= radar["false_mean"] / count
    return count


@kernel
def false_plot(radar: np.void, stand: np.void, each: int, tick: int, dt_s: float, key: Key, out: np.void) -> None:  # noqa: PLR0913
    """Write one false plot."""
    entity, draw = radar["cell"] + tick % radar["cells"], stand["draw"] + _FIRST + each
    w0, w1, w2, _ = block(key.seed, key.branch, tick, entity, radar["stream"], draw, key.replication)
    range_m = max(radar["false_m"] * math.sqrt(share(w0)), 1.0)
    if radar["rotates"] == 1:
        azimuth = 2.0 * math.pi * (((tick - share(w1)) * dt_s - stand["phase_s"]) / radar["period_s"] % 1.0)
    else:
        azimuth = math.atan2(stand["ahead_x"], stand["ahead_y"]) + radar["sector_rad"] * (2.0 * share(w1) - 1.0)
    ux, uy = math.sin(azimuth), math.cos(azimuth)
    along, across = radar["range_sd_m"] * radar["range_sd_m"], range_m * radar["azimuth_sd_rad"]
    across *= across
    asked = range_m <= radar["secondary_m"]
    out["kinds"], out["asked"] = 1, 1 if asked else 0
    out["iff"] = 2 if asked and radar["military"] == 1 else 0
    out["mode_a"], out["address"], out["time_s"] = NO_CODE, 0, tick * dt_s
    out["x_m"], out["y_m"] = stand["x_m"] + range_m * ux, stand["y_m"] + range_m * uy
    out["var_x_m2"] = ux * ux * along + uy * uy * across
    out["var_y_m2"] = uy * uy * along + ux * ux * across
    out["cov_xy_m2"] = ux * uy * (along - across)
    out["h_m"], out["var_h_m2"] = math.nan, math.nan
    if radar["elevation_sd_rad"] > 0.0:
        sd_m = range_m * radar["elevation_sd_rad"]
        out["h_m"], out["var_h_m2"] = _TOP_M * share(w2), sd_m * sd_m
