"""The section `lights` of a scenario: what people take for an aircraft where none is."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from holdfire.logic.chance_schema import ChanceModel
from holdfire.logic.schema import Slug, Text  # noqa: TC001  # pydantic reads them
from holdfire.logic.when_schema import STRICT
from holdfire.world.schema import Count, Endurance, Hours, Place, Range, Rate, Sources


class LightModel(ChanceModel):
    """A star, a lamp, an aircraft far off, or nothing at all: reported again and again from about one place."""

    model_config = STRICT
    id: Slug
    what: Text = Field(description="what it really is; nobody who decides is told")
    at: Place = Field(description="where it is reported to be: [latitude, longitude], degrees")
    spread_km: float = Field(
        0.0, ge=0, le=100, description="standard deviation, east and north, by which each one's place differs"
    )
    number: Count = Field(Range(low=1, high=1), description="how many in a night")
    appears_h: Hours = Field(description="when the first notice it, in hours since the start")
    lasts_h: Endurance = Field(description="how long people go on noticing it")
    reports_per_h: Annotated[Rate, Field(description="reports of each an hour, while it lasts")]
    seen_by: Slug = Field(description="id of the sensor, one of reports, through which it is reported")
    source: Sources
