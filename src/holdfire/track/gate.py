"""Which tracks a plot may belong to, and how likely: a spatial hash, gates, and log-likelihood ratios.

Gates and the ratio of track against clutter are those of S. Blackman and R. Popoli, "Design and Analysis of
Modern Tracking Systems", 1999, sections 6.2 and 6.3. A manoeuvre is a second hypothesis with more noise and
a small chance, which is taken where it explains the plot better.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from holdfire.compiled import kernel
from holdfire.elementary import log
from holdfire.messages.plot import NO_CODE
from holdfire.track.clutter import density, watched
from holdfire.track.filter import distance
from holdfire.track.place import cell_of, fetch_near
from holdfire.track.room import CELLS, LENGTH, LEVELS, PAIRS, PER

if TYPE_CHECKING:
    import numpy as np

    from holdfire.messages.layout import Records
    from holdfire.messages.plot import Plots
    from holdfire.track.room import Room

_TWO_PI = 2.0 * math.pi
_AHEAD = 4  # plots between the one whose tracks are fetched and the one that is weighed


_FRIEND, _NO_REPLY = 1, 2  # as in a plot
_MUTE = 3
"""Looks in a row without an answer after which a track counts as one that does not answer (assumed)."""


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
def weigh(record: np.void, plot: np.void, odds: float, tuning: np.void) -> tuple[float, float]:
    """Return the log-likelihood gained by giving a plot to a track, and the least noise under which it is gained.

    The gain is that over leaving the track without a plot in this look and the plot without a track; `odds` are its
    part that is the same for all tracks. What no gate lets through gains minus infinity.
    """
    dt_s, modes = plot["time_s"] - record["time_s"], record["modes"]
    dx_m = plot["x_m"] - record["x_m"] - dt_s * record["vx_m_s"]
    dy_m = plot["y_m"] - record["y_m"] - dt_s * record["vy_m_s"]
    chance, off2 = 1.0, 0.0  # of heights, to multiply and to add
    off_m = plot["h_m"] - record["h_m"] - dt_s * record["vh_m_s"]
    if not math.isnan(off_m):  # both are known
        p, t = record["p_h"], max(dt_s, 0.0)
        wide = tuning["climb_noise_m2_s3"] * t * t * t / 3.0 + plot["var_h_m2"]
        variance = p[0] + t * (2.0 * p[1] + t * p[2]) + wide
        off2 = off_m * off_m / variance
        if off2 > tuning["gate_height"]:
            return -math.inf, 0.0
        chance = _TWO_PI * variance / (tuning["heights_m"] * tuning["heights_m"])
    base, squared_odds = codes(record, plot, tuning) - 0.5 * off2, odds * odds / chance
    noise = tuning["noise_m2_s3"] + (modes[1] + modes[2]) * tuning["turn_noise_m2_s3"]
    squared, determinant = distance(record, plot, dt_s, dx_m, dy_m, noise)
    gain = base + 0.5 * (log(squared_odds / determinant) - squared) if squared <= tuning["gate"] else -math.inf
    # Below twice the cost of a manoeuvre, the models of motion are always the likelier.
    if squared > -2.0 * tuning["manoeuvre_log_chance"] and record["hits"] > 2:
        sudden = tuning["manoeuvre_noise_m2_s3"]
        nearer, determinant = distance(record, plot, dt_s, dx_m, dy_m, sudden)
        turned = base + tuning["manoeuvre_log_chance"] + 0.5 * (log(squared_odds / determinant) - nearer)
        if nearer <= tuning["gate"] and turned > gain:
            return turned, sudden
    return gain, 0.0


@kernel
def pair_up(track: Records, plots: Plots, sensor: int, stated: np.void, room: Room, tuning: np.void) -> int:  # noqa: C901, PLR0915
    """List for each plot of a sensor the tracks that it may be given to with gain; return the number of plots."""
    # All arrays are taken out of the tuples here, once for all plots.
    plot, fed, all_rows, pairs, columns, head = plots.plot, plots.fed, room.rows, room.pairs, room.columns, room.head
    looks, known, clutter, n_sensors = room.looks, room.known, room.clutter, room.first.size
    detects = min(stated["detects"], tuning["most_detects"])
    most_odds, spread, period_s = detects / ((1.0 - detects) * _TWO_PI), math.sqrt(tuning["gate"]), stated["period_s"]
    area_m2 = watched(known[LENGTH], stated, tuning)
    rows, index, least = 0, room.first[sensor], -tuning["soft_gain"] if tuning["soft"] else 0.0
    soon = index
    for _ in range(_AHEAD):
        soon = fetch_near(soon, plot, track, room)
    while index >= 0:
        soon = fetch_near(soon, plot, track, room)
        here, row, begin, count = plot[index], all_rows[rows], rows * PAIRS, 0
        x, y, since_s = here["x_m"], here["y_m"], here["time_s"] - 0.5 * period_s
        seen = clutter[all_rows[index]["cell"]]
        odds = most_odds / density(seen, area_m2, tuning)
        own_m = spread * math.sqrt(here["var_x_m2"] + here["var_y_m2"])
        for level in range(LEVELS):
            if known[level] == 0.0:
                continue
            reach_m, per_m, first = min(known[level] + own_m, tuning["reach_m"]), known[PER + level], level * CELLS
            south, north = math.floor((y - reach_m) * per_m), math.floor((y + reach_m) * per_m)
            for east in range(math.floor((x - reach_m) * per_m), math.floor((x + reach_m) * per_m) + 1):
                for up in range(south, north + 1):
                    slot = head[first + cell_of(east, up)]
                    while slot >= 0:
                        column = columns[slot]
                        dx, dy, far_m = x - column["x_m"], y - column["y_m"], column["reach_m"] + own_m
                        # A track takes one plot of a look, and a look lasts half a period at most.
                        if dx * dx + dy * dy <= far_m * far_m and looks[slot * n_sensors + sensor]["last_s"] <= since_s:
                            gain, noise = weigh(track[slot], here, odds, tuning)
                            if gain > least:
                                at = begin + count
                                if count == PAIRS:  # the least likely gives way
                                    at = begin
                                    for other in range(begin + 1, begin + PAIRS):
                                        at = other if pairs[other]["gain"] < pairs[at]["gain"] else at
                                pair = pairs[at]
                                if count < PAIRS or gain > pair["gain"]:
                                    pair["column"], pair["gain"], pair["noise"] = slot, gain, noise
                                    column["owner"], column["price"] = -1, 0.0
                                    count = min(count + 1, PAIRS)
                        slot = column["after"]
        row["plot"], row["pairs"] = index, count
        fed[index] = -1
        rows += 1
        index = all_rows[index]["later"]
    return rows
