"""What force does: a crew that holds, a shot that hits, misses or goes astray, and what falls on whom.

A shot is a share of success and nothing else. What it hits is what the crew is beside, be that the track's
aircraft or another.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from holdfire.compiled import kernel
from holdfire.geo.ground import people_at
from holdfire.messages.aircraft import Status
from holdfire.messages.response import What, Why
from holdfire.messages.vocabulary import ACTIONS, CLASSES
from holdfire.respond.book import note, request_of
from holdfire.respond.conduct_schema import RANGES
from holdfire.respond.names import Draw, chance, tonight

if TYPE_CHECKING:
    import numpy as np

    from holdfire.geo.ground import Ground
    from holdfire.messages.aircraft import World
    from holdfire.messages.response import Response
    from holdfire.respond.means import Means
    from holdfire.seed import Key

_BY_FIRE, _DISRUPT, _ENGAGE = (ACTIONS.index(name) for name in ("warn-by-fire", "disrupt", "engage"))
_SHOT_DOWN, _DISRUPTED_DOWN = int(Status.SHOT_DOWN), int(Status.DISRUPTED)
_WARNED, _HELD, _FIRED, _HIT, _MISSED, _STRAY, _DEBRIS, _DEPARTED, _DISRUPTED = (
    int(each)
    for each in (
        What.WARNED, What.HELD, What.FIRED, What.HIT, What.MISSED, What.STRAY, What.DEBRIS, What.DEPARTED,
        What.DISRUPTED,
    )
)  # fmt: skip
_HOLDS, _SHOT = int(Draw.HOLDS), int(Draw.SHOT)
_HOLD, _INTERVAL, _DEBRIS_M2, _WEAPON_M2, _ASTRAY, _JAMS, _ACCEPTS = (
    RANGES.index(name)
    for name in (
        "hold_share", "shot_interval_s", "debris_m2", "weapon_m2", "stray_km", "disrupts_share",
        "accepts_people",
    )
)  # fmt: skip
_PEOPLE_BELOW, _NOTHING_SEEN = int(Why.PEOPLE_BELOW), int(Why.NOTHING_SEEN)
_NOT_ESTABLISHED = CLASSES.index("not-established")
_WEAPONS = 64  # first of the night's numbers of weapons: four each
_BY_FIRE_BIT = 4  # of the item `warned`
_G = 9.80665  # m/s², standard gravity (3rd CGPM, 1901)
_DRIFT = 0.5  # share of its speed that falling debris keeps, on average (assumed: drag takes the rest)
_KM2 = 1e-6  # of a square metre
_GUN_LAST = 1  # the gun is the last of the weapons


@kernel
def use_force(  # noqa: C901, PLR0913
    means: Means,
    response: Response,
    world: World,
    ground: Ground,
    place: int,
    action: int,
    departs: bool,  # noqa: FBT001
    time_s: float,
    key: Key,
) -> None:
    """Let a crew use force on what it found, if it is near enough and does not hold.

    What it holds for is booked once for a crew and an aircraft. A crew that departs from the rule does not hold.
    """
    one, unit, conduct = response.responders[place], means.units[place], means.conduct[0]
    truth, mine = world.aircraft[one["found"]], world.aircraft[one["aircraft"]]
    contact = response.contacts[one["track"]]
    night = conduct["entity"]
    if time_s - one["shot_s"] < tonight(conduct["shot_interval_s"], _INTERVAL, night, key):
        return
    weapon = unit["weapon"] if one["missiles"] > 0 else means.weapons.size - _GUN_LAST
    reach_m = tonight(means.weapons[weapon]["reach_m"], _WEAPONS + 4 * weapon, night, key)
    if away_m(truth, mine, unit) > reach_m:
        return
    if not departs:
        why = why_held(means, response, truth["entity"], place, action, key)
        if why != 0:
            if not is_booked(response, place, one["found"], why):
                note(response, time_s, _HELD, one["number"], one["found"], place, float(why))
            return
    if action == _ENGAGE:
        if one["missiles"] + one["guns"] <= 0 or times(response, _FIRED, place, one["found"]) >= conduct["shots_most"]:
            one["spent"] = one["number"]
            return
        if departs:
            note(response, time_s, _DEPARTED, one["number"], one["found"], place, float(action))
        shoot(means, response, world, ground, place, weapon, time_s, key)
    elif action == _DISRUPT:
        disrupt(means, response, world, ground, place, time_s, key)
    elif action == _BY_FIRE and one["guns"] > 0:
        one["guns"] -= 1
        contact["warned"] |= _BY_FIRE_BIT
        contact["warned_s"] = min(contact["warned_s"], time_s)
        note(response, time_s, _WARNED, one["number"], one["found"], place, float(_BY_FIRE_BIT))
    else:
        return
    one["shot_s"], contact["done_s"][action] = time_s, time_s
    contact["done"] |= 1 << action


@kernel
def why_held(means: Means, response: Response, entity: int, place: int, action: int, key: Key) -> int:
    """Return why a crew that may use force on an aircraft does not, 0: it does.

    It may not have seen yet what it is, or more people may be at risk than it accepts, by what the picture told
    with its clearance. Else it is drawn once for a crew and an aircraft, and the action stands for no reason given.
    """
    one, conduct = response.responders[place], means.conduct[0]
    seen_as, night = response.contacts[one["track"]]["visual_class"], conduct["entity"]
    if conduct["sees_first"] == 1 and (seen_as < 0 or seen_as == _NOT_ESTABLISHED):
        return _NOTHING_SEEN
    people = response.requests[request_of(response, means.units[place], place)]["people"]
    if people > 10.0 ** tonight(conduct["accepts_people"], _ACCEPTS, night, key):
        return _PEOPLE_BELOW
    held = chance(means.units[place]["entity"], entity, _HOLDS, key)
    return action if held < tonight(conduct["hold_share"], _HOLD, night, key) else 0


@kernel
def is_booked(response: Response, place: int, aircraft: int, why: int) -> bool:
    """Whether it was booked that a crew held its fire at an aircraft, and why."""
    for each in range(response.counts[0]):
        event = response.events[each]
        same = (event["responder"] == place) & (event["aircraft"] == aircraft)
        if same and event["what"] == _HELD and event["value"] == why:
            return True
    return False


@kernel
def away_m(truth: np.void, mine: np.void, unit: np.void) -> float:
    """Return how far off it is: on the map for one that can come up to it, through the air for a unit on the ground."""
    up_m = truth["h_m"] - mine["h_m"] if unit["tied_m"] > 0.0 else 0.0
    return math.hypot(math.hypot(truth["x_m"] - mine["x_m"], truth["y_m"] - mine["y_m"]), up_m)


@kernel
def shoot(  # noqa: PLR0913
    means: Means,
    response: Response,
    world: World,
    ground: Ground,
    place: int,
    weapon: int,
    time_s: float,
    key: Key,
) -> None:
    """Fire one shot: it brings down what the crew found, or misses, and then may go astray.

    Its luck is named by the crew, the aircraft and the shot's ordinal, so that it is the same under two options.
    """
    one, unit, conduct = response.responders[place], means.units[place], means.conduct[0]
    number, found, night = one["number"], one["found"], means.conduct[0]["entity"]
    truth, first = world.aircraft[found], _SHOT + 3 * times(response, _FIRED, place, found)
    row = means.weapons[weapon]
    if one["missiles"] > 0:
        one["missiles"] -= 1
    else:
        one["guns"] -= 1
    one["shots"] += 1
    note(response, time_s, _FIRED, number, found, place, float(weapon))
    success = tonight(row["success_share"], _WEAPONS + 4 * weapon + 1, night, key)
    if chance(unit["entity"], truth["entity"], first, key) < success:
        truth["status"] = _SHOT_DOWN
        note(response, time_s, _HIT, number, found, place, float(weapon))
        fall(means, response, world, ground, place, time_s, key)
        return
    note(response, time_s, _MISSED, number, found, place, float(weapon))
    strays = tonight(row["stray_share"], _WEAPONS + 4 * weapon + 2, night, key)
    if chance(unit["entity"], truth["entity"], first + 1, key) < strays:
        way = 2.0 * math.pi * chance(unit["entity"], truth["entity"], first + 2, key)
        far_m = tonight(conduct["stray_m"], _ASTRAY, night, key)
        area_m2 = tonight(conduct["weapon_m2"], _WEAPON_M2, night, key)
        people = people_at(ground, truth["x_m"] + far_m * math.sin(way), truth["y_m"] + far_m * math.cos(way))
        note(response, time_s, _STRAY, number, found, place, people * area_m2 * _KM2)


@kernel
def disrupt(  # noqa: PLR0913
    means: Means, response: Response, world: World, ground: Ground, place: int, time_s: float, key: Key
) -> None:
    """Try once to bring an aircraft down without a weapon."""
    one, conduct = response.responders[place], means.conduct[0]
    truth = world.aircraft[one["found"]]
    luck = chance(int(time_s), truth["entity"], _SHOT, key)
    if luck < tonight(conduct["disrupts_share"], _JAMS, conduct["entity"], key) and truth["crewed"] == 0:
        truth["status"] = _DISRUPTED_DOWN
        note(response, time_s, _DISRUPTED, one["number"], one["found"], place, 0.0)
        fall(means, response, world, ground, place, time_s, key)


@kernel
def fall(  # noqa: PLR0913
    means: Means, response: Response, world: World, ground: Ground, place: int, time_s: float, key: Key
) -> None:
    """Let what was brought down fall: ballistically from its height, on as far as half its speed takes it."""
    one, conduct = response.responders[place], means.conduct[0]
    truth = world.aircraft[one["found"]]
    far_m = _DRIFT * truth["speed_m_s"] * math.sqrt(2.0 * max(truth["h_m"], 0.0) / _G)
    x_m = truth["x_m"] + far_m * math.sin(truth["heading_rad"])
    y_m = truth["y_m"] + far_m * math.cos(truth["heading_rad"])
    area_m2 = tonight(conduct["debris_m2"], _DEBRIS_M2, conduct["entity"], key)
    people = people_at(ground, x_m, y_m)
    note(response, time_s, _DEBRIS, one["number"], one["found"], place, people * area_m2 * _KM2)


@kernel
def times(response: Response, what: int, place: int, aircraft: int) -> int:
    """Count how often something was booked of a crew and an aircraft. It is asked only by a crew that may fire."""
    count = 0
    for each in range(response.counts[0]):
        event = response.events[each]
        count += (event["what"] == what) & (event["responder"] == place) & (event["aircraft"] == aircraft)
    return count
