"""One row of evidence for each track: what is known about it now, and how fresh that is."""

from __future__ import annotations

from math import inf, nan
from typing import TYPE_CHECKING

import numpy as np

from holdfire.compiled import fetch, kernel
from holdfire.identify.aboard import band, fresh, occupancy
from holdfire.identify.answers import iff, transponder
from holdfire.identify.below import harmed
from holdfire.identify.border import direction, follow, locate
from holdfire.identify.coverage import unseen
from holdfire.identify.filed import search
from holdfire.identify.items import codes, items
from holdfire.identify.kinds import tell_kinds
from holdfire.identify.listed import list_plans
from holdfire.identify.motion import advance, approach, passing
from holdfire.identify.raster import column_of, on_map, row_of
from holdfire.messages.layout import N_NAMED
from holdfire.messages.track import Stand
from holdfire.messages.vocabulary import CLASSES, INDEX, ITEM

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.geo.ground import Ground
    from holdfire.identify.view import Memory, View
    from holdfire.messages.layout import Records
    from holdfire.messages.plan import Plans
    from holdfire.messages.track import Tracks

_CONFIRMED, _COASTED = int(Stand.CONFIRMED), int(Stand.COASTED)
_AIRSPACE, _DIRECTION, _ORIGIN, _ZONE, _OCCUPANCY, _STATUS, _HIJACK, _TRANSPONDER, _IFF, _PLAN, _RADIO = items(
    "airspace", "direction", "origin", "zone", "occupancy", "status", "hijack_suspected", "transponder", "iff",
    "flight_plan", "radio",
)  # fmt: skip
_CLASS, _LOAD, _COMPLYING, _ATTACK, _ALERT, _WARNED, _SEEN_AS, _DONE = items(
    "visual_class", "visual_load", "complying", "attack", "alert", "warned", "seen_as", "done",
)  # fmt: skip
_DEPTH, _INSIDE, _SPEED, _ALTITUDE, _CLIMB, _CPA, _TO_CPA, _SIGMA, _WARNED_S, _RISK, _DEBRIS, _STRAY = items(
    "depth_m", "inside_s", "speed_m_s", "altitude_m", "climb_m_s", "cpa_m", "time_to_cpa_s", "position_sigma_m",
    "warned_s", "people_at_risk", "people_at_risk_debris", "people_at_risk_weapon",
)  # fmt: skip
_VERIFIABLE = sum(
    1 << INDEX[name]
    for name in ("airspace", "direction", "zone", "depth_m", "inside_s", "speed_m_s", "cpa_m", "time_to_cpa_s")
)
"""What two sensors that agree on a position verify; they need not have measured a height."""
(_OWN,), (_NONE,), (_TRUE,) = codes("airspace", "own"), codes("origin", "none"), codes("hijack_suspected", "true")
_CIVIL, _STATE = codes("status", "civil", "state")
_MILITARY, _7500, _7700 = codes("transponder", "military", "7500", "7700")
(_SPOOF,) = codes("transponder", "spoof-suspected")
(_FRIENDLY,), (_MATCHED,) = codes("iff", "friendly"), codes("flight_plan", "matched")
_SEEN_CIVIL = CLASSES.index("civil")
_SEEN_STATE = sum(1 << CLASSES.index(n) for n in ("own-or-allied-military", "foreign-military", "one-way-attack-type"))
_STATUS_AGE_S = ITEM["status"].max_age_s
_REPLY_AGE_S, _PLAN_AGE_S = ITEM["transponder"].max_age_s, ITEM["flight_plan"].max_age_s
_IFF_AGE_S = ITEM["iff"].max_age_s
_AGREED_S = 30.0  # two sensors that agreed longer ago verify nothing (assumed)


