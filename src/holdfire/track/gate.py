"""Which tracks a plot may belong to, and how likely: a spatial hash, gates, and log-likelihood ratios.

Gates and the ratio of track against clutter are those of S. Blackman and R. Popoli, "Design and Analysis of
Modern Tracking Systems", 1999, sections 6.2 and 6.3. A manoeuvre is a second hypothesis with more noise and
a small chance, which is taken where it explains the plot better.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from holdfire.compiled import kernel
from holdfire.messages.plot import NO_CODE
from holdfire.track.room import PAIRS, SIDE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from holdfire.messages.layout import Records
    from holdfire.messages.plot import Plots
    from holdfire.messages.track import Tracks
    from holdfire.track.room import Room

_TWO_PI = 2.0 * math.pi


_FRIEND, _NO_REPLY = 1, 2  # as in a plot
_MUTE = 3
"""Looks in a row without an answer after which a track counts as one that does not answer (assumed)."""


@kernel
def cell_of(x_m: float, y_m: float, per_cell: float) -> int:
    """Return the cell of the hash in which a place lies; `per_cell` is one over the side of a cell."""
    return (math.floor(x_m * per_cell) & (SIDE - 1)) * SIDE + (math.floor(y_m * per_cell) & (SIDE - 1))


@kernel
def place_all(tracks: Tracks, head: NDArray[np.int64], columns: Records, per_cell: float, time_s: float) -> None:
    """Put every track into the hash where it should be now; the states themselves stay at their times."""
    track, used = tracks.track, tracks.used
    for cell in range(head.size):
        head[cell] = -1
    for index in range(tracks.counts[0]):
        slot = used[index]
        record, column = track[slot], columns[slot]
        dt_s = time_s - record["time_s"]
        x_m, y_m = record["x_m"] + dt_s * record["vx_m_s"], record["y_m"] + dt_s * record["vy_m_s"]
        cell = cell_of(x_m, y_m, per_cell)
        column["x_m"], column["y_m"] = x_m, y_m
        column["after"], head[cell] = head[cell], slot


@kernel
def by_sensor(plots: Plots, first: NDArray[np.int64], rows: Records) -> None:
    """Link the plots of a tick that come from the same sensor."""
    plot = plots.plot
    for sensor in range(first.size):
        first[sensor] = -1
    for index in range(plots.counts[0]):
        sensor = plot[index]["sensor"]
        rows[index]["later"], first[sensor] = first[sensor], index


@kernel
def codes(record: np.void, plot: np.void, tuning: np.void) -> float:
    """Return what squawk and address say for or against: evidence, not a key, as both are changed and garbled."""
    gain = 0.0
    if plot["mode_a"] != NO_CODE and record["mode_a"] != NO_CODE:
        gain += tuning["squawk_same"] if plot["mode_a"] == record["mode_a"] else tuning["squawk_other"]
    if plot["address"] != 0 and record["address"] != 0:
        gain += tuning["address_same"] if plot["address"] == record["address"] else tuning["address_other"]
    if plot["asked"]:
        gain += answers(record, plot, tuning)
    return gain


@kernel
def answers(record: np.void, plot: np.void, tuning: np.void) -> float:
    """Return what an answer, or none, says against a plot of one that answers otherwise."""
    friend, answered = plot["iff"] == _FRIEND, plot["mode_a"] != NO_CODE or plot["address"] != 0
    used_to = record["mode_a"] != NO_CODE or record["address"] != 0 or record["iff"] == _FRIEND
    if (friend or answered) and (record["unanswered"] >= _MUTE or (friend and record["iff"] == _NO_REPLY)):
        return tuning["address_other"]  # type: ignore[no-any-return]
    if used_to and record["unanswered"] == 0 and not (friend or answered):
        return tuning["squawk_other"]  # type: ignore[no-any-return]
    return 0.0


@kernel
def distance(
    record: np.void, plot: np.void, dt_s: float, dx_m: float, dy_m: float, noise: float
) -> tuple[float, float]:
    """Return the squared statistical distance of a plot from a prediction, and the determinant of S."""
    p, t = record["p"], max(dt_s, 0.0)
    wide = noise * t * t * t / 3.0
    sxx = p[0] + t * (2.0 * p[2] + t * p[7]) + wide + plot["var_x_m2"]
    sxy = p[1] + t * (p[3] + p[5] + t * p[8]) + plot["cov_xy_m2"]
    syy = p[4] + t * (2.0 * p[6] + t * p[9]) + wide + plot["var_y_m2"]
    determinant = sxx * syy - sxy * sxy
    return (syy * dx_m * dx_m - 2.0 * sxy * dx_m * dy_m + sxx * dy_m * dy_m) / determinant, determinant


@kernel
def noise_of(strain: float, tuning: np.void) -> float:
    """Return the noise of acceleration for a track so strained (adjustable level, Bar-Shalom et al. 2001, 11.2.2).

    Above the steady level it rises with the fifth power of the mean squared distance over its expectation, 2.
    """
    if strain < tuning["strain_steady"]:
        return tuning["noise_m2_s3"]  # type: ignore[no-any-return]
    half = 0.5 * strain
    return min(tuning["noise_m2_s3"] * half * half * half * half * half, tuning["manoeuvre_noise_m2_s3"])  # type: ignore[no-any-return]


@kernel
def weigh(record: np.void, strain: float, plot: np.void, base: float, tuning: np.void) -> tuple[float, float, float]:
    """Return the log-likelihood gained by giving a plot to a track, under which noise, and the squared distance.

    The gain is that over leaving the track without a plot in this look and the plot without a track; `base`
    is its part that is the same for all plots of a sensor. What no gate lets through gains minus infinity.
    """
    dt_s = plot["time_s"] - record["time_s"]
    dx_m = plot["x_m"] - record["x_m"] - dt_s * record["vx_m_s"]
    dy_m = plot["y_m"] - record["y_m"] - dt_s * record["vy_m_s"]
    noise = noise_of(strain, tuning)
    chance, off2 = 1.0, 0.0  # of heights, to multiply and to add
    off_m = plot["h_m"] - record["h_m"] - dt_s * record["vh_m_s"]
    if not math.isnan(off_m):  # both are known
        p, t = record["p_h"], max(dt_s, 0.0)
        wide = tuning["height_noise_m2_s3"] * t * t * t / 3.0 + plot["var_h_m2"]
        variance = p[0] + t * (2.0 * p[1] + t * p[2]) + wide
        off2 = off_m * off_m / variance
        if off2 > tuning["gate_height"]:
            return -math.inf, noise, off2
        chance = _TWO_PI * variance / (tuning["heights_m"] * tuning["heights_m"])
    base += codes(record, plot, tuning) - 0.5 * off2
    squared, determinant = distance(record, plot, dt_s, dx_m, dy_m, noise)
    gain = base - 0.5 * (math.log(determinant * chance) + squared) if squared <= tuning["gate"] else -math.inf
    # Below twice the cost of a manoeuvre, steady flight is always the likelier.
    if squared > -2.0 * tuning["manoeuvre_log_chance"] and record["hits"] > 2:
        sudden = tuning["manoeuvre_noise_m2_s3"]
        nearer, determinant = distance(record, plot, dt_s, dx_m, dy_m, sudden)
        turned = base + tuning["manoeuvre_log_chance"] - 0.5 * (math.log(determinant * chance) + nearer)
        if nearer <= tuning["gate"] and turned > gain:
            gain, noise = turned, sudden
    return gain, noise, squared


@kernel
def pair_up(track: Records, plots: Plots, sensor: int, stated: np.void, room: Room, tuning: np.void) -> int:  # noqa: C901, PLR0915
    """List for each plot of a sensor the tracks that it may be given to with gain; return the number of plots."""
    plot, fed, columns, pairs, head, looked_s = (
        plots.plot,
        plots.fed,
        room.columns,
        room.pairs,
        room.head,
        room.looked_s,
    )
    n_sensors, reach_m = room.first.size, tuning["reach_m"]
    reach2, per_cell = reach_m * reach_m, 0.5 / reach_m
    detects = min(stated["detects"], tuning["most_detects"])
    density = stated["clutter_per_m2"] + tuning["new_per_m2"]
    base = math.log(detects / ((1.0 - detects) * density * _TWO_PI))
    rows, index = 0, room.first[sensor]
    while index >= 0:
        here, row = plot[index], room.rows[rows]
        x, y, since_s = here["x_m"], here["y_m"], here["time_s"] - 0.5 * stated["period_s"]
        begin = rows * PAIRS
        count = 0
        for corner in range(4):  # the four cells nearest to the plot hold all within reach of it
            east, north = x + (2 * (corner & 1) - 1) * reach_m, y + ((corner & 2) - 1) * reach_m
            slot = head[cell_of(east, north, per_cell)]
            while slot >= 0:
                column = columns[slot]
                dx, dy = x - column["x_m"], y - column["y_m"]
                # A track takes one plot of a look, and a look lasts half a period at most.
                if dx * dx + dy * dy <= reach2 and looked_s[slot * n_sensors + sensor] <= since_s:
                    gain, noise, squared = weigh(track[slot], column["strain"], here, base, tuning)
                    if gain > 0.0:
                        at = count
                        if count == PAIRS:  # the least likely gives way
                            at = 0
                            for other in range(1, PAIRS):
                                if pairs[begin + other]["gain"] < pairs[begin + at]["gain"]:
                                    at = other
                        pair = pairs[begin + at]
                        if count < PAIRS or gain > pair["gain"]:
                            pair["column"], pair["gain"], pair["noise"], pair["squared"] = slot, gain, noise, squared
                            column["owner"], column["price"] = -1, 0.0
                            count = min(count + 1, PAIRS)
                slot = column["after"]
        row["plot"], row["pairs"] = index, count
        fed[index] = -1
        rows += 1
        index = room.rows[index]["later"]
    return rows
