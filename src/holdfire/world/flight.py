"""One civil flight: the stations of its way over the area, with heights, speeds and times."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from holdfire.compiled import kernel
from holdfire.seed import normal_pair
from holdfire.units import M_PER_FT
from holdfire.world.draws import ASIDE, HEIGHT, ONCE, PATH, SPEED, STREAM, between, share

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from holdfire.messages.layout import Records
    from holdfire.seed import Key

X, Y, H, SPEED_TO, TIME_AT, _ALONG = range(6)
STATIONS = 12
"""Most stations of a flight, of which the first is where it enters or takes off."""
COLUMNS = 6
FIELD_M = 100.0
"""Height of every airfield (assumed: European lowland; an airport's own is not asked for)."""
_LEVEL_M = 1000.0 * M_PER_FT
_TERMINAL_SPEED = 0.75  # of cruise, while climbing or descending (assumed)
_APART_M = 1000.0  # stations nearer to the ends are left out


@kernel
def fly(  # noqa: PLR0915
    source: np.void, paths: Records, entity: int, key: Key, out: NDArray[np.float64]
) -> int:
    """Write a flight's stations, from where it is first over the area; return their count.

    Along the path by s, from a field at 0 to one at its length L: height is the least of cruise, FIELD + g s
    and FIELD + g (L - s), with the gradient g; the way aside is a sum of the first two sines over L, so that it
    is none at both fields and a path between airports is a smooth one, as great circles with detours are.
    Cruise is a thousand feet by course (odd eastbound, even westbound: ICAO Annex 2, appendix 3).
    """
    last = source["path_end"] - source["path"]
    path = paths[source["path"] + int(share(key, entity, PATH) * last)]
    length, enter, leave = path["length_m"], path["enter_m"], path["exit_m"]
    gradient, cruise_m_s = source["gradient"], between(key, entity, SPEED, source["speed_m_s"])
    cruise = min(between(key, entity, HEIGHT, source["height_m"]), FIELD_M + 0.45 * length * gradient)
    if source["levels"] == 1:
        level = int(cruise / _LEVEL_M)
        level -= (level % 2 == 1) != (path["east"] >= 0.0)
        cruise = max(FIELD_M, level * _LEVEL_M)
    top, down = (cruise - FIELD_M) / gradient, length - (cruise - FIELD_M) / gradient
    slow_m_s = max(_TERMINAL_SPEED * cruise_m_s, source["slowest_m_s"])
    first, second = normal_pair(key.seed, key.branch, ONCE, entity, STREAM, ASIDE, key.replication)

    count, bends = 1, source["bends"]
    out[0, _ALONG] = enter
    for k in range(bends):
        out[count, _ALONG] = enter + (k + 1) / (bends + 1) * (leave - enter)
        count += 1
    for s in (top, down):
        if enter + _APART_M < s < leave - _APART_M:
            k = count
            while out[k - 1, _ALONG] > s:
                out[k, _ALONG] = out[k - 1, _ALONG]
                k -= 1
            out[k, _ALONG] = s
            count += 1
    out[count, _ALONG] = leave
    count += 1

    for k in range(count):
        s = out[k, _ALONG]
        u = math.pi * s / length
        aside = source["bend"] * length * (first * math.sin(u) + 0.5 * second * math.sin(2.0 * u))
        out[k, X] = path["x_m"] + path["east"] * s + path["north"] * aside
        out[k, Y] = path["y_m"] + path["north"] * s - path["east"] * aside
        out[k, H] = min(cruise, FIELD_M + gradient * min(s, length - s))
        out[k, SPEED_TO] = slow_m_s if s <= top or s > down else cruise_m_s
        if k == 0:
            out[k, TIME_AT] = 0.0
        else:
            leg = math.hypot(out[k, X] - out[k - 1, X], out[k, Y] - out[k - 1, Y])
            out[k, TIME_AT] = out[k - 1, TIME_AT] + leg / out[k, SPEED_TO]
    return count


@kernel
def stays(  # noqa: PLR0913
    sources: Records,
    each: int,
    paths: Records,
    name: int,
    key: Key,
    scratch: NDArray[np.float64],
    out: NDArray[np.float64],
) -> None:
    """Write how long each of as many flights of one source stays over the area as `out` has places."""
    for ordinal in range(out.size):
        count = fly(sources[each], paths, name + ordinal, key, scratch)
        out[ordinal] = scratch[count - 1, TIME_AT]
