"""The section `warnings` of a scenario: neighbours who call when something flies that may come over.

A call says in which region, and no more. Nothing of it enters the picture: it begins no track, sends nobody and
permits nothing. It sends crews on alert to their cockpits, so that an order finds them nearer to take-off.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from holdfire.logic.schema import Slug
from holdfire.logic.when_schema import STRICT
from holdfire.messages.vocabulary import STATES
from holdfire.respond.values import Share, Value, assumed, within

CALLERS = tuple(code for code in STATES if code != "none")


class WarningModel(BaseModel):
    """One neighbour who calls. What is left out takes the assumed default."""

    model_config = STRICT
    id: Slug = Field(description="its name here")
    state: Literal[CALLERS] = Field(description="who calls (ISO 3166-1), one that does not guard here")  # type: ignore[valid-type]
    reach_km: float = Field(
        30.0, ge=0, le=300, description="how far beyond its own airspace it notices something (assumed)"
    )
    told_share: Share = Field(description="share of intruders and strays within its reach of which it calls at all")
    delay_min: Annotated[Value, within(0.0, 240.0)] = assumed(
        2.0, 12.0, "from when it came within reach to the call, drawn for each aircraft, min"
    )
    false_per_day: Annotated[Value, within(0.0, 100.0)] = assumed(
        0.0, 0.5, "calls within 24 hours about nothing that comes"
    )
    least_min: Annotated[Value, within(0.0, 60.0)] = assumed(
        2.0, 5.0, "from order to airborne of a crew that sits ready in its cockpit, min"
    )
    lapses_min: Annotated[Value, within(1.0, 720.0)] = assumed(
        30.0, 60.0, "how long crews stay in their cockpits after the last call, min"
    )
    hour_eur: Annotated[Value, within(0.0, 1_000_000.0)] = assumed(
        200.0, 1000.0, "an hour of one aircraft with its crew in the cockpit, EUR"
    )
    source: Annotated[list[str], Field(min_length=1, description="ids of the sources that say so")]
