"""The section `closing` of a scenario: when airports stop traffic, and what that does to flights and purses.

The scenario says which airports and by which policy; what closes them is what the picture held, never the truth.
No public record gives such numbers for a night: the defaults are this project's own, wide, and graded `assumed`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field, model_validator

from holdfire.logic.schema import Slug
from holdfire.logic.when_schema import STRICT
from holdfire.messages.vocabulary import CLASSES
from holdfire.respond.values import Share, Value, assumed, within

Cited = Annotated[list[str], Field(min_length=1, description="ids of the sources that say so")]
Policy = Literal["never", "on-confirmed", "on-report", "always"]


class TrafficHoursModel(BaseModel):
    """How many flights land and take off, from one hour of the local day to another."""

    model_config = STRICT
    from_h: float = Field(ge=0, le=24, description="local hour")
    until_h: float = Field(ge=0, le=24, description="local hour, more than from_h")
    per_h: Annotated[Value, within(0.0, 200.0)] = Field(description="landings and take-offs an hour")

    @model_validator(mode="after")
    def _ordered(self) -> TrafficHoursModel:
        if self.until_h <= self.from_h:
            message = f"until_h is {self.until_h:g}: it must be more than from_h, {self.from_h:g}; split at midnight"
            raise ValueError(message)
        return self


class AirportModel(BaseModel):
    """One airport that may close."""

    model_config = STRICT
    id: Slug = Field(description="id of its site")
    radius_km: float = Field(gt=0, le=100, description="what is reported or tracked within it closes the airport")
    traffic_km: Annotated[float, Field(gt=0, le=100)] | None = Field(
        None, description="an uncrewed aircraft within it is among the airport's traffic, for `exposed_min` alone;"
        " left out: radius_km",
    )  # fmt: skip
    traffic_below_m: float = Field(
        1000, gt=0, le=20_000, description="and lower than this, above mean sea level (assumed)"
    )
    hours_ahead: float = Field(ge=-12, le=14, description="of local time before UTC")
    movements: Annotated[list[TrafficHoursModel], Field(min_length=1)] = Field(description="flights by the hour")
    passengers: Annotated[Value, within(0.0, 500.0)] = assumed(80.0, 160.0, "on each flight")
    quiet_from_h: Annotated[float, Field(ge=0, le=24)] | None = Field(
        None, description="local hour from which night rules let no flight go that has waited; left out: none"
    )
    quiet_until_h: Annotated[float, Field(ge=0, le=24)] | None = Field(None, description="local hour at which they end")
    source: Cited

    @model_validator(mode="after")
    def _quiet_has_two_ends(self) -> AirportModel:
        if (self.quiet_from_h is None) != (self.quiet_until_h is None):
            message = "night rules have two ends: write both quiet_from_h and quiet_until_h, or neither"
            raise ValueError(message)
        return self


class ClosingModel(BaseModel):
    """When airports close, for how long at least, and what each flight concerned costs."""

    model_config = STRICT
    policy: Policy = Field(
        description="never; on-confirmed: a track that sensors or a look confirm; on-report: a report is enough, or"
        " such a track; always: closed all night"
    )
    airports: Annotated[list[AirportModel], Field(min_length=1)]
    reports: int = Field(1, ge=1, le=100, description="so many reports within `within_min` are enough (assumed)")
    within_min: int = Field(10, ge=1, le=240, description="min (assumed)")
    kinds: int = Field(
        2, ge=1, le=5, description="kinds of sensor, reports and replies not counted, that must have placed a track"
        " for it to be confirmed without a look (assumed)",
    )  # fmt: skip
    harmless: list[Literal[CLASSES]] = Field(  # type: ignore[valid-type]
        ["civil", "own-or-allied-military", "bird", "balloon"],
        description="what a look may have taken it for so that it closes nothing",
    )
    decides_min: Annotated[Value, within(0.0, 240.0)] = assumed(1.0, 10.0, "from the sign to closing, min")
    least_min: Annotated[Value, within(0.0, 1440.0)] = assumed(20.0, 60.0, "closed after the last sign, min")
    landing_share: Share = assumed(0.45, 0.6, "share of flights that would land; the others would take off")
    diverted_share: Share = assumed(
        0.3, 0.9, "share of those that would have landed while it is closed that land elsewhere; the others wait"
    )
    cancelled_share: Share = assumed(0.1, 0.7, "share of those that would have taken off and never do; others wait")
    diverted_eur: Annotated[Value, within(0.0, 1e6)] = assumed(3_000.0, 30_000.0, "of a flight that lands elsewhere")
    cancelled_eur: Annotated[Value, within(0.0, 1e6)] = assumed(10_000.0, 60_000.0, "of a flight that is cancelled")
    waits_eur_min: Annotated[Value, within(0.0, 1e4)] = assumed(50.0, 150.0, "of a minute that a flight waits")
    source: Cited

    @model_validator(mode="after")
    def _each_once(self) -> ClosingModel:
        names = [each.id for each in self.airports]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            message = f"{', '.join(twice)} stands twice: keep one"
            raise ValueError(message)
        return self
