"""A type of sensor from the library: what is publicly stated of it, and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from holdfire.errors import Finding
from holdfire.sense.entry import Entry, parse_entry
from holdfire.sense.field_schema import AcousticModel, PublicModel, RadioModel
from holdfire.sense.imager_schema import ImagerModel
from holdfire.sense.seas import SeaModel
from holdfire.sense.sight import SightModel
from holdfire.sense.stated import RadarModel, StationModel
from holdfire.sense.turbines import TurbineModel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfire.logic.checks import Raw

Model = (
    RadarModel
    | StationModel
    | SightModel
    | SeaModel
    | TurbineModel
    | AcousticModel
    | RadioModel
    | PublicModel
    | ImagerModel
)
MODELS: Final[dict[str, type[Model]]] = {
    "radar": RadarModel, "ads-b": StationModel, "eyes": SightModel, "wind-turbines": TurbineModel,
    "sea-echo": SeaModel, "acoustic": AcousticModel, "rf": RadioModel, "reports": PublicModel, "imager": ImagerModel,
}  # fmt: skip

Sensor = Entry[Model]
"""One type of sensor."""


def parse_sensor(data: object) -> Sensor:
    """Return the sensor that a file describes; raises `ContentError` with every finding."""
    return parse_entry(data, MODELS, "a sensor is a mapping: begin with `id: my-radar`", _no_height)


def _no_height(data: Raw) -> Iterator[Finding]:
    measures = "elevation_sd_deg" in data or {"assumed_height_m", "assumed_height_sd_m"} <= set(data)
    if data["kind"] == "radar" and not measures:
        text = "it measures no height: write elevation_sd_deg, or assumed_height_m and assumed_height_sd_m"
        yield Finding((), text)
