"""The schema of a ladder file: rungs of both sides, and which events stand on which rung."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from holdfire.escalate.exchange_schema import ExchangeModel
from holdfire.escalate.standing_schema import StandingModel
from holdfire.escalate.traits_schema import GroupModel, TraitsModel
from holdfire.logic.schema import Slug, SourceModel, Text
from holdfire.logic.when_schema import STRICT
from holdfire.messages.response import What

WHAT = {what.name.lower().replace("_", "-"): what for what in What if what not in {What.RULED, What.FOREWARNED}}
"""Names of events as authors write them; a ruling is none."""
Cited = Annotated[list[str], Field(min_length=1, description="ids of the sources that say so")]


class RungModel(TraitsModel):
    """One rung: a kind of step that has been taken, or was proposed."""

    id: Slug
    rung: int = Field(ge=1, le=44, description="its height; rungs of both sides are counted on one scale")
    side: Literal["own", "other"] = Field(description="who takes it")
    title: Text
    precedent: Text = Field(description="when it was taken, or that it never was")
    source: Cited


class WhenModel(BaseModel):
    """What an event must be; what is left out is not asked."""

    model_config = STRICT
    event: Literal[tuple(WHAT)] = Field(description="what happened")  # type: ignore[valid-type]
    crewed: bool | None = Field(None, description="whether people were aboard the aircraft it was about")
    intruder: bool | None = Field(None, description="whether that aircraft was an intruder")
    value_at_least: float | None = Field(None, allow_inf_nan=False, description="the event's value")
    aircraft_at_least: int = Field(1, ge=1, le=10_000, description="distinct aircraft to which it happened so far")


class MoveModel(BaseModel):
    """What an event amounts to."""

    model_config = STRICT
    id: Slug
    when: WhenModel
    own: Slug | None = Field(None, description="own side's rung")
    other: Slug | None = Field(None, description="the other side's rung, its act or its answer")
    because: Text
    source: Cited


class LadderModel(BaseModel):
    """A ladder."""

    model_config = STRICT
    id: Slug
    title: Text
    summary: Text
    sources: Annotated[list[SourceModel], Field(min_length=1)]
    rungs: Annotated[list[RungModel], Field(min_length=1)]
    moves: list[MoveModel] = Field([], description="none: a ladder to compare with, that no night climbs")
    groups: list[GroupModel] = []
    standing: list[StandingModel] = Field([], description="options that are themselves steps")
    exchange: ExchangeModel | None = Field(None, description="what follows a night; no night reads it")
