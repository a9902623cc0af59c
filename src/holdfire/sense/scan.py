"""One tick of every sensor: from the truth to plots."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from holdfire.compiled import kernel
from holdfire.sense.clutter import count_false, false_plot
from holdfire.sense.field import false_report, perceive
from holdfire.sense.field_layout import Way
from holdfire.sense.imager import image, turned_to
from holdfire.sense.interference import disturb, ghosts_heard
from holdfire.sense.lights import lit
from holdfire.sense.mask import hidden
from holdfire.sense.plotting import look_at
from holdfire.sense.surface import surround
from holdfire.sense.turn import next_look, works
from holdfire.sense.windfarm import blades

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from holdfire.messages.aircraft import World
    from holdfire.messages.plot import Plots
    from holdfire.seed import Key
    from holdfire.sense.layout import Scanner, Sensors

_RADAR = int(Way.RADAR)
_CLOSING_M_S = 1500.0  # faster than any two aircraft of the library close; assumed


@kernel
def scan(sensors: Sensors, scanner: Scanner, world: World, tick: int, key: Key, plots: Plots) -> None:  # noqa: C901, PLR0912, PLR0915
    """Write the plots of a tick, and add to the counts of plots and reports so far.

    A report is one primary detection, one secondary reply or one broadcast; a combined plot holds two. If there is
    no room for one more plot than there is, `plots.counts[0]` becomes -1 and nothing is written beyond the end.
    """
    radars, dt_s, fields = sensors.radar, sensors.dt_s, sensors.fields
    aircraft, platforms, active, n_active = world.aircraft, world.platforms, world.active, world.counts[0]
    plot, origin, fed, room = plots.plot, plots.origin, plots.fed, plots.plot.size
    time_s = tick * dt_s
    imagers, behind, ways = sensors.imagers, sensors.screen.of, fields.row
    rough = sensors.farms.size > 0 or sensors.sea_state >= 0.0  # else `stand` says it for the whole night
    farms, zones, ghosts = sensors.farms.size, sensors.interference.zone.size, sensors.interference.ghost.size
    n, reports = 0, 0
    for last in range(max(plots.counts[0], 0)):  # nothing is recognised but by a camera, which says so
        plot[last]["visual_class"], plot[last]["visual_load"] = -1, -1
    for s in range(radars.size):
        radar, stand, due = radars[s], scanner.stand[s], scanner.due[s]
        if not works(radar, stand, scanner.outages[s], aircraft, time_s):
            continue
        field = ways[s]
        if imagers[s]["dwell_ticks"] > 0:
            a = turned_to(sensors, scanner, s, world, tick)
            if a < 0:
                continue
            if n >= room:
                plots.counts[0] = -1
                return
            due[a] = tick
            if image(sensors, s, stand, aircraft[a], platforms[aircraft[a]["platform"]], tick, key, plot[n]):
                plot[n]["sensor"], origin[n], fed[n] = s, a, -1
                n += 1
                reports += 1
            continue
        screened = behind[s] >= 0
        carrier, x_m, y_m, reach_m = radar["carrier"], stand["x_m"], stand["y_m"], radar["reach_m"]
        for i in range(list_due(due, active, n_active, tick, scanner.listed)):
            a = scanner.listed[i]
            if a == carrier:
                continue
            target, arranged = aircraft[a], due[a]
            east_m, north_m = target["x_m"] - x_m, target["y_m"] - y_m
            square = east_m * east_m + north_m * north_m
            far = square > reach_m * reach_m
            wait_s = (math.sqrt(square) - reach_m) / _CLOSING_M_S if far else 0.0
            late = 1 if arranged < tick else 0
            due[a] = next_look(radar, stand, target, tick, late, wait_s, dt_s, key)
            if far or late == 1 or (screened and hidden(sensors.screen, s, target)):
                continue
            if n >= room:
                plots.counts[0] = -1
                return
            platform = platforms[target["platform"]]
            if field["way"] == _RADAR:
                if rough:
                    surround(sensors, radar, stand, target)
                found = look_at(radar, stand, target, platform, tick, time_s, key, plot[n])
                if zones > 0 and found > 0 and radar["position_sd_m"] > 0.0:
                    found = disturb(sensors.interference, radar, target, tick, time_s, key, plot[n])
            else:
                found = perceive(
                    fields, field, radar, scanner.calls, due, a, target, platform, tick, dt_s, key, plot[n]
                )
            if found > 0:
                plot[n]["sensor"], origin[n], fed[n] = s, a, -1
                n += 1
                reports += found
        for each in range(count_false(radar, stand, tick, key)):
            if n >= room:
                plots.counts[0] = -1
                return
            if field["way"] == _RADAR:
                false_plot(radar, stand, each, tick, dt_s, key, plot[n])
            else:
                false_report(fields, field, radar, each, tick, dt_s, key, plot[n])
            plot[n]["sensor"], origin[n], fed[n] = s, -1, -1
            n += 1
            reports += 1
        if farms > 0:
            more = blades(sensors, radar, stand, s, tick, key, plots, n)
            if more < 0:
                plots.counts[0] = -1
                return
            reports += more - n
            n = more
        if ghosts > 0 and radar["position_sd_m"] > 0.0:
            heard = ghosts_heard(sensors.interference, radar, stand, s, tick, time_s, key, plots, n)
            if heard < 0:
                plots.counts[0] = -1
                return
            n += heard
            reports += heard
    if scanner.lights.tick.size > 0:
        more = lit(scanner.lights, radars, tick, time_s, plots, n)
        if more < 0:
            plots.counts[0] = -1
            return
        reports += more - n
        n = more
    plots.counts[0] = n
    plots.counts[1] += n
    plots.counts[2] += reports


@kernel
def list_due(
    due: NDArray[np.int64], active: NDArray[np.int64], n_active: int, tick: int, listed: NDArray[np.int64]
) -> int:
    """List the flying aircraft that a sensor looks at by now; return how many. Without a branch: few are due."""
    n = 0
    for i in range(n_active):
        a = active[i]
        listed[n] = a
        n += due[a] <= tick
    return n
