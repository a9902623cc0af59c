"""Every sensor of a scenario in words: what it is, where it is, and whether the map's coverage counts it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from holdfire.catalogue import load_sensor
from holdfire.sense.stated import RadarModel
from holdfire.units import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from holdfire.sense.schema import SensorModel

    Json = dict[str, Any]


def lay_down(sensors: Sequence[SensorModel]) -> list[Json]:
    """Return each sensor's id, title, place in words and whether it is counted, in the scenario's order."""
    return [_line(each) for each in sensors]


def _line(sensor: SensorModel) -> Json:
    entry = load_sensor(sensor.model)
    stands = sensor.lat_deg is not None
    counted = stands and isinstance(entry.stated, RadarModel)
    return {"id": sensor.id, "title": entry.title, "where": _where(sensor), "counted": counted}


def _where(sensor: SensorModel) -> str:
    if sensor.area is not None:
        nodes = f", a node every {number(sensor.spacing_km)} km" if sensor.spacing_km else ""
        return f"spread over an area{nodes}"
    if sensor.lat_deg is not None:
        return "stands"
    return f"flies with {sensor.carrier or sensor.carriers}"
