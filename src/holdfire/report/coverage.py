"""How many of the radars that stand would see a small drone, in cells of 25 km, by the physics of the simulation.

The lay-down is made up, and so are its gaps. Cameras, networks of nodes, receivers of broadcasts and what flies are not
counted. Terrain, wind farms, the sea's echo and outages are left out; below 300 m nothing is claimed.
"""

from __future__ import annotations

from math import hypot, pi
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from holdfire.catalogue import load_platform, load_sensor
from holdfire.geo.grid import Grid
from holdfire.geo.horizon import EFFECTIVE_RADIUS_M, horizon_m
from holdfire.messages.aircraft import AIRCRAFT
from holdfire.seed import Key
from holdfire.sense.plotting import chance
from holdfire.sense.prepare import prepare_sensors, scanner_for
from holdfire.units import number
from holdfire.world.platform import platform_records

if TYPE_CHECKING:
    from holdfire.geo.frame import Frame
    from holdfire.scenario.schema import Scenario

    Json = dict[str, Any]

HEIGHTS_M: Final = (300, 1000, 3000)
CELL_M: Final = 25_000
PLATFORM: Final = "gerbera"
"""The drone whose stated cross section and cruise are taken."""
SEEN: Final = 0.5
"""Chance of detection in one look from which a radar counts as seeing the middle of a cell."""
ABOUT_M: Final = 4_000.0
"""About the middle the chance is averaged: fringes of the ground's mirror, a km or two apart, are no gaps."""
_HEADINGS: Final = 8
"""Over which the chance is averaged where a slow echo can drown in the ground's."""


def coverage(scenario: Scenario, frame: Frame, half_m: tuple[float, float]) -> list[Json]:
    """Return, for each height, how many standing radars see the middle of each cell, south row first."""
    standing = [each for each in scenario.sensors if each.lat_deg is not None]
    library = {each.model: load_sensor(each.model) for each in standing}
    sensors = prepare_sensors(standing, library, frame, {}, 0)
    stands = scanner_for(sensors, 0, Key(0, 0, 0)).stand
    drone = load_platform(PLATFORM)
    platform = platform_records([drone])[0]
    target = np.zeros(1, AIRCRAFT)
    target["speed_m_s"] = drone.cruise_m_s.value
    grid = Grid.over(*half_m, CELL_M)
    x_m, y_m = grid.centres()
    radars = [(radar, stand) for radar, stand in zip(sensors.radar, stands, strict=True) if radar["snr_m2"] > 0.0]
    out = []
    for height_m in HEIGHTS_M:
        seen = []
        for north_m in y_m:
            for east_m in x_m:
                target["x_m"], target["y_m"], target["h_m"] = east_m, north_m, height_m
                seen.append(sum(_chance(radar, stand, target[0], platform) >= SEEN for radar, stand in radars))
        label = (
            f"Standing radars, made up, that see a drone of {number(drone.rcs_s_m2.value)} m² and "
            f"{number(drone.cruise_m_s.value)} m/s at {height_m} m"
        )
        out.append(
            {
                "height_m": height_m, "rcs_m2": drone.rcs_s_m2.value, "label": label, "cell_m": CELL_M,
                "columns": grid.nx, "rows": grid.ny, "seen": seen,
            }
        )  # fmt: skip
    return out


def _chance(radar: np.void, stand: np.void, target: np.void, platform: np.void) -> float:
    """Return the chance that a radar detects the drone in one look about where it is, the mean of nine places."""
    x_m, y_m = float(target["x_m"]), float(target["y_m"])
    if hypot(x_m - stand["x_m"], y_m - stand["y_m"]) > radar["reach_m"] + 2 * ABOUT_M:
        return 0.0
    total = 0.0
    for east_m in (-ABOUT_M, 0.0, ABOUT_M):
        for north_m in (-ABOUT_M, 0.0, ABOUT_M):
            target["x_m"], target["y_m"] = x_m + east_m, y_m + north_m
            total += _chance_at(radar, stand, target, platform)
    target["x_m"], target["y_m"] = x_m, y_m
    return total / 9


def _chance_at(radar: np.void, stand: np.void, target: np.void, platform: np.void) -> float:
    """Return the chance at one place, over the drone's headings.

    As `sense.plotting.look_at` has it of a radar that works, on level land without wind farms.
    """
    east_m, north_m = target["x_m"] - stand["x_m"], target["y_m"] - stand["y_m"]
    ground_m = max(hypot(east_m, north_m), 1.0)
    horizon = horizon_m(stand["h_m"], target["h_m"])
    rise = (target["h_m"] - stand["h_m"]) / ground_m - ground_m / (2.0 * EFFECTIVE_RADIUS_M)
    if ground_m >= horizon or ground_m > min(radar["reach_m"], radar["primary_m"]) or rise > radar["tan_top"]:
        return 0.0
    if east_m * stand["ahead_x"] + north_m * stand["ahead_y"] < radar["cos_sector"] * ground_m:
        return 0.0
    total = 0.0
    headings = _HEADINGS if ground_m <= radar["clutter_m"] else 1
    for each in range(headings):
        target["heading_rad"] = 2.0 * pi * each / headings
        total += chance(radar, stand, target, platform, ground_m, horizon)
    return total / headings
