"""Means that an option of the catalogue brings: how many of what, and along what; where, the scenario says."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from holdfire.logic.schema import Slug, Text
from holdfire.logic.when_schema import STRICT

Cited = Annotated[list[Slug], Field(min_length=1, description="ids of the option's sources that say so")]
Km = Annotated[float, Field(gt=0, le=1000)]
Most = Annotated[int, Field(ge=1, le=40, description="no more of them")]
Loads = Annotated[int, Field(ge=0, le=20)]


class AlongModel(BaseModel):
    """What is placed along the border that faces outside, inside it."""

    model_config = STRICT
    every_km: Km = Field(description="about so far apart")
    depth_km: Km = Field(description="so far inside the border")
    at_most: Most
    stretch_km: Km | None = Field(
        None, description="only along the stretch of the border, so long, that sensors watch least"
    )
    source: Cited


class ArmsModel(BaseModel):
    """What each aircraft or unit carries."""

    model_config = STRICT
    weapon: Slug = Field("heat-missile", description="id of a weapon")
    missiles: Loads = Field(0, description="of them on each")
    gun_bursts: Loads = Field(0, description="bursts of its gun")
    jams: bool = Field(default=False, description="it can bring uncrewed aircraft down without a weapon")


class OrbitsModel(AlongModel):
    """Aircraft on circles, each with a relief, all night; crews are those of the state below."""

    platform: Slug = Field(description="id of a platform")
    part: Literal["fighter", "surveillance"] = Field(description="fighter: it is sent to what matters")
    number: Annotated[int, Field(ge=1, le=20)] = Field(1, description="on each circle")
    height_m: Annotated[float, Field(ge=50, le=20_000)] = Field(description="above mean sea level")
    radius_km: Annotated[float, Field(ge=1, le=200)] = Field(description="of the circle")
    arms: ArmsModel = Field(ArmsModel.model_construct(), description="what each carries")
    sensor: Slug | None = Field(None, description="model of the sensor that each carries")


class PatrolsModel(BaseModel):
    """Fighters in the air all night, each pair with a relief, where none patrol and some stand on alert."""

    model_config = STRICT
    number: Annotated[int, Field(ge=1, le=20)] = Field(description="from each base")
    depth_km: Km = Field(description="so far inside the border that faces outside")
    height_m: Annotated[float, Field(ge=50, le=20_000)] = Field(description="above mean sea level")
    radius_km: Annotated[float, Field(ge=1, le=200)] = Field(description="of the circle")
    source: Cited


class SpreadModel(BaseModel):
    """A network of sensors over a strip inside the border that faces outside."""

    model_config = STRICT
    sensor: Slug = Field(description="model of the network")
    strip_km: Km = Field(description="how deep the strip is")
    spacing_km: Annotated[float, Field(ge=0.5, le=200)] = Field(description="between neighbouring nodes")
    source: Cited


class StandModel(AlongModel):
    """Sensors on masts along the border that faces outside."""

    sensor: Slug = Field(description="model")
    mast_m: Annotated[float, Field(gt=0, le=6000)] = Field(description="height of the antenna over the ground")
    afloat: bool = Field(
        default=False, description="on ships: on own waters near that border, and where none are, nowhere"
    )


class NeighboursModel(BaseModel):
    """What allied neighbours see: sensors that stand on their land, along the border with them."""

    model_config = STRICT
    sensor: Slug = Field(description="model")
    mast_m: Annotated[float, Field(gt=0, le=6000)] = Field(description="height of the antenna over the ground")
    every_km: Km = Field(description="about so far apart")
    depth_km: Km = Field(description="so far beyond the border")
    at_most: Most
    source: Cited


Ends = Annotated[list[float], Field(min_length=2, max_length=2)]


class WarningsModel(BaseModel):
    """What allied neighbours call about, as a scenario's `warnings` have it; each list is least and most."""

    model_config = STRICT
    reach_km: Annotated[float, Field(ge=0, le=300)] = Field(description="beyond their own airspace")
    told_share: Ends = Field(description="share of intruders and strays in reach of which they call")
    delay_min: Ends = Field(description="from when it came within reach to the call")
    false_per_day: Ends = Field(description="calls of each about nothing that comes")
    least_min: Ends = Field(description="from order to airborne of a crew that sits in its cockpit")
    lapses_min: Ends = Field(description="how long crews sit there after a call")
    hour_eur: Ends = Field(description="an hour of one aircraft with its crew there, EUR")
    source: Cited


class UnitsModel(BaseModel):
    """Units on the ground, one at each protected site."""

    model_config = STRICT
    platform: Slug = Field(description="id of a platform that stands for the unit")
    at_most: Most
    reach_km: Annotated[float, Field(gt=0, le=200)] = Field(description="how far from its post it acts")
    arms: ArmsModel = Field(description="what each carries")
    source: Cited


class UpkeepModel(BaseModel):
    """What it costs to have something of it, whether or not it is used."""

    model_config = STRICT
    of: Literal["alert", "sensors", "units"] = Field(
        description="what is counted: aircraft on alert, or sensors or units on the ground that it adds"
    )
    sensor: Slug | None = Field(None, description="only those of this model; each node of a network is one")
    what: Text = Field(description="one of them, in words")
    eur_a_day: Annotated[list[float], Field(min_length=2, max_length=2)] = Field(
        description="of each, a day, EUR: least and most"
    )
    source: Cited


class SentModel(BaseModel):
    """Aircraft that one ally sends, on alert."""

    model_config = STRICT
    platform: Slug = Field(description="id of a platform")
    crew: str = Field(pattern=r"^[A-Z]{2}$", description="whose crews fly")
    number: Annotated[int, Field(ge=1, le=40)] = Field(description="aircraft, for the whole flank")
    arms: ArmsModel = Field(description="what each carries")


class PackageModel(BaseModel):
    """Allied aircraft sent to the flank, of which so many fall to the area as it has a share of the border."""

    model_config = STRICT
    sent: Annotated[list[SentModel], Field(min_length=1)] = Field(description="by whom")
    whole_km: Km = Field(description="all of it falls to an area that has so much of the border that faces outside")
    readiness_min: Annotated[list[float], Field(min_length=2, max_length=2)] = Field(
        description="from order to airborne, least and most"
    )
    source: Cited
