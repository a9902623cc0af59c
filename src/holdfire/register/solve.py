"""What each radar is out by: weighted least squares over all pairs together, by Gauss and Newton's steps.

Outliers are weighed down by Tukey's biweight at 4.685 deviations (P. W. Holland and R. E. Welsch, "Robust regression
using iteratively reweighted least-squares", Communications in Statistics A6, 1977, doi 10.1080/03610927708827533), and
the deviations are measured from the misfits themselves, by their median. Misfits of one aircraft are alike, so that the
standard deviations are those of the jackknife that leaves out an aircraft at a time (J. W. Tukey 1958; for regression
J. G. MacKinnon and H. White, "Some heteroskedasticity-consistent covariance matrix estimators", Journal of Econometrics
29, 1985, doi 10.1016/0304-4076(85)90158-7), or the usual ones where those are greater.

A wide prior, `PRIOR`, keeps apart what the pairs cannot tell: where they told hardly more than it, nothing was told.
"""

from __future__ import annotations

from math import pi
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from holdfire.register.misfit import AZIMUTH, PARAMETERS, RANGE, TIME, concerning, drift, misfit, uncertain, wrapped
from holdfire.register.pairs import BROADCAST

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.register.misfit import Compared

    Numbers = NDArray[np.float64]

PRIOR: Final = np.array([5000.0, 2.0, 10.0])
"""Deviations of what a radar may be out by before anything is compared, m, rad and s (assumed: beyond any radar)."""
STEP: Final = (1.0, 1e-5)  # of the numerical derivatives
RANGE_SD_M: Final = 60.0
AZIMUTH_SD_RAD: Final = 1.4e-3  # 0.08 degrees
POSITION_SD_M: Final = 30.0
"""Deviations of one measurement, where the misfits do not say better (assumed)."""
_BIWEIGHT: Final = 4.685
_STEPS: Final = 25
_COARSE: Final = 72
_COARSE_PAIRS: Final = 1000
_FAR_M: Final = 2000.0  # beyond any bias of a radar that points north
_CONVERGED: Final = 1e-3  # of a standard deviation


class Solved(NamedTuple):
    """Biases (sites, 3) of all radars, in m, rad and s; their covariance, in the same order, and what is left."""

    bias: Numbers
    covariance: Numbers  # (3 sites, 3 sites)
    left: Numbers  # (pairs, 2) misfits
    weight: Numbers  # of each pair, 0 to 1


def solve(laid: Compared, count: int) -> Solved:
    """Estimate what each of `count` radars is out by."""
    bias = _begin(laid, count)
    sd = uncertain(laid, RANGE_SD_M, AZIMUTH_SD_RAD, POSITION_SD_M)
    prior = np.tile(PRIOR, count)
    left, scaled, weight = _weighed(laid, bias, sd)
    for _ in range(_STEPS):
        slope = _slope(laid, bias, left) / scaled[:, :, None] * prior
        flat = slope.reshape(-1, slope.shape[2])
        pull = np.repeat(weight, 2)
        inverse = inverted((flat * pull[:, None]).T @ flat + np.eye(flat.shape[1]))
        ahead = (flat * (pull * (left / scaled).ravel())[:, None]).sum(axis=0) + bias.ravel() / prior
        move = -(inverse * ahead).sum(axis=1)
        bias = bias + (move * prior).reshape(bias.shape)
        bias[:, AZIMUTH] = wrapped(bias[:, AZIMUTH])
        left, scaled, weight = _weighed(laid, bias, sd)
        if np.all(np.abs(move) <= _CONVERGED * np.sqrt(np.diagonal(inverse))):
            break
    slope = _slope(laid, bias, left) / scaled[:, :, None] * prior
    covariance = _covariance(laid, slope, left / scaled, weight)
    return Solved(bias, covariance * prior[:, None] * prior, left, weight)


