"""A track takes a plot: state, codes, and everything that is remembered of who fed it and when."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from holdfire.compiled import kernel
from holdfire.messages.plot import NO_CODE
from holdfire.track.filter import distance, predict_height, update_height
from holdfire.track.models import take

if TYPE_CHECKING:
    import numpy as np


_FRIEND = 1  # iff, as in a plot


@kernel
def feed_state(
    record: np.void, plot: np.void, spot: tuple[float, float, float, float], noise: float, tuning: np.void
) -> None:
    """Carry the state to the plot and correct it, under at least the noise that explained the plot best.

    A plot older than the state is taken one step back, without noise. `spot` is as in `take`.
    """
    dt_s = plot["time_s"] - record["time_s"]
    ahead_s, back_s = max(dt_s, 0.0), min(dt_s, 0.0)
    if ahead_s > 0.0:
        predict_height(record, ahead_s, tuning["height_noise_m2_s3"])
    _note_agreement(record, plot, dt_s, tuning)
    take(record, plot, spot, noise, tuning)
    height_m = plot["h_m"]
    if not math.isnan(height_m):
        if not math.isnan(record["h_m"]):
            since_s = max(plot["time_s"] - record["height_s"], 0.0)
            update_height(record, height_m - back_s * record["vh_m_s"], plot["var_h_m2"], since_s, tuning)
        else:
            start_height(record, plot, tuning)
        record["height_s"] = plot["time_s"]
    elif plot["time_s"] - record["height_s"] > tuning["height_lasts_s"]:
        record["h_m"] = math.nan


@kernel
def start_height(record: np.void, plot: np.void, tuning: np.void) -> None:
    """Begin a height with its first measurement; NaN where the plot has none."""
    record["h_m"], record["vh_m_s"], record["climbs"] = plot["h_m"], 0.0, tuning["climb_share"]
    p = record["p_h"]
    p[0], p[1], p[2] = plot["var_h_m2"], 0.0, tuning["first_climb_m_s"] * tuning["first_climb_m_s"]


@kernel
def _note_agreement(record: np.void, plot: np.void, dt_s: float, tuning: np.void) -> None:
    """Note where a second sensor's plot lies as near to the track as chance explains; before the update."""
    now_s = plot["time_s"]
    if plot["sensor"] != record["last_sensor"] and now_s - record["fed_s"] <= tuning["agree_within_s"]:
        dx_m = plot["x_m"] - record["x_m"] - dt_s * record["vx_m_s"]
        dy_m = plot["y_m"] - record["y_m"] - dt_s * record["vy_m_s"]
        squared, _ = distance(record, plot, dt_s, dx_m, dy_m, tuning["noise_m2_s3"])
        if squared <= tuning["agree_gate"]:
            record["two_sensors_s"] = now_s


FRIEND_LASTS_S = 30.0
"""One reply lost is no answer of another kind: a friend is one until it has been silent for so long (assumed)."""


@kernel
def feed_record(record: np.void, plot: np.void) -> int:  # noqa: C901
    """Write what a plot says beside its position; return 1 where it repeats the track's address."""
    now_s, sensor, kinds = plot["time_s"], plot["sensor"], plot["kinds"]
    record["sensors"] |= 1 << sensor
    record["last_sensor"] = sensor
    record["fed_s"] = max(now_s, record["fed_s"])
    kind_s, kind = record["kind_s"], 0
    while kinds:
        if kinds & 1:
            kind_s[kind] = now_s
        kind, kinds = kind + 1, kinds >> 1
    if plot["mode_a"] != NO_CODE:
        if plot["mode_a"] != record["mode_a"]:
            record["mode_a"], record["squawk_since_s"] = plot["mode_a"], now_s
        record["mode_a_s"] = now_s
    if plot["asked"]:
        answered = plot["mode_a"] != NO_CODE or plot["address"] != 0 or plot["iff"] == _FRIEND
        record["unanswered"] = 0 if answered else record["unanswered"] + 1
    lost = record["iff"] == _FRIEND and now_s - record["iff_s"] <= FRIEND_LASTS_S
    if plot["iff"] == _FRIEND or (plot["iff"] != 0 and not lost):
        record["iff"], record["iff_s"] = plot["iff"], now_s
    if plot["visual_class"] >= 0:
        record["visual_class"], record["visual_load"], record["visual_s"] = (
            plot["visual_class"], plot["visual_load"], now_s,
        )  # fmt: skip
        record["seen_as"] |= 1 << plot["visual_class"]
    repeats = plot["address"] != 0 and plot["address"] == record["address"]
    if plot["address"] != 0:
        record["address"] = plot["address"]
    return int(repeats)
