"""Filed flight plans: what was told beforehand about who will be where. Deciders know them; they can be wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from holdfire.messages.layout import Records

PLAN: Final = np.dtype(
    [
        ("address", np.int64),  # 24-bit address it will carry, 0: none
        ("mode_a", np.int64),  # squawk it was given, plot.NO_CODE: none
        ("begin_s", np.float64),  # when it enters the area or takes off, as filed
        ("end_s", np.float64),
        ("leg", np.int64),  # its first POINT
        ("leg_end", np.int64),  # one behind its last
    ],
    align=True,
)

POINT: Final = np.dtype(
    [("x_m", np.float64), ("y_m", np.float64), ("h_m", np.float64), ("time_s", np.float64)], align=True
)
"""Where a plan says that the aircraft is at a time; between two of them it flies straight."""


class Plans(NamedTuple):
    """All plans filed for one night."""

    plan: Records
    point: Records
