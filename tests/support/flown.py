"""Nights for tests of the world: an area, types of aircraft and traffic, and aircraft placed by hand."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

import holdfire
from holdfire.messages.aircraft import AIRCRAFT, PLATFORM, WAYPOINT, Part, World
from holdfire.reader.document import read
from holdfire.world.platform import Platform, parse_platform
from holdfire.world.prepare import prepare_world
from holdfire.world.schema import AreaModel, BackgroundModel, IntruderModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from holdfire.messages.layout import Records
    from holdfire.world.layout import WorldPlan
    from holdfire.world.wind import WindModel

SHELF = Path(holdfire.__file__).parent / "library" / "platforms"
HALF_WIDTH_M, HALF_HEIGHT_M = 330_000.0, 300_000.0
AREA = {"centre_lat_deg": 51.6, "centre_lon_deg": 21.6, "half_width_km": 330, "half_height_km": 300}


class FlatFrame:
    """A stand-in for the frame of `geo`: degrees times a constant."""

    def to_local(self, lat_deg: float, lon_deg: float) -> tuple[float, float]:
        return (lon_deg - 21.6) * 111_195.0 * math.cos(math.radians(51.6)), (lat_deg - 51.6) * 111_195.0


@dataclass(frozen=True)
class Field:
    icao: str
    lat_deg: float
    lon_deg: float


FIELDS = tuple(Field(f"X{k:03d}", 44.0 + k * 7.3 % 17, 4.0 + k * 11.9 % 29) for k in range(40))


@functools.cache
def library() -> dict[str, Platform]:
    return {file.stem: parse_platform(read(file).data) for file in sorted(SHELF.glob("*.yaml"))}


def intruders(**changes: object) -> dict[str, Any]:
    """Return a group that sets out from Belarus, as a scenario writes it."""
    return {
        "id": "from-belarus",
        "platform": "gerbera",
        "state": "RU",
        "number": {"low": 7, "high": 11},
        "origin": {"from": [52.1, 24.2], "to": [51.4, 24.2]},
        "route": [{"at": [51.9, 22.6], "spread_km": 25}, {"at": [51.9, 20.6]}],
        "height_m": {"low": 300, "high": 1200},
        "speed_m_s": {"low": 40, "high": 44},
        "appears_h": {"low": 0.0, "high": 2.0},
        "payload_share": 0.2,
        "failures_per_h": 0.15,
        "endurance_h": {"low": 3, "high": 6},
        "intent": "probe",
        "arrival": "fall",
        "source": ["a"],
        **changes,
    }


def night(
    groups: Sequence[dict[str, Any]] = (),
    background: dict[str, Any] | None = None,
    hours: float = 2.0,
    own: tuple[Records, Records] | None = None,
    airports: Sequence[Field] = FIELDS,
    wind: WindModel | None = None,
) -> WorldPlan:
    """Prepare a night from what a scenario says."""
    return prepare_world(
        AreaModel.model_validate(AREA),
        [IntruderModel.model_validate(group) for group in groups],
        BackgroundModel.model_validate(background or {}),
        library(),
        FlatFrame(),
        airports,
        hours * 3600.0,
        own or (np.zeros(0, AIRCRAFT), np.zeros(0, WAYPOINT)),
        wind,
    )


def type_of(**changes: float) -> Records:
    """Return one `PLATFORM` record: an airliner unless changed."""
    out = np.zeros(1, PLATFORM)
    usual = {
        "speed_min_m_s": 60.0, "speed_max_m_s": 260.0, "accel_m_s2": 0.6, "turn_g": 1.15, "climb_max_m_s": 12.0,
        "descent_max_m_s": 15.0, "height_max_m": 12_500.0,
    }  # fmt: skip
    for name, value in (usual | changes).items():
        out[name] = value
    return out


def one(points: Sequence[tuple[float, float, float, float]], platform: Records, **fields: float) -> World:
    """Return a world of one airliner at the origin, due at once, which flies by (x, y, height, speed) points."""
    aircraft, waypoints = np.zeros(1, AIRCRAFT), np.zeros(len(points), WAYPOINT)
    for k, point in enumerate(points):
        waypoints[k] = point
    usual = {"part": Part.AIRLINER, "leg_end": len(points), "fails_s": np.inf, "speed_m_s": 200.0, "h_m": 9000.0}
    for name, value in (usual | fields).items():
        aircraft[name] = value
    return worlds(aircraft, waypoints, platform)


def worlds(aircraft: Records, waypoints: Records, platforms: Records) -> World:
    """Return a world in which all but own aircraft are still to appear."""
    own = int((aircraft["part"] >= Part.FIGHTER).sum())
    order = own + np.argsort(aircraft["spawn_s"][own:], kind="stable")
    return World(
        aircraft, waypoints, platforms, np.zeros(len(aircraft), np.int64), order.astype(np.int64), np.zeros(2, np.int64)
    )
