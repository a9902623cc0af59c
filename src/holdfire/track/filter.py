"""The filter: nearly constant velocity in the plane with a joint covariance, and apart from it in height.

Y. Bar-Shalom, X.-R. Li and T. Kirubarajan, "Estimation with Applications to Tracking and Navigation", 2001:
motion with continuous white noise of acceleration in section 6.2.2, the filter in 5.2. The covariance is kept
as the upper triangle of a symmetric matrix, in the order x y vx vy, so that it cannot become unsymmetric.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from holdfire.compiled import kernel

if TYPE_CHECKING:
    import numpy as np


@kernel
def predict(record: np.void, dt_s: float, noise: float) -> None:
    """Carry a track's state in the plane over `dt_s`: F P F' + Q, with white noise of acceleration in m²/s³."""
    p, t = record["p"], dt_s
    record["x_m"] += t * record["vx_m_s"]
    record["y_m"] += t * record["vy_m_s"]
    speed_noise = noise * t
    both_noise = 0.5 * speed_noise * t
    place_noise = both_noise * t * (2.0 / 3.0)
    p[0] += t * (2.0 * p[2] + t * p[7]) + place_noise
    p[1] += t * (p[3] + p[5] + t * p[8])
    p[4] += t * (2.0 * p[6] + t * p[9]) + place_noise
    p[2] += t * p[7] + both_noise
    p[3] += t * p[8]
    p[5] += t * p[8]
    p[6] += t * p[9] + both_noise
    p[7] += speed_noise
    p[9] += speed_noise


@kernel
def update(record: np.void, dx_m: float, dy_m: float, rxx: float, rxy: float, ryy: float) -> None:
    """Take a position that deviates by dx, dy from the prediction and has covariance r.

    With the columns a, b of P H' the gain is K = [a b] S⁻¹ and P falls by K S K' = K [a b]'.
    """
    p = record["p"]
    a0, b0, b1 = p[0], p[1], p[4]
    a2, b2, a3, b3 = p[2], p[5], p[3], p[6]
    sxx, sxy, syy = a0 + rxx, b0 + rxy, b1 + ryy
    scale = 1.0 / (sxx * syy - sxy * sxy)
    ixx, ixy, iyy = syy * scale, -sxy * scale, sxx * scale
    kx0, ky0 = a0 * ixx + b0 * ixy, a0 * ixy + b0 * iyy
    kx1, ky1 = b0 * ixx + b1 * ixy, b0 * ixy + b1 * iyy
    kx2, ky2 = a2 * ixx + b2 * ixy, a2 * ixy + b2 * iyy
    kx3, ky3 = a3 * ixx + b3 * ixy, a3 * ixy + b3 * iyy
    record["x_m"] += kx0 * dx_m + ky0 * dy_m
    record["y_m"] += kx1 * dx_m + ky1 * dy_m
    record["vx_m_s"] += kx2 * dx_m + ky2 * dy_m
    record["vy_m_s"] += kx3 * dx_m + ky3 * dy_m
    p[0] -= kx0 * a0 + ky0 * b0
    p[1] -= kx0 * b0 + ky0 * b1
    p[2] -= kx0 * a2 + ky0 * b2
    p[3] -= kx0 * a3 + ky0 * b3
    p[4] -= kx1 * b0 + ky1 * b1
    p[5] -= kx1 * a2 + ky1 * b2
    p[6] -= kx1 * a3 + ky1 * b3
    p[7] -= kx2 * a2 + ky2 * b2
    p[8] -= kx2 * a3 + ky2 * b3
    p[9] -= kx3 * a3 + ky3 * b3


@kernel
def predict_height(record: np.void, dt_s: float, noise: float) -> None:
    """Carry a track's height over `dt_s`; one that is unknown stays unknown."""
    p, t = record["p_h"], dt_s
    record["h_m"] += t * record["vh_m_s"]
    p[0] += t * (2.0 * p[1] + t * p[2]) + noise * t * t * t / 3.0
    p[1] += t * p[2] + 0.5 * noise * t * t
    p[2] += noise * t


@kernel
def update_height(record: np.void, height_m: float, variance_m2: float) -> None:
    """Take a height."""
    p = record["p_h"]
    off_m = height_m - record["h_m"]
    k0, k1 = p[0] / (p[0] + variance_m2), p[1] / (p[0] + variance_m2)
    record["h_m"] += k0 * off_m
    record["vh_m_s"] += k1 * off_m
    p[2] -= k1 * p[1]
    p[1] -= k0 * p[1]
    p[0] -= k0 * p[0]
