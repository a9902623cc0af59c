"""Where a track is thought to be now, and its closest approach to what is protected."""

from __future__ import annotations

from math import inf, nan, sqrt
from typing import TYPE_CHECKING

from holdfire.compiled import kernel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from holdfire.messages.layout import Records


@kernel
def advance(track: np.void, manoeuvre_m_s2: float, time_s: float, motion: np.void) -> None:
    """Write into a `MOTION` where a track is at `time_s`: straight on, and less certain.

    The covariance moves with the constant velocity, and an acceleration of `manoeuvre_m_s2`, unknown in direction
    and constant since the track's last state, is added (Bar-Shalom, Li and Kirubarajan, *Estimation with
    Applications to Tracking and Navigation*, 2001, section 6.3, the piecewise constant white acceleration).
    """
    dt = max(time_s - track["time_s"], 0.0)
    vx, vy, p, out = track["vx_m_s"], track["vy_m_s"], track["p"], motion["p"]
    turned = manoeuvre_m_s2 * dt  # change of speed
    moved = turned * dt / 2.0  # and of place
    out[0] = p[0] + dt * (2.0 * p[2] + dt * p[7]) + moved * moved
    out[1] = p[1] + dt * (p[3] + p[5] + dt * p[8])
    out[2] = p[2] + dt * p[7] + moved * turned
    out[3] = p[3] + dt * p[8]
    out[4] = p[4] + dt * (2.0 * p[6] + dt * p[9]) + moved * moved
    out[5] = p[5] + dt * p[8]
    out[6] = p[6] + dt * p[9] + moved * turned
    out[7] = p[7] + turned * turned
    out[8] = p[8]
    out[9] = p[9] + turned * turned
    speed = sqrt(vx * vx + vy * vy)
    moving = speed > 0.0
    motion["x_m"], motion["y_m"] = track["x_m"] + vx * dt, track["y_m"] + vy * dt
    motion["speed_m_s"] = speed
    motion["ux"], motion["uy"] = vx / speed if moving else 0.0, vy / speed if moving else 1.0
    apart = (out[0] - out[4]) / 2.0
    motion["sigma_m"] = sqrt((out[0] + out[4]) / 2.0 + sqrt(apart * apart + out[1] * out[1]))
    motion["speed_sd_m_s"] = sqrt(max(deviation2(out, 0.0, 0.0, motion["ux"], motion["uy"]), 0.0))
    q = track["p_h"]
    measured = track["height_s"] > -inf and track["h_m"] == track["h_m"]
    motion["h_m"] = track["h_m"] + track["vh_m_s"] * dt if measured else nan
    motion["h_sd_m"] = sqrt(max(q[0] + dt * (2.0 * q[1] + dt * q[2]) + moved * moved, 0.0))


@kernel
def deviation2(p: NDArray[np.float64], x: float, y: float, vx: float, vy: float) -> float:
    """Return the variance of x, y, vx, vy weighed so, by a covariance laid out as in a track."""
    squares = x * x * p[0] + y * y * p[4] + vx * vx * p[7] + vy * vy * p[9]
    mixed = x * (y * p[1] + vx * p[2] + vy * p[3]) + y * (vx * p[5] + vy * p[6]) + vx * vy * p[8]
    return float(squares + 2.0 * mixed)


@kernel
def approach(sites: Records, motion: np.void, near_m: float, soon_s: float) -> int:
    """Return the site whose approach presses most, -1 where there is none.

    Of the sites ahead it is that with the smallest of max(miss / `near_m`, time / `soon_s`): where any is passed
    within `near_m` (beyond its radius) and `soon_s`, the one chosen is. With none ahead it is the site passed last.
    """
    x, y, ux, uy, speed = motion["x_m"], motion["y_m"], motion["ux"], motion["uy"], motion["speed_m_s"]
    chosen, passed, best, latest = -1, -1, inf, -inf
    per_m, soon_per_m = 1.0 / near_m, 1.0 / (speed * soon_s)
    for each in range(sites.size):
        site = sites[each]
        dx, dy = site["x_m"] - x, site["y_m"] - y
        ahead = dx * ux + dy * uy
        pressing = max((abs(dx * uy - dy * ux) - site["radius_m"]) * per_m, ahead * soon_per_m)
        # Without a branch: which site presses most cannot be foreseen.
        nearer, later = (ahead >= 0.0) & (pressing < best), (ahead < 0.0) & (ahead > latest)
        chosen, best = each if nearer else chosen, pressing if nearer else best
        passed, latest = each if later else passed, ahead if later else latest
    return chosen if chosen >= 0 else passed


@kernel
def passing(site: np.void, motion: np.void) -> tuple[float, float, float, float]:
    """Return miss beyond a site's radius (m) and its deviation, time to it (s) and its deviation.

    On a straight course at constant speed, by propagation to first order: the miss moves with the cross-track
    position at that time, the time with the position and speed along the track and, by miss over speed, with
    the course.
    """
    ux, uy, speed, p = motion["ux"], motion["uy"], motion["speed_m_s"], motion["p"]
    dx, dy = site["x_m"] - motion["x_m"], site["y_m"] - motion["y_m"]
    time_s, miss = (dx * ux + dy * uy) / speed, dx * uy - dy * ux
    miss_var = deviation2(p, uy, -ux, time_s * uy, -time_s * ux)
    turn = miss / speed
    time_var = deviation2(p, ux, uy, time_s * ux - turn * uy, time_s * uy + turn * ux)
    beyond = max(abs(miss) - site["radius_m"], 0.0)
    return beyond, sqrt(max(miss_var, 0.0)), time_s, sqrt(max(time_var, 0.0)) / speed
