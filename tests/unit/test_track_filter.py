"""The filter against the same equations written with matrices."""

from __future__ import annotations

import numpy as np
import pytest

from holdfire.messages.track import TRACK
from holdfire.track.filter import predict, predict_height, update, update_height
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


def some_track() -> np.void:
    root = uniforms(901, (4, 4)) * np.array([[300.0], [200.0], [50.0], [20.0]])
    record: np.void = np.zeros(1, TRACK)[0]
    record["p"] = (root @ root.T)[UPPER]
    record["x_m"], record["y_m"], record["vx_m_s"], record["vy_m_s"] = 1000.0, -2000.0, 100.0, -50.0
    return record


def state(record: np.void) -> np.ndarray:
    return np.array([record[name] for name in ("x_m", "y_m", "vx_m_s", "vy_m_s")])


def test_predict_is_the_exact_discrete_model() -> None:
    record, t, noise = some_track(), 7.0, 3.0
    f = np.eye(4) + np.diag([t, t], 2)
    q = noise * np.kron([[t**3 / 3, t**2 / 2], [t**2 / 2, t]], np.eye(2))
    expected, covariance = f @ state(record), f @ full(record["p"]) @ f.T + q
    predict(record, t, noise)
    assert state(record) == pytest.approx(expected)
    assert full(record["p"]) == pytest.approx(covariance)


def test_two_predictions_are_one() -> None:
    once, twice = some_track(), some_track()
    predict(once, 10.0, 3.0)
    predict(twice, 4.0, 3.0)
    predict(twice, 6.0, 3.0)
    assert twice["p"] == pytest.approx(once["p"])
    assert state(twice) == pytest.approx(state(once))


def test_update_is_kalmans() -> None:
    record, r, off = some_track(), np.array([[900.0, 200.0], [200.0, 400.0]]), np.array([30.0, -70.0])
    p = full(record["p"])
    s = p[:2, :2] + r
    inverse = np.array([[s[1, 1], -s[0, 1]], [-s[1, 0], s[0, 0]]]) / (s[0, 0] * s[1, 1] - s[0, 1] ** 2)
    gain = p[:, :2] @ inverse
    joseph = np.eye(4) - gain @ np.eye(2, 4)
    expected, covariance = state(record) + gain @ off, joseph @ p @ joseph.T + gain @ r @ gain.T
    update(record, 30.0, -70.0, 900.0, 200.0, 400.0)
    assert state(record) == pytest.approx(expected)
    assert full(record["p"]) == pytest.approx(covariance, rel=1e-9, abs=1e-9)


def test_height_is_the_same_filter_in_one_dimension() -> None:
    record = np.zeros(1, TRACK)[0]
    record["h_m"], record["vh_m_s"], record["p_h"] = 3000.0, 5.0, (400.0, 20.0, 9.0)
    p, f = np.array([[400.0, 20.0], [20.0, 9.0]]), np.array([[1.0, 6.0], [0.0, 1.0]])
    p = f @ p @ f.T + 2.0 * np.array([[6.0**3 / 3, 18.0], [18.0, 6.0]])
    gain = p[:, 0] / (p[0, 0] + 2500.0)
    expected = f @ (3000.0, 5.0) + gain * (3100.0 - 3030.0)
    p = p - np.outer(gain, p[0])
    predict_height(record, 6.0, 2.0)
    update_height(record, 3100.0, 2500.0)
    assert (record["h_m"], record["vh_m_s"]) == pytest.approx(expected)
    assert record["p_h"] == pytest.approx(p[np.triu_indices(2)])


def test_covariances_stay_positive_definite_over_a_long_run() -> None:
    record, draws = some_track(), uniforms(902, (5000, 4))
    for index, (interval, wide, slant, turn) in enumerate(draws):
        predict(record, 0.001 + 40.0 * interval**4, 2000.0 if turn > 0.95 else 0.1)
        # From 1 m to 10 km, with correlations up to 0.999: a long-range radar beside a transponder's own report.
        sxx, syy = 10.0 ** (8 * wide), 10.0 ** (8 * slant)
        correlation = 0.999 * (2 * turn - 1)
        update(record, 1.0, -1.0, sxx, correlation * (sxx * syy) ** 0.5, syy)
        if index % 10 == 0:
            assert is_positive_definite(full(record["p"])), index
