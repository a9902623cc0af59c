"""What is itself a step, and what it may say to the other side for as long as it stands."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from holdfire.escalate.exchange_schema import Ratio, with_one
from holdfire.logic.schema import Slug, Text
from holdfire.logic.when_schema import STRICT

Signal = Annotated[Ratio, with_one("nobody knows whether it deters (below 1) or provokes (above 1)")]


class StandingModel(BaseModel):
    """What is itself a step: who chooses the option, or has the rule set in force, stands on a rung beforehand."""

    model_config = STRICT
    option: Slug | None = Field(None, description="id of an option, or one part of `a+b`")
    ruleset: Slug | None = Field(None, description="rule set in force for a state that guards, whatever the option")
    own: Slug = Field(description="own side's rung")
    because: Text
    source: Annotated[list[str], Field(min_length=1)]
    signals: Signal | None = Field(
        None, description="multiplies the other side's chance of a step up in each of its answers, as it stands"
    )

    @property
    def named(self) -> str:
        """What stands there: the id of an option or of a rule set."""
        return self.option or self.ruleset or ""
