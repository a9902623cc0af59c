"""What is newly to be done about each track: pure, from what is known and permitted; it draws nothing.

Everything but force needs only its permission: the operations centre that gives these orders holds that
authority itself. Force needs the word of whoever the ruling names, and it has to be the crew's to execute.
Each responder is one aircraft; a pair is two of them.
"""

from __future__ import annotations

from math import hypot, inf
from typing import TYPE_CHECKING

import numpy as np

from holdfire.compiled import allocating, kernel
from holdfire.messages.authority import ROLES, Role
from holdfire.messages.response import Duty
from holdfire.messages.vocabulary import ACTIONS, INDEX
from holdfire.respond.book import expected, request_of
from holdfire.respond.matters import NOT, how_much, is_uncrewed, number, urgency_s
from holdfire.respond.post import on_post, post_for
from holdfire.respond.reach import meeting_s
from holdfire.respond.warned import gained_s

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.messages.layout import Records
    from holdfire.messages.response import Response
    from holdfire.messages.track import Tracks
    from holdfire.respond.means import Means

_INTERROGATE, _HAIL, _INTERCEPT, _LOOK, _ESCORT, _WARN, _BY_FIRE, _DIVERT, _DISRUPT, _ENGAGE = (
    ACTIONS.index(name)
    for name in (
        "interrogate", "hail", "intercept", "identify", "escort", "warn", "warn-by-fire", "divert", "disrupt", "engage",
    )
)  # fmt: skip
_ALERT, _PATROL, _CONTACT = int(Duty.ALERT), int(Duty.PATROL), int(Duty.CONTACT)
_CREW, _NATIONAL = 1, ROLES.index(Role.NATIONAL_AUTHORITY)
_RISK = INDEX["people_at_risk"]
_WANTED = -2  # a responder, not chosen yet
LET_GO_S = 60.0
"""A responder is called off once its track has not mattered for so long: what is known of it flickers (assumed)."""
HAIL_AGAIN_S = 240.0
"""A verdict on the radio is renewed before it is too old for rules to ask (300 s)."""
LAST_S = 1e6
"""Who can fire no more at a track, or is too slow for it, goes only where nobody else can: as if so much later."""


@allocating
def decide(  # noqa: C901, PLR0912, PLR0913, PLR0915
    means: Means,
    response: Response,
    tracks: Tracks,
    slots: NDArray[np.int64],
    n: int,
    assessments: Records,
    rulings: Records,
    rows: Records,
    time_s: float,
    orders: Records,
) -> None:
    """Write one `ORDER` for each of the first `n` rows, whose tracks stand at `slots`; nothing else is changed.

    What is to be begun about a track, a call or a look, has its cycle before force: most are done once.
    """
    contacts, responders, track = response.contacts, response.responders, tracks.track
    retry_s = 0.5 * (means.conduct[0]["retry_s"][0] + means.conduct[0]["retry_s"][1])
    wanting, taken = 0, np.zeros(means.units.size, np.int64)
    for place in range(taken.size):
        taken[place] = 0 if is_free(means, response, place) else 1
    for row in range(n):
        order, slot = orders[row], slots[row]
        order["action"], order["responder"], order["ask"], order["fire"], order["drop"] = 0, -1, 0, 0, 0
        order["keep"], order["post"], order["people"] = 0, -1, number(rows[row], _RISK, 0.0)
        order["post_action"], order["post_ask"], order["post_fire"] = 0, 0, 0
        contact = contacts[slot]
        ours = contact["number"] == track[slot]["number"]
        mine = contact["responder"] if ours else -1
        rank = how_much(rows[row], assessments[row], contact["visual_class"] if ours else -1)
        if rank == NOT:
            if mine >= 0 and time_s - responders[mine]["needed_s"] > LET_GO_S:
                order["drop"], order["responder"] = 1, mine
            post = on_post(means, response, slot, track[slot]["number"])
            if post >= 0 and time_s - responders[post]["needed_s"] <= LET_GO_S:
                order["post"] = post
            continue
        order["keep"] = 1 if mine >= 0 else 0
        done = contact["done"] if ours else 0
        permitted = np.int64(rulings[row]["permitted"])
        open_still = int(permitted & ~done)
        post = post_for(means, response, track[slot], slot, int(permitted), time_s, taken)
        if post >= 0:
            taken[post], order["post"], order["keep"] = 1, post, order["keep"] | 2
            if responders[post]["duty"] == _CONTACT and open_still >> _LOOK & 1:
                order["post_action"] = _LOOK
            else:
                order["post_action"], order["post_ask"], order["post_fire"] = use_force(
                    means, response, post, track[slot]["number"], rulings[row], open_still, time_s, retry_s
                )
        hailed_s = contact["done_s"][_HAIL] if ours else -inf
        if open_still >> _INTERROGATE & 1:
            order["action"] = _INTERROGATE
        elif permitted >> _HAIL & 1 and time_s - hailed_s > HAIL_AGAIN_S:
            order["action"] = _HAIL
        elif mine < 0:
            in_vain = ours and done >> _INTERCEPT & 1 == 0
            tried_s = contact["done_s"][_INTERCEPT] if in_vain else -inf
            if permitted >> _INTERCEPT & 1 and time_s - tried_s > retry_s:
                order["action"], order["responder"] = _INTERCEPT, _WANTED
                wanting += 1
        elif responders[mine]["duty"] == _CONTACT and open_still >> _LOOK & 1:
            order["action"], order["responder"] = _LOOK, mine
        elif responders[mine]["duty"] == _CONTACT and not is_uncrewed(rows[row]):
            order["responder"] = mine
            for action in (_WARN, _DIVERT, _ESCORT):
                if open_still >> action & 1:
                    order["action"] = action
                    break
        if mine < 0:
            continue
        for_force = permitted >> _ENGAGE & 1 and np.int64(rulings[row]["executors"][_ENGAGE]) & _CREW
        if for_force and makes_way(means, response, track[slot], mine, time_s, taken):
            order["action"], order["responder"], order["drop"] = 0, mine, 1
        elif order["action"] == 0:
            action, ask, fire = use_force(
                means, response, mine, track[slot]["number"], rulings[row], open_still, time_s, retry_s
            )
            if action != 0:
                order["action"], order["responder"], order["ask"], order["fire"] = action, mine, ask, fire
    if wanting > 0:
        send(means, response, tracks, slots, n, assessments, rows, time_s, taken, orders)


