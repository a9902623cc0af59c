"""An option that is itself a step, and what it may say to the other side for as long as it stands."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from holdfire.escalate.exchange_schema import Ratio, with_one
from holdfire.logic.schema import Slug, Text
from holdfire.logic.when_schema import STRICT

Signal = Annotated[Ratio, with_one("nobody knows whether it deters (below 1) or provokes (above 1)")]


class StandingModel(BaseModel):
    """An option that is itself a step: who chooses it stands on a rung before anything comes in."""

    model_config = STRICT
    option: Slug = Field(description="id of an option, or one part of `a+b`")
    own: Slug = Field(description="own side's rung")
    because: Text
    source: Annotated[list[str], Field(min_length=1)]
    signals: Signal | None = Field(
        None, description="multiplies the other side's chance of a step up in each of its answers, as it stands"
    )
