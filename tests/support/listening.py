"""Networks laid about the centre of an area, over ground on which people live."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from holdfire.geo.ground import Ground
from holdfire.sense.field_prepare import with_fields
from holdfire.sense.prepare import prepare_sensors
from holdfire.sense.schema import NightModel, SensorModel
from support.sensed import FRAME, LIBRARY

if TYPE_CHECKING:
    from holdfire.messages.aircraft import World
    from holdfire.sense.layout import Sensors

CENTRE = [FRAME.lat_deg, FRAME.lon_deg]
HALF_M = 100e3


def night(darkness: str = "night") -> NightModel:
    return NightModel.model_validate(
        {"darkness": darkness, "cloud_base_m": 3000, "cloud_cover": 0, "visibility_km": 30, "source": ["a"]}
    )


def country(people_per_km2: float = 100.0) -> Ground:
    """Flat country in which people live evenly."""
    cells = int(HALF_M // 1000)
    state, depth = np.zeros((cells, cells), np.uint8), np.zeros((1, cells, cells), np.float32)
    people = np.full((cells, cells), people_per_km2, np.float32)
    return Ground(-HALF_M, -HALF_M, 2000.0, state, depth, 2000.0, people)


def network(  # one of each of these models, over a circle about the centre
    *models: str, radius_km: float = 60.0, spacing_km: float = 4.0, darkness: str = "night", people: float = 100.0,
    wind_m_s: float | None = None, start: datetime = datetime(2025, 9, 9, 22, tzinfo=UTC), quiet: bool = True,
) -> Sensors:  # fmt: skip
    placed = []
    for model in models:
        given: dict[str, Any] = {"id": model, "model": model, "area": {"centre": CENTRE, "radius_km": radius_km}}
        given |= {} if model == "public-reports" else {"spacing_km": spacing_km}
        given |= {"wind_m_s": wind_m_s} if wind_m_s is not None else {}
        placed.append(SensorModel(**given))
    made = prepare_sensors(placed, LIBRARY, FRAME, {}, 10_000, half_m=(HALF_M, HALF_M))
    made = with_fields(made, placed, LIBRARY, FRAME, night(darkness), start, country(people))
    if quiet:
        made.radar["false_mean"] = 0.0
    return made


def loud(world: World, noise_db: float) -> World:
    """Every aircraft as loud as this at 1 m."""
    world.platforms["noise_db"] = noise_db
    return world
