"""Made-up skies for the tracker: aircraft that turn now and then, four rotating radars, and clutter.

A box of 300 km by 300 km with radars 60 km off its middle, each 4 s a turn, 200 km far, that detect with 0.9 at
50 m in range and 0.1° in azimuth; false plots are spread evenly over each radar's circle. 60 % of the aircraft fly
like airliners (200 to 250 m/s, turns of up to 2 °/s), 25 % like drones (50 m/s, 5 °/s), 15 % fast (300 to 400 m/s,
4 °/s). A turn of 8 to 30 s begins after about 90 s of straight flight. All figures are assumed.
"""

from __future__ import annotations

import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from holdfire.messages.plot import NO_CODE, PLOT, SENSOR_AS_TRACKED

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from support.draws import uniforms
from support.plotted import normals

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.messages.layout import Records

SIZES: Final = {"S": (50, 10, 600), "M": (300, 50, 1200), "L": (2000, 300, 600)}
"""Aircraft, false plots of a radar's turn, seconds."""
RADARS_M: Final = np.array([[-6e4, -6e4], [6e4, -6e4], [6e4, 6e4], [-6e4, 6e4]])
REACH_M, RANGE_SD_M, AZIMUTH_SD, DETECTS, PERIOD_S = 200e3, 50.0, math.radians(0.1), 0.9, 4.0
HALF_M, TURN_BACK_M = 145e3, 140e3
RATES: Final = np.radians([2.0, 5.0, 4.0])


class Sky(NamedTuple):
    """What flew and what was seen of it."""

    truth: NDArray[np.float64]  # (aircraft, second, x y vx vy), NaN while it does not fly
    plot: Records  # PLOT, by time
    origin: NDArray[np.int64]  # the aircraft that each plot is of, -1: clutter
    polar: NDArray[np.float64]  # (plot, range in m and azimuth from east)
    stated: Records  # SENSOR_AS_TRACKED
    clutter: float  # false plots of a radar's turn


def sky(size: str) -> Sky:
    """Return the sky of a size, the same every time."""
    count, clutter, seconds = SIZES[size]
    return seen(fly(100 * count, count, seconds), clutter, 100 * count + 50)


def fly(name: int, count: int, seconds: int) -> NDArray[np.float64]:
    """Return the truth of so many aircraft."""
    u = uniforms(name, (8, count))
    kind = np.searchsorted([0.6, 0.85], u[0])
    speed = np.choose(kind, [200.0 + 50.0 * u[1], np.full(count, 50.0), 300.0 + 100.0 * u[1]])
    place, heading, most = HALF_M * (2.0 * u[2:4].T - 1.0), 2.0 * math.pi * u[4], RATES[kind]
    begin = np.where(u[5] < 0.7, 0.0, (u[5] - 0.7) / 0.3 * 0.5 * seconds)
    end = np.where(u[6] < 0.8, seconds + 1.0, (0.6 + 0.4 * (u[6] - 0.8) / 0.2) * seconds)
    rate, left = np.zeros(count), np.zeros(count)
    truth = np.full((count, seconds + 1, 4), np.nan)
    for second in range(seconds + 1):
        velocity = speed[:, None] * np.stack([np.cos(heading), np.sin(heading)], axis=1)
        flies = (begin <= second) & (second <= end)
        truth[flies, second] = np.concatenate([place, velocity], axis=1)[flies]
        draw = uniforms(name * 10_000 + second, (3, count))
        left -= 1.0
        rate[left <= 0.0] = 0.0
        turns = (left <= 0.0) & (draw[0] < 1.0 / 90.0)
        rate[turns], left[turns] = (most * (2.0 * draw[1] - 1.0))[turns], (8.0 + 22.0 * draw[2])[turns]
        leaves = (np.abs(place).max(axis=1) > TURN_BACK_M) & ((place * velocity).sum(axis=1) > 0.0)
        rate[leaves], left[leaves] = most[leaves], 10.0
        middle = heading + 0.5 * rate  # of the second's arc
        step = speed[:, None] * np.stack([np.cos(middle), np.sin(middle)], axis=1)
        place, heading = place + np.where(flies[:, None], step, 0.0), heading + rate
    return truth


