"""The scenario's section `conduct`: how crews search, hold, fire and err.

No state publishes such numbers. The defaults are this project's own, wide, and graded `assumed`; the note at a
field says which public fact lies within its range. They are drawn once a night, alike under every option.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from holdfire.logic.schema import Slug
from holdfire.logic.when_schema import STRICT
from holdfire.respond.values import Share, Value, assumed, within

UNWEIGHED = 1e9
"""More people than are ever at risk: a crew that accepts as many holds for none."""


class ConductModel(BaseModel):
    """How crews behave, and what a shot and its debris do. What is left out takes the assumed default."""

    model_config = STRICT
    transit_m_s: Annotated[Value, within(50.0, 600.0)] = assumed(
        230.0, 300.0, "speed on the way to a track, m/s, as far as the type can"
    )  # 900 to 1200 km/h is the usual arithmetic; take-off to contact averaged 140 to 155 m/s with climb and search
    search_km: Annotated[Value, within(0.5, 100.0)] = assumed(
        5.0, 12.0, "how near to where the track should be is searched, km"
    )
    search_min: Annotated[Value, within(0.01, 60.0)] = assumed(2.0, 6.0, "mean time to find what is in reach, min")
    give_up_min: Annotated[Value, within(0.5, 120.0)] = assumed(
        8.0, 15.0, "a search that found nothing ends after it, min"
    )
    finds_km: Annotated[Value, within(0.5, 400.0)] = assumed(
        30.0, 60.0, "reach of the crew's own sensors for 1 m² at X-band, km; it grows with its fourth root"
    )
    lost_sight_per_min: Annotated[Value, within(0.0, 60.0)] = assumed(
        0.02, 0.1, "rate at which a crew loses what it found, 1/min"
    )
    hold_share: Share = assumed(0.1, 0.6, "share of crews that may fire and do not")
    # cleared and not fired in Romania in 2025: 3 of 3; in Poland on 10 September 2025 3 to 4 fired
    accepts_people: Annotated[Value, within(1e-9, UNWEIGHED)] | None = Field(
        None,
        description="people at risk by the picture, above which a crew that may fire holds; drawn evenly in its "
        "logarithm; none: crews leave the weighing to the rule",
    )
    sees_first: Annotated[bool, Field(description="whether who may fire holds until it has seen what it is")] = False
    departures_per_contact_h: Annotated[Value, within(1e-7, 1.0)] = assumed(
        1e-4, 1e-3, "rate at which a crew beside an aircraft fires without permission, 1/h; never 0"
    )
    answers_s: Annotated[Value, within(5.0, 600.0)] = assumed(30.0, 90.0, "time left to answer a call or to obey, s")
    hears_share: Share = assumed(0.85, 0.98, "share of calls that one with a working radio hears and answers")
    civil_obeys_share: Share = assumed(0.9, 0.99, "share of civil crews that obey")
    intruder_obeys_share: Share = assumed(0.3, 0.8, "share of intruding crews that obey")
    shots_most: int = Field(2, ge=1, le=20, description="shots of one crew at what it found (assumed)")
    shot_interval_s: Annotated[Value, within(1.0, 600.0)] = assumed(
        20.0, 60.0, "time between two shots, to see what came of it, s"
    )
    success_share: dict[Slug, Share] = Field({}, description="by weapon, instead of that of its library file")
    stray_share: dict[Slug, Share] = Field({}, description="by weapon, instead of that of its library file")
    disrupts_share: Share = assumed(0.2, 0.6, "share of attempts to disrupt that bring an aircraft down")
    debris_m2: Annotated[Value, within(0.0, 1e5)] = assumed(
        20.0, 300.0, "ground on which falling debris harms whoever is there, m²"
    )
    weapon_m2: Annotated[Value, within(0.0, 1e5)] = assumed(
        50.0, 500.0, "ground on which a weapon gone astray harms, m²"
    )
    stray_km: Annotated[Value, within(0.0, 100.0)] = assumed(3.0, 15.0, "how far on a weapon gone astray falls, km")
    reserve_min: Annotated[Value, within(0.0, 120.0)] = assumed(15.0, 25.0, "flying time left on landing, min")
    turnaround_min: Annotated[Value, within(1.0, 1440.0)] = assumed(45.0, 90.0, "from landing to ready again, min")
    linger_min: Annotated[Value, within(0.0, 600.0)] = assumed(
        20.0, 40.0, "time that one from alert stays up without a task, min"
    )
    tanker_burn_share: Share = assumed(
        0.3, 0.7, "share of its endurance that a fighter uses up while a tanker is on station"
    )
    retry_min: Annotated[Value, within(0.0, 600.0)] = assumed(
        5.0, 10.0, "before an authority or a track is tried again, min; its middle is used"
    )


RANGES = (
    *(name for name, field in ConductModel.model_fields.items() if isinstance(field.default, Value)),
    "accepts_people",  # last, since a range's place names its random number
)
"""The fields that hold a `Value`, in the order of the record."""
