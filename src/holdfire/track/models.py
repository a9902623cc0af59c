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

A mode's state is a column of 14 numbers: x y vx vy and the upper triangle of their covariance.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from holdfire.compiled import kernel
from holdfire.elementary import exp, sine_cosine
from holdfire.messages.track import MODES
from holdfire.track.filter import carry, correct, gain_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from holdfire.track.filter import Fix, Gain, Spot

    Mean = tuple[float, ...]
    """A combined estimate: its 14 numbers."""

_LEFT, _RIGHT, _HOVER = 1, 2, 3


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
    state = record["mode_state"]
    for mode in range(MODES):
        state[0, mode], state[1, mode] = record["x_m"], record["y_m"]
        state[2, mode], state[3, mode] = record["vx_m_s"], record["vy_m_s"]
    for index in range(10):
        for mode in range(MODES):
            state[4 + index, mode] = record["p"][index]
    for mode in range(MODES):
        record["modes"][mode] = share_of(mode, False, tuning)  # noqa: FBT003


@kernel
def mix(m: NDArray[np.float64], mode: int, mean: Mean, own: float) -> None:
    """Let a mode keep `own` of its belief and take the rest from the combined estimate."""
    x, y, vx, vy, p0, p1, p2, p3, p4, p5, p6, p7, p8, p9 = mean
    rest = 1.0 - own
    d0, d1, d2, d3 = m[0, mode] - x, m[1, mode] - y, m[2, mode] - vx, m[3, mode] - vy
    m[0, mode], m[1, mode] = m[0, mode] - rest * d0, m[1, mode] - rest * d1
    m[2, mode], m[3, mode] = m[2, mode] - rest * d2, m[3, mode] - rest * d3
    w0, w1, w2, w3 = own * d0, own * d1, own * d2, own * d3
    m[4, mode] += rest * (p0 - m[4, mode] + w0 * d0)
    m[5, mode] += rest * (p1 - m[5, mode] + w0 * d1)
    m[6, mode] += rest * (p2 - m[6, mode] + w0 * d2)
    m[7, mode] += rest * (p3 - m[7, mode] + w0 * d3)
    m[8, mode] += rest * (p4 - m[8, mode] + w1 * d1)
    m[9, mode] += rest * (p5 - m[9, mode] + w1 * d2)
    m[10, mode] += rest * (p6 - m[10, mode] + w1 * d3)
    m[11, mode] += rest * (p7 - m[11, mode] + w2 * d2)
    m[12, mode] += rest * (p8 - m[12, mode] + w2 * d3)
    m[13, mode] += rest * (p9 - m[13, mode] + w3 * d3)


@kernel
def mean_of(record: np.void) -> Mean:
    """Return the combined estimate."""
    p = record["p"]
    return (
        record["x_m"], record["y_m"], record["vx_m_s"], record["vy_m_s"],
        p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7], p[8], p[9],
    )  # fmt: skip


@kernel
def foretell(record: np.void, t: float, speed: float, least: float, tuning: np.void) -> None:
    """Mix all modes, of which each keeps what its place in `mode_like` says, and carry them over `t` seconds.

    Each with at least so much noise: a turn to the left and one to the right of a given acceleration; hovering,
    which forgets its velocity in `hover_lasts_s`.
    """
    m, own, mean = record["mode_state"][:], record["mode_like"][0], mean_of(record)
    rate = min(tuning["turn_m_s2"] / max(speed, 1.0), tuning["turn_most_rad_s"])
    sine, cosine = sine_cosine(rate * t)
    along, aside = sine / rate, (1.0 - cosine) / rate
    lasts_s = tuning["hover_lasts_s"]
    stays = exp(-t / lasts_s)
    drifts = lasts_s * (1.0 - stays)
    steady_noise, turn_noise = max(tuning["noise_m2_s3"], least), max(tuning["turn_noise_m2_s3"], least)
    hover_noise = max(tuning["hover_noise_m2_s3"], least)
    for mode in range(MODES):
        mix(m, mode, mean, own[mode])
        side = 1.0 if mode == _LEFT else -1.0 if mode == _RIGHT else 0.0
        s = t if mode == 0 else drifts if mode == _HOVER else along
        kept = 1.0 if mode == 0 else stays if mode == _HOVER else cosine
        noise = steady_noise if mode == 0 else hover_noise if mode == _HOVER else turn_noise
        carry(m, mode, s, side * aside, kept, side * sine, noise, t)


