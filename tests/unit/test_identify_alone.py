"""What is looked up about a cell in advance, so that looking about from a track is not needed."""

from __future__ import annotations

import numpy as np
import pytest

from holdfire.identify.prepare import alone_of
from support.draws import Draws
from support.identified import BY, DE, KM, PL, SEA, UA, Sky, ground, track, view

PLACES = view().places
MOST = 12
SIDE = 300  # cells of 1 km


def patches(draws: Draws, side: int, size: int, states: tuple[int, ...]) -> np.ndarray:
    """Return a map of patches up to twice as wide as `size`, one over another."""
    state = np.full((side, side), BY, np.uint8)
    for _ in range(2 * (side // size) ** 2):
        row, column = draws.below(side), draws.below(side)
        high, wide = 1 + draws.below(2 * size), 1 + draws.below(2 * size)
        state[row : row + high, column : column + wide] = draws.pick(states)
    return state


def square(state: np.ndarray, row: int, column: int, reach: int) -> set[int]:
    """Return who is about a cell and guards nothing."""
    rows, columns = slice(max(row - reach, 0), row + reach + 1), slice(max(column - reach, 0), column + reach + 1)
    return {int(each) for each in np.unique(state[rows, columns]) if PLACES[each]["guard"] < 0}


@pytest.mark.parametrize("name", range(5))
def test_it_counts_the_cells_about_one_in_which_nobody_else_is(name: int) -> None:
    draws = Draws(name)
    state = patches(draws, 40, 12, (PL, BY, UA, DE, SEA))
    alone = alone_of(state, PLACES)
    assert len(np.unique(alone)) > 4
    for row, column in np.ndindex(state.shape):
        here = int(state[row, column])
        clear = [reach for reach in range(1, MOST + 1) if square(state, row, column, reach) <= {here}]
        assert alone[row, column] == (max(clear, default=0) if PLACES[here]["guard"] < 0 else 0), (row, column)


def test_with_it_and_without_it_a_track_is_over_the_same_state() -> None:
    draws, plain = Draws(77), ground()
    state = patches(draws, SIDE, 30, (PL, BY, UA, DE, SEA))
    on = plain._replace(state=state, depth_m=np.full_like(plain.depth_m, -1e5))
    quick, slow = Sky(on, view(), capacity=1), Sky(on, view(), capacity=1)
    slow.view = slow.view._replace(alone=np.zeros((0, 0), np.uint8))
    short, answers = 0, []
    for number in range(1, 1500):
        sigma_m = 50.0 * 2.0 ** draws.below(7)
        x_km, y_km = (draws.below(2800) / 10 - 140.0 for _ in range(2))
        course = draws.below(1000) / 159.0
        fields = track(
            x_km, y_km, 100 * np.cos(course), 100 * np.sin(course), number=number,
            p=(sigma_m**2, 0, 0, 0, sigma_m**2, 0, 0, 1, 0, 1),
        )  # fmt: skip
        one, other = (sky.at(number, dict(fields))[0] for sky in (quick, slow))
        assert one == other
        assert quick.memory.kept["place"][0] == slow.memory.kept["place"][0]
        answers.append(one.items["airspace"].value if "airspace" in one.items else None)
        row, column = int(y_km + SIDE / 2), int(x_km + SIDE / 2)
        ring_m = on.uncertainty_m + 2.0 * sigma_m + on.cell_m * np.sqrt(0.5)
        short += quick.view.alone[row, column] >= ring_m / KM + 1.0
    assert {"foreign", "allied", "international", None} <= set(answers)
    assert 200 < short < sum(answer is not None for answer in answers), "of both kinds are enough"
