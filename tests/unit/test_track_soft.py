"""The soft association against every way to share plots out, and its bound where not all are tried."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from holdfire.track.room import COLUMN, PAIR, PAIRS, ROW
from holdfire.track.soft import share_out
from holdfire.track.tuning import Tuning, tuning_record
from support.draws import Draws, uniforms
from support.plotted import Picture, radars, seen


def shared(gains: np.ndarray, tuning: Tuning) -> tuple[np.ndarray, float]:
    """The chance of each pair (row, column), NaN gains being no pairs, and the bound."""
    n_rows, n_columns = gains.shape
    rows, pairs = np.zeros(n_rows, ROW), np.zeros(n_rows * PAIRS, PAIR)
    columns = np.zeros(n_columns, COLUMN)
    columns["owner"] = -1
    for row in range(n_rows):
        for column in np.flatnonzero(~np.isnan(gains[row])):
            pair = pairs[row * PAIRS + rows[row]["pairs"]]
            pair["column"], pair["gain"] = column, gains[row, column]
            rows[row]["pairs"] += 1
    bound = share_out(n_rows, rows, pairs, columns, tuning_record(tuning)[0])
    assert not columns["mark"].any()
    out = np.zeros(gains.shape)
    for row in range(n_rows):
        for pair in pairs[row * PAIRS : row * PAIRS + rows[row]["pairs"]]:
            out[row, pair["column"]] = pair["chance"]
    return out, bound


def by_force(gains: np.ndarray) -> np.ndarray:
    """Each event weighs the product of its odds; a column is given once."""
    total, out = 0.0, np.zeros(gains.shape)
    for way in product(range(-1, gains.shape[1]), repeat=len(gains)):
        given = [column for column in way if column >= 0]
        if len(set(given)) < len(given):
            continue
        chosen = [(row, column) for row, column in enumerate(way) if column >= 0]
        weight = float(np.exp(sum(gains[row, column] for row, column in chosen)))
        if np.isnan(weight):
            continue
        total += weight
        for row, column in chosen:
            out[row, column] += weight
    return out / total


def some_gains(draws: Draws, n_rows: int, n_columns: int) -> np.ndarray:
    gains = np.array([[draws.below(120) / 10 - 4.0 for _ in range(n_columns)] for _ in range(n_rows)])
    for row, column in product(range(n_rows), range(n_columns)):
        if draws.chance(0.4):
            gains[row, column] = np.nan
    return gains


def test_chances_are_those_of_all_events() -> None:
    draws = Draws(931)
    for _ in range(150):
        gains = some_gains(draws, 1 + draws.below(4), 1 + draws.below(4))
        found, bound = shared(gains, Tuning(soft_least=0.0))
        assert bound == 0.0
        assert found == pytest.approx(by_force(gains), abs=1e-12)


@pytest.mark.parametrize("limit", [{"soft_events": 3}, {"soft_least": 0.05}])
def test_what_is_left_out_is_bounded(limit: dict[str, float]) -> None:
    draws, bounds = Draws(932), []
    for _ in range(100):
        gains = some_gains(draws, 4, 4)
        found, bound = shared(gains, Tuning(**limit))  # type: ignore[arg-type]
        assert np.abs(found - by_force(gains)).max() <= bound + 1e-12
        bounds.append(bound)
    assert max(bounds) > 0.0


def test_two_plots_of_one_track_are_blended() -> None:
    """Two plots as likely, either side of the prediction: the track goes on between them."""
    hard, soft = Picture(radars(4.0), Tuning()), Picture(radars(4.0), Tuning(soft=1))
    for picture in (hard, soft):
        for look in range(8):
            picture.take(4.0 * look, seen(4.0 * look, (800.0 * look, 5000.0)))
        picture.take(32.0, seen(32.0, [(6400.0, 5150.0), (6400.0, 4850.0)]))
    assert abs(soft.confirmed["y_m"][0] - 5000.0) < 1.0
    assert abs(hard.confirmed["y_m"][0] - 5000.0) > 40.0
    assert soft.confirmed["p"][0, 4] > hard.confirmed["p"][0, 4]


def test_clutter_too_dense_to_enumerate_makes_no_tracks() -> None:
    """Clusters of hundreds of plots, as stated: chances that are cut short are no evidence of aircraft."""
    picture = Picture(radars(4.0, clutter_per_m2=150 / 80e3**2), Tuning(soft=1), capacity=4000)
    for look in range(20):
        picture.take(4.0 * look, seen(4.0 * look, 80e3 * uniforms(8000 + look, (150, 2))))
    assert picture.tracks.counts[3] == 0
