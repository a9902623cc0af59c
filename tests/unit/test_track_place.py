"""Where a track is looked for, and which place a new one takes."""

from __future__ import annotations

import math

import numpy as np

from holdfire.messages.plot import NO_CODE
from holdfire.messages.track import TRACK, Stand
from holdfire.track.gate import weigh
from holdfire.track.place import place_one, settle
from holdfire.track.room import CELLS, COLUMN, COURSE, LEVELS, PER, TICK
from holdfire.track.tuning import Tuning, tuning_record
from support.draws import uniforms
from support.plotted import Picture, normals, radars, seen

UPPER = np.triu_indices(4)
DRAWS = 2000


def test_no_gate_lets_through_what_is_not_looked_for() -> None:
    """Plots just beyond the reach, and at half of it, where the gate is longest: on the longer axis of the place's
    covariance, behind a flight along it, at any time of the tick."""
    tuning = Tuning(reach_m=1e9)
    settings, head, known = tuning_record(tuning)[0], np.zeros(LEVELS * CELLS, np.int32), np.zeros(PER + LEVELS)
    known[PER:], known[TICK] = 1e-4, 1.0
    record, course, column = np.zeros(1, TRACK), np.zeros(1, COURSE), np.zeros(1, COLUMN)
    record["hits"], record["modes"], record["mode_a"], record["h_m"] = 5, 0.25, NO_CODE, math.nan
    shares = uniforms(713, (DRAWS, 2, 1)) ** [[1.0], [6.0]]
    roots = normals(711, (DRAWS, 4, 4)) * np.repeat(shares * [[200.0], [40.0]], 2, axis=1)
    roots[::2, 0], roots[::2, 2], roots[::2, 3] = (  # as of a flight along a diagonal: place and velocity of one sign
        roots[::2, 1], 0.3 * roots[::2, 1], 0.3 * roots[::2, 1],
    )  # fmt: skip
    inside = 0
    for root, u in zip(roots, uniforms(712, (DRAWS, 4)), strict=True):
        p = root @ root.T
        axis = 0.5 * math.atan2(2.0 * p[0, 1], p[0, 0] - p[1, 1])
        east, north, speed_m_s = math.cos(axis), math.sin(axis), 400.0 * u[0]
        tick_s, sigma_m, old_s = 1.0 + 4.0 * u[1], 10.0 + 300.0 * u[2] ** 4, round(4.0 * u[3]) / 4.0
        record["p"], record["vx_m_s"], record["vy_m_s"] = p[UPPER], -speed_m_s * east, -speed_m_s * north
        column["x_m"], column["y_m"] = tick_s * record["vx_m_s"], tick_s * record["vy_m_s"]
        settle(record[0], course[0])
        place_one(0, column[0], course[0], head, known, tick_s, settings)
        reach_m = column["reach_m"][0] + math.sqrt(tuning.gate * 2.0) * sigma_m
        for share, through in ((1.0001, False), (0.5, True)):
            x_m, y_m = column["x_m"][0] + share * reach_m * east, column["y_m"][0] + share * reach_m * north
            gain, _ = weigh(record[0], seen(tick_s - old_s, [x_m, y_m], sigma_m)[0], 1e12, settings)
            assert through or gain == -math.inf
            inside += gain > -math.inf
    assert inside > DRAWS // 4


def test_new_tracks_take_the_lowest_free_places_in_turn() -> None:
    """Five hundred ticks of false plots of two radars, of which most begin tracks that soon are dropped."""
    picture, last = Picture(radars(4.0, 4.0, clutter_per_m2=1e-10)), 0
    for tick in range(500):
        u = uniforms(800 + tick, (12, 4))
        picked = u[:, 2] < u[0, 3]
        free = np.flatnonzero(picture.tracks.track["number"] == 0)
        before = picture.used["number"].copy()
        picture.take(tick, seen(tick, 3e5 * u[picked, :2], 100.0, sensor=np.where(u[picked, 3] < 0.5, 0, 1)))
        used = picture.tracks.used[: picture.count]
        assert (np.diff(used) > 0).all()
        assert np.array_equal(used, np.flatnonzero(picture.tracks.track["stand"] != Stand.FREE))
        new = used[~np.isin(picture.used["number"], before)]
        assert np.array_equal(new, free[: new.size])
        numbers = picture.tracks.track["number"][new]
        assert np.array_equal(np.sort(numbers), last + 1 + np.arange(new.size))
        last += new.size
    assert picture.tracks.counts[4] > 500  # dropped
    assert picture.count > 20


def test_where_no_place_is_left_the_count_says_so() -> None:
    picture = Picture(radars(4.0), capacity=10)
    picture.take(0.0, seen(0.0, 1e5 * uniforms(41, (10, 2))))
    assert picture.count == 10
    picture.take(1.0, seen(1.0, 1e5 * uniforms(42, (1, 2))))
    assert picture.count == -1
