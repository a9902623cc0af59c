"""How the other side may adapt to an option: ways, each with a range that nobody attests."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from holdfire.errors import ContentError, Finding
from holdfire.logic.parse import check
from holdfire.logic.schema import Slug, SourceModel, Text
from holdfire.logic.when_schema import STRICT

Way = Literal["more", "decoys", "other-routes", "civil-squawks", "crewed", "escorts"]
WAYS: tuple[Way, ...] = ("more", "decoys", "other-routes", "civil-squawks", "crewed", "escorts")
Cited = Annotated[list[Slug], Field(min_length=1, description="ids of the sources that say so")]
ShareOf = Annotated[float, Field(gt=0, le=2)]


class MoreModel(BaseModel):
    """More of each group."""

    model_config = STRICT
    up_to: Annotated[float, Field(gt=1, le=5)] = Field(description="most that come, times the most of the scenario")
    source: Cited


class RoutesModel(BaseModel):
    """Other routes, lower: nobody knows beforehand where."""

    model_config = STRICT
    spread_km: Annotated[float, Field(gt=0, le=200)] = Field(description="added to the spread of every route point")
    lower: Annotated[float, Field(gt=0, lt=1)] = Field(description="least height, times that of the scenario")
    source: Cited


class OthersModel(BaseModel):
    """Further aircraft, or others instead: none to so many, drawn anew for every night."""

    model_config = STRICT
    up_to: ShareOf = Field(description="most of them, as a share of the most of the group that they go with")
    platform: Slug | None = Field(None, description="id of a platform; that of the group by default")
    source: Cited


class ReactionModel(BaseModel):
    """Every way to adapt that the catalogue knows, in its range."""

    model_config = STRICT
    id: Slug
    title: Text = Field(description="one line, for people")
    summary: Text = Field(description="what it stands for")
    sources: Annotated[list[SourceModel], Field(min_length=1)]
    more: MoreModel
    decoys: OthersModel
    other_routes: RoutesModel = Field(alias="other-routes")
    civil_squawks: OthersModel = Field(alias="civil-squawks")
    crewed: OthersModel
    escorts: OthersModel


def parse_reaction(data: object) -> ReactionModel:
    """Return the ways to adapt that a file describes; raises `ContentError` with every finding."""
    if not isinstance(data, dict):
        raise ContentError([Finding((), "a reaction is a mapping: begin with `id: usual`")])
    findings = check(ReactionModel, data)
    if findings:
        raise ContentError(findings)
    return ReactionModel.model_validate(data)
