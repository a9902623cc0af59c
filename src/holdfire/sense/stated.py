"""The schema of a file on the shelf of sensors: what is stated of a type, each number with who says so."""

from __future__ import annotations

from typing import Annotated, Generic, Literal, TypeVar

from pydantic import BaseModel, Field

from holdfire.logic.schema import Slug, SourceModel, Text
from holdfire.logic.when_schema import STRICT

Value = TypeVar("Value")

Share = Annotated[float, Field(ge=0, le=1)]
Length = Annotated[float, Field(gt=0, le=10_000)]
Angle = Annotated[float, Field(gt=0, le=180)]
Error = Annotated[float, Field(gt=0, le=2)]
Spread = Annotated[float, Field(ge=0, le=1000)]
Cited = Annotated[list[str], Field(min_length=1)]


class Quantity(BaseModel, Generic[Value]):
    """A number, and the ids of the sources that say so."""

    model_config = STRICT
    value: Value = Field(description="in the unit that the field's name ends in")
    source: Cited = Field(description="ids of the sources that say so")
    note: Text | None = Field(None, description="how it follows from them")
    calibrated: bool = Field(False, description="set so that a range given by its sources comes out")  # noqa: FBT003


class Stated(BaseModel):
    """What every file says of itself."""

    model_config = STRICT
    id: Slug = Field(description="what scenarios call it")
    title: Text = Field(description="one line, for people")
    summary: Text = Field(description="what it stands for, and what it is not")
    sources: Annotated[list[SourceModel], Field(min_length=1)] = Field(description="every source that it cites")


class SecondaryModel(BaseModel):
    """A secondary radar on the same antenna: it interrogates transponders in the same look."""

    model_config = STRICT
    military: bool = Field(description="whether it asks for friends too")
    range_km: Quantity[Length] = Field(description="within which it interrogates")
    replies: Quantity[Share] = Field(description="chance that a working transponder's reply is read")
    garbles: Quantity[Share] = Field(description="chance that a reply's squawk is read with one bit wrong")
    range_sd_m: Quantity[Length] = Field(description="error of range")
    azimuth_sd_deg: Quantity[Error] = Field(description="error of azimuth")
    altimetry_m: Quantity[Length] = Field(description="most that reported height is off, either way, evenly spread")


class Working(Stated):
    """What any device states."""

    period_s: Quantity[Annotated[float, Field(ge=1, le=120)]] = Field(description="between two looks at one place")
    instrumented_km: Quantity[Length] = Field(description="beyond which it reports nothing")
    outage_every_h: Quantity[Annotated[float, Field(gt=0, le=1e6)]] = Field(description="mean time between outages")
    outage_min: Quantity[Annotated[float, Field(gt=0, le=1e5)]] = Field(description="mean length of an outage")


class RadarModel(Working):
    """A surveillance radar, with or without a secondary one."""

    kind: Literal["radar"]
    band: Literal["S", "L", "X"] = Field(description="whose radar cross sections apply (IEEE Std 521)")
    scan: Literal["rotating", "electronic"] = Field(description="whether it meets an azimuth when the beam passes")
    frequency_ghz: Quantity[Annotated[float, Field(gt=0.1, lt=40)]] = Field(description="carrier frequency")
    range_1m2_km: Quantity[Length] = Field(description="range in free space at which it detects 1 m² as stated next")
    detects: Quantity[Annotated[float, Field(ge=0.1, le=0.99)]] = Field(description="chance of detection at that range")
    false_alarm: Quantity[Annotated[float, Field(ge=1e-12, le=1e-2)]] = Field(description="chance of a false alarm")
    range_sd_m: Quantity[Length] = Field(description="error of range")
    azimuth_sd_deg: Quantity[Error] = Field(description="error of azimuth")
    elevation_sd_deg: Quantity[Error] | None = Field(None, description="error of elevation; none: measures no height")
    assumed_height_m: Quantity[Annotated[float, Field(ge=0, le=20_000)]] | None = Field(
        None, description="height taken for ground range where none is measured"
    )
    assumed_height_sd_m: Quantity[Length] | None = Field(None, description="how far off that may be")
    range_bias_sd_m: Quantity[Spread] = Field(description="spread of the night's own bias of range")
    azimuth_bias_sd_deg: Quantity[Annotated[float, Field(ge=0, le=2)]] = Field(
        description="spread of the night's own bias of azimuth"
    )
    elevation_max_deg: Quantity[Annotated[float, Field(gt=0, lt=90)]] = Field(description="top of its coverage")
    sector_deg: Quantity[Angle] = Field(description="half the width of its coverage about ahead; 180: all round")
    clutter_within_km: Quantity[Spread] = Field(description="within which the ground echoes")
    clutter_beam_deg: Quantity[Annotated[float, Field(gt=0, lt=90)]] = Field(
        description="elevation of what shares a beam with the ground"
    )
    least_radial_speed_m_s: Quantity[Annotated[float, Field(ge=0, le=200)]] = Field(
        description="slower than this towards or away, it is taken for ground"
    )
    clutter_residue_m2: Quantity[Annotated[float, Field(ge=0, le=100)]] = Field(
        description="cross section of the ground's echo that the filter leaves"
    )
    ground_roughness_m: Quantity[Spread] = Field(
        description="standard deviation of the ground's height where it mirrors"
    )
    false_plots_per_scan: Quantity[Annotated[float, Field(ge=0, le=200)]] = Field(description="mean count of them")
    false_plots_within_km: Quantity[Length] = Field(description="where they lie")
    secondary: SecondaryModel | None = Field(None, description="none: it interrogates nobody")


class StationModel(Working):
    """A station that listens to what aircraft broadcast (ADS-B)."""

    kind: Literal["ads-b"]
    receives: Quantity[Share] = Field(description="chance that a period within its horizon brings a position")
    position_sd_m: Quantity[Length] = Field(description="error of each coordinate")
    altimetry_m: Quantity[Length] = Field(description="most that reported height is off, either way, evenly spread")