@kernel
def weigh_modes(record: np.void, ahead_s: float, slow: bool, sure: bool, tuning: np.void) -> float:  # noqa: FBT001
    """Write how likely each mode is before the plot, in `mode_like` how much of it is its own; return their sum."""
    modes, own, total = record["modes"], record["mode_like"][0], 0.0
    drawn = 1.0 - exp(-ahead_s / tuning["mode_lasts_s"])
    for mode in range(MODES):
        kept = (1.0 - drawn) * (modes[mode] if slow or mode != _HOVER else 0.0)
        now = kept + drawn * share_of(mode, slow, tuning)
        modes[mode] = now
        own[mode] = kept / now if now > 0.0 else 0.0
        total += now
    if sure:  # what is all but certain takes nothing from the rest
        own[0] = 1.0
    return total


@kernel
def step_back(m: NDArray[np.float64], back_s: float) -> None:
    """Take all modes along their velocities without noise."""
    for mode in range(MODES):
        carry(m, mode, back_s, 0.0, 1.0, 0.0, 0.0, back_s)


@kernel
def correct_modes(record: np.void, fix: Fix, spot: Spot) -> float:
    """Correct all modes, write how likely each made the plot, and return the sum of that over all of them."""
    m, modes, like, sharp = record["mode_state"][:], record["modes"], record["mode_like"][0], record["mode_like"][1]
    if spot[0] < 1.0 or spot[1] > 0.0 or spot[3] > 0.0:
        for mode in range(MODES):
            like[mode], sharp[mode] = correct(m, mode, fix, spot, True)  # noqa: FBT003
    else:
        for mode in range(MODES):
            like[mode], sharp[mode] = correct(m, mode, fix, spot, False)  # noqa: FBT003
    mean = 0.0
    for mode in range(MODES):
        like[mode] = exp(-0.5 * like[mode]) * math.sqrt(sharp[mode])
        mean += modes[mode] * like[mode]
    return mean


@kernel
def take(record: np.void, plot: np.void, spot: Spot, least: float, tuning: np.void) -> None:
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
    dt_s, modes, like = plot["time_s"] - record["time_s"], record["modes"], record["mode_like"][0]
    m = record["mode_state"][:]  # as an array of any number of columns, of which `spare` has one
    fix = plot["x_m"], plot["y_m"], plot["var_x_m2"], plot["cov_xy_m2"], plot["var_y_m2"]
    ahead_s, back_s, share = max(dt_s, 0.0), min(dt_s, 0.0), spot[0]
    speed = math.sqrt(record["vx_m_s"] * record["vx_m_s"] + record["vy_m_s"] * record["vy_m_s"])
    slow = speed < tuning["hover_most_m_s"] and record["hits"] > 2
    sure = modes[0] >= tuning["steady_least"] and least <= tuning["noise_m2_s3"]
    total = weigh_modes(record, ahead_s, slow, sure, tuning)
    foretell(record, ahead_s, speed, least, tuning)
    if back_s < 0.0:
        step_back(m, back_s)
    if sure:
        spare(record["spare"][:], gain_of(m, 0, fix), share, ahead_s, back_s, tuning["noise_m2_s3"])
    else:
        for index in range(14):
            record["spare"][index, 0] = 0.0
    mean = correct_modes(record, fix, spot)
    if back_s < 0.0:
        step_back(m, -back_s)
    left, right = (1.0 - share) / total, share / mean if mean > 1e-300 else 0.0
    for mode in range(MODES):
        modes[mode] *= left + right * like[mode] if mean > 1e-300 else 1.0 / total
    record["time_s"] += ahead_s
    combine(record)


