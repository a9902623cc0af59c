"""What happens to every responder in a tick: it takes off, flies, searches, finds, stays beside, fires, goes home."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from holdfire.compiled import kernel
from holdfire.messages.aircraft import Arrival, Status
from holdfire.messages.response import Duty, What
from holdfire.messages.vocabulary import ACTIONS, ITEM
from holdfire.respond.book import CLEARED, let_go, note, request_of
from holdfire.respond.conduct_schema import RANGES
from holdfire.respond.flight import fly_home, stay_beside, take_off, to_station, to_track
from holdfire.respond.names import Draw, chance, tonight
from holdfire.respond.outcome import use_force
from holdfire.respond.search import find

if TYPE_CHECKING:
    import numpy as np

    from holdfire.geo.ground import Ground
    from holdfire.messages.aircraft import World
    from holdfire.messages.response import Response
    from holdfire.messages.track import Tracks
    from holdfire.respond.means import Means
    from holdfire.seed import Key

DT_S = 1.0
"""The step of a tick."""
_INTERROGATE, _INTERCEPT, _ENGAGE = (ACTIONS.index(name) for name in ("interrogate", "intercept", "engage"))
_ALERT, _SCRAMBLED, _PATROL, _TRANSIT, _SEARCH, _CONTACT, _RETURNING, _TURNAROUND, _SUPPORT, _LOST_ONE = (
    int(each)
    for each in (
        Duty.ALERT, Duty.SCRAMBLED, Duty.PATROL, Duty.TRANSIT, Duty.SEARCH, Duty.CONTACT, Duty.RETURNING,
        Duty.TURNAROUND, Duty.SUPPORT, Duty.LOST,
    )
)  # fmt: skip
_AIRBORNE, _FOUND, _LOST_SIGHT, _RETURNED, _LANDED = (
    int(each) for each in (What.AIRBORNE, What.FOUND, What.LOST_SIGHT, What.RETURNED, What.LANDED)
)
_FLYING, _ON_GROUND, _STRIKE = int(Status.FLYING), int(Status.LANDED), int(Arrival.STRIKE)
_LOST, _DEPARTS, _READINESS = int(Draw.LOST), int(Draw.DEPARTS), int(Draw.READINESS)
_GIVE_UP, _LOST_RATE, _DEPART_RATE, _RESERVE, _TURNAROUND_TIME, _LINGER, _BURN = (
    RANGES.index(name)
    for name in (
        "give_up_min", "lost_sight_per_min", "departures_per_contact_h", "reserve_min", "turnaround_min",
        "linger_min", "tanker_burn_share",
    )
)  # fmt: skip
_NONE_SEEN = ITEM["attack"].values.index("none-seen")
_ON_PROTECTED = ITEM["attack"].values.index("on-protected")
DIVE_M = 5000.0
"""Before what it is aimed at, one that strikes is seen to dive (assumed)."""
BESIDE_M = 2000.0
"""Within it of what it found, a crew is beside it (assumed)."""
WATCH_S = 10.0
"""A crew watches what it shot at for so long (assumed)."""
RELIEF_S = 60
"""How often a patrol is looked at for who is missing, s."""
LAST_RELIEF_S = 1800.0
"""Nobody goes out for less time on station (assumed)."""


@kernel
def encounter(  # noqa: C901, PLR0912, PLR0913, PLR0915
    means: Means,
    response: Response,
    tracks: Tracks,
    world: World,
    ground: Ground,
    time_s: float,
    tick: int,
    key: Key,
) -> None:
    """Carry every responder through one tick. Nothing but responders is looped over unless one searches."""
    responders, units, conduct = response.responders, means.units, means.conduct[0]
    night = conduct["entity"]
    reserve_s = tonight(conduct["reserve_s"], _RESERVE, night, key)
    burn = DT_S
    for place in range(responders.size):
        if units[place]["tanks"] == 1 and responders[place]["duty"] == _SUPPORT:
            burn = DT_S * tonight(conduct["tanker_burn_share"], _BURN, night, key)
            break
    for place in range(responders.size):
        one, unit = responders[place], units[place]
        duty, mine = one["duty"], world.aircraft[one["aircraft"]]
        if one["track"] >= 0 and tracks.track[one["track"]]["number"] != one["number"]:
            let_go(response, place, time_s)  # its track is gone
            duty = one["duty"]
        if duty == _ALERT:
            if unit["patrol"] >= 0 and tick % RELIEF_S == 0 and is_missing(means, response, unit, time_s):
                share = chance(one["sorties"], unit["entity"], _READINESS, key)
                least_s, most_s = unit["readiness_s"][0], unit["readiness_s"][1]
                one["duty"], one["ready_s"] = _SCRAMBLED, time_s + least_s + (most_s - least_s) * share
            continue
        if duty == _TURNAROUND:
            if time_s >= one["ready_s"]:
                one["duty"], one["fuel_s"], one["ready_s"] = _ALERT, unit["endurance_s"], math.inf
                one["missiles"], one["guns"] = unit["missiles"], unit["guns"]
            continue
        if duty == _SCRAMBLED:
            if time_s >= one["ready_s"]:
                take_off(mine, unit, one, world.waypoints)
                one["since_s"] = time_s
                one["sorties"] += 1 if unit["tied_m"] == 0.0 else 0
                one["duty"] = _TRANSIT if one["track"] >= 0 else _SUPPORT if unit["supports"] == 1 else _PATROL
                note(response, time_s, _AIRBORNE, one["number"], -1, place, 0.0)
            continue
        if mine["status"] not in (_FLYING, _ON_GROUND):
            if duty != _LOST_ONE:
                let_go(response, place, time_s)
                one["duty"], one["since_s"] = _LOST_ONE, time_s
            continue
        one["flown_s"] += DT_S if unit["tied_m"] == 0.0 else 0.0
        one["x_m"], one["y_m"] = mine["x_m"], mine["y_m"]
        if duty == _RETURNING:
            one["fuel_s"] -= DT_S
            if mine["status"] == _ON_GROUND:
                one["duty"], one["since_s"] = _TURNAROUND, time_s
                one["ready_s"] = time_s + tonight(conduct["turnaround_s"], _TURNAROUND_TIME, night, key)
                note(response, time_s, _LANDED, 0, -1, place, 0.0)
            continue
        one["fuel_s"] -= DT_S if unit["supports"] == 1 else burn
        home_s = math.hypot(mine["x_m"] - unit["home_x_m"], mine["y_m"] - unit["home_y_m"]) / unit["cruise_m_s"]
        waits = duty in (_PATROL, _SUPPORT)
        over = waits and time_s >= unit["until_s"]
        if waits and unit["patrol"] < 0 and one["fuel_s"] > home_s + reserve_s:
            over = time_s - one["since_s"] >= tonight(conduct["linger_s"], _LINGER, night, key)
        if over or one["fuel_s"] <= home_s + reserve_s:
            let_go(response, place, time_s)
            fly_home(mine, one)
            one["duty"], one["since_s"] = _RETURNING, time_s
            note(response, time_s, _RETURNED, 0, -1, place, 0.0)
        elif waits:
            to_station(mine, unit, one, world.waypoints)
        elif duty == _CONTACT:
            beside(means, response, world, ground, place, time_s, tick, key)
        else:
            seek(means, response, tracks, world, place, time_s, key)
        if unit["tied_m"] > 0.0:
            world.waypoints[one["home_leg"]]["h_m"] = unit["orbit_h_m"]  # it drives


@kernel
def is_missing(means: Means, response: Response, unit: np.void, time_s: float) -> bool:
    """Whether a patrol has fewer on station, or on their way there, than it should."""
    there = 0
    for place in range(means.units.size):
        duty = response.responders[place]["duty"]
        away = duty in (_ALERT, _TURNAROUND, _RETURNING, _LOST_ONE)
        there += means.units[place]["patrol"] == unit["patrol"] and not away
    return there < unit["number"] and unit["from_s"] <= time_s < unit["until_s"] - LAST_RELIEF_S  # type: ignore[no-any-return]


@kernel
def seek(  # noqa: C901, PLR0913
    means: Means, response: Response, tracks: Tracks, world: World, place: int, time_s: float, key: Key
) -> None:
    """Fly to where the track should be, search there, close with what was found, or give up."""
    one, unit, conduct = response.responders[place], means.units[place], means.conduct[0]
    mine, track, contact = world.aircraft[one["aircraft"]], tracks.track[one["track"]], response.contacts[one["track"]]
    arrived = to_track(means, mine, unit, one, track, world.waypoints, time_s, key)
    if one["duty"] == _TRANSIT:
        if arrived or unit["tied_m"] > 0.0:  # who stands there searches from where it stands
            one["duty"], one["since_s"] = _SEARCH, time_s
        return
    if one["found"] < 0:
        one["found"] = find(means, response, world, track, place, time_s, key)
    if one["found"] >= 0:
        truth = world.aircraft[one["found"]]
        stay_beside(mine, truth, unit, world.waypoints[one["home_leg"]])
        off_m = math.hypot(truth["x_m"] - mine["x_m"], truth["y_m"] - mine["y_m"])
        if off_m <= max(BESIDE_M, unit["tied_m"]):
            one["duty"], one["since_s"] = _CONTACT, time_s
            if unit["tied_m"] == 0.0:
                contact["done"] |= 1 << _INTERCEPT
                contact["done_s"][_INTERCEPT] = time_s
            note(response, time_s, _FOUND, one["number"], one["found"], place, 0.0 if unit["tied_m"] == 0.0 else 1.0)
        elif truth["status"] != _FLYING:
            one["found"] = -1
    elif unit["tied_m"] == 0.0 and time_s - one["since_s"] >= tonight(
        conduct["give_up_s"], _GIVE_UP, conduct["entity"], key
    ):
        give_up(contact, time_s)
        let_go(response, place, time_s)


@kernel
def beside(  # noqa: PLR0913
    means: Means,
    response: Response,
    world: World,
    ground: Ground,
    place: int,
    time_s: float,
    tick: int,
    key: Key,
) -> None:
    """Stay beside what was found: watch it, fire if cleared, and rarely lose it or fire without being cleared."""
    one, unit, conduct = response.responders[place], means.units[place], means.conduct[0]
    mine, truth, slot = world.aircraft[one["aircraft"]], world.aircraft[one["found"]], one["track"]
    contact, night = response.contacts[slot], conduct["entity"]
    request = response.requests[request_of(response, unit, place)]
    if truth["status"] != _FLYING:
        if time_s - one["shot_s"] >= WATCH_S:
            give_up(contact, time_s)  # nothing is there any more
            let_go(response, place, time_s)
        return
    off_m = math.hypot(truth["x_m"] - mine["x_m"], truth["y_m"] - mine["y_m"])
    lost_per_s = tonight(conduct["lost_sight_per_s"], _LOST_RATE, night, key)
    if chance(tick, truth["entity"], _LOST, key) < DT_S * lost_per_s or off_m > unit["tied_m"] > 0.0:
        note(response, time_s, _LOST_SIGHT, one["number"], one["found"], place, 0.0)
        one["duty"], one["found"], one["since_s"] = _SEARCH, -1, time_s
        return
    stay_beside(mine, truth, unit, world.waypoints[one["home_leg"]])
    if contact["done"] >> _INTERROGATE & 1:  # once permitted, its interrogator goes on asking
        answers = truth["iff"] == 1 and truth["transponder_fails_s"] > time_s
        contact["iff"], contact["iff_s"] = 1 if answers else 2, time_s
    if contact["visual_class"] >= 0:
        contact["attack"] = _ON_PROTECTED if dives(world, truth) else _NONE_SEEN
        contact["attack_s"] = time_s
    departs = chance(tick, truth["entity"], _DEPARTS, key) < DT_S * tonight(
        conduct["departures_per_s"], _DEPART_RATE, night, key
    )
    cleared = request["number"] == one["number"] and request["granted"] == CLEARED
    if cleared or departs:
        action = request["action"] if cleared else _ENGAGE
        use_force(means, response, world, ground, place, action, not cleared, time_s, key)


@kernel
def give_up(contact: np.void, time_s: float) -> None:
    """Book that a track was tried in vain, so that nobody is sent again before a while."""
    contact["done"] &= ~(1 << _INTERCEPT)
    contact["done_s"][_INTERCEPT] = time_s


@kernel
def dives(world: World, truth: np.void) -> bool:
    """Whether an aircraft is on the last of its way to what it strikes."""
    last = truth["leg_end"] - 1
    if truth["arrival"] != _STRIKE or truth["leg"] != last:
        return False
    point = world.waypoints[last]
    return math.hypot(point["x_m"] - truth["x_m"], point["y_m"] - truth["y_m"]) < DIVE_M
