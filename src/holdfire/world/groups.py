"""Intruders and strays: how many, from where, by which way, and what becomes of each."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from holdfire.compiled import kernel
from holdfire.messages.aircraft import Transponder
from holdfire.seed import exponential, normal_pair
from holdfire.world.draws import (
    COUNT,
    DISPLACED,
    ENDURANCE,
    FAILURE,
    FAILURES,
    HEIGHT,
    ONCE,
    PAYLOAD,
    PAYLOADS,
    PLACE,
    SPEED,
    STREAM,
    TIME,
    address,
    between,
    share,
    squawk,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from holdfire.messages.layout import Records
    from holdfire.seed import Key
    from holdfire.world.layout import WorldPlan

_OFF = int(Transponder.OFF)
_OWN_HALF = 1 << 23  # addresses of the scenario's lines; the lower half is the background's


@kernel
def add_groups(  # noqa: PLR0915
    plan: WorldPlan, key: Key, aircraft: Records, waypoints: Records, counts: NDArray[np.int64]
) -> None:
    """Write the aircraft of every group behind those there; `counts` are (aircraft, waypoints, …)."""
    groups, route = plan.groups, plan.route
    for g in range(groups.size):
        group = groups[g]
        name = plan.patterns[g]["entity"]
        least = group["count_low"]
        number = least + int(share(key, name, COUNT) * (group["count_high"] - least + 1))
        payload = between(key, name, PAYLOADS, group["payload_share"])
        failures_per_s = between(key, name, FAILURES, group["failures_per_s"])
        for ordinal in range(number):
            record = aircraft[counts[0]]
            aircraft[counts[0]] = plan.patterns[g]
            entity = name + ordinal
            record["entity"], record["ordinal"] = entity, ordinal
            _begin(group, key, record)
            record["payload"] = int(share(key, entity, PAYLOAD) < payload)
            if failures_per_s > 0.0:  # failures without memory
                wait = exponential(key.seed, key.branch, ONCE, entity, STREAM, FAILURE, key.replication)
                record["fails_s"] = min(record["fails_s"], record["spawn_s"] + wait / failures_per_s)
            record["leg"] = counts[1]
            for k in range(group["leg"], group["leg_end"]):
                draw = DISPLACED + k - group["leg"]
                east, north = normal_pair(key.seed, key.branch, ONCE, entity, STREAM, draw, key.replication)
                point, way = waypoints[counts[1]], route[k]
                point["x_m"] = way["x_m"] + way["spread_m"] * east
                point["y_m"] = way["y_m"] + way["spread_m"] * north
                point["h_m"] = record["h_m"]
                point["speed_m_s"] = record["speed_m_s"]
                counts[1] += 1
            record["leg_end"] = counts[1]
            first = waypoints[record["leg"]]
            bearing = math.atan2(first["x_m"] - record["x_m"], first["y_m"] - record["y_m"])
            record["heading_rad"] = bearing % (2.0 * math.pi)
            counts[0] += 1


@kernel
def _begin(group: np.void, key: Key, record: np.void) -> None:
    """Write when and where it appears, how fast and how high, and how long it can fly."""
    entity = record["entity"]
    record["spawn_s"] = between(key, entity, TIME, group["appears_s"])
    record["fails_s"] = record["spawn_s"] + between(key, entity, ENDURANCE, group["endurance_s"])
    if record["transponder"] != _OFF:
        record["mode_a"] = squawk(key, entity)
        line = entity >> 16 & 0xFFF  # of its name, so that other groups change nothing
        record["address"] = address(_OWN_HALF | line << 11 | record["ordinal"])
    along = share(key, entity, PLACE)
    record["x_m"] = group["from_x_m"] + along * (group["to_x_m"] - group["from_x_m"])
    record["y_m"] = group["from_y_m"] + along * (group["to_y_m"] - group["from_y_m"])
    record["h_m"] = between(key, entity, HEIGHT, group["height_m"])
    record["speed_m_s"] = between(key, entity, SPEED, group["speed_m_s"])
