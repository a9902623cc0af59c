"""Two tracks of one aircraft become one, the older.

They are one aircraft where position, velocity and height agree within their covariances and no sensor fed
both in one look: two plots of a look are two aircraft, however near.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from holdfire.compiled import kernel
from holdfire.messages.track import Stand
from holdfire.track.place import cell_of, settle
from holdfire.track.room import CELLS, LEVELS, PER
from holdfire.track.score import sweep

if TYPE_CHECKING:
    import numpy as np

    from holdfire.messages.layout import Records
    from holdfire.messages.plot import Plots
    from holdfire.messages.track import Tracks
    from holdfire.track.room import Room

_FREE, _CONFIRMED = int(Stand.FREE), int(Stand.CONFIRMED)


@kernel
def merge_all(tracks: Tracks, plots: Plots, stated: Records, room: Room, tuning: np.void, time_s: float) -> None:
    """Merge every settled track with the duplicates near it, and hand on the plots that those took."""
    track, used, fed, merged = tracks.track, tracks.used, plots.fed, 0
    for index in range(tracks.counts[0]):
        old = used[index]
        while _settled(track[old], tuning, time_s):
            found = _duplicate(old, track, stated, room, tuning, time_s)
            if found < 0:
                break
            _merge(old, found, track, room, stated.size)
            room.due_s[found] = -math.inf
            merged += 1
            for plot in range(plots.counts[0]):
                fed[plot] = old if fed[plot] == found else fed[plot]
    if merged > 0:
        sweep(tracks, room.due_s)


@kernel
def _duplicate(old: int, track: Records, stated: Records, room: Room, tuning: np.void, time_s: float) -> int:
    """Return the place of a track's oldest duplicate, -1: it has none."""
    elder, found, columns, head, looks = track[old], -1, room.columns, room.head, room.looks
    here = columns[old]
    for level in range(LEVELS):
        per_m, first = room.known[PER + level], level * CELLS
        reach_m = here["reach_m"] + room.known[level]  # wider than any gate between them
        north = math.floor((here["y_m"] + reach_m) * per_m)
        for east in range(math.floor((here["x_m"] - reach_m) * per_m), math.floor((here["x_m"] + reach_m) * per_m) + 1):
            for cell in range(math.floor((here["y_m"] - reach_m) * per_m), north + 1):
                new = head[first + cell_of(east, cell)]
                while new >= 0:
                    younger, there = track[new], columns[new]
                    dx, dy = there["x_m"] - here["x_m"], there["y_m"] - here["y_m"]
                    far_m = here["reach_m"] + there["reach_m"]
                    if (
                        dx * dx + dy * dy <= far_m * far_m
                        and elder["number"] < younger["number"]
                        and (found < 0 or younger["number"] < track[found]["number"])
                        and _settled(younger, tuning, time_s)
                        and _agree(elder, younger, tuning, time_s)
                        and not _seen_apart(old, new, stated, looks, tuning)
                    ):
                        found = new
                    new = columns[new]["after"]
    return found


@kernel
def _settled(record: np.void, tuning: np.void, time_s: float) -> bool:
    """Whether a track is confirmed, and has been for long enough to be compared."""
    return bool(record["stand"] >= _CONFIRMED and time_s - record["confirmed_s"] >= tuning["merge_after_s"])


@kernel
def _seen_apart(one: int, other: int, stated: Records, looks: Records, tuning: np.void) -> bool:
    """Whether some sensor fed both in one look, within the time that tracks may coast."""
    n_sensors = stated.size
    newest_s = -math.inf
    for sensor in range(n_sensors):
        newest_s = max(newest_s, looks[one * n_sensors + sensor]["last_s"], looks[other * n_sensors + sensor]["last_s"])
    for sensor in range(n_sensors):
        first_s, second_s = looks[one * n_sensors + sensor]["last_s"], looks[other * n_sensors + sensor]["last_s"]
        late = min(first_s, second_s) > newest_s - tuning["coast_most_s"]
        if late and abs(first_s - second_s) < 0.5 * stated[sensor]["period_s"]:
            return True
    return False