@kernel
def identify(  # noqa: C901, PLR0913, PLR0915
    view: View,
    ground: Ground,
    memory: Memory,
    tracks: Tracks,
    contacts: Records,
    plans: Plans,
    time_s: float,
    rows: Records,
    slots: NDArray[np.int64],
    hosts: NDArray[np.int64],
) -> int:
    """Write one `EVIDENCE` row for each confirmed or coasted track, in the rising order of its place.

    Parameters
    ----------
    view, ground, plans
        What is fixed for the night.
    memory
        What is remembered of each track's place; begun anew when another track takes the place.
    tracks, contacts
        What is tracked, and what was done about it; both by the track's place.
    time_s
        Now, since the start of the run; it must not go back.
    rows, slots, hosts
        Written: the evidence, the track's place and the guarded state that the row is about (its place among
        those that guard, in the order of the ground's depths). As long as the tracks.

    Returns
    -------
    int
        How many rows were written.
    """
    bounds, motion, where = view.bounds[0], memory.motion[0], memory.where[0]
    places, alone, state, depth_m = view.places, view.alone, ground.state, ground.depth_m
    people = ground.people_per_km2
    lay_out(ground, where)
    if time_s >= memory.current_s[1]:
        list_plans(plans, state, places, bounds["window_s"], bounds["search_s"], time_s, memory)
    n, in_use = 0, tracks.counts[0]
    for each in range(in_use):
        slot = tracks.used[each]
        track = tracks.track[slot]
        if each + 2 < in_use:
            later = tracks.used[each + 2]
            fetch(tracks.track, later)
            fetch(memory.kept, later)
            fetch(contacts, later)
            look_ahead(state, alone, depth_m[0], people, where, tracks.track[tracks.used[each + 1]], time_s)
        if track["stand"] != _CONFIRMED and track["stand"] != _COASTED:
            continue
        kept, row = memory.kept[slot], rows[n]
        contact = contacts[slot] if contacts[slot]["number"] == track["number"] else view.nobody[0]
        if kept["number"] != track["number"]:
            begin(kept, track["number"])
        rows[n] = view.nothing[0]
        advance(track, bounds["manoeuvre_m_s2"], time_s, motion)
        locate(state, alone, depth_m, places, motion, where)
        follow(state, places, motion, where, kept, time_s)
        if time_s >= kept["due_s"] and plans.plan.size > 0:
            search(plans, memory, track, motion, bounds, kept, time_s)
        known = tell_motion(row, track, motion, time_s)
        known |= tell_border(row, where, kept, motion, bounds["parallel_sin"], time_s)
        known |= tell_approach(row, view.sites, view.zones, motion, bounds)
        age_s = max(time_s - track["fed_s"], 0.0)
        for item in (_AIRSPACE, _DIRECTION, _ZONE, _DEPTH, _INSIDE, _SPEED, _SIGMA, _CPA, _TO_CPA):
            row["age_s"][item] = age_s if (known >> item) & 1 == 1 else 0.0
        known |= tell_answers(row, track, contact, kept, bounds["silent_looks"], time_s)
        spoofed = unseen(view.coverage, tracks, track, motion, time_s)
        if spoofed:
            row["code"][_TRANSPONDER] = _SPOOF
        known |= tell_contact(row, track, contact, time_s)
        known |= tell_records(row, track, contact, view.alert[where["host"]])
        known |= tell_kinds(row, known, track, contact, time_s)
        known |= tell_status(row, known, kept)
        origin = view.origins[row["code"][_ORIGIN]]
        measured = (
            band(motion["speed_m_s"], motion["speed_sd_m_s"], view.speeds, view.speed_factors),
            band(motion["h_m"], motion["h_sd_m"], view.heights, view.height_factors),
        )
        heard = 1 if (track["mode_a_s"] > -inf or track["address"] != 0) and not spoofed else 0
        aboard, clue_age_s = occupancy(row, known, bounds, measured, (origin, view.looks[row["code"][_CLASS]]), heard)
        if aboard >= 0:
            known |= 1 << _OCCUPANCY
            row["code"][_OCCUPANCY], row["age_s"][_OCCUPANCY] = aboard, clue_age_s
        known |= tell_risk(row, harmed(people, motion, where, bounds, aboard), age_s)
        row["known"] = known
        row["verified"] = known & _VERIFIABLE if time_s - track["two_sensors_s"] <= _AGREED_S else 0
        slots[n], hosts[n] = slot, where["host"]
        n += 1
    return n


@kernel
def look_ahead(  # noqa: PLR0913
    state: NDArray[np.uint8], alone: NDArray[np.uint8], depth_m: NDArray[np.float32], people: NDArray[np.float32],
    where: np.void, track: np.void, time_s: float,
) -> None:  # fmt: skip
    """Fetch the ground about the place of the track that is next."""
    ahead_s = time_s - track["time_s"]
    x_m, y_m = track["x_m"] + ahead_s * track["vx_m_s"], track["y_m"] + ahead_s * track["vy_m_s"]
    if on_map(where, x_m, y_m, 3.0 * where["cell_m"]):
        row, column = row_of(where, y_m), column_of(where, x_m)
        fetch(state[row], column)
        if alone.size > 0:
            fetch(alone[row], column)
        for near in range(row - 3, row + 4):
            fetch(people[near], column)
        for near in range(row - 2, row + 3):
            fetch(depth_m[near], column)


@kernel
def lay_out(ground: Ground, where: np.void) -> None:
    """Write where the map's cells are."""
    rows, columns = ground.state.shape
    where["cell_m"], where["per_m"], where["uncertainty_m"] = ground.cell_m, 1.0 / ground.cell_m, ground.uncertainty_m
    where["west_m"], where["east_m"] = ground.x0_m, ground.x0_m + columns * ground.cell_m
    where["south_m"], where["north_m"] = ground.y0_m, ground.y0_m + rows * ground.cell_m


