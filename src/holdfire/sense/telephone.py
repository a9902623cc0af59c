"""What people who hear or see something low report by telephone, late and roughly.

Sound is that of `sense.acoustic`, for ears; by day an aircraft is seen above a stated angle. Everybody who notices may
call, so that the first call is a Poisson event in the residents below, the share of them awake and the chance that one
calls. A report comes after a delay (lognormal) and says where the aircraft was when it was noticed. As no track takes a
plot that is minutes old, it is plotted when it arrives, and its error allows for the way flown since. While a report of
an aircraft is on its way there is no other of it: further calls of the same are one report to whoever takes them.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from holdfire.compiled import kernel
from holdfire.messages.vocabulary import CLASSES
from holdfire.seed import Key, normal_pair, uniform
from holdfire.sense.acoustic import clears, earshot_m, level_db, place_report, span
from holdfire.sense.field_layout import CHANCE, DELAY, HOURS, PLACE
from holdfire.units import HOUR_S

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from holdfire.sense.field_layout import Fields

_CIVIL, _OURS = CLASSES.index("civil"), CLASSES.index("own-or-allied-military")
_X, _Y, _SINCE_S, _ARRIVES = 0, 1, 2, 3


@kernel
def noticing(fields: Fields, field: np.void, target: np.void, platform: np.void) -> float:
    """Return how many residents an aircraft would be noticed by if all were awake and outdoors."""
    source_db, absorbs, x_m, y_m = platform["noise_db"], field["absorption_db_m"], target["x_m"], target["y_m"]
    seen_m = platform["size_m"] / field["sees_rad"]
    reach_m = max(earshot_m(source_db, field["least_db"] - 2.0 * field["spread_db"], absorbs), seen_m)
    left, right = span(x_m, reach_m, field["west_m"], field["cell_m"], field["columns"])
    low, high = span(y_m, reach_m, field["south_m"], field["cell_m"], field["rows"])
    count = 0.0
    for row in range(low, high):
        for column in range(left, right):
            east_m = field["west_m"] + (column + 0.5) * field["cell_m"] - x_m
            north_m = field["south_m"] + (row + 0.5) * field["cell_m"] - y_m
            slant_m = math.sqrt(east_m * east_m + north_m * north_m + target["h_m"] * target["h_m"])
            hears = clears(level_db(source_db, slant_m, absorbs) - field["least_db"], field["spread_db"])
            count += fields.people[field["first"], row, column] * (1.0 if slant_m <= seen_m else hears)
    return count


@kernel
def call(  # noqa: PLR0913
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
    """Write the report of one aircraft that arrives now and return 1; else let somebody notice it, and return 0.

    `calls[place]` is the place and time of what was noticed, and the tick at which it arrives; `due[place]`
    becomes that tick.
    """
    entity, own, time_s, waiting = target["entity"], radar["stream"], tick * dt_s, calls[place]
    if waiting[_ARRIVES] == tick:
        late_s = time_s - waiting[_SINCE_S]
        lag_m, sd_m = late_s * field["lag_speed_m_s"], field["sd_m"]
        east, north = normal_pair(key.seed, key.branch, tick, entity, own, PLACE, key.replication)
        variance = sd_m * sd_m + lag_m * lag_m
        x_m, y_m = waiting[_X] + sd_m * east, waiting[_Y] + sd_m * north
        place_report(radar["kinds"], time_s, x_m, y_m, variance, 0.0, variance, out)
        return 1
    awake = fields.awake[field["first"], min(int(time_s / HOUR_S), HOURS - 1)]
    strange = field["familiar"] if platform["look"] == _CIVIL or platform["look"] == _OURS else 1.0
    mean = noticing(fields, field, target, platform) * awake * field["calls"] * strange
    if uniform(key.seed, key.branch, tick, entity, own, CHANCE, key.replication) < 1.0 - math.exp(-mean):
        deviate, _ = normal_pair(key.seed, key.branch, tick, entity, own, DELAY, key.replication)
        late_s = field["delay_s"] * math.exp(field["delay_spread"] * deviate)
        arrives = tick + max(int(late_s / dt_s), 1)
        waiting[_X], waiting[_Y], waiting[_SINCE_S], waiting[_ARRIVES] = target["x_m"], target["y_m"], time_s, arrives
        due[place] = arrives
    return 0