@kernel
def use_force(  # noqa: C901, PLR0913
    means: Means,
    response: Response,
    mine: int,
    number: int,
    ruling: np.void,
    open_still: int,
    time_s: float,
    retry_s: float,
) -> tuple[int, int, int]:
    """Return which force is due from a responder, whom it asks for it first (0: nobody), and whether it may begin now.

    That is as far as the ruling permits and the crew has the means; an action of 0 is none.

    A grant stands as long as the one who gave it still suffices; the national authority is over all others. It
    stands for crews of the state whose chain gave it. An authority that refused is asked again after a while.
    """
    one, unit = response.responders[mine], means.units[mine]
    request = response.requests[request_of(response, unit, mine)]
    permitted = np.int64(ruling["permitted"])
    armed = one["missiles"] + one["guns"] > 0
    if permitted >> _ENGAGE & 1 and armed:
        action = _ENGAGE
    elif permitted >> _DISRUPT & 1 and unit["jams"] == 1:
        action = _DISRUPT
    elif open_still >> _BY_FIRE & 1 and one["guns"] > 0:
        action = _BY_FIRE
    else:
        return 0, 0, 0
    if np.int64(ruling["executors"][action]) & _CREW == 0:
        return 0, 0, 0
    authority = np.int64(ruling["authority"][action])
    granted = authority & _CREW != 0
    asked = request["number"] == number and request["crew"] == one["crew"] and request["action"] == action
    if asked and not granted:
        since_s = request["answer_s"] if request["answer_s"] < inf else request["asked_s"]
        if request["granted"] > 0:
            granted = (authority >> request["role"] & 1 != 0) or request["role"] == _NATIONAL
        elif time_s - since_s < retry_s or (request["granted"] == 0 and request["answer_s"] < inf):
            return 0, 0, 0  # the answer is still to come, or was no
    if not granted:
        return action, int(authority), 0
    return (action, 0, 1) if one["duty"] == _CONTACT else (0, 0, 0)


