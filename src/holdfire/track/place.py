"""Where tracks should be now: two spatial hashes, of tracks whose next plot is near, and of the others."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from holdfire.compiled import fetch, kernel
from holdfire.track.clutter import clutter_cell
from holdfire.track.room import CELLS, LEVELS, PER, SIDE, TICK

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from holdfire.messages.layout import Records
    from holdfire.messages.plot import Plots
    from holdfire.messages.track import Tracks
    from holdfire.track.room import Room


@kernel
def cell_of(x: int, y: int) -> int:
    """Return the place of a cell in its level's hash."""
    return (x & (SIDE - 1)) * SIDE + (y & (SIDE - 1))


@kernel
def settle(record: np.void, course: np.void) -> None:
    """Note the state of a track in its course, and by Gershgorin's circles how wide its covariance is at most."""
    p = record["p"]
    course["time_s"], course["x_m"], course["y_m"] = record["time_s"], record["x_m"], record["y_m"]
    course["vx_m_s"], course["vy_m_s"] = record["vx_m_s"], record["vy_m_s"]
    both = max(abs(p[2]), abs(p[6])) + 0.5 * abs(p[3] + p[5])
    course["place_m2"], course["both_m2_s"] = max(p[0], p[4]) + abs(p[1]), both
    course["speed_m2_s2"] = max(p[7], p[9]) + abs(p[8])


@kernel
def place_all(tracks: Tracks, room: Room, tuning: np.void, time_s: float) -> None:
    """Put every track into a hash where it should be now; the states themselves stay at their times."""
    used, columns, courses, head, known = tracks.used, room.columns, room.courses, room.head, room.known
    for cell in range(head.size):
        head[cell] = -1
    for level in range(LEVELS):
        known[level] = 0.0
        known[PER + level] = 1.0 / (tuning["near_m"] * 2.0 if level == 0 else 2.0 * tuning["reach_m"])
    for index in range(tracks.counts[0]):
        slot = used[index]
        column, course = columns[slot], courses[slot]
        t = time_s - course["time_s"]
        column["x_m"], column["y_m"] = course["x_m"] + t * course["vx_m_s"], course["y_m"] + t * course["vy_m_s"]
        place_one(slot, column, course, head, known, t, tuning)


@kernel
def place_one(  # noqa: PLR0913
    slot: int, column: np.void, course: np.void, head: NDArray[np.int32], known: NDArray[np.float64], t: float,
    tuning: np.void,
) -> None:  # fmt: skip
    """Put one track into the hash of its level, by how far its next plot may be `t` seconds after its state.

    Of the state that is placed, no gate lets through a plot of this tick that is further than this and its own part of
    the gate together: the bound on a sum of covariances is the sum of theirs, and a plot is up to a tick older than the
    place in `column`. A track that one sensor fed in this tick is still looked for by the others where it was before.
    A state newer than the tick is carried back, `t` negative: a manoeuvre in between makes that no surer either.
    """
    s = abs(t)
    variance = course["place_m2"] + s * (2.0 * course["both_m2_s"] + s * course["speed_m2_s2"])
    variance += tuning["manoeuvre_noise_m2_s3"] * s * s * s / 3.0
    reach_m = math.sqrt(tuning["gate"] * variance) + known[TICK] * (abs(course["vx_m_s"]) + abs(course["vy_m_s"]))
    level = 0 if reach_m <= tuning["near_m"] else 1
    per_m = known[PER + level]
    cell = level * CELLS + cell_of(math.floor(column["x_m"] * per_m), math.floor(column["y_m"] * per_m))
    column["reach_m"] = min(reach_m, tuning["reach_m"])
    known[level] = max(known[level], column["reach_m"])
    column["after"], head[cell] = head[cell], slot


@kernel
def by_sensor(plots: Plots, room: Room, tuning: np.void) -> None:
    """Link the plots of a tick that come from the same sensor."""
    plot, first, rows = plots.plot, room.first, room.rows
    for sensor in range(first.size):
        first[sensor] = -1
    for index in range(plots.counts[0]):
        here, row = plot[index], rows[index]
        sensor = here["sensor"]
        row["later"], first[sensor] = first[sensor], index
        row["cell"] = clutter_cell(sensor, here["x_m"], here["y_m"], tuning)


@kernel
def fetch_near(index: int, plot: Records, track: Records, room: Room) -> int:
    """Fetch the tracks in a plot's own cells, which it is soon to be weighed against; return its sensor's next plot."""
    if index < 0:
        return -1
    here, n_sensors = plot[index], room.first.size
    for level in range(LEVELS):
        per_m = room.known[PER + level]
        slot = room.head[level * CELLS + cell_of(math.floor(here["x_m"] * per_m), math.floor(here["y_m"] * per_m))]
        if slot >= 0:
            fetch(room.columns, slot)
            fetch(track, slot)
            fetch(room.looks, slot * n_sensors + here["sensor"])
    fetch(room.clutter, room.rows[index]["cell"])
    return room.rows[index]["later"]  # type: ignore[no-any-return]
