"""A sky to look at: aircraft, sensors laid about the centre of an area, and some minutes of scanning."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from holdfire.catalogue import ids, load_sensor
from holdfire.geo.frame import Frame
from holdfire.messages.aircraft import AIRCRAFT, PLATFORM, WAYPOINT, Status, Transponder, World
from holdfire.messages.plot import Plots, plots_for
from holdfire.seed import Key, Kind, entity
from holdfire.sense.prepare import prepare_sensors, scanner_for
from holdfire.sense.scan import scan
from holdfire.sense.schema import SensorModel

if TYPE_CHECKING:
    from holdfire.messages.layout import Records
    from holdfire.sense.layout import Scanner, Sensors

FRAME = Frame(51.6, 21.6)
LIBRARY = {name: load_sensor(name) for name in ids("sensors")}
KEY = Key(20250909, 0, 3)


def sky(count: int, **fields: Any) -> World:
    """Aircraft that fly, each with a working civil transponder; fields are numbers or arrays of them."""
    aircraft = np.zeros(count, AIRCRAFT)
    aircraft["entity"] = [entity(Kind.SCENARIO, 1, each) for each in range(count)]
    aircraft["status"], aircraft["transponder"] = Status.FLYING, Transponder.CIVIL
    aircraft["mode_a"], aircraft["address"] = 0o1234, 1 + np.arange(count)
    aircraft["transponder_fails_s"], aircraft["h_m"] = inf, 8000.0
    for name, value in fields.items():
        aircraft[name] = value
    platforms = np.zeros(2, PLATFORM)
    for name in ("rcs_m2", "rcs_l_m2", "rcs_x_m2"):
        platforms[name] = 1e6, 1.0
    places = np.arange(count)
    return World(aircraft, np.zeros(1, WAYPOINT), platforms, places, places.copy(), np.array([count, 0]))


def ring(count: int, range_m: float) -> dict[str, Any]:
    """Places all round the centre."""
    azimuth = 2 * np.pi * (np.arange(count) + 0.37) / count
    return {"x_m": range_m * np.sin(azimuth), "y_m": range_m * np.cos(azimuth)}


def mast(model: str, *, mast_m: float = 30.0, **numbers: float) -> Sensors:
    """One sensor at the centre, without false plots, bias or outages unless numbers of its record say otherwise."""
    placed = SensorModel(id="one", model=model, lat_deg=FRAME.lat_deg, lon_deg=FRAME.lon_deg, mast_m=mast_m)
    return bare(prepare_sensors([placed], LIBRARY, FRAME, {}, 10_000), **numbers)


def bare(made: Sensors, **numbers: float) -> Sensors:
    """Without what blurs a test."""
    quiet = {"false_mean": 0.0, "range_bias_sd_m": 0.0, "azimuth_bias_sd_rad": 0.0, "outage_every_s": inf}
    for name, value in {**quiet, **numbers}.items():
        made.radar[name] = value
    return made


class Watched(NamedTuple):
    """All plots of some ticks, one behind the other."""

    plot: Records
    origin: Any
    plots: Plots


def watch(made: Sensors, world: World, ticks: int, scanner: Scanner | None = None, key: Key = KEY) -> Watched:
    """Scan a sky that stands still."""
    plots = plots_for(4096)
    stands = scanner or scanner_for(made, world.aircraft.size, key)
    found, origins = [], []
    for tick in range(ticks):
        scan(made, stands, world, tick, key, plots)
        n = plots.counts[0]
        assert n >= 0
        found.append(plots.plot[:n].copy())
        origins.append(plots.origin[:n].copy())
    return Watched(np.concatenate(found), np.concatenate(origins), plots)
