"""The filter: a linear step with a joint covariance in the plane, and apart from it a nearly constant rate in height.

Y. Bar-Shalom, X.-R. Li and T. Kirubarajan, "Estimation with Applications to Tracking and Navigation", 2001:
motion with continuous white noise of acceleration in section 6.2.2, turns in 11.7, the filter in 5.2, the
update by a plot that may be another's (PDA) in Bar-Shalom, Willett and Tian 2011, section 3.4. A state is 14
numbers: x y vx vy and the upper triangle of their covariance, which so cannot become unsymmetric.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from holdfire.compiled import kernel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@kernel
def carry(m: NDArray[np.float64], s: float, c: float, kept: float, turned: float, noise: float, t: float) -> None:  # noqa: PLR0913
    """Carry a state over `t` seconds: F P F' + Q, with white noise of acceleration in m²/s³.

    Velocity v becomes B v and adds A v to the place, with A = [s -c; c s] and B = [kept -turned; turned kept]:
    s = t, c = 0, kept = 1, turned = 0 is constant velocity.
    """
    vx, vy = m[2], m[3]
    m[0] += s * vx - c * vy
    m[1] += c * vx + s * vy
    m[2], m[3] = kept * vx - turned * vy, turned * vx + kept * vy
    xvx, xvy, yvx, yvy, xx, xy, yy = m[6], m[7], m[9], m[10], m[11], m[12], m[13]
    # G = Pxv + A Pvv, and half of what it lacks for the place: Pxx + A Pvx + Pxv A' + A Pvv A'
    gxx, gxy = xvx + s * xx - c * xy, xvy + s * xy - c * yy
    gyx, gyy = yvx + c * xx + s * xy, yvy + c * xy + s * yy
    speed_noise = noise * t
    both_noise = 0.5 * speed_noise * t
    place_noise = both_noise * t * (2.0 / 3.0)
    m[4] += s * (xvx + gxx) - c * (xvy + gxy) + place_noise
    m[5] += c * gxx + s * gxy + s * yvx - c * yvy
    m[8] += c * (yvx + gyx) + s * (yvy + gyy) + place_noise
    m[6], m[7] = kept * gxx - turned * gxy + both_noise, turned * gxx + kept * gxy
    m[9], m[10] = kept * gyx - turned * gyy, turned * gyx + kept * gyy + both_noise
    bxx, bxy = kept * xx - turned * xy, kept * xy - turned * yy
    byx, byy = turned * xx + kept * xy, turned * xy + kept * yy
    m[11] = kept * bxx - turned * bxy + speed_noise
    m[12] = turned * bxx + kept * bxy
    m[13] = turned * byx + kept * byy + speed_noise


@kernel
def correct(m: NDArray[np.float64], plot: np.void, spot: tuple[float, float, float, float]) -> float:  # noqa: PLR0915
    """Take the position of a plot, and return its likelihood times 2π.

    With the columns a, b of P H' the gain is K = [a b] S⁻¹. A plot that is the track's with chance w moves the
    state by w K d, and P falls by K M K' with M = w S - w C - w (1 - w) d d', where C is the covariance of the
    plots about the mean that `plot` stands for. `spot` is w and C; 1 and zeros give Kalman's update.
    """
    share, cxx, cxy, cyy = spot
    a0, b0, b1 = m[4], m[5], m[8]
    a2, b2, a3, b3 = m[6], m[9], m[7], m[10]
    sxx, sxy, syy = a0 + plot["var_x_m2"], b0 + plot["cov_xy_m2"], b1 + plot["var_y_m2"]
    dx, dy = plot["x_m"] - m[0], plot["y_m"] - m[1]
    scale = 1.0 / (sxx * syy - sxy * sxy)
    ixx, ixy, iyy = syy * scale, -sxy * scale, sxx * scale
    squared = ixx * dx * dx + 2.0 * ixy * dx * dy + iyy * dy * dy
    left = 1.0 - share
    mxx, mxy = share * (sxx - cxx - left * dx * dx), share * (sxy - cxy - left * dx * dy)
    myy = share * (syy - cyy - left * dy * dy)
    kx0, ky0 = a0 * ixx + b0 * ixy, a0 * ixy + b0 * iyy
    kx1, ky1 = b0 * ixx + b1 * ixy, b0 * ixy + b1 * iyy
    kx2, ky2 = a2 * ixx + b2 * ixy, a2 * ixy + b2 * iyy
    kx3, ky3 = a3 * ixx + b3 * ixy, a3 * ixy + b3 * iyy
    ux, uy = share * dx, share * dy
    m[0] += kx0 * ux + ky0 * uy
    m[1] += kx1 * ux + ky1 * uy
    m[2] += kx2 * ux + ky2 * uy
    m[3] += kx3 * ux + ky3 * uy
    p0, q0, p1, q1 = kx0 * mxx + ky0 * mxy, kx0 * mxy + ky0 * myy, kx1 * mxx + ky1 * mxy, kx1 * mxy + ky1 * myy
    p2, q2, p3, q3 = kx2 * mxx + ky2 * mxy, kx2 * mxy + ky2 * myy, kx3 * mxx + ky3 * mxy, kx3 * mxy + ky3 * myy
    m[4] -= p0 * kx0 + q0 * ky0
    m[5] -= p0 * kx1 + q0 * ky1
    m[6] -= p0 * kx2 + q0 * ky2
    m[7] -= p0 * kx3 + q0 * ky3
    m[8] -= p1 * kx1 + q1 * ky1
    m[9] -= p1 * kx2 + q1 * ky2
    m[10] -= p1 * kx3 + q1 * ky3
    m[11] -= p2 * kx2 + q2 * ky2
    m[12] -= p2 * kx3 + q2 * ky3
    m[13] -= p3 * kx3 + q3 * ky3
    return math.exp(-0.5 * squared) * math.sqrt(scale)


@kernel
def distance(
    record: np.void, plot: np.void, dt_s: float, dx_m: float, dy_m: float, noise: float
) -> tuple[float, float]:
    """Return the squared statistical distance of a plot from a prediction, and the determinant of S."""
    p, t = record["p"], max(dt_s, 0.0)
    wide = noise * t * t * t / 3.0
    sxx = p[0] + t * (2.0 * p[2] + t * p[7]) + wide + plot["var_x_m2"]
    sxy = p[1] + t * (p[3] + p[5] + t * p[8]) + plot["cov_xy_m2"]
    syy = p[4] + t * (2.0 * p[6] + t * p[9]) + wide + plot["var_y_m2"]
    determinant = sxx * syy - sxy * sxy
    return (syy * dx_m * dx_m - 2.0 * sxy * dx_m * dy_m + sxx * dy_m * dy_m) / determinant, determinant


@kernel
def predict_height(record: np.void, dt_s: float, noise: float) -> None:
    """Carry a track's height over `dt_s`; one that is unknown stays unknown."""
    p, t = record["p_h"], dt_s
    record["h_m"] += t * record["vh_m_s"]
    p[0] += t * (2.0 * p[1] + t * p[2]) + noise * t * t * t / 3.0
    p[1] += t * p[2] + 0.5 * noise * t * t
    p[2] += noise * t