@kernel
def send(  # noqa: C901, PLR0913
    means: Means,
    response: Response,
    tracks: Tracks,
    slots: NDArray[np.int64],
    n: int,
    assessments: Records,
    rows: Records,
    time_s: float,
    taken: NDArray[np.int64],
    orders: Records,
) -> None:
    """Give each track that wants one the free responder who is there first, the most urgent track first."""
    free = taken.size - taken.sum()
    while free > 0:
        first, least_s = -1, inf
        for row in range(n):
            if orders[row]["responder"] == _WANTED:
                contact, track = response.contacts[slots[row]], tracks.track[slots[row]]
                looked_as = contact["visual_class"] if contact["number"] == track["number"] else -1
                urgent_s = urgency_s(rows[row], how_much(rows[row], assessments[row], looked_as))
                if urgent_s < least_s:
                    first, least_s = row, urgent_s
        if first < 0:
            return
        order = orders[first]
        order["responder"] = soonest(means, response, tracks.track[slots[first]], time_s, taken)
        if order["responder"] >= 0:
            taken[order["responder"]] = 1
            free -= 1
        else:
            order["action"] = 0
    for row in range(n):
        if orders[row]["responder"] == _WANTED:
            orders[row]["action"], orders[row]["responder"] = 0, -1


@kernel
def is_free(means: Means, response: Response, place: int) -> bool:
    """Whether a responder can be sent: one on alert or in the air without a task; reliefs wait for their patrol."""
    duty = response.responders[place]["duty"]
    return duty == _PATROL or (duty == _ALERT and means.units[place]["patrol"] < 0)  # type: ignore[no-any-return]


@kernel
def can_fire(means: Means, response: Response, place: int, number: int) -> bool:
    """Whether a crew has the means of some force, and has not fired all its shots at a track yet."""
    one = response.responders[place]
    return one["missiles"] + one["guns"] + means.units[place]["jams"] > 0 and one["spent"] != number  # type: ignore[no-any-return]


@kernel
def makes_way(
    means: Means, response: Response, track: np.void, mine: int, time_s: float, taken: NDArray[np.int64]
) -> bool:
    """Whether a crew that can fire no more at a track leaves it to a free one that can, which is kept for it."""
    if can_fire(means, response, mine, track["number"]):
        return False
    best = soonest(means, response, track, time_s, taken)
    if best < 0 or not can_fire(means, response, best, track["number"]):
        return False
    taken[best] = 1
    return True


@kernel
def soonest(means: Means, response: Response, track: np.void, time_s: float, taken: NDArray[np.int64]) -> int:
    """Return the free responder who would meet a track first and can come home after that, -1: none.

    Those on alert need their readiness, or what a neighbour's call left of it. Who can fire no more at it, or is slower
    than it and than fighters that hurry, comes after all others. Units on the ground are not sent (`post`).
    """
    x_m, y_m = expected(track, time_s)
    conduct, best, best_s = means.conduct[0], -1, inf
    transit_m_s = 0.5 * (conduct["transit_m_s"][0] + conduct["transit_m_s"][1])
    reserve_s = 0.5 * (conduct["reserve_s"][0] + conduct["reserve_s"][1])
    for place in range(taken.size):
        one, unit = response.responders[place], means.units[place]
        if taken[place] or unit["tied_m"] > 0.0:
            continue
        waits = one["duty"] == _ALERT
        speed_m_s = min(transit_m_s, unit["fastest_m_s"])
        later_s = 0.5 * (unit["readiness_s"][0] + unit["readiness_s"][1]) if waits else 0.0
        later_s -= gained_s(means, response, later_s, 0.5, one["since_s"], time_s) if waits else 0.0
        too_slow = unit["fastest_m_s"] < min(transit_m_s, hypot(track["vx_m_s"], track["vy_m_s"]))
        if too_slow or not can_fire(means, response, place, track["number"]):
            later_s += LAST_S
        from_x_m, from_y_m = unit["home_x_m"], unit["home_y_m"]
        if not waits:
            from_x_m, from_y_m = one["x_m"], one["y_m"]
        dx_m, dy_m = x_m - from_x_m, y_m - from_y_m
        vx_m_s, vy_m_s = track["vx_m_s"], track["vy_m_s"]
        flown_s = meeting_s(dx_m, dy_m, vx_m_s, vy_m_s, speed_m_s)
        home_m = hypot(x_m + vx_m_s * flown_s - unit["home_x_m"], y_m + vy_m_s * flown_s - unit["home_y_m"])
        enough = flown_s + home_m / unit["cruise_m_s"] + reserve_s < one["fuel_s"]
        if enough and later_s + flown_s < best_s:
            best, best_s = place, later_s + flown_s
    return best
