"""What an assumed number is, in words that need no knowledge of the scenario, with its address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from holdfire.logic.parse import model_in
from holdfire.scenario.schema import Scenario

if TYPE_CHECKING:
    from pydantic import BaseModel

CALLED: Final[dict[str, str]] = {
    "night.misidentification_factor": "the factor on crews' stated chance of taking one class for another",
    "conduct.departures_per_contact_h": "the rate at which crews fire against the rule, per hour beside an aircraft",
    "conduct.lost_sight_per_min": "the rate at which crews lose sight of what they found, per minute",
    "conduct.hold_share": "the share of crews that may fire and do not",
    "conduct.stray_km": "the distance at which a weapon gone astray falls, in km",
    "conduct.debris_m2": "the ground on which debris harms whoever is there, in m²",
    "weapons/*.yaml: success_share": "the share of shots that hit",
    "states.*.roles.*.answers_s": "the time that whoever is asked for force takes to answer, in seconds",
    "bases.*.aircraft.*.readiness_min": "the time from order to take-off of fighters on alert, in minutes",
    "intruders.*.failures_per_h": "the rate at which intruders fall by themselves, per hour",
    "intruders.*.endurance_h": "the flying time of intruders, in hours",
    "intruders.*.payload_share": "the share of intruders with a warhead",
}
"""What is tried unless places are named; what the schema says of it presumes that one reads the scenario."""


def called(place: str) -> str:
    """Return what stands at a place in words, its address in brackets; the address alone where nothing says what."""
    known = CALLED.get(place)
    if known:
        return f"{known} ({place})"
    said = "" if ": " in place else _described(place)
    return f"{place} ({said})" if said else place


def _described(place: str) -> str:
    """Return what the schema says of the field at an address."""
    model: type[BaseModel] = Scenario
    said = ""
    for part in place.split("."):
        field = next((each for name, each in model.model_fields.items() if part in (name, each.alias)), None)
        if field is not None:  # else it is the name of an entry
            said, model = field.description or "", model_in(field.annotation) or model
    return said
