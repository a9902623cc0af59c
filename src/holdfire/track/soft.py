"""Soft association: how likely each plot is each track's, over all ways to share the plots of a look out together.

Joint probabilistic data association: T. Fortmann, Y. Bar-Shalom and M. Scheffe, "Sonar tracking of multiple
targets using joint probabilistic data association", IEEE Journal of Oceanic Engineering 8, 1983, doi
10.1109/JOE.1983.1145560. Plots and tracks that compete with one another form a cluster; the events of each are
enumerated, likeliest choices first. Each row's choices are scaled to sum to one, so that all events below a
partial one weigh no more than it does: where those are left out their weight is a bound on what is lost.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from holdfire.compiled import allocating, kernel
from holdfire.elementary import exp, log
from holdfire.messages.plot import PLOT
from holdfire.messages.track import Stand
from holdfire.track.clutter import clutter_cell
from holdfire.track.feed import feed_record, feed_state
from holdfire.track.place import settle
from holdfire.track.room import PAIRS
from holdfire.track.score import confirm, count_look, missed, note_look, score_plot

if TYPE_CHECKING:
    from holdfire.messages.layout import Records
    from holdfire.messages.plot import Plots
    from holdfire.messages.track import Tracks
    from holdfire.track.room import Room

_TENTATIVE = int(Stand.TENTATIVE)
_MOST_GAIN = 500.0  # beyond it the other choices are nothing


@kernel
def share_out(count: int, rows: Records, pairs: Records, columns: Records, tuning: np.void) -> float:
    """Write the `chance` of every pair of the first `count` rows, and the likeliest column of each in `taken`.

    A row that more likely has no column takes none (-1). The columns must have `owner` -1 and `mark` 0 before.
    Returns a bound on the error of every chance: 0 where all events were enumerated.
    """
    _cluster(count, rows, pairs, columns)
    for index in range(count):
        _scale(rows[index], pairs[index * PAIRS : (index + 1) * PAIRS])
    worst = 0.0
    for index in range(count):
        if rows[index]["root"] == index and rows[index]["pairs"] > 0:
            worst = max(worst, _enumerate(index, rows, pairs, columns, tuning))
    for index in range(count):
        begin, total, best = index * PAIRS, 0.0, index * PAIRS
        for at in range(begin, begin + rows[index]["pairs"]):
            total += pairs[at]["chance"]
            best = at if pairs[at]["chance"] > pairs[best]["chance"] else best
        rows[index]["taken"] = pairs[best]["column"] if total >= 0.5 else -1
    return worst


@kernel
def _cluster(count: int, rows: Records, pairs: Records, columns: Records) -> None:
    """Chain the rows that compete for columns, each chain from its lowest row."""
    for index in range(count):
        rows[index]["root"], rows[index]["next"], rows[index]["prior"] = index, -1, -1
        for at in range(index * PAIRS, index * PAIRS + rows[index]["pairs"]):
            column, mine = columns[pairs[at]["column"]], _root(index, rows)
            if column["owner"] < 0:
                column["owner"] = index
            else:
                other = _root(column["owner"], rows)
                rows[max(mine, other)]["root"] = min(mine, other)
    for index in range(count - 1, -1, -1):
        root = _root(index, rows)
        if root != index:
            rows[index]["root"], rows[index]["next"], rows[root]["next"] = root, rows[root]["next"], index


@kernel
def _root(index: int, rows: Records) -> int:
    while rows[index]["root"] != index:
        index = rows[index]["root"]
    return index


@kernel
def _scale(row: np.void, pairs: Records) -> None:
    """Sort a row's pairs by gain and scale their odds, and those of none, to sum to one."""
    total, count = 1.0, row["pairs"]
    for index in range(count):
        for at in range(index, 0, -1):
            one, other = pairs[at - 1], pairs[at]
            if other["gain"] > one["gain"]:
                one["column"], other["column"] = other["column"], one["column"]
                one["gain"], other["gain"] = other["gain"], one["gain"]
                one["noise"], other["noise"] = other["noise"], one["noise"]
    for index in range(count):
        pairs[index]["weight"], pairs[index]["chance"] = exp(min(pairs[index]["gain"], _MOST_GAIN)), 0.0
        total += pairs[index]["weight"]
    for index in range(count):
        pairs[index]["weight"] /= total
    row["free"] = 1.0 / total


@kernel
def _enumerate(first: int, rows: Records, pairs: Records, columns: Records, tuning: np.void) -> float:  # noqa: C901, PLR0915
    """Go through the events of a cluster depth first; write the chances, and return a bound on their error."""
    found, lost, events, at = 0.0, 0.0, 0, first
    rows[first]["choice"], rows[first]["reached"] = -1, 1.0
    while at >= 0:
        row, begin = rows[at], at * PAIRS
        choice, count = row["choice"], row["pairs"]
        if 0 <= choice < count:
            columns[pairs[begin + choice]["column"]]["mark"] = 0
        choice += 1
        while choice < count and columns[pairs[begin + choice]["column"]]["mark"] == 1:
            choice += 1
        row["choice"] = choice
        if choice > count:
            at = row["prior"]
            continue
        weight = row["reached"] * (pairs[begin + choice]["weight"] if choice < count else row["free"])
        if choice < count:
            columns[pairs[begin + choice]["column"]]["mark"] = 1
        if found > 0.0 and (weight < tuning["soft_least"] * found or events >= tuning["soft_events"]):
            lost += weight
        elif row["next"] >= 0:
            after = rows[row["next"]]
            after["choice"], after["reached"], after["prior"] = -1, weight, at
            at = row["next"]
        else:
            found += weight
            events += 1
            back = at
            while back >= 0:
                if rows[back]["choice"] < rows[back]["pairs"]:
                    pairs[back * PAIRS + rows[back]["choice"]]["chance"] += weight
                back = rows[back]["prior"]
    at = first
    while at >= 0:
        for pair in range(at * PAIRS, at * PAIRS + rows[at]["pairs"]):
            pairs[pair]["chance"] /= found
        at = rows[at]["next"]
    return lost / found


