"""Reports of lights: late and rough as those of aircraft (`sense.telephone`), of something that is none.

When they arrive is drawn before the night, since nothing in it bears on them. Nobody who takes a report can tell it
from one of an aircraft: the plot is the same.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from holdfire.compiled import kernel
from holdfire.seed import Kind, Stage, entity, normal_pair, stream
from holdfire.sense.acoustic import place_report
from holdfire.sense.light_layout import LightReports, no_lights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from holdfire.messages.layout import Records
    from holdfire.messages.plot import Plots
    from holdfire.seed import Key
    from holdfire.sense.layout import Sensors

_DELAY, _PLACE = 56, 57  # draws
_STREAM: Final = stream(Stage.SENSE)


def reports_of(notices: Records, seen_by: Sequence[int], sensors: Sensors, key: Key) -> LightReports:
    """Return what becomes of a night's `NOTICE` records; `seen_by` has the place of each light's sensor."""
    if not notices.size:
        return no_lights()
    rows = []
    for each, notice in enumerate(notices):
        place = seen_by[int(notice["line"])]
        field, name = sensors.fields.row[place], entity(Kind.AREA, 0, each)
        late, _ = normal_pair(key.seed, key.branch, 0, name, _STREAM, _DELAY, key.replication)
        east, north = normal_pair(key.seed, key.branch, 0, name, _STREAM, _PLACE, key.replication)
        late_s = float(field["delay_s"] * math.exp(field["delay_spread"] * late))
        tick = int(notice["time_s"] / sensors.dt_s) + max(int(late_s / sensors.dt_s), 1)
        sd_m, lag_m = field["sd_m"], late_s * field["lag_speed_m_s"]
        x_m, y_m = notice["x_m"] + sd_m * east, notice["y_m"] + sd_m * north
        rows.append((tick, place, x_m, y_m, sd_m * sd_m + lag_m * lag_m))
    rows.sort(key=lambda row: row[0])
    ticks, places = (np.array([row[column] for row in rows], np.int64) for column in (0, 1))
    return LightReports(ticks, places, np.array([row[2:] for row in rows]))


@kernel
def lit(lights: LightReports, radars: Records, tick: int, time_s: float, plots: Plots, n: int) -> int:
    """Write the reports that arrive in a tick behind `n` plots; return how many plots there are, -1: no room."""
    at = np.searchsorted(lights.tick, tick)
    while at < lights.tick.size and lights.tick[at] == tick:
        if n >= plots.plot.size:
            return -1
        s, variance = lights.sensor[at], lights.place[at, 2]
        place_report(
            radars[s]["kinds"], time_s, lights.place[at, 0], lights.place[at, 1], variance, 0.0, variance, plots.plot[n]
        )
        plots.plot[n]["sensor"], plots.origin[n], plots.fed[n] = s, -1, -1
        n += 1
        at += 1
    return n
