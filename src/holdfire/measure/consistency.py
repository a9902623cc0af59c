"""Whether a tracker is as uncertain as it is wrong: squared errors in units of its own covariance.

Normalised estimation error squared (NEES) and normalised innovation squared (NIS): Y. Bar-Shalom, X.-R. Li and
T. Kirubarajan, "Estimation with Applications to Tracking and Navigation", 2001, section 5.4. The average of either is
its dimension where the covariances are right; above it the tracker believes itself too much.
"""

from __future__ import annotations

from statistics import NormalDist
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.measure.frames import Picture

    Numbers = NDArray[np.float64]

STRAIGHT_M_S2: Final = 0.5
"""Acceleration of the truth below which a flight counts as straight (assumed): a turn of 0.13 degrees a second at
an airliner's 225 m/s."""


def squared(off: Numbers, upper: Numbers) -> Numbers:
    """Return e' P^-1 e for each row, by Cholesky's decomposition; NaN where P is not positive definite.

    Parameters
    ----------
    off
        Errors (n, d).
    upper
        Covariances as upper triangles by rows (n, d (d + 1) / 2).
    """
    n, size = off.shape
    rest, left, total = np.zeros((n, size, size)), off.astype(np.float64), np.zeros(n)
    rows, columns = np.triu_indices(size)
    rest[:, rows, columns] = rest[:, columns, rows] = upper
    for i in range(size):
        pivot = np.where(rest[:, i, i] > 0, rest[:, i, i], np.nan)
        by = rest[:, i:, i] / pivot[:, None]
        here = left[:, i].copy()
        total += here**2 / pivot
        left[:, i:] -= by * here[:, None]
        rest[:, i:, i:] -= by[:, :, None] * rest[:, i, None, i:]
    return total


def errors(made: Picture) -> tuple[NDArray[np.int64], Numbers]:
    """Return the held rows that are the only track of an aircraft, and their errors in x, y, vx, vy.

    A velocity that is not known counts as none: its covariance says that it may be any airliner's.
    """
    rows = np.flatnonzero(made.only >= 0)
    held, true = made.held[rows], made.true[made.only[rows]]
    return rows, np.stack(
        [np.nan_to_num(held[name]) - true[name] for name in ("x_m", "y_m", "vx_m_s", "vy_m_s")], axis=1
    )


def straight(made: Picture) -> NDArray[np.bool_]:
    """Tell for each true row whether its aircraft flies straight on, from the frame before to the one after."""
    true = made.true
    order = np.lexsort((made.true_frame, true["aircraft"]))
    change = np.hypot(np.diff(true["vx_m_s"][order]), np.diff(true["vy_m_s"][order]))
    follows = (np.diff(true["aircraft"][order]) == 0) & (np.diff(made.true_frame[order]) == 1)
    with np.errstate(invalid="ignore"):
        steady = follows & (change <= STRAIGHT_M_S2 * np.diff(true["time_s"][order]))
    out = np.zeros(len(true), np.bool_)
    if len(true) > 2:
        out[order[1:-1]] = steady[1:] & steady[:-1]
    return out


def chi_square_mean_bounds(dimension: int, count: int, level: float = 0.95) -> tuple[float, float]:
    """Return between what the mean of `count` independent chi-squares lies, two-sided at `level`.

    E. B. Wilson and M. M. Hilferty, "The distribution of chi-square", Proceedings of the National Academy of Sciences
    17, 1931, doi 10.1073/pnas.17.12.684: the cube root is nearly normal; within 1 % from four degrees of freedom on.
    """
    freedom = dimension * count
    z = NormalDist().inv_cdf((1 + level) / 2)
    spread = 2 / (9 * freedom)
    ends = [freedom * (1 - spread + sign * z * spread**0.5) ** 3 / count for sign in (-1, 1)]
    return max(ends[0], 0.0), ends[1]
