"""Where tracks should be now: two spatial hashes, of tracks whose next plot is near, and of the others."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from holdfire.compiled import kernel
from holdfire.track.room import LEVELS, SIDE

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
def size_of(level: int, tuning: np.void) -> float:
    """Return the side of a level's cells in metres."""
    return tuning["near_m"] * 1.5 if level == 0 else tuning["reach_m"]  # type: ignore[no-any-return]


@kernel
def place_all(tracks: Tracks, room: Room, tuning: np.void, time_s: float) -> None:
    """Put every track into a hash where it should be now; the states themselves stay at their times."""
    track, used = tracks.track, tracks.used
    for cell in range(room.head.size):
        room.head[cell] = -1
    for level in range(LEVELS):
        room.known[level] = 0.0
    sudden = 2.0 / 3.0 * tuning["manoeuvre_noise_m2_s3"]
    for index in range(tracks.counts[0]):
        slot = used[index]
        record, column = track[slot], room.columns[slot]
        p, t = record["p"], time_s - record["time_s"]
        column["x_m"], column["y_m"] = record["x_m"] + t * record["vx_m_s"], record["y_m"] + t * record["vy_m_s"]
        variance = p[0] + p[4] + t * (2.0 * (p[2] + p[6]) + t * (p[7] + p[9] + sudden * t))
        place_one(room, slot, math.sqrt(tuning["gate"] * variance), tuning)


@kernel
def place_one(room: Room, slot: int, reach_m: float, tuning: np.void) -> None:
    """Put one track into the hash of its level."""
    column, level = room.columns[slot], 0 if reach_m <= tuning["near_m"] else 1
    size_m = size_of(level, tuning)
    cell = level * SIDE * SIDE + cell_of(math.floor(column["x_m"] / size_m), math.floor(column["y_m"] / size_m))
    column["reach_m"] = min(reach_m, tuning["reach_m"])
    room.known[level] = max(room.known[level], column["reach_m"])
    column["after"], room.head[cell] = room.head[cell], slot


@kernel
def by_sensor(plots: Plots, first: NDArray[np.int64], rows: Records) -> None:
    """Link the plots of a tick that come from the same sensor."""
    plot = plots.plot
    for sensor in range(first.size):
        first[sensor] = -1
    for index in range(plots.counts[0]):
        sensor = plot[index]["sensor"]
        rows[index]["later"], first[sensor] = first[sensor], index
