"""The schemas of sensors that are spread over ground: acoustic nodes, direction finders, people with telephones."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from holdfire.sense.stated import Length, Quantity, Share, Stated

Decibel = Annotated[float, Field(ge=-200, le=200)]
Spread = Annotated[float, Field(ge=0.1, le=30)]
Period = Annotated[float, Field(ge=2, le=600)]
Speed = Annotated[float, Field(ge=0, le=400)]
Rate = Annotated[float, Field(ge=0, le=1000)]
Nodes = Annotated[float, Field(ge=2, le=10)]


class FieldModel(Stated):
    """What each of them states."""

    period_s: Quantity[Period] = Field(description="between two looks at one aircraft")
    detects: Quantity[Annotated[float, Field(ge=0.01, le=0.99)]] = Field(
        description="chance of a plot of an aircraft well inside its coverage, as a tracker is told"
    )
    position_sd_m: Quantity[Length] = Field(description="least error of each coordinate")
    lag_speed_m_s: Quantity[Speed] = Field(description="speed allowed for between what was perceived and the plot")


class Sounding(FieldModel):
    """What depends on sound."""

    absorption_db: Quantity[Annotated[float, Field(ge=0, le=50)]] = Field(description="taken by a kilometre of air, dB")
    ambient_day_db: Quantity[Decibel] = Field(description="level of other sounds by day, A-weighted, dB")
    ambient_twilight_db: Quantity[Decibel] = Field(description="the same in twilight")
    ambient_night_db: Quantity[Decibel] = Field(description="the same by night")
    above_ambient_db: Quantity[Decibel] = Field(description="above that, half are heard")
    spread_db: Quantity[Spread] = Field(description="standard deviation of what air and ground do to a level")


class AcousticModel(Sounding):
    """A field of microphones, each of which knows the sound of an engine and reports to the centre."""

    kind: Literal["acoustic"]
    wind_db: Quantity[Rate] = Field(description="by which each m/s of wind beyond 3 raises the ambient level, dB")
    holds_s: Quantity[Period] = Field(description="how long the air between an aircraft and a node stays as it is")
    works: Quantity[Share] = Field(description="share of nodes that work")
    nodes: Quantity[Nodes] = Field(description="that must hear it for a place")
    ceiling_m: Quantity[Annotated[float, Field(gt=0, le=20_000)]] = Field(
        description="height above which a sound is taken for traffic and dropped"
    )
    false_per_1000_km2_h: Quantity[Rate] = Field(description="sounds taken for an aircraft, by area and hour")


class RadioModel(FieldModel):
    """A field of direction finders that intercept what an aircraft sends and cross their bearings."""

    kind: Literal["rf"]
    low_ghz: Quantity[Annotated[float, Field(gt=0, le=40)]] = Field(description="lower end of its band")
    high_ghz: Quantity[Annotated[float, Field(gt=0, le=40)]] = Field(description="upper end")
    gain_dbi: Quantity[Decibel] = Field(description="of the antenna over an isotropic one")
    sensitivity_dbm: Quantity[Decibel] = Field(description="received power at which half of the looks intercept")
    spread_db: Quantity[Spread] = Field(description="standard deviation of fading")
    mast_m: Quantity[Annotated[float, Field(gt=0, le=500)]] = Field(description="height of each antenna")
    bearing_sd_deg: Quantity[Annotated[float, Field(gt=0, le=30)]] = Field(description="error of a bearing")
    nodes: Quantity[Nodes] = Field(description="that must intercept it for a place")
    fix_sd_m: Quantity[Length] = Field(description="error of a coordinate beyond which no place is reported")
    false_per_1000_km2_h: Quantity[Rate] = Field(description="other senders taken for an aircraft, by area and hour")


class PublicModel(Sounding):
    """People who hear or see something low and call."""

    kind: Literal["reports"]
    awake_day: Quantity[Share] = Field(description="share awake from 7 to 22 h, mean solar time")
    awake_edge: Quantity[Share] = Field(description="from 5 to 7 and from 22 to 24 h")
    awake_night: Quantity[Share] = Field(description="from 0 to 5 h")
    outdoors: Quantity[Share] = Field(description="share of those awake who are outdoors or at an open window")
    calls: Quantity[Share] = Field(description="chance that one who notices something strange calls, per period")
    familiar: Quantity[Share] = Field(description="share of that for civil aircraft and our own")
    sees_mrad: Quantity[Annotated[float, Field(gt=0, le=100)]] = Field(
        description="angle above which an aircraft is noticed by eye, by day, mrad"
    )
    delay_s: Quantity[Annotated[float, Field(ge=1, le=3600)]] = Field(description="median from noticing to the report")
    delay_spread: Quantity[Annotated[float, Field(ge=0, le=2)]] = Field(
        description="standard deviation of the delay's natural logarithm"
    )
    false_per_million_h: Quantity[Rate] = Field(description="reports of nothing, by residents and hour")
