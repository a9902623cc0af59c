"""Somebody notices a light and takes it for an aircraft: what the world hands to those who take reports."""

from __future__ import annotations

from typing import Final

import numpy as np

NOTICE: Final = np.dtype(
    [
        ("time_s", np.float64),  # since the start
        ("x_m", np.float64),  # where the light seems to be
        ("y_m", np.float64),
        ("line", np.int64),  # of the scenario's lights
    ],
    align=True,
)
