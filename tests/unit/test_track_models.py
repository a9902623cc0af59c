"""The interacting models against the textbook's sums, and against a flight that tells them apart."""

from __future__ import annotations

from math import cos, exp, inf, nan, sin

import numpy as np
import pytest

from holdfire.messages.plot import PLOT
from holdfire.messages.track import TRACK
from holdfire.track.birth import begin
from holdfire.track.models import combine, mean_of, mix, take
from holdfire.track.tuning import Tuning, tuning_record

UPPER = np.triu_indices(4)
PLAIN = (1.0, 0.0, 0.0, 0.0)


def plot_at(time_s: float, x_m: float, y_m: float, sigma_m: float = 100.0) -> np.void:
    plot: np.void = np.zeros(1, PLOT)[0]
    plot["time_s"], plot["x_m"], plot["y_m"], plot["h_m"] = time_s, x_m, y_m, nan
    plot["var_x_m2"] = plot["var_y_m2"] = sigma_m**2
    plot["visual_class"] = plot["visual_load"] = -1
    return plot


def full(p: np.ndarray) -> np.ndarray:
    out = np.zeros((4, 4))
    out[UPPER] = p
    return out + np.triu(out, 1).T


def begun(tuning: Tuning) -> np.void:
    record: np.void = np.zeros(1, TRACK)[0]
    begin(record, plot_at(0.0, 0.0, 0.0), 1, tuning_record(tuning)[0])
    return record


def test_weights_are_bayes_on_the_likelihoods() -> None:
    """With no time passed nothing is mixed: weights become prior times density, which differ by the places."""
    tuning, record = tuning_record()[0], begun(Tuning())
    before = record["modes"].copy()
    offsets = np.array([0.0, 150.0, -300.0, 0.0])
    record["mode_state"][0] = offsets
    variance = record["mode_state"][4, 0] + 100.0**2
    weights = before * np.exp(-0.5 * (80.0 - offsets) ** 2 / variance)
    take(record, plot_at(0.0, 80.0, 0.0), PLAIN, 0.0, tuning)
    assert record["modes"] == pytest.approx(weights / weights.sum())
    assert record["modes"].sum() == pytest.approx(1.0)


def test_the_chain_forgets_with_time() -> None:
    tuning, record = Tuning(), begun(Tuning())
    record["modes"] = [0.0, 1.0, 0.0, 0.0]
    take(record, plot_at(9.0, 0.0, 0.0, sigma_m=1e9), PLAIN, 0.0, tuning_record(tuning)[0])  # it says nothing
    drawn = 1 - exp(-9.0 / tuning.mode_lasts_s)
    shares = np.array([1 - 2 * tuning.turn_share, tuning.turn_share, tuning.turn_share, 0.0])
    assert record["modes"] == pytest.approx(drawn * shares + (1 - drawn) * np.array([0, 1, 0, 0]), rel=1e-6)


def test_mixing_and_combining_match_moments() -> None:
    """Mean and covariance of a mixture are those of its parts with their spread."""
    record = begun(Tuning())
    record["modes"] = [0.5, 0.3, 0.2, 0.0]
    for mode in range(3):
        record["mode_state"][:4, mode] = np.array([100.0, -50.0, 10.0, 3.0]) * (mode - 1)
        record["mode_state"][4:, mode] *= 1.0 + 0.5 * mode
    states = record["mode_state"].T.copy()
    mean = np.average(states[:, :4], axis=0, weights=record["modes"])
    parts = [full(one[4:]) + np.outer(one[:4] - mean, one[:4] - mean) for one in states]
    covariance = np.average(parts, axis=0, weights=record["modes"])
    combine(record)
    assert [record[name] for name in ("x_m", "y_m", "vx_m_s", "vy_m_s")] == pytest.approx(mean)
    assert full(record["p"]) == pytest.approx(covariance)
    own, state = 0.7, record["mode_state"][:, 2]
    mixed = own * states[2, :4] + (1 - own) * mean
    off = [states[2, :4] - mixed, mean - mixed]
    expected = own * (full(states[2, 4:]) + np.outer(off[0], off[0]))
    expected += (1 - own) * (covariance + np.outer(off[1], off[1]))
    mix(record["mode_state"], 2, mean_of(record), own)
    assert state[:4] == pytest.approx(mixed)
    assert full(state[4:]) == pytest.approx(expected)


