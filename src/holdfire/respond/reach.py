"""Where to fly to meet something, and how long it takes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from holdfire.compiled import kernel

if TYPE_CHECKING:
    import numpy as np

FARTHEST_S = 7200.0
"""What cannot be met within it is flown to where it is now."""


@kernel
def meeting_s(dx_m: float, dy_m: float, vx_m_s: float, vy_m_s: float, speed_m_s: float) -> float:
    """Return how long it takes to meet something at (dx, dy) that moves at (vx, vy), at one's own speed.

    The positive root of |d + v t| = s t. Where it runs away too fast, the time to where it is now.
    """
    square = dx_m * dx_m + dy_m * dy_m
    a = speed_m_s * speed_m_s - vx_m_s * vx_m_s - vy_m_s * vy_m_s
    b = dx_m * vx_m_s + dy_m * vy_m_s
    root = b * b + a * square
    if a > 0.0 and root >= 0.0:
        taken_s = (b + math.sqrt(root)) / a
        if taken_s <= FARTHEST_S:
            return taken_s
    return math.sqrt(square) / speed_m_s


@kernel
def steer(waypoint: np.void, x_m: float, y_m: float, h_m: float, speed_m_s: float) -> None:
    """Write a waypoint."""
    waypoint["x_m"], waypoint["y_m"], waypoint["h_m"], waypoint["speed_m_s"] = x_m, y_m, h_m, speed_m_s
