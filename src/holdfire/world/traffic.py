"""Civil traffic: arrivals at random over the whole night, with plans, silent ones and deaf ones.

Flights enter or take off as a Poisson process of rate n / T, begun so long before the start that all who can
still be there are: the number over the area is then at every moment, the first too, a Poisson number of mean n
(J. D. C. Little, Operations Research 9, 1961, doi 10.1287/opre.9.3.383; M/G/infinity).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from holdfire.compiled import kernel
from holdfire.messages.aircraft import Arrival, Transponder
from holdfire.seed import exponential, normal_pair
from holdfire.world.draws import (
    AT_ONCE,
    DEAF,
    DEAF_CODE,
    DEAF_S,
    DEAFS,
    LATE,
    ONCE,
    PLANNED,
    PLANS,
    SILENT,
    SILENT_S,
    SILENTS,
    STREAM,
    TIME,
    UNMATCHED,
    UNMATCHEDS,
    address,
    between,
    share,
    squawk,
)
from holdfire.world.flight import FIELD_M, SPEED_TO, TIME_AT, H, X, Y, fly

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from holdfire.messages.layout import Records
    from holdfire.messages.plan import Plans
    from holdfire.seed import Key
    from holdfire.world.layout import WorldPlan

_OFF = int(Transponder.OFF)
_LAND, _LEAVE = int(Arrival.LAND), int(Arrival.LEAVE)
_VISUAL = 0o7000  # conspicuity code of visual flights in Europe (ICAO EUR Doc 7030)
_RADIO_FAILURE = 0o7600
_SETS_FAILURE = 0.8  # share of crews that set it (assumed)
_LATE_S = 90.0  # standard deviation of the time at which a plan is flown (assumed)
_FAR_LATE_S = 1500.0  # that of a plan that is flown far off (assumed)
_FAR_ASIDE_M = 25_000.0  # standard deviation of a direct routing's distance from the plan (assumed)


@kernel
def add_traffic(  # noqa: C901, PLR0913, PLR0915
    plan: WorldPlan,
    key: Key,
    aircraft: Records,
    waypoints: Records,
    plans: Plans,
    scratch: NDArray[np.float64],
    counts: NDArray[np.int64],
) -> int:
    """Write all civil flights behind what is there; return the place of the source that finds no room, or -1.

    `counts` are the (aircraft, waypoints, plans, points of plans) so far.
    """
    sources = plan.sources
    for each in range(sources.size):
        source = sources[each]
        pattern = plan.patterns[plan.groups.size + each]
        name = pattern["entity"]
        at_once = between(key, name, AT_ONCE, source["at_once"])
        silent = between(key, name, SILENTS, source["silent_share"])
        deaf = between(key, name, DEAFS, source["no_radio_share"])
        planned = between(key, name, PLANS, source["plan_share"])
        unmatched = between(key, name, UNMATCHEDS, source["unmatched_share"])
        if at_once <= 0.0:
            continue
        enters_s, ordinal = -source["reach_s"], ONCE
        while True:
            entity = name + ordinal
            wait = exponential(key.seed, key.branch, ONCE, entity, STREAM, TIME, key.replication)
            enters_s += wait * source["stay_s"] / at_once
            if enters_s > plan.duration_s:
                break
            if ordinal > 0xFFFF:
                return each
            count = fly(source, plan.paths, entity, key, scratch)
            if enters_s + scratch[count - 1, TIME_AT] > 0.0:
                if not _has_room(counts, plan.sizes, count):
                    return each
                aircraft[counts[0]] = pattern
                record = aircraft[counts[0]]
                record["entity"], record["ordinal"], record["spawn_s"] = entity, ordinal, enters_s
                _equip(record, source["fitted"], key, scratch[count - 1, TIME_AT], silent, deaf)
                record["arrival"] = _LAND if scratch[count - 1, H] <= FIELD_M else _LEAVE
                _lay(record, scratch, count, waypoints, counts)
                if share(key, entity, PLANNED) < planned:
                    _file(record, scratch, count, key, share(key, entity, UNMATCHED) < unmatched, plans, counts)
                elif source["levels"] == 0 and record["mode_a"] != _RADIO_FAILURE:
                    record["mode_a"] = _VISUAL
                counts[0] += 1
            ordinal += 1
    return -1


@kernel
def _has_room(counts: NDArray[np.int64], sizes: NDArray[np.int64], stations: int) -> bool:
    flights = counts[0] < sizes[0] and counts[2] < sizes[2]
    return bool(flights and counts[1] + stations <= sizes[1] and counts[3] + stations <= sizes[3])


@kernel
def _equip(record: np.void, fitted: int, key: Key, stay_s: float, silent: float, deaf: float) -> None:
    """Give it transponder and radio; what is fitted by law fails at any moment of its way, what is not may be absent.

    A crew that sets 7600 has lost its radio before it comes.
    """
    entity, spawn_s = record["entity"], record["spawn_s"]
    record["mode_a"] = squawk(key, entity)
    record["address"] = address(record["part"] << 16 | record["ordinal"])
    if share(key, entity, SILENT) < silent:
        if fitted == 1:
            record["transponder_fails_s"] = spawn_s + stay_s * share(key, entity, SILENT_S)
        else:
            record["transponder"] = _OFF
    if share(key, entity, DEAF) < deaf:
        if fitted == 0:
            record["radio"] = 0
        elif share(key, entity, DEAF_CODE) < _SETS_FAILURE:
            record["radio_fails_s"] = spawn_s
            record["mode_a"] = _RADIO_FAILURE
        else:
            record["radio_fails_s"] = spawn_s + stay_s * share(key, entity, DEAF_S)


@kernel
def _lay(
    record: np.void, stations: NDArray[np.float64], count: int, waypoints: Records, counts: NDArray[np.int64]
) -> None:
    """Write its waypoints, and put it where it is when it enters, or at time 0 where it is under way by then."""
    ago_s, leg = max(0.0, -record["spawn_s"]), 1
    while leg < count - 1 and stations[leg, TIME_AT] <= ago_s:
        leg += 1
    before, after = stations[leg - 1], stations[leg]
    part = min(1.0, (ago_s - before[TIME_AT]) / max(1e-9, after[TIME_AT] - before[TIME_AT]))
    record["x_m"] = before[X] + part * (after[X] - before[X])
    record["y_m"] = before[Y] + part * (after[Y] - before[Y])
    record["h_m"] = before[H] + part * (after[H] - before[H])
    record["heading_rad"] = math.atan2(after[X] - before[X], after[Y] - before[Y]) % (2.0 * math.pi)
    record["speed_m_s"] = after[SPEED_TO]
    record["leg"] = counts[1]
    for k in range(leg, count):
        point = waypoints[counts[1]]
        point["x_m"], point["y_m"], point["h_m"] = stations[k, X], stations[k, Y], stations[k, H]
        point["speed_m_s"] = stations[k, SPEED_TO]
        counts[1] += 1
    record["leg_end"] = counts[1]


@kernel
def _file(  # noqa: PLR0913
    record: np.void,
    stations: NDArray[np.float64],
    count: int,
    key: Key,
    far_off: bool,  # noqa: FBT001
    plans: Plans,
    counts: NDArray[np.int64],
) -> None:
    """File its plan: what it flies, at times from which it departs, and far from its way where `far_off`."""
    entity = record["entity"]
    late, aside = normal_pair(key.seed, key.branch, ONCE, entity, STREAM, LATE, key.replication)
    planned_s = record["spawn_s"] - late * (_FAR_LATE_S if far_off else _LATE_S)
    aside_m = aside * _FAR_ASIDE_M if far_off else 0.0
    filed = plans.plan[counts[2]]
    filed["address"] = record["address"]
    filed["mode_a"] = squawk(key, entity)
    filed["leg"] = counts[3]
    for k in range(count):
        point = plans.point[counts[3]]
        bow = aside_m * math.sin(math.pi * k / (count - 1))
        point["x_m"] = stations[k, X] + bow * math.cos(record["heading_rad"])
        point["y_m"] = stations[k, Y] - bow * math.sin(record["heading_rad"])
        point["h_m"] = stations[k, H]
        point["time_s"] = planned_s + stations[k, TIME_AT]
        counts[3] += 1
    filed["leg_end"] = counts[3]
    filed["begin_s"] = planned_s
    filed["end_s"] = planned_s + stations[count - 1, TIME_AT]
    record["plan"] = counts[2]
    counts[2] += 1
