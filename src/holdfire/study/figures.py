"""How each figure of a night is read: its words, its unit, and which estimate suits it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from holdfire.messages.score import FIGURES


class Reading(StrEnum):
    """Which estimates a figure gets."""

    MEAN = "mean"
    """A count or an amount a night: mean, and mean of paired differences."""
    MEDIAN = "median"
    """Not there every night, or far from normal: median, and median of paired differences."""
    RARE = "rare"
    """Share of nights with any, and the ratio between options; never alone as a rate."""
    RANK = "rank"
    """Ordered without size: median, and in how many nights an option is higher or lower."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of `score.FIGURES`: its words, its unit ("" for a count), its group and its reading."""

    name: str
    label: str
    unit: str
    group: str
    reading: Reading


CAUSES: Final = "traced"
"""The group of causes: each counts engagements, or the people whom what fell is expected to harm."""

GROUPS: Final = {
    "seen": "What came in, and what was seen of it",
    "times": "Times and depth",
    "done": "What was done, and what became of them",
    "wrongful": "Who was fired at and should not have been",
    "traced": "What wrongful engagements and harm are traced to",
    "cost": "What it cost",
    "closing": "Airports closed",
    "ladder": "Highest rung of the ladder",
}

TABLE: Final = (
    Figure("entered", "entered", "", "seen", Reading.MEAN),
    Figure("detected", "detected", "", "seen", Reading.MEAN),
    Figure("tracked", "tracked", "", "seen", Reading.MEAN),
    Figure("identified", "identified", "", "seen", Reading.MEAN),
    Figure("tracks_confirmed", "tracks confirmed", "", "seen", Reading.MEAN),
    Figure("tracks_false", "of them of no aircraft", "", "seen", Reading.MEAN),
    Figure("border_to_track_min", "border to track", "min", "times", Reading.MEDIAN),
    Figure("border_to_identification_min", "to identification", "min", "times", Reading.MEDIAN),
    Figure("border_to_permission_min", "to permission of force", "min", "times", Reading.MEDIAN),
    Figure("border_to_authority_min", "to authority", "min", "times", Reading.MEDIAN),
    Figure("border_to_interception_min", "to interception", "min", "times", Reading.MEDIAN),
    Figure("alert_to_airborne_min", "alert to take-off", "min", "times", Reading.MEDIAN),
    Figure("airborne_to_contact_min", "take-off to contact", "min", "times", Reading.MEDIAN),
    Figure("deepest_km", "deepest", "km", "times", Reading.MEDIAN),
    Figure("intercepted", "intercepted", "", "done", Reading.MEAN),
    Figure("engaged", "engaged", "", "done", Reading.MEAN),
    Figure("stopped", "stopped", "", "done", Reading.MEAN),
    Figure("stopped_strays", "of them a friend's strays", "", "done", Reading.MEAN),
    Figure("missed", "missed", "", "done", Reading.MEAN),
    Figure("held_by_crew", "fire held by the crew", "", "done", Reading.MEAN),
    Figure("left", "left again", "", "done", Reading.MEAN),
    Figure("fell", "fell", "", "done", Reading.MEAN),
    Figure("arrived", "arrived", "", "done", Reading.MEAN),
    Figure("localities", "places they came down in", "", "done", Reading.MEAN),
    Figure("debris_on_populated", "fell where people live", "", "done", Reading.MEAN),
    Figure("wrongful_civil", "civil aircraft", "", "wrongful", Reading.RARE),
    Figure("wrongful_friendly", "friendly aircraft", "", "wrongful", Reading.RARE),
    Figure("wrongful_rule", "because a rule permitted", "", "wrongful", Reading.RARE),
    Figure("wrongful_wrong_look", "because a look was wrong", "", "wrongful", Reading.RARE),
    Figure("wrongful_wrong_aircraft", "beside another aircraft", "", "wrongful", Reading.RARE),
    Figure("wrongful_departure", "against the rule", "", "wrongful", Reading.RARE),
    Figure("traced_wrong_look", "a wrong look", "", "traced", Reading.RARE),
    Figure("traced_misassociation", "another aircraft's plots, reply or look", "", "traced", Reading.RARE),
    Figure("traced_wrong_reply", "a missing or wrong reply", "", "traced", Reading.RARE),
    Figure("traced_departure", "a departure from the rule", "", "traced", Reading.RARE),
    Figure("traced_rule", "none of these: the rule", "", "traced", Reading.RARE),
    Figure("stray_weapons", "weapons gone astray", "", "traced", Reading.RARE),
    Figure("people_harmed_debris", "debris: expected harmed", "people", "traced", Reading.RARE),
    Figure("people_harmed_weapon", "stray weapons: expected harmed", "people", "traced", Reading.RARE),
    Figure("people_harmed_wrongful", "of both, by wrongful shots", "people", "traced", Reading.RARE),
    Figure("shots", "shots", "", "cost", Reading.MEAN),
    Figure("sorties", "sorties", "", "cost", Reading.MEAN),
    Figure("flight_h", "flight", "h", "cost", Reading.MEAN),
    Figure("cost_own_meur", "own side", "M€", "cost", Reading.MEAN),
    Figure("cost_own_low_meur", "own side, low prices", "M€", "cost", Reading.MEAN),
    Figure("cost_own_high_meur", "own side, high prices", "M€", "cost", Reading.MEAN),
    Figure("cost_closing_meur", "of it by closed airports", "M€", "cost", Reading.MEAN),
    Figure("cost_other_meur", "other side", "M€", "cost", Reading.MEAN),
    Figure("closed_min", "closed, all airports", "min", "closing", Reading.MEAN),
    Figure("exposed_min", "traffic beside an uncrewed aircraft", "min", "closing", Reading.MEAN),
    Figure("diverted", "flights that landed elsewhere", "", "closing", Reading.MEAN),
    Figure("cancelled", "flights cancelled", "", "closing", Reading.MEAN),
    Figure("passengers_delayed", "people on flights concerned", "", "closing", Reading.MEAN),
    Figure("peak_rung_own", "own side", "", "ladder", Reading.RANK),
    Figure("peak_rung_other", "other side", "", "ladder", Reading.RANK),
)  # fmt: skip
"""Every figure, in the order in which it is shown."""

COLUMN: Final = {name: column for column, name in enumerate(FIGURES)}
"""A figure's column in the arrays of nights."""
