"""The filter: a linear step with a joint covariance in the plane, and apart from it a nearly constant rate in height.

Y. Bar-Shalom, X.-R. Li and T. Kirubarajan, "Estimation with Applications to Tracking and Navigation", 2001:
motion with continuous white noise of acceleration in section 6.2.2, turns in 11.7, the filter in 5.2, the
update by a plot that may be another's (PDA) in Bar-Shalom, Willett and Tian 2011, section 3.4. A state is 14
numbers: x y vx vy and the upper triangle of their covariance, which so cannot become unsymmetric. It is a column of an
array with one for each mode of motion: what is done to each of them in a loop without branches is done to all at once.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from holdfire.compiled import kernel
from holdfire.elementary import exp

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Fix = tuple[float, float, float, float, float]
    """A position, and its covariance xx, xy, yy."""
    Spot = tuple[float, float, float, float]
    """Chance that a plot is the track's, and the covariance xx, xy, yy of the plots about their mean."""
    Gain = tuple[float, float, float, float, float, float, float, float, float]


@kernel
def carry(  # noqa: PLR0913
    m: NDArray[np.float64], lane: int, s: float, c: float, kept: float, turned: float, noise: float, t: float
) -> None:
    """Carry a state over `t` seconds: F P F' + Q, with white noise of acceleration in m²/s³.

    Velocity v becomes B v and adds A v to the place, with A = [s -c; c s] and B = [kept -turned; turned kept]:
    s = t, c = 0, kept = 1, turned = 0 is constant velocity.
    """
    vx, vy = m[2, lane], m[3, lane]
    m[0, lane] += s * vx - c * vy
    m[1, lane] += c * vx + s * vy
    m[2, lane], m[3, lane] = kept * vx - turned * vy, turned * vx + kept * vy
    xvx, xvy, yvx, yvy, xx, xy, yy = (
        m[6, lane],
        m[7, lane],
        m[9, lane],
        m[10, lane],
        m[11, lane],
        m[12, lane],
        m[13, lane],
    )
    # G = Pxv + A Pvv, and half of what it lacks for the place: Pxx + A Pvx + Pxv A' + A Pvv A'
    gxx, gxy = xvx + s * xx - c * xy, xvy + s * xy - c * yy
    gyx, gyy = yvx + c * xx + s * xy, yvy + c * xy + s * yy
    speed_noise = noise * t
    both_noise = 0.5 * speed_noise * t
    place_noise = both_noise * t * (2.0 / 3.0)
    m[4, lane] += s * (xvx + gxx) - c * (xvy + gxy) + place_noise
    m[5, lane] += c * gxx + s * gxy + s * yvx - c * yvy
    m[8, lane] += c * (yvx + gyx) + s * (yvy + gyy) + place_noise
    m[6, lane], m[7, lane] = kept * gxx - turned * gxy + both_noise, turned * gxx + kept * gxy
    m[9, lane], m[10, lane] = kept * gyx - turned * gyy, turned * gyx + kept * gyy + both_noise
    bxx, bxy = kept * xx - turned * xy, kept * xy - turned * yy
    byx, byy = turned * xx + kept * xy, turned * xy + kept * yy
    m[11, lane] = kept * bxx - turned * bxy + speed_noise
    m[12, lane] = turned * bxx + kept * bxy
    m[13, lane] = turned * byx + kept * byy + speed_noise


@kernel
def gain_of(m: NDArray[np.float64], lane: int, fix: Fix) -> Gain:
    """Return the gain K = P H' S⁻¹ by which a plot moves a state, its 4 rows one after another, and |S|⁻¹."""
    _, _, rxx, rxy, ryy = fix
    a0, b0, b1 = m[4, lane], m[5, lane], m[8, lane]
    a2, b2, a3, b3 = m[6, lane], m[9, lane], m[7, lane], m[10, lane]
    sxx, sxy, syy = a0 + rxx, b0 + rxy, b1 + ryy
    scale = 1.0 / (sxx * syy - sxy * sxy)
    ixx, ixy, iyy = syy * scale, -sxy * scale, sxx * scale
    return (
        a0 * ixx + b0 * ixy, a0 * ixy + b0 * iyy, b0 * ixx + b1 * ixy, b0 * ixy + b1 * iyy,
        a2 * ixx + b2 * ixy, a2 * ixy + b2 * iyy, a3 * ixx + b3 * ixy, a3 * ixy + b3 * iyy, scale,
    )  # fmt: skip


