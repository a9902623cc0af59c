"""Where own aircraft fly: each has two waypoints of its own, one to steer by and its base."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from holdfire.compiled import kernel
from holdfire.messages.aircraft import Arrival, Status
from holdfire.respond.book import expected
from holdfire.respond.conduct_schema import RANGES
from holdfire.respond.names import tonight
from holdfire.respond.reach import meeting_s, steer

if TYPE_CHECKING:
    import numpy as np

    from holdfire.messages.layout import Records
    from holdfire.respond.means import Means
    from holdfire.seed import Key

_FLYING, _HOLD, _LAND = int(Status.FLYING), int(Arrival.HOLD), int(Arrival.LAND)
_TRANSIT_SPEED, _SEARCH_RADIUS = RANGES.index("transit_m_s"), RANGES.index("search_km")
LOW_M = 300.0
"""Own crews go no lower, beside what they found or in search of it (assumed)."""
UNKNOWN_M = 2000.0
"""Height at which a track without one is sought (assumed)."""
CLOSE_M = 1500.0
"""Nearer than this a faster crew flies on past what it found, and turns back behind it (assumed)."""
SLOW_S = 40.0
"""A crew slows down to be at most so long from where it is going (assumed)."""
THROUGH_S = 65.0
"""How far behind it a crew aims, in flying time: beyond where the world begins to circle about a point (60 s)."""


@kernel
def take_off(mine: np.void, unit: np.void, one: np.void, waypoints: Records) -> None:
    """Take off for the station, or be there: one that starts on station is set down on its circle at first."""
    mine["status"], mine["arrival"] = _FLYING, _HOLD
    if unit["starts"] == 0 or one["sorties"] > 0:
        mine["x_m"], mine["y_m"], mine["h_m"] = unit["home_x_m"], unit["home_y_m"], unit["home_h_m"]
        mine["speed_m_s"] = unit["slowest_m_s"]
    to_station(mine, unit, one, waypoints)


@kernel
def to_station(mine: np.void, unit: np.void, one: np.void, waypoints: Records) -> None:
    """Fly to the orbit and around it, clockwise, aiming so far along the circle that the world need not circle."""
    mine["leg"], mine["leg_end"] = one["home_leg"], one["home_leg"] + 1
    x_m, y_m, radius_m, cruise_m_s = unit["orbit_x_m"], unit["orbit_y_m"], unit["orbit_r_m"], unit["cruise_m_s"]
    if radius_m > 0.0:
        bearing = math.atan2(mine["x_m"] - x_m, mine["y_m"] - y_m)
        bearing += min(THROUGH_S * cruise_m_s / radius_m, 1.5)
        x_m, y_m = x_m + radius_m * math.sin(bearing), y_m + radius_m * math.cos(bearing)
    steer(waypoints[one["home_leg"]], x_m, y_m, unit["orbit_h_m"], cruise_m_s)


@kernel
def fly_home(mine: np.void, one: np.void) -> None:
    """Fly to the base and land."""
    mine["leg"], mine["leg_end"], mine["arrival"] = one["home_leg"] + 1, one["home_leg"] + 2, _LAND


@kernel
def to_track(  # noqa: PLR0913
    means: Means,
    mine: np.void,
    unit: np.void,
    one: np.void,
    track: np.void,
    waypoints: Records,
    time_s: float,
    key: Key,
) -> bool:
    """Fly to meet a track, and about where it should be once there; say whether it is near enough to search."""
    conduct = means.conduct[0]
    night = conduct["entity"]
    speed_m_s = min(tonight(conduct["transit_m_s"], _TRANSIT_SPEED, night, key), unit["fastest_m_s"])
    x_m, y_m = expected(track, time_s)
    vx_m_s, vy_m_s = track["vx_m_s"], track["vy_m_s"]
    dx_m, dy_m = x_m - mine["x_m"], y_m - mine["y_m"]
    far_m = math.hypot(dx_m, dy_m)
    near = far_m <= tonight(conduct["search_m"], _SEARCH_RADIUS, night, key)
    ahead_s = 0.0 if near else meeting_s(dx_m, dy_m, vx_m_s, vy_m_s, speed_m_s)
    if near:
        speed_m_s = max(unit["slowest_m_s"], min(speed_m_s, max(1.5 * math.hypot(vx_m_s, vy_m_s), far_m / SLOW_S)))
    h_m = max(LOW_M, track["h_m"]) if track["h_m"] == track["h_m"] else UNKNOWN_M
    mine["leg"], mine["leg_end"] = one["home_leg"], one["home_leg"] + 1
    steer(waypoints[one["home_leg"]], x_m + vx_m_s * ahead_s, y_m + vy_m_s * ahead_s, h_m, speed_m_s)
    return near


@kernel
def stay_beside(mine: np.void, truth: np.void, unit: np.void, waypoint: np.void) -> None:
    """Keep with what was found.

    One that is fast enough is followed: the crew flies its course, faster the further it is behind. A slower
    one is flown past again and again, each time aimed through where the two meet.
    """
    vx_m_s = truth["speed_m_s"] * math.sin(truth["heading_rad"])
    vy_m_s = truth["speed_m_s"] * math.cos(truth["heading_rad"])
    dx_m, dy_m = truth["x_m"] - mine["x_m"], truth["y_m"] - mine["y_m"]
    h_m, speed_m_s = max(LOW_M, truth["h_m"]), truth["speed_m_s"]
    if speed_m_s >= unit["slowest_m_s"]:
        behind_m = (dx_m * vx_m_s + dy_m * vy_m_s) / speed_m_s
        wanted_m_s = min(max(speed_m_s + behind_m / SLOW_S, unit["slowest_m_s"]), unit["fastest_m_s"])
        ahead_s = THROUGH_S * max(1.0, wanted_m_s / speed_m_s)
        steer(waypoint, truth["x_m"] + vx_m_s * ahead_s, truth["y_m"] + vy_m_s * ahead_s, h_m, wanted_m_s)
        return
    far_m = math.hypot(dx_m, dy_m)
    if far_m > CLOSE_M:
        wanted_m_s = max(unit["slowest_m_s"], min(unit["fastest_m_s"], far_m / SLOW_S))
        met_s = meeting_s(dx_m, dy_m, vx_m_s, vy_m_s, wanted_m_s)
        ex_m, ey_m = dx_m + vx_m_s * met_s, dy_m + vy_m_s * met_s
        on = 1.0 + THROUGH_S * wanted_m_s / max(math.hypot(ex_m, ey_m), 1.0)
        steer(waypoint, mine["x_m"] + on * ex_m, mine["y_m"] + on * ey_m, h_m, wanted_m_s)
