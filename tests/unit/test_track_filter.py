"""The filter against the same equations written with matrices."""

from __future__ import annotations

from math import cos, exp, sin, sqrt

import numpy as np
import pytest

from holdfire.messages.track import TRACK
from holdfire.track.filter import carry, correct, predict_height, update_height
from holdfire.track.tuning import Tuning, tuning_record
from support.draws import uniforms

UPPER = np.triu_indices(4)


def full(p: np.ndarray) -> np.ndarray:
    out = np.zeros((4, 4))
    out[UPPER] = p
    return out + np.triu(out, 1).T


def is_positive_definite(p: np.ndarray) -> bool:
    """Cholesky's decomposition exists."""
    rest = p.copy()
    for i in range(len(p)):
        if not rest[i, i] > 0:
            return False
        rest[i:, i:] -= np.outer(rest[i:, i], rest[i, i:]) / rest[i, i]
    return True


def some_state() -> np.ndarray:
    root = uniforms(901, (4, 4)) * np.array([[300.0], [200.0], [50.0], [20.0]])
    return np.concatenate([[1000.0, -2000.0, 100.0, -50.0], (root @ root.T)[UPPER]])[:, None]


def fix_at(x_m: float, y_m: float, r: np.ndarray) -> tuple[float, float, float, float, float]:
    return x_m, y_m, float(r[0, 0]), float(r[0, 1]), float(r[1, 1])


def predict(m: np.ndarray, t: float, noise: float) -> None:
    carry(m, 0, t, 0.0, 1.0, 0.0, noise, t)


def test_steady_flight_is_the_exact_discrete_model() -> None:
    m, t, noise = some_state(), 7.0, 3.0
    f = np.eye(4) + np.diag([t, t], 2)
    q = noise * np.kron([[t**3 / 3, t**2 / 2], [t**2 / 2, t]], np.eye(2))
    expected, covariance = f @ m[:4, 0], f @ full(m[4:, 0]) @ f.T + q
    predict(m, t, noise)
    assert m[:4, 0] == pytest.approx(expected)
    assert full(m[4:, 0]) == pytest.approx(covariance)


def test_a_coordinated_turn_is_a_rotation_of_velocity() -> None:
    m, t, rate = some_state(), 3.0, 0.07
    sine, cosine = sin(rate * t), cos(rate * t)
    s, c = sine / rate, (1 - cosine) / rate
    f = np.eye(4)
    f[:2, 2:], f[2:, 2:] = [[s, -c], [c, s]], [[cosine, -sine], [sine, cosine]]
    expected, covariance = f @ m[:4, 0], f @ full(m[4:, 0]) @ f.T
    carry(m, 0, s, c, cosine, sine, 0.0, t)
    assert m[:4, 0] == pytest.approx(expected)
    assert full(m[4:, 0]) == pytest.approx(covariance)


def test_two_predictions_are_one() -> None:
    once, twice = some_state(), some_state()
    predict(once, 10.0, 3.0)
    predict(twice, 4.0, 3.0)
    predict(twice, 6.0, 3.0)
    assert twice == pytest.approx(once)


@pytest.mark.parametrize("share", [1.0, 0.6, 1e-9, 0.0])
def test_update_is_kalmans_or_that_of_a_plot_that_may_be_anothers(share: float) -> None:
    m, r, off = some_state(), np.array([[900.0, 200.0], [200.0, 400.0]]), np.array([30.0, -70.0])
    among = np.array([[400.0, 50.0], [50.0, 300.0]]) * (share < 1)
    p = full(m[4:, 0])
    s = p[:2, :2] + r
    inverse = np.array([[s[1, 1], -s[0, 1]], [-s[1, 0], s[0, 0]]]) / (s[0, 0] * s[1, 1] - s[0, 1] ** 2)
    gain = p[:, :2] @ inverse
    joseph = np.eye(4) - gain @ np.eye(2, 4)
    fed = joseph @ p @ joseph.T + gain @ r @ gain.T
    spread = share * among + share * (1 - share) * np.outer(off, off)
    expected, covariance = m[:4, 0] + share * gain @ off, (1 - share) * p + share * fed + gain @ spread @ gain.T
    fix, spot = fix_at(m[0, 0] + 30.0, m[1, 0] - 70.0, r), (share, among[0, 0], among[0, 1], among[1, 1])
    squared, sharp = correct(m, 0, fix, spot, share < 1.0)
    assert squared == pytest.approx(off @ inverse @ off)
    assert sharp == pytest.approx(1.0 / (s[0, 0] * s[1, 1] - s[0, 1] ** 2))
    assert m[:4, 0] == pytest.approx(expected)
    assert full(m[4:, 0]) == pytest.approx(covariance, rel=1e-9, abs=1e-9)


