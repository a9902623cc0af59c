"""What came of one night under one option: a row for each aircraft that matters, and one of figures.

Both join the truth with what was decided, afterwards and by place; nobody who decides reads them.
"""

from __future__ import annotations

from typing import Final

import numpy as np

CAUSES: Final = ("rule", "wrong-look", "wrong-aircraft", "departure")
"""Why an aircraft that nobody should have fired at was fired at, or brought down without a weapon: the rule permitted
it on what was truly known; a look took it for something else; the crew was beside another aircraft than the track's;
the crew fired without permission."""

TRACED: Final = ("wrong-look", "misassociation", "wrong-reply", "departure", "rule")
"""What a wrongful engagement is traced to, one each, the first that holds of: the crew fired without permission; it was
beside another aircraft than the track's, or the track took plots, a reply or a look of another; a look took it for
something else; an answer to an interrogation that the rule set asks about was missing, garbled or false; none of them,
and the rule permitted it on what was truly known."""

SCORED: Final = np.dtype(
    [
        ("aircraft", np.int64),  # place in the truth
        ("part", np.int64),
        ("platform", np.int64),
        ("line", np.int64),
        ("ordinal", np.int64),
        ("status", np.int64),  # at the end
        ("payload", np.int64),
        ("crewed", np.int64),
        ("track", np.int64),  # number of the track that it fed most lately, 0: none
        ("tracks", np.int64),  # confirmed tracks that it fed
        ("shots", np.int64),  # fired at it
        ("cause", np.int64),  # place in CAUSES where it was wrongly engaged, else -1
        ("entered_s", np.float64),  # first over a guarded state; inf, here and below: never
        ("left_s", np.float64),  # last left again
        ("detected_s", np.float64),  # first plot
        ("tracked_s", np.float64),  # first fed a confirmed track
        ("identified_s", np.float64),  # first assessed as suspect or hostile, or looked at
        ("permitted_s", np.float64),  # first ruling that permits force
        ("authorised_s", np.float64),  # authority for force given
        ("tasked_s", np.float64),  # a responder sent
        ("intercepted_s", np.float64),  # a responder found it
        ("engaged_s", np.float64),  # first fired at, or brought down without a weapon
        ("ended_s", np.float64),
        ("depth_m", np.float64),  # deepest behind the border
        ("ended_x_m", np.float64),  # where it is at the end of the night, or came down
        ("ended_y_m", np.float64),
    ],
    align=True,
)

CLOSING: Final = ("closed_min", "diverted", "cancelled", "passengers_delayed", "cost_closing_meur", "exposed_min")
"""Figures of airports that may close; NaN where a scenario says of none that it may."""

FIGURES: Final = (
    "entered", "detected", "tracked", "identified", "intercepted", "engaged", "stopped", "missed", "left", "fell",
    "arrived", "deepest_km", "border_to_track_min", "border_to_identification_min", "border_to_permission_min",
    "border_to_authority_min",
    "border_to_interception_min", "wrongful_civil", "wrongful_friendly", "wrongful_rule", "wrongful_wrong_look",
    "wrongful_wrong_aircraft", "wrongful_departure", "held_by_crew", "shots", "stray_weapons",
    "people_harmed_debris", "people_harmed_weapon", "sorties", "flight_h", "cost_own_meur", "cost_other_meur",
    "peak_rung_own", "peak_rung_other", "tracks_confirmed", "tracks_false", "alert_to_airborne_min",
    "airborne_to_contact_min", "localities", "debris_on_populated", "traced_wrong_look",
    "traced_misassociation", "traced_wrong_reply", "traced_departure", "traced_rule", "people_harmed_wrongful",
    *CLOSING, "cost_own_low_meur", "cost_own_high_meur", "stopped_strays",
)  # fmt: skip
"""One night in figures, floats; NaN where nothing was there to be counted (a mean time with nobody found)."""


def how_engaged(row: np.void) -> str:
    """Return how an aircraft was engaged, by its `SCORED` record: `fired at`, without a shot `disrupted`, or empty."""
    if row["shots"] > 0:
        return "fired at"
    return "disrupted" if np.isfinite(row["engaged_s"]) else ""
