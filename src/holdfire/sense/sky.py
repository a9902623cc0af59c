"""The schema of what is in the sky of a scenario's `night`: layers of cloud, and the Moon."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field, model_validator

from holdfire.logic.when_schema import STRICT

CloudHeight = Annotated[float, Field(ge=0, le=15_000)]
MoonHeight = Annotated[float, Field(ge=-90, le=90)]


class CloudModel(BaseModel):
    """One layer of cloud."""

    model_config = STRICT
    base_m: CloudHeight = Field(description="above mean sea level")
    top_m: CloudHeight = Field(description="above mean sea level")
    cover: Annotated[float, Field(ge=0, le=1)] = Field(description="share of the sky")

    @model_validator(mode="after")
    def _upright(self) -> CloudModel:
        if self.top_m <= self.base_m:
            message = f"top_m is {self.top_m:g}: it must be more than base_m, {self.base_m:g}"
            raise ValueError(message)
        return self


class MoonModel(BaseModel):
    """How the Moon stands, the same all night."""

    model_config = STRICT
    illuminated: Annotated[float, Field(ge=0, le=1)] = Field(description="share of its disc: 0 new, 1 full")
    altitude_deg: MoonHeight = Field(description="above the horizon; below it, negative")
