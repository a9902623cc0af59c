"""Small pictures for tests of measures: who is where in each frame, written as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from holdfire.measure.frames import HELD, TRUE, picture
from holdfire.messages.plot import NO_CODE
from holdfire.messages.track import Stand

if TYPE_CHECKING:
    from holdfire.measure.frames import Picture
    from holdfire.messages.layout import Records

STEP_S = 5.0
CUT_OFF_M = 1000.0


def true_rows(*rows: tuple[int, int, float]) -> Records:
    """Aircraft at places on a line: (frame, aircraft, x_m)."""
    out = np.zeros(len(rows), TRUE)
    out["mode_a"] = NO_CODE
    for record, (frame, aircraft, x_m) in zip(out, rows, strict=True):
        record["time_s"], record["aircraft"], record["x_m"] = frame * STEP_S, aircraft, x_m
    return out


def held_rows(*rows: tuple[int, int, float], stand: Stand = Stand.CONFIRMED) -> Records:
    """Tracks at places on a line: (frame, number, x_m), of unit covariance."""
    out = np.zeros(len(rows), HELD)
    out["mode_a"], out["stand"] = NO_CODE, stand
    out["p"][:, [0, 4, 7, 9]] = 1.0
    for record, (frame, number, x_m) in zip(out, rows, strict=True):
        record["time_s"], record["number"], record["x_m"] = frame * STEP_S, number, x_m
    return out


def pictured(frames: int, true: Records, held: Records) -> Picture:
    return picture(np.arange(frames, dtype=np.float64) * STEP_S, true, held, CUT_OFF_M)