@pytest.mark.parametrize(("rate", "mode"), [(0.0, 0), (0.035, 1), (-0.035, 2)])
def test_a_flight_is_known_by_its_mode(rate: float, mode: int) -> None:
    tuning, record = tuning_record()[0], begun(Tuning())
    place, heading = 0j, 0.0
    for second in range(1, 40):
        heading += rate if second > 20 else 0.0
        place += 225.0 * np.exp(1j * heading)
        take(record, plot_at(float(second), place.real, place.imag, 40.0), PLAIN, 0.0, tuning)
        record["hits"] += 1
    assert record["modes"].argmax() == mode
    assert abs(record["x_m"] + 1j * record["y_m"] - place) < 60.0


def test_what_is_there_for_turns_alone_is_kept_apart() -> None:
    """Step by step: what is left of the covariance is that of the same gains where no noise of acceleration is."""
    tuning, record, t = Tuning(), begun(Tuning()), 4.0
    f, h = np.eye(4) + t * np.eye(4, k=2), np.eye(2, 4)
    steady, spare, left = record["mode_state"][:, 0], record["spare"][:, 0], full(record["p"])
    for look in range(1, 30):
        plot = plot_at(t * look, 225.0 * t * look, 0.0, 40.0)
        plot["cov_xy_m2"] = 500.0
        sure, before = record["modes"][0] >= tuning.steady_least, full(steady[4:])
        take(record, plot, PLAIN, 0.0, tuning_record(tuning)[0])
        if not sure:
            left = full(steady[4:])
            assert not spare.any()
            continue
        q = tuning.noise_m2_s3 * np.block(
            [[t**3 / 3 * np.eye(2), t**2 / 2 * np.eye(2)], [t**2 / 2 * np.eye(2), t * np.eye(2)]]
        )
        predicted, r = f @ before @ f.T + q, np.array([[1600.0, 500.0], [500.0, 1600.0]])
        s = predicted[:2, :2] + r
        gain = (
            predicted[:, :2] @ np.array([[s[1, 1], -s[0, 1]], [-s[0, 1], s[0, 0]]]) / (s[0, 0] * s[1, 1] - s[0, 1] ** 2)
        )
        keeps = np.eye(4) - gain @ h
        left = keeps @ f @ left @ f.T @ keeps.T + gain @ r @ gain.T
        assert full((steady - spare)[4:]) == pytest.approx(left, rel=1e-6, abs=1e-6)
    assert spare[11] > 0.2 * steady[11]


def test_a_turn_is_seen_as_soon_after_two_minutes_straight() -> None:
    tuning, record = tuning_record()[0], begun(Tuning())
    for second in range(1, 121):
        take(record, plot_at(float(second), 225.0 * second, 0.0, 40.0), PLAIN, 0.0, tuning)
        record["hits"] += 1
    assert record["modes"][0] > Tuning().steady_least
    for second in range(1, 9):
        heading = 0.035 * second
        turned = 225.0 * 120.0 + 225.0 / 0.035 * sin(heading), 225.0 / 0.035 * (1.0 - cos(heading))
        take(record, plot_at(120.0 + second, *turned, 40.0), PLAIN, 0.0, tuning)
    assert record["modes"].argmax() == 1


def test_what_stands_still_may_hover_and_what_flies_may_not() -> None:
    for speed, hovers in ((0.0, True), (150.0, False)):
        tuning, record = tuning_record()[0], begun(Tuning())
        for second in range(1, 60):
            take(record, plot_at(float(second), speed * second, 0.0, 20.0), PLAIN, 0.0, tuning)
            record["hits"] += 1
        assert (record["modes"][3] > 0.01) == hovers
        assert (record["modes"][3] == 0.0) == (not hovers)


def test_an_older_plot_is_taken_one_step_back() -> None:
    """A plot of 2 s ago is a measurement of x - 2 v: with a sure velocity it moves the place as one of now would."""
    tuning, record = tuning_record()[0], begun(Tuning(turn_share=0.0))
    record["modes"], record["time_s"] = [1.0, 0.0, 0.0, 0.0], 10.0
    record["mode_state"][:, 0] = [0, 0, 100, 0, 1e4, 0, 0, 0, 1e4, 0, 0, 1e-6, 0, 1e-6]
    take(record, plot_at(8.0, -200.0 + 60.0, 0.0), PLAIN, 0.0, tuning)
    assert record["time_s"] == 10.0
    assert (record["x_m"], record["vx_m_s"]) == pytest.approx((30.0, 100.0), abs=1e-3)
    assert record["p"][0] == pytest.approx(0.5e4, rel=1e-3)


def test_a_plot_that_no_mode_explains_leaves_weights_that_sum_to_one() -> None:
    tuning, record = tuning_record()[0], begun(Tuning())
    take(record, plot_at(1.0, 1e7, 0.0), PLAIN, 0.0, tuning)
    assert record["modes"].sum() == pytest.approx(1.0)
    assert np.isfinite(record["p"]).all()
    assert inf > abs(record["x_m"]) > 0
