"""One look of a sensor that is spread over ground, and what such a sensor reports where nothing flies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from holdfire.compiled import kernel
from holdfire.seed import Key, block
from holdfire.sense.acoustic import hear, place_report
from holdfire.sense.field_layout import Way
from holdfire.sense.plotting import share
from holdfire.sense.rf import intercept
from holdfire.sense.telephone import call

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.sense.field_layout import Fields

_ACOUSTIC, _RF = int(Way.ACOUSTIC), int(Way.RF)
_FIRST = 4  # draw, as in `sense.clutter`


@kernel
def perceive(  # noqa: PLR0913
    fields: Fields,
    field: np.void,
    radar: np.void,
    calls: NDArray[np.float64],
    due: NDArray[np.int64],
    place: int,
    target: np.void,
    platform: np.void,
    tick: int,
    dt_s: float,
    key: Key,
    out: np.void,
) -> int:
    """Look once at the aircraft at a place; write the plot if there is one, and return the number of reports, 0 or 1.

    `radar` is the sensor's own record; `calls` and `due` are those of the scanner.
    """
    if field["way"] == _ACOUSTIC:
        return hear(fields, field, radar, target, platform["noise_db"], tick, tick * dt_s, key, out)
    if field["way"] == _RF:
        return intercept(fields, field, radar, target, platform, tick, tick * dt_s, key, out)
    waiting = calls[field["first"]]
    return call(fields, field, radar, waiting, due, place, target, platform, tick, dt_s, key, out)


@kernel
def false_report(  # noqa: PLR0913
    fields: Fields, field: np.void, radar: np.void, each: int, tick: int, dt_s: float, key: Key, out: np.void
) -> None:
    """Write one false plot: about a node, or where people live, anywhere in its cell."""
    entity, draw = radar["cell"] + tick % radar["cells"], _FIRST + each
    w0, w1, w2, _ = block(key.seed, key.branch, tick, entity, radar["stream"], draw, key.replication)
    first, count = field["false_first"], field["false_count"]
    at = first + np.searchsorted(fields.false_share[first : first + count], share(w0), side="right")
    x_m = fields.false_at[at, 0] + (share(w1) - 0.5) * field["cell_m"]
    y_m = fields.false_at[at, 1] + (share(w2) - 0.5) * field["cell_m"]
    variance = field["false_sd_m"] * field["false_sd_m"]
    place_report(radar["kinds"], tick * dt_s, x_m, y_m, variance, 0.0, variance, out)