@kernel
def update_height(record: np.void, height_m: float, variance_m2: float, since_s: float, tuning: np.void) -> None:
    """Take a height, `since_s` after the one before: the rate of climb was kept, or it changed.

    Both are foretold from one estimate, weighed by how well they did, and joined again: generalised pseudo-Bayesian
    estimation of first order (Bar-Shalom, Li and Kirubarajan 2001, section 11.6.3).
    """
    p, t, off_m = record["p_h"], since_s, height_m - record["h_m"]
    more = (tuning["climb_noise_m2_s3"] - tuning["height_noise_m2_s3"]) * t
    p0, p1, p2 = p[0], p[1], p[2]
    c0, c1, c2 = p0 + more * t * t / 3.0, p1 + 0.5 * more * t, p2 + more
    kept, changed = p0 + variance_m2, c0 + variance_m2  # variances of the innovation
    drawn = 1.0 - math.exp(-t / tuning["climb_lasts_s"])
    prior = record["climbs"] + drawn * (tuning["climb_share"] - record["climbs"])
    one = (1.0 - prior) * math.exp(-0.5 * off_m * off_m / kept) / math.sqrt(kept)
    other = prior * math.exp(-0.5 * off_m * off_m / changed) / math.sqrt(changed)
    w = other / (one + other) if one + other > 1e-300 else 1.0
    k0, k1, j0, j1, v = p0 / kept, p1 / kept, c0 / changed, c1 / changed, 1.0 - w
    record["climbs"] = w
    record["h_m"] += (v * k0 + w * j0) * off_m
    record["vh_m_s"] += (v * k1 + w * j1) * off_m
    apart = v * w * off_m * off_m
    p[0] = v * (p0 - k0 * p0) + w * (c0 - j0 * c0) + apart * (j0 - k0) * (j0 - k0)
    p[1] = v * (p1 - k0 * p1) + w * (c1 - j0 * c1) + apart * (j0 - k0) * (j1 - k1)
    p[2] = v * (p2 - k1 * p1) + w * (c2 - j1 * c1) + apart * (j1 - k1) * (j1 - k1)