@kernel
def spare(m: NDArray[np.float64], gain: Gain, share: float, ahead_s: float, back_s: float, noise: float) -> None:
    """Carry to a plot, and shrink by it, the part of steady flight's covariance that is there for turns alone.

    Expected noise G that is not there adds to the covariance P of the error a part D: F D F' + G when it is carried,
    and by the `gain` K of P, (I - K H) D (I - K H)'. `m` is one column of four zeros and D.
    """
    carry(m, 0, ahead_s, 0.0, 1.0, 0.0, noise, ahead_s)
    if back_s < 0.0:
        carry(m, 0, back_s, 0.0, 1.0, 0.0, 0.0, back_s)
    k0, l0, k1, l1, k2, l2, k3, l3, _ = gain
    if share < 1.0:
        k0, l0, k1, l1, k2, l2, k3, l3 = (
            share * k0, share * l0, share * k1, share * l1, share * k2, share * l2, share * k3, share * l3,
        )  # fmt: skip
    # D' = D - K U' - U K' with U = D H' - K H D H' / 2
    xx, xy, yy = 0.5 * m[4, 0], 0.5 * m[5, 0], 0.5 * m[8, 0]
    u0, v0 = m[4, 0] - k0 * xx - l0 * xy, m[5, 0] - k0 * xy - l0 * yy
    u1, v1 = m[5, 0] - k1 * xx - l1 * xy, m[8, 0] - k1 * xy - l1 * yy
    u2, v2 = m[6, 0] - k2 * xx - l2 * xy, m[9, 0] - k2 * xy - l2 * yy
    u3, v3 = m[7, 0] - k3 * xx - l3 * xy, m[10, 0] - k3 * xy - l3 * yy
    m[4, 0] -= 2.0 * (k0 * u0 + l0 * v0)
    m[5, 0] -= k0 * u1 + l0 * v1 + u0 * k1 + v0 * l1
    m[6, 0] -= k0 * u2 + l0 * v2 + u0 * k2 + v0 * l2
    m[7, 0] -= k0 * u3 + l0 * v3 + u0 * k3 + v0 * l3
    m[8, 0] -= 2.0 * (k1 * u1 + l1 * v1)
    m[9, 0] -= k1 * u2 + l1 * v2 + u1 * k2 + v1 * l2
    m[10, 0] -= k1 * u3 + l1 * v3 + u1 * k3 + v1 * l3
    m[11, 0] -= 2.0 * (k2 * u2 + l2 * v2)
    m[12, 0] -= k2 * u3 + l2 * v3 + u2 * k3 + v2 * l3
    m[13, 0] -= 2.0 * (k3 * u3 + l3 * v3)
    if back_s < 0.0:
        carry(m, 0, -back_s, 0.0, 1.0, 0.0, 0.0, -back_s)


@kernel
def combine(record: np.void) -> None:
    """Write the mean of the modes and its covariance, the spread of the modes with it."""
    modes, p, m, x, y, vx, vy = record["modes"], record["p"], record["mode_state"], 0.0, 0.0, 0.0, 0.0
    for mode in range(MODES):
        weight = modes[mode]
        x, y = x + weight * m[0, mode], y + weight * m[1, mode]
        vx, vy = vx + weight * m[2, mode], vy + weight * m[3, mode]
    for index in range(10):
        p[index] = 0.0
    for mode in range(MODES):
        weight = modes[mode]
        if weight > 0.0:
            d0, d1, d2, d3 = m[0, mode] - x, m[1, mode] - y, m[2, mode] - vx, m[3, mode] - vy
            p[0] += weight * (m[4, mode] + d0 * d0)
            p[1] += weight * (m[5, mode] + d0 * d1)
            p[2] += weight * (m[6, mode] + d0 * d2)
            p[3] += weight * (m[7, mode] + d0 * d3)
            p[4] += weight * (m[8, mode] + d1 * d1)
            p[5] += weight * (m[9, mode] + d1 * d2)
            p[6] += weight * (m[10, mode] + d1 * d3)
            p[7] += weight * (m[11, mode] + d2 * d2)
            p[8] += weight * (m[12, mode] + d2 * d3)
            p[9] += weight * (m[13, mode] + d3 * d3)
    record["x_m"], record["y_m"], record["vx_m_s"], record["vy_m_s"] = x, y, vx, vy
