"""The sections of a scenario that no stage owns: its head and its options."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Final, Literal, Self

from pydantic import BaseModel, Field, model_validator

from holdfire.logic.option_reaction import Way
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


REACTION: Final = "~reaction"
"""Ends the name of an option to which the other side adapts."""
OptionId = Annotated[str, Field(pattern=r"^[a-z0-9]+([-+][a-z0-9]+)*(~reaction)?$")]
"""What results call an option: parts joined by `+`, perhaps with the other side's reaction."""
Added = Literal[
    "sources", "states", "intruders", "sensors", "wind_farms", "interference", "sites", "bases", "patrols", "warnings",
    "upkeep",
]  # fmt: skip
"""Lists of a scenario to which an option may add."""


class OptionModel(BaseModel):
    """One way of doing it: exactly what it changes in the scenario, by name."""

    model_config = STRICT
    id: OptionId = Field(description="what results call it")
    title: Text = Field(description="one line, for people")
    uses: OptionId | None = Field(
        None, description="instead of changes: options of the catalogue joined by +, as visual+more-patrols~reaction"
    )
    stands_for: OptionId | None = Field(None, description="what `uses` named, once its changes are spelled out")
    provokes: list[Way] | None = Field(
        None,
        description="how the other side may adapt to it; left out: as to options of the catalogue that are like it",
    )
    rules: dict[str, Text] = Field(
        {}, description="rule sets instead, by state (or chain): ids, or paths from the file"
    )
    set: dict[str, Any] = Field({}, description="other values, by address: patrols.cap-east.number")
    add: dict[Added, list[dict[str, Any]]] = Field({}, description="further entries, by the list that they end")

    @model_validator(mode="after")
    def _either(self) -> Self:
        if self.uses is not None and (self.rules or self.set or self.add):
            message = f"uses {self.uses} says what it changes: leave out rules, set and add, or leave out uses"
            raise ValueError(message)
        return self

    @property
    def rule_only(self) -> bool:
        """Whether it changes nothing but rule sets, so that nights run together until a ruling differs."""
        return not (self.set or self.add or self.uses)


AS_WRITTEN = OptionModel(id="as-written", title="As the file says")
"""The option of a scenario that lists none."""