@allocating
def feed_soft(tracks: Tracks, plots: Plots, rows: int, stated: np.void, room: Room, tuning: np.void) -> None:  # noqa: C901
    """Give each track the mean of the plots that may be its own, and each plot to its likeliest track."""
    track, plot, fed, all_rows, pairs = tracks.track, plots.plot, plots.fed, room.rows, room.pairs
    columns, courses, due_s, looks = room.columns, room.courses, room.due_s, room.looks
    clutter, n_sensors = room.clutter, room.first.size
    mean = np.empty(1, PLOT)
    for index in range(rows):
        row = all_rows[index]
        fed[row["plot"]] = row["taken"]
        for pair in range(index * PAIRS, index * PAIRS + row["pairs"]):
            slot = pairs[pair]["column"]
            record, column, course = track[slot], columns[slot], courses[slot]
            if column["mark"] == 0:
                column["mark"] = 1
                best, spot, odds = blend(slot, row["root"], course, all_rows, pairs, plot, mean)
                whole = plot[all_rows[best // PAIRS]["plot"]]
                # No more than alone: where not all events were enumerated, chances are surer than any plot makes them.
                gain = min(-log(max(1.0 - spot[0], 1e-9)), math.log1p(odds))
                if record["stand"] == _TENTATIVE:
                    clutter[clutter_cell(whole["sensor"], whole["x_m"], whole["y_m"], tuning)] += spot[0]
                if pairs[best]["chance"] < 0.5:
                    mean[0]["h_m"] = math.nan
                feed_state(record, mean[0], spot, pairs[best]["noise"], tuning)
                addressed = feed_record(record, whole) if pairs[best]["chance"] >= 0.5 else 0
                settle(record, course)
                if spot[0] >= 0.5:
                    score_plot(record, gain, missed(stated, tuning), tuning)
                    count_look(record)
                    due_s[slot] = note_look(whole, slot * n_sensors, n_sensors, stated, looks, tuning)
                    tracks.counts[3] += confirm(record, addressed, tuning)
                else:  # the look counts as missed when it is due, whatever lay near by
                    record["score"] += gain
    for index in range(rows):
        for pair in range(index * PAIRS, index * PAIRS + all_rows[index]["pairs"]):
            columns[pairs[pair]["column"]]["mark"] = 0


@kernel
def blend(  # noqa: PLR0913
    slot: int, root: int, course: np.void, rows: Records, pairs: Records, plot: Records, mean: Records
) -> tuple[int, tuple[float, float, float, float], float]:
    """Write the mean of the plots of a cluster that may be a track's, at the time of the likeliest.

    Returns the pair of that one, the chance that any of them is the track's with the covariance xx, xy, yy of their
    places about the mean, and the odds that any would be, were there no other track.
    """
    best, total, x, y, xx, xy, yy = -1, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    vxx, vxy, vyy, odds = 0.0, 0.0, 0.0, 0.0
    for sweep in range(2):
        at = root
        while at >= 0:
            here = plot[rows[at]["plot"]]
            for pair in range(at * PAIRS, at * PAIRS + rows[at]["pairs"]):
                if pairs[pair]["column"] == slot and sweep == 0:
                    best = pair if best < 0 or pairs[pair]["chance"] > pairs[best]["chance"] else best
                    odds += exp(min(pairs[pair]["gain"], _MOST_GAIN))
                elif pairs[pair]["column"] == slot:
                    chance, t = pairs[pair]["chance"], mean[0]["time_s"] - here["time_s"]
                    dx = here["x_m"] + t * course["vx_m_s"] - mean[0]["x_m"]
                    dy = here["y_m"] + t * course["vy_m_s"] - mean[0]["y_m"]
                    total, x, y = total + chance, x + chance * dx, y + chance * dy
                    xx, xy, yy = xx + chance * dx * dx, xy + chance * dx * dy, yy + chance * dy * dy
                    vxx, vxy = vxx + chance * here["var_x_m2"], vxy + chance * here["cov_xy_m2"]
                    vyy += chance * here["var_y_m2"]
            at = rows[at]["next"]
        if sweep == 0:
            mean[0] = plot[rows[best // PAIRS]["plot"]]
    if total <= 1e-12:
        return best, (0.0, 0.0, 0.0, 0.0), odds
    per = 1.0 / total
    x, y = x * per, y * per
    mean[0]["x_m"] += x
    mean[0]["y_m"] += y
    mean[0]["var_x_m2"], mean[0]["cov_xy_m2"], mean[0]["var_y_m2"] = vxx * per, vxy * per, vyy * per
    return best, (min(total, 1.0), xx * per - x * x, xy * per - x * y, yy * per - y * y), odds