def seen(truth: NDArray[np.float64], clutter: float, name: int) -> Sky:
    """Return what the radars see of flights, and false plots."""
    turns, rows = int((truth.shape[1] - 1) // PERIOD_S), []
    for radar in range(len(RADARS_M)):
        phase_s = PERIOD_S * uniforms(name, (len(RADARS_M),))[radar]
        for turn in range(turns):
            own = (name + 1) * 10_000 + 4 * (turn * len(RADARS_M) + radar)
            rows.append(_turn(truth, radar, turn * PERIOD_S, phase_s, own))
            rows.append(_false(radar, turn * PERIOD_S, phase_s, clutter, own + 2))
    table = np.concatenate(rows)
    table = table[np.argsort(table[:, 0], kind="stable")]
    stated = np.zeros(len(RADARS_M), SENSOR_AS_TRACKED)
    stated["period_s"], stated["detects"], stated["kinds"] = PERIOD_S, DETECTS, 1
    stated["clutter_per_m2"] = clutter / (math.pi * REACH_M**2)
    return Sky(truth, as_plots(table), table[:, 4].astype(np.int64), table[:, 2:4], stated, clutter)


def _turn(truth: NDArray[np.float64], radar: int, begin_s: float, phase_s: float, name: int) -> NDArray[np.float64]:
    """Return time, radar, range, azimuth and aircraft of those that one turn of the beam detects."""
    everyone, time_s = np.arange(len(truth)), np.full(len(truth), begin_s + 0.5 * PERIOD_S)
    off, azimuth = np.zeros((len(truth), 2)), np.zeros(len(truth))
    for _ in range(4):  # when the beam meets them, as they fly on meanwhile
        second = np.minimum(time_s.astype(np.int64), truth.shape[1] - 1)
        state = truth[everyone, second]
        off = state[:, :2] + state[:, 2:] * (time_s - second)[:, None] - RADARS_M[radar]
        azimuth = np.arctan2(off[:, 1], off[:, 0])
        share = np.where(np.isnan(azimuth), 0.5, azimuth / (2.0 * math.pi))
        time_s = begin_s + np.mod(share * PERIOD_S + phase_s, PERIOD_S)
    far, noise = np.hypot(off[:, 0], off[:, 1]), normals(name, (2, len(truth)))
    hit = (far < REACH_M) & (uniforms(name + 1, (len(truth),)) < DETECTS)
    table = [time_s, np.full(len(truth), radar), far + RANGE_SD_M * noise[0], azimuth + AZIMUTH_SD * noise[1], everyone]
    return np.array(np.stack(table, axis=1)[hit], np.float64)


def _false(radar: int, begin_s: float, phase_s: float, clutter: float, name: int) -> NDArray[np.float64]:
    """Return the false plots of a turn: their number is Poisson's, as of the times of a process that fit in it."""
    waits = -np.log(1.0 - uniforms(name, (int(clutter + 10.0 * math.sqrt(clutter)) + 20,)))
    count = int((np.cumsum(waits) < clutter).sum())
    u = uniforms(name + 1, (2, count))
    azimuth = math.pi * (2.0 * u[0] - 1.0)
    time_s = begin_s + np.mod(azimuth / (2.0 * math.pi) * PERIOD_S + phase_s, PERIOD_S)
    return np.stack([time_s, np.full(count, radar), REACH_M * np.sqrt(u[1]), azimuth, np.full(count, -1)], axis=1)


def as_plots(table: NDArray[np.float64]) -> Records:
    """Return rows of time, radar, range and azimuth as plots with their covariance turned along."""
    plot, radar = np.zeros(len(table), PLOT), table[:, 1].astype(np.int64)
    far, cosine, sine = table[:, 2], np.cos(table[:, 3]), np.sin(table[:, 3])
    plot["visual_class"] = plot["visual_load"] = -1
    plot["sensor"], plot["kinds"], plot["mode_a"], plot["h_m"] = radar, 1, NO_CODE, math.nan
    plot["time_s"] = table[:, 0]
    plot["x_m"], plot["y_m"] = RADARS_M[radar, 0] + far * cosine, RADARS_M[radar, 1] + far * sine
    along, across = RANGE_SD_M**2, (far * AZIMUTH_SD) ** 2
    plot["var_x_m2"] = cosine**2 * along + sine**2 * across
    plot["var_y_m2"] = sine**2 * along + cosine**2 * across
    plot["cov_xy_m2"] = cosine * sine * (along - across)
    return plot


def crossing(name: int, clutter: float) -> Sky:
    """Return twenty pairs of aircraft that cross at 3 to 12 degrees, in dense clutter, for four minutes."""
    pairs, seconds = 20, 240
    u = uniforms(name, (5, pairs))
    angle, heading = np.radians(3.0 + 9.0 * u[0]), 2.0 * math.pi * u[1]
    middle = np.stack([np.arange(pairs) % 5 - 2.0, np.arange(pairs) // 5 - 1.5], axis=1) * 40e3 + 10e3 * (
        u[2:4].T - 0.5
    )
    t = np.arange(seconds + 1.0) - (90.0 + 60.0 * u[4])[:, None]
    truth = np.empty((2 * pairs, seconds + 1, 4))
    for side in range(2):
        own = heading + (side - 0.5) * angle
        velocity = 200.0 * np.stack([np.cos(own), np.sin(own)], axis=1)
        truth[side::2, :, :2] = middle[:, None] + t[..., None] * velocity[:, None]
        truth[side::2, :, 2:] = velocity[:, None]
    return seen(truth, clutter, name + 1)
