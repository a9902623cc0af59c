"""The sections of a scenario that no stage owns: its head and its options."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, Field

from holdfire.logic.schema import Slug, SourceModel, Text
from holdfire.logic.when_schema import STRICT


class ScenarioKind(StrEnum):
    """What a scenario is about."""

    INCIDENT = "incident"
    PROPOSAL = "proposal"
    BENCHMARK = "benchmark"
    HYPOTHETICAL = "hypothetical"


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


AS_WRITTEN = OptionModel(id="as-written", title="As the file says")
"""The option of a scenario that lists none."""
