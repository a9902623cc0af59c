"""Plots that no track explains begin tracks of their own, tentative until more plots confirm them.

One plot gives a place and no velocity, so the first covariance of velocity is that of what flies; the second
plot then does what two-point differencing does (Bar-Shalom, Li and Kirubarajan 2001, section 5.5.3).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from holdfire.compiled import fetch, kernel
from holdfire.elementary import log
from holdfire.messages.plot import NO_CODE
from holdfire.messages.track import Stand
from holdfire.track.clutter import density, watched
from holdfire.track.feed import feed_record, start_height
from holdfire.track.models import begin_modes
from holdfire.track.place import place_one, settle
from holdfire.track.room import LENGTH, TICK
from holdfire.track.score import count_look, note_look

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from holdfire.messages.layout import Records
    from holdfire.messages.plot import Plots
    from holdfire.messages.track import Tracks
    from holdfire.track.room import Room

_TENTATIVE = int(Stand.TENTATIVE)
_IN_USE, _LAST_NUMBER, _TENTATIVE_EVER = 0, 1, 2
_OVERFLOW = -1
_AHEAD = 2  # plots between the one whose place is fetched and the one that begins a track


@kernel
def begin_tracks(tracks: Tracks, plots: Plots, rows: int, stated: np.void, room: Room, tuning: np.void) -> None:
    """Begin a track with each plot that was given to none, in the order of their places in the plane.

    Where no place is free `counts[0]` becomes -1.
    """
    track, used, counts, plot = tracks.track, tracks.used, tracks.counts, plots.plot
    columns, courses, due_s, looks = room.columns, room.courses, room.due_s, room.looks
    clutter, head, known = room.clutter, room.head, room.known
    n_sensors, all_rows, area_m2 = room.first.size, room.rows, watched(known[LENGTH], stated, tuning)
    fresh = _alone(plot, rows, all_rows)
    if counts[_IN_USE] + fresh > track.size:
        counts[_IN_USE] = _OVERFLOW
        return
    _take_places(used, counts[_IN_USE], fresh, all_rows)
    counts[_IN_USE] += fresh
    counts[_TENTATIVE_EVER] += fresh
    for row in range(fresh):
        fetch(track, all_rows[min(row + _AHEAD, fresh - 1)]["taken"])
        counts[_LAST_NUMBER] += 1
        place, index = all_rows[row]["taken"], all_rows[row]["plot"]
        record, column, course, here = track[place], columns[place], courses[place], plot[index]
        begin(record, here, counts[_LAST_NUMBER], tuning)
        cell = all_rows[index]["cell"]
        record["score"] = log(tuning["new_per_m2"] / density(clutter[cell], area_m2, tuning))
        clutter[cell] += 1.0
        for at in range(place * n_sensors, (place + 1) * n_sensors):
            looks[at]["last_s"], looks[at]["due_s"] = -math.inf, math.inf
        count_look(record)
        due_s[place] = note_look(here, place * n_sensors, n_sensors, stated, looks, tuning)
        settle(record, course)
        column["x_m"], column["y_m"] = here["x_m"], here["y_m"]
        place_one(place, column, course, head, known, known[TICK], tuning)
        plots.fed[index] = place


@kernel
def _take_places(used: NDArray[np.int64], count: int, fresh: int, rows: Records) -> None:
    """Note the first free places as `taken` in as many rows, and list them among the `count` in use, in order."""
    first, end = _with_free(used, count, 1), _with_free(used, count, fresh)
    for index in range(count - 1, end - 1, -1):  # above them all
        used[index + fresh] = used[index]
    place, index = first, first
    for row in range(fresh):
        while index < end and used[index] == place:
            place, index = place + 1, index + 1
        rows[row]["taken"] = place
        place += 1
    for index in range(first, end + fresh):
        used[index] = index


@kernel
def _with_free(used: NDArray[np.int64], count: int, free: int) -> int:
    """Return where in `used`, which rises, the first place stands that has so many free ones below it."""
    low, high = 0, count
    while low < high:
        middle = (low + high) // 2
        if used[middle] - middle >= free:
            high = middle
        else:
            low = middle + 1
    return low


@kernel
def _alone(plot: Records, count: int, rows: Records) -> int:
    """Move the plots without a track to the front, by place, so that numbers do not depend on the plots' order."""
    alone = 0
    for row in range(count):
        if rows[row]["taken"] < 0:
            index = rows[row]["plot"]
            x_m, y_m = plot[index]["x_m"], plot[index]["y_m"]
            var_m2 = plot[index]["var_x_m2"] + plot[index]["var_y_m2"]
            at = alone
            while at > 0:
                other = plot[rows[at - 1]["plot"]]
                other_m2 = other["var_x_m2"] + other["var_y_m2"]
                if abs(other_m2 - var_m2) > 1e-9 * var_m2:
                    if other_m2 < var_m2:
                        break
                elif other["x_m"] < x_m or (other["x_m"] == x_m and other["y_m"] <= y_m):
                    break
                rows[at]["plot"] = rows[at - 1]["plot"]
                at -= 1
            rows[at]["plot"] = index
            alone += 1
    return alone


@kernel
def begin(record: np.void, plot: np.void, number: int, tuning: np.void) -> None:
    """Write a new track of one plot."""
    now_s = plot["time_s"]
    record["number"], record["stand"] = number, _TENTATIVE
    record["hits"] = record["history"] = record["sensors"] = record["unanswered"] = 0
    record["address"] = record["iff"] = record["seen_as"] = 0
    record["visual_class"], record["visual_load"], record["visual_s"] = -1, -1, -math.inf
    record["mode_a"] = NO_CODE
    record["time_s"] = record["born_s"] = record["fed_s"] = now_s
    record["confirmed_s"] = record["mode_a_s"] = record["squawk_since_s"] = record["iff_s"] = -math.inf
    kind_s = record["kind_s"]
    for kind in range(kind_s.size):
        kind_s[kind] = -math.inf
    record["two_sensors_s"] = -math.inf
    record["x_m"], record["y_m"] = plot["x_m"], plot["y_m"]
    record["vx_m_s"] = record["vy_m_s"] = 0.0
    p = record["p"]
    p[0], p[1], p[4] = plot["var_x_m2"], plot["cov_xy_m2"], plot["var_y_m2"]
    p[2] = p[3] = p[5] = p[6] = p[8] = 0.0
    p[7] = p[9] = tuning["first_speed_m_s"] * tuning["first_speed_m_s"]
    begin_modes(record, tuning)
    for index in range(14):
        record["spare"][index, 0] = 0.0
    start_height(record, plot, tuning)
    record["height_s"] = -math.inf if math.isnan(plot["h_m"]) else now_s
    feed_record(record, plot)
