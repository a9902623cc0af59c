"""What goes with the wind: a balloon's way from where it is let go to the height at which it floats, and on.

It climbs at its own rate, and its velocity over ground is that of the air around it, in steps of a few hundred metres,
each with the wind of its middle. That is how pilot balloons measure the wind (WMO-No. 8, Guide to Instruments and
Methods of Observation, upper wind).
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Final

import numpy as np

from holdfire.units import HOUR_S
from holdfire.world.flight import FIELD_M
from holdfire.world.wind import wind_tonight

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.messages.layout import Records
    from holdfire.seed import Key
    from holdfire.world.layout import WorldPlan

_STEP_M: Final = 400.0
_AFLOAT_S: Final = 60 * HOUR_S  # longer than any endurance
_LEAST_M_S: Final = 1.0  # air is never quite still: slower, no leg would have a length (assumed)
_ORDINALS: Final = 0xFFFF  # of a name


def most_legs(height_m: float) -> int:
    """Return how many waypoints a balloon has that floats at a height."""
    return max(1, ceil((height_m - FIELD_M) / _STEP_M)) + 1


def drift(plan: WorldPlan, key: Key, aircraft: Records, waypoints: Records) -> None:
    """Lay the ways of all aircraft of groups that drift, which `add_groups` has written, and put them on the ground."""
    for group, pattern in zip(plan.groups, plan.patterns, strict=False):
        mine = np.flatnonzero(aircraft["entity"] & ~_ORDINALS == pattern["entity"]) if group["drifts"] else ()
        for place in mine:
            record = aircraft[place]
            climb_m_s = float(plan.platforms[record["platform"]]["climb_max_m_s"])
            way = _way(plan.wind, float(record["h_m"]), climb_m_s, key)
            way[:, :2] += record["x_m"], record["y_m"]
            record["leg_end"] = record["leg"] + len(way)
            for point, stop in zip(waypoints[record["leg"] : record["leg_end"]], way, strict=True):
                point["x_m"], point["y_m"], point["h_m"], point["speed_m_s"] = stop
            east_m, north_m = way[0, 0] - record["x_m"], way[0, 1] - record["y_m"]
            record["heading_rad"] = np.arctan2(east_m, north_m) % (2 * np.pi)
            record["h_m"], record["speed_m_s"] = FIELD_M, way[0, 3]


def _way(layers: Records, top_m: float, climb_m_s: float, key: Key) -> NDArray[np.float64]:
    """Return rows of east, north, height and the speed to there, from where it is let go."""
    steps = most_legs(top_m) - 1
    heights_m = np.linspace(FIELD_M, max(top_m, FIELD_M), steps + 1)
    middles_m = np.append((heights_m[:-1] + heights_m[1:]) / 2, top_m)
    wind = wind_tonight(layers, middles_m, key)
    speed = np.maximum(np.hypot(wind[:, 0], wind[:, 1]), _LEAST_M_S)
    to_rad = np.arctan2(wind[:, 0], wind[:, 1])
    wind = speed[:, None] * np.stack([np.sin(to_rad), np.cos(to_rad)], axis=1)
    taken_s = np.append(np.diff(heights_m) / climb_m_s, _AFLOAT_S)
    along = np.cumsum(wind * taken_s[:, None], axis=0)
    return np.column_stack([along, np.append(heights_m[1:], top_m), speed])
