"""What is written down: events, the contact with a track, and letting a track go."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from holdfire.compiled import kernel
from holdfire.messages.aircraft import Part, Status
from holdfire.messages.response import Duty, What

if TYPE_CHECKING:
    import numpy as np

    from holdfire.messages.aircraft import World
    from holdfire.messages.response import Response

_FLYING = int(Status.FLYING)
_FIRST_OWN, _LAST_OWN, _SURVEILLANCE = int(Part.FIGHTER), int(Part.TANKER), int(Part.SURVEILLANCE)
_ALERT, _SCRAMBLED, _PATROL, _DROPPED = int(Duty.ALERT), int(Duty.SCRAMBLED), int(Duty.PATROL), int(What.DROPPED)
REFUSED, GRANTED, CLEARED = -1, 1, 2
"""What a request's `granted` says beside 0: cleared is granted, and permitted still at this moment."""
NEAR_M = 5000.0
"""How far from its track an aircraft is looked for when a controller calls it, or an event is booked (assumed)."""
OFF_M = 1500.0
"""An aircraft further above or below the track than this is not taken for it (assumed)."""


@kernel
def note(  # noqa: PLR0913
    response: Response, time_s: float, what: int, number: int, aircraft: int, responder: int, value: float
) -> None:
    """Write an event; where there is no room left, the count becomes -1 and stays so."""
    counts, events = response.counts, response.events
    count = counts[0]
    if count < 0 or count >= events.size:
        counts[0] = -1
        return
    event = events[count]
    event["time_s"], event["what"], event["number"] = time_s, what, number
    event["aircraft"], event["responder"], event["value"] = aircraft, responder, value
    counts[0] = count + 1


@kernel
def begin_contact(contact: np.void, number: int) -> None:
    """Begin a contact with a track: nobody is tasked, nothing was done."""
    contact["number"], contact["responder"], contact["done"], contact["seen_as"] = number, -1, 0, 0
    contact["done_s"][:] = -inf
    contact["hailed_s"], contact["warned_s"], contact["warned"], contact["radio"] = inf, inf, 0, 0
    contact["visual_class"], contact["visual_load"], contact["complying"], contact["attack"] = -1, -1, -1, -1
    contact["radio_s"], contact["looked_s"], contact["complying_s"], contact["attack_s"] = -inf, -inf, -inf, -inf
    contact["hijack"], contact["iff"], contact["iff_s"] = 0, 0, -inf


@kernel
def let_go(response: Response, place: int, time_s: float) -> None:
    """Free a responder of its track: one in the air is on patrol again, one on the ground on alert."""
    one = response.responders[place]
    track = one["track"]
    if track < 0:
        return
    note(response, time_s, _DROPPED, one["number"], one["found"], place, 0.0)
    contact = response.contacts[track]
    if contact["responder"] == place:
        if contact["number"] == one["number"]:
            contact["responder"] = -1
        if response.requests[track]["granted"] == CLEARED:
            response.requests[track]["granted"] = GRANTED
    one["track"], one["number"], one["found"], one["since_s"] = -1, 0, -1, time_s
    one["duty"] = _ALERT if one["duty"] == _SCRAMBLED else _PATROL


@kernel
def request_of(response: Response, unit: np.void, place: int) -> int:
    """Return the place of a responder's request: its track's; of a unit on the ground, its own."""
    return response.contacts.size + place if unit["tied_m"] > 0.0 else response.responders[place]["track"]


@kernel
def expected(track: np.void, time_s: float) -> tuple[float, float]:
    """Return where a track should be now: its state carried on in a straight line."""
    ahead_s = time_s - track["time_s"]
    return track["x_m"] + track["vx_m_s"] * ahead_s, track["y_m"] + track["vy_m_s"] * ahead_s


@kernel
def whose(world: World, track: np.void, time_s: float) -> int:
    """Return the place of the aircraft, not one of ours, that flies nearest to a track; -1: none near.

    Deciders never ask it: it is who takes a call to that position, and to that height where it is known, for one to
    itself, and whom an event is booked on.
    """
    aircraft, active = world.aircraft, world.active
    x_m, y_m = expected(track, time_s)
    best, best_m2 = -1, NEAR_M * NEAR_M
    for each in range(world.counts[0]):
        truth = aircraft[active[each]]
        if abs(truth["h_m"] - track["h_m"]) > OFF_M:  # NaN: the height is not known, and fits
            continue
        dx_m, dy_m = truth["x_m"] - x_m, truth["y_m"] - y_m
        ours = _FIRST_OWN <= truth["part"] <= _LAST_OWN or truth["part"] == _SURVEILLANCE
        if dx_m * dx_m + dy_m * dy_m < best_m2 and not ours and truth["status"] == _FLYING:
            best, best_m2 = active[each], dx_m * dx_m + dy_m * dy_m
    return best
