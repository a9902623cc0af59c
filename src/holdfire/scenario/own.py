"""The sections of a scenario that no stage owns: its head, its options, and what was observed."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from holdfire.logic.schema import Slug, SourceModel, Text
from holdfire.logic.when_schema import STRICT
from holdfire.messages.score import FIGURES
from holdfire.sources import Grade

Number = Annotated[float, Field(allow_inf_nan=False)]
Cited = Annotated[list[str], Field(min_length=1, description="ids of the sources that say so")]


class ScenarioKind(StrEnum):
    """What a scenario is about."""

    INCIDENT = "incident"
    PROPOSAL = "proposal"
    BENCHMARK = "benchmark"
    HYPOTHETICAL = "hypothetical"


class ObservedKind(StrEnum):
    """What an observed figure is to the scenario. Only outcomes score."""

    INPUT = "input"
    """The scenario was given it."""
    CALIBRATED = "calibrated"
    """An assumed number was chosen so that it comes out."""
    OUTCOME = "outcome"
    """Nothing was fitted to it: the scenario can be wrong about it."""


class Head(BaseModel):
    """What every scenario says of itself."""

    model_config = STRICT
    id: Slug = Field(description="small letters, digits and hyphens, as my-night")
    title: Text = Field(description="one line, for people")
    kind: Annotated[ScenarioKind, Field(strict=False)] = Field(description="what it is about")
    summary: Text = Field(description="what happens in it, what is known, and what is not")
    sources: Annotated[list[SourceModel], Field(min_length=1)] = Field(description="every source that it cites")


class OptionModel(BaseModel):
    """One way of doing it: exactly what it changes in the scenario, by name."""

    model_config = STRICT
    id: Slug = Field(description="what results call it")
    title: Text = Field(description="one line, for people")
    rules: dict[str, Text] = Field(
        {}, description="rule sets instead, by state (or chain): ids, or paths from the file"
    )
    set: dict[str, Any] = Field({}, description="other values, by address: patrols.cap-east.number")

    @property
    def rule_only(self) -> bool:
        """Whether it changes nothing but rule sets, so that nights run together until a ruling differs."""
        return not self.set


class ObservedModel(BaseModel):
    """One figure of what really happened."""

    model_config = STRICT
    id: Slug = Field(description="its name")
    what: Text = Field(description="what was counted or measured, with its unit")
    figure: Literal[FIGURES] | None = Field(None, description="the figure of a run that it stands beside")  # type: ignore[valid-type]
    low: Number = Field(description="least that a source gives")
    high: Number | None = Field(None, description="most that a source gives; left out: none gives a most")
    tolerance: Annotated[Number, Field(ge=0)] = Field(0.0, description="how far beyond them still counts as agreement")
    kind: Annotated[ObservedKind, Field(strict=False)] = Field(description="only an outcome scores")
    grade: Annotated[Grade, Field(strict=False)] = Field(description="how well it is attested")
    source: Cited


AS_WRITTEN = OptionModel(id="as-written", title="As the file says")
"""The option of a scenario that lists none."""