@kernel
def correct(m: NDArray[np.float64], lane: int, fix: Fix, spot: Spot, doubtful: bool) -> tuple[float, float]:  # noqa: FBT001, PLR0915
    """Take a position, and return its squared statistical distance, and |S|⁻¹.

    With the columns a, b of P H', a plot that is surely the track's moves the state by K d, and P falls by K [a b]'.
    One that is with chance w, as is said by `doubtful`, moves the state by w K d, and P falls by w K [a b]' - K M K'
    with M = w C + w (1 - w) d d', where C is the covariance of the plots about the mean that `fix` is.

    Parameters
    ----------
    m, lane
        States, one a column, and which.
    fix, spot
        As `Fix` and `Spot`.
    """
    k0, l0, k1, l1, k2, l2, k3, l3, scale = gain_of(m, lane, fix)
    x, y, rxx, rxy, ryy = fix
    a0, b0, b1 = m[4, lane], m[5, lane], m[8, lane]
    a2, b2, a3, b3 = m[6, lane], m[9, lane], m[7, lane], m[10, lane]
    dx, dy = x - m[0, lane], y - m[1, lane]
    squared = ((b1 + ryy) * dx * dx - 2.0 * (b0 + rxy) * dx * dy + (a0 + rxx) * dy * dy) * scale
    share, ux, uy = spot[0], dx, dy
    if doubtful:
        ux, uy = share * dx, share * dy
        a0, b0, b1, a2, b2, a3, b3 = share * a0, share * b0, share * b1, share * a2, share * b2, share * a3, share * b3
    m[0, lane] += k0 * ux + l0 * uy
    m[1, lane] += k1 * ux + l1 * uy
    m[2, lane] += k2 * ux + l2 * uy
    m[3, lane] += k3 * ux + l3 * uy
    m[4, lane] -= k0 * a0 + l0 * b0
    m[5, lane] -= k0 * b0 + l0 * b1
    m[6, lane] -= k0 * a2 + l0 * b2
    m[7, lane] -= k0 * a3 + l0 * b3
    m[8, lane] -= k1 * b0 + l1 * b1
    m[9, lane] -= k1 * a2 + l1 * b2
    m[10, lane] -= k1 * a3 + l1 * b3
    m[11, lane] -= k2 * a2 + l2 * b2
    m[12, lane] -= k2 * a3 + l2 * b3
    m[13, lane] -= k3 * a3 + l3 * b3
    if doubtful:
        left = 1.0 - share
        mxx, mxy = share * (spot[1] + left * dx * dx), share * (spot[2] + left * dx * dy)
        myy = share * (spot[3] + left * dy * dy)
        p0, q0, p1, q1 = k0 * mxx + l0 * mxy, k0 * mxy + l0 * myy, k1 * mxx + l1 * mxy, k1 * mxy + l1 * myy
        p2, q2, p3, q3 = k2 * mxx + l2 * mxy, k2 * mxy + l2 * myy, k3 * mxx + l3 * mxy, k3 * mxy + l3 * myy
        m[4, lane] += p0 * k0 + q0 * l0
        m[5, lane] += p0 * k1 + q0 * l1
        m[6, lane] += p0 * k2 + q0 * l2
        m[7, lane] += p0 * k3 + q0 * l3
        m[8, lane] += p1 * k1 + q1 * l1
        m[9, lane] += p1 * k2 + q1 * l2
        m[10, lane] += p1 * k3 + q1 * l3
        m[11, lane] += p2 * k2 + q2 * l2
        m[12, lane] += p2 * k3 + q2 * l3
        m[13, lane] += p3 * k3 + q3 * l3
    return squared, scale


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
    kept, changed = 1.0 / (p0 + variance_m2), 1.0 / (c0 + variance_m2)  # information of the innovation
    drawn = 1.0 - exp(-t / tuning["climb_lasts_s"])
    prior = record["climbs"] + drawn * (tuning["climb_share"] - record["climbs"])
    # Chances of the two, each over the likelihood of a change, which is the wider and so never nothing.
    rest = (1.0 - prior) * math.sqrt(kept / changed) * exp(-0.5 * off_m * off_m * (kept - changed))
    w = prior / (prior + rest) if prior + rest > 0.0 else 1.0
    k0, k1, j0, j1, v = p0 * kept, p1 * kept, c0 * changed, c1 * changed, 1.0 - w
    record["climbs"] = w
    record["h_m"] += (v * k0 + w * j0) * off_m
    record["vh_m_s"] += (v * k1 + w * j1) * off_m
    apart = v * w * off_m * off_m
    p[0] = v * (p0 - k0 * p0) + w * (c0 - j0 * c0) + apart * (j0 - k0) * (j0 - k0)
    p[1] = v * (p1 - k0 * p1) + w * (c1 - j0 * c1) + apart * (j0 - k0) * (j1 - k1)
    p[2] = v * (p2 - k1 * p1) + w * (c2 - j1 * c1) + apart * (j1 - k1) * (j1 - k1)