@kernel
def begin(kept: np.void, number: int) -> None:
    """Forget what another track left at this place."""
    kept["number"], kept["host"], kept["began"], kept["inside"] = number, -1, 0, 0
    kept["place"], kept["beyond"], kept["origin"], kept["plan"] = -1, -1, -1, -1
    kept["by_identity"], kept["fits"], kept["conflict"], kept["domestic"], kept["unanswered"] = 0, -1, 0, -1, 0
    kept["silent_s"], kept["seen_s"], kept["crossed_s"], kept["fits_s"] = -inf, -inf, -inf, -inf
    kept["entered_s"], kept["entered_sd_s"], kept["due_s"] = nan, nan, -inf


@kernel
def put(row: np.void, item: int, value: float, sd: float) -> int:
    """Write a number and return its bit; what is no number is not known."""
    if not (value == value and sd >= 0.0):
        return 0
    row["value"][item - N_NAMED], row["sd"][item - N_NAMED] = value, sd
    return 1 << item


@kernel
def tell(row: np.void, item: int, code: int, age_s: float) -> int:
    """Write a code and its age and return its bit; a negative code is not known."""
    if code < 0:
        return 0
    row["code"][item], row["age_s"][item] = code, max(age_s, 0.0)
    return 1 << item


@kernel
def tell_motion(row: np.void, track: np.void, motion: np.void, time_s: float) -> int:
    """Write speed, height, climb and the track's own deviation; a height never measured is not known."""
    known = put(row, _SPEED, motion["speed_m_s"], motion["speed_sd_m_s"])
    known |= put(row, _SIGMA, motion["sigma_m"], 0.0)
    if motion["h_m"] == motion["h_m"]:
        known |= put(row, _ALTITUDE, motion["h_m"], motion["h_sd_m"])
        known |= put(row, _CLIMB, track["vh_m_s"], max(track["p_h"][2], 0.0) ** 0.5)
        row["age_s"][_ALTITUDE] = row["age_s"][_CLIMB] = max(time_s - track["height_s"], 0.0)
    return known


@kernel
def tell_border(
    row: np.void, where: np.void, kept: np.void, motion: np.void, parallel_sin: float, time_s: float
) -> int:
    """Write whose airspace, how deep, for how long, which way and from where."""
    kept["seen_s"] = time_s
    origin, origin_s = kept["origin"], kept["crossed_s"]
    if origin < 0 and kept["fits"] == _MATCHED and kept["domestic"] == where["host"]:
        origin, origin_s = _NONE, kept["fits_s"]  # its whole plan lies over the host
    known = tell(row, _ORIGIN, origin, time_s - origin_s)
    if where["depth_m"] != where["depth_m"]:  # off the map
        return known
    known |= tell(row, _AIRSPACE, where["airspace"], 0.0)
    known |= put(row, _DEPTH, where["depth_m"], where["depth_sd_m"])
    if where["airspace"] == _OWN:
        known |= put(row, _INSIDE, time_s - kept["entered_s"], kept["entered_sd_s"])
    if where["nx"] != 0.0 or where["ny"] != 0.0:
        known |= tell(row, _DIRECTION, direction(where, motion["speed_m_s"], parallel_sin), 0.0)
    return known


@kernel
def tell_approach(row: np.void, sites: Records, zones: Records, motion: np.void, bounds: np.void) -> int:
    """Write the most pressing approach, if the course is known at all, and the published zone it is in."""
    known = 0
    if motion["speed_m_s"] > max(2.0 * motion["speed_sd_m_s"], 1.0):
        chosen = approach(sites, motion, bounds["near_m"], bounds["soon_s"])
        if chosen >= 0:
            miss, miss_sd, to_cpa, to_cpa_sd = passing(sites[chosen], motion)
            known |= put(row, _CPA, miss, miss_sd) | put(row, _TO_CPA, to_cpa, to_cpa_sd)
    return known | tell(row, _ZONE, zone(zones, motion), 0.0)


@kernel
def zone(zones: Records, motion: np.void) -> int:
    """Return the place in the item's values, -1 within two deviations of an edge or where no zone is published."""
    margin, found, doubtful = 2.0 * motion["sigma_m"], 0, 0
    for each in range(zones.size):
        site = zones[each]
        out = ((site["x_m"] - motion["x_m"]) ** 2 + (site["y_m"] - motion["y_m"]) ** 2) ** 0.5 - site["radius_m"]
        if out < -margin:
            found = max(found, site["zone"])
        elif not out > margin:
            doubtful = max(doubtful, site["zone"])
    return found if zones.size > 0 and doubtful <= found else -1


