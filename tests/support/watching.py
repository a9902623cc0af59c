"""A border that runs north, sensors beside it, and what they make of an intruder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from holdfire.catalogue import load_sensor
from holdfire.coverage.border import Border
from holdfire.coverage.intruder import intruder
from holdfire.coverage.laydown import lay_down
from holdfire.coverage.look import looks
from holdfire.geo.frame import Frame
from holdfire.messages.aircraft import AIRCRAFT
from holdfire.scenario.schema import Scenario
from holdfire.seed import Key
from holdfire.sense.prepare import scanner_for
from support.networked import networked

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.coverage.laydown import LayDown

CENTRE = Frame(51.4, 22.4)
"""Of the area of `networked`."""


def radar(
    name: str = "radar", model: str = "medium-range-3d", mast_m: float = 30.0, east_m: float = 0.0
) -> dict[str, Any]:
    """A sensor on a mast so far east of the centre."""
    lat, lon = CENTRE.to_geographic(east_m, 0.0)
    return {"id": name, "model": model, "lat_deg": lat, "lon_deg": lon, "mast_m": mast_m, "source": ["own"]}


def scenario(*sensors: dict[str, Any], **sections: Any) -> Scenario:
    """A night with these sensors and no other."""
    data = networked(interference=False, networks=False) | {"sensors": list(sensors), "terrain": "none"} | sections
    return Scenario.model_validate(data)


def laid(*sensors: dict[str, Any], **sections: Any) -> LayDown:
    """Who watches such a night."""
    return lay_down(scenario(*sensors, **sections), None)


def straight(count: int, east_m: float = 0.0, codes: tuple[str, ...] = ("PL",)) -> Border:
    """A border of so many cells, one behind the other northwards about the centre, with own airspace in the west."""
    north = 25e3 * (np.arange(count) - (count - 1) / 2)
    at = np.stack([np.full(count, east_m), north], axis=1)
    inward = np.tile([-1.0, 0.0], (count, 1))
    nobody = np.zeros(count, np.int64)
    return Border(at, inward, np.full(count, 25e3), nobody, nobody.copy(), codes, ("BY",))


def chance_at(lay: LayDown, east_m: Any, north_m: Any, height_m: float, **numbers: float) -> NDArray[np.float64]:
    """[sensor, place] the chance of a plot in one look at an intruder that flies west; numbers are its own."""
    found = intruder(rcs_m2=numbers.pop("rcs_m2", 1.0))
    target = np.zeros(np.size(east_m), AIRCRAFT)
    target["x_m"], target["y_m"], target["h_m"] = east_m, north_m, height_m
    target["heading_rad"], target["speed_m_s"] = -np.pi / 2, found.speed_m_s
    for name, value in numbers.items():
        target[name] = value
    out = np.zeros((lay.sensors.radar.size, target.size))
    every = np.ones(lay.sensors.radar.size, np.bool_)
    looks(
        lay.sensors, scanner_for(lay.sensors, 0, Key(0, 0, 0)).stand, target, found.platforms, every, np.zeros(16), out
    )
    return out


def stated_range_m(model: str) -> float:
    """The range at which a radar of the shelf is stated to detect 1 m²."""
    stated: Any = load_sensor(model).stated
    return float(stated.range_1m2_km.value) * 1e3
