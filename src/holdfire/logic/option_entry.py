"""An option on the shelf: what it is, when it makes sense, and of which constructs its changes are made.

A construct says in general what a scenario's data become only where they are known: `crews` are other states in
every scenario. `scenario.expand` works one out into plain changes.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from holdfire.errors import ContentError, Finding
from holdfire.logic.option_means import (
    NeighboursModel,
    OrbitsModel,
    PackageModel,
    PatrolsModel,
    SpreadModel,
    StandModel,
    UnitsModel,
    UpkeepModel,
    WarningsModel,
)
from holdfire.logic.option_reaction import Way
from holdfire.logic.parse import check
from holdfire.logic.schema import Slug, SourceModel, Text
from holdfire.logic.when_schema import STRICT

Of = Literal["guards", "crews", "chain"]
Needs = Literal[
    "alert", "allied-neighbour", "armed-crews", "closing", "fighters", "outside-border", "own-aircraft", "sites",
    "uncrewed",
]  # fmt: skip
"""What a scenario must have for an option to make sense; `scenario.sense` says how each is found out."""


class NeedModel(BaseModel):
    """One thing that a scenario must have."""

    model_config = STRICT
    needs: Needs = Field(description="what it must have")
    because: Text = Field(description="why the option means nothing without it")


class ScaleModel(BaseModel):
    """Numbers of the scenario multiplied; a range at both ends."""

    model_config = STRICT
    at: Text = Field(description="address, with * for any entry: bases.*.aircraft.*.readiness_min")
    part: Literal["fighter"] | None = Field(None, description="of patrols: only those that are there for it")
    by: Annotated[float, Field(gt=0, le=100)] = Field(description="factor")
    least: float | None = Field(None, description="bound of what comes out")
    most: float | None = Field(None, description="bound of what comes out")


class ChangesModel(BaseModel):
    """What it changes; constructs that are left out change nothing."""

    model_config = STRICT
    rules: dict[Of, Text] = Field(
        {}, description="rule sets: of states that guard, of those whose armed crews fly beside, and of the chain; "
        "`host` is the set of the state over whose land they fly"
    )  # fmt: skip
    scale: list[ScaleModel] = Field([], description="numbers multiplied")
    fix: dict[str, Any] = Field({}, description="numbers set, by address, with * for any entry")
    orbits: OrbitsModel | None = Field(None, description="aircraft that circle along the border")
    patrols: PatrolsModel | None = Field(None, description="fighters that patrol where none do")
    spread: list[SpreadModel] = Field([], description="sensors spread over a strip along the border")
    stand: list[StandModel] = Field([], description="sensors that stand along the border")
    neighbours: NeighboursModel | None = Field(None, description="what allied neighbours see")
    warnings: WarningsModel | None = Field(None, description="what allied neighbours call about")
    units: UnitsModel | None = Field(None, description="units that stand at protected sites")
    package: PackageModel | None = Field(None, description="allied aircraft sent here")
    closing: Literal["never", "always"] | None = Field(None, description="when airspace is closed")
    upkeep: list[UpkeepModel] = Field([], description="what it costs to have it, besides flying and weapons")


class OptionEntry(BaseModel):
    """An option of the catalogue."""

    model_config = STRICT
    id: Slug = Field(description="as scenarios and commands name it")
    title: Text = Field(description="one line, for people")
    kind: Literal["rules", "means", "posture"] = Field(description="what it is about")
    summary: Text = Field(description="what it stands for, and what of it is assumed")
    sources: Annotated[list[SourceModel], Field(min_length=1)]
    makes_sense: list[NeedModel] = Field([], description="what a scenario must have")
    changes: ChangesModel = Field(description="what it changes")
    provokes: list[Way] = Field([], description="ways in which the other side may adapt to it")


def parse_option(data: object) -> OptionEntry:
    """Return the option that a file describes; raises `ContentError` with every finding."""
    if not isinstance(data, dict):
        raise ContentError([Finding((), "an option is a mapping: begin with `id: my-option`")])
    findings = check(OptionEntry, data)
    if findings:
        raise ContentError(findings)
    return OptionEntry.model_validate(data)
