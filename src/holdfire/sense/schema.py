"""The sections `sensors` and `night` of a scenario."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field, model_validator

from holdfire.logic.schema import Slug, Text
from holdfire.logic.when_schema import STRICT
from holdfire.sense.patch import PatchModel
from holdfire.sense.sky import CloudHeight, CloudModel, MoonModel
from holdfire.units import KM_M

Cited = Annotated[list[str], Field(min_length=1, description="ids of the sources that say so")]
Visibility = Annotated[float, Field(gt=0, le=100)]


class SensorModel(BaseModel):
    """One sensor on its mast, or one on each of some aircraft."""

    model_config = STRICT
    id: Slug = Field(description="small letters, digits and hyphens")
    model: Text = Field(description="its type: an id on the shelf of sensors, or a path")
    lat_deg: Annotated[float, Field(ge=-90, le=90)] | None = Field(None, description="where it stands, WGS 84")
    lon_deg: Annotated[float, Field(ge=-180, le=180)] | None = Field(None, description="where it stands, WGS 84")
    mast_m: Annotated[float, Field(gt=0, le=6000)] | None = Field(
        None, description="height of the antenna over the ground around it, which is taken as level"
    )
    carrier: Slug | None = Field(None, description="patrol whose aircraft carry it, each one")
    carriers: Literal["fighters"] | None = Field(None, description="fighters: every one of ours carries it")
    source: list[str] = Field([], description="ids of the sources that say so")
    area: PatchModel | None = Field(None, description="over which it is spread, where it is no single device")
    spacing_km: Annotated[float, Field(ge=0.5, le=200)] | None = Field(
        None, description="between neighbouring nodes of a network"
    )
    wind_m_s: Annotated[float, Field(ge=0, le=40)] | None = Field(
        None, description="wind at acoustic nodes; left out: as good as none"
    )

    @model_validator(mode="after")
    def _stands_or_flies(self) -> SensorModel:
        place = {"lat_deg": self.lat_deg, "lon_deg": self.lon_deg, "mast_m": self.mast_m}
        given = [name for name, value in place.items() if value is not None]
        flies = (self.carrier is not None) + (self.carriers is not None)
        if flies > 1 or (flies and given):
            message = "a sensor stands (lat_deg, lon_deg, mast_m), or has a carrier, or carriers: write one of these"
            raise ValueError(message)
        if self.area is not None:
            if flies or given:
                message = "a sensor is spread over an area, or stands somewhere, or flies: write one of these"
                raise ValueError(message)
            return self
        if not flies and len(given) < len(place):
            missing = ", ".join(name for name in place if name not in given)
            message = f"{missing} missing: say where it stands and how high, or which carrier flies it"
            raise ValueError(message)
        return self


class NightModel(BaseModel):
    """Light and weather, the same all over the area and all night."""

    model_config = STRICT
    darkness: Literal["day", "twilight", "night", "auto"] = Field(
        description="how dark it is; auto: as the Sun and the Moon stand over the area half-way through"
    )
    cloud_base_m: CloudHeight | None = Field(
        None, description="of one layer of cloud as deep as the shelf's eyes say; above mean sea level"
    )
    cloud_cover: Annotated[float, Field(ge=0, le=1)] | None = Field(None, description="share of the sky")
    visibility_km: Visibility | None = Field(None, description="meteorological optical range")
    misidentification_factor: Annotated[float, Field(ge=0, le=20)] = Field(
        1.0, description="by which crews' stated chance of mistaking one class for another is multiplied"
    )
    source: Cited
    clouds: list[CloudModel] | None = Field(
        None, description="layers of cloud, instead of cloud_base_m and cloud_cover; an empty list: none"
    )
    moon: MoonModel | None = Field(
        None, description="for darkness night and auto; computed for auto where it is left out"
    )
    weather: Text | None = Field(
        None, description="a sky: an id on the shelf of weather, or a path; what else stands here is said instead of it"
    )

    @model_validator(mode="after")
    def _clouded_once(self) -> NightModel:
        given = {"cloud_base_m": self.cloud_base_m, "cloud_cover": self.cloud_cover}
        missing = [name for name, value in given.items() if value is None]
        if self.clouds is not None and len(missing) < len(given):
            message = "write clouds, or cloud_base_m and cloud_cover, not both"
            raise ValueError(message)
        left_to_it = self.weather is not None and len(missing) == len(given)
        if self.clouds is None and missing and not left_to_it:
            message = f"{', '.join(missing)} missing: say how cloudy it is, list layers under clouds, or name a weather"
            raise ValueError(message)
        if self.visibility_km is None and self.weather is None:
            message = "visibility_km missing: say how far one sees, or name a weather"
            raise ValueError(message)
        return self

    def visibility_m(self) -> float:
        """Return how far one sees; raises `ValueError` where that is left to a weather not yet looked up."""
        if self.visibility_km is None:
            message = f"visibility_km is left to the weather {self.weather!r}: look it up first"
            raise ValueError(message)
        return self.visibility_km * KM_M

    def layers(self, depth_m: float) -> list[CloudModel]:
        """Return the layers of cloud; the one that is not listed is so deep."""
        if self.cloud_base_m is None or self.cloud_cover is None:
            return self.clouds or []
        top_m = self.cloud_base_m + depth_m
        return [CloudModel.model_construct(base_m=self.cloud_base_m, top_m=top_m, cover=self.cloud_cover)]

    def covers(self) -> list[float]:
        """Return the share of the sky that each layer covers."""
        return [each.cover for each in self.layers(0.0)]
