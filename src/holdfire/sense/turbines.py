"""Wind farms of a scenario and what is stated of turbines, as records."""

from __future__ import annotations

from math import pi, sqrt
from typing import TYPE_CHECKING, Annotated, Final, Literal

import numpy as np
from pydantic import BaseModel, Field

from holdfire.logic.schema import Slug
from holdfire.logic.when_schema import STRICT
from holdfire.messages.aircraft import AIRCRAFT
from holdfire.seed import Kind, entity
from holdfire.sense.layout import FARM
from holdfire.sense.stated import Cited, Quantity, Share, Stated
from holdfire.units import KM_M

if TYPE_CHECKING:
    from collections.abc import Sequence

    from holdfire.geo.frame import Frame
    from holdfire.messages.layout import Records

TURBINES: Final = "wind-turbines"
"""The id on the shelf of sensors."""
_GOLDEN: Final = pi * (3.0 - sqrt(5.0))  # the angle that spreads points evenly over a disc (H. Vogel 1979)

Loss = Quantity[Annotated[float, Field(ge=0, le=60)]]


class TurbineModel(Stated):
    """How turbines disturb the radars that see them."""

    kind: Literal["wind-turbines"]
    plots_per_turbine: Quantity[Share] = Field(description="chance that a turbine gives a plot in a look")
    most_plots: Quantity[Annotated[float, Field(gt=0, le=1000)]] = Field(
        description="mean of plots of one farm in a look that no number of turbines exceeds"
    )
    loss_over_db: Loss = Field(description="by which thresholds are raised over a farm")
    raised_km: Quantity[Annotated[float, Field(ge=0, le=20)]] = Field(description="how far beyond it they are raised")
    loss_behind_db: Loss = Field(description="of an echo behind a farm, below the line over the blades' tips")


class WindFarmModel(BaseModel):
    """Turbines evenly spread over a disc."""

    model_config = STRICT
    id: Slug = Field(description="small letters, digits and hyphens")
    lat_deg: Annotated[float, Field(ge=-90, le=90)] = Field(description="its middle, WGS 84")
    lon_deg: Annotated[float, Field(ge=-180, le=180)] = Field(description="its middle, WGS 84")
    radius_km: Annotated[float, Field(gt=0, le=50)] = Field(description="of the disc")
    turbines: Annotated[int, Field(ge=1, le=1000)] = Field(description="how many")
    tip_m: Annotated[float, Field(gt=0, le=400)] = Field(description="height of the blades' tips over the ground")
    source: Cited = Field(description="ids of the sources that say so")


def farm_records(farms: Sequence[WindFarmModel], stated: object, frame: Frame) -> tuple[Records, Records]:
    """Return a `FARM` for each, and every turbine as one that flies at the height of its tips and answers nobody."""
    if not isinstance(stated, TurbineModel):
        message = f"{TURBINES} on the shelf of sensors describes no turbines"
        raise TypeError(message)
    records, count = np.zeros(len(farms), FARM), sum(farm.turbines for farm in farms)
    turbines, begin = np.zeros(count, AIRCRAFT), 0
    for line, (record, farm) in enumerate(zip(records, farms, strict=True)):
        end, each = begin + farm.turbines, np.arange(farm.turbines)
        x_m, y_m = frame.to_local(farm.lat_deg, farm.lon_deg)
        out_m = farm.radius_km * KM_M * np.sqrt((each + 0.5) / farm.turbines)
        mine = turbines[begin:end]
        mine["entity"] = entity(Kind.AREA, line + 1, 0) + each
        mine["x_m"], mine["y_m"] = x_m + out_m * np.sin(_GOLDEN * each), y_m + out_m * np.cos(_GOLDEN * each)
        mine["h_m"] = farm.tip_m
        record["x_m"], record["y_m"] = x_m, y_m
        record["radius_m"], record["tip_m"] = farm.radius_km * KM_M, farm.tip_m
        record["raised_m"] = stated.raised_km.value * KM_M
        record["over"] = 10 ** (-stated.loss_over_db.value / 10)
        record["behind"] = 10 ** (-stated.loss_behind_db.value / 10)
        record["chance"] = min(stated.plots_per_turbine.value, stated.most_plots.value / farm.turbines)
        record["turbine"], record["turbine_end"] = begin, end
        begin = end
    return records, turbines
