"""Silence where a sensor was shown to see is evidence; where it was not, it is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from holdfire.messages.track import Stand
from holdfire.track.cover import CELL_M, CELLS, PRIOR, chance_of_plot, cover_cell, learn
from holdfire.track.recording import track_all
from holdfire.track.tuning import Tuning, tuning_record
from support.plotted import Picture, radars, seen

if TYPE_CHECKING:
    from collections.abc import Callable

    from holdfire.messages.layout import Records

SPEED_M_S, PERIOD_S, APART_M = 200.0, 4.0, 5_000.0
EDGE_M = 101_000.0  # as far as radar 0 sees


def plots_of(flights: int, looks: int, sees: Callable[[int, int, float], bool], sensors: int = 1) -> Records:
    """Plots of flights side by side to the east, by `sees(sensor, flight, x)`."""
    parts = []
    for look in range(looks):
        for sensor in range(sensors):
            time_s = PERIOD_S * look + sensor
            x_m = SPEED_M_S * time_s
            rows = [flight for flight in range(flights) if sees(sensor, flight, x_m)]
            places = np.array([(x_m, APART_M * flight) for flight in rows]).reshape(-1, 2)
            parts.append(seen(time_s, places, sensor=sensor, h_m=9000.0, var_h_m2=900.0))
    return np.concatenate(parts)


def held_s(plot: Records, flight: int, *, learns: bool = True) -> tuple[float, int]:
    """How long the track of a flight is shown after its last plot, and under how many numbers."""
    sensors = int(plot["sensor"].max()) + 1
    times_s = np.arange(0.0, plot["time_s"][-1] + 150.0)
    history, _ = track_all(plot, radars(*[PERIOD_S] * sensors), None, 1.0, times_s, learns=learns)
    lane = history[np.abs(history["y_m"] - APART_M * flight) < 0.4 * APART_M]
    last = plot[np.abs(plot["y_m"] - APART_M * flight) < 1.0]["time_s"].max()
    return float(lane["time_s"].max() - last), len(np.unique(lane["number"]))


def test_what_flies_out_of_all_coverage_coasts_to_the_limit_and_not_by_score() -> None:
    plot = plots_of(4, 150, lambda _, __, x_m: x_m < EDGE_M)
    limit_s = Tuning().coast_most_s
    held, numbers = held_s(plot, 2)
    assert numbers == 1
    assert held == pytest.approx(limit_s, abs=4.0)
    assert held_s(plot, 2, learns=False)[0] < limit_s - 15.0  # as if the radar saw everywhere


def test_what_flies_out_of_one_coverage_is_kept_by_the_other_radar() -> None:
    """Radar 1 sees one look in six, further out: the silence of radar 0 there must not add to what it misses."""
    plot = plots_of(4, 300, lambda sensor, _, x_m: x_m < EDGE_M if sensor == 0 else int(x_m // 800) % 6 == 0, 2)
    held, numbers = held_s(plot, 1)
    assert numbers == 1
    assert held == pytest.approx(Tuning().coast_most_s, abs=4.0)
    assert held_s(plot, 1, learns=False)[0] < 0.0  # as if radar 0 saw everywhere: lost while radar 1 still sees it


def test_what_falls_silent_where_the_radar_sees_is_dropped_by_score() -> None:
    plot = plots_of(4, 150, lambda _, flight, x_m: flight != 2 or x_m < 50_000.0)
    held, numbers = held_s(plot, 2)
    assert numbers == 1
    assert 30.0 < held < Tuning().coast_most_s - 15.0


def test_silence_counts_nothing_before_anything_is_known() -> None:
    plot = plots_of(1, 3, lambda *_: True)
    assert held_s(plot, 0)[0] == pytest.approx(Tuning().coast_most_s, abs=4.0)


def taught(sensors: int = 2) -> tuple[Picture, np.ndarray, np.ndarray]:
    """A confirmed track at the origin, and empty maps."""
    picture = Picture(radars(*[PERIOD_S] * sensors))
    for look in range(3):
        picture.take(PERIOD_S * look, seen(PERIOD_S * look, (1000.0, 1000.0), h_m=9000.0, var_h_m2=900.0))
    assert picture.used["stand"].tolist() == [Stand.CONFIRMED]
    return picture, np.zeros((sensors * CELLS, 2)), np.full((4, sensors + 1, 2), -np.inf)


def test_looks_missed_are_counted_once_it_is_known_that_there_was_something_to_see() -> None:
    """By another sensor's plot, or the sensor's own after a gap; and no more than the sensor looked."""
    picture, cover, known = taught()
    (record,), tuning = picture.used, tuning_record()[0]

    def plot(time_s: float, sensor: int) -> tuple[float, ...]:
        learn(cover, known, 0, record, seen(time_s, (0.0, 0.0), sensor=sensor)[0], picture.stated, tuning)
        return tuple(cover[[cover_cell(each, record, record["time_s"]) for each in (0, 1)]].ravel())

    assert plot(8.0, 0) == (1, 0, 0, 0)
    assert plot(12.0, 0) == (2, 0, 0, 0)
    assert plot(21.0, 1) == (2, 1, 1, 0)  # the look due at 16 s, late by 30 % of the period at most
    assert plot(22.0, 0) == (3, 2, 1, 0)  # and that due at 20 s
    assert plot(100.0, 1) == (3, 2, 2, 0)  # after so long neither is known to have looked
    assert chance_of_plot(cover, 0, record, 8.0) == 3 / (5 + PRIOR)
    assert chance_of_plot(cover, 0, record, 8.0 + 2 * CELL_M) == 3 / (5 + PRIOR)  # it stands still


def test_a_cell_is_of_a_sensor_a_place_and_a_height() -> None:
    picture, *_ = taught()
    (record,) = picture.used.copy()
    cells = [cover_cell(0, record, record["time_s"]), cover_cell(1, record, record["time_s"])]
    for name, value in (("x_m", 1000.0 + CELL_M), ("y_m", 1000.0 + CELL_M), ("h_m", 1000.0), ("h_m", np.nan)):
        other = record.copy()
        other[name] = value
        cells.append(cover_cell(0, other, other["time_s"]))
    assert len(set(cells)) == 6
    record["h_m"] = 1e6
    assert 0 <= cover_cell(1, record, record["time_s"]) < 2 * CELLS
