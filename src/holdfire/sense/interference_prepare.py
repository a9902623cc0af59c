"""From the section `interference` to arrays."""

from __future__ import annotations

from math import hypot, inf
from typing import TYPE_CHECKING, Final

import numpy as np

from holdfire.errors import CapacityError
from holdfire.geo.grid import Grid
from holdfire.seed import Kind, entity
from holdfire.sense.interference import GHOST, MOST_ZONES, ZONE, Interference
from holdfire.sense.patch import PatchModel, inside, shape_of
from holdfire.units import HOUR_S, KM_M, MINUTE_S

if TYPE_CHECKING:
    from collections.abc import Sequence

    from holdfire.geo.frame import Frame
    from holdfire.messages.layout import Records
    from holdfire.sense.interference_schema import InterferenceModel
    from holdfire.sense.layout import Sensors

CELL_M: Final = 2000.0
"""Side of a cell in which a place is disturbed or not."""
FIRST_ADDRESS: Final = 0xFE0001
"""Addresses of ghosts count from here, away from those of the world's aircraft (assumed)."""


def with_interference(
    sensors: Sensors, section: Sequence[InterferenceModel], frame: Frame, half_m: tuple[float, float]
) -> Sensors:
    """Return the sensors with what is done to broadcasts; raises `CapacityError` where zones are too many."""
    zones = [each for each in section if each.kind != "ghosts"]
    if not section:
        return sensors
    if len(zones) > MOST_ZONES:
        message = f"{len(zones)} entries of interference jam or displace: there is room for {MOST_ZONES}, so join some"
        raise CapacityError(message)
    grid = Grid.over(*half_m, CELL_M)
    bits = np.zeros((grid.ny, grid.nx), np.int64)
    zone = np.zeros(len(zones), ZONE)
    for bit, (record, each) in enumerate(zip(zone, zones, strict=True)):
        area = each.area
        record["antenna_m"] = inf
        if each.at is not None and each.antenna_m is not None:
            area = PatchModel(centre=each.at, radius_km=each.reach_km)
            record["x_m"], record["y_m"] = frame.to_local(*each.at)
            record["antenna_m"] = each.antenna_m
        assert area is not None  # noqa: S101 -- the schema has one or the other
        bits |= inside(shape_of(area, frame), *grid.centres()).astype(np.int64) << bit
        record["from_s"], record["until_s"] = each.from_h * HOUR_S, each.until_h * HOUR_S
        record["lost"] = each.lost or 0.0
        record["east_m"], record["north_m"] = (each.east_km or 0.0) * KM_M, (each.north_km or 0.0) * KM_M
    made = Interference(zone, bits, grid.cell_m, grid.x0_m, grid.y0_m, _ghosts(section, frame))
    return sensors._replace(interference=made)


def _ghosts(section: Sequence[InterferenceModel], frame: Frame) -> Records:
    rows: list[tuple[float | None, ...]] = []
    for line, each in enumerate(section):
        if each.from_ is None or each.to is None or each.speed_m_s is None:
            continue
        (x_m, y_m), (to_x_m, to_y_m) = frame.to_local(*each.from_), frame.to_local(*each.to)
        length_m = max(hypot(to_x_m - x_m, to_y_m - y_m), 1.0)
        speeds = each.speed_m_s * (to_x_m - x_m) / length_m, each.speed_m_s * (to_y_m - y_m) / length_m
        for ordinal in range(each.number or 0):
            from_s = each.from_h * HOUR_S + ordinal * MINUTE_S
            until_s = min(each.until_h * HOUR_S, from_s + length_m / each.speed_m_s)
            name = entity(Kind.AREA, line, ordinal)
            rows.append((name, FIRST_ADDRESS + len(rows), from_s, until_s, x_m, y_m, *speeds, each.height_m))
    return np.array(rows, GHOST)