def test_height_is_the_same_filter_in_one_dimension() -> None:
    record = np.zeros(1, TRACK)[0]
    record["h_m"], record["vh_m_s"], record["p_h"] = 3000.0, 5.0, (400.0, 20.0, 9.0)
    tuning = tuning_record(Tuning(climb_share=0.0))[0]
    p, f = np.array([[400.0, 20.0], [20.0, 9.0]]), np.array([[1.0, 6.0], [0.0, 1.0]])
    p = f @ p @ f.T + 2.0 * np.array([[6.0**3 / 3, 18.0], [18.0, 6.0]])
    gain = p[:, 0] / (p[0, 0] + 2500.0)
    expected = f @ (3000.0, 5.0) + gain * (3100.0 - 3030.0)
    p = p - np.outer(gain, p[0])
    predict_height(record, 6.0, 2.0)
    update_height(record, 3100.0, 2500.0, 6.0, tuning)
    assert (record["h_m"], record["vh_m_s"]) == pytest.approx(expected)
    assert record["p_h"] == pytest.approx(p[np.triu_indices(2)])


def test_covariances_stay_positive_definite_over_a_long_run() -> None:
    m, draws = some_state(), uniforms(902, (5000, 4))
    for index, (interval, wide, slant, turn) in enumerate(draws):
        predict(m, 0.001 + 40.0 * interval**4, 2000.0 if turn > 0.95 else 0.1)
        # From 1 m to 10 km, with correlations up to 0.999: a long-range radar beside a transponder's own report.
        sxx, syy = 10.0 ** (8 * wide), 10.0 ** (8 * slant)
        correlation = 0.999 * (2 * turn - 1)
        slanted = correlation * (sxx * syy) ** 0.5
        fix = fix_at(m[0, 0] + 1.0, m[1, 0] - 1.0, np.array([[sxx, slanted], [slanted, syy]]))
        correct(m, 0, fix, (1.0, 0.0, 0.0, 0.0), False)  # noqa: FBT003
        if index % 10 == 0:
            assert is_positive_definite(full(m[4:, 0])), index


def test_two_rates_of_climb_are_joined_as_a_mixture() -> None:
    tuning, record = Tuning(), np.zeros(1, TRACK)[0]
    record["h_m"], record["vh_m_s"], record["p_h"], record["climbs"] = 3000.0, 5.0, (400.0, 20.0, 9.0), 0.3
    t, p, r, off = 6.0, np.array([[400.0, 20.0], [20.0, 9.0]]), 2500.0, 150.0
    more = tuning.climb_noise_m2_s3 - tuning.height_noise_m2_s3
    prior = 0.3 + (1 - exp(-t / tuning.climb_lasts_s)) * (tuning.climb_share - 0.3)
    means, covariances, weights = [], [], []
    for chance, extra in ((1 - prior, 0.0), (prior, more)):
        wide = p + extra * np.array([[t**3 / 3, t**2 / 2], [t**2 / 2, t]])
        s = wide[0, 0] + r
        means.append(wide[0] / s * off)
        covariances.append(wide - np.outer(wide[0], wide[0]) / s)
        weights.append(chance * exp(-(off**2) / s / 2) / sqrt(s))
    mean = np.average(means, axis=0, weights=weights)
    joined = [c + np.outer(m - mean, m - mean) for c, m in zip(covariances, means, strict=True)]
    update_height(record, 3150.0, r, t, tuning_record(tuning)[0])
    assert record["climbs"] == pytest.approx(weights[1] / sum(weights))
    assert (record["h_m"] - 3000, record["vh_m_s"] - 5) == pytest.approx(mean)
    assert record["p_h"] == pytest.approx(np.average(joined, axis=0, weights=weights)[np.triu_indices(2)])


def test_a_climb_is_followed_and_level_flight_is_level() -> None:
    """A level minute, then 15 m/s: the rate is sure of itself in level flight, and learned within four heights."""
    tuning, record = tuning_record()[0], np.zeros(1, TRACK)[0]
    record["h_m"], record["p_h"], record["climbs"] = 9000.0, (900.0, 0.0, 100.0), Tuning().climb_share
    for look in range(1, 20):
        predict_height(record, 4.0, Tuning().height_noise_m2_s3)
        update_height(record, 9000.0 + 60.0 * max(look - 15, 0), 100.0, 4.0, tuning)
        if look == 15:
            assert abs(record["vh_m_s"]) < 0.5
            assert record["p_h"][2] < 4.0
    assert record["vh_m_s"] == pytest.approx(15.0, abs=3.0)
    assert record["h_m"] == pytest.approx(9240.0, abs=15.0)
