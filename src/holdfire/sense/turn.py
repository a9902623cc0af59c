"""When a sensor looks where, where it is, and whether it works."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, cast

import numpy as np

from holdfire.compiled import kernel
from holdfire.elementary import azimuth
from holdfire.messages.aircraft import Status
from holdfire.seed import Key, uniform

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.messages.layout import Records

_FLYING = int(Status.FLYING)
_PHASE = 3

# What belongs to a whole night is drawn at its first tick. A plain 0 would compile the generator once more.
FIRST_TICK = cast("int", np.int64(0))


@kernel
def works(radar: np.void, stand: np.void, outages: NDArray[np.float64], aircraft: Records, time_s: float) -> bool:
    """Whether a sensor works now; if it flies, its place is brought up to date."""
    at = stand["outage"]
    while time_s >= outages[at, 1]:
        at += 1
    stand["outage"] = at
    if time_s >= outages[at, 0]:
        return False
    if radar["carrier"] < 0:
        return True
    carrier = aircraft[radar["carrier"]]
    if carrier["status"] != _FLYING:
        return False
    stand["x_m"], stand["y_m"], stand["h_m"] = carrier["x_m"], carrier["y_m"], carrier["h_m"]
    stand["ahead_x"], stand["ahead_y"] = math.sin(carrier["heading_rad"]), math.cos(carrier["heading_rad"])
    stand["draw"] = carrier_draw(carrier["entity"])
    return True


@kernel
def carrier_draw(entity: int) -> int:
    """Return the first draw of a carrier, 16 for each, from the low 6 bits of its name's line and ordinal."""
    return ((entity >> 16 & 63) << 6 | entity & 63) << 4


@kernel
def next_pass(radar: np.void, stand: np.void, east_m: float, north_m: float, from_s: float, dt_s: float) -> int:
    """Return the tick in which a turning beam first passes a direction after a time."""
    period_s: float = radar["period_s"]
    offset_s: float = azimuth(east_m, north_m) / (2.0 * math.pi) * period_s + stand["phase_s"]
    turns = math.ceil((from_s - offset_s) / period_s)
    return math.ceil((offset_s + turns * period_s) / dt_s)


@kernel
def next_look(  # noqa: PLR0913
    radar: np.void, stand: np.void, target: np.void, tick: int, late: int, wait_s: float, dt_s: float, key: Key
) -> int:
    """Return the tick of the next look at an aircraft, at least one scan on, and no sooner than `wait_s`.

    `late` is 1 where no look was arranged, as for an aircraft that has just taken off. A beam that turns passes
    an aircraft at its azimuth; one that is steered comes back after a period, from a phase drawn for the aircraft.
    """
    period_s: float = radar["period_s"]
    ticks: int = radar["period_ticks"]
    if radar["rotates"] == 1:
        half_s = 0.5 * period_s if ticks > 1 else 0.0  # of a beam that passes every tick, the next tick's is the next
        from_s = tick * dt_s + (0.0 if late == 1 else max(half_s, wait_s))
        east_m, north_m = target["x_m"] - stand["x_m"], target["y_m"] - stand["y_m"]
        return max(next_pass(radar, stand, east_m, north_m, from_s, dt_s), tick + 1)
    if late == 1:
        entity, stream, draw = target["entity"], radar["stream"], stand["draw"] + _PHASE
        return tick + 1 + int(uniform(key.seed, key.branch, FIRST_TICK, entity, stream, draw, key.replication) * ticks)
    return tick + ticks * max(math.ceil(wait_s / period_s), 1)
