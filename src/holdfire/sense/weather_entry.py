"""A sky from the library: how far one sees in it, its layers of cloud, and its Moon if it has one of its own."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field, model_validator

from holdfire.logic.when_schema import STRICT
from holdfire.sense.entry import Entry, parse_entry
from holdfire.sense.schema import NightModel, Visibility
from holdfire.sense.sky import CloudHeight, CloudModel, MoonHeight, MoonModel
from holdfire.sense.stated import Quantity, Share, Stated


class LayerModel(BaseModel):
    """One layer of cloud."""

    model_config = STRICT
    base_m: Quantity[CloudHeight] = Field(description="above mean sea level")
    top_m: Quantity[CloudHeight] = Field(description="above mean sea level")
    cover: Quantity[Share] = Field(description="share of the sky")

    @model_validator(mode="after")
    def _upright(self) -> LayerModel:
        self.plain()
        return self

    def plain(self) -> CloudModel:
        """Return it as a scenario spells one out."""
        return CloudModel(base_m=self.base_m.value, top_m=self.top_m.value, cover=self.cover.value)


class LunarModel(BaseModel):
    """How the Moon stands, the same all night."""

    model_config = STRICT
    illuminated: Quantity[Share] = Field(description="share of its disc: 0 new, 1 full")
    altitude_deg: Quantity[MoonHeight] = Field(description="above the horizon; below it, negative")


class WeatherModel(Stated):
    """A sky that scenarios call by name."""

    kind: Literal["weather"]
    visibility_km: Quantity[Visibility] = Field(description="meteorological optical range")
    clouds: list[LayerModel] = Field(description="layers of cloud; an empty list: none")
    moon: LunarModel | None = Field(None, description="none: that of the date, or what the scenario says")


Weather = Entry[WeatherModel]


def parse_weather(data: object) -> Weather:
    """Return the sky that a file describes; raises `ContentError` with every finding."""
    return parse_entry(data, {"weather": WeatherModel}, "a sky is a mapping: begin with `id: my-sky`")


def under(night: NightModel, weather: Weather) -> NightModel:
    """Return a night with all of a sky that the scenario does not say otherwise."""
    stated = weather.stated
    sky: dict[str, Any] = {"visibility_km": stated.visibility_km.value}
    if night.cloud_base_m is None:
        sky["clouds"] = [each.plain() for each in stated.clouds]
    if stated.moon is not None:
        moon = stated.moon
        sky["moon"] = MoonModel(illuminated=moon.illuminated.value, altitude_deg=moon.altitude_deg.value)
    said = {name: getattr(night, name) for name in night.model_fields_set - {"weather"}}
    return NightModel.model_validate(sky | said)
