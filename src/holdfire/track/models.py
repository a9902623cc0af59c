"""Interacting multiple models of motion: steady flight, a turn to either side, and hovering.

H. A. P. Blom and Y. Bar-Shalom, "The interacting multiple model algorithm for systems with Markovian switching
coefficients", IEEE Transactions on Automatic Control 33, 1988, doi 10.1109/9.1299; coordinated turns as in
Bar-Shalom, Li and Kirubarajan 2001, section 11.7. Here the chain of modes forgets: after a time of mean
`mode_lasts_s` the mode is drawn anew from fixed shares, whichever it was. Mixing then needs each mode and the
combined estimate alone, so that its cost grows with the number of modes and not with its square.

Steady flight that is all but certain takes nothing from the other modes: what hardly anything speaks for makes an
estimate worse (X.-R. Li and Y. Bar-Shalom, "Multiple-model estimation with variable structure", IEEE Transactions on
Automatic Control 41, 1996, doi 10.1109/9.489270). It expects noise of acceleration, so that a gentle turn finds it
ready; of a flight that is straight its covariance so states, once settled, twice the squared error that there is,
however little noise it expects. That part is therefore kept apart, by the recursion for the error of a filter whose
model is not what flies (A. Gelb, ed., "Applied Optimal Estimation", 1974, chapter 7), and left out of what is
written. The other modes begin from the combined estimate all the while, so that a turn is seen as soon.

A mode's state is 14 numbers: x y vx vy and the upper triangle of their covariance.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from holdfire.compiled import kernel
from holdfire.geo.circle import sine_cosine
from holdfire.messages.track import MODES
from holdfire.track.filter import carry, correct

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_HOVER = 3


@kernel
def share_of(mode: int, slow: bool, tuning: np.void) -> float:  # noqa: FBT001
    """Return the share of time that flight spends in a mode; what flies fast never hovers."""
    hover = tuning["hover_share"] if slow else 0.0
    if mode == _HOVER:
        return hover
    turn = tuning["turn_share"]
    return (1.0 - hover) * (1.0 - 2.0 * turn if mode == 0 else turn)  # type: ignore[no-any-return]


@kernel
def begin_modes(record: np.void, tuning: np.void) -> None:
    """Start every mode with the state in the record."""
    for mode in range(MODES):
        state = record["mode_state"][mode]
        state[0], state[1], state[2], state[3] = record["x_m"], record["y_m"], record["vx_m_s"], record["vy_m_s"]
        for index in range(10):
            state[4 + index] = record["p"][index]
        record["modes"][mode] = share_of(mode, False, tuning)  # noqa: FBT003


@kernel
def mix(record: np.void, state: NDArray[np.float64], own: float) -> None:
    """Let a mode keep `own` of its belief and take the rest from the combined estimate."""
    rest, p = 1.0 - own, record["p"]
    d0, d1 = state[0] - record["x_m"], state[1] - record["y_m"]
    d2, d3 = state[2] - record["vx_m_s"], state[3] - record["vy_m_s"]
    state[0], state[1] = state[0] - rest * d0, state[1] - rest * d1
    state[2], state[3] = state[2] - rest * d2, state[3] - rest * d3
    for index in range(10):
        state[4 + index] += rest * (p[index] - state[4 + index])
    spread(state, own * rest, d0, d1, d2, d3)


@kernel
def spread(state: NDArray[np.float64], weight: float, d0: float, d1: float, d2: float, d3: float) -> None:
    """Add a deviation's outer product to a mode's covariance."""
    w0, w1, w2, w3 = weight * d0, weight * d1, weight * d2, weight * d3
    state[4] += w0 * d0
    state[5] += w0 * d1
    state[6] += w0 * d2
    state[7] += w0 * d3
    state[8] += w1 * d1
    state[9] += w1 * d2
    state[10] += w1 * d3
    state[11] += w2 * d2
    state[12] += w2 * d3
    state[13] += w3 * d3


@kernel
def move(
    state: NDArray[np.float64], mode: int, t: float, arc: tuple[float, float, float, float], least: float,
    tuning: np.void,
) -> None:  # fmt: skip
    """Carry a mode over `t` seconds, with at least so much noise; `arc` is a turn to the left as in `carry`."""
    if mode == 0:
        carry(state, t, 0.0, 1.0, 0.0, max(tuning["noise_m2_s3"], least), t)
    elif mode == _HOVER:
        lasts_s = tuning["hover_lasts_s"]
        kept = math.exp(-t / lasts_s)
        carry(state, lasts_s * (1.0 - kept), 0.0, kept, 0.0, max(tuning["hover_noise_m2_s3"], least), t)
    else:
        side = 1.0 if mode == 1 else -1.0
        carry(state, arc[0], side * arc[1], arc[2], side * arc[3], max(tuning["turn_noise_m2_s3"], least), t)


@kernel
def take(  # noqa: C901, PLR0915
    record: np.void, plot: np.void, spot: tuple[float, float, float, float], least: float, tuning: np.void
) -> None:
    """Mix the modes, carry each to the plot, correct it, weigh it by its likelihood, and combine them.

    A plot older than the state is taken one step back along the velocity without noise, and the state forward again.

    Parameters
    ----------
    record, plot
        A `TRACK` and the `PLOT`, or the mean of those that it may be.
    spot
        Chance that the plot is the track's, and the covariance xx, xy, yy of the plots about their mean.
    least
        Least noise of acceleration in any mode, m²/s³.
    tuning
        The one `TUNING` record.
    """
    dt_s, modes = plot["time_s"] - record["time_s"], record["modes"]
    ahead_s, back_s = max(dt_s, 0.0), min(dt_s, 0.0)
    drawn = 1.0 - math.exp(-ahead_s / tuning["mode_lasts_s"])
    speed = math.sqrt(record["vx_m_s"] * record["vx_m_s"] + record["vy_m_s"] * record["vy_m_s"])
    slow = speed < tuning["hover_most_m_s"] and record["hits"] > 2
    rate = min(tuning["turn_m_s2"] / max(speed, 1.0), tuning["turn_most_rad_s"])
    sine, cosine = sine_cosine(rate * ahead_s)
    arc = sine / rate, (1.0 - cosine) / rate, cosine, sine
    like, total, mean, share = record["mode_like"], 0.0, 0.0, spot[0]
    sure = modes[0] >= tuning["steady_least"] and least <= tuning["noise_m2_s3"]
    for mode in range(MODES):
        kept = (1.0 - drawn) * (modes[mode] if slow or mode != _HOVER else 0.0)
        modes[mode] = kept + drawn * share_of(mode, slow, tuning)
        total += modes[mode]
        like[mode] = 0.0
        if modes[mode] > 0.0:
            state = record["mode_state"][mode]
            if mode != 0 or not sure:  # what is all but certain takes nothing from the rest
                mix(record, state, kept / modes[mode])
            if ahead_s > 0.0:
                move(state, mode, ahead_s, arc, least, tuning)
            if back_s < 0.0:
                carry(state, back_s, 0.0, 1.0, 0.0, 0.0, back_s)
            if mode == 0:
                if sure:
                    spare(record["spare"][0], state, plot, share, ahead_s, back_s, tuning["noise_m2_s3"])
                else:
                    for index in range(14):
                        record["spare"][0][index] = 0.0
            like[mode] = correct(state, plot, spot)
            if back_s < 0.0:
                carry(state, -back_s, 0.0, 1.0, 0.0, 0.0, -back_s)
        mean += modes[mode] * like[mode]
    left, right = (1.0 - share) / total, share / mean if mean > 1e-300 else 0.0
    for mode in range(MODES):
        modes[mode] *= left + right * like[mode] if mean > 1e-300 else 1.0 / total
    record["time_s"] += ahead_s
    combine(record)


@kernel
def spare(  # noqa: PLR0913
    m: NDArray[np.float64], state: NDArray[np.float64], plot: np.void, share: float, ahead_s: float, back_s: float,
    noise: float,
) -> None:  # fmt: skip
    """Carry to a plot, and shrink by it, the part of steady flight's covariance that is there for turns alone.

    Expected noise G that is not there adds to the covariance P of the error a part D: F D F' + G when it is carried,
    and by the gain K of P, before the plot as in `state`, (I - K H) D (I - K H)'. `m` is four zeros and D.
    """
    carry(m, ahead_s, 0.0, 1.0, 0.0, noise, ahead_s)
    if back_s < 0.0:
        carry(m, back_s, 0.0, 1.0, 0.0, 0.0, back_s)
    a0, a1, a2, a3, b1, b2, b3 = state[4], state[5], state[6], state[7], state[8], state[9], state[10]
    sxx, sxy, syy = a0 + plot["var_x_m2"], a1 + plot["cov_xy_m2"], b1 + plot["var_y_m2"]
    scale = share / (sxx * syy - sxy * sxy)
    ixx, ixy, iyy = syy * scale, -sxy * scale, sxx * scale
    k0, l0, k1, l1 = a0 * ixx + a1 * ixy, a0 * ixy + a1 * iyy, a1 * ixx + b1 * ixy, a1 * ixy + b1 * iyy
    k2, l2, k3, l3 = a2 * ixx + b2 * ixy, a2 * ixy + b2 * iyy, a3 * ixx + b3 * ixy, a3 * ixy + b3 * iyy
    # D' = D - K U' - U K' with U = D H' - K H D H' / 2
    xx, xy, yy = 0.5 * m[4], 0.5 * m[5], 0.5 * m[8]
    u0, v0 = m[4] - k0 * xx - l0 * xy, m[5] - k0 * xy - l0 * yy
    u1, v1 = m[5] - k1 * xx - l1 * xy, m[8] - k1 * xy - l1 * yy
    u2, v2 = m[6] - k2 * xx - l2 * xy, m[9] - k2 * xy - l2 * yy
    u3, v3 = m[7] - k3 * xx - l3 * xy, m[10] - k3 * xy - l3 * yy
    m[4] -= 2.0 * (k0 * u0 + l0 * v0)
    m[5] -= k0 * u1 + l0 * v1 + u0 * k1 + v0 * l1
    m[6] -= k0 * u2 + l0 * v2 + u0 * k2 + v0 * l2
    m[7] -= k0 * u3 + l0 * v3 + u0 * k3 + v0 * l3
    m[8] -= 2.0 * (k1 * u1 + l1 * v1)
    m[9] -= k1 * u2 + l1 * v2 + u1 * k2 + v1 * l2
    m[10] -= k1 * u3 + l1 * v3 + u1 * k3 + v1 * l3
    m[11] -= 2.0 * (k2 * u2 + l2 * v2)
    m[12] -= k2 * u3 + l2 * v3 + u2 * k3 + v2 * l3
    m[13] -= 2.0 * (k3 * u3 + l3 * v3)
    if back_s < 0.0:
        carry(m, -back_s, 0.0, 1.0, 0.0, 0.0, -back_s)


@kernel
def combine(record: np.void) -> None:
    """Write the mean of the modes and its covariance, the spread of the modes with it."""
    modes, p, x, y, vx, vy = record["modes"], record["p"], 0.0, 0.0, 0.0, 0.0
    for mode in range(MODES):
        weight, state = modes[mode], record["mode_state"][mode]
        if weight > 0.0:
            x, y, vx, vy = x + weight * state[0], y + weight * state[1], vx + weight * state[2], vy + weight * state[3]
    for index in range(10):
        p[index] = 0.0
    for mode in range(MODES):
        weight, state = modes[mode], record["mode_state"][mode]
        if weight > 0.0:
            d0, d1, d2, d3 = state[0] - x, state[1] - y, state[2] - vx, state[3] - vy
            p[0] += weight * (state[4] + d0 * d0)
            p[1] += weight * (state[5] + d0 * d1)
            p[2] += weight * (state[6] + d0 * d2)
            p[3] += weight * (state[7] + d0 * d3)
            p[4] += weight * (state[8] + d1 * d1)
            p[5] += weight * (state[9] + d1 * d2)
            p[6] += weight * (state[10] + d1 * d3)
            p[7] += weight * (state[11] + d2 * d2)
            p[8] += weight * (state[12] + d2 * d3)
            p[9] += weight * (state[13] + d3 * d3)
    record["x_m"], record["y_m"], record["vx_m_s"], record["vy_m_s"] = x, y, vx, vy
