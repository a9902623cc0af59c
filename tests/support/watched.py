"""A camera that watches a sky that stands still."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from holdfire.messages.plot import PLOT
from holdfire.sense.imager import image, with_imagers
from holdfire.sense.light import lux
from holdfire.sense.prepare import prepare_sensors, scanner_for
from holdfire.sense.schema import NightModel, SensorModel
from support.sensed import FRAME, KEY, LIBRARY, bare

if TYPE_CHECKING:
    from datetime import datetime

    from holdfire.messages.aircraft import World
    from holdfire.messages.layout import Records
    from holdfire.seed import Key
    from holdfire.sense.layout import Sensors

CLEAR: dict[str, Any] = {"darkness": "day", "clouds": [], "visibility_km": 23.0, "source": ["s"]}


def camera(
    model: str = "eo-ir-turret",
    night: dict[str, Any] | None = None,
    when: datetime | None = None,
    carriers: list[int] | None = None,
    **numbers: float,
) -> Sensors:
    """One camera on a mast at the centre, or one on each of some aircraft, without bias or outages."""
    where = {"carrier": "cap"} if carriers else {"lat_deg": FRAME.lat_deg, "lon_deg": FRAME.lon_deg, "mast_m": 30.0}
    line = SensorModel(id="eye", model=model, **where)
    made = prepare_sensors([line], LIBRARY, FRAME, {"cap": carriers or []}, 10_000)
    weather = NightModel(**CLEAR | (night or {}))
    light_lx = lux(weather, when, FRAME.lat_deg, FRAME.lon_deg) if when else None
    return bare(with_imagers(made, [line], LIBRARY, weather, light_lx), **numbers)


def seen(made: Sensors, world: World, looks: int, key: Key = KEY) -> Records:
    """Return the plots of so many looks of the first camera at every aircraft, whatever its turn."""
    stand, found = scanner_for(made, world.aircraft.size, key).stand[0], []
    for tick in range(looks):
        for target in world.aircraft:
            out = np.zeros(1, PLOT)
            out["visual_class"] = out["visual_load"] = -1
            if image(made, 0, stand, target, world.platforms[target["platform"]], tick, key, out[0]):
                found.append(out)
    return np.concatenate(found) if found else np.zeros(0, PLOT)
