"""Carry orders out: send, call, ask and let go; and hear what comes back."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from holdfire.compiled import kernel
from holdfire.messages.aircraft import Arrival, Part
from holdfire.messages.response import Duty, What
from holdfire.messages.vocabulary import ACTIONS
from holdfire.respond.book import CLEARED, GRANTED, REFUSED, begin_contact, let_go, note, request_of, whose
from holdfire.respond.conduct_schema import RANGES
from holdfire.respond.names import SLOT_S, Draw, chance, tonight, triangular
from holdfire.respond.post import on_post
from holdfire.respond.warned import gained_s

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from holdfire.messages.aircraft import World
    from holdfire.messages.layout import Records
    from holdfire.messages.response import Response
    from holdfire.messages.track import Tracks
    from holdfire.respond.means import Means
    from holdfire.seed import Key

_INTERROGATE, _HAIL, _INTERCEPT, _LOOK, _ESCORT, _WARN, _DIVERT = (
    ACTIONS.index(name) for name in ("interrogate", "hail", "intercept", "identify", "escort", "warn", "divert")
)
_ALERT, _SCRAMBLED, _TRANSIT, _CONTACT = (
    int(each) for each in (Duty.ALERT, Duty.SCRAMBLED, Duty.TRANSIT, Duty.CONTACT)
)
_SCRAMBLE, _TASKED, _HAILED, _ANSWERED, _SILENT, _WARNED, _ASKED, _GRANTED, _ESCORTED, _INTERROGATED = (
    int(each)
    for each in (
        What.SCRAMBLE, What.TASKED, What.HAILED, What.ANSWERED, What.SILENT, What.WARNED, What.ASKED, What.GRANTED,
        What.ESCORTED, What.INTERROGATED,
    )
)  # fmt: skip
_INTRUDER, _LEAVE = int(Part.INTRUDER), int(Arrival.LEAVE)
_READINESS, _AVAILABLE, _ANSWER, _GRANT, _HEARS, _OBEYS = (
    int(each) for each in (Draw.READINESS, Draw.AVAILABLE, Draw.ANSWER, Draw.GRANT, Draw.HEARS, Draw.OBEYS)
)
_ANSWERS, _HEARS_SHARE, _CIVIL, _INTRUDERS = (
    RANGES.index(name) for name in ("answers_s", "hears_share", "civil_obeys_share", "intruder_obeys_share")
)
_SAID = 1 << _HAIL | 1 << _WARN
_BY_CALL, _BY_SIGNAL = 1, 2  # bits of the item `warned`


STANDS_BY_S = 600.0
"""How long a crew called off before take-off stays in its aircraft (assumed)."""


@kernel
def act(  # noqa: C901, PLR0912, PLR0913, PLR0915
    means: Means,
    response: Response,
    tracks: Tracks,
    orders: Records,
    slots: NDArray[np.int64],
    n: int,
    world: World,
    time_s: float,
    tick: int,
    key: Key,
) -> None:
    """Carry the first `n` orders out, whose tracks stand at `slots`, and note what comes back on earlier ones."""
    contacts, requests, responders = response.contacts, response.requests, response.responders
    conduct = means.conduct[0]
    answers_s = tonight(conduct["answers_s"], _ANSWERS, conduct["entity"], key)
    for place in range(responders.size):  # what was cleared is cleared for one cycle
        at = request_of(response, means.units[place], place)
        if at >= 0 and requests[at]["granted"] == CLEARED:
            requests[at]["granted"] = GRANTED
    for row in range(n):
        slot = slots[row]
        order, contact, track = orders[row], contacts[slot], tracks.track[slot]
        number, action = track["number"], order["action"]
        if contact["number"] != number:
            if action == 0 and order["post"] < 0:
                continue
            begin_contact(contact, number)
        if order["keep"] & 1:
            responders[contact["responder"]]["needed_s"] = time_s
        if order["drop"] == 1:
            let_go(response, order["responder"], time_s)
        elif order["ask"] != 0:
            ask(means, response, order["responder"], slot, number, action, order["ask"], time_s, tick, key)
        elif order["fire"] == 1:
            clear(response, order["responder"], slot, number, action, order["people"], time_s)
        elif action == _INTERCEPT:
            task(means, response, order["responder"], slot, number, whose(world, track, time_s), time_s, key)
        elif action != 0:
            signal(response, world, track, contact, action, time_s)
        if contact["done"] & _SAID != 0:
            hear(means, response, world, track, contact, time_s, answers_s, key)
        if requests[slot]["number"] == number and requests[slot]["granted"] == 0:
            hear_authority(means, response, world, track, contact["responder"], slot, time_s, key)
        post = on_post(means, response, slot, number)
        if post != order["post"]:
            if post >= 0:
                let_go(response, post, time_s)
            if order["post"] >= 0:
                task(means, response, order["post"], slot, number, whose(world, track, time_s), time_s, key)
        elif post >= 0:
            stand_to(means, response, world, track, contact, order, time_s, tick, key)


@kernel
def stand_to(  # noqa: PLR0913
    means: Means,
    response: Response,
    world: World,
    track: np.void,
    contact: np.void,
    order: np.void,
    time_s: float,
    tick: int,
    key: Key,
) -> None:
    """Carry out what a unit on the ground shall do about the track that it is on."""
    post, action, number = order["post"], order["post_action"], contact["number"]
    at = response.contacts.size + post
    if order["keep"] & 2:
        response.responders[post]["needed_s"] = time_s
    if order["post_ask"] != 0:
        ask(means, response, post, at, number, action, order["post_ask"], time_s, tick, key)
    elif order["post_fire"] == 1:
        clear(response, post, at, number, action, order["people"], time_s)
    elif action != 0:
        signal(response, world, track, contact, action, time_s)
    if response.requests[at]["number"] == number and response.requests[at]["granted"] == 0:
        hear_authority(means, response, world, track, post, at, time_s, key)


@kernel
def task(  # noqa: PLR0913
    means: Means, response: Response, place: int, slot: int, number: int, aircraft: int, time_s: float, key: Key
) -> None:
    """Send a responder to a track. One on the ground takes its readiness, drawn anew for each sortie.

    One that was called off on the ground less than `STANDS_BY_S` ago keeps what it had done of it; one that a
    neighbour's call sent to its cockpit has done some of it already (`warned`).
    """
    one, unit = response.responders[place], means.units[place]
    since_s, stood_down_s = one["since_s"], time_s - one["since_s"]
    one["track"], one["number"], one["found"], one["since_s"], one["needed_s"] = slot, number, -1, time_s, time_s
    if unit["tied_m"] == 0.0:
        response.contacts[slot]["responder"] = place
    note(response, time_s, _TASKED, number, aircraft, place, 0.0)
    if one["duty"] == _ALERT:
        share = chance(one["sorties"], unit["entity"], _READINESS, key)
        least_s, most_s = unit["readiness_s"][0], unit["readiness_s"][1]
        sooner_s = gained_s(means, response, least_s + (most_s - least_s) * share, share, since_s, time_s)
        ready_s = time_s + least_s + (most_s - least_s) * share - sooner_s
        if one["ready_s"] < inf and stood_down_s < STANDS_BY_S:  # it had begun, and goes on where it stopped
            ready_s = min(ready_s, max(one["ready_s"], time_s))
        one["duty"], one["ready_s"] = _SCRAMBLED, ready_s
        note(response, time_s, _SCRAMBLE, number, aircraft, place, sooner_s)
    else:
        one["duty"] = _TRANSIT


@kernel
def signal(response: Response, world: World, track: np.void, contact: np.void, action: int, time_s: float) -> None:
    """Interrogate, call, signal or escort, and book the first time of each."""
    again = contact["done"] >> action & 1 != 0
    contact["done"] |= 1 << action
    contact["done_s"][action] = time_s
    place = contact["responder"]
    found = response.responders[place]["found"] if place >= 0 else -1
    aircraft = found if found >= 0 or again else whose(world, track, time_s)
    what, way = _INTERROGATED, 0
    if action == _HAIL:
        what, way = _HAILED, _BY_CALL
        contact["hailed_s"] = min(contact["hailed_s"], time_s)
    elif action in (_WARN, _DIVERT):
        what, way = _WARNED, _BY_SIGNAL
    elif action == _ESCORT:
        what = _ESCORTED
    elif action == _LOOK:
        return  # the crew may look now; what it sees is booked with the look
    if way != 0:
        contact["warned"] |= way
        contact["warned_s"] = min(contact["warned_s"], time_s)
    if not again:
        note(response, time_s, what, contact["number"], aircraft, place, float(way))


@kernel
def hear(  # noqa: PLR0913
    means: Means,
    response: Response,
    world: World,
    track: np.void,
    contact: np.void,
    time_s: float,
    answers_s: float,
    key: Key,
) -> None:
    """Note whether a call was answered, and whether one who was signalled obeys, once it has had the time.

    A call is heard by the aircraft a crew is beside, else by whoever flies where the track is: by nobody where
    the track is false. Nobody aboard answers or obeys. Who obeys an order to divert flies to its last waypoint.
    """
    conduct, place = means.conduct[0], contact["responder"]
    found = response.responders[place]["found"] if place >= 0 else -1
    called_s, signalled_s = contact["done_s"][_HAIL], max(contact["done_s"][_WARN], contact["done_s"][_DIVERT])
    if called_s > contact["radio_s"] and time_s >= called_s + answers_s:
        aircraft = found if found >= 0 else whose(world, track, time_s)
        answered = False
        if aircraft >= 0:
            truth = world.aircraft[aircraft]
            heard = chance(int(called_s), truth["entity"], _HEARS, key)
            able = (truth["crewed"] == 1) & (truth["radio"] == 1) & (truth["radio_fails_s"] > time_s)
            answered = able and heard < tonight(conduct["hears_share"], _HEARS_SHARE, conduct["entity"], key)
        verdict = 1 if answered else 2
        if verdict != contact["radio"]:
            note(response, time_s, _ANSWERED if answered else _SILENT, contact["number"], aircraft, place, 0.0)
        contact["radio"], contact["radio_s"] = verdict, time_s
    if found >= 0 and time_s >= signalled_s + answers_s and signalled_s > -inf:
        truth = world.aircraft[found]
        entity, obeys = conduct["entity"], 0.0
        if truth["part"] == _INTRUDER:
            obeys = tonight(conduct["intruder_obeys_share"], _INTRUDERS, entity, key)
        else:
            obeys = tonight(conduct["civil_obeys_share"], _CIVIL, entity, key)
        complies = truth["crewed"] == 1 and chance(0, truth["entity"], _OBEYS, key) < obeys
        contact["complying"], contact["complying_s"] = 1 if complies else 0, time_s
        if complies and contact["done"] >> _DIVERT & 1 and truth["part"] == _INTRUDER:
            truth["leg"], truth["arrival"] = max(truth["leg"], truth["leg_end"] - 1), _LEAVE
            truth["steady"] = 0


@kernel
def ask(  # noqa: PLR0913
    means: Means,
    response: Response,
    place: int,
    at: int,
    number: int,
    action: int,
    roles: int,
    time_s: float,
    tick: int,
    key: Key,
) -> None:
    """Ask the first of the roles that suffice and can be reached, which takes its time to answer.

    Where none can be reached the first is asked, and does not answer.
    Named by the authority and the ten minutes in which it is asked, so that two options that ask at about the
    same time meet it in the same state.
    """
    one, request = response.responders[place], response.requests[at]
    when = tick // SLOT_S
    request["number"], request["crew"], request["action"], request["role"] = number, one["crew"], action, -1
    request["asked_s"], request["answer_s"], request["granted"] = time_s, inf, 0
    for role in range(means.asked.shape[1]):
        if roles >> role & 1 and request["answer_s"] == inf:
            asked = means.asked[one["crew"], role]
            if chance(when, asked["entity"], _AVAILABLE, key) < asked["available"]:
                share = chance(when, asked["entity"], _ANSWER, key)
                request["answer_s"] = time_s + triangular(asked["low_s"], asked["likely_s"], asked["high_s"], share)
                request["role"] = role
            elif request["role"] < 0:
                request["role"] = role
    note(response, time_s, _ASKED, number, one["found"], place, float(action))


@kernel
def hear_authority(  # noqa: PLR0913
    means: Means, response: Response, world: World, track: np.void, place: int, at: int, time_s: float, key: Key
) -> None:
    """Take the answer of an authority that was asked, when it comes; a crew of another state is not told it."""
    request = response.requests[at]
    if place < 0 or time_s < request["answer_s"] or response.responders[place]["crew"] != request["crew"]:
        return
    one = response.responders[place]
    asked = means.asked[one["crew"], request["role"]]
    if chance(int(request["asked_s"]) // SLOT_S, asked["entity"], _GRANT, key) >= asked["grants"]:
        request["granted"] = REFUSED
        return
    request["granted"] = GRANTED
    aircraft = one["found"] if one["found"] >= 0 else whose(world, track, time_s)
    note(response, time_s, _GRANTED, request["number"], aircraft, place, float(request["action"]))


@kernel
def clear(  # noqa: PLR0913
    response: Response, place: int, at: int, number: int, action: int, people: float, time_s: float
) -> None:
    """Clear a crew to use force until the next cycle, and tell it how many people are at risk by the picture.

    Where the word is its own, it is booked that it has it.
    """
    request, one = response.requests[at], response.responders[place]
    same = request["number"] == number and request["crew"] == one["crew"] and request["action"] == action
    if not same or request["granted"] < GRANTED:
        request["number"], request["crew"], request["action"], request["role"] = number, one["crew"], action, 0
        request["asked_s"], request["answer_s"] = time_s, time_s
        note(response, time_s, _GRANTED, number, one["found"], place, float(action))
    request["granted"], request["people"] = CLEARED, people
