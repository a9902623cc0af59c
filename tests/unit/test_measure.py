"""Measures of a picture, on frames that can be counted by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from holdfire.errors import InputError
from holdfire.measure.consistency import chi_square_mean_bounds, squared, straight
from holdfire.measure.figures import Figure, measure
from holdfire.measure.gospa import gospa
from holdfire.measure.innovations import average_nis
from holdfire.measure.interval import ratio
from holdfire.measure.siap import by_aircraft, by_frame
from holdfire.measure.surveillance import surveillance
from holdfire.messages.plot import PLOT
from holdfire.messages.track import SNAPSHOT, Stand
from holdfire.track.expected import innovation
from support.draws import uniforms
from support.pictured import STEP_S, held_rows, pictured, true_rows

if TYPE_CHECKING:
    from holdfire.messages.layout import Records


def figures(frames: int, true: Records, held: Records) -> dict[str, Figure]:
    made = measure(np.arange(frames, dtype=np.float64) * STEP_S, true, held)
    return {figure.name: figure for figure in made.figures}


def test_gospa_by_hand() -> None:
    """One track 300 m off and one false, with two aircraft: 300² + 1000²/2 · (1 missed + 1 false)."""
    found = gospa(np.array([[0.0, 0.0], [50e3, 0.0]]), np.array([[0.0, 300.0], [9e3, 0.0]]))
    assert (found.matched, found.missed, found.false) == (1, 1, 1)
    assert found.gospa_m == pytest.approx((300.0**2 + 1000.0**2) ** 0.5)
    assert found.ospa_m == pytest.approx(((300.0**2 + 1000.0**2) / 2) ** 0.5)
    assert gospa(np.zeros((0, 2)), np.zeros((0, 2)))[:2] == (0.0, 0.0)


def test_at_the_cut_off_an_aircraft_is_missed() -> None:
    assert gospa(np.zeros((1, 2)), np.array([[1000.0, 0.0]])).missed == 1
    assert gospa(np.zeros((1, 2)), np.array([[999.9, 0.0]])).missed == 0


def test_the_attributes_of_an_air_picture_by_hand() -> None:
    """Two aircraft in two frames; in the first, two tracks on one and a spurious one; the other is never tracked."""
    true = true_rows((0, 7, 0.0), (0, 8, 50e3), (1, 7, 0.0), (1, 8, 50e3))
    held = held_rows((0, 1, 100.0), (0, 2, 400.0), (0, 3, 20e3), (1, 1, 200.0))
    counts = by_frame(pictured(2, true, held))
    assert [each.tolist() for each in counts] == [[2, 2], [1, 1], [3, 1], [2, 1]]
    found = figures(2, true, held)
    assert found["completeness"].found.value == pytest.approx(2 / 4)
    assert found["ambiguity"].found.value == pytest.approx(3 / 2)
    assert found["spuriousness"].found.value == pytest.approx(1 / 4)
    assert found["positional accuracy"].found.value == pytest.approx((100 + 400 + 200) / 3)
    assert found["missed aircraft"].found.value == pytest.approx(1.0)
    assert found["never tracked"].found.value == pytest.approx(0.5)


def test_a_track_that_passes_is_no_switch_and_a_renumbered_one_is() -> None:
    """Two tracks on one aircraft do not change places because the other is nearer for a frame."""
    true = true_rows(*[(frame, 1, 0.0) for frame in range(6)])
    near = held_rows(
        *[(frame, 1, 100.0) for frame in range(6)], *[(frame, 2, 150.0 - 40 * frame) for frame in range(6)]
    )
    assert by_aircraft(pictured(6, true, near)).switches.tolist() == [0]
    renumbered = held_rows(*[(frame, 1 + (frame > 2), 0.0) for frame in range(6)])
    counted = by_aircraft(pictured(6, true, renumbered))
    assert (counted.switches.tolist(), counted.needed.tolist(), counted.longest.tolist()) == ([1], [2], [3])


def test_a_gap_under_the_same_number_is_no_change() -> None:
    true = true_rows(*[(frame, 1, 0.0) for frame in range(6)])
    counted = by_aircraft(pictured(6, true, held_rows(*[(frame, 1, 0.0) for frame in (1, 2, 4, 5)])))
    assert [each.tolist() for each in counted] == [[1], [6], [4], [2], [1], [0], [1]]


def test_the_fewest_tracks_that_cover() -> None:
    """Stretches 0-3, 2-5, 1-4 and 5-7 of four numbers: 0-3, 2-5 and 5-7 are needed, 1-4 is not."""
    true = true_rows(*[(frame, 1, 0.0) for frame in range(8)])
    stretches = {1: range(4), 2: range(2, 6), 3: range(1, 5), 4: range(5, 8)}
    held = held_rows(*[(frame, number, 10.0 * number) for number, over in stretches.items() for frame in over])
    assert by_aircraft(pictured(8, true, held)).needed.tolist() == [3]


def test_the_time_until_a_first_track() -> None:
    true = true_rows(*[(frame, aircraft, 5e3 * aircraft) for frame in range(4) for aircraft in (1, 2, 3)])
    held = held_rows((2, 1, 5e3), (3, 1, 5e3), (3, 2, 10e3))
    assert by_aircraft(pictured(4, true, held)).waited.tolist() == [2, 3, -1]
    assert figures(4, true, held)["initiation delay"].found.value == pytest.approx(2.5 * STEP_S)


def test_gaps_and_large_errors_count_from_three_in_a_row() -> None:
    frames = range(12)
    true = true_rows(*[(frame, 1, 0.0) for frame in frames])
    rows = [(frame, 1, 950.0 if frame in (6, 7, 8, 10, 11) else 0.0) for frame in frames if frame not in (0, 2, 3, 4)]
    judged = surveillance(pictured(12, true, held_rows(*rows)))
    assert np.flatnonzero(~judged.updated).tolist() == [0, 2, 3, 4]
    assert np.flatnonzero(judged.in_long_gap).tolist() == [2, 3, 4]
    assert np.flatnonzero(judged.in_correlated).tolist() == [6, 7, 8]
    coasted = surveillance(pictured(12, true, held_rows(*rows, stand=Stand.COASTED)))
    assert not coasted.updated.any()


def test_an_address_is_held_against_an_address_and_else_a_squawk() -> None:
    true = true_rows(*[(0, aircraft, 5e3 * aircraft) for aircraft in range(4)])
    held = held_rows(*[(0, number, 5e3 * number) for number in range(4)])
    true["address"], held["address"] = [0xA, 0xB, 0, 0], [0xA, 0xC, 0, 0xD]
    true["mode_a"], held["mode_a"] = [0o1000, 0o1000, 0o1000, -1], [0o7000, 0o1000, 0o7000, 0o1000]
    judged = surveillance(pictured(1, true, held))
    assert judged.named.tolist() == [True, True, True, False]
    assert judged.wrong_identity.tolist() == [False, True, True, False]


def test_squared_errors_by_hand() -> None:
    """Of [2, 1] in the covariance [[4, 1], [1, 2]]: (2·2² - 2·1·2·1 + 4·1²) / 7."""
    found = squared(np.array([[2.0, 1.0], [1.0, 1.0]]), np.array([[4.0, 1.0, 2.0], [1.0, 2.0, 1.0]]))
    assert found[0] == pytest.approx(8 / 7)
    assert np.isnan(found[1])  # that matrix is no covariance


def test_an_innovation_by_hand() -> None:
    """A track at 100 m/s, 0.5 s before the plot, of 30 m and 2 m/s: 90 m off in 30² + 0.5²·2² + 40² m²."""
    states, plot = np.zeros(3, SNAPSHOT), np.zeros(4, PLOT)
    states["time_s"], states["number"], states["vx_m_s"] = [9.0, 10.0, 11.0], 7, 100.0
    states["p"][:, [0, 4]], states["p"][:, [7, 9]] = 900.0, 4.0
    plot["time_s"], plot["x_m"], plot["var_x_m2"], plot["var_y_m2"] = [10.5, 10.5, 13.0, 10.0], 140.0, 1600.0, 1600.0
    found = np.array([innovation(state, 7, row) for state, row in zip(states[[1, 1, 2, 0]], plot, strict=True)])
    assert found[0] == pytest.approx(90.0**2 / (900.0 + 1.0 + 1600.0))
    assert found[3] == pytest.approx(40.0**2 / (900.0 + 4.0 + 1600.0))
    assert np.isnan(found[2])  # nothing is known of two seconds
    assert np.isnan(innovation(states[1], 8, plot[0]))  # of another track
    assert np.isnan(innovation(states[1], 7, plot[3]))  # a state at the plot's own time knows of it
    assert average_nis(found, np.full(4, 7)).value == pytest.approx(np.nanmean(found))


def test_bounds_of_a_mean_of_chi_squares() -> None:
    """Quantiles of 100 degrees of freedom, Abramowitz and Stegun, table 26.8: 74.222 and 129.561."""
    assert chi_square_mean_bounds(2, 50) == pytest.approx((74.222 / 50, 129.561 / 50), rel=2e-4)


def test_straight_flight_is_told_from_a_turn() -> None:
    true = true_rows(*[(frame, 1, 0.0) for frame in range(8)])
    true["vx_m_s"] = [200.0] * 4 + [190.0, 180.0, 180.0, 180.0]
    assert straight(pictured(8, true, held_rows())).tolist() == [False, True, True, False, False, False, True, False]


def test_a_time_between_frames_is_refused() -> None:
    true = true_rows((0, 1, 0.0))
    true["time_s"] = 2.5
    with pytest.raises(InputError, match="no frame's"):
        pictured(3, true, held_rows())


def test_what_was_never_seen_has_a_bound_and_no_interval() -> None:
    found = ratio(np.zeros(59), np.ones(59))
    assert (found.value, found.low, found.high) == (0.0, None, None)
    assert found.affected_below == pytest.approx(1 - 0.05 ** (1 / 59))
    assert ratio(np.ones(5), np.ones(5)).low is None  # too few
    assert ratio(np.ones(3), np.zeros(3)).value is None


def test_an_empty_picture_has_figures_without_values() -> None:
    found = figures(3, true_rows(), held_rows())
    assert found["completeness"].found.value is None
    assert found["GOSPA"].found.value == 0.0


def test_intervals_cover() -> None:
    """The mean of 40 blocks of exponential numbers, 300 times: 95 % intervals hold it in 89 to 98 % of them.

    A percentile interval of a skewed mean covers a little less than its level.
    """
    sample = -np.log1p(-uniforms(4242, (300, 40)))
    held = [found.low <= 1.0 <= found.high for row in sample if (found := ratio(row, np.ones(40))).low and found.high]
    assert len(held) == 300
    assert 0.89 <= np.mean(held) <= 0.98