def _weighed(laid: Compared, bias: Numbers, sd: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Return misfits, their deviations as they are, and the weight of each pair."""
    left = misfit(laid, bias)
    sensor, scaled = laid.told.source[laid.pairs.plot], sd.copy()
    reference = laid.told.source[laid.pairs.before]
    for one in np.unique(sensor):
        for other in np.unique(reference[sensor == one]):
            rows = (sensor == one) & (reference == other)
            spread = 1.4826 * np.median(np.abs(left[rows] / sd[rows]), axis=0)
            scaled[rows] *= np.maximum(spread, 0.05)
    far = ((left / scaled) ** 2).sum(axis=1) / _BIWEIGHT**2 / 2
    return left, scaled, np.where(far < 1, (1 - np.minimum(far, 1)) ** 2, 0.0)


def _slope(laid: Compared, bias: Numbers, left: Numbers) -> Numbers:
    """Return the derivatives of the misfits (pairs, 2, 3 sites)."""
    out = np.zeros((*left.shape, bias.size))
    by_time = drift(laid, bias)
    plot, reference = laid.told.source[laid.pairs.plot], laid.told.source[laid.pairs.before]
    for sensor in np.unique(laid.told.source[laid.told.source != BROADCAST]).tolist():
        for parameter in (RANGE, AZIMUTH):
            moved = bias.copy()
            moved[sensor, parameter] += STEP[parameter]
            change = misfit(laid, moved) - left
            change[:, AZIMUTH] = wrapped(change[:, AZIMUTH])
            out[:, :, PARAMETERS * sensor + parameter] = change / STEP[parameter]
        sign = (plot == sensor).astype(np.float64) - (reference == sensor)
        out[:, :, PARAMETERS * sensor + TIME] = by_time * sign[:, None]
    return out


def _covariance(laid: Compared, slope: Numbers, left: Numbers, weight: Numbers) -> Numbers:
    """Return the covariance in units of the prior: by leaving out each aircraft, and no less than the usual one."""
    size = slope.shape[2]
    slope, left = slope * np.sqrt(weight)[:, None, None], left * np.sqrt(weight)[:, None]
    flat = slope.reshape(-1, size)
    whole = flat.T @ flat + np.eye(size)
    inverse = inverted(whole)
    wide = inverse @ inverse  # of the prior's own part
    _, of = np.unique(laid.told.aircraft[laid.pairs.plot], return_inverse=True)
    for aircraft in range(int(of.max()) + 1):
        own = slope[of == aircraft].reshape(-1, size)
        moved = inverted(whole - own.T @ own) @ (own * left[of == aircraft].reshape(-1, 1)).sum(axis=0)
        wide = wide + moved[:, None] * moved
    lift = np.sqrt(np.maximum(np.diagonal(inverse) / np.diagonal(wide), 1.0))
    count = int(of.max()) + 1
    widened: Numbers = wide * lift[:, None] * lift * count / max(count - PARAMETERS, 1)
    return widened


def _begin(laid: Compared, count: int) -> Numbers:
    """Return where to begin: an azimuth may be out by anything, and a step from 0 would not find it.

    What is seen by self-reported positions has the median misfit; of the rest, each radar in turn that is far off takes
    the best of every 5 degrees.
    """
    bias = np.zeros((count, PARAMETERS))
    left = misfit(laid, bias)
    sensor, reference = laid.told.source[laid.pairs.plot], laid.told.source[laid.pairs.before]
    anchored = set(sensor[reference == BROADCAST].tolist())
    for one in anchored:
        rows = (sensor == one) & (reference == BROADCAST)
        bias[one, AZIMUTH] = _middle(left[rows, AZIMUTH])
        bias[one, RANGE] = np.median(left[rows, RANGE])
    for one in sorted(set(sensor.tolist()) - anchored):
        few = concerning(laid, one, _COARSE_PAIRS)
        if _cost(few, bias) > _FAR_M:
            costs = [_cost(few, _turned(bias, one, 2 * pi * step / _COARSE)) for step in range(_COARSE)]
            if min(costs) < 0.5 * costs[0]:
                bias = _turned(bias, one, 2 * pi * int(np.argmin(costs)) / _COARSE)
    return bias


def _middle(angle_rad: Numbers) -> float:
    """Return the median of angles, about the direction of their mean."""
    about = np.arctan2(np.sin(angle_rad).mean(), np.cos(angle_rad).mean())
    return float(about + np.median(wrapped(angle_rad - about)))


def _turned(bias: Numbers, sensor: int, by_rad: float) -> Numbers:
    out = bias.copy()
    out[sensor, AZIMUTH] = by_rad
    return out


def _cost(laid: Compared, bias: Numbers) -> float:
    left = misfit(laid, bias)
    across_m = left[:, AZIMUTH] * laid.told.range_m[laid.pairs.plot]
    return float(np.median(np.hypot(left[:, RANGE], across_m)))


def inverted(matrix: Numbers) -> Numbers:
    """Return the inverse of a symmetric positive definite matrix, by Gauss and Jordan."""
    size = len(matrix)
    work = np.concatenate([matrix, np.eye(size)], axis=1)
    for row in range(size):
        work[row] /= work[row, row]
        factor = work[:, row].copy()
        factor[row] = 0.0
        work -= factor[:, None] * work[row]
    return work[:, size:]
