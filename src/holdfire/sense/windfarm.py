"""Wind farms: rotors that a moving-target filter takes for aircraft, and what they hide.

A radar that sees the blades' tips over the 4/3 Earth is disturbed, any other is not (EUROCONTROL-GUID-0130, edition
1.2, 2014: in the line of sight an assessment is needed, out of it none). Of what those guidelines list for primary
radars three effects are taken: false plots, thresholds raised over the farm, and the shadow behind it. Secondary
radars are left alone. How strong each effect is, the library's `wind-turbines` states.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from holdfire.compiled import kernel
from holdfire.elementary import azimuth
from holdfire.geo.horizon import EFFECTIVE_RADIUS_M, horizon_m
from holdfire.messages.plot import NO_CODE
from holdfire.seed import uniform
from holdfire.sense.plotting import place

if TYPE_CHECKING:
    import numpy as np

    from holdfire.messages.layout import Records
    from holdfire.messages.plot import Plots
    from holdfire.seed import Key
    from holdfire.sense.layout import Sensors


@kernel
def left_by_farms(farms: Records, radar: np.void, stand: np.void, target: np.void) -> float:
    """Return the share of an aircraft's echo that the farms leave: 1.0 away from all that the radar sees.

    Over a farm, and so far beyond it as thresholds are raised, whatever shares the beam with the ground is weakened;
    behind it, whatever lies below the line over the tips.
    """
    east_m, north_m = target["x_m"] - stand["x_m"], target["y_m"] - stand["y_m"]
    away_m = max(math.hypot(east_m, north_m), 1.0)
    ux, uy = east_m / away_m, north_m / away_m
    slope = (target["h_m"] - stand["h_m"]) / away_m - away_m / (2.0 * EFFECTIVE_RADIUS_M)
    left = 1.0
    for each in range(farms.size):
        farm = farms[each]
        fx, fy = farm["x_m"] - stand["x_m"], farm["y_m"] - stand["y_m"]
        along, aside = fx * ux + fy * uy, abs(fx * uy - fy * ux)
        wide_m = farm["radius_m"] + farm["raised_m"]
        if aside >= wide_m or math.hypot(fx, fy) >= horizon_m(stand["h_m"], farm["tip_m"]):
            continue
        half_m = math.sqrt(wide_m * wide_m - aside * aside)
        if along - half_m <= away_m <= along + half_m:
            left *= farm["over"] if slope <= radar["tan_clutter"] else 1.0
        elif 0.0 < along < away_m and aside < farm["radius_m"]:
            over_tips = (farm["tip_m"] - stand["h_m"]) / along - along / (2.0 * EFFECTIVE_RADIUS_M)
            left *= farm["behind"] if slope <= over_tips else 1.0
    return left


@kernel
def passes(radar: np.void, stand: np.void, east_m: float, north_m: float, tick: int, dt_s: float) -> bool:
    """Whether a look falls on a direction in a tick: when the beam passes it, or once a period if it is steered."""
    period_s, offset_s = radar["period_s"], stand["phase_s"]
    if radar["rotates"] == 1:
        offset_s += azimuth(east_m, north_m) / (2.0 * math.pi) * period_s
    now_s = tick * dt_s - offset_s
    return bool(math.floor(now_s / period_s) > math.floor((now_s - dt_s) / period_s))


@kernel
def blades(  # noqa: C901, PLR0913
    sensors: Sensors, radar: np.void, stand: np.void, sensor: int, tick: int, key: Key, plots: Plots, n: int
) -> int:
    """Write the plots that rotors give a radar in a tick behind the first `n`; return their count, -1: no room."""
    if radar["snr_m2"] <= 0.0:
        return n
    for each in range(sensors.farms.size):
        farm = sensors.farms[each]
        east_m, north_m = farm["x_m"] - stand["x_m"], farm["y_m"] - stand["y_m"]
        away_m = math.hypot(east_m, north_m)
        if away_m >= min(horizon_m(stand["h_m"], farm["tip_m"]), radar["primary_m"]):
            continue
        if east_m * stand["ahead_x"] + north_m * stand["ahead_y"] < radar["cos_sector"] * away_m:
            continue
        if not passes(radar, stand, east_m, north_m, tick, sensors.dt_s):
            continue
        asked = away_m <= radar["secondary_m"]
        heard = asked and away_m < 0.0  # by no rotor
        for k in range(farm["turbine"], farm["turbine_end"]):
            rotor, own, draw = sensors.turbines[k], radar["stream"], stand["draw"]
            if uniform(key.seed, key.branch, tick, rotor["entity"], own, draw, key.replication) >= farm["chance"]:
                continue
            if n >= plots.plot.size:
                return -1
            out = plots.plot[n]
            out["sensor"], out["kinds"], out["asked"] = sensor, 1, 1 if asked else 0
            out["iff"] = 2 if asked and radar["military"] == 1 else 0
            out["mode_a"], out["address"], out["time_s"] = NO_CODE, 0, tick * sensors.dt_s
            place(radar, stand, rotor, tick, key, heard, out)
            plots.origin[n], plots.fed[n] = -1, -1
            n += 1
    return n