@kernel
def _agree(one: np.void, other: np.void, tuning: np.void, time_s: float) -> bool:
    """Whether two tracks, predicted to one time, differ by no more than their covariances explain."""
    if one["address"] != other["address"] and one["address"] != 0 and other["address"] != 0:
        return False
    p, q = one["p"], other["p"]
    s, t = time_s - one["time_s"], time_s - other["time_s"]
    wide = tuning["noise_m2_s3"] * (abs(s) * s * s + abs(t) * t * t) / 3.0
    vxx = p[0] + s * (2.0 * p[2] + s * p[7]) + q[0] + t * (2.0 * q[2] + t * q[7]) + wide
    vxy = p[1] + s * (p[3] + p[5] + s * p[8]) + q[1] + t * (q[3] + q[5] + t * q[8])
    vyy = p[4] + s * (2.0 * p[6] + s * p[9]) + q[4] + t * (2.0 * q[6] + t * q[9]) + wide
    if vxx + vyy > 4.0 * tuning["merge_sigma_m"] * tuning["merge_sigma_m"]:
        return False
    dvx, dvy = other["vx_m_s"] - one["vx_m_s"], other["vy_m_s"] - one["vy_m_s"]
    dx = other["x_m"] + t * other["vx_m_s"] - one["x_m"] - s * one["vx_m_s"]
    dy = other["y_m"] + t * other["vy_m_s"] - one["y_m"] - s * one["vy_m_s"]
    dh = other["h_m"] + t * other["vh_m_s"] - one["h_m"] - s * one["vh_m_s"]
    if dh * dh > tuning["gate_height"] * (one["p_h"][0] + other["p_h"][0]):  # false where a height is unknown
        return False
    gate = tuning["merge_gate"]
    kick = tuning["noise_m2_s3"] * (abs(s) + abs(t))
    uxx, uxy, uyy = p[7] + q[7] + kick, p[8] + q[8], p[9] + q[9] + kick
    far = vyy * dx * dx - 2.0 * vxy * dx * dy + vxx * dy * dy > gate * (vxx * vyy - vxy * vxy)
    fast = uyy * dvx * dvx - 2.0 * uxy * dvx * dvy + uxx * dvy * dvy > gate * (uxx * uyy - uxy * uxy)
    return not (far or fast)


@kernel
def _merge(old: int, new: int, track: Records, room: Room, n_sensors: int) -> None:
    """Give the older track the state that was fed last and all that either heard; free the younger."""
    elder, younger = track[old], track[new]
    for sensor in range(n_sensors):
        at, other = old * n_sensors + sensor, new * n_sensors + sensor
        if room.looks[other]["last_s"] > room.looks[at]["last_s"]:
            room.looks[at] = room.looks[other]
    sensors, hits = elder["sensors"] | younger["sensors"], elder["hits"] + younger["hits"]
    last = elder if elder["visual_s"] >= younger["visual_s"] else younger
    looked_as, load, visual_s = last["visual_class"], last["visual_load"], last["visual_s"]
    seen_as = elder["seen_as"] | younger["seen_as"]
    if younger["fed_s"] > elder["fed_s"]:
        number, born_s, confirmed_s = elder["number"], elder["born_s"], elder["confirmed_s"]
        mode_a, address, squawk_since_s = elder["mode_a"], elder["address"], elder["squawk_since_s"]
        track[old] = track[new]
        elder["number"], elder["born_s"], elder["confirmed_s"] = number, born_s, confirmed_s
        if younger["address"] == 0:
            elder["address"] = address
        if younger["mode_a"] == mode_a:
            elder["squawk_since_s"] = squawk_since_s
    elder["sensors"], elder["hits"], elder["seen_as"] = sensors, hits, seen_as
    elder["visual_class"], elder["visual_load"], elder["visual_s"] = looked_as, load, visual_s
    younger["stand"] = _FREE
    settle(elder, room.courses[old])
    room.due_s[old] = min(room.due_s[old], room.due_s[new])
