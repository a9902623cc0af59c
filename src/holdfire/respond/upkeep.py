"""The section `upkeep` of a scenario: what it costs to have what stands ready or watches, whether or not it is used.

Flying and weapons are counted as they are used; a network of microphones or a crew that waits costs all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, Field

from holdfire.logic.schema import Slug, Text
from holdfire.logic.when_schema import STRICT
from holdfire.respond.cost import Cost
from holdfire.respond.values import Value, within

if TYPE_CHECKING:
    from collections.abc import Iterable


class UpkeepModel(BaseModel):
    """So many of one thing, paid for by the day."""

    model_config = STRICT
    id: Slug = Field(description="its name here")
    what: Text = Field(description="of what, in words")
    number: int = Field(ge=1, le=100_000, description="how many")
    eur_a_day: Annotated[Value, within(0.0, 10_000_000.0)] = Field(
        description="of each, the 24 hours to which the night belongs, EUR"
    )
    source: Annotated[list[str], Field(min_length=1, description="ids of the sources that say so")]


def upkeep_cost(kept: Iterable[UpkeepModel]) -> Cost:
    """Return what it all costs for the day to which a night belongs."""
    every = list(kept)
    return Cost(
        sum(each.number * each.eur_a_day.low for each in every),
        sum(each.number * each.eur_a_day.high for each in every),
    )
