"""The assignment against every other way to assign."""

from __future__ import annotations

from itertools import product
from math import inf

import numpy as np
import pytest

from holdfire.track.assign import assign
from holdfire.track.room import COLUMN, PAIR, PAIRS, ROW
from support.draws import Draws


def assigned(gains: np.ndarray) -> list[int]:
    """The column of each row (-1: none), where gains of 0 or less are no pairs."""
    n_rows, n_columns = gains.shape
    rows, pairs = np.zeros(n_rows, ROW), np.zeros(n_rows * PAIRS, PAIR)
    columns = np.zeros(max(n_columns, n_rows), COLUMN)
    columns["owner"] = -1
    for row in range(n_rows):
        for column in np.flatnonzero(gains[row] > 0):
            pair = pairs[row * PAIRS + rows[row]["pairs"]]
            pair["column"], pair["gain"] = column, gains[row, column]
            rows[row]["pairs"] += 1
    assign(n_rows, rows, pairs, columns)
    assert not columns["mark"].any()  # clean for the next look
    return [int(column) for column in rows["taken"]]


def gained(gains: np.ndarray, columns: tuple[int, ...] | list[int]) -> float:
    """Sum of gains of an assignment, -inf where it gives a column twice."""
    given = [column for column in columns if column >= 0]
    if len(set(given)) < len(given):
        return -inf
    return sum(float(gains[row, column]) for row, column in enumerate(columns) if column >= 0)


def greedy(gains: np.ndarray) -> list[int]:
    left, out = gains.copy(), [-1] * len(gains)
    while left.max() > 0:
        row, column = np.unravel_index(left.argmax(), left.shape)
        out[row] = int(column)
        left[row], left[:, column] = 0, 0
    return out


def test_it_is_the_best_of_all() -> None:
    draws = Draws(911)
    for _ in range(400):
        shape = 1 + draws.below(5), 1 + draws.below(5)
        gains = np.array([[draws.below(40) - 12.0 for _ in range(shape[1])] for _ in range(shape[0])])
        gains[gains < 0] = 0
        ways = product(range(-1, shape[1]), repeat=shape[0])
        found = assigned(gains)
        assert all(gains[row, column] > 0 for row, column in enumerate(found) if column >= 0)
        assert gained(gains, found) == pytest.approx(max(gained(gains, way) for way in ways))


def test_it_is_not_greedy() -> None:
    gains = np.array([[10.0, 9.0], [9.0, 0.0]])
    assert greedy(gains) == [0, -1]
    assert assigned(gains) == [1, 0]


def test_a_plot_may_be_left_though_it_has_a_track_in_its_gate() -> None:
    assert assigned(np.array([[3.0], [5.0], [4.0]])) == [-1, 0, -1]


def test_the_order_of_plots_is_irrelevant() -> None:
    draws = Draws(912)
    gains = np.array([[draws.below(1000) + 1.0 for _ in range(8)] for _ in range(8)])
    assert assigned(gains[::-1]) == assigned(gains)[::-1]