@kernel
def tell_answers(
    row: np.void, track: np.void, contact: np.void, kept: np.void, silent_looks: int, time_s: float
) -> int:
    """Write what its transponder says, its IFF reply and whether a plan fits."""
    said, said_age_s = transponder(track, kept, silent_looks, time_s)
    friend, friend_age_s = iff(track, contact, time_s)
    known = tell(row, _TRANSPONDER, said, said_age_s) | tell(row, _IFF, friend, friend_age_s)
    return known | tell(row, _PLAN, kept["fits"], time_s - kept["fits_s"])


@kernel
def tell_contact(row: np.void, track: np.void, contact: np.void, time_s: float) -> int:
    """Write what crews, cameras and controllers found, of two looks the later; what nobody did or saw is not known."""
    known = tell(row, _RADIO, contact["radio"] - 1, time_s - contact["radio_s"])
    known |= tell(row, _COMPLYING, contact["complying"], time_s - contact["complying_s"])
    known |= tell(row, _ATTACK, contact["attack"], time_s - contact["attack_s"])
    if track["seen_as"] != 0 and track["visual_s"] > contact["looked_s"]:  # a camera looked later than any crew
        known |= tell(row, _CLASS, track["visual_class"], time_s - track["visual_s"])
        known |= tell(row, _LOAD, track["visual_load"], time_s - track["visual_s"])
    elif contact["looked_s"] > -inf:
        known |= tell(row, _CLASS, contact["visual_class"], time_s - contact["looked_s"])
        known |= tell(row, _LOAD, contact["visual_load"], time_s - contact["looked_s"])
    if contact["warned_s"] <= time_s:
        known |= put(row, _WARNED_S, time_s - contact["warned_s"], 0.0)
    return known


@kernel
def tell_records(row: np.void, track: np.void, contact: np.void, alert: int) -> int:
    """Write what our own records say: they are complete, so that nothing in them means that nothing was done."""
    known = tell(row, _WARNED, contact["warned"], 0.0)
    known |= tell(row, _SEEN_AS, contact["seen_as"] | track["seen_as"], 0.0)
    known |= tell(row, _DONE, contact["done"], 0.0)
    known |= tell(row, _ALERT, alert, 0.0)
    hijack = row["code"][_TRANSPONDER] == _7500 and row["age_s"][_TRANSPONDER] <= _REPLY_AGE_S
    if contact["hijack"] == 1 or hijack:
        known |= tell(row, _HIJACK, _TRUE, row["age_s"][_TRANSPONDER] if hijack else 0.0)
    return known


@kernel
def tell_status(row: np.void, known: int, kept: np.void) -> int:  # noqa: C901
    """Write whether it is a civil or a state aircraft, where a look, a reply or a plan says so.

    A look at a military aircraft or a weapon, and an answer as a friend, say state; a look at a civil one, and civil
    replies that belong to a filed plan, say civil. Where they contradict each other it is not known.
    """
    code, age_s = row["code"], row["age_s"]
    civil_s, state_s = inf, inf
    if fresh(row, known, _CLASS, _STATUS_AGE_S):
        seen = np.int64(code[_CLASS])
        if seen == _SEEN_CIVIL:
            civil_s = age_s[_CLASS]
        elif (_SEEN_STATE >> seen) & 1 == 1:
            state_s = age_s[_CLASS]
    said = np.int64(code[_TRANSPONDER])
    if fresh(row, known, _TRANSPONDER, _REPLY_AGE_S):
        planned = fresh(row, known, _PLAN, _PLAN_AGE_S) and code[_PLAN] == _MATCHED and kept["by_identity"] == 1
        if said == _MILITARY:
            state_s = min(state_s, age_s[_TRANSPONDER])
        elif planned and said <= _7700:
            civil_s = min(civil_s, max(age_s[_TRANSPONDER], age_s[_PLAN]))
    if fresh(row, known, _IFF, _IFF_AGE_S) and code[_IFF] == _FRIENDLY:
        state_s = min(state_s, age_s[_IFF])
    if (civil_s < inf) == (state_s < inf):
        return 0
    return tell(row, _STATUS, _CIVIL if civil_s < inf else _STATE, min(civil_s, state_s))


@kernel
def tell_risk(row: np.void, harm: tuple[float, float, float, float], age_s: float) -> int:
    """Write people at risk and its parts; off the map they are not known."""
    debris, debris_sd, stray, stray_sd = harm
    known = put(row, _DEBRIS, debris, debris_sd) | put(row, _STRAY, stray, stray_sd)
    known |= put(row, _RISK, debris + stray, (debris_sd * debris_sd + stray_sd * stray_sd) ** 0.5)
    if known != 0:
        row["age_s"][_RISK] = row["age_s"][_DEBRIS] = row["age_s"][_STRAY] = age_s
    return known
