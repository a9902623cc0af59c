"""The section `wind` of a scenario: how the air moves at some heights, the same all over the area."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Annotated

import numpy as np
from pydantic import BaseModel, Field, model_validator

from holdfire.logic.when_schema import STRICT
from holdfire.seed import Kind, entity
from holdfire.world.draws import between, wide
from holdfire.world.layout import LAYER
from holdfire.world.schema import Direction, Sources, WindSpeed
from holdfire.world.setting import ends

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.messages.layout import Records
    from holdfire.seed import Key

_AIR = entity(Kind.AREA, 0, 0)
_FIRST_DRAW = 200  # and two for each height


class LayerModel(BaseModel):
    """The wind at one height, one for the night."""

    model_config = STRICT
    h_m: Annotated[float, Field(ge=0, le=30_000)] = Field(description="above mean sea level")
    from_deg: Direction = Field(description="where it comes from, clockwise from north; may pass 360")
    m_s: WindSpeed = Field(description="how fast it blows")


class WindModel(BaseModel):
    """The wind by height: between two heights its components change evenly, beyond them it stays."""

    model_config = STRICT
    layers: Annotated[list[LayerModel], Field(min_length=1, max_length=50)] = Field(description="from low to high")
    source: Sources

    @model_validator(mode="after")
    def _rises(self) -> WindModel:
        heights = [layer.h_m for layer in self.layers]
        for low, high in pairwise(heights):
            if low >= high:
                message = f"h_m is {low:g} and then {high:g}: heights must rise"
                raise ValueError(message)
        return self


def wind_records(wind: WindModel | None) -> Records:
    """Return a `LAYER` for each height."""
    layers = wind.layers if wind else []
    out = np.zeros(len(layers), LAYER)
    for record, layer in zip(out, layers, strict=True):
        record["h_m"], record["from_deg"], record["m_s"] = layer.h_m, ends(layer.from_deg), ends(layer.m_s)
    return out


def wind_tonight(layers: Records, heights_m: NDArray[np.float64], key: Key) -> NDArray[np.float64]:
    """Return the wind of one night at some heights, m/s: rows of where it blows to, east and north."""
    drawn = np.zeros((layers.size, 2))
    for k, layer in enumerate(layers):
        from_rad = np.radians(between(key, wide(_AIR), wide(_FIRST_DRAW + 2 * k), layer["from_deg"]))
        m_s = between(key, wide(_AIR), wide(_FIRST_DRAW + 2 * k + 1), layer["m_s"])
        drawn[k] = -m_s * np.sin(from_rad), -m_s * np.cos(from_rad)
    return np.stack([np.interp(heights_m, layers["h_m"], drawn[:, side]) for side in range(2)], axis=1)
